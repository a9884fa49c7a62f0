"""Pages that could not be had and may yet come: when each is asked for again.

A site's guard against robots answers with anything (403, 404, an empty page, a check of the
browser with status 200), and a refusal of that kind says nothing of the page. It is tried again,
each time later, while its entry is news; then what was made of the entry stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from digest.collect import identity, watch
from digest.collect.address import identity_key
from digest.gathered import Postponed, SourceState
from digest.model import Entry

PROVISIONAL = frozenset(
    {"missing", "forbidden", "robots", "consent", "too-short", "language", "unreadable"}
)
"""Codes of pages that may read otherwise an hour later."""
MOST = 500
"""Pages of one source that are remembered so; the newest stay."""


def may_come(entry: Entry, before: Postponed | None, *, now: datetime, hours: int) -> bool:
    """True while an entry is news: counted from its date, else from when its page first failed."""
    born = entry.published_at or (before.since if before is not None else now)
    return now - born < timedelta(hours=hours)


def once_more(entry: Entry, before: Postponed | None, *, now: datetime) -> Postponed:
    """The page of an entry after one more vain try."""
    key, tries = identity_key(entry.url), before.tries + 1 if before is not None else 1
    since = before.since if before is not None else now
    return Postponed(key, identity.mark_of(entry), tries, since, now + watch.pause(key, tries))


def by_key(state: SourceState) -> Mapping[str, Postponed]:
    """The pages of a source that are waited for, by the key of their address."""
    return {one.key: one for one in state.postponed}


def waits(entry: Entry, before: Postponed | None, *, now: datetime) -> bool:
    """True for an entry as it was when its page failed, before it is time to try again."""
    return before is not None and now < before.due and before.mark == identity.mark_of(entry)


def due(state: SourceState, now: datetime) -> bool:
    """True when a page of a source is to be tried again: then its feed is needed whole."""
    return any(one.due <= now for one in state.postponed)


def remembered(state: SourceState, came: Iterable[Postponed], *, now: datetime) -> SourceState:
    """The state after a round that read the source: what was due was tried, `came` failed."""
    failed = {one.key: one for one in came}
    waiting = [one for one in state.postponed if one.due > now and one.key not in failed]
    kept = sorted([*waiting, *failed.values()], key=lambda one: one.since)[-MOST:]
    return replace(state, postponed=tuple(kept))
