"""Reading documents: pages that are wanted, files and kept bytes, extracted while others come.

Pages are asked for only where robots.txt allows; when a page cannot be had, its entry stands in.
Documents stream through the workers, so that memory does not grow with their number.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from digest.bulgarian.typography import count
from digest.collect.assemble import Desk, Made, Refusal, from_entry, from_page
from digest.collect.basket import Basket, Lead, refusal_keys
from digest.collect.extract import Extracted, Job, JobResult
from digest.collect.fetch import Failed, Manners, Request, fetch_stream
from digest.collect.guard import trust_of
from digest.collect.postponed import PROVISIONAL, may_come
from digest.collect.workers import extract_one, extract_stream
from digest.gathered import RawDocument
from digest.model import Entry, Source
from digest.settings import Collect

Say: TypeAlias = Callable[[str], None]
Hold: TypeAlias = Callable[[Source, Failed], None]

PASSING = frozenset(
    {"network", "timeout", "host-down", "rate-limited", "unavailable", "redirects", "budget"}
)
"""Codes of faults that the next round may find gone: the page is then read."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document to extract: what led to it, its name for people, address and bytes."""

    lead: Lead
    name: str
    url: str
    data: bytes
    headers: tuple[tuple[str, str], ...] = ()
    fetched_at: datetime | None = None
    raw: str = ""

    def job(self, desk: Desk) -> Job:
        """The work for `extract`."""
        source = self.lead.source
        return Job(
            data=self.data,
            source=self.name,
            url=self.url,
            headers=self.headers,
            fetched_at=self.fetched_at or desk.now,
            agencies=desk.agencies,
            language_hint=source.language,
            rights=source.rights,
            zone=source.timezone,
            live=bool(self.url),
        )

    def finish(self, found: JobResult, basket: Basket, desk: Desk, raw: str = "") -> None:
        """Files what was read of it, or why nothing was."""
        lead = self.lead
        if isinstance(found, Extracted):
            then = replace(desk, now=self.fetched_at or desk.now)
            made = from_page(found, lead.source, then, lead.entry)
            title = found.article.title or self.name
            lead = _weighed(lead, _wall(made), made, desk)
            basket.keep(lead, self.url or self.name, title, made, raw or self.raw)
        elif lead.entry is not None:
            stand_in(lead, basket, desk, "unreadable", found.why)
        else:
            reason = f"{found.what} {found.why}"
            keys = refusal_keys(lead.file, lead.mark)
            basket.reject(lead.source, self.url, self.name, "unreadable", reason, keys)


def read_one(document: Document, desk: Desk) -> JobResult:
    """One document, read at once."""
    return extract_one(document.job(desk))


def read_all(
    documents: Iterable[Document], basket: Basket, desk: Desk, limits: Collect
) -> Iterator[None]:
    """Extracts documents as they come; yields after each, when it lies in the basket."""
    under_way: deque[Document] = deque()

    def jobs() -> Iterator[Job]:
        for document in documents:
            under_way.append(document)
            yield document.job(desk)

    for found in extract_stream(jobs(), limits.workers):
        under_way.popleft().finish(found, basket, desk)
        yield


def pages(
    wanted: Sequence[Lead],
    basket: Basket,
    desk: Desk,
    limits: Collect,
    say: Say,
    manners: Manners,
    hold: Hold,
) -> Iterator[Document]:
    """The pages of entries, fetched where robots.txt allows; an entry stands in for a lost one.

    `hold` hears of each page that was not had, with its source.
    """
    if not wanted:
        return
    say(f"Чета {count(len(wanted), 'страница')}")
    asked: list[tuple[Lead, Entry]] = [(lead, lead.entry) for lead in wanted if lead.entry]
    requests = [
        Request(entry.url, trusted=trust_of(lead.source.url), page=True) for lead, entry in asked
    ]
    for place, answer in fetch_stream(requests, limits, manners):
        lead, entry = asked[place]
        if isinstance(answer, Failed):
            hold(lead.source, answer)
            stand_in(lead, basket, desk, answer.code, answer.error.why)
            continue
        headers = tuple(answer.headers.items())
        raw = raw_of(lead.source, entry.url, answer.url, answer.body, headers, desk.now, entry)
        basket.keep_raw(raw)
        yield Document(lead, entry.url, answer.url, answer.body, headers, raw=raw.key)


def stand_in(lead: Lead, basket: Basket, desk: Desk, code: str, why: str) -> None:
    """The entry in place of its page; marked to be read again when the fault is a passing one."""
    entry = lead.entry
    assert entry is not None
    made = from_entry(entry, lead.source, desk, note=f"Страницата не е прочетена: {why}")
    if isinstance(made, Refusal) and made.code == "too-short":
        made = Refusal(code, why)
    lead = _weighed(replace(lead, transient=code in PASSING), code, made, desk)
    basket.keep(lead, entry.url, entry.title, made)


def _wall(made: Made | Refusal) -> str:
    """The code of the page that was not had; empty when it was read."""
    return made.code if isinstance(made, Refusal) else made.wall


def _weighed(lead: Lead, code: str, made: Made | Refusal, desk: Desk) -> Lead:
    """The lead, marked as one whose page may yet come when the code and the entry's age say so."""
    if lead.entry is None or code not in PROVISIONAL:
        return lead
    if isinstance(made, Refusal) and (made.final or made.code not in PROVISIONAL):
        return lead
    young = may_come(lead.entry, lead.postponed, now=desk.now, hours=desk.fresh_hours)
    return replace(lead, provisional=young)


def raw_of(
    source: Source,
    name: str,
    url: str,
    body: bytes,
    headers: tuple[tuple[str, str], ...],
    at: datetime,
    entry: Entry | None,
) -> RawDocument:
    """A document for the archive; its key names source, address and bytes."""
    mark = hashlib.sha256(f"{source.id}\n{name}\n".encode() + body).hexdigest()[:32]
    return RawDocument(mark, source.id, name, url, at, body, headers, entry)
