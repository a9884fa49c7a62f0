"""Agency credits at the seams of a paragraph, and sentences that only name an agency."""

from __future__ import annotations

import pytest

from digest.collect.agencies import cut_credit
from digest.model import Agency

AGENCIES = (
    Agency("БТА", ("БТА", "BTA")),
    Agency("БГНЕС", ("БГНЕС",)),
    Agency("АФП", ("АФП", "AFP")),
    Agency("АП", ("АП", "AP", "Асошиейтед прес")),
    Agency("АНСА", ("АНСА",)),
    Agency("Ройтерс", ("Ройтерс", "Reuters")),
    Agency("Фокус", ("Фокус", "Агенция „Фокус“")),
)
SAID = "Пътят до Измислен връх е затворен."
LONG = (
    "Пътят до Измислен връх остава затворен, докато снегът не бъде почистен и знаците не бъдат "
    "поставени на местата си."
)


@pytest.mark.parametrize(
    ("credit", "agencies"),
    [
        ("БТА", ["БТА"]),
        ("БГНЕС, АФП", ["БГНЕС", "АФП"]),
        ("БГНЕС.", ["БГНЕС"]),
        ("Източник: БТА", ["БТА"]),
        ("Източник: БГНЕС/АФП", ["БГНЕС", "АФП"]),
        ("(Източник: БТА)", ["БТА"]),
        ("По БТА", ["БТА"]),
        ("По материали на БТА.", ["БТА"]),
        ("По информация на БТА.", ["БТА"]),
        ("Превод: БТА", ["БТА"]),
        ("© БТА", ["БТА"]),
        ("– БТА", ["БТА"]),
        ("/БТА/ВИ", ["БТА"]),
        ("/БТА, Иван Несъществуващ/", ["БТА"]),
        ("/Иван Несъществуващ, БТА/", ["БТА"]),
        ("/АНСА, Киодо/", ["АНСА"]),
        ("/БГНЕС, CNN", ["БГНЕС"]),
        ("/агенция „Фокус“/", ["Фокус"]),
        ("/РОЙТЕРС/", ["Ройтерс"]),
        ("(REUTERS)", ["Ройтерс"]),
        ("/ бгнес", ["БГНЕС"]),
        ("/БГНЕС, /АФП", ["БГНЕС", "АФП"]),
        ("/ХГ/ БТА", ["БТА"]),
        ("//БТА//", ["БТА"]),
        ("(с инф. от БТА)", ["БТА"]),
    ],
)
def test_a_credit_behind_the_last_stop_is_cut_whole(credit: str, agencies: list[str]) -> None:
    """Opener, label, agencies and names: all of it goes, and every agency is named."""
    found = cut_credit(f"{LONG} {credit}", AGENCIES, last=True)

    assert (found.text, list(found.agencies)) == (LONG, agencies)


@pytest.mark.parametrize(
    "text",
    [
        "Това каза кметът на Измислица пред АП.",
        "Преговорите между АП и АФП продължават",
        "Той кара Форд – Фокус",
        "Кметът говори пред радио „Фокус“.",
        "Записът е на американската агенция Асошиейтед прес (АП).",
        "Снимките са на агенция (БТА)",
        "Пътят е затворен, предава БТА.",
        "Живее във втория по големина град (Измислица).",
        "БТА – най-старата агенция у нас – навършва 128 години през тази зима и ще го отбележи.",
        "Асошиейтед прес (АП) съобщи, че преговорите продължават и утре, но без пратеника.",
        "На фокус: какво се променя за водачите от първия ден на новата година",
        "Фокус: Измислица",
        "Кой го каза? Ройтерс.",
    ],
)
def test_an_agency_in_a_sentence_is_no_credit(text: str) -> None:
    """What the sentence needs stays in it."""
    found = cut_credit(text, AGENCIES, last=True)

    assert (found.text, found.agencies) == (text, ())


@pytest.mark.parametrize("credit", ["БТА", "– БТА", "Източник: БТА"])
def test_without_brackets_only_the_last_paragraph_ends_with_a_credit(credit: str) -> None:
    """In the middle of a text such an end is a sentence that was cut."""
    assert cut_credit(f"{LONG} {credit}", AGENCIES).agencies == ()


@pytest.mark.parametrize(
    ("line", "agencies"),
    [
        ("Източник БТА", ["БТА"]), ("Източник – БТА", ["БТА"]), ("Превод: БТА", ["БТА"]),
        ("Текст и снимки: БТА", ["БТА"]), ("По информация на БТА", ["БТА"]), ("AP", ["АП"]),
        ("Измислица /БТА/", ["БТА"]), ("© БТА", ["БТА"]), ("REUTERS", ["Ройтерс"]),
        ("ФОКУС", ["Фокус"]), ("Ройтерс, Киев", ["Ройтерс"]), ("/по БТА/", ["БТА"]),
        ("Измислица, 12 ноември /БТА/", ["БТА"]), ("БТА, 12 ноември 2025", ["БТА"]),
    ],
)  # fmt: skip
def test_a_line_of_nothing_but_a_credit_is_one(line: str, agencies: list[str]) -> None:
    """With or without a colon, in capitals, with a place or a day."""
    found = cut_credit(line, AGENCIES)

    assert (found.text, list(found.agencies)) == ("", agencies)


@pytest.mark.parametrize("line", ["Снимка: БТА", "Новините на БТА", "Мачът е между АП и АФП"])
def test_a_line_that_says_more_is_no_credit(line: str) -> None:
    """A photograph's credit is not the text's."""
    assert cut_credit(line, AGENCIES).agencies == ()


@pytest.mark.parametrize(
    "dateline",
    [
        "Измислица, 12 ноември /БТА/ – ", "Измислица, 12 ноември (БТА). ", "Измислица /БТА/ ",
        "ИЗМИСЛИЦА, БТА – ", "БТА – ", "/БТА/ ", "Горна Измислица (БТА) – ",
    ],
)  # fmt: skip
def test_a_dateline_goes_with_its_place_day_and_marks(dateline: str) -> None:
    """The first sentence is left, and the agency is credited."""
    found = cut_credit(f"{dateline}{LONG}", AGENCIES, places=True)

    assert (found.text, found.agencies) == (LONG, ("БТА",))


def test_a_dateline_keeps_its_place_where_only_credits_are_cut() -> None:
    """No lone mark is left in the place of the credit."""
    texts = [
        cut_credit(f"{dateline}{LONG}", AGENCIES).text
        for dateline in ("Измислица, 12 ноември (БТА). ", "Измислица (БТА) – ")
    ]

    assert texts == [f"Измислица, 12 ноември. {LONG}", f"Измислица – {LONG}"]
