"""A trial of a possible source: five entries as they would be read, and what is wrong with it.

The entries go through the same round as every morning, with nothing stored, so that what is shown
is what would be collected. Problems are named with a code and a Bulgarian sentence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from digest.bulgarian.typography import count
from digest.collect.address import hostname, identity_key, same_site
from digest.collect.assemble import Desk
from digest.collect.discover import Candidate, Look
from digest.collect.guard import is_private_host
from digest.collect.round import Harvest, Round, collect
from digest.model import Article, Entry, Rights, Source, SourceId
from digest.settings import Collect

SHOWN = 5
SILENT = timedelta(days=30)
"""A feed whose newest entry is older than this has probably been given up."""
SAME_MOMENT = timedelta(minutes=2)
"""Entries dated within so little of each other carry the moment when the feed was made."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A stable code and a Bulgarian sentence."""

    code: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry as it would be read: the article, or the reason why there is none."""

    url: str
    title: str
    article: Article | None = None
    reason_code: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a source gave when it was tried."""

    shown: tuple[Shown, ...]
    problems: tuple[Problem, ...]


def trial(source: Source, desk: Desk, limits: Collect, home: Path, seen: Look | None) -> Trial:
    """Reads a source once as a round would and says what it is like. Keeps nothing.

    `seen` is the look that proposed it, None for a folder or a mailbox. Raises the error with
    which the source as a whole failed.
    """
    few = limits.model_copy(update={"pages_per_source": SHOWN, "workers": 1})
    harvest = collect([source], Round(few, home, desk))
    failed = next((visit.error for visit in harvest.visits if visit.error is not None), None)
    if failed is not None:
        raise failed
    entries = seen.proposal.entries if seen is not None else ()
    shown = _shown(entries, harvest)
    problems = [*(_of_look(seen, desk.now) if seen else ()), *_of_reading(shown)]
    return Trial(shown, tuple(problems))


def trial_source(url: str, kind: str, zone: str) -> Source:
    """A source that stands in no list; licensed, so that all of a text is read."""
    name = hostname(url) or url.rpartition("/")[2] or url
    return Source(SourceId("check"), url, Rights.LICENSED, name, kind=kind, timezone=zone)


def _shown(entries: Sequence[Entry], harvest: Harvest) -> tuple[Shown, ...]:
    """The first entries with what became of each; without entries the first articles."""
    read = [Shown(one.url or one.canonical_url, one.title, one) for one in harvest.articles]
    left = [
        Shown(one.url, one.title, None, one.reason_code, one.reason) for one in harvest.rejected
    ]
    if not entries:
        return tuple([*read, *left][:SHOWN])
    by_key = {identity_key(one.url): one for one in [*left, *read]}
    by_title = {one.title: one for one in [*left, *read]}
    first = (by_key.get(identity_key(e.url)) or by_title.get(e.title) for e in entries[:SHOWN])
    found = tuple(one for one in first if one is not None)
    return found or tuple([*read, *left][:SHOWN])


# ---- what is wrong


def _of_look(seen: Look, now: datetime) -> Iterator[Problem]:
    yield from _of_address(seen)
    for url, why in seen.failed:
        yield Problem("feed-broken", f"Страницата обявява емисия „{url}“, но тя не се чете: {why}")
    for url in seen.elsewhere:
        said = (
            f"Страницата обявява емисия на друг сайт: „{url}“. Ако е на изданието, проверете нея."
        )
        yield Problem("feed-elsewhere", said)
    proposal = seen.proposal
    yield from (Problem("repaired", text) for text in proposal.warnings)
    if proposal.is_feed and not proposal.entries:
        yield Problem("empty", "Емисията няма нито един запис.")
    if proposal.is_feed:
        yield from _of_dates(proposal, now)
        yield from _of_links(proposal)


def _of_address(seen: Look) -> Iterator[Problem]:
    answer, proposal = seen.answer, seen.proposal
    if answer.redirects and proposal.url == answer.url:
        yield Problem("moved", f"Адресът е преместен трайно на „{answer.url}“; предлага се новият.")
    elif answer.redirects:
        yield Problem("redirects", f"Адресът препраща временно към „{answer.url}“.")
    if proposal.url.startswith("http://") and not is_private_host(proposal.url):
        yield Problem("plain-http", "Връзката не е защитена: адресът е http, а не https.")


def _of_dates(proposal: Candidate, now: datetime) -> Iterator[Problem]:
    dates = [one.published_at for one in proposal.entries if one.published_at is not None]
    missing = len(proposal.entries) - len(dates)
    if missing:
        yield Problem(
            "undated",
            f"Без дата: {count(missing, 'запис')} от {len(proposal.entries)}. "
            "Датата им ще се търси на страниците.",
        )
    if not dates:
        return
    newest = max(dates)
    if now - newest > SILENT:
        yield Problem("silent", f"Най-новият запис е от {newest:%d.%m.%Y} г.")
    if len(dates) > SHOWN and newest - min(dates) < SAME_MOMENT:
        yield Problem("same-date", "Всички записи носят едно и също време; то не е на новините.")


def _of_links(proposal: Candidate) -> Iterator[Problem]:
    hosts = Counter(hostname(one.url) for one in proposal.entries if one.url)
    without = sum(1 for one in proposal.entries if not one.url)
    if without:
        yield Problem("no-links", f"Без адрес на страница: {count(without, 'запис')}.")
    if hosts:
        host, times = hosts.most_common(1)[0]
        if times * 2 > len(proposal.entries) and not same_site(f"https://{host}/", proposal.url):
            yield Problem("other-site", f"Записите водят към друг сайт: „{host}“.")


def _of_reading(shown: Sequence[Shown]) -> Iterator[Problem]:
    for reason, times in Counter(one.reason for one in shown if one.article is None).items():
        code = next(one.reason_code for one in shown if one.reason == reason)
        yield Problem(f"unread-{code}", f"Не {_become(times)}: {reason}")
    articles = [one.article for one in shown if one.article is not None]
    partial = sum(one.partial for one in articles)
    if partial:
        yield Problem("partial", f"Само откъс, без целия текст: {count(partial, 'статия')}.")
    undated = sum(one.published_at is None for one in articles)
    if undated:
        yield Problem("date-unknown", f"С неизвестна дата: {count(undated, 'статия')}.")
    languages = Counter(one.language for one in articles if one.language != "bg")
    for code, times in languages.items():
        yield Problem("language", f"На друг език ({code}): {count(times, 'статия')}.")


def _become(times: int) -> str:
    return "става статия 1 запис" if times == 1 else f"стават статии {count(times, 'запис')}"
