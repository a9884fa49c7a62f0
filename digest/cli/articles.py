"""Reads the JSON lines that the stage commands take, each line judged on its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from digest.errors import BadInput
from digest.halves import read_json
from digest.model import Article, ArticleId, DateBasis, DateClaim, Rights

MAX_LINE = 20_000_000
"""Bytes of one line; a longer one is no article."""


def rows(data: bytes, name: str) -> Iterator[tuple[str, Mapping[str, object] | BadInput]]:
    """Each non-empty line as (`name:line`, object or the error that says what is wrong)."""
    for number, raw in enumerate(data.splitlines(), 1):
        if not raw.strip():
            continue
        where = f"{name}:{number}"
        try:
            yield where, _object(raw)
        except (ValueError, RecursionError) as cause:
            yield where, _bad(where, f"Редът не е обект JSON в UTF-8: {cause}.")


def _object(raw: bytes) -> Mapping[str, object]:
    if len(raw) > MAX_LINE:
        raise ValueError("ред над 20 MB")
    found = read_json(raw)
    if not isinstance(found, dict):
        raise ValueError("очаква се обект с ключове")  # noqa: TRY004 - one kind for the caller
    return found


def _bad(where: str, why: str) -> BadInput:
    return BadInput(
        f"Редът {where} не може да се прочете.",
        why,
        "Всеки ред е един обект с id, title и text; вижте docs/formats.md.",
    )


def article(row: Mapping[str, object], where: str) -> Article:
    """One article of the contract's input: `id, title, text`, the rest optional."""
    missing = [key for key in ("id", "title", "text") if not isinstance(row.get(key), str | int)]
    if missing:
        raise _bad(where, f"Липсва „{missing[0]}“ или не е текст.")
    return Article(
        id=ArticleId(str(row["id"])),
        title=str(row["title"]),
        text=str(row["text"]),
        lead=_text(row, "lead"),
        url=_text(row, "url") or "",
        canonical_url=_text(row, "url") or "",
        outlet=_text(row, "outlet") or _text(row, "source") or "",
        source=_text(row, "source") or "",
        date=_claim(_text(row, "published_at"), where),
        agencies=_texts(row, "agencies"),
        section=_text(row, "section"),
        rights=_rights(row, where),
        kind=_text(row, "kind") or "article",
    )


def _text(row: Mapping[str, object], key: str) -> str | None:
    value = row.get(key)
    return value if isinstance(value, str) and value else None


def _texts(row: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = row.get(key)
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


def _rights(row: Mapping[str, object], where: str) -> Rights:
    try:
        return Rights(_text(row, "rights") or "licensed")
    except ValueError as cause:
        raise _bad(where, f"Няма права „{row.get('rights')}“.") from cause


def _claim(text: str | None, where: str) -> DateClaim:
    """A date without an hour is taken at noon UTC, so that it is the same day everywhere near."""
    if text is None:
        return DateClaim(None, DateBasis.UNKNOWN, 0.0)
    try:
        at = datetime.fromisoformat(text)
    except ValueError as cause:
        raise _bad(where, f"„{text}“ не е време по ISO 8601.") from cause
    if at.tzinfo is None:
        from datetime import UTC

        at = at.replace(tzinfo=UTC, hour=at.hour or 12)
    return DateClaim(at, DateBasis.FEED, 0.9)
