"""The whole path to a real Postfix, which relays to a sink that counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select, update

from digest.actions import dispatching, settling
from digest.model import DeliveryState
from digest.store.tables import deliveries
from subscribers.tables import subscribers
from tests.faults.ground import Account, Ground, queued_home, relay
from tests.faults.postfix import postfix
from tests.integration import web_kit as kit

PEOPLE = 50
DOUBTS = 3


@pytest.mark.mta
def test_a_real_postfix_takes_the_edition_and_its_log_settles_a_doubt(
    tmp_path: Path, account: Account
) -> None:
    """Fifty readers, fifty copies beyond the relay; an answer that was lost is in the log."""
    with queued_home(tmp_path / "home", people=PEOPLE) as ground, relay() as hop:
        with postfix(hop.sink.port) as mta:
            report = ground.run(mta.url)
            log = mta.log("status=sent", PEOPLE)
        lines = list(dispatching.deliveries(ground.app, ground.edition))
        doubt(ground)
        before = ground.ledger()
        read = settling.by_log(ground.app, ground.edition, log.splitlines(), by=kit.APPROVER)

        assert report["accepted"] == PEOPLE
        assert {one.delivery for one in hop.sink.accepted} == {one.delivery for one in lines}
        assert not [one for one in lines if f"message-id={one.message_id}" not in log]
        assert (before.unknown, read.accepted) == (DOUBTS, DOUBTS)
        assert ground.ledger().accepted == PEOPLE
        account.close("a real Postfix", ground, hop.met())


def doubt(ground: Ground) -> None:
    """As if the answers to some had never been heard: the relay had them all the same."""
    some = ground.people[:DOUBTS]
    whose = select(subscribers.c.id).where(subscribers.c.address.in_(some))
    with ground.app.store.work() as work:
        work.connection.execute(
            update(deliveries)
            .where(deliveries.c.subscriber_id.in_(whose))
            .values(state=DeliveryState.UNKNOWN.value)
        )
