"""robots.txt for pages (RFC 9309); a feed is published to be fetched and is not asked about.

An answer of 4xx allows everything, 5xx or silence forbids for this round (RFC 9309 §2.3.1), and a
page of HTML in its place has no rules. An origin that leads inside is refused as such.
"""

from __future__ import annotations

import re
from typing import Protocol

from digest.collect.address import origin_of
from digest.collect.answers import Failed, Fetched, Request, closed

LARGEST = 500_000
"""Bytes of a file that are read at least and at most (RFC 9309 §2.5 asks for 500 KiB)."""
ALLOWING = frozenset({"gone", "forbidden", "missing"})
"""Codes of the answers 400–499: there are no rules (RFC 9309 §2.3.1.3)."""


class _Rules(Protocol):
    def can_fetch(self, url: str, user_agent: str) -> bool: ...

    def crawl_delay(self, user_agent: str) -> float | None: ...


class Robots:
    """The rules of the origins that one round has met."""

    def __init__(self, user_agent: str) -> None:
        self._agent = user_agent.partition("/")[0]
        self._rules: dict[str, _Rules] = {}
        self._silent: dict[str, Failed] = {}

    def knows(self, url: str) -> bool:
        """True when the origin of an address was asked for its rules."""
        origin = origin_of(url)
        return origin in self._rules or origin in self._silent

    def learn(self, answer: Fetched | Failed) -> None:
        """Takes the answer to `request_of`."""
        from protego import Protego

        origin = origin_of(answer.request.url)
        if isinstance(answer, Failed) and answer.code not in ALLOWING:
            self._silent[origin] = answer
        else:
            text = _text(answer.body) if isinstance(answer, Fetched) else ""
            self._rules[origin] = Protego.parse(text)

    def allows(self, url: str) -> bool:
        """True when a page may be fetched; an origin that was not asked allows everything."""
        return not self._refusal(url)[0]

    def failure(self, request: Request, url: str) -> Failed | None:
        """Why a page may not be fetched, as the failure of its request.

        The code is `robots` for a rule, and the failure's own when the file could not be had.
        """
        code, why = self._refusal(url)
        if not code:
            return None
        silent = self._silent.get(origin_of(url))
        if silent is None:
            return Failed(request, closed(url, why), code)
        return Failed(
            request,
            closed(url, why),
            code,
            silent.retry_after,
            url=silent.url or silent.request.url,
        )

    def _refusal(self, url: str) -> tuple[str, str]:
        origin = origin_of(url)
        silent = self._silent.get(origin)
        if silent is not None:
            return silent.code, f"robots.txt на сайта не се чете: {silent.error.why}"
        rules = self._rules.get(origin)
        if rules is not None and not rules.can_fetch(url, self._agent):
            return "robots", "Издателят не допуска роботи до нея (robots.txt)."
        return "", ""

    def delay(self, url: str) -> float:
        """Seconds to wait between two pages of the host, 0 when it asks for none."""
        rules = self._rules.get(origin_of(url))
        return float(rules.crawl_delay(self._agent) or 0) if rules is not None else 0.0


def request_of(url: str, trusted: frozenset[str]) -> Request:
    """The request of the rules for an address."""
    return Request(f"{origin_of(url)}/robots.txt", trusted=trusted)


def _text(body: bytes) -> str:
    """The rules' text; a page of HTML in their place has none."""
    text = body[:LARGEST].decode("utf-8", "replace").removeprefix("\ufeff")
    return "" if text.lstrip().startswith("<") else text


def sitemaps(body: bytes) -> list[str]:
    """The maps of a site that its robots.txt names (sitemaps.org, „Submitting“), in order."""
    found = re.findall(r"(?im)^\s*sitemap\s*:\s*(\S+)", _text(body))
    return list(dict.fromkeys(found))
