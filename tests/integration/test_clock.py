"""The clock of the morning: it looks every few seconds, alone, and nothing that falls ends it."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from digest.actions import scheduling, troubles
from digest.actions.app import App
from digest.actions.reporting import doctor
from digest.clock import FixedClock
from digest.errors import Refused, StorageFault
from digest.jobs.schedule import Schedule
from tests.integration import web_kit as kit


class Follower:
    """A leader's lock that somebody else holds."""

    def lead(self) -> bool:
        return False

    def resign(self) -> None:
        return


class Ticks:
    """A fake step of the clock that remembers when it was called."""

    def __init__(self, outcome: list[str] | Exception) -> None:
        self.outcome = outcome
        self.calls = 0
        self.called = threading.Event()

    def __call__(self, _app: App) -> list[str]:
        self.calls += 1
        self.called.set()
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


def test_a_follower_fires_nothing(app: App) -> None:
    """Who does not lead looks and does nothing."""
    ticks = Ticks(["build"])
    clock = Schedule(app, leader=Follower(), tick=ticks)

    assert clock.beat() == []
    assert ticks.calls == 0
    assert clock.beat_at is not None


def test_an_error_of_a_step_does_not_stop_the_clock(
    app: App, caplog: pytest.LogCaptureFixture
) -> None:
    """It is logged, and the next look comes."""
    ticks = Ticks(Refused("Няма новини.", "Източниците мълчат.", "Проверете ги."))
    clock = Schedule(app, tick=ticks)

    assert clock.beat() == clock.beat() == []
    assert ticks.calls == 2
    assert "Няма новини." in caplog.text
    clock.stop()


def test_an_error_that_nobody_foresaw_is_logged_shown_and_does_not_end_the_clock(
    app: App, caplog: pytest.LogCaptureFixture
) -> None:
    """With its trace, and once in the activity log; the first look that goes well ends it."""
    ticks = Ticks(ExceptionGroup("two", [KeyError("рубрика"), ValueError()]))
    clock = Schedule(app, tick=ticks)

    assert clock.beat() == clock.beat() == []
    (shown,) = [one for one in doctor(app) if one.code == "scheduler-failing"]
    page = kit.Browser(app).sign_in().get("/").text
    with app.store.reading() as work:
        deeds = [one.after for one in work.activity.list() if one.what == troubles.FAILED]
    ticks.outcome = ["build"]
    after = clock.beat()

    assert "Traceback" in caplog.text
    assert "KeyError: 'рубрика'" in caplog.text
    assert (shown.level, "от днес, 6:20: вътрешна грешка (KeyError)" in shown.what) == ("red", True)
    assert shown.what in page
    assert deeds == ["KeyError"]
    assert after == ["build"]
    assert list(troubles.findings(app)) == []
    clock.stop()


def test_a_process_that_was_started_again_and_goes_well_ends_it_too(app: App) -> None:
    """Whoever mended the fault began it anew."""
    troubles.failing(app, KeyError())
    clock = Schedule(app, tick=Ticks([]))

    assert clock.beat() == []
    assert list(troubles.findings(app)) == []
    clock.stop()


def test_a_follower_does_not_say_that_all_is_well(app: App) -> None:
    """It has tried nothing."""
    troubles.failing(app, KeyError())

    clock = Schedule(app, leader=Follower(), tick=Ticks([]))
    clock.beat()

    assert len(list(troubles.findings(app))) == 1


class Turns:
    """Leads when it is its turn."""

    def __init__(self) -> None:
        self.mine = False

    def lead(self) -> bool:
        return self.mine

    def resign(self) -> None:
        self.mine = False


def test_the_next_leader_ends_what_another_machine_could_not(app: App) -> None:
    """Though all went well the last time that it led itself."""
    first, second = Turns(), Turns()
    well = Schedule(app, leader=first, tick=Ticks([]))
    ill = Schedule(app, leader=second, tick=Ticks(KeyError("рубрика")))

    first.mine = True
    well.beat()
    first.mine, second.mine = False, True
    ill.beat()
    fallen = [one.code for one in troubles.findings(app)]
    first.mine, second.mine = True, False
    well.beat()

    assert fallen == ["scheduler-failing"]
    assert list(troubles.findings(app)) == []


def test_who_cannot_tell_whether_it_leads_alarms_nobody(
    app: App, caplog: pytest.LogCaptureFixture
) -> None:
    """It has tried nothing; the log has it, and the clock goes on."""

    class Odd(Turns):
        def lead(self) -> bool:
            raise RuntimeError("странен драйвер")

    clock = Schedule(app, leader=Odd(), tick=Ticks(["build"]))

    assert clock.beat() == clock.beat() == []
    assert "странен драйвер" in caplog.text
    assert list(troubles.findings(app)) == []


def test_a_database_that_is_busy_is_no_error_that_nobody_foresaw(
    app: App, caplog: pytest.LogCaptureFixture
) -> None:
    """Among the steps of a look too: it passes, and says by itself what it is."""
    busy = StorageFault("Базата е заета.", "Друг пише в нея.", "Опитайте след малко.")
    clock = Schedule(app, tick=Ticks(scheduling.Fallen("steps", [busy])))

    assert clock.beat() == []
    assert "Базата е заета." in caplog.text
    assert list(troubles.findings(app)) == []
    clock.stop()


def test_a_database_that_is_gone_too_does_not_end_the_clock(
    app: App, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Then the log alone has it."""
    ticks = Ticks(RuntimeError("нещо друго"))
    clock = Schedule(app, tick=ticks)

    def broken(_app: App, _cause: BaseException) -> None:
        raise StorageFault("Базата не се отваря.", "Дискът е пълен.", "Освободете място.")

    monkeypatch.setattr(troubles, "failing", broken)

    assert clock.beat() == []
    assert "нещо друго" in caplog.text
    assert "Дискът е пълен." in caplog.text
    clock.stop()


def test_a_step_that_falls_does_not_hold_up_the_others(
    app: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is tried, and then the error is told."""
    done: list[str] = []

    def fallen(_app: App, _day: date) -> bool:
        raise KeyError("рубрика")

    def queued(_app: App, day: date) -> bool:
        done.append(str(day))
        return True

    monkeypatch.setattr(scheduling, "STEPS", {"build": fallen, "decide": fallen, "queue": queued})
    at_seven = replace(app, clock=FixedClock(datetime(2026, 11, 23, 5, 0, 1, tzinfo=UTC)))

    with pytest.raises(scheduling.Fallen) as caught:
        scheduling.tick(at_seven)

    assert [type(one) for one in caught.value.exceptions] == [KeyError, KeyError]
    assert done == ["2026-11-23"]
    assert caught.value.done == ["queue"]


def test_what_was_done_beside_a_fallen_step_wakes_the_dispatcher(app: App) -> None:
    """A queued edition does not wait because something else fell."""
    fallen = scheduling.Fallen("steps", [KeyError("рубрика")])
    fallen.done = ["queue"]
    fired: list[str] = []
    clock = Schedule(app, tick=Ticks(fallen), fired=lambda: fired.append("now"))

    assert clock.beat() == ["queue"]
    assert fired == ["now"]
    clock.stop()


def test_collecting_goes_on_while_a_step_falls(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken morning must not cost tomorrow's articles."""
    monkeypatch.setattr(scheduling, "_due", lambda _app, _day: ["build"])
    monkeypatch.setattr(scheduling, "STEPS", {"build": lambda _app, _day: 1 / 0})
    monkeypatch.setattr(scheduling, "_between", lambda _app: ["collect"])

    with pytest.raises(scheduling.Fallen) as caught:
        scheduling.tick(app)

    assert caught.value.done == ["collect"]


def test_the_clock_looks_at_once_and_wakes_the_dispatcher(app: App) -> None:
    """What was missed while the process was down is done at the start."""
    fired = threading.Event()
    clock = Schedule(app, tick=Ticks(["queue"]), fired=fired.set)

    clock.start()
    try:
        assert fired.wait(20)
    finally:
        clock.stop()


def test_a_look_during_a_long_step_does_nothing(app: App) -> None:
    """Two firings at once never run the same step twice."""
    inside, go_on = threading.Event(), threading.Event()
    calls: list[str] = []

    def slow(_app: App) -> list[str]:
        calls.append("slow")
        inside.set()
        go_on.wait(20)
        return []

    clock = Schedule(app, tick=slow)
    thread = threading.Thread(target=clock.beat)
    thread.start()
    assert inside.wait(20)

    assert clock.beat() == []
    go_on.set()
    thread.join(20)
    assert calls == ["slow"]
    clock.stop()
