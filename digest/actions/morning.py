"""The whole product on one page: one morning from sources to sent mail.

    sources ─ collect ─ build ─ decide ─ queue ─ dispatch ─ ledger

Every step is an action of its own that can be run alone and repeated; this module only puts
them in order. When a step says no (no news, no approval), the morning stops there, says why,
and nothing leaves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from digest.actions.app import App
from digest.actions.collecting import CollectReport, collect
from digest.actions.dispatching import DispatchReport, QueueReport, dispatch, ledger, queue
from digest.actions.drafting import build
from digest.actions.reviewing import approve, decide
from digest.errors import Refused
from digest.model import Edition, EditionState, Ledger

OPEN = frozenset({EditionState.DRAFT, EditionState.HELD})
WAITS = {
    EditionState.HELD: "Броят чака одобрение от редактор.",
    EditionState.CANCELLED: "Броят за деня е отменен.",
    EditionState.SKIPPED: "Денят е пропуснат.",
}
READY = frozenset({EditionState.APPROVED, EditionState.QUEUED, EditionState.SENT})


@dataclass(frozen=True, slots=True)
class Morning:
    """What one morning came to; a step that was not reached is None."""

    collected: CollectReport
    edition: Edition | None = None
    held: str | None = None
    queued: QueueReport | None = None
    dispatched: DispatchReport | None = None
    ledger: Ledger | None = None


def run(
    app: App,
    *,
    day: date | None = None,
    approver: str | None = None,
    transport: str | None = None,
    connections: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> Morning:
    """Runs a morning to its end, or to the step where it must wait for a person.

    With `approver` that person's approval is recorded; without, the deadline policy decides.
    """
    collected = collect(app, progress=progress)
    try:
        edition = _decided(app, build(app, day=day), approver)
    except Refused as empty:
        return Morning(collected, held=str(empty))
    if edition.state not in READY:
        return Morning(collected, edition, held=WAITS.get(edition.state, "Броят чака одобрение."))
    queued = queue(app, edition.id)
    dispatched = dispatch(app, transport=transport, connections=connections, edition_id=edition.id)
    return Morning(collected, edition, None, queued, dispatched, ledger(app, edition.id))


def _decided(app: App, draft: Edition, approver: str | None) -> Edition:
    if draft.state not in OPEN:
        return draft
    return approve(app, draft.id, by=approver) if approver else decide(app, draft)
