"""Words that may stand for one another in the news, and those that turn a statement round."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

import digest.bulgarian.thesaurus as thesaurus
from digest.bulgarian.thesaurus import (
    AS_IT_STANDS,
    excluded,
    groups,
    head,
    opposed,
    opposites,
    rivals,
    written,
)
from digest.bulgarian.words import lemma
from digest.summarise.meaning import meant
from digest.summarise.slots import GENERAL, SAYING

LEAST_GROUPS = 700
LEAST_PAIRS = 150
FILES = sorted((Path(thesaurus.__file__).parent / "groups").glob("*.txt"))
LINES = [line for file in FILES for line in file.read_text("utf-8").splitlines() if line]


def test_there_is_a_thesaurus_for_other_peoples_texts() -> None:
    """At least seven hundred groups, each of two words or more beside those marked."""
    assert len(groups()) == len(LINES) >= LEAST_GROUPS
    assert [line for line in LINES if len([w for w in line.split() if w[0] != "="]) < 2] == []


def test_no_word_stands_in_two_groups() -> None:
    """A word of two senses is in the group of the one that the news has more often."""
    count = Counter(word for group in groups() for word in group)

    assert [word for word, times in count.items() if times > 1] == []


def test_words_are_written_as_the_lemmatiser_writes_them() -> None:
    """All but those marked, and what the lemmatiser makes of a marked one is in its group."""
    own = [w for line in LINES for w in line.split() if not w.startswith(AS_IT_STANDS)]
    marked = [
        (word.removeprefix(AS_IT_STANDS), line.split())
        for line in LINES
        for word in line.split()
        if word.startswith(AS_IT_STANDS)
    ]

    assert [word for word in own if lemma(word) != word] == []
    assert [word for word, line in marked if lemma(word) not in line] == []
    assert [word for word, _ in marked if lemma(word) == word] == []


def test_all_words_of_a_group_mean_its_head() -> None:
    """Whichever word is asked, the answer is one."""
    wrong = [(w, meant(w), group[0]) for group in groups() for w in group if meant(w) != group[0]]

    assert wrong == []


def test_ideas_that_the_gate_names_are_heads_of_their_groups() -> None:
    """What the gate leaves out as said everywhere is named by the word that stands for it."""
    assert {idea: meant(idea) for idea in SAYING | GENERAL} == {i: i for i in SAYING | GENERAL}


@pytest.mark.parametrize(
    "words",
    [
        "поскъпна поскъпналите поскъпват поскъпнал поскъпването",
        "намалее намаляха намалява поевтиняха поевтинели паднали",
        "евакуира евакуираха евакуирани евакуирането",
        "връчи връчил връчиха връчена",
        "издъхна издъхнали издъхналите загинаха",
        "дерайлира дерайлиралият дерайлираха",
        "дрон дронове дроновете дрона",
        "успя успяха успели успяла",
    ],
)
def test_forms_of_a_word_mean_the_same(words: str) -> None:
    """Aorist, renarrated forms, participles and plurals are those of their group."""
    assert len({meant(word) for word in words.split()}) == 1


@pytest.mark.parametrize(
    "words",
    [
        "горен горя", "отделен отделя", "забавен забавя", "колани кола",
        "метър километър", "седмица месец", "купувач продавач", "ищец ответник",
        "учител ученик", "полиция прокуратура", "министър депутат", "съд прокуратура",
        "община правителство", "обвиня осъдя", "заподозра обвиня", "раня загина", "задържа осъдя",
        "заявя докажа", "планирам приключа", "предложа одобря", "настоя получа", "филм кино",
        "проверя разследвам", "забраня спра", "търговия покупка", "посланик дипломат",
        "палеж пожар", "апартамент къща", "съпруг мъж", "град градушка", "епидемия пандемия",
    ],
)  # fmt: skip
def test_what_would_change_a_fact_is_kept_apart(words: str) -> None:
    """Other units, roles, persons, institutions and degrees of a fact are never one."""
    one, other = words.split()

    assert meant(one) != meant(other)


def test_no_group_holds_a_pair_that_excludes_itself() -> None:
    """Neither table sets a word against one of its own group."""
    wrong = [
        (one, other)
        for name in ("opposites", "exclusive")
        for line in written(name)
        for one, other in combinations(line, 2)
        if meant(one) == meant(other)
    ]

    assert wrong == []


def test_there_are_many_opposites() -> None:
    """A hundred and fifty different pairs at the least, each of two words."""
    pairs = {frozenset(map(meant, line)) for line in written("opposites")}

    assert {len(line) for line in written("opposites")} == {2}
    assert len(pairs) >= LEAST_PAIRS


@pytest.mark.parametrize(
    "pair",
    [
        "увеличиха намаляха", "приеха отхвърлиха", "спечели загуби", "купи продаде",
        "влезе излезе", "преди след", "първи последен", "оправда осъди", "отвориха затвориха",
        "законен незаконен", "успяха провали", "разреши забрани", "поскъпналите поевтинелите",
    ],
)  # fmt: skip
def test_a_word_for_its_opposite_turns_a_statement_round(pair: str) -> None:
    """In any form and both ways; a word is no opposite of itself."""
    one, other = pair.split()

    assert opposed(one, other)
    assert opposed(other, one)
    assert not opposed(one, one)


@pytest.mark.parametrize(
    "line",
    [
        "загинаха пострадаха невредим", "обвиниха осъдиха оправдаха", "злато сребро бронз",
        "задържаха освободиха издирван", "предложиха приеха отхвърлиха", "първи втори трети",
        "вчера днес утре", "сутрин следобед вечер", "северен южен източен",
    ],
)  # fmt: skip
def test_one_thing_of_a_class_is_not_another(line: str) -> None:
    """Each of the line excludes each other."""
    assert all(excluded(one, other) for one, other in combinations(line.split(), 2))


def test_words_of_no_group_have_neither_opposites_nor_rivals() -> None:
    """An unknown word is nobody's opposite, and means itself."""
    assert head("бръмбазък") is None
    assert meant("бръмбазък") == "бръмбазък"
    assert opposites("бръмбазък") == rivals("бръмбазък") == frozenset()
