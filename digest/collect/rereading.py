"""Kept bytes, read a second time: pages as documents, feeds and letters entry by entry."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from digest.addresses import masked
from digest.collect import identity
from digest.collect.assemble import Desk, from_entry, has_full_text
from digest.collect.basket import Basket, Lead
from digest.collect.feed import read_feed
from digest.collect.filing import raw_lead
from digest.collect.newsletter import entries_of_letter, is_mailbox
from digest.collect.reading import Document
from digest.collect.sniff import sniff
from digest.errors import DigestError
from digest.gathered import GuidPolicy, RawDocument
from digest.model import Entry, Source

log = logging.getLogger(__name__)


def documents_of(
    kept: Iterable[RawDocument], sources: Sequence[Source], basket: Basket, desk: Desk
) -> Iterator[Document]:
    """The pages among kept documents; entries of feeds and letters go to the basket at once.

    Of a feed only the entries that carry their whole text are made again: the others have their
    page among the kept. A source that was removed leaves its documents unread.
    """
    by_id = {source.id: source for source in sources}
    for raw in kept:
        source = by_id.get(raw.source)
        if source is None:
            continue
        if raw.entry is None and (is_mailbox(source.url) or sniff(raw.body) == "feed"):
            _entries_again(raw, source, basket, desk)
            continue
        lead = raw_lead(raw, source)
        yield Document(lead, raw.name, raw.url, raw.body, raw.headers, raw.fetched_at, raw.key)


def _entries_again(raw: RawDocument, source: Source, basket: Basket, desk: Desk) -> None:
    try:
        entries = _entries(raw, source)
    except DigestError as error:
        log.warning("kept document of %s: %s", masked(source.url), error)
        return
    policy = identity.decide_policy(entries, GuidPolicy.UNDECIDED)
    then = replace(desk, now=raw.fetched_at)
    for entry in entries:
        if has_full_text(entry) or not entry.url:
            lead = Lead(source, entry, policy, again=True)
            made = from_entry(entry, source, then)
            basket.keep(lead, entry.url, entry.title, made, raw.key)


def _entries(raw: RawDocument, source: Source) -> Sequence[Entry]:
    at, zone = raw.fetched_at, source.timezone
    if is_mailbox(source.url):
        return entries_of_letter(raw.body, source=source.id, zone=zone, now=at)
    headers = dict(raw.headers)
    return read_feed(
        raw.body, source=source.id, base_url=raw.url, headers=headers, zone=zone, now=at
    ).entries
