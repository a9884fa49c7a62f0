"""The SMTP, SMTPS and LMTP transport: a kept connection, TLS by policy, one result a message.

Which TLS is used: `required` away from loopback unless `?tls=off` says otherwise, and never a
silent fall-back; on loopback STARTTLS is used when offered, without checking who answers there.
"""

from __future__ import annotations

import ipaddress
import logging
import smtplib
import socket
import ssl
from dataclasses import dataclass, field
from functools import cached_property

from digest.deliver.addresses import mailbox
from digest.deliver.foresight import Coming, nothing
from digest.deliver.outcome import MAX_TEXT, Stage, judge, reply
from digest.deliver.session import Letter, LmtpSession, Phase, Session, TlsSession
from digest.deliver.smtp_faults import no_tls, unreachable
from digest.errors import BadInput, DigestError, WrongSettings
from digest.model import Delivery, Outcome, Result

MESSAGES_PER_CONNECTION = 500
"""Relays commonly cut off after a thousand; a fresh connection also spreads over their hosts."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SmtpSpec:
    """A relay as the settings name it. `tls` is `required`, `off` or empty for the default."""

    scheme: str
    host: str
    port: int
    timeout: float
    user: str = ""
    password: str = field(default="", repr=False)
    tls: str = ""
    ca: str = ""
    helo: str = ""
    messages: int = MESSAGES_PER_CONNECTION

    @property
    def shown(self) -> str:
        if self.host.startswith("/"):
            return f"{self.scheme}://{self.host}"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"

    @property
    def loopback(self) -> bool:
        """True for 127/8, ::1, `localhost` and a Unix socket: nobody listens in between."""
        if self.host == "localhost" or self.host.startswith("/"):
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def tls_required(self) -> bool:
        return self.tls == "required" or (self.tls == "" and not self.loopback)

    def open(self) -> SmtpTransport:
        """A transport; it connects at its first message."""
        return SmtpTransport(self)


class SmtpTransport:
    """Sends over one kept connection. Not shared between threads."""

    def __init__(self, spec: SmtpSpec) -> None:
        self._spec = spec
        self._name = spec.shown
        self._session: Session | None = None
        self._sent = 0
        self._announced: Letter | None = None
        self.coming: Coming = nothing
        self.fault: DigestError | None = None

    def send(self, delivery: Delivery, message: bytes, envelope_from: str) -> Result:
        """See `Transport`. A cut before the dot gives the row back, after it `unknown`."""
        self.fault = None
        try:
            letter = self._letter(delivery, message, envelope_from)
        except BadInput as cause:
            return Result(delivery.id, Outcome.REFUSED, "render", text=cause.what[:MAX_TEXT])
        for _ in range(2):
            result = self._attempt(delivery, letter)
            if result is not None:
                return result
            # A kept connection was closed while idle: nothing was heard, so nothing is lost.
        return _lost(delivery, "the relay closes every connection")

    def _letter(self, delivery: Delivery, message: bytes, envelope_from: str) -> Letter:
        """The very letter that was announced, or a new one. Raises `BadInput`."""
        held, self._announced = self._announced, None
        if held is not None and held.name == delivery.id and held.message is message:
            return held
        return _letter(delivery, message, envelope_from)

    def _following(self) -> Letter | None:
        """Asked at the dot: what may be announced with it."""
        self._announced = None
        coming, session = self.coming(), self._session
        if coming is None or session is None or self._sent + 1 >= self._spec.messages:
            return None
        try:
            letter = _letter(*coming)
        except BadInput:
            return None
        if _beyond(session, letter) is None:
            self._announced = letter
        return self._announced

    def close(self) -> None:
        """Says QUIT, if anybody is there to hear it."""
        self._hang_up()

    def _attempt(self, delivery: Delivery, letter: Letter) -> Result | None:
        """One try; None when a kept connection proved dead before the relay said a word."""
        kept = self._session is not None and self._session.alive
        session = self._connected(delivery, letter)
        if isinstance(session, Result):
            return session
        refused = _beyond(session, letter)
        if refused is not None:
            status, text = refused
            return Result(delivery.id, Outcome.REFUSED, "ours", status=status, text=text)
        try:
            answer = session.handover(letter, self._following)
        except (smtplib.SMTPException, OSError) as cause:
            session.close()
            _log.warning("%s: cut in %s: %s", self._spec.shown, session.phase, cause)
            if kept and session.phase is Phase.ENVELOPE and not session.heard:
                return None
            return _lost(delivery, str(cause), unknown=session.phase is Phase.DOT)
        self._sent += 1
        return judge(delivery.id, answer.reply, answer.stage, self._name)

    def _connected(self, delivery: Delivery, letter: Letter) -> Session | Result:
        session = self._session
        free = session is not None and session.announced in {None, letter}
        if session is not None and free and session.alive and self._sent < self._spec.messages:
            return session
        self._hang_up()
        try:
            self._session = _Dial(self._spec).session()
        except smtplib.SMTPConnectError as cause:
            result = judge(delivery.id, reply(cause.smtp_code, cause.smtp_error), Stage.CONNECT)
            if result.reason == "throttle":
                return result
            return self._stopped(delivery, unreachable(self._spec, cause))
        except (smtplib.SMTPException, OSError, ValueError) as cause:
            # ValueError: a challenge that is no base64, a host or password the library cannot say.
            return self._stopped(delivery, unreachable(self._spec, cause))
        except DigestError as cause:
            return self._stopped(delivery, cause)
        self._sent = 0
        return self._session

    def _stopped(self, delivery: Delivery, fault: DigestError) -> Result:
        _log.warning("%s: no connection: %s", self._spec.shown, fault.why)
        self.fault = fault
        return Result(delivery.id, Outcome.RETURNED, "connect", text=reply(0, fault.why).text)

    def _hang_up(self) -> None:
        session, self._session = self._session, None
        if session is None:
            return
        try:
            # To a relay that waits for an announced message, QUIT would be a line of it.
            if session.alive and not session.promised:
                session.quit()
        except (smtplib.SMTPException, OSError) as cause:
            _log.debug("%s: QUIT: %s", self._spec.shown, cause)
        finally:
            session.close()


@dataclass(frozen=True)
class _Dial:
    """Makes a connection that may carry mail: greeted, encrypted by policy, logged in."""

    spec: SmtpSpec

    def session(self) -> Session:
        session = self._connect()
        try:
            self._greet(session)
            if self.spec.scheme != "smtps":
                self._encrypt(session)
            if self.spec.user:
                session.login(self.spec.user, self.spec.password)
            session.unhurried()
        except BaseException:
            session.close()
            raise
        return session

    def _connect(self) -> Session:
        spec, helo = self.spec, self._helo
        session: Session
        if spec.scheme == "smtps":
            session = TlsSession(local_hostname=helo, timeout=spec.timeout, context=self._context)
        elif spec.scheme == "lmtp":
            session = LmtpSession(local_hostname=helo, timeout=spec.timeout)
        else:
            session = Session(local_hostname=helo, timeout=spec.timeout)
        code, text = session.dial(spec.host, spec.port)
        if code != 220:
            session.close()
            raise smtplib.SMTPConnectError(code, text)
        if session.sock is not None and session.sock.family != socket.AF_UNIX:
            # The dot goes in a segment of its own; Nagle would hold it for the relay's ACK.
            session.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return session

    def _greet(self, session: Session) -> None:
        code, text = session.ehlo()
        if code == 250:
            return
        if self.spec.scheme == "lmtp":
            raise smtplib.SMTPHeloError(code, text)
        code, text = session.helo()
        if code != 250:
            raise smtplib.SMTPHeloError(code, text)

    def _encrypt(self, session: Session) -> None:
        spec = self.spec
        if spec.tls == "off" or spec.host.startswith("/"):
            return
        if not session.has_extn("starttls"):
            if spec.tls_required:
                raise no_tls(spec)
            return
        session.starttls(context=self._context)
        self._greet(session)

    @cached_property
    def _context(self) -> ssl.SSLContext:
        spec = self.spec
        try:
            context = ssl.create_default_context(cafile=spec.ca or None)
        except (OSError, ssl.SSLError) as cause:
            raise WrongSettings(
                f"Удостоверенията в „{spec.ca}“ не могат да се прочетат.",
                f"Причина: {cause}.",
                "Посочете файл PEM: smtp://mail.example.bg?ca=/etc/ssl/relay.pem.",
            ) from cause
        if spec.loopback and not spec.ca and spec.tls != "required":
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context

    @property
    def _helo(self) -> str:
        if self.spec.helo:
            return self.spec.helo
        # Not getfqdn: it asks the network. A name without a dot is no name (RFC 5321 §4.1.4).
        name = socket.gethostname()
        return name if "." in name and name.isascii() and not self.spec.loopback else "[127.0.0.1]"


def _letter(delivery: Delivery, message: bytes, envelope_from: str) -> Letter:
    """Raises `BadInput` for an address that no envelope can carry."""
    recipient = mailbox(delivery.address)
    sender = mailbox(envelope_from).text if envelope_from else ""
    # Also by the head: an editor's address beyond ASCII stands in it raw (RFC 6532).
    utf8 = recipient.needs_utf8 or not sender.isascii() or not message.isascii()
    return Letter(delivery.id, sender, recipient.text, message, utf8, _xtext(delivery.id))


def _beyond(session: Session, letter: Letter) -> tuple[str, str] | None:
    """What this relay cannot carry is refused for that row, and is not the reader's fault.

    Gives the enhanced status and words for it.
    """
    if letter.utf8 and not session.has_extn("smtputf8"):
        return "5.6.7", "the relay offers no SMTPUTF8"
    if letter.utf8 and not session.has_extn("8bitmime") and not letter.message.isascii():
        return "5.6.3", "the relay offers no 8BITMIME"
    limit = session.esmtp_features.get("size", "")
    if limit.isdecimal() and 0 < int(limit) < len(letter.message):
        return "5.3.4", f"{len(letter.message)} bytes; the relay takes {limit}"
    return None


def _lost(delivery: Delivery, text: str, *, unknown: bool = False) -> Result:
    outcome = Outcome.UNKNOWN if unknown else Outcome.RETURNED
    return Result(delivery.id, outcome, "lost", text=reply(0, text).text)


def _xtext(text: str) -> str:
    """An ENVID that needs no escaping (RFC 3461 §4), else none."""
    plain = text.isascii() and text.isprintable() and not set(text) & {"+", "=", " "}
    return text if plain and len(text) <= 100 else ""
