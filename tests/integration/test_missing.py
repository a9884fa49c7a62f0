"""Who has not got an edition and why, and another try for those of whom it makes sense."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from digest.actions import dispatching
from digest.actions.missing import Missed, missed, send_to_missed, would_resend
from digest.bootstrap import open_app
from digest.cli.main import program
from digest.clock import FixedClock
from digest.errors import Conflict, Forbidden
from digest.model import DeliveryState, EditionState
from subscribers.model import NOT_STORED, Person, Status
from tests.faults.ground import Ground
from tests.integration import web_kit as kit
from tests.integration.doubts import GONE, GOT, LOST, WAITS, doubtful_home, line, send, states

HOUR = timedelta(hours=1)


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    """One reader in doubt, one without a mailbox, one deferred, one who has got it."""
    with doubtful_home(tmp_path / "home") as made:
        yield made


@pytest.fixture
def evening(ground: Ground) -> Ground:
    """Past the last hour: the deferred one has expired."""
    at(ground, 30)
    send(ground.app)
    return ground


def at(ground: Ground, hours: int) -> None:
    ground.app.close()
    clock = FixedClock(kit.NOW + hours * HOUR)
    ground.app = open_app(ground.app.home, clock=clock, settings=ground.app.settings)


def found(ground: Ground) -> dict[str, Missed]:
    return {one.address: one for one in missed(ground.app, ground.edition)}


def again(ground: Ground, by: str = kit.APPROVER) -> int:
    return send_to_missed(ground.app, ground.edition, by=by).again


def test_everybody_without_an_accepted_delivery_is_listed_with_the_reason(evening: Ground) -> None:
    """In words that a person can act on; who has got it is not there."""
    told = {address: (one.state, one.reason) for address, one in found(evening).items()}

    assert told == {
        LOST: ("unknown", "няма отговор след предаването, може да е получено"),
        GONE: ("refused", "няма такава пощенска кутия"),
        WAITS: ("refused", "не стигна ред преди крайния час"),
    }


def test_readers_who_were_never_planned_are_listed_too(ground: Ground) -> None:
    """Each with what kept the edition from them; who has left is no reader."""
    known = Person(NOT_STORED, "", status=Status.ACTIVE, confirmed_at=kit.NOW - timedelta(days=9))
    people = [
        replace(known, address="kasno@example.bg", confirmed_at=kit.NOW + HOUR),
        replace(known, address="pauza@example.bg"),
        replace(known, address="drug@example.bg"),
        replace(known, address="chaka@example.bg", status=Status.PENDING, confirmed_at=None),
        replace(known, address="napusna@example.bg", status=Status.LEFT),
        replace(known, address="blok@example.bg"),
    ]
    with ground.app.store.work() as work:
        stored = {one.address: work.roll.add(one, now=kit.NOW) for one in people}
        work.roll.pause(stored["pauza@example.bg"].id, kit.NOW + timedelta(days=9))
        work.roll.suppressions.add("blok@example.bg", "hard", kit.NOW)

    told = found(ground)

    assert {address: told[address].reason for address in stored if address in told} == {
        "kasno@example.bg": "записа се, след като броят беше нареден",
        "pauza@example.bg": "на пауза до сряда, 2\u00a0декември 2026\u00a0г.",
        "drug@example.bg": "не беше сред получателите, когато броят беше нареден",
        "chaka@example.bg": "още не е потвърдил абонамента си",
        "blok@example.bg": "адресът е блокиран",
    }
    assert told["kasno@example.bg"].state == "not-planned"


def test_who_was_refused_for_a_passing_reason_gets_another_try(evening: Ground) -> None:
    """The same delivery and Message-ID, within a new last hour; nobody else is touched."""
    before = line(evening, WAITS)

    assert would_resend(evening.app, evening.edition) == 1
    assert again(evening) == 1
    relay = send(evening.app)

    assert [address for _, address, _ in relay.accepted] == [WAITS]
    after = line(evening, WAITS)
    assert (after.state, after.delivery, after.message_id) == (
        DeliveryState.ACCEPTED, before.delivery, before.message_id
    )  # fmt: skip
    assert states(evening) == {
        DeliveryState.ACCEPTED: 2, DeliveryState.UNKNOWN: 1, DeliveryState.REFUSED: 1
    }  # fmt: skip


def test_asking_twice_sends_once(evening: Ground) -> None:
    """The second time finds nobody refused, before the sending and after it."""
    assert (again(evening), again(evening)) == (1, 0)

    send(evening.app)

    assert again(evening) == 0
    assert send(evening.app).accepted == []


def test_who_was_suppressed_meanwhile_is_not_written_to(evening: Ground) -> None:
    """The claim looks at the list of the moment, for a second try as for the first."""
    with evening.app.store.work() as work:
        work.roll.suppressions.add(WAITS, "complaint", kit.NOW)

    again(evening)

    assert send(evening.app).accepted == []
    assert line(evening, WAITS).state is DeliveryState.SUPPRESSED


def test_a_new_try_has_an_end_too(evening: Ground) -> None:
    """Nobody gets the morning's news next week."""
    again(evening)
    at(evening, 24 * 7)

    assert send(evening.app).accepted == []
    assert line(evening, WAITS).last_error == "expired"


def test_a_cancelled_edition_is_not_sent_to_anybody_again(ground: Ground) -> None:
    """Cancelled is for good."""
    dispatching.cancel(ground.app, ground.edition, by=kit.APPROVER)

    with pytest.raises(Conflict, match="Отменен"):
        again(ground)


def test_who_may_not_approve_may_not_send_again(evening: Ground) -> None:
    """It is mail to readers like the first time."""
    with pytest.raises(Forbidden):
        again(evening, "editor@example.bg")


def test_a_second_try_may_be_cancelled_and_the_edition_stays_sent(evening: Ground) -> None:
    """Its readers have it; only what waits is called off."""
    again(evening)

    dispatching.cancel(evening.app, evening.edition, by=kit.APPROVER)

    assert line(evening, WAITS).state is DeliveryState.CANCELLED
    with evening.app.store.reading() as work:
        assert work.editions.get(evening.edition).state is EditionState.SENT


def call(ground: Ground, *words: str) -> dict[str, object]:
    now = ground.app.now().isoformat()
    run = CliRunner().invoke(
        program, [*words, "--json", "--home", str(ground.app.home), "--now", now]
    )
    assert run.exit_code == 0, run.output
    return json.loads(run.stdout.splitlines()[0])


def test_the_commands_say_it_in_json(evening: Ground) -> None:
    """A line a person, and how many go again."""
    row = call(evening, "ledger", evening.edition, "--missed")
    done = call(evening, "queue", "latest", "--missed", "--as", kit.APPROVER)

    assert row == {
        "address": LOST, "state": "unknown", "attempts": 1, "last_error": "lost: cut after the dot",
        "reason": "няма отговор след предаването, може да е получено",
        "delivery": line(evening, LOST).delivery,
    }  # fmt: skip
    assert done == {"edition": evening.edition, "again": 1}


@pytest.mark.parametrize(("answer", "waits"), [("n\n", "refused"), ("y\n", "queued")])
def test_a_person_at_a_terminal_is_asked_first(
    evening: Ground, monkeypatch: pytest.MonkeyPatch, answer: str, waits: str
) -> None:
    """With the number of letters, and „no“ changes nothing."""
    from digest.cli import settling

    monkeypatch.setattr(settling, "at_a_terminal", lambda: True)
    now = evening.app.now().isoformat()
    words = ["queue", evening.edition, "--missed", "--as", kit.APPROVER, "--now", now]

    shown = CliRunner().invoke(program, [*words, "--home", str(evening.app.home)], input=answer)

    assert "Пак ще тръгне 1 писмо." in shown.output
    assert line(evening, WAITS).state == waits


def test_nobody_missed_it(ground: Ground) -> None:
    """Whoever has got it is no line."""
    assert GOT not in found(ground)
