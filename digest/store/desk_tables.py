"""The tables of what editors decide about stories, what is learnt from it, and corrections."""

from __future__ import annotations

from sqlalchemy import Column, Date, Float, ForeignKey, Index, Integer, Table, Text

from digest.store.tables import metadata
from subscribers.moment import Moment
from subscribers.tables import RowId

rulings = Table(
    "rulings",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("publication", Text, nullable=False),
    Column("story_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("place", Integer, nullable=False),
    Column("value", Float, nullable=False),
    Column("reason", Text, nullable=False),
    Index("ix_rulings_publication_last", "publication", "last"),
    sqlite_autoincrement=True,
)

choices = Table(
    "choices",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("publication", Text, nullable=False),
    Column("edition_id", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("kind", Text, nullable=False),
    Column("payload", Text, nullable=False),
    Index("ix_choices_publication", "publication"),
    sqlite_autoincrement=True,
)

accepted_weights = Table(
    "accepted_weights",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("publication", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("payload", Text, nullable=False),
    # Set when a person went back to the weights before; the row stays as evidence.
    Column("undone_at", Moment),
    Index("ix_accepted_weights_publication", "publication"),
    sqlite_autoincrement=True,
)

corrections = Table(
    "corrections",
    metadata,
    Column("n", RowId, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("edition_n", RowId, ForeignKey("editions.n"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("payload", Text, nullable=False),
    Index("ix_corrections_edition_n", "edition_n"),
    sqlite_autoincrement=True,
)

# Which drafts and editions hold a correction. Whether that edition counts as having printed it
# follows from its state, so that one that is cancelled gives its corrections back by itself.
carried_corrections = Table(
    "carried_corrections",
    metadata,
    Column("correction_n", RowId, ForeignKey("corrections.n"), primary_key=True),
    Column("edition_n", RowId, ForeignKey("editions.n"), primary_key=True),
)
