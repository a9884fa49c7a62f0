"""Collecting: what the sources have now, kept as articles with their versions and raw bytes."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from digest.actions.app import App
from digest.actions.sources import hide_users
from digest.addresses import masked, masked_in
from digest.errors import Conflict, DigestError

if TYPE_CHECKING:
    from digest.collect.round import Altered, Batch, Rejected, Round, Visit
    from digest.gathered import Known
    from digest.model import Article, ArticleId, Source
    from digest.store.work import Work

log = logging.getLogger(__name__)

Progress = Callable[[str], None]

LAST = "collect.last"
"""The mark with the moment of the last whole round."""
HOUSEKEEPING = "collect.housekeeping"
"""The mark with the day on which old raw documents, keys and visits were last dropped."""
VISITS_KEPT = timedelta(days=90)
"""A quarter: visits tell the last error and a run of failures. What has to be known for longer
stands in the source's state, and its rhythm is learned from its articles."""
WRITTEN_KEPT = timedelta(days=30)
"""Texts of a language model: no draft is built again from articles that old."""
HOOKS_KEPT = timedelta(days=30)
"""Events of providers, as long as returned letters: a replay is told by its hour long before."""

RETURNED_KEPT = timedelta(days=90)
"""As far back as a mailbox is looked at (`digest/inbound/soft.py`)."""


@dataclass(frozen=True, slots=True)
class CollectReport:
    """What one round brought. `rejected` counts by reason; `refusals` names each one.

    `refused_known` counts documents that were refused by an earlier round and stand as they stood.
    `waiting` counts sources that were not asked (Retry-After, a pause after failures, 410);
    `moved` names those that were given their new address.
    """

    sources: int
    fetched: int = 0
    not_modified: int = 0
    failed: int = 0
    waiting: int = 0
    articles_new: int = 0
    articles_known: int = 0
    articles_altered: int = 0
    refused_known: int = 0
    rejected: dict[str, int] = field(default_factory=dict)
    refusals: tuple[Rejected, ...] = ()
    failures: tuple[tuple[str, DigestError], ...] = ()
    moved: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class _Sum:
    """The report as it grows."""

    new: int = 0
    known: int = 0
    altered: int = 0
    refused_known: int = 0
    refusals: list[Rejected] = field(default_factory=list)
    visits: list[Visit] = field(default_factory=list)
    moved: list[tuple[str, str]] = field(default_factory=list)

    def report(self, sources: int) -> CollectReport:
        failed = [v for v in self.visits if not v.ok and not v.waiting]
        return CollectReport(
            sources=sources,
            fetched=sum(1 for v in self.visits if v.ok and not v.not_modified),
            not_modified=sum(1 for v in self.visits if v.not_modified),
            failed=len(failed),
            waiting=sum(1 for v in self.visits if v.waiting),
            articles_new=self.new,
            articles_known=self.known,
            articles_altered=self.altered,
            refused_known=self.refused_known,
            rejected=dict(sorted(Counter(r.reason_code for r in self.refusals).items())),
            refusals=tuple(self.refusals),
            failures=tuple((str(v.source_id), v.error) for v in failed if v.error),
            moved=tuple(self.moved),
        )


class Archive:
    """The store as the collector's memory (`gathered.Memory`)."""

    def __init__(self, app: App) -> None:
        self._store = app.store

    def recall(self, keys: Collection[str]) -> Mapping[str, tuple[Known, ...]]:
        """For each key that is known, the articles under it, oldest first."""
        if not keys:
            return {}
        with self._store.reading() as work:
            return work.articles.recall(keys)

    def whole(self, ids: Collection[ArticleId]) -> Mapping[ArticleId, Article]:
        """The stored articles of those ids."""
        if not ids:
            return {}
        with self._store.reading() as work:
            return {one.id: one for one in work.articles.get(sorted(ids))}

    def refused(self, keys: Collection[str]) -> frozenset[str]:
        """Which of those keys stand for documents that were read before and are no articles."""
        if not keys:
            return frozenset()
        with self._store.reading() as work:
            return work.articles.refused(keys)


def collect(app: App, *, urgent: bool = True, progress: Progress | None = None) -> CollectReport:
    """Asks every active source once and keeps what is new. Safe to repeat.

    `urgent` (a person or the morning asks) also asks sources that only our own pause after
    failures holds back. What was kept before a crash stays; the rest comes with the next round.
    """
    with app.store.reading() as work:
        sources = work.sources.list(active_only=True)
    report = ask(app, sources, urgent=urgent, progress=progress)
    housekeeping(app)
    with app.store.work() as work:
        mark_round(app, work)
    return report


def ask(
    app: App, sources: Sequence[Source], *, urgent: bool, progress: Progress | None = None
) -> CollectReport:
    """Asks these sources, all of a round or a slice of it; what it brings is kept in batches."""
    from digest.collect.round import batches

    total = _kept(app, batches(sources, _needs(app, progress, urgent=urgent)))
    report = total.report(len(sources))
    # Whoever follows the progress is shown the failures by the command itself.
    level = logging.WARNING if progress is None else logging.INFO
    for source, error in report.failures:
        log.log(level, "source %s failed: %s", source, error)
    return report


def mark_round(app: App, work: Work) -> None:
    """Notes that a whole round has ended now."""
    work.marks.set(LAST, app.now().isoformat())


def last_round(app: App) -> datetime | None:
    """When the last whole round of this newsroom ended."""
    with app.store.reading() as work:
        said = work.marks.get(LAST)
    return datetime.fromisoformat(said) if said else None


def collect_again(
    app: App, *, since: datetime | None = None, progress: Progress | None = None
) -> CollectReport:
    """Reads the kept raw documents again, with this program's rules; nothing is fetched.

    The newest bytes of an article come first and count; an earlier reading stays a version.
    Articles that read differently get a new version of cause `again`. Safe to repeat.
    """
    from digest.collect.round import again

    limits = app.settings.collect
    start = since or app.now() - timedelta(days=limits.raw_days)
    with app.store.reading() as work:
        sources = work.sources.list()
        kept = work.raw.since(start, newest_first=True)
        rounds = again(kept, sources, _needs(app, progress, urgent=True))
        total = _kept(app, rounds, fetched=False)
    return total.report(len(sources))


def _needs(app: App, progress: Progress | None, *, urgent: bool) -> Round:
    from digest.collect.assemble import Desk
    from digest.collect.round import Round

    limits = app.settings.collect
    with app.store.reading() as work:
        states = work.sources.states()
    return Round(
        limits=limits,
        home=app.home,
        desk=Desk(app.now(), limits.fresh_hours, app.newsroom.agencies),
        memory=Archive(app),
        states=states,
        urgent=urgent,
        say=progress or _silent,
    )


def _silent(_message: str) -> None:
    """Progress that nobody wants to hear."""


def _kept(app: App, rounds: Iterable[Batch], *, fetched: bool = True) -> _Sum:
    """Keeps a round batch by batch, each in a transaction of its own."""
    total = _Sum()
    for found in rounds:
        batch = replace(found, visits=tuple(map(_unnamed, found.visits)))
        with app.store.work() as work:
            work.rounds.alone()
            _keep(app, work, batch, total, fetched=fetched)
        total.refusals += batch.rejected
        total.visits += batch.visits
    return total


def _keep(app: App, work: Work, batch: Batch, total: _Sum, *, fetched: bool) -> None:
    now = app.now()
    if fetched and app.settings.collect.raw_days:
        work.raw.keep(batch.raw)
    new, seen = work.articles.remember(batch.new)
    for one in batch.altered:
        work.articles.alter(one.gathered, one.changes, at=now, cause=one.cause)
    for article, mark, keys in batch.touched:
        work.articles.touch(article, mark, keys)
    work.articles.refuse({key: r.reason_code for r in batch.rejected for key in r.keys}, at=now)
    for visit in batch.visits:
        _keep_visit(app, work, visit, total)
    work.sources.save_states(visit.state for visit in batch.visits)
    total.new += len(new)
    total.known += batch.known + len(seen)
    total.refused_known += batch.refused_known
    total.altered += sum(1 for one in batch.altered if _by_outlet(one))


def _unnamed(visit: Visit) -> Visit:
    """A visit whose messages name no user and no password, whoever wrote them."""
    if visit.error is not None:
        hide_users(visit.error)
    state = replace(visit.state, last_error=masked_in(visit.state.last_error))
    return replace(visit, state=state)


def _by_outlet(one: Altered) -> bool:
    return bool(one.changes)


def _keep_visit(app: App, work: Work, visit: Visit, total: _Sum) -> None:
    if visit.waiting:
        return
    work.sources.record_visit(
        visit.source_id,
        at=app.now(),
        ok=visit.ok,
        entries=visit.entries,
        new=visit.new,
        error_text=str(visit.error) if visit.error else "",
        not_modified=visit.not_modified,
    )
    if visit.moved_to:
        _adopt(app, work, work.sources.get(visit.source_id), visit.moved_to, total)


def _adopt(app: App, work: Work, source: Source, address: str, total: _Sum) -> None:
    """Gives a source the address that its permanent redirect has named for days."""
    try:
        work.sources.readdress(source.id, address)
    except Conflict as taken:
        log.warning("source %s stays at its old address: %s", source.id, taken)
        return
    app.note(
        work,
        "digest",
        "source.moved",
        subject=source.id,
        before=masked(source.url),
        after=masked(address),
    )
    total.moved.append((str(source.id), masked(address)))


def housekeeping(app: App) -> None:
    """Once a day, drops what is past its time: raw documents, keys, visits, inputs, texts."""
    limits, now = app.settings.collect, app.now()
    with app.store.reading() as work:
        last = work.marks.get(HOUSEKEEPING)
    if last == str(app.today()):
        return
    with app.store.work() as work:
        dropped = work.raw.drop(now - timedelta(days=limits.raw_days))
        work.inputs.drop(now - timedelta(days=app.settings.compose.inputs_days))
        work.written.drop(now - WRITTEN_KEPT)
        work.hooks.drop(now - HOOKS_KEPT)
        work.returned.drop(now - RETURNED_KEPT)
        forgotten = work.articles.forget_keys(now - timedelta(days=limits.memory_days))
        past = work.sources.drop_visits(now - VISITS_KEPT)
        work.marks.set(HOUSEKEEPING, str(app.today()))
    log.info("dropped %d raw documents, %d keys, %d visits", dropped, forgotten, past)
