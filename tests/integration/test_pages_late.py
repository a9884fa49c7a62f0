"""Pages that a guard against robots keeps from us for a while: they are tried again, each later."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from digest.actions import collecting
from digest.collect.reading import PASSING
from digest.gathered import SourceState
from digest.model import SourceId
from tests.integration.one_round import NOW, TEXT, entry, only, run, source
from tests.integration.outlets import Site, feed, page
from tests.integration.test_collect_rounds import add, at, one, publish, stored
from tests.integration.test_collect_rounds import run as round_of

CHECK = (
    '<!DOCTYPE html><html lang="en"><head><title>Just a moment...</title></head><body><h1>Checking '
    "your browser before you access this site.</h1><p>This process is automatic. Your browser will "
    "redirect to your requested content shortly. Please allow up to five seconds while we verify "
    "that the connection is secure and that you are not a robot of any kind.</p></body></html>"
)
WHOLE = " ".join(TEXT)
PATH = "/vest/4711"


@pytest.mark.parametrize("summary", ["Общинският съвет прие плана за подмяна на водопровода.", ""])
@pytest.mark.parametrize(("status", "body"), [(403, ""), (404, ""), (200, ""), (200, CHECK)])
def test_a_page_that_a_guard_kept_is_read_by_a_later_round(
    home: Path, site: Site, status: int, body: str, summary: str
) -> None:
    """Whatever the guard answered, and whether the entry made an article or not."""
    add(home, site)
    news = replace(one(site), summary=summary)
    publish(site, news, ETag='"1"')
    site.put(PATH, body, status)
    first = round_of(home)

    site.put(PATH, page(news.title, *TEXT))
    later = round_of(home, 1)

    assert first.articles_new == (1 if summary else 0)
    assert later.articles_new == 1 - first.articles_new
    (article,) = stored(home)
    assert not article.partial
    assert TEXT[2] in article.text


def test_a_page_in_another_language_than_its_entry_is_a_wall(site: Site) -> None:
    """A check of the browser in English says nothing of the article; the entry stands in."""
    site.put("/rss", feed(entry(site.url("/a/1"))))
    site.put("/a/1", CHECK * 5)

    harvest = run(source(site.url("/rss")))

    assert [one.partial for one in harvest.articles] == [True]


def test_tries_come_ever_later_and_end_with_the_news(home: Path, site: Site) -> None:
    """Rounds every hour for two days ask far less often, and in the end no more."""
    add(home, site)
    publish(site, one(site), ETag='"1"')
    site.put(PATH, b"", 403)

    for hour in range(49):
        round_of(home, hour)

    asked = site.times(PATH)
    round_of(home, 60)
    assert 6 <= asked <= 16
    assert site.times(PATH) == asked
    assert [one.partial for one in stored(home)] == [True]
    app = at(home, 60)
    with app.store.reading() as work:
        (state,) = work.sources.states().values()
        (article,) = work.articles.since(NOW - timedelta(days=90))
        assert len(work.articles.versions(article.id)) == 1
    app.close()
    assert not state.postponed


def test_between_the_tries_the_feed_is_asked_with_its_validators(home: Path, site: Site) -> None:
    """One page that does not come costs no whole feeds before it is due."""
    add(home, site)
    publish(site, one(site), ETag='"1"')
    site.put(PATH, b"", 403)
    round_of(home)

    report = round_of(home, 0.05)

    assert report.not_modified == 1
    assert site.last("/rss").get("if-none-match") == '"1"'


def test_a_foreign_article_is_refused_for_good(home: Path, site: Site) -> None:
    """When the entry is foreign too, its page is no wall."""
    add(home, site)
    title = "The council has adopted the plan for the water supply of the city"
    summary = "The municipal council adopted the plan with a large majority on Friday morning."
    publish(site, replace(one(site), title=title, summary=summary), *[summary] * 6)

    reports = [round_of(home, hours) for hours in (0, 1, 5)]

    assert site.times(PATH) == 1
    assert [sum(one.rejected.values()) for one in reports] == [1, 0, 0]


def test_counts_of_a_feed_add_up_in_every_round(home: Path, site: Site) -> None:
    """What an earlier round refused is counted apart, and not forgotten."""
    add(home, site)
    ad = replace(
        one(site, "/ad/1"), id="ad", title="Платена публикация: нов водопровод за всеки дом"
    )
    site.put("/rss", feed(one(site), ad))
    site.put(PATH, page("Пролом сменя водопровода си", *TEXT))
    site.put("/ad/1", page(ad.title, "Рекламна публикация.", *TEXT))
    first = round_of(home)
    site.put("/rss", feed(one(site), ad) + " ")

    second = round_of(home, 1)

    assert (first.articles_new, sum(first.rejected.values()), first.refused_known) == (1, 1, 0)
    assert (second.articles_known, sum(second.rejected.values()), second.refused_known) == (1, 0, 1)


def test_kept_bytes_of_a_guard_settle_nothing(home: Path, site: Site) -> None:
    """Reading them again leaves the page to be tried."""
    add(home, site)
    publish(site, replace(one(site), summary=""), ETag='"1"')
    site.put(PATH, CHECK)
    round_of(home)
    app = at(home, 0.5)
    collecting.collect_again(app)
    app.close()

    site.put(PATH, page("Пролом сменя водопровода си", *TEXT))
    later = round_of(home, 1)

    assert later.articles_new == 1


def test_what_reading_again_finds_is_of_the_day_on_which_it_was_fetched(
    home: Path, site: Site
) -> None:
    """An article that was refused by mistake is no older and no younger for being read today."""
    add(home, site)
    publish(site, one(site))
    round_of(home)
    (before,) = stored(home)
    app = at(home, 70)
    with app.store.work() as work:
        from sqlalchemy import delete

        from digest.store.tables import article_keys, articles

        for table in (article_keys, articles):
            work.articles._connection.execute(delete(table))

    report = collecting.collect_again(app)

    app.close()
    (after,) = stored(home)
    assert report.articles_new == 1
    assert after == before


def test_a_passing_fault_is_no_guard(site: Site) -> None:
    """A server in trouble is asked by the very next round, as before."""
    site.put("/rss", feed(entry(site.url("/a/1"))))
    site.put("/a/1", b"", 500)

    state = only(run(source(site.url("/rss")))).state

    assert "unavailable" in PASSING
    assert state.body_hash == ""
    assert state.postponed == ()


# ---- maps of maps


def urlset(site: Site, *paths: str) -> str:
    rows = "".join(f"<url><loc>{site.url(path)}</loc></url>" for path in paths)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'


@pytest.mark.parametrize("etag", [{}, {"ETag": '"1"'}])
def test_the_maps_of_an_unchanged_map_are_followed(site: Site, etag: dict[str, str]) -> None:
    """An index without days says the same for years while its maps grow; with a 304 too."""
    index = (
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap>'
        f"<loc>{site.url('/m1.xml')}</loc></sitemap></sitemapindex>"
    )
    site.put("/map", index, **etag)
    site.put("/m1.xml", urlset(site, "/novini/voda-1"))
    site.put("/novini/voda-1", page("Планът за водата е приет", WHOLE, *TEXT))
    site.put("/novini/pat-2", page("Пътят до морето е готов", *TEXT[::-1], "Пътят е отворен."))
    first = run(source(site.url("/map")))
    site.put("/m1.xml", urlset(site, "/novini/voda-1", "/novini/pat-2"))
    states: dict[SourceId, SourceState] = {SourceId("s"): only(first).state}

    second = run(source(site.url("/map")), states=states)

    assert only(second).state.children == (site.url("/m1.xml"),)
    assert site.times("/novini/pat-2") == 1
    assert not only(second).not_modified
