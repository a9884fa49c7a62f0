"""The composers of a run: one for each edition and revision, shared by all its connections."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from digest.actions.app import App
from digest.model import Delivery, EditionId, Result

if TYPE_CHECKING:
    from digest.deliver.message import Composer


class Composers:
    """Makes messages for the threads of a run; an edition is read and prepared once."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._guard = threading.Lock()
        self._made: dict[tuple[EditionId, int], tuple[Composer, frozenset[str]]] = {}

    def message(self, delivery: Delivery) -> bytes | Result:
        """One message, or `refused(render)` for this row alone.

        What is wrong with the edition itself (its headers, its stored bytes) raises: that would
        refuse everybody.
        """
        return self._composer(delivery).compose_or_refuse(delivery)

    def _composer(self, delivery: Delivery) -> Composer:
        key = (delivery.edition_id, delivery.revision)
        with self._guard:
            held = self._made.get(key)
            if held is None or delivery.variant not in held[1]:
                # Also when somebody queued again, for readers with sections of their own.
                held = self._made[key] = self._make(key)
        return held[0]

    def _make(self, key: tuple[EditionId, int]) -> tuple[Composer, frozenset[str]]:
        from digest.deliver.message import Composer

        app = self._app
        with app.store.reading() as work:
            rendered = work.editions.rendered(*key)
        composer = Composer(
            rendered,
            app.settings.masthead(),
            app.links(key[0]),
            date=app.now(),
            signer=app.signer,
        )
        return composer, frozenset(rendered.variants)
