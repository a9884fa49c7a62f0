"""A round over real sockets: a local server plays outlets, good and bad."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path

from digest.collect.assemble import Desk
from digest.collect.fetch import Failed, Fetched, Request, fetch_now
from digest.collect.round import Harvest, Round, collect
from digest.model import Rights, Source, SourceId
from digest.settings import Collect
from tests.integration.outlets import Site

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
QUICK = Collect(timeout_seconds=5, max_bytes=200_000, max_redirects=3, workers=1)
SENTENCE = "Общинският съвет прие с голямо мнозинство плана за подмяна на водопровода в града. "


def source(url: str, name: str = "s", **more: object) -> Source:
    """A licensed source."""
    values: dict[str, object] = {"outlet": f"Издание {name}"}
    return Source(SourceId(name), url, Rights.LICENSED, **(values | more))  # type: ignore[arg-type]


def run(home: Path, *sources: Source, limits: Collect = QUICK) -> Harvest:
    """One round of a newsroom that remembers nothing."""
    return collect(sources, Round(limits, home, Desk(NOW, 36, ())))


def rss(*links: str, summary: str = SENTENCE, full: str = "") -> str:
    """A feed of links dated this morning."""
    items = "".join(
        f"<item><title>Планът за водата е приет {n}</title><link>{link}</link>"
        f"<description>{summary}</description><content:encoded><![CDATA[{full}]]></content:encoded>"
        "<pubDate>Sun, 22 Nov 2026 07:00:00 +0200</pubDate></item>"
        for n, link in enumerate(links)
    )
    return f'<rss version="2.0"><channel><title>В</title>{items}</channel></rss>'


def page(number: int = 0, extra: str = "") -> str:
    """An article's page."""
    title = f"Планът за водата е приет {number}"
    text = "".join(f"<p>{SENTENCE}Това е абзац {number}-{n} на статията.</p>" for n in range(5))
    return f"<!DOCTYPE html><html lang='bg'><head><title>{title}</title>{extra}</head><body><article><h1>{title}</h1>{text}</article></body></html>"


def test_a_feed_leads_to_the_pages_of_its_entries(site: Site, tmp_path: Path) -> None:
    """The whole article comes from the page, the date from the feed."""
    site.put(
        "/rss", rss("/a/0", "/a/1"), ETag='"v1"', Last_Modified="Sat, 21 Nov 2026 10:00:00 GMT"
    )
    site.put("/a/0", page(0))
    site.put("/a/1", page(1))

    harvest = run(tmp_path, source(site.url("/rss")))

    assert [a.partial for a in harvest.articles] == [False, False]
    assert harvest.articles[0].published_at == datetime(2026, 11, 22, 5, tzinfo=UTC)
    assert harvest.articles[0].url == site.url("/a/0")
    visit = harvest.visits[0]
    assert (visit.ok, visit.kind, visit.entries) == (True, "feed", 2)
    assert visit.state.etag == '"v1"'
    assert harvest.fetched == 1


def test_full_text_in_the_feed_needs_no_page(site: Site, tmp_path: Path) -> None:
    """No page is asked for when the feed carries the article."""
    full = "".join(f"<p>{SENTENCE}</p>" for _ in range(10))
    site.put("/rss", rss("/a/0", full=full))

    harvest = run(tmp_path, source(site.url("/rss")))

    assert not harvest.articles[0].partial
    assert site.paths() == ["/rss"]


def test_robots_are_obeyed_for_pages_and_the_entry_stands_in(site: Site, tmp_path: Path) -> None:
    """A page that the outlet does not open to robots is left alone."""
    site.put("/robots.txt", "User-agent: *\nDisallow: /a/")
    site.put("/rss", rss("/a/0"))
    site.put("/a/0", page(0))

    harvest = run(tmp_path, source(site.url("/rss")))

    assert "/a/0" not in site.paths()
    assert harvest.articles[0].partial
    assert "robots.txt" in harvest.articles[0].warnings[0]


def test_a_missing_page_leaves_the_entry_or_a_reason(site: Site, tmp_path: Path) -> None:
    """404 of the page: the summary stands in; without one the refusal names why."""
    site.put("/rss", rss("/a/0"))
    site.put("/bare", rss("/b/0", summary=""))

    harvest = run(tmp_path, source(site.url("/rss"), "a"), source(site.url("/bare"), "b"))

    assert [a.partial for a in harvest.articles] == [True]
    assert [r.reason_code for r in harvest.rejected] == ["missing"]
    assert "404" in harvest.rejected[0].reason


def test_one_bad_source_never_stops_the_others(site: Site, tmp_path: Path) -> None:
    """Dead, empty, broken and missing sources fail alone, each with what, why and fix."""
    site.put("/good", rss("/a/0"))
    site.put("/a/0", page(0))
    site.put("/empty", b"")
    site.put("/error", "<html><body>Проверка дали сте човек</body></html>")
    bad = [
        source("http://127.0.0.1:1/rss", "dead"),
        source(site.url("/empty"), "empty"),
        source(site.url("/none"), "none"),
        source("folder:няма", "folder"),
        source(site.url("/error"), "error", kind="feed"),
    ]

    harvest = run(tmp_path, *bad, source(site.url("/good"), "good"))

    assert len(harvest.articles) == 1
    assert harvest.failed == 5
    errors = [v.error for v in harvest.visits if v.error]
    assert all(all(error.as_dict().values()) for error in errors)


def test_a_listing_page_is_followed_to_its_articles(site: Site, tmp_path: Path) -> None:
    """A section page as a source: the links that look like articles."""
    links = "".join(
        f"<li><a href='/novina-{n}.html'>Планът за водата е приет {n} пъти</a></li>"
        for n in range(4)
    )
    site.put("/vesti", f"<!DOCTYPE html><html><body><h1>Вести</h1><ul>{links}</ul></body></html>")
    for n in range(4):
        site.put(f"/novina-{n}.html", page(n))

    harvest = run(tmp_path, source(site.url("/vesti")))

    assert len(harvest.articles) == 4
    assert harvest.visits[0].kind == "page"


def test_an_article_page_is_a_source_too(site: Site, tmp_path: Path) -> None:
    """A page that is an article gives that article."""
    site.put("/a/7", page(7))

    harvest = run(tmp_path, source(site.url("/a/7")))

    assert [a.title for a in harvest.articles] == ["Планът за водата е приет 7"]


def test_a_mirror_serves_the_logical_address(site: Site, tmp_path: Path) -> None:
    """The address stays the outlet's everywhere, the mirror sees its name in `Host`."""
    site.put("/rss", rss("https://vesti.example.bg/a/0"))
    site.put("/a/0", page(0))
    limits = QUICK.model_copy(update={"mirrors": {"https://vesti.example.bg": site.url("")}})

    harvest = run(tmp_path, source("https://vesti.example.bg/rss"), limits=limits)

    assert harvest.articles[0].url == "https://vesti.example.bg/a/0"
    assert not harvest.articles[0].partial
    assert {headers["host"] for _, headers in site.asked} == {"vesti.example.bg"}


def test_the_same_text_in_one_outlet_comes_once(tmp_path: Path) -> None:
    """Two dumps with other headers in one folder are one article, the other is explained."""
    body = "\n\n".join(f"{SENTENCE}Абзац {n} на статията е този." for n in range(4))
    for name, day in (("a.txt", "20 Ноември, 2026"), ("b.txt", "21 Ноември, 2026")):
        (tmp_path / name).write_text(f"{day}\n\nПланът е приет\n\nПланът е приет\n\n{body}")

    harvest = run(tmp_path, source("folder:."))

    assert len(harvest.articles) == 1
    assert harvest.articles[0].published_at is None
    assert [r.reason_code for r in harvest.rejected] == ["duplicate"]


def test_many_documents_go_through_worker_processes(tmp_path: Path) -> None:
    """Beyond a handful, extraction runs in processes and keeps the order."""
    for n in range(12):
        (tmp_path / f"{n:02}.html").write_text(page(n))

    harvest = run(tmp_path, source("folder:."), limits=QUICK.model_copy(update={"workers": 2}))

    assert [a.title for a in harvest.articles] == [
        f"Планът за водата е приет {n}" for n in range(12)
    ]


# ---- the client alone


def one(url: str, limits: Collect = QUICK, **more: object) -> Fetched | Failed:
    """The answer to one request."""
    return fetch_now([Request(url, **more)], limits)[0]  # type: ignore[arg-type]


def trusted(site: Site) -> frozenset[str]:
    return frozenset({f"127.0.0.1:{site.port}"})


def test_an_untrusted_loopback_address_is_refused(site: Site) -> None:
    """Without an operator's word nothing inside is reached."""
    for url in (
        site.url("/"),
        f"http://localhost:{site.port}/",
        f"http://[::ffff:127.0.0.1]:{site.port}/",
    ):
        answer = one(url)
        assert isinstance(answer, Failed)
        assert answer.code == "private"
    assert site.asked == []


def test_a_redirect_inside_is_refused(site: Site) -> None:
    """The trusted source may not send the collector to another private place."""
    for place in ("http://169.254.169.254/latest", "http://127.0.0.1:9/x", "http://localhost:9/"):
        site.put("/r", status=302, Location=place)

        answer = one(site.url("/r"), trusted=trusted(site))

        assert isinstance(answer, Failed)
        assert answer.code == "private"


def test_redirects_are_followed_and_counted(site: Site) -> None:
    """A chain ends at its page, a loop at the limit."""
    site.put("/1", status=301, Location="/2")
    site.put("/2", status=302, Location="/3")
    site.put("/3", "да")
    site.put("/loop", status=302, Location="/loop")

    chain = one(site.url("/1"), trusted=trusted(site))
    loop = one(site.url("/loop"), trusted=trusted(site))

    assert isinstance(chain, Fetched)
    assert [status for status, _ in chain.redirects] == [301, 302]
    assert chain.url == site.url("/3")
    assert isinstance(loop, Failed)
    assert loop.code == "redirects"


def test_a_body_is_cut_off_at_the_limit_after_unpacking(site: Site) -> None:
    """A gzip bomb is given up, not unpacked."""
    bomb = gzip.compress(b"0" * 20_000_000)
    site.put("/bomb", bomb, Content_Encoding="gzip")

    answer = one(site.url("/bomb"), trusted=trusted(site))

    assert isinstance(answer, Failed)
    assert "надхвърля" in answer.error.why


def test_a_host_that_says_stop_is_left_in_peace(site: Site) -> None:
    """After 429 the other requests of the host are not made; Retry-After is told."""
    site.put("/a", status=429, Retry_After="120")
    site.put("/b", "да")
    requests = [Request(site.url(path), trusted=trusted(site)) for path in ("/a", "/b")]

    answers = fetch_now(requests, QUICK)

    assert site.paths() == ["/a"]
    assert all(isinstance(a, Failed) and a.retry_after == 120 for a in answers)
    assert isinstance(answers[0], Failed)
    assert "2 минути" in answers[0].error.why


def test_the_collector_says_who_it_is(site: Site) -> None:
    """An honest User-Agent, no cookies sent back."""
    site.put("/a", "да", Set_Cookie="x=1")

    one(site.url("/a"), trusted=trusted(site))
    one(site.url("/a"), trusted=trusted(site))

    assert site.asked[1][1]["user-agent"] == QUICK.user_agent
    assert "cookie" not in site.asked[1][1]
