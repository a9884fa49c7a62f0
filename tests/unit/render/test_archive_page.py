"""The public page of an edition: its address, what machines read of it, and hostile titles."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from invented_editions import MASTHEAD, NEWSROOM, edition, one_story, story
from lxml import html as lxml_html

from digest.model import Edition, Issue, Masthead, Section
from digest.render.address import edition_address, edition_path
from digest.render.render import render

OWN = replace(MASTHEAD, publication="utro")
HOSTILE = (
    "</script><script>alert(1)</script>",
    "<!-- <script> --> ]]> &amp; &lt;b&gt;",
    "{{ x }} {% raw %} %%UNSUB%%",
    "нула\x00 ред\u2028нов\u2029абзац \u202eобърнат\u2066",
    "кавички \" и ' и \\u003c",
    "щ" * 400,
)


def page(one: Edition, masthead: Masthead = OWN) -> lxml_html.HtmlElement:
    return lxml_html.document_fromstring(render(one, masthead, newsroom=NEWSROOM).web_html)


def linked(tree: lxml_html.HtmlElement) -> dict:
    (script,) = tree.xpath("//script")
    assert script.get("type") == "application/ld+json"
    return json.loads(script.text)


def meta(tree: lxml_html.HtmlElement, name: str) -> str:
    return tree.xpath(f"string(//meta[@property='{name}' or @name='{name}']/@content)")


def test_the_address_is_the_date() -> None:
    """Of the publication whose site it is."""
    assert edition_path(edition(), OWN) == "/archive/2026-11-20"
    assert edition_address(edition(), OWN) == "https://utro.example.bg/archive/2026-11-20"


def test_two_editions_of_a_day_have_two_addresses() -> None:
    """The short edition of a house has its name behind the date."""
    short = Issue("k1", "kratko", date(2026, 11, 20))

    assert edition_path(short, OWN) == "/archive/2026-11-20/kratko"
    assert edition_path(edition(), OWN) != edition_path(short, OWN)


def test_no_name_of_a_publication_leaves_its_place() -> None:
    """An edition from a file may call itself anything."""
    odd = Issue("k1", "../../izdanie?x=„1“", date(2026, 11, 20))

    assert edition_path(odd, OWN).count("/") == 3
    assert edition_path(odd, OWN).isascii()


def test_the_page_names_its_address_feeds_and_picture() -> None:
    """What search engines, readers of feeds and networks ask of a page."""
    tree = page(edition())
    address = "https://utro.example.bg/archive/2026-11-20"

    assert tree.xpath("//link[@rel='canonical']/@href") == [address]
    assert tree.xpath("//link[@rel='alternate']/@href") == [
        "https://utro.example.bg/archive/atom.xml",
        "https://utro.example.bg/archive/feed.json",
    ]
    assert meta(tree, "og:url") == address
    assert meta(tree, "og:image") == meta(tree, "twitter:image") == f"{address}.png"
    assert meta(tree, "og:title") == "Нова читалня край реката"
    assert meta(tree, "twitter:card") == "summary_large_image"
    assert (meta(tree, "og:image:width"), meta(tree, "og:image:height")) == ("1200", "630")


def test_without_a_public_address_nothing_points_nowhere() -> None:
    """A home that has no site yet renders a page without half addresses."""
    tree = page(edition(), replace(OWN, public_url=""))

    assert tree.xpath("//link[@rel='canonical' or @rel='alternate']") == []
    assert meta(tree, "og:image") == ""
    assert "url" not in linked(tree)


def test_the_list_of_articles_is_that_of_the_page() -> None:
    """schema.org: an ItemList of NewsArticle in the printed order, with address and publisher."""
    tree = page(edition())
    rows = linked(tree)["mainEntity"]["itemListElement"]
    printed = [node.text_content().strip() for node in tree.xpath("//article/h3")]

    assert [row["item"]["headline"] for row in rows] == printed
    assert [row["position"] for row in rows] == [1, 2, 3, 4, 5]
    assert {row["item"]["@type"] for row in rows} == {"NewsArticle"}
    assert rows[0]["item"]["url"] == "https://vestnik.example.bg/1"
    assert rows[0]["item"]["publisher"][0]["name"] == "Вестник Пример"


@pytest.mark.parametrize("title", HOSTILE)
def test_a_title_stays_a_title(title: str) -> None:
    """In headline, JSON-LD and every tag of the head; no element and no script comes of it."""
    made = replace(one_story(title=title), subject=title, preheader=title)
    html = render(made, OWN, newsroom=NEWSROOM).web_html
    tree = lxml_html.document_fromstring(html)

    (row,) = linked(tree)["mainEntity"]["itemListElement"]
    shown = tree.xpath("//article/h3")[0].text_content().strip()
    assert row["item"]["headline"] == shown[:110]
    assert meta(tree, "og:title") == meta(tree, "description") == shown
    assert tree.xpath("count(//script)") == 1
    assert tree.xpath("//article/h3/a/*") == []
    assert not re.search("[\x00\u2028\u2029\u202a-\u202e\u2066-\u2069]", html)
    inside = html.split('ld+json">')[1].split("</script>")[0]
    assert not re.search("[<>&]", inside)


def test_a_date_is_given_only_where_it_is_known() -> None:
    """A guess is no claim; the page's own date is the edition's."""
    data = linked(page(edition(Section("sport", "Спорт", (story(1, tier="lead"),)))))

    assert "datePublished" not in data["mainEntity"]["itemListElement"][0]["item"]
    assert data["datePublished"] == "2026-11-20"


def test_paper_has_no_navigation_and_its_sources_can_be_found() -> None:
    """On paper there are no links: the sources and the edition say their addresses."""
    tree = page(edition())
    sheet = tree.xpath("string(//style)").split("@media print", 1)[1]

    assert ".contents, .onscreen { display: none; }" in sheet
    assert "attr(href)" in sheet
    assert "a { text-decoration: none; }" in sheet
    assert "https://utro.example.bg/archive/2026-11-20" in tree.xpath(
        "string(//p[@class='onpaper'])"
    )


def test_the_same_edition_gives_the_same_page() -> None:
    """What was approved is what is shown."""
    first = render(edition(), OWN, newsroom=NEWSROOM).web_html

    assert render(edition(), OWN, newsroom=NEWSROOM).web_html == first
