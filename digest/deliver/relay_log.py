"""What a relay's log says of messages whose fate is not known: sent, returned, or still trying.

Takes lines of a Postfix mail log, or of a table `message_id,status,text`, and the Message-IDs
looked for with whom each was for; gives what the log proves of them. Lines are not to be trusted:
the words of strangers stand in them, so a fact counts only in the place where Postfix writes it,
and only for the recipient that our message had.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from digest.deliver.addresses import mailbox
from digest.deliver.outcome import Stage, judge, reply
from digest.errors import BadInput
from digest.model import DeliveryId, Outcome, Result

MAX_LINE = 10_000
"""Characters of a line that are read; Postfix itself cuts far earlier (line_length_limit 2048)."""

_STAMP = re.compile(
    r"[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d(?= )"  # RFC 3164 §4.1.2
    r"|\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)(?= )"  # RFC 3339
)
_LINE = re.compile(
    r" \S{1,255} postfix[\w./-]{0,80}?(?P<program>\w{1,20})\[\d{1,10}\]: "
    r"(?P<queue>[0-9A-Za-z]{5,24}): (?P<rest>.+)"
)
_MESSAGE = re.compile(r"message-id=(<[^<>\s]{1,400}>)")
# The places in front of the parenthesis hold no words of the other side.
_STATUS = re.compile(
    r"to=<(?P<to>[^<>]{1,320})>, (?:orig_to=<(?P<typed>[^<>]{1,320})>, )?"
    r"relay=(?P<relay>[^\s,]{1,300}), (?:conn_use=\d{1,6}, )?delay=[\d.e+-]{1,20}, "
    r"delays=[\d./e+-]{1,60}, dsn=(?P<dsn>[245]\.\d{1,3}\.\d{1,3}), "
    r"status=(?P<status>sent|bounced|deferred) \((?P<text>.*)\)"
)
_EXPIRED = re.compile(r"from=<[^<>]{0,320}>, status=(?:force-)?expired, returned to sender")
_SAID = re.compile(r"^(?:host \S{1,300} (?:refused to talk to me|said): )?([45]\d\d)(?=[ -])")
_DELIVERERS = frozenset({"smtp", "lmtp", "error", "local", "virtual", "pipe"})
_HERE = re.compile(r"\[(?:127\.|::1\])")


class Fate(StrEnum):
    """What a log proves of one message."""

    SENT = "sent"
    BOUNCED = "bounced"
    DEFERRED = "deferred"
    TAKEN = "taken"


@dataclass(frozen=True, slots=True)
class Evidence:
    """The last word on one message. `status` is the enhanced one (RFC 3463), or empty."""

    fate: Fate
    status: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class LogRead:
    """What was found, by Message-ID; from when to when the log speaks (None: it does not say)."""

    found: Mapping[str, Evidence]
    first: datetime | None = None
    last: datetime | None = None

    def covers(self, since: datetime, until: datetime) -> bool:
        """Whether the log was being written all that time, as far as its ends show."""
        if self.first is None or self.last is None:
            return False
        return self.first <= since and until <= self.last


@dataclass
class _Trail:
    """One message's way through one queue: where it went last, and how that ended."""

    message_id: str
    relay: str = ""
    evidence: Evidence = Evidence(Fate.TAKEN)


@dataclass
class _Reader:
    wanted: Mapping[str, str]
    open: dict[str, _Trail] = field(default_factory=dict)
    trails: dict[str, list[_Trail]] = field(default_factory=dict)

    def take(self, program: str, queue: str, rest: str) -> None:
        if program == "cleanup":
            self._begin(queue, rest)
        elif (trail := self.open.get(queue)) is None:
            return
        elif program in _DELIVERERS:
            self._went(trail, rest)
        elif program == "qmgr" and rest == "removed":
            # The name may be given to another message from now on.
            del self.open[queue]
        elif program == "qmgr" and _EXPIRED.fullmatch(rest):
            trail.evidence = replace(trail.evidence, fate=Fate.BOUNCED)

    def _begin(self, queue: str, rest: str) -> None:
        named = _MESSAGE.fullmatch(rest)
        if named is None:
            return
        self.open.pop(queue, None)
        if named[1] in self.wanted:
            trail = self.open[queue] = _Trail(named[1])
            self.trails.setdefault(named[1], []).append(trail)

    def _went(self, trail: _Trail, rest: str) -> None:
        said = _STATUS.fullmatch(rest)
        if said is None:
            return
        ours = self.wanted[trail.message_id]
        if same_mailbox(said["to"], ours) or same_mailbox(said["typed"] or "", ours):
            trail.relay = said["relay"]
            trail.evidence = Evidence(Fate(said["status"]), said["dsn"], said["text"])


def read_postfix(
    lines: Iterable[str], wanted: Mapping[str, str], *, now: datetime, zone: tzinfo
) -> LogRead:
    """Reads a Postfix log for the messages in `wanted` (Message-ID → address).

    A stamp without a year is the last such moment before `now`, and without an offset in `zone`.
    """
    reader = _Reader(wanted)
    first = last = ""
    for line in lines:
        stamp = _STAMP.match(line)
        if stamp is None:
            continue
        first, last = first or stamp[0], stamp[0]
        said = _LINE.fullmatch(line.rstrip("\r\n")[:MAX_LINE], stamp.end())
        if said is not None:
            reader.take(said["program"], said["queue"], said["rest"])
    found = {name: _together(trails) for name, trails in reader.trails.items()}
    return LogRead(found, moment(first, now, zone), moment(last, now, zone))


def _together(trails: list[_Trail]) -> Evidence:
    """One word on a message that passed several queues.

    Handing over to a filter on the relay itself ends nothing when the filter gave it back. Of
    the others one that was sent settles it, one still trying keeps it open.
    """
    final = [one for one in trails if not (one.evidence.fate is Fate.SENT and _local(one))]
    said = [one.evidence for one in final or trails]
    order = (Fate.SENT, Fate.DEFERRED, Fate.TAKEN, Fate.BOUNCED)
    return min(said, key=lambda one: order.index(one.fate))


def _local(trail: _Trail) -> bool:
    return bool(_HERE.search(trail.relay))


def same_mailbox(one: str, other: str) -> bool:
    """Whether two spellings name one mailbox: case, and a domain in letters or in `xn--`."""
    try:
        left, right = mailbox(one), mailbox(other)
    except BadInput:
        return False
    return (left.local.casefold(), left.domain) == (right.local.casefold(), right.domain)


def moment(stamp: str, now: datetime, zone: tzinfo) -> datetime | None:
    """The time of a stamp; None for none and for a day that does not exist."""
    if not stamp:
        return None
    try:
        if stamp[0].isdigit():
            return datetime.fromisoformat(stamp)
        local = datetime.strptime(f"{now.year} {stamp}", "%Y %b %d %H:%M:%S").replace(tzinfo=zone)
        return local if local <= now + timedelta(days=1) else local.replace(year=now.year - 1)
    except ValueError:
        return None


_WORDS = {
    "sent": Fate.SENT,
    "accepted": Fate.SENT,
    "delivered": Fate.SENT,
    "bounced": Fate.BOUNCED,
    "refused": Fate.BOUNCED,
    "failed": Fate.BOUNCED,
    "deferred": Fate.DEFERRED,
    "delayed": Fate.DEFERRED,
}


def is_table(first_line: str) -> bool:
    """Whether a file that begins so is a table with a heading, and no log."""
    heads = [one.strip().strip('"').lower() for one in first_line.split(",")]
    return "message_id" in heads


def read_table(lines: Iterable[str], wanted: Mapping[str, str]) -> LogRead:
    """Reads `message_id,status,text` (and `recipient`, if there); the last row on a message wins.

    Raises `BadInput` for a heading without the first two and for a file that is no CSV.
    """
    found: dict[str, Evidence] = {}
    try:
        for row in _rows(lines):
            name = f"<{(row.get('message_id') or '').strip().strip('<>')}>"
            fate = _WORDS.get((row.get("status") or "").strip().lower())
            named = (row.get("recipient") or "").strip()
            if name not in wanted or fate is None:
                continue
            if not named or same_mailbox(named, wanted[name]):
                found[name] = Evidence(fate, "", (row.get("text") or "").strip())
    except csv.Error as cause:
        raise _no_table(str(cause)) from cause
    return LogRead(found)


def _rows(lines: Iterable[str]) -> Iterator[dict[str, str]]:
    reader = csv.reader(lines)
    heads = [one.strip().lower() for one in next(reader, [])]
    if not {"message_id", "status"} <= set(heads):
        raise _no_table("липсва „message_id“ или „status“ в заглавния ред")
    for row in reader:
        yield dict(zip(heads, row, strict=False))


def _no_table(why: str) -> BadInput:
    return BadInput(
        "Файлът с доказателства не може да се прочете.",
        f"Очаква се таблица CSV: {why}.",
        "Първият ред е „message_id,status,text“; подайте и дневник на Postfix, ако го имате.",
    )


def result_of(delivery_id: DeliveryId, evidence: Evidence) -> Result | None:
    """What the evidence makes of a delivery; None while it leaves the doubt."""
    if evidence.fate is Fate.SENT:
        said = reply(0, evidence.text).text
        return Result(delivery_id, Outcome.ACCEPTED, "", 0, evidence.status, said)
    if evidence.fate is not Fate.BOUNCED:
        return None
    head = _SAID.search(evidence.text)
    code = int(head[1]) if head else 0
    # Without a code the class of the status stands for it.
    assumed = code or (450 if evidence.status.startswith("4.") else 550)
    folded = reply(assumed, evidence.text[head.end() :] if head else evidence.text)
    answer = replace(folded, status=evidence.status or folded.status)
    # Returned is over, whatever class of status the last try had.
    return replace(judge(delivery_id, answer, Stage.RCPT), outcome=Outcome.REFUSED, code=code)
