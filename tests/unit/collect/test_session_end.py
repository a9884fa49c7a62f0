"""Clients are closed whenever their user is stopped."""

from __future__ import annotations

import asyncio

import pytest

from digest.collect.session import Sessions, open_sessions
from digest.settings import Collect


@pytest.mark.parametrize("turns", range(8))
def test_clients_are_closed_whenever_their_user_is_stopped(turns: int) -> None:
    """Before they are used, while they are, and while they are being closed."""
    opened: list[Sessions] = []

    async def use() -> None:
        async with open_sessions(Collect()) as sessions:
            opened.append(sessions)
            await asyncio.sleep(0)

    async def stopped() -> None:
        task = asyncio.create_task(use())
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(stopped())

    assert all(one.outside.closed and one.inside.closed for one in opened)
