"""Collecting: many feeds fetched, many pages read, and a whole round over small feeds.

The first two have a promise and modules of their own (`fetching.py`, `extracting.py`); the round
is compared with fetching the same addresses bare.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from email.utils import format_datetime
from html import escape
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from digest.bench import extracting, fetching
from digest.bench.generated import NOW, article
from digest.bench.rows import Row, note, seconds_of, timed
from digest.model import Article, Rights, Source, SourceId

if TYPE_CHECKING:
    from digest.collect.round import Harvest
    from digest.sample.site import Response

SIZE = 1000
"""Feeds that are fetched; three times as many pages are read."""

OUTLETS = 40
"""Feeds of the whole round at most, each of an outlet of its own."""

ENTRIES = 3
"""News in a feed; each has its page."""

_PAGE = (
    '<!DOCTYPE html><html lang="bg"><head><meta charset="utf-8"><title>{title}</title>'
    '<meta property="article:published_time" content="{at}"></head><body><header><nav>'
    '<a href="/">Начало</a> <a href="/sport">Спорт</a></nav></header><article><h1>{title}</h1>'
    "{body}</article><footer>Всички права запазени</footer></body></html>"
)
_ITEM = (
    "<item><title>{title}</title><link>{link}</link><guid>{link}</guid><pubDate>{at}</pubDate>"
    "<description>{title}.</description></item>"
)
_FEED = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{host}</title>'
    "<link>https://{host}/</link><description>Новини</description>{items}</channel></rss>"
)


def measure(size: int) -> Iterator[Row]:
    """The three measurements, one after another."""
    yield from fetching.measure(size)
    yield from extracting.measure(ENTRIES * size)
    yield from _round(min(size, OUTLETS))


def _round(size: int) -> Iterator[Row]:
    """All feeds once, from nothing, over HTTP from the loopback."""
    from digest.sample.server import serving

    site = _site(size)
    with serving(site) as server, TemporaryDirectory(prefix="digest-bench-") as home:
        note(f"{size} емисии, {len(site) - size} страници")
        bare = seconds_of(lambda: _fetch_bare(site, server.host, server.port))
        with timed() as watch:
            harvest = _collect(size, server.origin, Path(home))
    yield Row(
        what=f"емисия с {ENTRIES} страници",
        seconds=watch.seconds,
        units=size,
        ratio=watch.seconds / bare,
        ratio_to="голо изтегляне на същите адреси един по един",
        more={
            "articles": len(harvest.articles),
            "rejected": len(harvest.rejected),
            "failed": harvest.failed,
        },
    )


def _collect(size: int, origin: str, home: Path) -> Harvest:
    from digest.collect.assemble import Desk
    from digest.collect.round import Round, collect
    from digest.newsroom import load_newsroom
    from digest.settings import Collect

    hosts = [_host(number) for number in range(size)]
    limits = Collect(mirrors={f"https://{host}": origin for host in hosts})
    desk = Desk(NOW, limits.fresh_hours, load_newsroom().agencies)
    return collect([_source(host) for host in hosts], Round(limits, home, desk))


def _host(number: int) -> str:
    return f"izdanie{number}.example.bg"


def _source(host: str) -> Source:
    return Source(SourceId(host), f"https://{host}/rss", Rights.LICENSED, host, kind="feed")


def _site(size: int) -> dict[tuple[str, str], Response]:
    from digest.sample.site import Response

    site: dict[tuple[str, str], Response] = {}
    for number in range(size):
        host = _host(number)
        told = [article(number * ENTRIES + at) for at in range(ENTRIES)]
        feed = _FEED.format(host=host, items="".join(_item(host, one) for one in told))
        site[host, "/rss"] = Response(feed.encode(), "application/rss+xml; charset=utf-8")
        for one in told:
            page = _page(one).encode()
            site[host, f"/novina/{one.id}"] = Response(page, "text/html; charset=utf-8")
    return site


def _item(host: str, one: Article) -> str:
    at = format_datetime((one.published_at or NOW) - timedelta(hours=1))
    return _ITEM.format(title=escape(one.title), link=f"https://{host}/novina/{one.id}", at=at)


def _page(one: Article) -> str:
    paragraphs = "".join(f"<p>{escape(text)}</p>" for text in one.text.split("\n\n"))
    at = ((one.published_at or NOW) - timedelta(hours=1)).isoformat()
    return _PAGE.format(title=escape(one.title), at=at, body=paragraphs)


def _fetch_bare(site: dict[tuple[str, str], Response], server: str, port: int) -> None:
    for host, path in site:
        connection = HTTPConnection(server, port, timeout=10)
        connection.request("GET", path, headers={"Host": host})
        connection.getresponse().read()
        connection.close()
