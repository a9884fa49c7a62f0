"""A line with a delay: a proxy on the loopback that hands on what it hears after a while."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

_CHUNK = 65_536
HOST = "127.0.0.1"


@contextmanager
def delayed(port: int, seconds: float) -> Iterator[int]:
    """A port behind which `port` answers `seconds` later: half of it each way."""
    loop = asyncio.new_event_loop()
    started = threading.Event()
    found: list[int] = []
    lines: list[asyncio.StreamWriter] = []

    async def run() -> None:
        async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            there = await asyncio.open_connection(HOST, port)
            lines.extend((writer, there[1]))
            await asyncio.gather(
                _pump(reader, there[1], seconds / 2), _pump(there[0], writer, seconds / 2)
            )

        server = await asyncio.start_server(meet, HOST, 0)
        found.append(server.sockets[0].getsockname()[1])
        started.set()
        with suppress(asyncio.CancelledError):
            await server.serve_forever()

    def serve() -> None:
        asyncio.set_event_loop(loop)
        with suppress(asyncio.CancelledError):
            loop.run_until_complete(task)
        loop.run_until_complete(_settled(loop, lines))
        loop.close()

    task = loop.create_task(run())
    thread = threading.Thread(target=serve, name="latency")
    thread.start()
    started.wait()
    try:
        yield found[0]
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join()


async def _settled(loop: asyncio.AbstractEventLoop, lines: Sequence[asyncio.StreamWriter]) -> None:
    """Ends the connections that are still open."""
    left = [one for one in asyncio.all_tasks(loop) if one is not asyncio.current_task()]
    for one in left:
        one.cancel()
    await asyncio.gather(*left, return_exceptions=True)
    for line in lines:
        line.close()
    await asyncio.gather(*(line.wait_closed() for line in lines), return_exceptions=True)


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, seconds: float) -> None:
    """Each piece leaves its delay after it came; pieces do not wait for one another."""
    loop = asyncio.get_running_loop()
    try:
        while data := await reader.read(_CHUNK):
            loop.call_later(seconds, writer.write, data)
    except (ConnectionError, asyncio.CancelledError):
        pass
    finally:
        loop.call_later(seconds, writer.close)
