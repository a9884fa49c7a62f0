"""A text that its page cuts into several containers is read whole; texts of others are not added."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest.collect.extract import extract
from digest.collect.joined import join_parts
from digest.collect.markup import elements, parse, text_of
from tests.unit.collect.test_page import TITLE

FETCHED = datetime(2026, 11, 20, 6, tzinfo=UTC)
SENTENCES = tuple(
    f"{number} от кметовете в областта поискаха средства за ремонт на пътищата след наводненията "
    "през есента, съобщиха от областната управа в сряда."
    for number in ("Единият", "Вторият", "Третият", "Четвъртият", "Петият", "Шестият")
)


def block(sentences: tuple[str, ...], name: str = "article-body", before: str = "") -> str:
    paragraphs = "".join(f"<p>{one}</p>" for one in sentences)
    return f'<div class="row">{before}<div class="{name}">{paragraphs}</div></div>'


def read(body: str) -> str:
    html = f"<html><body><main><h1>{TITLE}</h1>{body}</main></body></html>"
    return extract(html.encode(), source="страница", fetched_at=FETCHED).text


def test_a_text_in_three_containers_is_read_whole() -> None:
    """An advertisement closes the container of the text and opens another of the same name."""
    ad = '<div class="slot"><span>Реклама</span></div>'

    text = read(ad.join(block(SENTENCES[n : n + 2]) for n in (0, 2, 4)))

    assert text == "\n\n".join(SENTENCES)


@pytest.mark.parametrize(
    "before",
    [
        '<span class="user">Петров</span>',
        "<h3><a href='/drugo'>Друга статия на същото издание</a></h3>",
        "<time datetime='2026-11-19'>19 ноември</time>",
    ],
)
def test_the_text_of_another_is_not_added(before: str) -> None:
    """A reader's, another article's, one with a time of its own: same names, other texts."""
    tree = parse(f"<main>{block(SENTENCES[:4])}{block(SENTENCES[4:], before=before)}</main>")

    join_parts(tree)

    first = next(one for one in elements(tree, "div") if one.get("class") == "article-body")
    assert text_of(first) == "".join(SENTENCES[:4])
