"""The seam between the ledger and the wire: what a transport is, and which one a text names.

`folder:DIR`, `smtp://`, `smtps://`, `lmtp://` and `ses://` are known; another provider is one
module with its spec, its transport, and its line here. A transport belongs to one thread.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Protocol
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from digest.deliver.folder import FolderSpec
from digest.deliver.ses import parse_ses
from digest.deliver.smtp import MESSAGES_PER_CONNECTION, SmtpSpec
from digest.errors import DigestError, WrongSettings
from digest.model import Delivery, Result

DEFAULT = "folder:outbox"
_PORTS = {"smtp": 25, "smtps": 465, "lmtp": 24}
_SUBMISSION = 587
"""Where a relay that wants a login listens, RFC 6409 §3.1."""
_EXAMPLES = "Примери: folder:outbox, smtp://127.0.0.1:25, smtps://user:password@smtp.example.bg."


class Transport(Protocol):
    """Hands one message over and says what came of it; belongs to one thread.

    `send` answers with a `Result` of that very delivery and raises nothing of its own: what was
    not handed over comes back `RETURNED`. When the transport itself failed (disk full, relay not
    reachable, no TLS where it is required, login refused) the reason is `connect` and `fault`
    says to a person what to do, so that the caller gives its remaining rows back and raises it
    instead of burning through the list. `envelope_from` is an address, or empty for the null
    sender.
    """

    @property
    def fault(self) -> DigestError | None:
        """What stopped the last `send`, if it was not about its message."""

    def send(self, delivery: Delivery, message: bytes, envelope_from: str) -> Result: ...

    def close(self) -> None: ...


class TransportSpec(Protocol):
    """A transport as settings name it. `shown` holds no password; `open` touches nothing yet."""

    @property
    def shown(self) -> str: ...

    def open(self) -> Transport: ...


def parse_transport(
    text: str, *, home: Path, timeout: float, messages: int = MESSAGES_PER_CONNECTION
) -> TransportSpec:
    """The transport that `text` names; an empty text means `folder:outbox` in the home.

    `timeout` is in seconds, for each answer of a relay; a kept SMTP connection is made anew
    after so many `messages`. Raises `WrongSettings` with an example,
    never with the password.
    """
    named = text.strip() or DEFAULT
    scheme, _, rest = named.partition(":")
    if scheme == "folder":
        if not rest or "\0" in rest:
            raise _wrong("Папката не е посочена.")
        return FolderSpec(home / Path(rest).expanduser())
    if scheme == "ses":
        return parse_ses(named, timeout)
    if scheme not in _PORTS:
        raise _wrong(f"Видът „{scheme[:20]}“ не е познат.")
    return _relay(named, timeout, messages)


def _relay(text: str, timeout: float, messages: int) -> SmtpSpec:
    try:
        url = urlsplit(text)
        port = url.port
    except ValueError as cause:
        raise _wrong("Адресът или портът не са записани правилно.") from cause
    options = _options(url)
    host = _host(url)
    login = unquote(url.username or "")
    default = _SUBMISSION if login and url.scheme == "smtp" else _PORTS[url.scheme]
    if port == 0 or bool(login) != bool(url.password):
        raise _wrong("Липсва порт, потребител или парола.")
    return SmtpSpec(
        scheme=url.scheme,
        host=host,
        port=port or default,
        timeout=timeout,
        user=login,
        password=unquote(url.password or ""),
        tls=options.get("tls", ""),
        ca=options.get("ca", ""),
        helo=options.get("helo", ""),
        messages=messages,
    )


def _host(url: SplitResult) -> str:
    if url.scheme == "lmtp" and not url.netloc and url.path.startswith("/"):
        return url.path
    if not url.hostname or url.path not in {"", "/"} or url.fragment:
        raise _wrong("Няма име на сървър или след него стои път.")
    return url.hostname


def _options(url: SplitResult) -> dict[str, str]:
    options = dict(parse_qsl(url.query, keep_blank_values=True))
    strange = sorted(options.keys() - {"tls", "ca", "helo"})
    if strange:
        raise _wrong(f"Ключът „{strange[0][:20]}“ не е познат; има tls, ca и helo.")
    if options.get("tls", "required") not in {"required", "off"}:
        raise _wrong("tls може да е required или off.")
    if not re.fullmatch(r"[A-Za-z0-9.:\[\]-]*", options.get("helo", "")):
        raise _wrong("helo е име на машина.")
    return options


def _wrong(why: str) -> WrongSettings:
    return WrongSettings("Начинът на изпращане не може да се използва.", why, _EXAMPLES)
