"""The two stage commands' glue: read one input, and give the keys of the command-line contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from digest.collect.extract import extract
from digest.collect.feed import Feed, read_feed
from digest.model import Agency, Article, Entry


def read_feed_input(
    name: str,
    data: bytes,
    *,
    now: datetime,
    base_url: str = "",
    headers: Mapping[str, str] = {},
    zone: str = "Europe/Sofia",
) -> Feed:
    """A feed from a file, standard input or an answer. Raises BadInput."""
    return read_feed(data, source=name, base_url=base_url, headers=headers, zone=zone, now=now)


def extract_input(
    name: str,
    data: bytes,
    *,
    fetched_at: datetime,
    url: str = "",
    headers: Mapping[str, str] = {},
    agencies: Sequence[Agency] = (),
    zone: str = "Europe/Sofia",
) -> Article:
    """A page or dump from a file, standard input or an answer. Raises BadInput."""
    return extract(
        data,
        source=name,
        url=url,
        headers=headers,
        fetched_at=fetched_at,
        agencies=agencies,
        zone=zone,
    )


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None


def entry_dict(entry: Entry) -> dict[str, object]:
    """A line of `digest feed`."""
    return {
        "source": entry.source,
        "id": entry.id or None,
        "url": entry.url or None,
        "title": entry.title or None,
        "summary": entry.summary or None,
        "content": entry.content or None,
        "published_at": _iso(entry.published_at),
        "updated_at": _iso(entry.updated_at),
        "author": entry.author,
        "categories": list(entry.categories),
        "image": entry.image,
        "language": entry.language,
    }


def feed_count_dict(name: str, feed: Feed) -> dict[str, object]:
    """The line of `digest feed --count`; `unique` leaves repeated entries out."""
    return {
        "source": name,
        "kind": feed.kind,
        "entries": len(feed.entries),
        "unique": feed.unique,
        "warnings": list(feed.warnings),
    }


def article_dict(article: Article) -> dict[str, object]:
    """A line of `digest extract`, with `id` and `kind` beside the contract's keys."""
    return {
        "id": article.id,
        "source": article.source,
        "url": article.url or None,
        "canonical_url": article.canonical_url or None,
        "title": article.title,
        "lead": article.lead,
        "text": article.text,
        "published_at": _iso(article.published_at),
        "date_basis": article.date.basis.value,
        "date_confidence": article.date.confidence,
        "date_evidence": article.date.evidence or None,
        "author": article.author,
        "agencies": list(article.agencies),
        "language": article.language,
        "image": article.image,
        "site_name": article.site_name,
        "kind": article.kind,
        "related": [{"title": one.title, "lead": one.lead} for one in article.related],
        "removed": [{"kind": one.kind, "text": one.text} for one in article.removed],
        "warnings": list(article.warnings),
    }
