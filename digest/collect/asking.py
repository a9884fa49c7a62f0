"""Asking the sources: what each one offers now, sifted by what is stored.

Folders and mailboxes are read on this machine, addresses are fetched together. A source that
fails, fails alone, whatever it fails of. What comes out: entries whose pages are wanted, articles
that need no page, and for every source how it answered. Nothing is gathered up: whoever asks takes
what has been found after each step.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from digest.addresses import masked
from digest.bulgarian.typography import count
from digest.collect import postponed, repair, watch
from digest.collect.assemble import Desk
from digest.collect.basket import Basket, Lead
from digest.collect.extract import Extracted
from digest.collect.feed import Feed, read_feed
from digest.collect.feedformats import sitemap_index
from digest.collect.fetch import Failed, Fetched, Manners, Request, fetch_now, fetch_stream
from digest.collect.filing import file_leads, hash_of, leave
from digest.collect.folder import Unusable, read_folder
from digest.collect.guard import trust_of
from digest.collect.harvest import Visit
from digest.collect.listing import article_links
from digest.collect.newsletter import entries_of_letter, read_letters
from digest.collect.planning import Planner
from digest.collect.reading import Document, Say, raw_of, read_one
from digest.collect.robots import request_of
from digest.collect.sniff import foreign, sniff
from digest.collect.turns import Turns
from digest.collect.visiting import Note, visits
from digest.errors import BadInput, DigestError, StorageFault, Unavailable
from digest.gathered import Memory, SourceState
from digest.model import Entry, Source, SourceId
from digest.settings import Collect

log = logging.getLogger(__name__)

LISTING_TEXT = 600
"""A page source with less text than this and several article links is a listing to follow."""
LETTERS_BACK = timedelta(days=2)
"""How far before the last good visit a mailbox is read again: clocks and deliveries differ."""
_NEVER = datetime.min.replace(tzinfo=UTC)


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
        self._planner = Planner(basket, desk, limits, memory)
        self.manners = Manners(limits)

    @property
    def wanted(self) -> Sequence[Lead]:
        """Leads to the pages that are to be read, in the order of their planning."""
        return self._planner.wanted

    def _note(self, source: Source, kind: str) -> Note:
        state = self._states.get(source.id) or SourceState(source.id)
        return self._notes.setdefault(source.id, Note(source, state, kind))

    def hold(self, source: Source, failure: Failed) -> None:
        """Notes that a page of a source asked for patience."""
        self._note(source, source.kind).hold(failure)

    # ---- on this machine

    def folder(self, source: Source, home: Path) -> Iterator[Document]:
        """The documents of a folder; a feed among its files is used as it stands."""
        note = self._note(source, "folder")
        with shielded(note):
            files = note.counted(read_folder(source.url, home))
            for file, lead in file_leads(files, source, self._memory, self._basket):
                if isinstance(file, Unusable):
                    code = "unreadable" if file.name else "too-many"
                    why = file.error.why
                    self._leave(source, file.name, why, hash_of(why.encode()), code)
                elif lead is None:
                    self._basket.count_known()
                elif sniff(file.data) == "feed":
                    self._file(note, file.name, file.data)
                else:
                    now = self._desk.now
                    raw = raw_of(source, file.name, "", file.data, (), now, None)
                    self._basket.keep_raw(raw)
                    yield Document(lead, file.name, "", file.data, raw=raw.key)
        self._say(f"{source.outlet}: {count(note.entries, 'файл')}")

    def _file(self, note: Note, name: str, data: bytes) -> None:
        source = note.source
        try:
            feed = read_feed(
                data, source=source.id, zone=source.timezone, now=self._desk.now, name=name
            )
        except BadInput as error:
            self._leave(source, name, f"{error.what} {error.why}", hash_of(data))
            return
        for one in self._planner.sift(note, feed):
            self._planner.plan(note, one, 0)

    def _leave(
        self, source: Source, name: str, why: str, mark: str, code: str = "unreadable"
    ) -> None:
        leave(self._basket, self._memory, source, name, why, mark, code)

    def mailbox(self, source: Source, home: Path) -> Iterator[None]:
        """The newsletters that came since the last good visit, one at a step."""
        note = self._note(source, "mailbox")
        since = (note.state.last_ok_at or self._desk.now - timedelta(days=7)) - LETTERS_BACK
        password = self._limits.imap_password.get_secret_value()
        seconds = self._limits.host_seconds

        def left(name: str, why: str) -> None:
            self._leave(source, name, why, hash_of(why.encode()))

        with shielded(note):
            for letter in read_letters(
                source.url, home, since=since, password=password, seconds=seconds, left=left
            ):
                note.entries += 1
                self._letter(note, letter.name, letter.data)
                yield
        self._say(f"{source.outlet}: {count(note.entries, 'писмо')}")

    def _letter(self, note: Note, name: str, data: bytes) -> None:
        source, now = note.source, self._desk.now
        try:
            found = entries_of_letter(data, source=source.id, zone=source.timezone, now=now)
        except BadInput as error:
            self._leave(source, name, f"{error.what} {error.why}", hash_of(data))
            return
        sifted = self._planner.sift(note, Feed("letter", tuple(found)))
        if sifted:
            self._basket.keep_raw(raw_of(source, name, "", data, (), now, None))
        pages = self._limits.pages_per_source
        for one in sifted:
            pages -= self._planner.plan(note, one, pages)

    # ---- addresses

    def addresses(self, sources: Sequence[Source], *, urgent: bool) -> Iterator[None]:
        """Fetches the sources that may be asked now and plans their entries, one at a step.

        Entries are planned in the order of the sources as far as memory allows, so that of two
        feeds with one article the same one brings it each time.
        """
        if not sources:
            return
        notes = [self._note(source, source.kind) for source in sources]
        asked = [(n, r) for n in notes if (r := self._request(n, urgent=urgent)) is not None]
        self._say(f"Питам {count(len(asked), 'източник')}")
        turns = Turns(note for note, _ in asked)
        # Who was left out for want of time is asked first; the list's order decides equals.
        asked.sort(key=lambda pair: pair[0].state.last_ok_at or _NEVER)
        requests = [request for _, request in asked]
        for place, answer in fetch_stream(requests, self._limits, self.manners):
            note = asked[place][0]
            with shielded(note):
                self._hear(note, answer)
            for ready in turns.answered(note, answer):
                yield from self._plan(ready)
        maps = [note for note in notes if note.children]
        self._follow_maps(maps)
        for note in maps:
            yield from self._plan(note)

    def _plan(self, note: Note) -> Iterator[None]:
        """Plans what a source brought; nothing of it is kept here any longer."""
        sifted, note.sifted = note.sifted, ()
        pages = self._limits.pages_per_source
        with shielded(note):
            for one in sifted:
                pages -= self._planner.plan(note, one, pages)
                yield

    def _request(self, note: Note, *, urgent: bool) -> Request | None:
        now, limits = self._desk.now, self._limits
        planned = watch.plan(note.source, note.state, now=now, urgent=urgent, limits=limits)
        if isinstance(planned, watch.Wait):
            note.wait = planned
            return None
        if postponed.due(note.state, now):
            planned = replace(planned, etag=None, last_modified=None)
        kinds = {note.source.kind, note.state.kind if note.source.kind == "auto" else ""}
        return replace(planned, page=not kinds.isdisjoint({"page", "listing"}))

    def _hear(self, note: Note, answer: Fetched | Failed) -> None:
        if isinstance(answer, Failed):
            self._fail(note, answer)
            return
        # What is remembered of the answer does not hold its bytes.
        note.answer = replace(answer, body=b"")
        self._read(note, answer)

    def _fail(self, note: Note, failure: Failed) -> None:
        if failure.code == "budget" or not failure.asked:
            said = f"{failure.error.what} {failure.error.fix}"
            code = "budget" if failure.code == "budget" else "stopped"
            note.wait = watch.Wait(code, None, said)
        else:
            note.failure, note.error = failure, failure.error

    def _read(self, note: Note, answer: Fetched) -> None:
        """An answer by what it is: nothing new, a feed, a map of maps, or a page."""
        digest = hashlib.sha256(answer.body).hexdigest()[:32]
        if answer.not_modified or self._is_same(note.state, digest):
            note.same = True
            note.children = note.state.children
            return
        if not answer.body.strip():
            raise _empty(note.source)
        kind = sniff(answer.body, answer.headers.get("content-type", ""))
        if kind == "feed" or "feed" in {note.source.kind, note.state.kind}:
            note.kind = "feed"
            text = repair.text_of(answer.body)
            if repair.unfinished(text):
                # What came is used; its validators would keep the rest from us.
                self._basket.incomplete.add(note.source.id)
            note.children = tuple(sitemap_index(text))
            if not note.children:
                self._feed(note, answer)
        else:
            note.kind = "page"
            if named := foreign(answer.body, answer.headers.get("content-type", "")):
                raise _no_page(note.source, named)
            closed = self._closed(answer)
            if closed is not None:
                self._fail(note, closed)
                return
            self._page(note, answer)
        state, children = note.state, note.children
        note.state = replace(state, body_hash=digest, kind=note.kind, children=children)

    def _is_same(self, state: SourceState, digest: str) -> bool:
        """True for bytes that were read before, when nothing of theirs is waited for."""
        read = digest == state.body_hash and not state.failures
        return read and not postponed.due(state, self._desk.now)

    def _closed(self, answer: Fetched) -> Failed | None:
        """Why robots.txt closes an address of which only its answer told that it is a page."""
        robots, request = self.manners.robots, answer.request
        if not request.page and not robots.knows(answer.url):
            asked = request_of(answer.url, request.trusted)
            robots.learn(fetch_now([asked], self._limits, self.manners)[0])
        return robots.failure(request, answer.url)

    def _feed(self, note: Note, answer: Fetched) -> None:
        source = note.source
        feed = read_feed(
            answer.body,
            source=source.id,
            base_url=answer.url,
            headers=answer.headers,
            zone=source.timezone,
            now=self._desk.now,
            name=masked(answer.request.url),
        )
        for warning in feed.warnings:
            log.info("%s: %s", masked(source.url), warning)
        note.entries += len(feed.entries)
        note.sifted += self._planner.sift(note, feed)
        if note.sifted:
            headers = tuple(answer.headers.items())
            raw = raw_of(source, source.url, answer.url, answer.body, headers, self._desk.now, None)
            self._basket.keep_raw(raw)
        self._say(f"{source.outlet}: {count(len(feed.entries), 'запис')}")

    def _follow_maps(self, notes: Sequence[Note]) -> None:
        """The maps that a map of maps points to; one that is not read makes the visit a partial."""
        requests = [
            (note, Request(url, trusted=trust_of(note.source.url)))
            for note in notes
            for url in note.children
        ]
        asked = [request for _, request in requests]
        for place, answer in fetch_stream(asked, self._limits, self.manners):
            note = requests[place][0]
            before = note.take_error()
            with shielded(note):
                if isinstance(answer, Failed):
                    note.hold(answer)
                    raise answer.error
                self._feed(note, answer)
                note.same = False
            fault = note.take_error()
            if fault is not None:
                log.warning("%s: a map of it is not read: %s", masked(note.source.url), fault)
                self._basket.incomplete.add(note.source.id)
            note.error = before or (None if note.entries else fault)

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
        note.sifted = self._planner.sift(note, Feed("page", tuple(links)))
        self._say(f"{source.outlet}: {count(len(links), 'връзка')}")

    # ---- visits

    def visits(self) -> Iterator[Visit]:
        """How every source answered, with what is to be remembered; after everything was read."""
        notes, waits = list(self._notes.values()), self.manners.waits
        yield from visits(notes, self._basket, self._desk.now, self._limits, waits)


@contextmanager
def shielded(note: Note) -> Iterator[None]:
    """What fails within is this source's failure; the archive's own faults go on."""
    try:
        yield
    except StorageFault:
        raise
    except DigestError as error:
        note.error = error
    except Exception:  # one source may not stop the others; the log has the trace
        log.exception("source %s failed unexpectedly", masked(note.source.url))
        note.error = _unforeseen(note.source)


def _is_listing(found: Extracted, links: Sequence[Entry]) -> bool:
    if len(links) < 3:
        return False
    return found.kind.name in {"listing", "too-short"} or len(found.article.text) < LISTING_TEXT


def _unforeseen(source: Source) -> Unavailable:
    return Unavailable(
        f"„{masked(source.url)}“ не се прочете.",
        "При четенето стана неочаквана грешка; подробностите са в дневника.",
        "Изпратете дневника на поддръжката; останалите източници са прочетени.",
    )


def _empty(source: Source) -> BadInput:
    return BadInput(
        f"„{masked(source.url)}“ е празен.",
        "Сървърът отговаря, но без нито един знак.",
        "Проверете адреса; ако е верен, опитайте пак по-късно.",
    )


def _no_page(source: Source, named: str) -> BadInput:
    return BadInput(
        f"„{masked(source.url)}“ не е нито емисия, нито страница.",
        f"От адреса идва {named}.",
        "Добавете адреса на емисията на сайта.",
    )


def _no_article(source: Source, detail: str) -> BadInput:
    return BadInput(
        f"На „{masked(source.url)}“ няма статия, нито връзки към статии.",
        detail or "Страницата дава твърде малко текст.",
        "Добавете адреса на емисията на сайта.",
    )
