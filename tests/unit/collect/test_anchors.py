"""What a text says of when it was written: evidence against a new date, and what is none."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from digest.collect.anchors import written_before

SOFIA = ZoneInfo("Europe/Sofia")
NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)


def until(text: str, now: datetime = NOW) -> str:
    """The day no later than which the text was written; empty for nothing."""
    anchor = written_before(text, now, SOFIA)
    return anchor.until.date().isoformat() if anchor else ""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Изборите ще се проведат на 5 март 2023 г. в цялата страна.", "2023-03-05"),
        ("Мостът ще бъде готов през пролетта на 2023 година.", "2023-12-31"),
        ("Бюджетът за следващата 2023 г. предвижда ръст на приходите.", "2022-12-31"),
        ("През настоящата 2022 година туристите са с една трета повече.", "2022-12-31"),
        ("Срещата предстои през април 2024 г. в Пролом.", "2024-04-30"),
        ("Общината ще купи десет автобуса до края на 2021 г.", "2021-12-31"),
        ("Очаква се решението да излезе на 3 юни 2025 г.", "2025-06-03"),
    ],
)
def test_days_to_come_that_are_over_date_a_text(text: str, day: str) -> None:
    """The text was written before what it expects."""
    assert until(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "Пътят беше завършен през 2019 г. след дълъг спор.",
        "През 2010 г. той бе осъден, а днес ще се яви пред съда отново.",
        "„Ще го построим до края на 2021 г.“, каза тогава министърът.",
        "Договорът от 2018 г. трябваше да приключи през 2023 г., но работата продължава.",
        "Преди години обещаха, че мостът ще бъде готов през 2020 г.",
        "Ще бъде отбелязана годишнината от пожара на 3 юни 2015 г. и от ремонта през 2020 г.",
        "Ще бъде отбелязана годишнината от пожара на 3 юни 2015 г. в центъра.",
        "Наредбата, приета на 5 март 2019 г., ще бъде отменена.",
        "Съдът ще гледа делото на 14 декември 2026 г.",
        "Изложбата ще бъде открита утре в 18 часа.",
        "Цените ще растат и догодина, смятат от бранша.",
    ],
)
def test_what_is_remembered_quoted_or_really_to_come_dates_nothing(text: str) -> None:
    """An article of today speaks of old days too."""
    assert until(text) == "" or until(text) >= "2026-11-22"


def test_a_year_mistyped_in_january_is_no_old_text() -> None:
    """„На 20 януари 2026 г.“ in an article of January 2027 is a typist's habit."""
    january = datetime(2027, 1, 5, 6, tzinfo=UTC)

    assert until("Заседанието ще се проведе на 20 януари 2026 г.", january) == ""


def test_a_later_year_in_the_text_takes_the_evidence_away() -> None:
    """A text that knows of 2026 was not written in 2022."""
    text = (
        "Бюджетът за следващата 2023 г. предвижда ръст. "
        "През 2026 г. приходите са два пъти по-високи."
    )

    assert until(text) == ""


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("На 20 ноември 2025 г. от 18 часа ще се състои концерт на хора.", ""),
        ("Концертът ще се състои на 20 януари 2026 г. в читалището.", ""),
        ("Концертът ще се състои през ноември 2025 г. в читалището.", ""),
        ("Сезонът ще започне през октомври 2025 г. с премиера.", "2025-10-31"),
        ("В четвъртък, 20 ноември 2025 г., ще се състои концерт.", "2025-11-20"),
        ("В петък, 20 ноември 2025 г., ще се състои концерт.", ""),
        (
            "Концертът ще се състои на 20 ноември 2025 г. в читалището. "
            "Билети ще бъдат пуснати на 10 ноември 2025 г. на касата.",
            "2025-11-10",
        ),
    ],
)
def test_a_day_that_may_be_mistyped_asks_for_a_second_sign(text: str, day: str) -> None:
    """A slip of the year would put it just ahead of today; a weekday or another day decides."""
    assert until(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "Тази 2026 година ще бъде рекордна за износа.",
        "Бюджетът за следващата 2027 г. предвижда ръст.",
        "Общината ще построи стадион до края на 2026 г.",
        "В сряда, 20 януари 2027 г., ще се проведе концерт.",
    ],
)
def test_last_years_number_is_excused_in_january_and_february(text: str) -> None:
    """The year has just turned, and hands write the old one."""
    assert until(text, datetime(2027, 1, 5, 6, tzinfo=UTC)) == ""


def test_a_text_that_names_the_present_year_needs_two_signs() -> None:
    """A report of today may tell of last year's plan in one sentence."""
    plan = "Стадионът ще бъде открит на 5 май 2025 г. с турнир. "
    today = "През 2026 г. местата са станали 800."

    assert until(plan) == "2025-05-05"
    assert until(plan + today) == ""


def test_a_day_of_last_week_is_left_to_the_archive() -> None:
    """What was to come some days ago is told again in news of today."""
    assert until("Заседанието ще се проведе на 12 ноември 2026 г. в общината.") == ""


def test_two_unsure_signs_of_one_time_date_a_text() -> None:
    """A bare year alone is background."""
    one = "Ремонтът на моста ще приключи през 2021 г."
    two = "През 2022 г. ще бъде пусната и новата улица."

    assert until(one) == ""
    assert until(f"{one} {two}") == "2021-12-31"


def test_a_life_told_in_the_present_tense_dates_nothing() -> None:
    """„Ще“ is then a future of the hero's, not ours."""
    text = "Той се ражда в Пролом. На 5 май 2012 г. ще бъде избран за директор на театъра."

    assert until(text) == ""
