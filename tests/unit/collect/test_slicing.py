"""A round in parts: everything once, what meets on one site together, about equal."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.collect.address import site
from digest.collect.slicing import is_here, sliced
from digest.model import Rights, Source, SourceId


def source(n: int, url: str, outlet: str = "") -> Source:
    return Source(SourceId(f"s{n}"), url, Rights.EXTRACT, outlet=outlet or f"Издание {n}")


def spread(*sources: Source, parts: int = 8) -> list[set[str]]:
    return [set(one) for one in sliced(sources, parts)]


@given(
    hosts=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 5)), max_size=40),
    parts=st.integers(1, 12),
)
def test_every_source_is_in_one_slice_and_a_site_or_an_outlet_in_one_too(
    hosts: list[tuple[int, int]], parts: int
) -> None:
    """Whatever the list, nothing is lost, doubled, or asked from two machines at once."""
    sources = [
        source(n, f"https://feeds.vesti{place}.test/{n}", f"Издание {outlet}")
        for n, (place, outlet) in enumerate(hosts)
    ]

    slices = sliced(sources, parts)

    assert len(slices) <= parts
    assert all(slices)
    assert Counter(one for part in slices for one in part) == Counter(s.id for s in sources)
    where = {one: n for n, part in enumerate(slices) for one in part}
    for held in (lambda one: site(one.url), lambda one: one.outlet):
        places: dict[str, set[int]] = {}
        for one in sources:
            places.setdefault(held(one), set()).add(where[one.id])
        assert all(len(found) == 1 for found in places.values())


def test_hosts_of_one_site_stay_together() -> None:
    """`feeds.` and `www.` are one house, whoever signs."""
    feeds = source(1, "https://feeds.vesti.test/rss")
    www = source(2, "https://www.vesti.test/")
    other = source(3, "https://drugi.test/rss")

    assert spread(feeds, www, other) == [{"s1", "s2"}, {"s3"}]


def test_what_is_joined_by_a_third_stays_together() -> None:
    """A site and an outlet that meet in one source bring all theirs along."""
    one = source(1, "https://edno.test/rss", "Едно")
    two = source(2, "https://dve.test/rss", "Две")
    both = source(3, "https://edno.test/sport", "Две")

    assert spread(one, two, both) == [{"s1", "s2", "s3"}]


def test_slices_are_about_equal() -> None:
    """A big outlet has one for itself, the small ones share."""
    big = [source(n, "https://golyam.test/rss", "Голям") for n in range(4)]
    small = [source(n, f"https://malak{n}.test/rss") for n in range(4, 8)]

    assert [len(one) for one in sliced([*small, *big], 2)] == [4, 4]


@pytest.mark.parametrize(
    ("url", "here"),
    [
        ("folder:arhiv", True),
        ("maildir:poshta", True),
        ("imaps://redaktsia@mail.vesti.test/INBOX", False),
        ("https://vesti.test/rss", False),
    ],
)
def test_what_lies_on_a_disk_is_only_there(url: str, *, here: bool) -> None:
    """A folder or a Maildir is not on the other machines."""
    assert is_here(source(1, url)) is here
