"""What an event of Amazon SES means, in the words of the port.

Takes the JSON that SES publishes, by a configuration set (`eventType`) or for an identity
(`notificationType`); members and values are those of
https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html. SES gives
a message another Message-ID; what it was called before stands among the original headers and, for
a message sent by the API, in a tag. Whatever is not known is `other` and leads to nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from digest.addresses import nameless
from digest.inbound.hooks.port import Event, Kind
from digest.inbound.hooks.untrusted import Garbage, elements, line, members, parsed
from digest.inbound.verdict import Verdict, judge
from digest.model import DeliveryState

TAG = "digest-delivery"
"""The tag that `digest/deliver/ses.py` puts on a message."""
_HEADERS = ("x-digest-delivery", "message-id")
_NAME = 200
_ADDRESS = 320
_MOST_HEADERS = 200

_NOT_TRIED = "OnAccountSuppressionList"
"""The account's own list held the address: SES took the message and sent nothing."""
_GONE = {
    "NoEmail": "unknown-user",
    "Suppressed": "provider-suppressed",
    _NOT_TRIED: "provider-suppressed",
}
"""Kinds of a permanent bounce that say by themselves that the address is dead."""
_FULL = {"MailboxFull": "mailbox-full"}
"""What SES itself says of a bounce that passes, where the status may be missing."""
_NO_COMPLAINT = frozenset({"not-spam", "auth-failure"})
"""RFC 5965 §7.3 and RFC 6591: a reader who says the contrary, and a fault of ours."""

Json: TypeAlias = dict[str, object]


def event_of(text: str, blank: Event) -> Event:
    """Fills in an event that has its id and time."""
    try:
        said = parsed(text)
    except Garbage:
        return blank  # a sentence, as when SES tries whether the topic can be reached
    kind = line(said.get("eventType") or said.get("notificationType"))
    mail = members(said.get("mail"))
    named = replace(blank, names=_names(mail), recipients=_texts(mail.get("destination")))
    read = _READERS.get(kind)
    return read(members(said.get(kind.lower())), named) if read else replace(named, words=kind)


def _names(mail: Json) -> tuple[str, ...]:
    """What the message may be called: by the tag, our own header, its first Message-ID."""
    tags = _texts(members(mail.get("tags")).get(TAG), _NAME)
    headers = [members(one) for one in elements(mail.get("headers"), _MOST_HEADERS)]
    found = [
        line(one.get("value"), _NAME)
        for wanted in _HEADERS
        for one in headers
        if line(one.get("name")).lower() == wanted
    ]
    common = line(members(mail.get("commonHeaders")).get("messageId"), _NAME)
    return tuple(dict.fromkeys(one for one in (*tags, *found, common) if one))


def _texts(value: object, most: int = _ADDRESS) -> tuple[str, ...]:
    return tuple(one for one in (line(each, most) for each in elements(value)) if one)


def _whose(value: object, event: Event) -> tuple[str, ...]:
    """`emailAddress` of each recipient that is meant; else those of the message."""
    named = _texts([members(one).get("emailAddress") for one in elements(value)])
    return named or event.recipients


def _bounce(said: Json, event: Event) -> Event:
    """Permanent bounces are final; those that pass may also be a vacation's answer to what came."""
    whom = said.get("bouncedRecipients")
    first = members(next(iter(elements(whom)), None))
    kind, sub = line(said.get("bounceType")), line(said.get("bounceSubType"))
    told = line(first.get("diagnosticCode"))
    verdict = judge(line(first.get("status"), 20), told)
    gone = sub in _GONE and kind == "Permanent"
    hard = gone or (verdict.hard and kind != "Transient")
    return replace(
        event,
        kind=Kind.HARD if hard else Kind.SOFT,
        recipients=_whose(whom, event),
        status=verdict.status,
        reason=_GONE[sub] if gone else _why(sub, verdict),
        words=nameless(f"{kind}/{sub} {told}".strip()),
        ends=DeliveryState.REFUSED if hard or kind == "Permanent" else None,
    )


def _why(sub: str, verdict: Verdict) -> str:
    return verdict.reason if verdict.hard else _FULL.get(sub, verdict.reason)


def _complaint(said: Json, event: Event) -> Event:
    """Who complains of a message has got it, unless SES says that it did not send it at all."""
    said_kind = line(said.get("complaintFeedbackType")).lower()
    if said_kind in _NO_COMPLAINT:
        return replace(event, words=f"feedback {said_kind}")
    untried = said.get("complaintSubType") == _NOT_TRIED
    return replace(
        event,
        kind=Kind.COMPLAINT,
        recipients=_whose(said.get("complainedRecipients"), event),
        reason=f"feedback {said_kind or 'abuse'}",
        words=line(said.get("complaintSubType")),
        ends=DeliveryState.REFUSED if untried else DeliveryState.ACCEPTED,
    )


def _delivery(said: Json, event: Event) -> Event:
    return replace(
        event,
        kind=Kind.DELIVERED,
        recipients=_texts(said.get("recipients")) or event.recipients,
        reason="delivered",
        words=nameless(line(said.get("smtpResponse"))),
        ends=DeliveryState.ACCEPTED,
    )


def _reject(said: Json, event: Event) -> Event:
    """SES took the message and then would not send it (a virus): ours, never the reader's."""
    words = nameless(line(said.get("reason")))
    return replace(
        event, kind=Kind.SOFT, reason="policy", words=words, ends=DeliveryState.REFUSED
    )  # fmt: skip


_READERS = {
    "Bounce": _bounce,
    "Complaint": _complaint,
    "Delivery": _delivery,
    "Reject": _reject,
}
