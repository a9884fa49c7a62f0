"""What a relay's reply means: accepted, later, never, or not about this person at all.

Takes a reply code, enhanced status (RFC 3463) and text; gives an `Outcome` and one of the words
`accepted, hard, soft, ours, throttle, greylist`. Only `hard` speaks of a dead address. `ours`
(policy, blocklists, authentication) never counts against the reader.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from digest.model import DeliveryId, Outcome, Result
from digest.replies import ALIVE, DEAD, POLICY, SUBJECTS, reasons

MAX_TEXT = 500

_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\s]+")

HARD = frozenset(DEAD)
_OURS_REASONS = frozenset({POLICY, "too-big", "network"})
# Beside the common table: the sender's MX, and a protocol error, which is always between servers.
_OURS = frozenset({"5.1.9"})
_OURS_SUBJECTS = ("5.5.",)

_GREYLIST = re.compile(r"gr[ae]y.?list|сив списък", re.IGNORECASE)
_CLOSED = re.compile(r"\bdisabled\b|деактивиран|неактив", re.IGNORECASE)
"""Beside a dead status this is the mailbox's end; other words of its standing may pass."""


class Stage(StrEnum):
    """Which command a reply answers."""

    CONNECT = "connect"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    DOT = "dot"


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply on one line: code, enhanced status or nothing, text."""

    code: int
    status: str
    text: str


def reply(code: int, raw: bytes | str) -> Reply:
    """Folds a reply's lines; controls become spaces, the text ends at 500 characters."""
    text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else raw
    folded = _CONTROLS.sub(" ", text).strip()
    found = _STATUS.search(folded[:200])
    # A status of another class than the code is some other number in the text.
    status = found[0] if found and found[1] == str(code)[:1] else ""
    return Reply(code, status, folded[:MAX_TEXT])


def judge(delivery_id: DeliveryId, answer: Reply, stage: Stage, relay: str = "") -> Result:
    """The result that a reply to this stage's command means for the delivery."""
    outcome, reason = _meaning(answer, stage)
    return Result(delivery_id, outcome, reason, answer.code, answer.status, answer.text, relay)


def _meaning(answer: Reply, stage: Stage) -> tuple[Outcome, str]:
    if answer.code in {421, 454}:
        # The whole connection or account is meant (SES says 454 after DATA when over its rate).
        return Outcome.RETURNED, "throttle"
    if 400 <= answer.code < 500:
        return Outcome.DEFERRED, _why_later(answer)
    if 500 <= answer.code < 600:
        return Outcome.REFUSED, _why_never(answer, stage)
    if stage is Stage.DOT and 200 <= answer.code < 300:
        return Outcome.ACCEPTED, "accepted"
    # Not a code of RFC 5321 §4.2: whatever speaks there is not to be believed.
    return (Outcome.UNKNOWN if stage is Stage.DOT else Outcome.RETURNED), "lost"


def _why_later(answer: Reply) -> str:
    if _GREYLIST.search(answer.text):
        return "greylist"
    if "rate" in reasons(answer.text, terse=True):
        return "throttle"
    return "ours" if answer.status.startswith("4.7.") else "soft"


def _why_never(answer: Reply, stage: Stage) -> str:
    """Hard only for a mailbox that is not there; in doubt the reader stays."""
    if stage in {Stage.CONNECT, Stage.MAIL} or answer.code in {530, 534, 535, 538}:
        return "ours"
    said = reasons(answer.text, terse=True)
    if _passes(answer, said):
        return "soft"
    unknown, policy = "unknown-user" in said, POLICY in said
    if answer.status in HARD:
        return "ours" if policy and not unknown else "hard"
    if _is_ours(answer.status):
        return "ours"
    return _by_words(answer, unknown=unknown, policy=policy)


def _passes(answer: Reply, said: Collection[str]) -> bool:
    """The mailbox is there and cannot take anything now, whatever status the relay puts on it."""
    if "mailbox-full" in said or "rate" in said:
        return True
    closed = answer.status in HARD and _CLOSED.search(answer.text)
    return "suspended" in said and not closed


def _is_ours(status: str) -> bool:
    reason = ALIVE.get(status) or SUBJECTS.get(".".join(status.split(".")[:2]))
    return reason in _OURS_REASONS or status in _OURS or status.startswith(_OURS_SUBJECTS)


def _by_words(answer: Reply, *, unknown: bool, policy: bool) -> str:
    """Without a status that says anything, the words decide; 550 alone says too many things."""
    if answer.status not in {"", "5.0.0"}:
        return "soft"
    if policy:
        return "ours"
    return "hard" if unknown and answer.code in {550, 551, 553} else "soft"
