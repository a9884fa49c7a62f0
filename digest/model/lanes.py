"""How a mailbox provider is being written to: what is remembered of it between messages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

LANES = ("abv.bg", "mail.bg", "dir.bg", "gmail", "outlook", "yahoo", "rest")
"""The mailbox providers that are told apart, in the order reports show them."""


@dataclass(frozen=True, slots=True)
class LaneState:
    """The pace of one lane, shared by all workers through the database.

    `tokens` messages may leave at once, as of `at`; `rate` is in messages a minute since the last
    time the provider asked for less (None: as planned), `held_until` the moment before which
    nothing goes. `stopped` says why nobody is written to until a person lets it go on. `answered`
    and `ours` count the answers of `day` and those of them that were refusals for something of
    ours; `sent` the messages accepted on it. `recent` were accepted in the minute from `minute`
    on, `before` in the one before it. Of the last `seen` answers of the day `hard` said that there
    is no such address; `doubted`: it is stopped because they were too many to be believed.
    """

    name: str
    at: datetime
    tokens: float = 0.0
    rate: float | None = None
    slowed_at: datetime | None = None
    held_until: datetime | None = None
    stopped: str = ""
    day: date | None = None
    answered: int = 0
    ours: int = 0
    sent: int = 0
    minute: datetime | None = None
    recent: int = 0
    before: int = 0
    seen: int = 0
    hard: int = 0
    doubted: bool = False
