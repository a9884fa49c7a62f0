"""Base64 of a compiled part, made once, with only the values encoded for each recipient.

Three octets become four letters, so a literal looks one of three ways in base64, by how many of
its octets fill up the group before it. All three are made when the edition is; a recipient costs
the short stretch around each value. Lines hold at most 76 letters (RFC 2045 §6.8); the one
around a value is usually shorter, which the same section allows.
"""

from __future__ import annotations

import re
from binascii import b2a_base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from digest.model import Piece

LINE_OCTETS = 57
"""Octets in a line of 76 letters."""

_BREAK = re.compile(r"\r\n|\r|\n")


def encode(data: bytes) -> bytes:
    """Base64 in lines of at most 76 letters, each ended by CRLF; nothing for nothing."""
    if len(data) <= LINE_OCTETS:
        return b2a_base64(data, newline=False) + b"\r\n" if data else b""
    return b"".join(
        [
            b2a_base64(data[at : at + LINE_OCTETS], newline=False) + b"\r\n"
            for at in range(0, len(data), LINE_OCTETS)
        ]
    )


@dataclass(frozen=True, slots=True)
class _Literal:
    """A literal with its base64 after 0, 1 or 2 octets went to the group before it.

    `tails` are the one or two octets that do not fill a last group. A literal too short to be
    worth a line of its own has no runs.
    """

    raw: bytes
    runs: tuple[bytes, ...] = ()
    tails: tuple[bytes, ...] = ()


def _literal(text: str) -> _Literal:
    # Text is canonical with CRLF before base64 (RFC 2045 §6.8).
    raw = _BREAK.sub("\r\n", text).encode()
    if len(raw) < LINE_OCTETS:
        return _Literal(raw)
    ends = [len(raw) - (len(raw) - skip) % 3 for skip in range(3)]
    runs = tuple(encode(raw[skip:end]) for skip, end in enumerate(ends))
    return _Literal(raw, runs, tuple(raw[end:] for end in ends))


class Splice:
    """A `Piece` ready to be joined with values; immutable, safe to share between threads."""

    def __init__(self, piece: Piece, escape: Callable[[str], str] = str) -> None:
        self._literals = tuple(_literal(text) for text in piece.literals)
        self._names = piece.names
        self._escape = escape

    def base64(self, values: Mapping[str, str]) -> bytes:
        """The whole part in base64; raises `KeyError` when a value is missing."""
        return b"".join(self.pieces(values))

    def pieces(self, values: Mapping[str, str]) -> list[bytes]:
        """The same in pieces, for who joins them with others."""
        held = {name: self._escape(values[name]).encode() for name in set(self._names)}
        between = [held[name] for name in self._names] + [b""]
        out: list[bytes] = []
        carry = b""
        for literal, value in zip(self._literals, between, strict=True):
            if literal.runs:
                skip = -len(carry) % 3
                out += (encode(carry + literal.raw[:skip]), literal.runs[skip])
                carry = literal.tails[skip] + value
            else:
                carry += literal.raw + value
        out.append(encode(carry))
        return out
