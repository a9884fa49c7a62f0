"""Sending a small edition to a folder and to a mail server, against the bare act of each.

The bare act has the messages ready and keeps no ledger: the ratio is what never losing and never
repeating a message costs.
"""

from __future__ import annotations

import smtplib
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from digest.bench.generated import DAY, edition
from digest.bench.homes import add_people, temporary_home
from digest.bench.rows import Row, note, seconds_of
from digest.bench.sink import sink

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.actions.dispatching import DispatchReport

SIZE = 400
"""Messages by each way."""

_WHO = "bench@example.bg"


def measure(size: int) -> Iterator[Row]:
    """One edition by each way, whole ledger included."""
    with temporary_home() as app:
        add_people(app, size)
        note(f"{size} писма в папка")
        report = _send(app, 0, "folder:outbox")
        messages = [file.read_bytes() for file in sorted((app.home / "outbox").rglob("*.eml"))]
        bare = seconds_of(lambda: _write(messages, app.home / "bare"))
        yield _row("изпращане в папка", report, bare, "голо записване на същите файлове")
        with sink() as server:
            note(f"{size} писма до пощенски сървър")
            report = _send(app, 1, f"smtp://127.0.0.1:{server.port}?tls=off")
            bare = seconds_of(lambda: _hand_over(messages, server.port))
        yield _row("изпращане по SMTP", report, bare, "същите писма по една връзка със smtplib")


def _send(app: App, days: int, transport: str) -> DispatchReport:
    from digest.actions import dispatching, reviewing

    day = DAY + timedelta(days=days)
    draft = edition(app.newsroom, publication=app.settings.publication.id, day=day)
    with app.store.work() as work:
        work.editions.save(draft)
    reviewing.approve(app, draft.id, by=_WHO)
    dispatching.queue(app, draft.id)
    return dispatching.dispatch(app, transport=transport, edition_id=draft.id)


def _row(what: str, report: DispatchReport, bare: float, ratio_to: str) -> Row:
    lost = report.deferred + report.refused + report.unknown
    return Row(
        what=what,
        seconds=report.seconds,
        units=report.accepted,
        ratio=report.seconds / bare,
        ratio_to=ratio_to,
        more={"not_accepted": lost},
    )


def _write(messages: Sequence[bytes], folder: Path) -> None:
    folder.mkdir()
    for number, message in enumerate(messages):
        (folder / f"{number}.eml").write_bytes(message)


def _hand_over(messages: Sequence[bytes], port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as server:
        for message in messages:
            server.sendmail(_WHO, ["chitatel@example.bg"], message)
