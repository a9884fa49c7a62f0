"""What a template may print: one line of safe characters, and addresses that are http(s)."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

_NBSP = "\u00a0"
_UNSAFE_URL = re.compile(r"[\s\x00-\x1f\x7f\"<>\\^`{|}]")


def clean(text: str) -> str:
    """One line of printable text.

    Controls, line and paragraph separators become a space; direction overrides and isolates,
    which could reorder what stands after them, are dropped; U+202F becomes U+00A0.
    """
    text = text.replace("\u202f", _NBSP)
    kept = (
        " " if unicodedata.category(c) in {"Cc", "Zl", "Zp", "Cs", "Cn", "Co"} else c
        for c in text
        if c not in "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
    )
    return re.sub(" {2,}", " ", "".join(kept)).strip(" ")


def safe_url(url: str) -> str:
    """The address with unsafe characters percent-encoded, or empty unless it is http(s)."""
    url = url.strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        return ""
    return _UNSAFE_URL.sub(lambda m: "".join(f"%{b:02X}" for b in m[0].encode("utf-8")), url)
