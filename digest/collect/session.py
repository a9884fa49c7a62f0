"""One request over the network: hops, limits, the guard, one more try; a failure is a value.

`open_session` gives the client as this product uses it; `Fetcher.get` answers one request within
its own time limit, every hop of a redirect checked, the body cut off after decompression. Pages
are asked for where robots.txt allows, and the rules of an origin are fetched when it is first met.
"""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.addresses import masked
from digest.collect import answers, guard
from digest.collect.address import absolute, host_of, host_port, hostname, origin_of
from digest.collect.answers import Failed, Fetched, Request
from digest.collect.robots import Robots, request_of
from digest.errors import DigestError, Refused
from digest.settings import Collect

if TYPE_CHECKING:
    import aiohttp
    from yarl import URL

log = logging.getLogger(__name__)

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({502, 504})
"""Answers of a gateway in trouble: worth one more try at once (RFC 9110 §15.6.3, §15.6.5)."""
_CONDITIONS = ("If-None-Match", "If-Modified-Since")
TRIES = 2


class _Again(Exception):
    """An answer that is worth one more try; carries what to say when it comes again."""

    def __init__(self, failure: Failed) -> None:
        super().__init__(failure.code)
        self.failure = failure


@dataclass(frozen=True, slots=True)
class _Hop:
    """A redirect: its status and where it leads."""

    status: int
    url: str


@dataclass(frozen=True, slots=True)
class Sessions:
    """Two clients: for the public internet, and for places that a person named.

    Each has connections of its own: one that was allowed for a request never serves another.
    """

    outside: aiohttp.ClientSession
    inside: aiohttp.ClientSession


@asynccontextmanager
async def open_sessions(limits: Collect) -> AsyncIterator[Sessions]:
    """Clients without cookies, without the environment's proxy, one connection a host."""
    sessions = Sessions(_client(limits, guarded=True), _client(limits, guarded=False))
    try:
        yield sessions
    finally:
        closing = asyncio.ensure_future(_close(sessions))
        try:
            await asyncio.shield(closing)
        except asyncio.CancelledError:
            # A reader that stops while the last client is being closed leaves none open.
            await closing
            raise


async def _close(sessions: Sessions) -> None:
    await sessions.outside.close()
    await sessions.inside.close()
    # The connector closes its transports on the next turns of the loop (aiohttp docs,
    # "Graceful Shutdown").
    await asyncio.sleep(0)


def _client(limits: Collect, *, guarded: bool) -> aiohttp.ClientSession:
    import aiohttp

    connector = aiohttp.TCPConnector(
        limit=limits.at_once,
        # Hosts take turns in `fetch.py`; behind a mirror all of them share one machine.
        limit_per_host=0 if limits.mirrors or limits.proxy else 1,
        socket_factory=guard.socket_factory if guarded else None,
        ttl_dns_cache=60,
        # One address after another: racing them hides which one was refused.
        happy_eyeballs_delay=None,
    )
    return aiohttp.ClientSession(
        connector=connector,
        timeout=aiohttp.ClientTimeout(total=limits.timeout_seconds),
        headers={"User-Agent": limits.user_agent, "Accept-Encoding": "gzip, deflate"},
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        max_line_size=32_768,
        max_field_size=32_768,
    )


class Fetcher:
    """Answers requests one by one; safe to share among the tasks of one loop."""

    def __init__(self, sessions: Sessions, limits: Collect, robots: Robots | None = None) -> None:
        self._sessions, self._limits = sessions, limits
        self._robots = robots or Robots(limits.user_agent)

    async def get(self, request: Request) -> Fetched | Failed:
        """The answer, or what went wrong; never an exception of the network."""
        closed = await self._closed(request, request.url)
        if closed is not None:
            return closed
        try:
            async with asyncio.timeout(self._limits.timeout_seconds):
                return await self._tried(request)
        except _Again as again:
            return again.failure
        except TimeoutError:
            error = answers.slow(request.url, self._limits.timeout_seconds)
            return Failed(request, error, "timeout")
        except guard.Blocked:
            return Failed(request, guard.refused(request.url), "private")
        except DigestError as error:
            return Failed(request, error, "private" if isinstance(error, Refused) else "unreadable")

    async def _closed(self, request: Request, url: str) -> Failed | None:
        """Why robots.txt keeps this page from us; its rules are fetched when first needed."""
        if not request.page:
            return None
        if not self._robots.knows(url):
            self._robots.learn(await self.get(request_of(url, request.trusted)))
        return self._robots.failure(request, url)

    async def _tried(self, request: Request) -> Fetched | Failed:
        """One more try, after a moment that differs each time, for a connection that broke."""
        import stamina

        stamina.instrumentation.set_on_retry_hooks([])  # it is told below, with the address
        async for attempt in stamina.retry_context(
            on=_Again, attempts=TRIES, timeout=None, wait_initial=0.2, wait_max=1, wait_jitter=0.3
        ):
            with attempt:
                return await self._attempt(request)
        raise AssertionError  # the last try returns or raises

    async def _attempt(self, request: Request) -> Fetched | Failed:
        import aiohttp

        try:
            answer = await self._follow(request)
        except (guard.Blocked, DigestError, TimeoutError):
            raise
        except (aiohttp.ClientError, OSError, ValueError) as cause:
            if _blocked(cause):
                return Failed(request, guard.refused(request.url), "private")
            failure = Failed(request, answers.dead(request.url, cause), "network")
            if isinstance(cause, aiohttp.ClientConnectionError | ConnectionError):
                raise _Again(failure) from cause
            return failure
        if isinstance(answer, Failed) and answer.status in _PASSING:
            log.info("%s: a gateway answered %d", masked(request.url), answer.status)
            raise _Again(answer)
        return answer

    async def _follow(self, request: Request) -> Fetched | Failed:
        url = request.url
        ways: list[tuple[int, str]] = []
        while True:
            answer = await self._hop(request, url, tuple(ways))
            if not isinstance(answer, _Hop):
                return answer
            ways.append((answer.status, url))
            url = answer.url
            if len(ways) > self._limits.max_redirects:
                return Failed(request, answers.looping(request.url, len(ways)), "redirects")
            closed = await self._closed(request, url)
            if closed is not None:
                return closed

    async def _hop(
        self, request: Request, url: str, ways: tuple[tuple[int, str], ...]
    ) -> Fetched | Failed | _Hop:
        """One hop; when its name leads inside, it is the one that is named."""
        try:
            return await self._one(request, url, ways)
        except OSError as cause:
            if _blocked(cause):
                raise guard.refused(url) from cause
            raise

    async def _one(
        self, request: Request, url: str, ways: tuple[tuple[int, str], ...]
    ) -> Fetched | Failed | _Hop:
        """One hop: an answer, a failure, or where a redirect leads."""
        place, headers, allowed = _route(url, request, self._limits)
        if not allowed and guard.is_private_host(place):
            raise guard.refused(url)
        proxy = None if allowed else self._limits.proxy or None
        if proxy is not None:
            await _refuse_inside(place)
        # The proxy's own address is the operator's word.
        named = allowed or proxy is not None
        session = self._sessions.inside if named else self._sessions.outside
        async with session.get(
            _exact(place), headers=headers, allow_redirects=False, proxy=proxy
        ) as reply:
            if reply.status in _REDIRECTS:
                there = absolute(reply.headers.get("Location", ""), url)
                if not there:
                    raise answers.nowhere(url)
                return _Hop(reply.status, there)
            kept = {k.lower(): v for k, v in reply.headers.items()}
            same = reply.status == 304 and not headers.keys().isdisjoint(_CONDITIONS)
            # No range was asked for: 206 is a part of something.
            if not same and (reply.status == 206 or not 200 <= reply.status < 300):
                return answers.no_content(request, url, reply.status, kept, ways)
            body = b"" if same else await self._body(reply, url)
            return Fetched(request, url, reply.status, kept, body, ways)

    async def _body(self, reply: aiohttp.ClientResponse, url: str) -> bytes:
        """The body after decompression, given up at the limit."""
        parts: list[bytes] = []
        size = 0
        async for chunk in reply.content.iter_chunked(65_536):
            size += len(chunk)
            if size > self._limits.max_bytes:
                reply.close()
                raise answers.too_large(url, self._limits.max_bytes)
            parts.append(chunk)
        return b"".join(parts)


def _route(url: str, request: Request, limits: Collect) -> tuple[str, dict[str, str], bool]:
    """Where to really go: address, headers, and whether it may be private.

    A mirror answers for its origin: the logical address stays, `Host` names it.
    """
    headers = _validators(request) if url == request.url else {}
    mirror = mirror_of(url, limits)
    if mirror is None:
        return url, headers, host_port(url) in request.trusted
    rest = re.sub(r"(?i)^https?://[^/?#]*", "", url)
    headers["Host"] = host_of(url)
    return mirror.rstrip("/") + (rest if rest.startswith("/") else "/" + rest), headers, True


def mirror_of(url: str, limits: Collect) -> str | None:
    """The origin from which an address is really fetched, if settings name one."""
    if not limits.mirrors:
        return None
    try:
        origin = origin_of(url)
    except ValueError:
        return None
    return limits.mirrors.get(origin) or limits.mirrors.get(f"{origin}/")


def _validators(request: Request) -> dict[str, str]:
    headers = {}
    if request.etag:
        headers["If-None-Match"] = request.etag
    if request.last_modified:
        headers["If-Modified-Since"] = request.last_modified
    return headers


def _exact(url: str) -> URL:
    """The address as written: yarl must not decode percent escapes that a server signs."""
    from yarl import URL

    return URL(url, encoded=True) if url.isascii() else URL(url)


def _blocked(cause: BaseException) -> bool:
    seen: BaseException | None = cause
    while seen is not None:
        if isinstance(seen, guard.Blocked):
            return True
        seen = seen.__cause__ or getattr(seen, "os_error", None)
    return False


async def _refuse_inside(url: str) -> None:
    """Behind a proxy the connection is the proxy's: a name that leads inside is refused here.

    A name that only the proxy can resolve is the proxy's own business.
    """
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(hostname(url), None)
    except OSError:
        return
    if any(not guard.is_global(str(where[0])) for *_, where in found):
        raise guard.refused(url)
