"""The sub-headline of a page: by its name, or by its place and the page's own description."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest.collect.extract import extract
from digest.model import Agency, Article

FETCHED = datetime(2026, 11, 20, 6, tzinfo=UTC)
TITLE = "Общината ремонтира пътя към старата гара"
LEAD = "Ремонтът започва в понеделник и ще продължи до средата на месеца."
PARAGRAPHS = (
    "Пътят към старата гара ще бъде затворен за тежки автомобили, съобщиха от общината.",
    "Жителите на двата квартала ще минават по временна отсечка край реката, която е готова.",
    "Автобусите от градския транспорт ще спират на новото място пред читалището на квартала.",
)
BODY = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)


def read(head: str, body: str) -> Article:
    html = f"<html><head><title>{TITLE}</title>{head}</head><body>{body}</body></html>"
    return extract(html.encode(), source="страница", fetched_at=FETCHED)


DESCRIBED = f'<meta property="og:description" content="{LEAD}">'


@pytest.mark.parametrize(
    "block",
    [
        f"<p>{LEAD}</p>",
        f'<div class="x1"><p>{LEAD}</p></div>',
        f"<h2>{LEAD}</h2>",
        f'<p class="teaser-text">{LEAD}</p>',
    ],
)
def test_what_the_page_describes_itself_with_apart_from_the_text_is_the_lead(block: str) -> None:
    """A full stop does not make it a paragraph, nor a class of teasers a teaser."""
    article = read(
        DESCRIBED,
        f"<article><header><h1>{TITLE}</h1>{block}</header><div class='t'>{BODY}</div></article>",
    )

    assert (article.lead, article.text) == (LEAD, "\n\n".join(PARAGRAPHS))


@pytest.mark.parametrize("wrap", ["<p>{}</p>", "<div class='p'><p>{}</p></div>"])
def test_a_first_paragraph_that_is_described_too_stays_in_the_text(wrap: str) -> None:
    """Many sites describe a page with its first paragraph; that makes it no sub-headline."""
    body = "".join(wrap.format(one) for one in (LEAD, *PARAGRAPHS))

    article = read(DESCRIBED, f"<article><h1>{TITLE}</h1><div class='t'>{body}</div></article>")

    assert article.lead is None
    assert article.text == "\n\n".join((LEAD, *PARAGRAPHS))


def test_a_text_that_is_all_in_its_lead_is_a_text() -> None:
    """News of one paragraph is not emptied by the name of its element."""
    only = " ".join((LEAD, *PARAGRAPHS))

    article = read("", f'<article><h1>{TITLE}</h1><div class="lead"><p>{only}</p></div></article>')

    assert (article.lead, article.text) == (None, only)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("16 ное 2026 09:56 - Георги Костов", "Георги Костов"),
        ("Мария Иванова | 16.11.2026 г., 09:56 ч.", "Мария Иванова"),
        ("16 ноември 2026, 09:56 – Стара Загора", None),
        ("Велико Търново, 16.11.2026", None),
        ("16.11.2026 | Новини", None),
    ],
)
def test_a_name_beside_the_date_is_the_author_and_a_town_is_not(
    line: str, author: str | None
) -> None:
    """The line stands between headline and text; who is not surely a person is nobody."""
    article = read("", f'<div><h1>{TITLE}</h1><div class="info">{line}</div>{BODY}</div>')

    assert article.author == author
    assert article.published_at is not None


PERSON = '<span class="author">Иван Петров</span>'


@pytest.mark.parametrize(
    "others",
    [
        f'<article class="card"><h3><a href="/b">Още една новина от града</a></h3>{PERSON}</article>',
        f'<ul><li>{PERSON}<p>Читателят пише, че пътят е лош.</p></li></ul><div class="mnenia"></div>',
        f'<figure><img src="/a.jpg">{PERSON}</figure>',
        '<div class="photo-author">Иван Петров</div>',
        '<span class="author">Super User</span>',
    ],
)
def test_the_name_of_another_is_not_the_authors(others: str) -> None:
    """Of another article, a picture, or an account that every system has."""
    article = read("", f"<article><h1>{TITLE}</h1><div>{BODY}</div></article>{others}")

    assert article.author is None


def test_an_organisation_in_the_data_is_no_author() -> None:
    """Its type says so, whatever its name looks like."""
    data = '{"@type":"NewsArticle","headline":"%s","author":{"@type":"Organization","name":"Дунав Вест"}}'
    head = f'<script type="application/ld+json">{data % TITLE}</script>'

    assert read(head, f"<h1>{TITLE}</h1>{BODY}").author is None


@pytest.mark.parametrize(
    "block",
    [
        '<div class="article-author">Автор: БТА</div>',
        '<div class="article-source">Източник: <a href="/">БТА</a></div>',
        '<div class="meta">20.11.2026 | Източник: БТА</div>',
        '<footer class="entry-footer">Източник: БТА</footer>',
    ],
)
def test_the_agency_that_a_page_names_as_its_source_is_credited(block: str) -> None:
    """Under the headline or in the article's footer, outside the text."""
    html = f"<html><body><article><h1>{TITLE}</h1>{BODY}{block}</article></body></html>"

    article = extract(
        html.encode(), source="стр", fetched_at=FETCHED, agencies=(Agency("БТА", ("БТА", "BTA")),)
    )

    assert article.agencies == ("БТА",)


@pytest.mark.parametrize("name", ["excerpt", "post-excerpt", "summary", "announce", "chapeau"])
def test_a_block_that_is_called_a_summary_between_headline_and_text_is_the_lead(name: str) -> None:
    """The same name in a card of another article is that article's."""
    own = f'<div><h1>{TITLE}</h1><div class="{name}">{LEAD}</div><div>{BODY}</div></div>'
    card = f'<div><h1>{TITLE}</h1><div>{BODY}</div></div><div class="{name}">{LEAD}</div>'

    assert read("", own).lead == LEAD
    assert read("", card).lead is None
