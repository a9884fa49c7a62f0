"""Bad input for the cluster room: no crash, no square of work, and the reason in the output."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from digest.cluster import copies, linkage
from digest.cluster.stories import cluster
from digest.model import UNDATED, Article, ArticleId, DateBasis, DateClaim, Story
from digest.model.lines import story_dict
from digest.newsroom import load_newsroom
from digest.settings import Cluster
from tests.adversarial.documents import BODY, NOW, TITLE
from tests.adversarial.test_stories import article

TEXT = "\n\n".join(BODY)
MUTE = "твърде малко думи за сравнение"


def stories(articles: list[Article]) -> list[Story]:
    """Grouped, with every article in one story and every story fit to be printed."""
    found = cluster(articles, newsroom=load_newsroom(), options=Cluster())
    assert sorted(a.id for s in found for a in s.articles) == sorted({a.id for a in articles})
    for story in found:
        assert story_dict(story)["why"] == list(story.why)
    return found


def why(found: list[Story]) -> str:
    return " ".join(reason for story in found for reason in story.why)


# ---- poor texts


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "Дума", "…", "\x00", "\u200b\u200b"])
@pytest.mark.parametrize("title", ["", "На", "!"])
def test_texts_without_words_stay_alone_and_say_so(title: str, text: str) -> None:
    """Twenty of them are twenty stories, not one."""
    poor = [article(n, title, text, outlet=f"Издание {n}") for n in range(5)]
    whole = article(90, TITLE, TEXT, outlet="Вестник")

    found = stories([*poor, whole])

    alone = [s for s in found if s.articles[0].id != "a90"]
    assert all(MUTE in why([story]) for story in alone)
    assert len(next(s for s in found if s.articles[0].id == "a90").articles) == 1


def test_fifty_identical_articles_of_one_outlet_are_one_story_and_one_voice() -> None:
    """Each later one is a word for word copy of the first, with its sentence."""
    same = [article(n, TITLE, TEXT, outlet="Вестник") for n in range(50)]

    (story,) = stories(same)

    assert (len(story.articles), story.independent_sources) == (50, 1)
    assert len({copy.copy_of for copy in story.copies}) == 1
    assert len(story.why) == 49
    assert all("100\u00a0% от текста съвпада" in said for said in story.why)


def test_a_text_in_another_language_stands_alone_and_says_so() -> None:
    """Latin letters by themselves, another Cyrillic one by what its source says."""
    english = article(
        1, "Bridge reopens", "The bridge near the mill reopens on Monday.", outlet="A"
    )
    russian = replace(
        article(2, "Мост открыт", "Мост у мельницы снова открыт с понедельника.", outlet="B"),
        language="ru",
    )

    found = stories([english, russian, article(3, TITLE, TEXT, outlet="Вестник")])

    assert len(found) == 3
    assert why(found).count("не е на български") == 2


# ---- dates


def test_undated_articles_are_placed_by_their_words_and_say_so() -> None:
    """Together with dated ones."""
    undated = replace(article(1, TITLE, TEXT, outlet="Вестник"), date=UNDATED)
    dated = article(2, TITLE, TEXT[:200], outlet="Дневник")

    (story,) = stories([undated, dated])

    assert "няма дата, сравнено е само по текст" in why([story])


@pytest.mark.parametrize(
    "at", [datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, 23, tzinfo=UTC)]
)
def test_dates_of_any_century_are_read(at: datetime) -> None:
    """The year one and the year 9999, beside today's: another time is another event."""
    now = article(
        1, "Мостът край Брестак се отваря", "Мостът край Брестак се отваря днес.", outlet="Б"
    )
    odd = replace(
        article(
            2, "Мостът край Брестак отново се отваря", f"{now.text} Кметът дойде.", outlet="Вестник"
        ),
        date=DateClaim(at, DateBasis.META, 0.9),
        fetched_at=None,
    )

    assert len(stories([odd, now])) == 2


def test_a_date_in_the_future_joins_the_story_of_its_text() -> None:
    """Two days from now is a wrong clock, not another event."""
    now = article(1, TITLE, TEXT, outlet="Вестник")
    ahead = replace(
        article(2, TITLE, TEXT, outlet="Дневник"),
        date=DateClaim(NOW + timedelta(days=2), DateBasis.META, 0.9),
        fetched_at=None,
    )

    assert len(stories([now, ahead])) == 1


# ---- letters and sizes


def test_control_characters_and_odd_letters_are_read() -> None:
    """Nothing of them breaks a reason in two."""
    odd = article(1, f"\x07{TITLE}\u202e\x1b[31m", f"\x00{TEXT}\ud800", outlet="Вест\x08ник")

    found = stories([odd, article(2, TITLE, TEXT, outlet="Дневник")])

    assert sum(len(s.articles) for s in found) == 2


def test_a_title_of_a_megabyte_is_read_in_part() -> None:
    """It joins nothing by its sheer size, and no reason prints it whole."""
    huge = article(1, "пожар в склада " * 70_000, TEXT, outlet="Вестник")

    found = stories([huge, article(2, TITLE, TEXT, outlet="Дневник")])

    assert all(len(said) < 1_000 for story in found for said in story.why)


def test_a_text_of_one_endless_word_is_read() -> None:
    """Half a megabyte without a space."""
    endless = article(1, "Загадка", "я" * 500_000, outlet="Вестник")

    assert len(stories([endless, article(2, "Мостът е отворен", TEXT, outlet="Дневник")])) == 2


@pytest.mark.parametrize("name", [" ", "a\nb", "../../etc", "🙂", "'; DROP TABLE", "x" * 5_000])
def test_ids_with_odd_characters_are_kept(name: str) -> None:
    """The id of a story is made of letters and digits whatever its article is called."""
    (story,) = stories([replace(article(1, TITLE, TEXT, outlet="Вестник"), id=ArticleId(name))])

    assert story.articles[0].id == name
    assert story.id.isalnum()


# ---- sizes of a batch


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """How many pairs were laid beside each other: for copies, and after time for meaning."""
    counts = {"copies": 0, "meaning": 0}
    contained, adjusted = copies.containment, linkage.adjusted

    def contain(*args):
        counts["copies"] += 1
        return contained(*args)

    def adjust(*args):
        counts["meaning"] += 1
        return adjusted(*args)

    monkeypatch.setattr(copies, "containment", contain)
    monkeypatch.setattr(linkage, "adjusted", adjust)
    return counts


def live(n: int) -> list[Article]:
    """A live blog: one title but for the minute, two short sentences each, all of one day."""
    players = ("Ганев", "Петков", "Лазов", "Митев", "Добрев", "Колев", "Минков")
    deeds = ("отправи удар", "получи картон", "изби топката", "спаси дузпа", "влезе за смяна")
    return [
        article(
            i,
            f"На живо: Левски Пролом – Марек Долен, {i}-а минута",
            f"В {i}-ата минута {players[i % 7]} {deeds[i % 5]} пред вратата. "
            f"Публиката аплодира {players[(i + 3) % 7]}, а съдията гледа часовника.",
            outlet="Спорт Пролом",
            days=i / 50_000,
        )
        for i in range(n)
    ]


def test_two_thousand_pieces_of_a_live_blog_are_one_story_of_bounded_work(
    counted: dict[str, int],
) -> None:
    """Two million pairs there are; what is looked at grows with the pieces alone."""
    found = stories(live(2_000))

    assert len(found) == 1
    assert found[0].independent_sources == 1
    assert len(found[0].why) >= 1_999
    assert counted["copies"] < 200 * 2_000
    assert counted["meaning"] < 20 * 2_000


def test_hundreds_of_like_reports_of_many_outlets_are_bounded_work(counted: dict[str, int]) -> None:
    """No title in common, no outlet in common, most of the words in common."""
    towns = ("Пролом", "Каменосел", "Брестак", "Върбица", "Мъглен", "Рудник")
    like = [
        article(
            i,
            f"{towns[i % 6]}: нощна проверка номер {i}",
            f"Инспектори провериха {i} обекта в {towns[i % 6]} и съставиха {i % 9} акта. {TEXT[:80]}",
            outlet=f"Издание {i}",
        )
        for i in range(600)
    ]

    stories(like)

    assert counted["copies"] < 200 * 600
    assert counted["meaning"] < 600 * 599 / 2


def test_a_thousand_items_with_one_line_are_a_thousand_stories(counted: dict[str, int]) -> None:
    """A feed that says the same of everything: each item tells of ten others, not of all."""
    line = "Целия текст четете на страниците на вестника, очаквайте и подробности за случая."
    rng = random.Random(3)
    items = [
        article(i, " ".join("".join(rng.choices("абвгдежзиклмнопрст", k=8)) for _ in range(4)), line,
                outlet="Вестник")
        for i in range(1_000)
    ]  # fmt: skip

    found = stories(items)

    assert len(found) == 1_000
    assert all(copy.kind == "standing" for s in found for copy in s.copies)
    assert max(len(s.copies) for s in found) <= 10
    assert counted["copies"] < 1_000
