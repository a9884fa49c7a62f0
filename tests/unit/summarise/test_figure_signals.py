"""What is weighed of figures: where they stand, what they count, and what follows from two."""

from __future__ import annotations

import pytest

from digest.model import Article, ArticleId
from digest.summarise.evidence import Reading, Witness, best_support
from digest.summarise.figure_signals import figure_signals
from digest.summarise.figures import numbers_of

BRIDGE = """Ремонтът на моста ще продължи пет месеца и ще струва 3,8 млн. евро. За шосето до него са \
отделени 6,1 млн. евро. Фирмата има 45 работници и 9 машини. Мостът беше с 96 метра, а сега е 91. \
Отборът на строителите слезе от 38-о на 61-во място, а беше на 1-во."""
WITNESS = Witness(Article(ArticleId("bridge"), "", BRIDGE))


def signals(sentence: str) -> dict[str, float]:
    return figure_signals(Reading(sentence), [WITNESS])


@pytest.mark.parametrize(
    ("sentence", "nowhere"),
    [
        ("Ремонтът на моста ще отнеме пет месеца.", 0),
        ("Ремонтът на моста ще отнеме шест месеца.", 1),
        ("Ремонтът на моста ще струва близо 4 млн. евро.", 0),
        ("Ремонтът на моста ще струва 3,8 млн. лева.", 1),
        ("Мостът стана с пет метра по-къс.", 0),
        ("Мостът стана с осем метра по-къс.", 1),
        ("Строителите паднаха с 23 места.", 0),
        ("Строителите останаха първи с 44 точки.", 1),
    ],
)
def test_a_figure_stands_somewhere_or_follows_from_two(sentence, nowhere):
    """With its unit, rounded where that is said, or as a difference, the unit left out or not."""
    assert signals(sentence)["number: nowhere so"] == nowhere


def test_a_figure_in_the_place_of_another_is_seen():
    """The road's millions told of the bridge fit the bridge's clause better than their own."""
    right = signals("Ремонтът на моста ще струва 3,8 млн. евро.")
    wrong = signals("Ремонтът на моста ще струва 6,1 млн. евро.")

    assert right["number: another's place"] == 0
    assert wrong["number: another's place"] > 0.3
    assert wrong["number: its place"] < right["number: its place"]


def test_a_figure_counts_what_it_counts_there():
    """The machines' nine is not that of the workers."""
    right, wrong = (signals(f"Фирмата има {n} работници.") for n in (45, 9))

    assert right["number: its thing"] == 1
    assert wrong["number: its thing"] < right["number: its thing"]


def test_a_sentence_without_figures_has_the_same_signals():
    """None of them speaks against it."""
    none = signals("Ремонтът на моста продължава.")

    assert list(none) == list(signals("Мостът е 91 метра."))
    assert none["number: nowhere so"] == none["number: another's place"] == 0
    assert none["number: its place"] == none["number: its thing"] == 1


@pytest.mark.parametrize(
    ("sentence", "faults"),
    [
        ("За моста гласуваха всички 21 съветници.", 1),
        ("За моста гласуваха 15 от всички 21 съветници.", 0),
        ("Общината има всички 21 карти.", 0),
    ],
)
def test_all_of_them_are_not_told_where_only_some_did_so(sentence, faults):
    """„15 от общо 21“ is not „всички 21“; of something else nothing is said."""
    vote = Article(ArticleId("vote"), "", "За моста гласуваха 15 от общо 21 съветници.")
    witnesses = [Witness(vote)]
    found = best_support(Reading(sentence), witnesses)
    assert found is not None

    assert len(numbers_of(Reading(sentence), found, witnesses)) == faults
