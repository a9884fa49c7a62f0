"""The gate on certainty: «според», «може», «щял», «ще» may not become plain fact.

A clause of the summary is laid beside the clauses of the articles that speak of the same. It is a
fault when all of those are less certain than it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.bulgarian.certainty import Certainty, guarded, raised, shows
from digest.bulgarian.negation import denies, negative
from digest.bulgarian.predicates import Tense
from digest.model import Problem
from digest.summarise.aligned import Statement, beside, statements
from digest.summarise.evidence import Reading, Witness

_AGED = re.compile(
    r"^\W*(?:\S+\s+){1,4}(?:е|са|беше|бяха|бил[аи]?)\s+(?:на\s+)?\S+(?:\s+и\s+\S+)?\s+(?:години|г\.)\W*$",
    re.IGNORECASE,
)
"""«Илиева е на 22 години»: an age is not doubted with what the sentence tells of her."""
ALIKE = 0.5
"""Least likeness of a clause of the source whose doubt is one over this clause."""
VOICED = 0.65
"""Likeness from which a change of who answers for it counts."""
DOUBT_LOST = 0.58
"""The same, where doubt becomes what somebody reports: «съобщи» for «може да»."""
SOMEHOW = 0.3
"""Least likeness of a clause that may tell the same elsewhere as a fact."""
NEARLY = 0.5
"""Least likeness of a clause with another verb, where the source has this one nowhere."""
SAME = 0.75
"""Likeness from which it is the same statement, though its verb is another."""
CLOSE = 0.1
"""A clause this near to the most alike may bear the statement out as well."""
LEAST = 2
"""Words of meaning below which a clause says too little to be laid beside another."""


def modality_of(said: Reading, witnesses: Sequence[Witness]) -> list[Problem]:
    """A statement that is more certain than every clause of the source that speaks of it."""
    instead = _condemned(said, witnesses) or _proved(said, witnesses)
    if instead:
        return [Problem("modality", said.text, instead)]
    for mine in statements(said.text):
        if len(mine.said) < LEAST or mine.aside or _AGED.search(mine.text):
            continue
        every = beside(mine, witnesses, SOMEHOW)
        near = _near(mine, every)
        if not near or _told_elsewhere(mine, every, near[0][0]):
            continue
        if all(more_certain(mine, theirs, share) for share, theirs in near):
            return [Problem("modality", mine.text, near[0][1].text)]
    return []


_PROOF = re.compile(
    r"(?<!\w)(?:установи(?!ха се)|установих|доказ|потвърд|разкри|увери|безспорн|със сигурност"
    r"|изясне)\w*",
    re.IGNORECASE,
)
_CLAIM = re.compile(
    r"(?<!\w)(?:твърд|според|по думите|смят|мисли|обвин|предпол|провер|разслед|подозр|подозир"
    r"|вероятн|версия|може|изследва)\w*",
    re.IGNORECASE,
)
LIKE_A_CLAIM = 0.5
"""Share of what is said to be proved that makes a sentence of the source the one meant."""


def _proved(said: Reading, witnesses: Sequence[Witness]) -> str:
    """The claim of the source that is told as proved: «доказа, че» for «твърди, че»."""
    if not _PROOF.search(said.text) or denies(said.text) or _CLAIM.search(said.text):
        return ""
    told = Reading(_PROOF.sub(" ", said.text)).ideas
    like = [
        one.text
        for witness in witnesses
        for one in witness.sentences
        if told and len(told & one.ideas) >= LIKE_A_CLAIM * len(told)
    ]
    if not like or any(_PROOF.search(text) for text in like):
        return ""
    return like[0] if all(_CLAIM.search(text) for text in like) else ""


_SENTENCED = re.compile(r"(?<!\w)(?:осъд|осъж|винов(?:ен|на|ни)|присъд)\w*", re.IGNORECASE)
_COURT = re.compile(r"(?<!\w)(?:осъд|осъж|винов|виня|вини|вината|присъд|затвор)\w*", re.IGNORECASE)
_SUSPECTED = re.compile(
    r"(?<!\w)(?:обвин|арест|задърж|подозр|заподозр|разслед|прокур|полици|мвр)\w*", re.IGNORECASE
)


def _condemned(said: Reading, witnesses: Sequence[Witness]) -> str:
    """What the source has instead of a verdict: a suspicion, and no court that has spoken."""
    if not _SENTENCED.search(said.text) or denies(said.text):
        return ""
    if any(_COURT.search(w.whole.text) for w in witnesses):
        return ""
    found = (_SUSPECTED.search(w.whole.text) for w in witnesses)
    return next((match.group() for match in found if match), "")


def _near(
    mine: Statement, every: Sequence[tuple[float, Statement]]
) -> Sequence[tuple[float, Statement]]:
    """Those most alike; of them those that have its verb, where any has."""
    near = [(s, t) for s, t in every if s >= max(ALIKE, every[0][0] - CLOSE)]
    return [(s, t) for s, t in near if mine.heads & t.all] or near


def _told_elsewhere(mine: Statement, every: Sequence[tuple[float, Statement]], best: float) -> bool:
    """Whether the doubt is over something else: the source has the verb elsewhere, as a fact."""
    if any(mine.heads & theirs.all for share, theirs in every if share >= best - CLOSE):
        return False
    plain = [s for s, t in every if mine.heads & t.all and not more_certain(mine, t, SAME)]
    if plain:
        return best < SAME or plain[0] >= ALIKE
    return best < NEARLY


_ASKING = re.compile(
    r"(?<!\w)(?:предл[ао]ж|предлаг|поиск|иска|искаш|искан|настоя|кандидат|мол[ия]|помол|апелир|призов)\w*",
    re.IGNORECASE,
)
_WHAT_IS_ASKED = re.compile(
    r"(?<!\w)(?:оферт|предложени\w+\s+(?:на|от|е|бе|беше|им|му|ѝ)(?!\w)|искан(?:е|ия)|молб|кандидатур|кандидат(?:и|ите|ът)?(?!\w)|заявлени"
    r"|заявк|призив|апел|подад\w+\s+документи|документи\s+(?:е|са)\s+подад)\w*",
    re.IGNORECASE,
)
"""Nouns that name what is only asked or offered: the statement is about the asking."""


def more_certain(mine: Statement, theirs: Statement, share: float) -> bool:
    """Whether it is more certain than that, apart from the doubt that both have."""
    if mine.wished and mine.heads & theirs.all <= mine.wished:
        return False  # «съветва ги да носят» for «призова ги да носят»
    refused = not theirs.denied & theirs.heads or negative(theirs.text)
    if _ASKING.search(theirs.text) and _WHAT_IS_ASKED.search(mine.text):
        return False  # «офертата на А е по-ниска» for «А предложи по-ниска цена»
    if mine.heads & mine.denied and refused:
        return False  # «още не е решила» for «ще реши», «няма да продаде» for «отхвърли да продаде»
    both = mine.all & theirs.asked
    own = mine.beyond(both) if both else mine.clause.certainty
    there = theirs.beyond(both) if both else _source(mine, theirs)
    if there is Certainty.CLAIMED and mine.around & theirs.spoken:
        own = max(own, Certainty.CLAIMED)  # «кметът не харесва» for «според кмета»
    own = _certainty(mine, own)
    told = own is Certainty.CLAIMED and mine.clause.certainty is Certainty.REPORTED
    if Certainty.CLAIMED in {own, there} and share < (
        DOUBT_LOST if told and there > own else VOICED
    ):
        return False
    return raised(own, there)


def _certainty(mine: Statement, level: Certainty) -> Certainty:
    """How certain the summary makes it; who is quoted as saying a thing holds it back enough."""
    if mine.doubted or guarded(mine.text):
        return Certainty.POSSIBLE
    told = level is Certainty.REPORTED and (mine.clause.source or not mine.clause.renarrated)
    if mine.quoted or (told and not shows(mine.text)):
        return max(level, Certainty.CLAIMED)
    now = mine.clause.verbs and all(v.tense is Tense.PRESENT for v in mine.clause.verbs)
    return max(level, Certainty.FUTURE) if now else level


def _source(mine: Statement, theirs: Statement) -> Certainty:
    """How certain the source makes what the summary says: what it tells after «да» is not yet."""
    level = theirs.clause.certainty
    if mine.said & (theirs.doubted - mine.doubted) and not denies(theirs.text):
        return Certainty.POSSIBLE
    return max(level, Certainty.EXPECTED) if (mine.heads - mine.wished) & theirs.wished else level
