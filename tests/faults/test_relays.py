"""Whole runs over several relays: the lines of the ledger against what each relay took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from digest.actions import dispatching
from digest.actions.app import App
from digest.deliver.relays import RelaysSpec
from digest.errors import Unavailable, WrongSettings
from digest.model import DeliveryState
from digest.settings import load
from tests.fakes.sink import CUT, Fault, Sink, sink
from tests.faults.ground import Ground, queued_home

PEOPLE = 24


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    with queued_home(tmp_path / "home", people=PEOPLE) as made:
        yield made


def over(app: App, *relays: dict[str, object], **flags: object) -> App:
    """The same home with other settings of `[dispatch]`."""
    named = {f"dispatch.{key}": value for key, value in flags.items()}
    settings = load(flags={"dispatch.relays": list(relays), "dispatch.slice": 8, **named}).settings
    return replace(app, settings=settings)


def took(ground: Ground) -> Counter[str | None]:
    """How many accepted deliveries the ledger says each relay took."""
    lines = dispatching.deliveries(ground.app, ground.edition)
    return Counter(one.relay for one in lines if one.state is DeliveryState.ACCEPTED)


def test_every_reader_has_one_message_from_the_relay_that_the_ledger_names(ground: Ground) -> None:
    """The relays' own logs agree line by line, and the reply is kept as evidence."""
    with ExitStack() as stack:
        servers = {name: stack.enter_context(sink()) for name in ("edno", "dve")}
        app = over(
            ground.app,
            *({"transport": one.url(), "name": name} for name, one in servers.items()),
        )
        report = dispatching.dispatch(app, connections=4)

    assert (report.accepted, report.trouble) == (PEOPLE, None)
    lines = list(dispatching.deliveries(ground.app, ground.edition))
    for name, server in servers.items():
        logged = {one.delivery for one in server.accepted}
        assert logged == {one.delivery for one in lines if one.relay == name}
    assert {one.evidence for one in lines} == {"2.0.0 taken"}


def test_a_relay_that_is_not_there_costs_no_reader_and_no_attempt(ground: Ground) -> None:
    """All go by the other; nobody is written to twice."""
    with sink() as gone:
        nobody = gone.url()
    with sink() as server:
        app = over(ground.app, {"transport": nobody, "weight": 3}, {"transport": server.url()})
        report = dispatching.dispatch(app, connections=4)

    assert (report.accepted, report.trouble) == (PEOPLE, None)
    assert took(ground) == {"relay-2": PEOPLE}
    assert len({one.delivery for one in server.accepted}) == len(server.accepted) == PEOPLE
    lines = dispatching.deliveries(ground.app, ground.edition)
    assert {one.attempts for one in lines} == {1}


def test_a_message_in_doubt_stays_with_its_relay(ground: Ground) -> None:
    """It is `unknown`, the ledger says where to look, and the other relay never saw it."""
    with sink(Fault("dot", CUT, keeps=True)) as first, sink() as second:
        app = over(
            ground.app,
            {"transport": first.url(), "name": "parvi"},
            {"transport": second.url(), "name": "vtori"},
        )
        report = dispatching.dispatch(app, connections=2)

    assert report.unknown == 1
    lines = list(dispatching.deliveries(ground.app, ground.edition))
    [doubt] = [one for one in lines if one.state is DeliveryState.UNKNOWN]
    assert doubt.relay == "parvi"
    assert doubt.delivery not in {one.delivery for one in second.accepted}
    assert _everybody(first, second) == {one.delivery for one in lines}


def test_only_when_all_are_down_does_the_run_end(ground: Ground) -> None:
    """Then every row is where it was."""
    with sink() as one, sink() as other:
        nobody = [{"transport": one.url()}, {"transport": other.url()}]
    report = dispatching.dispatch(over(ground.app, *nobody), connections=3)

    assert isinstance(report.trouble, Unavailable)
    assert set(ground.states().values()) == {DeliveryState.QUEUED}
    lines = dispatching.deliveries(ground.app, ground.edition)
    assert {(line.attempts, line.relay) for line in lines} == {(0, None)}


def test_a_transport_named_for_the_run_stands_alone(ground: Ground) -> None:
    """`--transport` means exactly one; the ledger names it without a password."""
    with sink() as listed, sink() as named:
        app = over(ground.app, {"transport": listed.url()})
        dispatching.dispatch(app, transport=named.url(), connections=2)

    assert took(ground) == {named.url(): PEOPLE}
    assert listed.accepted == []


def test_a_folder_is_named_without_its_place(ground: Ground) -> None:
    """A home can be moved or copied."""
    dispatching.dispatch(ground.app, connections=2)

    assert took(ground) == {"folder": PEOPLE}


def test_two_answers_to_one_question_are_refused(ground: Ground) -> None:
    """Mail must not leave by a road that somebody forgot in a file."""
    app = over(ground.app, {"transport": "folder:a"}, transport="folder:b")

    with pytest.raises(WrongSettings, match=r"dispatch\.relays"):
        dispatching.open_transport(app, None)


def test_settings_of_a_connection_reach_each_relay(ground: Ground) -> None:
    """Names by place where none is given; the limit of messages holds for all."""
    app = over(
        ground.app,
        {"transport": "smtp://a.example.bg"},
        {"transport": "smtp://b.example.bg", "name": "b", "weight": 2},
        messages_per_connection=7,
    )
    spec = dispatching.open_transport(app, None)

    assert isinstance(spec, RelaysSpec)
    assert [(one.name, one.weight) for one in spec.relays] == [("relay-1", 1), ("b", 2)]
    assert [getattr(one.spec, "messages", 0) for one in spec.relays] == [7, 7]


@pytest.mark.parametrize(
    "relays",
    [
        [{"transport": "folder:a", "name": "x"}, {"transport": "folder:b", "name": "x"}],
        [{"transport": "folder:a", "name": "relay-2"}, {"transport": "folder:b"}],
        [{"transport": "folder:a", "name": "с интервал"}],
        [{"transport": ""}],
        [{"name": "x"}],
        [{"transport": "smtp://u:taina@a.example.bg", "weight": 0}],
        [{"transport": "smtp://u:taina@a.example.bg", "wait": 1}],
        [{"transport": "folder:a"}] * 21,
        [{"transport": "smtp://u:taina@a.example.bg", "name": "x"}] * 2,
        [{"transport": ["smtp://u:taina@a.example.bg"]}],
        "smtp://u:taina@a.example.bg",
    ],
)
def test_relays_that_cannot_be_told_apart_or_used_are_refused(relays: object) -> None:
    """In words, and without a password."""
    with pytest.raises(WrongSettings) as caught:
        load(flags={"dispatch.relays": relays})

    assert "dispatch.relays" in str(caught.value)
    assert "taina" not in str(caught.value)


def _everybody(*relays: Sink) -> set[str]:
    return {one.delivery for relay in relays for one in relay.accepted}
