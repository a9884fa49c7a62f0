"""One request over the network: hops, limits, the guard, one more try; a failure is a value.

`open_session` gives the client as this product uses it; `Fetcher.get` answers one request within
its own time limit, every hop of a redirect checked, the body cut off after decompression.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from digest.collect import guard
from digest.collect.address import absolute, host_of, host_port, hostname, origin_of
from digest.errors import BadInput, DigestError, Refused, Retry, Unavailable
from digest.settings import Collect

if TYPE_CHECKING:
    import aiohttp
    from yarl import URL

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({502, 504})
"""Answers of a gateway in trouble: worth one more try at once (RFC 9110 §15.6.3, §15.6.5)."""
TRIES = 2
LONGEST_WAIT = 86_400
"""Seconds of the longest Retry-After that is believed."""


@dataclass(frozen=True, slots=True)
class Request:
    """An address to fetch, the validators of the last visit, and what may be private.

    `trusted` holds `host:port` of places that a person typed. `delay` is what robots.txt asks to
    wait after a request of this host, in seconds.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    trusted: frozenset[str] = frozenset()
    delay: float = 0.0


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: the logical address it finally came from, status, headers (lower case), body."""

    request: Request
    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    redirects: tuple[tuple[int, str], ...] = ()

    @property
    def not_modified(self) -> bool:
        return self.status == 304


@dataclass(frozen=True, slots=True)
class Failed:
    """What went wrong for one request; `retry_after` in seconds when the server named it."""

    request: Request
    error: DigestError
    code: str = "network"
    retry_after: int | None = None
    status: int = 0
    redirects: tuple[tuple[int, str], ...] = ()


class _Again(Exception):
    """An answer that is worth one more try; carries what to say when it comes again."""

    def __init__(self, failure: Failed) -> None:
        super().__init__(failure.code)
        self.failure = failure


@asynccontextmanager
async def open_session(limits: Collect) -> AsyncIterator[aiohttp.ClientSession]:
    """A session without cookies, without the environment's proxy, one connection a host."""
    import aiohttp

    connector = aiohttp.TCPConnector(
        limit=limits.at_once,
        # Hosts take turns in `fetch.py`; behind a mirror all of them share one machine.
        limit_per_host=0 if limits.mirrors else 1,
        socket_factory=guard.socket_factory,
        ttl_dns_cache=60,
        # One address after another: racing them hides which one was refused.
        happy_eyeballs_delay=None,
    )
    session = aiohttp.ClientSession(
        connector=connector,
        timeout=aiohttp.ClientTimeout(total=limits.timeout_seconds),
        headers={"User-Agent": limits.user_agent, "Accept-Encoding": "gzip, deflate"},
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        max_line_size=32_768,
        max_field_size=32_768,
    )
    try:
        yield session
    finally:
        await session.close()
        # The connector closes its transports on the next turns of the loop (aiohttp docs,
        # "Graceful Shutdown").
        await asyncio.sleep(0)


class Fetcher:
    """Answers requests one by one; safe to share among the tasks of one loop."""

    def __init__(self, session: aiohttp.ClientSession, limits: Collect) -> None:
        self._session, self._limits = session, limits

    async def get(self, request: Request) -> Fetched | Failed:
        """The answer, or what went wrong; never an exception of the network."""
        try:
            async with asyncio.timeout(self._limits.timeout_seconds):
                return await self._tried(request)
        except _Again as again:
            return again.failure
        except TimeoutError:
            return Failed(request, _slow(request.url, self._limits.timeout_seconds), "timeout")
        except guard.Blocked:
            return Failed(request, guard.refused(request.url), "private")
        except DigestError as error:
            return Failed(request, error, "private" if isinstance(error, Refused) else "unreadable")

    async def _tried(self, request: Request) -> Fetched | Failed:
        """One more try, after a moment that differs each time, for a connection that broke."""
        import stamina

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
            failure = Failed(request, _dead(request.url, cause), "network")
            if isinstance(cause, aiohttp.ClientConnectionError | ConnectionError):
                raise _Again(failure) from cause
            return failure
        if isinstance(answer, Failed) and answer.status in _PASSING:
            raise _Again(answer)
        return answer

    async def _follow(self, request: Request) -> Fetched | Failed:
        url = request.url
        hops: list[tuple[str, str]] = []
        while True:
            answer = await self._one(request, url, tuple(hops))
            if isinstance(answer, str):
                hops.append((answer.partition(" ")[0], url))
                url = answer.partition(" ")[2]
                if len(hops) > self._limits.max_redirects:
                    return Failed(request, _looping(request.url, len(hops)), "redirects")
                continue
            return answer

    async def _one(
        self, request: Request, url: str, hops: tuple[tuple[str, str], ...]
    ) -> Fetched | Failed | str:
        """One hop. A redirect comes back as „STATUS ADDRESS“."""
        place, headers, allowed = _route(url, request, self._limits)
        if not allowed and guard.is_private_host(place):
            raise guard.refused(url)
        proxy = None if allowed else self._limits.proxy or None
        if proxy is not None:
            await _refuse_inside(place)
        token = guard.PRIVATE_ALLOWED.set(allowed or proxy is not None)
        try:
            async with self._session.get(
                _exact(place), headers=headers, allow_redirects=False, proxy=proxy
            ) as reply:
                if reply.status in _REDIRECTS:
                    there = absolute(reply.headers.get("Location", ""), url)
                    if not there:
                        raise _nowhere(url)
                    return f"{reply.status} {there}"
                kept = {k.lower(): v for k, v in reply.headers.items()}
                ways = tuple((int(status), where) for status, where in hops)
                if reply.status != 304 and not 200 <= reply.status < 300:
                    return _answered(request, url, reply.status, kept, ways)
                body = b"" if reply.status == 304 else await self._body(reply, url)
                return Fetched(request, url, reply.status, kept, body, ways)
        finally:
            guard.PRIVATE_ALLOWED.reset(token)

    async def _body(self, reply: aiohttp.ClientResponse, url: str) -> bytes:
        """The body after decompression, given up at the limit."""
        parts: list[bytes] = []
        size = 0
        async for chunk in reply.content.iter_chunked(65_536):
            size += len(chunk)
            if size > self._limits.max_bytes:
                reply.close()
                raise BadInput(
                    f"„{url[:200]}“ е твърде голям.",
                    f"Отговорът надхвърля {self._limits.max_bytes // 1000} KB.",
                    "Проверете адреса; ако е верен, вдигнете collect.max_bytes.",
                )
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
    rest = url[len(re.match(r"(?i)https?://[^/?#]*", url)[0]) :]  # type: ignore[index]
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
        if isinstance(seen, guard.Blocked) or "is not a global address" in str(seen):
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


# ---- what to say


def _answered(
    request: Request,
    url: str,
    status: int,
    headers: Mapping[str, str],
    ways: tuple[tuple[int, str], ...],
) -> Failed:
    after = retry_after(headers.get("retry-after", ""), headers.get("date", ""))
    wait = f" Сървърът моли да се изчака {after} секунди (Retry-After)." if after else ""
    what = f"„{url[:200]}“ не даде съдържание."
    if status in {429, 503}:
        why = f"Сървърът отговори {status}: твърде много заявки или претоварване.{wait}"
        error: DigestError = Unavailable(what, why, "Следващото събиране ще опита пак.")
        code = "rate-limited" if status == 429 else "unavailable"
        return Failed(request, error, code, after, status, ways)
    if status >= 500:
        error = Unavailable(what, f"Сървърът отговори {status}.{wait}", "Опитайте пак по-късно.")
        return Failed(request, error, "unavailable", after, status, ways)
    reason = {
        401: "иска вход",
        403: "отказва достъп",
        404: "няма такъв адрес",
        410: "адресът е премахнат",
    }
    why = f"Сървърът отговори {status}: {reason.get(status, 'заявката не се приема')}."
    fix = "Проверете адреса в браузър." if status in {404, 410} else "Попитайте издателя за достъп."
    code = {401: "forbidden", 403: "forbidden", 410: "gone"}.get(status, "missing")
    return Failed(request, BadInput(what, why, fix), code, None, status, ways)


def retry_after(text: str, date: str = "") -> int | None:
    """Seconds of a Retry-After header, a number or a date (RFC 9110 §10.2.3), at most a day.

    A date counts from the server's own `Date`, so that a wrong clock of either side does no harm.
    """
    text = text.strip()
    if re.fullmatch(r"\d{1,9}", text):
        return min(int(text), LONGEST_WAIT)
    until, said = _http_date(text), _http_date(date)
    if until is None or said is None:
        return None
    return min(max(int((until - said) / timedelta(seconds=1)), 0), LONGEST_WAIT)


def _http_date(text: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def _slow(url: str, seconds: float) -> Unavailable:
    return Unavailable(
        f"„{url[:200]}“ не отговори навреме.",
        f"Няма пълен отговор за {seconds:g} секунди.",
        "Опитайте пак по-късно или вдигнете collect.timeout_seconds.",
        retry=Retry.SOON,
    )


def _dead(url: str, cause: Exception) -> Unavailable:
    return Unavailable(
        f"„{url[:200]}“ не може да се достигне.",
        f"Връзката не се осъществи ({type(cause).__name__}: {str(cause)[:160]}).",
        "Проверете адреса и мрежата; следващото събиране ще опита пак.",
    )


def _looping(url: str, hops: int) -> BadInput:
    return BadInput(
        f"„{url[:200]}“ препраща без край.",
        f"След {hops} препращания още няма съдържание.",
        "Отворете адреса в браузър и добавете крайния.",
    )


def _nowhere(url: str) -> BadInput:
    return BadInput(
        f"„{url[:200]}“ препраща наникъде.",
        "Отговорът е препращане без годен адрес.",
        "Отворете адреса в браузър и добавете крайния.",
    )
