"""Negation: which words of a clause are denied, and by what.

Three ways to say no: a negator («не», «няма да», «без», «нито един») over the word after it, a
verb that denies or refuses («отрече да», «отказа да») over the verb that depends on it, and a
word that is negative in itself («липсва», «неуспешен»). What is denied twice is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from digest.bulgarian.lexicon import word_set
from digest.bulgarian.predicates import HAVE, Mood, Predicate, predicates, tokens
from digest.bulgarian.verbs import LIGHT
from digest.bulgarian.words import STOPWORDS, lemma

_NOT_ONLY = re.compile(
    r"(?<!\w)не\s+(?:само|просто|случайно|веднъж|без|по-малко|чак)(?!\w)"
    r"|нищо\s+друго|(?<!\w)няма\s+как\s+да\s+не(?!\w)|(?<!\w)не\s+може\s+да\s+не(?!\w)"
    r"|едва\s+ли\s+не(?!\w)",
    re.IGNORECASE,
)
_HARDLY = re.compile(r"(?<!\w)(?:едва\s+ли(?!\s+не)|надали)(?!\w)", re.IGNORECASE)
_DENIAL = re.compile(
    r"(?<!\w)(?:(?:отрек|отрич|отреч|опроверг|опровержени|неистина|неверн[оаи]|измислиц)\w*"
    r"|не\s+(?:е|са|било|било\s+ли|бил[аи]?)\s+(?:вярн|истина|верн)\w*"
    r"|няма\s+(?:нищо|нищичко)\s+вярно|не\s+отговаря\w*\s+на\s+(?:истината|действителността)"
    r"|отхвърл\w*\s+(?:съмнени|обвинени|твърдени|слух|верси|подозрени|информаци|критик)\w*)",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"(?:отка[зж]|отхвърл|отре[кч]|отрич|опроверг|преста|спря(?!м)|спира|спре(?!щ)|отви[кч]|избегн"
    r"|избягв|пропус[кн]|забрав|въздърж|забран|попречи|пречи|изключ)"
)
_NEGATIVE = re.compile(
    r"(?<!\w)(?:липс\w+|недостиг\w*|против\w*|отказ\w+|отказв\w*|отхвърл\w*|отре[кч]\w*|отрич\w*"
    r"|опроверг\w*|отрицател\w*|никак\w*|ник(?:ой|ого|ъде|ога)|нищо|възраз\w+|въздърж\w+"
    r"|забран\w+|спр[яеи]\w*|осуети\w*|провал\w*|съмнява\w*|изключ\w+|под въпрос|невъзмож\w+"
    r"|отпад\w+|пропус[нк]\w+|едва|напус\w+|отсъств\w+|изгуб\w+|загуб\w+|лиш\w+|избегна\w*|избягва\w*"
    r"|престан\w+|прекрат\w+|преустанов\w+|отлож\w+|отлага\w*|спор(?!ед)\w+|оспор\w+"
    r"|малко вероятно|далеч от|вместо"
    r"|невредим\w*|незасегнат\w*|непокътнат\w*|спир\w+"
    r"|освен|само|най-много)(?!\w)",
    re.IGNORECASE,
)
_PREFIXED = re.compile(
    r"(?<!\w)не(?!г|я|й|щ|дел|к|що|обход|мс|мц|ж|же|бе|в[ея]с)\w{3,}(?:[нт]|[нт][аои]|о)(?:ите|ата|ото|ият)?"
    r"(?!\w)",
    re.IGNORECASE,
)
_REFUSED = re.compile(
    r"отказ(?:а|ва|аха|ват|вал|ал)[аио]?\s+(?!да\s|се\s|от\s|на\s)", re.IGNORECASE
)
_OPINION = re.compile(
    r"(?:смят|мисл|вярв|счит|допуск|допусн|очаква|предпол|твърд|потвър|приема|прие(?:$|л|м|х)|призна"
    r"|убед|сигурн|сигурен|съглас|споделя|виждам?$|намира)"
)
"""What somebody holds true, before «че»: «не е убеден, че», «не приема, че»."""
_BEING = word_set("е са съм сме бе беше бяха бъде бъдат бил била било били")
"""Forms with which «взето» is said of the noun before it."""
_SIGN = re.compile(r"[.,;:!?–()]")
_FAR = 5
"""Words within which a «без» or «нито» finds what it denies."""
_EMPTY = STOPWORDS | word_set("един една едно един-единствен никакъв никаква никакво никакви")


@lru_cache(maxsize=20_000)
def denied(text: str) -> tuple[str, ...]:
    """Words of a clause that are denied, in lower case, in order; those after «не само» are not.

    «Не успя да спре» denies both verbs, «отказа да плати» the second, «без разрешение» the noun,
    «пострадали няма» the noun before. Never raises.
    """
    free = [m.span() for m in _NOT_ONLY.finditer(text)]
    found = [*_by_verbs(text, free), *_by_particles(text, free)]
    return tuple(dict.fromkeys(found))


def _by_verbs(text: str, free: list[tuple[int, int]]) -> Iterator[str]:
    over = False
    for verb in predicates(text):
        depends = verb.mood is Mood.DEPENDENT and verb.before != "без"
        now = verb.negated and not any(a < verb.end and verb.start < b for a, b in free)
        now ^= depends and over
        if now:
            yield from _heads(text, verb)
        hardly = _HARDLY.search(text, max(0, verb.start - 9), verb.end)
        if _REFUSED.match(text, verb.start):
            yield from _content(text, verb.end, forward=True)[:1]
        over = now ^ refuses(verb.head) ^ bool(hardly)
        if hardly and not now:
            yield verb.head


def _heads(text: str, verb: Predicate) -> Iterator[str]:
    """The word of meaning; after «няма» the noun, which may stand before it."""
    own = text[verb.start : verb.end].lower().split()
    if verb.head in own and verb.head not in HAVE:
        yield verb.head
    empty = lemma(verb.head) in LIGHT or verb.head == "прави" or verb.before == "без"
    if verb.head in own and (not HAVE.intersection(own) or "да" in own) and not empty:
        return
    after = _content(text, verb.end, forward=True)
    before = _content(text, verb.start, forward=False)
    if not after and verb.head in own and not verb.existence and _BEING.isdisjoint(own):
        yield verb.head  # «отказа да я вземе»: what is not taken, a small word tells
    else:
        if HAVE.intersection(own) and len(after) > 1 and _apart(text[verb.end :], after):
            after = after[:1]
        yield from after[:2] or dict.fromkeys((*before[:1], *before[-1:]))


def _apart(tail: str, after: list[str]) -> bool:
    """Whether «с» or «към» parts the second word from the first: «няма връзка с обира»."""
    between = tail.lower().partition(after[0])[2].partition(after[1])[0].split()
    return bool(between) and between[-1] in {"с", "със", "към", "в", "във", "на", "от", "при", "по"}


def _content(text: str, at: int, *, forward: bool) -> list[str]:
    """Words of meaning after a place, or before it from the nearest on, within the clause."""
    part = _SIGN.split(text[at:])[0] if forward else _SIGN.split(text[:at])[-1]
    found = [t.word for t in tokens(part)]
    nearest = found if forward else found[::-1]
    return [w for w in nearest[:_FAR] if w not in _EMPTY and not w.isdigit()]


def _by_particles(text: str, free: list[tuple[int, int]]) -> Iterator[str]:
    """What «без», «нито» and a «не» before no verb deny."""
    verbs = predicates(text)
    for match in re.finditer(
        r"(?<!\w)(?:без|нито|никак(?:ъв|ва|во|ви)|не)(?!\w)", text, re.IGNORECASE
    ):
        inside = any(v.start <= match.start() < v.end for v in verbs)
        if inside or any(a <= match.start() < b for a, b in free):
            continue
        without = match.group().lower() == "без"
        if without and re.match(r"\s+да(?!\w)", text[match.end() :]):
            continue
        if not without and any(v.negated for v in verbs):
            continue  # «нито един не» is one negation
        yield from _content(text, match.end(), forward=True)[:1]


@lru_cache(maxsize=20_000)
def negative(text: str) -> tuple[str, ...]:
    """Words of a text that are negative in themselves, in lower case: «липсва», «неуспешен»."""
    found = [*_NEGATIVE.finditer(text), *_PREFIXED.finditer(text)]
    return tuple(match.group().lower() for match in found)


@lru_cache(maxsize=20_000)
def denies(text: str) -> bool:
    """Whether anything in the text is negative: a negator, a denial, a word negative in itself."""
    return bool(denied(text)) or bool(negative(text))


@lru_cache(maxsize=20_000)
def is_denial(text: str) -> bool:
    """Whether the text denies a claim («отрече», «опроверга») without being denied itself."""
    found = _DENIAL.search(text)
    return found is not None and not re.search(r"(?<!\w)не\s+$", text[: found.start()])


def refuses(word: str) -> bool:
    """Whether a verb denies what depends on it: «отказа да», «спря да», «забрави да»."""
    return bool(_REFUSES.match(word))


def doubted(text: str) -> bool:
    """Whether a clause says that somebody does not think what stands after it: «не смята, че»."""
    return any(v.negated and _OPINION.match(v.head) for v in predicates(text)[-1:])
