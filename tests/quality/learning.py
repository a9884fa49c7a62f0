"""What another hand's corpus can expect of the gate's weights, and what more articles would bring.

Each part of the corpus is asked with weights learnt on the others, whose authors wrote without a
word of each other; and the weights are learnt on fewer articles, to see whether
more would help. Only the weighing is asked, which decides nearly all; takes a quarter of an hour:

    python -m tests.quality.learning
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from random import Random

from digest.summarise.weighing import DOUBTFUL, Weights, weigh, weighed_by
from tests.quality.summaries import FAITHFUL, Case, cases, folds
from tests.quality.weights import PARTS, Learnt, learn, rows

Likelihoods = Mapping[int, float]
"""Number of a case → the likelihood of its worst sentence; verbatim ones are not in it."""
SHARES = (0.4, 0.6, 0.8, 1.0)
SEEDS = (0, 1, 2)
BLOCKED = 0.1


def asked(weights: Weights, of: Sequence[Learnt]) -> Iterator[tuple[int, float]]:
    with weighed_by(weights):
        for one in of:
            yield one.case, weigh(one.seeing).likelihood


def likelihoods(part: Callable[[int], object], taught: Callable[[Case], bool]) -> Likelihoods:
    """Every case by weights of the parts it is not in, learnt from the cases that `taught` takes."""
    worst: dict[int, float] = {}
    for name in {part(one.case) for one in rows()}:
        mine = [one for one in rows() if part(one.case) == name]
        others = [one for one in rows() if part(one.case) != name and taught(cases()[one.case])]
        for case, likelihood in asked(learn(others), mine):
            worst[case] = max(worst.get(case, 0.0), likelihood)
    return worst


def stopped(found: Likelihoods, within: Callable[[Case], bool], at: float) -> Mapping[str, float]:
    """Share of the summaries that are stopped from `at`, by kind."""
    total: Counter[str] = Counter()
    count: Counter[str] = Counter()
    for number, case in enumerate(cases()):
        if within(case):
            total[case.kind] += 1
            count[case.kind] += found.get(number, 0.0) >= at
    return {kind: count[kind] / total[kind] for kind in sorted(total)}


def level(found: Likelihoods, within: Callable[[Case], bool]) -> float:
    """The threshold at which a tenth of the faithful ones is stopped."""
    good = sorted(
        (found.get(n, 0.0) for n, c in enumerate(cases()) if c.kind == FAITHFUL and within(c)),
        reverse=True,
    )
    return good[int(len(good) * BLOCKED)] + 1e-9


def _author(case: Case) -> str:
    return case.articles[0].id[0]


def _of(author: str) -> Callable[[Case], bool]:
    return lambda case: _author(case) == author


def _told_by(articles: AbstractSet[str]) -> Callable[[Case], bool]:
    return lambda case: str(case.articles[0].id) in articles


def _shown(name: str, shares: Mapping[str, float]) -> str:
    told = " ".join(f"{kind or 'faithful'} {share:.2f}" for kind, share in shares.items())
    return f"{name:>12}  {told}"


def by_hand() -> Iterator[str]:
    """Each author's part by weights of the others, at the threshold in force."""
    found = likelihoods(lambda n: _author(cases()[n]), lambda _: True)
    for name in sorted({_author(case) for case in cases()}):
        yield _shown(name, stopped(found, _of(name), DOUBTFUL))
    yield _shown("all", stopped(found, lambda _: True, DOUBTFUL))


def by_size() -> Iterator[str]:
    """The whole corpus by weights of some of its articles, where a tenth of the good is stopped."""
    part = folds(PARTS)
    articles = sorted({str(case.articles[0].id) for case in cases()})
    for share in SHARES:
        taken: Counter[str] = Counter()
        for seed in SEEDS:
            kept = frozenset(Random(seed).sample(articles, round(len(articles) * share)))
            found = likelihoods(part.__getitem__, _told_by(kept))
            taken.update(stopped(found, lambda _: True, level(found, lambda _: True)))
        yield _shown(f"{share:.0%}", {kind: taken[kind] / len(SEEDS) for kind in sorted(taken)})


if __name__ == "__main__":
    for line in (*by_hand(), *by_size()):
        print(line, flush=True)  # noqa: T201
