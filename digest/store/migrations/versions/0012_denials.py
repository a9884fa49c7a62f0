"""Addresses that a provider has denied, until it is clear whether it is to be believed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "denials",
        sa.Column("delivery_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite")),
        sa.Column("lane", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("doubted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("delivery_id", name=op.f("pk_denials")),
    )
    for name in ("seen", "hard"):
        op.add_column(
            "lanes", sa.Column(name, sa.Integer(), nullable=False, server_default=sa.text("0"))
        )
    op.add_column(
        "lanes", sa.Column("doubted", sa.Boolean(), nullable=False, server_default=sa.false())
    )
