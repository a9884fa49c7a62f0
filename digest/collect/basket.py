"""What a round has found so far, and how it is told from what is stored.

Articles wait here until a batch is full. Then the archive is asked once for all of them: what is
stored already is compared, a text that came before under another address is recognised, and
what is new is dated with the archive's word in mind. Each article and each text of an outlet
comes once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from digest.collect import identity
from digest.collect.address import body_key, identity_key, key_of
from digest.collect.assemble import Desk, Made, Refusal, aged
from digest.collect.harvest import Altered, Batch, Rejected
from digest.collect.versions import changes
from digest.gathered import Gathered, GuidPolicy, Known, Memory, RawDocument
from digest.model import Article, ArticleId, Entry, Source, SourceId

FULL = 200
"""Articles of a batch."""
FULL_BYTES = 8_000_000
"""Raw bytes of a batch."""
SAME_TEXT = 0.9
"""Containment above which a fresh text of one outlet at another address is the same article."""


@dataclass(frozen=True, slots=True)
class Lead:
    """What led to a document: its source, the entry if there was one, and what is stored of it.

    `transient` marks an article made without its page because of a passing fault: it will be
    read again. `again` marks a second reading of kept bytes.
    """

    source: Source
    entry: Entry | None = None
    policy: GuidPolicy = GuidPolicy.UNDECIDED
    known: Known | None = None
    reused: ArticleId | None = None
    transient: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class _Found:
    lead: Lead
    made: Made
    keys: tuple[str, ...]
    mark: str
    raw: str


class Basket:
    """Gathers results in any order and gives batches in the order of the sources."""

    def __init__(self, memory: Memory, desk: Desk, sources: Sequence[Source]) -> None:
        self._memory, self._desk = memory, desk
        self._order = {source.id: place for place, source in enumerate(sources)}
        self._found: list[_Found] = []
        self._raw: list[RawDocument] = []
        self._raw_size = 0
        self._rejected: list[Rejected] = []
        self._known = 0
        self._seen: dict[str, str] = {}
        self._again: set[str] = set()
        self.fresh: Counter[SourceId] = Counter()
        self.incomplete: set[SourceId] = set()

    # ---- taking in

    def count_known(self, times: int = 1) -> None:
        """Notes entries that are stored as they are."""
        self._known += times

    def keep(self, lead: Lead, url: str, title: str, made: Made | Refusal, raw: str = "") -> None:
        """Takes an article, or the refusal."""
        if lead.transient:
            self.incomplete.add(lead.source.id)
        mark = identity.mark_of(lead.entry) if lead.entry and not lead.transient else ""
        if isinstance(made, Refusal):
            keys = () if lead.transient else refusal_keys(url, mark)
            self.reject(lead.source, url, title, made.code, made.reason, keys)
            return
        keys = identity.article_keys(made.article, lead.entry, lead.policy)
        self._found.append(_Found(lead, made, keys, mark, raw))

    def reject(
        self,
        source: Source,
        url: str,
        title: str,
        code: str,
        reason: str,
        keys: tuple[str, ...] = (),
    ) -> None:
        """Notes a document that did not become an article."""
        self._rejected.append(Rejected(source.id, url, title, code, reason, keys))

    def keep_raw(self, document: RawDocument) -> None:
        """Takes the bytes of a document for the archive."""
        self._raw.append(document)
        self._raw_size += len(document.body)

    # ---- giving out

    @property
    def full(self) -> bool:
        return len(self._found) >= FULL or self._raw_size >= FULL_BYTES

    def batch(self) -> Batch:
        """Everything taken in since the last batch, told from what is stored."""
        found = sorted(self._found, key=lambda one: self._order[one.lead.source.id])
        recalled = self._memory.recall({key for one in found for key in one.keys})
        whole = self._memory.whole(_ids(recalled, found))
        sorting = _Sorting(self._desk, recalled, whole)
        for one in found:
            twin = self._twin(one)
            if twin is None:
                sorting.take(one)
            elif one.lead.known is None:
                reason = f"Същата статия вече е събрана: „{twin[:80]}“."
                self._refuse_twin(one, reason)
        for gathered in sorting.new:
            self.fresh[SourceId(gathered.article.source)] += 1
        batch = Batch(
            tuple(sorting.new),
            tuple(sorting.altered),
            tuple(sorting.touched),
            tuple(self._raw),
            tuple(self._rejected),
            known=self._known + sorting.known,
        )
        self._found, self._raw, self._rejected = [], [], []
        self._raw_size = self._known = 0
        return batch

    def _twin(self, one: _Found) -> str | None:
        """The title of the same article of this round, if there is one; notes this one."""
        keys = _round_keys(one)
        twin = next((self._seen[key] for key in keys if key in self._seen), None)
        if twin is None:
            self._seen.update(dict.fromkeys(keys, one.made.article.title))
        return twin

    def _refuse_twin(self, one: _Found, reason: str) -> None:
        article = one.made.article
        keys = refusal_keys(article.url, one.mark)
        self.reject(one.lead.source, article.url, article.title, "duplicate", reason, keys)


class _Sorting:
    """One batch against the archive: new, altered, touched, or known as it is."""

    def __init__(
        self,
        desk: Desk,
        recalled: Mapping[str, tuple[Known, ...]],
        whole: Mapping[ArticleId, Article],
    ) -> None:
        self._desk, self._recalled, self._whole = desk, recalled, whole
        self.new: list[Gathered] = []
        self.altered: list[Altered] = []
        self.touched: list[tuple[ArticleId, str, tuple[str, ...]]] = []
        self.known = 0

    def take(self, one: _Found) -> None:
        """Files one article of the round."""
        known = one.lead.known or self._stored(one)
        before = self._whole.get(known.id) if known is not None else None
        if known is not None and before is not None:
            self._compare(one, known, before)
            return
        article = replace(one.made.article, id=one.lead.reused or one.made.article.id)
        now, hours = self._desk.now, self._desk.fresh_hours
        seen = identity.seen_before(
            article, one.keys, self._recalled, self._whole, now=now, fresh_hours=hours
        )
        made = aged(replace(one.made, article=article), one.lead.source, self._desk, seen)
        self.new.append(Gathered(made, one.keys, one.mark, one.raw))

    def _compare(self, one: _Found, known: Known, before: Article) -> None:
        """A stored article that came again: altered, or as it was."""
        after = replace(aged(one.made, one.lead.source, self._desk, None), id=known.id)
        if one.made.article.partial and not before.partial and not one.lead.again:
            self._touch(one, known)  # the page was not read: the entry alone says less
            return
        found = changes(before, after)
        again = one.lead.again or before.partial
        if not again and before.published_at is not None:
            after = replace(after, date=before.date, fetched_at=before.fetched_at)
        if found or (again and after != before):
            cause = "again" if again else "outlet"
            self.altered.append(Altered(Gathered(after, one.keys, one.mark, one.raw), found, cause))
        else:
            self._touch(one, known)

    def _touch(self, one: _Found, known: Known) -> None:
        self.known += 1
        if one.mark != known.mark or one.lead.known is None:
            self.touched.append((known.id, one.mark, one.keys))

    def _stored(self, one: _Found) -> Known | None:
        """The stored article that this one is: of its own address, or its outlet's same text."""
        if one.lead.reused is not None:
            return None
        own = [k for key in one.keys if key.startswith("url:") for k in self._under(key)]
        mine = next((k for k in own if k.id == one.made.article.id), None)
        if mine is not None or own:
            return mine or own[0]
        return self._same_text(one)

    def _same_text(self, one: _Found) -> Known | None:
        """A fresh article of the outlet with this text: the address was changed, not the news."""
        outlet = one.lead.source.outlet.casefold()
        fresh = self._desk.now - timedelta(hours=self._desk.fresh_hours)
        for key in one.keys:
            if not key.startswith(("body:", "sketch:")):
                continue
            for known in self._under(key):
                at = known.published_at or known.first_seen
                if known.outlet.casefold() != outlet or at is None or at < fresh:
                    continue
                before = self._whole.get(known.id)
                if before is not None and _same(before, one.made.article):
                    return known
        return None

    def _under(self, key: str) -> tuple[Known, ...]:
        return self._recalled.get(key, ())


def _same(before: Article, article: Article) -> bool:
    if before.partial or article.partial:
        return before.text == article.text and before.title == article.title
    return identity.containment(before.text, article.text) >= SAME_TEXT


def _ids(recalled: Mapping[str, tuple[Known, ...]], found: Collection[_Found]) -> set[ArticleId]:
    """The stored articles whose texts the batch has to be compared with."""
    ids = {known.id for under in recalled.values() for known in under}
    return ids | {one.lead.known.id for one in found if one.lead.known is not None}


def _round_keys(one: _Found) -> list[str]:
    """What must not come twice in a round: an address, and a body within one outlet.

    The same body in two outlets is a reprint and counts as coverage; clustering tells.
    """
    article = one.made.article
    keys = [str(one.lead.reused or article.id)]
    if one.lead.reused is None:
        keys.append(key_of(article))
        if article.canonical_url:
            keys.append(identity_key(article.canonical_url))
    if not article.partial:
        keys.append(f"{one.lead.source.outlet.casefold()} {body_key('', article.text)}")
    return keys


def refusal_keys(url: str, mark: str) -> tuple[str, ...]:
    """Under which a refused document is known again: its address as the entry stood then."""
    return (f"refused:{identity_key(url)} {mark}",) if url else ()


def retitled(before: str, now: str) -> bool:
    """True when two titles at one address share so few words that they are two articles.

    A reused address with another title and body is a new article (feedbin/support issue 604).
    """
    one, other = (set(re.findall(r"\w{3,}", title.casefold())) for title in (before, now))
    return bool(one and other) and len(one & other) < 0.3 * min(len(one), len(other))
