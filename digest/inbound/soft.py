"""When a mailbox that is full or locked, edition after edition, is given up.

Pure: what became of a reader's last editions in, a verdict out. A report that passes by itself
suppresses nobody; a mailbox that has refused five editions over two weeks, and none of them came
through in between, is nobody's any more, and mailing it every day costs the others their delivery.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from digest.model import Tried
from digest.replies import of_mailbox

EDITIONS = 5
DAYS = timedelta(days=14)
"""So many editions, over so long: a holiday fills a mailbox for a week or two."""
QUIET = timedelta(days=6)
"""After so long without a report an edition came through: relays give up after five days
(RFC 5321 §4.5.4.1)."""
PAUSE = timedelta(days=30)
"""Returns that lie farther apart are not of one run: nobody knows what the mailbox took while
nothing was sent to it, because the reader or the publication paused."""
LOOK_BACK = timedelta(days=90)
"""As many editions of the past as are looked at; five of a weekly are over a month."""


def closed(kind: str, reason: str, status: str | None, *, delayed: bool = False) -> bool:
    """Whether a report says that the mailbox itself would not take the letter, and that it is over.

    `status` is the enhanced one beside the reason (RFC 3463), if there is any. `delayed`: the
    relay still tries.
    """
    return kind == "soft" and of_mailbox(reason, status) and not delayed


def given_up(tried: Iterable[Tried], now: datetime) -> bool:
    """Whether nothing came through lately; an edition that did begins the count anew, as a pause.

    `tried` in any order; of two at one moment, what came through is heard last.
    """
    run: list[datetime] = []
    for one in sorted(tried, key=lambda each: (each.at, not each.returned)):
        if one.returned:
            paused = bool(run) and one.at - run[-1] > PAUSE
            run = [one.at] if paused else [*run, one.at]
        elif now - one.at >= QUIET:
            run.clear()
    return len(run) >= EDITIONS and run[-1] - run[0] >= DAYS
