"""The whole way of a message, from a claimed row to a committed answer, against other senders.

An edition of 60 KB in Cyrillic goes over ten connections to postfix's `smtp-sink`, in turns with
`smtp-source`, which is written in C, keeps no ledger and makes no message, and with the pool of
nodemailer; then over a line with 40 ms of delay against plain `smtplib`; then what a claim costs
and what memory holds when a million readers wait.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from digest.bench import relays
from digest.bench.generated import DAY, edition
from digest.bench.homes import add_people, home_on
from digest.bench.latency import delayed
from digest.bench.memory import watched
from digest.bench.rows import Row, Watch, note, timed
from digest.clock import real_now

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.model import Edition, EditionId

SIZE = 2_000
"""Messages in a round."""
ROUNDS = 5
CONNECTIONS = 10
DELAY = 0.040
WAITING, FEW_WAITING = 1_000_000, 10_000
"""Rows in the queue when a claim is measured, for a whole run; a smaller run scales them down."""
CLAIM = 50
CLAIMS = 40
STORIES = 13
"""As many as make about 60 KB of HTML."""

_WHO = "bench@example.bg"
_CONSTANT = {"dispatch.connections": CONNECTIONS, "compose.max_stories": 60}


@dataclass
class Sent:
    """One round of ours."""

    watch: Watch
    accepted: int


def measure(size: int, *, database: str | None = None) -> Iterator[Row]:
    """Every row of the sending; `size` messages in a round.

    `database` names a PostgreSQL server, on which each home has a database of its own; without it
    the homes are on SQLite.
    """
    kind = "sqlite" if database is None else "postgresql"
    for row in _rows(size, database):
        yield replace(row, more={**row.more, "database": kind})


def _rows(size: int, server: str | None) -> Iterator[Row]:
    yield from _against_others(size, server)
    yield _over_a_line(max(CONNECTIONS, size // 10), server)
    yield from _waiting(max(1, min(WAITING, size * (WAITING // SIZE))), server)


def _against_others(size: int, server: str | None) -> Iterator[Row]:
    with (
        home_on(server, _CONSTANT) as app,
        TemporaryDirectory(prefix="digest-bench-") as folder,
        relays.smtp_sink() as port,
    ):
        add_people(app, size)
        message = _sample(app, Path(folder))
        bytes_ = message.stat().st_size
        ours: list[Sent] = []
        source: list[Watch | None] = []
        node: list[Watch | None] = []
        for turn in range(ROUNDS):
            note(f"кръг {turn + 1} от {ROUNDS}: {size} писма по {bytes_ // 1000} KB")
            ours.append(_send(app, turn, port))
            source.append(relays.smtp_source(port, size, bytes_, CONNECTIONS))
            node.append(relays.nodemailer(port, size, message, CONNECTIONS))
    for name, others, floor in (("smtp-source", source, 0.9), ("nodemailer", node, 3.0)):
        there = [one for one in others if one is not None]
        if len(there) < ROUNDS:
            note(f"{name} липсва на тази машина: сравнението с него отпада")
        else:
            yield _rate("целият път на писмото", ours, there, name, floor)
    yield _processor(ours)


def _rate(what: str, ours: list[Sent], others: list[Watch], name: str, floor: float) -> Row:
    """How many times as fast as another; the median of the rounds, each pair side by side."""
    seconds = statistics.median(one.watch.seconds for one in ours)
    pairs = [other.seconds / one.watch.seconds for one, other in zip(ours, others, strict=True)]
    promise = f"ratio ≥ {floor:g}".replace(".", ",")
    ratio = statistics.median(pairs)
    spread = {"slowest": round(min(pairs), 3), "fastest": round(max(pairs), 3)}
    return Row(what, seconds, ours[0].accepted, ratio, f"скоростта на {name}", promise,
               ratio >= floor, spread)  # fmt: skip


def _processor(ours: list[Sent]) -> Row:
    """Milliseconds of processor's work a message, all threads together."""
    cost = statistics.median(one.watch.cpu_seconds / max(1, one.accepted) for one in ours) * 1000
    seconds = statistics.median(one.watch.cpu_seconds for one in ours)
    return Row(
        "процесорно време за писмо", seconds, ours[0].accepted, cost / 0.4, "0,4 ms",
        "ratio ≤ 1", cost <= 0.4, {"cpu_ms": round(cost, 4)},
    )  # fmt: skip


def _over_a_line(size: int, server: str | None) -> Row:
    """The same over a line with a delay, against plain smtplib on as many connections."""
    ours, plain = [], []
    with (
        home_on(server, _CONSTANT) as app,
        TemporaryDirectory(prefix="digest-bench-") as folder,
        relays.smtp_sink() as near,
        delayed(near, DELAY) as port,
    ):
        add_people(app, size)
        message = _sample(app, Path(folder)).read_bytes()
        for turn in range(ROUNDS):
            note(f"линия с {DELAY * 1000:.0f} ms: кръг {turn + 1} от {ROUNDS}")
            ours.append(_send(app, turn, port))
            plain.append(relays.plain_smtplib(port, [message] * size, CONNECTIONS))
    return _rate("по линия с 40 ms", ours, plain, "smtplib", 1.8)


def _waiting(rows: int, server: str | None) -> Iterator[Row]:
    """What a claim costs and what memory holds while so many wait."""
    few = max(CLAIM * CLAIMS, rows * FEW_WAITING // WAITING)
    small, _ = _claims(few, server)
    cost, memory = _claims(max(rows, few), server)
    ratio = cost / small
    yield Row(
        "заемане на редове", cost * CLAIMS, CLAIM * CLAIMS, ratio, f"същото при {few} чакащи",
        "ratio ≤ 1,5", ratio <= 1.5, {"waiting": max(rows, few)},
    )  # fmt: skip
    yield Row(
        "памет при чакащите", cost * CLAIMS, max(rows, few), memory / 300, "300 MB",
        "ratio ≤ 1", memory <= 300, {"memory_mb": round(memory, 1)},
    )  # fmt: skip


def _claims(rows: int, server: str | None) -> tuple[float, float]:
    """The median seconds of a claim that is committed, and the most memory in MB."""
    taken = []
    with home_on(server, _CONSTANT) as app, watched() as memory:
        note(f"{rows} доставки чакат")
        add_people(app, rows)
        _queued(app, 0)
        for turn in range(CLAIMS):
            with timed() as watch, app.store.work() as work:
                claimed = work.deliveries.claim(
                    None, worker="bench", limit=CLAIM, now=app.now(), lease_seconds=600,
                    real_now=real_now(), turn=turn,
                )  # fmt: skip
            assert len(claimed) == CLAIM
            taken.append(watch.seconds)
    return statistics.median(taken), memory.peak


def _send(app: App, turn: int, port: int) -> Sent:
    """A new edition of the same size to the same readers; the queueing is not counted."""
    from digest.actions import dispatching

    wanted = _queued(app, turn)
    with timed() as watch:
        report = dispatching.dispatch(
            app, transport=f"smtp://{relays.HOST}:{port}?tls=off", edition_id=wanted
        )
    if report.trouble is not None:
        raise report.trouble
    return Sent(watch, report.accepted)


def _queued(app: App, turn: int) -> EditionId:
    from digest.actions import dispatching, reviewing

    draft = _draft(app, turn)
    with app.store.work() as work:
        work.editions.save(draft)
    reviewing.approve(app, draft.id, by=_WHO)
    dispatching.queue(app, draft.id)
    return draft.id


def _draft(app: App, turn: int) -> Edition:
    day = DAY + timedelta(days=turn)
    own = app.settings.publication.id
    return edition(app.newsroom, publication=own, day=day, stories=STORIES)


def _sample(app: App, folder: Path) -> Path:
    """A message of such an edition as a file, for the others to send."""
    from digest.actions import editions

    data = editions.preview(app, _draft(app, 0), kind="eml")
    file = folder / "message.eml"
    file.write_bytes(data)
    return file
