"""Scores of pairs in arrays answer as a dictionary of them would."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.cluster.pairs import Pairs

SCORED = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(-4, 8)), max_size=30
).map(lambda rows: [row for row in rows if row[0] != row[1]])


def arrays(rows):
    one = np.array([row[0] for row in rows], dtype=np.int64)
    other = np.array([row[1] for row in rows], dtype=np.int64)
    return one, other, np.array([row[2] for row in rows], dtype=np.float64)


@given(SCORED)
def test_the_best_and_the_sum_of_a_pair_are_those_of_all_its_scores(rows):
    """In whichever order a pair is given, it is there once, with its best or its sum."""
    told = defaultdict(list)
    for one, other, score in rows:
        told[min(one, other), max(one, other)].append(float(score))
    assert dict(Pairs.best_of(*arrays(rows))) == {pair: max(all_) for pair, all_ in told.items()}
    assert dict(Pairs.sum_of(*arrays(rows))) == {pair: sum(all_) for pair, all_ in told.items()}


@given(SCORED, st.integers(0, 12), st.integers(0, 12))
def test_a_pair_is_found_when_it_is_there_and_only_then(rows, one, other):
    """Membership and lookup agree with what iteration gives, for places beyond the last too."""
    pairs = Pairs.best_of(*arrays(rows))
    known = dict(pairs.scored())
    assert list(known) == sorted(known) == list(pairs)
    assert ((one, other) in pairs) == ((one, other) in known)
    assert pairs.get((one, other)) == known.get((one, other))


@given(SCORED, st.integers(-5, 9))
def test_what_scores_too_little_is_left_out(rows, least):
    """`at_least` keeps exactly the pairs that score so much."""
    pairs = Pairs.best_of(*arrays(rows))
    assert dict(pairs.at_least(least)) == {p: s for p, s in pairs.items() if s >= least}


def test_every_pair_has_one_score():
    """Arrays of different lengths are refused."""
    with pytest.raises(ValueError, match="one score"):
        Pairs(np.array([0]), np.array([1]), np.array([]))
