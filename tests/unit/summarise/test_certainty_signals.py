"""What is weighed of certainty: places that are less certain, or more, than what is said."""

from __future__ import annotations

from digest.model import Article, ArticleId
from digest.summarise.certainty_signals import certainty_signals
from digest.summarise.evidence import Reading, Witness

STRIKE = """Шофьорите в Равнец ще започнат стачка на 5 октомври. Предполагаемият организатор \
живее в Брезник. Вероятно автобусите на кооперацията ще бъдат продадени до пролетта. \
Автогарата работи от 1962 година."""
WITNESS = Witness(Article(ArticleId("strike"), "", STRIKE))
RAISED = "modality: like what is less certain"
LOWERED = "modality: like what is certain"
UNDOUBTED = "modality: told without its doubt"


def signals(sentence: str) -> dict[str, float]:
    return certainty_signals(Reading(sentence), [WITNESS])


def test_a_plain_statement_is_like_what_is_only_probable():
    """The buses will probably be sold; that they are sold no clause says."""
    assert signals("Автобусите на кооперацията са продадени.")[RAISED] > 0.5
    assert signals("Автобусите на кооперацията вероятно ще бъдат продадени.")[RAISED] == 0


def test_a_doubt_that_the_source_does_not_have_is_seen():
    """What will begin may not be made to begin perhaps."""
    assert signals("Шофьорите в Равнец може да започнат стачка на 5 октомври.")[LOWERED] > 0.5
    assert signals("Шофьорите в Равнец ще започнат стачка на 5 октомври.")[LOWERED] == 0


def test_a_doubt_over_a_noun_is_missed_where_it_is_left_out():
    """An alleged organiser is no organiser yet."""
    assert signals("Организаторът живее в Брезник.")[UNDOUBTED] > 0.5
    assert signals("Предполагаемият организатор живее в Брезник.")[UNDOUBTED] == 0
    assert signals("Автогарата работи от 1962 година.")[UNDOUBTED] == 0
