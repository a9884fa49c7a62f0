"""What a letter that came back says: one of seven kinds, about whom, and why.

Takes raw bytes, gives a `BounceFact`; acts on nothing and believes no address it was not asked
about: which delivery is meant is settled by the signed return path (`addressed_to`).
"""

from __future__ import annotations

from dataclasses import replace

from digest.inbound import prose
from digest.inbound.letter import Letter, read_letter
from digest.inbound.report import Group, complained_about, delivery_status, feedback_type
from digest.inbound.verdict import Verdict, judge
from digest.model import BounceFact

KINDS = ("hard", "soft", "complaint", "auto-reply", "unsubscribe", "challenge", "not-a-bounce")

# RFC 5965 §7.3 and RFC 6591; whatever else is reported counts as „спам“ was pressed.
_FEEDBACK = {
    "not-spam": "not-a-bounce",
    "auth-failure": "not-a-bounce",
    "opt-out": "unsubscribe",
    "opt-out-list": "unsubscribe",
}
_EXPLANATION = 4000
"""Characters of the human part: what happened stands at its beginning."""
_GOOD = frozenset({"delivered", "relayed", "expanded", "deliverable"})


def classify(data: bytes, source: str) -> BounceFact:
    """The fact of one raw message. `source` is passed through. Raises nothing for bad input."""
    letter = read_letter(data)
    return (
        _complaint(letter, source)
        or _status_report(letter, source)
        or _addressed_leave(letter, source)
        or (_prose(letter, source) if prose.from_a_machine(letter) else None)
        or _person(letter, source)
        or (_prose(letter, source) if prose.speaks_of_failure(letter) else None)
        or BounceFact(source, "not-a-bounce")
    )


def addressed_to(data: bytes) -> tuple[str, ...]:
    """The addresses a letter came to, lower case, the envelope's word first: for `b+…`, `u+…`."""
    return read_letter(data).addressed_to


def leave_token(data: bytes) -> str | None:
    """The unverified token of an unsubscribe letter."""
    return prose.leave_token(read_letter(data))


def _complaint(letter: Letter, source: str) -> BounceFact | None:
    said = feedback_type(letter)
    if said is None:
        return None
    kind = _FEEDBACK.get(said, "complaint")
    return _fact(source, letter, kind, complained_about(letter), reason=f"feedback {said}")


def _status_report(letter: Letter, source: str) -> BounceFact | None:
    groups = delivery_status(letter)
    if not groups:
        return None
    failed = [one for one in groups if one.action not in _GOOD]
    if not failed:
        names = tuple(one.recipient for one in groups if one.recipient)
        return _fact(source, letter, "not-a-bounce", names, reason="delivered")
    fact = _worst(letter, source, [(one.recipient, _of_group(one, letter)) for one in failed])
    return replace(fact, delayed=all(one.action == "delayed" for one in failed))


def _of_group(group: Group, letter: Letter) -> Verdict:
    """The diagnostic decides; the human part is read only where it says nothing."""
    verdict = judge(group.status, group.diagnostic)
    if verdict.reason == "undefined" and letter.text.strip():
        told = judge(group.status, f"{group.diagnostic}\n{letter.text[:_EXPLANATION]}")
        verdict = told if told.reason != "undefined" else verdict
    if group.action == "delayed" and verdict.hard:
        return Verdict("soft", "expired", verdict.status)
    return verdict


def _prose(letter: Letter, source: str) -> BounceFact | None:
    fact = _worst(letter, source, list(prose.verdicts(letter)))
    return replace(fact, delayed=prose.still_tried(letter))


def _worst(letter: Letter, source: str, said: list[tuple[str, Verdict]]) -> BounceFact:
    """Hard when anything is; then it names only those who are, so that nobody else is lost."""
    hard = [one for one in said if one[1].hard]
    meant = hard or said
    names = tuple(dict.fromkeys(who for who, _ in meant if who))
    if not names and len(meant) == len(said):
        names = prose.named_recipients(letter)[:1]
    verdict = meant[0][1]
    return _fact(source, letter, verdict.kind, names, status=verdict.status, reason=verdict.reason)


def _addressed_leave(letter: Letter, source: str) -> BounceFact | None:
    if prose.leave_token(letter) is None:
        return None
    return _fact(source, letter, "unsubscribe", letter.addresses("From")[:1], reason="token")


def _person(letter: Letter, source: str) -> BounceFact | None:
    sender = letter.addresses("From")[:1]
    if prose.challenge(letter):
        return _fact(source, letter, "challenge", sender, reason="challenge")
    if prose.absence(letter):
        return _fact(source, letter, "auto-reply", sender, reason="auto-reply")
    if prose.wants_to_leave(letter):
        return _fact(source, letter, "unsubscribe", sender, reason="words")
    return None


def _fact(
    source: str,
    letter: Letter,
    kind: str,
    recipients: tuple[str, ...] = (),
    *,
    status: str | None = None,
    reason: str = "",
) -> BounceFact:
    original = letter.original_message_id or _replied_to(letter, kind)
    return BounceFact(source, kind, recipients, status, reason, original)


def _replied_to(letter: Letter, kind: str) -> str | None:
    """People's and machines' answers name the letter they answer."""
    if kind in {"complaint", "not-a-bounce"}:
        return None
    return letter.header("In-Reply-To").strip() or None
