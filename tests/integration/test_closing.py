"""When an edition counts as sent: nothing of it waits, however old it is and however few read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from digest.actions import dispatching, reviewing
from digest.actions.app import App
from digest.actions.queueing import NOBODY
from digest.model import EditionId, EditionState
from tests.integration import web_kit as kit

MORE_THAN_A_LIST = 14


def state(app: App, edition_id: str = kit.edition().id) -> EditionState:
    with app.store.reading() as work:
        return work.editions.get(edition_id).state


def queue(app: App) -> None:
    reviewing.approve(app, kit.edition().id, by=kit.APPROVER)
    dispatching.queue(app, kit.edition().id)


def test_an_edition_queued_for_nobody_is_closed_and_says_so(app: App) -> None:
    """It would otherwise wait for ever; the activity log keeps that nobody was there to read it."""
    queue(app)

    assert state(app) is EditionState.SENT
    with app.store.reading() as work:
        deeds = [one.what for one in work.activity.list(subject=kit.edition().id)]
    assert NOBODY.code in deeds


def test_whoever_joins_after_that_is_planned_by_a_second_queue(app: App) -> None:
    """Closed is not shut: the same command finds the new reader, and dispatch meets them."""
    queue(app)
    kit.add_reader(app)

    assert dispatching.queue(app, kit.edition().id).planned == 1
    assert dispatching.dispatch(app).accepted == 1


def test_an_old_edition_is_closed_though_many_came_after_it(app: App) -> None:
    """Newer drafts, more than a list holds, do not hide it."""
    kit.add_reader(app)
    queue(app)
    with app.store.work() as work:
        for n in range(1, MORE_THAN_A_LIST):
            day = kit.DAY + timedelta(days=n)
            name = EditionId(f"digest-{day.isoformat()}")
            work.editions.save(replace(kit.edition(), id=name, date=day))

    dispatching.dispatch(app)

    assert state(app) is EditionState.SENT


def test_an_edition_with_a_row_still_open_stays_queued(app: App) -> None:
    """Closing looks at rows that wait, not at what a run has done."""
    kit.add_reader(app)
    queue(app)

    dispatching.close_finished(app)

    assert state(app) is EditionState.QUEUED
