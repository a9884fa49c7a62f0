"""Wire agencies: credits found at the seams of a text, named by their printed name, and cut.

A credit stands between slashes or brackets, after „Източник:“, behind the last full stop, alone on
a line, or in a dateline („София, 12 ноември /БТА/ –“). It is a short list of agencies and names.
An agency in a sentence („съобщава Ройтерс“, „БТА – най-старата агенция“) is no credit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from digest.collect.months import MONTHS
from digest.model import Agency

LONGEST = 120
"""Characters of the longest credit; a bounded look keeps a paragraph of brackets cheap."""
MOST_SEAMS = 20
"""Places that are tried in it: a credit has a few marks, a row of brackets has a hundred."""


@dataclass(frozen=True, slots=True)
class Credited:
    """A paragraph less its credit, the agencies credited (printed names), and what was cut."""

    text: str
    agencies: tuple[str, ...] = ()
    cut: str = ""


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Printed names by their bare spelling, and the spellings as one pattern."""

    names: dict[str, str]
    exact: frozenset[str]
    folded: tuple[str, ...]
    """The spellings without case: looking for each is cheaper than the pattern of them all."""
    one: re.Pattern[str]
    any_case: re.Pattern[str]
    day: re.Pattern[str]
    dateline: re.Pattern[str]


_LABEL = re.compile(
    r"(?i)(?:източни(?:к|ци)|с(?:ъс)? (?:инф(?:\.|ормация)|съобщение) (?:от|на)"
    r"|по (?:информация|материали?|данни|инф\.) (?:на|от)|(?:текст и )?снимк[аи]|текст и фото"
    r"|текст|превод|от|по|source)\b\.?\s*[:–-]?"
)
_PHOTO = re.compile(r"(?i)(?:снимк[аи]|фото)\b")
_NAME = re.compile(r"[A-ZА-Я][\w.’'-]*(?:\s+(?:[A-ZА-Я„\"][\w.’'“”\"-]*)){0,2}")
_PARTS = re.compile(r"\s*(?:[/()\[\]|\\,;&+©]|\s[–—-]\s|^[–—-]\s|[–—]|\bи\b)\s*")
_QUOTES = re.compile(r"[„“”\"«»']")
_STOP = ".!?…"
_SEAM = re.compile(r"(?<=[.!?…“”\"»)\]])\s*(?=[^\s.!?…“”\"»)\],;])|\s*(?=[/(\[|\\©])|\s(?=[–—-]\s)")
_INNER_STOP = re.compile(r"(?<!инф)(?<!\b\w)[.!?…](?=\W*[^\W\d_])")


@lru_cache(maxsize=8)
def _patterns(agencies: tuple[Agency, ...]) -> _Patterns | None:
    spellings = sorted({s for a in agencies for s in (*a.credits, a.name)}, key=len, reverse=True)
    if not spellings:
        return None
    one = r"(?<!\w)(?:" + "|".join(re.escape(s) for s in spellings) + r")(?!\w)"
    many = rf"{one}(?:\s*(?:[,/;&+–-]|\bи\b)\s*{one})*"
    months = "|".join(sorted(MONTHS, key=len, reverse=True))
    day = rf",?\s*\d{{1,2}}\.?\s*(?:{months})\.?(?:\s*\d{{4}}(?:\s*г\.?)?)?"
    place = rf"(?P<place>[A-ZА-Я][\w.’'-]*(?:[ -][A-ZА-Я][\w.’'-]*){{0,2}})(?P<day>{day})?"
    return _Patterns(
        {_key(s): a.name for a in agencies for s in (*a.credits, a.name)},
        frozenset(spellings),
        tuple(dict.fromkeys(s.casefold() for s in spellings)),
        re.compile(one),
        re.compile("(?i)" + one),
        re.compile(rf"(?i)(?:{day}|(?<!\w)\d{{4}}(?:\s*г\.)?)(?!\w)"),
        re.compile(
            rf"(?:(?:{place}\s*,?\s*)?[/(\[]\s*{many}\s*[/)\]]\s*(?P<mark>[.:–—-]*)\s*"
            rf"|(?:{place.replace('<place>', '<town>').replace('<day>', '<date>')}\s*,\s*)?"
            rf"{many}\s*[–—-]\s+)(?=(?P<next>[^\s]))"
        ),
    )


def cut_credit(
    paragraph: str, agencies: Sequence[Agency], *, last: bool = False, places: bool = False
) -> Credited:
    """A paragraph without the credits at its seams.

    Without brackets or slashes („… край. БТА“, „… край. – БТА“) a credit is taken in the `last`
    paragraph only. With `places` the place and day of a dateline go with its credit.
    """
    patterns = _patterns(tuple(agencies))
    if patterns is None:
        return Credited(paragraph)
    edges = paragraph[:200] + "\n" + paragraph[-LONGEST:]
    folded = edges.casefold()
    if not any(one in folded for one in patterns.folded) or not patterns.any_case.search(edges):
        return Credited(paragraph)
    if len(paragraph) < 80:
        named = _alone(paragraph, patterns)
        if named:
            return Credited("", named, paragraph)
    for start in _seams(paragraph):
        named = _credit(paragraph[start:], paragraph[:start], patterns, last=last)
        if named:
            return Credited(paragraph[:start].rstrip(), named, paragraph[start:].strip())
    return _without_dateline(paragraph, patterns, places=places)


def credited_in(text: str, agencies: Sequence[Agency]) -> tuple[str, ...]:
    """The agencies named in a credit line („Източник: БГНЕС, Twitter“), printed names in order."""
    patterns = _patterns(tuple(agencies))
    return _named(text, patterns) if patterns else ()


def _named(text: str, patterns: _Patterns) -> tuple[str, ...]:
    found = (patterns.names[_key(m.group())] for m in patterns.one.finditer(text))
    return tuple(dict.fromkeys(found))


def _key(name: str) -> str:
    """A name as it is looked up: no case, no quotation marks, no „агенция“ before it."""
    return re.sub(r"^агенция\s+", "", _QUOTES.sub("", name).casefold().strip())


# ---- at the end


def _seams(paragraph: str) -> Iterator[int]:
    """Where a credit may begin: behind a stop, at a slash, a bracket or a dash; leftmost first."""
    found = _SEAM.finditer(paragraph, max(1, len(paragraph) - LONGEST))
    for match in islice(found, MOST_SEAMS):
        if match.end() < len(paragraph):
            yield match.end()


def _credit(tail: str, before: str, patterns: _Patterns, *, last: bool) -> tuple[str, ...] | None:
    """The agencies of a tail that is nothing but a credit; None for another tail."""
    if _INNER_STOP.search(tail) or _PHOTO.match(tail):
        return None
    opener = tail[0]
    stopped = before.rstrip().rstrip(_CLOSERS)[-1:] in _STOP or before.rstrip()[-1:] in _STOP
    boxed = opener in "/([|\\©"
    if not stopped and (not boxed or opener in "|©\\"):
        return None
    if not boxed and (not last or before.rstrip()[-1:] == "?"):
        return None
    parts = [part for part in _PARTS.split(tail.rstrip(" .;")) if part]
    named = _agencies_of(parts, patterns, loose=opener == "/", names=boxed and stopped)
    if not named or (opener in "([" and not _may_close(tail, before, named, patterns)):
        return None
    return named


_CLOSERS = "\"'“”„»«’)]"


def _may_close(tail: str, before: str, named: tuple[str, ...], patterns: _Patterns) -> bool:
    """False for brackets that belong to the sentence: „Асошиейтед прес (АП)“, „града (Перник)“."""
    group = re.match(r"[(\[]([^)\]]*)", tail)
    first = [part for part in _PARTS.split(group.group(1) if group else "") if part]
    if not _agencies_of(first, patterns, loose=False, names=True):
        return False
    if re.search(r"(?i)агенция(?:та)?$", before.rstrip()):
        return False
    spoken = _named(before[-60:], patterns)
    return not (spoken and spoken[-1] in named and before.rstrip()[-1:] not in _STOP)


def _agencies_of(
    parts: Sequence[str], patterns: _Patterns, *, loose: bool, names: bool
) -> tuple[str, ...] | None:
    """The agencies of a list whose every part is an agency, a label or (`names`) a name.

    `loose` takes an agency in small letters, as slashes do: „/ бгнес“.
    """
    found: list[str] = []
    labelled = False
    for part in parts:
        label = _LABEL.match(part)
        bare = part[label.end() :].strip() if label else part
        labelled = labelled or label is not None
        agency = _agency(bare, patterns, loose=loose)
        if agency:
            found.append(agency)
        elif bare and not ((names or labelled) and _NAME.fullmatch(bare)):
            return None
    return tuple(dict.fromkeys(found)) or None


def _agency(part: str, patterns: _Patterns, *, loose: bool) -> str | None:
    """The printed name of an agency in one of its spellings, or in capitals."""
    name = patterns.names.get(_key(part))
    if name is None:
        return None
    said = re.sub(r"(?i)^агенция\s+", "", _QUOTES.sub("", part).strip())
    known = part in patterns.exact or said in patterns.exact or said.isupper()
    return name if known or loose else None


# ---- alone on a line, and before the first sentence


def _alone(line: str, patterns: _Patterns) -> tuple[str, ...] | None:
    """The agencies of a line that is nothing but a credit."""
    if _PHOTO.match(line) or _INNER_STOP.search(line):
        return None
    dated = patterns.day.sub(" ", line.rstrip(" .;"))
    parts = [part for part in _PARTS.split(dated) if part.strip(" ,")]
    return _agencies_of(parts, patterns, loose="/" in line, names=True)


def _without_dateline(paragraph: str, patterns: _Patterns, *, places: bool) -> Credited:
    """A paragraph less the credit before its first sentence, and with `places` less the dateline.

    A small letter behind a credit makes it a part of the sentence: „Асошиейтед прес (АП) съобщи“,
    „БТА – най-старата агенция“.
    """
    match = patterns.dateline.match(paragraph[:200])
    if match is None:
        return Credited(paragraph)
    place = match["place"] or match["town"] or ""
    day = match["day"] or match["date"] or ""
    if (match["next"].islower() and not day) or _named(place, patterns):
        return Credited(paragraph)
    cut, rest = match.group(), paragraph[match.end() :]
    if place and not places:
        mark = match["mark"] or ""
        cut = cut[len(place) + len(day) :].strip().removesuffix(mark)
        rest = f"{place}{day}{mark if mark in '.:' else f' {mark}'} {rest}"
    return Credited(rest, _named(cut, patterns), cut.strip(" ,"))
