"""Runs of three words as numbers: counted exactly, hashed alike everywhere, proposed in bounds."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.cluster.shingles import MOST_NEXT, Hashed, containment, proposed, shingles

if TYPE_CHECKING:
    from digest.cluster.shingles import Hashes

ROOT = Path(__file__).resolve().parents[3]
TEXTS = st.lists(
    st.sampled_from(("пожар", "склад", "огън", "кмет", "път", "село", "вода")), max_size=25
)


def runs(words: list[str]) -> Hashes:
    return shingles(Hashed().words(words))


def triples(words: list[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + 3]) for i in range(len(words) - 2)}


def vocabulary(n: int, seed: int) -> list[str]:
    rng = random.Random(seed)
    return ["".join(rng.choices("абвгдежзиклмнопрст", k=7)) for _ in range(n)]


@settings(max_examples=200, deadline=None)
@given(TEXTS, TEXTS)
def test_containment_is_the_shared_part_of_the_shorter(one, other):
    """As sets of three words say it, for any two texts of three words or more."""
    mine, theirs = triples(one), triples(other)
    if not mine or not theirs:
        return

    expected = len(mine & theirs) / min(len(mine), len(theirs))

    assert containment(runs(one), runs(other)) == expected
    assert containment(runs(other), runs(one)) == expected


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_runs_are_ascending_and_each_once(words):
    """As many numbers as there are different runs of three words."""
    found = runs(words).tolist()

    assert found == sorted(set(found))
    if len(words) >= 3:
        assert len(found) == len(triples(words))


def test_the_order_of_words_matters():
    """The same words in another order are another run."""
    one = runs(["пожар", "склад", "огън"])

    assert containment(one, runs(["огън", "склад", "пожар"])) == 0
    assert containment(one, runs(["пожар", "огън", "склад"])) == 0


def test_short_texts_are_one_run_or_none():
    """No word, one word and two words have no run of three."""
    assert [len(runs(words)) for words in ([], ["пожар"], ["пожар", "склад"])] == [0, 1, 1]
    assert containment(runs([]), runs(["пожар", "склад", "огън"])) == 0
    assert containment(runs([]), runs([])) == 0


def test_hashes_are_the_same_in_every_process():
    """Neither the salt of Python's own hashes nor the order of first sight plays a part."""
    code = (
        "from digest.cluster.shingles import Hashed, shingles, proposed\n"
        "words = [f'дума{i}' for i in range(40)]\n"
        "h = Hashed()\n"
        "h.words(reversed(words))\n"
        "bodies = [shingles(h.words(words)), shingles(h.words(words[2:] + ['още'] * 3))]\n"
        "print([b.tolist() for b in bodies], list(proposed(bodies, 6)))\n"
    )

    said = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True, check=True, timeout=60,
        ).stdout
        for seed in ("1", "2")
    ]  # fmt: skip

    assert said[0] == said[1]
    assert str(runs([f"дума{i}" for i in range(40)]).tolist()).encode() in said[0]
    assert said[0].rstrip().endswith(b"[(0, 1)]")


def test_copies_of_a_third_are_proposed():
    """Of two hundred pairs with a Jaccard index of .3 to .4 at most one in twenty is missed."""
    bodies: list[Hashes] = []
    for pair in range(200):
        shared, *rest = (vocabulary(n, 3 * pair + k) for k, n in enumerate((60, 50, 50)))
        bodies += [runs(shared + one) for one in rest]
    wanted = {(2 * pair, 2 * pair + 1) for pair in range(200)}
    for one, other in wanted:
        common = len(set(bodies[one].tolist()) & set(bodies[other].tolist()))
        both = len(bodies[one]) + len(bodies[other]) - common
        assert 0.3 <= common / both <= 0.4

    found = set(proposed(bodies, 6))

    assert len(wanted - found) <= 10


def test_texts_with_nothing_in_common_are_hardly_proposed():
    """Of twenty thousand pairs of strangers a handful at most."""
    bodies = [runs(vocabulary(60, seed)) for seed in range(200)]

    assert len(list(proposed(bodies, 6))) < 10


def test_thousands_of_like_texts_are_no_square():
    """Three thousand variants of one text: a bounded number of pairs for each, not all of them."""
    base = vocabulary(60, 1)
    bodies = [runs([*base, f"минута{n}", f"точка{n % 7}"]) for n in range(3_000)]

    found = list(proposed(bodies, 6))

    # Each is compared with its next MOST_NEXT in each of 64 bands, which mostly hold them all
    # in the same order; the square would be 4.5 million.
    assert len(found) < 3_000 * MOST_NEXT * 8
    assert found == sorted(set(found))
    assert all(one < other for one, other in found)


def test_short_bodies_are_never_proposed():
    """A body of fewer runs than the least says too little."""
    bodies = [runs(["пожар", "склад", "огън"])] * 5

    assert list(proposed(bodies, 6)) == []
    assert list(proposed([], 6)) == []
