"""What `digest ledger` and `digest queue` do about those who have not got an edition."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from digest.bulgarian.typography import count
from digest.cli import say
from digest.cli.call import Call, started
from digest.cli.morning import as_person, note_stops
from digest.errors import BadInput, WrongUsage, cause_of

if TYPE_CHECKING:
    from digest.actions.missing import Missed

EVIDENCE_WORDS = {
    "edition": ("Брой", "Edition"),
    "unknown": ("Бяха с неясна съдба", "Were unknown"),
    "accepted": ("Оказаха се приети", "Found accepted"),
    "refused": ("Оказаха се отказани", "Found refused"),
    "deferred": ("Пощенският сървър още опитва", "Relay still tries"),
    "not_in_log": ("Няма ги в дневника", "Not in the log"),
    "resent": ("Тръгват пак", "Go again"),
}
AGAIN_WORDS = {"edition": ("Брой", "Edition"), "again": ("Тръгват пак", "Go again")}
LONGEST_LINE = 10_000


def settle_named(
    call: Call, edition_id: str, names: Sequence[str], word: str, by: str | None, why: str
) -> int:
    """An editor's word for each named delivery; one that cannot be taken stops no other."""
    from digest.actions.settling import Word, settle

    person = _demand_person(by)
    if not names:
        raise WrongUsage(
            "Не е казано за кои доставки е решението.",
            "След броя няма нито адрес, нито номер на доставка.",
            f"Пример: digest ledger {edition_id} chitatel@example.bg --settle {word} --as …",
        )
    app = call.app()

    def work(name: str) -> list[Mapping[str, object]]:
        done = settle(app, edition_id, name, Word(word), by=person, why=why)
        return [{"delivery": done.delivery, "address": done.address, "state": str(done.state)}]

    return say.each(call, names, work, _say_settled)


def _say_settled(row: Mapping[str, object]) -> None:
    words = {"accepted": "приета", "refused": "отказана", "queued": "тръгва пак"}
    say.note(f"{row['address'] or row['delivery']}: {words[str(row['state'])]}")


def settle_by_log(
    call: Call, edition_id: str, files: Sequence[str], by: str | None, *, resend: bool
) -> None:
    """What a relay's log says of the unknown deliveries."""
    from digest.actions.settling import by_log

    person = _demand_person(by)
    app = call.app()
    report = by_log(
        app, edition_id, chain.from_iterable(map(_lines, files)), by=person, resend_missing=resend
    )
    say.result(call, {key: getattr(report, key) for key in EVIDENCE_WORDS}, EVIDENCE_WORDS)
    note_stops(app)
    left = report.deferred + report.not_in_log
    if left:
        one = "остава" if left == 1 else "остават"
        say.note(
            f"С неясна съдба {one} {count(left, 'доставка')}; виж „--settle“ и „--not-in-log“."
        )


def _demand_person(by: str | None) -> str:
    if by is None:
        raise WrongUsage(
            "Не е казано кой решава.", "Решението се записва с името му.",
            "Добавете --as, например --as editor@example.bg.",
        )  # fmt: skip
    return as_person(by)


def _lines(name: str) -> Iterator[str]:
    """A file's lines, one packed with gzip too; `-` is standard input. Raises `BadInput`."""
    started()
    if name == "-":
        yield from _cut(sys.stdin)
        return
    try:
        with _opened(name) as stream:
            yield from _cut(stream)
    except (OSError, EOFError, zlib.error) as cause:
        raise BadInput(
            f"Файлът „{name}“ не може да се прочете.",
            f"Причина: {_why(cause)}.",
            "Проверете пътя и правата; нищо не е променено.",
        ) from cause


def _why(cause: Exception) -> str:
    if isinstance(cause, OSError) and cause.errno:
        return cause_of(cause)
    return "архивът е повреден"


def _opened(name: str) -> TextIO:
    if name.endswith(".gz"):
        return gzip.open(name, "rt", encoding="utf-8-sig", errors="replace")
    return Path(name).open(encoding="utf-8-sig", errors="replace")


def _cut(stream: TextIO) -> Iterator[str]:
    """Lines cut at a bounded length: a file without line ends fills no memory.

    The rest of a longer line is dropped, since a stranger's words in it could begin like a line.
    """
    whole = True
    while piece := stream.readline(LONGEST_LINE):
        if whole:
            yield piece
        whole = piece.endswith("\n")


def show_missed(call: Call, edition_id: str) -> None:
    """Who has not got it, and why, one line a person."""
    from digest.actions.missing import missed
    from digest.cli.ledger import STATES

    found = missed(call.app(), edition_id)
    if call.json:
        for one in found:
            say.line(_missed_row(one))
        return
    heads = ("Адрес", "Състояние", "Защо", "Опити", "Последен отговор")
    rows = (
        (one.address, STATES[one.state], one.reason, str(one.attempts),
         one.last_error or "–")
        for one in found
    )  # fmt: skip
    say.listing(call, heads, rows, ("Всички са го получили.", "Everybody has got it."))


def _missed_row(one: Missed) -> dict[str, object]:
    return {
        "address": one.address,
        "state": one.state,
        "reason": one.reason,
        "attempts": one.attempts,
        "last_error": one.last_error,
        "delivery": one.delivery or None,
    }


def at_a_terminal() -> bool:
    """Whether somebody is there to be asked."""
    return sys.stdin.isatty()


def queue_missed(call: Call, edition_id: str, by: str | None, *, sure: bool) -> None:
    """Those who were refused for a passing reason go again; a person at a terminal is asked."""
    from digest.actions.missing import send_to_missed, would_resend

    person = _demand_person(by)
    app = call.app()
    waiting = would_resend(app, edition_id)
    if waiting and not sure and at_a_terminal():
        will = "ще тръгне" if waiting == 1 else "ще тръгнат"
        click.confirm(
            f"Пак {will} {count(waiting, 'писмо')}. Да продължа ли?", abort=True, err=True
        )
    done = send_to_missed(app, edition_id, by=person)
    say.result(call, {"edition": done.edition, "again": done.again}, AGAIN_WORDS)
    if not done.again and not call.json:
        say.note("Няма на кого да се изпрати пак: вижте причините с „digest ledger БРОЙ --missed“.")
