"""When a mailbox that takes nothing for now is given up, and what begins the count anew."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.inbound.classify import classify
from digest.inbound.soft import DAYS, EDITIONS, PAUSE, closed, given_up
from digest.model import Tried
from tests.unit.inbound.test_classify import report

NOW = datetime(2026, 11, 30, 5, tzinfo=UTC)


def tried(*days: int, back: bool = True) -> list[Tried]:
    """Editions so many days ago."""
    return [Tried(NOW - timedelta(days=one), back) for one in days]


@pytest.mark.parametrize("days", [(16, 12, 8, 4, 0), (14, 3, 2, 1, 0), (70, 40, 20, 9, 1, 0)])
def test_five_editions_over_two_weeks_are_the_end(days: tuple[int, ...]) -> None:
    """Whatever their order."""
    assert given_up(tried(*days), NOW)
    assert given_up(tried(*reversed(days)), NOW)


@pytest.mark.parametrize("days", [(), (0,), (20, 15, 10, 0), (13, 9, 6, 3, 0), range(14)])
def test_fewer_editions_or_a_shorter_time_are_not(days: tuple[int, ...]) -> None:
    """Four over a month; every morning of a holiday."""
    assert not given_up(tried(*days), NOW)


def test_an_edition_that_came_through_begins_the_count_anew() -> None:
    """Nobody reported it in six days, so it is there."""
    back = tried(40, 36, 32, 28, 8, 4, 0)

    assert given_up(back, NOW)
    assert not given_up([*back, *tried(20, back=False)], NOW)


def test_an_edition_that_may_still_come_back_proves_nothing() -> None:
    """A relay gives up after five days: the newest ones have no report yet."""
    back = tried(22, 16, 12, 9, 7)

    assert given_up([*back, *tried(5, 3, 1, back=False)], NOW)


def test_returns_that_a_long_pause_parts_are_no_run() -> None:
    """Nobody knows what the mailbox would have taken in between."""
    assert not given_up(tried(80, 79, 78, 77, 0), NOW)
    assert given_up(tried(90, 45, 40, 34, 32, 2), NOW)


@given(
    before=st.lists(st.integers(0, 400), max_size=8),
    since=st.lists(st.integers(0, 60), min_size=1, max_size=8),
    hours=st.integers(1, 2000),
)
def test_what_came_back_before_a_pause_changes_no_verdict(
    before: list[int], since: list[int], hours: int
) -> None:
    """As if it had never been."""
    recent = tried(*since)
    ends = min(one.at for one in recent) - PAUSE - timedelta(hours=hours)
    old = [Tried(ends - timedelta(days=days), returned=True) for days in before]

    assert given_up([*old, *recent], NOW) is given_up(recent, NOW)


@given(days=st.lists(st.tuples(st.integers(0, 90), st.booleans()), max_size=20))
def test_whom_it_gives_up_five_editions_over_two_weeks_came_back_of(
    days: list[tuple[int, bool]],
) -> None:
    """Whatever else there was, and the order of it says nothing."""
    everything = [one for day, back in days for one in tried(day, back=back)]
    returns = sorted(day for day, back in days if back)

    if given_up(everything, NOW):
        assert len(returns) >= EDITIONS
        assert returns[-1] - returns[0] >= DAYS.days
    assert given_up(everything, NOW) is given_up(everything[::-1], NOW)


def test_the_numbers_are_those_of_the_decision() -> None:
    """A change of them is one of docs/decisions/0045."""
    assert EDITIONS == 5


@pytest.mark.parametrize(
    ("status", "said", "action", "counts"),
    [
        ("5.2.2", "552 5.2.2 mailbox full", "failed", True),
        ("4.2.2", "452 4.2.2 over quota", "failed", True),
        ("5.2.1", "550 5.2.1 account is locked", "failed", True),
        ("4.2.2", "452 4.2.2 over quota", "delayed", False),
        ("4.4.1", "connection timed out", "failed", False),
        ("5.7.1", "554 5.7.1 blocked using a list", "failed", False),
        ("5.3.4", "too large", "failed", False),
        ("5.1.1", "550 5.1.1 User unknown", "failed", False),
        ("5.0.0", "550 The mailbox is full", "failed", True),
        ("", "552 account of ivan has expired", "failed", True),
        ("5.2.1", "550 5.2.1 account temporarily disabled", "failed", True),
        # Of the sender, of the server and of the line, whatever mailbox the words name.
        ("5.4.5", "550 5.4.5 Daily user sending quota exceeded", "failed", False),
        ("4.7.0", "421 4.7.0 your IP has exceeded its quota of messages", "failed", False),
        ("4.3.1", "452 4.3.1 Insufficient system storage", "failed", False),
        ("5.4.7", "554 5.4.7 message to recipient expired: host not reachable", "failed", False),
        ("4.7.1", "451 4.7.1 greylisted; account temporarily locked", "failed", False),
        ("4.4.2", "user x: lost connection; message expired", "failed", False),
        ("5.7.1", "554 5.7.1 user suspended by policy", "failed", False),
        # It passes by itself.
        ("4.2.0", "450 4.2.0 Mailbox is locked: mail system busy", "failed", False),
        ("4.2.1", "450 4.2.1 mailbox temporarily disabled", "failed", False),
        # Without a status the words alone have to speak of the mailbox.
        ("", "550 Daily user sending quota exceeded", "failed", False),
        ("", "421 your IP has exceeded its quota of messages", "failed", False),
        ("", "452 Insufficient system storage", "failed", False),
        ("", "554 message to recipient expired: host not reachable", "failed", False),
        ("", "450 Mailbox is locked: mail system busy", "failed", False),
    ],
)
def test_only_what_speaks_of_the_mailbox_counts(
    status: str,
    said: str,
    action: str,
    counts: bool,  # noqa: FBT001
) -> None:
    """Neither a warning of a delay, nor what is ours, nor a line that was down."""
    fact = classify(report(status, said, action=action), "x")

    assert closed(fact.kind, fact.reason, fact.status, delayed=fact.delayed) is counts


@pytest.mark.parametrize(
    ("words", "delayed"),
    [
        ("Кутията на получателя е пълна.", False),
        ("The mailbox is full. I will keep trying for two more days.", True),
        ("Кутията е пълна; сървърът ще опита отново.", True),
    ],
)
def test_a_warning_in_plain_words_is_no_end(words: str, delayed: bool) -> None:  # noqa: FBT001
    """Reports without fields say it in a sentence."""
    letter = (
        "From: MAILER-DAEMON@mx.example.bg\nTo: b+x@news.example.bg\n"
        "Subject: Undelivered Mail\nContent-Type: text/plain; charset=utf-8\n\n"
        f"<ivan@example.bg>: {words}\n"
    ).encode()

    fact = classify(letter, "x")

    assert (fact.kind, fact.reason, fact.delayed) == ("soft", "mailbox-full", delayed)
