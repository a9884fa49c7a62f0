"""When a mailbox that is full or locked, edition after edition, is given up.

Pure: what became of a reader's last editions in, a verdict out. A report that passes by itself
suppresses nobody; a mailbox that has refused five editions over two weeks, and none of them came
through in between, is nobody's any more, and mailing it every day costs the others their delivery.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from digest.model import Tried

CLOSED = frozenset({"mailbox-full", "suspended"})
"""Reasons that speak of the mailbox itself. That a relay gave up (`expired`, `network`, `rate`)
may be the fault of the line, of the provider or of ours, and then of thousands at once."""

EDITIONS = 5
DAYS = timedelta(days=14)
"""So many editions, over so long: a holiday fills a mailbox for a week or two."""
QUIET = timedelta(days=6)
"""After so long without a report an edition came through: relays give up after five days
(RFC 5321 §4.5.4.1)."""
LOOK_BACK = timedelta(days=90)
"""As many editions of the past as are looked at; five of a weekly are over a month."""


def closed(kind: str, reason: str, *, delayed: bool = False) -> bool:
    """Whether a report says that the mailbox itself would not take the letter, and that it is over.

    `delayed`: the relay still tries.
    """
    return kind == "soft" and reason in CLOSED and not delayed


def given_up(tried: Iterable[Tried], now: datetime) -> bool:
    """Whether nothing came through lately; any edition that did begins the count anew."""
    run: list[datetime] = []
    for one in sorted(tried, key=lambda each: each.at):
        if one.returned:
            run.append(one.at)
        elif now - one.at >= QUIET:
            run.clear()
    return len(run) >= EDITIONS and run[-1] - run[0] >= DAYS
