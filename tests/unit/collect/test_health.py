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
ASKED = SourceState(SourceId("s"), full_at=NOW, last_ok_at=NOW, last_new_at=NOW)


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


def test_a_source_without_a_rhythm_is_silent_after_a_month() -> None:
    """Too little to learn from is no excuse for ever."""
    found = how(replace(ASKED, last_new_at=NOW - timedelta(days=45)), Rhythm())

    assert (found.level, found.sentence) == (
        "silent",
        "Мълчи от 45 дни; обичайното още не е научено.",
    )


def test_a_dead_source_stays_silent() -> None:
    """Twenty articles a day and none for 31 days, or for a year: its history is not forgotten."""
    for days in (31, 365):
        last = NOW - timedelta(days=days)
        usual = rhythm(every(1.2, 25, until=last), now=NOW, zone=SOFIA)

        found = how(replace(ASKED, last_new_at=last), usual)

        assert found.level == "silent"
        assert found.sentence == f"Мълчи от {days} дни; обичайно пуска по 20 статии на ден."


def test_a_slow_source_is_learned_from_a_longer_history() -> None:
    """Five articles a month are a habit too; ninety days without one are silence."""
    last = NOW - timedelta(days=90)
    usual = rhythm(every(6 * 24, 120, until=last), now=NOW, zone=SOFIA)

    assert usual.words == "1 статия на седмица"
    assert how(replace(ASKED, last_new_at=NOW - timedelta(days=9)), usual).level != "silent"
    assert how(replace(ASKED, last_new_at=last), usual).level == "silent"


def test_an_answer_that_never_was_read_is_not_in_order() -> None:
    """304 to the very first question, an empty channel, entries that make no article."""
    mute = SourceState(SourceId("s"), last_ok_at=NOW)
    read = replace(mute, full_at=NOW)
    letters = replace(SOURCE, url="maildir:poshta", kind="mailbox")

    found = [
        standing(one, state, Rhythm(), now=NOW, zone=SOFIA, entries=entries)
        for one, state, entries in (
            (SOURCE, mute, 0), (SOURCE, read, 0), (SOURCE, read, 21), (letters, mute, 0),
        )
    ]  # fmt: skip

    assert [one.level for one in found] == ["unread", "empty", "empty", "empty"]
    assert "304" in found[0].sentence
    assert found[2].sentence == "Дава 21 записа, но още нито една своя статия."


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
