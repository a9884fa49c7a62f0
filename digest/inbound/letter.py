"""A raw letter taken apart: headers as text, what it says itself, and what it returns.

Whatever the bytes are, something is given back: broken MIME, unknown charsets and letters that
lost their headers are the daily bread here.
"""

from __future__ import annotations

import email
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses

MAX_BYTES = 2_000_000
"""No report needs more; what lies beyond is the returned message."""

MAX_TEXT = 40_000
"""Characters of a report's own words; explanations are far shorter."""
MAX_RETURNED = 400_000
"""Characters of the returned message: its headers stand first."""

_TO = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc")
_RETURNED = re.compile(
    r"^[ \t>*=-]*(?:"
    r"-+ ?below (?:this|the next) line"
    r"|.{0,40}\b(?:original|returned|unsent|undelivered|non-delivered|rejected) (?:message|mail|"
    r"information)\b.{0,60}$"
    r"|(?:this is|here is|below is)? ?a copy of (?:the|your) (?:original )?message"
    r"|message (?:header|text|body)s? follows?|(?:the )?headers? (?:of|follow)"
    r"|-+ ?(?:start of )?(?:message header|forwarded)"
    r"|received: (?:from|by|\(qmail)|return-path: ?<|mime-version: 1\.0"
    r"|(?:копие от |)(?:първоначалното|оригиналното|върнатото) (?:писмо|съобщение)"
    r")",
    re.IGNORECASE | re.MULTILINE,
)
_MESSAGE_ID = re.compile(r"^[ \t>|]*Message-I[dD]:\s*(<[^<>\s]+>)", re.IGNORECASE | re.MULTILINE)
_QUOTED = re.compile(
    r"^(?:>|-{2,} ?(?:original|forwarded|препратено|оригинално)|_{10,}|-- $"
    r"|on .{5,80} wrote:|на .{5,80} (?:написа|писа):|от: .*@|from: .*@)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter; `text` is its own human text, `returned` the rest that it carries along."""

    message: Message
    text: str
    returned: str

    def header(self, name: str) -> str:
        """A header decoded and unfolded; empty when missing or not decodable."""
        return decoded(self.message.get(name, ""))

    def addresses(self, *names: str) -> tuple[str, ...]:
        """Bare addresses of these headers, lower case, in order."""
        raw = [str(value) for name in names for value in self.message.get_all(name, [])]
        return tuple(a.lower() for _, a in getaddresses([decoded(one) for one in raw]) if "@" in a)

    @property
    def addressed_to(self) -> tuple[str, ...]:
        """Where the letter was delivered, the envelope's word first."""
        return tuple(dict.fromkeys(self.addresses(*_TO)))

    @property
    def own_words(self) -> str:
        """What a person wrote above quotation and signature."""
        kept: list[str] = []
        for line in self.text.splitlines():
            if _QUOTED.match(line.strip()):
                break
            kept.append(line)
        return "\n".join(kept).strip()

    @property
    def original_message_id(self) -> str | None:
        """The Message-ID of the returned message, never of the letter itself."""
        own = self.header("Message-ID").strip()
        found = (match[1] for match in _MESSAGE_ID.finditer(self.returned))
        return next((one for one in found if one != own), None)


def read_letter(data: bytes) -> Letter:
    """Takes a letter apart; never raises for what is in it."""
    message = email.message_from_bytes(_stripped(data[:MAX_BYTES]))
    own: list[str] = []
    returned: list[str] = []
    for part in leaves(message):
        kind = part.get_content_type()
        if part.get_content_maintype() == "message" or kind == "text/rfc822-headers":
            returned.append(raw_text(part))
        elif part.get_content_maintype() in {"text", "multipart"}:
            # A container that is no list lost its boundary; what is in it is still to be read.
            (returned or own).append(_readable(part))
    text = "\n".join(own)
    cut = _RETURNED.search(text)
    if cut is not None and cut.start() > 0:
        returned.insert(0, text[cut.start() :])
        text = text[: cut.start()]
    return Letter(message, text[:MAX_TEXT], "\n".join(returned)[:MAX_RETURNED])


def leaves(message: Message) -> Iterator[Message]:
    """The parts that are not containers, in order; a returned message counts as one part."""
    kind = message.get_content_maintype()
    payload = message.get_payload()
    if kind == "multipart" and isinstance(payload, list):
        for part in payload:
            if isinstance(part, Message):
                yield from leaves(part)
    else:
        yield message


def raw_text(part: Message) -> str:
    """What stands in a part, undone of its transfer encoding, headers of inner parts kept."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return "\n".join(_as_text(one) for one in payload if isinstance(one, Message))
    return _plain(part)


def decoded(value: object) -> str:
    """A header's text with RFC 2047 words read and white space folded."""
    raw = " ".join(str(value).split())
    try:
        return str(make_header(decode_header(raw)))
    except (HeaderParseError, UnicodeError, LookupError, ValueError):
        return raw


def _as_text(message: Message) -> str:
    try:
        return message.as_bytes().decode("utf-8", "replace")
    except (UnicodeError, LookupError, KeyError, ValueError, TypeError, AttributeError):
        return "\n".join(f"{name}: {value}" for name, value in message.items())


def _plain(part: Message) -> str:
    payload = part.get_payload(decode=True)
    body = (
        payload
        if isinstance(payload, bytes)
        else str(part.get_payload()).encode("utf-8", "replace")
    )
    charset = part.get_content_charset() or "utf-8"
    try:
        return body.decode(charset)
    except (UnicodeError, LookupError):
        return body.decode("utf-8", "replace")


def _readable(part: Message) -> str:
    text = _plain(part)
    if part.get_content_type() != "text/html":
        return text
    bare = re.sub(r"(?is)<(style|script|title)\b.*?</\1>|<!--.*?-->", " ", text)
    broken = re.sub(r"(?i)<(?:br|/p|/div|/tr|/li)\b[^>]*>", "\n", bare)
    return html.unescape(re.sub(r"<[^<>]{1,2000}>", " ", broken))


def _stripped(data: bytes) -> bytes:
    """Without the blank lines and the mbox line that some receivers put first."""
    data = data.lstrip(b"\r\n\t ")
    return data.partition(b"\n")[2] if data.startswith(b"From ") else data
