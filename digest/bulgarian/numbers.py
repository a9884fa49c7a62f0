"""Numbers in digits and words, with sign, scale and unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_SPACE = "[ \u00a0\u202f\u2009]"
_DIGITS = re.compile(
    rf"(?<![\w.,:])(?<![^\W\d]-)(?P<sign>[-−+](?=\d))?"
    rf"(?P<body>\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)|\d{{1,3}}(?:\.\d{{3}}){{2,}}(?!\d)|\d+)"
    rf"(?P<fraction>[.,]\d+)?(?P<ordinal>-(?:[вртмй]?[иаот]|ви|ри|ти|ми|ия|ата|ото|те))?(?!\.\d)"
)
_DIGIT = re.compile(r"\d+")
_CLOCK = re.compile(rf":([0-5]\d)(?!\d)(?:{_SPACE}*(?:часа|ч\.))?")


def _one_of(patterns: Iterable[str]) -> re.Pattern[str]:
    """After spaces the first of the patterns that fits; `lastindex` says which, from 1."""
    return re.compile(rf"{_SPACE}*(?:{'|'.join(f'({pattern})' for pattern in patterns)})(?!\w)")


_SCALES = {
    3: r"хил\.|хиляд[аи]|хилядите",
    6: r"млн\.?|милион(?:а|и|ът)?",
    9: r"млрд\.?|милиард(?:а|и|ът)?",
    12: r"трлн\.?|трилион(?:а|и)?",
}
_POWERS = tuple(_SCALES)
_SCALE = _one_of(_SCALES.values())
_LARGE_SCALE = _one_of(pattern for power, pattern in _SCALES.items() if power > 3)
_UNITS = (
    ("п.п.", r"процентн\w+ пункт\w*|пункт(?:а|ове)?|п\.\s?п\.|пр\. п\."),
    ("%", r"%|процент\w*|на сто|пр\.\s?ц\."),
    ("лв.", r"лв\.?|лева?(?:та)?|BGN"),
    ("€", r"€|евро(?:то)?|EUR"),
    ("$", r"\$|(?:щатски )?долар\w*|USD"),
    ("г.", r"г\.|година(?:та)?"),
    ("години", r"години(?:те)?|годиш\w+|-годиш\w+"),
    ("ч.", r"ч\.|час(?:а|ове|ът)?"),
    ("мин", r"мин\.|минут\w+"),
    ("дни", r"-?дневе?н\w*|дни(?:те)?|дена|ден"),
    ("месеца", r"-?месече?н\w*|месец\w*"),
    ("седмици", r"седмиц\w+"),
    ("°", r"°\s?C?|градус\w*"),
    ("км", r"км|километ\w+"),
    ("м", r"м\.?(?= )|метра|метър|метри"),
    ("кг", r"кг\.?|килограм\w*"),
    ("т", r"тон\w*"),
    ("кв.м", r"кв\.\s?м\.?|квадратни метра"),
    ("MW", r"мвт|мегават\w*|MW"),
    ("души", r"души(?:те)?|човека?|човеци|хора(?:та)?"),
)
_UNIT = _one_of(pattern for _, pattern in _UNITS)
_ONES = {
    "нула": 0, "два": 2, "две": 2, "двама": 2, "три": 3, "трима": 3, "четири": 4,
    "четирима": 4, "пет": 5, "петима": 5, "шест": 6, "шестима": 6, "шестнайсет": 16,
    "седем": 7, "седмина": 7, "осем": 8, "осмина": 8, "девет": 9, "деветима": 9, "десет": 10,
    "десетима": 10, "единадесет": 11, "единайсет": 11, "дванадесет": 12, "дванайсет": 12,
    "тринадесет": 13, "тринайсет": 13, "четиринадесет": 14, "четиринайсет": 14,
    "петнадесет": 15, "петнайсет": 15, "шестнадесет": 16, "седемнадесет": 17,
    "седемнайсет": 17, "осемнадесет": 18, "осемнайсет": 18, "деветнадесет": 19,
    "деветнайсет": 19, "половин": -1,
}  # fmt: skip
_SINGLE = {"един": 1, "една": 1, "едно": 1}
_TENS = {
    "двадесет": 20, "двайсет": 20, "тридесет": 30, "трийсет": 30, "четиридесет": 40,
    "четирийсет": 40, "петдесет": 50, "шестдесет": 60, "шейсет": 60, "седемдесет": 70,
    "осемдесет": 80, "деветдесет": 90,
}  # fmt: skip
_TENS_BEFORE = re.compile(rf"(?<!\w)({'|'.join(_TENS)})\s+и\s+$")
_HUNDREDS = {
    "сто": 100, "двеста": 200, "триста": 300, "четиристотин": 400, "петстотин": 500,
    "шестстотин": 600, "седемстотин": 700, "осемстотин": 800, "деветстотин": 900,
}  # fmt: skip
_THOUSAND = {"хиляда": 1000}
_ORDINALS = {
    "първ": 1, "втор": 2, "трет": 3, "четвърт": 4, "пет": 5, "шест": 6, "седм": 7, "осм": 8,
    "девет": 9, "десет": 10,
}  # fmt: skip
_ORDINAL = re.compile(
    r"(?<![а-яѝ])(?P<stem>първ|втор|трет|четвърт|пет|шест|седм|осм|девет|десет)"
    r"(?:и|ия|ият|а|ата|о|ото|ите|у)(?![а-яѝ])",
    re.IGNORECASE,
)
_PARTS = {
    "трет": 3, "четвърт": 4, "пет": 5, "шест": 6, "седм": 7, "осм": 8, "девет": 9, "десет": 10,
}  # fmt: skip
_FRACTION = re.compile(
    r"(?<![а-яѝ])(?:(?P<over>една|две|три|четири|пет|шест|седем|осем|девет)\s+"
    r"(?P<under>трет|четвърт|пет|шест|седм|осм|девет|десет)[аи]?|(?P<half>половината|наполовина))"
    r"(?![а-яѝ])"
)
"""«Една трета», «четири пети», «половината»."""
_WORTH_PARTS = re.compile(r"трет|четвърт|пет[аи]|шест[аи]|седм[аи]|осм[аи]|девет[аи]|десет[аи]")
_HALF_OF = re.compile(
    r"(?<![а-яѝ])(?:половин\s+(?P<of>хиляда|милион|милиард)"
    r"|(?P<one>хиляда|милион|милиард)\s+и\s+половина)(?![а-яѝ])"
)
_LARGE = {"хиляда": 1000, "милион": 10**6, "милиард": 10**9}
_AND_A_HALF = re.compile(r"\s+и\s+половина?(?![а-яѝ])")
_SMALL = {**_ONES, **_TENS, **_HUNDREDS, **_THOUSAND}
_VALUES = {**_SMALL, **_SINGLE}
_NUMERAL = re.compile(
    rf"(?<![а-яѝ])(?P<word>{'|'.join(sorted(_VALUES, key=lambda w: (-len(w), w)))})"
    r"(?:т[ае])?(?![а-яѝ])"
)
"""A number word, with or without its article (двамата, трите)."""
_FORMS = frozenset(word + ending for word in _VALUES for ending in ("", "та", "те"))
_LETTERS = re.compile("[а-яѝ]+")

NUMBER_WORDS = frozenset({**_SMALL, **_SINGLE}) | {f"{w}та" for w in _ONES} | {"милион", "милиард"}
"""Words that are figures, with the article that people take (двамата)."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number where it stands: 1,2 млн. лв. is value 1200000, unit „лв.“.

    `unit` is one of %, п.п., лв., €, $, г. (a year), години, ч., мин, дни, седмици, месеца, °,
    км, м, кг, т, кв.м, MW, души, „-ти“ (an ordinal),
    „част“ (a fraction of one, «една трета») or empty.
    """

    value: Decimal
    unit: str
    start: int
    end: int


def numbers(text: str, *, ones: bool = False, ordinals: bool = False) -> list[Number]:
    """Numbers of `text` in reading order.

    Words count up to the thousands («двайсет и пет», «двама души»). «Един» is mostly an article
    and ordinals («втори») are mostly not figures: both only when asked for.
    """
    found = [_in_digits(text, m) for m in _digits(text)]
    taken = [(n.start, n.end) for n in found]
    found += [
        number
        for number in _in_words(text, ones=ones, ordinals=ordinals)
        if not any(a < number.end and number.start < b for a, b in taken)
    ]
    return sorted(found, key=lambda n: n.start)


def _digits(text: str) -> Iterator[re.Match[str]]:
    """Matches of `_DIGITS` in order, looked for only where a digit stands.

    A pattern that begins by looking back is tried at every letter, which takes ten times as long.
    """
    at = 0
    while (digit := _DIGIT.search(text, at)) is not None:
        first = digit.start()
        signed = first - 1 if first > at and text[first - 1] in "-−+" else first
        found = _DIGITS.match(text, signed) or _DIGITS.match(text, first)
        if found:
            yield found
        at = found.end() if found else digit.end()


def _decimal(body: str, fraction: str) -> Decimal:
    whole = re.sub(r"[^\d]", "", body)
    # «1.200» with three digits is a thousand in Bulgarian print, «1.5» and «12,350» are not.
    if fraction.startswith(".") and len(fraction) == 4 and len(whole) <= 3 and whole != "0":
        return Decimal(whole + fraction[1:])
    try:
        return Decimal(whole + fraction.replace(",", "."))
    except InvalidOperation:  # digits of other scripts
        return Decimal(0)


def _in_digits(text: str, match: re.Match[str]) -> Number:
    value = _decimal(match.group("body"), match.group("fraction") or "")
    if (
        match.group("sign") in {"-", "−"}
        or text[max(0, match.start() - 6) : match.start()].lower() == "минус "
    ):
        value = -value
    if text.startswith(":", match.end()) and (clock := _CLOCK.match(text, match.end())):
        return Number(
            Decimal(f"{match.group()}.{clock.group(1)}"), "ч.", match.start(), clock.end()
        )
    if match.group("ordinal"):
        unit = "души" if match.group("ordinal") == "-ма" else "-ти"  # «23-ма» counts people
        return Number(value, unit, match.start(), match.end())
    value, end = _scaled(text, value, match.end())
    unit, end = _unit(text, end)
    if not unit:
        unit = _unit_before(text, match.start()) or _year(match, end)
    if unit == "г." and not 1800 <= value <= 2100:
        unit = "години"  # «на 71 г.» is an age
    return Number(value, unit, match.start(), end)


def _scaled(text: str, value: Decimal, end: int) -> tuple[Decimal, int]:
    match = _SCALE.match(text, end)
    if match is None or match.lastindex is None:
        return value, end
    return value * 10 ** _POWERS[match.lastindex - 1], match.end()


def _unit(text: str, end: int) -> tuple[str, int]:
    match = _UNIT.match(text, end)
    if match is None or match.lastindex is None:
        return "", end
    return _UNITS[match.lastindex - 1][0], match.end()


def _unit_before(text: str, start: int) -> str:
    before = text[max(0, start - 2) : start].strip()
    return {"€": "€", "$": "$"}.get(before[-1:], "")


def _year(match: re.Match[str], end: int) -> str:
    plain = end == match.end() and not match.group("fraction") and not match.group("sign")
    body = match.group("body")
    return "г." if plain and len(body) == 4 and "1800" <= body <= "2100" else ""


def _in_words(text: str, *, ones: bool, ordinals: bool) -> list[Number]:
    low = _lowered(text)
    found = list(_fractions(low))
    taken = [(n.start, n.end) for n in found]
    if ordinals:
        found += [n for n in _ordinals(text) if not any(a <= n.start < b for a, b in taken)]
        taken = [(n.start, n.end) for n in found]
    if _FORMS.isdisjoint(_LETTERS.findall(low)):
        return found
    total, start, end = 0, -1, -1
    for match in _NUMERAL.finditer(low):
        word = match.group("word")
        part, single = _VALUES[word], word in _SINGLE
        if any(a <= match.start() < b for a, b in taken):
            continue
        if part < 0 or (single and not ones and not _LARGE_SCALE.match(text, match.end())):
            continue
        if start >= 0 and _continues(text[end : match.start()], total, part):
            total, end = total + part, match.end()
            continue
        if start >= 0:
            found.append(_finish(text, total, start, end))
            if match.start() < found[-1].end:  # «четири на сто» is no hundred
                start = -1
                continue
        total, start, end = part, match.start(), match.end()
    if start >= 0:
        found.append(_finish(text, total, start, end))
    return found


def _fractions(low: str) -> Iterator[Number]:
    """Parts of one (value 0…1, unit „част“), half a million, a million and a half."""
    if "полови" not in low and not _WORTH_PARTS.search(low):
        return
    for match in _HALF_OF.finditer(low):
        value = Decimal(_LARGE[match.group("of") or match.group("one")])
        value = value / 2 if match.group("of") else value * 3 / 2
        unit, end = _unit(low, match.end())
        yield Number(value, unit, match.start(), end)
    for match in _FRACTION.finditer(low):
        over = match.group("over")
        if over is None:
            value = Decimal("0.5")
        else:
            value = Decimal(_VALUES[over]) / _PARTS[match.group("under")]
        yield Number(value, "част", match.start(), match.end())


def _lowered(text: str) -> str:
    """In lower case, letter for letter: a pattern without case is searched five times as fast."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower()[:1] for c in text)


def _ordinals(text: str) -> Iterator[Number]:
    for match in _ORDINAL.finditer(text):
        value, start = Decimal(_ORDINALS[match.group("stem").lower()]), match.start()
        tens = _TENS_BEFORE.search(text.lower(), max(0, start - 20), start)
        if tens and value < 10:  # «тридесет и първа» is one place, not thirty and the first
            value, start = value + _TENS[tens.group(1)], tens.start()
        yield Number(value, "-ти", start, match.end())


def _continues(gap: str, total: int, part: int) -> bool:
    return (
        bool(re.fullmatch(r"\s+(?:и\s+)?", gap))
        and 0 < part < 100
        and (
            (total >= 100 and total % 100 == 0)
            or (total % 100 >= 20 and total % 10 == 0 and part < 10)
        )
    )


def _finish(text: str, total: int, start: int, end: int) -> Number:
    value, after = _scaled(text, Decimal(total), end)
    if half := _AND_A_HALF.match(text, after):
        value, after = value * (1 + Decimal("0.5") / total), half.end()
        value, after = _scaled(text, value, after)
    unit, after = _unit(text, after)
    return Number(value, unit, start, after)
