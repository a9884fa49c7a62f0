"""How far the sending of an edition is, as the desk shows it; worked out from the rows alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.actions import dispatching
from digest.actions.queueing import NOBODY
from digest.bulgarian.typography import count
from digest.errors import Finding
from digest.model import Edition, EditionState, Ledger

if TYPE_CHECKING:
    from digest.actions.app import App

PLANNED = frozenset({EditionState.QUEUED, EditionState.SENT, EditionState.CANCELLED})


@dataclass(frozen=True, slots=True)
class SendingView:
    """The counts, and what may be done about what still waits."""

    ledger: Ledger
    paused: bool
    can_steer: bool

    @property
    def open(self) -> int:
        """Deliveries that may still leave or are on the wire."""
        return self.ledger.queued + self.ledger.sending + self.ledger.deferred

    @property
    def done(self) -> int:
        """Deliveries that have come to an end, whatever it was."""
        return self.ledger.planned - self.open

    @property
    def percent(self) -> int:
        """Whole per cents that are done, rounded down: 100 only when nothing waits."""
        return 100 * self.done // self.ledger.planned if self.ledger.planned else 100

    @property
    def nobody(self) -> Finding | None:
        """Said of an edition that went to nobody."""
        return None if self.ledger.planned else NOBODY

    @property
    def left(self) -> str:
        """„3 души“: who have got it or may have."""
        one = self.ledger
        return count(one.accepted + one.sending + one.unknown, "човек")

    @property
    def in_words(self) -> str:
        """Where the sending stands, in a sentence."""
        one = self.ledger
        if not one.planned:
            return "Няма нито една доставка."
        done = f"Готови: {self.done} от {count(one.planned, 'доставка')} ({self.percent}\u00a0%)"
        if self.open:
            held = " Изпращането е спряно." if self.paused else ""
            return f"{done}; чакащи: {self.open}.{held}"
        called_off = f"; отменени: {one.cancelled}, а до {self.left} броят е тръгнал"
        return f"{done}{called_off if one.cancelled else ''}."


def sending_view(app: App, edition: Edition, *, may_steer: bool) -> SendingView | None:
    """Gathers the counts; None while nothing was queued. Nothing is changed."""
    if edition.state not in PLANNED:
        return None
    with app.store.reading() as work:
        paused = work.editions.flags(edition.id).paused
    view = SendingView(dispatching.ledger(app, edition.id), paused, may_steer)
    return view if view.open else SendingView(view.ledger, paused, can_steer=False)
