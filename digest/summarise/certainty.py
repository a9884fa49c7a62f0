"""The gate on certainty: «според», «може», «щял», «ще» may not become plain fact."""

from __future__ import annotations

import re

from digest.model import Problem
from digest.summarise.evidence import Reading, Support, targets

_ATTRIBUTED = re.compile(
    r"(?<!\w)(?:според|по думите|по данни|по информация|по мнение\w*|по неофициалн\w+|твърд\w+"
    r"|смят[ая]\w*|счит[ая]\w*|предполаг\w+|подозир\w+|каз[ав]\w*|кажа\w*|заяв\w+|съобщ\w+"
    r"|обяв\w+|посоч\w+|коментир\w+|увер\w+|подчерт\w+|отбеляз\w+|изтъкн\w+|добав\w+|обясн\w+"
    r"|пред[ау]де\w*|пише|показва\w*|заподозр\w+|обвинен(?:и|а|ата|ият|ия|ите)?)(?!\w)",
    re.IGNORECASE,
)
_OPINION = re.compile(
    r"(?<!\w)(?:според|по думите|по неофициалн\w+|по непотвърден\w+"
    r"|по (?:данни|информация) на (?:прокурат|полиц|разследв|мвр|свидетел|медии|източни)\w*|"
    r"твърд(?:и|ят|ение\w*|ели|яха|еше)|смята[тмл]?\w*|счита\w*|предполага\w*|подозира\w*|заподозр\w+|опасява\w*|надява\w*)(?!\w)",
    re.IGNORECASE,
)
_POSSIBLE = re.compile(
    r"(?<!\w)(?:може\s+би|може|могат|можело|можеше|би|биха|бихме|вероятно|възможно|възможност\w*"
    r"|евентуално|евентуал\w+|предполаг\w+|очаква\w*|навярно|сигурно|уж|планира\w*|обмисля\w*"
    r"|предлага\w*|предложи\w*|възнамерява\w*|готви се|готвят се|иска\w*|искат|щял\w?|щели|"
    r"имал[оа]?|имали|нямало|бил[аио]?|ако|обвинен(?:и|а|ата|ият|ия|ите)?|обвиняем\w*|заподозр\w+|непотвърден\w*|неофициалн\w+"
    r"|прогноз\w+|опасени\w+|риск\w*|заплаш\w+|надява\w*|смята\w*|твърд\w+|според|дали|изглежда"
    r"|щеш?е|щяха|предварителн\w+|около|близо до|почти)(?!\w)",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"(?<!\w)(?P<hedge>може\s+би|може(?:\s+да)?|могат(?:\s+да)?|можело(?:\s+да)?|би(?:\s+\w+л\w?)?"
    r"|биха|вероятно|възможно\s+е(?:\s+да)?|евентуално|предполагаем\w+|очаква\s+се(?:\s+да)?"
    r"|се\s+очаква(?:\s+да)?|планира\w*(?:\s+да)?|обмисля\w*(?:\s+да)?|предлага\w*(?:\s+да)?"
    r"|щял\w?(?:\s+да)?|щели(?:\s+да)?|(?<!е )(?<!са )(?<!съм )бил[аио]?|имал[оа]|уж"
    r"|непотвърден\w*|иска\w*\s+да"
    r"|възнамерява\w*(?:\s+да)?|готв[ия]т?\s+се(?:\s+да)?|заподозр\w+"
    r"|обвин(?:ен(?:и|а|ата|ият|ия|ите)?|яем\w*))"
    r"[,\s]+(?P<tail>[^.;:!?]{1,70})",
    re.IGNORECASE,
)
# «Успя да», «започна да» tell what happened; any other «да» and «ще» what may yet happen.
_WILL = re.compile(
    r"(?<!успя )(?<!успяха )(?<!започна )(?<!започнаха )(?<!продължи )(?<!няма )"
    r"(?<!\w)(?:ще|да)\s+(?P<tail>[^.,;:!?]{1,40})",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"(?<!\w)(?:ще|да|предстои\w*|бъде\w*|очаква\w*|планира\w*|обеща\w*|намерени\w+|утре)(?!\w)",
    re.IGNORECASE,
)


def modality_of(said: Reading, found: Support) -> list[Problem]:
    """A hedge of the source that governs what `said` states without one."""
    for place in found.places:
        hedge = _hedged(said, place) or _opined(said, place, found) or _future(said, place)
        if hedge:
            return [Problem("modality", said.text, hedge.strip(" ."))]
    return []


def _hedged(said: Reading, place: Reading) -> str:
    if _POSSIBLE.search(said.text):
        return ""
    for hedge in _STRONG.finditer(place.text + " ."):
        if said.terms & set(targets(hedge.group("tail"))[:2]):
            return hedge.group()
    return ""


def _opined(said: Reading, place: Reading, found: Support) -> str:
    """One side's claim, told as a fact; a reported quotation carries its side with it."""
    opinion = _OPINION.search(place.text)
    if opinion is None or found.near < 0.5 or "„" in said.text or _ATTRIBUTED.search(said.text):
        return ""
    return opinion.group()


def _future(said: Reading, place: Reading) -> str:
    if _OPEN.search(said.text) or _POSSIBLE.search(said.text):
        return ""
    for will in _WILL.finditer(place.text + " ."):
        if said.terms & set(targets(will.group("tail"))[:1]):
            return will.group()
    return ""
