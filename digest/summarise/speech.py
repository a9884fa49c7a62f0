"""The gate on quotations, negation and certainty."""

from __future__ import annotations

import re

from digest.bulgarian.lexicon import word_set
from digest.bulgarian.quotation import Quotation, quotations
from digest.bulgarian.words import STOPWORDS, lemma, words
from digest.model import Problem
from digest.summarise.evidence import Reading, Support, Witness, clauses
from digest.summarise.lines import fold

_DENIAL = word_set(
    """отрека отричам опровергавам опровергая отхвърля отхвърлям отказвам откажа забраня забранявам
    отменя отменям"""
)
# Beginnings of words that turn a sentence round when one stands for the other.
_OPPOSITES = tuple(
    (re.compile(rf"(?<!\w)(?:{left})"), re.compile(rf"(?<!\w)(?:{right})"))
    for left, right in (
        (
            "увелич|нарас|ръст|повиш|поскъп|вдиг|скоч|ускор|по-висок|подобр",
            "намал|спад|пониж|поевтин|срин|сви(?!р)|свал|забав|по-нис|влош",
        ),
        ("прие[хл]?(?!м)|одобр|подкреп", "отхвърл"),
        ("спечел|побед|надигра", "загуб|губи"),
        ("разреш|позвол", "забран"),
        ("остави|остава|задържа", "пусна|освобод"),
        ("отвори|отваря|започ", "затвори|затваря|приключ|прекрат|спря|спира"),
        ("оправда", "осъд|осъж"),
        ("купи|купува|закуп", "прода"),
        ("внос|внася", "износ|изнес|изнася"),
        ("влез|влиз", "излез|излиз|напус"),
        ("потвърд|призна", "отреч|отрич|опроверг"),
        ("повече", "по-малко"),
        ("назнач", "уволн|освобод"),
        ("обвин", "оправда"),
    )
)
_NOT = re.compile(
    r"(?<!\w)(?:не|няма\s+да|няма|нямаше(?:\s+да)?|нямат|без(?:\s+да)?|нито|никога\s+не|недей)\s+"
    r"(?P<tail>[^.,;:!?]{1,60})",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    r"(?<!\w)(?:не|ни|няма\w*|без|нито|липс\w+|против|отказ\w+|никак\w*|никой)(?!\w)", re.IGNORECASE
)
_NOT_ONLY = re.compile(r"не (?:само|просто|повече|по-\w+)|нищо друго", re.IGNORECASE)
_ATTRIBUTED = re.compile(
    r"(?<!\w)(?:според|по думите|по данни|по информация|по мнение\w*|по неофициалн\w+|твърд[ия]\w*"
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
    r"|щял\w?(?:\s+да)?|щели(?:\s+да)?|бил[аио]?|имал[оа]|уж|непотвърден\w*|иска\w*\s+да"
    r"|възнамерява\w*(?:\s+да)?|готв[ия]т?\s+се(?:\s+да)?|заподозр\w+|обвин(?:ен|яем)\w*)"
    r"[,\s]+(?P<tail>[^.;:!?]{1,70})",
    re.IGNORECASE,
)
# «Успя да», «започна да» tell what happened; any other «да» and «ще» what may yet happen.
_WILL = re.compile(
    r"(?<!успя )(?<!успяха )(?<!започна )(?<!започнаха )(?<!продължи )(?<!няма )(?<!\w)(?:ще|да)\s+(?P<tail>[^.,;:!?]{1,40})",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"(?<!\w)(?:ще|да|предстои\w*|бъде\w*|очаква\w*|планира\w*|обеща\w*|намерени\w+|утре)(?!\w)",
    re.IGNORECASE,
)


def quotes_of(said: Reading, found: Support, witnesses: list[Witness]) -> list[Problem]:
    """Quotations that are not verbatim, were never quoted, or belong to another speaker."""
    problems = []
    for quotation in quotations(said.text, least_words=2):
        if len(quotation.text.split()) == 2 and quotation.text[:1].isupper():
            continue  # the name of a film, a firm or a party
        problems += _quote_fault(quotation, found, witnesses)
    return problems


def _quote_fault(quotation: Quotation, found: Support, witnesses: list[Witness]) -> list[Problem]:
    wanted = _spoken(quotation.text)
    for witness in witnesses:
        for there in quotations(witness.article.text, least_words=1):
            if wanted in _spoken(there.text):
                return _speaker_fault(quotation, there, witness)
    spoken = [q.text for q in quotations(found.window.text, least_words=2)]
    return [Problem("quote", quotation.text, "; ".join(spoken))]


def _spoken(text: str) -> str:
    return " ".join(words(fold(text)))


def _speaker_fault(quotation: Quotation, there: Quotation, witness: Witness) -> list[Problem]:
    if not quotation.speaker:
        return []
    wanted = words(quotation.speaker)[-1]
    text = witness.article.text
    around = there.speaker or text[max(0, there.start - 400) : there.end + 200]
    if any(w.startswith(wanted[: max(4, len(wanted) - 1)]) for w in words(around)):
        return []
    return [Problem("quote", f"{quotation.speaker}: {quotation.text}", there.speaker or "")]


def negation_of(said: Reading, found: Support) -> list[Problem]:
    """A «не» that was dropped or added, a denial turned round, a word for its opposite."""
    place = found.sentence
    mine, theirs = _negated(said.text), _negated(place.text)
    for target in mine & place.terms - theirs:
        return [Problem("negation", f"не {target}", target)]
    plain = _asserted(said.text)
    for target in theirs & plain - mine:
        return [Problem("negation", target, f"не {target}")]
    hidden = _unsaid(said, place) if not mine else ""
    if hidden:
        return [Problem("negation", said.text, hidden)]
    if mine and not _denies(found.window):
        return [Problem("negation", "не " + ", ".join(sorted(mine)), place.text)]
    turned = _denials(place) - _denials(said)
    if turned and not mine and found.near >= 0.6 and not (_denials(said) or _opposite(said, place)):
        return [Problem("negation", said.text, ", ".join(sorted(turned)))]
    if _denials(said) and not _denies(found.window) and found.near >= 0.5:
        return [Problem("negation", ", ".join(sorted(_denials(said))), place.text)]
    opposite = _opposite(said, place)
    return [Problem("negation", *opposite)] if opposite else []


def _unsaid(said: Reading, place: Reading) -> str:
    """A negated clause of the source that `said` repeats without any negation."""
    if _NEGATIVE.search(said.text) or _denials(said):
        return ""
    for clause in clauses(place.text):
        if not _NOT.search(clause.text + " .") or _NOT_ONLY.search(clause.text):
            continue
        shared = clause.terms & said.terms
        if len(shared) >= 2 and 2 * len(shared) >= max(len(clause.terms), len(said.terms)):
            return clause.text
    return ""


def _targets(tail: str) -> list[str]:
    """The content words a negation or a hedge may govern, the nearest first."""
    return [lemma(w) for w in words(tail) if w not in STOPWORDS and not w[0].isdigit()]


def _negated(text: str) -> set[str]:
    return {t for m in _NOT.finditer(text) for t in _targets(m.group("tail"))[:1]}


def _asserted(text: str) -> set[str]:
    return {lemma(w) for w in words(_NOT.sub(" ", text)) if w not in STOPWORDS}


def _denials(where: Reading) -> set[str]:
    return set(where.terms & _DENIAL)


def _denies(where: Reading) -> bool:
    return bool(_NOT.search(where.text + " .")) or bool(_denials(where)) or "липса" in where.terms


def _opposite(said: Reading, place: Reading) -> tuple[str, str] | None:
    """A pair (said, source) of opposite words between a clause and its nearest in the source."""
    for mine in clauses(said.text):
        theirs = max(clauses(place.text), key=lambda c: len(mine.terms & c.terms), default=None)
        if theirs is None or not mine.terms & theirs.terms:
            continue
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


def modality_of(said: Reading, found: Support) -> list[Problem]:
    """Certainty may not rise: «според», «може», «щял» and «ще» do not become plain fact."""
    place = found.sentence
    for hedge in _STRONG.finditer(place.text + " ."):
        governed = set(_targets(hedge.group("tail"))[:2])
        if governed & said.terms and not _POSSIBLE.search(said.text):
            return [Problem("modality", said.text, hedge.group().strip(" ."))]
    opinion = _OPINION.search(place.text)
    if opinion and found.near >= 0.5 and not _ATTRIBUTED.search(said.text) and "„" not in said.text:
        return [Problem("modality", said.text, opinion.group())]
    for will in _WILL.finditer(place.text + " ."):
        governed = set(_targets(will.group("tail"))[:1])
        if governed & said.terms and not (_OPEN.search(said.text) or _POSSIBLE.search(said.text)):
            return [Problem("modality", said.text, will.group().strip(" ."))]
    return []
