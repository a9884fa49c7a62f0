"""Pictures that the mails of a rendered edition carry inside them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "rendered_pictures",
        sa.Column(
            "edition_n", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("cid", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["edition_n"], ["editions.n"], name=op.f("fk_rendered_pictures_edition_n")
        ),
        sa.PrimaryKeyConstraint("edition_n", "revision", "name", name=op.f("pk_rendered_pictures")),
    )
    op.create_index("ix_rendered_pictures_name", "rendered_pictures", ["name"], unique=False)
