"""The keys of the command-line contract: entries, counts of feeds, and articles as objects."""

from __future__ import annotations

from datetime import datetime

from digest.collect.feed import Feed
from digest.model import Article, Entry


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
