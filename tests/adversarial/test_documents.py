"""Adversarial cases 1–5, 13–16 and 20: dumps and pages that are not what they seem."""

from __future__ import annotations

import json

import pytest

from digest.collect.address import identity_key, same_site
from digest.collect.extract import read as read_whole
from digest.model import DateBasis
from tests.adversarial.documents import AGENCIES, BODY, LEAD, NOW, TEASERS, TITLE, dump, page, read


def test_case_01_the_seed_has_no_date_no_teaser_and_its_credits() -> None:
    """Date unknown, no teaser in the text, both agencies named, one text."""
    article = read(dump())

    assert (article.title, article.lead) == (TITLE, LEAD)
    assert article.text == "\n\n".join(BODY)
    assert (article.published_at, article.date.basis) == (None, DateBasis.PAGE_HEADER)
    assert article.agencies == ("БГНЕС", "АФП")
    assert [one.title for one in article.related] == [title for title, _ in TEASERS]
    assert not any(title in article.text for title, _ in TEASERS)


def test_case_02_two_dumps_with_other_days_are_one_article() -> None:
    """The day of the page's header is nobody's identity."""
    assert read(dump()).id == read(dump(header="7 Март, 2026")).id


@pytest.mark.parametrize("marker", ["", "Сподели:\n\n"])
def test_case_03_a_dump_without_the_comments_line(marker: str) -> None:
    """The teasers are told from the text though nothing announces them."""
    article = read(dump(marker=marker))

    assert article.text == "\n\n".join(BODY)


def test_case_04_sharing_as_a_verb_is_text() -> None:
    """„Споделяме“ begins a line and stands within one; neither is a share bar."""
    text = read(dump()).text

    assert "Споделяме едни и същи тревоги" in text
    assert "Споделяме отговорността" in text


def test_case_05_a_line_that_is_repeated_honestly_stays() -> None:
    """A slogan said twice in the middle of a text is text both times."""
    slogan = "Искаме вода сега, викаха хората на площада пред общината"
    article = read(dump(body=(BODY[0], slogan, slogan, *BODY[1:])))

    assert article.text.count(slogan) == 2
    assert article.text.endswith(BODY[-1])


def test_case_13_a_cookie_wall_is_no_article() -> None:
    """The phrase of consent in place of a text."""
    wall = page("Ние и нашите партньори използваме бисквитки. Приемане на всички бисквитки.")

    assert read(wall).kind == "consent"


def test_case_13_a_paywall_stub_is_no_article() -> None:
    """Two sentences and an offer."""
    stub = page(BODY[0], "За да прочетете цялата статия, купете абонамент.")

    assert read(stub).kind == "paywall"


@pytest.mark.parametrize(
    ("before", "head", "after"),
    [
        ("<p class='date'>днес, 16:05</p>", "", ""),
        ("", "", "<footer>© 2025 Вестник Пролом</footer>"),
        ("", '<meta property="article:modified_time" content="2026-11-20T10:00:00+02:00">', ""),
        (
            "",
            '<script type="application/ld+json">{"@type":"NewsArticle",'
            '"dateModified":"2026-11-20T10:00:00+02:00"}</script>',
            "",
        ),
    ],
)
def test_case_13_no_date_is_made_of_today_a_year_or_a_change(
    before: str, head: str, after: str
) -> None:
    """„днес, 16:05“ of a kept page, a copyright year, and the day of a change are no dates."""
    article = read(page(head=head, before=before, after=after))

    assert article.published_at is None


@pytest.mark.parametrize(
    ("pictures", "kept"),
    [
        ('<img src="data:image/gif;base64,R0lGOD" data-src="/i/voda.jpg">', "/i/voda.jpg"),
        ('<img src="/spacer.gif" data-lazy-src="/i/voda.jpg">', "/i/voda.jpg"),
        ('<img srcset="/i/small.jpg 320w, /i/large.jpg 1280w">', "/i/large.jpg"),
        ('<img src="/p.gif" width="1" height="1"><img src="/i/voda.jpg">', "/i/voda.jpg"),
        ('<img src="data:image/gif;base64,R0lGODlhAQABAIAAAP">', None),
        ('<img src="/t.gif" width="1" height="1">', None),
        ('<img src="javascript:alert(1)">', None),
    ],
)
def test_case_14_lazy_pictures_pixels_and_data(pictures: str, kept: str | None) -> None:
    """The picture that a reader sees, never a pixel, a placeholder or data in an address."""
    article = read(
        page(before=f"<figure>{pictures}</figure>"), url="https://vestnik.example.bg/novina/1"
    )

    assert article.image == (f"https://vestnik.example.bg{kept}" if kept else None)


@pytest.mark.parametrize("name", ["newsid", "nid", "id", "storyid", "article", "p"])
def test_case_15_articles_told_apart_by_one_parameter_stay_two(name: str) -> None:
    """Parameters are dropped by a deny-list only."""
    address = "https://vestnik.example.bg/novina.php"

    assert identity_key(f"{address}?{name}=1") != identity_key(f"{address}?{name}=2")


@pytest.mark.parametrize(
    "other",
    [
        "https://vestnik.example.bg/novina/1?utm_source=x&utm_medium=y",
        "http://www.vestnik.example.bg/novina/1/",
        "https://vestnik.example.bg/novina/1?fbclid=IwAR0#comments",
        "HTTPS://VESTNIK.example.bg:443/a/../novina/1",
    ],
)
def test_case_15_one_article_under_many_addresses(other: str) -> None:
    """Campaigns, scheme, www, case, default port and dot segments are not the article."""
    assert identity_key(other) == identity_key("https://vestnik.example.bg/novina/1")


def test_case_15_punycode_is_the_same_host() -> None:
    """A Cyrillic host is its ASCII form."""
    cyrillic = "https://вестник.example.bg/новина/1"
    ascii_form = "https://xn--b1agjinxh.example.bg/%D0%BD%D0%BE%D0%B2%D0%B8%D0%BD%D0%B0/1"

    assert identity_key(cyrillic) == identity_key(ascii_form)


@pytest.mark.parametrize(
    "other", ["https://m.vestnik.example.bg/novina/1", "https://vestnik.example.bg/novina/1/amp"]
)
def test_case_15_m_and_amp_are_a_hint_only(other: str) -> None:
    """Of the same site, under keys of their own: the text tells whether they are one article."""
    plain = "https://vestnik.example.bg/novina/1"

    assert identity_key(other) != identity_key(plain)
    assert same_site(other, plain)
    assert not same_site(other, "https://drug-vestnik.bg/novina/1")


def test_case_16_a_broken_block_of_data_does_not_lose_the_good_one() -> None:
    """JSON-LD is read a block at a time, and the broken one is said."""
    good = json.dumps({"@type": "NewsArticle", "datePublished": "2026-11-20T09:05:00+02:00"})
    head = (
        '<script type="application/ld+json">{"@type": "Organization", "name": "В"</script>'
        f'<script type="application/ld+json">{good}</script>'
    )

    article = read(page(head=head))

    assert article.date.basis is DateBasis.JSON_LD
    assert any("JSON-LD" in warning for warning in article.warnings)


def test_case_20_a_listing_page_is_no_article() -> None:
    """Thirty headlines are not one text."""
    links = "".join(
        f'<li><a href="/novina-{n}.html">Заглавие на новина номер {n} от рубриката</a></li>'
        for n in range(30)
    )
    html = f"<!DOCTYPE html><html><body><h1>Новини от Пролом</h1><ul>{links}</ul></body></html>"

    found = read_whole(html.encode(), source="d", fetched_at=NOW, agencies=AGENCIES)

    assert found.kind.name == "listing"
    assert found.kind.reason
