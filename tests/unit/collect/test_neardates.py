"""Where a date stands on a page decides whether it is the article's."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from digest.collect.extract import extract
from digest.model import Article, DateBasis

SOFIA = ZoneInfo("Europe/Sofia")
FETCHED = datetime(2026, 11, 21, 8, tzinfo=SOFIA)
TITLE = "Общината купува нови автобуси за крайните квартали"
SENTENCES = (
    "Общинският съвет одобри покупката на дванадесет автобуса след пет часа спорове в залата.",
    "Парите идват от програма за чист въздух, а първите машини тръгват още през пролетта.",
    "Опозицията поиска проверка на поръчката, защото в срока има само една подадена оферта.",
)
BODY = "".join(f"<p>{one}</p>" for one in SENTENCES)


def read(
    body: str, head: str = "", *, url: str = "", lang: str = "bg", live: bool = False
) -> Article:
    html = (
        f'<html lang="{lang}"><head><title>{TITLE}</title>{head}</head><body>{body}</body></html>'
    )
    return extract(html.encode(), source="стр", url=url, fetched_at=FETCHED, live=live)


def at(article: Article) -> str | None:
    return article.published_at.astimezone(SOFIA).isoformat()[:16] if article.published_at else None


def under(line: str, before: str = "", after: str = "") -> str:
    return f"<article>{before}<h1>{TITLE}</h1>{line}<div>{BODY}</div></article>{after}"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("<p>20.11.2026 14:35</p>", "2026-11-20T14:35"),
        ("<p>14:35 ч., 20 ноември 2026 г.</p>", "2026-11-20T14:35"),
        ("<p>20-ти ноември 2026, петък, 14:35</p>", "2026-11-20T14:35"),
        ("<p>Обновена: 20.11.2026 18:20 | Публикувана: 20.11.2026 14:35</p>", "2026-11-20T14:35"),
        ("<p>20.11.2026 14:35, обновена 20.11.2026 18:20</p>", "2026-11-20T14:35"),
        ("<dl><dt>Обновена</dt><dd>20.11.2026 18:20</dd><dt>Публикувана</dt>"
         "<dd>20.11.2026 14:35</dd></dl>", "2026-11-20T14:35"),
        ("<p>Снимка: архив, 12.03.2021</p><p>20.11.2026 14:35</p>", "2026-11-20T14:35"),
        ("<time class='entry-date published updated' datetime='2026-11-20T14:35:00+02:00'>"
         "20.11.2026</time>", "2026-11-20T14:35"),
        ("<a href='/2026/'><time datetime='2026-11-20T14:35'>20 ноември</time></a>",
         "2026-11-20T14:35"),
        ("<time datetime='T14:35'>20.11.2026 14:35</time>", "2026-11-20T14:35"),
        ("<time datetime='2026-11-20'>20 ноември 2026, 14:35</time>", "2026-11-20T14:35"),
    ],
)  # fmt: skip
def test_the_line_under_the_headline_dates_the_article(line: str, said: str) -> None:
    """Whatever its form, and whichever of two days comes first."""
    assert at(read(under(line))) == said


@pytest.mark.parametrize(
    "line",
    [
        "<p>Снимка: архив, 12.03.2021</p>",
        "<p>Роден на 12.05.1950 г.</p>",
        "<p>Краен срок: 18.11.2026</p>",
        "<p>Начало: 10.11.2026, 19:00</p>",
        "<p>10.11.2026 - 15.11.2026</p>",
        "<p>Версия за печат: 21.11.2026 07:59</p>",
        "<p>Договор № 12 от 03.02.2024</p>",
        "<time class='updated' datetime='2026-11-20T18:20:00+02:00'>20.11.2026</time>",
    ],
)
def test_the_day_of_something_else_is_not_the_articles(line: str) -> None:
    """Pictures, births, deadlines, ranges and changes have days too."""
    assert at(read(under(line))) is None


@pytest.mark.parametrize(
    "after",
    [
        "<div class='x'><span>21.11.2026 06:10</span></div>",
        "<ul><li><a href='/a'>Друга статия на изданието</a> <time>2026-11-20T06:10</time></li></ul>",
        "<article class='card'><h3><a href='/b'>Още една статия</a></h3>"
        "<time datetime='2026-11-20T06:10'>днес</time></article>",
        "<div class='mnenia'><b>Читател</b> <time datetime='2026-11-20T06:10'></time></div>",
        "<div>Събота, 21 ноември 2026</div>",
        "<div>преди 2 часа</div>",
    ],
)
@pytest.mark.parametrize(
    "paragraph", ["<p>{}</p>", "<p><span>{}</span></p>", "<section>{}<br></section>"]
)
def test_what_stands_behind_the_text_dates_nothing(after: str, paragraph: str) -> None:
    """However the paragraphs are marked up, the ground ends where they begin."""
    body = "".join(paragraph.format(one) for one in SENTENCES)

    article = read(f"<div><h1>{TITLE}</h1>{body}</div>{after}", live=True)

    assert at(article) is None


@pytest.mark.parametrize(
    "before",
    [
        "<header><div class='date published'><time datetime='2026-11-21T07:59'></time></div></header>",
        "<div>Дата: 21.11.2026 EUR 1.95</div>",
        "<div><div><div><div>Публикувано: 19.10.2026</div></div></div></div>",
    ],
)
def test_what_stands_above_the_article_is_the_pages_clock(before: str) -> None:
    """A label makes no difference to a header."""
    article = read(f"{before}<main><div class='z'><h1>{TITLE}</h1>{BODY}</div></main>")

    assert at(article) is None
    assert article.date.confidence <= 0.2


def test_the_day_of_an_event_in_a_sentence_is_not_the_articles() -> None:
    """A time tag that is a few words of a paragraph loses to the line under the headline."""
    event = (
        "<p>Концертът е на <time datetime='2026-11-12'>12 ноември</time> в залата на града, където"
    )
    event += " ще свирят трима души от съседната област и двама гости.</p>"

    assert at(read(under("<p>20.11.2026 14:35</p>" + event))) == "2026-11-20T14:35"


def test_only_a_day_of_change_is_weak_and_lends_no_hour() -> None:
    """It is said in words, and a day of the data keeps its midnight."""
    line = "<p>Обновена: 20.11.2026 18:20</p>"
    alone = read(under(line))
    data = '<meta property="article:published_time" content="2026-11-20">'
    dated = read(under(line), data)

    assert alone.date.confidence <= 0.4
    assert any("последната промяна" in one for one in alone.warnings)
    assert at(dated) == "2026-11-20T00:00"


def test_a_local_time_that_is_labelled_universal_is_local() -> None:
    """The same clock stands in the text; two hours are not news."""
    data = '<meta property="article:published_time" content="2026-11-20T14:35:00Z">'

    article = read(under("<p>20.11.2026 14:35</p>"), data)

    assert at(article) == "2026-11-20T14:35"
    assert any("местен" in one for one in article.warnings)


def test_an_empty_field_hides_no_good_one() -> None:
    """Many sites fill one of several metas."""
    data = '<meta property="article:published_time" content="0000-00-00">'
    data += '<meta name="pubdate" content="2026-11-20T14:35:00+02:00">'

    assert at(read(under(""), data)) == "2026-11-20T14:35"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://e.example.bg/2026/11/20/avtobusi", "2026-11-20T00:00"),
        ("https://e.example.bg/2026/nov/20/avtobusi", "2026-11-20T00:00"),
        ("https://e.example.bg/izbori-2026-11-15-rezultati", None),
    ],
)
def test_a_day_in_the_middle_of_a_slug_is_that_of_an_event(url: str, said: str | None) -> None:
    """A path of year, month and day is the outlet's own filing."""
    assert at(read(under(""), url=url)) == said


@pytest.mark.parametrize(
    ("lang", "line", "said"),
    [
        ("en-US", "11/09/2026 2:35 PM", "2026-11-09T14:35"),
        ("en-US", "11/09/2026", "2026-11-09T00:00"),
        ("bg", "09/11/2026", "2026-11-09T00:00"),
        ("fr", "20 novembre 2026 à 14h35", "2026-11-20T14:35"),
        ("es", "20 de noviembre de 2026", "2026-11-20T00:00"),
        ("uk", "20 листопада 2026, 14:35", "2026-11-20T14:35"),
        ("tr", "20 Kasım 2026 14:35", "2026-11-20T14:35"),
        ("ro", "20 noiembrie 2026, 14:35", "2026-11-20T14:35"),
    ],
)
def test_dates_of_other_languages_are_read_in_their_order(lang: str, line: str, said: str) -> None:
    """Day first, unless the page is American or the numbers say otherwise."""
    assert at(read(under(f"<p>{line}</p>"), lang=lang)) == said


def test_a_card_with_another_headline_does_not_hide_the_line_under_the_shown_one() -> None:
    """Search engines and people get different headlines."""
    card = '<meta property="og:title" content="Автобуси: какво реши съветът тази вечер">'
    body = f"<div><h1>{TITLE}, реши съветът</h1><span>20.11.2026 14:35</span>{BODY}</div>"

    article = read(body, card)

    assert at(article) == "2026-11-20T14:35"
    assert article.date.basis is DateBasis.TEXT
