"""What is weighed of denials: the places of a word, and those that deny it or have its opposite."""

from __future__ import annotations

import pytest

from digest.model import Article, ArticleId
from digest.summarise.evidence import Reading, Witness
from digest.summarise.polarity_signals import polarity_signals

THEFT = """От музея в Лозница изчезна златна гривна. Задържани са двама пазачи. Единият, Кирил \
Бончев, е на 40 години. Той отрече да е участвал. Другият, Слави Дочев, призна. Директорът Емил \
Тонков остава на поста си. „Не увеличаваме входната такса“, каза Тонков. Болницата и двете училища \
няма да бъдат засегнати от новия режим на водата. Журито предпочете гривната пред пръстена. Без \
дарители изложбата нямаше да е възможна."""
WITNESS = Witness(Article(ArticleId("theft"), "", THEFT))
LOST = "negation: a «не» lost"
OPPOSITE = "negation: its opposite there"


def signals(sentence: str) -> dict[str, float]:
    return polarity_signals(Reading(sentence), [WITNESS])


@pytest.mark.parametrize(
    "sentence",
    [
        "Кирил Бончев призна, че е участвал в кражбата.",
        "Директорът Емил Тонков обяви увеличение на входната такса.",
        "Новият режим на водата ще засегне болницата и двете училища.",
    ],
)
def test_a_denial_that_is_told_as_a_fact_is_seen(sentence):
    """By the verb, by its noun and in another voice; whose denial „той“ tells, the cast knows."""
    assert signals(sentence)[LOST] > 0.15


@pytest.mark.parametrize(
    "sentence",
    [
        "Кирил Бончев не призна участие.",
        "Кирил Бончев отрича да е участвал в кражбата.",
        "Входната такса няма да се увеличава, каза Тонков.",
        "Задържани са двама пазачи на музея в Лозница.",
        "Изложбата стана възможна благодарение на дарители.",
        "Гривната беше предпочетена пред пръстена.",
    ],
)
def test_a_denial_that_is_kept_speaks_against_nothing(sentence):
    """In the same words or in others; what is possible only with somebody is no denial."""
    assert signals(sentence)[LOST] == 0


def test_an_opposite_is_seen_where_the_places_fit():
    """He stays, so that he does not leave; who stays in other words has no opposite there."""
    gone = signals("Директорът Емил Тонков напуска поста си.")
    stays = signals("Директорът Емил Тонков остава на поста си.")

    assert gone[OPPOSITE] > 0.5
    assert stays[OPPOSITE] == 0


def test_without_articles_there_is_nothing_to_lose():
    """The same signals, all at rest."""
    none = polarity_signals(Reading("Кирил Бончев призна."), [])

    assert set(none.values()) == {0.0}
    assert list(none) == list(signals("Кирил Бончев призна."))
