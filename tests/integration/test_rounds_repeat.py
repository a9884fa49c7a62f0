"""What comes twice, what is never asked, what breaks off: counted once and said in plain words."""

from __future__ import annotations

import socket
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from digest.collect.fetch import Failed, Request, fetch_now
from digest.gathered import SourceState
from digest.model import FeedPlace, SourceId
from tests.integration.one_round import LIMITS, TEXT, entry, only, run, source
from tests.integration.outlets import Site, feed, page
from tests.integration.test_collect_rounds import NOW, PARAGRAPHS, add, at, one, publish, stored
from tests.integration.test_collect_rounds import run as round_of

OTHER = "Голям празник за хората в столицата тази събота"


def at_hours_ago(hours: int) -> datetime:
    return NOW - timedelta(hours=hours)


def test_one_address_in_two_feeds_is_one_article(home: Path, site: Site) -> None:
    """Under whatever headlines; the rounds after bring nothing and read nothing anew."""
    add(home, site)
    add(home, site, "/akcenti")
    publish(site, one(site))
    site.put("/akcenti", feed(replace(one(site), title=OTHER)))

    reports = []
    for hour in range(3):
        for path in ("/rss", "/akcenti"):
            site.answers[path].body += b" "
        reports.append(round_of(home, hour))

    assert [one.articles_new for one in reports] == [1, 0, 0]
    assert [one.articles_altered for one in reports] == [0, 0, 0]
    assert [one.articles_known + one.refused_known for one in reports] == [0, 2, 2]
    assert site.times("/vest/4711") == 1


def test_items_of_one_feed_with_one_address_are_articles_of_their_own(
    home: Path, site: Site
) -> None:
    """Feeds that link everything to the front page, or to places in one page of scripts."""
    add(home, site)
    titles = ("Пролом сменя водопровода си", OTHER, "Студеният вятър събори дърветата в парка")
    site.put(
        "/rss",
        feed(
            *(
                replace(one(site, f"/#{n}"), id=f"g{n}", title=title, summary=PARAGRAPHS[n])
                for n, title in enumerate(titles)
            )
        ),
    )

    reports = []
    for hour in range(2):
        site.answers["/rss"].body += b" "
        reports.append(round_of(home, hour))

    assert [one.articles_new for one in reports] == [3, 0]
    assert len(stored(home)) == 3


def test_an_article_keeps_its_first_place(home: Path, site: Site) -> None:
    """Where it stood when it was first seen, whatever becomes of the feed and of the text."""
    add(home, site)
    hours = (5, 1, 9, 3, 12, 2, 11, 7, 4, 10, 6, 8)
    entries = [
        replace(
            one(site, f"/vest/{ago}"),
            id=f"g{ago}",
            title=f"Новина {ago} за водопровода в Пролом",
            published_at=at_hours_ago(ago),
        )
        for ago in hours
    ]
    site.put("/rss", feed(*entries))
    round_of(home)
    title = "Цената на водата в Пролом пада"
    site.put("/rss", feed(replace(entries[4], title=title), *entries[:4], *entries[5:]))
    report = round_of(home, 1)

    places = {article.title: article.place for article in stored(home)}
    assert report.articles_altered == 1
    assert places[title] == FeedPlace(5, 12)
    assert places[entries[0].title] == FeedPlace(1, 12)


def test_one_text_under_its_old_id_is_one_article(home: Path, site: Site) -> None:
    """A new address and a new headline: the id says that it is the same, and so do the words."""
    add(home, site)
    publish(site, one(site, "/vodoprovodat"))
    round_of(home)
    publish(site, replace(one(site, "/praznik"), title=OTHER))

    report = round_of(home, 1)

    (article,) = stored(home)
    assert (report.articles_new, report.articles_altered) == (0, 1)
    assert article.title == OTHER


def test_another_text_under_an_old_id_is_another_article(home: Path, site: Site) -> None:
    """The other side: ids are used again."""
    add(home, site)
    publish(site, one(site, "/vodoprovodat"))
    round_of(home)
    news = tuple(f"Празникът на града събра {n} хиляди души на площада." for n in range(2, 9))
    publish(site, replace(one(site, "/praznik"), title=OTHER), *news)

    report = round_of(home, 1)

    assert report.articles_new == 1


def test_sources_that_were_never_asked_wait(home: Path, site: Site) -> None:
    """A host that says stop fails once; its other feeds have not failed at all."""
    for path in ("/a", "/b", "/c"):
        add(home, site, path)
        site.put(path, b"", 429, Retry_After="600")

    report = round_of(home)

    assert (report.failed, report.waiting) == (1, 2)
    app = at(home)
    with app.store.reading() as work:
        assert sum(one.failures for one in work.sources.states().values()) == 1
    app.close()


@pytest.mark.parametrize("cut", ["<item>", "</rss>"])
def test_a_feed_that_breaks_off_is_asked_whole_again(site: Site, cut: str) -> None:
    """Its entries are used; its validators would keep the rest away for good."""
    whole = feed(*(entry(site.url(f"/a/{n}"), n) for n in range(3)))
    site.put("/rss", whole[: whole.rindex(cut)], ETag='"1"', Last_Modified="x")
    for n in range(3):
        site.put(f"/a/{n}", page(f"Планът за водата е приет {n}", f"Точка {n}.", *TEXT))
    first = run(source(site.url("/rss")))
    state = only(first).state
    site.put("/rss", whole, ETag='"1"')
    states: dict[SourceId, SourceState] = {SourceId("s"): state}

    second = run(source(site.url("/rss")), states=states)

    assert only(first).ok
    assert (state.etag, state.last_modified, state.body_hash) == (None, None, "")
    assert only(second).entries == 3
    assert only(second).state.etag == '"1"'


def test_a_folder_refuses_once(home: Path) -> None:
    """What cannot be read is said, and then counted."""
    folder = home / "statii"
    folder.mkdir()
    (folder / "losh.xml").write_text("<rss><channel>", encoding="utf-8")
    (folder / "prazen.html").write_text("<html><body>кратко</body></html>", encoding="utf-8")
    (folder / "golyam.html").write_bytes(b"x" * 5_000_001)
    app = at(home)
    from digest.actions import sources

    sources.add_source(app, "folder:statii", rights="licensed", outlet="Папка")
    app.close()

    reports = [round_of(home, hour) for hour in range(2)]

    first = sum(reports[0].rejected.values())
    assert first >= 2
    assert [sum(one.rejected.values()) for one in reports] == [first, 0]
    assert [one.refused_known for one in reports] == [0, first]


def test_a_refused_page_behind_a_redirect_is_not_fetched_again(home: Path, site: Site) -> None:
    """It is known by the address that its feed gives."""
    add(home, site)
    news = replace(one(site), title="Платена публикация: нов водопровод за всеки дом")
    publish(site, news)
    site.put("/vest/4711", b"", 302, Location="/ad")
    site.put("/ad", page(news.title, "Рекламна публикация.", *PARAGRAPHS))

    reports = []
    for hour in range(2):
        site.answers["/rss"].body += b" "
        reports.append(round_of(home, hour))

    assert [sum(one.rejected.values()) for one in reports] == [1, 0]
    assert site.times("/ad") == 1


# ---- words


@pytest.mark.parametrize(
    ("body", "headers", "named"),
    [
        (b"%PDF-1.7 \x00\x01", {"Content_Type": "application/pdf"}, "PDF"),
        (b"\x89PNG\r\n\x1a\n", {"Content_Type": "image/png"}, "картина"),
        (b'{"rezultat": []}', {"Content_Type": "application/json"}, "JSON"),
    ],
)
def test_what_is_neither_feed_nor_page_is_named(
    site: Site, body: bytes, headers: dict[str, str], named: str
) -> None:
    """Not „0 знака“."""
    site.put("/rss", body, **headers)

    error = only(run(source(site.url("/rss")))).error

    assert error is not None
    assert named in error.why


def test_a_feed_that_is_none_is_named_by_its_address(site: Site) -> None:
    """Not by a number of ours."""
    site.put("/rss", page("Проверка", *TEXT))

    error = only(run(source(site.url("/rss"), "src-0a1b", kind="feed"))).error

    assert error is not None
    assert site.url("/rss") in error.what


@pytest.mark.parametrize("place", ["10.0.0.1", "vatre.example.test"])
def test_a_redirect_inside_is_named_by_its_hop(
    site: Site, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """The source's own address is innocent; a name may lead inside as a number does."""
    real = socket.getaddrinfo

    def resolve(host: str, *rest: object, **more: object) -> object:
        return real("127.0.0.1" if host == "vatre.example.test" else host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    site.put("/rss", b"", 302, Location=f"http://{place}:{site.port}/x")
    trusted = frozenset({f"127.0.0.1:{site.port}"})

    (failed,) = fetch_now([Request(site.url("/rss"), trusted=trusted)], LIMITS)

    assert isinstance(failed, Failed)
    assert failed.code == "private"
    assert place in failed.error.what
    assert site.times("/x") == 0


@pytest.mark.parametrize(
    ("seconds", "said"), [("90", "90 секунди"), ("900", "15 минути"), ("86400", "24 часа")]
)
def test_long_waits_are_said_in_hours(site: Site, seconds: str, said: str) -> None:
    """Nobody counts in tens of thousands of seconds."""
    site.put("/rss", b"", 503, Retry_After=seconds)

    error = only(run(source(site.url("/rss")))).error

    assert error is not None
    assert f"изчака {said}" in error.why


@pytest.mark.parametrize("coding", ["br", "gzip"])
def test_a_body_in_a_broken_coding_is_said_so(site: Site, coding: str) -> None:
    """Whether it is broken or only unknown to us."""
    site.put("/rss", b"neshto drugo", Content_Encoding=coding)

    error = only(run(source(site.url("/rss")))).error

    assert error is not None
    assert error.why == "Отговорът е повреден или е в неподдържано кодиране."
