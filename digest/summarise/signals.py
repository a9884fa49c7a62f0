"""What speaks for and against a sentence beside its sources, as numbers to be weighed.

A rule of the gate says yes or no; how often it is right depends on what else is to be seen. Here
everything that can be seen of a sentence is put into numbers, which `weighing.py` weighs. Each is
called «kind: what it tells», the kind being that of the fault that it speaks of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from digest.bulgarian.certainty import hedges
from digest.bulgarian.negation import negative
from digest.bulgarian.verbs import verbish
from digest.bulgarian.words import words
from digest.model import Problem
from digest.summarise.aligned import (
    Statement,
    likeness,
    names_of_all,
    statements,
    told,
)
from digest.summarise.called import present
from digest.summarise.certainty_signals import certainty_signals
from digest.summarise.evidence import (
    Reading,
    Support,
    Witness,
    akin,
    anchors,
    clauses,
    covered,
    rarity,
)
from digest.summarise.figure_signals import figure_signals
from digest.summarise.following import followed, only_shortened
from digest.summarise.meaning import meant
from digest.summarise.people_signals import people_signals
from digest.summarise.polarity_signals import polarity_signals
from digest.summarise.sense import Sense
from digest.summarise.unheard import unheard_signals

UNKNOWN = float("nan")
"""Where there is no model to ask: the weights know what to do without."""
LEAST_LIKE = 0.25
"""Likeness below which no clause of the source speaks of the same."""
LEAST_ORDER = 3
"""Ideas in common without which their order says nothing."""


@dataclass(frozen=True)
class Case:
    """A sentence with its best place, all sources, and what each rule has against it."""

    said: Reading
    found: Support
    witnesses: Sequence[Witness]
    faults: Mapping[str, Sequence[Problem]]

    @cached_property
    def shortened(self) -> bool:
        """Whether all its words are the source's, in order."""
        return only_shortened(self.said, self.witnesses)

    @property
    def told(self) -> list[Problem]:
        """Faults that a person is told; where words are only left out, few can have come about."""
        return [
            one
            for name, its in self.faults.items()
            if not self.shortened or name in _SHORTENING
            for one in its
        ]

    @cached_property
    def places(self) -> list[Reading]:
        return [place for witness in self.witnesses for place in witness.sentences]

    @cached_property
    def weights(self) -> Mapping[str, float]:
        """How rare each idea of the sentence is among the sources' sentences."""
        return rarity(self.said.ideas, self.witnesses)

    @cached_property
    def parts(self) -> list[Reading]:
        """Its clauses that say something."""
        return [c for c in clauses(self.said.text) if len(c.ideas) > 1] or [self.said]

    def share(self, where: Sequence[Reading], of: Reading | None = None) -> float:
        """Part of what is said that stands in these places (0…1)."""
        there = frozenset().union(*(place.ideas for place in where))
        return covered((of or self.said).ideas, there, self.weights)


def signals(case: Case, sense: Sense | None) -> dict[str, float]:
    """Every signal by its name, always the same names in the same order."""
    return {
        **_rules(case),
        **_whereabouts(case),
        **_polarity(case),
        **_order(case),
        **people_signals(case.said, case.witnesses),
        **figure_signals(case.said, case.witnesses),
        **unheard_signals(case.said, case.witnesses),
        **polarity_signals(case.said, case.witnesses),
        **certainty_signals(case.said, case.witnesses),
        **_meaning(case, sense),
    }


_RULES = {
    "numbers": "number",
    "days": "date",
    "periods": "date",
    "names": "name",
    "offices": "name",
    "persons": "name",
    "reporter": "name",
    "whose": "name",
    "kin": "name",
    "quotes": "quote",
    "changed": "unsupported",
    "far": "unsupported",
    "negation": "negation",
    "contradicted": "negation",
    "modality": "modality",
    "roles": "unsupported",
}
"""The gate's rules, and the kind of fault that each finds; `changed` finds all kinds."""


_SHORTENING = frozenset({"offices", "whose", "quotes", "changed", "negation", "modality"})
"""Rules that see what a sentence may lose: a «не», «според» or «бивш»."""


def _rules(case: Case) -> dict[str, float]:
    found = {f"{kind}: {rule}": float(len(case.faults[rule])) for rule, kind in _RULES.items()}
    return {**found, "unsupported: kinds of objection": float(len({p.kind for p in case.told}))}


def _whereabouts(case: Case) -> dict[str, float]:
    """How much of it stands where."""
    said, found = case.said, case.found
    whole = [witness.whole for witness in case.witnesses]
    unheard = [i for i in said.ideas if not any(i in w.ideas or akin(i, w.ideas) for w in whole)]
    figures = {n.value for one in whole for n in one.numbers}
    called = [word for name in said.names for word in words(name)]
    return {
        "unsupported: only shortened": float(case.shortened),
        "unsupported: in the article": found.far,
        "unsupported: anchors": float(min(3, anchors(said, found))),
        "unsupported: in its place": case.share([found.sentence]),
        "unsupported: in its places": case.share(found.places),
        "unsupported: in its place or beside": case.share([found.window]),
        "unsupported: clause least in one place": min(
            max(case.share([place], part) for place in case.places) for part in case.parts
        ),
        "unsupported: unheard of": len(unheard) / max(1, len(said.ideas)),
        "unsupported: unheard verbs": float(sum(map(verbish, unheard))),
        "number: figures nowhere": float(sum(n.value not in figures for n in said.numbers)),
        "name: names nowhere": float(sum(not any(present(w, o) for o in whole) for w in called)),
        "date: a day, and none there": float(bool(said.days) - bool(found.sentence.days)),
    }


def _polarity(case: Case) -> dict[str, float]:
    """Denials and doubts, beside the clause most alike and beside the whole places."""
    named, there = names_of_all(case.witnesses), list(told(case.witnesses))
    turned = 0.0
    raised: float | None = None
    for mine in statements(case.said.text):
        if mine.aside or len(mine.said) < 2:
            continue
        alike, best = _most_alike(mine, there, named)
        if best is None:
            continue
        if bool(mine.denied & mine.heads) != bool(best.denied & best.heads):
            turned = max(turned, alike)
        up = float(best.clause.certainty - mine.clause.certainty)
        raised = up if raised is None else max(raised, up)
    said, places = case.said, case.found.places
    own, theirs = _least_certain(said), _least_certain(case.found.sentence)
    denials = len(negative(" ".join(place.text for place in places)))
    return {
        "negation: clause turned": turned,
        "negation: denials more": float(len(negative(said.text)) - denials),
        "modality: clause raised": UNKNOWN if raised is None else raised,
        "modality: least certain": float(own),
        "modality: least certain there": float(theirs),
        "modality: doubts more": float(
            len(hedges(said.text)) - max(len(hedges(place.text)) for place in places)
        ),
    }


def _most_alike(
    mine: Statement, there: Sequence[Statement], named: frozenset[str]
) -> tuple[float, Statement | None]:
    found = max(((likeness(mine, one, named), -n) for n, one in enumerate(there)), default=(0.0, 0))
    return (found[0], there[-found[1]]) if found[0] >= LEAST_LIKE else (0.0, None)


def _least_certain(where: Reading) -> int:
    return max((int(one.clause.certainty) for one in statements(where.text)), default=0)


def _order(case: Case) -> dict[str, float]:
    """Whether it says the same things in another order, or others in their place."""
    own = dict.fromkeys(meant(term) for term in case.said.lemmas)
    at: dict[str, int] = {}
    for n, term in enumerate(case.found.sentence.lemmas):
        at.setdefault(meant(term), n)
    row = [at[idea] for idea in own if idea in at]
    pairs = [(a, b) for n, a in enumerate(row) for b in row[n + 1 :]]
    like = followed(case.said, case.witnesses)
    exchanges = like[0].exchanges if like else ()
    kinds = [one.own[0].kind for one in exchanges if one.own]
    return {
        "unsupported: other order": (
            sum(a > b for a, b in pairs) / len(pairs) if len(row) >= LEAST_ORDER else 0.0
        ),
        "unsupported: follows a sentence": like[0].share if like else 0.0,
        "unsupported: exchanges": float(len(exchanges)),
        "unsupported: names and figures exchanged": float(
            sum(kind in {"name", "number", "day"} for kind in kinds)
        ),
    }


def _meaning(case: Case, sense: Sense | None) -> dict[str, float]:
    """What an embedding model takes for the same, and what is other there."""
    if sense is None:
        return dict.fromkeys(_ASKED, UNKNOWN)
    said, texts = case.said, [place.text for place in case.places]
    near = sense.near(said.text, texts)
    order = sorted(range(len(near)), key=lambda n: -near[n])
    top = case.places[order[0]]
    figures = {n.value for n in top.numbers}
    called = [word for name in said.names for word in words(name)]
    parts = [part.text for part in case.parts]
    values = (
        near[order[0]],
        near[order[1]] if len(order) > 1 else 0.0,
        min(max(sense.near(part, texts)) for part in parts),
        case.share([top]),
        sum(n.value not in figures for n in said.numbers),
        sum(not present(word, top) for word in called),
        bool(negative(said.text)) - bool(negative(top.text)),
        _least_certain(top) - _least_certain(said),
    )
    return {name: float(value) for name, value in zip(_ASKED, values, strict=True)}


_ASKED = (
    "unsupported: nearest in meaning",
    "unsupported: next in meaning",
    "unsupported: clause farthest in meaning",
    "unsupported: words of the nearest",
    "number: figures not in the nearest",
    "name: names not in the nearest",
    "negation: denied, and not in the nearest",
    "modality: doubts of the nearest",
)
"""Signals that only a model gives."""
