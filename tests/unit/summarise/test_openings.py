"""A sentence that points backwards is known by its first words."""

from __future__ import annotations

import pytest

from digest.bulgarian.words import words
from digest.summarise.openings import dependent, speaker_before


@pytest.mark.parametrize(
    "text",
    [
        "Той обеща нова детска градина.",
        "Според нея ремонтът закъснява.",
        "В този квартал живеят хиляда души.",
        "В същото време цените растат.",
        "От своя страна синдикатите искат повече.",
        "Обаче сделката не е подписана.",
        "От друга гледна точка това не е вярно.",
        "Още двама души са в болница.",
        "По думите му парите стигат.",
        "„Това е победа за града“, каза кметът.",
        "Двамата ще се срещнат утре.",
        "Останалите правят копия веднъж седмично.",
        "По този повод бе обявен ден на траур.",
        "По нейни думи от архива са запазени тридесет снимки.",
        "Пробата му за алкохол е отрицателна.",
        "Последната ѝ изложба беше през пролетта.",
        "Нещо повече, наемът ще се вдигне.",
        "Фирмата „Пътища Изток“ отрече и заяви, че пробите са редовни.",
        "Синдикатите не се съгласиха.",
    ],
)
def test_a_pronoun_or_a_connective_needs_the_sentence_before(text):
    """Who „той“ is and what „обаче“ answers stands in the sentence before."""
    assert dependent(text, words(text))


@pytest.mark.parametrize(
    "text",
    [
        "Кметът Живко Радоев обеща нова детска градина.",
        "Според синдикатите парите не стигат.",
        "В Каменград живеят хиляда души.",
        "Въпреки дъжда площадът беше пълен.",
        "Освен моста ще бъде обновен и паркът.",
        "Съдът прие, че това е нарушение.",
        "Фирмата „Пътища Изток“ отрече пробите да са подменени.",
        "Кметът потвърди, че ремонтът закъснява.",
        "На Петров му отнеха книжката за шест месеца.",
        "По Черноморието ще духа силен вятър.",
        "Следващата година данъците не се променят.",
    ],
)
def test_a_sentence_that_stands_alone_is_left_to_stand(text):
    """What it speaks of is in it."""
    assert not dependent(text, words(text))


def test_nothing_needs_nothing():
    """A line without words points nowhere."""
    assert not dependent("…", words("…"))


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("„Парите стигат за две години“, добави тя.", True),
        ("Мостът ще бъде готов през март, обеща той пред журналисти.", True),
        ("„Парите стигат“, каза кметът Стоян Белчев.", False),
        ("Белчев купи сградата, която той сам оцени на милион.", False),
        ("Съдът прие, че тя е действала сама.", False),
    ],
)
def test_who_speaks_may_stand_in_the_sentence_before(text, before):
    """„…, каза той“ is no claim of anybody's without the sentence that names him."""
    assert speaker_before(text, words(text)) is before
