"""One connection's worth of sending, with a relay in memory and a clock that can be turned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from digest.actions import dispatching, pacing, stops
from digest.actions.app import App
from digest.actions.clerk import Clerk, Slip
from digest.actions.sending import Sender
from digest.actions.window import WINDOW
from digest.deliver.pace import STOP_LEAST
from digest.deliver.retries import retry_at
from digest.errors import Retry, StorageFault, Unavailable
from digest.jobs.queue import drain_edition
from digest.model import Delivery, DeliveryState, EditionId, EditionState, Outcome, Result
from digest.store.work import Hand
from tests.fakes.mail import DELIVERY
from tests.fakes.transport import BLOCKED, NO_RELAY, THROTTLE, FakeSpec, FakeTransport, fake
from tests.faults.ground import Ground, add_readers, later, queued_home
from tests.faults.senders import Hooked, counted, go_home, sender
from tests.integration import web_kit as kit

PEOPLE = 30


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    with queued_home(tmp_path / "home", people=PEOPLE) as made:
        yield made


ABV = [f"chitatel{n}@abv.bg" for n in range(PEOPLE)]


@pytest.fixture
def mixed(ground: Ground) -> Ground:
    """Half of the readers are with one provider."""
    add_readers(ground.app, ABV)
    dispatching.queue(ground.app, kit.edition().id)
    return replace(ground, people=[*ground.people, *ABV])


@pytest.fixture(autouse=True)
def _evening() -> Iterator[None]:
    yield
    go_home()


def drained(one: Sender) -> None:
    while one.slice(None):
        pass


def test_a_sender_told_to_stop_gives_back_what_it_has_not_begun(ground: Ground) -> None:
    """The window on the wire is finished; the rest of the slice is free for others at once."""
    relay = Hooked()
    one = sender(ground.app, FakeSpec(relay), stop=lambda: bool(relay.accepted))

    one.slice(None)

    assert counted(ground) == {DeliveryState.ACCEPTED: 2, DeliveryState.QUEUED: PEOPLE - 2}


def test_a_fault_of_our_own_is_raised_and_leaves_one_row_in_doubt(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the row that may have been on the wire keeps its intent; a thread never dies in silence."""

    def broken(_: Delivery) -> None:
        raise RuntimeError("no such luck")

    spec = FakeSpec(Hooked(before=broken))
    monkeypatch.setattr(dispatching, "open_transport", lambda _app, _text: spec)

    with pytest.raises(RuntimeError, match="no such luck"):
        dispatching.dispatch(ground.app, connections=1)

    assert counted(ground) == {DeliveryState.SENDING: 1, DeliveryState.QUEUED: PEOPLE - 1}


def test_a_drain_job_says_that_the_relay_is_gone(ground: Ground) -> None:
    """It raises, so that the queue backs off; the rows are where they were."""
    spec = fake(dict.fromkeys(ground.people, NO_RELAY), once=False)

    with pytest.raises(Unavailable):
        dispatching.drain_slice(ground.app, spec)

    assert counted(ground) == {DeliveryState.QUEUED: PEOPLE}


def test_a_drained_edition_is_marked_as_sent(ground: Ground) -> None:
    """Drained by jobs it ends as it does when drained by `dispatch`."""
    drain_edition(ground.app, EditionId(ground.edition))

    with ground.app.store.reading() as work:
        assert work.editions.get(ground.edition).state is EditionState.SENT


def test_a_message_is_composed_for_the_address_that_stands_now(ground: Ground) -> None:
    """Looked ahead for and given back, it is made anew when the row is taken again."""
    relay = Hooked()
    one = sender(ground.app, FakeSpec(relay), stop=lambda: len(relay.accepted) > 0)
    one.slice(None)
    with ground.app.store.work() as work:
        for person in range(1, PEOPLE + 1):
            work.connection.exec_driver_sql(
                f"UPDATE subscribers SET address = 'nov{person}@example.bg' WHERE id = {person}"
            )
    relay.accepted.clear()

    one.slice(None)

    told = [(to, f"<{to}>".encode() in message) for _, to, message in relay.accepted]
    assert told
    assert all(said and to.startswith("nov") for to, said in told)


def test_a_row_that_cannot_be_composed_is_refused_for_itself_alone(ground: Ground) -> None:
    """The others go out; the bad one does not come back in every slice."""
    with ground.app.store.work() as work:
        work.connection.exec_driver_sql(
            "UPDATE subscribers SET address = 'without-an-at' WHERE id = 1"
        )

    dispatching.drain_slice(ground.app, fake())

    assert counted(ground) == {DeliveryState.ACCEPTED: PEOPLE - 1, DeliveryState.REFUSED: 1}


def test_readers_with_sections_of_their_own_may_join_while_it_is_sent(ground: Ground) -> None:
    """A set of sections that is rendered by a second queueing is found by a running sender."""
    relay = FakeTransport()
    one = sender(ground.app, FakeSpec(relay))
    one.slice(None)
    add_readers(ground.app, ["nov@example.bg"], frozenset({"ikonomika"}))
    dispatching.queue(ground.app, ground.edition)

    one.slice(None)

    assert relay.accepted[-1][1] == "nov@example.bg"
    assert counted(ground) == {DeliveryState.ACCEPTED: PEOPLE + 1}


def test_a_provider_that_asks_for_a_pause_is_asked_once(mixed: Ground) -> None:
    """421: its lane rests, nothing of it is burnt through, and the other lanes go on."""
    relay = fake(dict.fromkeys(ABV, THROTTLE), once=False)

    drained(sender(mixed.app, relay))

    assert len(relay.transport.senders) == PEOPLE + 1
    assert counted(mixed) == {DeliveryState.QUEUED: PEOPLE, DeliveryState.ACCEPTED: PEOPLE}


def test_a_lane_that_rested_goes_on_and_loses_nobody(mixed: Ground) -> None:
    """What was held back is sent when the pause is over, at half the pace."""
    relay = fake({ABV[0]: THROTTLE})
    drained(sender(mixed.app, relay))

    for minutes in range(2, 5):
        drained(sender(later(mixed.app, minutes), relay))

    assert counted(mixed) == {DeliveryState.ACCEPTED: 2 * PEOPLE}


def test_refusals_of_ours_stop_their_lane_and_nobody_is_suppressed(mixed: Ground) -> None:
    """Five refusals by policy: the rest of the lane waits for a person, and readers stay."""
    relay = fake(dict.fromkeys(ABV, BLOCKED), once=False)

    drained(sender(mixed.app, relay))

    assert counted(mixed) == {
        DeliveryState.ACCEPTED: PEOPLE,
        DeliveryState.REFUSED: STOP_LEAST,
        DeliveryState.QUEUED: PEOPLE - STOP_LEAST,
    }
    assert [lane.name for lane in stops.stopped(mixed.app)] == ["abv.bg"]
    with mixed.app.store.reading() as work:
        assert not work.roll.suppressed()
        assert work.activity.list(subject="abv.bg")[0].what == stops.STOPPED


def test_a_stopped_lane_goes_on_when_a_person_says_so(mixed: Ground) -> None:
    """Slowly, and with the count begun anew."""
    relay = fake(dict.fromkeys(ABV, BLOCKED), once=False)
    drained(sender(mixed.app, relay))
    relay.transport.faults.clear()

    pacing.resume(mixed.app, "abv.bg", by=kit.APPROVER)
    for minutes in range(1, 5):
        drained(sender(later(mixed.app, minutes), relay))

    assert counted(mixed) == {
        DeliveryState.ACCEPTED: 2 * PEOPLE - STOP_LEAST,
        DeliveryState.REFUSED: STOP_LEAST,
    }


def test_what_expires_in_a_stopped_lane_is_said_to_have_expired(mixed: Ground) -> None:
    """Nobody waits for ever in silence: the edition comes to its end."""
    relay = fake(dict.fromkeys(ABV, BLOCKED), once=False)
    drained(sender(mixed.app, relay))

    drained(sender(later(mixed.app, 24 * 60), relay))

    assert counted(mixed) == {DeliveryState.ACCEPTED: PEOPLE, DeliveryState.REFUSED: PEOPLE}


def test_a_lane_takes_no_more_than_its_day_allows(tmp_path: Path) -> None:
    """Warm-up: a new address sends so many on its first day, more on the next."""
    flags = {"dispatch.warmup.start": "2026-11-23", "dispatch.warmup.first": 7}
    with queued_home(tmp_path / "home", people=PEOPLE, flags=flags) as ground:
        drained(sender(ground.app, fake()))
        first = counted(ground)
        drained(sender(ground.app, fake()))

        assert first == {DeliveryState.ACCEPTED: 7, DeliveryState.QUEUED: PEOPLE - 7}
        assert counted(ground) == first


def test_a_lane_is_written_to_over_so_many_connections(tmp_path: Path) -> None:
    """While one worker holds rows of it, another finds it closed."""
    flags = {"dispatch.lanes.rest.connections": 1}
    with queued_home(tmp_path / "home", people=PEOPLE, flags=flags) as ground:
        other = sender(ground.app, fake(), worker="other")
        found: list[int] = []
        relay = Hooked(before=lambda _: found.append(other.slice(None)))

        drained(sender(ground.app, FakeSpec(relay)))

        assert set(found) == {0}
        assert counted(ground) == {DeliveryState.ACCEPTED: PEOPLE}


class BusyClerk(Clerk):
    """Finds the database taken when it comes with the first answer, so many times."""

    def __init__(self, app: App, times: int) -> None:
        super().__init__(app)
        self._times = times
        self._first: str | None = None

    def _mark(self, hand: Hand, slips: Sequence[Slip], now: datetime) -> None:
        answered = [one.answer.delivery.id for one in slips if one.answer is not None]
        self._first = self._first or next(iter(answered), None)
        if self._first in answered and self._times:
            self._times -= 1
            raise StorageFault("Заета.", "Друг пише.", "Изчакайте.", retry=Retry.SOON)
        super()._mark(hand, slips, now)


def test_an_answer_is_not_lost_to_a_busy_database(ground: Ground) -> None:
    """It is asked again, and nobody is in doubt."""
    sender(ground.app, fake(), clerk=BusyClerk(ground.app, 2)).slice(None)

    assert counted(ground) == {DeliveryState.ACCEPTED: PEOPLE}


def test_a_database_that_stays_busy_leaves_one_row_in_doubt(ground: Ground) -> None:
    """What was not on the wire goes back; only the unwritten answer is uncertain."""
    with pytest.raises(StorageFault):
        sender(ground.app, fake(), clerk=BusyClerk(ground.app, 3)).slice(None)

    assert counted(ground) == {
        DeliveryState.SENDING: 1,
        DeliveryState.ACCEPTED: WINDOW - 1,
        DeliveryState.QUEUED: PEOPLE - WINDOW,
    }


@pytest.mark.parametrize(("attempt", "minutes"), [(1, 5), (2, 15), (3, 45), (4, 120), (9, 360)])
def test_waits_grow_from_five_minutes(attempt: int, minutes: int) -> None:
    """After the n-th attempt, with a fifth of jitter at most."""
    tried = replace(DELIVERY, attempts=attempt - 1)

    wait = retry_at(tried, Result(tried.id, Outcome.DEFERRED, "greylist"), kit.NOW) - kit.NOW

    assert timedelta(minutes=minutes) <= wait <= timedelta(minutes=minutes * 1.2)
