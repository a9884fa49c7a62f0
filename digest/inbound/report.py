"""Machine-readable reports: delivery status (RFC 3464, RFC 6533) and abuse (RFC 5965).

Also finds the same fields where a system wrote them into plain text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from digest.inbound.letter import Letter, leaves, raw_text

_KINDS = frozenset({"message/delivery-status", "message/global-delivery-status"})
_FIELD = re.compile(r"^[ \t]*([A-Za-z][A-Za-z0-9-]{2,40}):[ \t]*(.*)$")
_KNOWN = frozenset(
    {
        "final-recipient",
        "original-recipient",
        "action",
        "status",
        "diagnostic-code",
        "x-actual-recipient",
    }
)
MAX_RECIPIENTS = 50
"""Groups that are read; our letters have one recipient each, so more is somebody's game."""
_MAX_FIELD = 1000
"""Characters of a field that are read; an address has at most 254."""
_ADDRESS = re.compile(r"[^\s<>;,\"'()\[\]]+@[^\s<>;,\"'()\[\]]+")


@dataclass(frozen=True, slots=True)
class Group:
    """The fields about one recipient."""

    recipient: str
    action: str
    status: str
    diagnostic: str


def delivery_status(letter: Letter) -> tuple[Group, ...]:
    """The recipients' groups of a delivery report; nothing when it is none."""
    parts = [p for p in leaves(letter.message) if p.get_content_type() in _KINDS]
    if parts:
        return tuple(g for part in parts for g in groups(raw_text(part)))
    whole = letter.text + "\n" + letter.returned
    if re.search(r"(?im)^[ \t]*final-recipient:", whole):
        return groups(whole)
    return ()


def groups(text: str) -> tuple[Group, ...]:
    """Blocks of fields between blank lines; a repeated field opens a new block too."""
    found: list[dict[str, str]] = [{}]
    last = ""
    for line in text.splitlines():
        match = _FIELD.match(line)
        if not line.strip():
            found.append({})
            last = ""
        elif match and match[1].lower() in _KNOWN:
            last = match[1].lower()
            if last in found[-1]:
                found.append({})
            found[-1][last] = match[2].strip()
        elif last and line[:1] in " \t":
            found[-1][last] += " " + line.strip()
        else:
            last = ""
    return tuple(_group(one) for one in found if _about_somebody(one))[:MAX_RECIPIENTS]


def _about_somebody(fields: dict[str, str]) -> bool:
    return "action" in fields or "final-recipient" in fields or "diagnostic-code" in fields


def _group(fields: dict[str, str]) -> Group:
    typed = (fields.get("final-recipient", ""), fields.get("original-recipient", ""))
    named = [one for one in map(_bare, typed) if one]
    return Group(
        recipient=named[0] if named else "",
        action=fields.get("action", "").split(" ")[0].strip("();").lower(),
        status=fields.get("status", ""),
        diagnostic=fields.get("diagnostic-code", "")[: 4 * _MAX_FIELD],
    )


def _bare(field: str) -> str:
    """`rfc822; <a@b>` without type and brackets; X.400 and the like give nothing."""
    kind, semicolon, value = field.partition(";")
    text = value if semicolon else kind
    match = _ADDRESS.search(text[:_MAX_FIELD])
    if match is None or (semicolon and kind.strip().lower() not in {"rfc822", "utf-8", "smtp"}):
        return ""
    return match[0].strip(".")


def feedback_type(letter: Letter) -> str | None:
    """`abuse`, `not-spam`, … of an ARF report, or None when it is no complaint report."""
    for part in leaves(letter.message):
        if part.get_content_type() == "message/feedback-report":
            match = re.search(r"(?im)^feedback-type:\s*([\w-]+)", raw_text(part))
            return match[1].lower() if match else "abuse"
    sender = " ".join(letter.addresses("From"))
    # Hotmail's own form: the letter enclosed in a multipart/mixed from its staff.
    if (
        re.match(r"(?i)complaint about message from", letter.header("Subject"))
        and "staff@" in sender
    ):
        return "abuse"
    return "abuse" if _spoken_abuse(letter) else None


def _spoken_abuse(letter: Letter) -> bool:
    report = "report-type=feedback-report" in letter.header("Content-Type").replace('"', "").lower()
    return report or bool(re.search(r"(?im)^feedback-type:\s*abuse", letter.text))


def complained_about(letter: Letter) -> tuple[str, ...]:
    """Who complained, where the provider does not hide it."""
    whole = letter.text + "\n" + letter.returned
    named = re.findall(
        r"(?im)^[ \t>]*(?:original-rcpt-to|removal-recipient|x-hmxmroriginalrecipient):\s*(\S+)",
        whole,
    )
    return tuple(dict.fromkeys(one.strip("<>").lower() for one in named if "@" in one))
