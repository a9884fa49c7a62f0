"""Corrections, the editions that carry them, and letters that are sent like an edition."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column(
        "editions", sa.Column("kind", sa.Text(), nullable=False, server_default="edition")
    )
    op.create_table(
        "corrections",
        sa.Column("n", ROW_ID, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("edition_n", ROW_ID, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_n"], ["editions.n"], name=op.f("fk_corrections_edition_n")
        ),
        sa.PrimaryKeyConstraint("n", name=op.f("pk_corrections")),
        sa.UniqueConstraint("id", name=op.f("uq_corrections_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_corrections_edition_n", "corrections", ["edition_n"], unique=False)
    op.create_table(
        "carried_corrections",
        sa.Column("correction_n", ROW_ID, nullable=False),
        sa.Column("edition_n", ROW_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["correction_n"],
            ["corrections.n"],
            name=op.f("fk_carried_corrections_correction_n"),
        ),
        sa.ForeignKeyConstraint(
            ["edition_n"], ["editions.n"], name=op.f("fk_carried_corrections_edition_n")
        ),
        sa.PrimaryKeyConstraint("correction_n", "edition_n", name=op.f("pk_carried_corrections")),
    )
