"""People in a text, and whether two names are one person's."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.bulgarian.lexicon import word_set
from digest.bulgarian.people import mentions, office, same_name

NAMES = st.sampled_from(
    ["Иван Петров", "Петров", "И. Петров", "Мария Колева", "Колева", "Ivan Petrov"]
)
WORDS = word_set(
    """Иван Петров Петрова Петровият Колева министърът министър на финансите бившият г-н Белодол „Устрем“
    кметът каза че от ГЕРБ (БСП) и . , : А. Стъб фон Лайен директорката Видин по за"""
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Иван Петров дойде. Г-н Петров мълча, Петрова говори.",
            ["Иван Петров", "Петров", "Петрова"],
        ),
        ("Кметът на Белодол Иван Петров спори.", ["Иван Петров"]),
        ("Кметът на Върбан Димитричка Ралева спори.", ["Димитричка Ралева"]),
        ("Нападателят на Левски Иван Стоянов Петров вкара.", ["Иван Стоянов Петров"]),
        ("Колегата на Манчев Ервин Тасев мълча.", ["Ервин Тасев"]),
        (
            "Комисар Чардаков мълча, ресторантьорът Киро Шалапатов – не.",
            ["Чардаков", "Киро Шалапатов"],
        ),
        ("Урсула фон Лайен и канцлерът Фриц Мерц дойдоха.", ["Урсула фон Лайен", "Фриц Мерц"]),
        ("Вчера в Белодол А. Костов пя.", ["А. Костов"]),
        ("По думите на И. Петров и на лидера на СДС Колев е така.", ["И. Петров", "Колев"]),
        ("Петровият бюджет падна.", ["Петров"]),
        ("Лекцията е на проф. Шел, водеща е доц. Ане Гант.", ["Шел", "Ане Гант"]),
        ("Урсула Гертнер дойде с директорката Урсула Гертнер.", ["Урсула Гертнер"]),
        ("Треньорът Курт Фогел си тръгна. Фогел мълча.", ["Курт Фогел", "Фогел"]),
        ("Във Видин и в Берлин „Локомотив“ и „Балев“ играха, а НСИ мълча.", []),
        ("Велико Търново и Стара Загора са градове.", []),
    ],
)
def test_people_are_found_and_nothing_else(text, names):
    """By the form of the family name, an office or title, a particle, or an earlier full name."""
    assert [one.name for one in mentions(text)] == names


@pytest.mark.parametrize(
    ("text", "phrase", "held", "former", "of"),
    [
        ("Министърът на финансите Иван Петров", "Министърът на финансите", "министър", False, ""),
        ("каза министърът на труда и социалната политика Иван Петров", "министърът на труда и социалната политика", "министър", False, ""),
        ("министърът на отбраната Иван Петров", "министърът на отбраната", "министър", False, ""),
        ("бившият германски канцлер Курт Фогел", "бившият германски канцлер", "канцлер", True, ""),
        ("директорът на болницата доц. Иван Петров", "директорът на болницата", "директор", False, ""),
        ("ректорът проф. д-р Иван Петров", "ректорът", "ректор", False, ""),
        ("зам.-кметът на Белодол Иван Петров", "зам.-кметът на Белодол", "заместник-кмет", False, ""),
        ("зам. министърът Иван Петров", "зам. министърът", "заместник-министър", False, ""),
        ("екскметът Иван Петров (БСП)", "екскметът", "кмет", True, "БСП"),
        ("лидерът на „Нова сила“ Димо Колев", "лидерът на „Нова сила“", "лидер", False, ""),
        ("кметицата Мария Колева от ГЕРБ", "кметицата", "кмет", False, "ГЕРБ"),
        ("кметът каза на Иван Петров", "", "", False, ""),
        ("кметът и Иван Петров", "", "", False, ""),
        ("кметът, според Иван Петров", "", "", False, ""),
    ],
)  # fmt: skip
def test_a_person_has_the_office_that_leads_to_the_name(text, phrase, held, former, of):
    """With its adjectives and what it is an office of; a verb or „и“ between breaks it."""
    (one,) = mentions(text)
    assert (one.office, one.held, one.former, one.of) == (phrase, held, former, of)


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("министърът", "министър"),
        ("Директорката", "директор"),
        ("кметица", "кмет"),
        ("екс-премиерът", "премиер"),
        ("вицепремиера", "вицепремиер"),
        ("градът", ""),
        ("", ""),
    ],
)
def test_an_office_is_told_as_a_man_holds_it(word, told):
    """Whatever article or ending it has."""
    assert office(word) == told


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Иван Петров", "Петров", True),
        ("И. Петров", "Иван Петров", True),
        ("И.Петров", "Иван Стоянов Петров", True),
        ("Иван Стоянов Петров", "Иван Петров", True),
        ("Иван Ст. Петров", "Иван Стоянов Петров", True),
        ("Ivan Petrov", "Иван Петров", True),
        ("г-н Петров", "Петров", True),
        ("Дечевият", "Страхил Дечев", True),
        ("Петров", "Петрова", False),
        ("Иван Петров", "Петър Петров", False),
        ("П. Петров", "Иван Петров", False),
        ("Иван", "Иван Петров", False),
        ("", "Петров", False),
    ],
)
def test_one_person_may_be_named_in_several_ways(one, other, same):
    """Initials, Latin letters, a title and possession; never another given name or sex."""
    assert same_name(one, other) == same
    assert same_name(other, one) == same


@given(NAMES)
def test_everybody_is_himself(name):
    """Any name is its own, and its family name's."""
    assert same_name(name, name)
    assert same_name(name, name.split()[-1])


@settings(deadline=None)  # the first lemma loads the dictionary
@given(st.lists(st.sampled_from(sorted(WORDS)), max_size=16).map(" ".join) | st.text(max_size=40))
def test_people_stand_apart_in_any_text(text):
    """Spans are ordered, apart, inside the text, and hold a word."""
    found = mentions(text)
    assert all(0 <= one.start < one.end <= len(text) and one.name for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(bool(one.office) == bool(one.held) for one in found)
