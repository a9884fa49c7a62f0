"""What the long-running commands run: all in one process, or each part alone.

`run_all` is `digest serve`: the site in the main thread, the clock and the dispatcher beside it.
Every function here returns after SIGTERM or SIGINT with its threads ended.
"""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from digest.actions import dispatching
from digest.errors import DigestError
from digest.jobs.dispatcher import Dispatcher
from digest.jobs.schedule import Schedule

if TYPE_CHECKING:
    from types import FrameType

    from digest.actions.app import App

log = logging.getLogger(__name__)


def run_all(app: App, host: str, port: int, ready: Callable[[str], None]) -> None:
    """The site, the clock and the dispatcher together.

    `ready` gets the real address. Raises `Unavailable` for a taken port, before anything starts.
    """
    from digest.web.server import WebServer

    site = WebServer(app, host, port, ready)
    with background(app):
        site.run()


def run_scheduler(app: App) -> None:
    """The clock alone; of several on one database one leads and the others wait."""
    clock = Schedule(app)
    clock.start()
    try:
        _until_told(threading.Event())
    finally:
        clock.stop()


def run_worker(app: App) -> None:
    """The dispatcher alone: procrastinate on PostgreSQL, this process's threads on SQLite."""
    dispatching.refuse_unsigned(app)
    if app.store.url.get_backend_name() == "postgresql":
        from digest.jobs.queue import run_worker as run_queue

        run_queue(app)
        return
    dispatcher = Dispatcher(app)
    with _told(dispatcher.ask_to_stop):
        dispatcher.run()


@contextmanager
def background(app: App) -> Iterator[Dispatcher]:
    """The clock and the dispatcher as threads, ended in order on the way out."""
    try:
        dispatching.refuse_unsigned(app)
    except DigestError as error:
        # The desk is there to be read meanwhile; the outbox looks again and rests again.
        log.warning("nothing will leave: %s", error)
    dispatcher = Dispatcher(app)
    clock = Schedule(app, fired=dispatcher.wake)
    dispatcher.start()
    try:
        clock.start()
        yield dispatcher
    finally:
        dispatcher.ask_to_stop()
        clock.stop()
        dispatcher.stop()


def _until_told(end: threading.Event) -> None:
    with _told(end.set):
        end.wait()


@contextmanager
def _told(end: Callable[[], None]) -> Iterator[None]:
    """Calls `end` on SIGTERM and SIGINT while inside."""

    def handler(_number: int, _frame: FrameType | None) -> None:
        end()

    before = {one: signal.signal(one, handler) for one in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for one, earlier in before.items():
            signal.signal(one, earlier)
