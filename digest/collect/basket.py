"""What a round has found so far, and how it is told from what is stored.

Articles wait here until a batch is full. Then the archive is asked once for all of them: what is
stored already is compared, a text that came before under another address is recognised, and
what is new is dated with the archive's word in mind. Each article and each text of an outlet
comes once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence

from digest.addresses import masked, masked_in
from digest.collect import identity
from digest.collect.address import body_key, identity_key, key_of
from digest.collect.assemble import Desk, Made, Refusal
from digest.collect.harvest import Batch, Rejected
from digest.collect.lead import Found, Lead
from digest.collect.postponed import once_more
from digest.collect.sorting import Sorting
from digest.gathered import Known, Memory, Postponed, RawDocument
from digest.model import ArticleId, Entry, Source, SourceId

FULL = 200
"""Articles of a batch."""
FULL_BYTES = 8_000_000
"""Raw bytes of a batch."""

__all__ = ["Basket", "Lead", "place_of", "refusal_keys"]


class Basket:
    """Gathers results in any order and gives batches in the order of the sources."""

    def __init__(self, memory: Memory, desk: Desk, sources: Sequence[Source]) -> None:
        self._memory, self._desk = memory, desk
        self._order = {source.id: place for place, source in enumerate(sources)}
        self._found: list[Found] = []
        self._raw: list[RawDocument] = []
        self._raw_size = 0
        self._rejected: list[Rejected] = []
        self._known = self._refused_known = 0
        self._seen: dict[str, str] = {}
        self.fresh: Counter[SourceId] = Counter()
        self.postponed: defaultdict[SourceId, list[Postponed]] = defaultdict(list)
        self.incomplete: set[SourceId] = set()

    # ---- taking in

    def count_known(self, times: int = 1) -> None:
        """Notes entries that are stored as they are."""
        self._known += times

    def count_refused(self, times: int = 1) -> None:
        """Notes documents that were refused before and stand as they stood."""
        self._refused_known += times

    def keep(self, lead: Lead, url: str, title: str, made: Made | Refusal, raw: str = "") -> None:
        """Takes an article, or the refusal."""
        if lead.transient:
            self.incomplete.add(lead.source.id)
        mark = lead.mark
        passing = lead.transient or lead.provisional
        if lead.entry is not None and lead.provisional and not lead.again:
            tried = once_more(lead.entry, lead.postponed, now=self._desk.now)
            self.postponed[lead.source.id].append(tried)
        if lead.entry is not None and not passing:
            mark = identity.mark_of(lead.entry)
        if isinstance(made, Refusal):
            place = lead.file or (place_of(lead.entry) if lead.entry is not None else url)
            keys = () if passing else refusal_keys(place, mark)
            self.reject(lead.source, url, title, made.code, made.reason, keys)
            return
        keys = identity.article_keys(made.article, lead.entry, lead.policy)
        own = (lead.file,) if lead.file else ()
        self._found.append(Found(lead, made, (*own, *keys), mark, raw))

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
        self._rejected.append(
            Rejected(source.id, masked(url), title, code, masked_in(reason), keys)
        )

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
        sorting = Sorting(self._desk, recalled, whole)
        for one in found:
            twin = self._twin(one)
            if twin is None:
                sorting.take(one)
            elif one.lead.again:
                self._known += 1  # the kept bytes of an earlier round
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
            refused_known=self._refused_known,
        )
        self._found, self._raw, self._rejected = [], [], []
        self._raw_size = self._known = self._refused_known = 0
        return batch

    def _twin(self, one: Found) -> str | None:
        """The title of the same article of this round, if there is one; notes this one."""
        keys = _round_keys(one)
        twin = next((self._seen[key] for key in keys if key in self._seen), None)
        if twin is None:
            self._seen.update(dict.fromkeys(keys, one.made.article.title))
        return twin

    def _refuse_twin(self, one: Found, reason: str) -> None:
        article = one.made.article
        entry = one.lead.entry
        place = one.lead.file or (place_of(entry) if entry is not None else article.url)
        keys = refusal_keys(place, one.mark)
        self.reject(one.lead.source, article.url, article.title, "duplicate", reason, keys)


def _ids(recalled: Mapping[str, tuple[Known, ...]], found: Collection[Found]) -> set[ArticleId]:
    """The stored articles whose texts the batch has to be compared with."""
    ids = {known.id for under in recalled.values() for known in under}
    return ids | {one.lead.known.id for one in found if one.lead.known is not None}


def _round_keys(one: Found) -> list[str]:
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


def place_of(entry: Entry) -> str:
    """What an entry is refused under: its address, else its id within its source."""
    return entry.url or (f"{entry.source}:{entry.id}" if entry.id else "")


def refusal_keys(place: str, mark: str) -> tuple[str, ...]:
    """Under which a refused document is known again: its address, or the key of its file.

    As the entry stood then, or the file's bytes.
    """
    return (f"refused:{identity_key(place)} {mark}",) if place else ()
