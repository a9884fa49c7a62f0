"""What editors say of stories, what their choices teach, and the weights that they accept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "rulings",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("publication", sa.Text(), nullable=False),
        sa.Column("story_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rulings")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_rulings_publication_last", "rulings", ["publication", "last"], unique=False)
    op.create_table(
        "choices",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("publication", sa.Text(), nullable=False),
        sa.Column("edition_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choices")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_choices_publication", "choices", ["publication"], unique=False)
    op.create_table(
        "accepted_weights",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("publication", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("undone_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accepted_weights")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_accepted_weights_publication", "accepted_weights", ["publication"], unique=False
    )
