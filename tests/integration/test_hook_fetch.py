"""How the site asks a provider for its certificate: by the guarded client, shortly, seldom."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from digest.actions.app import App
from digest.actions.hooks import FETCHES, MAX_ANSWER, Sparing, fetcher
from digest.errors import Unavailable
from tests.integration import web_kit as kit

PAGES = {"/pem": b"-----BEGIN CERTIFICATE-----", "/long": b"x" * (MAX_ANSWER + 1)}


class _Host(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(self.path)
        body = PAGES.get(self.path, b"")
        self.send_response(302 if self.path == "/away" else 200 if body else 404)
        self.send_header("Location", "/pem")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing of it is for the screen."""


@pytest.fixture
def host() -> Iterator[tuple[str, list[str]]]:
    """`127.0.0.1:PORT` of a server, and what it was asked for."""
    asked: list[str] = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Host", (_Host,), {"asked": asked}))
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    made = kit.make_app(tmp_path / "home", drafted=False)
    yield made
    made.close()


def test_it_gives_the_bytes(app: App, host: tuple[str, list[str]]) -> None:
    """As they are."""
    place, asked = host

    assert fetcher(app, trusted=frozenset({place}))(f"http://{place}/pem") == PAGES["/pem"]
    assert asked == ["/pem"]


@pytest.mark.parametrize("path", ["/away", "/long", "/nyama"])
def test_what_is_no_small_answer_is_no_answer(
    app: App, host: tuple[str, list[str]], path: str
) -> None:
    """A redirect is not followed, a long page is cut off, an error is none."""
    place, asked = host
    fetch = fetcher(app, trusted=frozenset({place}))

    with pytest.raises(Unavailable):
        fetch(f"http://{place}{path}")
    assert asked == [path]


def test_a_private_place_is_not_asked(app: App, host: tuple[str, list[str]]) -> None:
    """Whatever a name leads to: a cloud machine's own addresses answer with its keys."""
    place, asked = host

    with pytest.raises(Unavailable):
        fetcher(app)(f"http://{place}/pem")
    assert asked == []


def test_it_is_asked_a_few_times_in_a_window() -> None:
    """Also when every one of them fails."""
    asked: list[str] = []
    fetch = Sparing(lambda url: asked.append(url) or b"")

    for number in range(FETCHES):
        fetch(str(number))
    with pytest.raises(Unavailable, match="За пет минути"):
        fetch("още един")

    assert len(asked) == FETCHES
