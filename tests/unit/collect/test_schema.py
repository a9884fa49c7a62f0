"""Which node of a page's JSON-LD is its article."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from digest.collect.extract import extract

TITLE = "Общината купува нови автобуси за крайните квартали"
OTHER = "Пожар унищожи склад край магистралата"
URL = "https://vestnik.example.bg/statia/1"
TEXT = "<p>Съветът одобри покупката на дванадесет автобуса след пет часа спорове в залата.</p>" * 3
OWN, STRANGE = "2026-11-20T14:35:00+02:00", "2026-11-15T20:00:00+02:00"


def node(
    title: str, day: str | None, kind: str = "NewsArticle", **more: object
) -> dict[str, object]:
    dated = {"datePublished": day} if day else {}
    return {"@type": kind, "headline": title, **dated, **more}


def published(*blocks: object) -> str | None:
    data = "".join(
        f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in blocks
    )
    html = (
        f"<html><head><title>{TITLE}</title>{data}</head><body><h1>{TITLE}</h1>{TEXT}</body></html>"
    )
    article = extract(
        html.encode(), source="стр", url=URL, fetched_at=datetime(2026, 11, 21, tzinfo=UTC)
    )
    return article.published_at.isoformat() if article.published_at else None


@pytest.mark.parametrize(
    "blocks",
    [
        [{"@graph": [node(OTHER, STRANGE), node(TITLE, OWN)]}],
        [node(OTHER, STRANGE), node(TITLE, OWN)],
        [[node(OTHER, STRANGE), node("Автобуси: решението", OWN, url=URL)]],
        [node("Коментар на читател", STRANGE, "DiscussionForumPosting"), node(TITLE, OWN)],
        [node("Дрехи за зимата", STRANGE, "Review"), node(TITLE, OWN)],
        [{"@type": "WebPage", "url": URL, "datePublished": OWN}],
        [{"@type": "WebPage", "url": URL, "datePublished": OWN}, node(TITLE, None)],
    ],
)
def test_the_article_is_known_by_its_address_or_headline(blocks: list[object]) -> None:
    """Related articles, comments and reviews stand in the same data, often before it."""
    assert published(*blocks) == OWN


@pytest.mark.parametrize(
    "blocks",
    [
        [{"@graph": [node(TITLE, None), node(OTHER, STRANGE)]}],
        [node(OTHER, STRANGE), node("Трета новина от деня в града", STRANGE)],
        [node(OTHER, STRANGE, url="https://vestnik.example.bg/statia/2")],
    ],
)
def test_the_day_of_a_related_article_is_not_borrowed(blocks: list[object]) -> None:
    """Where the own article gives none, or none can be told to be it, there is no day."""
    assert published(*blocks) is None


@pytest.mark.parametrize(
    "day", [1795178100, {"@value": OWN}, "2026/11/20 14:35", "20261120T143500+0200"]
)
def test_days_are_read_in_the_forms_that_data_have(day: object) -> None:
    """Numbers, typed values, slashes, the basic form of ISO 8601."""
    found = published({**node(TITLE, None), "datePublished": day})

    assert found is not None
    assert datetime.fromisoformat(found) == datetime.fromisoformat(OWN)
