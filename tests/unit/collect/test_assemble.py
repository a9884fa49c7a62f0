"""From entry and page to an article of a source: dates weighed, old news marked, refusals named."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from digest.collect import kinds
from digest.collect.assemble import Desk, Made, Refusal, aged, from_entry, from_page
from digest.collect.dates import claim_of, url_claim
from digest.collect.extract import Extracted
from digest.collect.language import Language
from digest.collect.oldnews import old_news
from digest.model import Article, ArticleId, DateBasis, DateClaim, Entry, Rights, Source, SourceId

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
SOFIA = ZoneInfo("Europe/Sofia")
DESK = Desk(NOW, 36, ())
SOURCE = Source(
    SourceId("s"), "https://e.example.bg/rss", Rights.EXTRACT, "Пример", section="sport"
)
SENTENCE = "Общинският съвет прие с голямо мнозинство плана за подмяна на водопровода в града. "


def entry(**more: object) -> Entry:
    """A feed entry of this morning."""
    values: dict[str, object] = {
        "source": "s",
        "id": "1",
        "url": "https://e.example.bg/1",
        "title": "Планът е приет",
        "summary": SENTENCE.strip(),
        "published_at": datetime(2026, 11, 22, 5, tzinfo=UTC),
    }
    return Entry(**(values | more))  # type: ignore[arg-type]


def made(found: Made | Refusal) -> Article:
    """The article with the evidence of its age, not a refusal."""
    assert isinstance(found, Made)
    return aged(found, SOURCE, DESK, None)


def page(*claims: DateClaim | None, text: str = SENTENCE * 5) -> Extracted:
    """A page with these claims of its date."""
    article = Article(
        ArticleId("p"), "Планът е приет", text.strip(), url="https://e.example.bg/1", fetched_at=NOW
    )
    return Extracted(article, tuple(c for c in claims if c), kinds.ARTICLE, Language("bg", 0.99))


def test_an_entry_without_its_page_is_partial() -> None:
    """Title and cut line, under the source's name, rights and section."""
    article = made(from_entry(entry(), SOURCE, DESK))

    assert article.partial
    assert (article.outlet, article.rights, article.section) == ("Пример", Rights.EXTRACT, "sport")
    assert article.date.basis is DateBasis.FEED


def test_a_feed_with_full_text_needs_no_page() -> None:
    """Content above 600 characters is the article."""
    article = made(from_entry(entry(content=SENTENCE * 10), SOURCE, DESK))

    assert not article.partial
    assert article.old_news is None


def test_the_page_date_outranks_the_feed_date() -> None:
    """JSON-LD of 2022 under a feed entry of today: dated 2022, and old."""
    old = claim_of("2022-12-30T16:05:00+02:00", DateBasis.JSON_LD, SOFIA)

    article = made(from_page(page(old), SOURCE, DESK, entry()))

    assert article.published_at is not None
    assert article.published_at.year == 2022
    assert article.old_news is not None
    assert "30 декември 2022" in article.old_news


def test_an_article_dated_anew_is_old_news() -> None:
    """The address says 2022 while page and feed say today."""
    fresh = claim_of("2026-11-22T05:00:00+00:00", DateBasis.JSON_LD, SOFIA)
    address = url_claim("https://e.example.bg/2022/12/30/plan", SOFIA)

    article = made(from_page(page(fresh, address), SOURCE, DESK, entry()))

    assert article.old_news is not None
    assert "наново" in article.old_news
    assert "30 декември 2022" in article.old_news


def test_a_text_that_dates_itself_is_old_news() -> None:
    """„днес (30 декември 2022 г.)“ in the first lines is evidence."""
    text = "Планът е приет днес, 30 декември 2022 г., от общинския съвет. " + SENTENCE * 4

    article = made(from_page(page(text=text), SOURCE, DESK, entry()))

    assert article.old_news is not None
    assert "30 декември 2022" in article.old_news


def test_a_fresh_article_about_old_days_is_no_old_news() -> None:
    """Background dates of a text are no evidence."""
    text = "Законът е приет на 30 декември 2022 г. и влиза в сила догодина. " + SENTENCE * 4

    assert made(from_page(page(text=text), SOURCE, DESK, entry())).old_news is None


def test_unknown_dates_are_kept_without_a_date() -> None:
    """No claim leaves the date null; ranking decides what to do with it."""
    article = made(from_page(page(), SOURCE, DESK, None))

    assert article.published_at is None
    assert article.old_news is None


def test_foreign_and_paid_texts_are_refused() -> None:
    """With a code and a Bulgarian reason."""
    russian = Extracted(page().article, (), kinds.ARTICLE, Language("ru", 0.98, "букви (ы)"))
    paid = Extracted(page().article, (), kinds.Kind("sponsored", "Платено."), Language("bg", 1.0))

    refusals = [from_page(found, SOURCE, DESK) for found in (russian, paid)]

    assert [r.code for r in refusals if isinstance(r, Refusal)] == ["language", "sponsored"]


def test_a_wall_leaves_the_entry() -> None:
    """A cookie wall instead of the page: the feed's own line stands, marked partial."""
    wall = Extracted(
        page(text="Бисквитки").article, (), kinds.Kind("consent", "Стена."), Language("bg", 1)
    )

    article = made(from_page(wall, SOURCE, DESK, entry()))

    assert article.partial
    assert article.warnings == ("Стена.",)


def test_a_title_alone_is_too_short() -> None:
    """A link without text and without page says nothing."""
    found = from_entry(entry(summary=""), SOURCE, DESK)

    assert isinstance(found, Refusal)
    assert found.code == "too-short"


def test_freshness_is_measured_from_now() -> None:
    """36 hours back is fresh, 37 is old."""
    for hours, old in ((35, False), (37, True)):
        at = datetime.fromtimestamp(NOW.timestamp() - hours * 3600, UTC)
        article = Article(ArticleId("a"), "Т", "т", date=DateClaim(at, DateBasis.FEED, 0.85))

        assert (old_news(article, [], now=NOW, fresh_hours=36, zone=SOFIA) is not None) == old
