"""When to ask a source and what to remember of its answer: the state machine between rounds.

Pure: takes a `SourceState` and what happened, gives the next. Validators are those of answers
that were read; `Retry-After` is the server's word; our own pause after failures grows and ends
with the first good answer; a permanent redirect is believed when it lasted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from digest.collect.address import host_port, hostname, is_home
from digest.collect.fetch import Failed, Fetched, Request
from digest.collect.guard import is_private_host, trust_of
from digest.errors import DigestError
from digest.gathered import SourceState
from digest.model import Source
from digest.settings import Collect

FIRST_PAUSE = timedelta(minutes=5)
LONGEST_PAUSE = timedelta(hours=4)
LONGEST_PATIENCE = timedelta(days=1)
"""A Retry-After further ahead is taken for a mistake and cut."""
SERVER, BACKOFF = "server", "backoff"
GONE = (
    "Издателят е премахнал адреса (410). Източникът чака решение: намерете новия адрес с "
    "„digest sources check“ и го добавете."
)


@dataclass(frozen=True, slots=True)
class Wait:
    """Why a source is not asked now, until when (None: until a person decides), in words.

    Codes: retry-after, backoff, paused, budget for one whose host's time was over, and stopped
    for one whose host was left alone before its turn came.
    """

    code: str
    until: datetime | None
    sentence: str


def plan(
    source: Source, state: SourceState, *, now: datetime, urgent: bool, limits: Collect
) -> Request | Wait:
    """The request to make of a source, or why it must wait.

    `urgent` (a person or the morning asks) overrides our own pause, never the server's.
    """
    if state.paused:
        return Wait("paused", None, state.paused)
    until = state.not_before
    if until is not None and until > now:
        if state.waiting_for == SERVER:
            said = f"Сървърът моли да се изчака до {until:%d.%m, %H:%M} (Retry-After)."
            return Wait("retry-after", until, said)
        if not urgent:
            said = f"Пауза след неуспех до {until:%d.%m, %H:%M}."
            return Wait("backoff", until, said)
    trusted = trust_of(source.url)
    whole = state.full_at is None or now - state.full_at >= timedelta(hours=limits.full_fetch_hours)
    if whole:
        return Request(source.url, trusted=trusted)
    return Request(source.url, state.etag, _past(state.last_modified, now), trusted)


def succeeded(state: SourceState, answer: Fetched, *, now: datetime, new: int) -> SourceState:
    """After an answer that was read (or a 304): failures are over, validators are kept."""
    said = answer.headers
    if answer.not_modified:
        etag = said.get("etag") or state.etag
        modified = said.get("last-modified") or state.last_modified
    else:
        etag, modified = said.get("etag"), said.get("last-modified")
    moved = _moved(state, answer, now)
    return replace(
        moved,
        etag=etag,
        last_modified=_past(modified, now),
        full_at=state.full_at if answer.not_modified else now,
        not_before=None,
        waiting_for="",
        failures=0,
        last_error="",
        last_ok_at=now,
        last_new_at=now if new else state.last_new_at,
    )


def failed(state: SourceState, failure: Failed, *, now: datetime) -> SourceState:
    """After no answer, or one that is an error. Validators stay; 410 pauses at once."""
    worse = _worse(state, failure.error, now)
    if failure.code == "gone":
        return replace(worse, paused=GONE, not_before=None, waiting_for="")
    if failure.retry_after:
        wait = min(timedelta(seconds=failure.retry_after), LONGEST_PATIENCE)
        return replace(worse, not_before=now + wait, waiting_for=SERVER)
    return worse


def unreadable(state: SourceState, error: DigestError, *, now: datetime) -> SourceState:
    """After an answer that could not be read: its validators are not kept."""
    return _worse(state, error, now)


def adoption(state: SourceState, now: datetime, limits: Collect) -> str:
    """The address that permanent redirects have named for long enough; empty: not yet."""
    if state.moved_since is None or now - state.moved_since < timedelta(days=limits.move_days):
        return ""
    return state.moved_to


def adopted(state: SourceState) -> SourceState:
    """The state under the new address: nothing of the old one's is sent to it."""
    return replace(
        state, moved_to="", moved_since=None, etag=None, last_modified=None, full_at=None
    )


def spread(
    states: Iterable[tuple[Source, SourceState]], host: str, until: datetime
) -> list[SourceState]:
    """A 429 is the host's word: every source of that host waits as long. All states, in order."""
    return [
        held(state, until) if hostname(source.url) == host else state for source, state in states
    ]


def held(state: SourceState, until: datetime) -> SourceState:
    """The state with the server's word that nobody should come before a time; never sooner."""
    if state.paused or (state.not_before is not None and state.not_before >= until):
        return state
    return replace(state, not_before=until, waiting_for=SERVER)


def _worse(state: SourceState, error: DigestError, now: datetime) -> SourceState:
    failures = state.failures + 1
    return replace(
        state,
        failures=failures,
        last_error=f"{error.what} {error.why}",
        not_before=now + pause(state.source_id, failures),
        waiting_for=BACKOFF,
        moved_to="",
        moved_since=None,
    )


def pause(source: str, failures: int) -> timedelta:
    """Our own pause after so many failures in a row: doubled each time, within limits.

    The jitter (up to a fifth) comes from the source's id, so that sources which failed together
    do not come back together, and the same history gives the same hour.
    """
    whole = min(FIRST_PAUSE * (1 << min(failures - 1, 12)), LONGEST_PAUSE)
    seed = hashlib.sha256(f"{source} {failures}".encode()).digest()[0] / 255
    return whole * (1 - seed / 5)


def _moved(state: SourceState, answer: Fetched, now: datetime) -> SourceState:
    """The redirect that the answer took, remembered while it stays the same.

    Only a chain of 301 and 308 is a move (RFC 9110 §15.4); never from https to http, never to a
    front page, never inside.
    """
    chain = answer.redirects
    lasting = bool(chain) and all(status in {301, 308} for status, _ in chain)
    if not lasting or not _worthy(answer.request.url, answer.url):
        return replace(state, moved_to="", moved_since=None)
    if state.moved_to == answer.url:
        return state
    return replace(state, moved_to=answer.url, moved_since=now)


def _worthy(old: str, new: str) -> bool:
    if old == new:
        return False
    if old.lower().startswith("https:") and not new.lower().startswith("https:"):
        return False
    inside = is_private_host(new) and host_port(new) != host_port(old)
    return not inside and not is_home(new)


def _past(text: str | None, now: datetime) -> str | None:
    """A Last-Modified that may be sent back: one from the future would say 304 for ever."""
    if not text:
        return None
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return text if at.tzinfo is not None and at <= now else None
