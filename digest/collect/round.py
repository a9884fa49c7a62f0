"""One round of collecting: every source once, from addresses and folders to articles.

The only entry for the actions. Sources are asked first, then robots.txt, then the pages of new
entries; documents are extracted together. What fails, fails alone, and every refusal is named.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path

from digest.collect.address import host_port, identity_key, is_http, origin_of
from digest.collect.assemble import Desk, Refusal, from_entry, from_page, has_full_text
from digest.collect.basket import Basket, retitled
from digest.collect.extract import Extracted, Job
from digest.collect.feed import Feed, read_feed
from digest.collect.fetch import Failed, Fetched, Request, fetch_now
from digest.collect.folder import Unusable, read_folder
from digest.collect.guard import trust_of
from digest.collect.harvest import Harvest, Rejected, Visit
from digest.collect.listing import article_links
from digest.collect.robots import Robots, read_robots, requests_for
from digest.collect.sniff import sniff
from digest.collect.workers import extract_all
from digest.errors import BadInput, DigestError
from digest.model import Entry, Newsroom, Source
from digest.settings import Collect

__all__ = ["Harvest", "Rejected", "Visit", "collect"]

log = logging.getLogger(__name__)

Progress = Callable[[str], None]

LISTING_TEXT = 600
"""A page source with less text than this and several article links is a listing to follow."""


def collect(
    sources: Sequence[Source],
    known: Container[str],
    *,
    newsroom: Newsroom,
    limits: Collect,
    home: Path,
    now: datetime,
    progress: Progress | None = None,
) -> Harvest:
    """Asks every source once.

    `known` holds identity keys (or article ids) already stored; what is in it is not fetched
    again. `home` is where relative folders count from. Articles come in the order of their
    sources; those of unknown or old date are among them, marked. Raises nothing for a bad source.
    """
    basket = Basket(known)
    desk = Desk(now, limits.fresh_hours, newsroom.agencies)
    work = _Round(basket, desk, limits, progress or _silent)
    work.folders([s for s in sources if s.url.startswith("folder:")], home)
    work.addresses([s for s in sources if not s.url.startswith("folder:")])
    work.read_documents()
    return basket.harvest(sources)


def _silent(_message: str) -> None:
    """Progress that nobody wants to hear."""


@dataclass(frozen=True, slots=True)
class _Document:
    """A document to extract: where it came from and the entry that led to it."""

    source: Source
    name: str
    url: str
    data: bytes
    headers: tuple[tuple[str, str], ...] = ()
    entry: Entry | None = None


class _Round:
    """The steps of one round over a shared basket."""

    def __init__(self, basket: Basket, desk: Desk, limits: Collect, say: Progress) -> None:
        self._basket, self._desk, self._limits, self._say = basket, desk, limits, say
        self._documents: list[_Document] = []
        self._wanted: list[tuple[Source, Entry]] = []
        self._planned: dict[str, str] = {}

    # ---- folders

    def folders(self, sources: Iterable[Source], home: Path) -> None:
        """Reads the files of folder sources; a feed among them is used as it stands."""
        for source in sources:
            try:
                files = read_folder(source.url, home)
            except DigestError as error:
                self._basket.failed(source, error)
                continue
            self._say(f"{source.outlet}: {len(files)} файла")
            for file in files:
                if isinstance(file, Unusable):
                    self._basket.reject(source, "", file.name, "unreadable", file.error.why)
                else:
                    self._file(source, file.name, file.data)
            self._basket.visit(Visit(source.id, ok=True, entries=len(files), kind="folder"))

    def _file(self, source: Source, name: str, data: bytes) -> None:
        if sniff(data) != "feed":
            self._documents.append(_Document(source, name, "", data))
            return
        try:
            feed = read_feed(data, source=source.id, zone=source.timezone, now=self._desk.now)
        except BadInput as error:
            self._basket.reject(source, "", name, "unreadable", f"{error.what} {error.why}")
            return
        self._entries(source, feed, fetch_pages=False)

    # ---- addresses

    def addresses(self, sources: Sequence[Source]) -> None:
        """Fetches the sources, then the pages of their new entries."""
        if not sources:
            return
        self._say(f"Питам {len(sources)} източника")
        requests = [
            Request(s.url, s.etag, _past(s.last_modified, self._desk.now), trust_of(s.url))
            for s in sources
        ]
        for source, answer in zip(sources, fetch_now(requests, self._limits), strict=True):
            if isinstance(answer, Failed):
                self._basket.failed(source, answer.error)
                continue
            try:
                self._basket.visit(self._answered(source, answer))
            except DigestError as error:
                self._basket.failed(source, error)
        if self._wanted:
            self._pages()

    def _answered(self, source: Source, answer: Fetched) -> Visit:
        if answer.not_modified:
            return self._visit(source, answer, entries=0, kind=source.kind)
        if not answer.body.strip():
            raise _empty(source)
        kind = sniff(answer.body, answer.headers.get("content-type", ""))
        if kind == "feed" or source.kind == "feed":
            return self._visit(source, answer, entries=self._feed(source, answer), kind="feed")
        return self._visit(source, answer, entries=self._page(source, answer), kind="page")

    def _visit(self, source: Source, answer: Fetched, *, entries: int, kind: str) -> Visit:
        same = answer.not_modified
        modified = answer.headers.get("last-modified") or (source.last_modified if same else None)
        return Visit(
            source.id,
            ok=True,
            not_modified=same,
            entries=entries,
            etag=answer.headers.get("etag") or (source.etag if same else None),
            last_modified=_past(modified, self._desk.now),
            kind=kind,
        )

    def _feed(self, source: Source, answer: Fetched) -> int:
        feed = read_feed(
            answer.body,
            source=source.id,
            base_url=answer.url,
            headers=answer.headers,
            zone=source.timezone,
            now=self._desk.now,
        )
        self._say(f"{source.outlet}: {len(feed.entries)} записа")
        self._entries(source, feed, fetch_pages=True)
        return len(feed.entries)

    def _page(self, source: Source, answer: Fetched) -> int:
        """A page source: an article, or a listing whose article links are followed."""
        document = _Document(
            source, source.url, answer.url, answer.body, tuple(answer.headers.items())
        )
        limit = max(self._limits.pages_per_source, 1)
        links = article_links(answer.body, source=source.id, url=answer.url, limit=limit)
        found = extract_all([self._job(document)], 1)[0]
        if isinstance(found, Extracted) and not _is_listing(found, links):
            self._finish(document, found)
            return 1
        if not links:
            raise _no_article(source, "" if isinstance(found, Extracted) else found.why)
        self._say(f"{source.outlet}: {len(links)} връзки")
        self._entries(source, Feed("page", tuple(links)), fetch_pages=True)
        return len(links)

    def _entries(self, source: Source, feed: Feed, *, fetch_pages: bool) -> None:
        """Sorts entries: known, repeated, whole as they are, or in need of their page."""
        for warning in feed.warnings:
            log.info("%s: %s", source.url, warning)
        pages = self._limits.pages_per_source if fetch_pages else 0
        for place, entry in enumerate(feed.entries):
            key = identity_key(entry.url) if is_http(entry.url) else ""
            if self._basket.knows(key):
                continue
            if key in self._planned and retitled(self._planned[key], entry.title):
                made = from_entry(entry, source, self._desk)
                self._basket.keep_reused(source, key, made, entry.title)
            elif place in feed.repeats or key in self._planned:
                reason = "Същият адрес вече е събран."
                self._basket.reject(source, entry.url, entry.title, "duplicate", reason)
            else:
                pages -= self._plan(source, entry, key, page=pages > 0)

    def _plan(self, source: Source, entry: Entry, key: str, *, page: bool) -> bool:
        """Takes an entry as it is or puts its page on the list; True for the latter."""
        if key:
            self._planned[key] = entry.title
        if page and key and not has_full_text(entry):
            self._wanted.append((source, entry))
            return True
        self._basket.keep(source, entry.url, entry.title, from_entry(entry, source, self._desk))
        return False

    # ---- pages

    def _pages(self) -> None:
        """Fetches the wanted pages that robots.txt allows; an entry stands in for a lost one."""
        self._say(f"Чета {len(self._wanted)} страници")
        robots = self._robots()
        allowed: list[tuple[Source, Entry]] = []
        for source, entry in self._wanted:
            if robots.allows(entry.url):
                allowed.append((source, entry))
            else:
                why = "Издателят не допуска роботи до нея (robots.txt)."
                self._without_page(source, entry, "robots", why)
        requests = [
            Request(e.url, trusted=trust_of(s.url), delay=robots.delay(e.url)) for s, e in allowed
        ]
        answers = fetch_now(requests, self._limits)
        for (source, entry), answer in zip(allowed, answers, strict=True):
            if isinstance(answer, Failed):
                self._without_page(source, entry, answer.code, answer.error.why)
                continue
            headers = tuple(answer.headers.items())
            self._documents.append(
                _Document(source, entry.url, answer.url, answer.body, headers, entry)
            )

    def _robots(self) -> Robots:
        """The rules of every origin that pages are wanted from."""
        trusted = {
            origin_of(entry.url): trust_of(source.url)
            for source, entry in self._wanted
            if host_port(entry.url) in trust_of(source.url)
        }
        requests = requests_for([entry.url for _, entry in self._wanted], trusted)
        return read_robots(fetch_now(requests, self._limits), self._limits.user_agent)

    def _without_page(self, source: Source, entry: Entry, code: str, why: str) -> None:
        note = f"Страницата не е прочетена: {why}"
        made = from_entry(entry, source, self._desk, note=note)
        if isinstance(made, Refusal) and made.code == "too-short":
            made = Refusal(code, why)
        self._basket.keep(source, entry.url, entry.title, made)

    # ---- documents

    def _job(self, document: _Document) -> Job:
        return Job(
            data=document.data,
            source=document.name,
            url=document.url,
            headers=document.headers,
            fetched_at=self._desk.now,
            agencies=self._desk.agencies,
            language_hint=document.source.language,
            rights=document.source.rights,
            zone=document.source.timezone,
        )

    def read_documents(self) -> None:
        """Extracts everything that was fetched or found in folders."""
        if not self._documents:
            return
        self._say(f"Извличам {len(self._documents)} документа")
        jobs = [self._job(document) for document in self._documents]
        results = extract_all(jobs, self._limits.workers)
        for document, found in zip(self._documents, results, strict=True):
            if isinstance(found, Extracted):
                self._finish(document, found)
            elif document.entry is not None:
                self._without_page(document.source, document.entry, "unreadable", found.why)
            else:
                reason = f"{found.what} {found.why}"
                self._basket.reject(
                    document.source, document.url, document.name, "unreadable", reason
                )

    def _finish(self, document: _Document, found: Extracted) -> None:
        made = from_page(found, document.source, self._desk, document.entry)
        title = found.article.title or document.name
        self._basket.keep(document.source, document.url or document.name, title, made)


def _is_listing(found: Extracted, links: Sequence[Entry]) -> bool:
    if len(links) < 3:
        return False
    return found.kind.name in {"listing", "too-short"} or len(found.article.text) < LISTING_TEXT


def _past(text: str | None, now: datetime) -> str | None:
    """A Last-Modified that may be sent back: one from the future would say 304 for ever."""
    if not text:
        return None
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return text if at.tzinfo is not None and at <= now else None


def _empty(source: Source) -> BadInput:
    return BadInput(
        f"„{source.url}“ е празен.",
        "Сървърът отговаря, но без нито един знак.",
        "Проверете адреса; ако е верен, опитайте пак по-късно.",
    )


def _no_article(source: Source, detail: str) -> BadInput:
    return BadInput(
        f"На „{source.url}“ няма статия, нито връзки към статии.",
        f"Страницата дава твърде малко текст. {detail}".strip(),
        "Добавете адреса на емисията на сайта.",
    )
