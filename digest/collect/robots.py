"""robots.txt for pages (RFC 9309); a feed is published to be fetched and is not asked about.

An answer of 4xx allows everything, 5xx or silence forbids for this round (RFC 9309 §2.3.1), and a
page of HTML in its place has no rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from digest.collect.address import origin_of
from digest.collect.fetch import Failed, Fetched, Request


class _Rules(Protocol):
    def can_fetch(self, url: str, user_agent: str) -> bool: ...

    def crawl_delay(self, user_agent: str) -> float | None: ...


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of the origins of one round. An origin that was not asked allows everything."""

    agent: str
    rules: Mapping[str, _Rules | None] = field(default_factory=dict)

    def allows(self, url: str) -> bool:
        origin = origin_of(url)
        if origin not in self.rules:
            return True
        rules = self.rules[origin]
        return rules is not None and rules.can_fetch(url, self.agent)

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

    rules: dict[str, _Rules | None] = {}
    for answer in answers:
        origin = origin_of(answer.request.url)
        if isinstance(answer, Fetched):
            text = answer.body[:500_000].decode("utf-8", "replace")
            rules[origin] = Protego.parse("" if text.lstrip().startswith("<") else text)
        elif answer.code in {"gone", "forbidden"}:
            rules[origin] = Protego.parse("")
        else:
            rules[origin] = None
    return Robots(user_agent.partition("/")[0], rules)
