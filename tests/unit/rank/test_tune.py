"""Learning from the desk: simulated editors with hidden weights, and what must not be learnt."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Choice, EditionId, StoryId
from digest.rank.signals import PENALTIES, WEIGHTS
from digest.rank.tune import LEAST_CHOICES, LEAST_EDITIONS, tune
from tests.unit.rank.stories import NOW


def signals(dice: Random) -> dict[str, float]:
    rare = {"sponsored", "old_news", "local"}
    return {
        name: round(dice.random(), 4) if name not in rare or dice.random() < 0.1 else 0.0
        for name in WEIGHTS
    }


def choice(n: int, edition: int, preferred: dict[str, float], passed: dict[str, float]) -> Choice:
    return Choice(
        EditionId(f"digest-{edition:03}"), n + 1, NOW + timedelta(hours=edition), "e@example.bg",
        "move", StoryId(f"a{n}"), StoryId(f"b{n}"), preferred, passed,
    )  # fmt: skip


def score(weights: dict[str, float], of: dict[str, float]) -> float:
    return sum(weights[name] * of[name] for name in weights)


def desk(
    hidden: dict[str, float], *, seed: int, editions: int = 20, each: int = 12, slips: float = 0.0
) -> list[Choice]:
    """Editors who prefer what scores higher under `hidden`, but for a share of slips."""
    dice = Random(seed)
    found = []
    for edition in range(editions):
        for n in range(each):
            one, other = signals(dice), signals(dice)
            agreed = (score(hidden, one) > score(hidden, other)) != (dice.random() < slips)
            pair = (one, other) if agreed else (other, one)
            found.append(choice(n, edition, *pair))
    return found


HIDDEN = WEIGHTS | {"freshness": 0.02, "coverage": 0.08, "local": 0.4, "interest": 0.35}


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.data())
def test_tuned_weights_explain_unseen_choices_better_than_the_packaged(seed, data):
    """Whatever the editors go by, if it is far from the packaged weights it is learnt."""
    names = sorted(WEIGHTS.keys() - PENALTIES)
    strong = data.draw(st.sampled_from([n for n in names if n != "local"]))
    hidden = {name: (0.8 if name == strong else weight / 5) for name, weight in WEIGHTS.items()}

    found = tune(desk(hidden, seed=seed), WEIGHTS)

    assert found.tested == found.choices == 240
    assert found.new_right > found.old_right
    assert found.new[strong] / sum(found.new[n] for n in names) > WEIGHTS[strong]


def test_slips_of_the_hand_do_not_stop_learning():
    """Editors who err one time in ten are still understood."""
    found = tune(desk(HIDDEN, seed=5, slips=0.1), WEIGHTS)

    assert found.enough
    assert found.new_right > found.old_right
    assert found.new["interest"] > WEIGHTS["interest"]


def test_editors_who_agree_with_the_weights_leave_them_nearly_as_they_are():
    """There is nothing to learn from agreement."""
    found = tune(desk(dict(WEIGHTS), seed=3), WEIGHTS)

    assert found.old_right == found.tested
    assert found.warnings[0].endswith("новите тежести не обясняват повече.")
    assert all(abs(found.new[name] - WEIGHTS[name]) < 0.12 for name in WEIGHTS)


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 10_000))
def test_a_merit_never_becomes_a_penalty_nor_the_reverse(seed):
    """Editors who love clickbait and hate fresh news bring both weights to nought at most."""
    hidden = WEIGHTS | {"clickbait": 0.9, "freshness": -0.9}

    found = tune(desk(hidden, seed=seed), WEIGHTS)

    assert found.new["clickbait"] == found.new["freshness"] == 0
    for name, weight in found.new.items():
        assert weight <= 0 if name in PENALTIES else weight >= 0


def test_merits_add_up_to_what_they_did():
    """Only proportions decide an order; a score stays a share of the best possible."""
    found = tune(desk(HIDDEN, seed=8), WEIGHTS)

    merits = [found.new[n] for n in WEIGHTS if n not in PENALTIES]
    assert sum(merits) == pytest.approx(1, abs=0.01)


def test_the_order_of_the_choices_does_not_matter():
    """The same choices give the same weights."""
    made = desk(HIDDEN, seed=8, editions=8)

    assert tune(made, WEIGHTS) == tune(made[::-1], WEIGHTS)


def test_a_constant_editor_with_few_choices_is_not_believed():
    """Ten times the same choice is one habit of one morning."""
    dice = Random(1)
    one, other = signals(dice), signals(dice)

    found = tune([choice(n, n % 2, one, other) for n in range(10)], WEIGHTS)

    assert not found.enough
    assert str(LEAST_CHOICES) in found.warnings[0]
    assert str(LEAST_EDITIONS) in found.warnings[0]


@pytest.mark.parametrize("editions", [0, 1])
def test_without_two_editions_nothing_is_fitted(editions):
    """There is nothing unseen to judge on."""
    found = tune(desk(HIDDEN, seed=2, editions=editions, each=80), WEIGHTS)

    assert not found.enough
    assert found.tested == 0
    assert found.new == found.old
    assert found.warnings
