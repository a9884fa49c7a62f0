"""What a request is and what comes of it: an answer, or a failure that says what, why and fix.

Everything a person reads of the network is worded here; the library's own words go to the log.
"""

from __future__ import annotations

import logging
import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from digest.bulgarian.typography import count
from digest.clock import SystemClock
from digest.errors import BadInput, DigestError, Refused, Retry, Unavailable, cause_of

log = logging.getLogger(__name__)

LONGEST_WAIT = 86_400
"""Seconds of the longest Retry-After that is believed."""


@dataclass(frozen=True, slots=True)
class Request:
    """An address to fetch, the validators of the last visit, and what may be private.

    `trusted` holds `host:port` of places that a person typed. A `page` is asked for only where
    robots.txt allows, on every hop; a feed is published to be fetched.
    """

    url: str
    etag: str | None = None
    last_modified: str | None = None
    trusted: frozenset[str] = frozenset()
    page: bool = False


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
    """What went wrong for one request; `retry_after` in seconds when the server named it.

    `url` is the address that said so, when a redirect or robots.txt made it another one. `asked`
    is false for a request that was never made, because its host was left alone by then.
    """

    request: Request
    error: DigestError
    code: str = "network"
    retry_after: int | None = None
    status: int = 0
    redirects: tuple[tuple[int, str], ...] = ()
    url: str = ""
    asked: bool = True


def no_content(
    request: Request,
    url: str,
    status: int,
    headers: Mapping[str, str],
    ways: tuple[tuple[int, str], ...],
) -> Failed:
    """The failure that an answer without what was asked for is."""
    after = retry_after(headers.get("retry-after", ""), headers.get("date", ""))
    code, error = _status_words(url, status, after)
    wait = after if status in {429, 503} or status >= 500 else None
    return Failed(request, error, code, wait, status, ways, url)


_REASONS = {
    206: "дава само част от съдържанието",
    304: "„без промяна“, без да е питан за промяна",
    401: "иска вход",
    403: "отказва достъп",
    404: "няма такъв адрес",
    410: "адресът е премахнат",
}
_CODES = {206: "unavailable", 304: "unavailable", 401: "forbidden", 403: "forbidden", 410: "gone"}


def _status_words(url: str, status: int, after: int | None) -> tuple[str, DigestError]:
    what = f"„{url[:200]}“ не даде съдържание."
    asked = _span(after) if after else ""
    wait = f" Сървърът моли да се изчака {asked} (Retry-After)." if asked else ""
    if status in {429, 503}:
        why = f"Сървърът отговори {status}: твърде много заявки или претоварване.{wait}"
        code = "rate-limited" if status == 429 else "unavailable"
        return code, Unavailable(what, why, "Следващото събиране ще опита пак.")
    if status >= 500:
        why = f"Сървърът отговори {status}.{wait}"
        return "unavailable", Unavailable(what, why, "Опитайте пак по-късно.")
    why = f"Сървърът отговори {status}: {_REASONS.get(status, 'заявката не се приема')}."
    fix = (
        "Попитайте издателя за достъп."
        if status not in {206, 304, 404, 410}
        else "Проверете адреса в браузър."
    )
    return _CODES.get(status, "missing"), BadInput(what, why, fix)


def _span(seconds: int) -> str:
    """„90 секунди“, „15 минути“, „24 часа“; longer ones rounded up."""
    if seconds >= 7200:
        return count(-(-seconds // 3600), "час")
    return count(-(-seconds // 60), "минута") if seconds >= 120 else count(seconds, "секунда")


def retry_after(text: str, date: str = "", now: datetime | None = None) -> int | None:
    """Seconds of a Retry-After header, a number or a date (RFC 9110 §10.2.3), at most a day.

    A date counts from the server's own `Date`, so that a wrong clock of either side does no harm;
    from `now` (our clock) when the server names none.
    """
    text = text.strip()
    if re.fullmatch(r"[0-9]{1,9}", text):
        return min(int(text), LONGEST_WAIT)
    until = _http_date(text)
    if until is None:
        return None
    said = _http_date(date) or now or SystemClock().now()
    return min(max(int((until - said) / timedelta(seconds=1)), 0), LONGEST_WAIT)


def _http_date(text: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


def slow(url: str, seconds: float) -> Unavailable:
    """No whole answer in time."""
    return Unavailable(
        f"„{url[:200]}“ не отговори навреме.",
        f"Няма пълен отговор за {seconds:g} секунди.",
        "Опитайте пак по-късно или вдигнете collect.timeout_seconds.",
        retry=Retry.SOON,
    )


def dead(url: str, cause: Exception) -> Unavailable:
    """No connection, or one that broke."""
    log.info("%s: %s: %s", url[:200], type(cause).__name__, cause)
    return Unavailable(
        f"„{url[:200]}“ не може да се достигне.",
        f"{_cause(cause)}.",
        "Проверете адреса и мрежата; следващото събиране ще опита пак.",
    )


def _cause(cause: Exception) -> str:
    """A Bulgarian clause for what the client met; the log has the client's own words."""
    import aiohttp

    table: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], str], ...] = (
        (aiohttp.ClientProxyConnectionError, "Прокси сървърът (collect.proxy) не отговаря"),
        (aiohttp.ClientHttpProxyError, "Прокси сървърът (collect.proxy) отказа заявката"),
        (aiohttp.ClientConnectorDNSError, "Няма сървър с такова име"),
        (
            (aiohttp.ClientConnectorCertificateError, ssl.SSLCertVerificationError),
            "Сертификатът на сървъра не е за това име, изтекъл е или е издаден от непознат",
        ),
        ((aiohttp.ClientSSLError, ssl.SSLError), "Защитената връзка (TLS) не се установи"),
        (
            (aiohttp.ServerDisconnectedError, ConnectionResetError, BrokenPipeError),
            "Сървърът прекъсна връзката",
        ),
        (aiohttp.ClientPayloadError, "Отговорът прекъсна по средата"),
        ((aiohttp.InvalidURL, UnicodeError), "Адресът не е по правилата"),
        (aiohttp.ClientResponseError, "Отговорът не е по правилата на HTTP"),
    )
    if isinstance(cause, aiohttp.ClientError) and "content-encoding" in str(cause).lower():
        return "Отговорът е повреден или е в неподдържано кодиране"
    for kinds, words in table:
        if isinstance(cause, kinds):
            return words
    number = cause if isinstance(cause, OSError) else None
    inner = getattr(cause, "os_error", number)
    if isinstance(inner, OSError) and inner.errno:
        return f"Връзката не се осъществи: {cause_of(inner)}"
    return "Връзката не се осъществи"


def looping(url: str, hops: int) -> BadInput:
    """More redirects than are followed."""
    times = f"{hops} път" if hops == 1 else f"{hops} пъти"
    return BadInput(
        f"„{url[:200]}“ препраща без край.",
        f"Адресът препрати {times} и още няма съдържание.",
        "Отворете адреса в браузър и добавете крайния.",
    )


def nowhere(url: str) -> BadInput:
    """A redirect without an address that can be followed."""
    return BadInput(
        f"„{url[:200]}“ препраща наникъде.",
        "Отговорът е препращане без годен адрес.",
        "Отворете адреса в браузър и добавете крайния.",
    )


def too_large(url: str, limit: int) -> BadInput:
    """A body beyond the limit of bytes."""
    return BadInput(
        f"„{url[:200]}“ е твърде голям.",
        f"Отговорът надхвърля {limit // 1000} KB.",
        "Проверете адреса; ако е верен, вдигнете collect.max_bytes.",
    )


def down(host: str, last: Failed) -> Unavailable:
    """A host that broke twice in a row."""
    return Unavailable(
        f"„{host}“ не отговаря.",
        f"Две поредни заявки не успяха; последната: {last.error.why}",
        "Останалите адреси на сайта се пропускат; следващото събиране ще опита пак.",
    )


def over_budget(host: str, seconds: float) -> Unavailable:
    """A host that has had its share of the round."""
    return Unavailable(
        f"„{host}“ изчерпа времето си в това събиране.",
        f"На един сайт се дават {seconds:g} секунди на събиране (collect.host_seconds).",
        "Останалото ще се прочете при следващото събиране.",
    )


def closed(url: str, why: str) -> Refused:
    """A page that robots.txt closes."""
    return Refused(
        f"„{url[:200]}“ не се чете.",
        why,
        "Добавете емисия на сайта или поискайте разрешение от издателя.",
    )
