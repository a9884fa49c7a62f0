"""HTML pages: what they say of themselves is weighed, what is not the article is cut."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest.collect.extract import extract, read
from digest.collect.headline import without_site
from digest.errors import BadInput
from digest.model import Agency, Article, DateBasis

FETCHED = datetime(2026, 11, 22, 6, tzinfo=UTC)
URL = "https://vesti.example.bg/a/7"
TITLE = "Реката в Измислен дол преля след тридневния дъжд"
PARAGRAPHS = [
    (
        "Реката в Измислен дол преля в неделя вечерта и заля двора на училището, съобщи кметът "
        "Петър Несъществуващ. Никой не е пострадал, но две къщи са останали без ток до сутринта."
    ),
    (
        "Доброволци са пълнили чували с пясък цяла нощ, а пожарната е извозила девет души към "
        "спортната зала. Там ще останат, докато водата спадне под опасната черта."
    ),
    (
        "Според хидролозите дъждът ще спре във вторник. Дотогава пътят към Горно Нанадолнище "
        "остава затворен, а децата ще учат от вкъщи, обясниха от общината."
    ),
]
BODY = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
NAV = "<nav><ul><li><a href='/'>Начало</a></li><li><a href='/sport'>Спорт</a></li></ul></nav>"


def html(body: str = "", head: str = "", *, before: str = "") -> str:
    """A page of a site with navigation, an article, a share bar, comments and a sidebar."""
    return (
        f"<!DOCTYPE html><html lang='bg'><head><meta charset='utf-8'><title>{TITLE} | Вести</title>"
        f"{head}</head><body>{NAV}<div class='now'>23 декември 2025</div>{before}"
        f"<h1>{TITLE}</h1>{body or BODY}"
        "<div class='share'>Сподели: <a href='#'>Facebook</a></div>"
        "<div id='comments'><h4>Коментари (1)</h4><p>гост: Пак лъжат всички вестници наред!</p></div>"
        "<div class='related'><h3>Още по темата</h3><a href='/b'>Мостът над реката ще се отвори през юни</a></div>"
        "<footer>© 2026 Всички права запазени</footer></body></html>"
    )


def page(text: str, url: str = URL) -> Article:
    """The article of a page."""
    agencies = (Agency("БТА", ("БТА",)),)
    return extract(text.encode(), source="p", url=url, fetched_at=FETCHED, agencies=agencies)


def test_the_body_is_the_paragraphs_and_nothing_else() -> None:
    """Share bar, comments, teasers and footer are gone and recorded; the teaser is `related`."""
    article = page(html())

    assert article.title == TITLE
    assert article.text == "\n\n".join(PARAGRAPHS)
    assert [one.title for one in article.related] == ["Мостът над реката ще се отвори през юни"]
    assert {cut.kind for cut in article.removed} >= {"share", "comments", "teaser", "footer"}


def test_the_page_clock_is_no_date() -> None:
    """A day above the headline leaves the date unknown."""
    article = page(html())

    assert article.published_at is None
    assert article.date.basis is DateBasis.PAGE_HEADER


@pytest.mark.parametrize(
    ("head", "before_text", "basis"),
    [
        ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-11-21T18:00:00+02:00"}</script>', "", DateBasis.JSON_LD),
        ('<meta property="article:published_time" content="2026-11-21T18:00:00+02:00">', "", DateBasis.META),
        ("", '<time datetime="2026-11-21T18:00:00+02:00">21.11</time>', DateBasis.TIME),
        ("", "<div class='d'>21 ноември 2026, 18:00 | Редакция</div>", DateBasis.TEXT),
        ("", "<small>Публикувана: 21.11.2026 г. 18:00</small>", DateBasis.TEXT),
    ],
    ids=["json-ld", "meta", "time", "line", "label"],
)  # fmt: skip
def test_dates_are_found_by_their_basis(head: str, before_text: str, basis: DateBasis) -> None:
    """Every honest way to state a date is read, with the hour."""
    article = page(html(before_text + BODY, head))

    assert article.published_at == datetime(2026, 11, 21, 16, tzinfo=UTC)
    assert article.date.basis is basis


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{"@type":"NewsArticle","dateModified":"2026-11-21T18:00:00+02:00"}</script>',
        '<meta property="article:modified_time" content="2026-11-21T18:00:00+02:00">',
    ],
)
def test_the_day_of_a_change_is_no_date(head: str) -> None:
    """`dateModified` makes no claim."""
    assert page(html(BODY, head)).published_at is None


def test_today_and_a_copyright_year_are_no_dates() -> None:
    """„днес, 16:05“ and © 2026 are not resolved against the clock."""
    assert page(html("<p>днес, 16:05</p>" + BODY)).published_at is None


def test_one_broken_json_ld_block_does_not_lose_the_good_one() -> None:
    """Blocks are read one at a time."""
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "x"</script>'
        '<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"В"},'
        '{"@type":"NewsArticle","datePublished":"2026-11-21","author":{"name":"Елена Измислена"},}]}</script>'
    )
    article = page(html(BODY, head))

    assert article.date.basis is DateBasis.JSON_LD
    assert article.author == "Елена Измислена"
    assert any("JSON-LD" in w for w in article.warnings)


@pytest.mark.parametrize(
    "name",
    [
        "Вести",
        "Редакция",
        "Екип на сайта",
        "admin",
        "БТА",
        "https://e.example/x",
        "Реката преля след дъжда",
    ],
)
def test_an_author_is_never_invented(name: str) -> None:
    """A desk, an agency, an address and a sentence are no people."""
    head = f'<meta name="author" content="{name}"><meta property="og:site_name" content="Вести">'

    assert page(html(BODY, head)).author is None


def test_a_by_line_of_an_agency_is_a_credit() -> None:
    """The agency named as author is credited."""
    assert page(html(BODY, '<meta name="author" content="БТА">')).agencies == ("БТА",)


def test_the_lead_is_told_from_the_body() -> None:
    """A marked sub-headline is the lead and is not repeated in the text."""
    lead = "Никой не е пострадал, две къщи са без ток и пътят е затворен до вторник"
    article = page(html(f"<p class='lead'>{lead}</p>{BODY}"))

    assert article.lead == lead
    assert lead not in article.text


def test_captions_and_inline_teasers_are_cut() -> None:
    """A photo credit and „Вижте също“ are no text."""
    inside = BODY.replace(
        "</p><p>Доброволци",
        "</p><figure><img src='/i.jpg'><figcaption>Снимка: БТА</figcaption></figure>"
        "<p><a href='/x'>Вижте също: Лятото ще бъде сухо и горещо</a></p><p>Доброволци",
    )
    article = page(html(inside))

    assert article.text == "\n\n".join(PARAGRAPHS)
    assert any(one.title.startswith("Лятото") for one in article.related)


def test_a_credit_at_the_end_is_an_agency() -> None:
    """The wire credit leaves the text."""
    article = page(html(BODY.replace("общината.</p>", "общината. /БТА/</p>")))

    assert article.agencies == ("БТА",)
    assert article.text.endswith("общината.")


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("/a/7-reka", "https://vesti.example.bg/a/7-reka"),
        ("https://m.vesti.example.bg/a/7", "https://m.vesti.example.bg/a/7"),
        ("https://vesti.example.bg/", ""),
        ("https://chuzhd.test/a/7", ""),
    ],
)
def test_a_canonical_address_is_believed_on_its_own_site_only(said: str, kept: str) -> None:
    """Another site and the front page are not believed."""
    assert page(html(BODY, f'<link rel="canonical" href="{said}">')).canonical_url == kept


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("/i/1.jpg", "https://vesti.example.bg/i/1.jpg"),
        ("data:image/gif;base64,R0lGOD", None),
        ("https://e.example/pixel.gif", None),
    ],
)
def test_pictures_are_real_addresses(said: str, kept: str | None) -> None:
    """No data address and no pixel."""
    assert page(html(BODY, f'<meta property="og:image" content="{said}">')).image == kept


def test_a_page_that_lies_about_its_charset_reads() -> None:
    """UTF-8 bytes that claim windows-1251, and the reverse."""
    text = html().replace("utf-8", "windows-1251")

    assert extract(text.encode(), source="p", fetched_at=FETCHED).title == TITLE
    assert extract(html().encode("windows-1251"), source="p", fetched_at=FETCHED).title == TITLE


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Заглавие на новина | Вести", "Заглавие на новина"),
        ("Заглавие на новина - vesti.example.bg", "Заглавие на новина"),
        ("София – Варна за пет часа с влак", "София – Варна за пет часа с влак"),
        ("Вести: Заглавие", "Вести: Заглавие"),
    ],
)
def test_the_site_name_leaves_the_title(title: str, kept: str) -> None:
    """Only a name behind a separator goes; a dash inside a headline stays."""
    assert without_site(title) == kept


def test_a_giant_page_is_refused_before_it_is_parsed() -> None:
    """200 000 paragraphs would keep an extractor busy for half a minute."""
    with pytest.raises(BadInput):
        page("<html><body>" + "<p>а</p>" * 200_000 + "</body></html>")


def test_hostile_nesting_is_survived() -> None:
    """Tags nested without end are refused as unreadable, not with a traceback."""
    with pytest.raises(BadInput):
        page("<html><body>" + "<div>" * 20_000 + "<h1>Заглавие на статия</h1><p>текст</p>")


def test_a_listing_and_a_cookie_wall_are_no_articles() -> None:
    """They are judged, with a reason in Bulgarian."""
    links = "".join(
        f"<li><a href='/n/{n}'>Дълго заглавие на новина номер {n} от днес</a></li>"
        for n in range(20)
    )
    listing = read(
        f"<html><body><ul>{links}</ul></body></html>".encode(),
        source="p",
        url=URL,
        fetched_at=FETCHED,
    )
    wall = read(
        "<html><head><title>Вести</title></head><body><h1>Вашето съгласие</h1><p>Ние и нашите партньори използваме бисквитки, за да работи сайтът. Приемане на всички бисквитки.</p></body></html>".encode(),
        source="p",
        url=URL,
        fetched_at=FETCHED,
    )

    assert listing.kind.name == "listing"
    assert wall.kind.name == "consent"
    assert wall.kind.reason


@pytest.mark.parametrize(
    "inside",
    [
        '<div itemscope itemtype="https://schema.org/Comment"><time itemprop="datePublished" '
        'datetime="2026-11-20">вчера</time></div>',
        '<div itemscope itemtype="https://schema.org/VideoObject"><meta itemprop="uploadDate" '
        'content="2026-11-20"></div>',
        '<div itemscope itemtype="https://schema.org/Product"><meta itemprop="datePublished" '
        'content="2026-11-20"></div>',
    ],
)
def test_the_day_of_a_comment_or_a_video_is_no_day_of_the_article(inside: str) -> None:
    """Microdata belongs to the thing that it is said of."""
    html = f"<html><body><article><h1>{TITLE}</h1>{BODY}</article>{inside}</body></html>"

    assert extract(html.encode(), source="d", fetched_at=FETCHED).published_at is None


def test_a_line_of_the_day_under_the_lead_is_no_text() -> None:
    """Headline, lead, date, text: the date is recorded and cut."""
    lead = "Двете села край брега са без ток, а пътят е затворен"
    html = (
        f'<html><body><div class="post"><h1>{TITLE}</h1><h2 class="lead">{lead}</h2>'
        f'<div class="info"><span class="date">20 ноември 2026, 01:20 ч.</span></div>{BODY}'
        "</div></body></html>"
    )

    article = extract(html.encode(), source="d", fetched_at=FETCHED)

    assert (article.lead, article.text) == (lead, "\n\n".join(PARAGRAPHS))
    assert article.date.basis is DateBasis.TEXT


@pytest.mark.parametrize(
    "title",
    [
        f"{TITLE} – Дневен Куриер",
        f"{TITLE} - Дневен Куриер",
        f"{TITLE} - Новини от Пролом и региона",
        f"{TITLE} :: Куриер",
        f"{TITLE} / Дневен Куриер",
        f"{TITLE} – Новини – Дневен Куриер",
        f"{TITLE} | Политика | Kurier.bg",
        f"Дневен Куриер :: {TITLE}",
    ],
)
def test_a_page_with_nothing_but_its_title_loses_the_outlets_name(title: str) -> None:
    """The name is learned from the logo, the line of rights and the host."""
    body = BODY + "<footer>© 2026 Дневен Куриер. Всички права запазени.</footer>"
    html = (
        f'<html><head><title>{title}</title></head><body><a href="/">Куриер</a>'
        f'<div class="text">{body}</div></body></html>'
    )

    article = extract(
        html.encode(), source="d", url="https://kurier.example.bg/1", fetched_at=FETCHED
    )

    assert article.title == TITLE


@pytest.mark.parametrize("title", ["Левски – Лудогорец 2:1", "Пътят към гарата: ремонт / обход"])
def test_a_headline_with_marks_of_its_own_keeps_its_parts(title: str) -> None:
    """A dash between two teams is no separator of an outlet's name."""
    assert without_site(title, ("Дневен Куриер", "kurier")) == title


def test_a_title_that_is_escaped_twice_agrees_with_the_clean_one() -> None:
    """Two places with „&amp;quot;“ do not outvote the heading."""
    said = "Кметът: &amp;quot;Топлофикация&amp;quot; намалява цените през зимата"
    html = (
        f'<html><head><title>{said}</title><meta property="og:title" content="{said}"></head>'
        f'<body><h1>Кметът: "Топлофикация" намалява цените през зимата</h1>{BODY}</body></html>'
    )

    assert extract(html.encode(), source="d", fetched_at=FETCHED).title == (
        'Кметът: "Топлофикация" намалява цените през зимата'
    )
