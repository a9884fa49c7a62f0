"""What mail systems mean by an enhanced status and by their words: one table for both rooms.

`digest/deliver` reads one-line replies by it at the time of sending, `digest/inbound` letters that
came back. Bulgarian is here beside English, with what the neighbours' systems write. A text may
match several rows; the first wins, so that what keeps a reader stands above what suppresses one.
"""

from __future__ import annotations

import re

HARD = frozenset({"unknown-user", "unknown-host", "moved", "no-mail-host"})
"""Reasons that say the address is dead; every other reason keeps the reader."""

CLOSED = frozenset({"mailbox-full", "suspended"})
"""Reasons that speak of the mailbox itself. That a relay gave up (`expired`, `network`, `rate`)
may be the fault of the line, of the provider or of ours, and then of thousands at once."""

POLICY = "policy"
"""The operator's matter (blocklist, authentication, content): never the reader's."""

# RFC 3463 §3.2 and RFC 7505: bad mailbox, bad system, bad syntax, moved, null MX, disabled.
DEAD = {
    "5.1.0": "unknown-user",
    "5.1.1": "unknown-user",
    "5.1.2": "unknown-host",
    "5.1.3": "unknown-user",
    "5.1.6": "moved",
    "5.1.10": "no-mail-host",
    "5.2.1": "unknown-user",
}
"""Statuses of a mailbox that is not there, unless the words beside them say otherwise."""

ALIVE = {
    "5.2.2": "mailbox-full",
    "5.2.3": "too-big",
    "5.3.4": "too-big",
    "5.1.7": POLICY,
    "5.1.8": POLICY,
}
"""Statuses that speak of something else than the mailbox, whatever the words say."""

SUBJECTS = {"5.7": POLICY, "5.6": POLICY, "5.4": "network", "5.3": "system", "4.4": "expired"}
"""Class and subject of the others (RFC 3463 §3), where the words say nothing."""

_BOX = r"(?:mail ?box|mail ?folder|inbox|account|user)"
_WHO = r"(?:user|recipient|mail ?box|address|addressee|account|alias|person|name)s?"
_TABLE: dict[str, tuple[str, ...]] = {
    "mailbox-full": (
        rf"{_BOX}\b.{{0,60}}?\b(?:full|over ?quota|exceed)",
        r"over(?: the| his| her| their| its)? ?quota",
        r"quota.{0,30}(?:exceed|violat|full)",
        r"exceed\w*.{0,40}(?:quota|storage|mailbox size|local limit)",
        r"mailbox size limit|insufficient (?:disk|storage|mailbox)",
        r"not enough (?:disk|storage|space)|disk (?:space|full|quota)",
        r"кутия\w*.{0,30}(?:е пълна|препълнен|пълна е)|(?:пълна|препълнена) (?:пощенска )?кутия",
        r"(?:надвишена|превишена|изчерпана) квота|квотата.{0,30}(?:надвишен|превишен|изчерпан)",
        r"ящик.{0,20}(?:переполнен|полон)",
    ),
    POLICY: (
        # Said of the sender: his address, his host, his letter.
        (
            r"(?:sender|mail from|envelope from|return path)\b.{0,60}?"
            r"(?:reject|denied|refus|invalid|not exist|unknown|not allowed|blocked|verif)"
        ),
        r"\bspf\b|\bdkim\b|\bdmarc\b|authenticat|not accepting mail from",
        r"blocked (?:using|by|because|for|-|due)|\bblocked\b.{0,40}(?:spam|list|http|see)",
        r"(?:block|black|deny) ?list|\b[drs]bls?\b|dnsbl|spamhaus|barracuda|sorbs|reputation",
        r"\bspam\b|scored as|unsolicited|bulk mail|user complaints|looping",
        r"policy (?:reason|violation|restriction)|local policy|security polic",
        r"access denied|not (?:authori[sz]ed|permitted)|unauthori[sz]ed|administrative\w* prohib",
        r"relay(?:ing)? (?:access |is |not )?(?:denied|not|prohibited)|no relaying|to relay",
        r"reverse dns|\bptr\b|ip name lookup|client host rejected|mismatches client",
        r"client.{0,20}blocked|virus|malware|message content|content (?:rejected|presents)",
        r"improper use of|not rfc ?\d+|rfc ?\d+ complian|media error",
        r"messages? (?:was |is )?(?:rejected|refused|not accepted) (?:by|due|for|because)",
        r"черен списък|спам|политика на|отказан достъп|не е удостоверен",
    ),
    "suspended": (
        rf"{_WHO}\b.{{0,60}}?\b(?:disabled|inactive|suspended|locked|frozen|deactivated)(?! or)",
        rf"{_WHO}\b.{{0,60}}?\b(?:not active|dormant)",
        # Of the account alone: a message to somebody expires too, where a relay gave up.
        r"(?:account|mail ?box)\b[^.:;]{0,30}?\bexpired",
        r"(?:disabled|inactive|suspended|locked|frozen) (?:account|mail ?box|user)",
        r"(?:спрян|замразен|деактивиран|неактивен)\w* (?:профил|акаунт|потребител|кутия|адрес)",
        r"(?:профилът|акаунтът|кутията|потребителят).{0,20}(?:спрян|замразен|деактивир|неактив)",
    ),
    "rate": (
        r"too many (?:recipients|connections|messages|errors|concurrent)|at a rate that",
        r"too (?:fast|quickly)|rate limit|throttl|temporarily deferred|gr[ae]y.?list",
        r"твърде много (?:писма|съобщения|връзки|получатели)",
    ),
    "too-big": (
        r"(?:message|mail|file|length|size)\b.{0,40}too (?:large|big|long)",
        r"(?:message|mail|file|length|size)\b.{0,40}exceeds?.{0,20}(?:limit|maximum|size)",
        r"maximum (?:message )?size|message size|твърде голям",
    ),
    "unknown-host": (
        r"host (?:unknown|not found)|unknown host|no such (?:host|domain)|nxdomain",
        r"domain (?:name )?(?:not found|does not exist|unknown|is invalid)",
        r"name or service not known|unrouteable (?:mail )?domain|couldn't find any host",
        r"could ?n[o']t? ?find a mail exchanger",
        r"няма такъв (?:домейн|сървър)|домейнът не съществува",
    ),
    "unknown-user": (
        r"user unknown|address unknown|unrouteable address|unknown recipient",
        (
            r"(?:unknown|invalid|non-?existent|no such|bad|incorrect|not a valid|not our)"
            r" ?(?:local |destination |e-?mail )?(?:user|recipient|mail ?box|addressee|account|"
            r"local.?part|mail drop|address|person|name|alias)|invalid .{0,20}userid"
        ),
        (
            rf"{_WHO}\b.{{0,70}}?(?:do(?:es)?(?: not|n.t) exist|not exist|not found|not known"
            r"|unknown|not valid|invalid|not (?:exactly )?(?:recogni[sz]ed|match)|not listed"
            r"|discontinued|no longer (?:valid|available|exists?|active)"
            r"|(?:could not|cannot) be found)"
        ),
        r"(?:no|any) (?:mail ?box|user|one|account|person).{0,15}(?:here|by that|with that|under)",
        r"user (?:\S+ )?(?:is )?not (?:in|our)|not (?:one of )?our (?:user|customer|client)s?",
        r"doesn.t have an? .{0,40}account|have no mailbox|is not .{0,20}e-?mail users?",
        r"not listed in|no valid recipients?",
        r"adresse.{0,30}(?:inconnue?|invalide)|n.existe pas|unbekannt|existiert nicht",
        r"няма такъв (?:потребител|адрес|получател|абонат)|няма такава (?:пощенска )?кутия",
        r"(?:непознат|несъществуващ|невалиден|неизвестен)\w* (?:потребител|получател|адрес|кутия)",
        (
            r"(?:потребител|адрес|получател|кутия)\w*\b.{0,40}"
            r"(?:не съществува|не е намерен|не е открит|не е познат)"
        ),
        r"(?:пользователь|ящик|адрес).{0,20}(?:не найден|не существует)|нет такого пользователя",
    ),
    "moved": (
        (
            r"(?:user|recipient|address|mailbox|person|account)\b.{0,40}"
            r"(?:has moved|no longer (?:works|with|at|here|on))"
        ),
        r"has been replaced by|moved to another|вече не работи (?:тук|при нас)",
    ),
    "expired": (
        r"expired|timed? ?out|time.?out|retry time|too long|been in the queue|delayed|deferred",
        r"not be(?:en)? delivered (?:for|within|in|after)|will be retried|still trying",
        r"delivery attempts?|\d+ attempts|try again later",
        r"забавен|изтекъл|просрочен|не (?:можа|може) да бъде доставено в срок",
    ),
    "network": (
        r"connection (?:refused|reset|timed|lost|dropped)|lost connection|network|unreachable",
        r"no route|handshake|dns|name server|mail exchanger|no answer from host",
    ),
    "system": (
        r"system (?:config|error|failure|storage)|internal (?:system|server)? ?error",
        r"configuration error|service (?:currently |temporarily )?unavailable|temporary failure",
        r"ldap|local error|mailer error|resources|command not|not implemented|syntax error",
    ),
}
_TERSE: dict[str, tuple[str, ...]] = {
    "mailbox-full": (r"\bfull\b|quota|пълна|квота",),
    POLICY: (
        r"block(?:ed|list)|policy|relay|content|rejected for|not (?:permitted|allowed)",
        r"блокиран|политика",
    ),
    "suspended": (r"\b(?:suspended|inactive|locked|frozen)\b|спрян|замразен",),
    "rate": (
        r"\brate\b|too many|slow down|too much mail|limit exceeded",
        r"твърде (?:много|бързо)",
    ),
}
"""What a one-line reply means by a single word; a letter says such words of many things."""

_FLAGS = re.IGNORECASE | re.DOTALL
_ROWS = {reason: re.compile("|".join(row), _FLAGS) for reason, row in _TABLE.items()}
_TERSE_ROWS = {
    reason: re.compile("|".join((*row, *_TERSE.get(reason, ()))), _FLAGS)
    for reason, row in _TABLE.items()
}

_LINK = re.compile(r"https?://\S+")
_BLOCKLIST = re.compile(r"spamhaus|dnsbl|[./][rs]?bls?[./?-]|barracuda|sorbs", re.IGNORECASE)
_NOT_SAID = re.compile(r"https?://\S+|<[^>\s]*@[^>\s]*>|(?<![\w.+-])[\w.+-]+@[\w.-]+")
"""Addresses and links hold words that nobody said (unknown@…, …/error/quota)."""
_SENDERS_QUOTA = re.compile(
    r"\bip\b.{0,30}?\b(?:exceed\w*|over|reached)\b.{0,20}?\bquota\b"
    r"|(?:exceed\w* (?:its |the |your |their )?)?"
    r"\b(?:sending|outgoing|outbound|daily|hourly)\b.{0,20}?\bquota\b"
    r"(?: (?:is |was |has been )?exceed\w*)?",
    _FLAGS,
)
"""How much somebody may send: a rate, and no mailbox."""


def reasons(text: str, *, terse: bool = False) -> tuple[str, ...]:
    """All reasons the text gives, the most trusted first; `terse`: it is a one-line reply."""
    listed = any(_BLOCKLIST.search(link) for link in _LINK.findall(text))
    said = _SENDERS_QUOTA.sub(" rate limit ", _NOT_SAID.sub(" ", text))
    rows = _TERSE_ROWS if terse else _ROWS
    return tuple(
        reason for reason, row in rows.items() if row.search(said) or (listed and reason == POLICY)
    )


def of_mailbox(reason: str, status: str | None) -> bool:
    """Whether it is the mailbox itself that is full or locked, by a reason and the status with it.

    Subject 2 of a status is the mailbox (RFC 3463 §3.3). Without a status, and with one that says
    nothing (x.0.0), the words decide; any other subject means the system, the line or a policy,
    whatever words stand beside it.
    """
    figures = (status or "").split(".")[1:]
    return reason in CLOSED and (figures[:1] in ([], ["2"]) or figures == ["0", "0"])


def takes_nothing(text: str, status: str) -> bool:
    """The same of a reply on one line that refuses a message for good."""
    reason = ALIVE.get(status) or next(iter(reasons(text)), "")
    return of_mailbox(reason, status)
