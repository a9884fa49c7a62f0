"""Tables of people as spreadsheets save them: bytes to rows of cells and back.

In: UTF-8 with or without a mark, UTF-16, windows-1251; `,`, `;` or tab. Every line is a row of
its own: nothing about a person takes two lines, so an unclosed quotation mark costs one row and
never the next person. Out: UTF-8 and no cell that a spreadsheet would run.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from subscribers.errors import TransferRefused

COLUMNS = (
    "address",
    "name",
    "sections",
    "hour",
    "timezone",
    "frequency",
    "format",
    "consent_at",
    "status",
)

_OTHER_NAMES = {
    "email": "address",
    "e-mail": "address",
    "mail": "address",
    "адрес": "address",
    "имейл": "address",
    "име": "name",
    "рубрики": "sections",
    "час": "hour",
    "състояние": "status",
}
_DELIMITERS = (",", ";", "\t")
_LINE = re.compile(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)")
_UNSEEN = frozenset({"Cc", "Zl", "Zp"})
"""General categories of control characters and of Unicode's own line ends."""
_RUNS = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet run a cell (OWASP, CSV injection)."""


class BadCell(ValueError):
    """A row that cannot be used; the text is the reason, a whole Bulgarian sentence."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table whose first line was understood. `names` are the columns, `header` its line."""

    text: str
    names: tuple[str, ...]
    delimiter: str
    header: int

    def lines(self) -> Iterator[tuple[int, str]]:
        """The lines below the header that are not blank, with their numbers from 1."""
        return ((number, line) for number, line in _lines(self.text) if number > self.header)

    def cells(self, line: str) -> dict[str, str]:
        """The cells of a line by column, trimmed; none when all are blank. Raises `BadCell`."""
        row = dict(zip(self.names, _split(line, self.delimiter), strict=False))
        for name, cell in row.items():
            _refuse_unseen(name, cell)
        plain = {name: _plain(cell) for name, cell in row.items()}
        return plain if any(plain.values()) else {}


def read(data: bytes) -> Sheet:
    """Finds the encoding, the separator and the columns. Raises `TransferRefused`."""
    text = _decode(data)
    header, head = next(_lines(text), (0, ""))
    for delimiter in _DELIMITERS:
        names = _names(head, delimiter)
        if "address" in names:
            return Sheet(text, names, delimiter, header)
    raise TransferRefused(
        "Файлът със списъка не може да се използва.",
        "На първия ред няма колона „address“.",
        f"Напишете на първия ред имената на колоните: {', '.join(COLUMNS)}.",
    )


def write_row(cells: Iterable[str]) -> bytes:
    """One line of CSV in UTF-8, ended as RFC 4180 §2 wants it."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(_harmless(cell) for cell in cells)
    return out.getvalue().encode()


def _decode(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Old Bulgarian spreadsheets save in windows-1251, where nearly every byte is a letter.
        return data.decode("cp1251", errors="replace")


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, found in enumerate(_LINE.finditer(text), start=1):
        if found[1].strip():
            yield number, found[1]


def _names(head: str, delimiter: str) -> tuple[str, ...]:
    try:
        cells = _split(head, delimiter)
    except BadCell:
        return ()
    bare = (cell.strip().strip('"').casefold() for cell in cells)
    return tuple(_OTHER_NAMES.get(name, name) for name in bare)


def _split(line: str, delimiter: str) -> list[str]:
    """The cells of one line; a quotation mark that is still open at its end is refused."""
    try:
        cells = next(csv.reader([line + "\n"], delimiter=delimiter))
    except csv.Error as cause:
        raise BadCell("Редът не може да се прочете: клетка е прекалено дълга.") from cause
    if any("\n" in cell for cell in cells):
        raise BadCell(
            "Клетка не завършва на своя ред: липсва затваряща кавичка или в клетката има нов ред. "
            "Следващите редове са прочетени отделно."
        )
    return cells


def _refuse_unseen(name: str, cell: str) -> None:
    """PostgreSQL takes no NUL, and a terminal or a header obeys the others."""
    if cell.isprintable():
        return
    if any(ch != "\t" and unicodedata.category(ch) in _UNSEEN for ch in cell):
        raise BadCell(f"Клетката в колона „{name[:40]}“ съдържа управляващ знак.")


def _plain(cell: str) -> str:
    """A cell without the apostrophe that keeps a spreadsheet from running it."""
    bare = cell.strip()
    return bare[1:] if bare[:1] == "'" and bare[1:2] in {"=", "+", "-", "@"} else bare


def _harmless(cell: str) -> str:
    return "'" + cell if cell.startswith(_RUNS) else cell
