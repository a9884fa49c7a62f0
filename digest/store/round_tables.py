"""The table of an open round of collecting."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Integer, Table, Text

from digest.store.tables import metadata
from subscribers.moment import Moment

# `lease` is set once a slice was taken; `done` holds what it brought, as JSON. A round that has
# ended leaves no rows.
collect_slices = Table(
    "collect_slices",
    metadata,
    Column("round", Text, primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("began", Moment, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("here", Boolean, nullable=False),
    Column("sources", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("lease", Moment),
    Column("done", Text),
)
