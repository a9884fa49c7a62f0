"""The same suite runs over every database: see `databases.py`."""

from __future__ import annotations

from tests.integration.store.databases import (
    postgres_store,
    postgres_url,
    sqlite_store,
    store,
)

__all__ = ["postgres_store", "postgres_url", "sqlite_store", "store"]
