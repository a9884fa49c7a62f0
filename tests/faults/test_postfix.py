"""The whole path to a real Postfix, which relays to a sink that counts."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from digest.actions import dispatching
from tests.faults.ground import PATIENCE, Account, queued_home, relay
from tests.faults.postfix import postfix

PEOPLE = 50


@pytest.mark.mta
def test_a_real_postfix_takes_the_edition_and_everybody_gets_one(
    tmp_path: Path, account: Account
) -> None:
    """Fifty readers, fifty copies beyond the relay, and each Message-ID of the ledger in its log."""
    arrived, done = threading.Event(), [0]

    def count() -> None:
        done[0] += 1
        if done[0] == PEOPLE:
            arrived.set()

    with queued_home(tmp_path / "home", people=PEOPLE) as ground, relay() as hop:
        hop.each = count
        with postfix(hop.sink.port) as mta:
            report = ground.run(mta.url)
            assert arrived.wait(PATIENCE), mta.log()
            log = mta.log()

        lines = list(dispatching.deliveries(ground.app, ground.edition))
        assert report["accepted"] == PEOPLE
        assert {one.delivery for one in hop.sink.accepted} == {one.delivery for one in lines}
        assert not [one for one in lines if f"message-id={one.message_id}" not in log]
        account.close("a real Postfix", ground, hop.met())
