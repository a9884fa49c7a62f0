"""What a relay's refusal that calls an address dead leads to, and when it does not.

It comes with the answer at send time, or from the relay's log where that answer was lost.

As after a hard bounce (`digest/actions/inbound.py`) the address is suppressed, so that the next
edition does not go to it: not at the answer, but when its edition is finished and all answers are
in. When too many were denied (`digest/deliver/denials.py`) nobody is suppressed, the lane is
stopped, and a person says whether the provider is to be believed. The evidence stays in the
ledger: the refused delivery with the relay's words. Refusals of ours and passing ones never get
here.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from digest.actions import pacing
from digest.actions.stops import alarm
from digest.deliver.denials import doubted, incredible

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.model import EditionId, LaneState
    from digest.store.denials import Denial
    from digest.store.work import Work

log = logging.getLogger(__name__)

REASON = "hard"
"""Of the suppression: the same word as after a bounce."""
SUPPRESSED = "address.suppress"
PATIENCE = timedelta(hours=6)
"""An edition that somebody holds back for longer does not hold back this."""

_CODE = re.compile(r"[a-z]+: (\d{3})(?: (\d\.\d{1,3}\.\d{1,3}))?")


def judge(app: App) -> int:
    """Judges the refusals of finished editions; gives how many addresses were suppressed.

    Repeating it does nothing more; after a crash it takes up what was left.
    """
    with app.store.reading() as work:
        if not work.denials.waiting():
            return 0
    with app.store.work() as work:
        # All workers take these rows in this order: one judges, the others find it done.
        states = work.lanes.locked(work.denials.lanes(), app.now())
        work.denials.sweep()
        halted = [name for name, state in states.items() if state.stopped]
        work.denials.doubt(work.denials.of_lanes(halted))
        # What came in between, of a lane that is not locked, waits for the next who looks.
        ripe = [one for one in work.denials.ripe(app.now() - PATIENCE) if one.lane in states]
        return _judged(app, work, states, ripe)


def _judged(app: App, work: Work, states: Mapping[str, LaneState], ripe: Sequence[Denial]) -> int:
    done = 0
    for edition in dict.fromkeys(one.edition_id for one in ripe):
        mine = [one for one in ripe if one.edition_id == edition]
        answered = work.denials.answered(edition)
        wrong = _unbelievable(Counter(one.lane for one in mine), answered)
        for lane in sorted(wrong):
            found = [one for one in mine if one.lane == lane]
            work.denials.doubt(found)
            _stop(app, work, _told(states[lane], found, answered.get(lane, 0)))
        done += _suppress(app, work, edition, [one for one in mine if one.lane not in wrong])
    return done


def _unbelievable(denied: Counter[str], answered: Mapping[str, int]) -> frozenset[str]:
    """The lanes of an edition whose provider denied too many; all of them where the relay did."""
    wrong = {lane for lane, n in denied.items() if incredible(n, answered.get(lane, n))}
    rest = (set(answered) | set(denied)) - wrong
    # Lanes of three readers each prove something together.
    if incredible(sum(denied[one] for one in rest), sum(answered.get(one, 0) for one in rest)):
        wrong |= {lane for lane in rest if denied[lane]}
    return frozenset(wrong)


def _told(state: LaneState, found: Sequence[Denial], answered: int) -> LaneState:
    """The lane stopped, with the figures of the edition and the last refusal's code."""
    said = _CODE.match(found[-1].last_error)
    words = " ".join(part for part in said.groups() if part) if said else ""
    return doubted(replace(state, hard=len(found), seen=max(answered, len(found))), words)


def _stop(app: App, work: Work, stopped: LaneState) -> None:
    work.lanes.save([stopped])
    alarm(app, work, stopped)


def _suppress(app: App, work: Work, edition: EditionId, found: Sequence[Denial]) -> int:
    hashes = [one.address_hash for one in found if one.address_hash is not None]
    done = _blocked(app, work, hashes)
    work.denials.believe(found)
    if done:
        app.note(work, "digest", SUPPRESSED, subject=edition, after=str(done))
        log.info("%s: %d addresses that do not exist are suppressed", edition, done)
    return done


def _blocked(app: App, work: Work, hashes: Iterable[str]) -> int:
    return sum(work.roll.suppressions.add_hash(one, REASON, app.now()) for one in hashes)


def resume(app: App, lane: str, *, by: str, gone: bool = False) -> int:
    """Lets a lane go on, and says what its refused addresses are. Raises `NotFound`.

    With `gone` the provider is believed and they are suppressed; else it is not, and they may be
    tried again (`digest queue EDITION --missed`). Gives how many were suppressed.
    """
    pacing.resume(app, lane, by=by)
    with app.store.work() as work:
        work.denials.sweep()
        if not gone:
            work.denials.forget(lane)
            return 0
        found = work.denials.of_lanes([lane], doubted=True)
        done = _blocked(app, work, [one.address_hash for one in found if one.address_hash])
        work.denials.believe(found)
        app.note(work, by, SUPPRESSED, subject=lane, after=str(done))
        return done
