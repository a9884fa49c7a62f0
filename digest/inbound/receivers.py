"""Where returned mail comes from: an MTA that hands over by LMTP (`digest/letterbox.py`: folders).

It gives raw bytes; what a letter means is `classify.py`'s matter.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from digest.errors import WrongUsage

if TYPE_CHECKING:
    from aiosmtpd.smtp import SMTP, Envelope, Session

MAX_LETTER = 10_000_000
"""Bytes of a letter; a longer one is refused (RFC 1870)."""


class _Handler:
    """Hands each letter on before it is acknowledged (RFC 2033): what fails is sent again."""

    def __init__(self, take: Callable[[bytes, str], None]) -> None:
        self._take = take

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        content = envelope.content
        data = content if isinstance(content, bytes) else (content or "").encode()
        self._take(data, f"lmtp:{','.join(envelope.rcpt_tos)}")
        return "250 2.0.0 Ok"


def listen(
    place: str,
    take: Callable[[bytes, str], None],
    *,
    ready: Callable[[str], None],
    until: threading.Event | None = None,
) -> None:
    """Takes letters by LMTP on `HOST:PORT` until SIGTERM, SIGINT or `until`."""
    from aiosmtpd.controller import Controller
    from aiosmtpd.lmtp import LMTP

    host, _, port = place.rpartition(":")
    if not host or not port.isdigit():
        raise WrongUsage(
            f"„{place}“ не е място за слушане.", "Нужни са хост и порт.", "Пример: 127.0.0.1:2424."
        )

    class LmtpController(Controller):
        def factory(self) -> LMTP:
            return LMTP(self.handler, data_size_limit=MAX_LETTER, enable_SMTPUTF8=True)

    stop = until or threading.Event()
    if until is None:
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
    server = LmtpController(_Handler(take), hostname=host, port=int(port))
    server.start()
    try:
        ready(place)
        stop.wait()
    finally:
        server.stop()
