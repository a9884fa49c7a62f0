"""A relay on loopback that says exactly what a test tells it to, line by line."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import cycle

SILENT = b""
"""The step that says nothing and waits for the end of the test."""
ENDLESS = b"250-dlug otgovor\r\n"
"""The step that is repeated for as long as somebody listens."""


@dataclass
class Rude:
    """A running relay; `heard` is every line of every client."""

    port: int = 0
    heard: list[bytes] = field(default_factory=list)
    connections: int = 0
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"


def _talk(relay: Rude, peer: socket.socket, steps: tuple[bytes, ...]) -> None:
    """A step at the start, then one for each line that is heard; after the last one it hangs up."""
    peer.settimeout(10)
    with peer, suppress(OSError), peer.makefile("rb") as lines:
        for place, step in enumerate(steps):
            if place:
                relay.heard.append(lines.readline())
            if step == SILENT:
                relay.ended.wait()
                return
            for words in cycle((step,)) if step is ENDLESS else (step,):
                peer.sendall(words)


@contextmanager
def rude(*steps: bytes, tls: ssl.SSLContext | None = None) -> Iterator[Rude]:
    """A relay for the length of a test: each connection hears the steps from the first.

    With `tls` it is spoken inside TLS from the first byte.
    """
    relay = Rude()
    listener = socket.create_server(("127.0.0.1", 0))
    relay.port = listener.getsockname()[1]
    talks: list[threading.Thread] = []

    def listen() -> None:
        while True:
            try:
                peer, _ = listener.accept()
            except OSError:
                return
            relay.connections += 1
            talk = threading.Thread(target=_greeted, args=(relay, peer, steps, tls))
            talks.append(talk)
            talk.start()

    thread = threading.Thread(target=listen)
    thread.start()
    try:
        yield relay
    finally:
        relay.ended.set()
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for one in (thread, *talks):
            one.join()


def _greeted(
    relay: Rude, peer: socket.socket, steps: tuple[bytes, ...], tls: ssl.SSLContext | None
) -> None:
    with peer, suppress(OSError):
        _talk(relay, tls.wrap_socket(peer, server_side=True) if tls else peer, steps)
