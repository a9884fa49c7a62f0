"""Texts of a language model by what was asked, and what a draft had of them.

The second lies in packed rows (see 0006): an older program must be told that the database is
newer than itself.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "written_texts",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("refused", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_written_texts")),
    )
    op.create_index("ix_written_texts_at", "written_texts", ["at"], unique=False)
