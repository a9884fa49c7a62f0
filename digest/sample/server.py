"""A small HTTP server for the sample outlets, on the loopback.

The outlet is chosen by the Host header, so that one port serves them all. GET and HEAD only,
strong validators (RFC 9110, section 8.8.3), nothing on the log but at debug level.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from digest.sample.site import Response, build_site

Answers = Mapping[tuple[str, str], Response]

log = logging.getLogger(__name__)


class _Server(ThreadingHTTPServer):
    """Threads are joined on close; a silent connection ends by the handler's time-out."""

    daemon_threads = False
    answers: Callable[[], Answers]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "SampleOutlets"
    sys_version = ""
    timeout = 3.0  # seconds a silent connection may hold the closing of the server

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _refuse(self) -> None:
        self._send(HTTPStatus.METHOD_NOT_ALLOWED, [("Allow", "GET, HEAD")], b"")

    do_POST = _refuse  # noqa: N815  (the base looks the methods up by these names)
    do_PUT = _refuse  # noqa: N815
    do_DELETE = _refuse  # noqa: N815
    do_PATCH = _refuse  # noqa: N815
    do_OPTIONS = _refuse  # noqa: N815

    def _answer(self, *, with_body: bool) -> None:
        found = self._find()
        if found is None:
            kind = ("Content-Type", "text/plain; charset=utf-8")
            body = "Няма такава страница.\n".encode()
            self._send(HTTPStatus.NOT_FOUND, [kind], body, with_body=with_body)
            return
        tag = etag_of(found.body)
        if _matches(self.headers.get("If-None-Match", ""), tag):
            self._send(HTTPStatus.NOT_MODIFIED, [("ETag", tag)], b"")
            return
        headers = [("Content-Type", found.content_type), ("ETag", tag), *found.headers]
        self._send(HTTPStatus.OK, headers, found.body, with_body=with_body)

    def _find(self) -> Response | None:
        if not isinstance(self.server, _Server):
            return None
        host = (self.headers.get("Host") or "").partition(":")[0].lower()
        return self.server.answers().get((host, urlsplit(self.path).path))

    def _send(
        self,
        status: HTTPStatus,
        headers: list[tuple[str, str]],
        body: bytes,
        *,
        with_body: bool = True,
    ) -> None:
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        # One request a connection: no idle keep-alive delays the closing of the server.
        self.send_header("Connection", "close")
        self.end_headers()
        if with_body and body:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the base names it)
        log.debug(format, *args)


class SampleServer:
    """A running server: its port, its origin, and the day it shows."""

    def __init__(self, site: Callable[[], Answers] | Answers, host: str, port: int) -> None:
        self._server = _Server((host, port), _Handler)
        self._server.answers = site if callable(site) else lambda: site
        # The poll bounds how long `close` waits for the loop to notice.
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        self.host = host

    @property
    def port(self) -> int:
        """The port that was taken (the asked one, or a free one for 0)."""
        return int(self._server.server_address[1])

    @property
    def origin(self) -> str:
        """`http://127.0.0.1:PORT`."""
        return f"http://{self.host}:{self.port}"

    def show(self, day: date) -> None:
        """Serve the sample site of `day` from the next request on."""
        site = build_site(day)
        self._server.answers = lambda: site

    def start(self) -> None:
        """Begin to answer, in a thread of its own."""
        self._thread.start()

    def close(self) -> None:
        """Stop answering, finish what is under way, free the port."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def serving(
    site: Callable[[], Answers] | Answers, host: str = "127.0.0.1", port: int = 0
) -> Iterator[SampleServer]:
    """Serve `site` (or what it returns at each request) while the block runs.

    Raises `OSError` when the port is taken.
    """
    server = SampleServer(site, host, port)
    server.start()
    try:
        yield server
    finally:
        server.close()


def etag_of(body: bytes) -> str:
    """The strong validator of a body, quotes included."""
    return f'"{sha256(body).hexdigest()[:24]}"'


def _matches(header: str, tag: str) -> bool:
    """Weak comparison of a list of validators (RFC 9110, section 13.1.2)."""
    asked = {part.strip().removeprefix("W/") for part in header.split(",")}
    return tag in asked or "*" in asked
