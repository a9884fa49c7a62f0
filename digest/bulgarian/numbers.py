"""Numbers in digits and words, with sign, scale and unit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from digest.bulgarian import numerals
from digest.bulgarian.compounds import compounds
from digest.bulgarian.measures import LARGE_SCALE, SPACE, beyond_point, power_in, scale_at, unit_at
from digest.bulgarian.numerals import ABOUT, FORMS, NUMBER_WORDS, NUMERAL, PARTS, VALUES

__all__ = ["NUMBER_WORDS", "Number", "numbers"]

_ORDINAL_END = r"-(?:[втрм]?[иао](?:я|ят|та|то|те)?|мата|(?:има|мина)(?:та)?|те|тина|ина)(?!\w)"
_OF_PEOPLE = re.compile(r"м(?:ин)?а(?:та)?$")
"""«23-ма», «5-имата», «7-мина» count people."""
_DIGITS = re.compile(
    rf"(?<![\w.,:])(?<![^\W\d]-)(?P<sign>[-−+](?=\d))?"
    rf"(?P<body>\d{{1,3}}(?:{SPACE}\d{{3}})+(?!\d)|\d{{1,3}}(?:\.\d{{3}}){{2,}}(?!\d)|\d+)"
    rf"(?P<fraction>[.,]\d+)?(?P<ordinal>{_ORDINAL_END})?(?!\.\d)"
)
_DIGIT = re.compile(r"\d+")
_MOST_DIGITS = 400
"""Digits of a number that are read: what has more is none, and must only end no reading."""
_CLOCK = re.compile(rf":([0-5]\d)(?!\d)(?:{SPACE}*(?:часа|ч\.))?")
_FRACTION = re.compile(
    r"(?<![а-яѝ])(?:(?P<over>една|две|три|четири|пет|шест|седем|осем|девет)\s+"
    rf"(?P<under>{'|'.join(PARTS)})[аи]?|(?P<half>половината|наполовина)"
    rf"|(?P<part>{'|'.join(PARTS)})а\s+част(?=\s+от))"
    r"(?![а-яѝ])"
)
"""«Една трета», «четири пети», «трета част от», «половината»."""
_WORTH_PARTS = re.compile(r"трет|четвърт|пет[аи]|шест[аи]|седм[аи]|осм[аи]|девет[аи]|десет[аи]")
_HALF_OF = re.compile(
    r"(?<![а-яѝ])(?:(?P<part>половин|четвърт)\s+"
    r"(?P<of>хиляда|милион|милиард|дузина|десетилетие|век)"
    r"|(?P<one>хиляда|милион|милиард)\s+и\s+половина)(?![а-яѝ])"
)
_BARE = re.compile(r"(?<![а-яѝ])(?P<of>милион|милиард)(?:ът|а)?(?![а-яѝ])")
"""«Милионът и двеста хиляди», «милион евро»: one of them."""
_LARGE = {"хиляда": 1000, "милион": 10**6, "милиард": 10**9} | {
    "дузина": 12, "десетилетие": 10, "век": 100,
}  # fmt: skip
_SPANS = frozenset({"десетилетие", "век"})
"""«Половин десетилетие» counts years."""
_A_YEAR_AND = re.compile(r"(?<![а-яѝ])(?:(?P<year>година)|(?P<hour>час))\s+и\s+$")
_AND_A_HALF = re.compile(r"\s+и\s+половина?(?![а-яѝ])")
_LETTERS = re.compile("[а-яѝ]+")

_HALF = Decimal("0.5")
_QUARTER = Decimal("0.25")
_AT = re.compile(r"(?<!\w)(?:в|към)\s+$", re.IGNORECASE)
_COINED = frozenset({"лв.", "€", "$"})
_AND = re.compile(r"\s+(?:и\s+)?")


_TIME = r"(?P<unit>година|месец|седмица|ден|час|минута)"
_ONE_AND_A_HALF = re.compile(
    rf"(?<![а-яѝ])(?:(?P<half>половин)\s+{_TIME}|{_TIME.replace('unit', 'whole')}\s+и\s+половина)"
    r"(?![а-яѝ])"
)
"""«Година и половина», «половин час»."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number where it stands: 1,2 млн. лв. is value 1200000, unit „лв.“.

    `unit` is one of %, ‰, п.п., лв., €, $, ст., г. (a year), години, десетилетия, века, ч., мин,
    дни, седмици, месеца, °, км, м, см, мм, гр, кг, т, л, дка, ха, кв.м, куб.м, kW, MW, GW, kWh,
    MWh, пъти, души, „-ти“ (an ordinal), „част“ (a fraction of one, «една трета») or empty.
    """

    value: Decimal
    unit: str
    start: int
    end: int


def numbers(
    text: str, *, ones: bool = False, ordinals: bool = False, about: bool = False
) -> list[Number]:
    """Numbers of `text` in reading order, without overlaps.

    Words count up to the millions («двайсет и пет», «две хиляди и петстотин», «двама души»), and
    «15 лв. и 20 ст.» is one sum. «Един» is mostly an article, ordinals («втори», «XXI век») are
    mostly not figures and «десетина» is none exactly: all three only when asked for.
    """
    found = [_in_digits(text, m) for m in _digits(text)]
    taken = [(n.start, n.end) for n in found]
    found += [
        number
        for number in _in_words(text, ones=ones, ordinals=ordinals, about=about)
        if not any(a < number.end and number.start < b for a, b in taken)
    ]
    return _joined(text, [_with_a_year(text, n) for n in sorted(found, key=lambda n: n.start)])


def _with_a_year(text: str, number: Number) -> Number:
    """«Година и шест месеца» is eighteen months, «час и двайсет минути» is 1,20 hours."""
    if number.unit not in {"месеца", "мин"}:
        return number
    one = _A_YEAR_AND.search(text, max(0, number.start - 12), number.start)
    if one is None or bool(one.group("year")) != (number.unit == "месеца"):
        return number
    if one.group("year"):
        return replace(number, value=number.value + 12, start=one.start())
    hours = Decimal(1) + number.value / 100
    return replace(number, value=hours, unit="ч.", start=one.start()) if hours < 2 else number


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
    whole = re.sub(r"[^\d]", "", body)[:_MOST_DIGITS]
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
    hour = match.group().isdecimal() and text.startswith(":", match.end())
    if hour and (clock := _CLOCK.match(text, match.end())):
        return Number(
            Decimal(f"{match.group()}.{clock.group(1)}"), "ч.", match.start(), clock.end()
        )
    if match.group("ordinal"):
        ending = match.group("ordinal")
        if ending in {"-ина", "-тина"}:  # «30-ина души»
            unit, end = unit_at(text, match.end())
            return Number(value, unit, match.start(), end)
        unit = "души" if _OF_PEOPLE.search(ending) else "-ти"
        return Number(value, unit, match.start(), match.end())
    value, end = _halved(text, value, match.end())
    unit, end = unit_at(text, end, value)
    if not unit:
        unit = _unit_before(text, match.start()) or _year(match, end)
    if unit == "г." and not 1800 <= value <= 2100:
        unit = "години"  # «на 71 г.» is an age
    return _clocked(text, _and_a_half(text, Number(value, unit, match.start(), end)))


def _unit_before(text: str, start: int) -> str:
    before = text[max(0, start - 2) : start].strip()
    return {"€": "€", "$": "$"}.get(before[-1:], "")


def _year(match: re.Match[str], end: int) -> str:
    plain = end == match.end() and not match.group("fraction") and not match.group("sign")
    body = match.group("body")
    return "г." if plain and len(body) == 4 and "1800" <= body <= "2100" else ""


def _in_words(text: str, *, ones: bool, ordinals: bool, about: bool) -> list[Number]:
    low = _lowered(text)
    found = list(_fractions(low))
    found += [
        Number(Decimal(value), unit, a, b)
        for value, unit, a, b in compounds(low)
        if not any(n.start < b and a < n.end for n in found)
    ]
    taken = [(n.start, n.end) for n in found]
    if ordinals:
        found += [
            Number(Decimal(value), "-ти", start, end)
            for value, start, end in numerals.ordinals(text, low)
            if not any(a <= start < b for a, b in taken)
        ]
        taken = [(n.start, n.end) for n in found]
    if not FORMS.isdisjoint(_LETTERS.findall(low)):
        found += _cardinals(text, low, taken, ones=ones, about=about)
    return found + [
        Number(Decimal(_LARGE[match.group("of")]), *_with_unit(low, match))
        for match in _BARE.finditer(low)
        if not any(n.start < match.end() and match.start() < n.end for n in found)
    ]


def _with_unit(low: str, match: re.Match[str]) -> tuple[str, int, int]:
    unit, end = unit_at(low, match.end())
    return unit, match.start(), end


def _cardinals(
    text: str, low: str, taken: list[tuple[int, int]], *, ones: bool, about: bool
) -> Iterator[Number]:
    """Runs of number words outside the stretches that are taken, each as one number."""
    total, start, end, after = 0, -1, -1, 0
    for match in NUMERAL.finditer(low):
        word, at = match.group("word"), match.start()
        part = VALUES[word]
        if (word in ABOUT and not about) or any(a <= at < b for a, b in taken):
            continue
        if start >= 0 and numerals.continues(text[end:at], total, part):
            total, end = total + part, match.end()
            continue
        single = part == 1 and not ones
        if part < 0 or (single and not LARGE_SCALE.match(text, match.end())):
            continue
        if start >= 0 and not numerals.goes_on_as_ordinal(low, end, total):
            yield (told := _finish(text, total, start, end))
            after = told.end
        if at >= after:  # «четири на сто» is no hundred
            total, start, end = part, at, match.end()
        else:
            start = -1
    if start >= 0 and not numerals.goes_on_as_ordinal(low, end, total):
        yield _finish(text, total, start, end)


def _fractions(low: str) -> Iterator[Number]:
    """Parts of one (value 0…1, unit „част“), half a million, a million and a half."""
    if "полови" not in low and not _WORTH_PARTS.search(low) and "мили" not in low:
        return
    for match in _HALF_OF.finditer(low):
        value = Decimal(_LARGE[match.group("of") or match.group("one")])
        value *= {"половин": _HALF, "четвърт": _QUARTER}.get(match.group("part"), 3 * _HALF)
        unit, end = unit_at(low, match.end())
        yield Number(value, "години" if match.group("of") in _SPANS else unit, match.start(), end)
    for match in _ONE_AND_A_HALF.finditer(low):
        unit, _ = unit_at(low, match.start("unit" if match.group("half") else "whole"))
        half = Decimal("0.5") if match.group("half") else Decimal("1.5")
        yield Number(half, "години" if unit == "г." else unit, match.start(), match.end())
    for match in _FRACTION.finditer(low):
        over, part = match.group("over"), match.group("under") or match.group("part")
        value = Decimal(VALUES[over] if over else 1) / PARTS[part] if part else _HALF
        yield Number(value, "част", match.start(), match.end())


def _lowered(text: str) -> str:
    """In lower case, letter for letter: a pattern without case is searched five times as fast."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower()[:1] for c in text)


def _finish(text: str, total: int, start: int, end: int) -> Number:
    value, after = _halved(text, Decimal(total), end)
    unit, after = unit_at(text, after)
    return _clocked(text, _and_a_half(text, Number(value, unit, start, after)))


def _and_a_half(text: str, number: Number) -> Number:
    """«Две години и половина»: the half may stand after the unit too."""
    half = _AND_A_HALF.match(text, number.end) if number.unit and number.unit != "г." else None
    if half is None or beyond_point(number.value):
        return number
    return replace(number, value=number.value + _HALF, end=half.end())


def _clocked(text: str, number: Number) -> Number:
    """«В девет и половина», «в девет часа и половина» is half past nine."""
    if number.unit not in {"", "ч."} or "половина" not in text[number.start : number.end]:
        return number
    at = _AT.search(text, max(0, number.start - 5), number.start)
    if not at or not 0 < number.value < 24 or beyond_point(number.value) != _HALF:
        return number
    return replace(number, value=int(number.value) + Decimal("0.30"), unit="ч.")


def _halved(text: str, plain: Decimal, end: int) -> tuple[Decimal, int]:
    """The value with its scale and „и половина“ on either side of it, and where that ends."""
    value, after = scale_at(text, plain, end)
    half = _AND_A_HALF.match(text, after) if plain else None
    if half is None:
        return value, after
    return scale_at(text, value + value / plain / 2, half.end())


def _joined(text: str, found: list[Number]) -> list[Number]:
    """Numbers with those that only go on with them: «две хиляди и петстотин», «5 лв. и 20 ст.»."""
    if len(found) < 2:
        return found
    whole = found[:1]
    for one in found[1:]:
        last = whole[-1]
        near = one.start - last.end < 4 and _AND.fullmatch(text, last.end, one.start)
        whole_number = _together(text, last, one) if near else None
        if whole_number:
            whole[-1] = whole_number
        else:
            whole.append(one)
    return whole


def _together(text: str, one: Number, other: Number) -> Number | None:
    """One number of two that stand side by side, or None when they are two."""
    value = other.value
    if one.unit in _COINED and other.unit == "ст." and 0 < value < 100:
        return Number(one.value + value / 100, one.unit, one.start, other.end)
    if one.unit == "ч." and other.unit == "мин" and value == int(value) and 0 < value < 60:
        if one.value != int(one.value):
            return None
        return Number(one.value + value / 100, "ч.", one.start, other.end)
    if (
        one.unit == "години"
        and other.unit == "месеца"
        and value < 12
        and beyond_point(one.value) == 0
    ):
        return Number(one.value * 12 + value, "месеца", one.start, other.end)
    power = power_in(text[one.start : one.end])
    smaller = 0 < value < 10**power and (
        text[other.start].isalpha() or power_in(text[other.start : other.end])
    )
    if one.unit or not power or not smaller or other.unit == "-ти":
        return None
    return Number(one.value + value, other.unit, one.start, other.end)
