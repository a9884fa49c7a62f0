"""Feeds to entries: RSS, Atom, RDF, JSON Feed and news sitemaps, repaired before they are parsed.

Takes bytes, gives a `Feed`. It fetches nothing and decides nothing about what is news: an entry
with a date in the future loses the date and keeps a warning, a repeated one is kept and named in
`repeats`, so that the count of a feed stays what its publisher wrote.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from digest.bulgarian.typography import count
from digest.clock import zone as zone_of
from digest.collect import feedformats, repair
from digest.collect.address import absolute, identity_key, short_hash
from digest.collect.feeddates import may_stand_in, without_stamp
from digest.collect.feedlimits import MAX_BYTES, WORKER, Raw
from digest.collect.ordering import placed
from digest.collect.pictures import first_picture, picture_of
from digest.collect.plain import html_to_text, one_line
from digest.collect.when import parse_when
from digest.errors import BadInput
from digest.model import Entry

log = logging.getLogger(__name__)

_HTML = re.compile(r"(?i)\s*<(?:!doctype\s+html|html|head|body)\b")
TOLERANCE = timedelta(minutes=15)
"""How far a publisher's clock may run ahead before its date is not believed."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as it reads after repair.

    `kind`: rss, atom, rdf, json or sitemap (feedparser's rare others as `xml`). `repeats` holds
    the places (from 0) of entries that repeat an earlier one of the same feed. `unique` counts
    the rest.
    """

    kind: str
    entries: tuple[Entry, ...]
    warnings: tuple[str, ...] = ()
    title: str = ""
    repeats: frozenset[int] = frozenset()

    @property
    def unique(self) -> int:
        return len(self.entries) - len(self.repeats)


def read_feed(
    data: bytes,
    *,
    source: str,
    base_url: str = "",
    headers: Mapping[str, str] = {},
    zone: str = "Europe/Sofia",
    now: datetime,
    name: str = "",
) -> Feed:
    """Reads a feed of up to 5 MB.

    `source` names it in the entries and `name` in errors (default: the source), `base_url` is
    what relative links count from, `headers` are the server's (the charset), `zone` is that of
    times without an offset. Raises BadInput for an empty body, an HTML page, entity declarations
    and everything that is no feed.
    """
    body = repair.unpack(data, limit=MAX_BYTES)
    if len(body) > MAX_BYTES:
        raise _too_big(len(body))
    decoded = repair.decode(body, headers)
    if not decoded.text.strip():
        raise _empty(name or source)
    raw = _raw(decoded.text, name or source)
    stands_in = may_stand_in(_kind(raw), decoded.text)
    reading = _Reading(source, base_url, zone_of(zone), now, raw, stands_in=stands_in)
    entries, stamped = without_stamp(reading.entries(), now=now, written=reading.written())
    repeats = _repeats(entries)
    warnings = [*decoded.warnings, *reading.warnings]
    if stamped:
        warnings.append(
            "Всички записи носят часа, в който е съставена емисията; той не е дата на статиите."
        )
    if repeats:
        warnings.append(f"Повтарят друг запис на емисията: {count(len(repeats), 'запис')}.")
    title = one_line(repair.unescape_again(_str(raw, "title")))
    kind = _kind(raw)
    return Feed(kind, placed(entries, kind, repeats), tuple(warnings), title, repeats)


def _raw(text: str, source: str) -> Raw:
    head = text.lstrip()[:2000]
    if head.startswith(("{", "[")):
        return feedformats.json_feed(text, source)
    repair.refuse_entities(text)
    if _is_html(head):
        raise _html(source)
    fixed = repair.repair_xml(text)
    if re.search(r"<(?:\w+:)?(?:urlset|sitemapindex)\b", fixed[:4000]):
        return feedformats.sitemap(fixed, source)
    raw = WORKER.ask(fixed.encode())
    if not raw.get("version") and not raw.get("entries"):
        log.info("the parser says of what is no feed: %s", _str(raw, "problem")[:200])
        raise _no_feed(source)
    return raw


def _is_html(head: str) -> bool:
    return bool(_HTML.match(head, repair.after_prologue(head)))


def _str(raw: Raw, key: str) -> str:
    value = raw.get(key)
    return value if isinstance(value, str) else ""


def _kind(raw: Raw) -> str:
    version = _str(raw, "version")
    if version in {"json", "sitemap"}:
        return version
    if version in {"rss10", "rss090"}:
        return "rdf"
    return next((kind for kind in ("rss", "atom") if version.startswith(kind)), "xml")


class _Reading:
    """One pass over the raw entries; gathers warnings on the way."""

    def __init__(
        self,
        source: str,
        base: str,
        zone: tzinfo,
        now: datetime,
        raw: Raw,
        *,
        stands_in: bool,
    ) -> None:
        self._stands_in = stands_in
        self._source, self._zone, self._now = source, zone, now
        self._raw = raw
        self._base = base or _str(raw, "link")
        self._language = _str(raw, "language") or None
        rows = raw.get("entries")
        self._rows: list[Raw] = (
            [r for r in rows if isinstance(r, dict)] if isinstance(rows, list) else []
        )
        ids = Counter(_str(row, "id") for row in self._rows)
        self._shared = {name for name, times in ids.items() if name and times > 1}
        self._twice = repair.escaped_twice(_str(row, "title") for row in self._rows)
        self._future = self._unread = 0
        self.warnings: list[str] = []

    def entries(self) -> tuple[Entry, ...]:
        found = tuple(self._entry(row) for row in self._rows)
        bare = sum(1 for entry in found if not entry.title and not entry.url)
        if bare:
            self.warnings.append(f"Без заглавие и без адрес: {count(bare, 'запис')}.")
        if self._future:
            said = count(self._future, "запис")
            self.warnings.append(f"С дата в бъдещето, която не се приема: {said}.")
        if self._unread:
            self.warnings.append(f"С дата, която не се чете: {count(self._unread, 'запис')}.")
        if self._shared and len(self._rows) > 1:
            self.warnings.append(
                "Един номер (guid) стои на няколко записа; различават се по адрес."
            )
        if _str(self._raw, "problem"):
            self.warnings.append("Записът на емисията не е правилен XML; прочетено е каквото може.")
        return found

    def _entry(self, row: Raw) -> Entry:
        title = self._title(_str(row, "title"))
        url = absolute(_str(row, "link"), self._base) or absolute(self._permalink(row), "")
        content = (
            html_to_text(repair.unescape_again(_str(row, "content"))) if row.get("content") else ""
        )
        summary = self._summary(_str(row, "summary"))
        updated = self._date(_str(row, "updated"))
        given = _str(row, "published") or _str(row, "created")
        published = updated if self._stands_in and not given else self._date(given)
        return Entry(
            source=self._source,
            id=self._id(row, url, title),
            url=url,
            title=title,
            summary=summary,
            content=content,
            published_at=published,
            updated_at=updated,
            author=_author(_str(row, "author")),
            categories=self._categories(row),
            image=self._image(row),
            language=_str(row, "language") or self._language,
        )

    def written(self) -> datetime | None:
        """When the feed says that it was written."""
        when = parse_when(_str(self._raw, "updated"), self._zone)
        return when.at if when else None

    def _title(self, text: str) -> str:
        text = repair.unescape_again(text) if self._twice else text
        return one_line(re.sub(r"</?[a-zA-Z][^<>]{0,200}>", "", text))

    def _summary(self, text: str) -> str:
        return html_to_text(repair.unescape_again(text))

    def _permalink(self, row: Raw) -> str:
        identity = _str(row, "id")
        return identity if identity.startswith("http") else ""

    def _id(self, row: Raw, url: str, title: str) -> str:
        """The feed's own id when it tells entries apart, else one of link, title and date."""
        own = _str(row, "id")
        if own and own not in self._shared:
            return own
        return url or short_hash(f"{title}\n{_str(row, 'published')}")

    def _date(self, text: str) -> datetime | None:
        if not text.strip():
            return None
        when = parse_when(text, self._zone)
        if when is None:
            self._unread += 1
            return None
        if when.at > self._now + TOLERANCE:
            self._future += 1
            return None
        return min(when.at, self._now.astimezone(when.at.tzinfo))

    def _categories(self, row: Raw) -> tuple[str, ...]:
        values = row.get("categories")
        names = (
            [one_line(v) for v in values if isinstance(v, str)] if isinstance(values, list) else []
        )
        return tuple(dict.fromkeys(repair.unescape_again(name) for name in names if name))

    def _image(self, row: Raw) -> str | None:
        said = picture_of({"src": _str(row, "image")}, self._base)
        inside = _str(row, "content") or _str(row, "summary")
        return said or first_picture(repair.unescape_again(inside), self._base)


def _author(text: str) -> str | None:
    text = one_line(text[:300])
    named = re.fullmatch(r"\S+@\S+\s+\((.+)\)", text)
    name = named.group(1) if named else re.sub(r"\s*[(<]?\S+@\S+[)>]?", "", text)
    return name[:120] or None


def _repeats(entries: tuple[Entry, ...]) -> frozenset[int]:
    seen: set[str] = set()
    again: set[int] = set()
    for place, entry in enumerate(entries):
        key = identity_key(entry.url) if entry.url else f"{entry.title}\n{entry.published_at}"
        if key in seen:
            again.add(place)
        seen.add(key)
    return frozenset(again)


def _empty(source: str) -> BadInput:
    return BadInput(
        f"„{source}“ е празен.",
        "Сървърът или файлът не дава нито един знак.",
        "Проверете адреса; ако е верен, опитайте пак по-късно.",
    )


def _html(source: str) -> BadInput:
    return BadInput(
        f"„{source}“ не е емисия.",
        "Вместо емисия идва HTML страница: проверка за роботи, грешка или друг адрес.",
        "Отворете адреса в браузър и намерете връзката към RSS.",
    )


def _no_feed(source: str) -> BadInput:
    return BadInput(
        f"„{source}“ не е емисия.",
        "Съдържанието не е RSS, Atom, RDF, JSON Feed или карта на новини.",
        "Проверете адреса.",
    )


def _too_big(size: int) -> BadInput:
    return BadInput(
        "Емисията е твърде голяма.",
        f"Тя е {size // 1000} KB, а границата е {MAX_BYTES // 1000} KB.",
        "Ползвайте адрес с по-малко записи.",
    )
