"""Clauses: the statements of a sentence, who answers for each, and how certain it is.

Takes a text, gives its clauses in order. „Каза, че …“ makes what follows reported, „твърди, че …“
claimed, „според полицията“ what stands after it up to the end of the sentence, „отрече, че …“
denied. Told by commas, conjunctions and forms, without a parse: good enough to lay two texts
beside one another, no grammar.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from digest.bulgarian.certainty import Certainty, hedges
from digest.bulgarian.negation import denied, doubted, is_denial
from digest.bulgarian.predicates import Mood, Predicate, Tense, predicates, tokens
from digest.bulgarian.quotation import spans
from digest.bulgarian.sentences import split
from digest.bulgarian.words import lemma

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Clause:
    """A statement: `text[start:end]`, without the comma that ends it.

    `verbs` are its predicates with spans in the whole text; `certainty` counts what stands over
    it too; `source` is who says so, as written, or empty; `negated` tells that its main verb is
    denied, by „не“ or by „отрече, че“ before it. `lead` is the conjunction it opens with.
    """

    start: int
    end: int
    verbs: tuple[Predicate, ...]
    negated: bool
    certainty: Certainty
    source: str
    future: bool
    renarrated: bool
    lead: str = ""
    held: Certainty = Certainty.FACT
    """How certain what stands over it makes it, whatever its own words say."""
    denied: bool = False
    """Whether what stands over it denies it: „отрече, че …“."""
    reports: bool = False
    """Whether it only tells who said or thought what stands beside it."""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a clause of no width: {self.start}…{self.end}")


DID = re.compile(
    r"успя|успе|съумя|започ|почна|продъл|спря|спира|прест|принуд|накара|помог|помаг|позвол|даде|дойд"
    r"|реши|отид|остав|оказа|стига|достат|отказ|отрече|отреко|отрича"
)
"""Verbs after which «да» tells what happened, or what did not."""
_LEADS = (
    "освен ако|без да|за да|преди да|след като|въпреки че|макар че|тъй като|така че|в случай че"
    "|при условие че|стига да|сякаш|че|дали|как|кога|защо|къде|колко|ако|когато|докато|като|защото"
    "|понеже|макар|който|която|което|които|чийто|чиято|чието|чиито|където|откъдето|откакто|щом"
    "|а не|но не|но и|и че|а|но|и|или|нито|обаче"
)
_LEAD = re.compile(rf"[\s„“\"«(–—-]*(?:(?:с|от|за|в|на|по|до)\s+)?({_LEADS})(?!\w)", re.IGNORECASE)
_COMMA = re.compile(r"[,;:]\s+(?!така\s+и\s)|[.!?…]\s+(?=[А-Я„])|\s[–—-]\s+|\s*\n\s*")
_INNER = re.compile(
    r"(?<!\sи)(?<!освен)\s+(?=(?:и\s+)?(?:а|но|докато|освен ако|ако|защото|без да|за да"
    r"|преди да|след като"
    r"|макар|въпреки че|тъй като|като|че|дали|който|която|което|които)\s)",
    re.IGNORECASE,
)
_AND = re.compile(r"\s+(?=(?:и|или)\s)", re.IGNORECASE)
_SPEECH_LEADS = frozenset({"че", "и че", "дали", "как", "кога", "защо", "къде", "колко"})
_ASKING = frozenset({"дали", "кога", "как", "защо"})
_CONDITIONS = frozenset({"ако", "освен ако", "в случай че", "при условие че", "стига да"})
_JOINED = frozenset({"", "а", "и", "и че"})
_CLOSED = frozenset({"който", "която", "което", "които", "чийто", "чиято", "чието", "чиито"})
_LONG_QUOTE = 4
"""Words from which a quotation is speech, not a name."""
_LONGEST_SOURCE = 60
"""Characters of a source that are kept."""


def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a text in order; they do not overlap, and every word stands in one.

    Never raises; an empty text has none. A stretch without a verb of its own belongs to a
    neighbour where there is one.
    """
    return tuple(clause for start, end in split(text) for clause in _within(text, start, end))


def _within(text: str, start: int, end: int) -> Iterator[Clause]:
    for clause in _sentence(text[start:end]):
        verbs = tuple(replace(v, start=v.start + start, end=v.end + start) for v in clause.verbs)
        yield replace(clause, start=clause.start + start, end=clause.end + start, verbs=verbs)


@lru_cache(maxsize=20_000)
def _sentence(text: str) -> tuple[Clause, ...]:
    verbs = predicates(text)
    found = [_plain(text, span, verbs) for span in _pieces(text, verbs)]
    _govern(text, found)
    _attribute(text, found)
    return tuple(found)


def _pieces(text: str, verbs: Sequence[Predicate]) -> list[Span]:
    """Where the sentence is cut: at signs and conjunctions, each piece with a verb."""
    cuts = sorted({*_signs(text), *_ands(text, verbs)})
    edges = [0, *cuts, len(text)]
    raw = [_trimmed(text, a, b) for a, b in pairwise(edges)]
    return _merged(text, [span for span in raw if span[0] < span[1]], verbs)


def _signs(text: str) -> Iterator[int]:
    for pattern in (_COMMA, _INNER):
        for match in pattern.finditer(text):
            yield match.end()
    for start, end, _ in spans(text):
        if len(text[start:end].split()) >= _LONG_QUOTE:
            yield from (at for at in (start, end) if 0 < at < len(text))


def _ands(text: str, verbs: Sequence[Predicate]) -> Iterator[int]:
    """Each «и» with a verb on both sides, as far as the next sign."""
    signs = sorted([0, *_signs(text), len(text)])
    for match in _AND.finditer(text):
        low = max(at for at in signs if at <= match.start())
        high = min(at for at in signs if at >= match.end())
        left = any(low <= v.start and v.end <= match.start() for v in verbs)
        right = any(match.end() <= v.start and v.end <= high for v in verbs)
        if left and right:
            yield match.end()


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and (text[start].isspace() or text[start] in ",;:–—"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:–—"):
        end -= 1
    return start, end


def _merged(text: str, raw: Sequence[Span], verbs: Sequence[Predicate]) -> list[Span]:
    """Pieces without a verb joined to a neighbour: the next one until there is a verb."""
    found: list[Span] = []
    for start, end in raw:
        has = _has_verb(text, start, end, verbs)
        if found:
            before = found[-1]
            open_before = not _has_verb(text, *before, verbs)
            if open_before and not (has and _lead(text, start, end) and not _lead(text, *before)):
                found[-1] = (before[0], end)
                continue
            if not has and not _lead(text, start, end):
                found[-1] = (before[0], end)
                continue
        found.append((start, end))
    return found


def _has_verb(text: str, start: int, end: int, verbs: Sequence[Predicate]) -> bool:
    return _lead(text, start, end) in _CLOSED or any(start <= v.start < end for v in verbs)


def _lead(text: str, start: int, end: int) -> str:
    match = _LEAD.match(text, start, end)
    return " ".join(match.group(1).lower().split()) if match else ""


def _plain(text: str, span: Span, verbs: Sequence[Predicate]) -> Clause:
    """The clause as it stands, before what stands over it is counted."""
    start, end = span
    own = tuple(v for v in verbs if start <= v.start < end)
    lead = _lead(text, start, end)
    level = certainty_of(text[start:end], own)
    if own and not lead and own[0].mood is Mood.DEPENDENT and not DID.match(own[0].before):
        level = Certainty.POSSIBLE  # «таксата да отпадне» is a wish
    future = any(v.tense is Tense.FUTURE for v in own)
    told = any(v.mood is Mood.RENARRATED for v in own)
    negated = bool(own) and own[-1].head in denied(text[start:end])
    return Clause(start, end, own, negated, level, "", future, told, lead)


def certainty_of(
    text: str, verbs: Sequence[Predicate], but: Callable[[str], bool] = lambda _: False
) -> Certainty:
    """How certain a clause is by its own words; `but` names words of doubt that do not count."""
    level = max(
        (one.level for one in hedges(text) if not one.over and not but(one.word)),
        default=Certainty.FACT,
    )
    if any(v.mood in {Mood.CONDITIONAL, Mood.MODAL} and not v.negated for v in verbs):
        level = max(level, Certainty.POSSIBLE)
    if any(v.tense is Tense.FUTURE for v in verbs):
        level = max(level, Certainty.FUTURE)
    if any(v.mood is Mood.RENARRATED for v in verbs):
        level = max(level, Certainty.REPORTED)
    return level


def _govern(text: str, found: list[Clause]) -> None:
    """What «каза, че», «дали» and «ако» make of the clauses they stand before."""
    over: Clause | None = None
    for at, clause in enumerate(found):
        if clause.lead in _CONDITIONS:
            for one in (at, _main(found, at)):
                found[one] = replace(found[one], certainty=Certainty.POSSIBLE)
        elif clause.lead == "за да":
            _hold(found, at, Certainty.POSSIBLE)
        elif clause.lead in _SPEECH_LEADS and at:
            # «И че» depends on what the «че» before it depends on.
            over = over if clause.lead == "и че" and over else found[at - 1]
            _depend(text, found, at, over)


def _depend(text: str, found: list[Clause], at: int, head: Clause) -> None:
    """Make a clause as certain as the words before its «че» or «дали»; after «отрече» denied."""
    clause = found[at]
    # «Отрече това и посочи, че»: the last verb governs.
    own = text[head.verbs[-1].start if head.verbs else head.start : head.end]
    # A noun of doubt reaches over the clause only before its «че».
    level = _level(f"{own}, {clause.lead} то", head.certainty)
    if clause.lead == "дали" or (clause.lead in _ASKING and level > Certainty.FACT):
        level = Certainty.POSSIBLE
    if found[at - 1].verbs and (hedges(f"{own}, {clause.lead} то") or is_denial(own)):
        found[at - 1] = replace(found[at - 1], reports=True)
    if clause.lead in {"че", "и че"} and (is_denial(own) or doubted(own)):
        level = min(level, Certainty.CLAIMED)
        found[at] = replace(clause, negated=not clause.negated, denied=True)
    _hold(found, at, level, source=head.source or _speaker(text, head))


def _main(found: Sequence[Clause], at: int) -> int:
    """The clause that a condition belongs to: the next without a lead, else the one before."""
    after = at + 1
    if after < len(found) and found[after].lead in _JOINED and (at == 0 or found[at - 1].lead):
        return after
    return at - 1 if at else min(after, len(found) - 1)


def _level(own: str, otherwise: Certainty) -> Certainty:
    return max((one.level for one in hedges(own) if not one.over), default=otherwise)


def _hold(found: list[Clause], at: int, level: Certainty, source: str = "") -> None:
    clause = found[at]
    found[at] = replace(
        clause,
        certainty=max(clause.certainty, level),
        held=max(clause.held, level),
        source=clause.source or source,
    )


_BY = re.compile(
    r"(?<!\w)(?:според|по (?:(?:не|предв|първ|свои|наши)\w+ )?(?:думите|мнението|данни"
    r"|информация|сведения|версията|оценка|преценка"
    r"|изчисления|разчети)(?: на)?)\s+",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"[\s“”\"»]*(?:това |така )?(?:каз|заяв|съобщ|обяв|посоч|коментир|увер|подчерт|отбеляз|изтък"
    r"|добав|допъл|обясн|пояс|предад|предава|пиш|показ|соч|разказ|сподел|уточн|припомн|предупре|"
    r"призна|отговор|отвърн|информир|докладв|установ|заключ|реагир|твърд|смята|счита|предпол|"
    r"подозир|допус|настоя|закани|похвали|оплака|пошегува|възрази|заклю|отсе|оправда|прогнозир"
    r"|предлож|предлаг|поиск|призов|препоръч|съветв|моли|апелир|обеща"
    r"|реши |решиха|отсъди|постанов|прецени|разреши|нареди)",
    re.IGNORECASE,
)


def _attribute(text: str, found: list[Clause]) -> None:
    """«Според полицията» over what follows, «твърди синдикатът» over what stands before."""
    since = 0
    over: tuple[Certainty, str] | None = None
    for at, clause in enumerate(found):
        own = text[clause.start : clause.end]
        by = _BY.search(own)
        if by:
            spoken = [h.level for h in hedges(own) if by.start() <= h.start < by.end()]
            over = (max(spoken, default=Certainty.REPORTED), _who(own[by.end() :]))
            _hold(found, at, *over)
        elif at and clause.lead == "" and _SAYS.match(own) and not _goes_on(found, at):
            level = max((h.level for h in hedges(own)), default=Certainty.REPORTED)
            for before in range(since, at):
                _hold(found, before, level, _who_says(text, clause))
            found[at] = replace(clause, reports=True)
            since, over = at + 1, None
        elif over and clause.lead in _JOINED:
            _hold(found, at, *over)


def _goes_on(found: Sequence[Clause], at: int) -> bool:
    """Whether a clause is that of a doer whom «който» parts from his verb.

    „Министърът, който посети болницата, обеща …“: the visit is no promise.
    """
    return at > 1 and found[at - 1].lead in _CLOSED and not found[at - 2].verbs


_HIS = re.compile(r"(?:му|ѝ|й|им|ни|него|нея|тях|мен|нас|думите)(?!\w)", re.IGNORECASE)


def _who(tail: str) -> str:
    """Who stands behind «според»: the first noun phrase, with the name after it."""
    if _HIS.match(tail):
        return ""
    row = tokens(tail)
    end = 0
    for n, token in enumerate(row):
        following = row[n + 1] if n + 1 < len(row) else None
        end = token.end
        if following is None or not tail[token.end : following.start].isspace():
            break
        goes_on = tail[following.start].isupper() or following.word in _LINKS
        if not (goes_on or token.word in _LINKS or _ADJECTIVE.search(lemma(token.word))):
            break
    return tail[:end].strip(' „“"')[:_LONGEST_SOURCE]


_LINKS = frozenset({"на", "по", "за", "от", "в", "във", "и", "с"})
_ADJECTIVE = re.compile(r"(?:ен|ски|шки|чки|ов|ев|ал|ни)$")


def _who_says(text: str, clause: Clause) -> str:
    """Who stands after «каза» at the end of a sentence."""
    start = clause.verbs[0].end if clause.verbs else clause.start
    return text[start : clause.end].strip(' .,„“"')[:_LONGEST_SOURCE]


def _speaker(text: str, head: Clause) -> str:
    """Who stands before «каза, че»."""
    if not head.verbs:
        return ""
    found = text[head.start : head.verbs[-1].start].strip(' ,„“"–')
    return found[:_LONGEST_SOURCE] or _who_says(text, head)
