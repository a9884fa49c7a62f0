"""A served home with deliveries in doubt, and Amazon SES that speaks to it over real HTTP."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest

from digest.model import DeliveryState
from digest.web import server
from digest.web.server import WebServer
from tests.fakes import sns
from tests.faults.ground import Ground
from tests.integration import web_kit as kit
from tests.integration.doubts import LOST, doubtful_home, line

ON = {"hooks.ses_topics": (sns.TOPIC,)}


@dataclass
class Site:
    """A served home, and the provider that speaks to it."""

    ground: Ground
    sns: sns.Sns
    address: str

    def post(self, body: bytes, path: str = "/hooks/ses", **headers: str) -> int:
        """The status of an answer, which has no body."""
        status, text = self.ask(body, path, **headers)
        assert text == b""
        return status

    def ask(self, body: bytes | Iterable[bytes], path: str, **headers: str) -> tuple[int, bytes]:
        place = urlsplit(self.address)
        connection = HTTPConnection(place.hostname or "", place.port, timeout=20)
        plain = {"Content-Type": "text/plain; charset=UTF-8", "x-amz-sns-topic-arn": sns.TOPIC}
        try:
            connection.request("POST", path, body, plain | headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def name(self, address: str = LOST) -> str:
        return line(self.ground, address).delivery

    def state(self, address: str = LOST) -> DeliveryState:
        return line(self.ground, address).state

    def blocked(self, address: str = LOST) -> bool:
        with self.ground.app.store.reading() as work:
            return work.roll.suppressions.contains(address)


@contextmanager
def served(ground: Ground) -> Iterator[Site]:
    provider = sns.Sns(kit.NOW)
    ready = threading.Event()
    real = server.create_app
    # The seam of `create_app` that the server has no word for.
    with patch.object(server, "create_app", lambda app: real(app, fetch=provider.fetch)):
        running = WebServer(ground.app, "127.0.0.1", 0, lambda _address: ready.set())
    thread = threading.Thread(target=running.run)
    thread.start()
    try:
        assert ready.wait(20)
        yield Site(ground, provider, running.address)
    finally:
        running.stop()
        thread.join()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with doubtful_home(tmp_path / "home", flags=ON) as ground, served(ground) as made:
        yield made
