"""Header lines: written raw or as RFC 2047 words, and never with a control character.

Takes texts, gives bytes ending in CRLF. Everything that goes into a message's head passes
through `safe`; `EmailMessage` lets NUL through, so it is only the oracle in tests.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import lru_cache

from digest.deliver.addresses import Mailbox
from digest.errors import BadInput

MAX_LINE = 998
"""Octets of a line without CRLF, RFC 5322 §2.1.1."""
MAX_NAME = 200
"""Characters of a display name; a longer one is an accident of an import."""

_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_PLAIN_PHRASE = re.compile(r"[A-Za-z0-9!#$%&'*+/=^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=^_`{|}~-]+)*")
_PLAIN_TEXT = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?")
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+>")
_PAGE = re.compile(r"https?://[!#-;=?-\[\]_a-z~]+", re.IGNORECASE)
_ENCODED_LINE = 76
"""Characters of a line with encoded words, RFC 2047 §2."""
_WORD = ("=?utf-8?b?", "?=")


def safe(name: str, value: str) -> str:
    """The value as it is; raises `BadInput` on any control character, line or paragraph break."""
    if _FORBIDDEN.search(value):
        raise BadInput(
            f"Полето „{name}“ на писмото съдържа непозволен знак.",
            "Контролните знаци и новите редове могат да подменят заглавната част.",
            "Махнете знака и опитайте отново.",
        )
    return value


def line(name: str, value: str) -> bytes:
    """`Name: value` raw and unfolded; ASCII only, at most 998 octets."""
    text = f"{name}: {safe(name, value)}"
    if not text.isascii() or len(text) > MAX_LINE:
        raise _too_much(name)
    return text.encode("ascii") + b"\r\n"


def text_line(name: str, value: str) -> bytes:
    """A header of free text: as it is when short ASCII, else RFC 2047 base64, folded."""
    safe(name, value)
    plain = _PLAIN_TEXT.fullmatch(value) and "=?" not in value
    if plain and len(name) + len(value) + 2 <= _ENCODED_LINE:
        return f"{name}: {value}\r\n".encode("ascii")
    return f"{name}: {_words(value, used=len(name) + 2)}\r\n".encode("ascii")


def mailbox_line(name: str, display: str, box: Mailbox) -> bytes:
    """`Name: phrase <address>`; a non-ASCII local part stays UTF-8 (RFC 6532 §3.2)."""
    if len(safe(name, display)) > MAX_NAME:
        raise _too_much(name)
    if not display.strip():
        return f"{name}: <{box.text}>\r\n".encode()
    return f"{name}: {_phrase(display.strip(), len(name) + 2)}\r\n <{box.text}>\r\n".encode()


# A list has far fewer names than readers.
@lru_cache(maxsize=4096)
def _phrase(display: str, used: int) -> str:
    if _PLAIN_PHRASE.fullmatch(display) and len(display) <= 60 and "=?" not in display:
        return display
    return _words(display, used=used)


def leave_lines(page: str, mail: str) -> bytes:
    """List-Unsubscribe raw (RFC 2369) with both ways, and one-click (RFC 8058 §3.1).

    Folded only between the two addresses: receivers do not unfold inside the brackets.
    """
    page, mail = web_address(page), safe("List-Unsubscribe", mail)
    first, second = f"List-Unsubscribe: <{page}>,", f" <{mail}>"
    if not mail.isascii() or re.search(r"[<>\s]", mail) or max(len(first), len(second)) > MAX_LINE:
        raise _too_much("List-Unsubscribe")
    post = "List-Unsubscribe-Post: List-Unsubscribe=One-Click"
    return f"{first}\r\n{second}\r\n{post}\r\n".encode("ascii")


def web_address(url: str) -> str:
    """The address as it is; raises `BadInput` unless it is printable ASCII http(s)."""
    if not _PAGE.fullmatch(url):
        raise BadInput(
            f"Адресът {url[:80]!r} не може да влезе в писмо.",
            "Нужен е адрес с http или https и без интервали и особени знаци.",
            "Проверете publication.public_url в настройките.",
        )
    return url


def message_id(text: str) -> str:
    """`<left@right>`, with the brackets added when they are missing (RFC 5322 §3.6.4)."""
    wrapped = text if text.startswith("<") else f"<{text}>"
    if not _MESSAGE_ID.fullmatch(wrapped):
        raise _too_much("Message-ID")
    return wrapped


def _words(value: str, *, used: int) -> str:
    """Encoded words that end on whole characters, one a line."""
    overhead = len(_WORD[0]) + len(_WORD[1])
    words: list[str] = []
    piece = bytearray()
    room = (_ENCODED_LINE - used - overhead) // 4 * 3
    for letter in value:
        encoded = letter.encode()
        if len(piece) + len(encoded) > room:
            words.append(_word(piece))
            piece, room = bytearray(), (_ENCODED_LINE - 1 - overhead) // 4 * 3
        piece += encoded
    words.append(_word(piece))
    return "\r\n ".join(words)


def _word(piece: bytearray) -> str:
    return _WORD[0] + b64encode(piece).decode("ascii") + _WORD[1]


def _too_much(name: str) -> BadInput:
    return BadInput(
        f"Полето „{name}“ на писмото не може да се запише.",
        "Стойността е твърде дълга или има знаци извън позволените.",
        "Скъсете или поправете стойността.",
    )
