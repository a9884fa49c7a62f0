"""What providers told of deliveries, once each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "hook_events",
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("waits", sa.BigInteger().with_variant(sa.Integer(), "sqlite")),
        sa.Column("ends", sa.Text()),
        sa.Column("said", sa.Text()),
        sa.PrimaryKeyConstraint("provider", "event_id", name=op.f("pk_hook_events")),
    )
    op.create_index("ix_hook_events_at", "hook_events", ["at"])
    op.create_index("ix_hook_events_waits", "hook_events", ["waits"])
