"""Where returned mail comes from: an IMAP folder that is polled, or an MTA that hands over by LMTP.

Both give raw bytes; what a letter means is `classify.py`'s matter.
"""

from __future__ import annotations

import imaplib
import signal
import ssl
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from digest.errors import Unavailable, WrongUsage

if TYPE_CHECKING:
    from aiosmtpd.smtp import SMTP, Envelope, Session

MAX_LETTER = 10_000_000
"""Bytes of a letter; a longer one is refused (RFC 1870)."""

TIMEOUT = 60.0
"""Seconds for each answer of an IMAP server."""


def imap_letters(url: str) -> Iterator[tuple[str, bytes]]:
    """The unseen letters of `imaps://user:password@host/FOLDER`; each is marked seen afterwards.

    The mark follows only when the caller comes back for the next letter, so that a crash reads
    it again. Raises `Unavailable`; the password is never part of a message.
    """
    parts = urlsplit(url)
    folder = unquote(parts.path.lstrip("/")) or "INBOX"
    where = f"{parts.scheme}://{parts.hostname}/{folder}"
    try:
        with _imap(parts.scheme, parts.hostname or "", parts.port) as box:
            box.login(unquote(parts.username or ""), unquote(parts.password or ""))
            box.select(f'"{folder}"')
            for number in box.search(None, "UNSEEN")[1][0].split():
                yield f"{where}#{number.decode()}", _letter(box, number.decode())
                box.store(number.decode(), "+FLAGS", "\\Seen")
    except (imaplib.IMAP4.error, OSError, ssl.SSLError) as cause:
        raise Unavailable(
            f"Пощата „{where}“ не може да се прочете.",
            f"Причина: {type(cause).__name__}.",
            "Проверете адреса, потребителя и паролата и опитайте пак.",
        ) from cause


def _imap(scheme: str, host: str, port: int | None) -> imaplib.IMAP4:
    if scheme == "imaps":
        context = ssl.create_default_context()
        return imaplib.IMAP4_SSL(host, port or 993, ssl_context=context, timeout=TIMEOUT)
    return imaplib.IMAP4(host, port or 143, timeout=TIMEOUT)


def _letter(box: imaplib.IMAP4, number: str) -> bytes:
    for part in box.fetch(number, "(BODY.PEEK[])")[1]:
        if isinstance(part, tuple):
            return bytes(part[1])
    return b""


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
