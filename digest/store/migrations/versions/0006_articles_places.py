"""An article carries its place in the feed, and a kept draft its embedder.

Both lie in packed rows that need no new column. The version still rises: an older program would
take such a row for a broken one, and must be told that the database is newer than itself.
"""

from __future__ import annotations

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing to change in the tables."""
