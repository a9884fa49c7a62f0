"""Which date of a feed's entry is that of publication."""

from __future__ import annotations

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from digest.collect.feed import Feed, read_feed

SOFIA = ZoneInfo("Europe/Sofia")
NOW = datetime(2026, 11, 21, 8, tzinfo=SOFIA)
SPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:atom="http://www.w3.org/2005/Atom"'
)


def read(text: str) -> Feed:
    return read_feed(text.encode(), source="емисия", now=NOW)


def rss(*items: str, head: str = "") -> Feed:
    rows = "".join(
        f"<item><title>Новина {n}</title><link>https://e.example.bg/{n}</link>{item}</item>"
        for n, item in enumerate(items)
    )
    return read(
        f'<rss version="2.0" {SPACES}><channel><title>Е</title>{head}{rows}</channel></rss>'
    )


def days(feed: Feed) -> list[str | None]:
    found = (entry.published_at for entry in feed.entries)
    return [at.astimezone(SOFIA).isoformat()[:16] if at else None for at in found]


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ("<dc:date>2026-11-20T14:35:00+02:00</dc:date>", "2026-11-20T14:35"),
        ("<dcterms:modified>2026-11-20T14:35:00+02:00</dcterms:modified>", None),
        ("<atom:updated>2026-11-20T14:35:00+02:00</atom:updated>", None),
        ("<dcterms:created>2026-11-20T14:35:00+02:00</dcterms:created>"
         "<dcterms:modified>2026-11-20T19:00:00+02:00</dcterms:modified>", "2026-11-20T14:35"),
        ("<pubDate>Fri, 20 Nov 2026 14:35:00 GMT+0200</pubDate>", "2026-11-20T14:35"),
        ("<pubDate>Fri, 20 Nov 2026 24:00:00 +0200</pubDate>", "2026-11-21T00:00"),
        ("<pubDate>Thu, 01 Jan 1970 00:00:00 +0000</pubDate>", None),
        ("<pubDate>Mon, 30 Nov -001 00:00:00 +0000</pubDate>", None),
    ],
)  # fmt: skip
def test_an_rss_entry_is_dated_by_publication_alone(dates: str, said: str | None) -> None:
    """What names a change, or the beginning of time, is no day of publication."""
    assert days(rss(dates)) == [said]


def test_an_atom_entry_without_publication_is_dated_by_its_update() -> None:
    """RFC 4287 requires the one and leaves the other free."""
    feed = read(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Е</title><entry><title>Новина</title>'
        "<id>1</id><updated>2026-11-20T14:35:00+02:00</updated></entry></feed>"
    )

    assert days(feed) == ["2026-11-20T14:35"]


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ({"date_modified": "2026-11-20T14:35:00+02:00"}, None),
        ({"date_published": 1795178100}, "2026-11-20T14:35"),
    ],
)
def test_json_feed_dates(dates: dict[str, object], said: str | None) -> None:
    """A change is no publication; seconds since 1970 are read."""
    item = {"id": "1", "title": "Новина", "url": "https://e.example.bg/1", **dates}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Е", "items": [item]}

    assert days(read(json.dumps(feed))) == [said]


STAMP = "<pubDate>Sat, 21 Nov 2026 07:59:58 +0200</pubDate>"


def test_the_moment_at_which_a_feed_was_written_dates_no_entry() -> None:
    """All of several entries bear it; three in one minute are a busy minute."""
    stamped, busy = rss(*[STAMP] * 5), rss(*[STAMP] * 3)

    assert days(stamped) == [None] * 5
    assert any("съставена" in one for one in stamped.warnings)
    assert None not in days(busy)


def test_entries_of_one_old_minute_keep_it_unless_it_is_the_feeds_own() -> None:
    """An import of articles is dated by its minute; the feed's own date is known by its head."""
    old = "<pubDate>Mon, 16 Nov 2026 10:00:00 +0200</pubDate>"
    own = "<lastBuildDate>Mon, 16 Nov 2026 10:00:05 +0200</lastBuildDate>"

    assert days(rss(*[old] * 5)) == ["2026-11-16T10:00"] * 5
    assert days(rss(*[old] * 5, head=own)) == [None] * 5
