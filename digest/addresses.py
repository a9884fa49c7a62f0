"""Addresses as they may be shown and kept in texts: without the user and password in them.

Takes what a person typed or a message holds; never raises. The one place that knows where a
password ends. Also the form of a domain that headers and DNS have, and words without anybody's
mail address.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

_PARTS = re.compile(r"(?is)^([a-z][a-z0-9+.-]*://)([^/?#]*)(.*)$")
_ADDRESS = re.compile(r"(?i)\b[a-z][a-z0-9+.-]*://\S+")
_BAD_PORT = re.compile(r"^[^\[\]]*:\d*\D")

_BARE = re.compile(r"(?i)^(?!folder:|maildir:|mailto:)[^/\s:@]+:[^/\s]*@")
"""`user:password@` of an address that was typed without its scheme."""


_MAILBOX = re.compile(r"<?[^\s<>\"(),:;]+@[^\s<>\"(),:;]+>?")


def nameless(text: str) -> str:
    """Words without anybody's mail address: what a reader is called stays out of notes."""
    return _MAILBOX.sub("<…>", text)


def ascii_domain(domain: str) -> str:
    """A domain in A-labels (RFC 5890), as headers and DNS have it; one that is none stays."""
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return domain


def masked(address: str) -> str:
    """An address without user and password.

    They end at the last `@` of the authority (RFC 3986 §3.2.1), since a user may be a mail
    address. One that is written wrongly, with `/`, `?` or `#` in the password, is cut at the last
    `@` of all.
    """
    match = _PARTS.match(address)
    if match is None:
        return _BARE.sub("", address)
    scheme, authority, rest = match.groups()
    if "@" in authority:
        return scheme + authority.rpartition("@")[2] + rest
    torn = _BAD_PORT.search(authority) or scheme.lower().startswith("imap")
    if torn and "@" in rest:
        return scheme + rest.rpartition("@")[2]
    return address


def masked_in(text: str) -> str:
    """A text with every address in it masked."""
    return _ADDRESS.sub(lambda match: masked(match.group()), text)


def without_password(address: str) -> str:
    """An address with its user and without the password; escaped, so that it can be typed."""
    bare = masked(address)
    if bare == address:
        return address
    start = address.index("://") + 3
    user = address[start : len(address) - (len(bare) - start) - 1].partition(":")[0]
    return f"{bare[:start]}{quote(unquote(user), safe='')}@{bare[start:]}"
