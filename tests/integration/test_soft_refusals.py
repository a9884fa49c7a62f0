"""A full mailbox whose provider refuses at once counts as one of which reports come."""

from __future__ import annotations

import pytest

from digest.actions import missing, subscribing
from digest.actions.softly import NOTED
from digest.deliver.outcome import Stage, judge, reply
from digest.model import Delivery, DeliveryState, Result
from tests.fakes.transport import FakeTransport
from tests.faults.ground import Ground
from tests.faults.ground import later as moved
from tests.integration import full_boxes
from tests.integration import web_kit as kit
from tests.integration.doubts import LOST, send
from tests.integration.full_boxes import FULL, TWO_WEEKS, blocked, by_mail, noted, on_day

# Fixtures, for pytest to find here.
first = full_boxes.first

FULL_AT_ONCE = (552, "552 5.2.2 Mailbox full")


class Refusing(FakeTransport):
    """A relay that refuses `LOST` at once, in these words."""

    def __init__(self, code: int, words: str) -> None:
        super().__init__()
        self._said = reply(code, words)

    def _send(self, delivery: Delivery, message: bytes, envelope_from: str) -> Result:
        if delivery.address == LOST:
            return judge(delivery.id, self._said, Stage.DOT)
        return super()._send(delivery, message, envelope_from)


def refused_on(first: Ground, days: int, code: int, words: str) -> Ground:
    """The edition of that day, which the reader's provider refuses at once."""
    return on_day(first, days, Refusing(code, words))


def test_a_refusal_at_send_time_counts_beside_the_reports(first: Ground) -> None:
    """Where the provider itself answers, it says at once what else comes later by mail."""
    for days in TWO_WEEKS[:4]:
        ground = refused_on(first, days, *FULL_AT_ONCE)
        assert ground.states()[LOST] is DeliveryState.REFUSED

    ground = on_day(first, TWO_WEEKS[4])
    by_mail(ground, "5.2.2", FULL)

    assert blocked(ground) == {LOST}


@pytest.mark.parametrize(
    ("code", "words"),
    [(552, "552 Message size exceeds maximum"), (554, "554 Transaction failed"),
     (550, "550 5.3.0 system error, try later"), (552, "552 5.3.1 Insufficient system storage"),
     (550, "550 too many messages from your host, rate limit"),
     (550, "550 5.4.5 Daily user sending quota exceeded")],
)  # fmt: skip
def test_a_refusal_at_send_time_that_is_not_of_the_mailbox_is_not_counted(
    first: Ground, code: int, words: str
) -> None:
    """The ledger calls soft whatever it cannot place."""
    for days in TWO_WEEKS[:4]:
        refused_on(first, days, code, words)

    ground = on_day(first, TWO_WEEKS[4])
    by_mail(ground, "5.2.2", FULL)

    assert blocked(ground) == set()


def test_what_was_refused_at_send_time_does_not_suppress_again_whom_a_person_has_freed(
    first: Ground,
) -> None:
    """It had its consequence too."""
    for days in TWO_WEEKS[:4]:
        refused_on(first, days, *FULL_AT_ONCE)
    ground = on_day(first, TWO_WEEKS[4])
    by_mail(ground, "5.2.2", FULL)
    assert blocked(ground) == {LOST}
    subscribing.unsuppress(ground.app, [LOST])

    ground = on_day(first, 16)
    by_mail(ground, "5.2.2", FULL)

    assert (noted(ground)[-1], blocked(ground)) == (NOTED, set())


def test_an_edition_that_was_refused_and_reached_its_reader_later_is_not_counted(
    first: Ground,
) -> None:
    """Somebody had it sent again, and there was room."""
    for days in (*TWO_WEEKS[:3], 12):
        ground = refused_on(first, days, *FULL_AT_ONCE)
    missing.send_to_missed(ground.app, ground.edition, by=kit.APPROVER)
    send(moved(ground.app, 1))
    assert ground.states()[LOST] is DeliveryState.ACCEPTED

    ground = on_day(first, 15)
    by_mail(ground, "5.2.2", FULL)

    assert blocked(ground) == set()
