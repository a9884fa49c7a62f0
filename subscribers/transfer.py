"""Lists of people as CSV: in from whatever a spreadsheet saves, out safe for one.

In: UTF-8 with or without a mark, UTF-16, windows-1251; `,`, `;` or tab. One bad row never stops
the others. Out: UTF-8 with a mark, commas, and no cell that a spreadsheet would run.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import TypeVar

from subscribers.address import Address, parse
from subscribers.bulk import PREFERENCES, Upserted, upsert
from subscribers.consent import demand
from subscribers.errors import PeopleError, TransferRefused
from subscribers.model import (
    MAX_NAME,
    NOT_STORED,
    Consent,
    ConsentStep,
    Format,
    Frequency,
    Person,
    Status,
    is_zone,
    sections_key,
)
from subscribers.roll import Roll

COLUMNS = (
    "address",
    "name",
    "sections",
    "hour",
    "timezone",
    "frequency",
    "format",
    "consent_at",
)
PART = 1000
"""Rows matched and written together: memory stays flat for a million."""

_OTHER_NAMES = {
    "email": "address",
    "e-mail": "address",
    "mail": "address",
    "адрес": "address",
    "имейл": "address",
    "име": "name",
    "рубрики": "sections",
    "час": "hour",
}
LAST_HOUR = 23
_Choice = TypeVar("_Choice", bound=StrEnum)
_RUNS = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet run a cell (OWASP, CSV injection)."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a list. `refused` holds (line number from 1, reason in Bulgarian)."""

    added: int
    updated: int
    refused: tuple[tuple[int, str], ...]
    suppressed: int


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    address: Address
    person: Person
    consent_at: datetime


@dataclass(frozen=True, slots=True)
class _Terms:
    """What holds for every row of one import."""

    basis: str
    evidence: str
    confirmed: bool
    now: datetime
    lane_of: Callable[[str], str]


class _BadCell(ValueError):
    """A cell that cannot be used; the text is the Bulgarian reason."""


def import_csv(
    roll: Roll,
    data: bytes,
    *,
    basis: str,
    evidence: str,
    confirmed: bool,
    now: datetime,
    lane_of: Callable[[str], str],
) -> Imported:
    """Takes in a list. Without `confirmed` the new ones stay pending until they confirm.

    Raises `ConsentMissing` without a basis or evidence, `TransferRefused` when the file has no
    column of addresses.
    """
    demand(basis, evidence)
    terms = _Terms(basis, evidence, confirmed, now, lane_of)
    reader, names = _open(data)
    fields = PREFERENCES & set(names)
    refused: list[tuple[int, str]] = []
    rows = _rows(reader, names, terms, refused)
    total = Upserted()
    while part := list(islice(rows, PART)):
        total += _take_in(roll, part, fields, terms)
    return Imported(total.added, total.updated, tuple(refused), total.suppressed)


def _take_in(roll: Roll, part: Iterable[_Row], fields: frozenset[str], terms: _Terms) -> Upserted:
    """Writes a part; of two rows for one person the later counts, the earlier as an update."""
    total = Upserted()
    pending: dict[str, _Row] = {}
    for row in part:
        if row.address.identity in pending:
            total += _write(roll, pending, fields, terms)
            pending = {}
        pending[row.address.identity] = row
    return total + _write(roll, pending, fields, terms)


def _write(roll: Roll, rows: Mapping[str, _Row], fields: frozenset[str], terms: _Terms) -> Upserted:
    consents = {
        identity: Consent(ConsentStep.IMPORTED, terms.basis, terms.evidence, row.consent_at)
        for identity, row in rows.items()
    }
    people = [(row.address, row.person) for row in rows.values()]
    return upsert(roll, people, fields=fields, consents=consents, now=terms.now)


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Old Bulgarian spreadsheets save in windows-1251, where nearly every byte is a letter.
        return data.decode("cp1251", errors="replace")


def _open(data: bytes) -> tuple[Iterator[list[str] | csv.Error], list[str]]:
    text = _decode(data)
    head = text.lstrip("\r\n").split("\n", 1)[0]
    for delimiter in (",", ";", "\t"):
        names = [_name(cell) for cell in next(csv.reader([head], delimiter=delimiter), [])]
        if "address" in names:
            reader = _lenient(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
            return reader, names
    raise TransferRefused(
        "Файлът със списъка не може да се използва.",
        "На първия ред няма колона „address“.",
        f"Напишете на първия ред имената на колоните: {', '.join(COLUMNS)}.",
    )


def _name(cell: str) -> str:
    bare = cell.strip().strip('"').casefold()
    return _OTHER_NAMES.get(bare, bare)


def _lenient(reader: Iterator[list[str]]) -> Iterator[list[str] | csv.Error]:
    """Rows, or the error in place of a row that the reader cannot take."""
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as cause:
            yield cause
        else:
            yield row


def _rows(
    reader: Iterator[list[str] | csv.Error],
    names: list[str],
    terms: _Terms,
    refused: list[tuple[int, str]],
) -> Iterator[_Row]:
    headless = False
    for line, cells in enumerate(reader, start=1):
        if isinstance(cells, csv.Error):
            refused.append((line, "Редът не може да се прочете: клетка е прекалено дълга."))
            continue
        if not any(cell.strip() for cell in cells):
            continue
        if not headless:
            headless = True
            continue
        try:
            yield _row(line, dict(zip(names, cells, strict=False)), terms)
        except PeopleError as cause:
            refused.append((line, f"{cause.what} {cause.why}"))
        except _BadCell as cause:
            refused.append((line, str(cause)))


def _row(line: int, cells: Mapping[str, str], terms: _Terms) -> _Row:
    cells = {name: _plain(cell) for name, cell in cells.items()}
    _refuse_controls(cells)
    address = parse(cells.get("address", ""))
    consent_at = _time(cells.get("consent_at", "")) or terms.now
    person = _person(cells, address, consent_at, terms)
    return _Row(line, address, person, consent_at)


def _person(
    cells: Mapping[str, str], address: Address, consent_at: datetime, terms: _Terms
) -> Person:
    zone = cells.get("timezone", "") or "Europe/Sofia"
    if not is_zone(zone):
        raise _BadCell(f"Няма часова зона „{zone[:60]}“.")
    name = cells.get("name", "")
    if len(name) > MAX_NAME:
        raise _BadCell(f"Името е по-дълго от {MAX_NAME} знака.")
    try:
        return Person(
            id=NOT_STORED,
            address=address.text,
            name=" ".join(name.split()),
            sections=_sections(cells.get("sections", "")),
            hour=_hour(cells.get("hour", "")),
            timezone=zone,
            frequency=_one_of(Frequency, cells.get("frequency", ""), Frequency.DAILY),
            format=_one_of(Format, cells.get("format", ""), Format.HTML),
            status=Status.ACTIVE if terms.confirmed else Status.PENDING,
            confirmed_at=consent_at if terms.confirmed else None,
            lane=terms.lane_of(address.text),
        )
    except ValueError as cause:
        raise _BadCell(f"Стойност извън позволените: {cause}.") from cause


def _refuse_controls(cells: Mapping[str, str]) -> None:
    """A line break in a cell is an unclosed quotation mark that swallowed the next person."""
    for name, cell in cells.items():
        if any(ch in "\r\n" for ch in cell):
            raise _BadCell(
                f"Клетката „{name}“ минава на следващия ред: липсва затваряща кавичка, "
                "а погълнатите редове не са внесени."
            )
        if any(ord(ch) < 32 or ord(ch) == 127 for ch in cell if ch != "\t"):
            raise _BadCell(f"Клетката „{name}“ съдържа управляващ знак.")


def _plain(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from running it."""
    bare = cell.strip()
    return bare[1:] if bare[:1] == "'" and bare[1:2] in {"=", "+", "-", "@"} else bare


def _one_of(kind: type[_Choice], cell: str, default: _Choice) -> _Choice:
    """A word of a list whatever its case; an empty cell is the default."""
    if not cell:
        return default
    try:
        return kind(cell.casefold())
    except ValueError as cause:
        allowed = ", ".join(one.value for one in kind)
        raise _BadCell(f"„{cell[:40]}“ не е сред {allowed}.") from cause


def _sections(cell: str) -> frozenset[str]:
    slugs = {part.strip().casefold() for part in cell.replace("|", ";").split(";")}
    return frozenset(slugs - {"", "all"})


def _hour(cell: str) -> int | None:
    if not cell:
        return None
    bare = cell.removesuffix(":00")
    if not bare.isascii() or not bare.isdigit() or int(bare) > LAST_HOUR:
        raise _BadCell(f"Часът „{cell[:20]}“ не е цяло число от 0 до 23.")
    return int(bare)


def _time(cell: str) -> datetime | None:
    if not cell:
        return None
    try:
        at = datetime.fromisoformat(cell)
    except ValueError as cause:
        raise _BadCell(f"„{cell[:40]}“ не е време по ISO 8601.") from cause
    if at.tzinfo is None:
        raise _BadCell(f"Времето „{cell[:40]}“ е без часово отместване.")
    return at


def export_csv(people: Iterable[Person]) -> Iterator[bytes]:
    """The list as UTF-8 pieces, header first; what `import_csv` reads."""
    yield ("\ufeff" + _line(COLUMNS)).encode()
    for one in people:
        yield _line(_cells(one)).encode()


def _cells(person: Person) -> tuple[str, ...]:
    sections = "" if not person.sections else sections_key(person.sections).replace("+", ";")
    return (
        person.address,
        person.name,
        sections,
        "" if person.hour is None else str(person.hour),
        person.timezone,
        person.frequency.value,
        person.format.value,
        person.confirmed_at.isoformat() if person.confirmed_at else "",
    )


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(_harmless(cell) for cell in cells)
    return out.getvalue()


def _harmless(cell: str) -> str:
    return "'" + cell if cell.startswith(_RUNS) else cell
