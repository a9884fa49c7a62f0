"""Ranking of date claims: what stands, how surely, and what never does."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from digest.collect.dates import claim_of, rank, url_claim
from digest.model import DateBasis, DateClaim

SOFIA = ZoneInfo("Europe/Sofia")
FETCHED = datetime(2026, 11, 22, 6, tzinfo=UTC)


def made(text: str, basis: DateBasis) -> DateClaim:
    """A claim that can be read."""
    found = claim_of(text, basis, SOFIA)
    assert found is not None
    return found


def test_a_page_header_date_never_becomes_the_article_date() -> None:
    """The page's clock is evidence only, with a confidence of at most 0.2."""
    ranking = rank([made("23 декември 2025", DateBasis.PAGE_HEADER)], fetched_at=FETCHED)

    assert ranking.claim.at is None
    assert ranking.claim.basis is DateBasis.PAGE_HEADER
    assert ranking.claim.confidence <= 0.2
    assert "не е известна" in ranking.warnings[0]


def test_structured_data_outranks_feed_and_address() -> None:
    """JSON-LD stands before the feed's date."""
    claims = [made("22.11.2026 05:00", DateBasis.FEED), made("21.11.2026 18:00", DateBasis.JSON_LD)]

    assert rank(claims, fetched_at=FETCHED).claim.basis is DateBasis.JSON_LD


def test_a_date_after_the_fetch_is_not_believed() -> None:
    """A day in the year 2100 leaves the date unknown, with a warning."""
    ranking = rank([made("01.01.2100", DateBasis.JSON_LD)], fetched_at=FETCHED)

    assert ranking.claim.at is None
    assert "след изтеглянето" in ranking.warnings[0]


def test_a_clock_that_runs_fast_counts_as_now() -> None:
    """Up to 15 minutes ahead is taken for the moment of fetching."""
    ahead = (FETCHED + timedelta(minutes=5)).isoformat()

    assert rank([made(ahead, DateBasis.FEED)], fetched_at=FETCHED).claim.at == FETCHED


def test_bases_that_disagree_halve_the_confidence() -> None:
    """A page dated anew is less sure and says so."""
    claims = [
        made("21.11.2026", DateBasis.JSON_LD),
        url_claim("https://e.example.bg/2022/12/30/a", SOFIA),
    ]
    ranking = rank(claims, fetched_at=FETCHED)

    assert ranking.claim.confidence < 0.5
    assert "не съвпадат" in ranking.warnings[-1]


def test_a_day_takes_its_hour_from_a_claim_of_the_same_day() -> None:
    """The hour of the feed completes a day of the page."""
    claims = [made("2026-11-21", DateBasis.JSON_LD), made("21.11.2026 18:30", DateBasis.FEED)]

    at = rank(claims, fetched_at=FETCHED).claim.at

    assert at is not None
    assert (at.hour, at.minute) == (18, 30)


def test_an_address_names_its_day() -> None:
    """Path, ISO and compact dates of addresses are read, numbers that are none are not."""
    assert url_claim("https://e.example.bg/2022/12/30/a", SOFIA) is not None
    assert url_claim("https://e.example.bg/a-2022-12-30.html", SOFIA) is not None
    assert url_claim("https://e.example.bg/a_20221230.html", SOFIA) is not None
    assert url_claim("https://e.example.bg/news/20229945", SOFIA) is None


@given(
    st.lists(
        st.tuples(
            st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2090, 1, 1)),
            st.sampled_from(list(DateBasis)[:6]),
        ),
        max_size=5,
    )
)
def test_no_ranking_gives_a_date_after_the_fetch(rows: list[tuple[datetime, DateBasis]]) -> None:
    """Whatever is claimed, nothing lies after the moment of fetching."""
    claims = [DateClaim(at.replace(tzinfo=UTC), basis, 0.5, "x") for at, basis in rows]

    at = rank(claims, fetched_at=FETCHED).claim.at

    assert at is None or at <= FETCHED
