"""The bytes of each message: headers built once an edition, bodies spliced for each person.

Takes a `RenderedEdition`, the `Masthead` and the `Links`; gives RFC 5322 messages with CRLF.
Nothing is rendered here and no clock is read: the same input gives the same bytes.
"""

from __future__ import annotations

import logging
import re
from binascii import a2b_base64
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from digest.deliver import headers
from digest.deliver.addresses import Mailbox, mailbox
from digest.deliver.links import Links
from digest.deliver.splice import Splice, encode
from digest.errors import BadInput, DigestError
from digest.model import Delivery, Masthead, Outcome, Picture, RenderedEdition, Result, Variant

if TYPE_CHECKING:
    from digest.deliver.dkim import Signer

PLACEHOLDERS = frozenset({"UNSUB", "PREFS", "WEB", "NAME"})
TEST_PREFIX = "[ТЕСТ] "
"""What stands before the subject of a test-send."""

_log = logging.getLogger(__name__)
_PART = 'Content-Type: text/{}; charset="utf-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n'


@dataclass(frozen=True, slots=True)
class _Parts:
    """`opening` stands before the HTML, `closing` after it: the pictures that it calls."""

    text: Splice
    html: Splice
    opening: bytes
    closing: bytes


class Composer:
    """Makes the messages of one edition; safe to share between threads.

    `date` (aware) is the Date header of all of them; `signer` signs each, where there is one.
    Raises `BadInput` when the edition's own headers hold a control character or a part asks for
    a value that no message has.
    """

    def __init__(
        self,
        rendered: RenderedEdition,
        masthead: Masthead,
        links: Links,
        *,
        date: datetime,
        subject_prefix: str = "",
        signer: Signer | None = None,
    ) -> None:
        self._rendered = rendered
        self._date = date
        self._signer = signer
        self._links = links
        self._boundary = _boundary(rendered)
        kind = f'Content-Type: multipart/alternative; boundary="{self._boundary}"\r\n\r\n'
        self._kind = kind.encode("ascii")
        self._fence = f"--{self._boundary}".encode("ascii")
        self._pictures = {one.cid: encode(one.data) for one in rendered.pictures}
        self._web = headers.web_address(links.web())
        self._head = _edition_head(rendered, masthead, date, subject_prefix)
        self._parts: dict[str, _Parts] = {}
        for variant in rendered.variants.values():
            _known({*variant.html.names, *variant.text.names})

    def compose(self, delivery: Delivery) -> bytes:
        """One message, CRLF throughout; raises `BadInput` for what no message can say."""
        return self._signed(self._bare(delivery))

    def _signed(self, message: bytes) -> bytes:
        return message if self._signer is None else self._signer.signed(message, at=self._date)

    def _bare(self, delivery: Delivery) -> bytes:
        """The message before anybody signs it."""
        values = self._values(delivery)
        head = self._head + _delivery_head(delivery, values["UNSUB"], self._links)
        parts = self._variant(delivery.variant)
        if delivery.format == "text":
            return head + _PLAIN + parts.text.base64(values)
        return b"".join(
            [
                *(head, self._kind, self._fence, b"\r\n", _PLAIN),
                *parts.text.pieces(values),
                *(self._fence, b"\r\n", parts.opening),
                *parts.html.pieces(values),
                *(parts.closing, self._fence, b"--\r\n"),
            ]
        )

    def part(self, delivery: Delivery, kind: str) -> bytes:
        """The bytes of one part as the message carries them; `kind` is `html` or `text`."""
        parts = self._variant(delivery.variant)
        splice = parts.html if kind == "html" else parts.text
        return a2b_base64(splice.base64(self._values(delivery)))

    def compose_or_refuse(self, delivery: Delivery) -> bytes | Result:
        """The message, or `refused(render)`: whatever fails in composing concerns this row alone.

        Signing is outside: a key that fails is nobody's fault among the readers, and raises.
        """
        try:
            message = self._bare(delivery)
        except Exception as cause:  # noqa: BLE001 - one bad row must not stop the others
            known = isinstance(cause, DigestError)
            why = cause.what if isinstance(cause, DigestError) else repr(cause)
            # A bad address is a fact about the list, a trace only about our own faults.
            _log.warning("delivery %s cannot be composed", delivery.id, exc_info=not known)
            return Result(delivery.id, Outcome.REFUSED, "render", text=why[:500])
        return self._signed(message)

    def _variant(self, key: str) -> _Parts:
        """The spliced parts of a variant, made at its first message."""
        held = self._parts.get(key)
        if held is None:
            variant = self._rendered.variants.get(key)
            if variant is None:
                raise BadInput(
                    f"Броят няма вариант „{key}“.",
                    "Абонатът е с рубрики, за които броят не е подготвен.",
                    "Подгответе броя отново и го наредете за изпращане.",
                )
            held = self._parts[key] = _Parts(
                Splice(variant.text),
                Splice(variant.html, escape),
                *self._around(variant),
            )
        return held

    def _around(self, variant: Variant) -> tuple[bytes, bytes]:
        """What stands before and after a variant's HTML; its pictures are its only company.

        multipart/related with the HTML as its root (RFC 2387); a variant that leaves a section
        out carries none of that section's pictures.
        """
        called = [one for one in self._rendered.pictures if _calls(variant, one)]
        if not called:
            return _part("html"), b""
        fence = f"--{self._boundary}r"
        opening = f'Content-Type: multipart/related; type="text/html"; boundary="{fence[2:]}"'
        parts = [part for one in called for part in (_picture(one, fence), self._pictures[one.cid])]
        return (
            f"{opening}\r\n\r\n{fence}\r\n".encode("ascii") + _part("html"),
            b"".join([*parts, f"{fence}--\r\n".encode("ascii")]),
        )

    def _values(self, delivery: Delivery) -> dict[str, str]:
        token = delivery.leave_token
        return {
            "UNSUB": headers.web_address(self._links.leave(token)),
            "PREFS": headers.web_address(self._links.prefs(token)),
            "WEB": self._web,
            "NAME": headers.safe("To", delivery.name),
        }


def _boundary(rendered: RenderedEdition) -> str:
    """Never in a base64 body: `=` ends a line there and `_` is no letter of it."""
    mark = sha256(f"{rendered.edition_id}\n{rendered.content_hash}".encode()).hexdigest()
    return f"=_digest_{mark[:32]}"


def _calls(variant: Variant, picture: Picture) -> bool:
    return any(f'"cid:{picture.cid}"' in one for one in variant.html.literals)


def _picture(one: Picture, fence: str) -> bytes:
    """The head of a picture's part (RFC 2045, 2183, 2392)."""
    return b"".join(
        (
            f"{fence}\r\n".encode("ascii"),
            headers.line("Content-Type", f'image/{one.kind}; name="{one.name}"'),
            headers.line("Content-Transfer-Encoding", "base64"),
            headers.line("Content-ID", f"<{one.cid}>"),
            headers.line("Content-Disposition", f'inline; filename="{one.name}"'),
            b"\r\n",
        )
    )


def _part(kind: str) -> bytes:
    return _PART.format(kind).encode("ascii")


_PLAIN = _part("plain")


def _known(names: set[str]) -> None:
    strange = sorted(names - PLACEHOLDERS)
    if strange:
        raise BadInput(
            f"Писмото иска стойност „{strange[0]}“, каквато никой абонат няма.",
            f"Познати са {', '.join(sorted(PLACEHOLDERS))}.",
            "Поправете шаблона на писмото.",
        )


def _edition_head(
    rendered: RenderedEdition, masthead: Masthead, date: datetime, prefix: str
) -> bytes:
    if date.tzinfo is None:
        raise ValueError("the Date header needs an offset")
    sender = mailbox(masthead.from_address)
    label = f"{_ascii_label(sender.local)}.{sender.domain}"
    return b"".join(
        (
            headers.mailbox_line("From", masthead.from_name, sender),
            headers.text_line("Subject", prefix + rendered.subject),
            headers.line("Date", format_datetime(date)),
            headers.mailbox_line("Reply-To", "", mailbox(masthead.reply_to)),
            headers.line("List-ID", f"<{label}>"),
            # RFC 2369 §3.1 and §3.6: a person answers, and earlier editions can be read.
            headers.line("List-Help", f"<{_help(mailbox(masthead.reply_to))}>"),
            headers.line("List-Archive", f"<{_archive(masthead.public_url)}>"),
            headers.line("Feedback-ID", _feedback_id(rendered, label)),
            headers.line("Precedence", "bulk"),
            headers.line("Auto-Submitted", "auto-generated"),
            headers.line("MIME-Version", "1.0"),
        )
    )


def _delivery_head(delivery: Delivery, leave: str, links: Links) -> bytes:
    return b"".join(
        (
            headers.mailbox_line("To", delivery.name, mailbox(delivery.address)),
            headers.line("Message-ID", headers.message_id(delivery.message_id)),
            headers.leave_lines(leave, links.mailto(delivery.leave_token)),
            headers.line("X-Digest-Delivery", delivery.id),
        )
    )


def _help(editors: Mailbox) -> str:
    return f"mailto:{quote(editors.local, safe='+')}@{editors.domain}?subject=help"


def _archive(public_url: str) -> str:
    return headers.web_address(public_url.rstrip("/") + "/archive")


def _feedback_id(rendered: RenderedEdition, label: str) -> str:
    """Edition, kind, sender: at most four fields, the last stable and 5–15 letters (Gmail)."""
    sender = sha256(label.encode()).hexdigest()[:12]
    return f"{_ascii_label(rendered.edition_id)[:64]}:digest:{sender}"


def _ascii_label(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9.-]+", "-", text).strip(".-") or "digest"
