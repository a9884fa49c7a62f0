"""Whose son, wife or sister somebody is said to be."""

from __future__ import annotations

import pytest

from digest.model import Article, ArticleId
from digest.summarise.evidence import Reading, Witness
from digest.summarise.kin import kin_of

MILL = """Мелничарят Панчо Герганов почина на 81 години. Мелницата край Сухиче остава на сина му \
Денчо и на племенницата му Цвета. Вдовицата Радка Герганова не пожела да говори. Братовчедът им \
Сава Мъжков ще води сметките."""
WITNESS = Witness(Article(ArticleId("mill"), "Мелницата остава в рода", MILL))


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Мелницата в Сухиче остава на брата на Герганов – Денчо.", "брата"),
        ("Цвета е внучка на мелничаря.", "внучка"),
        ("Мелничарят остави мелницата на дъщеря си Цвета.", "дъщеря"),
        ("Зетят на мелничаря Сава Мъжков ще води сметките.", "Зетят"),
    ],
)
def test_another_kinship_than_the_article_has_is_caught(sentence, word):
    """With what the article has instead."""
    found = kin_of(Reading(sentence), [WITNESS])

    assert [(one.kind, one.text) for one in found] == [("name", word)]
    assert "племенницата" in found[0].expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Денчо наследява мелницата на баща си.",
        "Съпругата на мелничаря Радка Герганова мълча.",
        "Цвета получава дял от мелницата на чичо си.",
        "Мелницата край Сухиче остава в семейството.",
    ],
)
def test_what_follows_of_itself_is_no_fault(sentence):
    """Who is left a widow was married; who has a son is a father."""
    assert kin_of(Reading(sentence), [WITNESS]) == []


def test_an_article_without_kin_says_nothing_of_it():
    """Where nothing stands in its place, other rules see that nothing is there."""
    plain = Witness(Article(ArticleId("p"), "Мелница", "Мелницата край Сухиче се продава."))

    assert kin_of(Reading("Синът на мелничаря продава мелницата."), [plain]) == []
