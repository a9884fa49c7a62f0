"""What a round of collecting gives back: articles, visits, and every refusal with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from digest.errors import DigestError
from digest.model import Article, SourceId


@dataclass(frozen=True, slots=True)
class Rejected:
    """A document that did not become an article: a stable code and a Bulgarian sentence.

    Codes: language, sponsored, listing, consent, paywall, video-bulletin, too-short, unreadable,
    duplicate, robots, and those of `fetch.Failed` (network, timeout, gone, forbidden, …).
    """

    source: str
    url: str
    title: str
    reason_code: str
    reason: str


@dataclass(frozen=True, slots=True)
class Visit:
    """How one source answered. The validators are those to keep for the next conditional GET."""

    source_id: SourceId
    ok: bool
    not_modified: bool = False
    entries: int = 0
    etag: str | None = None
    last_modified: str | None = None
    error: DigestError | None = None
    kind: str = "auto"


@dataclass(frozen=True, slots=True)
class Harvest:
    """One round.

    `fetched`, `not_modified` and `failed` count sources, `known` counts articles that were stored
    before.
    """

    articles: tuple[Article, ...]
    visits: tuple[Visit, ...]
    rejected: tuple[Rejected, ...]
    fetched: int = 0
    not_modified: int = 0
    failed: int = 0
    known: int = 0
