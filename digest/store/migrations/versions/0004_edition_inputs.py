"""What an edition was made from, so that it can be made again."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "edition_inputs",
        sa.Column(
            "edition_n", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_n"], ["editions.n"], name=op.f("fk_edition_inputs_edition_n")
        ),
        sa.PrimaryKeyConstraint("edition_n", "revision", name=op.f("pk_edition_inputs")),
    )
    op.create_index("ix_edition_inputs_at", "edition_inputs", ["at"], unique=False)
