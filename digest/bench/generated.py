"""Generated news: invented Bulgarian-like articles and an edition made of them.

The same numbers give the same texts. Names are syllables put together, so that events differ in
what events differ in: who, where, how many.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from random import Random

from digest.model import (
    Article,
    ArticleId,
    Credit,
    DateBasis,
    DateClaim,
    Edition,
    EditionId,
    EditionStory,
    Newsroom,
    Section,
    StoryId,
)

NOW = datetime(2026, 11, 20, 4, 30, tzinfo=UTC)
DAY = date(2026, 11, 20)
TOLD_BY = 3
"""Articles on one event."""

_SYLLABLES = ("бе", "ло", "ви", "ра", "до", "ми", "ста", "не", "ко", "гра", "ве", "лю", "то", "са")
_SUBJECTS = (
    "общинският съвет",
    "областната управа",
    "министерството",
    "болницата",
    "заводът",
    "училището",
    "пътната агенция",
    "театърът",
    "отборът",
    "банката",
)
_ACTS = (
    "прие план за",
    "отложи решението за",
    "започна ремонта на",
    "обяви конкурс за",
    "представи проект за",
    "намали разходите за",
    "завърши строежа на",
    "поиска средства за",
)
_THINGS = (
    "новия мост",
    "детската градина",
    "водопровода",
    "градския парк",
    "железопътната линия",
    "спортната зала",
    "речния бряг",
    "старата библиотека",
    "соларния парк",
    "осветлението",
)
_TAILS = (
    "Работата ще отнеме {n} месеца и ще струва {m} хиляди евро.",
    "Според {name} {n} души са подписали искането, а {m} са против.",
    "Жителите на {place} очакват първите {n} машини още през пролетта.",
    "Заместникът му {name} обясни, че изборът е направен между {n} предложения.",
    "„Няма да чакаме още {n} години“, заяви {name} пред журналисти.",
    "Миналата година в {place} за същото бяха дадени {m} хиляди евро.",
    "Проверката е установила {n} пропуска, от които {m} вече са поправени.",
)


def _random(seed: str) -> Random:
    return Random(seed)  # noqa: S311 - generated text, nothing secret


def _name(dice: Random, syllables: int = 3) -> str:
    return "".join(dice.choice(_SYLLABLES) for _ in range(syllables)).capitalize()


class _Event:
    """What happened: the words that every article on it shares."""

    def __init__(self, number: int) -> None:
        dice = _random(f"event {number}")
        self.place = _name(dice) + "ец"
        self.names = [f"{_name(dice, 2)} {_name(dice)}ов" for _ in range(3)]
        self.subject, self.act = dice.choice(_SUBJECTS), dice.choice(_ACTS)
        self.thing = dice.choice(_THINGS)
        self.facts = [_fact(dice, self) for _ in range(12)]

    @property
    def title(self) -> str:
        return f"{self.subject.capitalize()} в {self.place} {self.act} {self.thing}"


def _fact(dice: Random, event: _Event) -> str:
    tail = dice.choice(_TAILS)
    return tail.format(
        n=dice.randint(2, 99),
        m=dice.randint(100, 990),
        name=dice.choice(event.names),
        place=event.place,
    )


def article(number: int, *, words: int = 180) -> Article:
    """The `number`-th article: about `words` words on event `number // TOLD_BY`."""
    event = _Event(number // TOLD_BY)
    dice = _random(f"article {number}")
    return Article(
        id=ArticleId(f"a{number}"),
        title=event.title,
        text=_text(event, dice, words),
        outlet=f"Издание {number % 40}",
        source=f"source{number % 40}",
        url=f"https://izdanie{number % 40}.example.bg/novina/{number}",
        date=DateClaim(NOW - timedelta(minutes=number % 1200), DateBasis.FEED, 0.9),
        fetched_at=NOW,
    )


def _text(event: _Event, dice: Random, words: int) -> str:
    sentences = [f"{event.title}, съобщи {event.names[0]}."]
    while sum(len(one.split()) for one in sentences) < words:
        own = _fact(dice, event)
        sentences.append(own if dice.random() < 0.4 else dice.choice(event.facts))
    paragraphs = [" ".join(sentences[at : at + 3]) for at in range(0, len(sentences), 3)]
    return "\n\n".join(paragraphs)


def articles(count: int, *, words: int = 180) -> Iterator[Article]:
    """`count` articles, `TOLD_BY` to an event."""
    for number in range(count):
        yield article(number, words=words)


def edition(newsroom: Newsroom, *, publication: str, day: date = DAY, stories: int = 14) -> Edition:
    """A draft of that day with its stories spread over the first four sections."""
    told = [_story(number) for number in range(stories)]
    sections = tuple(
        Section(topic.slug, topic.name, tuple(told[at::4]))
        for at, topic in enumerate(newsroom.topics[:4])
    )
    return Edition(
        id=EditionId(f"{publication}-{day.isoformat()}"),
        publication=publication,
        date=day,
        subject="Четиринадесет новини за една сутрин",
        preheader="Създаден брой, по който се измерва колко струва още едно писмо.",
        sections=sections,
        created_at=NOW,
        reading_minutes=5,
    )


def _story(number: int) -> EditionStory:
    told = article(number * TOLD_BY, words=60)
    return EditionStory(
        id=StoryId(f"s{number}"),
        title=told.title,
        url=told.url,
        summary=told.text.replace("\n\n", " ")[:380],
        one_line=told.title,
        tier="lead" if number == 0 else "full",
        credits=(Credit(told.outlet, told.url, told.title),),
        published_at=told.published_at,
    )
