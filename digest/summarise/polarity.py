"""The gate on negation: «не», denials and opposites, clause by clause.

A clause of the summary is laid beside the clauses of the articles that are most like it. A
paraphrase may say «отказа» for «не прие»: it is a fault only when the one denies just what the
other asserts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.bulgarian.lexicon import word_set
from digest.model import Problem
from digest.summarise.evidence import Reading, Witness, akin, clauses, targets
from digest.summarise.meaning import meant
from digest.summarise.nearest import nearest, parts
from digest.summarise.slots import SAYING

Fault = tuple[str, str]

NEARLY_SAME = 0.6
"""Share from which a clause without any «не» repeats one that has it."""
GOVERNED = 3
"""Content words after «не» that it may govern, the nearest first."""

_DENIAL = word_set(
    """отрека отричам опровергавам опровергая отхвърля отхвърлям отказвам откажа забраня забранявам
    отменя отменям"""
)
# Beginnings of words that turn a sentence round when one stands for the other.
_OPPOSITES = tuple(
    (re.compile(rf"(?<!\w)(?:{left})"), re.compile(rf"(?<!\w)(?:{right})"))
    for left, right in (
        (
            "увелич|нарас|нараст|ръст|повиш|поскъп|вдиг|скоч|ускор|по-висок|подобр|по-скъп|расте",
            "намал|спад|пониж|поевтин|срин|сви(?!р)|свал|забав|по-нис|влош|по-евтин|отслаб",
        ),
        ("прие[хл]?(?!м)|одобр|подкреп", "отхвърл|отказ|отказа"),
        ("спечел|побед|надигра|изигра", "загуб|губи"),
        ("разреш|позвол", "забран"),
        ("остави|остава|задържа", "пусна|освобод"),
        ("отвори|отваря|започ|пусна|пуска", "затвори|затваря|приключ|прекрат|спря|спира"),
        ("продълж", "преустанов|прекрат|спира|спря|прекъс"),
        ("оправда", "осъд|осъж"),
        ("купи|купува|закуп", "прода"),
        ("внос|внася", "износ|изнес|изнася"),
        ("влез|влиз", "излез|излиз|напус"),
        ("потвърд|призна", "отреч|отрич|опроверг"),
        ("повече", "по-малко"),
        ("назнач", "уволн|освобод"),
        ("обвин", "оправда"),
        ("положител", "отрицател"),
        ("вкара|отбеляз|реализира|разпис", "пропусн|изпус"),
        ("успя|успе", "провал"),
        ("законен|законно|законна", "незакон|противозакон"),
        ("присъств", "отсъств"),
        ("качи|изкач", "слез|падна"),
        ("подкреп", "критик|осъд|против"),
        ("печалба|печели", "загуба|губи"),
        ("безплат", "платен|срещу заплащане"),
        ("съгласи|съгласен", "отказ|възраз|против"),
        ("похвал", "критик|укор"),
        ("публич", "таен|тайн|закрит"),
        ("ранен|рани", "невредим"),
        ("покач|качва|вдига|расте", "спад|пада|слиза"),
        ("злат", "сребърн|бронз"),
        ("призна", "отхвърл"),
        ("започна|започв", "приключ|завърш"),
        ("жив", "мърт|почин|загин"),
    )
)
_NO = r"не|няма(?:м|ш|ме|те|т|ше|хме|ха|ло|ли)?(?:\s+да)?|без(?:\s+да)?|нито|никога\s+не|недей"
_NOT = re.compile(rf"(?<!\w)(?:{_NO})\s+(?P<tail>[^.,;:!?]{{1,80}})", re.IGNORECASE)
_NEGATIVE = re.compile(
    r"(?<!\w)(?:не|ни|няма\w*|без|нито|липс\w+|недостиг\w*|против\w*|отказ\w+|отхвърл\w*|отреч\w*"
    r"|никак\w*|никой|никого|никъде|никога|възраз\w+|въздърж\w+|забран\w+|спр[яеи]\w*|осуети\w*"
    r"|провал\w*|съмнява\w*|малко вероятно|изключ\w+|под въпрос|неусп\w+|невъзмож\w+|отпад\w+"
    r"|пропусн\w+|пропуска\w*|едва|напусн\w+|отсъств\w+|изгуб\w+)(?!\w)",
    re.IGNORECASE,
)
_ASKED = re.compile(r"(?<!\w)дали(?!\w)", re.IGNORECASE)
_NOT_ONLY = re.compile(
    r"не\s+(?:само|просто|повече|по-\w+|толкова|чак|веднъж|без|случайно)|нищо друго|няма как да не"
    r"|не може да не",
    re.IGNORECASE,
)


def negation_of(said: Reading, witnesses: Sequence[Witness]) -> list[Problem]:
    """A «не» that was dropped or added, a denial turned round, a word for its opposite."""
    for mine in parts(said.text):
        near = nearest(mine, said, witnesses)
        if _ASKED.search(mine.text) or _disputed(near):
            continue
        for _, theirs, share in near:
            fault = (
                _added(mine, theirs, witnesses)
                or _dropped(mine, said, theirs, share)
                or _opposite(mine, theirs)
            )
            if fault:
                return [Problem("negation", *fault)]
    return []


def _disputed(near: Sequence[tuple[Reading, Reading, float]]) -> bool:
    """Whether the source itself says it both ways: two sides of a dispute are no fault."""
    close = [clause for _, clause, share in near if share >= NEARLY_SAME * near[0][2] + 0.2]
    return len({bool(_NOT.search(clause.text + " .")) for clause in close}) > 1


def _added(mine: Reading, theirs: Reading, witnesses: Sequence[Witness]) -> Fault | None:
    """«Не» on a word that the source asserts, and nowhere denies."""
    if _NOT_ONLY.search(mine.text) or _denies(theirs):
        return None
    governed = _governed(mine)
    for target in governed[:1]:
        if target not in theirs.ideas and not akin(target, theirs.ideas):
            continue
        denied = any(
            set(governed) & part.ideas and _denies(part)
            for witness in witnesses
            for sentence in witness.sentences
            for part in clauses(sentence.text)
        )
        if not denied:
            return f"не {target}", theirs.text
    return None


def _dropped(mine: Reading, said: Reading, theirs: Reading, share: float) -> Fault | None:
    """A clause that the source has only with «не», said without any."""
    if not _NOT.search(theirs.text + " .") or _NOT_ONLY.search(theirs.text):
        return _denial_lost(mine, said, theirs, share)
    if _denies(mine):
        return None
    governed = _governed(theirs)
    sure = governed[:GOVERNED] if share >= NEARLY_SAME else governed[:1]
    for target in sure:
        if target in mine.ideas or akin(target, mine.ideas):
            return mine.text, f"не {target}"
    return (mine.text, theirs.text) if share >= NEARLY_SAME else None


def _denial_lost(mine: Reading, said: Reading, theirs: Reading, share: float) -> Fault | None:
    """«Отрече» of the source that became plain, or plain words that became «отрече»."""
    turned, own = theirs.terms & _DENIAL, mine.terms & _DENIAL
    if turned and not own and share >= NEARLY_SAME and not _NEGATIVE.search(said.text):
        return mine.text, ", ".join(sorted(turned))
    if own and not turned and share >= NEARLY_SAME and not _denies(theirs):
        return ", ".join(sorted(own)), theirs.text
    return None


def _governed(where: Reading) -> list[str]:
    """Ideas that stand after each «не» of a clause, the nearest first."""
    found: list[str] = []
    for match in _NOT.finditer(where.text + " ."):
        found += [meant(t) for t in targets(match.group("tail"))[:GOVERNED]]
    return [idea for idea in found if idea not in SAYING]


def _denies(where: Reading) -> bool:
    return bool(_NEGATIVE.search(where.text))


def _opposite(mine: Reading, theirs: Reading) -> Fault | None:
    """A pair (said, source) of opposite words in two clauses that speak of the same."""
    for word in mine.words:
        if f"не{word}" in theirs.words and len(word) > 3:
            return word, f"не{word}"
        if word.startswith("не") and word[2:] in theirs.words and len(word) > 5:
            return word, word[2:]
    if bool(_NOT.search(mine.text + " .")) != bool(_NOT.search(theirs.text + " .")):
        return None  # «не падна» for «остана»: turned twice
    for left, right in _OPPOSITES:
        for one, two in ((left, right), (right, left)):
            has, should = one.search(mine.text.lower()), two.search(theirs.text.lower())
            if has and should and not _has(two, mine) and not _has(one, theirs):
                return _word_at(mine, has), _word_at(theirs, should)
    return None


def _has(pattern: re.Pattern[str], where: Reading) -> bool:
    return pattern.search(where.text.lower()) is not None


def _word_at(where: Reading, found: re.Match[str]) -> str:
    word = re.match(r"[\w-]+", where.text[found.start() :])
    return word.group() if word else found.group()
