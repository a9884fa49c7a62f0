"""Half an emoji at a cut: joined when the other half is there, else marked, never an exception."""

from __future__ import annotations

import json

import pytest

from digest.collect.extract import extract
from digest.collect.feed import read_feed
from digest.collect.plain import join_references, one_line, paragraphs
from digest.collect.schema import nodes
from digest.collect.stage import article_dict
from digest.halves import read_json, well_formed
from digest.model import Entry
from tests.adversarial.documents import NOW, item, page, rss


def entry(data: bytes) -> Entry:
    """The only entry of a feed, every text of which can be written down."""
    (found,) = read_feed(data, source="f", base_url="https://v.example.bg/rss", now=NOW).entries
    repr(found).encode()
    for text in (found.id, found.url, found.title, found.summary, found.content):
        text.encode()
    return found


def json_feed(**fields: str) -> bytes:
    """A JSON Feed of one item; „@@“ stands for half an emoji, escaped."""
    tree = {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1"} | fields]}
    return json.dumps(tree, ensure_ascii=False).replace("@@", "\\ud83d").encode()


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("край \ud83d", "край \ufffd"),
        ("край \ud83d\ude00", "край 😀"),
        ("\ude00 начало", "\ufffd начало"),
        ("\ud83d\ud83d\ude00а", "\ufffd😀а"),
        ("\ud83dа", "\ufffdа"),
        ("без", "без"),
    ],
)
def test_halves_are_joined_or_marked(text: str, whole: str) -> None:
    """In lines and paragraphs alike."""
    assert well_formed(text) == one_line(text) == paragraphs(text) == whole


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("&#xD83D;&#xDE00;", "😀"),
        ("&#55357;&#56832;", "😀"),
        ("а &#xD83D; б", "а \ufffd б"),
        ("&#171;&#xD83D;&#xDE00;&#187;", "&#171;😀&#187;"),
        ("&#171;а&#187;", "&#171;а&#187;"),
        ("&#99999999;", "&#99999999;"),
    ],
)
def test_references_to_halves_are_joined_or_marked(text: str, whole: str) -> None:
    """Other references stay as they are."""
    assert join_references(text) == whole


def test_json_gives_well_formed_texts_and_names() -> None:
    """At every depth."""
    found = read_json('{"\\ud83d":["\\ud83d",{"a":"\\ud83d\\ude00"}],"b":1}')

    assert found == {"\ufffd": ["\ufffd", {"a": "😀"}], "b": 1}


@pytest.mark.parametrize(
    "fields",
    [
        {"title": "Съветът прие плана @@", "url": "https://v.example.bg/1"},
        {"title": "Съветът", "content_html": "<p>Планът е приет @@</p>"},
        {"title": "Съветът", "content_html": "<p>Планът &#55357; е приет</p>"},
        {"title": "Съветът", "id": "номер @@"},
        {"title": "Съветът", "url": "https://v.example.bg/@@"},
        {"title": "Съветът", "image": "https://v.example.bg/@@.jpg"},
    ],
)
def test_a_cut_emoji_in_a_json_feed_stops_nothing(fields: dict[str, str]) -> None:
    """In whatever field it stands."""
    assert entry(json_feed(**fields)).title.startswith("Съветът")


def test_a_pair_of_references_in_a_feed_is_one_character() -> None:
    """In a title, and in CDATA, where the publisher escaped once more."""
    rest = "<description><![CDATA[<p>Смях &#xD83D;&#xDE00;</p>]]></description>"
    found = entry(rss(item(rest=rest)).replace("<title>", "<title>&#xD83D;&#xDE00; ").encode())

    assert found.title.startswith("😀 ")
    assert found.summary == "Смях 😀"


@pytest.mark.parametrize(
    "key", ["headline", "description", "articleSection", "author", "publisher", "image", "url"]
)
def test_a_cut_emoji_in_json_ld_stops_nothing(key: str) -> None:
    """The article can be stored and printed whatever field was cut."""
    said = {"@type": "NewsArticle", "headline": "Новина", key: "Планът е приет @@"}
    block = json.dumps(said, ensure_ascii=False).replace("@@", "\\ud83d")
    html = page(head=f'<script type="application/ld+json">{block}</script>')

    found = extract(html.encode(), source="d", url="https://v.example.bg/n/1", fetched_at=NOW)

    json.dumps(article_dict(found), ensure_ascii=False).encode()
    ((node,), broken) = nodes([block])
    assert (broken, repr(node).isprintable() or "\ufffd" in repr(node)) == (0, True)


def test_a_charset_of_python_itself_is_not_believed() -> None:
    """`unicode_escape` would make halves out of plain ASCII."""
    head = '<?xml version="1.0" encoding="unicode_escape"?>'
    found = entry((head + rss(item())).encode().replace(b"<title>", rb"<title>\ud83d "))

    assert "\\ud83d" in found.title
