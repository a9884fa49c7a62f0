"""Invented people, editions and answers for the tests of the store."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from digest.model import (
    Delivery,
    Edition,
    EditionId,
    EditionStory,
    Outcome,
    Result,
    Section,
    StoryId,
)
from digest.store.deliveries import NO_LIMITS
from digest.store.work import Store
from subscribers.model import NOT_STORED, Frequency, Person, Status

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
DAY = date(2026, 11, 20)
SOFIA = ("Europe/Sofia", None)
LEASE = 120.0
MINUTE = timedelta(minutes=1)


def edition(day: date = DAY, *, revision: int = 1, title: str = "Мостът е отворен") -> Edition:
    story = EditionStory(
        id=StoryId("s1"),
        title=title,
        url="https://vestnik.example.bg/1",
        summary="Мостът е отворен за движение.",
        one_line="Мостът е отворен.",
        published_at=NOW,
    )
    return Edition(
        id=EditionId(f"digest-{day.isoformat()}"),
        publication="digest",
        date=day,
        subject="Мостът",
        preheader="И още пет теми",
        sections=(Section("obshtestvo", "Общество", (story,)),),
        revision=revision,
        created_at=NOW,
    )


def person(
    address: str,
    *,
    status: Status = Status.ACTIVE,
    sections: frozenset[str] = frozenset(),
    hour: int | None = None,
    frequency: Frequency = Frequency.DAILY,
) -> Person:
    confirmed = NOW - timedelta(days=30) if status is not Status.PENDING else None
    return Person(
        NOT_STORED,
        address,
        sections=sections,
        hour=hour,
        frequency=frequency,
        status=status,
        confirmed_at=confirmed,
    )


def readers(store: Store, count: int, *, lanes: Sequence[str] = ("rest",)) -> list[Person]:
    """So many active readers, `a0@example.bg` and on, of these lanes by turns."""
    with store.work() as work:
        return [
            work.roll.add(
                replace(person(f"a{number}@example.bg"), lane=lanes[number % len(lanes)]), now=NOW
            )
            for number in range(count)
        ]


def queued(
    store: Store,
    *,
    slots: Mapping[tuple[str, int | None], datetime] | None = None,
    on_unknown: str = "hold",
    minutes: int = 180,
) -> Edition:
    """The edition, saved and filled for whoever is on the roll."""
    made = edition()
    with store.work() as work:
        work.editions.save(made)
        work.deliveries.fill(
            made,
            slots=slots or {SOFIA: NOW},
            now=NOW,
            expires_minutes=minutes,
            domain="example.bg",
            on_unknown=on_unknown,
        )
    return made


def claimed(
    store: Store,
    *,
    worker: str = "w1",
    limit: int = 10,
    now: datetime = NOW,
    real: datetime = NOW,
    lanes: Mapping[str, int] = NO_LIMITS,
    turn: int = 0,
) -> list[Delivery]:
    with store.work() as work:
        return work.deliveries.claim(
            None, worker=worker, limit=limit, now=now, lease_seconds=LEASE, real_now=real,
            lanes=lanes, turn=turn,
        )  # fmt: skip


_CALLS = itertools.count(1)


def intended(
    store: Store, window: list[Delivery], *, now: datetime = NOW, real: datetime = NOW
) -> list[Delivery]:
    """The window marked, and given up as far as it could not be."""
    with store.work() as work:
        # Each call's lease has an end of its own, as the clerk sees to.
        until = real + timedelta(seconds=LEASE, microseconds=next(_CALLS))
        owned = list(work.deliveries.mark(window, until=until, now=now).owned)
        kept = {one.id for one in owned}
        work.deliveries.give_up([one for one in window if one.id not in kept], now)
        return owned


def answered(
    store: Store,
    delivery: Delivery,
    outcome: Outcome,
    *,
    now: datetime = NOW,
    retry_at: datetime | None = None,
) -> bool:
    result = Result(delivery.id, outcome, "accepted" if outcome is Outcome.ACCEPTED else "soft")
    with store.work() as work:
        return work.deliveries.answer(delivery, result, now=now, retry_at=retry_at)


def counts(store: Store, made: Edition) -> dict[str, int]:
    """The non-zero counts of the ledger, which must balance."""
    with store.reading() as work:
        ledger = work.deliveries.ledger(made.id)
    assert ledger.balanced
    names = (
        "queued",
        "sending",
        "accepted",
        "deferred",
        "refused",
        "suppressed",
        "unknown",
        "cancelled",
    )
    return {name: getattr(ledger, name) for name in names if getattr(ledger, name)}
