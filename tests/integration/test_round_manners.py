"""What a round owes the hosts it asks: their rules, their patience, their time."""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime

import pytest

from digest.collect.answers import retry_after
from digest.collect.fetch import Request, fetch_now
from digest.collect.harvest import Visit
from digest.errors import Refused
from digest.gathered import SourceState
from digest.model import SourceId
from tests.integration.one_round import LIMITS, NOW, TEXT, entry, listing, only, run, source
from tests.integration.outlets import Site, feed, page, serving

# ---- robots.txt


def test_a_redirect_into_a_closed_place_is_not_followed(site: Site) -> None:
    """The rules are asked on every hop."""
    site.put("/robots.txt", "User-agent: *\nDisallow: /private/\n")
    site.put("/rss", feed(entry(site.url("/go/1"))))
    site.put("/go/1", b"", 302, Location="/private/1")
    site.put("/private/1", page("Планът", *TEXT))

    harvest = run(source(site.url("/rss")))

    assert site.times("/go/1") == 1
    assert site.times("/private/1") == 0
    assert "robots.txt" in harvest.articles[0].warnings[0]


def test_the_rules_of_the_origin_that_a_redirect_leads_to_are_asked() -> None:
    """Another host, other rules."""
    with serving() as site, serving() as other:
        other.put("/robots.txt", "User-agent: *\nDisallow: /\n")
        other.put("/a/1", page("Планът", *TEXT))
        site.put("/rss", feed(entry("https://vesti.example.bg/a/1")))
        site.put("/a/1", b"", 302, Location="https://arhiv.example.bg/a/1")
        mirrors = {
            "https://vesti.example.bg": site.url(""),
            "https://arhiv.example.bg": other.url(""),
        }
        limits = LIMITS.model_copy(update={"mirrors": mirrors})

        harvest = run(source(site.url("/rss")), limits=limits)

        assert other.times("/robots.txt") == 1
        assert other.times("/a/1") == 0
        assert harvest.articles[0].partial


@pytest.mark.parametrize("kind", ["page", "auto"])
def test_a_page_that_a_person_named_and_robots_close_is_a_failure_in_words(
    site: Site, kind: str
) -> None:
    """A listing too; with `auto` only the answer tells that it is one."""
    site.put("/robots.txt", "User-agent: *\nDisallow: /\n")
    site.put("/vesti", listing("/novina-1-a-b.html", "/novina-2-a-b.html", "/novina-3-a-b.html"))

    visit = only(run(source(site.url("/vesti"), kind=kind)))

    assert not visit.ok
    assert isinstance(visit.error, Refused)
    assert "robots.txt" in visit.error.why
    assert site.times("/vesti") == (1 if kind == "auto" else 0)
    assert not any(path.startswith("/novina") for path, _ in site.asked)


def test_a_source_known_as_a_page_asks_for_the_rules_first(site: Site) -> None:
    """What the last round learned counts."""
    site.put("/robots.txt", "User-agent: *\nDisallow: /\n")
    site.put("/a/7", page("Планът за водата", *TEXT))
    state = SourceState(SourceId("s"), kind="page")

    assert only(run(source(site.url("/a/7")), states={SourceId("s"): state})).error is not None
    assert site.times("/a/7") == 0


def test_a_feed_is_published_to_be_fetched(site: Site) -> None:
    """Rules that close everything hold for its pages, not for it."""
    site.put("/robots.txt", "User-agent: *\nDisallow: /\n")
    site.put("/rss", feed(entry(site.url("/a/1"))))

    harvest = run(source(site.url("/rss")))

    assert only(harvest).ok
    assert harvest.articles[0].partial
    assert site.times("/a/1") == 0


# ---- Retry-After


def held(visit: Visit) -> timedelta | None:
    """For how long the server's word keeps us away."""
    at, by = visit.state.not_before, visit.state.waiting_for
    return at - NOW if at is not None and by == "server" else None


@pytest.mark.parametrize("path", ["/a/0", "/robots.txt"])
def test_a_page_that_asks_for_patience_holds_its_host(site: Site, path: str) -> None:
    """The feed was good; still nobody comes back before the time, and nothing more is asked."""
    site.put("/rss", feed(*(entry(site.url(f"/a/{n}"), n) for n in range(4))))
    for number in range(4):
        site.put(f"/a/{number}", page(f"Планът {number}", *TEXT))
    site.put(path, b"", 429, Retry_After="7200")
    first = run(source(site.url("/rss")), source("https://drug.example.bg/rss", "other"))

    visit = first.visits[0]
    assert visit.ok
    assert held(visit) == timedelta(hours=2)
    assert held(first.visits[1]) is None
    assert sum(path.startswith("/a/") for path, _ in site.asked) <= 1
    site.asked.clear()

    second = run(source(site.url("/rss")), states={SourceId("s"): visit.state})

    assert only(second).waiting == "retry-after"
    assert site.asked == []


def test_pages_on_another_host_hold_the_source_that_leads_to_them() -> None:
    """The feed's host said nothing; its pages' host asked for two hours."""
    with serving() as site, serving() as pages:
        site.put("/rss", feed(entry("https://str.example.bg/a/1")))
        pages.put("/a/1", b"", 429, Retry_After="7200")
        limits = LIMITS.model_copy(update={"mirrors": {"https://str.example.bg": pages.url("")}})

        assert held(only(run(source(site.url("/rss")), limits=limits))) == timedelta(hours=2)


def test_a_map_of_a_map_that_asks_for_patience_holds_the_source(site: Site) -> None:
    """Not our own five minutes."""
    site.put(
        "/map",
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap>'
        f"<loc>{site.url('/1.xml')}</loc></sitemap></sitemapindex>",
    )
    site.put("/1.xml", b"", 429, Retry_After="7200")

    assert held(only(run(source(site.url("/map"))))) == timedelta(hours=2)


@pytest.mark.parametrize(
    ("text", "date", "seconds"),
    [
        ("120", "", 120),
        (format_datetime(NOW + timedelta(hours=2), usegmt=True), "", 7200),
        (format_datetime(NOW + timedelta(hours=2), usegmt=True), "няма дата", 7200),
        (format_datetime(NOW, usegmt=True), format_datetime(NOW - timedelta(minutes=5)), 300),
        (format_datetime(NOW - timedelta(hours=2), usegmt=True), "", 0),
        ("9999999", "", 86_400),
        ("-5", "", None),
        ("120.5", "", None),
        ("٣٤", "", None),
        ("Fri, 99 Nov 99999 10:00:00 GMT", "", None),
        ("Sat, 21 Nov 2000000000000000026 10:00:00 GMT", "", None),
        ("Sat, 21 Nov 2026 10:00:00 +99999999999999", "", None),
    ],
)
def test_retry_after_is_read_as_the_standard_writes_it(
    text: str, date: str, seconds: int | None
) -> None:
    """From the server's date, from our clock when it names none."""
    assert retry_after(text, date, NOW) == seconds


# ---- time


def test_a_host_with_long_delays_does_not_hold_the_round(site: Site) -> None:
    """Ten seconds between pages, forty pages: what its budget holds is read, the rest waits."""
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 10\n")
    site.put("/rss", feed(*(entry(site.url(f"/a/{n}"), n) for n in range(12))))
    for number in range(12):
        site.put(f"/a/{number}", page(f"Планът {number}", *TEXT))

    harvest = run(source(site.url("/rss")), limits=LIMITS.model_copy(update={"host_seconds": 5}))

    read = [one for one in harvest.articles if not one.partial]
    assert len(read) == 1
    assert len(harvest.articles) == 12
    said = [one.warnings[0] for one in harvest.articles if one.partial]
    assert all("collect.host_seconds" in text for text in said)
    state = only(harvest).state
    assert (state.etag, state.body_hash) == (None, "")


def test_a_feed_beyond_its_hosts_time_waits_for_the_next_round_and_comes_first(site: Site) -> None:
    """It did not fail; the next round asks it before those that were read."""
    for number in range(4):
        site.put(f"/rss/{number}", feed(entry("", number)))
    limits = LIMITS.model_copy(update={"host_seconds": 1e-9})
    sources = [source(site.url(f"/rss/{n}"), str(n)) for n in range(4)]

    first = run(*sources, limits=limits)
    assert [(v.ok, v.waiting) for v in first.visits] == [(True, "")] + [(False, "budget")] * 3
    assert first.failed == 0
    site.asked.clear()
    run(*sources, limits=limits, states={v.source_id: v.state for v in first.visits})

    assert [path for path, _ in site.asked] == ["/rss/1"]


def test_one_connection_a_host_one_request_after_another(site: Site) -> None:
    """However many addresses: the server never sees two questions at a time."""
    paths = [f"/{n}" for n in range(12)]
    for path in paths:
        site.put(path, "да" * 1000)
    trusted = frozenset({f"127.0.0.1:{site.port}"})

    fetch_now([Request(site.url(path), trusted=trusted) for path in paths], LIMITS)

    assert site.most_at_once == 1
    assert site.connections == 1
    assert [path for path, _ in site.asked] == paths
