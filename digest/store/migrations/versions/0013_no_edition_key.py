"""On PostgreSQL deliveries are not checked against editions row by row: a third of queueing."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("fk_deliveries_edition_n", "deliveries", type_="foreignkey")
