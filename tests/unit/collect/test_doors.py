"""The doors of the collector: which machines, which files, which formats, which keys come out."""

from __future__ import annotations

import gzip
import socket
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.collect import guard
from digest.collect.extract import extract
from digest.collect.feed import read_feed
from digest.collect.fetch import Failed, Fetched, Request, mirror_of
from digest.collect.folder import Unusable, read_folder
from digest.collect.robots import Robots
from digest.collect.sniff import sniff
from digest.collect.stage import article_dict, entry_dict, feed_count_dict
from digest.errors import NotFound, Unavailable
from digest.settings import Collect

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
RSS = (
    '<?xml version="1.0"?><rss version="2.0"><channel><item><title>Т</title>'
    "<link>https://e.example.bg/1</link></item></channel></rss>"
)


@pytest.mark.parametrize("address", [
    "127.0.0.1", "::1", "::ffff:127.0.0.1", "0.0.0.0", "10.0.0.7", "169.254.169.254", "fe80::1%eth0",
    "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1", "не е адрес",
])  # fmt: skip
def test_inner_addresses_are_refused_where_the_socket_is_made(address: str) -> None:
    """Every form of a private address."""
    with pytest.raises(guard.Blocked):
        guard.socket_factory((socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)))


def test_public_addresses_pass() -> None:
    """The public internet is allowed."""
    assert guard.is_global("1.1.1.1")
    assert guard.is_global("2606:4700:4700::1111")


@pytest.mark.parametrize(
    "url",
    [
        "http://0x7f000001/",
        "http://2130706433/",
        "http://localhost:9/",
        "http://[::1]/",
        "http://a.localhost/",
    ],
)
def test_disguised_private_hosts_are_seen(url: str) -> None:
    """The WHATWG parser shows what a host really is."""
    assert guard.is_private_host(url)


def test_trust_covers_exactly_the_typed_port() -> None:
    """A typed loopback address opens itself and nothing beside it."""
    assert guard.trust_of("http://127.0.0.1:4000/rss") == {"127.0.0.1:4000"}
    assert guard.trust_of("https://vesti.example.bg/rss") == frozenset()


def test_a_mirror_answers_for_its_origin_only() -> None:
    """Another port or host of the same name is not mirrored."""
    limits = Collect(mirrors={"https://a.example.bg": "http://127.0.0.1:4000"})

    assert mirror_of("https://a.example.bg/x", limits) == "http://127.0.0.1:4000"
    assert mirror_of("https://b.example.bg/x", limits) is None


def _robots(text: str) -> Fetched:
    request = Request("https://e.example.bg/robots.txt")
    return Fetched(request, request.url, 200, {}, text.encode())


def test_robots_rules_hold_for_pages() -> None:
    """Wildcards and delays are read; HTML in its place forbids nothing."""
    robots, other = Robots("digest/1"), Robots("digest/1")
    robots.learn(_robots("User-agent: *\nDisallow: /a/*/x\nCrawl-delay: 3"))
    other.learn(_robots("<html>404</html>"))

    assert not robots.allows("https://e.example.bg/a/7/x")
    assert robots.allows("https://e.example.bg/b")
    assert robots.delay("https://e.example.bg/b") == 3
    assert other.allows("https://e.example.bg/b")


def test_a_silent_robots_file_forbids_and_a_missing_one_allows() -> None:
    """RFC 9309 §2.3.1."""
    request = Request("https://e.example.bg/robots.txt")
    error = Unavailable("а", "б", "в")

    gone, silent = Robots("digest"), Robots("digest")
    gone.learn(Failed(request, error, "gone"))
    silent.learn(Failed(request, error, "timeout"))

    assert gone.allows("https://e.example.bg/b")
    assert not silent.allows("https://e.example.bg/b")


def test_a_folder_gives_its_documents_by_name(tmp_path: Path) -> None:
    """Sorted, relative to the home, hidden and other kinds left out, giants named."""
    here = tmp_path / "in"
    here.mkdir()
    for name in ("b.txt", "a.html", ".hidden.txt", "c.png"):
        (here / name).write_text("x")
    (here / "z.txt").write_bytes(b"x" * 5_000_001)

    files = list(read_folder("folder:in", tmp_path))

    assert [file.name for file in files] == ["a.html", "b.txt", "z.txt"]
    assert isinstance(files[2], Unusable)


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    """The error says which folder."""
    with pytest.raises(NotFound, match="няма"):
        list(read_folder("folder:няма", tmp_path))


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (RSS.encode(), "feed"),
        (b"\n<!-- x -->\n" + RSS.encode(), "feed"),
        (gzip.compress(RSS.encode(), mtime=0), "feed"),
        (RSS.encode("utf-16"), "feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', "feed"),
        (b"<!DOCTYPE html><html><body><p>x</p></body></html>", "page"),
        ("23 Декември, 2025\n\nЗаглавие".encode(), "dump"),
        (b"", "dump"),
    ],
)
def test_content_tells_what_a_file_is(data: bytes, kind: str) -> None:
    """Never the name."""
    assert sniff(data) == kind


def test_the_keys_of_the_contract_come_out() -> None:
    """`digest feed`, `--count` and `digest extract` give what is documented."""
    feed = read_feed(RSS.encode(), source="f", zone="Europe/Sofia", now=NOW)
    text = "Заглавие\n\nЗаглавие\n\nТекст на статията."
    article = extract(text.encode(), source="d", fetched_at=NOW)

    assert set(entry_dict(feed.entries[0])) >= {
        "source", "id", "url", "title", "summary", "published_at", "updated_at", "author",
        "categories", "image", "language",
    }  # fmt: skip
    assert feed_count_dict("f", feed) == {
        "source": "f", "kind": "rss", "entries": 1, "unique": 1, "warnings": [],
    }  # fmt: skip
    assert set(article_dict(article)) >= {
        "source", "url", "canonical_url", "title", "lead", "text", "published_at", "date_basis",
        "date_confidence", "author", "agencies", "language", "image", "site_name", "related",
        "removed", "warnings",
    }  # fmt: skip
    assert article_dict(article)["published_at"] is None
