"""How a source is: a rhythm learned from its history, and one word with a sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from digest.collect.health import Rhythm, Standing, rhythm, standing
from digest.gathered import SourceState
from digest.model import Rights, Source, SourceId

SOFIA = ZoneInfo("Europe/Sofia")
NOW = datetime(2026, 11, 20, 10, tzinfo=UTC)
SOURCE = Source(SourceId("s"), "https://vestnik.example.bg/rss", Rights.EXTRACT, "Вестник")
ASKED = SourceState(SourceId("s"), last_ok_at=NOW, last_new_at=NOW)


def every(hours: float, days: int = 20, *, until: datetime = NOW) -> list[datetime]:
    """Articles so many hours apart."""
    return [until - timedelta(hours=hours * n) for n in range(int(days * 24 / hours))]


def how(state: SourceState | None, usual: Rhythm, now: datetime = NOW) -> Standing:
    return standing(SOURCE, state, usual, now=now, zone=SOFIA)


def test_too_little_history_teaches_nothing() -> None:
    """Seven articles are no habit, and nobody is called silent for them."""
    usual = rhythm(every(2)[:7], now=NOW, zone=SOFIA)

    assert not usual.learned
    assert how(replace(ASKED, last_new_at=NOW - timedelta(days=9)), usual).level == "good"


def test_the_rhythm_is_said_in_words() -> None:
    """A day for the busy, a week for the slow."""
    busy, slow = rhythm(every(2), now=NOW, zone=SOFIA), rhythm(every(60), now=NOW, zone=SOFIA)

    assert busy.words == "12 статии на ден"
    assert slow.words == "3 статии на седмица"


def test_a_busy_source_that_falls_silent_is_flagged() -> None:
    """First late, then silent, never before a day."""
    usual = rhythm(every(2), now=NOW, zone=SOFIA)
    levels = [
        how(replace(ASKED, last_new_at=NOW - timedelta(hours=h)), usual).level for h in (2, 5, 30)
    ]

    assert levels == ["good", "late", "silent"]
    said = how(replace(ASKED, last_new_at=NOW - timedelta(hours=72)), usual).sentence
    assert said == "Мълчи от 3 дни; обичайно пуска по 12 статии на ден."


def test_a_weekend_is_no_silence_for_one_that_rests() -> None:
    """An outlet of working days is not silent on Sunday."""
    now = datetime(2026, 11, 30, 6, tzinfo=UTC)  # a Monday, 8 o'clock in Sofia
    times = [at for at in every(1, 28, until=now) if _at_work(at)]
    usual = rhythm(times, now=now, zone=SOFIA)

    assert not usual.weekend
    assert how(replace(ASKED, last_new_at=times[0]), usual, now).level == "good"
    assert how(replace(ASKED, last_new_at=times[0]), usual, now + timedelta(days=2)).level == (
        "silent"
    )


def _at_work(at: datetime) -> bool:
    local = at.astimezone(SOFIA)
    return local.weekday() < 5 and 9 <= local.hour <= 18


def test_a_newsroom_that_sleeps_is_not_late_at_night() -> None:
    """Twenty articles a day, none of them between seven in the evening and nine."""
    night = datetime(2026, 11, 27, 3, tzinfo=UTC)
    times = [at for at in every(0.5, 25, until=night) if _at_work(at)]
    usual = rhythm(times, now=night, zone=SOFIA)

    assert how(replace(ASKED, last_new_at=times[0]), usual, night).level == "good"


def test_failures_say_since_when_and_why() -> None:
    """With the count in its form and the cause of the last one."""
    state = replace(
        ASKED, failures=3, last_error="Сървърът отговори 500.", last_ok_at=NOW - timedelta(days=1)
    )

    found = how(state, Rhythm())

    assert found.level == "failing"
    assert found.sentence == (
        "Не дава нищо от вчера в 12:00 ч.: 3 опита поред без успех. Сървърът отговори 500."
    )


def test_a_server_that_asked_for_patience_is_waiting() -> None:
    """The hour is told."""
    state = replace(
        ASKED, failures=1, last_error="Много заявки.", waiting_for="server",
        not_before=NOW + timedelta(hours=1),
    )  # fmt: skip

    found = how(state, Rhythm())

    assert found.level == "waiting"
    assert found.sentence.endswith("Ще бъде питан пак днес в 13:00 ч.")


def test_the_levels_of_the_unasked_the_paused_and_the_switched_off() -> None:
    """Each has its word."""
    assert how(None, Rhythm()).level == "new"
    assert how(replace(ASKED, paused="Спрян."), Rhythm()).level == "paused"
    off = standing(replace(SOURCE, active=False), ASKED, Rhythm(), now=NOW, zone=SOFIA)
    assert off.level == "off"
