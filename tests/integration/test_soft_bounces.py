"""A mailbox that takes nothing for two weeks is given up, whichever way its reports come."""

from __future__ import annotations

import pytest

from digest.actions import subscribing
from digest.actions.softly import BLOCKED, GONE, NOTED, OTHERS
from digest.model import DeliveryState
from tests.faults.ground import Ground
from tests.integration import full_boxes
from tests.integration.doubts import GOT, LOST, line
from tests.integration.full_boxes import (
    FULL,
    TWO_WEEKS,
    Way,
    blocked,
    by_mail,
    by_ses,
    kept,
    noted,
    on_day,
    told,
)
from tests.unit.inbound.test_classify import report

# Fixtures, for pytest to find here.
first = full_boxes.first
way = full_boxes.way


def test_a_mailbox_that_was_full_for_two_weeks_is_suppressed(first: Ground, way: Way) -> None:
    """At the fifth edition, and the next one leaves it out; the others are untouched."""
    for days in TWO_WEEKS:
        ground = on_day(first, days)
        assert blocked(ground) == set()
        way(ground, "5.2.2", FULL)

    assert blocked(ground) == {LOST}
    assert noted(ground) == [NOTED] * 4 + [BLOCKED]
    after = on_day(first, 16)
    assert after.states()[LOST] is DeliveryState.SUPPRESSED
    assert after.states()[GOT] is DeliveryState.ACCEPTED


def test_both_ways_are_one_count_and_a_delivery_counts_once(first: Ground) -> None:
    """A site may have its reports by mail and by events: each edition is one."""
    for days in (0, 5, 10, 15):
        ground = on_day(first, days)
        by_mail(ground, "5.2.2", FULL)
        by_ses(ground, "5.2.2", FULL)
    four = blocked(ground)

    ground = on_day(first, 16)
    by_ses(ground, "4.2.2", "452 4.2.2 over quota")

    assert (four, blocked(ground)) == (set(), {LOST})


def test_an_edition_that_came_through_in_between_begins_anew(first: Ground, way: Way) -> None:
    """The reader made room once; the next week of a full mailbox is a new one."""
    for days in (0, 1, 2, 3, 9, 16):
        ground = on_day(first, days)
        if days != 9:
            way(ground, "5.2.2", FULL)

    assert blocked(ground) == set()


@pytest.mark.parametrize(
    ("status", "said"),
    [("5.7.1", "554 5.7.1 blocked using a list"), ("4.4.1", "451 4.4.1 timed out"),
     ("5.3.4", "552 5.3.4 too large"), ("5.4.5", "550 5.4.5 Daily user sending quota exceeded"),
     ("4.3.1", "452 4.3.1 Insufficient system storage")],
)  # fmt: skip
def test_what_does_not_speak_of_the_mailbox_is_not_counted(
    first: Ground, way: Way, status: str, said: str
) -> None:
    """What is ours, or the line's, would be everybody's at once."""
    for days in (*TWO_WEEKS, 16, 20):
        ground = on_day(first, days)
        way(ground, status, said)

    assert blocked(ground) == set()


def test_whom_a_person_has_freed_the_same_reports_do_not_suppress_again(first: Ground) -> None:
    """It takes five new ones."""
    for days in TWO_WEEKS:
        ground = on_day(first, days)
        by_mail(ground, "5.2.2", FULL)
    subscribing.unsuppress(ground.app, [LOST])

    ground = on_day(first, 16)
    by_mail(ground, "5.2.2", FULL)

    assert blocked(ground) == set()


def test_a_report_of_somebody_elses_mailbox_is_not_counted(first: Ground) -> None:
    """The reader has every edition, and a rule of theirs passes a copy on to a box that is full."""
    for days in TWO_WEEKS:
        ground = on_day(first, days)
        data = report("5.2.2", FULL, recipient="star.adres@abv.bg")
        assert told(ground, line(ground, LOST).delivery, data) == OTHERS

    assert blocked(ground) == set()
    assert kept(ground) == 0


def test_a_report_that_names_the_reader_in_other_letters_is_counted(first: Ground) -> None:
    """Providers write the domain as they like."""
    ground = on_day(first, 0)

    data = report("5.2.2", FULL, recipient=LOST.replace("example", "EXAMPLE"))

    assert told(ground, line(ground, LOST).delivery, data) == NOTED


def test_a_report_that_names_nobody_counts_for_whom_its_return_path_proves(first: Ground) -> None:
    """Some hide whom they speak of."""
    ground = on_day(first, 0)
    data = report("5.2.2", FULL, recipient="").replace(b"Final-Recipient: rfc822; \n", b"")

    assert told(ground, line(ground, LOST).delivery, data) == NOTED


def test_returns_before_a_long_pause_are_not_counted(first: Ground) -> None:
    """Eleven weeks of which nobody knows anything lie between the week of then and today."""
    for days in (0, 1, 2, 3):
        by_mail(on_day(first, days), "5.2.2", FULL)

    ground = on_day(first, 80)
    by_mail(ground, "5.2.2", FULL)

    assert blocked(ground) == set()


def test_of_a_daily_that_is_given_up_no_number_of_editions_is_told(first: Ground) -> None:
    """It is fifteen by then; two weeks are true of all."""
    for days in range(15):
        ground = on_day(first, days)
        by_mail(ground, "5.2.2", FULL)

    assert (noted(ground)[-1], blocked(ground)) == (BLOCKED, {LOST})
    assert "поне две седмици" in BLOCKED


def test_of_who_is_erased_nothing_stays_behind(first: Ground) -> None:
    """Neither what was counted before, nor a late report."""
    for days in TWO_WEEKS[:4]:
        ground = on_day(first, days)
        by_mail(ground, "5.2.2", FULL)
    ground = on_day(first, TWO_WEEKS[4])
    named = line(ground, LOST).delivery
    assert kept(ground) == 4
    subscribing.erase(ground.app, [LOST])
    left = kept(ground)

    acted = told(ground, named, report("5.2.2", FULL, recipient=LOST))

    assert (left, acted, kept(ground)) == (0, GONE, 0)
    assert blocked(ground) == set()
