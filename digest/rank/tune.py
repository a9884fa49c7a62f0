"""Weights learnt from the desk: a pairwise logistic regression over what editors preferred.

A choice says that one story's signals were worth more than another's. The model is the logistic
of weights × difference of signals, without an intercept. What is fitted is the change: the score
difference under the current weights is a column of its own that costs almost nothing, and beside
it every signal has a column whose coefficient an L2 penalty pulls to nought, each in units of its
own spread. With few choices the weights stay what they are; with many they follow the editors.

A merit never becomes a penalty nor the reverse: a weight that comes out on the wrong side of nought
is set to nought and the rest are fitted anew without it. The result is scaled so that the merits
add up to what they did, since only proportions decide an order.

The judgement is made on choices that the fit has not seen: whole editions are left out in turn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from digest.bulgarian.typography import count
from digest.model import Choice
from digest.rank.signals import PENALTIES, WEIGHTS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Matrix: TypeAlias = NDArray[np.float64]

LEAST_CHOICES = 60
"""Four for each of the fourteen weights: with fewer a weight follows one busy morning."""
LEAST_EDITIONS = 5
"""Each fold of the judgement leaves out another edition; with fewer there is little to see."""
FOLDS = 5

CHEAP = 10.0
"""Spread of the column of current scores, in spreads of a signal: keeping the current weights
costs a hundredth of changing one."""
STRENGTH = 1.0
"""sklearn's C: a change of one spread weighs as much as one misjudged decision."""

NOISE = 1.0
"""Two standard errors of a count are at most the root of its size: a smaller gain may be luck."""

SIGNALS = tuple(WEIGHTS)
_SIGNS = tuple(-1.0 if name in PENALTIES else 1.0 for name in SIGNALS)


@dataclass(frozen=True, slots=True)
class Tuning:
    """What the choices say of the weights.

    `tested` choices were judged by weights that had not seen their edition; of them the old
    weights explain `old_right`, the new ones `new_right`. `decisions` are acts of editors: one
    drop from a section of five stories makes four choices. `warnings` are whole Bulgarian
    sentences; with `enough` false the new weights must not be accepted.
    """

    old: Mapping[str, float]
    new: Mapping[str, float]
    choices: int
    decisions: int
    editions: int
    tested: int
    old_right: int
    new_right: int
    enough: bool
    warnings: tuple[str, ...] = ()


def tune(choices: Sequence[Choice], weights: Mapping[str, float]) -> Tuning:
    """Fits weights to choices, starting from the current `weights`, and judges both.

    The order of the choices does not matter. Without two editions there is nothing unseen to
    judge on, and the new weights are the old ones.
    """
    ordered = sorted(choices, key=lambda c: (c.edition, c.revision, c.preferred, c.passed, c.kind))
    editions = sorted({one.edition for one in ordered})
    decisions = {(one.edition, one.revision, one.kind) for one in ordered}
    old = {name: weights[name] for name in SIGNALS}
    enough = len(ordered) >= LEAST_CHOICES and len(editions) >= LEAST_EDITIONS
    new, right = old, (0, 0, 0)
    if len(editions) > 1:
        new = _fit(ordered, old)
        right = _unseen(ordered, old, len(editions))
    return Tuning(
        old=old,
        new={name: round(weight, 3) for name, weight in new.items()},
        choices=len(ordered),
        decisions=len(decisions),
        editions=len(editions),
        tested=right[0],
        old_right=right[1],
        new_right=right[2],
        enough=enough,
        warnings=tuple(_warnings(len(ordered), len(editions), *right)),
    )


def _unseen(
    choices: Sequence[Choice], old: Mapping[str, float], editions: int
) -> tuple[int, int, int]:
    """How many choices there are, and how many the old and the unseeing new weights explain."""
    from sklearn.model_selection import GroupKFold

    groups = [one.edition for one in choices]
    differences = _differences(choices)
    old_right = _explained(differences, old)
    new_right = 0
    for seen, unseen in GroupKFold(min(FOLDS, editions)).split(differences, groups=groups):
        fitted = _fit([choices[n] for n in seen], old)
        new_right += _explained(differences[unseen], fitted)
    return len(choices), old_right, new_right


def _explained(differences: Matrix, weights: Mapping[str, float]) -> int:
    """Choices whose preferred story scores higher; equal scores explain nothing."""
    import numpy as np

    scores = differences @ np.array([weights[name] for name in SIGNALS])
    return int((scores > 1e-9).sum())


def _differences(choices: Sequence[Choice]) -> Matrix:
    import numpy as np

    return np.array(
        [
            [
                one.preferred_signals.get(name, 0.0) - one.passed_signals.get(name, 0.0)
                for name in SIGNALS
            ]
            for one in choices
        ]
    )


def _fit(choices: Sequence[Choice], old: Mapping[str, float]) -> dict[str, float]:
    """The weights that explain the choices, on the right sides of nought and scaled."""
    import numpy as np

    differences = _differences(choices)
    acts = Counter((one.edition, one.revision, one.kind) for one in choices)
    shares = np.array([1.0 / acts[one.edition, one.revision, one.kind] for one in choices])
    start, signs = np.array([old[name] for name in SIGNALS]), np.array(_SIGNS)
    allowed = np.ones(len(SIGNALS), dtype=bool)
    while True:
        fitted = np.where(allowed, _solve(differences, shares, start * allowed, allowed), 0.0)
        wrong = fitted * signs < 0
        if not wrong.any():
            break
        allowed &= ~wrong
    before, after = start[signs > 0].sum(), fitted[signs > 0].sum()
    scaled = fitted * (before / after) if after > 0 and before > 0 else start
    return dict(zip(SIGNALS, scaled.tolist(), strict=True))


def _solve(
    differences: Matrix, shares: Matrix, start: Matrix, allowed: NDArray[np.bool_]
) -> Matrix:
    """The unconstrained fit: a multiple of the current weights plus a change of each signal.

    A signal that never differs tells nothing and keeps its proportion to the current weights.
    Every choice stands twice, as preferred and as passed over: the model wants both classes.
    """
    import numpy as np
    from sklearn.linear_model import LogisticRegression

    spread = np.sqrt((differences**2).mean(axis=0))
    told = np.flatnonzero(allowed & (spread > 0))
    current = differences @ start
    scale = float(np.sqrt((current**2).mean())) / CHEAP
    columns = [differences[:, told] / spread[told]]
    if scale > 0:
        columns.append((current / scale)[:, None])
    table = np.hstack(columns)
    model = LogisticRegression(fit_intercept=False, C=STRENGTH, max_iter=5000)
    model.fit(
        np.vstack([table, -table]),
        np.repeat([1, 0], len(table)),
        sample_weight=np.concatenate([shares, shares]) / 2,
    )
    found = model.coef_[0]
    fitted = start * (found[len(told)] / scale) if scale > 0 else np.zeros_like(start)
    fitted[told] += found[: len(told)] / spread[told]
    return fitted


def _warnings(
    choices: int, editions: int, tested: int, old_right: int, new_right: int
) -> list[str]:
    told = []
    if choices < LEAST_CHOICES or editions < LEAST_EDITIONS:
        told.append(
            f"Изборите са твърде малко: {count(choices, 'избор')} в {count(editions, 'брой')}. "
            f"Нужни са поне {LEAST_CHOICES} в поне {count(LEAST_EDITIONS, 'брой')} – по четири за "
            f"всяка от {len(SIGNALS)}-те тежести, и достатъчно броеве, върху които да се провери."
        )
    if tested and new_right <= old_right:
        told.append("Върху избори, които не са видели, новите тежести не обясняват повече.")
    elif tested and new_right - old_right < NOISE * tested**0.5:
        told.append("Разликата е малка и може да е случайна.")
    return told
