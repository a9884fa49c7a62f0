"""Signals: values in 0…1, in the right direction, each with a sentence that names its evidence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import UNDATED, ArticleId, FeedPlace, Story, Voice
from digest.rank.material import Context, Material
from digest.rank.places import place_of
from digest.rank.signals import DIVERSITY, PENALTIES, SIGNALS, TITLES, WEIGHTS, Signal
from tests.unit.rank.stories import FRESH_HOURS, NOW, article, dated, story

CONTEXT = Context(NOW, FRESH_HOURS, outlets=9)


def gives(name: str, told: Story, **context: object) -> Signal:
    return SIGNALS[name](Material(told, NOW), replace(CONTEXT, **context))


def told_by(*hours: float) -> Story:
    """A story whose voices each came so many hours ago."""
    articles = tuple(article(f"a{n}", date=dated(at)) for n, at in enumerate(hours))
    voices = tuple(Voice(f"Глас {a.id}", "outlet", (ArticleId(a.id),)) for a in articles)
    return replace(story(*articles), voices=voices)


def test_every_signal_has_a_weight_and_a_printed_name():
    """The tables name the signals and no others; merits add up to one."""
    assert WEIGHTS.keys() == SIGNALS.keys() | {DIVERSITY}
    assert WEIGHTS.keys() <= TITLES.keys()
    assert sum(w for n, w in WEIGHTS.items() if n not in PENALTIES) == pytest.approx(1)


@given(st.text(max_size=80), st.text(max_size=300), st.floats(0, 9), st.floats(0, 9999))
def test_values_stay_between_nought_and_one(title, text, weight, hours):
    """Whatever the article, values are shares and sentences end."""
    told = story(
        article(title=title, text=text, weight=weight, date=dated(hours)),
        article("b", old_news=title, kind="sponsored", partial=True, url=text),
    )
    for name in SIGNALS:
        found = gives(name, told, places=(place_of("Дряново"),))
        assert 0 <= found.value <= 1
        assert found.sentence.endswith(".")


def test_freshness_halves_with_half_the_window():
    """Eighteen of thirty-six hours leave a half."""
    assert gives("freshness", story(article(date=dated(0)))).value == 1
    assert gives("freshness", story(article(date=dated(18)))).value == pytest.approx(0.5)


@pytest.mark.parametrize("date", [UNDATED, dated(-5)])
def test_an_unknown_or_future_date_is_not_fresh(date):
    """Nothing is guessed."""
    assert gives("freshness", story(article(date=date))).value == 0


def test_coverage_counts_voices_not_articles():
    """Five articles of one voice cover nothing; five voices do."""
    many = tuple(article(f"a{i}") for i in range(5))
    assert gives("coverage", story(*many, voices=1)).value == 0
    assert gives("coverage", story(*many, voices=5)).value > 0.8
    assert "5 независими източника" in gives("coverage", story(*many, voices=5)).sentence


def test_three_new_voices_of_the_last_hours_are_growth():
    """They are counted against the earlier ones, in numbers."""
    found = gives("growth", told_by(20, 18, 5, 3, 1))

    assert found == Signal(
        1.0, "За последните 6 часа я поеха 3 нови гласа, преди това бяха 2 гласа."
    )


def test_a_story_that_everybody_had_hours_ago_does_not_grow():
    """Old voices are coverage, not growth; three more beside twelve are a quarter."""
    assert gives("growth", told_by(20, 15, 10)).value == 0
    assert gives("growth", told_by(*[20] * 12, 3, 2, 1)).value == pytest.approx(0.25)


def test_the_first_voice_is_no_growth_and_the_hours_are_set():
    """Somebody has to begin; how far back counts is the newsroom's."""
    assert gives("growth", told_by(2)).value == 0
    assert gives("growth", told_by(2, 1)).value == pytest.approx(1 / 3)
    assert gives("growth", told_by(8, 7), growth_hours=12).value == pytest.approx(1 / 3)


def test_prominence_is_a_share_of_the_outlets_of_the_run():
    """Two of three outlets is loud, two of two hundred is not; one is nothing."""
    told = story(article("a"), article("b"))
    assert gives("prominence", told, outlets=3).value == pytest.approx(0.5**0.5)
    assert gives("prominence", told, outlets=200).value < 0.1
    assert gives("prominence", told, outlets=200).sentence == (
        "Поместена е в 2 от 200 издания с новини сега."
    )
    assert gives("prominence", story(), outlets=200).value == 0


def placed_in(*places: FeedPlace | None) -> Story:
    """A story that stands at these places, one in each outlet."""
    return story(*[article(f"a{n}", place=place) for n, place in enumerate(places)])


def test_the_top_of_a_feed_lifts_a_story_and_the_bottom_lowers_it():
    """Against the same story in feeds whose order says nothing; in the middle it stays."""
    plain = gives("prominence", placed_in(None, None), outlets=9).value
    top = gives("prominence", placed_in(FeedPlace(1, 20), FeedPlace(1, 40)), outlets=9)
    low = gives("prominence", placed_in(FeedPlace(20, 20), FeedPlace(40, 40)), outlets=9)
    middle = gives("prominence", placed_in(FeedPlace(11, 20), None), outlets=9)

    assert top.value == pytest.approx(plain + 0.2)
    assert plain - 0.2 < low.value < plain
    assert middle.value == pytest.approx(plain)


def test_an_outlet_without_an_order_by_weight_halves_what_the_other_says():
    """One of two on top gives half of what both would."""
    plain = gives("prominence", placed_in(None, None), outlets=9).value

    half = gives("prominence", placed_in(FeedPlace(1, 20), None), outlets=9).value

    assert half == pytest.approx(plain + 0.1)


def test_an_outlet_counts_once_with_its_highest_place():
    """Two pieces on one event are not twice as prominent."""
    two = story(
        article("a", place=FeedPlace(9, 20), outlet="Изток"),
        article("b", place=FeedPlace(2, 20), outlet="Изток"),
    )

    assert gives("prominence", two, outlets=5) == Signal(
        pytest.approx(0.4 * 0.45),
        "Поместена е само в 1 от 5 издания с новини сега; най-високо е в „Изток“: място 2 от 20.",
    )


def test_prominence_says_who_puts_the_story_first():
    """By name, or how many do."""
    top, low = FeedPlace(1, 20), FeedPlace(7, 20)
    assert gives("prominence", placed_in(top, low, None), outlets=5).sentence == (
        "Поместена е в 3 от 5 издания с новини сега; първа е в „Издание a0“."
    )
    assert gives("prominence", placed_in(top, top, None), outlets=5).sentence == (
        "Поместена е в 3 от 5 издания с новини сега; първа е в 2 издания."
    )
    assert gives("prominence", placed_in(low), outlets=1).sentence == (
        "Всички новини сега са от едно издание; най-високо е в „Издание a0“: място 7 от 20."
    )


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(0, 50)), min_size=1), st.randoms())
def test_prominence_does_not_depend_on_the_order_of_the_articles(places, random):
    """Value and sentence are the same."""
    made = [
        article(f"a{n}", place=FeedPlace(place, place + more), outlet=f"Издание {n % 4}")
        for n, (place, more) in enumerate(places)
    ]
    other = random.sample(made, len(made))

    one, two = (gives("prominence", story(*some), outlets=9) for some in (made, other))

    assert one.value == pytest.approx(two.value)
    assert one.sentence == two.sentence
    assert 0 <= one.value <= 1


def test_interest_is_what_the_newsroom_set_for_the_section():
    """One is usual and gives a half; two or more give all."""
    sport = story(topic="sport")
    names = {"sport": "Спорт"}
    assert gives("interest", sport, sections=names).value == 0.5
    low = gives("interest", sport, sections=names, interest={"sport": 0.5})
    assert low == Signal(0.25, "Рубриката „Спорт“ е с интерес 0,5 при обичаен 1.")
    assert gives("interest", sport, interest={"sport": 3}).value == 1


def test_a_story_of_the_readers_town_is_local():
    """By its place, by the headline in any form of the name, less by the text."""
    here = {"places": (place_of("Дряново"),)}
    other = article(title="Мостът се открива", text="Нищо за града.")
    assert gives("local", replace(story(other), place="Дряново"), **here).value == 1
    headed = replace(other, title="Дряновският мост се открива")
    assert gives("local", story(headed), **here) == Signal(
        1.0, "Местна е: заглавието споменава „Дряновският“."
    )
    assert gives("local", story(replace(other, text="Мост край Дряново.")), **here).value == 0.6
    assert gives("local", story(other), **here).value == 0
    assert gives("local", story(headed)).value == 0


def test_a_cut_line_is_not_rich():
    """Length counts up to three hundred words; a title with a cut line has a fifth at most."""
    long = article(text=" ".join(["дума"] * 300))
    assert gives("richness", story(long)).value == 1
    assert gives("richness", story(replace(long, partial=True))).value == 0.2


def test_figures_and_names_are_facts():
    """Different ones, of the headline and the opening; a word that opens a sentence is none."""
    told = story(
        article(title="Мостът се открива", text="На 5 май Иван Петров даде 12 лева на 5 души.")
    )
    assert gives("facts", told).sentence == "В началото има 2 числа и 1 име."


def test_one_weak_source_is_penalised_two_are_not():
    """A story hangs on more than one light source."""
    weak = article(weight=0.3)
    assert gives("single_weak", story(weak, voices=1)).value == 1
    assert gives("single_weak", story(weak, voices=2)).value == 0
    assert gives("single_weak", story(article(), voices=1)).value == 0


def test_paid_and_old_texts_are_weighed_by_their_share():
    """One paid article of two is half, and so is one that tells of the past."""
    paid = article("b", kind="sponsored")
    assert gives("sponsored", story(article(), paid)).value == 0.5
    old = article("b", old_news="Публикувана е през 2023 г.")
    assert gives("old_news", story(article(), old)) == Signal(
        0.5, "Старо разказва 1 от 2 статии: публикувана е през 2023 г."
    )


def test_the_clickbait_sentence_names_the_words():
    """An editor sees what in the headline counted."""
    found = gives("clickbait", story(article(title="Вижте какво каза кметът!")))
    assert found.value == pytest.approx(0.9)
    assert "„Вижте какво“" in found.sentence


def test_dates_hardly_move_the_rest():
    """Only time signals look at the clock."""
    early, late = told_by(30, 20), told_by(5, 2)
    timely = {"freshness", "growth"}
    for name in SIGNALS.keys() - timely:
        assert gives(name, early) == gives(name, late)
