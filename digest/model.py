"""The types that flow through the rooms, frozen, with their invariants in the constructors.

`Article` → `Story` → `RankedStory` → `Summary` → `Edition` → `RenderedEdition` → `Delivery`.
Rows never leave `digest/store/`; dictionaries never travel between rooms. Times are aware
datetimes, lengths are characters unless a name says bytes, and every tuple is in reading order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

ArticleId = NewType("ArticleId", str)
StoryId = NewType("StoryId", str)
EditionId = NewType("EditionId", str)
SourceId = NewType("SourceId", str)
SubscriberId = NewType("SubscriberId", str)
DeliveryId = NewType("DeliveryId", str)
Url = NewType("Url", str)

FREE_EXTRACT = 100
"""Characters of a body that may be quoted freely beside the title.

ЗАПСП, ДВ 100/2023: the press publishers' right leaves free the title and up to the first 100
consecutive characters.
"""


class Rights(StrEnum):
    """What of a source may be printed (docs/decisions/0007)."""

    LICENSED = "licensed"
    EXTRACT = "extract"
    FACTS = "facts"
    EXCLUDED = "excluded"


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


def _aware(name: str, at: datetime | None) -> None:
    if at is not None and at.tzinfo is None:
        raise ValueError(f"{name} needs an offset")


def _share(name: str, value: float) -> None:
    if not 0 <= value <= 1:
        raise ValueError(f"{name} must lie in 0…1, not {value}")


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
        _aware("DateClaim.at", self.at)
        _share("DateClaim.confidence", self.confidence)
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
class Entry:
    """One entry of a feed as it reads after repair, before its page is fetched."""

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

    def __post_init__(self) -> None:
        _aware("Entry.published_at", self.published_at)
        _aware("Entry.updated_at", self.updated_at)


@dataclass(frozen=True, slots=True)
class Article:
    """One article of one outlet: clean text, dated by evidence.

    `text` is paragraphs joined by a blank line, without title, lead, captions, credits or
    teasers. `url` is what was fetched, `canonical_url` what the page says of itself. `kind` is
    `article`, or why it is none (`sponsored`, `listing`, …). `partial` marks a feed entry whose
    page was not read: title and a cut line only.
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

    def __post_init__(self) -> None:
        if not self.id:
            raise ValueError("an article has an id")
        _aware("Article.fetched_at", self.fetched_at)
        if self.published_at and self.fetched_at and self.published_at > self.fetched_at:
            raise ValueError("an article is not published after it was fetched")

    @property
    def published_at(self) -> datetime | None:
        """The date that the article may claim; None rather than a guess."""
        return self.date.at


@dataclass(frozen=True, slots=True)
class Voice:
    """One independent teller of a story: an agency, an owner or an outlet."""

    name: str
    kind: str
    article_ids: tuple[ArticleId, ...]

    def __post_init__(self) -> None:
        if self.kind not in {"agency", "owner", "outlet"}:
            raise ValueError(f"a voice is an agency, an owner or an outlet, not {self.kind!r}")


@dataclass(frozen=True, slots=True)
class Copy:
    """An article that repeats another's text; containment is the shared share (0…1)."""

    article_id: ArticleId
    copy_of: ArticleId
    containment: float

    def __post_init__(self) -> None:
        _share("Copy.containment", self.containment)
        if self.article_id == self.copy_of:
            raise ValueError("an article is not its own copy")


@dataclass(frozen=True, slots=True)
class DisputedValue:
    """One outlet's value of a fact and where it stands in its text."""

    value: str
    article_id: ArticleId
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A fact on which the outlets of a story differ; nothing is averaged."""

    fact: str
    values: tuple[DisputedValue, ...]

    def __post_init__(self) -> None:
        if len({v.value for v in self.values}) < 2:
            raise ValueError("a disagreement needs two different values")


@dataclass(frozen=True, slots=True)
class Story:
    """Articles on one event. `why` gives a reason in Bulgarian for each join."""

    id: StoryId
    articles: tuple[Article, ...]
    lead_article_id: ArticleId
    voices: tuple[Voice, ...] = ()
    copies: tuple[Copy, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    topic: str = "obshtestvo"
    why: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        ids = [a.id for a in self.articles]
        if not ids or len(set(ids)) != len(ids):
            raise ValueError("a story has articles, each once")
        if self.lead_article_id not in ids:
            raise ValueError("the lead article is one of the story's")

    @property
    def lead(self) -> Article:
        return next(a for a in self.articles if a.id == self.lead_article_id)

    @property
    def independent_sources(self) -> int:
        """How many voices tell it; a story is told by at least one."""
        return max(1, len(self.voices))


@dataclass(frozen=True, slots=True)
class Reason:
    """One signal of a score: value × weight, and the sentence an editor reads."""

    name: str
    weight: float
    value: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Development:
    """What is new since the edition of `since`: one supported sentence with its place."""

    since: date
    text: str
    article_id: ArticleId
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RankedStory:
    """A story with its score and why; `held` says in Bulgarian why it must stay out."""

    story: Story
    score: float
    reasons: tuple[Reason, ...] = ()
    development: Development | None = None
    held: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a summary: `text[start:end]` of the article less the `cuts`, folded."""

    text: str
    article_id: ArticleId
    start: int
    end: int
    cuts: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError("a sentence's span runs forward")


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault found by the gate; `kind` is one of the contract's eight."""

    kind: str
    text: str
    expected: str = ""


@dataclass(frozen=True, slots=True)
class CheckedSentence:
    """A sentence after the gate, with the place that supports it if there is one."""

    text: str
    supported: bool
    article_id: ArticleId | None = None
    start: int | None = None
    end: int | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """What the digest says of a story. `method`: extractive, model, editor or none.

    `note` says in Bulgarian why there is less than a summary, when there is.
    """

    id: str
    title: str
    text: str
    one_line: str
    sentences: tuple[Sentence, ...] = ()
    method: str = "extractive"
    rights: Rights = Rights.LICENSED
    checks: tuple[CheckedSentence, ...] = ()
    note: str = ""

    def __post_init__(self) -> None:
        if self.method not in {"extractive", "model", "editor", "none"}:
            raise ValueError(f"no such method: {self.method!r}")
        if self.rights is Rights.EXCLUDED and self.text:
            raise ValueError("an excluded source is not quoted")
        if self.rights is Rights.EXTRACT and len(self.text) > FREE_EXTRACT:
            raise ValueError(f"a free extract holds at most {FREE_EXTRACT} characters")


@dataclass(frozen=True, slots=True)
class Credit:
    """An outlet named under a story, with the address of its article."""

    outlet: str
    url: str
    title: str = ""
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class EditionStory:
    """A story as the edition prints it. `tier`: lead, full or brief."""

    id: StoryId
    title: str
    url: str
    summary: str
    one_line: str
    tier: str = "full"
    sentences: tuple[Sentence, ...] = ()
    credits: tuple[Credit, ...] = ()
    independent_sources: int = 1
    disagreement: str = ""
    update: str = ""
    image: str | None = None
    image_alt: str = ""
    method: str = "extractive"
    rights: Rights = Rights.LICENSED
    score: float = 0.0
    reasons: tuple[Reason, ...] = ()
    published_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.tier not in {"lead", "full", "brief"}:
            raise ValueError(f"no such tier: {self.tier!r}")
        if not self.title.strip():
            raise ValueError("a story in an edition has a title")
        _aware("EditionStory.published_at", self.published_at)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an edition: slug (`ikonomika`), printed name („Икономика“), stories."""

    slug: str
    name: str
    stories: tuple[EditionStory, ...]


class EditionState(StrEnum):
    """The life of an edition; see digest/review/ for the allowed steps."""

    DRAFT = "draft"
    HELD = "held"
    APPROVED = "approved"
    QUEUED = "queued"
    SENT = "sent"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Dropped:
    """A story that did not make the edition, and why, in Bulgarian."""

    id: StoryId
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One publication on one local date. Every edit makes a new revision."""

    id: EditionId
    publication: str
    date: date
    subject: str
    preheader: str
    sections: tuple[Section, ...]
    state: EditionState = EditionState.DRAFT
    revision: int = 1
    number: int = 1
    created_at: datetime | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None
    content_hash: str | None = None
    warnings: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    reading_minutes: int = 1

    def __post_init__(self) -> None:
        if self.revision < 1 or self.number < 1:
            raise ValueError("revisions and numbers count from 1")
        slugs = [s.slug for s in self.sections]
        if len(set(slugs)) != len(slugs):
            raise ValueError("a section appears once in an edition")
        ids = [story.id for story in self.stories]
        if len(set(ids)) != len(ids):
            raise ValueError("a story appears once in an edition")

    @property
    def stories(self) -> tuple[EditionStory, ...]:
        return tuple(story for section in self.sections for story in section.stories)


@dataclass(frozen=True, slots=True)
class Masthead:
    """Who sends: what settings say of the publication, as the mail prints it."""

    name: str
    tagline: str
    from_name: str
    from_address: str
    reply_to: str
    domain: str
    public_url: str
    postal_address: str
    responsible: str
    language: str = "bg"
    timezone: str = "Europe/Sofia"


@dataclass(frozen=True, slots=True)
class Piece:
    """A compiled part: literals and the names of the values between them.

    Joined as literals[0] + value(names[0]) + literals[1] + …; there is always one literal more
    than there are names.
    """

    literals: tuple[str, ...]
    names: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.literals) != len(self.names) + 1:
            raise ValueError("one literal more than placeholders")


@dataclass(frozen=True, slots=True)
class Variant:
    """The mail for one distinct set of sections. `key` is the sorted slugs joined by `+`."""

    key: str
    html: Piece
    text: Piece


@dataclass(frozen=True, slots=True)
class RenderedEdition:
    """Everything that will be sent, but for what differs from person to person.

    `content_hash` is the SHA-256 of subject and all variants: what an approval signs.
    `findings` are (level, code, Bulgarian sentence) of the render room's own checks.
    """

    edition_id: EditionId
    revision: int
    subject: str
    variants: Mapping[str, Variant]
    content_hash: str
    web_html: str = ""
    findings: tuple[tuple[str, str, str], ...] = ()


class DeliveryState(StrEnum):
    """Where a delivery stands (docs/decisions/0001)."""

    QUEUED = "queued"
    CLAIMED = "claimed"
    SENDING = "sending"
    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    SUPPRESSED = "suppressed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One row of the ledger with what is needed to write to one person.

    `leave_token` is the signed part of the unsubscribe address. `format` is `html` or `text`.
    """

    id: DeliveryId
    edition_id: EditionId
    revision: int
    subscriber_id: SubscriberId
    address: str
    name: str
    variant: str
    lane: str
    state: DeliveryState
    attempts: int
    epoch: int
    message_id: str
    leave_token: str
    format: str = "html"


class Outcome(StrEnum):
    """What one attempt came to; mapped to a state by the ledger."""

    ACCEPTED = "accepted"
    DEFERRED = "deferred"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Result:
    """The answer of a transport for one delivery.

    `code` is the SMTP reply code (0 when there was none), `status` the enhanced status (RFC
    3463), `reason` a word (`accepted, hard, soft, ours, throttle, greylist, render, lost`), and
    `text` what the relay said, cut to 500 characters and without control characters.
    """

    delivery_id: DeliveryId
    outcome: Outcome
    reason: str = ""
    code: int = 0
    status: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The counts of one edition, from its rows alone."""

    edition_id: EditionId
    planned: int
    queued: int = 0
    sending: int = 0
    accepted: int = 0
    deferred: int = 0
    refused: int = 0
    suppressed: int = 0
    unknown: int = 0
    cancelled: int = 0

    @property
    def balanced(self) -> bool:
        """True when every planned delivery is in exactly one outcome."""
        return self.planned == (
            self.queued
            + self.sending
            + self.accepted
            + self.deferred
            + self.refused
            + self.suppressed
            + self.unknown
            + self.cancelled
        )


@dataclass(frozen=True, slots=True)
class BounceFact:
    """What a returned message says. `kind` is one of the contract's seven words."""

    source: str
    kind: str
    recipients: tuple[str, ...] = ()
    status: str | None = None
    reason: str = ""
    original_message_id: str | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """A section that a newsroom prints: slug, name and the words that belong to it."""

    slug: str
    name: str
    words: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher from `config/outlets.toml`."""

    name: str
    owner: str
    hosts: tuple[str, ...] = ()
    kind: str = "site"


@dataclass(frozen=True, slots=True)
class Agency:
    """A wire agency and the spellings under which outlets credit it."""

    name: str
    credits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Newsroom:
    """What settings say of the world: topics, outlets and agencies."""

    topics: tuple[Topic, ...]
    outlets: tuple[Outlet, ...] = ()
    agencies: tuple[Agency, ...] = ()
    general: str = "obshtestvo"
    owners: Mapping[str, str] = field(default_factory=dict)

    def owner_of(self, outlet: str) -> str:
        """The owner of an outlet by its printed name; an unknown outlet owns itself."""
        return self.owners.get(outlet.casefold(), outlet)

    def section_name(self, slug: str) -> str:
        return next((t.name for t in self.topics if t.slug == slug), slug)
