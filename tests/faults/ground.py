"""A queued edition, the real program as another process, and a relay that counts what happens.

The relay notes an acceptance before its 250 leaves, so its log is the truth about who was met.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

from digest.actions import dispatching, reviewing
from digest.actions.app import App
from digest.clock import FixedClock
from digest.deliver.lanes import lane_of
from digest.model import DeliveryState, Ledger
from digest.settings import load
from subscribers.model import NOT_STORED, Person, Status
from tests.fakes.sink import Fault, Sink, sink
from tests.faults.table import Note
from tests.integration import web_kit as kit

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60
"""Seconds that a process may take before the test calls it stuck."""
LONG = int(os.environ.get("FAULTS_LONG") or 0)
"""How many schedules `make faults` draws; then there are more kills and readers too."""
READERS = 600 if LONG else 120
CONNECTIONS = 3
WINDOW = 2
"""Rows a connection may have on the wire."""
LEASE = 1
UNHURRIED = 60
"""Seconds of lease for a run that nothing interferes with: a busy machine must not end it."""
ROUNDS = 12
"""Clean runs after which everything must have come to rest; each outlasts part of a lease."""


def addresses(count: int = READERS) -> list[str]:
    return [f"chitatel{n}@example.bg" for n in range(count)]


@dataclass
class Ground:
    """An edition queued for its readers, and ways to look at its ledger."""

    app: App
    people: list[str]
    database: str = ""
    day: date = kit.DAY

    @property
    def edition(self) -> str:
        return kit.edition(self.day).id

    def ledger(self) -> Ledger:
        return dispatching.ledger(self.app, self.edition)

    def states(self) -> dict[str, DeliveryState]:
        """Each reader's delivery."""
        return {one.address: one.state for one in dispatching.deliveries(self.app, self.edition)}

    @property
    def kind(self) -> str:
        """The database as the table of the faults names it."""
        return "postgres" if self.database else "sqlite"

    def start(
        self,
        relay: Sink | str,
        *,
        connections: int = CONNECTIONS,
        lease: int = LEASE,
        now: datetime = kit.NOW,
        patience: int = PATIENCE,
    ) -> subprocess.Popen[bytes]:
        """`digest dispatch` as a process, to be ended by the caller; `patience` is the relay's."""
        where = relay if isinstance(relay, str) else relay.url()
        words = ["dispatch", "--now", now.isoformat(), "--json", "--until-empty"]
        words += ["--transport", where, "--connections", str(connections)]
        dispatch = {
            "LEASE_SECONDS": str(lease),
            "SMTP_TIMEOUT_SECONDS": str(patience),
            # Small, so that a killed process holds few rows and the next finds others.
            "SLICE": "16",
        }
        return self.program(words, {f"DIGEST_DISPATCH__{key}": dispatch[key] for key in dispatch})

    def program(self, words: list[str], own: Mapping[str, str]) -> subprocess.Popen[bytes]:
        """`digest` with these words on this home, and with no other settings than `own`."""
        clean = {key: value for key, value in os.environ.items() if not key.startswith("DIGEST_")}
        base = {"PYTHONPATH": str(ROOT), "DIGEST_HOME": str(self.app.home)}
        if self.database:
            base["DIGEST_DATABASE__URL"] = self.database
        return subprocess.Popen(
            [sys.executable, "-m", "digest", *words],
            cwd=ROOT,
            env=clean | base | dict(own),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, relay: Sink | str, **words: object) -> dict:
        """A clean run; its report."""
        calm: dict = {"lease": UNHURRIED, **words}
        code, report, said = finished(self.start(relay, **calm))
        assert code == 0, said
        return report

    def settle(self, relay: Sink | str, **words: object) -> Ledger:
        """Clean runs until nothing is queued or on the wire: dead leases must run out first."""
        for _ in range(ROUNDS):
            self.run(relay, **words)
            ledger = self.ledger()
            if not ledger.queued and not ledger.sending:
                return ledger
        raise AssertionError(f"still not at rest: {self.ledger()}")

    def rest(self, relay: Sink | str) -> Ledger:
        """Runs through the hours until nothing waits: pauses and delays pass, at last the expiry."""
        for minutes in (2, 4, 6, 8, 20, 60, 110, 170, 240, 241, 242):
            self.run(relay, now=kit.NOW + timedelta(minutes=minutes))
            ledger = self.ledger()
            if not ledger.queued + ledger.sending + ledger.deferred:
                return ledger
        raise AssertionError(f"still not at rest: {self.ledger()}")


def finished(process: subprocess.Popen[bytes]) -> tuple[int, dict, str]:
    """Waits for the end of a process; its code, its report, and what it told a person."""
    try:
        out, said = process.communicate(timeout=PATIENCE)
    finally:
        ended(process)
    assert b"Traceback" not in said, said.decode()
    return process.returncode, json.loads(out) if out.strip() else {}, said.decode()


def halted(process: subprocess.Popen[bytes]) -> None:
    """SIGSTOP, and back only when all threads of the process stand still.

    The signal alone is no stop: on a busy machine another thread may still read an answer and
    commit it. The kernel tells the parent when the last thread has stopped (waitid(2)).
    """
    process.send_signal(signal.SIGSTOP)
    os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)


def ended(process: subprocess.Popen[bytes]) -> None:
    """Nothing outlives a test, stopped processes least of all."""
    if process.poll() is None:
        process.send_signal(signal.SIGKILL)
        process.communicate()


@contextmanager
def queued_home(
    home: Path,
    database: str = "",
    people: int = READERS,
    on_unknown: str = "hold",
    flags: Mapping[str, object] = MappingProxyType({}),
) -> Iterator[Ground]:
    """A home whose edition is approved and queued for so many readers."""
    chosen = {"database.url": database, "approval.on_unknown": on_unknown, **flags}
    settings = load(flags={key: value for key, value in chosen.items() if value}).settings
    app = kit.make_app(home, settings=settings)
    try:
        add_readers(app, addresses(people))
        reviewing.approve(app, kit.edition().id, by=kit.APPROVER)
        dispatching.queue(app, kit.edition().id)
        yield Ground(app, addresses(people), database)
    finally:
        app.close()


def add_readers(app: App, wanted: list[str], sections: frozenset[str] = frozenset()) -> None:
    long_ago = kit.NOW - timedelta(days=9)
    with app.store.work() as work:
        for address in wanted:
            person = Person(
                NOT_STORED,
                address,
                lane=lane_of(address),
                sections=sections,
                status=Status.ACTIVE,
                confirmed_at=long_ago,
            )
            work.roll.add(person, now=long_ago)


def later(app: App, minutes: int) -> App:
    """The same home with a later clock."""
    return replace(app, clock=FixedClock(app.now() + timedelta(minutes=minutes)))


class Noted(list):
    """A log that calls back at each new line, before the relay goes on."""

    def __init__(self, call: Callable[[], None]) -> None:
        super().__init__()
        self._call = call

    def append(self, item: object) -> None:
        super().append(item)
        self._call()


@dataclass
class Relay:
    """A running relay; `act` happens at the `at`-th event from now, before the relay answers it."""

    sink: Sink
    at: int = 0
    act: Callable[[], None] = field(default=lambda: None)
    counted: frozenset[str] = frozenset()
    each: Callable[[], None] = field(default=lambda: None)
    """Called at each acceptance, before the relay answers it."""

    def when(self, at: int, act: Callable[[], None], *, counted: str = "command accepted") -> None:
        """Events are commands, acceptances or both."""
        self.act, self.counted, self.at = act, frozenset(counted.split()), at

    def met(self) -> Counter[str]:
        """How many times each address was accepted."""
        return Counter(one.recipient for one in self.sink.accepted)

    def event(self, kind: str) -> None:
        if kind == "accepted":
            self.each()
        if self.at and kind in self.counted:
            self.at -= 1
            if not self.at:
                self.act()


@contextmanager
def relay(*faults: Fault) -> Iterator[Relay]:
    with sink(*faults) as running:
        made = Relay(running)
        running.accepted = Noted(lambda: made.event("accepted"))
        running.commands = Noted(lambda: made.event("command"))
        yield made


def nobody_lost(ground: Ground, met: Counter[str]) -> None:
    """Accepted ∪ unknown ∪ refused ∪ suppressed is the list, and the relay's log agrees."""
    states, ledger = ground.states(), ground.ledger()
    assert sorted(states) == sorted(ground.people)
    assert ledger.balanced
    assert ledger.planned == len(ground.people)
    done = {DeliveryState.ACCEPTED, DeliveryState.UNKNOWN}
    done |= {DeliveryState.REFUSED, DeliveryState.SUPPRESSED}
    assert set(states.values()) <= done, ledger
    for address, state in states.items():
        if state is DeliveryState.ACCEPTED:
            assert met[address] == 1, address
        elif state is not DeliveryState.UNKNOWN:
            assert met[address] == 0, address


@dataclass(frozen=True)
class Account:
    """Compares the relay's log with the ledger after a fault, notes it and holds it to its bound."""

    keep: Callable[[Note], None]

    def close(
        self,
        fault: str,
        ground: Ground,
        met: Counter[str],
        *,
        unknown: int = 0,
        duplicates: int = 0,
        runs: int = 1,
        rest: bool = True,
    ) -> None:
        """`unknown` and `duplicates` are the most allowed; `rest`: nothing may wait any more."""
        states = ground.states()
        note = Note(
            fault,
            ground.kind,
            runs,
            sum(_lost(states.get(one), met[one]) for one in ground.people),
            sum(met.values()) - len(met),
            ground.ledger().unknown,
            unknown,
            duplicates,
        )
        self.keep(note)
        assert not note.fails, note
        assert ground.ledger().balanced
        assert ground.ledger().planned == len(ground.people)
        if rest and not duplicates:
            nobody_lost(ground, met)


def _lost(state: DeliveryState | None, met: int) -> bool:
    """Without a word: no row at all, or one that says accepted of somebody who was not met."""
    return state is None or (state is DeliveryState.ACCEPTED and not met)


def nobody_twice(met: Counter[str]) -> None:
    assert {address for address, times in met.items() if times > 1} == set()
