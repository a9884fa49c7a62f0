"""What is at an address, before it becomes a source: a feed, a page that names feeds, a listing.

`look` fetches the address once, follows what its page declares (autodiscovery by `<link>`, news
maps in robots.txt, and the usual places when nothing is declared), and proposes one source. Only
what really was fetched and read is proposed. Nothing is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from digest.collect import repair
from digest.collect.address import absolute, identity_key, origin_of, path_and_query, same_site
from digest.collect.feed import Feed, read_feed
from digest.collect.feedformats import sitemap_index
from digest.collect.fetch import Failed, Fetched, Request, fetch_now
from digest.collect.guard import trust_of
from digest.collect.listing import article_links
from digest.collect.markup import Element, elements, parse, text_of
from digest.collect.plain import one_line
from digest.collect.robots import sitemaps
from digest.collect.sniff import sniff
from digest.errors import BadInput
from digest.model import Entry
from digest.settings import Collect

USUAL = ("/rss", "/feed", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml")
"""Where feeds stand when a page declares none."""
MOST = 8
"""Addresses of possible feeds that are tried."""
LISTED = 5
"""Article links that make a page a listing."""
_TYPES = re.compile(r"(?i)^\s*application/(?:rss|atom|rdf)\+xml|^\s*application/feed\+json")
_NAMED = re.compile(r"(?i)(?:^|\W)(?:rss|atom|емисия)(?:\W|$)")
_PLACED = re.compile(r"(?i)(?:/(?:rss|feed|atom)/?|\.(?:rss|atom|rdf))(?:$|\?)")
_ASIDE = re.compile(r"(?i)comment|коментар|/tag/|podcast|/forum")
"""Feeds beside the news: of comments, tags, broadcasts."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible source as it reads now.

    `kind`: rss, atom, rdf, json, sitemap, xml, listing or page. `entries` in its order.
    """

    url: str
    kind: str
    title: str = ""
    entries: tuple[Entry, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def is_feed(self) -> bool:
        return self.kind not in {"listing", "page"}


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at an address gave: how it answered, what is proposed, what else there is.

    `failed` are declared feeds that cannot be read, each with why; `elsewhere` those that the
    page declares on another site, which are not tried.
    """

    asked: str
    answer: Fetched
    proposal: Candidate
    others: tuple[Candidate, ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    elsewhere: tuple[str, ...] = ()


def look(url: str, limits: Collect, *, now: datetime, zone: str) -> Look:
    """Looks at an address that a person typed. Raises the fetch's error, or `BadInput`."""
    reader = _Reader(limits, now, zone, trust_of(url))
    answer = reader.get([url])[0]
    if isinstance(answer, Failed):
        raise answer.error
    if not answer.body.strip():
        raise _nothing(url, "Отговорът е празен.")
    if sniff(answer.body, answer.headers.get("content-type", "")) == "feed":
        proposal = reader.feed(answer)
        return Look(url, answer, replace(proposal, url=_lasting(answer)))
    return _page(url, answer, reader)


def _page(url: str, answer: Fetched, reader: _Reader) -> Look:
    """A page: the best of its feeds, else the page itself as a listing or an article."""
    declared, elsewhere = _declared(answer)
    found, failed = reader.feeds(declared)
    if all(not one.entries or _is_aside(one) for one in found):
        more, _ = reader.feeds([one for one in reader.undeclared(answer) if one not in declared])
        found += more
    found = [one for one in found if one.entries]
    links = article_links(answer.body, source=url, url=answer.url, limit=200)
    here = Candidate(_lasting(answer), "listing" if len(links) >= LISTED else "page", "",
                     tuple(links))  # fmt: skip
    if not found:
        return Look(url, answer, here, (), failed, elsewhere)
    best = min(found, key=lambda one: _rank(one, answer.url))
    if _is_aside(best) and here.kind == "listing":
        return Look(url, answer, here, tuple(found), failed, elsewhere)
    others = [one for one in found if one is not best]
    if here.kind == "listing":
        others.append(here)
    return Look(url, answer, best, tuple(others), failed, elsewhere)


def _is_aside(one: Candidate) -> bool:
    return bool(_ASIDE.search(one.url) or _ASIDE.search(one.title))


def _rank(one: Candidate, page: str) -> tuple[bool, bool, bool]:
    """Smaller is better: no feed of comments, the page's own section, feeds before maps."""
    section = path_and_query(page)[0].strip("/")
    outside = bool(section) and section not in path_and_query(one.url)[0]
    return _is_aside(one), outside, one.kind == "sitemap"


def _lasting(answer: Fetched) -> str:
    """The address to keep: the final one when every redirect on the way is permanent."""
    lasting = all(status in {301, 308} for status, _ in answer.redirects)
    return answer.url if lasting else answer.request.url


def _declared(answer: Fetched) -> tuple[list[str], tuple[str, ...]]:
    """Feeds that a page names, in its head first (rssboard.org/rss-autodiscovery), in order.

    Those on its own site, then those that its head names on another.
    """
    try:
        tree = parse(repair.decode(answer.body, answer.headers).text)
    except BadInput:
        return [], ()
    base = _base(tree, answer.url)
    head = [
        absolute(link.get("href") or "", base)
        for link in elements(tree, "link")
        if "alternate" in (link.get("rel") or "").lower().split()
        and _TYPES.match(link.get("type") or "")
    ]
    found = head + [
        absolute(link.get("href") or "", base)
        for link in elements(tree, "a")
        if _NAMED.search(text_of(link)[:40]) or _PLACED.search(link.get("href") or "")
    ]
    site = [one for one in dict.fromkeys(found) if one and same_site(one, answer.url)]
    other = dict.fromkeys(one for one in head if one and not same_site(one, answer.url))
    mine = [one for one in site if identity_key(one) != identity_key(answer.url)]
    return mine[:MOST], tuple(other)[:MOST]


def _base(tree: Element, url: str) -> str:
    stated = next((e.get("href") or "" for e in elements(tree, "base")), "")
    return absolute(stated, url) or url


class _Reader:
    """Fetches and reads possible feeds under one trust."""

    def __init__(self, limits: Collect, now: datetime, zone: str, trusted: frozenset[str]) -> None:
        self._limits, self._now, self._zone, self._trusted = limits, now, zone, trusted

    def get(self, urls: Sequence[str]) -> list[Fetched | Failed]:
        return fetch_now([Request(url, trusted=self._trusted) for url in urls], self._limits)

    def feed(self, answer: Fetched) -> Candidate:
        """The feed in an answer; a map of maps with what its maps hold. Raises `BadInput`."""
        maps = sitemap_index(repair.text_of(answer.body))
        if not maps:
            return self._candidate(answer.request.url, self._read(answer))
        read = [one for one in self._good(self.get(maps)) if one.entries]
        if not read:
            raise _nothing(answer.request.url, "Картата сочи към карти, които не се четат.")
        entries = tuple(entry for one in read for entry in one.entries)
        warnings = tuple(dict.fromkeys(text for one in read for text in one.warnings))
        return Candidate(answer.request.url, "sitemap", "", entries, warnings)

    def feeds(self, urls: Sequence[str]) -> tuple[list[Candidate], tuple[tuple[str, str], ...]]:
        """Those of the addresses that are feeds, and why the others are none."""
        found: list[Candidate] = []
        failed: list[tuple[str, str]] = []
        for url, answer in zip(urls, self.get(urls) if urls else [], strict=True):
            if isinstance(answer, Failed):
                failed.append((url, answer.error.why))
                continue
            try:
                found.append(self.feed(answer))
            except BadInput as error:
                failed.append((url, error.why))
        return found, tuple(failed)

    def _good(self, answers: Sequence[Fetched | Failed]) -> Iterator[Candidate]:
        for answer in answers:
            if isinstance(answer, Fetched):
                try:
                    yield self._candidate(answer.request.url, self._read(answer))
                except BadInput:
                    continue  # one map of several; the others say what there is

    def undeclared(self, answer: Fetched) -> list[str]:
        """Where feeds may stand though the page names none: news maps, then the usual places."""
        origin = origin_of(answer.url)
        said = self.get([f"{origin}/robots.txt"])[0]
        maps = sitemaps(said.body) if isinstance(said, Fetched) else []
        news = [one for one in maps if re.search(r"(?i)news|novini|google", one)]
        usual = [f"{origin}{path}" for path in USUAL]
        return [*[one for one in news if same_site(one, answer.url)][:2], *usual][:MOST]

    def _read(self, answer: Fetched) -> Feed:
        return read_feed(
            answer.body,
            source=answer.request.url,
            base_url=answer.url,
            headers=answer.headers,
            zone=self._zone,
            now=self._now,
        )

    def _candidate(self, url: str, feed: Feed) -> Candidate:
        return Candidate(url, feed.kind, one_line(feed.title)[:200], feed.entries, feed.warnings)


def _nothing(url: str, why: str) -> BadInput:
    return BadInput(
        f"На „{url[:200]}“ няма какво да се чете.", why, "Отворете адреса в браузър и проверете го."
    )
