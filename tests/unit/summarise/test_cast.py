"""Who is who in an article: one person by all names, and who says what."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.bulgarian.people import mentions
from digest.model import Article, ArticleId
from digest.summarise.cast import Cast
from digest.summarise.casting import cast_of
from digest.summarise.described import described, role_of
from digest.summarise.evidence import Witness

BRIDGE = """Мостът при Горна Лъка затвори за ремонт. Кметицата доц. Руска Пелева обеща да отвори \
през май. „Няма да чакаме“, каза тя. По нейни изчисления ще стигнат шест месеца. Шофьорът на \
автобуса Диньо Кърпачев се оплака от обхода. Шофьорът на камиона мълчи. Бившият директор на \
„Строител“ Желю Мутев, който днес ръководи „Пътища“, е задържан. Зам.-кметът Боян Ралев отрече. \
„Ще платим“, уточни Пелева. „Докрай“, добави още. Дамян С. и Ким Олдър гледаха. Кметицата си тръгна."""
WORD = st.text(alphabet="абваеийскчНР „“,.-", max_size=12)


def cast(text: str) -> Cast:
    return cast_of(Witness(Article(ArticleId("bridge"), "", text)))


def scene_of(text: str, beginning: str) -> tuple[set[str], str]:
    """The people of the sentence that begins so, and who says it."""
    witness = Witness(Article(ArticleId("bridge"), "", text))
    found = cast_of(witness)
    at = next(n for n, one in enumerate(witness.sentences) if one.text.startswith(beginning))
    scene = found.scenes[at]
    holder = "" if scene.holder is None else found.people[scene.holder].name
    return {found.people[n].name for n in scene.people}, holder


@pytest.mark.parametrize(
    ("beginning", "who"),
    [
        ("Кметицата доц.", "Руска Пелева"),
        ("„Няма да чакаме“", "Руска Пелева"),
        ("По нейни", "Руска Пелева"),
        ("„Ще платим“", "Руска Пелева"),
        ("Дамян С.", "Дамян"),
        ("Кметицата си тръгна", "Руска Пелева"),
    ],
)
def test_a_person_is_found_by_name_pronoun_and_role(beginning, who):
    """The full name, the family name, «тя», «нейни», the office alone and „Дамян С.“."""
    assert who in scene_of(BRIDGE, beginning)[0]


@pytest.mark.parametrize("beginning", ["„Няма да чакаме“", "По нейни", "„Ще платим“", "„Докрай“"])
def test_who_says_a_sentence_is_told(beginning):
    """By «каза тя», by «по нейни изчисления», by name, and by going on."""
    assert scene_of(BRIDGE, beginning)[1] == "Руска Пелева"


def test_a_role_of_something_else_is_somebody_else():
    """«Шофьорът на камиона» is not the man at the wheel of the bus."""
    assert scene_of(BRIDGE, "Шофьорът на камиона")[0] == set()


def test_two_people_of_one_family_name_stay_two():
    """«Георги Месаров» and «Златко Месаров» are not joined, and the family name alone is neither."""
    found = cast("Директорът Георги Месаров говори. Предишният директор Златко Месаров мълчи.")

    assert [one.name for one in found.people] == ["Георги Месаров", "Златко Месаров"]
    assert found.find("Месаров") is None
    assert found.find("Златко Месаров") == 1


def test_places_are_no_people():
    """«Селата Букова и Дренова» have the form of family names, «Молдова» and «Талин» too."""
    found = cast("Селата Букова и Дренова спорят. Молдова и Талин чакат. Йовка Дренкова мълчи.")

    assert [one.name for one in found.people] == ["Йовка Дренкова"]


def test_a_person_has_roles_that_he_holds_and_such_as_are_over():
    """«Бившият директор» is over; who «ръководи» something leads it now."""
    found = cast(BRIDGE)
    one = found.people[found.find("Мутев") or 0]

    assert {"директор", "ръководител"} <= one.roles
    assert "директор" not in one.now
    assert "ръководител" in one.now


def test_a_deputy_is_no_holder_of_the_office():
    """«Зам.-кметът» has an office of his own, and «кметицата» another."""
    found = cast(BRIDGE)

    assert found.people[found.find("Ралев") or 0].roles == {"заместник-кмет"}
    assert found.people[found.find("Пелева") or 0].roles == {"кмет"}


@pytest.mark.parametrize(
    ("word", "role"),
    [
        ("директорката", "директор"),
        ("зам.-кметът", "заместник-кмет"),
        ("заместник-кметът", "заместник-кмет"),
        ("вицепремиерът", "заместник-премиер"),
        ("екскметът", "кмет"),
        ("ресторантьорът", "ресторантьор"),
    ],
)
def test_a_role_has_one_form(word, role):
    """With its article, of a woman, and however a deputy is written."""
    assert role_of(word.replace("зам.-", "зам-")) == role


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Вицепремиерът и министър на труда Яна Дечева мълчи.", {"заместник-премиер", "министър"}),
        ("Яна Дечева, кметица на Върба, мълчи.", {"кмет"}),
        ("Яна Дечева, която оглавява „Ключ“, мълчи.", {"ръководител"}),
        ("Яна Дечева ръководи „Ключ“.", {"ръководител"}),
        ("Съпругата му Яна Дечева мълчи.", {"съпруга"}),
        ("Лидерът на „Справедлив дом“ Яна Дечева мълчи.", {"лидер"}),
        ("От трибуната Яна Дечева мълчи.", set()),
        ("Яна Дечева, на 50 години, мълчи.", set()),
    ],
)
def test_roles_stand_before_the_name_and_behind_it(text, roles):
    """Before it, between commas, with a verb of leading; a place and an age are none."""
    one = next(m for m in mentions(text) if m.name.endswith("Дечева"))

    assert described(text, one.start, one.end).roles == roles


@given(st.lists(WORD, max_size=30).map(" ".join))
@settings(max_examples=60, deadline=None)
def test_odd_text_has_a_cast_too(text):
    """Whatever the text: a scene for each sentence, and nothing raised."""
    witness = Witness(Article(ArticleId("odd"), "", text))

    assert len(cast_of(witness).scenes) == len(witness.sentences)
