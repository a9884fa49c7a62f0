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

from digest.collect.address import body_key, host_port, identity_key, key_of, origin_of, short_hash
from digest.collect.assemble import Desk, Refusal, from_entry, from_page, has_full_text, reachable
from digest.collect.extract import Extracted, Job
from digest.collect.feed import Feed, read_feed
from digest.collect.fetch import Failed, Fetched, Request, fetch_now
from digest.collect.folder import Unusable, read_folder
from digest.collect.guard import trust_of
from digest.collect.harvest import Harvest, Rejected, Visit
from digest.collect.listing import article_links
from digest.collect.robots import read_robots, requests_for
from digest.collect.sniff import sniff
from digest.collect.workers import extract_all
from digest.errors import BadInput, DigestError
from digest.model import Article, Entry, Newsroom, Source
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
    work = _Round(known, newsroom, limits, home, now, progress or _silent)
    work.folders([s for s in sources if s.url.startswith("folder:")])
    work.addresses([s for s in sources if not s.url.startswith("folder:")])
    work.read_documents()
    return work.harvest(sources)


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
    top: bool = False


class _Round:
    """The state of one round; each method is one step of it."""

    def __init__(
        self,
        known: Container[str],
        newsroom: Newsroom,
        limits: Collect,
        home: Path,
        now: datetime,
        say: Progress,
    ) -> None:
        self._known, self._limits, self._home, self._say = known, limits, home, say
        self._now = now
        self._desk = Desk(now, limits.fresh_hours, newsroom.agencies)
        self._visits: dict[str, Visit] = {}
        self._found: list[tuple[Source, Article]] = []
        self._rejected: list[Rejected] = []
        self._documents: list[_Document] = []
        self._wanted: list[tuple[Source, Entry]] = []
        self._planned: set[str] = set()
        self._known_count = 0

    # ---- folders

    def folders(self, sources: Iterable[Source]) -> None:
        """Reads the files of folder sources; a feed among them is used as it stands."""
        for source in sources:
            try:
                files = read_folder(source.url, self._home)
            except DigestError as error:
                self._failed(source, error)
                continue
            self._say(f"{source.outlet}: {len(files)} файла")
            for file in files:
                if isinstance(file, Unusable):
                    self._reject(source, "", file.name, "unreadable", file.error.why)
                else:
                    self._file(source, file.name, file.data)
            self._visits[source.id] = Visit(source.id, ok=True, entries=len(files), kind="folder")

    def _file(self, source: Source, name: str, data: bytes) -> None:
        if sniff(data) != "feed":
            self._documents.append(_Document(source, name, "", data))
            return
        try:
            feed = read_feed(data, source=source.id, zone=source.timezone, now=self._now)
        except BadInput as error:
            self._reject(source, "", name, "unreadable", f"{error.what} {error.why}")
            return
        self._entries(source, feed, fetch_pages=False)

    # ---- addresses

    def addresses(self, sources: Sequence[Source]) -> None:
        """Fetches the sources, then the pages of their new entries."""
        if not sources:
            return
        self._say(f"Питам {len(sources)} източника")
        requests = [
            Request(s.url, s.etag, _past(s.last_modified, self._now), trust_of(s.url))
            for s in sources
        ]
        for source, answer in zip(sources, fetch_now(requests, self._limits), strict=True):
            self._answer(source, answer)
        self._pages()

    def _answer(self, source: Source, answer: Fetched | Failed) -> None:
        if isinstance(answer, Failed):
            self._failed(source, answer.error)
            return
        if answer.not_modified:
            self._visits[source.id] = self._visit(source, answer, entries=0, kind=source.kind)
            return
        kind = sniff(answer.body, answer.headers.get("content-type", ""))
        try:
            if kind == "feed" or source.kind == "feed":
                entries = self._feed(source, answer)
                kind = "feed"
            else:
                entries = self._page(source, answer)
                kind = "page"
        except DigestError as error:
            self._failed(source, error)
            return
        self._visits[source.id] = self._visit(source, answer, entries=entries, kind=kind)

    def _feed(self, source: Source, answer: Fetched) -> int:
        feed = read_feed(
            answer.body,
            source=source.id,
            base_url=answer.url,
            headers=answer.headers,
            zone=source.timezone,
            now=self._now,
        )
        self._say(f"{source.outlet}: {len(feed.entries)} записа")
        self._entries(source, feed, fetch_pages=True)
        return len(feed.entries)

    def _page(self, source: Source, answer: Fetched) -> int:
        """A page source: an article, or a listing whose article links are followed."""
        headers = tuple(answer.headers.items())
        limit = self._limits.pages_per_source
        links = article_links(answer.body, source=source.id, url=answer.url, limit=max(limit, 1))
        document = _Document(source, source.url, answer.url, answer.body, headers, top=True)
        found = extract_all([self._job(document)], 1)[0]
        if isinstance(found, Extracted) and not _is_listing(found, links):
            self._finish(document, found)
            return 1
        if not links:
            why = "" if isinstance(found, Extracted) else f" {found.why}"
            raise BadInput(
                f"На „{source.url}“ няма статия, нито връзки към статии.",
                f"Страницата дава твърде малко текст.{why}",
                "Добавете адреса на емисията на сайта.",
            )
        self._say(f"{source.outlet}: {len(links)} връзки")
        self._entries(source, Feed("page", tuple(links)), fetch_pages=True)
        return len(links)

    def _entries(self, source: Source, feed: Feed, *, fetch_pages: bool) -> None:
        """Sorts entries: known, repeated, whole as they are, or in need of their page."""
        for warning in feed.warnings:
            log.info("%s: %s", source.url, warning)
        pages = 0
        for place, entry in enumerate(feed.entries):
            key = identity_key(entry.url) if reachable(entry) else ""
            if key and (key in self._known or short_hash(key) in self._known):
                self._known_count += 1
            elif place in feed.repeats or (key and key in self._planned):
                self._reject(
                    source, entry.url, entry.title, "duplicate", "Същият адрес вече е събран."
                )
            elif fetch_pages and self._needs_page(entry) and pages < self._limits.pages_per_source:
                pages += 1
                self._planned.add(key)
                self._wanted.append((source, entry))
            else:
                self._planned.add(key)
                self._keep(source, entry.url, entry.title, from_entry(entry, source, self._desk))

    def _needs_page(self, entry: Entry) -> bool:
        return reachable(entry) and not has_full_text(entry)

    def _pages(self) -> None:
        """Fetches the wanted pages that robots.txt allows; an entry stands in for a lost one."""
        if not self._wanted:
            return
        self._say(f"Чета {len(self._wanted)} страници")
        urls = [entry.url for _, entry in self._wanted]
        trusted = {s.id: trust_of(s.url) for s, _ in self._wanted}
        by_origin = {
            origin_of(e.url): trusted[s.id]
            for s, e in self._wanted
            if host_port(e.url) in trusted[s.id]
        }
        asked = fetch_now(requests_for(urls, by_origin), self._limits)
        robots = read_robots(asked, self._limits.user_agent)
        allowed = [pair for pair in self._wanted if robots.allows(pair[1].url)]
        for source, entry in self._wanted:
            if not robots.allows(entry.url):
                self._without_page(
                    source, entry, "robots", "Издателят не допуска роботи (robots.txt)."
                )
        requests = [
            Request(e.url, trusted=trusted[s.id], delay=robots.delay(e.url)) for s, e in allowed
        ]
        for (source, entry), answer in zip(allowed, fetch_now(requests, self._limits), strict=True):
            if isinstance(answer, Failed):
                self._without_page(source, entry, answer.code, answer.error.why)
                continue
            headers = tuple(answer.headers.items())
            self._documents.append(
                _Document(source, entry.url, answer.url, answer.body, headers, entry)
            )

    def _without_page(self, source: Source, entry: Entry, code: str, why: str) -> None:
        note = f"Страницата не е прочетена: {why}"
        made = from_entry(entry, source, self._desk, note=note)
        if isinstance(made, Refusal) and made.code == "too-short":
            made = Refusal(code, why)
        self._keep(source, entry.url, entry.title, made)

    # ---- documents

    def _job(self, document: _Document) -> Job:
        return Job(
            data=document.data,
            source=document.name,
            url=document.url,
            headers=document.headers,
            fetched_at=self._now,
            agencies=self._desk.agencies,
            language_hint=document.source.language,
            rights=document.source.rights,
            zone=document.source.timezone,
        )

    def read_documents(self) -> None:
        """Extracts everything that was fetched or found in folders."""
        if not self._documents:
            return
        total = len(self._documents)
        self._say(f"Извличам {total} документа")
        jobs = [self._job(document) for document in self._documents]
        for document, found in zip(
            self._documents, extract_all(jobs, self._limits.workers), strict=True
        ):
            if isinstance(found, Extracted):
                self._finish(document, found)
            elif document.entry is not None:
                self._without_page(document.source, document.entry, "unreadable", found.why)
            else:
                self._reject(
                    document.source, document.url, document.name, "unreadable",
                    f"{found.what} {found.why}",
                )  # fmt: skip

    def _finish(self, document: _Document, found: Extracted) -> None:
        made = from_page(found, document.source, self._desk, document.entry)
        title = found.article.title or document.name
        if isinstance(made, Article) and self._is_known(made):
            self._known_count += 1
            return
        self._keep(document.source, document.url or document.name, title, made)

    def _is_known(self, article: Article) -> bool:
        return article.id in self._known or key_of(article) in self._known

    # ---- results

    def _keep(self, source: Source, url: str, title: str, made: Article | Refusal) -> None:
        if isinstance(made, Refusal):
            self._reject(source, url, title, made.code, made.reason)
        elif not reachable_key(made) and self._is_known(made):
            self._known_count += 1
        else:
            self._found.append((source, made))

    def _reject(self, source: Source, url: str, title: str, code: str, reason: str) -> None:
        self._rejected.append(Rejected(source.id, url, title, code, reason))

    def _failed(self, source: Source, error: DigestError) -> None:
        self._visits[source.id] = Visit(
            source.id,
            ok=False,
            etag=source.etag,
            last_modified=source.last_modified,
            error=error,
            kind=source.kind,
        )

    def _visit(self, source: Source, answer: Fetched, *, entries: int, kind: str) -> Visit:
        same = answer.not_modified
        modified = answer.headers.get("last-modified") or (source.last_modified if same else None)
        return Visit(
            source.id,
            ok=True,
            not_modified=same,
            entries=entries,
            etag=answer.headers.get("etag") or (source.etag if same else None),
            last_modified=_past(modified, self._now),
            kind=kind,
        )

    def harvest(self, sources: Sequence[Source]) -> Harvest:
        """Everything in the order of the sources, each article and each text of an outlet once."""
        order = {source.id: place for place, source in enumerate(sources)}
        kept: list[Article] = []
        seen: dict[str, Article] = {}
        for source, article in sorted(self._found, key=lambda pair: order[pair[0].id]):
            twin = next((seen[k] for k in _keys(source, article) if k in seen), None)
            if twin is not None:
                reason = f"Същата статия вече е събрана: „{twin.title[:80]}“."
                self._reject(source, article.url, article.title, "duplicate", reason)
                continue
            seen.update(dict.fromkeys(_keys(source, article), article))
            kept.append(article)
        visits = tuple(self._visits[s.id] for s in sources if s.id in self._visits)
        return Harvest(
            tuple(kept),
            visits,
            tuple(self._rejected),
            fetched=sum(1 for v in visits if v.ok and not v.not_modified),
            not_modified=sum(1 for v in visits if v.not_modified),
            failed=sum(1 for v in visits if not v.ok),
            known=self._known_count,
        )


def reachable_key(article: Article) -> bool:
    """True when the article is known by an address."""
    return not key_of(article).startswith("text:")


def _keys(source: Source, article: Article) -> list[str]:
    """What must not come twice: an address, and a body within one outlet.

    The same body in two outlets is a reprint and counts as coverage; clustering tells.
    """
    keys = [str(article.id), key_of(article)]
    if article.canonical_url:
        keys.append(identity_key(article.canonical_url))
    if not article.partial:
        keys.append(f"{source.outlet.casefold()} {body_key('', article.text)}")
    return keys


def _is_listing(found: Extracted, links: Sequence[Entry]) -> bool:
    if len(links) < 3:
        return False
    text = found.article.text
    return found.kind.name in {"listing", "too-short"} or len(text) < LISTING_TEXT


def _past(text: str | None, now: datetime) -> str | None:
    """A Last-Modified that may be sent back: one from the future would say 304 for ever."""
    if not text:
        return None
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return text if at.tzinfo is not None and at <= now else None
