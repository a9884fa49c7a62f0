"""Every sentence of a model is laid beside the articles that it names."""

from __future__ import annotations

import pytest

from digest.model import Rights
from digest.summarise.model.judging import judged
from digest.summarise.model.port import Fault, Trouble
from digest.summarise.model.reply import Told
from tests.unit.summarise.model.kit import BUS, STARTS, TEXT, WRONG, article, shown

FAR = "Депутатите обсъдиха днес цените на горивата и отложиха гласуването за петък."


def verdict(*sentences, of=None):
    told = [Told(text, tuple(sources)) for text, sources in sentences]
    return judged(told, of or shown(article()))


def test_a_faithful_text_passes_with_the_places_it_rests_on():
    """Other words than the source's, and the sentence that they stand for."""
    checks = verdict(STARTS, BUS)

    assert [TEXT[c.start : c.end] for c in checks] == [
        "Строителството започва на 12 март и ще продължи осем месеца.",
        "Автобусите по линия 7 ще минават през Горната махала, докато трае ремонтът.",
    ]
    assert all(c.supported and c.article_id == "a" for c in checks)


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (WRONG, "ден"),
        (("Общинският съвет прие решението с 25 гласа „за“ и два „против“.", [5]), "число"),
        (("„Мостът ще бъде затворен за пешеходци“, каза кметът Стоян Велков.", [3]), "цитат"),
        (("Министърът на спорта откри нов стадион в Долна махала вчера.", [1]), ""),
    ],
)
def test_a_sentence_that_the_articles_do_not_say_stops_the_text(sentence, said):
    """One is enough, and the reason names its kind."""
    found = verdict(STARTS, sentence)

    assert isinstance(found, Fault)
    assert found.kind is Trouble.GATE
    assert found.why.startswith("Изречение 2 има")
    assert said in found.why


def test_a_sentence_is_checked_against_its_own_articles_only():
    """What another article of the story says is no support for it."""
    both = shown(article(), article(FAR, "b"))

    assert not isinstance(verdict(STARTS, of=both), Fault)
    assert isinstance(verdict((STARTS[0], [6]), of=both), Fault)


@pytest.mark.parametrize(
    "text",
    [
        "Те тръгват на 12 март и ще траят осем месеца.",
        "Освен това работите тръгват на 12 март и ще траят осем месеца.",
        "Обаче строителството започва на 12 март и ще продължи осем месеца.",
    ],
)
def test_a_sentence_that_points_back_is_not_taken(text: str):
    """Each is read alone: in the contents, in a message cut in two."""
    found = verdict((text, [2]))

    assert isinstance(found, Fault)
    assert "сочи назад" in found.why


def test_a_sentence_that_repeats_the_headline_is_not_taken():
    """The headline stands right above it."""
    found = verdict(("Белоречие ремонтира моста над Сивица от днес.", [1]))

    assert isinstance(found, Fault)
    assert "заглавието" in found.why


def test_two_sentences_in_one_are_not_one():
    """The limit counts sentences."""
    found = verdict((f"{STARTS[0]} {BUS[0]}", [2, 4]))

    assert isinstance(found, Fault)
    assert "едно изречение" in found.why


def test_a_source_of_facts_is_not_repeated_word_for_word():
    """The same sentence is free where the text is licensed."""
    copied = ("Автобусите по линия 7 ще минават през Горната махала, докато трае ремонтът.", [4])

    assert not isinstance(verdict(copied), Fault)
    found = verdict(copied, of=shown(article(rights=Rights.FACTS)))
    assert isinstance(found, Fault)
    assert "дословен откъс" in found.why
    assert "Горната махала" not in found.said, "words of an article do not leave the fence"


def test_the_rights_of_every_shown_article_hold_for_the_whole_text():
    """A sentence taken from one article under the name of another that says it too is found."""
    facts = article(f"{FAR} {FAR} {BUS[0]}", "b", rights=Rights.FACTS)

    assert not isinstance(verdict(BUS), Fault)
    found = verdict(BUS, of=shown(article(), facts))

    assert isinstance(found, Fault)
    assert found.why == "Текстът има дословен откъс над разрешеното."
