"""Several relays: who takes which connection, and the way round one that is down."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from digest.deliver.relays import REST_SECONDS, Relay, RelaysSpec, ledger_name, spread
from digest.deliver.transport import parse_transport
from digest.errors import DigestError, Unavailable
from digest.model import Delivery, Outcome, Result
from tests.fakes.mail import to
from tests.fakes.transport import CUT_AFTER_DOT, CUT_BEFORE_DOT, NO_RELAY, THROTTLE, FakeSpec, fake

SENDER = "b+daq-abcdefghij.abcdefghijklmnop@news.example.bg"
WHO = "chitatel@example.bg"


@dataclass
class Watch:
    """A monotonic clock that a test turns on."""

    at: float = 1000.0

    def __call__(self) -> float:
        return self.at


@dataclass
class Way:
    """A relay that a test takes down and puts up again; it counts what reaches it."""

    down: bool = False
    asked: int = 0
    opened: int = 0
    fault: DigestError | None = None
    shown: str = "way:"
    sent: list[str] = field(default_factory=list)

    def open(self) -> Way:
        self.opened += 1
        return self

    def send(self, delivery: Delivery, message: bytes, envelope_from: str) -> Result:
        self.asked += 1
        self.fault = Unavailable("Няма връзка.", "Така е.", "Опитайте пак.") if self.down else None
        if self.down:
            return Result(delivery.id, Outcome.RETURNED, "connect", text="няма връзка")
        self.sent.append(delivery.address)
        return Result(delivery.id, Outcome.ACCEPTED, "accepted", 250, text="взето")

    def close(self) -> None:
        """Nothing is held open."""


def of(*ways: Way, watch: Watch | None = None) -> RelaysSpec:
    """The ways as relays `a`, `b`… of equal weight."""
    named = tuple(Relay("abcdef"[place], way) for place, way in enumerate(ways))
    return RelaysSpec(named, watch or Watch())


def relay_of(spec: RelaysSpec, address: str = WHO) -> str:
    """Which relay the next message of a new connection goes to."""
    return spec.open().send(to(address), b"", SENDER).relay


@pytest.mark.parametrize(
    ("weights", "order"),
    [
        ((1,), (0,)),
        ((1, 1), (0, 1)),
        ((3, 1), (0, 0, 1, 0)),
        ((1, 2, 1), (1, 0, 2, 1)),
    ],
)
def test_weights_spread_evenly_over_a_round(
    weights: tuple[int, ...], order: tuple[int, ...]
) -> None:
    """Each relay has its share, and a heavy one does not take the first connections in a row."""
    assert spread(weights) == order


def test_connections_are_spread_by_weight_and_keep_to_their_relay() -> None:
    """Of eight connections six are the heavy relay's; all messages of one go the same way."""
    heavy, light = Way(), Way()
    spec = RelaysSpec((Relay("heavy", heavy, 3), Relay("light", light, 1)))

    connections = [spec.open() for _ in range(8)]
    took = [{one.send(to(WHO, n), b"", SENDER).relay for n in range(3)} for one in connections]

    assert sorted(took, key=min) == [{"heavy"}] * 6 + [{"light"}] * 2
    assert (heavy.opened, light.opened) == (6, 2)


def test_jobs_that_open_one_connection_each_are_spread_too() -> None:
    """Each goes on from its own number, not from the first relay."""
    ways = (Relay("heavy", Way(), 3), Relay("light", Way(), 1))

    took = [relay_of(RelaysSpec(ways, first=number)) for number in range(8)]

    assert took == ["heavy", "heavy", "light", "heavy"] * 2


def test_the_same_message_goes_round_a_relay_that_is_not_there() -> None:
    """Nothing was on the wire, so the next relay takes it, and the ledger hears which."""
    dead, alive = Way(down=True), Way()
    spec = of(dead, alive)
    transport = spec.open()

    result = transport.send(to(WHO), b"", SENDER)

    assert (result.outcome, result.relay) == (Outcome.ACCEPTED, "b")
    assert transport.fault is None


def test_a_relay_set_aside_is_asked_nothing_by_any_connection() -> None:
    """What one connection learns all know."""
    dead, alive = Way(down=True), Way()
    spec = of(dead, alive)

    took = [relay_of(spec) for _ in range(6)]

    assert took == ["b"] * 6
    assert dead.asked == 1


def test_rest_grows_and_only_one_connection_tries() -> None:
    """After 1, 2, 5, 5 minutes a single message finds out; the others go round meanwhile."""
    watch, dead, alive = Watch(), Way(down=True), Way()
    spec = of(dead, alive, watch=watch)
    connections = [spec.open() for _ in range(4)]

    for tries, rest in enumerate((*REST_SECONDS, REST_SECONDS[-1]), start=1):
        for one in connections:
            one.send(to(WHO), b"", SENDER)
        assert dead.asked == tries
        watch.at += rest - 1
        connections[0].send(to(WHO), b"", SENDER)
        assert dead.asked == tries
        watch.at += 1


def test_while_one_connection_tries_the_others_go_round() -> None:
    """A relay on trial that is slow to answer holds up one connection, not all."""
    watch, alive = Watch(), Way()
    took: list[str] = []

    @dataclass
    class Slow(Way):
        def send(self, delivery: Delivery, message: bytes, envelope_from: str) -> Result:
            if not self.down:
                took.append(other.send(to(WHO), b"", SENDER).relay)
            return super().send(delivery, message, envelope_from)

    slow = Slow(down=True)
    spec = of(slow, alive, watch=watch)
    # The second connection is the other relay's; the third has its home here too.
    first, _, other = (spec.open() for _ in range(3))
    first.send(to(WHO), b"", SENDER)
    watch.at += REST_SECONDS[0]
    slow.down = False

    result = first.send(to(WHO), b"", SENDER)

    assert took == ["b"]
    assert result.relay == "a"


def test_a_relay_that_answers_again_gets_its_connections_back() -> None:
    """They were not moved, they went round."""
    watch, way, other = Watch(), Way(down=True), Way()
    spec = of(way, other, watch=watch)
    home = spec.open()
    home.send(to(WHO), b"", SENDER)
    way.down, watch.at = False, watch.at + REST_SECONDS[0]

    took = [home.send(to(WHO, n), b"", SENDER).relay for n in range(3)]
    way.down, _ = True, home.send(to(WHO), b"", SENDER)

    assert took == ["a"] * 3
    # Its failures were forgotten: the next rest is the short one again.
    watch.at += REST_SECONDS[0]
    asked = way.asked
    home.send(to(WHO), b"", SENDER)
    assert way.asked == asked + 1


def test_failures_at_the_same_moment_count_as_one() -> None:
    """Eight connections that lose a relay together do not make it rest for five minutes."""
    watch, alive = Watch(), Way()

    @dataclass
    class Together(Way):
        def send(self, delivery: Delivery, message: bytes, envelope_from: str) -> Result:
            if self.asked == 0:
                self.asked += 1
                spec.open()
                spec.open().send(to(WHO), b"", SENDER)
            return super().send(delivery, message, envelope_from)

    both = Together(down=True)
    spec = of(both, alive, watch=watch)
    spec.open().send(to(WHO), b"", SENDER)
    asked = both.asked
    watch.at += REST_SECONDS[0]
    spec.open()
    spec.open().send(to(WHO), b"", SENDER)

    assert both.asked == asked + 1


@pytest.mark.parametrize("fault", [CUT_AFTER_DOT, CUT_BEFORE_DOT, THROTTLE])
def test_only_a_relay_that_is_not_there_is_gone_round(fault: str) -> None:
    """A message in doubt is never offered to a second relay; a slow-down is the caller's matter."""
    first, second = fake({WHO: fault}), fake()
    spec = RelaysSpec((Relay("a", first), Relay("b", second)))

    result = spec.open().send(to(WHO), b"", SENDER)

    assert result.outcome is not Outcome.ACCEPTED
    assert result.relay == "a"
    assert second.transport.senders == []


def test_all_down_ends_with_one_fault_that_names_each() -> None:
    """Until then there is no fault at all."""
    spec = of(Way(down=True), Way(down=True))
    transport = spec.open()

    first = transport.send(to(WHO), b"", SENDER)
    told = transport.fault
    second = transport.send(to(WHO), b"", SENDER)

    assert [(one.outcome, one.reason) for one in (first, second)] == [
        (Outcome.RETURNED, "connect")
    ] * 2
    assert isinstance(told, Unavailable)
    assert told.why.count("Няма връзка.") == 2
    assert isinstance(transport.fault, Unavailable)
    assert "почиват" in transport.fault.why


def test_a_relay_whose_code_breaks_leaves_no_trial_hanging() -> None:
    """A fault of ours in one transport is raised, and the relay can be tried again later."""
    watch, alive = Watch(), Way()

    @dataclass
    class Broken(Way):
        def send(self, delivery: Delivery, message: bytes, envelope_from: str) -> Result:
            if self.down:
                raise RuntimeError("planted")
            return super().send(delivery, message, envelope_from)

    broken = Broken(down=True)
    spec = of(broken, alive, watch=watch)
    for rest in (0, *REST_SECONDS[:1]):
        watch.at += rest
        with pytest.raises(RuntimeError, match="planted"):
            spec.open().send(to(WHO), b"", SENDER)
        spec.open()
    broken.down, watch.at = False, watch.at + REST_SECONDS[1]

    assert relay_of(spec) == "a"


def test_names_are_needed_and_each_is_its_own() -> None:
    """The ledger could not tell two apart."""
    with pytest.raises(ValueError, match="names"):
        RelaysSpec(())
    with pytest.raises(ValueError, match="names"):
        RelaysSpec((Relay("a", Way()), Relay("a", Way())))


def test_closing_closes_every_relay_that_was_opened() -> None:
    """And no other."""
    dead, alive = fake({WHO: NO_RELAY}, once=False), fake()
    unused = FakeSpec(fake().transport)
    spec = RelaysSpec((Relay("a", dead), Relay("b", alive), Relay("c", unused)))
    transport = spec.open()
    transport.send(to(WHO), b"", SENDER)

    transport.close()

    assert (dead.transport.closed, alive.transport.closed) == (True, True)
    assert not unused.transport.closed


def test_names_in_the_ledger_hold_neither_password_nor_place(tmp_path: Path) -> None:
    """A home can be copied, and a ledger shown."""
    relay = parse_transport("smtp://ime:taina@relay.example.bg", home=tmp_path, timeout=5)
    folder = parse_transport("folder:out", home=tmp_path, timeout=5)
    spec = RelaysSpec((Relay("a", relay), Relay("b", folder)))

    assert ledger_name(relay) == "smtp://relay.example.bg:587"
    assert ledger_name(folder) == "folder"
    assert "taina" not in spec.shown + repr(spec)
