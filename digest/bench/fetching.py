"""Many feeds from one local server: the collector's door to the network against an httpx loop.

The server is a process of its own, so that its work is nobody's; both sides ask for the same
addresses, as many at once, and read every answer to its end.
"""

from __future__ import annotations

import asyncio
import multiprocessing
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from importlib.util import find_spec
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from digest.bench.generated import article
from digest.bench.rows import Row, medians, note
from digest.errors import Unavailable
from digest.settings import Collect

if TYPE_CHECKING:
    from digest.collect.fetch import Request

AT_ONCE = 50
FASTER = 10
"""How many times the yardstick's feeds a second are promised."""
ROUNDS = 3
BODY = 20_000
"""Bytes of a feed, about: what an outlet with thirty news has."""


def measure(feeds: int) -> Iterator[Row]:
    """All feeds by both, three times in turns; the medians count."""
    with _server() as port:
        note(f"{feeds} емисии от местен сървър, по {AT_ONCE} наведнъж")
        loop, name = _yardstick(feeds, port)
        limits, requests = _asked(feeds, port)
        ours, theirs = medians([lambda: _ours(requests, limits), loop], ROUNDS)
    times = theirs.seconds / ours.seconds
    promised = name == "httpx"
    yield Row(
        what="изтеглена емисия",
        seconds=ours.seconds,
        units=feeds,
        ratio=ours.seconds / theirs.seconds,
        ratio_to=f"цикъл с {name}, по {AT_ONCE} наведнъж" if promised else name,
        floor=f"поне {FASTER} пъти повече емисии в секунда" if promised else "",
        holds=times >= FASTER if promised else None,
        more={"times_faster": round(times, 1), "yardstick_seconds": round(theirs.seconds, 3)},
    )


def _asked(feeds: int, port: int) -> tuple[Collect, list[Request]]:
    """Each feed on a host of its own, all of them served by this machine."""
    from digest.collect.fetch import Request

    hosts = [f"https://izdanie{number}.example.bg" for number in range(feeds)]
    origin = f"http://127.0.0.1:{port}"
    limits = Collect(at_once=AT_ONCE, mirrors=dict.fromkeys(hosts, origin))
    return limits, [Request(f"{host}/rss") for host in hosts]


def _ours(requests: list[Request], limits: Collect) -> None:
    from digest.collect.fetch import Fetched, fetch_stream

    got = sum(isinstance(answer, Fetched) for _, answer in fetch_stream(requests, limits))
    _all(got, len(requests))


def _yardstick(feeds: int, port: int) -> tuple[Callable[[], None], str]:
    if find_spec("httpx") is None:
        note("httpx не е инсталиран; мери се спрямо http.client, без обещание")
        return lambda: _by_http_client(feeds, port), "http.client, един след друг"
    return lambda: asyncio.run(_by_httpx(feeds, port)), "httpx"


async def _by_httpx(feeds: int, port: int) -> None:
    """What anybody would write: one client, a semaphore, gather."""
    import httpx

    door = asyncio.Semaphore(AT_ONCE)

    async def get(client: httpx.AsyncClient, number: int) -> int:
        async with door:
            answer = await client.get(f"http://127.0.0.1:{port}/{number}/rss")
            return answer.status_code

    limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE)
    async with httpx.AsyncClient(timeout=30, limits=limits, trust_env=False) as client:
        statuses = await asyncio.gather(*(get(client, number) for number in range(feeds)))
    _all(sum(status == 200 for status in statuses), feeds)


def _by_http_client(feeds: int, port: int) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    for number in range(feeds):
        connection.request("GET", f"/{number}/rss")
        connection.getresponse().read()
    connection.close()


def _all(got: int, wanted: int) -> None:
    if got != wanted:
        raise Unavailable(
            "Измерването не е пълно.",
            f"Изтеглени са {got} от {wanted} емисии.",
            "Пуснете го отново, когато машината не е заета.",
        )


# ---- the server


@contextmanager
def _server() -> Iterator[int]:
    """The port of a server that gives a feed at every address; it ends with the block."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True, name="digest-bench")
    process.start()
    theirs.close()
    try:
        yield int(ours.recv())
    finally:
        ours.close()
        process.kill()
        process.join(5)


def _serve(pipe: Connection) -> None:
    asyncio.run(_listen(pipe))


async def _listen(pipe: Connection) -> None:
    answer = _answer()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Answering(answer), "127.0.0.1", 0, backlog=512)
    pipe.send(server.sockets[0].getsockname()[1])
    await server.serve_forever()


class _Answering(asyncio.Protocol):
    """HTTP/1.1 with connections kept open: the same answer to each request."""

    def __init__(self, answer: bytes) -> None:
        self._answer = answer
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._read += data
        while b"\r\n\r\n" in self._read:
            _, _, self._read = self._read.partition(b"\r\n\r\n")
            self._transport.write(self._answer)


def _answer() -> bytes:
    items, number = "", 0
    while len(items.encode()) < BODY:
        told = article(number)
        link = f"https://izdanie.example.bg/novina/{number}"
        items += (
            f"<item><title>{told.title}</title><link>{link}</link><guid>{link}</guid>"
            f"<description>{told.text[:200]}</description></item>"
        )
        number += 1
    body = (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Издание</title>'
        f"{items}</channel></rss>"
    ).encode()
    head = (
        "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml; charset=utf-8\r\n"
        f'ETag: "1"\r\nContent-Length: {len(body)}\r\n\r\n'
    )
    return head.encode("ascii") + body
