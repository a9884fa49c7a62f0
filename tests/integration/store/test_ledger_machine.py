"""The ledger under random histories: claims, intents, answers, crashes and changes of mind.

Whatever happens, every planned delivery is in exactly one place; under `hold` nobody is put on
the wire twice without a refusal in between, and a worker that lost its rows changes nothing.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from datetime import timedelta
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
)

from digest.model import Delivery, DeliveryState, Outcome, Result
from digest.store import schema
from digest.store.missed import passing
from digest.store.work import Store
from tests.integration.store.databases import KEY
from tests.integration.store.given import LEASE, NOW, intended, queued, readers

PEOPLE = 3
REASONS = st.sampled_from(["soft", "hard"])
OUTCOMES = st.sampled_from(list(Outcome))
WINDOW = st.integers(1, 3)


@cache
def _prepared() -> Path:
    """A database with tables, copied for each history: making one anew is slower."""
    file = Path(tempfile.mkdtemp(prefix="digest-machine-")) / "digest.sqlite3"
    store = Store(f"sqlite:///{file}", key=KEY)
    schema.upgrade(store)
    schema.backup(store, file.with_name("copy.sqlite3"))
    store.close()
    return file.with_name("copy.sqlite3")


class LedgerMachine(RuleBasedStateMachine):
    """Two workers, a clock that runs, a desk that interferes."""

    claims: Bundle[Delivery] = Bundle("claims")
    intents: Bundle[Delivery] = Bundle("intents")
    on_unknown = "hold"

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="digest-ledger-"))
        file = self.folder / "digest.sqlite3"
        shutil.copy(_prepared(), file)
        self.store = Store(f"sqlite:///{file}", key=KEY)
        self.now = NOW
        self.accepted: Counter[str] = Counter()
        self.wire: Counter[str] = Counter()
        self.may_repeat: Counter[str] = Counter()

    @initialize()
    def plan(self) -> None:
        self.people = readers(self.store, PEOPLE)
        self.edition = queued(self.store, on_unknown=self.on_unknown, minutes=6000)

    @rule(target=claims, limit=WINDOW, worker=st.sampled_from(["w1", "w2"]))
    def claim_some(self, limit: int, worker: str) -> object:
        return self.claim(limit, worker)

    def claim(self, limit: int, worker: str) -> object:
        with self.store.work() as work:
            held = work.deliveries.claim(
                self.edition.id,
                worker=worker,
                limit=limit,
                now=self.now,
                lease_seconds=LEASE,
                real_now=self.now,
            )
        assert len(held) <= limit
        return multiple(*held)

    @rule(target=claims, limit=WINDOW)
    def take_over(self, limit: int) -> object:
        """Whoever held rows is dead, or sleeps: another worker claims after the lease."""
        self.now += timedelta(seconds=LEASE + 1)
        return self.claim(limit, "w3")

    @rule(target=intents, one=claims)
    def intend(self, one: Delivery) -> object:
        """An intent may come late or twice: the bundle is not consumed."""
        before = self._row(one)
        held = intended(self.store, [one], now=self.now, real=self.now)
        if held:
            assert before[:2] == (DeliveryState.CLAIMED.value, one.epoch)
        for sending in held:
            self.wire[sending.id] += 1
        return multiple(*held)

    @rule(one=intents, outcome=OUTCOMES, minutes=st.integers(0, 5), why=REASONS)
    def answer(self, one: Delivery, outcome: Outcome, minutes: int, why: str) -> None:
        """An answer may come late or twice: the bundle is not consumed."""
        before = self._row(one)
        self.now += timedelta.resolution
        with self.store.work() as work:
            taken = work.deliveries.answer(
                one,
                Result(one.id, outcome, why, text="words"),
                now=self.now,
                retry_at=self.now + timedelta(minutes=minutes),
            )
        mine = before[:2] == (DeliveryState.SENDING.value, one.epoch)
        assert taken == mine, "an answer counts exactly while the row is on this worker's wire"
        if taken and outcome is Outcome.ACCEPTED:
            self.accepted[one.id] += 1
        if taken and outcome in {Outcome.DEFERRED, Outcome.RETURNED}:
            self.may_repeat[one.id] += 1
        if not taken:
            assert self._row(one) == before

    @rule(one=consumes(claims))
    def release(self, one: Delivery) -> None:
        before = self._row(one)
        with self.store.work() as work:
            back = work.deliveries.release([one])
        assert back == (before[:2] == (DeliveryState.CLAIMED.value, one.epoch))

    @rule(seconds=st.sampled_from([1, 30, 600]))
    def wait(self, seconds: int) -> None:
        """Past the lease this is a crash of whoever held rows."""
        self.now += timedelta(seconds=seconds)

    @rule(suppress=st.booleans())
    def lose_a_reader(self, *, suppress: bool) -> None:
        """Two of them at most, so that there is somebody left to write to."""
        reader = self.people[0 if suppress else 1]
        with self.store.work() as work:
            if suppress:
                work.roll.suppressions.add(reader.address, "hard", self.now)
            else:
                work.roll.leave(reader.id, self.now, "one-click")

    @rule(seconds=st.sampled_from([1, int(LEASE) + 1]))
    def pause_for(self, seconds: int) -> None:
        """While an edition is paused nothing of it is claimed."""
        with self.store.work() as work:
            work.editions.pause(self.edition.id)
        self.now += timedelta(seconds=seconds)
        assert self.claim(PEOPLE, "w1") == multiple()
        with self.store.work() as work:
            work.editions.resume(self.edition.id)

    @rule()
    def settle(self) -> None:
        """The editor decides on the unknown ones; a resend is then a person's word."""
        with self.store.work() as work:
            for line in list(work.deliveries.lines(self.edition.id)):
                if line.state is DeliveryState.UNKNOWN:
                    work.deliveries.settle(
                        line.delivery, DeliveryState.QUEUED, evidence="редактор", now=self.now
                    )
                    self.may_repeat[line.delivery] += 1

    @rule(state=st.sampled_from([DeliveryState.ACCEPTED, DeliveryState.REFUSED]))
    def settle_for_good(self, state: DeliveryState) -> None:
        """A log or a report says how an unknown one ended: no late answer counts after it."""
        with self.store.work() as work:
            for line in list(work.deliveries.lines(self.edition.id, {DeliveryState.UNKNOWN})):
                work.deliveries.settle(line.delivery, state, evidence="hard: log", now=self.now)
                if state is DeliveryState.ACCEPTED:
                    self.accepted[line.delivery] += 1

    @rule()
    def send_to_the_missed(self) -> None:
        """Exactly those refused for a passing reason go again, once however often it is asked."""
        with self.store.work() as work:
            refused = list(work.deliveries.lines(self.edition.id, {DeliveryState.REFUSED}))
            again = [line.delivery for line in refused if passing(line.last_error)]
            given = {"now": self.now, "expires_minutes": 60}
            assert work.deliveries.send_again(self.edition.id, **given) == len(again)
            assert work.deliveries.send_again(self.edition.id, **given) == 0
        self.may_repeat.update(again)

    @invariant()
    def everybody_is_somewhere(self) -> None:
        if not hasattr(self, "edition"):
            return
        with self.store.reading() as work:
            ledger = work.deliveries.ledger(self.edition.id)
        assert ledger.balanced
        assert ledger.planned == PEOPLE
        assert ledger.accepted == len(self.accepted)

    @invariant()
    def nobody_gets_it_twice(self) -> None:
        assert all(times == 1 for times in self.accepted.values())
        if self.on_unknown == "hold":
            assert all(
                times <= 1 + self.may_repeat[delivery] for delivery, times in self.wire.items()
            )

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _row(self, one: Delivery) -> tuple[object, ...]:
        with self.store.reading() as work:
            row = work.connection.exec_driver_sql(
                "SELECT state, epoch, attempts, next_at, last_error FROM deliveries WHERE id = ?",
                (self.store.signer.row_of(one.id),),
            ).one()
        return tuple(row)


class ResendMachine(LedgerMachine):
    """The same where uncertain ones go out again: still balanced, still one acceptance each."""

    on_unknown = "resend"


FAST = settings(
    max_examples=40,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    derandomize=True,
)

TestLedgerHolds = LedgerMachine.TestCase
TestLedgerHolds.settings = FAST
TestLedgerResends = ResendMachine.TestCase
TestLedgerResends.settings = settings(FAST, max_examples=15)
