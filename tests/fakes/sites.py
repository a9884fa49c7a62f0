"""Two hundred outlets on one loopback port, good and bad, told apart by the Host header.

An asyncio server in a thread. Bad outlets misbehave in the ways that real ones do; what was asked
and when it ended is kept in order, so that tests look at events instead of clocks.
"""

from __future__ import annotations

import asyncio
import gzip
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

FULL = "Съветът на града прие плана за ремонт на улиците с голямо мнозинство и без спорове. " * 9

SLOW = ("drip", "silent")
"""Ways of misbehaving that hold a connection open."""
BAD = (*SLOW, "cut", "bomb", "loop", "inside", "broken", "challenge", "entities", "gone")
"""How an outlet misbehaves, each in a word."""


@dataclass
class Outlets:
    """The outlets of one test: host → what it is (`good` or one of `BAD`)."""

    kinds: dict[str, str]
    port: int = 0
    events: list[tuple[str, str, str]] = field(default_factory=list)
    conditional: set[str] = field(default_factory=set)

    def note(self, what: str, host: str, path: str) -> None:
        self.events.append((what, host, path))

    def hosts(self, kind: str) -> list[str]:
        return [host for host, one in self.kinds.items() if one == kind]


def page(host: str, number: int) -> bytes:
    """A page of an outlet; each says something of its own."""
    name = host.partition(".")[0]
    text = "".join(f"<p>{FULL[:200]} Това е част {part} от {name}, новина {number}.</p>"
                   for part in range(5))  # fmt: skip
    title = f"Новина {number} на {name} за ремонта"
    return (
        f'<!DOCTYPE html><html lang="bg"><head><title>{title}</title></head><body><article>'
        f"<h1>{title}</h1>{text}</article></body></html>"
    ).encode()


def feed(host: str, *, pages: bool) -> bytes:
    """Two entries: one whole in the feed, one with a page when the outlet has pages."""
    name = host.partition(".")[0]
    items = "".join(
        f"<item><title>Новина {n} на {name} за ремонта</title><link>https://{host}/n/{n}</link>"
        f"<guid>{host}-{n}</guid><description>{_body(name, n, whole=n == 0 or not pages)}"
        "</description><pubDate>Fri, 20 Nov 2026 06:00:00 +0200</pubDate></item>"
        for n in range(2)
    )
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{name}</title>'
        f"{items}</channel></rss>"
    ).encode()


def _body(name: str, number: int, *, whole: bool) -> str:
    return f"{FULL} Текстът е на {name}, новина {number}." if whole else FULL[:150]


class _Server:
    def __init__(self, outlets: Outlets) -> None:
        self._outlets = outlets
        self._stop = asyncio.Event()

    async def serve(self, ready: Callable[[int], None]) -> None:
        server = await asyncio.start_server(self._client, "127.0.0.1", 0)
        ready(server.sockets[0].getsockname()[1])
        async with server:
            await self._stop.wait()

    def stop(self) -> None:
        self._stop.set()

    async def _client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode("latin-1").split("\r\n")
                path = lines[0].split(" ")[1]
                said = {n.lower(): v.strip() for n, _, v in (one.partition(":") for one in lines)}
                await self._answer(said["host"], path, said, writer)
        writer.close()

    async def _answer(
        self, host: str, path: str, said: dict[str, str], writer: asyncio.StreamWriter
    ) -> None:
        kind = self._outlets.kinds.get(host, "good")
        self._outlets.note("asked", host, path)
        if path == "/robots.txt":
            await _send(writer, 404, b"")
        elif kind == "good":
            await self._good(host, path, said, writer)
        else:
            await _BEHAVIOUR[kind](writer, host, self._stop)
        self._outlets.note("ended", host, path)

    async def _good(
        self, host: str, path: str, said: dict[str, str], writer: asyncio.StreamWriter
    ) -> None:
        if path.startswith("/n/"):
            await _send(writer, 200, page(host, int(path[3:])), "text/html; charset=utf-8")
            return
        if said.get("if-none-match") == '"v1"':
            self._outlets.conditional.add(host)
            await _send(writer, 304, b"", ETag='"v1"')
            return
        pages = host.endswith("0.example.bg")
        await _send(writer, 200, feed(host, pages=pages), "application/rss+xml", ETag='"v1"')


_WORDS = {200: "OK", 302: "Found", 304: "Not Modified", 404: "Not Found", 410: "Gone"}


async def _send(
    writer: asyncio.StreamWriter,
    status: int,
    body: bytes,
    kind: str = "text/plain",
    *,
    length: int | None = None,
    **headers: str,
) -> None:
    named = "".join(f"{n.replace('_', '-')}: {v}\r\n" for n, v in headers.items())
    size = len(body) if length is None else length
    head = (
        f"HTTP/1.1 {status} {_WORDS.get(status, 'Error')}\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {size}\r\n{named}\r\n"
    )
    writer.write(head.encode() + body)
    await writer.drain()


async def _drip(writer: asyncio.StreamWriter, host: str, stop: asyncio.Event) -> None:
    """A byte now and then, for ever."""
    await _send(writer, 200, b"<rss>", "application/rss+xml", length=1_000_000)
    while not stop.is_set():
        writer.write(b" ")
        await writer.drain()
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), 0.2)


async def _silent(writer: asyncio.StreamWriter, host: str, stop: asyncio.Event) -> None:
    """Takes the question and says nothing."""
    while not stop.is_set() and not writer.is_closing():
        with suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), 0.2)


async def _cut(writer: asyncio.StreamWriter, host: str, stop: asyncio.Event) -> None:
    """Half of what was promised."""
    body = feed(host, pages=False)
    await _send(writer, 200, body[: len(body) // 2], "application/rss+xml", length=len(body))
    writer.close()
    raise ConnectionError("cut on purpose")


async def _bomb(writer: asyncio.StreamWriter, host: str, stop: asyncio.Event) -> None:
    """60 MB of nothing in 60 KB."""
    await _send(
        writer,
        200,
        gzip.compress(b" " * 60_000_000, mtime=0),
        "application/rss+xml",
        Content_Encoding="gzip",
    )


async def _loop(writer: asyncio.StreamWriter, host: str, stop: asyncio.Event) -> None:
    await _send(writer, 302, b"", Location=f"https://{host}/rss?again")


async def _inside(writer: asyncio.StreamWriter, host: str, stop: asyncio.Event) -> None:
    await _send(writer, 302, b"", Location="http://169.254.169.254/latest/meta-data/")


async def _broken(writer: asyncio.StreamWriter, host: str, stop: asyncio.Event) -> None:
    await _send(writer, 500, b"")


async def _challenge(writer: asyncio.StreamWriter, host: str, stop: asyncio.Event) -> None:
    body = "<!DOCTYPE html><html><body><p>Проверяваме дали сте човек.</p></body></html>"
    await _send(writer, 200, body.encode(), "text/html; charset=utf-8")


async def _entities(writer: asyncio.StreamWriter, host: str, stop: asyncio.Event) -> None:
    lines = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 10}">' for n in range(9))
    body = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "ха">{lines}]><rss>&e9;</rss>'
    await _send(writer, 200, body.encode(), "application/rss+xml")


async def _gone(writer: asyncio.StreamWriter, host: str, stop: asyncio.Event) -> None:
    await _send(writer, 410, b"")


_BEHAVIOUR = {
    "drip": _drip, "silent": _silent, "cut": _cut, "bomb": _bomb, "loop": _loop,
    "inside": _inside, "broken": _broken, "challenge": _challenge, "entities": _entities,
    "gone": _gone,
}  # fmt: skip


@contextmanager
def serving(kinds: dict[str, str]) -> Iterator[Outlets]:
    """The outlets on a free port; everything ends with the block."""
    outlets = Outlets(kinds)
    loop = asyncio.new_event_loop()
    up = threading.Event()
    server: list[_Server] = []

    def ready(port: int) -> None:
        outlets.port = port
        up.set()

    async def main() -> None:
        server.append(_Server(outlets))
        await server[0].serve(ready)

    def run() -> None:
        loop.run_until_complete(main())
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert up.wait(10)
    try:
        yield outlets
    finally:
        loop.call_soon_threadsafe(server[0].stop)
        thread.join()
