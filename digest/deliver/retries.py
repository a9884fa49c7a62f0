"""When a delivery that was put off is tried again."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256

from digest.model import Delivery, Outcome, Result

RETRY_MINUTES = (5, 15, 45, 120, 360)
"""After the n-th deferral; jitter of up to a fifth is added so that rows do not march in step."""

THROTTLE_PAUSE = timedelta(minutes=1)


def retry_at(delivery: Delivery, result: Result, now: datetime) -> datetime:
    """When a deferred or returned row may go again; the jitter comes from its id.

    `delivery` is the row as it was claimed: its attempts are those before this one.
    """
    if result.outcome is Outcome.RETURNED:
        return now if result.reason == "connect" else now + THROTTLE_PAUSE
    minutes = RETRY_MINUTES[min(delivery.attempts, len(RETRY_MINUTES) - 1)]
    spread = sha256(f"{delivery.id}{delivery.attempts}".encode()).digest()[0] / 255
    return now + timedelta(minutes=minutes * (1 + 0.2 * spread))
