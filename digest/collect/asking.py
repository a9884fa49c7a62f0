"""Asking the sources: what each one offers now, sifted by what is stored.

Folders and mailboxes are read on this machine, addresses are fetched together. A source that
fails, fails alone. What comes out: entries whose pages are wanted, articles that need no page,
and for every source how it answered.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from digest.addresses import masked
from digest.collect import identity, watch
from digest.collect.address import identity_key, is_http
from digest.collect.assemble import Desk, from_entry, has_full_text
from digest.collect.basket import Basket, Lead, refusal_keys, retitled
from digest.collect.extract import Extracted
from digest.collect.feed import Feed, read_feed
from digest.collect.feedformats import sitemap_index
from digest.collect.fetch import Failed, Fetched, Request, fetch_stream
from digest.collect.filing import file_leads
from digest.collect.folder import Unusable, read_folder
from digest.collect.guard import trust_of
from digest.collect.harvest import Visit
from digest.collect.listing import article_links
from digest.collect.newsletter import entries_of_letter, read_letters
from digest.collect.reading import Document, Say, raw_of, read_one
from digest.collect.sniff import sniff
from digest.collect.visiting import Note, Sifted, visits
from digest.errors import BadInput, DigestError
from digest.gathered import GuidPolicy, Memory, SourceState
from digest.model import Entry, Source, SourceId
from digest.settings import Collect

log = logging.getLogger(__name__)

LISTING_TEXT = 600
"""A page source with less text than this and several article links is a listing to follow."""
WORTH_A_PAGE = timedelta(days=3)
"""An entry that its feed dates further back is old news already; its page is not fetched."""
LETTERS_BACK = timedelta(days=2)
"""How far before the last good visit a mailbox is read again: clocks and deliveries differ."""


class Asking:
    """One round's questions to its sources."""

    def __init__(
        self,
        basket: Basket,
        desk: Desk,
        limits: Collect,
        memory: Memory,
        states: Mapping[SourceId, SourceState],
        say: Say,
    ) -> None:
        self._basket, self._desk, self._limits = basket, desk, limits
        self._memory, self._states, self._say = memory, states, say
        self._notes: dict[SourceId, Note] = {}
        self._planned: dict[str, str] = {}
        self.wanted: list[Lead] = []

    def _note(self, source: Source, kind: str) -> Note:
        state = self._states.get(source.id) or SourceState(source.id)
        return self._notes.setdefault(source.id, Note(source, state, kind))

    # ---- on this machine

    def folder(self, source: Source, home: Path) -> Iterator[Document]:
        """The documents of a folder; a feed among its files is used as it stands."""
        note = self._note(source, "folder")
        try:
            files = read_folder(source.url, home)
            for file, lead in file_leads(files, source, self._memory):
                note.entries += 1
                if isinstance(file, Unusable):
                    self._basket.reject(source, "", file.name, "unreadable", file.error.why)
                elif sniff(file.data) == "feed":
                    self._file(note, file.name, file.data)
                elif lead is None:
                    self._basket.count_known()
                else:
                    now = self._desk.now
                    raw = raw_of(source, file.name, "", file.data, (), now, None)
                    self._basket.keep_raw(raw)
                    yield Document(lead, file.name, "", file.data, raw=raw.key)
        except DigestError as error:
            note.error = error
        self._say(f"{source.outlet}: {note.entries} файла")

    def _file(self, note: Note, name: str, data: bytes) -> None:
        source = note.source
        try:
            feed = read_feed(data, source=source.id, zone=source.timezone, now=self._desk.now)
        except BadInput as error:
            why = f"{error.what} {error.why}"
            self._basket.reject(source, "", name, "unreadable", why)
            return
        self._plan_all(note, self._sift(note, feed), pages=0)

    def mailbox(self, source: Source, home: Path) -> None:
        """The newsletters that came since the last good visit."""
        note = self._note(source, "mailbox")
        since = (note.state.last_ok_at or self._desk.now - timedelta(days=7)) - LETTERS_BACK
        password = self._limits.imap_password.get_secret_value()
        try:
            for letter in read_letters(source.url, home, since=since, password=password):
                note.entries += 1
                self._letter(note, letter.name, letter.data)
        except DigestError as error:
            note.error = error
        self._say(f"{source.outlet}: {note.entries} писма")

    def _letter(self, note: Note, name: str, data: bytes) -> None:
        source, now = note.source, self._desk.now
        try:
            found = entries_of_letter(data, source=source.id, zone=source.timezone, now=now)
        except BadInput as error:
            why = f"{error.what} {error.why}"
            self._basket.reject(source, "", name, "unreadable", why)
            return
        sifted = self._sift(note, Feed("letter", tuple(found)))
        if sifted:
            self._basket.keep_raw(raw_of(source, name, "", data, (), now, None))
        self._plan_all(note, sifted, pages=self._limits.pages_per_source)

    # ---- addresses

    def addresses(self, sources: Sequence[Source], *, urgent: bool) -> None:
        """Fetches the sources that may be asked now; their entries are planned in order."""
        if not sources:
            return
        notes = [self._note(source, source.kind) for source in sources]
        asked = [(n, r) for n in notes if (r := self._request(n, urgent=urgent)) is not None]
        self._say(f"Питам {len(asked)} източника")
        for place, answer in fetch_stream([request for _, request in asked], self._limits):
            self._hear(asked[place][0], answer)
        self._follow_maps([note for note in notes if note.children])
        for note in notes:
            self._plan_all(note, note.sifted, pages=self._limits.pages_per_source)
            note.sifted = ()

    def _request(self, note: Note, *, urgent: bool) -> Request | None:
        now, limits = self._desk.now, self._limits
        planned = watch.plan(note.source, note.state, now=now, urgent=urgent, limits=limits)
        if isinstance(planned, watch.Wait):
            note.wait = planned
            return None
        return planned

    def _hear(self, note: Note, answer: Fetched | Failed) -> None:
        if isinstance(answer, Failed):
            note.failure, note.error = answer, answer.error
            return
        try:
            self._read(note, answer)
        except DigestError as error:
            note.error = error
        note.answer = replace(answer, body=b"")

    def _read(self, note: Note, answer: Fetched) -> None:
        """An answer by what it is: nothing new, a feed, a map of maps, or a page."""
        digest = hashlib.sha256(answer.body).hexdigest()[:32]
        if answer.not_modified or (digest == note.state.body_hash and not note.state.failures):
            note.same = True
            return
        if not answer.body.strip():
            raise _empty(note.source)
        kind = sniff(answer.body, answer.headers.get("content-type", ""))
        if kind == "feed" or "feed" in {note.source.kind, note.state.kind}:
            note.kind = "feed"
            note.children = tuple(sitemap_index(answer.body[:2_000_000].decode("utf-8", "replace")))
            if not note.children:
                self._feed(note, answer)
        else:
            note.kind = "page"
            self._page(note, answer)
        note.state = replace(note.state, body_hash=digest, kind=note.kind)

    def _feed(self, note: Note, answer: Fetched) -> None:
        source = note.source
        feed = read_feed(
            answer.body,
            source=source.id,
            base_url=answer.url,
            headers=answer.headers,
            zone=source.timezone,
            now=self._desk.now,
        )
        for warning in feed.warnings:
            log.info("%s: %s", masked(source.url), warning)
        note.entries += len(feed.entries)
        note.sifted += self._sift(note, feed)
        if note.sifted:
            headers = tuple(answer.headers.items())
            raw = raw_of(source, source.url, answer.url, answer.body, headers, self._desk.now, None)
            self._basket.keep_raw(raw)
        self._say(f"{source.outlet}: {len(feed.entries)} записа")

    def _follow_maps(self, notes: Sequence[Note]) -> None:
        """The maps that a map of maps points to."""
        requests = [
            (note, Request(url, trusted=trust_of(note.source.url)))
            for note in notes
            for url in note.children
        ]
        if not requests:
            return
        for place, answer in fetch_stream([request for _, request in requests], self._limits):
            note = requests[place][0]
            if isinstance(answer, Failed):
                note.error = note.error or (None if note.entries else answer.error)
                continue
            try:
                self._feed(note, answer)
            except DigestError as error:
                note.error = note.error or (None if note.entries else error)

    def _page(self, note: Note, answer: Fetched) -> None:
        """A page source: an article, or a listing whose article links are followed."""
        source = note.source
        headers = tuple(answer.headers.items())
        document = Document(Lead(source), source.url, answer.url, answer.body, headers)
        limit = max(self._limits.pages_per_source, 1)
        links = article_links(answer.body, source=source.id, url=answer.url, limit=limit)
        found = read_one(document, self._desk)
        whole = isinstance(found, Extracted) and found.kind.name == "article"
        if isinstance(found, Extracted) and whole and not _is_listing(found, links):
            note.entries = 1
            raw = raw_of(source, source.url, answer.url, answer.body, headers, self._desk.now, None)
            self._basket.keep_raw(raw)
            document.finish(found, self._basket, self._desk, raw.key)
            return
        if not links:
            why = found.kind.reason if isinstance(found, Extracted) else found.why
            raise _no_article(source, why)
        note.entries = len(links)
        note.sifted = self._sift(note, Feed("page", tuple(links)))
        self._say(f"{source.outlet}: {len(links)} връзки")

    # ---- entries

    def _sift(self, note: Note, feed: Feed) -> tuple[Sifted, ...]:
        """The entries that are not stored as they stand; the rest are counted."""
        source = note.source
        policy = identity.decide_policy(feed.entries, note.state.guid_policy)
        note.state = replace(note.state, guid_policy=policy)
        keys = [identity.entry_keys(entry, source.id, policy) for entry in feed.entries]
        recalled = self._memory.recall({key for some in keys for key in some})
        if policy is GuidPolicy.GUID and identity.unstable(feed.entries, source.id, recalled):
            # The feed makes up new ids at each fetch: its entries are known by address alone.
            policy = GuidPolicy.LINK
            note.state = replace(note.state, guid_policy=policy)
            keys = [identity.entry_keys(entry, source.id, policy) for entry in feed.entries]
        refused = self._memory.refused({key for entry in feed.entries for key in _refusal(entry)})
        kept = []
        for place, (entry, own) in enumerate(zip(feed.entries, keys, strict=True)):
            verdict = identity.verdict(entry, own, recalled)
            if verdict.kind == "same":
                self._basket.count_known()
            elif not refused.intersection(_refusal(entry)):
                kept.append(Sifted(entry, verdict, place in feed.repeats))
        return tuple(kept)

    def _plan_all(self, note: Note, sifted: Iterable[Sifted], *, pages: int) -> None:
        """Decides for each entry: its page is wanted, or it is taken as it is, or it repeats."""
        for one in sifted:
            pages -= self._plan(note, one, pages)

    def _plan(self, note: Note, one: Sifted, pages: int) -> bool:
        source, entry = note.source, one.entry
        key = identity_key(entry.url) if is_http(entry.url) else ""
        known = one.verdict.known if one.verdict.kind == "altered" else None
        reused = identity.reused_id(key, entry.title) if one.verdict.kind == "reused" else None
        lead = Lead(source, entry, note.state.guid_policy, known, reused)
        if key in self._planned and retitled(self._planned[key], entry.title):
            lead = replace(lead, known=None, reused=identity.reused_id(key, entry.title))
            self._take(lead)
            return False
        if one.repeat or key in self._planned:
            keys = _refusal(entry)
            reason = "Същият адрес вече е събран."
            self._basket.reject(source, entry.url, entry.title, "duplicate", reason, keys)
            return False
        if key:
            self._planned[key] = entry.title
        if not key or has_full_text(entry) or self._is_old(entry):
            self._take(lead)
            return False
        if pages <= 0:
            # Beyond the round's limit: taken as it is now, and read whole by the next round.
            self._take(replace(lead, transient=self._limits.pages_per_source > 0))
            return False
        self.wanted.append(lead)
        return True

    def _is_old(self, entry: Entry) -> bool:
        back = max(WORTH_A_PAGE, timedelta(hours=self._desk.fresh_hours))
        return entry.published_at is not None and entry.published_at < self._desk.now - back

    def _take(self, lead: Lead) -> None:
        assert lead.entry is not None
        made = from_entry(lead.entry, lead.source, self._desk)
        self._basket.keep(lead, lead.entry.url, lead.entry.title, made)

    # ---- visits

    def visits(self) -> Iterator[Visit]:
        """How every source answered, with what is to be remembered; after everything was read."""
        yield from visits(list(self._notes.values()), self._basket, self._desk.now, self._limits)


def _refusal(entry: Entry) -> tuple[str, ...]:
    return refusal_keys(entry.url, identity.mark_of(entry))


def _is_listing(found: Extracted, links: Sequence[Entry]) -> bool:
    if len(links) < 3:
        return False
    return found.kind.name in {"listing", "too-short"} or len(found.article.text) < LISTING_TEXT


def _empty(source: Source) -> BadInput:
    return BadInput(
        f"„{masked(source.url)}“ е празен.",
        "Сървърът отговаря, но без нито един знак.",
        "Проверете адреса; ако е верен, опитайте пак по-късно.",
    )


def _no_article(source: Source, detail: str) -> BadInput:
    return BadInput(
        f"На „{masked(source.url)}“ няма статия, нито връзки към статии.",
        detail or "Страницата дава твърде малко текст.",
        "Добавете адреса на емисията на сайта.",
    )
