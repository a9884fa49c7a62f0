"""What is to be done with each entry of a round: its page is wanted, it is taken as it is, or not.

Entries are sifted by what is stored, then planned in the order in which they are handed over.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from digest.collect import identity, postponed
from digest.collect.address import identity_key, is_http
from digest.collect.assemble import Desk, from_entry, has_full_text
from digest.collect.basket import Basket, Lead, place_of, refusal_keys
from digest.collect.feed import Feed
from digest.collect.visiting import Note, Sifted
from digest.gathered import GuidPolicy, Memory
from digest.model import Entry
from digest.settings import Collect

WORTH_A_PAGE = timedelta(days=3)
"""An entry that its feed dates further back is old news already; its page is not fetched."""


class Planner:
    """The plan of one round. `wanted` leads to the pages that are to be read."""

    def __init__(self, basket: Basket, desk: Desk, limits: Collect, memory: Memory) -> None:
        self._basket, self._desk, self._limits, self._memory = basket, desk, limits, memory
        self._planned: dict[str, Entry] = {}
        self.wanted: list[Lead] = []

    def sift(self, note: Note, feed: Feed) -> tuple[Sifted, ...]:
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
        waiting = postponed.by_key(note.state)
        kept = []
        for place, (entry, own) in enumerate(zip(feed.entries, keys, strict=True)):
            verdict = identity.verdict(entry, own, recalled)
            late = waiting.get(identity_key(entry.url)) if is_http(entry.url) else None
            waits = postponed.waits(entry, late, now=self._desk.now)
            if verdict.kind == "same" or (waits and verdict.known is not None):
                self._basket.count_known()
            elif waits or refused.intersection(_refusal(entry)):
                self._basket.count_refused()
            else:
                kept.append(Sifted(entry, verdict, place in feed.repeats, late))
        return tuple(kept)

    def plan(self, note: Note, one: Sifted, pages: int) -> bool:
        """Decides for one entry; True when its page is wanted. `pages` are still allowed."""
        source, entry = note.source, one.entry
        key = identity_key(entry.url) if is_http(entry.url) else ""
        known = one.verdict.known if one.verdict.kind == "altered" else None
        reused = identity.reused_id(key, entry.title) if one.verdict.kind == "reused" else None
        lead = Lead(source, entry, note.state.guid_policy, known, reused, postponed=one.postponed)
        planned = self._planned.get(key)
        if planned is not None and _apart(planned, entry):
            self._take(replace(lead, known=None, reused=identity.reused_id(key, entry.title)))
            return False
        if one.repeat or planned is not None:
            self._refuse_repeat(note, entry, planned)
            return False
        if key:
            self._planned[key] = entry
        if not key or has_full_text(entry) or self._is_old(entry):
            self._take(lead)
            return False
        if pages <= 0:
            # Beyond the round's limit: taken as it is now, and read whole by the next round.
            self._take(replace(lead, transient=self._limits.pages_per_source > 0))
            return False
        self.wanted.append(lead)
        return True

    def _refuse_repeat(self, note: Note, entry: Entry, planned: Entry | None) -> None:
        """Among the feeds of a round an address is one article, under whatever headline.

        The same entry in two feeds is not refused for the rounds to come: the first one's page
        may have to be read again.
        """
        same = planned is not None and identity.mark_of(planned) == identity.mark_of(entry)
        keys = () if same else _refusal(entry)
        reason = "Същият адрес вече е събран."
        self._basket.reject(note.source, entry.url, entry.title, "duplicate", reason, keys)

    def _is_old(self, entry: Entry) -> bool:
        back = max(WORTH_A_PAGE, timedelta(hours=self._desk.fresh_hours))
        return entry.published_at is not None and entry.published_at < self._desk.now - back

    def _take(self, lead: Lead) -> None:
        assert lead.entry is not None
        made = from_entry(lead.entry, lead.source, self._desk)
        self._basket.keep(lead, lead.entry.url, lead.entry.title, made)


def _apart(planned: Entry, entry: Entry) -> bool:
    """True for another item of one feed that gives all of them one address (its front page).

    Two feeds that give one address under two headlines mean one article.
    """
    return planned.source == entry.source and not identity.kin(planned.title, entry.title)


def _refusal(entry: Entry) -> tuple[str, ...]:
    return refusal_keys(place_of(entry), identity.mark_of(entry))
