"""Dumps with remains of markup, escapes, odd breaks and hard wraps read like clean ones."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from digest.collect.extract import extract, is_html
from digest.model import Article

TITLE = "Пчеларите от Измислица изнасят мед за четири държави"
LEAD = "Производството расте, но сушата заплашва липата"
TEXT = [
    "Пчеларите от Измислица изнасят тази година мед за четири държави, каза председателят на "
    "„Пчела и липа“ пред събранието. Износът е с пета повече от миналогодишния.",
    "Най-много се търси липовият мед, а цената му е с два лева по-висока от пролетната.",
    "Сушата обаче намалява цъфтежа и пчеларите искат помощ за вода през юли и август, "
    "за да опазят кошерите си.",
]
LINES = [TITLE, TITLE, LEAD, *TEXT, "Сподели:"]
PLAIN = "\n\n".join(LINES)


def read(text: str) -> Article:
    """The article of a dump."""
    return extract(text.encode(), source="d", fetched_at=datetime(2026, 11, 22, 16, tzinfo=UTC))


def wrapped(text: str) -> str:
    """Broken at 72 columns, paragraph by paragraph."""
    return "\n\n".join(textwrap.fill(part, 72) for part in text.split("\n\n"))


WRITTEN: dict[str, Callable[[str], str]] = {
    "wrapped": wrapped,
    "line separator": lambda text: text.replace("\n", "\u2028"),
    "paragraph separator": lambda text: text.replace("\n\n", "\u2029"),
    "next line": lambda text: text.replace("\n", "\x85"),
    "vertical tab": lambda text: text.replace("\n", "\x0b"),
    "form feed": lambda text: text.replace("\n\n", "\x0c"),
    "escaped breaks": lambda text: text.replace("\n", "\\n"),
    "entities": lambda text: text.replace("„", "&bdquo;").replace("“", "&#8220;").replace(" ", "&nbsp;", 9),
    "escaped tags": lambda text: text.replace(TEXT[1], f"&lt;p&gt;{TEXT[1]}&lt;/p&gt;"),
    "br": lambda text: text.replace("\n\n", "<br>\n", 4),
    "paragraph tags": lambda text: text.replace(TEXT[0], f"<p>{TEXT[0]}</p>").replace(TEXT[1], f"<p>{TEXT[1]}</p>"),
    "inline tags": lambda text: text.replace(LEAD, f"<strong>{LEAD}</strong>").replace(
        "липовият", '<a href="https://primer.example.bg/1">липовият</a>'
    ),
    "media tags": lambda text: text.replace(
        TEXT[1], f'<img src="https://primer.example.bg/1.jpg">\n\n{TEXT[1]}\n\n<iframe src="/v"></iframe>'
    ),
    "script": lambda text: text.replace(TEXT[1], f"<script>let a = 1;</script>\n\n{TEXT[1]}"),
    "addresses": lambda text: text.replace(TEXT[1], f"https://primer.example.bg/1.jpg\n\n{TEXT[1]}"),
}  # fmt: skip


@pytest.mark.parametrize("way", WRITTEN)
def test_a_dump_reads_the_same_however_it_was_written(way: str) -> None:
    """Title, lead and paragraphs are those of the clean text."""
    article = read(WRITTEN[way](PLAIN))

    assert (article.title, article.lead) == (TITLE, LEAD)
    assert article.text.split("\n\n") == TEXT


def test_markdown_is_read_without_its_marks() -> None:
    """Headings, strong words, links, pictures and quotations."""
    text = "\n\n".join(
        [
            f"# {TITLE}", f"**{LEAD}**", "![Снимка](https://primer.example.bg/1.jpg)",
            TEXT[0].replace("мед", "[мед](https://primer.example.bg/med)"), "## Търсенето",
            f"> {TEXT[1]}", TEXT[2], "## Още по темата",
            "* [Мостът над Измислена река е отворен](https://primer.example.bg/2)",
            "Сподели: [Facebook](https://facebook.example/s) [X](https://x.example/s)",
        ]
    )  # fmt: skip
    article = read(text)

    assert (article.title, article.lead) == (TITLE, LEAD)
    assert article.text.split("\n\n") == [TEXT[0], "Търсенето", *TEXT[1:]]
    assert [one.title for one in article.related] == ["Мостът над Измислена река е отворен"]


@pytest.mark.parametrize(
    "head",
    [
        [f"Title: {TITLE}", "URL Source: https://primer.example.bg/1", "Markdown Content:", f"# {TITLE}"],
        [f"Заглавие: {TITLE}", "Текст:"],
    ],
)  # fmt: skip
def test_the_labels_of_a_reader_service_are_no_text(head: list[str]) -> None:
    """They name the parts, and are gone."""
    article = read("\n\n".join([*head, *TEXT]))

    assert article.title == TITLE
    assert article.text.split("\n\n") == TEXT


def test_a_short_text_that_was_wrapped_is_put_together() -> None:
    """Two full breaks are enough when there is no other."""
    text = wrapped("\n\n".join([TITLE, TITLE, TEXT[0], TEXT[1], "Сподели:"]))

    assert read(text).text.split("\n\n") == TEXT[:2]


def test_short_lines_of_a_list_are_not_joined() -> None:
    """They are not full: the next word would have fitted."""
    squad = [
        "Вратар: Кънев",
        "Защита: Станев и Митов",
        "Атака: Узунов",
        "Съдия: Танев",
        "Публика: 300",
    ]
    text = "\n".join([TITLE, *TEXT, *squad])

    assert read(text).text.split("\n\n") == [*TEXT, *squad]


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("<!DOCTYPE html><html><body><p>а</p></body></html>", True),
        ("бележка\n<html><body><p>а</p><p>б</p></body></html>", True),
        ("<div>\n<h1>Заглавие</h1>\n<p>а</p>\n<p>б</p>\n</div>", True),
        ("<div><h1>Заглавие</h1><p>а</p><p>б</p></div>", True),
        ("Заглавие\n<p>а</p>\n<p>б</p>\n<p>в</p>", False),
        ("Заглавие\nа<br>\nб<br>\nв<br>", False),
        ("Заглавие\nа\nб", False),
    ],
)
def test_a_few_tags_make_no_page(text: str, *, page: bool) -> None:
    """A page has a root or begins with a tag and goes on with tags."""
    assert is_html(text) is page
