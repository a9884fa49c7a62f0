"""The table of what providers told of deliveries, so that the same event acts once.

No address and no free text is in it: that stands in the ledger, where erasing a person reaches it.
"""

from __future__ import annotations

from sqlalchemy import Column, Index, Table, Text

from digest.store.tables import metadata
from subscribers.moment import Moment
from subscribers.tables import RowId

hook_events = Table(
    "hook_events",
    metadata,
    Column("provider", Text, primary_key=True),
    Column("event_id", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("kind", Text, nullable=False),
    # What a delivery whose fate is open may turn out to be, and why, until it is no more open.
    Column("waits", RowId),
    Column("ends", Text),
    Column("said", Text),
    Index("ix_hook_events_at", "at"),
    Index("ix_hook_events_waits", "waits"),
)
