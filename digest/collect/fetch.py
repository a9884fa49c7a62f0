"""The only door of the collector to the network: many addresses, politely, with limits.

A plain iterator outside, aiohttp inside (`session.py`). Hosts take turns: requests of one host go
one after another over one connection, a host with many requests never keeps the others waiting,
and a host that says stop or breaks twice is left alone for the rest of the call. A failure is a
value with a `DigestError`, never an exception, so that one bad source does not stop the others.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from digest.collect.address import hostname, is_http
from digest.collect.session import (
    Failed,
    Fetched,
    Fetcher,
    Request,
    mirror_of,
    open_session,
)
from digest.errors import Unavailable
from digest.settings import Collect

__all__ = ["Failed", "Fetched", "Request", "fetch_now", "fetch_stream", "is_fetchable", "mirror_of"]

log = logging.getLogger(__name__)

AHEAD = 16
"""Answers that may wait for the reader before the network is held back."""
BROKEN = 2
"""Time-outs or broken connections in a row after which a host is left alone."""
LONGEST_DELAY = 10.0
"""Seconds of the longest crawl delay that is kept between two pages of a host."""

Answer: TypeAlias = "tuple[int, Fetched | Failed]"
_Line: TypeAlias = "queue.SimpleQueue[Answer | BaseException | None]"


def fetch_now(requests: Sequence[Request], limits: Collect) -> list[Fetched | Failed]:
    """All answers in the order of the requests."""
    found = dict(fetch_stream(requests, limits))
    return [found[place] for place in range(len(requests))]


def fetch_stream(requests: Sequence[Request], limits: Collect) -> Iterator[Answer]:
    """(place in `requests`, answer) as the answers come, each place once.

    The event loop has a thread of its own, so this works inside a running loop too. At most
    `AHEAD` answers wait; a reader that stops early ends everything.
    """
    if not requests:
        return
    line: _Line = queue.SimpleQueue()
    batch = _Batch(requests, limits, line)
    thread = threading.Thread(target=batch.run, name="digest-fetch", daemon=True)
    thread.start()
    try:
        while (item := line.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item
            batch.taken()
    finally:
        batch.stop()
        thread.join()


class _Batch:
    """Requests in turns of their hosts, on a loop in a thread."""

    def __init__(self, requests: Sequence[Request], limits: Collect, line: _Line) -> None:
        self._requests, self._limits, self._line = requests, limits, line
        self._waiting: dict[str, deque[int]] = {}
        for place, request in enumerate(requests):
            self._waiting.setdefault(hostname(request.url), deque()).append(place)
        self._left = len(requests)
        self._broken: Counter[str] = Counter()
        self._stopped: dict[str, Failed] = {}
        self._loop = asyncio.new_event_loop()
        self._task: asyncio.Task[None] | None = None
        self._room = asyncio.Semaphore(AHEAD)
        self._ready: asyncio.Queue[str | None] = asyncio.Queue()

    # ---- called from the reader's thread

    def taken(self) -> None:
        """The reader took one: there is room for another."""
        self._tell(self._room.release)

    def stop(self) -> None:
        """The reader wants no more."""
        self._tell(self._cancel)

    def _tell(self, what: object) -> None:
        assert callable(what)
        try:
            self._loop.call_soon_threadsafe(what)
        except RuntimeError:  # the loop is closed: everything was delivered
            log.debug("the fetching loop has ended already")

    # ---- in the loop's thread

    def run(self) -> None:
        """Serves every request, then puts None; an unforeseen fault goes to the reader."""
        try:
            self._task = self._loop.create_task(self._serve())
            self._loop.run_until_complete(self._task)
        except asyncio.CancelledError:
            log.debug("fetching was stopped by its reader")
        except BaseException as fault:  # noqa: BLE001  handed over to the reader, who raises it
            self._line.put(fault)
        finally:
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.close()
            self._line.put(None)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _serve(self) -> None:
        for host in self._waiting:
            self._ready.put_nowait(host)
        hands = min(self._limits.at_once, len(self._waiting))
        async with open_session(self._limits) as session, asyncio.TaskGroup() as group:
            fetcher = Fetcher(session, self._limits)
            for _ in range(hands):
                group.create_task(self._hand(fetcher, hands))

    async def _hand(self, fetcher: Fetcher, hands: int) -> None:
        """Serves one request of one host after another until none is left."""
        while (host := await self._ready.get()) is not None:
            place = self._waiting[host].popleft()
            request = self._requests[place]
            stopped = self._stopped.get(host)
            answer = replace(stopped, request=request) if stopped else await fetcher.get(request)
            self._learn(host, answer)
            await self._room.acquire()
            self._line.put((place, answer))
            self._left -= 1
            if self._left == 0:
                for _ in range(hands):
                    self._ready.put_nowait(None)
            elif self._waiting[host]:
                delay = 0.0 if host in self._stopped else min(request.delay, LONGEST_DELAY)
                self._loop.call_later(delay, self._ready.put_nowait, host)

    def _learn(self, host: str, answer: Fetched | Failed) -> None:
        """Notes a host that says stop (429) or does not keep a connection."""
        if isinstance(answer, Fetched) or answer.code not in {"timeout", "network"}:
            self._broken[host] = 0
        else:
            self._broken[host] += 1
        if host in self._stopped or isinstance(answer, Fetched):
            return
        if answer.code == "rate-limited":
            self._stopped[host] = answer
        elif self._broken[host] >= BROKEN:
            self._stopped[host] = Failed(answer.request, _down(host, answer), "host-down")


def is_fetchable(url: str) -> bool:
    """True for an address that a request can be made of."""
    return is_http(url) and len(url) < 2000


def _down(host: str, last: Failed) -> Unavailable:
    return Unavailable(
        f"„{host}“ не отговаря.",
        f"Две поредни заявки не успяха; последната: {last.error.why}",
        "Останалите адреси на сайта се пропускат; следващото събиране ще опита пак.",
    )
