"""Reprints are found, and count as the voice that they repeat."""

from __future__ import annotations

import pytest

from digest.cluster.credits import wires
from digest.model import Story
from tests.unit.cluster.newsroom import (
    BUDGET,
    FIRE,
    NEWSROOM,
    article,
    budget,
    fire,
    fire_retold,
    grouped,
)


def _of(name: str, stories: list[Story]) -> Story:
    return next(s for s in stories if name in {str(a.id) for a in s.articles})


def test_a_reprint_is_a_copy_of_the_earliest():
    """A cut text under another title points to its original with the shared part."""
    reprint = article("r", "Огнен ад в Карнобат", FIRE[:300], day=22)
    story = _of("r", grouped(fire(), reprint, budget()))
    (copy,) = story.copies
    assert (copy.article_id, copy.copy_of) == ("r", "a")
    assert copy.containment > 0.9
    assert "% от текста съвпада с „Пожар в склад за текстил в Карнобат“" in story.why[0]


def test_copies_join_whatever_their_dates():
    """A text printed again three weeks later is the same text."""
    assert len(_of("r", grouped(fire(day=1), fire("r", day=22))).articles) == 2


def test_a_round_up_does_not_weld_two_stories():
    """A long text that holds two pieces of news is a copy of neither, so they stay apart."""
    filler = " ".join(f"Друга новина номер {i} от деня с много подробности." for i in range(60))
    roundup = article("u", "Денят в двайсет новини", f"{filler} {FIRE} {filler} {BUDGET}")
    stories = grouped(fire(), budget(), roundup)
    assert _of("a", stories) is not _of("c", stories)


def test_reprints_of_an_agency_are_one_voice():
    """Five outlets of which three reprint one agency, and two tell it themselves."""
    reprints = [fire(f"r{i}", outlet=f"Лист {i}", agencies=("БТА",)) for i in range(3)]
    own = [fire_retold("o1", outlet="Утро"), fire_retold("o2", outlet="Вечер")]
    story = _of("r0", grouped(*reprints, *own, budget()))
    assert story.independent_sources == 2
    assert [(v.kind, v.name, len(v.article_ids)) for v in story.voices] == [
        ("agency", "БТА", 3),
        ("owner", "Преса Холдинг", 2),
    ]


def test_an_uncredited_copy_of_an_agency_text_speaks_with_its_voice():
    """Who leaves the credit out is recognised by the text."""
    credit = fire("r", outlet="Първи", agencies=("BTA",))
    silent = fire("q", outlet="Втори", day=22)
    (voice,) = _of("r", grouped(credit, silent)).voices
    assert (voice.kind, voice.name) == ("agency", "БТА")


def test_independent_outlets_are_voices_of_their_own():
    """Two outlets without a common owner or text are two."""
    story = _of("a", grouped(fire(), fire_retold(), budget()))
    assert [v.kind for v in story.voices] == ["outlet", "outlet"]


def test_articles_of_unknown_origin_do_not_corroborate_each_other():
    """Without outlet, site or address nothing says that two articles are independent."""
    story = _of("a", grouped(fire(outlet=" "), fire_retold(outlet=" "), budget()))
    assert story.independent_sources == 1


@pytest.mark.parametrize(
    "ending",
    [
        "Това съобщи БТА.",
        "/БТА/",
        "(BTA)",
        "По информация на БТА щетите са големи.",
        "БТА съобщи, че огънят е угасен.",
        "Огънят е угасен. БТА",
        "Това каза пред БТА комисарят.",
        "Снимката разпространи /БТА, АФП/",
    ],
)
def test_a_credit_in_the_text_is_read(ending):
    """Outlets credit an agency in many ways."""
    assert "БТА" in wires(NEWSROOM.agencies).credited(
        article("t", "Пожар", f"Склад горя. {ending}")
    )


@pytest.mark.parametrize("text", ["Сграда на БТАкт горя.", "Шефът на БТА подаде оставка вчера."])
def test_a_mention_is_no_credit(text):
    """An agency that is only spoken of is not the origin."""
    assert wires(NEWSROOM.agencies).credited(article("t", "Новина", text)) == ()
