"""Hard or soft, from an enhanced status and the words around it.

Takes the status (RFC 3463) and text about one recipient; gives kind and reason. In doubt the
reader stays: `hard` needs a status or a word that speaks of a mailbox that is not there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest.inbound.words import HARD, POLICY, reasons

_STATUS = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.]*\d)")
_REPLY = re.compile(r"(?<!\d)([45]\d\d)(?=[ \-#:])")

# RFC 3463 §3.2 and RFC 7505: bad mailbox, bad system, bad syntax, moved, null MX, disabled.
_DEAD = {
    "5.1.0": "unknown-user",
    "5.1.1": "unknown-user",
    "5.1.2": "unknown-host",
    "5.1.3": "unknown-user",
    "5.1.6": "moved",
    "5.1.10": "no-mail-host",
    "5.2.1": "unknown-user",
}
_SOFT = {
    "5.2.2": "mailbox-full",
    "5.2.3": "too-big",
    "5.3.4": "too-big",
    "5.1.7": POLICY,
    "5.1.8": POLICY,
}
_SUBJECTS = {"5.7": POLICY, "5.6": POLICY, "5.4": "network", "5.3": "system", "4.4": "expired"}
_GENERIC = frozenset({"0", "5"})
"""Second figures under which a status says nothing of the recipient: 5.0.0, 5.5.0."""


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
    said = reasons(text)
    reason = _reason(status, named, said, text)
    return Verdict("hard" if reason in HARD else "soft", reason, status)


def _reason(status: str | None, named: tuple[str, ...], said: tuple[str, ...], text: str) -> str:
    dead = next((_DEAD[one] for one in named if one in _DEAD), None)
    soft = next((_SOFT[one] for one in named if one in _SOFT), None)
    temporary = bool(named and named[0].startswith("4.")) or (not named and _only_4xx(text))
    first = said[0] if said else ""
    if soft is not None:
        return soft
    if temporary:
        return next((one for one in said if one not in HARD), "expired")
    if dead is not None:
        # „5.1.1 … blocked using …“ speaks of us; „5.1.1 … unknown … spam“ of the mailbox.
        return dead if not said or first in HARD or _unknown_despite(said) else first
    if status is not None and status.startswith("5.7") and POLICY not in said:
        return first if first in HARD or first == "suspended" else POLICY
    if status is not None and not said:
        return _SUBJECTS.get(status[:3], "undefined")
    if first in HARD and status is not None and not _may_be_hard(status):
        return _SUBJECTS.get(status[:3], "rejected")
    return first or "undefined"


def _unknown_despite(said: tuple[str, ...]) -> bool:
    return "unknown-user" in said and said[0] == POLICY


def _may_be_hard(status: str) -> bool:
    """5.0.x and 5.5.x say nothing, 5.1.x and 5.4.4 speak of the address; 5.2.0 is a live box."""
    return (
        status.split(".")[1] in _GENERIC or status.startswith(("5.1.", "5.7.")) or status == "5.4.4"
    )


def _only_4xx(text: str) -> bool:
    codes = {code[0] for code in _REPLY.findall(text)}
    return codes == {"4"}
