"""What a relay's reply means: accepted, later, never, or not about this person at all.

Takes a reply code, enhanced status (RFC 3463) and text; gives an `Outcome` and one of the words
`accepted, hard, soft, ours, throttle, greylist`. Only `hard` speaks of a dead address. `ours`
(policy, blocklists, authentication) never counts against the reader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from digest.model import DeliveryId, Outcome, Result

MAX_TEXT = 500

_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\s]+")

# Bad destination mailbox, system, syntax, moved, null MX; disabled mailbox: RFC 3463, RFC 7505.
HARD = frozenset({"5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
# The sender's address, the message's size, its form: nothing a reader can help.
_OURS = frozenset({"5.1.7", "5.1.8", "5.1.9", "5.2.3", "5.3.4"})
_OURS_SUBJECTS = ("5.4.", "5.5.", "5.6.", "5.7.")

_UNKNOWN_USER = re.compile(
    r"user unknown|unknown (?:user|recipient|mailbox|address|local)|no such (?:user|recipient|"
    r"mailbox|address|person)|(?:user|recipient|mailbox|account|address|addressee)\b.{0,60}?"
    r"(?:does(?: not|n.t) exist|not found|not known|unknown|is not valid|invalid)"
    r"|invalid (?:recipient|mailbox|user)|no mailbox here"
    r"|няма такъв (?:потребител|адрес|получател)|няма такава (?:кутия|пощенска кутия)"
    r"|непознат (?:потребител|получател)|несъществуващ\w* (?:потребител|адрес|получател|кутия)"
    r"|(?:потребителят|адресът|получателят|кутията) не съществува",
    re.IGNORECASE,
)
_POLICY = re.compile(
    r"\bspf\b|\bdkim\b|\bdmarc\b|block(?:ed|list)|black\s?list|deny ?list|\bspam|\brbl\b|dnsbl"
    r"|spamhaus|reputation|policy|access denied|not (?:authori[sz]ed|permitted|allowed)|relay"
    r"|authenticat|reverse dns|\bptr\b|rejected for|virus|content"
    r"|черен списък|блокиран|спам|политика|отказан достъп",
    re.IGNORECASE,
)
_GREYLIST = re.compile(r"gr[ae]y.?list|сив списък", re.IGNORECASE)
_RATE = re.compile(
    r"\brate\b|too (?:many|fast|quickly)|throttl|slow down|too much mail|limit exceeded"
    r"|твърде (?:много|бързо)",
    re.IGNORECASE,
)
_ALIVE = re.compile(
    r"\b(?:full|suspended|inactive|locked|frozen)\b|quota|пълна|квота|спрян|замразен", re.IGNORECASE
)
"""A mailbox that is there and cannot take anything now, whatever status the relay puts on it."""


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


def judge(delivery_id: DeliveryId, answer: Reply, stage: Stage) -> Result:
    """The result that a reply to this stage's command means for the delivery."""
    outcome, reason = _meaning(answer, stage)
    return Result(delivery_id, outcome, reason, answer.code, answer.status, answer.text)


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
    if _RATE.search(answer.text):
        return "throttle"
    return "ours" if answer.status.startswith("4.7.") else "soft"


def _why_never(answer: Reply, stage: Stage) -> str:
    """Hard only for a mailbox that is not there; in doubt the reader stays."""
    if stage in {Stage.CONNECT, Stage.MAIL} or answer.code in {530, 534, 535, 538}:
        return "ours"
    if _ALIVE.search(answer.text) or _RATE.search(answer.text):
        return "soft"
    unknown, policy = bool(_UNKNOWN_USER.search(answer.text)), bool(_POLICY.search(answer.text))
    if answer.status in HARD:
        return "ours" if policy and not unknown else "hard"
    if answer.status in _OURS or answer.status.startswith(_OURS_SUBJECTS):
        return "ours"
    return _by_words(answer, unknown=unknown, policy=policy)


def _by_words(answer: Reply, *, unknown: bool, policy: bool) -> str:
    """Without a status that says anything, the words decide; 550 alone says too many things."""
    if answer.status not in {"", "5.0.0"}:
        return "soft"
    if policy:
        return "ours"
    return "hard" if unknown and answer.code in {550, 551, 553} else "soft"
