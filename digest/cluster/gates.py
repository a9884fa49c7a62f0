"""What two articles must share to be one story, and what forbids it whatever they share.

A false merge is a false claim of corroboration, so both rules are strict: the gate asks for a
common name or figure, the veto keeps apart monthly reports of different months, different rates
of one day, accidents in different towns and pages stamped with days far apart.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

from digest.cluster.material import Material, stem
from digest.cluster.places import MUNICIPALITIES, TOWNS, speaks_of

T = TypeVar("T")

TOWN_STEMS = frozenset(stem(town.lower()) for town in TOWNS)
PLACE_STEMS = TOWN_STEMS | frozenset(stem(name.lower()) for name in MUNICIPALITIES)

UNGATED = 1.4
"""How much more alike two texts must be that share neither a name nor a figure. Between 1.3 and 3
nothing changes on labelled whole texts; two cut lines often have neither."""

OTHER_YEARS = 1.4
"""The same for undated texts that speak of different years; one event may be told with either."""

OTHER_HEADLINES = 1.5
"""The same when each headline names somebody or somewhere that the other text does not know: so
do 3 % of the labelled pairs of one event and 27 % of the pairs of two on one topic."""

STRANGER, SOME_SENTENCES = 1.3, 250
"""The same when one headline names somebody in full and the other, of so many characters at least,
knows nothing of the name: two cases of one prosecutor."""

LEAST_SHARED = 3
"""To share fewer words says nothing when no headline has them: „Очаквайте подробности“ is all that
some feeds give under it."""

WORDS_ENOUGH = 400
"""Characters from which two bodies that are alike at all share more than a few words."""

ANOTHER_DAY = timedelta(hours=18)
"""Between the morning's report and the next one; within a day a figure may be put right."""

STAMPS_APART = 4
"""Days between two pages' own stamps that speak for two events, as between two dates."""


def gate(one: Material, other: Material) -> float:
    """Factor of the similarity, 0…1: 1 with a shared name or figure, less without, 0 if mute."""
    if one.mute or other.mute:
        return 0.0
    if _by_the_way(one, other):
        return 0.0
    factor = 1.0 if _shared(one, other) else UNGATED
    if not (one.at and other.at) and _apart(one.all.years, other.all.years):
        factor *= OTHER_YEARS
    if _unknown(one, other) and _unknown(other, one):
        factor = max(factor, OTHER_HEADLINES)
    elif _stranger(one, other) or _stranger(other, one):
        factor = max(factor, STRANGER)
    return 1 / factor


def _stranger(one: Material, other: Material) -> bool:
    """Whether a headline names somebody in full of whom the other, a text, has nothing."""
    names = one.title_names
    known = names & other.title_names or len(other.body) < SOME_SENTENCES
    return len(names) > 1 and not known and not any(name in other.low for name in names)


def _shared(one: Material, other: Material) -> bool:
    """A name or a figure in common; a town of its own is where many things happen."""
    return bool((one.names & other.names) - TOWN_STEMS or one.figures & other.figures)


def _by_the_way(one: Material, other: Material) -> bool:
    """Whether the little that the two share is a place, or stands in neither headline."""
    if min(len(one.body), len(other.body)) > WORDS_ENOUGH:
        return False
    shared = one.spelled.keys() & other.spelled.keys()
    if len(shared) >= LEAST_SHARED:
        return False
    if shared <= PLACE_STEMS:
        return True
    return shared.isdisjoint(one.title_stems) and shared.isdisjoint(other.title_stems)


def _unknown(one: Material, other: Material) -> bool:
    """Whether the headline of one names somebody or somewhere that the other does not know."""
    alone = one.title_names - other.title_names
    return bool(alone) and not all(name in other.low for name in alone)


def veto(one: Material, other: Material) -> str | None:
    """Why the two cannot be one event, in Bulgarian; None when nothing speaks against it."""
    if _apart(one.head.months, other.head.months):
        return "различни месеци"
    if _apart(one.head.years, other.head.years):
        return "различни години"
    if _other_towns(one, other):
        return "различни места"
    if _other_rates(one, other) or _other_days_figures(one, other):
        return "различни показатели"
    if one.stamp and other.stamp and abs((one.stamp - other.stamp).days) > STAMPS_APART:
        return "различни дни в текста"
    return None


def _apart(one: frozenset[T], other: frozenset[T]) -> bool:
    return bool(one and other) and not one & other


def _other_towns(one: Material, other: Material) -> bool:
    """Each names a town first that the other does not know at all."""
    if not _apart(one.head.towns, other.head.towns):
        return False
    known = any(speaks_of(other.low, town) for town in one.head.towns)
    return not known and not any(speaks_of(one.low, town) for town in other.head.towns)


def _other_days_figures(one: Material, other: Material) -> bool:
    """Reports of two days that each open with fractions which the other does not have.

    The strength of an earthquake, the rate of a day; whole numbers may grow, as tolls do.
    """
    if not one.at or not other.at or abs(one.at - other.at) < ANOTHER_DAY:
        return False
    mine, theirs = one.head.decimals, other.head.decimals
    known = mine & other.all.decimals or theirs & one.all.decimals
    return bool(mine and theirs) and not known


def _other_rates(one: Material, other: Material) -> bool:
    """Each opens with a percentage that the other does not have anywhere."""
    mine, theirs = one.head.rates, other.head.rates
    return bool(mine and theirs) and not mine & other.all.rates and not theirs & one.all.rates
