"""An HTTP server on loopback that speaks as SES does, and breaks on demand."""

from __future__ import annotations

import base64
import json
import socket
import struct
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CUT_EARLY = "cut before the whole body was read"
CUT = "cut after the body"
SILENCE = "silence after the body"
GARBAGE = "garbage after the body"


@dataclass(frozen=True)
class Refusal:
    """An error as SES words it."""

    status: int
    code: str
    words: str = "по сценарий"


@dataclass
class Ses:
    """A running server. `script` is used up in order, one thing a message; then all is accepted."""

    script: deque[str | Refusal] = field(default_factory=deque)
    asked: list[dict[str, Any]] = field(default_factory=list)
    accepted: list[bytes] = field(default_factory=list)
    connections: int = 0
    port: int = 0
    ended: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"ses://eu-central-1?endpoint=http://127.0.0.1:{self.port}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    ses: Ses

    def setup(self) -> None:
        super().setup()
        self.ses.connections += 1

    def do_POST(self) -> None:
        said = self.ses.script.popleft() if self.ses.script else None
        if said == CUT_EARLY:
            self.rfile.read(4096)
            self._reset()
            return
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.ses.asked.append(asked)
        if said == SILENCE:
            self.ses.ended.wait()
        if said in {CUT, SILENCE}:
            self._reset()
        elif said == GARBAGE:
            self._answer(200, b"<html>", ())
        elif isinstance(said, Refusal):
            body = json.dumps({"message": said.words}).encode()
            self._answer(said.status, body, (("x-amzn-ErrorType", said.code),))
        else:
            self._accept(asked)

    def _accept(self, asked: dict[str, Any]) -> None:
        self.ses.accepted.append(base64.b64decode(asked["Content"]["Raw"]["Data"]))
        given = f"0107-{len(self.ses.accepted)}"
        self._answer(200, json.dumps({"MessageId": given}).encode(), ())

    def _answer(self, status: int, body: bytes, more: tuple[tuple[str, str], ...]) -> None:
        self.send_response(status)
        for name, value in (
            ("Content-Type", "application/json"),
            ("Content-Length", str(len(body))),
            *more,
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _reset(self) -> None:
        self.close_connection = True
        # Zero seconds of linger: the peer sees a reset, not a polite end.
        linger = struct.pack("ii", 1, 0)
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = False

    def handle_error(self, *_: object) -> None:
        """A connection that the client gave up is no fault of the test."""

    def shutdown_request(self, request: Any) -> None:
        # The polite end of the library would come before the reset.
        self.close_request(request)


@contextmanager
def ses(*script: str | Refusal) -> Iterator[Ses]:
    """A server for the length of a test; its threads have ended when the block is left."""
    running = Ses(deque(script))
    handler = type("Handler", (_Handler,), {"ses": running})
    server = _Server(("127.0.0.1", 0), handler)
    running.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield running
    finally:
        running.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()
