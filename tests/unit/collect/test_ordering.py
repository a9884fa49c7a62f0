"""Places in a feed: kept where an editor made the order, and not where the clock did."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.feed import read_feed
from digest.collect.listing import article_links
from digest.collect.ordering import placed
from digest.model import Entry, FeedPlace

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
ARRANGED = (5, 1, 9, 3, 12, 2, 11, 7, 4, 10, 6, 8)
"""Hours ago of twelve entries that somebody put in order by weight."""


def entries(*hours: float | None) -> list[Entry]:
    """Entries published so many hours ago; None: undated."""
    return [
        Entry(
            "s",
            f"g{n}",
            f"https://vesti.example.bg/{n}",
            f"Новина {n}",
            published_at=None if ago is None else NOW - timedelta(hours=ago),
        )
        for n, ago in enumerate(hours)
    ]


def places(*hours: float | None, kind: str = "rss") -> list[FeedPlace | None]:
    return [one.place for one in placed(entries(*hours), kind)]


def test_an_order_by_weight_gives_places():
    """From the top, among all entries."""
    assert places(*ARRANGED) == [FeedPlace(n, 12) for n in range(1, 13)]


@given(st.lists(st.floats(0, 48), max_size=30), st.booleans())
def test_an_order_by_time_gives_none(hours, oldest_first):
    """Newest first or oldest first, with equal times or without."""
    assert set(places(*sorted(hours, reverse=oldest_first))) <= {None}


@given(st.integers(10, 40), st.integers(0, 39))
def test_one_entry_out_of_its_time_makes_no_order(count, which):
    """A pinned or a redated one says nothing of the rest."""
    hours = list(range(count))
    hours.insert(0, hours.pop(which % count))

    assert set(places(*hours)) == {None}


def test_too_few_or_undated_entries_tell_nothing():
    """Chance is no editor."""
    assert set(places(*ARRANGED[:9])) == {None}
    assert set(places(*[None] * 20)) == {None}
    assert set(places(*[3] * 20)) == {None}


def test_a_map_of_a_site_is_ordered_for_machines():
    """Whatever its order."""
    assert set(places(*ARRANGED, kind="sitemap")) == {None}


def test_a_long_feed_is_judged_by_its_top():
    """Entries far below follow the clock in feeds of any kind."""
    order = list(range(50))
    Random(4).shuffle(order)

    assert places(*order, *range(50, 400))[0] == FeedPlace(1, 400)


def test_a_repeated_entry_takes_no_place():
    """The ones after it stand as if it were not there."""
    made = placed(entries(*ARRANGED), "rss", {1})

    assert [one.place for one in made[:3]] == [FeedPlace(1, 11), None, FeedPlace(2, 11)]


def test_a_read_feed_has_places():
    """From bytes to entries."""
    items = "".join(
        f"<item><title>Новина {n}</title><link>https://vesti.example.bg/{n}</link>"
        f"<pubDate>{NOW - timedelta(hours=ago):%a, %d %b %Y %H:%M:%S} +0000</pubDate></item>"
        for n, ago in enumerate(ARRANGED)
    )
    data = f'<rss version="2.0"><channel><title>В</title>{items}</channel></rss>'

    feed = read_feed(data.encode(), source="s", now=NOW)

    assert [one.place for one in feed.entries] == [FeedPlace(n, 12) for n in range(1, 13)]


@pytest.mark.parametrize(("path", "first"), [("/", FeedPlace(1, 12)), ("/sport/", None)])
def test_of_pages_a_front_page_has_places(path, first):
    """The page of a section lists what is newest first."""
    links = "".join(
        f"<a href='/vesti/{n}-novina-za-mosta.html'>Новина за новия мост номер {n}</a>"
        for n in range(12)
    )
    page = f"<html><body>{links}</body></html>".encode()

    found = article_links(page, source="s", url=f"https://vesti.example.bg{path}", limit=40)

    assert len(found) == 12
    assert found[0].place == first


@pytest.mark.parametrize(("place", "of"), [(0, 5), (6, 5), (1, 0)])
def test_a_place_is_among_the_entries(place, of):
    """Nothing else is one."""
    with pytest.raises(ValueError, match="places count from 1"):
        FeedPlace(place, of)
