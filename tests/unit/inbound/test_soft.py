"""When a mailbox that takes nothing for now is given up, and what begins the count anew."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from digest.inbound.classify import classify
from digest.inbound.soft import EDITIONS, closed, given_up
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


def test_the_numbers_are_those_of_the_decision() -> None:
    """A change of them is one of docs/decisions/0042."""
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

    assert closed(fact.kind, fact.reason, delayed=fact.delayed) is counts


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
