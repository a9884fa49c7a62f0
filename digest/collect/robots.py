"""robots.txt for pages (RFC 9309); a feed is published to be fetched and is not asked about.

An answer of 4xx allows everything, 5xx or silence forbids for this round (RFC 9309 §2.3.1), and a
page of HTML in its place has no rules. An origin that leads inside is refused as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from digest.collect.address import origin_of
from digest.collect.fetch import Failed, Fetched, Request

LARGEST = 500_000
"""Bytes of a file that are read at least and at most (RFC 9309 §2.5 asks for 500 KiB)."""
ALLOWING = frozenset({"gone", "forbidden", "missing"})
"""Codes of the answers 400–499: there are no rules (RFC 9309 §2.3.1.3)."""


class _Rules(Protocol):
    def can_fetch(self, url: str, user_agent: str) -> bool: ...

    def crawl_delay(self, user_agent: str) -> float | None: ...


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of the origins of one round. An origin that was not asked allows everything.

    `silent` holds, by origin, why there are no rules and nothing may be fetched.
    """

    agent: str
    rules: Mapping[str, _Rules] = field(default_factory=dict)
    silent: Mapping[str, Failed] = field(default_factory=dict)

    def allows(self, url: str) -> bool:
        return not self.refusal(url)[0]

    def refusal(self, url: str) -> tuple[str, str]:
        """Why a page may not be fetched: a code and a Bulgarian sentence; empty when it may.

        The code is `robots` for a rule, and the failure's own when the file could not be had.
        """
        origin = origin_of(url)
        failed = self.silent.get(origin)
        if failed is not None:
            return failed.code, f"robots.txt на сайта не се чете: {failed.error.why}"
        rules = self.rules.get(origin)
        if rules is not None and not rules.can_fetch(url, self.agent):
            return "robots", "Издателят не допуска роботи до нея (robots.txt)."
        return "", ""

    def delay(self, url: str) -> float:
        """Seconds to wait between two pages of the host, 0 when it asks for none."""
        rules = self.rules.get(origin_of(url))
        return float(rules.crawl_delay(self.agent) or 0) if rules is not None else 0.0


def requests_for(urls: Iterable[str], trusted: Mapping[str, frozenset[str]]) -> list[Request]:
    """One request of robots.txt for each origin; `trusted` by origin as typed."""
    origins = sorted({origin_of(url) for url in urls})
    return [Request(f"{o}/robots.txt", trusted=trusted.get(o, frozenset())) for o in origins]


def read_robots(answers: Iterable[Fetched | Failed], user_agent: str) -> Robots:
    """Rules by origin from the answers to `requests_for`."""
    from protego import Protego

    rules: dict[str, _Rules] = {}
    silent: dict[str, Failed] = {}
    for answer in answers:
        origin = origin_of(answer.request.url)
        if isinstance(answer, Fetched):
            rules[origin] = Protego.parse(_text(answer.body))
        elif answer.code not in ALLOWING:
            silent[origin] = answer
    return Robots(user_agent.partition("/")[0], rules, silent)


def _text(body: bytes) -> str:
    """The rules' text; a page of HTML in their place has none."""
    text = body[:LARGEST].decode("utf-8", "replace").removeprefix("\ufeff")
    return "" if text.lstrip().startswith("<") else text


def sitemaps(body: bytes) -> list[str]:
    """The maps of a site that its robots.txt names (sitemaps.org, „Submitting“), in order."""
    found = re.findall(r"(?im)^\s*sitemap\s*:\s*(\S+)", _text(body))
    return list(dict.fromkeys(found))
