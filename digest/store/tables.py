"""The newsroom's tables.

Whole objects lie as JSON beside the few columns that are searched. A delivery's `next_at` is set
exactly while it may be claimed and its `lease` exactly while a worker holds it, so that the two
partial indexes stay as small as the work that is left.
"""

from __future__ import annotations

import zlib

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Dialect,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.types import TypeDecorator

from subscribers.moment import Moment
from subscribers.tables import NAMING, RowId

metadata = MetaData(naming_convention=NAMING)

EDITION, NOTICE = "edition", "notice"
"""Kinds of what is sent: an edition, or a letter to those who got one. Only the first is listed."""


class Packed(TypeDecorator[str]):
    """Text kept as zlib bytes: a rendered edition is mostly repeated markup."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        del dialect
        return None if value is None else zlib.compress(value.encode())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        del dialect
        return None if value is None else zlib.decompress(value).decode()


sources = Table(
    "sources",
    metadata,
    Column("id", Text, primary_key=True),
    Column("url", Text, nullable=False, unique=True),
    Column("active", Boolean, nullable=False),
    Column("payload", Text, nullable=False),
)

visits = Table(
    "visits",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("source_id", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("ok", Boolean, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("new", Integer, nullable=False),
    Column("error", Text, nullable=False),
    Column("not_modified", Boolean, nullable=False, server_default=false()),
    Index("ix_visits_source_id_at", "source_id", "at"),
)

source_states = Table(
    "source_states",
    metadata,
    Column("source_id", Text, primary_key=True),
    Column("payload", Text, nullable=False),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Text, primary_key=True),
    Column("published_at", Moment),
    Column("fetched_at", Moment),
    Column("payload", Packed, nullable=False),
    # Beside the payload, so that an entry can be told from what is stored without reading texts.
    Column("source", Text, nullable=False, server_default=""),
    Column("outlet", Text, nullable=False, server_default=""),
    Column("title", Text, nullable=False, server_default=""),
    Column("url", Text, nullable=False, server_default=""),
    Column("mark", Text, nullable=False, server_default=""),
    Column("first_seen", Moment),
    Index("ix_articles_fetched_at", "fetched_at"),
    Index("ix_articles_published_at", "published_at"),
    Index("ix_articles_source_first_seen", "source", "first_seen"),
)

article_keys = Table(
    "article_keys",
    metadata,
    Column("key", Text, primary_key=True),
    Column("article_id", Text, primary_key=True),
    Column("first_seen", Moment, nullable=False),
    Index("ix_article_keys_first_seen", "first_seen"),
)

article_versions = Table(
    "article_versions",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("title", Text, nullable=False),
    Column("cause", Text, nullable=False),
    Column("changes", Packed, nullable=False),
    # How the article read before this version; none for the first.
    Column("before", Packed),
    Index("ix_article_versions_at", "at"),
)

refused_keys = Table(
    "refused_keys",
    metadata,
    Column("key", Text, primary_key=True),
    Column("code", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_refused_keys_at", "at"),
)

raw_documents = Table(
    "raw_documents",
    metadata,
    Column("key", Text, primary_key=True),
    Column("source_id", Text, nullable=False),
    Column("fetched_at", Moment, nullable=False),
    Column("facts", Packed, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("ix_raw_documents_fetched_at", "fetched_at"),
)

editions = Table(
    "editions",
    metadata,
    Column("n", RowId, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("publication", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("paused", Boolean, nullable=False, default=False),
    Column("cancelled", Boolean, nullable=False, default=False),
    Column("domain", Text, nullable=False, default=""),
    Column("on_unknown", Text, nullable=False, default="hold"),
    # Counted by `fill` alone, so that a row that went missing shows in the ledger.
    Column("planned", Integer, nullable=False, default=0),
    Column("kind", Text, nullable=False, server_default=EDITION),
    UniqueConstraint("publication", "date"),
    sqlite_autoincrement=True,
)

revisions = Table(
    "edition_revisions",
    metadata,
    Column("edition_n", RowId, ForeignKey("editions.n"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("payload", Packed, nullable=False),
)

rendered = Table(
    "rendered_editions",
    metadata,
    Column("edition_n", RowId, ForeignKey("editions.n"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("payload", Packed, nullable=False),
)

rendered_pictures = Table(
    "rendered_pictures",
    metadata,
    Column("edition_n", RowId, ForeignKey("editions.n"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("place", Integer, nullable=False),
    Column("cid", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index("ix_rendered_pictures_name", "name"),
)

printed = Table(
    "printed_stories",
    metadata,
    Column("edition_n", RowId, ForeignKey("editions.n"), primary_key=True),
    Column("story_id", Text, primary_key=True),
    Column("day", Date, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Packed, nullable=False),
)

story_articles = Table(
    "story_articles",
    metadata,
    Column("article_id", Text, primary_key=True),
    Column("story_id", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index("ix_story_articles_story_id", "story_id"),
)

story_bonds = Table(
    "story_bonds",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("who", Text, nullable=False),
    Column("together", Boolean, nullable=False),
    # JSON lists of article ids.
    Column("these", Text, nullable=False),
    Column("those", Text, nullable=False),
    Index("ix_story_bonds_at", "at"),
    sqlite_autoincrement=True,
)

edition_inputs = Table(
    "edition_inputs",
    metadata,
    Column("edition_n", RowId, ForeignKey("editions.n"), primary_key=True),
    Column("revision", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("payload", Packed, nullable=False),
    Index("ix_edition_inputs_at", "at"),
)

written_texts = Table(
    "written_texts",
    metadata,
    Column("key", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("text", Packed, nullable=False),
    Column("refused", Text, nullable=False),
    Index("ix_written_texts_at", "at"),
)

# No foreign key to people: a person can be erased and the counts stay true. The one to editions
# is SQLite's alone: PostgreSQL looks every new row up by itself, a third of queueing a million,
# for a number that was read in the same transaction; no edition is ever deleted.
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("edition_n", RowId, nullable=False),
    Column("subscriber_id", RowId, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("variant", Text, nullable=False),
    Column("lane", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("epoch", Integer, nullable=False, default=0),
    Column("due", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
    Column("next_at", Moment),
    Column("lease", Moment),
    Column("worker", Text),
    Column("answered_at", Moment),
    Column("last_error", Text),
    # Which relay gave the last answer, and its words for what it took: a key to its log.
    Column("relay", Text),
    Column("evidence", Text),
    Column("masked", Text),
    Column("address_hash", Text),
    UniqueConstraint("edition_n", "subscriber_id"),
    ForeignKeyConstraint(["edition_n"], ["editions.n"]).ddl_if(dialect="sqlite"),
    CheckConstraint(
        "(next_at IS NOT NULL) = (state IN ('queued', 'deferred'))", name="next_at_while_open"
    ),
    CheckConstraint(
        "(lease IS NOT NULL) = (state IN ('claimed', 'sending'))", name="lease_while_held"
    ),
    sqlite_autoincrement=True,
)

lanes = Table(
    "lanes",
    metadata,
    Column("name", Text, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("tokens", Float, nullable=False),
    Column("rate", Float),
    Column("slowed_at", Moment),
    Column("held_until", Moment),
    Column("stopped", Text, nullable=False),
    Column("day", Date),
    Column("answered", Integer, nullable=False),
    Column("ours", Integer, nullable=False),
    Column("sent", Integer, nullable=False),
    Column("minute", Moment),
    Column("recent", Integer, nullable=False),
    Column("before", Integer, nullable=False),
    Column("seen", Integer, nullable=False, server_default="0"),
    Column("hard", Integer, nullable=False, server_default="0"),
    Column("doubted", Boolean, nullable=False, server_default=false()),
)

# Refusals that say an address is dead, written with the answer and gone once they are judged.
denials = Table(
    "denials",
    metadata,
    Column("delivery_id", RowId, primary_key=True, autoincrement=False),
    Column("lane", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("doubted", Boolean, nullable=False),
)

editors = Table(
    "editors",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("address", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    sqlite_autoincrement=True,
)

logins = Table(
    "logins",
    metadata,
    Column("token_hash", Text, primary_key=True),
    Column("editor_id", RowId, ForeignKey("editors.id"), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("agent", Text, nullable=False),
    Index("ix_logins_editor_id", "editor_id"),
)

marks = Table(
    "marks",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

firings = Table(
    "firings",
    metadata,
    Column("publication", Text, primary_key=True),
    Column("local_date", Date, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("at", Moment, nullable=False),
)

activity = Table(
    "activity",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
    Index("ix_activity_subject", "subject"),
)


def with_partial_indexes() -> MetaData:
    """The metadata with the indexes of open and held deliveries, for whoever makes the schema.

    They are added only there: naming PostgreSQL's option loads its whole dialect, and statements
    need no index objects.
    """
    if not deliveries.indexes:
        for name, columns, wanted in (
            (
                "ix_deliveries_open",
                (deliveries.c.edition_n, deliveries.c.lane, deliveries.c.next_at),
                "next_at",
            ),
            ("ix_deliveries_held", (deliveries.c.lease,), "lease"),
        ):
            held = deliveries.c[wanted].is_not(None)
            Index(name, *columns, sqlite_where=held, postgresql_where=held)
    return metadata
