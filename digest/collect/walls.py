"""Walls in the place of a text: demands for consent and offers of a subscription.

A wall speaks to the reader. The news of walls (a new price, a law on cookies) says the same words
about them, within a longer sentence or between quotation marks, and is no wall.
"""

from __future__ import annotations

import re
from functools import lru_cache

from digest.collect.ownwords import blocks, own_sentences, trimmed, unquoted

SHORT = 900
"""Characters over which a text is an article, whatever it says of a subscription."""
STUB = 200
"""Characters beside a demand for consent that are an article of their own."""

_COOKIES = re.compile(
    r"(?i)(?:ние и нашите \d* ?партньори|(?:ние )?използваме (?:и )?(?:бисквитки|cookies)"
    r"|(?:този|нашият) (?:уеб)?сайт използва (?:бисквитки|cookies)"
    r"|(?:ние )?ценим (?:вашата )?(?:поверителност|неприкосновеност)"
    r"|we (?:and our \d* ?partners|value your privacy|use cookies)"
    r"|wir (?:und unsere \d* ?partner|verwenden cookies)"
    r"|nous (?:et nos \d* ?partenaires|utilisons des cookies)"
    r"|(?:nosotros y nuestros \d* ?socios|utilizamos cookies)|мы используем (?:файлы )?cookie)\b"
)
_COOKIE_LINE = re.compile(
    r"(?i)(?:приемане? на (?:всички )?бисквитки(?:те)?|приемам (?:всички )?(?:бисквитки(?:те)?)?"
    r"|съгласие за (?:обработ\w+ на (?:лични )?данни|бисквитки)|политика за бисквитки(?:те)?"
    r"|управление на съгласието|настройки (?:на|за) бисквитките|accept all(?: cookies)?)"
)
_ABOUT_DATA = re.compile(
    r"(?i)бисквитк|cookie|съгласи|партньор|лични данни|поверителност|предпочитани|consent|privacy"
)

_NAMED = (
    r"(?:стати(?:я|ята)|публикаци(?:я|ята)|материал(?:ът|а)?|текст(?:ът|а)?|анализ(?:ът|а)?"
    r"|интервю(?:то)?|съдържание(?:то)?)"
)
_TO_READ = r"(?:прочетете|прочетеш|продължите|продължиш|четете|четеш|видите|отключите)"
_TO_READ_ON = (
    rf"(?:(?:продължите|продължиш) (?:да четете|да четеш|четенето|с четенето)"
    rf"|{_TO_READ} (?:\w+ ){{0,2}}{_NAMED})"
)
"""This text and no other; „за да видите колко дължите, влезте“ is news for taxpayers."""
_THE_TEXT = (
    rf"(?:(?:тази|този|това|цялата|целия(?:т)?|цялото|пълната|пълния(?:т)?|пълното|останалата част"
    rf" от)\s+)?{_NAMED}"
)
_SAYS_ONLY = re.compile(
    rf"(?i)(?:продължението|{_THE_TEXT})(?:\s+(?:е|са))?(?:\s+достъп(?:ен|на|но))?(?:\s+е)?"
    r"(?:\s+(?:само|единствено|ексклузивно|изцяло))?\s+за\s+(?:нашите\s+|платени\s+)?"
    r"абонати(?:те)?(?:\s+на(?:\s[^,;:.]{0,40})?)?"
    r"|(?:this|the full|the rest of this) (?:article|story|content|text) is (?:\w+ ){0,3}"
    r"(?:for|to)(?: our)? (?:paid )?(?:subscribers|members)(?: only)?"
    r"|(?:dieser|der ganze|der vollständige) (?:artikel|inhalt|text|beitrag) ist "
    r"(?:\w+ ){0,2}für (?:unsere )?abonnent\w*(?: \w+)?|nur für abonnent\w*"
    r"|(?:cet |l.)?article (?:est )?(?:réservé|exclusif)\w* (?:aux|à nos) abonné\w*"
    r"|(?:cette partie est )?réservée?s? (?:aux|à nos) abonné\w*"
    r"|(?:este )?(?:artículo|contenido) (?:es )?(?:exclusivo |solo |sólo |reservado )*"
    r"para (?:nuestros )?suscriptores"
    r"|(?:эта |этот |полный |полная )?(?:статья|материал|текст|версия)(?: статьи)? "
    r"доступ(?:ен|на) (?:только )?(?:подписчикам|по подписке|для подписчиков)"
    r"|(?:только )?для подписчиков"
)
"""A whole sentence that says for whom the text is."""
_TO_READER = re.compile(
    rf"(?i)\bза да {_TO_READ}\b.{{0,60}}\b(?:абонирай|абонамент|(?:сте|станете) абонат)"
    rf"|\bза да {_TO_READ_ON}.{{0,60}}\b(?:влез(?:те|ни)|регистрирай|купете)"
    rf"|\bабонирай(?:те)? се\b.{{0,20}}\b(?:за да|и) {_TO_READ_ON}"
    rf"|\b(?:искате|желаете|искаш) да {_TO_READ}\b.{{0,160}}\bабон"
    r"|\b(?:цялата стати|целия текст|пълния текст|целия материал).{0,60}\b(?:сте|станете) абонат"
    r"|^(?:про)?чет(?:ете|и) (?:цялата статия|целия текст|нататък|още)\b.{0,40}\bабон"
    r"|^остава(?:т)?(?: ви)?(?: да прочетете)?(?: още)? \d{1,2} ?(?:%|на сто)"
    r"|\bsubscribe (?:now )?to (?:continue|read|unlock|keep reading)|\bto continue reading\b"
    r"|^(?:jetzt )?weiterlesen mit\b|\bum (?:weiterzulesen|den (?:ganzen )?artikel zu lesen)\b"
    r"|\bpour lire la suite\b|^il vous reste \d+ ?%|\babonnez-vous pour (?:lire|continuer)"
    r"|\bsuscríbe(?:te|ase) para (?:seguir|leer|continuar)|\bpara seguir leyendo\b"
    r"|\b(?:чтобы|для того чтобы) (?:прочитать|продолжить|читать)\b.{0,60}\bподпи"
)
"""Words to the reader of this text."""
_OFFER = re.compile(
    r"(?i)(?:само за (?:регистрирани |наши )?абонати|(?:вече )?(?:сте|си) абонат"
    r"|имате абонамент.{0,40}|(?:изберете|купете)(?: \w+)? абонамент.{0,50}"
    r"|(?:are you )?already a subscriber|subscribers only|(?:sie sind )?bereits abonnent.{0,30}"
    r"|déjà abonnée?.{0,20}|¿?ya eres suscriptor.{0,20}|оформите подписку.{0,40})"
)
"""A whole sentence of an offer; outside the article it stands on free pages too."""
MARKS = (
    "абон", "Абон", "АБОН", "да продължите", "прочетете", "от статията", "от текста", "одпис",
    "bonn", "ubscri", "uscrí", "uscri", "eiterlesen", "ontinue reading", "vous reste",
    "la suite", "seguir leyendo",
)  # fmt: skip
"""Parts of words of which every wall says one."""


def may_offer(text: str) -> bool:
    """A quick look before a slow one: False for a text in which no wall can stand."""
    return any(one in text for one in MARKS)


def demands_consent(text: str) -> bool:
    """True for a text that asks for consent and tells little else."""
    if len(text) >= SHORT:
        return False
    lines = blocks(text)
    asking = any(_asks(line) for line in lines)
    told = sum(len(line) for line in lines if not (_asks(line) or _ABOUT_DATA.search(line)))
    return asking and told < STUB


def _asks(line: str) -> bool:
    own = unquoted(line)
    whole = (_COOKIE_LINE.fullmatch(trimmed(one)) for one in re.split(r"[.!?]\s", own))
    return bool(_COOKIES.search(own)) or any(whole)


def sells_text(text: str) -> bool:
    """True for a short text that offers its rest to subscribers."""
    if len(text) >= SHORT or not may_offer(text):
        return False
    lines = blocks(text)
    ends = len(lines) - 2  # an offer between two paragraphs is that of a card
    return any(is_offer(line, inside=place >= ends) for place, line in enumerate(lines))


@lru_cache(maxsize=1024)
def is_offer(block: str, *, inside: bool) -> bool:
    """True for words of a paywall; `inside` says that they stand in the article itself."""
    own = unquoted(block)
    if _TO_READER.search(" ".join(own.split())):
        return True
    sentences = own_sentences(block)
    return any(_SAYS_ONLY.fullmatch(one) or (inside and _OFFER.fullmatch(one)) for one in sentences)
