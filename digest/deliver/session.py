"""One SMTP or LMTP conversation: the library's, with a pipelined envelope and a phase mark.

`smtplib` keeps the greeting, STARTTLS, AUTH and time-outs. Added are MAIL, RCPT and DATA in one
segment where PIPELINING is offered (RFC 2920), with the final dot of the message before where it
is known what follows, and `phase`: the one thing that tells a cut
connection before the final dot, which may be tried again, from one after it, which may not.
"""

from __future__ import annotations

import select
import smtplib
import socket
import ssl
import struct
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeAlias

from digest.deliver.lines import MAX_REPLY_LINES, Garbage, Lines
from digest.deliver.outcome import Reply, Stage, reply


class Phase(StrEnum):
    """How far the message has gone: nothing of it, some of it, or the final dot."""

    ENVELOPE = "envelope"
    DATA = "data"
    DOT = "dot"


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply that decided, and which command it answered."""

    reply: Reply
    stage: Stage

    @property
    def ok(self) -> bool:
        """What RFC 5321 §4.3.2 lists as success for the command."""
        if self.stage is Stage.DATA:
            return self.reply.code == 354
        return 200 <= self.reply.code < 300


_GO_ON = {Stage.MAIL: 250, Stage.RCPT: 250, Stage.DATA: 354}
"""The usual answer to a command; of those nobody asks for the words."""

Commands: TypeAlias = tuple[tuple[Stage, bytes], ...]


CONNECT_SECONDS = 15.0
"""To connect, whatever time answers have. TCP asks after 0, 1, 3 and 7 s; who answered none of
them is not there, and the row's lease must last for the next relay."""


@dataclass(frozen=True, slots=True, eq=False)
class Letter:
    """One message, with CRLF line ends, for one recipient; `label` is its ENVID or empty."""

    name: str
    sender: str
    recipient: str
    message: bytes
    utf8: bool
    label: str


Following: TypeAlias = Callable[[], Letter | None]


def nobody() -> None:
    """Nothing is known to follow."""


class Session(smtplib.SMTP):
    """A connection that is kept from message to message."""

    _host: str  # smtplib's own: the name that TLS checks
    file: Any  # smtplib's own: what replies are read from, None until the first
    phase: Phase = Phase.ENVELOPE
    _looking: tuple[socket.socket, select.poll] | None = None
    announced: Letter | None = None
    """Whose envelope is on the wire already, with nothing of its message."""
    heard: bool = False
    """True when the relay has answered anything to the present message."""

    def getreply(self) -> tuple[int, bytes]:
        """One reply, as the library reads it, but not without end."""
        if self.sock is not None and not isinstance(self.file, Lines):
            self.file = Lines(self.sock)
        if isinstance(self.file, Lines):
            self.file.left = MAX_REPLY_LINES
        return super().getreply()

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        """The library's, with a time of its own to connect (and for TLS from the first byte)."""
        made: socket.socket = super()._get_socket(host, port, min(timeout, CONNECT_SECONDS))  # type: ignore[misc]
        made.settimeout(timeout)
        return made

    def unhurried(self) -> None:
        """Leaves the time-outs of a plain socket to the kernel.

        The interpreter's own cost a second call into it for each send and receive. Inside TLS the
        library would take the kernel's for a reason to wait on, so it keeps its own.
        """
        sock = self.sock
        if type(sock) is socket.socket and (seconds := sock.gettimeout()):
            time = struct.pack("ll", *divmod(int(seconds * 1_000_000), 1_000_000))
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, time)
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, time)
            sock.settimeout(None)

    def dial(self, host: str, port: int) -> tuple[int, bytes]:
        """Connects; gives the greeting's code and text."""
        self._host = host
        return self.connect(host, port)

    def handover(self, letter: Letter, following: Following = nobody) -> Answer:
        """Hands one message to one recipient.

        `following` is asked at the final dot what comes next: its envelope goes in one segment
        with the dot (RFC 2920 §3.1), and its answers are read when it is handed over. Until then
        it is `announced`, and the connection is good for nothing else.

        Raises `smtplib.SMTPException` or `OSError` when the connection breaks; `phase` then says
        how far this message got. After a refusal the envelope is reset, so the next may follow.
        """
        self.phase, self.heard = Phase.ENVELOPE, False
        said, self.announced = self.announced is letter, None
        refusal = self._introduced(letter, said=said)
        if refusal is not None:
            self._forget(refusal)
            return refusal
        answer = self._body(letter.message, following)
        # A refused message resets the relay by itself; a RSET would meet the one announced.
        if not answer.ok and (not self.promised or answer.reply.code == 421):
            self._forget(answer)
        return answer

    @property
    def promised(self) -> bool:
        """True while the relay waits for a message that was announced."""
        return self.announced is not None

    def _introduced(self, letter: Letter, *, said: bool) -> Answer | None:
        commands = self._envelope(letter)
        if not self.has_extn("pipelining"):
            return self._stepped(commands)
        if not said:
            self.send(b"".join(command for _, command in commands))
        return self._pipelined(commands)

    def _envelope(self, letter: Letter) -> Commands:
        mail, rcpt = f"MAIL FROM:<{letter.sender}>", f"RCPT TO:<{letter.recipient}>"
        if self.has_extn("size"):
            mail += f" SIZE={len(letter.message)}"
        if letter.utf8:
            mail += " SMTPUTF8"
        # What needs no SMTPUTF8 is ASCII throughout: bodies are base64.
        if letter.utf8 and self.has_extn("8bitmime") and not letter.message.isascii():
            mail += " BODY=8BITMIME"
        if self.has_extn("dsn"):
            # RFC 3461: headers only come back, with our own id on the report.
            mail += f" RET=HDRS ENVID={letter.label}" if letter.label else " RET=HDRS"
            rcpt += " NOTIFY=FAILURE,DELAY"
        return (
            (Stage.MAIL, mail.encode() + b"\r\n"),
            (Stage.RCPT, rcpt.encode() + b"\r\n"),
            (Stage.DATA, b"DATA\r\n"),
        )

    def _pipelined(self, commands: Commands) -> Answer | None:
        """All answers to commands that went in one segment; the first refusal decides."""
        refusal: Answer | None = None
        for stage, _ in commands:
            refused = self._refused(stage)
            refusal = refusal or refused
            if refused is not None and refused.reply.code == 421:
                return refusal
        if refusal is not None and refused is None:
            # RFC 2920 §3.1: a relay may ask for data without a recipient; it gets none.
            self.close()
        return refusal

    def _stepped(self, commands: Commands) -> Answer | None:
        for stage, command in commands:
            self.send(command)
            refused = self._refused(stage)
            if refused is not None:
                return refused
        return None

    def _refused(self, stage: Stage) -> Answer | None:
        """The relay's answer to a command, when it is not the one that lets the message go on."""
        code, text = self._heard()
        if code == _GO_ON.get(stage):
            return None
        answer = Answer(reply(code, text), stage)
        return None if answer.ok else answer

    def _body(self, message: bytes, following: Following) -> Answer:
        """The message, then the dot in a write of its own, so that the phase tells the truth."""
        self.phase = Phase.DATA
        self.send(stuffed(message))
        early = self._spoken_early()
        if early is not None:
            return early
        self.phase = Phase.DOT
        coming = following() if self.has_extn("pipelining") else None
        envelope = self._envelope(coming) if coming is not None else ()
        self.send(b"".join((b".\r\n", *(command for _, command in envelope))))
        self.announced = coming
        return Answer(self._reply(), Stage.DOT)

    def _spoken_early(self) -> Answer | None:
        """A relay that hangs up or answers before the dot has not taken the message.

        Looked at without waiting; a cut that has not arrived yet stays `unknown`, which is true.
        """
        if not isinstance(self.sock, socket.socket) or isinstance(self.sock, ssl.SSLSocket):
            return None
        if not self._look(self.sock).poll(0):
            return None
        if not self.sock.recv(1, socket.MSG_PEEK):
            raise smtplib.SMTPServerDisconnected("closed before the dot")
        answer = Answer(self._reply(), Stage.DATA)
        self.close()
        return answer

    def _look(self, sock: socket.socket) -> select.poll:
        if self._looking is None or self._looking[0] is not sock:
            look = select.poll()
            look.register(sock, select.POLLIN)
            self._looking = sock, look
        return self._looking[1]

    def _reply(self) -> Reply:
        return reply(*self._heard())

    def _heard(self) -> tuple[int, bytes]:
        code, text = self._single() or self.getreply()
        self.heard = True
        if code < 200:
            self.close()
            raise Garbage(f"not a reply: {code} {text[:80]!r}")
        return code, text

    def _single(self) -> tuple[int, bytes] | None:
        if not isinstance(self.file, Lines):
            return None
        try:
            return self.file.single()
        except OSError as cause:
            self.close()
            raise smtplib.SMTPServerDisconnected(f"closed unexpectedly: {cause}") from cause

    def _forget(self, answer: Answer) -> None:
        """RSET after a refusal; a connection that cannot be reset is not used again."""
        if answer.reply.code == 421 or self.sock is None:
            self.close()
            return
        try:
            self.send(b"RSET\r\n")
            code, _ = self.getreply()
        except (smtplib.SMTPException, OSError):
            code = 0
        if code != 250:
            self.close()

    @property
    def alive(self) -> bool:
        return self.sock is not None


class LmtpSession(Session, smtplib.LMTP):
    """The same over LMTP (RFC 2033): with one recipient, one reply after the dot is his."""


class TlsSession(Session, smtplib.SMTP_SSL):
    """The same inside TLS from the first byte (RFC 8314 §3.3)."""


def stuffed(message: bytes) -> bytes:
    """The message as DATA carries it (RFC 5321 §4.5.2), without the final dot."""
    if _dot_begins_a_line(message):
        message = message.replace(b"\n.", b"\n..")
        if message.startswith(b"."):
            message = b"." + message
    return message if message.endswith(b"\r\n") else message + b"\r\n"


_DOTS = 200
"""So many dots have the heads of a message; its body is base64 and has none."""


def _dot_begins_a_line(message: bytes) -> bool:
    # One letter is found far faster than two, and there is nearly nothing to find.
    at = -1
    for _ in range(_DOTS):
        at = message.find(b".", at + 1)
        if at < 0:
            return False
        if at == 0 or message[at - 1] == ord("\n"):
            return True
    return b"\n." in message
