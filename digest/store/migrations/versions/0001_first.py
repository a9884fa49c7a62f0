"""The first schema: people, sources and articles, editions, deliveries, the desk.

Column types are spelt out: a migration must not change when the tables of today do.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ROW = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _people()
    _news()
    _editions()
    _deliveries()
    _desk()


def _people() -> None:
    op.create_table(
        "subscribers",
        sa.Column("id", ROW, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("identity", sa.Text(), nullable=False),
        sa.Column("address_hash", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("sections", sa.Text(), nullable=False),
        sa.Column("hour", sa.Integer(), nullable=True),
        sa.Column("timezone", sa.Text(), nullable=False),
        sa.Column("frequency", sa.Text(), nullable=False),
        sa.Column("format", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=True),
        sa.Column("paused_until", sa.BigInteger(), nullable=True),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("left_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscribers")),
        sa.UniqueConstraint("identity", name=op.f("uq_subscribers_identity")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "consents",
        sa.Column("id", ROW, nullable=False),
        sa.Column("address_hash", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index("ix_consents_address_hash", "consents", ["address_hash"], unique=False)
    op.create_table(
        "suppressions",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_suppressions")),
    )


def _news() -> None:
    op.create_table(
        "sources",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        sa.UniqueConstraint("url", name=op.f("uq_sources_url")),
    )
    op.create_table(
        "visits",
        sa.Column("id", ROW, nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("ok", sa.Boolean(), nullable=False),
        sa.Column("entries", sa.Integer(), nullable=False),
        sa.Column("new", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visits")),
    )
    op.create_index("ix_visits_source_id_at", "visits", ["source_id", "at"], unique=False)
    op.create_table(
        "articles",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.Column("fetched_at", sa.BigInteger(), nullable=True),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
    )
    op.create_index("ix_articles_fetched_at", "articles", ["fetched_at"], unique=False)
    op.create_index("ix_articles_published_at", "articles", ["published_at"], unique=False)


def _editions() -> None:
    op.create_table(
        "editions",
        sa.Column("n", ROW, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("publication", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("cancelled", sa.Boolean(), nullable=False),
        sa.Column("domain", sa.Text(), nullable=False),
        sa.Column("on_unknown", sa.Text(), nullable=False),
        sa.Column("planned", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_editions")),
        sa.UniqueConstraint("id", name=op.f("uq_editions_id")),
        sa.UniqueConstraint("publication", "date", name=op.f("uq_editions_publication_date")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "edition_revisions",
        sa.Column("edition_n", ROW, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_n"], ["editions.n"], name=op.f("fk_edition_revisions_edition_n")
        ),
        sa.PrimaryKeyConstraint("edition_n", "revision", name=op.f("pk_edition_revisions")),
    )
    op.create_table(
        "rendered_editions",
        sa.Column("edition_n", ROW, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_n"], ["editions.n"], name=op.f("fk_rendered_editions_edition_n")
        ),
        sa.PrimaryKeyConstraint("edition_n", "revision", name=op.f("pk_rendered_editions")),
    )
    op.create_table(
        "printed_stories",
        sa.Column("edition_n", ROW, nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_n"], ["editions.n"], name=op.f("fk_printed_stories_edition_n")
        ),
        sa.PrimaryKeyConstraint("edition_n", "story_id", name=op.f("pk_printed_stories")),
    )


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", ROW, nullable=False),
        sa.Column("edition_n", ROW, nullable=False),
        sa.Column("subscriber_id", ROW, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("variant", sa.Text(), nullable=False),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=True),
        sa.Column("lease", sa.BigInteger(), nullable=True),
        sa.Column("worker", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("masked", sa.Text(), nullable=True),
        sa.Column("address_hash", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(lease IS NOT NULL) = (state IN ('claimed', 'sending'))",
            name=op.f("ck_deliveries_lease_while_held"),
        ),
        sa.CheckConstraint(
            "(next_at IS NOT NULL) = (state IN ('queued', 'deferred'))",
            name=op.f("ck_deliveries_next_at_while_open"),
        ),
        sa.ForeignKeyConstraint(
            ["edition_n"], ["editions.n"], name=op.f("fk_deliveries_edition_n")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint(
            "edition_n", "subscriber_id", name=op.f("uq_deliveries_edition_n_subscriber_id")
        ),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_deliveries_held",
        "deliveries",
        ["lease"],
        unique=False,
        sqlite_where=sa.text("lease IS NOT NULL"),
        postgresql_where=sa.text("lease IS NOT NULL"),
    )
    op.create_index(
        "ix_deliveries_open",
        "deliveries",
        ["edition_n", "next_at"],
        unique=False,
        sqlite_where=sa.text("next_at IS NOT NULL"),
        postgresql_where=sa.text("next_at IS NOT NULL"),
    )


def _desk() -> None:
    op.create_table(
        "editors",
        sa.Column("id", ROW, nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_editors")),
        sa.UniqueConstraint("address", name=op.f("uq_editors_address")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "logins",
        sa.Column("token_hash", sa.Text(), nullable=False),
        sa.Column("editor_id", ROW, nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("agent", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["editor_id"], ["editors.id"], name=op.f("fk_logins_editor_id")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_logins")),
    )
    op.create_index("ix_logins_editor_id", "logins", ["editor_id"], unique=False)
    op.create_table(
        "marks",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_marks")),
    )
    op.create_table(
        "firings",
        sa.Column("publication", sa.Text(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("publication", "local_date", "kind", name=op.f("pk_firings")),
    )
    op.create_table(
        "activity",
        sa.Column("id", ROW, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
    )
    op.create_index("ix_activity_subject", "activity", ["subject"], unique=False)
