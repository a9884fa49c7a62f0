"""Serves the site in this process with uvicorn, until a signal or a caller ends it."""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn

from digest.errors import Unavailable
from digest.web.app import create_app

if TYPE_CHECKING:
    from types import FrameType

    from digest.actions.app import App

ENDING = (signal.SIGINT, signal.SIGTERM)
GRACE_SECONDS = 5
"""Open requests get this long to finish once the end was asked for."""


class WebServer:
    """One listening server; `run` blocks until a signal or `stop`."""

    def __init__(self, app: App, host: str, port: int, ready: Callable[[str], None]) -> None:
        """Binds at once, so that a taken port is said before anything else starts.

        Port 0 takes a free one. Raises `Unavailable` when the address cannot be bound.
        """
        self._socket = _bound(host, port)
        self.address = _address(host, self._socket.getsockname()[1])
        config = uvicorn.Config(
            create_app(app),
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=GRACE_SECONDS,
        )
        self._server = _Announced(config, lambda: ready(self.address))

    def run(self) -> None:
        """Serves; `ready` gets the real address once connections are taken."""
        try:
            with _calm_signals():
                self._server.run(sockets=[self._socket])
        finally:
            self._socket.close()

    def stop(self) -> None:
        """Asks for the end from another thread."""
        self._server.should_exit = True


def serve(app: App, host: str, port: int, *, ready: Callable[[str], None]) -> None:
    """Serves the site alone until SIGTERM or SIGINT. Raises `Unavailable` for a taken port."""
    WebServer(app, host, port, ready).run()


class _Announced(uvicorn.Server):
    """A server that says when it listens."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


@contextmanager
def _calm_signals() -> Iterator[None]:
    """Swallows the signal that uvicorn raises again after its shutdown: the end is no death."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {one: signal.signal(one, _already_ending) for one in ENDING}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _already_ending(_number: int, _frame: FrameType | None) -> None:
    """The server has already been told."""


def _bound(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except (OSError, OverflowError) as cause:
        listening.close()
        raise Unavailable(
            f"Сайтът не може да слуша на {_address(host, port)}.",
            f"Причина: {getattr(cause, 'strerror', None) or cause}.",
            "Изберете друг порт с --port (0 взема свободен) или спрете другата програма.",
        ) from cause
    return listening


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
