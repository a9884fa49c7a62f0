"""What speaks for and against a sentence as to the people whom it names, as numbers to be weighed.

Of several people it is the one of whom least is so that counts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.bulgarian.people import mentions
from digest.summarise.evidence import Reading, Witness, akin
from digest.summarise.whose import Whose, whose

_WORD = re.compile(r"[\w-]+")


def people_signals(said: Reading, witnesses: Sequence[Witness]) -> dict[str, float]:
    """Signals of the kind „name“; those that begin with „his“ speak for the sentence."""
    return {**_offices(said, witnesses), **_told(whose(said, witnesses))}


def _told(people: Sequence[Whose]) -> dict[str, float]:
    """What is told of each, and what each is said to be."""
    speaking = [one for one in people if one.part.speaks]
    standing = [one.standing for one in people]
    return {
        "name: his deeds": min((one.places.own for one in people), default=1.0),
        "name: another's deeds": max((one.places.gap for one in people), default=0.0),
        "name: his words": min((one.places.own for one in speaking), default=1.0),
        "name: another's words": max((one.places.gap for one in speaking), default=0.0),
        "name: his offices": min((one.his for one in standing), default=1.0),
        "name: another's office": max((one.anothers for one in standing), default=0.0),
        "name: has another office": float(any(one.other for one in standing)),
        "name: former or not": float(any(one.lost or one.made for one in standing)),
        "name: his surroundings": min((one.told for one in standing), default=1.0),
        "name: another's surroundings": float(any(one.told_anothers for one in standing)),
        "name: his houses": min((one.names for one in standing), default=1.0),
        "name: another house": max((one.gone for one in standing), default=0.0),
    }


def _offices(said: Reading, witnesses: Sequence[Witness]) -> dict[str, float]:
    """How much of what a person is said to be stands where he is named, or right beside."""
    here, near = 1.0, 1.0
    people = mentions(said.text)
    for one in people:
        family = one.name.split()[-1]
        at = [
            (witness, n)
            for witness in witnesses
            for n, place in enumerate(witness.sentences)
            if family in _WORD.findall(place.text)
        ]
        for phrase in (one.office, one.of):
            ideas = Reading(phrase).ideas if phrase and at else frozenset()
            if ideas:
                here = min(here, _heard(ideas, [w.sentences[n] for w, n in at]))
                near = min(near, _heard(ideas, [w.window(n) for w, n in at]))
    return {
        "name: people": float(len(people)),
        "name: office where named": here,
        "name: office near by": near,
    }


def _heard(ideas: frozenset[str], places: Sequence[Reading]) -> float:
    return sum(any(i in o.ideas or akin(i, o.ideas) for o in places) for i in ideas) / len(ideas)
