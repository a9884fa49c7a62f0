"""The gate on certainty: «според», «може», «щял», «ще» may not become plain fact."""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.model import Problem
from digest.summarise.evidence import Reading, Witness, akin, targets
from digest.summarise.meaning import meant
from digest.summarise.nearest import nearest, parts
from digest.summarise.slots import SAYING

NEARLY_SAME = 0.6
"""Share of a clause in one of the source from which a doubt over that is one over this."""

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
    r"(?<!\w)(?:може\s+би|може|могат|можело|можеше|би|биха|бихме|вероятн\w+|възможно|възможност\w*"
    r"|евентуално|евентуал\w+|предполаг\w+|очаква\w*|навярно|сигурно|уж|планира\w*|обмисля\w*"
    r"|предлага\w*|предложи\w*|възнамерява\w*|готви се|готвят се|иска\w*|искат|щял\w?|щели|"
    r"(?<!са )(?<!е )имал[оаи]?|(?<!е )(?<!са )(?<!бе )(?<!беше )(?<!бяха )бил[аио]?"
    r"|нямало|ако|обвинен(?:и|а|ата|ият|ия|ите)?|обвиняем\w*|заподозр\w+|непотвърден\w*|неофициалн\w+"
    r"|прогноз\w+|опасени\w+|риск\w*|заплаш\w+|надява\w*|смята\w*|твърд\w+|според|дали|изглежда"
    r"|щеш?е|щяха|предварителн\w+|около|близо до|почти|спряга\w*|стига да|стига \w+ да|при условие"
    r"|верси[яи]\w*|под въпрос|не е сигурно|не е ясно|възнамеряв\w*|намерени\w+|кандидат\w*"
    r"|съмнени\w+|не се изключва|би трябвало|шегува\w*|обвиняв\w*|обещ\w+|настоява\w*|поиска\w*"
    r"|призова\w*|проект\w*|първоначал\w+)(?!\w)",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"(?<!\w)(?P<hedge>може\s+би|може(?:\s+да)?|могат(?:\s+да)?|можело(?:\s+да)?|би(?:\s+\w+л\w?)?"
    r"|биха|вероятно|възможно\s+е(?:\s+да)?|евентуално|предполагаем\w+|очаква\s+се(?:\s+да)?"
    r"|се\s+очаква(?:\s+да)?|планира\w*(?:\s+да)?|обмисля\w*(?:\s+да)?|предлага\w*(?:\s+да)?"
    r"|щял\w?(?:\s+да)?|щели(?:\s+да)?|(?<!е )(?<!са )(?<!съм )бил[аио]?|имал[оа]|уж"
    r"|непотвърден\w*|иска\w*\s+да"
    r"|настоя\w*(?:\s+за)?|поиска\w*|не\s+изключва\w*|дали(?:\s+да)?"
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


_DOUBT = re.compile(
    r"(?<!\w)(?:вероятн\w+|възмож(?:но|на|ни|ен)|предполагаем\w+|евентуалн\w+|може би"
    r"|навярно|не се изключва"
    r"|верси[яи]\w*|под въпрос|ако|при условие|стига да|очаква се|се очаква|би могл[оаи]"
    r"|заподозр\w+"
    r"|непотвърден\w*|неофициалн\w+|предварителн\w+|по първоначални|обмисля\w*|планира\w*"
    r"|предлага\w*|предложи\w*|кандидат\w*|съмнени\w+|опасени\w+|заплаш\w+)(?!\w)",
    re.IGNORECASE,
)
_CLAIMED = re.compile(r"[,“”\"\s–]*(?:твърд\w+|предполож\w+|смята\w*|подозира\w*)", re.IGNORECASE)
_MEASURES = frozenset({"евро", "лев", "долар", "процент", "милион", "милиард", "хиляда", "година"})
_SUBORDINATE = re.compile(r"\s*(?:че|да|дали|как|ко[йя]то|което|които)(?!\w)", re.IGNORECASE)
_CONDITION = re.compile(r"(?<!\w)(?:ако|при условие|стига да|в случай че)(?!\w)", re.IGNORECASE)


def modality_of(said: Reading, witnesses: Sequence[Witness]) -> list[Problem]:
    """A hedge of the source that governs what `said` states without one."""
    if _POSSIBLE.search(said.text):
        return []
    for mine in parts(said.text):
        for place, (scope, clause, share) in enumerate(_nearest(mine, said, witnesses)):
            # A doubt that stands somewhere over a clause speaks for the one most alike alone.
            over = share if place == 0 else 0.0
            hedge = (
                _hedged(mine, scope, over)
                or _opined(said, scope, over)
                or _future(mine, said, clause)
            )
            if hedge:
                return [Problem("modality", said.text, hedge.strip(" ,."))]
    return []


def _nearest(
    mine: Reading, said: Reading, witnesses: Sequence[Witness]
) -> list[tuple[str, Reading, float]]:
    """Clauses that say most of this one, with what governs them: the text before in their sentence.

    Only what stands before «че», «да», «дали» and «който» of the clause itself governs it.
    """
    return [
        (_scope(sentence, clause), clause, share)
        for sentence, clause, share in nearest(mine, said, witnesses)
    ]


def _scope(sentence: Reading, clause: Reading) -> str:
    at = sentence.text.find(clause.text)
    before = sentence.text[: max(at, 0)]
    governed = _SUBORDINATE.match(clause.text) is not None
    tail = sentence.text[at + len(clause.text) :] if at >= 0 else ""
    condition = _CONDITION.search(before) or _CONDITION.search(tail)
    claimed = _CLAIMED.match(tail)
    more = " ".join(found.group() for found in (condition, claimed) if found)
    return f"{before if governed else ''} {clause.text} {more}"


def _hedged(mine: Reading, scope: str, share: float) -> str:
    """A doubt right before what is said, or anywhere over a clause that is nearly the same."""
    own = mine.ideas - SAYING - _MEASURES
    for hedge in _STRONG.finditer(scope + " ."):
        governed = {meant(t) for t in targets(hedge.group("tail"))[:2]}
        if any(idea in own or akin(idea, own) for idea in governed):
            return hedge.group()
    doubt = _DOUBT.search(scope)
    return doubt.group() if doubt and share >= NEARLY_SAME else ""


def _opined(said: Reading, scope: str, share: float) -> str:
    """One side's claim, told as a fact; a reported quotation carries its side with it."""
    opinion = _OPINION.search(scope)
    if opinion is None or share < NEARLY_SAME:
        return ""
    return "" if "„" in said.text or _ATTRIBUTED.search(said.text) else opinion.group()


def _future(mine: Reading, said: Reading, clause: Reading) -> str:
    if _OPEN.search(said.text):
        return ""
    for will in _WILL.finditer(clause.text + " ."):
        governed = {meant(t) for t in targets(will.group("tail"))[:1]}
        if governed & (mine.ideas - SAYING - _MEASURES):
            return will.group()
    return ""
