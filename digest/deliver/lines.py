"""A relay's replies as they come over the wire: line by line, and never without end."""

from __future__ import annotations

import re
import smtplib
import socket


class Garbage(smtplib.SMTPException):
    """The relay said something that is no reply."""


MAX_REPLY_LINES = 512
"""Lines of one reply; the longest honest one (EHLO) has a few dozen."""

_CHUNK = 8192
_SINGLE = re.compile(rb"([2-5][0-9][0-9])(?: ([^\r\n]*))?\r\n")


class Lines:
    """A relay's lines. The library reads a reply of several lines for as long as it goes on.

    Raises `TimeoutError` when the kernel's own time-out ran out (see `Session.unhurried`).
    """

    def __init__(self, source: socket.socket) -> None:
        self._source = source
        self._held = b""
        self.left = MAX_REPLY_LINES

    def readline(self, size: int) -> bytes:
        """The next line, with its end; raises `Garbage` when a reply has no end."""
        self.left -= 1
        if self.left < 0:
            raise Garbage(f"a reply of more than {MAX_REPLY_LINES} lines")
        while (end := self._held.find(b"\n") + 1) == 0 and len(self._held) < size:
            more = self._more()
            if not more:
                break
            self._held += more
        end = min(end or len(self._held), size)
        line, self._held = self._held[:end], self._held[end:]
        return line

    def single(self) -> tuple[int, bytes] | None:
        """The reply at hand if it is whole and of one line, as nearly all are; else None.

        When nothing is at hand it waits for something. Raises `OSError`.
        """
        if not self._held:
            self._held = self._more()
        found = _SINGLE.match(self._held)
        if found is None:
            return None
        self._held = self._held[found.end() :]
        return int(found[1]), (found[2] or b"").strip()

    def _more(self) -> bytes:
        try:
            return self._source.recv(_CHUNK)
        except BlockingIOError as cause:
            raise TimeoutError("timed out") from cause

    def close(self) -> None:
        """Nothing is open but the socket, which is the session's."""
