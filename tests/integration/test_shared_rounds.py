"""A round that many machines share: begun, taken, tended, closed, and never waited for in vain."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from digest.actions import collecting, rounds, scheduling
from digest.actions.app import App
from digest.clock import real_now
from digest.errors import Unavailable
from digest.model import Rights, Source, SourceId
from digest.store.rounds import MOST_TRIES, Brought
from tests.integration import shared_rounds as kit
from tests.integration.outlets import Site

# A fixture, for pytest to find here.
app = kit.told


@contextmanager
def moved(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> Iterator[None]:
    """Real time as it will be."""
    with monkeypatch.context() as patch:
        patch.setattr(rounds, "real_now", lambda: real_now() + by)
        yield


def test_the_clock_opens_a_round_and_asks_nobody_itself(app: App, site: Site) -> None:
    """One job a slice is written with it; the round has not ended."""
    done = scheduling.tick(app)

    assert done == ["collect"]
    assert isinstance(app.herald, kit.Told)
    assert app.herald.slices == [(one.round, one.n) for one in kit.slices(app)]
    assert sorted(one.sources for one in kit.slices(app)) == [
        (f"s{n}",) for n in range(kit.OUTLETS)
    ]
    assert not site.asked
    assert collecting.last_round(app) is None


def test_the_last_slice_ends_the_round(app: App, site: Site) -> None:
    """Every source once, every article once, and the mark as after a round in one process."""
    for one in kit.begun(app):
        assert collecting.last_round(app) is None
        assert rounds.take(app, one)

    assert kit.asked(site) == dict.fromkeys(kit.FEEDS, 1)
    assert len(kit.stored(app)) == kit.OUTLETS
    assert collecting.last_round(app) == kit.NOON
    assert kit.slices(app) == []
    with app.store.reading() as work:
        assert work.marks.get(collecting.HOUSEKEEPING) == str(app.today())


def test_a_job_that_comes_twice_asks_nothing_twice(app: App, site: Site) -> None:
    """What was taken since it was read is left alone."""
    first = kit.begun(app)[0]

    assert [rounds.take(app, first) for _ in range(2)] == [True, False]
    assert kit.asked(site).total() == 1


def test_an_open_round_is_not_opened_again(app: App) -> None:
    """However long it lasts, the clock does not begin a second one beside it."""
    before = kit.begun(app)

    assert scheduling.tick(kit.later(app, 60)) == []
    assert kit.slices(app) == before


def test_beginning_twice_is_one_round(app: App) -> None:
    """Whoever asks for a round while one is open has that one."""
    assert kit.begun(app) == kit.begun(app)
    assert isinstance(app.herald, kit.Told)
    assert len(app.herald.slices) == kit.OUTLETS


def test_the_next_round_begins_after_its_time(app: App) -> None:
    """Counted from the end of the last one."""
    for one in kit.begun(app):
        rounds.take(app, one)

    assert scheduling.tick(kit.later(app, 29)) == []
    assert scheduling.tick(kit.later(app, 30)) == ["collect"]


def test_what_no_worker_takes_the_clock_asks_itself(
    app: App, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After two minutes, a slice a look, until the round has ended."""
    kit.begun(app)
    scheduling.tick(app)
    assert not site.asked

    with moved(monkeypatch, rounds.UNTAKEN + timedelta(seconds=1)):
        for n in range(kit.OUTLETS):
            scheduling.tick(app)
            assert kit.asked(site).total() == n + 1

    assert collecting.last_round(app) == kit.NOON


def test_a_slice_whose_taker_died_is_taken_again(
    app: App, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It waits no more once the lease has run out, and its sources are asked."""
    first = kit.begun(app)[0]
    kit.hold(app, first)
    assert first.n not in {one.n for one in rounds.waiting(app)}

    with moved(monkeypatch, kit.LEASE):
        (again,) = (one for one in rounds.waiting(app) if one.n == first.n)
        assert rounds.take(app, again)

    assert kit.asked(site).total() == 1


def test_a_slow_slice_stays_its_takers(
    app: App, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lease is renewed while sources are asked, so nobody else asks them."""
    first = kit.begun(app)[0]
    quick = app.settings.collect.model_copy(update={"lease_seconds": 2})
    hurried = replace(app, settings=app.settings.model_copy(update={"collect": quick}))
    ask = collecting.ask

    def renewed(inner: App, sources: list[Source], *, urgent: bool) -> collecting.CollectReport:
        began = kit.slices(inner)[0].lease
        while kit.slices(inner)[0].lease == began:
            pass
        return ask(inner, sources, urgent=urgent)

    monkeypatch.setattr(collecting, "ask", renewed)

    assert rounds.take(hurried, first)
    assert kit.slices(app)[0].done is not None


def test_a_slice_that_the_database_failed_is_free_after_its_lease(
    app: App, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault goes to the job, and the sources are asked by the next one."""
    first = kit.begun(app)[0]
    with monkeypatch.context() as patch:
        patch.setattr(collecting, "ask", failing)
        with pytest.raises(Unavailable):
            rounds.take(app, first)
    assert first.n not in {one.n for one in rounds.waiting(app)}

    with moved(monkeypatch, kit.LEASE):
        (again,) = (one for one in rounds.waiting(app) if one.n == first.n)
        assert rounds.take(app, again)

    assert kit.asked(site).total() == 1


def failing(_app: App, _sources: list[Source], *, urgent: bool) -> collecting.CollectReport:
    raise Unavailable("Сървърът на базата не отговаря.", f"Прекъсна ({urgent=}).", "Повторете.")


def test_who_comes_late_changes_nothing(app: App) -> None:
    """A taker that slept past its lease neither ends the slice of another nor the round."""
    first = kit.begun(app)[0]
    sleeper = kit.hold(app, first, timedelta(0))
    (again,) = (one for one in rounds.waiting(app) if one.n == first.n)
    theirs = kit.hold(app, again)

    with app.store.work() as work:
        assert not work.rounds.end(sleeper, Brought())

    assert theirs in kit.slices(app)


def test_a_round_ends_without_a_slice_that_nobody_survives(
    app: App, caplog: pytest.LogCaptureFixture
) -> None:
    """Its sources are named, and the next round asks them again."""
    doomed, *others = kit.begun(app)
    for _ in range(MOST_TRIES):
        doomed = kit.hold(app, doomed, timedelta(0))
    for one in others:
        rounds.take(app, one)

    assert collecting.last_round(app) == kit.NOON
    assert doomed.sources[0] in caplog.text


def test_what_lies_on_this_disk_is_asked_here_and_at_once(app: App) -> None:
    """No job is written for it: the folder is not on the other machines."""
    folder = app.home / "arhiv"
    folder.mkdir()
    with app.store.work() as work:
        work.sources.add(Source(SourceId("disk"), "folder:arhiv", Rights.LICENSED, "Архив"))

    first, *others = kit.begun(app)

    assert (first.here, first.sources, first.done is not None) == (True, ("disk",), True)
    assert isinstance(app.herald, kit.Told)
    assert app.herald.slices == [(one.round, one.n) for one in others]


def test_a_source_that_is_gone_meanwhile_is_not_asked(app: App, site: Site) -> None:
    """Removed between the round's beginning and its slice."""
    first = kit.begun(app)[0]
    with app.store.work() as work:
        work.sources.remove(first.sources[0])

    rounds.take(app, first)

    assert not kit.asked(site)


@pytest.mark.parametrize("why", ["nobody hears", "no herald", "no slices"])
def test_without_workers_one_process_asks_all(
    tmp_path: Path, site: Site, app: App, why: str
) -> None:
    """On SQLite, before a worker ever ran, and where no slices are wanted."""
    herald = {"nobody hears": kit.Told(heard=False), "no herald": None, "no slices": kit.Told()}
    alone = replace(app, herald=herald[why])
    if why == "no slices":
        alone = replace(alone, settings=kit.settings(site, slices=0))

    assert scheduling.tick(alone) == ["collect"]

    assert kit.asked(site) == dict.fromkeys(kit.FEEDS, 1)
    assert kit.slices(app) == []
    assert collecting.last_round(app) == kit.NOON
