"""A server on the loopback that plays outlets: settable answers, and what it was asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from digest.model import Entry


@dataclass
class Answer:
    """What the server says at a path."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Site:
    """Settable answers by path."""

    port: int = 0
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    connections: int = 0
    at_once: int = 0
    most_at_once: int = 0

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def put(self, path: str, body: str | bytes = b"", status: int = 200, **headers: str) -> None:
        data = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = Answer(data, status, named)

    def paths(self) -> list[str]:
        """What was asked for, in that order."""
        return [path for path, _ in self.asked]

    def times(self, path: str) -> int:
        """How often a path was asked for."""
        return sum(1 for asked, _ in self.asked if asked == path)

    def last(self, path: str) -> dict[str, str]:
        """The headers of the last request of a path."""
        return [headers for asked, headers in self.asked if asked == path][-1]


@contextmanager
def serving() -> Iterator[Site]:
    """The server on a free port; it ends with the block."""
    here = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            here.connections += 1
            super().setup()

        def do_GET(self) -> None:
            here.at_once += 1
            here.most_at_once = max(here.most_at_once, here.at_once)
            self._answer()
            here.at_once -= 1

        def _answer(self) -> None:
            here.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            answer = here.answers.get(self.path, Answer(b"", 404))
            etag = answer.headers.get("ETag")
            same = etag is not None and self.headers.get("If-None-Match") == etag
            body = b"" if same else answer.body
            self.send_response(304 if same else answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    here.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield here
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def feed(*entries: Entry) -> str:
    """RSS of entries; the id is the guid."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Вестник</title>'
        + "".join(map(_item, entries))
        + "</channel></rss>"
    )


def _item(entry: Entry) -> str:
    at = entry.published_at
    date = f"<pubDate>{format_datetime(at)}</pubDate>" if at else ""
    guid = f'<guid isPermaLink="false">{escape(entry.id)}</guid>' if entry.id else ""
    return (
        f"<item><title>{escape(entry.title)}</title><link>{escape(entry.url)}</link>{guid}{date}"
        f"<description>{escape(entry.summary)}</description></item>"
    )


def page(title: str, *paragraphs: str, head: str = "") -> str:
    """An article's page."""
    text = "".join(f"<p>{escape(one)}</p>" for one in paragraphs)
    return (
        f'<!DOCTYPE html><html lang="bg"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"{head}</head><body><article><h1>{escape(title)}</h1>{text}</article></body></html>"
    )
