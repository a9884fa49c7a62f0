"""Clocks that jump, nights on which an hour is missing or comes twice, and copies of yesterday."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from digest.actions import dispatching, reviewing
from digest.clock import FixedClock
from digest.model import DeliveryState
from digest.store import schema
from subscribers.tables import subscribers
from tests.faults.ground import Account, Ground, Relay, add_readers, addresses, finished, relay
from tests.integration import web_kit as kit


def interrupted(ground: Ground, post: Relay) -> int:
    """A run that is told to end in the middle; how many it had met."""
    process = ground.start(post.sink, lease=60)
    post.when(60, lambda: process.send_signal(signal.SIGINT))
    finished(process)
    had = len(post.met())
    assert 0 < had < len(ground.people)
    return had


def test_a_clock_that_jumps_two_hours_either_way_meets_everybody_once(
    ground: Ground, account: Account
) -> None:
    """Too early: what is not due waits. Too late, but before the latest hour: it is sent."""
    two = timedelta(hours=2)
    with relay() as post:
        had = interrupted(ground, post)
        early = ground.run(post.sink, now=kit.NOW - two)
        late = ground.run(post.sink, now=kit.NOW + two)

    assert early["accepted"] == 0
    assert late["accepted"] == len(ground.people) - had
    account.close("clock jumps two hours", ground, post.met())


def test_after_an_outage_of_a_day_nobody_gets_yesterday_s_edition(
    ground: Ground, account: Account
) -> None:
    """The rest is refused as expired, by name; nothing old is sent."""
    with relay() as post:
        had = interrupted(ground, post)
        report = ground.run(post.sink, now=kit.NOW + timedelta(hours=26))

    assert (report["accepted"], len(post.met())) == (0, had)
    assert ground.ledger().refused == len(ground.people) - had
    account.close("outage of 26 hours", ground, post.met())


def test_a_database_brought_back_from_a_copy_waits_for_a_person(
    ground: Ground, account: Account, tmp_path: Path
) -> None:
    """The copy does not know whom the rest of the run met: nothing leaves before a person says so."""
    copy = tmp_path / "copy"
    with relay() as post:
        interrupted(ground, post)
        schema.backup(ground.app.store, copy)
        ground.run(post.sink)
        schema.restore(ground.app.store, copy)
        code, report, said = finished(ground.start(post.sink))

    assert code == 1, said
    assert "копие" in report["error"]["what"]
    assert ground.ledger().queued > 0
    account.close("restored from a copy", ground, post.met(), rest=False)


NIGHTS = {
    "autumn": (date(2026, 10, 25), datetime(2026, 10, 25, 0, 0, tzinfo=UTC)),
    "spring": (date(2027, 3, 28), datetime(2027, 3, 28, 1, 0, tzinfo=UTC)),
}
"""The night, and when 03:00 in Sofia is in UTC: in autumn its first time, in spring the minute
that the clocks put in its place (RFC 5545 §3.3.5 reads both so)."""


@contextmanager
def night_home(home: Path, day: date) -> Iterator[Ground]:
    """An edition of that day, queued the evening before for readers at 02, 03, 04 and 05 o'clock."""
    evening = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=4)
    app = kit.make_app(home, now=evening, drafted=False)
    people, edition = addresses(8), kit.edition(day)
    try:
        add_readers(app, people)
        with app.store.work() as work:
            for n, address in enumerate(people):
                work.connection.execute(
                    subscribers.update()
                    .where(subscribers.c.address == address)
                    .values(hour=2 + n % 4, timezone="Europe/Sofia")
                )
            work.editions.save(edition)
        reviewing.approve(app, edition.id, by=kit.APPROVER)
        dispatching.queue(app, edition.id)
        yield Ground(app, people, day=day)
    finally:
        app.close()


@pytest.mark.parametrize("night", sorted(NIGHTS))
def test_on_the_nights_of_the_change_everybody_is_met_once(
    tmp_path: Path, account: Account, night: str
) -> None:
    """A run every half hour through the night: the repeated and the missing hour send once each."""
    day, three = NIGHTS[night]
    when: dict[str, datetime] = {}

    with night_home(tmp_path / "home", day) as ground, relay() as post:
        moment = ground.app.now()
        for _ in range(22):
            moment += timedelta(minutes=30)
            at = replace(ground.app, clock=FixedClock(moment))
            dispatching.dispatch(at, transport=post.sink.url(), connections=1)
            for one in post.met():
                when.setdefault(one, moment)

        assert {when[one] for one in ground.people[1::4]} == {three}
        assert set(ground.states().values()) == {DeliveryState.ACCEPTED}
        account.close("nights of the clock change", ground, post.met())
