"""People in the middle of a run: they pause, queue once more, change what was approved."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from digest.actions import dispatching, reviewing
from digest.errors import DigestError
from digest.model import DeliveryState, StoryId
from digest.review.states import Retitle
from tests.faults.ground import (
    CONNECTIONS,
    WINDOW,
    Account,
    Ground,
    add_readers,
    addresses,
    finished,
    queued_home,
    relay,
)
from tests.integration import web_kit as kit

RETITLED = Retitle(StoryId("s1"), "Мостът край Пролом: ново заглавие")


def test_a_paused_edition_stops_within_one_window_and_goes_on(
    ground: Ground, account: Account
) -> None:
    """After the commit only what was on the wire leaves; after `resume` everybody is met, once."""
    had: list[int] = []

    def hold() -> None:
        dispatching.pause(ground.app, ground.edition, by=kit.APPROVER)
        had.append(len(post.sink.accepted))

    with relay() as post:
        process = ground.start(post.sink)
        post.when(60, hold)
        code, _, said = finished(process)
        while_paused = ground.run(post.sink)
        late = len(post.sink.accepted) - had[0]
        paused = ground.ledger()
        dispatching.resume(ground.app, ground.edition, by=kit.APPROVER)
        ground.settle(post.sink)

    assert code == 0, said
    assert late <= WINDOW * CONNECTIONS
    assert (while_paused["accepted"], paused.sending, paused.unknown) == (0, 0, 0)
    assert paused.queued == len(ground.people) - paused.accepted > 0
    assert ground.ledger().accepted == len(ground.people)
    account.close("paused in the middle", ground, post.met())


def test_an_edition_queued_by_several_at_once_is_planned_once(
    ground: Ground, account: Account
) -> None:
    """While it is sent too: nobody has two rows, and what joins later gets one."""
    planned: list[int] = []
    joined = "zakasnyal@example.bg"

    def queue_again() -> None:
        report = dispatching.queue(ground.app, ground.edition)
        planned.append(report.planned)

    def crowd() -> None:
        add_readers(ground.app, [joined])
        people = [threading.Thread(target=queue_again) for _ in range(3)]
        for one in people:
            one.start()
        for one in people:
            one.join()

    with relay() as post:
        process = ground.start(post.sink)
        post.when(40, crowd)
        code, _, said = finished(process)
        ground.settle(post.sink)

    ground.people.append(joined)
    assert code == 0, said
    assert sorted(planned) == [0, 0, 1]
    assert ground.ledger().accepted == len(ground.people)
    account.close("queued again in the middle", ground, post.met())


def test_what_was_edited_after_the_approval_is_not_queued(tmp_path: Path) -> None:
    """The approval is void: nothing is planned, and no run sends anything."""
    app = kit.make_app(tmp_path / "home")
    add_readers(app, addresses(3))
    edition = kit.edition().id
    reviewing.approve(app, edition, by=kit.APPROVER)
    reviewing.edit(app, edition, RETITLED, by=kit.APPROVER)

    with pytest.raises(DigestError):
        dispatching.queue(app, edition)
    with relay() as post:
        dispatching.dispatch(app, transport=post.sink.url())

    assert not post.sink.accepted
    assert dispatching.ledger(app, edition).planned == 0
    app.close()


def test_what_was_queued_is_what_was_approved(tmp_path: Path, account: Account) -> None:
    """An edit after queueing is refused or makes no difference: every copy has the signed bytes."""
    with queued_home(tmp_path / "home", people=10) as ground, relay() as post:
        with pytest.raises(DigestError):
            reviewing.edit(ground.app, ground.edition, RETITLED, by=kit.APPROVER)
        ground.settle(post.sink)

        assert set(ground.states().values()) == {DeliveryState.ACCEPTED}
        account.close("edited after it was queued", ground, post.met())
