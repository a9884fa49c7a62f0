"""A mail server on loopback with scripted faults, and a log of what it really accepted.

The log is written before the 250 leaves, so it knows more than a client that was cut off.
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.parser import BytesHeaderParser
from typing import Any, cast

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

CUT = "cut"
SILENCE = "silence"
LATE = "late"


@dataclass(frozen=True)
class Fault:
    """What happens at `stage` (`mail`, `rcpt`, `data`, `body`, `early`, `dot`).

    `answer` is a reply line (`250-…` begins one that never ends), `CUT` (the connection goes),
    `SILENCE` (nothing comes) or `LATE` (the 250 comes when the client has given up). At the dot, `keeps` says whether the message was
    accepted all the same.
    """

    stage: str
    answer: str
    keeps: bool = False


@dataclass(frozen=True)
class Taken:
    """One accepted message as it arrived."""

    sender: str
    recipient: str
    message: bytes
    options: tuple[str, ...]
    encrypted: bool

    @property
    def delivery(self) -> str:
        return str(BytesHeaderParser().parsebytes(self.message)["X-Digest-Delivery"])


@dataclass
class Sink:
    """A running server. `script` is used up in order, each fault at the next time it fits."""

    script: deque[Fault] = field(default_factory=deque)
    offers: tuple[str, ...] = ("PIPELINING", "ENHANCEDSTATUSCODES")
    accepted: list[Taken] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    connections: int = 0
    port: int = 0

    def url(self, scheme: str = "smtp", rest: str = "") -> str:
        return f"{scheme}://{rest}127.0.0.1:{self.port}"

    def due(self, stage: str) -> Fault | None:
        """The first fault of the script, if it belongs to this stage."""
        if self.script and self.script[0].stage == stage:
            return self.script.popleft()
        return None

    async def handle_EHLO(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, name: str, lines: list[str]
    ) -> list[str]:
        session.host_name = name
        return [lines[0], *(f"250-{one}" for one in self.offers), *lines[1:]]

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.commands.append("MAIL")
        said = await self._fault("mail", server)
        if said is None:
            envelope.mail_from, envelope.mail_options = address, options
        return said or "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.commands.append("RCPT")
        said = await self._fault("rcpt", server)
        if said is None:
            envelope.rcpt_tos.append(address)
        return said or "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        fault = self.script[0] if self.script and self.script[0].stage == "dot" else None
        if fault is None or fault.keeps:
            self.accepted.append(_taken(envelope, session))
        said = await self._fault("dot", server)
        return said or "250 2.0.0 taken"

    async def handle_RSET(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self.commands.append("RSET")
        return "250 2.0.0 OK"

    async def _fault(self, stage: str, server: SMTP) -> str | None:
        fault = self.due(stage)
        if fault is None:
            return None
        if fault.answer == CUT:
            cast("asyncio.Transport", server.transport).abort()
        half = fault.answer[3:4] == "-"
        if half:
            cast("asyncio.Transport", server.transport).write(f"{fault.answer}\r\n".encode())
        if half or fault.answer in {CUT, SILENCE, LATE}:
            try:
                # Losing the connection cancels this, and so does stopping the server.
                await asyncio.Event().wait()
            finally:
                if fault.answer == LATE:
                    cast("asyncio.Transport", server.transport).write(b"250 2.0.0 taken\r\n")
        return fault.answer


def _taken(envelope: Envelope, session: Session) -> Taken:
    content = envelope.original_content
    assert content is not None
    return Taken(
        sender=str(envelope.mail_from),
        recipient=str(envelope.rcpt_tos[0]),
        message=content,
        options=tuple(envelope.mail_options),
        encrypted=session.ssl is not None,
    )


class _Faulty:
    """Faults inside DATA, where the library has no hook."""

    sink: Sink

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        sink = self.sink
        sink.commands.append("DATA")
        data, body, early = sink.due("data"), sink.due("body"), sink.due("early")
        if data is not None and data.answer not in {CUT, SILENCE}:
            await self.push(data.answer)  # type: ignore[attr-defined]
        elif data is not None or body is not None:
            await self._break(data or body)
        elif early is not None:
            await self.push(f"354 go\r\n{early.answer}")  # type: ignore[attr-defined]
        else:
            await super().smtp_DATA(arg)  # type: ignore[misc]

    async def _break(self, fault: Fault | None) -> None:
        assert fault is not None
        if fault.stage == "body":
            await self.push("354 go")  # type: ignore[attr-defined]
            await self._reader.readexactly(4096)  # type: ignore[attr-defined]
        if fault.answer == CUT:
            self.transport.abort()  # type: ignore[attr-defined]
        await asyncio.Event().wait()


class _FaultySmtp(_Faulty, SMTP):
    pass


class _FaultyLmtp(_Faulty, LMTP):
    pass


class _Controller(Controller):
    """Takes a free port, and says which."""

    def __init__(
        self, sink: Sink, *, lmtp: bool, tls: ssl.SSLContext | None, **kwargs: Any
    ) -> None:
        self.sink = sink
        self.kind = _FaultyLmtp if lmtp else _FaultySmtp
        self.tls = tls
        self.options = kwargs
        super().__init__(sink, hostname="127.0.0.1", port=0)

    def factory(self) -> SMTP:
        self.sink.connections += 1
        server = self.kind(self.handler, hostname="sink.test", tls_context=self.tls, **self.options)
        server.sink = self.sink
        return server

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.sink.port = cast("asyncio.Server", self.server).sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]
        self.sink.connections = 0


@contextmanager
def sink(
    *faults: Fault,
    lmtp: bool = False,
    offers: tuple[str, ...] = ("PIPELINING", "ENHANCEDSTATUSCODES"),
    size: int = 33554432,
    utf8: bool = False,
    tls: ssl.SSLContext | None = None,
    login: tuple[str, str] | None = None,
) -> Iterator[Sink]:
    """A server for the length of a test; its thread has ended when the block is left."""
    running = Sink(deque(faults), offers)

    def check(
        server: object, session: object, envelope: object, how: str, data: object
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        good = login is not None and (data.login.decode(), data.password.decode()) == login
        return AuthResult(success=good, handled=False)

    controller = _Controller(
        running,
        lmtp=lmtp,
        tls=tls,
        data_size_limit=size,
        enable_SMTPUTF8=utf8,
        authenticator=check if login else None,
        auth_require_tls=login is None,
    )
    before = set(threading.enumerate())
    controller.start()
    try:
        yield running
    finally:
        controller.stop()
        assert not [t for t in set(threading.enumerate()) - before if t.name.startswith("Thread")]
