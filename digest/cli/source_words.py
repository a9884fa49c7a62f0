"""How sources are named in tables, in Bulgarian and in English; sentences stay Bulgarian."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from digest.bulgarian.moments import moment
from digest.bulgarian.typography import count

if TYPE_CHECKING:
    from digest.collect.health import Rhythm

Words = Mapping[str, tuple[str, str]]

FACTS: Words = {
    "id": ("Номер", "Id"),
    "url": ("Адрес", "Address"),
    "outlet": ("Издание", "Outlet"),
    "rights": ("Права", "Rights"),
    "kind": ("Вид", "Kind"),
    "added": ("Добавени", "Added"),
    "known": ("Вече в списъка", "Already listed"),
    "refused": ("Отказани", "Refused"),
    "last_ok": ("Прочетен", "Read"),
    "last_new": ("Нова статия", "New article"),
    "rhythm": ("Обичайно", "Usually"),
    "level": ("Състояние", "State"),
    "sentence": ("Какво има", "What is wrong"),
    "addresses": ("Адреси", "Addresses"),
    "troubles": ("Искат внимание", "Need attention"),
    "what": ("Какво е", "What it is"),
    "name": ("Име", "Name"),
    "entries": ("Записи", "Entries"),
    "shown": ("Както биха се прочели", "As they would be read"),
    "problems": ("Какво не е наред", "What is wrong"),
    "others": ("Друго на същия адрес", "Also at this address"),
    "title": ("Заглавие", "Title"),
    "date": ("Дата", "Date"),
    "text": ("Текст", "Text"),
    "unknown": ("неизвестна", "unknown"),
    "partial": ("откъс", "excerpt"),
    "listed": ("Вече е в списъка.", "Already in the list."),
    "to add": ("За да го добавите", "To add it"),
}
KINDS: Words = {
    "rss": ("емисия RSS", "RSS feed"),
    "atom": ("емисия Atom", "Atom feed"),
    "rdf": ("емисия RDF", "RDF feed"),
    "json": ("емисия JSON Feed", "JSON Feed"),
    "xml": ("емисия", "feed"),
    "sitemap": ("карта на новини", "news sitemap"),
    "listing": ("страница със списък от статии", "page that lists articles"),
    "page": ("една статия", "one article"),
    "folder": ("папка с файлове", "folder of files"),
    "mailbox": ("поща с бюлетини", "mailbox of newsletters"),
}
BASES: Words = {
    "json-ld": ("от данните на страницата", "from the page's data"),
    "meta": ("от данните на страницата", "from the page's data"),
    "time": ("от страницата", "from the page"),
    "feed": ("от емисията", "from the feed"),
    "url": ("от адреса", "from the address"),
    "text": ("от текста", "from the text"),
}
LEVELS = {
    "new": "new", "good": "good", "unread": "never read", "empty": "no articles", "late": "late",
    "silent": "silent", "failing": "failing", "waiting": "waiting", "paused": "paused",
    "off": "off",
}  # fmt: skip
_NEAR = {0: "today", -1: "yesterday", 1: "tomorrow"}


@dataclass(frozen=True, slots=True)
class Tongue:
    """One of the two languages; `of` takes a word of `FACTS`, `KINDS` or `BASES`."""

    bulgarian: bool

    def of(self, key: str, words: Words = FACTS) -> str:
        return words.get(key, (key, key))[0 if self.bulgarian else 1]

    def level(self, level: str) -> str:
        """The state of a source in a word."""
        from digest.collect.health import WORDS

        return WORDS[level] if self.bulgarian else LEVELS[level]

    def rhythm(self, usual: Rhythm) -> str:
        """„12 статии на ден“; a dash while nothing is learned."""
        if not usual.learned or self.bulgarian:
            return usual.words or "–"
        rest = "" if usual.weekend else ", no weekends"
        number, span = usual.per_day, "day"
        if number < 1:
            number, span = usual.per_day * 7, "week"
        return f"{max(1, round(number))} a {span}{rest}"

    def characters(self, number: int) -> str:
        """„1200 знака“."""
        return count(number, "знак") if self.bulgarian else f"{number} characters"

    def moment(self, at: datetime | None, now: datetime, zone: tzinfo) -> str:
        """„днес, 7:05“; a dash for never."""
        if at is None:
            return "–"
        if self.bulgarian:
            return moment(at, now=now, zone=zone)
        local, today = at.astimezone(zone), now.astimezone(zone).date()
        near = _NEAR.get((local.date() - today) // timedelta(days=1))
        return f"{near}, {local.hour}:{local:%M}" if near else f"{local.date().isoformat()}"
