"""Adversarial case 12 on documents: made to cost time or memory, or to read what is not theirs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.collect.extract import Job, Unread
from digest.collect.workers import timed_job
from digest.errors import BadInput
from digest.model import Article
from tests.adversarial.documents import AGENCIES, NOW, TITLE, feed, item, page, read, rss


def read_or_refused(document: str | bytes) -> Article | Unread:
    """What the worker's door makes of a document, within its time."""
    data = document.encode() if isinstance(document, str) else document
    found = timed_job(Job(data, "d", "", (), NOW, AGENCIES))
    return found if isinstance(found, Unread) else found.article


@pytest.mark.parametrize(
    "document",
    [
        "<!DOCTYPE html><html><body>" + "<div>" * 200_000 + "текст",
        page() + "<p>къс</p>" * 200_000,
        page() + "<a href='/x'>връзка</a>" * 100_000,
        "<!DOCTYPE html><html><body><h1>З</h1>" + "<p>" * 5_000_000,
        b"<html>" + b"\xff\xfe\x00" * 300_000,
    ],
    ids=["deep", "paragraphs", "links", "five-megabytes", "noise"],
)
def test_case_12_pages_made_to_cost_are_refused_with_a_reason(document: str | bytes) -> None:
    """Each says what, why and what to do; none takes the worker with it."""
    found = read_or_refused(document)

    assert isinstance(found, Unread)
    assert all((found.what, found.why, found.fix))


def test_case_12_a_paragraph_of_ten_megabytes_is_refused_and_of_two_is_read() -> None:
    """The limit is on the document; under it a giant paragraph is only long."""
    assert isinstance(read_or_refused(page("дума " * 1_200_000)), Unread)
    found = read_or_refused(page("Това изречение се повтаря. " * 40_000))
    assert isinstance(found, Article)
    assert found.title == TITLE


def test_case_12_a_dump_of_one_giant_line_ends() -> None:
    """Two megabytes without a single line break."""
    found = read_or_refused("дума " * 250_000)

    assert isinstance(found, Article)
    assert set(found.text.split()) == {"дума"}
    assert 0 < len(found.title) <= 500


ENTITIES = '<!DOCTYPE rss [<!ENTITY a "хахаха">' + "".join(
    f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)
)


def test_case_12_an_entity_bomb_is_refused_before_it_is_parsed() -> None:
    """A billion laughs in a kilobyte."""
    bomb = f'<?xml version="1.0"?>{ENTITIES}]><rss version="2.0"><channel><title>&j;</title>'

    with pytest.raises(BadInput) as refused:
        feed(bomb + item() + "</channel></rss>")

    assert "ENTITY" in refused.value.why or "същност" in refused.value.why


def test_case_12_an_external_entity_reads_no_file(tmp_path: Path) -> None:
    """The file's words appear nowhere."""
    secret = tmp_path / "secret.txt"
    secret.write_text("тайната дума", encoding="utf-8")
    attack = (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file://{secret}">]>'
        f'<rss version="2.0"><channel>{item(title="&x; новини от града")}</channel></rss>'
    )

    with pytest.raises(BadInput) as refused:
        feed(attack)

    assert "тайната" not in str(refused.value)
    assert not any(
        "тайната" in one.title for one in feed(attack.replace("<!ENTITY", "<!X")).entries
    )


def test_case_12_a_feed_nested_two_hundred_thousand_deep_ends() -> None:
    """feedparser alone takes ten seconds over it."""
    deep = rss(item(rest="<description>" + "&lt;b&gt;" * 200_000 + "</description>"), item(1))

    found = feed(deep)

    assert [one.title[:8] for one in found.entries] == ["Новина 0", "Новина 1"]


@pytest.mark.parametrize(
    "author",
    [
        "(" * 32_000,
        "a@" * 16_000,
        "<" * 32_000,
        "Име " * 8000,
        "\u202eгребдерП\u202c" * 2000,
    ],
)
def test_case_12_a_hostile_author_costs_nothing_and_names_nobody(author: str) -> None:
    """32 KB in a field for a name (feedparser's regular expressions took seconds)."""
    found = feed(rss(item(rest=f"<author><![CDATA[{author}]]></author>")))

    assert len(found.entries[0].author or "") <= 120


def test_case_12_a_hostile_author_of_a_page_is_nobody() -> None:
    """A name is two to four capitalised words."""
    article = read(page(head=f'<meta name="author" content="{"(а" * 20_000}">'))

    assert article.author is None


def test_case_12_no_date_comes_after_the_fetch_whatever_is_claimed() -> None:
    """Every place of a page may lie at once."""
    head = (
        '<meta property="article:published_time" content="2031-01-01T00:00:00Z">'
        '<script type="application/ld+json">{"@type":"NewsArticle",'
        '"datePublished":"9999-12-31T23:59:59Z"}</script>'
    )

    article = read(page(head=head), url="https://vestnik.example.bg/2030/05/05/novina")

    assert article.published_at is None or article.published_at <= NOW
    assert article.published_at != datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
