"""What collecting remembers between rounds: states of sources, keys and versions, raw bytes.

`SourceState` is what a machine learnt of a source (a person's choices stand in `model.Source`).
`Gathered` is an article on its way into the store with the keys under which it will be known
again; `Known` is what the store says of such an article later. Times are aware datetimes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from digest.model import Article, ArticleId, Entry, SourceId


class GuidPolicy(StrEnum):
    """What tells the entries of one feed apart; chosen once a feed and kept (FreshRSS 5909)."""

    UNDECIDED = ""
    GUID = "guid"
    LINK = "link"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Postponed:
    """An entry whose page could not be had and may yet come (collect/postponed.py).

    `key` is that of its address, `mark` the hash of the entry as it stood; `since` is the first
    vain try of `tries`, `due` the time of the next one.
    """

    key: str
    mark: str
    tries: int
    since: datetime
    due: datetime


@dataclass(frozen=True, slots=True)
class SourceState:
    """What is remembered of a source. Validators are those of the last answer that was read.

    `full_at` is the last whole answer (not a 304). `moved_to` is the target that permanent
    redirects have named without a break since `moved_since`. `not_before` with `waiting_for`
    (`server`: Retry-After; `backoff`: our own pause after failures) says when to ask again.
    `paused` is a Bulgarian sentence on why nobody asks it until a person decides; empty: asked.
    `kind` is what the last readable answer was (`feed`, `page`, …), `body_hash` its bytes' hash.
    `children` are the maps that it pointed to when it was a map of maps. `postponed` are entries
    whose pages are to be tried again.
    """

    source_id: SourceId
    etag: str | None = None
    last_modified: str | None = None
    full_at: datetime | None = None
    moved_to: str = ""
    moved_since: datetime | None = None
    not_before: datetime | None = None
    waiting_for: str = ""
    failures: int = 0
    last_error: str = ""
    last_ok_at: datetime | None = None
    last_new_at: datetime | None = None
    paused: str = ""
    guid_policy: GuidPolicy = GuidPolicy.UNDECIDED
    body_hash: str = ""
    kind: str = ""
    children: tuple[str, ...] = ()
    postponed: tuple[Postponed, ...] = ()

    def __post_init__(self) -> None:
        for name in ("full_at", "moved_since", "not_before", "last_ok_at", "last_new_at"):
            at = getattr(self, name)
            if at is not None and at.tzinfo is None:
                raise ValueError(f"SourceState.{name} needs an offset")
        if bool(self.moved_to) != (self.moved_since is not None):
            raise ValueError("a move has a target and a first day, or neither")
        if self.failures < 0:
            raise ValueError("failures are counted from 0")


@dataclass(frozen=True, slots=True)
class RawDocument:
    """The bytes an article was, or could not be, read from; kept for some days.

    `key` names it (a hash of source, address and bytes). `entry` is what led to it, None for a
    feed, a folder's file or a letter. `headers` are the server's.
    """

    key: str
    source: SourceId
    name: str
    url: str
    fetched_at: datetime
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """An article with the keys under which it is known again.

    `keys` are texts of the form `url:…`, `guid:SOURCE:…`, `slug:…`, `body:…`, `sketch:…`
    (collect/identity.py makes them). `mark` is the hash of the feed entry's title and summary,
    by which an altered entry is noticed without fetching its page; empty without an entry.
    """

    article: Article
    keys: tuple[str, ...] = ()
    mark: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A stored article: enough to tell whether an entry is the same one, altered, or new."""

    id: ArticleId
    source: str
    outlet: str
    title: str
    mark: str
    published_at: datetime | None
    first_seen: datetime | None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """An older article with the text of a new one: the archive's word against a fresh date.

    `at` is when the older one was published, or first seen when its date is unknown.
    `containment` is the share of the shorter text that both hold (0…1).
    """

    article_id: ArticleId
    outlet: str
    title: str
    at: datetime
    containment: float
    same_outlet: bool


class ChangeKind(StrEnum):
    """What of an article was altered."""

    TITLE = "title"
    TEXT = "text"
    FIGURES = "figures"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Change:
    """One alteration in a Bulgarian sentence, with what stood before and what stands now."""

    kind: ChangeKind
    before: str
    after: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Version:
    """How an article read from `at` on. `n` counts from 1; the first has no changes.

    `cause` is `outlet` (the publisher altered it), `whole` (its page could be read at last) or
    `again` (we read the same bytes better).
    """

    article_id: ArticleId
    n: int
    at: datetime
    title: str
    cause: str = "outlet"
    changes: tuple[Change, ...] = ()


class Memory(Protocol):
    """The archive as collecting sees it. Lookups are batched; both give only what is there."""

    def recall(self, keys: Collection[str]) -> Mapping[str, tuple[Known, ...]]:
        """For each key that is known, the articles under it, oldest first."""
        ...

    def whole(self, ids: Collection[ArticleId]) -> Mapping[ArticleId, Article]:
        """The stored articles of those ids."""
        ...

    def refused(self, keys: Collection[str]) -> frozenset[str]:
        """Which of those keys stand for documents that were read before and are no articles."""
        ...


class Nothing:
    """A memory of nothing: a first round, a trial, a stage on plain files."""

    def recall(self, keys: Collection[str]) -> Mapping[str, tuple[Known, ...]]:
        """Nothing is known."""
        del keys
        return {}

    def whole(self, ids: Collection[ArticleId]) -> Mapping[ArticleId, Article]:
        """Nothing is stored."""
        del ids
        return {}

    def refused(self, keys: Collection[str]) -> frozenset[str]:
        """Nothing was refused."""
        del keys
        return frozenset()
