"""How results are printed: JSON lines on standard output, or tables for a person.

Standard output carries results only; messages and progress go to standard error.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from digest.errors import DigestError

if TYPE_CHECKING:
    from digest.cli.call import Call


EDITION_STATES = {
    "draft": "чернова",
    "held": "задържан",
    "approved": "одобрен",
    "queued": "на опашката",
    "sent": "изпратен",
    "skipped": "пропуснат",
    "cancelled": "отменен",
}


def line(obj: Mapping[str, object]) -> None:
    """One JSON object on a line of standard output, UTF-8, no ASCII escapes."""
    sys.stdout.write(json.dumps(obj, ensure_ascii=False, default=str) + "\n")


def result(call: Call, obj: Mapping[str, object], words: Mapping[str, tuple[str, str]]) -> None:
    """One result: JSON, or a two-column table with the names of `words` (bg, en)."""
    if call.json:
        line(obj)
        return
    at = 0 if call.bulgarian() else 1
    named = (
        {key: EDITION_STATES.get(str(value), value) for key, value in obj.items()}
        if not at
        else obj
    )
    rows = [(words.get(key, (key, key))[at], shown(value)) for key, value in named.items()]
    table(None, ("", ""), rows)


def shown(value: object) -> str:
    """A value as a person reads it."""
    if isinstance(value, bool):
        return "да" if value else "не"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {shown(one)}" for key, one in value.items()) or "–"
    if isinstance(value, list | tuple):
        return "; ".join(shown(one) for one in value) or "–"
    return "–" if value is None or value == "" else str(value)


def table(title: str | None, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """A plain table on standard output; markup in the cells is literal text."""
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    grid = Table(title=title, box=SIMPLE, title_justify="left", show_header=any(heads))
    for head in heads:
        grid.add_column(head, overflow="fold")
    for row in rows:
        grid.add_row(*(Text(clean(cell)) for cell in row))
    Console(width=None if sys.stdout.isatty() else 110).print(grid)


def listing(
    call: Call, heads: Sequence[str], rows: Iterable[Sequence[str]], none: tuple[str, str]
) -> None:
    """A table, or, when there is nothing to list, the sentence `none` (bg, en) that says so."""
    found = list(rows)
    if found:
        table(None, heads, found)
    else:
        note(none[0] if call.bulgarian() else none[1])


def clean(text: str) -> str:
    """Collected text without what a terminal would obey (C0, C1 and ESC)."""
    return "".join(
        ch if (ch >= " " and not "\x7f" <= ch <= "\x9f") or ch in "\n\t" else "�" for ch in text
    )


def note(text: str) -> None:
    """A message for a person, on standard error."""
    sys.stderr.write(clean(text) + "\n")


def failure(error: DigestError, *, json_too: bool = False, source: str | None = None) -> None:
    """An error: what, why, what to do. With `json_too` also as the contract's error object."""
    if json_too:
        line(({"source": source} if source else {}) | {"error": error.as_dict()})
    about = f"{source}: " if source else ""
    why = error.why.removeprefix("Причина: ")
    note(f"{about}{error.what}\n  Защо: {why}\n  Какво да направите: {error.fix}")


def each(
    call: Call,
    inputs: Sequence[str],
    work: Callable[[str], Iterable[Mapping[str, object]]],
    show: Callable[[Mapping[str, object]], None],
) -> int:
    """Runs every input on its own, in order. Gives 3 when some failed, else 0."""
    failed = 0
    for name in inputs:
        try:
            for row in work(name):
                line(row) if call.json else show(row)
        except DigestError as error:
            failed += 1
            failure(error, json_too=call.json, source=name)
        sys.stdout.flush()
    return 3 if failed else 0


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator[Callable[[str], None]]:
    """A bar on standard error when it is a terminal, else silence. Gives `step(text)`."""
    if not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield lambda _text: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)

        def step(text: str) -> None:
            bar.update(task, advance=1, description=clean(f"{what} {text}"))

        yield step
