"""The body of a page: whole where its markup is unlucky, without what stands beside it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from digest.collect.extract import extract
from digest.model import Article

FETCHED = datetime(2026, 11, 20, 6, tzinfo=UTC)
TITLE = "Областта ремонтира седем пътя след есенните наводнения"
OTHER = "Читалището в съседното село събира книги за зимата"
SAID = tuple(
    f"{number} от кметовете в областта поискаха средства за ремонт на пътищата след наводненията "
    "през есента, съобщиха от областната управа в сряда."
    for number in ("Единият", "Вторият", "Третият", "Четвъртият", "Петият", "Шестият")
)
SHORT = (
    "Пътят към язовира е затворен за камиони заради паднало дърво, съобщи пътната служба.",
    "Леките коли минават в едната лента, а до обяд пътят ще бъде разчистен.",
)
HEAD = f"<h1>{TITLE}</h1>"
LINK = f'<a href="/drugo-17">{OTHER}</a>'


def paragraphs(texts: Sequence[str]) -> str:
    return "".join(f"<p>{one}</p>" for one in texts)


def read(body: str, head: str = "") -> Article:
    html = f"<html lang='bg'><head><title>{TITLE}</title>{head}</head><body>{body}</body></html>"
    return extract(
        html.encode(),
        source="страница",
        url="https://vesti.example.bg/obshtini/patishta-17",
        fetched_at=FETCHED,
    )


def text(body: str, head: str = "") -> list[str]:
    return read(body, head).text.split("\n\n")


@pytest.mark.parametrize("name", ["article-text", "content", "text", "entry-content", ""])
def test_a_news_item_of_two_sentences_is_two_paragraphs(name: str) -> None:
    """Neither its title, date and views in one line, nor the paragraphs of the column beside it."""
    meta = '<div class="meta">20.11.2026, 10:12 | 312 прочитания</div>'
    cards = "".join(
        f'<div class="item"><a href="/{n}">{OTHER} {n}</a><p>{one}</p></div>'
        for n, one in enumerate(SAID)
    )

    found = text(
        f'<div id="left">{HEAD}{meta}<div class="{name}">{paragraphs(SHORT)}</div></div>'
        f'<div id="right">{cards}</div>'
    )

    assert found == list(SHORT)


@pytest.mark.parametrize(
    "heading",
    [
        f"<p><b>Вижте още</b></p><ul><li>{LINK}</li></ul>",
        f"<p>Още по темата</p><p>{LINK}</p>",
        f"<p><b>Още по темата:</b> {LINK}</p>",
        f"<p>ОЩЕ: {LINK}</p>",
        f"<p>ЧЕТЕТЕ ОЩЕ → {LINK}</p>",
        f"<p>Lire aussi | {LINK}</p>",
        f"<section><h3>Más información</h3>{LINK}</section>",
        f"<p>{LINK}</p>",
    ],
)
def test_a_link_to_another_article_in_mid_text_ends_nothing(heading: str) -> None:
    """It is filed as a teaser with its heading, and the text goes on below it."""
    found = read(
        f'<article>{HEAD}<div class="c">{paragraphs(SAID[:2])}{heading}'
        f"{paragraphs(SAID[2:])}</div></article>"
    )

    assert found.text.split("\n\n") == list(SAID)
    assert [one.title for one in found.related] == [OTHER]


def test_a_heading_of_links_between_line_breaks_ends_nothing() -> None:
    """A text broken by line breaks has its teasers between them too."""
    broken = "<br><br>".join((*SAID[:2], f"<b>Още по темата:</b> {LINK}", *SAID[2:]))

    assert text(f'<article>{HEAD}<div class="c"><p>{broken}</p></div></article>') == list(SAID)


@pytest.mark.parametrize(
    ("heading", "points"),
    [
        ("Акценти:", ["Седем пътя чакат ремонт.", "Парите са за три от тях."]),
        ("Най-популярните", ["Сред предложенията начело е пътят към гарата."]),
        ("Още от античността", ["Бродът на това място е известен от римско време."]),
        ("Коментар", []),
    ],
)
def test_a_sub_heading_that_text_follows_is_text(heading: str, points: list[str]) -> None:
    """The same words stand above lists of links and above the text itself."""
    middle = f"<h3>{heading}</h3><ul>" + "".join(f"<li>{one}</li>" for one in points) + "</ul>"

    found = text(f"<article>{HEAD}{paragraphs(SAID[:2])}{middle}{paragraphs(SAID[2:])}</article>")

    assert found == [*SAID[:2], heading, *points, *SAID[2:]]


def test_comments_below_the_text_end_it() -> None:
    """What readers say under the heading of comments stands in a container of its own."""
    said = "Крайно време беше да се сетят за пътя, по който минаваме всеки ден от години насам."

    found = text(
        f"<article>{HEAD}<div>{paragraphs(SAID)}</div><h3>Коментари (1)</h3>"
        f"<div><p>{said}</p></div></article>"
    )

    assert found == list(SAID)


def test_cards_with_excerpts_below_the_text_are_none_of_it() -> None:
    """Boxes of one name that begin with a link show other articles."""
    cards = "".join(
        f'<div class="k"><a href="/{n}"><b>{OTHER} {n}</b></a><p>Откъс с точка накрая.</p></div>'
        for n in range(3)
    )

    assert text(f"<article>{HEAD}{paragraphs(SAID)}<h3>Още новини</h3>{cards}</article>") == list(
        SAID
    )


@pytest.mark.parametrize(
    ("first", "rest"),
    [("itemIntroText", "itemFullText"), ("first", "text"), ("", "c")],
)
def test_a_first_paragraph_in_its_own_container_is_read(first: str, rest: str) -> None:
    """Old systems keep the introduction of an article apart from its full text."""
    found = text(
        f'<div class="item">{HEAD}<div class="{first}"><p>{SAID[0]}</p></div>'
        f'<div class="{rest}">{paragraphs(SAID[1:])}</div></div>'
    )

    assert found == list(SAID)


def test_a_marked_lead_comes_once() -> None:
    """It stands between headline and text, is the lead, and is not put back into the text."""
    found = read(f'<div>{HEAD}<p class="lead">{OTHER}</p><div>{paragraphs(SAID)}</div></div>')

    assert (found.lead, found.text.split("\n\n")) == (OTHER, list(SAID))


@pytest.mark.parametrize("tag", ["article", "section", "center", "div", "main"])
def test_text_without_paragraphs_is_read_whole(tag: str) -> None:
    """Straight in its container, broken by line breaks, before, between and after other blocks."""
    broken = "<br><br>".join(SAID[:3])

    found = text(
        f"<div>{HEAD}<{tag}>{broken}<p>{SAID[3]}</p>{SAID[4]}<br><br>{SAID[5]}</{tag}></div>"
    )

    assert found == list(SAID)


def test_a_box_cut_between_two_texts_leaves_them_two_paragraphs() -> None:
    """An advertisement is the only thing that parts them."""
    ad = '<div class="banner"><a href="/r">x</a></div>'

    assert text(f'<div class="story">{HEAD}{ad.join(SAID)}</div>') == list(SAID)


def test_a_page_laid_out_in_a_table_is_no_table() -> None:
    """Its text is paragraphs, its columns are not text; a table of figures stays one."""
    figures = "<table><tr><td>Път</td><td>Километри</td></tr><tr><td>Към гарата</td><td>4</td></tr></table>"

    found = text(
        f"<table><tr><td><a href='/'>Начало</a></td><td>{HEAD}{'<br><br>'.join(SAID)}{figures}</td>"
        f"<td><b>Най-четени</b>{LINK}</td></tr></table>"
    )

    assert found == [*SAID, "| Път | Километри |", "| Към гарата | 4 |"]


def test_text_behind_a_button_is_read_and_a_hidden_copy_is_not() -> None:
    """„Прочети още“ shows what the page hides; a copy for small screens is no second text."""
    hidden = f'<div style="display: none">{paragraphs(SAID[3:])}</div>'
    copy = f'<div style="display:none">{paragraphs(SAID[:2])}</div>'

    found = text(f"<article>{HEAD}<div>{paragraphs(SAID[:3])}{hidden}</div>{copy}</article>")

    assert found == list(SAID)


@pytest.mark.parametrize(
    "above",
    [
        '<span class="author">admin</span>',
        '<p class="byline">Ралица Примерова</p>',
        '<p class="category">ПОЛИТИКА</p>',
        '<p><a href="/politika">Политика</a></p>',
        "<p>Обновена:</p>",
        '<p>Публикувана: <time datetime="2026-11-19T10:00:00+02:00"></time></p>',
    ],
)
def test_what_stands_above_a_text_is_no_first_paragraph(above: str) -> None:
    """By-lines, sections and labels whose date stands elsewhere."""
    assert text(f"<article>{HEAD}{above}{paragraphs(SAID)}</article>") == list(SAID)


def test_a_headline_with_its_kicker_is_not_repeated_in_the_text() -> None:
    """„ПОЛИТИКА Областта ремонтира…“."""
    head = f'<h1><span class="kicker">ПОЛИТИКА</span> {TITLE}</h1>'

    assert text(f"<article>{head}{paragraphs(SAID)}</article>") == list(SAID)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_text_in_linked_data_alone_keeps_its_paragraphs(gap: str) -> None:
    """Pages that a script puts together give the text as `articleBody`."""
    node = {"@type": "NewsArticle", "headline": TITLE, "articleBody": gap.join(SAID)}
    data = f'<script type="application/ld+json">{json.dumps(node)}</script>'

    assert text('<div id="app"></div>', data) == list(SAID)


@pytest.mark.parametrize(
    "script",
    [
        '<script id="__NEXT_DATA__" type="application/json">{}</script>',
        "<script>window.__NUXT__={};</script>",
    ],
)
def test_a_text_in_the_state_of_a_script_is_read(script: str) -> None:
    """The longest text of the state, where the page shows nothing."""
    state = {"props": {"article": {"title": TITLE, "teaser": OTHER, "content": paragraphs(SAID)}}}

    found = text(f"<div>Зареждане…</div>{script.format(json.dumps(state, ensure_ascii=False))}")

    assert found == list(SAID)


def test_data_that_calls_the_text_not_free_is_not_read() -> None:
    """What the outlet sells is not taken from its data."""
    node = {"@type": "NewsArticle", "headline": TITLE, "isAccessibleForFree": False}
    data = json.dumps({**node, "articleBody": "\n".join(SAID)})

    found = read(
        f"<article>{HEAD}<p>{SHORT[0]}</p></article>",
        f'<script type="application/ld+json">{data}</script>',
    )

    assert SAID[3] not in found.text
