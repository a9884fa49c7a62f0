"""Verbs and the groups they stand in."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.bulgarian.predicates import Mood, Predicate, Tense, predicates
from digest.bulgarian.verbs import finite, l_participle, n_participle, past, root, verbish
from digest.bulgarian.words import lemma

ODD = st.text(alphabet='абвеилнотщъя АБ.,;:–-„“"\n\t12%«»()', max_size=120)


@pytest.mark.parametrize(
    "word",
    ["каза", "обмислят", "повишава", "понижи", "обжалва", "приеха", "осъди", "нападнаха", "закри"],
)
def test_a_verb_with_a_person_is_one(word):
    """Verbs are known by their forms, in the dictionary or not."""
    assert finite(word)


@pytest.mark.parametrize(
    "word", ["държава", "заплата", "резултат", "фабрика", "две", "открит", "заем", "прием"]
)
def test_a_noun_or_participle_is_no_finite_verb(word):
    """Nouns that end as verbs do are told from them."""
    assert not finite(word)


def test_participles_are_told_apart():
    """«Загинал» did it, to «построена» it was done."""
    assert l_participle("загинал")
    assert n_participle("построена")
    assert not l_participle("раздели")


@pytest.mark.parametrize(
    ("word", "told"), [("реши", True), ("обявиха", True), ("решава", False), ("твърди", False)]
)
def test_the_past_is_told_by_the_form(word, told):
    """A perfective verb without «да» is an aorist."""
    assert past(word) is told


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("реша", "решение"),
        ("увелича", "увеличавам"),
        ("отрека", "отричам"),
        ("открия", "откривам"),
        ("предложа", "предложение"),
        ("засягам", "засегната"),
        ("засегне", "засегнати"),
    ],
)
def test_aspects_and_nouns_of_a_verb_have_one_root(one, other):
    """Both aspects and the noun come to one root."""
    assert root(lemma(one)) == root(lemma(other))


def only(text: str) -> Predicate:
    (found,) = predicates(text)
    return found


@pytest.mark.parametrize(
    ("text", "head", "tense", "mood", "negated"),
    [
        ("Мостът няма да бъде затворен.", "затворен", Tense.FUTURE, Mood.PLAIN, True),
        ("Договорът още не е подписан.", "подписан", Tense.PAST, Mood.PLAIN, True),
        ("Лодката може да потъне.", "потъне", Tense.PRESENT, Mood.MODAL, False),
        ("Той щял да замине.", "замине", Tense.FUTURE, Mood.CONDITIONAL, False),
        ("Сделката би могла да бъде одобрена.", "одобрена", Tense.PAST, Mood.CONDITIONAL, False),
        ("Пробата е отрицателна.", "отрицателна", Tense.PRESENT, Mood.PLAIN, False),
        ("Резултатът е официално обявен.", "обявен", Tense.PAST, Mood.PLAIN, False),
        ("Шофьорът бил заспал.", "заспал", Tense.PAST, Mood.RENARRATED, False),
        ("Не може да не дойде.", "дойде", Tense.PRESENT, Mood.MODAL, False),
    ],
)
def test_a_group_is_read_as_one(text, head, tense, mood, negated):
    """Particles, auxiliaries and the verb are one predicate with its tense, mood and sign."""
    found = only(text)
    assert (found.head, found.tense, found.mood, found.negated) == (head, tense, mood, negated)


def test_what_depends_on_a_verb_is_a_predicate_of_its_own():
    """«Иска да» leaves open what becomes of it."""
    first, second = predicates("Кметът иска да построи басейн.")
    assert (first.head, second.head, second.mood) == ("иска", "построи", Mood.DEPENDENT)


def test_a_predicate_has_a_width():
    """A span of no width is refused."""
    with pytest.raises(ValueError, match="no width"):
        Predicate(3, 3, "е", Tense.PRESENT, Mood.PLAIN, negated=False, before="")


@given(ODD)
def test_predicates_stand_in_order_within_the_text(text):
    """No two stand over one another, whatever the text."""
    found = predicates(text)
    assert all(0 <= p.start < p.end <= len(text) for p in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    "noun", ["туризма", "културата", "отбраната", "филма", "компании", "двамата", "голяма"]
)
def test_an_ending_of_nouns_makes_no_verb(noun):
    """The article, the counted form of a man's word, a plural in two vowels, an adjective."""
    assert not verbish(noun)


@pytest.mark.parametrize("verb", ["каза", "осъди", "увери", "смята", "поиска", "уби", "решила"])
def test_a_verb_is_still_told_by_its_change(verb):
    """Past forms whose dictionary form is another word."""
    assert verbish(verb)
