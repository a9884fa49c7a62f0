"""How the sources of a round answered, and what is to be remembered of each.

A note is taken while a round asks; when everything was read, the notes become visits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from digest.collect import identity, watch
from digest.collect.address import hostname
from digest.collect.basket import Basket
from digest.collect.fetch import Failed, Fetched
from digest.collect.harvest import Visit
from digest.errors import DigestError
from digest.gathered import SourceState
from digest.model import Entry, Source
from digest.settings import Collect


@dataclass(frozen=True, slots=True)
class Sifted:
    """An entry that is not stored as it stands, with what is stored of it."""

    entry: Entry
    verdict: identity.Verdict
    repeat: bool


@dataclass(slots=True)
class Note:
    """How a source answered, until the visit can be written down."""

    source: Source
    state: SourceState
    kind: str
    answer: Fetched | None = None
    failure: Failed | None = None
    error: DigestError | None = None
    wait: watch.Wait | None = None
    same: bool = False
    entries: int = 0
    sifted: tuple[Sifted, ...] = ()
    pages: bool = True
    children: tuple[str, ...] = ()


def visits(notes: Sequence[Note], basket: Basket, now: datetime, limits: Collect) -> list[Visit]:
    """A visit for each note, in order. What a host asked of us holds for all its sources."""
    made = [_visit(note, basket, now, limits) for note in notes]
    for note, visit in zip(notes, made, strict=True):
        limited = note.failure is not None and note.failure.code == "rate-limited"
        if limited and visit.state.not_before is not None:
            pairs = [(one.source, seen.state) for one, seen in zip(notes, made, strict=True)]
            host = hostname(note.source.url)
            waiting = {s.source_id: s for s in watch.spread(pairs, host, visit.state.not_before)}
            made = [replace(v, state=waiting.get(v.source_id, v.state)) for v in made]
    return made


def _visit(note: Note, basket: Basket, now: datetime, limits: Collect) -> Visit:
    source = note.source
    if note.wait is not None:
        return Visit(source.id, ok=False, state=note.state, waiting=note.wait.code)
    if note.failure is not None:
        state = watch.failed(note.state, note.failure, now=now)
        return Visit(source.id, ok=False, state=state, error=note.error, kind=note.kind)
    if note.error is not None:
        state = watch.unreadable(note.state, note.error, now=now)
        return Visit(source.id, ok=False, state=state, error=note.error, kind=note.kind)
    new = basket.fresh[source.id]
    state = _good(note, basket, new, now, limits)
    return Visit(
        source.id,
        ok=True,
        state=state,
        not_modified=note.same,
        entries=note.entries,
        new=new,
        kind=note.kind,
        moved_to=watch.adoption(state, now, limits),
    )


def _good(note: Note, basket: Basket, new: int, now: datetime, limits: Collect) -> SourceState:
    if note.answer is None:
        good = replace(note.state, last_ok_at=now, failures=0, last_error="")
        return replace(good, last_new_at=now) if new else good
    state = watch.succeeded(note.state, note.answer, now=now, new=new, limits=limits)
    if note.source.id in basket.incomplete:
        # Some pages were not read: the next answer must be a whole one.
        return replace(state, etag=None, last_modified=None, body_hash="")
    return state
