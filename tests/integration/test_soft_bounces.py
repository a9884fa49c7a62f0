"""A mailbox that takes nothing for two weeks is given up, whichever way its reports come."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TypeAlias

import pytest

from digest.actions import dispatching, hooks, reviewing, subscribing
from digest.actions.inbound import receive
from digest.actions.softly import BLOCKED, NOTED
from digest.deliver.verp import return_path
from digest.inbound.hooks.ses import SesHook
from digest.model import DeliveryState
from tests.fakes import sns
from tests.faults.ground import Ground, queued_home
from tests.faults.ground import later as moved
from tests.integration import web_kit as kit
from tests.integration.doubts import GOT, LOST, line, send
from tests.unit.inbound.test_classify import report

FULL = "552 5.2.2 mailbox full"
TWO_WEEKS = (0, 4, 8, 12, 15)

Way: TypeAlias = Callable[[Ground, str, str], None]
"""Home, status, words: reports the edition of the day that was sent to `LOST`."""


def by_mail(ground: Ground, status: str, said: str) -> None:
    path = return_path(line(ground, LOST).delivery, key=ground.app.key, domain="news.example.bg")
    data = report(status, said).replace(
        b"b+d7-abcdefghij.abcdefghijklmnop@news.example.bg", path.encode()
    )
    receive(ground.app, data, source="varnato.eml")


def by_ses(ground: Ground, status: str, said: str) -> None:
    provider = sns.Sns(ground.app.now())
    event = sns.bounced(line(ground, LOST).delivery, LOST, status=status, said=said,
                        kind="Transient")  # fmt: skip
    hook = SesHook((sns.TOPIC,), provider.fetch)
    body = provider.post(event)
    assert hooks.take(
        ground.app, hook, {"x-amz-sns-topic-arn": sns.TOPIC}, body, fetch=provider.fetch
    )


@pytest.fixture(params=[by_mail, by_ses])
def way(request: pytest.FixtureRequest) -> Way:
    found: Way = request.param
    return found


@pytest.fixture
def first(tmp_path: Path) -> Iterator[Ground]:
    with queued_home(tmp_path / "home", people=4) as ground:
        yield ground


def on_day(first: Ground, days: int) -> Ground:
    """The edition of that day, sent to whoever may be written to."""
    day = kit.DAY + timedelta(days=days)
    ground = replace(first, app=moved(first.app, days * 24 * 60), day=day)
    if days:
        made = kit.edition(day)
        with ground.app.store.work() as work:
            work.editions.save(made)
        reviewing.approve(ground.app, made.id, by=kit.APPROVER)
        dispatching.queue(ground.app, made.id)
    send(ground.app)
    return ground


def blocked(ground: Ground) -> set[str]:
    return {person.address for person, is_so in subscribing.list_people(ground.app) if is_so}


def noted(ground: Ground, kind: str = "soft") -> list[str]:
    with ground.app.store.reading() as work:
        return [one.after for one in reversed(work.activity.list()) if one.what == kind]


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
     ("5.3.4", "552 5.3.4 too large")],
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


def test_a_refusal_at_send_time_counts_beside_the_reports(first: Ground) -> None:
    """Where the provider itself answers, it says at once what else comes later by mail."""
    for days in TWO_WEEKS[:4]:
        ground = on_day(first, days)
        with ground.app.store.work() as work:
            work.connection.exec_driver_sql(
                "UPDATE deliveries SET state = 'refused', last_error = 'soft: 552 5.2.2 full'"
                f" WHERE id = {ground.app.store.signer.row_of(line(ground, LOST).delivery)}"
            )

    ground = on_day(first, TWO_WEEKS[4])
    by_mail(ground, "5.2.2", FULL)

    assert blocked(ground) == {LOST}


def test_of_who_was_erased_nothing_is_suppressed(first: Ground) -> None:
    """A late report finds nobody, and falls over nothing."""
    for days in TWO_WEEKS[:4]:
        ground = on_day(first, days)
        by_mail(ground, "5.2.2", FULL)
    ground = on_day(first, TWO_WEEKS[4])
    named = line(ground, LOST).delivery
    subscribing.erase(ground.app, [LOST])

    path = return_path(named, key=ground.app.key, domain="news.example.bg")
    data = report("5.2.2", FULL).replace(
        b"b+d7-abcdefghij.abcdefghijklmnop@news.example.bg", path.encode()
    )
    row = receive(ground.app, data, source="kasno.eml")

    assert row["acted"] == NOTED
    assert blocked(ground) == set()
