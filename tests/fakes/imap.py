"""An IMAP server on the loopback with one mailbox: as much of RFC 3501 as a reader needs."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Mailbox:
    """The letters of the server's only folder, and what its clients asked for."""

    letters: list[bytes]
    folder: str = "Bulletin"
    password: str = "taina"
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
        done = f"{tag} OK {verb}".encode()
        if verb == "CAPABILITY":
            self._send(b"* CAPABILITY IMAP4rev1")
        elif verb == "LOGIN" and f'"{box.password}"' not in command:
            done = f"{tag} NO LOGIN".encode()
        elif verb in {"SELECT", "EXAMINE"}:
            if f'"{box.folder}"' in command:
                self._send(f"* {len(box.letters)} EXISTS".encode())
            else:
                done = f"{tag} NO няма".encode()
        elif verb == "SEARCH":
            numbers = range(1, len(box.letters) + 1)
            unseen = [n for n in numbers if n not in box.seen or "UNSEEN" not in command]
            self._send(b"* SEARCH " + " ".join(map(str, unseen)).encode())
        elif verb == "FETCH":
            number = int(command.split(" ")[1])
            letter = box.letters[number - 1]
            self._send(f"* {number} FETCH (BODY[] {{{len(letter)}}}".encode())
            self.wfile.write(letter)
            self._send(b")")
        elif verb == "STORE":
            box.seen.add(int(command.split(" ")[1]))
        elif verb == "LOGOUT":
            self._send(b"* BYE")
        self._send(done)
        return verb != "LOGOUT"


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
