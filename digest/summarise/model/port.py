"""What a writer is: it takes a request and gives the raw text of an answer, or a fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Trouble(StrEnum):
    """The kinds of fault. Of the first three the server is to blame, not the text."""

    UNREACHABLE = "unreachable"
    SLOW = "slow"
    STATUS = "status"
    BROKEN = "broken"
    REFUSED = "refused"
    MALFORMED = "malformed"
    EMPTY = "empty"
    TOO_MUCH = "too-much"
    UNSAFE = "unsafe"
    LANGUAGE = "language"
    SHAPE = "shape"
    SOURCES = "sources"
    GATE = "gate"
    BUDGET = "budget"


SERVERS = frozenset({Trouble.UNREACHABLE, Trouble.SLOW, Trouble.STATUS, Trouble.BROKEN})
"""Faults that may be gone an hour later; they say nothing of the text that was asked for."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why there is no text that may be printed. `why` is a Bulgarian sentence for an editor.

    `why` never holds what a server said: an answer may repeat the key or be another's words.
    `quoted` is the stretch of a model's own text that is meant, untrusted as the rest of it.
    """

    kind: Trouble
    why: str
    quoted: str = ""

    @property
    def said(self) -> str:
        """The sentence with the words it is about."""
        return f"{self.why.removesuffix('.')}: „{self.quoted}“." if self.quoted else self.why


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked. `schema` is the JSON schema of the answer, `timeout` in seconds."""

    system: str
    user: str
    schema: Mapping[str, object]
    timeout: float

    @property
    def size(self) -> int:
        """Characters that are sent, for the budget."""
        return len(self.system) + len(self.user)


@dataclass(frozen=True, slots=True)
class Answer:
    """The raw text of an answer: untrusted, of any length and form."""

    text: str


class Writer(Protocol):
    """Something that answers. It tries once; who asks decides whether to ask again."""

    @property
    def name(self) -> str:
        """The model and where it answers: two writers of one name are taken to be the same."""
        ...

    def write(self, request: Request) -> Answer | Fault:
        """Asks, and waits no longer than about `request.timeout`. Never raises for an answer."""
        ...
