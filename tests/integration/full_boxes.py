"""A reader whose mailbox is full, day after day, for the tests of what follows from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TypeAlias

import pytest

from digest.actions import dispatching, hooks, reviewing, subscribing
from digest.actions.inbound import receive
from digest.deliver.verp import return_path
from digest.inbound.hooks.ses import SesHook
from digest.model import DeliveryId
from tests.fakes import sns
from tests.fakes.transport import FakeTransport
from tests.faults.ground import Ground, queued_home
from tests.faults.ground import later as moved
from tests.integration import web_kit as kit
from tests.integration.doubts import LOST, line, send
from tests.unit.inbound.test_classify import report

FULL = "552 5.2.2 mailbox full"
TWO_WEEKS = (0, 4, 8, 12, 15)

Way: TypeAlias = Callable[[Ground, str, str], None]
"""Home, status, words: reports the edition of the day that was sent to `LOST`."""


def by_mail(ground: Ground, status: str, said: str) -> None:
    told(ground, line(ground, LOST).delivery, report(status, said, recipient=LOST))


def told(ground: Ground, delivery: DeliveryId | str, data: bytes) -> object:
    """A report that came to the signed return path of a delivery; gives what was done."""
    path = return_path(DeliveryId(delivery), key=ground.app.key, domain="news.example.bg")
    stands = b"b+d7-abcdefghij.abcdefghijklmnop@news.example.bg"
    return receive(ground.app, data.replace(stands, path.encode()), source="varnato.eml")["acted"]


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


def on_day(first: Ground, days: int, relay: FakeTransport | None = None) -> Ground:
    """The edition of that day, sent to whoever may be written to."""
    day = kit.DAY + timedelta(days=days)
    ground = replace(first, app=moved(first.app, days * 24 * 60), day=day)
    if days:
        made = kit.edition(day)
        with ground.app.store.work() as work:
            work.editions.save(made)
        reviewing.approve(ground.app, made.id, by=kit.APPROVER)
        dispatching.queue(ground.app, made.id)
    send(ground.app, over=relay)
    return ground


def blocked(ground: Ground) -> set[str]:
    return {person.address for person, is_so in subscribing.list_people(ground.app) if is_so}


def noted(ground: Ground, kind: str = "soft") -> list[str]:
    with ground.app.store.reading() as work:
        return [one.after for one in reversed(work.activity.list()) if one.what == kind]


def kept(ground: Ground) -> int:
    """Returned deliveries that are remembered."""
    with ground.app.store.reading() as work:
        return int(work.connection.exec_driver_sql("SELECT count(*) FROM returned").scalar_one())
