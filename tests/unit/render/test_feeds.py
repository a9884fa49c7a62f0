"""Atom and JSON Feed of the sent editions, and the map of the archive."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import feedparser
import pytest
from invented_editions import MASTHEAD, NEWSROOM, edition, one_story
from lxml import etree
from lxml import html as lxml_html

from digest.model import Edition, EditionId, Issue
from digest.render import feeds
from digest.render.sitemap import NAMESPACE, robots, sitemap

OWN = replace(MASTHEAD, publication="utro")
APPROVED = datetime(2026, 11, 20, 4, 30, 12, 345, tzinfo=UTC)
HOSTILE = (
    "</title><script>alert(1)</script>",
    "]]> <!-- & &amp; {{ x }} %%UNSUB%%",
    "нула\x00 звънец\x07 ред\u2028нов \u202eобърнат \ufffe",
)


def sent(**fields: object) -> Edition:
    return replace(edition(), **({"approved_at": APPROVED} | fields))


def rows(*editions: Edition) -> tuple[feeds.Entry, ...]:
    return feeds.entries(editions, OWN, NEWSROOM)


def atom(*editions: Edition) -> feedparser.FeedParserDict:
    return feedparser.parse(feeds.atom(rows(*editions), OWN))


def test_atom_has_all_that_the_standard_demands() -> None:
    """RFC 4287 §4.1: id, title, updated, author, self, and the same of every entry."""
    older = sent(date=date(2026, 11, 19), id=EditionId("utro-2026-11-19"))
    read = atom(sent(), older)

    assert read.bozo == 0
    assert read.version == "atom10"
    assert read.feed.id == "https://utro.example.bg/archive"
    assert (read.feed.title, read.feed.language) == ("Утрото на Примерово", "bg")
    assert {link.rel: link.href for link in read.feed.links} == {
        "self": "https://utro.example.bg/archive/atom.xml",
        "alternate": "https://utro.example.bg/archive",
    }
    assert [one.link for one in read.entries] == [
        "https://utro.example.bg/archive/2026-11-20",
        "https://utro.example.bg/archive/2026-11-19",
    ]
    assert read.entries[0].updated == "2026-11-20T06:30:12+02:00"
    assert read.feed.updated == read.entries[0].updated


def test_an_entry_keeps_its_id_when_the_site_moves() -> None:
    """A reader's program would show every edition as new once more."""
    moved = replace(OWN, public_url="https://novini.example.test", name="Друго име")

    assert feeds.entry_id(sent(), OWN) == "tag:example.bg,2026-11-20:utro"
    assert feeds.entry_id(sent(revision=3, subject="Друга тема"), moved) == feeds.entry_id(
        sent(), OWN
    )


def test_two_editions_of_a_day_are_two_entries() -> None:
    """The daily and the short one share the date and nothing else."""
    short = sent(id=EditionId("kratko-2026-11-20"), publication="kratko")
    read = atom(sent(), short)

    assert len({one.id for one in read.entries}) == 2
    assert read.entries[1].link == "https://utro.example.bg/archive/2026-11-20/kratko"


def test_the_body_of_an_entry_tells_every_story_and_its_sources() -> None:
    """The text of the page: headlines are links, sources are named."""
    body = lxml_html.fromstring(f"<div>{atom(sent()).entries[0].content[0].value}</div>")

    assert len(body.xpath(".//h3/a")) == 5
    assert "Читалнята има 21 места и работи до полунощ." in body.text_content()
    assert "Вестник Пример, Радио Пример (по БТА)" in body.text_content()


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_is_text_in_both_feeds(title: str) -> None:
    """The documents stay well-formed and no element comes of a title."""
    made = replace(one_story(title=title, summary=title), subject=title, approved_at=APPROVED)
    xml = feeds.atom(rows(made), OWN)
    item = json.loads(feeds.json_feed(rows(made), OWN))["items"][0]
    entry = etree.fromstring(xml).find("{*}entry")

    assert entry is not None
    assert entry.findtext("{*}title") == item["title"]
    assert entry.findtext("{*}content") == item["content_html"]
    body = lxml_html.fromstring(f"<div>{item['content_html']}</div>")
    assert body.xpath(".//script | .//comment()") == []
    assert body.xpath("string(.//h3)").strip() == item["title"]
    assert not set("\x00\x07\u2028\u202e\ufffe") & set(item["title"] + item["content_html"])


def test_json_feed_has_all_that_version_1_1_demands() -> None:
    """jsonfeed.org: version, title, and items with id and content."""
    read = json.loads(feeds.json_feed(rows(sent()), OWN))
    (item,) = read["items"]

    assert read["version"] == "https://jsonfeed.org/version/1.1"
    assert read["feed_url"] == "https://utro.example.bg/archive/feed.json"
    assert read["home_page_url"] == "https://utro.example.bg/archive"
    assert item["id"] == feeds.entry_id(sent(), OWN)
    assert item["url"] == "https://utro.example.bg/archive/2026-11-20"
    assert item["image"] == item["url"] + ".png"
    assert datetime.fromisoformat(item["date_published"]) == APPROVED.replace(microsecond=0)


def test_a_feed_without_editions_is_a_feed() -> None:
    """The first subscriber may come before the first edition."""
    assert atom().bozo == 0
    assert atom().entries == []
    assert json.loads(feeds.json_feed((), OWN))["items"] == []


def test_an_edition_without_approval_has_its_own_day() -> None:
    """An imported one knows neither who approved it nor when it was made."""
    assert feeds.changed(edition(), OWN).isoformat() == "2026-11-20T00:00:00+02:00"


def test_the_map_names_archive_editions_and_months_once() -> None:
    """sitemaps.org: absolute addresses of this site, each once."""
    issues = [
        Issue(EditionId("a"), "utro", date(2026, 11, 20)),
        Issue(EditionId("b"), "kratko", date(2026, 11, 20)),
        Issue(EditionId("c"), "utro", date(2026, 10, 31)),
    ]
    tree = etree.fromstring(sitemap(issues, OWN))
    base = "https://utro.example.bg/archive"

    assert tree.tag == f"{{{NAMESPACE}}}urlset"
    assert [node.text for node in tree.iter(f"{{{NAMESPACE}}}loc")] == [
        base, f"{base}/2026-11-20", f"{base}/2026-11-20/kratko", f"{base}/2026-10-31",
        f"{base}/2026-11", f"{base}/2026-10",
    ]  # fmt: skip


def test_robots_learn_where_the_map_is_and_that_the_desk_is_closed() -> None:
    """Pages of one reader are not named: they say `noindex` themselves."""
    said = robots(OWN)

    assert "Sitemap: https://utro.example.bg/sitemap.xml\n" in said
    assert "Disallow: /izdanie/\n" in said
    assert "/leave" not in said
