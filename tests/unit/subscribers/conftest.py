"""A roll of readers in memory."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import create_engine

from subscribers.address import AddressHash
from subscribers.roll import Roll
from subscribers.tables import metadata

KEY = b"a key for tests, 32 bytes long.."


@pytest.fixture
def roll() -> Iterator[Roll]:
    """An empty roll."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        metadata.create_all(connection)
        yield Roll(connection, AddressHash(KEY))
    engine.dispose()
