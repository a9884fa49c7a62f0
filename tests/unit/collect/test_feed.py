"""Feeds: repaired, counted, dated, and refused when they are none."""

from __future__ import annotations

import gzip
import json
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.collect.feed import Feed, read_feed
from digest.collect.repair import decode, repair_xml
from digest.errors import BadInput

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)


def item(number: int, *, title: str = "Заглавие", extra: str = "", link: str | None = None) -> str:
    """One item of an RSS feed."""
    where = link if link is not None else f"https://vesti.example.bg/a{number}"
    return (
        f"<item><title>{title} {number}</title><link>{where}</link>"
        f"<description>Кратък текст.</description>{extra}</item>"
    )


def rss(*items: str, encoding: str = "utf-8") -> str:
    """An RSS 2.0 feed of these items."""
    return (
        f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel>'
        f"<title>Вести</title>{''.join(items)}</channel></rss>"
    )


def read(data: bytes | str, **more: object) -> Feed:
    """The feed as of the fixed morning."""
    raw = data.encode() if isinstance(data, str) else data
    return read_feed(raw, source="f", now=NOW, **more)  # type: ignore[arg-type]


GOOD = rss(item(1), item(2))


@pytest.mark.parametrize(
    "data",
    [
        GOOD.encode(),
        GOOD.encode("windows-1251"),
        rss(item(1), item(2), encoding="windows-1251").encode("windows-1251"),
        rss(item(1), item(2), encoding="windows-1251").encode(),
        b"\xef\xbb\xbf" + GOOD.encode(),
        GOOD.replace("utf-8", "utf-16").encode("utf-16"),
        b"\n <!-- x -->\n" + GOOD.encode(),
        gzip.compress(GOOD.encode(), mtime=0),
        GOOD.replace("Заглавие 1", "Заглавие\x0b 1").encode(),
    ],
    ids=[
        "plain",
        "says-utf8-is-1251",
        "1251",
        "says-1251-is-utf8",
        "bom",
        "utf16",
        "junk",
        "gzip",
        "control",
    ],
)
def test_broken_wrappings_do_not_change_the_titles(data: bytes) -> None:
    """The bytes decide what the charset is; junk and compression are taken off."""
    assert [entry.title for entry in read(data).entries] == ["Заглавие 1", "Заглавие 2"]


def test_a_charset_lie_is_said() -> None:
    """What was repaired is a warning."""
    assert any("windows-1251" in w for w in read(GOOD.encode("windows-1251")).warnings)


def test_bare_ampersands_and_html_entities_are_repaired() -> None:
    """`&` in title and link, and `&nbsp;`, do not lose the item."""
    feed = read(rss(item(1, title="Иван & Мария&nbsp;ООД", link="https://e.example.bg/?a=1&b=2")))

    assert feed.entries[0].title == "Иван & Мария ООД 1"
    assert feed.entries[0].url == "https://e.example.bg/?a=1&b=2"


def test_a_cut_file_keeps_its_whole_items() -> None:
    """A download that broke off gives what came."""
    text = rss(item(1), item(2), item(3))

    assert len(read(text[: text.index("Заглавие 3")]).entries) >= 2


def test_titles_escaped_twice_throughout_are_unescaped() -> None:
    """A feed that escapes once too often is read as meant."""
    assert read(rss(item(1, title="&amp;quot;Да&amp;quot;"))).entries[0].title == '"Да" 1'


def test_scripts_never_reach_the_text() -> None:
    """Full text in content:encoded is stripped to paragraphs."""
    body = "<content:encoded><![CDATA[<p>Едно.</p><script>alert(1)</script><p>Две.</p>]]></content:encoded>"
    entry = read(rss(item(1, extra=body))).entries[0]

    assert entry.content == "Едно.\n\nДве."


@pytest.mark.parametrize(
    ("written", "local"),
    [
        ("30 декември 2022 16:05", "2022-12-30T16:05:00+02:00"),
        ("30.12.2022 16:05", "2022-12-30T16:05:00+02:00"),
        ("Fri, 30 Dec 2022 16:05:00 EET", "2022-12-30T16:05:00+02:00"),
    ],
)
def test_bulgarian_dates_are_read(written: str, local: str) -> None:
    """Month names, day-first numbers and EET, which the parser alone misses."""
    entry = read(rss(item(1, extra=f"<pubDate>{written}</pubDate>"))).entries[0]

    assert entry.published_at == datetime.fromisoformat(local)


def test_a_date_in_the_future_is_dropped_and_said() -> None:
    """The year 2100 leaves the entry without a date."""
    feed = read(rss(item(1, extra="<pubDate>Fri, 01 Jan 2100 10:00:00 +0200</pubDate>")))

    assert feed.entries[0].published_at is None
    assert any("в бъдещето" in w for w in feed.warnings)


def test_one_guid_for_all_does_not_merge_the_entries() -> None:
    """When ids repeat, addresses tell the entries apart."""
    feed = read(rss(*(item(n, extra="<guid>x</guid>") for n in range(3))))

    assert len({entry.id for entry in feed.entries}) == 3
    assert feed.unique == 3


def test_items_repeated_behind_campaign_links_are_flagged() -> None:
    """They stay counted and are named as repeats."""
    feed = read(rss(item(1), item(2), item(1, link="https://vesti.example.bg/a1?utm_source=x")))

    assert len(feed.entries) == 3
    assert feed.repeats == {2}


def test_relative_links_count_from_the_feed() -> None:
    """A relative link is made absolute."""
    feed = read(rss(item(1, link="/a/1")), base_url="https://vesti.example.bg/rss")

    assert feed.entries[0].url == "https://vesti.example.bg/a/1"


def test_json_feeds_are_read() -> None:
    """JSON Feed 1.1 gives the same entries."""
    tree = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Вести",
        "items": [
            {"id": 7, "url": "https://e.example.bg/7", "title": "Т", "content_html": "<p>Едно.</p>",
             "date_published": "2026-11-21T10:00:00+02:00", "tags": ["спорт"]},
        ],
    }  # fmt: skip
    feed = read(json.dumps(tree))

    assert (feed.kind, feed.entries[0].id, feed.entries[0].content) == ("json", "7", "Едно.")
    assert feed.entries[0].categories == ("спорт",)


def test_news_sitemaps_are_read_and_lastmod_is_no_publication() -> None:
    """The news extension dates an entry, `lastmod` does not."""
    text = (
        '<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">'
        "<url><loc>https://e.example.bg/a</loc><n:news><n:title>Новина</n:title>"
        "<n:publication_date>2026-11-21T10:00:00+02:00</n:publication_date></n:news></url>"
        "<url><loc>https://e.example.bg/b</loc><lastmod>2026-11-21</lastmod></url></urlset>"
    )
    feed = read(text)

    assert [e.published_at is not None for e in feed.entries] == [True, False]
    assert feed.entries[0].title == "Новина"


def test_an_atom_entry_without_published_has_its_updated_date() -> None:
    """RFC 4287 requires `updated` and leaves `published` free."""
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>В</title><entry><title>Т</title>'
        '<id>urn:1</id><link href="https://e.example.bg/1"/>'
        "<updated>2026-11-21T10:00:00+02:00</updated></entry></feed>"
    )

    assert read(text).entries[0].published_at is not None


def test_a_feed_without_items_is_a_feed() -> None:
    """No news is not an error."""
    assert read(rss()).entries == ()


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "ха"><!ENTITY b "&a;&a;&a;&a;">]>'
    '<rss version="2.0"><channel><item><title>&b;</title></item></channel></rss>'
)


@pytest.mark.parametrize(
    "data",
    ["", "   ", BOMB, "<!DOCTYPE html><html><body>Проверка</body></html>", "<html><p>x</html>",
     "просто текст", '{"a": 1}', "{"],
    ids=["empty", "blank", "entities", "html", "html-bare", "text", "json", "cut-json"],
)  # fmt: skip
def test_what_is_no_feed_is_refused_with_three_parts(data: str) -> None:
    """An empty success is never given for something else."""
    with pytest.raises(BadInput) as caught:
        read(data)

    assert all(caught.value.as_dict().values())


def test_an_external_entity_reads_no_file() -> None:
    """A reach for a local file is refused before any parser sees it."""
    text = BOMB.replace('"ха"', 'SYSTEM "file:///etc/hostname"')

    with pytest.raises(BadInput):
        read(text)


def test_the_parser_that_dies_is_replaced() -> None:
    """After a feed that kills the child the next one is read by a new child."""
    from digest.collect.feedlimits import WORKER

    read(GOOD)
    process = WORKER._process
    process.kill()  # type: ignore[attr-defined]
    process.join()  # type: ignore[attr-defined]

    assert len(read(GOOD).entries) == 2


def test_hostile_nesting_and_names_cost_nothing() -> None:
    """Unclosed tags, an author of brackets, CDATA without an end: read or cut, never hung on."""
    deep = "&lt;div&gt;" * 30_000
    feed = read(
        rss(
            item(1, extra=f"<content:encoded>{deep}дъно</content:encoded>"),
            item(2, extra=f"<author>{'(' * 50_000}</author>"),
            item(3, extra="<![CDATA[" * 20_000),
        )
    )

    assert [entry.title for entry in feed.entries[:2]] == ["Заглавие 1", "Заглавие 2"]


@given(st.binary(max_size=300))
def test_any_bytes_decode(data: bytes) -> None:
    """There is always a text and the name of a charset."""
    found = decode(data)

    assert isinstance(found.text, str)
    assert found.encoding


@given(st.text(max_size=200))
def test_any_text_can_be_repaired(text: str) -> None:
    """The repair never fails and leaves no forbidden character."""
    assert "\x0b" not in repair_xml(text)


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="<>&;/абв \"'=!-[]CDATA", max_size=120))
def test_torn_feeds_give_entries_or_a_clear_refusal(noise: str) -> None:
    """Noise inside a feed is never a traceback."""
    try:
        feed = read(rss(item(1), noise, item(2)))
    except BadInput:
        return
    assert feed.entries is not None


@pytest.mark.parametrize(
    "text",
    [
        '{"version": "https://jsonfeed.org/version/1.1", "items": [',
        '{"version": "https://jsonfeed.org/version/1.1", "items": ' + "[" * 100_000,
        "Просто няколко думи.",
    ],
)
def test_why_a_feed_is_none_is_said_in_bulgarian(text: str) -> None:
    """The parsers' own English words go to the log."""
    with pytest.raises(BadInput) as caught:
        read_feed(text.encode(), source="prolom", now=NOW)

    words = set(re.findall("[A-Za-z]+", caught.value.why))
    assert words <= {"RSS", "Atom", "RDF", "JSON", "Feed", "HTML", "items", "XML"}
