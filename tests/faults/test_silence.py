"""A relay that does not answer in time: only what it was handed is in doubt."""

from __future__ import annotations

from digest.model import DeliveryState
from tests.fakes.sink import LATE, SILENCE, Fault
from tests.faults.ground import Account, Ground, relay
from tests.integration import web_kit as kit

PATIENCE = 3
"""Seconds until the dispatcher gives up: enough for a busy machine to answer everybody else."""


AFTER_THE_DOT = (
    Fault("dot", SILENCE, keeps=True),
    Fault("dot", SILENCE),
    Fault("dot", LATE, keeps=True),
    Fault("dot", "250-2.0.0 half an answer", keeps=True),
)


def test_silence_after_the_dot_leaves_those_rows_alone_in_doubt(
    ground: Ground, account: Account
) -> None:
    """Nobody can know whether they were taken, so it is said; the others are met, once."""
    with relay(*AFTER_THE_DOT) as post:
        report = ground.run(post.sink, patience=PATIENCE)

    met = post.met()
    states = ground.states()
    doubted = [one for one, state in states.items() if state is DeliveryState.UNKNOWN]
    assert not post.sink.script
    assert report["unknown"] == len(doubted) == len(AFTER_THE_DOT)
    assert sum(met[one] for one in doubted) == sum(one.keeps for one in AFTER_THE_DOT)
    assert report["accepted"] == len(ground.people) - len(AFTER_THE_DOT)
    bound = len(AFTER_THE_DOT)
    account.close("relay: silence, a late or half a 250", ground, met, unknown=bound)


def test_silence_before_the_body_is_no_doubt(sqlite_ground: Ground, account: Account) -> None:
    """Nothing was handed over: the rows go back, and are sent when their turn comes."""
    silent = [Fault(stage, SILENCE) for stage in ("mail", "rcpt", "data")]
    with relay(*silent) as post:
        first = sqlite_ground.run(post.sink, patience=PATIENCE)
        ledger = sqlite_ground.ledger()
        sqlite_ground.run(post.sink, now=kit.NOW.replace(hour=5))

    assert not post.sink.script
    assert ledger.unknown == 0
    assert first["accepted"] == len(sqlite_ground.people) - len(silent)
    account.close("relay: silence before the body", sqlite_ground, post.met())
