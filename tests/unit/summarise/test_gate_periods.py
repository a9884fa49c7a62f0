"""Spans of time: last year for this, the afternoon for the morning."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.bulgarian.days import days
from digest.model import Article, ArticleId, DateBasis, DateClaim
from digest.summarise.dated import in_a_span
from digest.summarise.evidence import Reading, Witness
from digest.summarise.periods import periods_of, spans

ODD = st.lists(
    st.sampled_from(["миналата", "година", "тази", "лани", "следобед", "в", "9", "ч.", ",", "\n"]),
    max_size=12,
).map(" ".join)


def kinds(text: str, sentence: str, *, dated: bool = True) -> list[str]:
    """What is wrong with the spans of a sentence beside an article of 18 November 2026."""
    date = DateClaim(datetime(2026, 11, 18, 9, tzinfo=UTC), DateBasis.FEED, 1.0)
    article = Article(ArticleId("a"), "", text, **({"date": date} if dated else {}))
    return [p.kind for p in periods_of(Reading(sentence), [Witness(article)])]


@pytest.mark.parametrize(
    ("text", "unit", "away"),
    [
        ("през миналата година", "година", -1),
        ("миналия месец", "месец", -1),
        ("през тази седмица", "седмица", 0),
        ("следващия сезон", "сезон", 1),
        ("идната пролет", "пролет", 1),
        ("предстоящата есен", "есен", 1),
        ("лани", "година", -1),
        ("догодина", "година", 1),
        ("тазгодишният събор", "година", 0),
    ],
)
def test_a_span_is_so_many_of_its_unit_away(text, unit, away):
    """The past is -1, the present 0, the future 1."""
    (span,) = spans(text)
    assert (span.unit, span.away) == (unit, away)
    assert text[span.start : span.end] in text


@pytest.mark.parametrize("text", ["година по-късно", "миналото", "тази сграда", "цяла зима", ""])
def test_no_span_is_read_where_none_is_told(text):
    """A unit without its distance, and a distance of something else, is no span."""
    assert list(spans(text)) == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Миналата година дойдоха 30 учители.", "Следващата година идват 30 учители."),
        ("Тази година таксата не се мени.", "Миналата година таксата не се мени."),
        ("Следващия месец започва ремонтът.", "Миналия месец започна ремонтът."),
        ("Хлебарят отвори сутринта.", "Хлебарят отвори следобед."),
        ("Хлебарят отвори в 7 ч.", "Хлебарят отвори вечерта."),
        ("Срещата е в 16:30 часа.", "Срещата е сутринта."),
    ],
)
def test_another_span_or_part_of_the_day_is_caught(text, sentence):
    """What the article never speaks of is a wrong date where it speaks of another of its kind."""
    assert kinds(text, sentence) == ["date"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Миналата година дойдоха 30 учители.", "Лани дойдоха 30 учители."),
        ("През 2025 г. дойдоха 30, тази година – 20.", "Миналата година дойдоха 30."),
        ("От 3 декември спира токът, тази седмица – парното.", "Следващия месец спира токът."),
        ("Хлебарят отвори в 16 ч.", "Хлебарят отвори следобед."),
        ("Хлебарят отвори между 6 и 7 часа.", "Хлебарят отвори сутринта."),
        ("Хлебарят отвори в полунощ.", "Хлебарят отвори през нощта."),
        ("Сутринта валя, вечерта спря.", "Вечерта дъждът спря."),
        ("Хлебарят отвори.", "Хлебарят отвори следобед."),
        ("Хлебарят отвори.", "Хлебарят отвори миналата година."),
        ("Следващата година идват 30 учители.", "Тази година учители няма."),
    ],
)
def test_the_same_span_in_other_words_passes(text, sentence):
    """A year by its number, an hour for the part of the day, and what nothing speaks against."""
    assert kinds(text, sentence) == []


def test_without_a_day_of_its_own_an_article_dates_nothing():
    """Where it is not known when the article is from, no span can be wrong by its date."""
    text = "Тази година таксата не се мени."
    assert kinds(text, "Миналата година таксата не се мени.", dated=False) == []


@settings(deadline=None)
@given(ODD, ODD)
def test_any_text_may_be_asked_and_never_contradicts_itself(text, other):
    """Spans are stretches of the text, and a text has nothing wrong beside itself."""
    for span in spans(text):
        assert 0 <= span.start < span.end <= len(text)
        assert span.away in {-1, 0, 1}
    assert kinds(text, text) == []
    assert set(kinds(text, other)) <= {"date"}


@pytest.mark.parametrize(
    ("sentence", "source", "right"),
    [
        ("Между април и юни", "През второто тримесечие", True),
        ("От януари насам", "От началото на годината", True),
        ("До декември", "До края на годината", True),
        ("На 1 януари", "От Нова година", True),
        ("През май", "През второто тримесечие", False),
        ("През юли", "През второто тримесечие", False),
        ("На 12 юни", "През второто тримесечие", False),
    ],
)
def test_a_month_may_stand_for_a_span_that_it_bounds(sentence, source, right):
    """A quarter, a half and the year have a first and a last month, and no others by that name."""
    assert all(in_a_span(day, source) for day in days(sentence)) is right
