"""How the sources of a round answered, and what is to be remembered of each.

A note is taken while a round asks; when everything was read, the notes become visits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeVar

from digest.collect import identity, postponed, watch
from digest.collect.basket import Basket
from digest.collect.fetch import UNSAID, Failed, Fetched
from digest.collect.harvest import Visit
from digest.errors import DigestError
from digest.gathered import Postponed, SourceState
from digest.model import Entry, Source
from digest.settings import Collect

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sifted:
    """An entry that is not stored as it stands, with what is stored of it."""

    entry: Entry
    verdict: identity.Verdict
    repeat: bool
    postponed: Postponed | None = None


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
    children: tuple[str, ...] = ()
    held: int = 0

    def counted(self, things: Iterable[T]) -> Iterator[T]:
        """The things as they come, each counted as an entry."""
        for one in things:
            self.entries += 1
            yield one

    def take_error(self) -> DigestError | None:
        """The error so far, which is then forgotten."""
        error, self.error = self.error, None
        return error

    def hold(self, failure: Failed) -> None:
        """Remembers for how many seconds a part of this source asked to be left in peace."""
        if failure.code == "rate-limited":
            asked = failure.retry_after if failure.retry_after is not None else UNSAID
            self.held = max(self.held, asked)


def visits(
    notes: Sequence[Note],
    basket: Basket,
    now: datetime,
    limits: Collect,
    waits: Mapping[str, int],
) -> list[Visit]:
    """A visit for each note, in order.

    What a host asked of us (`waits`, seconds by host) holds for all its sources, and what a page
    of a source was told holds for the source: its pages may lie on another host.
    """
    made = [_visit(note, basket, now, limits) for note in notes]
    states = [visit.state for visit in made]
    for host, seconds in waits.items():
        pairs = [(note.source, state) for note, state in zip(notes, states, strict=True)]
        states = watch.spread(pairs, host, now + timedelta(seconds=seconds))
    states = [
        watch.held(state, now + timedelta(seconds=note.held)) if note.held else state
        for note, state in zip(notes, states, strict=True)
    ]
    return [replace(visit, state=state) for visit, state in zip(made, states, strict=True)]


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
    state = _good(note, basket, new, now)
    moved = watch.adoption(state, now, limits)
    return Visit(
        source.id,
        ok=True,
        state=watch.adopted(state) if moved else state,
        not_modified=note.same,
        entries=note.entries,
        new=new,
        kind=note.kind,
        moved_to=moved,
    )


def _good(note: Note, basket: Basket, new: int, now: datetime) -> SourceState:
    came = basket.postponed.get(note.source.id, ())
    state = note.state if note.same else postponed.remembered(note.state, came, now=now)
    if note.answer is None:
        good = replace(state, last_ok_at=now, failures=0, last_error="")
        return replace(good, last_new_at=now) if new else good
    state = watch.succeeded(state, note.answer, now=now, new=new)
    if note.source.id in basket.incomplete:
        # Some pages were not read: the next answer must be a whole one.
        return replace(state, etag=None, last_modified=None, body_hash="")
    return state
