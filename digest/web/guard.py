"""What stands before every page: forged requests, huge bodies, safe headers, no tracebacks.

One ASGI layer around the whole site. A request that changes something must come from our own
page: `Sec-Fetch-Site` says so, or else `Origin` names our host; a browser always sends one of
them with a POST from elsewhere. Two exceptions, neither of which reads a cookie: the RFC 8058
one-click POST of mail providers, whose address is signed, and the hooks, whose body is.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from fastapi import Request, Response

from digest.errors import BadInput, DigestError, Forbidden

log = logging.getLogger(__name__)

MAX_BODY = 64 * 1024
"""Bytes. The largest form here is the preferences page, under 4 KB even as multipart."""

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
SIGNED = re.compile(r"/leave/[^/]+|/hooks/[a-z]+")
"""Addresses whose POST is proven by a signature of its own."""

PAGE_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "frame-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data: https:; "
    "font-src 'self'; base-uri 'none'; form-action 'none'; "
)
"""For a document made for mail: inline styles, pictures, and never a script."""

HEADERS = {
    "content-security-policy": PAGE_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not `no-referrer`: that turns the Origin of our own forms into `null`. A token in an
    # address still reaches no other site.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "cache-control": "no-store",
}
HSTS = "max-age=31536000"

Scope: TypeAlias = MutableMapping[str, Any]
Message: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[Message]]
Send: TypeAlias = Callable[[Message], Awaitable[None]]
ASGIApp: TypeAlias = Callable[[Scope, Receive, Send], Awaitable[None]]
"""The interface under every Python web framework (asgi.readthedocs.io)."""

Problem = Callable[[Request, int, DigestError], Response]


class TooLarge(BadInput):
    """The body is beyond `MAX_BODY`."""

    def __init__(self) -> None:
        super().__init__(
            "Изпратеното е твърде голямо.",
            f"Тази страница приема най-много {MAX_BODY // 1024} KB.",
            "Върнете се и изпратете само полетата от формуляра.",
        )


class Guard:
    """The outermost layer of the site; `problem` draws a page for what it turns away."""

    def __init__(self, inner: ASGIApp, problem: Problem) -> None:
        self._inner = inner
        self._problem = problem

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inner(scope, receive, send)
            return
        answer = _Answer(send, secure=scope["scheme"] == "https")
        request = Request(scope)
        refusal = _refusal(request)
        if refusal is not None:
            status, error = refusal
            await self._problem(request, status, error)(scope, receive, answer)
            return
        try:
            await self._inner(scope, _Limited(receive), answer)
        except TooLarge as error:
            await self._fail(request, 413, error, answer)
        except Exception:
            # Because this is the outermost layer: the cause goes to the log, a page to the person.
            log.exception("%s %s failed", scope["method"], _masked(scope["path"]))
            await self._fail(request, 500, _fault(), answer)

    async def _fail(self, request: Request, status: int, error: DigestError, send: _Answer) -> None:
        if not send.started:
            page = self._problem(request, status, error)
            await page(request.scope, request.receive, send)


class _Limited:
    """Counts what arrives, so that a body without a length is cut too."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._taken = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._taken += len(message.get("body", b""))
        if self._taken > MAX_BODY:
            raise TooLarge
        return message


class _Answer:
    """Adds the safe headers a page did not set itself."""

    def __init__(self, send: Send, *, secure: bool) -> None:
        self._send = send
        self._secure = secure
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            wanted = {**HEADERS, "strict-transport-security": HSTS} if self._secure else HEADERS
            own = {name.lower() for name, _ in message["headers"]}
            ours = ((name.encode(), value.encode()) for name, value in wanted.items())
            message["headers"] = [*message["headers"], *(one for one in ours if one[0] not in own)]
        await self._send(message)


def _refusal(request: Request) -> tuple[int, DigestError] | None:
    """Status and reason when the request may not pass."""
    length = request.headers.get("content-length", "0")
    if not length.isdigit() or int(length) > MAX_BODY:
        return 413, TooLarge()
    if request.method in SAFE_METHODS or _is_signed(request) or from_here(request.headers):
        return None
    log.warning("a forged %s was turned away", request.method)
    return 403, Forbidden(
        "Заявката не беше приета.",
        "Тя не идва от наша страница, затова нищо не е променено.",
        "Отворете страницата отново и повторете действието от нея.",
    )


def _is_signed(request: Request) -> bool:
    return request.method == "POST" and SIGNED.fullmatch(request.url.path) is not None


def from_here(headers: Mapping[str, str]) -> bool:
    """True when a browser vouches that the request comes from this site's own page."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin, host = headers.get("origin"), headers.get("host")
    return bool(origin and host) and urlsplit(origin or "").netloc == host


def _masked(path: str) -> str:
    """A path for the log, without the token that would let its reader act."""
    return re.sub(r"^/(leave|predpochitania)/[^/]+", r"/\1/…", path)


def _fault() -> DigestError:
    return DigestError(
        "Страницата не можа да се направи.",
        "Стана вътрешна грешка; подробностите са в дневника на сървъра.",
        "Опитайте отново след минута. Ако се повтори, пишете на администратора.",
    )
