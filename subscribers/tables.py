"""The tables of the people, in a MetaData of their own.

`address_hash` is keyed; it joins a person with the suppressions without either holding the
other's secret. Ids are never reused: a link in an old mail must not act for somebody new.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, Table, Text

from subscribers.moment import Moment

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

RowId = BigInteger().with_variant(Integer, "sqlite")
"""64 bits on PostgreSQL; SQLite wants the word INTEGER to make it the row's own number."""

metadata = MetaData(naming_convention=NAMING)

subscribers = Table(
    "subscribers",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("address", Text, nullable=False),
    Column("identity", Text, nullable=False, unique=True),
    Column("address_hash", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("sections", Text, nullable=False),
    Column("hour", Integer),
    Column("timezone", Text, nullable=False),
    Column("frequency", Text, nullable=False),
    Column("format", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("confirmed_at", Moment),
    Column("paused_until", Moment),
    Column("lane", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("left_at", Moment),
    sqlite_autoincrement=True,
)

consents = Table(
    "consents",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("address_hash", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("basis", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("wording", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_consents_address_hash", "address_hash"),
)

suppressions = Table(
    "suppressions",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
