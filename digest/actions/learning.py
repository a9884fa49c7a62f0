"""Learning from the desk: what each drop, move and pin preferred, and the weights it teaches.

A choice is kept in the transaction of the act itself, with the signals that both stories were
printed with. Weights change only when a person accepts them, and the step can be taken back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from digest.actions import reviewing
from digest.actions.app import App
from digest.errors import NotFound, Refused
from digest.model import AcceptedWeights, Choice, Edition, EditionStory, Ruling

if TYPE_CHECKING:
    from digest.rank.tune import Tuning
    from digest.review.states import Drop, Edit, Move

Pair = tuple[EditionStory, EditionStory]
"""A story that was preferred, and the one that it was preferred to."""


def of_edit(edition: Edition, change: Edit, *, by: str, at: datetime) -> list[Choice]:
    """What a change of an edition prefers: a drop and a move do, a new text does not."""
    from digest.review.states import Drop, Move

    if isinstance(change, Drop):
        return _choices("drop", _dropped(edition, change), edition, by, at)
    if isinstance(change, Move):
        return _choices("move", _moved(edition, change), edition, by, at)
    return []


def of_pin(edition: Edition, pin: Ruling) -> list[Choice]:
    """A pin prefers its story to those that stood above it, down to its place; or the reverse.

    Places are those of the ranking, by score. A story that the edition did not print has no
    stored signals and teaches nothing.
    """
    order = sorted(edition.stories, key=lambda s: (-s.score, s.id))
    at = next((n for n, one in enumerate(order) if one.id == pin.story), None)
    if at is None:
        return []
    pairs = _passed(order, at, pin.place - 1)
    return _choices("pin", pairs, edition, pin.by, pin.at)


def _dropped(edition: Edition, change: Drop) -> Iterator[Pair]:
    """The rest of the section over the dropped one; the whole edition when it stood alone."""
    for part in edition.sections:
        gone = next((one for one in part.stories if one.id == change.story), None)
        if gone is not None:
            left = [one for one in part.stories if one is not gone]
            yield from ((one, gone) for one in left or edition.stories if one is not gone)


def _moved(edition: Edition, change: Move) -> Iterator[Pair]:
    """Within a section: the moved one over those it passed, or they over it.

    To another section a story is filed, not weighed: that teaches nothing, unless it becomes
    the lead of the edition, over the lead that was.
    """
    for part in edition.sections:
        order = list(part.stories)
        at = next((n for n, one in enumerate(order) if one.id == change.story), None)
        if at is None:
            continue
        first = edition.sections[0]
        if part.slug == change.section:
            yield from _passed(order, at, change.place - 1)
        elif change.section == first.slug and change.place == 1:
            yield order[at], first.stories[0]


def _passed(order: Sequence[EditionStory], at: int, to: int) -> Iterator[Pair]:
    """The pairs of a story that goes from one place of an order to another (both from 0)."""
    moved = order[at]
    if to < at:
        yield from ((moved, one) for one in order[max(0, to) : at])
    else:
        yield from ((one, moved) for one in order[at + 1 : to + 1])


def _choices(
    kind: str, pairs: Iterator[Pair], edition: Edition, by: str, at: datetime
) -> list[Choice]:
    from digest.rank.signals import WEIGHTS

    def signals(of: EditionStory) -> dict[str, float]:
        return {one.name: one.value for one in of.reasons if one.name in WEIGHTS}

    return [
        Choice(
            edition.id, edition.revision, at, by, kind, better.id, worse.id, signals(better),
            signals(worse),
        )
        for better, worse in pairs
        if better.reasons and worse.reasons
    ]  # fmt: skip


def tune(app: App) -> Tuning:
    """What all choices so far say of the weights in force; changes nothing."""
    from digest.rank.tune import tune as fit
    from digest.rank.weights import in_force

    publication = app.settings.publication.id
    with app.store.reading() as work:
        choices = work.learning.choices(publication)
        accepted = work.learning.accepted(publication)
    return fit(choices, in_force(app.settings.rank.weights, accepted).by_name)


def accepted(app: App) -> AcceptedWeights | None:
    """The weights that a person accepted and that are in force; None for the packaged ones."""
    with app.store.reading() as work:
        return work.learning.accepted(app.settings.publication.id)


def accept(app: App, *, by: str) -> Tuning:
    """Puts the weights that `tune` finds into force, from the next draft on.

    Raises `Refused` when there are too few choices or the new weights explain no more, and
    `Forbidden` for a person of the desk who is no administrator.
    """
    reviewing.allowed(app, by, "admin")
    found = tune(app)
    _refuse_unfounded(found)
    weights = AcceptedWeights(
        found.new, by, app.now(), found.tested, found.old_right, found.new_right
    )
    publication = app.settings.publication.id
    with app.store.work() as work:
        before = work.learning.accepted(publication)
        work.learning.accept(publication, weights)
        app.note(
            work, by, "rank.accept", subject=publication,
            before=_told(before.weights if before else found.old), after=_told(found.new),
        )  # fmt: skip
    return found


def _refuse_unfounded(found: Tuning) -> None:
    if not found.enough:
        raise Refused(
            "Тежестите не могат да се приемат.",
            found.warnings[0],
            "Работете още с броевете: всяко махане, местене и закачане е избор.",
        )
    if found.new_right <= found.old_right:
        raise Refused(
            "Тежестите не могат да се приемат.",
            "Върху избори, които не са видели, те не обясняват повече от сегашните "
            f"({found.new_right} срещу {found.old_right} от {found.tested}).",
            "Оставете сегашните или задайте тежест в настройките (rank.weights).",
        )


def undo(app: App, *, by: str) -> AcceptedWeights | None:
    """Goes back to the weights before the last accepted ones; gives those in force now.

    None means the packaged ones. Raises `NotFound` when none were accepted, `Forbidden`.
    """
    reviewing.allowed(app, by, "admin")
    publication = app.settings.publication.id
    with app.store.work() as work:
        gone = work.learning.undo(publication, app.now())
        if gone is None:
            raise NotFound(
                "Няма приети тежести за връщане.",
                "В сила са пакетните и тези от настройките.",
                "Вижте ги с „digest rank СТАТИИ.jsonl --explain“.",
            )
        now = work.learning.accepted(publication)
        app.note(
            work, by, "rank.undo", subject=publication, before=_told(gone.weights),
            after=_told(now.weights) if now else "",
        )  # fmt: skip
    return now


def _told(weights: object) -> str:
    import json

    return json.dumps(weights, ensure_ascii=False)
