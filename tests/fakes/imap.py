"""An IMAP server on the loopback with one mailbox: as much of RFC 3501 as a reader needs."""

from __future__ import annotations

import base64
import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Mailbox:
    """The letters of the server's only folder, how it answers, and what its clients asked for.

    `odd` names ways in which servers differ: no-search (OK without its line), no-fetch (refuses to
    give a letter), quoted (a letter in quotes), gone (a letter taken away meanwhile), no-sizes.
    """

    letters: list[bytes]
    folder: str = "Bulletin"
    password: str = "taina"
    capabilities: str = "IMAP4rev1"
    odd: str = ""
    sizes: dict[int, int] = field(default_factory=dict)
    fetched: list[int] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)
    said: list[str] = field(default_factory=list)
    port: int = 0


class _Handler(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        box: Mailbox = self.server.box  # type: ignore[attr-defined]
        self._send("* OK готов".encode())
        for raw in self.rfile:
            line = raw.decode("utf-8", "replace").strip()
            tag, _, command = line.partition(" ")
            box.said.append(re.sub(r"(?i)^(LOGIN \S+) .*", r"\1 …", command))
            if not self._answer(box, tag, command):
                return

    def _send(self, line: bytes) -> None:
        self.wfile.write(line + b"\r\n")

    def _answer(self, box: Mailbox, tag: str, command: str) -> bool:
        verb = command.split(" ", maxsplit=1)[0].upper()
        answer = getattr(self, f"_{verb.lower()}", None)
        refused = answer is not None and answer(box, command)
        self._send(f"{tag} {'NO отказано' if refused else f'OK {verb}'}".encode())
        return verb not in {"LOGOUT", "STARTTLS"}

    # ---- each command: True when it is refused

    def _capability(self, box: Mailbox, _command: str) -> None:
        self._send(f"* CAPABILITY {box.capabilities}".encode())

    def _login(self, box: Mailbox, command: str) -> bool:
        return f'"{box.password}"' not in command

    def _authenticate(self, box: Mailbox, _command: str) -> bool:
        self._send(b"+ ")
        return base64.b64decode(self.rfile.readline()).decode().split("\0")[2] != box.password

    def _examine(self, box: Mailbox, command: str) -> bool:
        if f'"{box.folder}"' not in command:
            return True
        self._send(f"* {len(box.letters)} EXISTS".encode())
        return False

    _select = _examine

    def _search(self, box: Mailbox, command: str) -> None:
        numbers = range(1, len(box.letters) + 1)
        unseen = [n for n in numbers if n not in box.seen or "UNSEEN" not in command]
        if box.odd != "no-search":
            self._send(b"* SEARCH " + " ".join(map(str, unseen)).encode())

    def _fetch(self, box: Mailbox, command: str) -> bool:
        numbers = map(int, command.split(" ")[1].split(","))
        if "SIZE" not in command:
            return any(self._letter(box, number) for number in numbers)
        for number in numbers:
            size = box.sizes.get(number, len(box.letters[number - 1]))
            if box.odd != "no-sizes":
                self._send(f"* {number} FETCH (RFC822.SIZE {size})".encode())
        return False

    def _store(self, box: Mailbox, command: str) -> None:
        box.seen.add(int(command.split(" ")[1]))

    def _logout(self, _box: Mailbox, _command: str) -> None:
        self._send(b"* BYE")

    def _letter(self, box: Mailbox, number: int) -> bool:
        """Gives one letter; True when it is refused."""
        box.fetched.append(number)
        letter = box.letters[number - 1]
        if box.odd == "no-fetch":
            return True
        if box.odd == "quoted":
            text = letter.replace(b"\\", rb"\\").replace(b'"', rb"\"")
            self._send(b'* %d FETCH (BODY[] "%s")' % (number, text))
        elif box.odd != "gone":
            self._send(f"* {number} FETCH (BODY[] {{{len(letter)}}}".encode())
            self.wfile.write(letter)
            self._send(b")")
        return False


@contextmanager
def serving(*letters: bytes) -> Iterator[Mailbox]:
    """The server on a free port; it ends with the block."""
    box = Mailbox(list(letters))
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Handler) as server:
        server.daemon_threads = True
        server.box = box  # type: ignore[attr-defined]
        box.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()
