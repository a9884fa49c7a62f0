"""Countries told by their adjectives and their people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.bulgarian.countries import countries


@pytest.mark.parametrize(
    ("country", "words"),
    [
        ("полша", "Полша полския полската поляк полякът поляци полякиня полякините"),
        ("германия", "Германия германската немски немец немци немкиня немкинята германец"),
        ("австрия", "Австрия австрийски австриец австрийка австрийката австрийците"),
        ("австралия", "Австралия австралийка австралийците"),
        ("белгия", "белгиец белгийка белгийци белгийски"),
        ("корея", "Корея корейско кореец корейката корейци"),
        ("европа", "европейската европеец европейците"),
        ("гърция", "гръцкото грък гърци гъркиня"),
        ("турция", "турският турчин турци туркиня туркинята"),
        ("русия", "руския руснак руснаците рускиня рускини"),
        ("словакия", "словашкият словак словаци словачка"),
        ("чехия", "чешката чех чехи чехкинята"),
        ("финландия", "финландски финландец финландката финландци"),
        ("китай", "китайската китаец китайци китайка"),
        ("босна", "босненски босненец босненци"),
        ("швеция", "шведско швед шведът шведка"),
        ("сащ", "САЩ американски американец американката"),
    ],
)
def test_a_country_goes_by_its_adjective_and_its_people(country, words):
    """Adjectives, men, women and their plurals, with the article or without, mean the country."""
    assert {word: countries(word) for word in words.split()} == dict.fromkeys(
        words.split(), frozenset({country})
    )


def test_one_people_may_go_by_two_names_of_a_country():
    """A Dutchman is of Холандия and of Нидерландия, an Englishman of Великобритания too."""
    assert countries("холандците") == countries("нидерландски") == {"холандия", "нидерландия"}
    assert "великобритания" in countries("англичанин")


@pytest.mark.parametrize(
    "word",
    [
        "поля", "полята", "полето", "поли", "полицай", "фини", "фин", "финал", "финансов",
        "дани", "датата", "чехли", "корени", "сирене", "индекс", "сънародник", "турнир", "",
    ],
)  # fmt: skip
def test_an_ordinary_word_means_no_country(word):
    """Fields are not Poland, and fine dust is not from Finland."""
    assert countries(word) == frozenset()


@given(st.text(alphabet="абвгнск йцеия-АСЩ.(*", max_size=20))
def test_any_word_may_be_asked(word):
    """Odd words raise nothing, and case makes no difference."""
    assert countries(word) == countries(word.lower())
