"""What stands behind a figure: its scale («млн.») and its unit («евро», «-процентов»)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import ROUND_DOWN, Decimal

SPACE = "[ \u00a0\u202f\u2009]"


def _one_of(patterns: Iterable[str], before: str = "") -> re.Pattern[str]:
    """After spaces the first of the patterns that fits; `lastindex` says which, from 1."""
    any_of = "|".join(f"({pattern})" for pattern in patterns)
    return re.compile(rf"{SPACE}*{before}(?:{any_of})(?!\w)")


_SCALES = {
    3: r"хил\.|хиляд[аи]|хилядите",
    6: r"млн\.?|милион(?:а|и|ът)?",
    9: r"млрд\.?|милиард(?:а|и|ът)?",
    12: r"трлн\.?|трилион(?:а|и)?",
}
_POWERS = tuple(_SCALES)
_SCALE = _one_of(_SCALES.values())
LARGE_SCALE = _one_of(pattern for power, pattern in _SCALES.items() if power > 3)
"""A scale from the millions on."""
_UNITS = (
    ("п.п.", r"процентн\w+ пункт\w*|пункт(?:а|ове)?|п\.\s?п\.|пр\. п\."),
    ("%", r"%|процент\w*|на сто|пр\.\s?ц\."),
    ("лв.", r"лв\.?|лева?(?:та)?|BGN"),
    ("€", r"€|евро(?:то)?|EUR"),
    ("ст.", r"ст\.|стотинк[аи]|(?:евро)?цент(?:а|ове)?"),
    ("$", r"\$|(?:щатски )?долар\w*|USD"),
    ("г.", r"г\.|година(?:та)?"),
    ("години", r"години(?:те)?|годиш\w+"),
    ("десетилетия", r"десетилетия(?:та)?"),
    ("века", r"век(?:а|ове)(?:те)?"),
    ("ч.", r"ч\.|час(?:а|ове|ът)?|часов\w+"),
    ("мин", r"мин\.|минут\w+"),
    ("дни", r"дневе?н\w*|дни(?:те)?|дена|ден|денонощи(?:е|я)\w*"),
    ("месеца", r"месече?н\w*|месец\w*"),
    ("седмици", r"седмиц\w+|седмич\w+"),
    ("°", r"°\s?C?|градус\w*"),
    ("км", r"км|километ\w+"),
    ("м", r"м\.?(?= )|метра|метър|метри|метров\w*"),
    ("‰", r"на хиляда(?:та)?|промила?|‰"),
    ("гр", r"грам\w*|гр\.?"),
    ("см", r"см|сантимет\w+"),
    ("мм", r"мм|милимет\w+"),
    ("кг", r"кг\.?|килограм\w*"),
    ("т", r"тон\w*"),
    ("куб.м", r"кубика|куб\.\s?м\.?|кубически метра"),
    ("кв.м", r"кв\.\s?м\.?|квадратни метра"),
    ("kW", r"квт|киловат(?!час)\w*|kW(?!h)"),
    ("MW", r"мвт|мегават(?!час)\w*|MW(?!h)"),
    ("GW", r"гвт|гигават(?!час)\w*|GW(?!h)"),
    ("kWh", r"киловатчас\w*|квтч|kWh"),
    ("MWh", r"мегаватчас\w*|мвтч|MWh"),
    ("л", r"литр\w+|литър"),
    ("дка", r"декар\w*|дка"),
    ("ха", r"хектар\w*|ха"),
    ("пъти", r"пъти"),
    ("души", r"души(?:те)?|човека?|човеци|хора(?:та)?"),
)
_UNIT = _one_of((pattern for _, pattern in _UNITS), before="-?")
"""A unit, also as the second part of a word: «10-процентна», «20-тонен»."""
_EARLIER = re.compile(
    rf"{SPACE}+(?:година|месец|седмица|ден|час|минута){SPACE}+по-(?:рано|късно)\b"
)


def beyond_point(value: Decimal) -> Decimal:
    """What stands behind the point, for any number of digits: `% 1` refuses thirty of them."""
    return value - value.to_integral_value(ROUND_DOWN)


def scale_at(text: str, value: Decimal, end: int) -> tuple[Decimal, int]:
    """The value with the scale that stands at `end` of the text, and where that ends."""
    match = _SCALE.match(text, end)
    if match is None or match.lastindex is None:
        return value, end
    return value * 10 ** _POWERS[match.lastindex - 1], match.end()


def unit_at(text: str, end: int, value: Decimal | None = None) -> tuple[str, int]:
    """The unit (as in `Number`) at `end` of the text, and where it ends; empty without one.

    «При 164 седмица по-рано» counts no weeks: several would stand in the plural. `value` is how
    many there are, where that is known.
    """
    match = _UNIT.match(text, end)
    if match is None or match.lastindex is None:
        return "", end
    if value is not None and value != 1 and _EARLIER.match(text, end):
        return "", end
    return _UNITS[match.lastindex - 1][0], match.end()


def power_in(number: str) -> int:
    """The power of ten of the scale that a number is written with, 0 for none."""
    found = _SCALE.search(number)
    return _POWERS[found.lastindex - 1] if found and found.lastindex else 0
