"""Schedules that nobody thought of: hypothesis draws kills, faults of the relay and the policy.

A failure prints the seed and the schedule; `FAULTS_SEED=N` draws the same ones again.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import SystemRandom
from typing import TypeAlias

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.fakes.sink import CUT, Fault
from tests.faults.ground import (
    CONNECTIONS,
    LONG,
    PATIENCE,
    WINDOW,
    Account,
    Ground,
    Relay,
    ended,
    queued_home,
    relay,
)
from tests.integration.store.databases import fresh_database

PEOPLE = 80
SEED = int(os.environ.get("FAULTS_SEED") or (SystemRandom().randrange(10**9) if LONG else 20261123))
EVENTS = ("command", "accepted", "command accepted")

FAULTS = (
    Fault("mail", "451 4.3.0 later"),
    Fault("mail", CUT),
    Fault("rcpt", "550 5.1.1 no such user"),
    Fault("rcpt", "451 4.7.1 greylisted"),
    Fault("rcpt", "421 4.7.0 slow down"),
    Fault("data", "454 4.7.0 over the rate"),
    Fault("body", CUT),
    Fault("early", "552 5.3.4 too big"),
    Fault("dot", "451 4.3.0 later"),
    Fault("dot", "454 4.7.0 over the rate"),
    Fault("dot", "554 5.7.1 refused"),
    Fault("dot", CUT),
    Fault("dot", CUT, keeps=True),
)


@dataclass(frozen=True)
class Schedule:
    """Kills, each at so many events of one kind after its start; faults in this order."""

    policy: str
    kills: tuple[tuple[int, str], ...]
    faults: tuple[Fault, ...]

    @property
    def doubt(self) -> int:
        """The most rows whose fate may be uncertain: a window for each kill, one for each cut."""
        cuts = sum(one.answer == CUT and one.stage in {"body", "dot"} for one in self.faults)
        return WINDOW * CONNECTIONS * len(self.kills) + cuts


SCHEDULES = st.builds(
    Schedule,
    st.sampled_from(["hold", "resend"]),
    st.lists(st.tuples(st.integers(1, 90), st.sampled_from(EVENTS)), min_size=1, max_size=3).map(
        tuple
    ),
    st.lists(st.sampled_from(FAULTS), max_size=5).map(tuple),
)

Test: TypeAlias = Callable[..., None]


def bounded(examples: int) -> Callable[[Test], Test]:
    """So many schedules, or as many as the long run asks for.

    None is shrunk: each takes seconds, and its seed brings it back.
    """
    rules = settings(
        max_examples=LONG or examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )
    return lambda test: seed(SEED)(rules(given(plan=SCHEDULES)(test)))


@contextmanager
def fresh_ground(policy: str, database: str = "") -> Iterator[Ground]:
    with (
        tempfile.TemporaryDirectory(prefix="digest-faults-") as folder,
        queued_home(Path(folder) / "home", database, people=PEOPLE, on_unknown=policy) as ground,
    ):
        yield ground


def killed(ground: Ground, post: Relay, at: int, counted: str) -> None:
    """A run that dies at this event, unless it was done before."""
    process = ground.start(post.sink)
    post.when(at, process.kill, counted=counted)
    try:
        process.communicate(timeout=PATIENCE)
    finally:
        ended(process)
        post.at = 0


def follow(ground: Ground, plan: Schedule, account: Account) -> None:
    """Runs the schedule, lets everything come to rest, and closes the account."""
    print(f"FAULTS_SEED={SEED} {plan}")  # noqa: T201 - shown when the test fails
    with relay(*plan.faults) as post:
        for at, counted in plan.kills:
            killed(ground, post, at, counted)
        ground.rest(post.sink)
    hold = plan.policy == "hold"
    account.close(
        f"drawn schedules, {plan.policy}",
        ground,
        post.met(),
        unknown=plan.doubt if hold else 0,
        duplicates=0 if hold else plan.doubt,
    )


@bounded(3)
def test_any_schedule_on_sqlite_keeps_the_promise(account: Account, plan: Schedule) -> None:
    """Nobody lost without a word; under `hold` nobody twice, under `resend` few."""
    with fresh_ground(plan.policy) as ground:
        follow(ground, plan, account)


@pytest.mark.postgres
@bounded(2)
def test_any_schedule_on_postgresql_keeps_the_promise(
    account: Account, postgres_url: str, plan: Schedule
) -> None:
    """The same promise, the other database."""
    with fresh_database(postgres_url) as database, fresh_ground(plan.policy, database) as ground:
        follow(ground, plan, account)
