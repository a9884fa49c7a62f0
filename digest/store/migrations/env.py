"""How Alembic runs here: on the connection that `digest/store/schema.py` hands in.

One history serves both sets of tables, the newsroom's and the people's.
"""

from __future__ import annotations

from alembic import context

from digest.store import tables
from subscribers import tables as people_tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=[people_tables.metadata, tables.metadata],
    # SQLite cannot alter most of a table in place; Alembic copies it instead.
    render_as_batch=True,
)

with context.begin_transaction():
    context.run_migrations()
