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

_SYLLABLES = ("бе", "ло", "ви", "ра", "до", "ми", "ста", "не", "ко", "гра", "ве", "лю", "то", "са",
              "пъ", "въ")  # fmt: skip
_NOUNS = ("ство", "ние", "ница", "тор", "нка", "ход", "мост", "град", "ка", "ище")
_ADJECTIVES = ("ният", "ската", "новото", "овите", "ливият", "алната")
_VERBS = ("ва", "ира", "ява", "ише", "еше")
_PATTERNS = (
    "{adjective} {noun} {verb} {thing} за {n} {noun}, съобщи {name}.",
    "Според {name} {n} {noun} са {verb} до края на годината.",
    "В {place} {adjective} {thing} {verb} повече от {m} {noun}.",
    "„{noun} няма да {verb} преди {thing}“, заяви {name} в {place}.",
    "Миналата година {thing} {verb} {m} {noun}, а сега са {n}.",
    "Когато {adjective} {noun} {verb}, {place} ще получи {m} хиляди евро.",
    "{name} допълни, че {thing} и {noun} {verb} от {n} месеца.",
    "Проверката на {adjective} {noun} показа {n} {thing} в {place}.",
)


def _random(seed: str) -> Random:
    return Random(seed)  # noqa: S311 - generated text, nothing secret


def _root(dice: Random, syllables: int = 3) -> str:
    return "".join(dice.choice(_SYLLABLES) for _ in range(syllables))


class _Event:
    """What happened: the names, figures and words that every article on it shares.

    The words are invented, as many as a real report has of its own, so that events are as far
    apart as in the news; what they have in common are the patterns of the sentences.
    """

    def __init__(self, number: int) -> None:
        dice = _random(f"event {number}")
        self.places = [_root(dice).capitalize() + "ец" for _ in range(2)]
        self.names = [f"{_root(dice, 2)} {_root(dice)}ов".title() for _ in range(3)]
        self.nouns = [_root(dice) + dice.choice(_NOUNS) for _ in range(24)]
        self.adjectives = [_root(dice) + dice.choice(_ADJECTIVES) for _ in range(10)]
        self.verbs = [_root(dice, 2) + dice.choice(_VERBS) for _ in range(10)]
        self.title = self.sentence(dice, "{adjective} {noun} {verb} {thing} в {place}")
        self.facts = [self.sentence(dice) for _ in range(12)]

    def sentence(self, dice: Random, pattern: str = "") -> str:
        """One sentence on this event."""
        said = (pattern or dice.choice(_PATTERNS)).format(
            noun=dice.choice(self.nouns),
            thing=dice.choice(self.nouns),
            adjective=dice.choice(self.adjectives),
            verb=dice.choice(self.verbs),
            name=dice.choice(self.names),
            place=dice.choice(self.places),
            n=dice.randint(2, 99),
            m=dice.randint(100, 990),
        )
        return said[0].upper() + said[1:]


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
        own = event.sentence(dice)
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
