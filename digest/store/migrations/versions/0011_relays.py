"""Which relay took a delivery, and what it said to it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("relay", sa.Text()))
    op.add_column("deliveries", sa.Column("evidence", sa.Text()))
