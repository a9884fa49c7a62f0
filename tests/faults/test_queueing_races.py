"""What somebody else writes between the look and the writing of a queueing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from digest.actions import dispatching, reviewing
from digest.actions.app import App
from digest.errors import Conflict
from digest.store.work import Work
from tests.fakes.transport import fake
from tests.faults.ground import add_readers, addresses
from tests.integration import web_kit as kit


@dataclass
class Between:
    """The store, when somebody else writes between the look and the writing."""

    app: App

    @contextmanager
    def reading(self) -> Iterator[Work]:
        with self.app.store.reading() as work:
            yield work


def test_an_edition_changed_while_it_is_queued_is_not_queued(tmp_path: Path) -> None:
    """An edit between the look and the writing: a Conflict, and no delivery is planned."""
    app = kit.make_app(tmp_path / "home")
    add_readers(app, addresses(2))
    reviewing.approve(app, kit.edition().id, by=kit.APPROVER)

    class Edited(Between):
        @contextmanager
        def work(self) -> Iterator[Work]:
            kit.revise(app)
            with app.store.work() as work:
                yield work

    with pytest.raises(Conflict, match="променен"):
        dispatching.queue(replace(app, store=Edited(app)), kit.edition().id)  # type: ignore[arg-type]

    assert dispatching.ledger(app, kit.edition().id).planned == 0
    app.close()


def test_sections_changed_while_it_is_queued_are_rendered_too(tmp_path: Path) -> None:
    """A choice made between rendering and planning: begun anew, nobody is left without a mail."""
    app = kit.make_app(tmp_path / "home")
    add_readers(app, addresses(2))
    reviewing.approve(app, kit.edition().id, by=kit.APPROVER)

    class Chosen(Between):
        @contextmanager
        def work(self) -> Iterator[Work]:
            with app.store.work() as work:
                someone = work.roll.by_address(addresses(1)[0])
                chosen = replace(someone, sections=frozenset({"ikonomika"}))
                work.roll.set_preferences(chosen)
            with app.store.work() as work:
                yield work

    report = dispatching.queue(replace(app, store=Chosen(app)), kit.edition().id)  # type: ignore[arg-type]
    dispatching.drain_slice(app, fake())

    assert (report.planned, report.variants) == (2, 2)
    assert dispatching.ledger(app, kit.edition().id).accepted == 2
    app.close()
