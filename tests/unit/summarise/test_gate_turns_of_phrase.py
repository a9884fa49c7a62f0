"""Turns of phrase that state or deny the same, and those that only look so."""

from __future__ import annotations

from itertools import product

import pytest

from digest.bulgarian.certainty import Certainty
from digest.bulgarian.clauses import clauses
from digest.model import Article, ArticleId
from digest.summarise.certainty import modality_of
from digest.summarise.contradicted import contradicted
from digest.summarise.deeds import agrees, deeds
from digest.summarise.evidence import Reading, Witness, best_support
from digest.summarise.polarity import negation_of
from digest.summarise.roles import roles_of


def denied(source: str, sentence: str) -> bool:
    """Whether a sentence turns round what the source says."""
    witnesses = [Witness(Article(ArticleId("a"), "", source))]
    said = Reading(sentence)
    return bool(negation_of(said, witnesses) or contradicted(said, witnesses))


def raised(source: str, sentence: str) -> bool:
    """Whether a sentence is more certain than the source."""
    return bool(modality_of(Reading(sentence), [Witness(Article(ArticleId("a"), "", source))]))


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            "Рамката на общината е 48 млн. евро, с 4 млн. повече от миналогодишната.",
            "Миналогодишната рамка на общината беше с 4 млн. евро по-ниска.",
        ),
        (
            "Подкрепата за фестивала е 140 000 евро, с 20 000 повече от 2025 г.",
            "През 2025 г. подкрепата за фестивала е била с 20 000 евро по-ниска.",
        ),
        (
            "Три икони са изчезнали от музея в Ябълково.",
            "Липсата на три икони е открита в музея в Ябълково.",
        ),
        (
            "Бегачката Рая Минева никога преди не е стигала толкова напред в Ябълково.",
            "Бегачката Рая Минева за пръв път стигна толкова напред в Ябълково.",
        ),
        (
            "Камерата в клона на пощата не записвала от август.",
            "Камерата в клона на пощата спряла да записва през август.",
        ),
        (
            "Фирмата отрече, че ще отвори магазин на мястото на пазара.",
            "Няма нищо вярно в слуха, че фирмата ще отвори магазин на мястото на пазара.",
        ),
        (
            "Адвокатът отрече взривовете да заплашват изворите край Ябълково.",
            "Адвокатът не приема, че взривовете заплашват изворите край Ябълково.",
        ),
        (
            "Холдингът „Ток“ купи дела в мрежите от групата „Ворел“.",
            "Групата „Ворел“ продаде на холдинга „Ток“ дела в мрежите.",
        ),
        (
            "„Няма терени, няма и зидари“, каза строителят.",
            "Строителят казва, че липсват както терени, така и зидари.",
        ),
    ],
)
def test_what_is_denied_may_be_said_in_another_way(source, sentence):
    """Comparisons from the other side, what is gone, what is new, what stops, what is no truth."""
    assert not denied(source, sentence)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            "През 2025 г. печалбата на завода е с една десета по-ниска от предходната.",
            "През 2025 г. печалбата на завода е с една десета по-висока от предходната.",
        ),
        (
            "Рамката на общината е 48 млн. евро, с 4 млн. повече от миналогодишната.",
            "Рамката на общината е 48 млн. евро, с 4 млн. по-малко от миналогодишната.",
        ),
        (
            "Камерата в клона на пощата не записвала от август.",
            "Камерата в клона на пощата записвала от август.",
        ),
        (
            "Кметът Иван Попчев отрече, че е поискал пари от фирмата.",
            "Кметът Иван Попчев призна, че е поискал пари от фирмата.",
        ),
    ],
)
def test_what_is_turned_round_is_still_a_fault(source, sentence):
    """The same comparison with the other word, a «не» that is lost, a denial made an admission."""
    assert denied(source, sentence)


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            "Полската фирма предложи с 9 млн. евро по-ниска цена за влаковете.",
            "Офертата на полската фирма за влаковете е била с 9 млн. евро по-евтина.",
        ),
        (
            "Кандидатствали са 412 души за местата по роботика.",
            "За местата по роботика са подадени документи от 412 души.",
        ),
        (
            "Според земеделеца Тодор Бъчваров сушата е причина за слабия добив.",
            "Земеделецът Тодор Бъчваров вини сушата за слабия добив.",
        ),
        (
            "Билкарницата очаква доставка от 3 000 опаковки до петък.",
            "Билкарницата чака 3 000 опаковки до петък.",
        ),
        (
            "Министърът Калин Друмев, който посети болницата, обеща да обмисли помощ.",
            "Министърът Калин Друмев посети болницата.",
        ),
        (
            "Машинистът успял да спре влака на 40 метра от дървото.",
            "Машинистът е спрял влака на 40 метра от дървото.",
        ),
    ],
)
def test_doubt_may_be_kept_in_a_noun_or_another_verb(source, sentence):
    """What is asked, awaited or blamed is told as such; what was managed was done."""
    assert not raised(source, sentence)


def test_who_promises_says_nothing_less_sure_of_what_he_did():
    """„Министърът, който посети болницата, обеща“: only the promise is one."""
    found = clauses("Министърът, който посети болницата, обеща да обмисли помощ.")
    assert [one.certainty for one in found][1] is Certainty.FACT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Кметицата предлага 10 000 евро.", "10 000 евро предлага кметицата."),
        ("Учените откриха вида.", "Вида откриха учените."),
        ("Синдикатът плати сметката.", "Съветът накара синдиката да плати сметката."),
    ],
)
def test_a_sum_does_nothing_and_who_is_bidden_does_it(one, other):
    """A deed is told with its object first, or as what somebody has another do."""
    assert any(agrees(a, b) for a, b in product(deeds(one), deeds(other)))


def test_who_is_questioned_questions_nobody():
    """„Е на разпит“ is done to nobody by him of whom it is said."""
    assert not deeds("Реставраторът е на разпит.")


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        (
            "Стоименова отрече слуховете, че пети клас ще се извозва до Милинград, на 22 километра.",
            "Стоименова призна, че пети клас ще пътува 22 километра до Милинград.",
        ),
        (
            "Мазнев отхвърли възможността отделението да се слее с това в „Панацея“.",
            "Мазнев е склонен да слее отделението с това в „Панацея“.",
        ),
    ],
)
def test_what_was_denied_is_no_admission_in_other_words(source, sentence):
    """Another verb, or a wish, tells the opposite of what was denied as a whole."""
    assert denied(source, sentence)


def test_a_court_that_holds_a_thing_true_approves_of_nothing():
    """„Прие, че“ is no opposite of „протестира“."""
    assert not denied(
        "Прокуратурата съобщи, че ще протестира пред върховния съд.",
        "Съдът прие, че разрешението не е било валидно.",
    )


def test_who_is_named_after_his_office_is_who_has_it():
    """„Председателят на съюза Йонко Минев поиска“ is no deed of another than „Минев“."""
    source = "Председателят на Съюза на пенсионерите Йонко Минев поиска 50 евро за Коледа."
    witnesses = [Witness(Article(ArticleId("a"), "", source))]
    said = Reading("Минев иска 50 евро за Коледа.")
    found = best_support(said, witnesses)
    assert found is not None
    assert not roles_of(said, found, witnesses)


def test_an_age_is_no_less_sure_for_what_is_to_come():
    """Who „ще получи“ a thing is of her age now."""
    assert not raised(
        "За участието си 22-годишната Илиева ще получи 250 000 паунда.",
        "Илиева е на 22 години и ще получи за участието си 250 000 паунда.",
    )
