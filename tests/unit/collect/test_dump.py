"""Plain-text dumps shaped like what scrapers keep: title, lead, body, credit, teasers apart."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.collect.extract import extract
from digest.errors import BadInput
from digest.model import Agency, Article, DateBasis

FETCHED = datetime(2026, 11, 22, 6, tzinfo=UTC)
AGENCIES = (Agency("БГНЕС", ("БГНЕС",)), Agency("АФП", ("АФП", "AFP")), Agency("БТА", ("БТА",)))
TITLE = "Общината в Горно Нанадолнище обяви нов план за водата"
LEAD = "Кметът обеща тръбите да са готови до пролетта, но кой ще ги плати?"
FIRST = (
    "Общинският съвет в Горно Нанадолнище прие с голямо мнозинство плана за подмяна на "
    "водопровода, съобщи кметът Петър Несъществуващ. Работата започва през март и ще трае година."
)
SHARED = (
    '"Споделяме едни и същи тревоги като жителите", каза кметът пред съветниците. "Водата спира '
    'три пъти седмично и това не може да продължава", добави той след гласуването в залата.'
)
LAST = "Парите идват от бюджета на общината и от заем, който ще се върне за десет години."


def dump(
    *, marker: str = "Сподели:\n\nКоментари (0)\n\n", header: str = "23 Декември, 2025"
) -> str:
    """A page as a scraper kept it: header date, doubled title, stray letter, bars, teasers."""
    teasers = "".join(
        f"{t}\n\n{t}\n\n{lead}\n\n"
        for t, lead in (
            ("Мостът над Измислена река ще се отвори през лятото", "Остават само перилата"),
            ("Училището в Долно Нанадолнище получи нова библиотека", "Книгите са дарение"),
        )
    )
    return (
        f"{header}\n\n{TITLE}\n\n{TITLE}\n\nп\n\n{LEAD}\n\n{FIRST}\n\n{SHARED}\n\n"
        f"{LAST} /БГНЕС, АФП\n{marker}{teasers}".rstrip()
    )


def read(text: str | bytes) -> Article:
    """The article of a dump."""
    data = text.encode() if isinstance(text, str) else text
    return extract(data, source="d", fetched_at=FETCHED, agencies=AGENCIES)


def test_the_parts_of_a_dump_are_told_apart() -> None:
    """Title once, lead, three paragraphs, agencies, teasers: nothing in two places."""
    article = read(dump())

    assert article.title == TITLE
    assert article.lead == LEAD
    assert article.text == f"{FIRST}\n\n{SHARED}\n\n{LAST}"
    assert article.agencies == ("БГНЕС", "АФП")
    assert [one.title[:5] for one in article.related] == ["Мостъ", "Учили"]
    assert article.related[0].lead == "Остават само перилата"
    assert (article.author, article.language) == (None, "bg")


def test_the_header_day_is_evidence_only() -> None:
    """The crawl day never dates the article, and a Bulgarian warning says so."""
    article = read(dump())

    assert article.published_at is None
    assert article.date.basis is DateBasis.PAGE_HEADER
    assert article.date.confidence <= 0.2
    assert any("не е известна" in w and "23 Декември, 2025" in w for w in article.warnings)


def test_everything_cut_is_recorded() -> None:
    """Header, second title, stray letter, credit, bar, counter and teasers are in `removed`."""
    kinds = {cut.kind for cut in read(dump()).removed}

    assert kinds >= {
        "page-header",
        "title-repeat",
        "stray",
        "credit",
        "share",
        "comments",
        "teaser",
    }


def test_two_dumps_of_one_text_are_one_article() -> None:
    """Another header date and other teasers do not change the id."""
    one, two = read(dump()), read(dump(header="7 Март, 2026").replace("Мостът", "Тунелът"))

    assert one.id == two.id


@pytest.mark.parametrize("marker", ["", "Сподели:\n\n", "Коментари (0)\n\n", "Сподели\n"])
def test_a_missing_end_marker_loses_no_text_and_keeps_no_teaser(marker: str) -> None:
    """Without a marker the first doubled line after the text starts the teasers."""
    article = read(dump(marker=marker or "\n"))

    assert article.text.endswith(LAST)
    assert "Мостът" not in article.text


def test_a_line_repeated_honestly_stays_in_the_text() -> None:
    """A slogan said twice is text when text follows it."""
    chant = "Искаме вода сега и веднага, викаха хората на площада"
    text = dump().replace(SHARED, f"{chant}\n\n{chant}\n\n{SHARED}")

    assert read(text).text.count(chant) == 2


def test_a_share_bar_above_the_text_does_not_end_it() -> None:
    """A marker with paragraphs after it stands inside the page, not at its end."""
    article = read(dump().replace("\n\nп\n\n", "\n\nСподели:\n\n"))

    assert article.text.startswith(FIRST)
    assert article.text.endswith(LAST)


def test_a_labelled_date_is_the_date() -> None:
    """„Публикувана:“ below the title dates the article by its text."""
    text = f"Начало > Новини > {TITLE[:20]}...\n{TITLE}\nПубликувана: 21.11.2026 16:34\nАвтор: Елена Измислена\n{FIRST}\n{LAST}\nЕтикети: вода\nОще по темата\nСъвсем друга новина от града\n© 2026 Всички права запазени\n"
    article = read(text)

    assert article.title == TITLE
    assert article.published_at == datetime.fromisoformat("2026-11-21T16:34+02:00")
    assert article.date.basis is DateBasis.TEXT
    assert article.author == "Елена Измислена"
    assert article.text == f"{FIRST}\n\n{LAST}"


def test_comments_are_no_text() -> None:
    """As many lines as the counter says are comments."""
    text = f"{TITLE}\n{FIRST}\n{LAST}\nКоментари (2)\nгост: Браво!\nгост2: Пак лъжат.\n"
    article = read(text)

    assert article.text == f"{FIRST}\n\n{LAST}"
    assert [c.kind for c in article.removed].count("comment") == 2


def test_a_list_of_other_titles_above_is_no_title() -> None:
    """A block „ВСИЧКО ОТ ДЕНЯ“ goes to `related`."""
    text = f"ВСИЧКО ОТ ДЕНЯ\nПърва чужда новина за пътя\nВтора чужда новина за моста\n\n{TITLE}\n\n21.11.2026\n\n{FIRST}\n{LAST}\n"
    article = read(text)

    assert article.title == TITLE
    assert len(article.related) == 2


@pytest.mark.parametrize("encoding", ["windows-1251", "utf-8-sig", "utf-16"])
def test_dumps_of_any_charset_read_the_same(encoding: str) -> None:
    """The bytes decide."""
    assert read(dump().encode(encoding)).text == read(dump()).text


@pytest.mark.parametrize(
    ("tail", "agencies"),
    [
        (" /БТА/", ("БТА",)), (" (БТА)", ("БТА",)), (" – БГНЕС", ("БГНЕС",)),
        ("\n\nИзточник: БТА", ("БТА",)), (" /AFP/", ("АФП",)), (", съобщи АФП.", ()),
    ],
)  # fmt: skip
def test_credits_are_named_and_cut_and_quotations_are_not(
    tail: str, agencies: tuple[str, ...]
) -> None:
    """A credit stands at a seam; an agency quoted in a sentence is no credit."""
    article = read(
        f"{TITLE}\n\n{TITLE}\n\n{FIRST}\n\n{LAST.rstrip('.')}{tail if tail[0] == ',' else '.' + tail}"
    )

    assert article.agencies == agencies
    assert ("АФП" in article.text) == (agencies == ())


def test_an_empty_dump_is_refused() -> None:
    """Nothing to read is said, not an empty success."""
    with pytest.raises(BadInput):
        read("  \n \n")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                TITLE,
                LEAD,
                FIRST,
                SHARED,
                LAST,
                "Сподели:",
                "Коментари (3)",
                "п",
                "",
                "23 Декември, 2025",
                "Още по темата",
            ]
        ),
        max_size=14,
    )
)
def test_any_order_of_lines_can_be_read(lines: list[str]) -> None:
    """No arrangement fails, and furniture never becomes text."""
    try:
        article = read("\n".join(lines))
    except BadInput:
        return
    body = article.text.split("\n\n")
    assert "Сподели:" not in body
    assert "п" not in body
