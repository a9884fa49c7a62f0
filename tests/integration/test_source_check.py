"""Looking at an address before it becomes a source, over real sockets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.actions.source_check import Checked, check_source
from digest.errors import BadInput, DigestError
from digest.model import Entry, Newsroom
from digest.newsroom import load_newsroom
from digest.settings import Settings
from tests.integration.outlets import Site, feed, page, serving

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
TEXT = (
    "Общинският съвет прие с голямо мнозинство плана за подмяна на водопровода в града. ",
    "Ремонтът започва през март и ще продължи четири месеца, съобщи кметът пред журналисти. ",
    "Движението по двата булеварда ще бъде спряно на етапи, за да не се затвори целият център. ",
)


@pytest.fixture
def site() -> Iterator[Site]:
    """A site with an empty front page."""
    with serving() as here:
        yield here


@pytest.fixture
def room() -> Newsroom:
    return load_newsroom()


def checked(site: Site, path: str, room: Newsroom, home: Path, **known: str) -> Checked:
    """The check of an address of the site."""
    return check_source(
        Settings(), room, site.url(path), home=home, now=NOW, known=tuple(known.values())
    )


def news(site: Site, number: int, *, at: datetime | None = NOW - timedelta(hours=2)) -> Entry:
    """An entry with its page on the site."""
    title = f"Съветът прие плана за водопровода, част {number}"
    url = site.url(f"/novina/{number}")
    site.put(f"/novina/{number}", page(title, *TEXT, f"Част {number}."), Content_Type="text/html")
    return Entry("x", f"id-{number}", url, title, "Кратко за плана.", published_at=at)


def spread(site: Site, many: int) -> list[Entry]:
    return [news(site, n, at=NOW - timedelta(hours=n + 1)) for n in range(many)]


def codes(found: Checked) -> set[str]:
    return {one.code for one in found.trial.problems}


def test_a_feed_is_proposed_with_five_entries_as_they_would_be_read(
    site: Site, room: Newsroom, tmp_path: Path
) -> None:
    """What is shown is the article of each page, not the feed's line."""
    site.put("/rss", feed(*spread(site, 8)), Content_Type="application/rss+xml")

    found = checked(site, "/rss", room, tmp_path)

    assert (found.kind, found.url) == ("rss", site.url("/rss"))
    assert len(found.trial.shown) == 5
    for number, one in enumerate(found.trial.shown):
        assert one.article is not None
        assert one.article.text.endswith(f"Част {number}.")
        assert one.article.published_at == NOW - timedelta(hours=number + 1)
    assert codes(found) == set()


def test_a_page_gives_the_feed_that_it_declares(site: Site, room: Newsroom, tmp_path: Path) -> None:
    """Autodiscovery: the news before the comments, whatever comes first."""
    site.put("/rss/komentari", feed(*spread(site, 3)))
    site.put("/rss/novini", feed(*spread(site, 6)))
    site.put(
        "/",
        '<!DOCTYPE html><html lang="bg"><head><title>Вестник</title>'
        '<link rel="alternate" type="application/rss+xml" title="Comments" '
        'href="/rss/komentari?comments"><link rel="alternate" type="application/rss+xml" '
        'href="/rss/novini"></head><body><h1>Вестник</h1></body></html>',
        Content_Type="text/html",
    )

    found = checked(site, "/", room, tmp_path)

    assert (found.kind, found.url) == ("rss", site.url("/rss/novini"))
    assert "feed-broken" in codes(found)


def test_a_feed_at_the_usual_place_is_found_though_nothing_names_it(
    site: Site, room: Newsroom, tmp_path: Path
) -> None:
    """Many outlets have a feed and do not say so."""
    site.put("/feed", feed(*spread(site, 5)))
    site.put("/", page("Вестник", "Добре дошли."), Content_Type="text/html")

    assert checked(site, "/", room, tmp_path).url == site.url("/feed")


def test_a_page_without_feeds_is_a_listing_whose_articles_are_followed(
    site: Site, room: Newsroom, tmp_path: Path
) -> None:
    """Links that stand for articles by their own words, their card's heading or their label."""
    entries = spread(site, 6)
    cards = "".join(
        f'<div class="card"><h3>{one.title}</h3><a href="{one.url}">Прочети още</a></div>'
        for one in entries[:3]
    ) + "".join(f'<a href="{one.url}" aria-label="{one.title}"><img></a>' for one in entries[3:])
    site.put("/", f"<!DOCTYPE html><html><body><main>{cards}</main></body></html>")

    found = checked(site, "/", room, tmp_path)

    assert (found.kind, found.url) == ("listing", site.url("/"))
    assert found.as_dict()["entries"] == 6
    assert [one.article is not None for one in found.trial.shown] == [True] * 5


def test_a_map_of_news_in_robots_is_found(site: Site, room: Newsroom, tmp_path: Path) -> None:
    """robots.txt names the maps of a site."""
    one = news(site, 1)
    site.put("/robots.txt", f"User-agent: *\nAllow: /\nSitemap: {site.url('/news-map.xml')}\n")
    site.put(
        "/news-map.xml",
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"><url>'
        f"<loc>{one.url}</loc><n:news><n:publication_date>2026-11-22T05:00:00Z"
        f"</n:publication_date><n:title>{one.title}</n:title></n:news></url></urlset>",
    )
    site.put("/", page("Вестник", "Добре дошли."), Content_Type="text/html")

    found = checked(site, "/", room, tmp_path)

    assert (found.kind, found.url) == ("sitemap", site.url("/news-map.xml"))


def test_problems_are_named_before_anything_is_saved(
    site: Site, room: Newsroom, tmp_path: Path
) -> None:
    """No dates, pages that robots.txt forbids, a feed that moved: each has its sentence."""
    site.put("/novo", feed(*[news(site, n, at=None) for n in range(3)]))
    site.put("/rss", b"", 301, Location="/novo")
    site.put("/robots.txt", "User-agent: *\nDisallow: /novina\n")

    found = checked(site, "/rss", room, tmp_path)

    assert found.url == site.url("/novo")
    assert {"moved", "undated", "unread-robots"} <= codes(found)
    sentences = [one.sentence for one in found.trial.problems]
    assert "Без дата: 3 записа от 3. Датата им ще се търси на страниците." in sentences


def test_one_moment_for_all_entries_is_no_date(site: Site, room: Newsroom, tmp_path: Path) -> None:
    """Some feeds date every entry with the moment when the feed was made."""
    site.put("/rss", feed(*[news(site, n) for n in range(7)]))

    assert "same-date" in codes(checked(site, "/rss", room, tmp_path))


def test_a_feed_given_up_long_ago_is_named(site: Site, room: Newsroom, tmp_path: Path) -> None:
    """A source that will never bring anything is better known before it is added."""
    site.put("/rss", feed(news(site, 1, at=NOW - timedelta(days=200))))

    assert "silent" in codes(checked(site, "/rss", room, tmp_path))


def test_a_temporary_redirect_keeps_the_typed_address(
    site: Site, room: Newsroom, tmp_path: Path
) -> None:
    """One redirect must not decide where a subscription points."""
    site.put("/tuk", feed(*spread(site, 2)))
    site.put("/rss", b"", 302, Location="/tuk")

    found = checked(site, "/rss", room, tmp_path)

    assert found.url == site.url("/rss")
    assert "redirects" in codes(found)


def test_a_folder_is_read_where_it_stands(room: Newsroom, tmp_path: Path) -> None:
    """A folder has no feed; its first files are shown."""
    folder = tmp_path / "statii"
    folder.mkdir()
    (folder / "a.html").write_text(page("Планът за водопровода мина", *TEXT), encoding="utf-8")

    found = check_source(Settings(), room, f"folder:{folder}", home=tmp_path, now=NOW)

    assert found.kind == "folder"
    assert [one.title for one in found.trial.shown] == ["Планът за водопровода мина"]


def test_an_address_that_does_not_answer_says_why(
    site: Site, room: Newsroom, tmp_path: Path
) -> None:
    """The error of the fetch is the answer."""
    with pytest.raises(DigestError) as refused:
        checked(site, "/nyama", room, tmp_path)

    assert "404" in refused.value.why


def test_an_empty_answer_is_nothing_to_read(site: Site, room: Newsroom, tmp_path: Path) -> None:
    """An empty body with status 200 is no source."""
    site.put("/rss", b"")

    with pytest.raises(BadInput):
        checked(site, "/rss", room, tmp_path)


def test_the_object_is_json_with_what_to_add(site: Site, room: Newsroom, tmp_path: Path) -> None:
    """One object: proposal, what else there is, problems and the entries."""
    site.put("/rss", feed(*spread(site, 2)))

    found = checked(site, "/rss", room, tmp_path, one=site.url("/rss")).as_dict()

    assert json.loads(json.dumps(found, ensure_ascii=False)) == found
    assert found["proposal"] == {
        "url": site.url("/rss"),
        "kind": "feed",
        "title": "Вестник",
        "known": True,
    }


def front(site: Site, *links: str, listed: int = 0) -> None:
    """A front page that declares feeds and lists articles."""
    head = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{one}">' for one in links
    )
    rows = "".join(
        f"<li><a href='/novina/{n}'>Съветът прие плана за водопровода, част {n}</a></li>"
        for n in range(listed)
    )
    html = f"<!DOCTYPE html><html><head>{head}</head><body><ul>{rows}</ul></body></html>"
    site.put("/", html, Content_Type="text/html")


def test_a_listing_goes_before_a_feed_of_comments(
    site: Site, room: Newsroom, tmp_path: Path
) -> None:
    """Comments are no news, even when they are all that a page declares."""
    spread(site, 6)
    front(site, "/comments/feed", listed=6)
    site.put("/comments/feed", feed(*(news(site, n) for n in range(2))))

    found = checked(site, "/", room, tmp_path)

    assert found.look is not None
    assert found.look.proposal.kind == "listing"
    assert [one.url for one in found.look.others] == [site.url("/comments/feed")]


def test_a_feed_at_the_usual_place_goes_before_one_of_comments(
    site: Site, room: Newsroom, tmp_path: Path
) -> None:
    """The usual places are tried as if nothing were declared."""
    front(site, "/comments/feed")
    site.put("/comments/feed", feed(*(news(site, n) for n in range(2))))
    site.put("/rss", feed(*spread(site, 3)))

    found = checked(site, "/", room, tmp_path)

    assert found.look is not None
    assert found.look.proposal.url == site.url("/rss")


def test_a_feed_declared_on_another_site_is_named(
    site: Site, room: Newsroom, tmp_path: Path
) -> None:
    """It is not fetched unasked, and not passed over in silence."""
    spread(site, 6)
    front(site, "https://emisii.example.test/vestnik", listed=6)

    found = checked(site, "/", room, tmp_path)

    (said,) = [one for one in found.trial.problems if one.code == "feed-elsewhere"]
    assert "https://emisii.example.test/vestnik" in said.sentence
