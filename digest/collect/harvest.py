"""What a round of collecting gives back: articles, alterations, visits, refusals with reasons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from digest.errors import DigestError
from digest.gathered import Change, Gathered, RawDocument, SourceState
from digest.model import Article, ArticleId, SourceId


@dataclass(frozen=True, slots=True)
class Rejected:
    """A document that did not become an article: a stable code and a Bulgarian sentence.

    Codes: those of `kinds.Kind` (sponsored, listing, consent, paywall, …), language, unreadable,
    duplicate, robots, and those of `fetch.Failed` (network, timeout, private, gone, …). `keys`
    are those under which the entry would come again; empty when it should be tried again.
    """

    source: str
    url: str
    title: str
    reason_code: str
    reason: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Visit:
    """How one source answered, and what is to be remembered of it.

    `waiting` is the code of `watch.Wait` for a source that was not asked. `moved_to` is the
    address to adopt after a permanent redirect that lasted.
    """

    source_id: SourceId
    ok: bool
    state: SourceState
    not_modified: bool = False
    waiting: str = ""
    entries: int = 0
    new: int = 0
    error: DigestError | None = None
    kind: str = "auto"
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class Altered:
    """A stored article that reads differently now; `cause` as in `gathered.Version`."""

    gathered: Gathered
    changes: tuple[Change, ...]
    cause: str = "outlet"


@dataclass(frozen=True, slots=True)
class Batch:
    """A part of a round, to be kept before the next is asked for.

    `touched` are stored articles whose feed entry was altered and whose text was not, with the
    entry's new mark and keys. Visits come in the last batch only: what a source said is not
    remembered before what it brought.
    """

    new: tuple[Gathered, ...] = ()
    altered: tuple[Altered, ...] = ()
    touched: tuple[tuple[ArticleId, str, tuple[str, ...]], ...] = ()
    raw: tuple[RawDocument, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    visits: tuple[Visit, ...] = ()
    known: int = 0
    refused_known: int = 0


@dataclass(frozen=True, slots=True)
class Harvest:
    """A whole round at once, for trials and small rounds.

    `fetched`, `not_modified`, `failed` and `waiting` count sources, `known` counts articles that
    were stored before, `refused_known` documents that were refused before and not read again.
    """

    articles: tuple[Article, ...]
    visits: tuple[Visit, ...]
    rejected: tuple[Rejected, ...]
    altered: tuple[Altered, ...] = ()
    known: int = 0
    refused_known: int = 0

    @property
    def fetched(self) -> int:
        """Sources that were read."""
        return sum(1 for v in self.visits if v.ok and not v.not_modified)

    @property
    def not_modified(self) -> int:
        """Sources that had nothing new to say."""
        return sum(1 for v in self.visits if v.not_modified)

    @property
    def failed(self) -> int:
        """Sources that gave no answer, or none that can be read."""
        return sum(1 for v in self.visits if not v.ok and not v.waiting)

    @property
    def waiting(self) -> int:
        """Sources that were not asked."""
        return sum(1 for v in self.visits if v.waiting)


def gathered(batches: Iterable[Batch]) -> Harvest:
    """All batches of a round as one."""
    found = list(batches)
    return Harvest(
        articles=tuple(one.article for batch in found for one in batch.new),
        visits=tuple(visit for batch in found for visit in batch.visits),
        rejected=tuple(one for batch in found for one in batch.rejected),
        altered=tuple(one for batch in found for one in batch.altered),
        known=sum(batch.known for batch in found),
        refused_known=sum(batch.refused_known for batch in found),
    )
