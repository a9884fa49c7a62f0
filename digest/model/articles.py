"""What is collected: sources, entries of feeds, articles, and how their dates are claimed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from digest.model.base import ArticleId, Rights, SourceId, aware, share


class DateBasis(StrEnum):
    """Where the claim about an article's date comes from, best first."""

    JSON_LD = "json-ld"
    META = "meta"
    TIME = "time"
    FEED = "feed"
    URL = "url"
    TEXT = "text"
    PAGE_HEADER = "page-header"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Removed:
    """A stretch that was cut from a document, and what kind of thing it was."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Related:
    """A teaser of another article: never body text, never coverage."""

    title: str
    lead: str | None = None


@dataclass(frozen=True, slots=True)
class DateClaim:
    """When an article was published, on what basis, and how sure that is (0…1)."""

    at: datetime | None
    basis: DateBasis
    confidence: float
    evidence: str = ""

    def __post_init__(self) -> None:
        aware("DateClaim.at", self.at)
        share("DateClaim.confidence", self.confidence)
        if self.basis in {DateBasis.UNKNOWN, DateBasis.PAGE_HEADER}:
            if self.at is not None:
                raise ValueError("a page header's day is never the article's date")
            if self.confidence > 0.2:
                raise ValueError("an unknown date has a confidence of at most 0.2")

    def weakened(self, confidence: float) -> DateClaim:
        """The same claim, no surer than this (0…1)."""
        return replace(self, confidence=round(min(self.confidence, confidence), 2))


UNDATED = DateClaim(None, DateBasis.UNKNOWN, 0.0)


@dataclass(frozen=True, slots=True)
class Source:
    """A feed, page, sitemap or folder with its rights.

    `url` is an address, `folder:PATH`, `maildir:PATH` or `imaps://…`; a relative path counts from
    the home. `kind` is `feed`, `page`, `folder`, `mailbox` or `auto` (found out at each
    collection). What a machine learnt of it stands in `gathered.SourceState`.
    """

    id: SourceId
    url: str
    rights: Rights
    outlet: str
    kind: str = "auto"
    section: str | None = None
    language: str = "bg"
    timezone: str = "Europe/Sofia"
    weight: float = 1.0
    active: bool = True

    def __post_init__(self) -> None:
        if not self.outlet.strip():
            raise ValueError("a source names its outlet")


@dataclass(frozen=True, slots=True)
class FeedPlace:
    """Where an entry stood among how many, in a feed or on a front page ordered by weight."""

    place: int
    of: int

    def __post_init__(self) -> None:
        if not 1 <= self.place <= self.of:
            raise ValueError("places count from 1 to the number of entries")

    @property
    def height(self) -> float:
        """1 at the top, 1 ÷ `of` at the bottom."""
        return 1 - (self.place - 1) / self.of


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed as it reads after repair, before its page is fetched.

    `place` is None in a feed that is ordered by time: see `collect/ordering.py`.
    """

    source: str
    id: str
    url: str
    title: str
    summary: str = ""
    content: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    author: str | None = None
    categories: tuple[str, ...] = ()
    image: str | None = None
    language: str | None = None
    place: FeedPlace | None = None

    def __post_init__(self) -> None:
        aware("Entry.published_at", self.published_at)
        aware("Entry.updated_at", self.updated_at)


@dataclass(frozen=True, slots=True)
class Article:
    """One article of one outlet: clean text, dated by evidence.

    `text` is paragraphs joined by a blank line, without title, lead, captions, credits or
    teasers. `url` is what was fetched, `canonical_url` what the page says of itself. `kind` is
    `article`, or why it is none (`sponsored`, `listing`, …). `partial` marks a feed entry whose
    page was not read: title and a cut line only. `place` is the entry's when it was first seen.
    """

    id: ArticleId
    title: str
    text: str
    outlet: str = ""
    source: str = ""
    url: str = ""
    canonical_url: str = ""
    lead: str | None = None
    date: DateClaim = UNDATED
    fetched_at: datetime | None = None
    author: str | None = None
    agencies: tuple[str, ...] = ()
    language: str = "bg"
    rights: Rights = Rights.LICENSED
    image: str | None = None
    site_name: str | None = None
    section: str | None = None
    categories: tuple[str, ...] = ()
    related: tuple[Related, ...] = ()
    removed: tuple[Removed, ...] = ()
    warnings: tuple[str, ...] = ()
    kind: str = "article"
    partial: bool = False
    weight: float = 1.0
    old_news: str | None = None
    place: FeedPlace | None = None

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("an article has an id")
        aware("Article.fetched_at", self.fetched_at)
        if self.published_at and self.fetched_at and self.published_at > self.fetched_at:
            raise ValueError("an article is not published after it was fetched")

    @property
    def published_at(self) -> datetime | None:
        """The date that the article may claim; None rather than a guess."""
        return self.date.at
