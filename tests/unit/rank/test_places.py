"""Towns are found in the forms that texts give them, and only there."""

from __future__ import annotations

import pytest

from digest.rank.places import place_of


@pytest.mark.parametrize(
    ("town", "forms"),
    [
        ("Пловдив", "Пловдив пловдивският пловдивската пловдивчани пловдивчанин Пловдивско"),
        ("Варна", "Варна варненски варненската варненци варненец"),
        ("София", "София софийски софийското софиянци софиянец"),
        ("Русе", "Русе русенския русенци"),
        ("Бургас", "Бургас бургаските бургаската"),
        ("Перник", "Перник пернишката перничани Пернишко"),
        ("Враца", "Враца врачански врачани врачанската"),
        ("Габрово", "Габрово габровската габровци"),
        ("Ловеч", "Ловеч ловешкия"),
        ("Добрич", "Добрич добричката"),
        ("Стара Загора", "старозагорският старозагорци"),
        ("Велико Търново", "великотърновската"),
    ],
)
def test_inflected_and_derived_forms_count(town: str, forms: str) -> None:
    """The adjective in all genders, the people, the region."""
    for form in forms.split():
        assert place_of(town).found(f"Новини: {form} днес") == form


@pytest.mark.parametrize(
    ("town", "text"),
    [
        ("Русе", "руски и русата жена"),
        ("Лом", "железен лом и ломове"),
        ("Варна", "варната вар"),
        ("София", "софизъм, Софи"),
        ("Стара Загора", "стара къща в Загоре"),
        ("Пловдив", "плодовита година"),
    ],
)
def test_other_words_are_not_the_town(town: str, text: str) -> None:
    """A town is not found in words that only begin alike."""
    assert not place_of(town).found(text)


def test_a_name_of_two_words_is_found_whole() -> None:
    """And its spaces do not matter."""
    assert place_of("Стара  Загора").found("В Стара Загора днес") == "Стара Загора"
