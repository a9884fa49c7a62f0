"""Lists of people: in from whatever a spreadsheet saves, out safe for one.

A row is one person. One bad row never stops the others; it is refused with its line and a reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from typing import TypeVar

from subscribers.address import Address, parse
from subscribers.bulk import PREFERENCES, Upserted, upsert
from subscribers.consent import demand
from subscribers.errors import PeopleError
from subscribers.model import (
    ALL_SECTIONS,
    MAX_NAME,
    NOT_STORED,
    Consent,
    ConsentStep,
    Format,
    Frequency,
    Person,
    PersonId,
    Status,
    is_section,
    is_zone,
    sections_key,
)
from subscribers.roll import Roll
from subscribers.sheet import COLUMNS, BadCell, Sheet, read, write_row

PART = 1000
"""Rows matched and written together."""

SUPPRESSED = "suppressed"
"""What the column `status` says of an address that must not be mailed, wherever it stands."""

_GONE = {
    "left": "отписан",
    "unsubscribed": "отписан",
    "отписан": "отписан",
    "erased": "изтрит",
    "изтрит": "изтрит",
    SUPPRESSED: "блокиран",
    "блокиран": "блокиран",
}
LAST_HOUR = 23
_Choice = TypeVar("_Choice", bound=StrEnum)
_HOUR = re.compile(r"([0-9]{1,2})(?::00)?")


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a list. `refused` holds (line number from 1, reason in Bulgarian)."""

    added: int
    updated: int
    refused: tuple[tuple[int, str], ...]
    suppressed: int


@dataclass(frozen=True, slots=True)
class _Row:
    """A person to take in; `filled` are the preferences that the row itself states."""

    address: Address
    person: Person
    consent_at: datetime
    filled: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Terms:
    """What holds for every row of one import."""

    basis: str
    evidence: str
    confirmed: bool
    now: datetime
    lane_of: Callable[[str], str]
    sections: Collection[str] | None
    section_names: Mapping[str, str]


def import_csv(
    roll: Roll,
    data: bytes,
    *,
    basis: str,
    evidence: str,
    confirmed: bool,
    now: datetime,
    lane_of: Callable[[str], str],
    sections: Collection[str] | None = None,
    section_names: Mapping[str, str] | None = None,
) -> Imported:
    """Takes in a list. Without `confirmed` the new ones stay pending until they confirm.

    `sections` are the known slugs (None takes any), `section_names` maps their printed names in
    folded case to slugs. A row whose `status` says that the person is gone is refused. Of several
    rows for one person a later one changes only what it fills.

    Raises `ConsentMissing` without a basis or evidence, `TransferRefused` when the file has no
    column of addresses.
    """
    demand(basis, evidence)
    terms = _Terms(basis, evidence, confirmed, now, lane_of, sections, section_names or {})
    sheet = read(data)
    columns = PREFERENCES & set(sheet.names)
    refused: list[tuple[int, str]] = []
    rows = _rows(sheet, terms, refused)
    seen: set[str] = set()
    total = Upserted()
    while part := list(islice(rows, PART)):
        for fields, together in _batches(part, columns, seen):
            total += _write(roll, together, fields, terms)
    return Imported(total.added, total.updated, tuple(refused), total.suppressed)


def _batches(
    part: Iterable[_Row], columns: frozenset[str], seen: set[str]
) -> Iterator[tuple[frozenset[str], dict[str, _Row]]]:
    """The rows by what they may change, no person twice in a batch, in an order that keeps theirs.

    Whoever is new to the list gets all its columns; whoever was `seen` in it, the filled ones.
    """
    rounds: list[dict[frozenset[str], dict[str, _Row]]] = []
    times: dict[str, int] = {}
    for row in part:
        who = row.address.identity
        turn = times.get(who, 0)
        times[who] = turn + 1
        if turn == len(rounds):
            rounds.append({})
        fields = columns & row.filled if who in seen else columns
        seen.add(who)
        rounds[turn].setdefault(fields, {})[who] = row
    for batches in rounds:
        yield from batches.items()


def _write(roll: Roll, rows: Mapping[str, _Row], fields: frozenset[str], terms: _Terms) -> Upserted:
    consents = {
        identity: Consent(ConsentStep.IMPORTED, terms.basis, terms.evidence, row.consent_at)
        for identity, row in rows.items()
    }
    people = [(row.address, row.person) for row in rows.values()]
    return upsert(roll, people, fields=fields, consents=consents, now=terms.now)


def _rows(sheet: Sheet, terms: _Terms, refused: list[tuple[int, str]]) -> Iterator[_Row]:
    for number, line in sheet.lines():
        try:
            cells = sheet.cells(line)
            if cells:
                yield _row(cells, terms)
        except PeopleError as cause:
            refused.append((number, f"{cause.what} {cause.why}"))
        except BadCell as cause:
            refused.append((number, str(cause)))


def _row(cells: Mapping[str, str], terms: _Terms) -> _Row:
    status = cells.get("status", "").casefold()
    if status in _GONE:
        raise BadCell(f"Състоянието е „{status}“: {_GONE[status]} човек не се внася отново.")
    if not cells.get("address"):
        raise BadCell("Няма адрес.")
    address = parse(cells["address"])
    consent_at = _time(cells.get("consent_at", "")) or terms.now
    # A list that is confirmed as a whole does not speak for those it marks as waiting.
    confirmed = terms.confirmed and status != Status.PENDING.value
    person = Person(
        id=NOT_STORED,
        address=address.text,
        name=_name(cells.get("name", "")),
        sections=_sections(cells.get("sections", ""), terms),
        hour=_hour(cells.get("hour", "")),
        timezone=_zone(cells.get("timezone", "")),
        frequency=_one_of(Frequency, cells.get("frequency", ""), Frequency.DAILY, "Честотата"),
        format=_one_of(Format, cells.get("format", ""), Format.HTML, "Видът"),
        status=Status.ACTIVE if confirmed else Status.PENDING,
        confirmed_at=consent_at if confirmed else None,
        lane=terms.lane_of(address.text),
    )
    filled = frozenset(name for name, cell in cells.items() if cell)
    return _Row(address, person, consent_at, filled)


def _name(cell: str) -> str:
    name = " ".join(cell.split())
    if len(name) > MAX_NAME:
        raise BadCell(f"Името е по-дълго от {MAX_NAME} знака.")
    return name


def _zone(cell: str) -> str:
    zone = cell or "Europe/Sofia"
    if not is_zone(zone):
        raise BadCell(f"Няма часова зона „{zone[:60]}“.")
    return zone


def _one_of(kind: type[_Choice], cell: str, default: _Choice, what: str) -> _Choice:
    """A word of a list whatever its case; an empty cell is the default."""
    if not cell:
        return default
    try:
        return kind(cell.casefold())
    except ValueError as cause:
        allowed = _listed([one.value for one in kind], "или")
        raise BadCell(f"{what} „{cell[:40]}“ не е {allowed}.") from cause


def _sections(cell: str, terms: _Terms) -> frozenset[str]:
    """The slugs behind slugs and printed names; empty for all of them."""
    words = (" ".join(part.split()) for part in cell.replace("|", ";").split(";"))
    found = frozenset(_section(word, terms) for word in words if word)
    return found - {ALL_SECTIONS}


def _section(word: str, terms: _Terms) -> str:
    folded = word.casefold()
    slug = terms.section_names.get(folded, folded)
    if slug == ALL_SECTIONS:
        return slug
    if terms.sections is None and is_section(slug):
        return slug
    if terms.sections is None:
        raise BadCell(f"„{word[:40]}“ не може да бъде име на рубрика.")
    if slug not in terms.sections:
        known = _listed(sorted(terms.sections), "и")
        raise BadCell(f"Няма рубрика „{word[:40]}“. Рубриките са {known}.")
    return slug


def _listed(words: Sequence[str], last: str) -> str:
    """„a, b и c“."""
    return f" {last} ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def _hour(cell: str) -> int | None:
    if not cell:
        return None
    found = _HOUR.fullmatch(cell)
    if found is None or int(found[1]) > LAST_HOUR:
        raise BadCell(f"Часът „{cell[:20]}“ не е цяло число от 0 до 23.")
    return int(found[1])


def _time(cell: str) -> datetime | None:
    if not cell:
        return None
    try:
        at = datetime.fromisoformat(cell)
    except ValueError as cause:
        raise BadCell(f"„{cell[:40]}“ не е време по ISO 8601.") from cause
    if at.tzinfo is None:
        raise BadCell(f"Времето „{cell[:40]}“ е без часово отместване.")
    try:
        return at.astimezone(UTC)
    except OverflowError as cause:
        raise BadCell(f"Времето „{cell[:40]}“ е извън календара.") from cause


def export_csv(
    people: Iterable[Person], *, suppressed: Collection[PersonId] = frozenset()
) -> Iterator[bytes]:
    """The list as UTF-8 pieces, the header first and then one for each person.

    `import_csv` reads it. Those in `suppressed` have that word for their status.
    """
    yield b"\xef\xbb\xbf" + write_row(COLUMNS)
    for one in people:
        yield write_row(_cells(one, SUPPRESSED if one.id in suppressed else one.status.value))


def _cells(person: Person, status: str) -> tuple[str, ...]:
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
        status,
    )
