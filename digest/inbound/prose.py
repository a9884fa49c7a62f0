"""Reports without fields: qmail, exim, sendmail, and whoever writes his own sentences.

Also the other letters that come to a return path: absence notes, requests to leave, challenges.
"""

from __future__ import annotations

import re

from digest.inbound.letter import Letter
from digest.inbound.report import MAX_RECIPIENTS
from digest.inbound.verdict import Verdict, judge

_DAEMON = re.compile(
    r"mailer.?daemon|post.?master|mdaemon|mail delivery (?:sub)?system|poostmaster|mail.?admin",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"undeliver|deliver\w* (?:fail|status|problem|error|report|notif|unsuccess)|non.?deliver"
    r"|failure (?:notice|deliver)|fail(?:ed|ure)? (?:mail|deliver)|user unknown|rejected mail"
    r"|returned (?:mail|message)|mail (?:delivery )?(?:fail|error|could not)|processing error"
    r"|could not be delivered|not delivered|message (?:undeliver|delivery|not delivered)"
    r"|недоставен|не е доставен|неуспешн\w* (?:доставка|изпращане)|върнато (?:писмо|съобщение)"
    r"|сообщение не доставлено",
    re.IGNORECASE,
)
_PHRASE = re.compile(
    r"(?:could|was|were|can) ?(?:not|n.t) (?:be )?(?:able to )?deliver|unable to deliver|cannot be "
    r"delivered|did not reach the following|delivery (?:to|of|has|failed).{0,80}fail"
    r"|undeliverable|permanent error|returned to you|could not be sent to"
    r"|не (?:можа|може|беше|бе|е) (?:да бъде )?доставен",
    re.IGNORECASE | re.DOTALL,
)
_ADDRESS = re.compile(
    r"(?<![A-Za-z0-9._%+/=~-])[A-Za-z0-9._%+/=~-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
)
_STILL = re.compile(
    r"still trying|will (?:be retried|keep trying|continue)|(?:only|just) a warning|warning only"
    r"|not (?:yet )?been delivered.{0,80}yet|delay(?:ed)? (?:notif|warning)"
    r"|ще (?:се )?опита отново",
    re.IGNORECASE | re.DOTALL,
)
_HEAD = re.compile(r"^\s{0,8}[\"'<(]*([^\s<>\"'()]+@[^\s<>\"'():]+)[\"'>):]*\s*:?\s*$")
_QUOTED_SUBJECT = re.compile(r"(?im)^[ \t>]*(?:subject|относно|тема):.*$")
_QUOTING_SUBJECT = re.compile(r"(?i)^(?:undeliverable|недоставено)\b.*", re.DOTALL)
"""What stands there is the returned letter's own subject, and says nothing of the failure."""
_AUTO_SUBJECT = re.compile(
    r"^\W*(?:(?:re|отг)\s*:\s*)*(?:auto(?:matic|mated)?[ -]?(?:reply|response|answer)|auto:"
    r"|out of (?:the )?office|(?:on )?vacation|away from|i am (?:away|out)|absen|ooo\b"
    r"|автоматич\w+ (?:отговор|съобщение|известие)|извън офиса|отсъств|(?:в|на) отпуск\w*"
    r"|служебно отсъствие|няма да бъда)",
    re.IGNORECASE,
)
_CHALLENGE = re.compile(
    r"(?:prove|verify|confirm)\b.{0,60}\b(?:human|not a (?:robot|spammer|machine)|real person)"
    r"|(?:confirm|verif|authenticat|approv)\w*.{0,60}\b(?:your|this) (?:message|e-?mail|letter)"
    r".{0,80}(?:deliver|reach|releas|inbox|link|reply)|challenge.?response|spam ?arrest|boxbe|tmda"
    r"|(?:потвърдете|докажете).{0,60}(?:човек|не сте робот|писмото|съобщението)",
    re.IGNORECASE | re.DOTALL,
)
_LEAVE = (
    r"(?:unsubscribe|remove me|take me off|opt.?out|stop sending|отпис(?:ване|вам)|отпиш(?:и|ете)"
    r"|не желая (?:повече )?да получавам|спрете да ми (?:пращате|изпращате)|махнете ме"
    r"|прекрат\w+ (?:на )?абонамент\w*|отказвам се от (?:бюлетин|абонамент)\w*)"
)
_LEAVE_SUBJECT = re.compile(
    rf"^\W*(?:(?:re|fwd?|отг|отн)\s*:\s*)*(?:моля,?\s*)?{_LEAVE}", re.IGNORECASE
)
_LEAVE_BODY = re.compile(rf"(?<!\w)(?:{_LEAVE}|^stop\W*$|^стоп\W*$)", re.IGNORECASE | re.MULTILINE)
_TOKEN_ADDRESS = re.compile(r"u\+([a-z0-9._-]+)@")
_TOKEN_SUBJECT = re.compile(r"unsubscribe\s+([a-z0-9._-]{8,})\s*$", re.IGNORECASE)
_FROM_QUOTES = 400
"""Characters: who wants to leave says so at once; longer letters are read by a person."""


def from_a_machine(letter: Letter) -> bool:
    """True when sender, subject or a header says: this is a report about another letter."""
    sender = " ".join(letter.header(name) for name in ("From", "Sender", "Return-Path"))
    named = _DAEMON.search(sender) or _SUBJECT.search(letter.header("Subject"))
    return bool(named or letter.message["X-Failed-Recipients"])


def speaks_of_failure(letter: Letter) -> bool:
    """True when the letter's own first words say that something was not delivered."""
    return bool(_PHRASE.search(letter.own_words[:1500]))


def still_tried(letter: Letter) -> bool:
    """True when the report is a warning: the other side goes on trying."""
    return bool(_STILL.search(letter.text))


def verdicts(letter: Letter) -> tuple[tuple[str, Verdict], ...]:
    """(recipient, verdict) for each recipient a report in prose names; recipient may be empty."""
    text = _QUOTED_SUBJECT.sub("", letter.text)
    found = [(who, judge("", said)) for who, said in _stretches(text) if said.strip()]
    told = [one for one in found if one[1].reason != "undefined"]
    if told:
        return tuple(told)
    whole = judge("", text)
    if whole.reason == "undefined":
        whole = judge("", _QUOTING_SUBJECT.sub("", letter.header("Subject")))
    names = [who for who, _ in found] or list(named_recipients(letter)) or [""]
    return tuple((who, whole) for who in names)


def named_recipients(letter: Letter) -> tuple[str, ...]:
    """Who a report in prose is about: the failed recipients' header, else the addresses in it."""
    header = letter.addresses("X-Failed-Recipients")
    if header:
        return tuple(dict.fromkeys(header))
    own = {*letter.addresses("From", "Sender", "Reply-To"), *letter.addressed_to}
    seen = (one.rstrip(".").lower() for one in _ADDRESS.findall(letter.text))
    return tuple(dict.fromkeys(one for one in seen if one not in own and not _DAEMON.match(one)))


def _stretches(text: str) -> list[tuple[str, str]]:
    """The text after each line that holds nothing but an address (qmail, exim, yahoo)."""
    found: list[tuple[str, list[str]]] = []
    for line in text.splitlines():
        match = _HEAD.match(line)
        if match:
            found.append((match[1].lower(), []))
        elif found:
            found[-1][1].append(line)
    return [(who, "\n".join(lines)) for who, lines in found[:MAX_RECIPIENTS]]


def absence(letter: Letter) -> bool:
    """An answer by a machine in a person's name (RFC 3834), or a read receipt (RFC 8098)."""
    submitted = letter.header("Auto-Submitted").lower()
    precedence = letter.header("Precedence").lower()
    kind = letter.header("Content-Type").lower()
    return bool(
        submitted.startswith("auto-replied")
        or letter.message["X-Autoreply"]
        or letter.message["X-Autorespond"]
        or precedence in {"auto_reply", "auto-reply"}
        or "disposition-notification" in kind
        or _AUTO_SUBJECT.search(letter.header("Subject"))
    )


def challenge(letter: Letter) -> bool:
    """A filter that wants a person to prove himself before it delivers."""
    return bool(_CHALLENGE.search(f"{letter.header('Subject')}\n{letter.own_words[:3000]}"))


def leave_token(letter: Letter) -> str | None:
    """The token of a letter to `u+token@…` or with „unsubscribe TOKEN“ as its subject."""
    for address in letter.addressed_to:
        match = _TOKEN_ADDRESS.match(address)
        if match:
            return match[1]
    subject = _TOKEN_SUBJECT.match(letter.header("Subject").strip())
    return subject[1].lower() if subject else None


def wants_to_leave(letter: Letter) -> bool:
    """A person asks to leave, in the subject or in a few words of his own."""
    if _LEAVE_SUBJECT.search(letter.header("Subject")):
        return True
    own = letter.own_words
    return len(own) <= _FROM_QUOTES and bool(_LEAVE_BODY.search(own))
