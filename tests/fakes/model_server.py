"""A language model behind a real HTTP server that speaks the chat completions protocol.

A thread on the loopback. `answers` says what comes next, the last one for ever; what was asked is
kept. A slow answer waits for an event that the server sets when it closes, so no test sleeps.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Reply:
    """One answer. `cut` closes the connection after so many bytes of the body.

    `how` is `whole`, `hangs` (headers never come), `stalls` (half a body, then nothing) or
    `closes` (nothing at all).
    """

    body: bytes = b""
    status: int = 200
    how: str = "whole"
    cut: int | None = None
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Question:
    """What was asked: the JSON of the request and its headers, lower case."""

    path: str
    body: dict
    headers: dict[str, str]

    @property
    def user(self) -> str:
        return self.body["messages"][-1]["content"]

    @property
    def form(self) -> str:
        return self.body["response_format"]["type"]


def says(text: str | None, *, finish: str = "stop", refusal: str | None = None) -> Reply:
    """A whole answer with this text."""
    message = {"role": "assistant", "content": text, "refusal": refusal}
    tree = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "proba",
        "choices": [{"index": 0, "message": message, "finish_reason": finish}],
    }
    return Reply(json.dumps(tree).encode())


def tells(*sentences: tuple[str, list[int]]) -> Reply:
    """A whole answer in the form that was asked for."""
    rows = [{"text": text, "sources": sources} for text, sources in sentences]
    return says(json.dumps({"sentences": rows}, ensure_ascii=False))


def status(code: int, text: str = "{}", **headers: str) -> Reply:
    """An error of the server."""
    return Reply(text.encode(), code, headers=tuple(headers.items()))


HANGS = Reply(how="hangs")
CLOSES = Reply(how="closes")


def stalls() -> Reply:
    """The beginning of a good answer, and then nothing."""
    whole = says("{}")
    return Reply(whole.body, how="stalls", cut=20)


def half() -> Reply:
    """A body that ends in the middle of its JSON, with an honest length."""
    whole = says("{}").body
    return Reply(whole[: len(whole) // 2])


@dataclass
class ModelServer:
    """The server of one test."""

    port: int
    answers: list[Reply]
    choose: Callable[[Question], Reply] | None = None
    asked: list[Question] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def next(self, question: Question) -> Reply:
        if self.choose is not None:
            return self.choose(question)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def model_server(
    *answers: Reply, choose: Callable[[Question], Reply] | None = None
) -> Iterator[ModelServer]:
    """Serves these answers in order, the last one for ever, or what `choose` says."""
    http = _Server(("127.0.0.1", 0), _Handler)
    http.model = ModelServer(http.server_address[1], list(answers), choose)
    thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield http.model
    finally:
        http.model.closing.set()
        http.shutdown()
        http.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    model: ModelServer

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is what half of the tests are about."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_POST(self) -> None:
        model = self.server.model
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        headers = {name.lower(): value for name, value in self.headers.items()}
        question = Question(self.path, body, headers)
        model.asked.append(question)
        reply = model.next(question)
        self.close_connection = True
        if reply.how == "closes":
            return
        if reply.how == "hangs":
            model.closing.wait()
            return
        self._send(reply)
        if reply.how == "stalls":
            model.closing.wait()

    def _send(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers:
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(reply.body[: reply.cut])
            self.wfile.flush()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Says nothing."""
