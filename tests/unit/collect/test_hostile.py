"""Documents made to cost: each is read or refused, in time that grows with its size only."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest.collect.agencies import cut_credit
from digest.collect.extract import extract
from digest.collect.lines import kind_of
from digest.collect.plain import html_to_text
from digest.collect.sniff import sniff
from digest.errors import BadInput
from digest.model import Agency

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    "line",
    ["(" * 300_000, "сподели " * 40_000, "/БТА" * 60_000, "1.1.2020 " * 20_000, " , " * 100_000],
)
def test_long_lines_are_judged_at_once(line: str) -> None:
    """No rule looks at more of a line than furniture can be."""
    assert kind_of(line) in {None, "stray"}
    assert cut_credit(line, (Agency("БТА", ("БТА",)),), last=True) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Сподели:\n" * 50_000,
        "а\nа\n" * 50_000,
        "Още по темата\nзаглавие\n" * 30_000,
        "x " * 900_000,
    ],
)
def test_dumps_of_nothing_but_furniture_end(text: str) -> None:
    """A dump is read up to a bounded number of lines."""
    try:
        article = extract(text.encode(), source="d", fetched_at=NOW)
    except BadInput:
        return
    assert len(article.removed) < 10_000


def test_comments_before_a_root_do_not_multiply() -> None:
    """Thousands of comments before something that is no feed are passed once."""
    assert sniff(("<!-- a -->" * 1500 + "текст").encode()) == "dump"


def test_a_deep_fragment_gives_its_beginning() -> None:
    """Nesting beyond 500 cuts the fragment."""
    assert html_to_text("<p>Начало.</p>" + "<div>" * 100_000) == "Начало."


@pytest.mark.parametrize(
    "mark", ["\x03", "\x0b", "\x0c", "\ufffe", "\uffff", "&#3;", "&#x1F", "&#12;", "&#xFFFE;"]
)
def test_a_control_character_between_blocks_takes_no_page_with_it(mark: str) -> None:
    """lxml reads such a character and then refuses to move it: the page is read without it."""
    text = "Съветът на Пролом прие плана за водопровода и определи срок за първия участък."
    page = (
        f"<!DOCTYPE html><html lang='bg'><body class='a{mark} share'><article><h1>Планът е"
        f" приет</h1><div>{text}{mark}<p>{text} Кметът каза, че няма да спират.</p>Още един ред,"
        f" който стои сам{mark} и свършва.<div class='share'>Сподели{mark}</div>{mark}</div>"
        "</article></body></html>"
    )

    found = extract(page.encode(), source="prolom", fetched_at=NOW)

    assert found.title == "Планът е приет"
    assert "няма да спират" in found.text
    assert mark not in found.text
