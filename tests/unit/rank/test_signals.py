"""Signals: values in 0…1, in the right direction, each with a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import UNDATED
from digest.rank import signals
from digest.rank.signals import SIGNALS, WEIGHTS, Context
from tests.unit.rank.stories import FRESH_HOURS, NOW, article, dated, story

CONTEXT = Context(NOW, FRESH_HOURS)


def test_every_signal_has_a_weight():
    """The table of weights names the signals and no others."""
    assert WEIGHTS.keys() == SIGNALS.keys()


@given(st.text(max_size=80), st.text(max_size=300), st.floats(0, 9), st.floats(0, 9999))
def test_values_stay_between_nought_and_one(title, text, weight, hours):
    """Whatever the article, values are shares and sentences end."""
    told = story(article(title=title, text=text, weight=weight, date=dated(hours)))
    for signal in SIGNALS.values():
        found = signal(told, CONTEXT)
        assert 0 <= found.value <= 1
        assert found.sentence.endswith(".")


def test_freshness_halves_with_half_the_window():
    """Eighteen of thirty-six hours leave a half."""
    assert signals.freshness(story(article(date=dated(0))), CONTEXT).value == 1
    assert signals.freshness(story(article(date=dated(18))), CONTEXT).value == pytest.approx(0.5)


def test_an_unknown_date_is_not_fresh():
    """Nothing is guessed."""
    assert signals.freshness(story(article(date=UNDATED)), CONTEXT).value == 0


def test_coverage_counts_voices_not_articles():
    """Five articles of one voice cover nothing; five voices do."""
    many = tuple(article(f"a{i}") for i in range(5))
    assert signals.coverage(story(*many, voices=1), CONTEXT).value == 0
    assert signals.coverage(story(*many, voices=5), CONTEXT).value > 0.8
    assert "5 независими източника" in signals.coverage(story(*many, voices=5), CONTEXT).sentence


@pytest.mark.parametrize(
    "title",
    ["Вижте какво каза кметът!", "ШОК В ДРЯНОВО", "Няма да повярвате кой строи моста", "Ето защо…"],
)
def test_a_luring_headline_is_penalised(title):
    """Headlines that promise instead of saying."""
    assert signals.clickbait(story(article(title=title)), CONTEXT).value > 0


@pytest.mark.parametrize(
    "title",
    ["Мостът край Дряново се открива през май", "НАТО и ЕС подписаха договор", "Видин чака"],
)
def test_a_plain_headline_is_not(title):
    """Abbreviations and plain statements are no lure."""
    assert signals.clickbait(story(article(title=title)), CONTEXT).value == 0


def test_one_weak_source_is_penalised_two_are_not():
    """A story hangs on more than one light source."""
    weak = article(weight=0.3)
    assert signals.single_weak(story(weak, voices=1), CONTEXT).value == 1
    assert signals.single_weak(story(weak, voices=2), CONTEXT).value == 0
    assert signals.single_weak(story(article(), voices=1), CONTEXT).value == 0


def test_paid_text_is_weighed_by_its_share():
    """One paid article of two is half."""
    paid = article("b", kind="sponsored")
    assert signals.sponsored(story(article(), paid), CONTEXT).value == 0.5
