"""Hard or soft, from an enhanced status and the words around it.

Takes the status (RFC 3463) and text about one recipient; gives kind and reason. In doubt the
reader stays: `hard` needs a status or a word that speaks of a mailbox that is not there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest.replies import ALIVE, DEAD, HARD, POLICY, SUBJECTS, reasons

_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)")
_PASSES = re.compile(r"\btemporar|\bbusy\b|\bin use\b|временно", re.IGNORECASE)
"""Beside a failure that may pass: the mailbox is locked by its own system for a moment."""
_REPLY = re.compile(r"(?<!\d)([45]\d\d)(?=[ \-#:])")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one report says of one recipient."""

    kind: str
    reason: str
    status: str | None = None

    @property
    def hard(self) -> bool:
        return self.kind == "hard"


def statuses(text: str) -> tuple[str, ...]:
    """Enhanced statuses in a text, in order; 4 and 5 only."""
    return tuple(found[0] for found in _STATUS.finditer(text) if found[1] != "2")


def judge(field: str, text: str) -> Verdict:
    """The verdict on a `Status:` field (may be empty) and the diagnostic text beside it."""
    named = statuses(field)[:1] + statuses(text)
    status = next((one for one in named if not one.endswith(".0.0")), named[0] if named else None)
    reason = _reason(named, status, reasons(text), text)
    return Verdict("hard" if reason in HARD else "soft", reason, status)


def _reason(named: tuple[str, ...], status: str | None, said: tuple[str, ...], text: str) -> str:
    soft = next((ALIVE[one] for one in named if one in ALIVE), None)
    if soft is not None:
        return soft
    if named[0].startswith("4.") if named else _only_4xx(text):
        return _for_now(said, text)
    dead = next((DEAD[one] for one in named if one in DEAD), None)
    return _by_words(status, said) if dead is None else _despite(dead, said)


def _for_now(said: tuple[str, ...], text: str) -> str:
    """Of class 4: a mailbox that is said to be locked only for now is no suspended one."""
    never = HARD | {"suspended"} if _PASSES.search(text) else HARD
    return next((one for one in said if one not in never), "expired")


def _despite(dead: str, said: tuple[str, ...]) -> str:
    """„5.1.1 … blocked using …“ speaks of us; „5.1.1 … unknown … spam“ of the mailbox."""
    if not said or said[0] in HARD or (said[0] == POLICY and "unknown-user" in said):
        return dead
    return said[0]


def _by_words(status: str | None, said: tuple[str, ...]) -> str:
    first, figures = (said[0] if said else ""), (status or "")[:3]
    if figures == "5.7" and first not in HARD | {"suspended"}:
        return POLICY
    if first in HARD and status is not None and not _may_be_hard(status):
        first = ""
    return first or SUBJECTS.get(figures, "undefined")


def _may_be_hard(status: str) -> bool:
    """5.0, 5.3.0 and 5.5 say nothing, 5.1 and 5.4.4 speak of the address; 5.2.0 is a live box."""
    return status.split(".")[1] in {"0", "1", "5", "7"} or status in {"5.3.0", "5.4.4"}


def _only_4xx(text: str) -> bool:
    codes = {code[0] for code in _REPLY.findall(text)}
    return codes == {"4"}
