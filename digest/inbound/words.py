"""The words by which mail systems say why: a table from text to reason, in order of trust.

Bulgarian is here beside English, with what the neighbours' systems write. A text may match
several rows; the first wins, so that what keeps a reader stands above what suppresses one.
"""

from __future__ import annotations

import re

HARD = frozenset({"unknown-user", "unknown-host", "moved", "no-mail-host"})
"""Reasons that say the address is dead; every other reason keeps the reader."""

POLICY = "policy"
"""The operator's matter (blocklist, authentication, content): never the reader's."""

_TABLE = {
    "mailbox-full": (
        r"(?:mail ?box|mail ?folder|inbox|account|user)\b.{0,60}?\b(?:full|over ?quota|exceed)"
        r"|over(?: the| his| her| their| its)? ?quota|quota.{0,30}(?:exceed|violat|full)"
        r"|exceed\w*.{0,40}(?:quota|storage|mailbox size|local limit)|mailbox size limit"
        r"|insufficient (?:disk|storage|system storage|mailbox)|not enough (?:disk|storage|space)"
        r"|disk (?:space|full|quota)|too many messages in (?:the )?(?:mailbox|folder)"
        r"|кутия\w*.{0,30}(?:е пълна|препълнен|пълна е)|(?:пълна|препълнена) (?:пощенска )?кутия"
        r"|(?:надвишена|превишена|изчерпана) квота|квотата.{0,30}(?:надвишен|превишен|изчерпан)"
        r"|ящик.{0,20}(?:переполнен|полон)",
    ),
    POLICY: (
        # Said of the sender: his address, his host, his letter.
        r"(?:sender|mail from|envelope from|return path|domain of sender)\b.{0,60}?"
        r"(?:reject|denied|refus|invalid|not exist|unknown|not allowed|blocked|verif)"
        r"|\bspf\b|\bdkim\b|\bdmarc\b|authenticat|blocked (?:using|by|because|for|-|due)"
        r"|\bblocked\b.{0,40}(?:spam|list|http|see)|block ?list|black ?list|deny ?list|\b[drs]bls?\b"
        r"|dnsbl|spamhaus|barracuda|sorbs|reputation|\bspam\b|scored as|unsolicited|bulk mail"
        r"|for (?:local )?policy reasons|local policy|policy (?:violation|restriction)|security polic"
        r"|access denied|not (?:authori[sz]ed|permitted)|unauthori[sz]ed|administrative(?:ly)? prohib"
        r"|relay(?:ing)? (?:access |is |not )?(?:denied|not|prohibited)|no relaying|to relay mail"
        r"|unable to relay|reverse dns|\bptr\b|ip name lookup|client host rejected|mismatches client"
        r"|client.{0,20}blocked|virus|malware|message content|content (?:rejected|presents)"
        r"|improper use of|not rfc ?\d+|rfc ?\d+ complian|media error|user complaints"
        r"|messages? (?:was |is )?(?:rejected|refused|not accepted) (?:by|due|for|because)"
        r"|looping|not accepting mail from|черен списък|спам|политика на|отказан достъп|не е удостоверен",
    ),
    "suspended": (
        r"(?:account|mail ?box|user|address|recipient)\b.{0,60}?\b(?:disabled|inactive|suspended"
        r"|locked|frozen|deactivated|not active|dormant|expired)"
        r"|(?:disabled|inactive|suspended|locked|frozen) (?:account|mail ?box|user)"
        r"|(?:спрян|замразен|деактивиран|неактивен)\w* (?:профил|акаунт|потребител|кутия|адрес)"
        r"|(?:профилът|акаунтът|кутията|потребителят).{0,20}(?:спрян|замразен|деактивиран|неактив)",
    ),
    "rate": (
        r"too many (?:recipients|connections|messages|errors|concurrent)|at a rate that|too (?:fast|"
        r"quickly)|rate limit|throttl|try again later|temporarily deferred|gr[ae]y.?list"
        r"|твърде много (?:писма|съобщения|връзки|получатели)",
    ),
    "too-big": (
        r"(?:message|mail|file|length|size)\b.{0,40}(?:too (?:large|big|long)|exceeds?.{0,20}(?:limit|"
        r"maximum|size))|maximum (?:message )?size|message size|твърде голям",
    ),
    "unknown-host": (
        r"host (?:unknown|not found)|unknown host|no such (?:host|domain)|domain (?:name )?(?:not "
        r"found|does not exist|unknown|is invalid)|name or service not known|nxdomain|unrouteable "
        r"(?:mail )?domain|couldn't find any host|could ?n[o']t? ?find a mail exchanger"
        r"|няма такъв (?:домейн|сървър)|домейнът не съществува",
    ),
    "unknown-user": (
        r"user unknown|(?:unknown|invalid|non-?existent|no such|bad|incorrect|not a valid|not our)"
        r" ?(?:local |destination |e-?mail )?(?:user|recipient|mail ?box|addressee|account|"
        r"local.?part|mail drop|address|person|name|alias|to address)"
        r"|unrouteable address|address unknown"
        r"|(?:user|recipient|mail ?box|address|addressee|account|alias|person|name)s?\b.{0,70}?"
        r"(?:does(?: not|n.t) exist|do not exist|not found|not known|unknown|not (?:exactly )?"
        r"(?:recogni[sz]ed|match)|not valid|is not listed|not listed|invalid|no longer (?:valid|"
        r"available|exists?|active)|discontinued|could not be found|cannot be found|not exist)"
        r"|(?:no|any) (?:mail ?box|user|one|account|person).{0,15}(?:here|by that|with that|under)"
        r"|user (?:\S+ )?(?:is )?not (?:in|our)|invalid .{0,20}userid|n.existe pas|not (?:one of )?our (?:user|customer|client)s?"
        r"|doesn.t have an? .{0,40}account|have no mailbox|is not .{0,20}e-?mail users?"
        r"|not listed in|no valid recipients?|adresse.{0,30}(?:inconnue?|invalide)"
        r"|(?:unbekannt|existiert nicht)|unknown recipient"
        r"|няма такъв (?:потребител|адрес|получател|абонат)|няма такава (?:пощенска )?кутия"
        r"|(?:непознат|несъществуващ|невалиден|неизвестен)\w* (?:потребител|получател|адрес|кутия)"
        r"|(?:потребителят|адресът|получателят|кутията|потребител|получател)\b.{0,40}"
        r"(?:не съществува|не е намерен|не е открит|не е познат)"
        r"|(?:пользователь|ящик|адрес).{0,20}(?:не найден|не существует)|нет такого пользователя",
    ),
    "moved": (
        r"(?:user|recipient|address|mailbox|person|account)\b.{0,40}(?:has moved|no longer (?:works|"
        r"with|at|here|on))|has been replaced by|moved to another|вече не работи (?:тук|при нас)",
    ),
    "expired": (
        r"expired|timed? ?out|time.?out|retry time|too long|been in the queue|not be(?:en)? delivered "
        r"(?:for|within|in|after)|delayed|deferred|will be retried|delivery attempts?|still trying"
        r"|\d+ attempts|забавен|изтекъл|просрочен|не (?:можа|може) да бъде доставено в срок",
    ),
    "network": (
        r"connection (?:refused|reset|timed|lost|dropped)|lost connection|network|unreachable"
        r"|no route|handshake|dns|name server|mail exchanger|no answer from host",
    ),
    "system": (
        r"system (?:config|error|failure)|internal (?:system|server)? ?error|configuration error"
        r"|service (?:currently |temporarily )?unavailable|temporary failure|ldap|local error"
        r"|mailer error|resources|command not|not implemented|syntax error",
    ),
}
_ROWS = tuple(
    (reason, re.compile(words, re.IGNORECASE | re.DOTALL)) for reason, words in _TABLE.items()
)


_LINK = re.compile(r"https?://\S+")
_BLOCKLIST_LINK = re.compile(
    r"spamhaus|dnsbl|[./]s?[br]bl[s./?-]|barracuda|sorbs|/bl\?", re.IGNORECASE
)


def reasons(text: str) -> tuple[str, ...]:
    """All reasons the text gives, the most trusted first."""
    listed = any(_BLOCKLIST_LINK.search(link) for link in _LINK.findall(text))
    # Addresses and links hold words that nobody said (postmaster-unknown@…, …/error/quota).
    said = re.sub(r"https?://\S+|<[^>\s]*@[^>\s]*>|[\w.+-]+@[\w.-]+", " ", text)
    found = (
        reason for reason, pattern in _ROWS if pattern.search(said) or (listed and reason == POLICY)
    )
    return tuple(found)
