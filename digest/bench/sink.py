"""A mail server on the loopback that takes everything and keeps nothing but a count.

It speaks as much of RFC 5321 as a sender needs, with PIPELINING (RFC 2920), one thread a
connection.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import StreamRequestHandler, ThreadingTCPServer

_SECONDS = 30
"""How long a silent connection may stay."""


class _Handler(StreamRequestHandler):
    timeout = _SECONDS
    disable_nagle_algorithm = True

    def handle(self) -> None:
        self._say("220 sink.test ESMTP")
        while line := self.rfile.readline(2000):
            word = line[:4].upper().strip()
            if word == b"QUIT":
                self._say("221 2.0.0 bye")
                return
            self._answer(word)

    def _answer(self, word: bytes) -> None:
        if word == b"EHLO":
            self._say("250-sink.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 52428800")
        elif word == b"DATA":
            self._say("354 go on")
            self._body()
        else:
            self._say("250 2.1.0 fine")

    def _body(self) -> None:
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            del line
        assert isinstance(self.server, Sink)
        self.server.count()
        self._say("250 2.0.0 taken")

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode("ascii") + b"\r\n")


class Sink(ThreadingTCPServer):
    """The running server; `taken` counts accepted messages."""

    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.taken = 0
        self._lock = threading.Lock()

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def count(self) -> None:
        with self._lock:
            self.taken += 1


@contextmanager
def sink() -> Iterator[Sink]:
    """A server for the length of a block; its threads have ended when the block is left."""
    with Sink() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
