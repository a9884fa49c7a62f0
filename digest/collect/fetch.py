"""The only door of the collector to the network: many addresses, politely, with limits.

A plain iterator outside, aiohttp inside (`session.py`). Hosts take turns: requests of one host go
one after another over one connection, a host with many requests never keeps the others waiting,
and a host that says stop, breaks twice or takes more than its time is left alone for the rest of
the round (`Manners`). A failure is a value with a `DigestError`, never an exception, so that one
bad source does not stop the others.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias

from digest.clock import monotonic
from digest.collect import answers
from digest.collect.address import hostname
from digest.collect.answers import Failed, Fetched, Request
from digest.collect.robots import Robots
from digest.collect.session import Fetcher, mirror_of, open_sessions
from digest.settings import Collect

__all__ = ["Failed", "Fetched", "Manners", "Request", "fetch_now", "fetch_stream", "mirror_of"]

log = logging.getLogger(__name__)

AHEAD = 16
"""Answers that may wait for the reader before the network is held back."""
BROKEN = 2
"""Time-outs or broken connections in a row after which a host is left alone."""
LONGEST_DELAY = 10.0
"""Seconds of the longest crawl delay that is kept between two pages of a host."""
UNSAID = 300
"""Seconds that a host is left alone after a 429 that names no time."""

Answer: TypeAlias = "tuple[int, Fetched | Failed]"
_Line: TypeAlias = "queue.SimpleQueue[Answer | BaseException | None]"


class Manners:
    """What one round has learned of the hosts: rules, time spent, who is to be left alone.

    `waits` holds, by host, for how many seconds it asked to be left in peace (429).
    """

    def __init__(self, limits: Collect) -> None:
        self._budget = limits.host_seconds
        self._spent: dict[str, float] = defaultdict(float)
        self._broken: Counter[str] = Counter()
        self._stopped: dict[str, Failed] = {}
        self.robots = Robots(limits.user_agent)
        self.waits: dict[str, int] = {}

    def stopped(self, host: str, request: Request) -> Failed | None:
        """The answer to a request of a host that is left alone; None: it may be asked."""
        stopped = self._stopped.get(host)
        return replace(stopped, request=request, asked=False) if stopped is not None else None

    def learn(self, host: str, answer: Fetched | Failed, seconds: float) -> None:
        """Notes what a request cost, a host that says stop (429), one that keeps no connection."""
        self._spent[host] += seconds
        if isinstance(answer, Fetched) or answer.code not in {"timeout", "network"}:
            self._broken[host] = 0
        else:
            self._broken[host] += 1
        if isinstance(answer, Failed) and host not in self._stopped:
            self._heed(host, answer)

    def _heed(self, host: str, answer: Failed) -> None:
        if answer.code == "rate-limited":
            self._stopped[host] = answer
            said = hostname(answer.url) or host
            asked = answer.retry_after if answer.retry_after is not None else UNSAID
            self.waits[said] = max(asked, self.waits.get(said, 0))
        elif self._broken[host] >= BROKEN:
            self._stopped[host] = Failed(answer.request, answers.down(host, answer), "host-down")

    def pause(self, host: str, request: Request) -> float:
        """Seconds to wait before the next request of a host; 0 when it will not be made at all."""
        asked = self.robots.delay(request.url) if request.page else 0.0
        delay = min(asked, LONGEST_DELAY)
        if host not in self._stopped and self._spent[host] + delay >= self._budget:
            error = answers.over_budget(host, self._budget)
            self._stopped[host] = Failed(request, error, "budget")
            log.warning("%s: its %g seconds of this round are over", host, self._budget)
        if host in self._stopped:
            return 0.0
        self._spent[host] += delay
        return delay


def fetch_now(
    requests: Sequence[Request], limits: Collect, manners: Manners | None = None
) -> list[Fetched | Failed]:
    """All answers in the order of the requests."""
    found = dict(fetch_stream(requests, limits, manners))
    return [found[place] for place in range(len(requests))]


def fetch_stream(
    requests: Sequence[Request], limits: Collect, manners: Manners | None = None
) -> Iterator[Answer]:
    """(place in `requests`, answer) as the answers come, each place once.

    The event loop has a thread of its own, so this works inside a running loop too. At most
    `AHEAD` answers wait; a reader that stops early ends everything. `manners` are those of the
    round that this is a part of.
    """
    if not requests:
        return
    line: _Line = queue.SimpleQueue()
    batch = _Batch(requests, limits, line, manners or Manners(limits))
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

    def __init__(
        self, requests: Sequence[Request], limits: Collect, line: _Line, manners: Manners
    ) -> None:
        self._requests, self._limits, self._line = requests, limits, line
        self._manners = manners
        self._waiting: dict[str, deque[int]] = {}
        for place, request in enumerate(requests):
            self._waiting.setdefault(hostname(request.url), deque()).append(place)
        self._left = len(requests)
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
        async with open_sessions(self._limits) as sessions, asyncio.TaskGroup() as group:
            fetcher = Fetcher(sessions, self._limits, self._manners.robots)
            for _ in range(hands):
                group.create_task(self._hand(fetcher, hands))

    async def _hand(self, fetcher: Fetcher, hands: int) -> None:
        """Serves one request of one host after another until none is left."""
        while (host := await self._ready.get()) is not None:
            place = self._waiting[host].popleft()
            request = self._requests[place]
            answer = await self._answer(fetcher, host, request)
            await self._room.acquire()
            self._line.put((place, answer))
            self._left -= 1
            if self._left == 0:
                for _ in range(hands):
                    self._ready.put_nowait(None)
            elif self._waiting[host]:
                pause = self._manners.pause(host, request)
                self._loop.call_later(pause, self._ready.put_nowait, host)

    async def _answer(self, fetcher: Fetcher, host: str, request: Request) -> Fetched | Failed:
        stopped = self._manners.stopped(host, request)
        if stopped is not None:
            return stopped
        began = monotonic()
        answer = await fetcher.get(request)
        self._manners.learn(host, answer, monotonic() - began)
        return answer
