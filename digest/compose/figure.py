"""Figures that a chart may draw: read where they stand in a text, and printed in one way.

Takes a text, gives its figures in digits with unit and scale; years, ordinals, ages, hours and
numbers in words are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from digest.bulgarian.numbers import Number, numbers

NBSP = "\u00a0"
_FORM = re.compile(
    r"(?P<digits>[-−]?\d(?:[\d.,  \u202f\u2009]*\d)?)[ \u00a0\u202f\u2009]*"
    r"(?:(?P<scale>хил|млн|милион|млрд|милиард|трлн|трилион|хиляд)[а-я]*\.?)?(?P<rest>[^\d]*)"
)
_SCALES = {"хил": 3, "хиляд": 3, "млн": 6, "милион": 6, "млрд": 9, "милиард": 9,
           "трлн": 12, "трилион": 12}  # fmt: skip
_WRITTEN = {0: "", 3: "хил.", 6: "млн.", 9: "млрд.", 12: "трлн."}
SHARES = frozenset({"%", "‰"})
MONEY = frozenset({"лв.", "€", "$"})
AMOUNTS = MONEY | frozenset(
    {"т", "кг", "л", "км", "дка", "ха", "куб.м", "MW", "GW", "kW", "kWh", "MWh", "п.п."}
)
COUNTS = frozenset({"", "души"})
GROUPED_FROM = 10_000
"""Bulgarian print groups digits from five on («Правопис и пунктуация на българския език»)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in digits: `value` as the number it is, `unit` of `Number`, `scale` a power of ten.

    `decimals` are the digits after the comma as the text has them.
    """

    value: Decimal
    unit: str
    scale: int
    decimals: int
    start: int
    end: int

    def printed(self) -> str:
        """„3,4 %“, „1,2 млн. лв.“, „151“ with no-break spaces."""
        shown = abs(self.value) / 10**self.scale
        digits = (
            f"{shown:,.{self.decimals}f}"
            if shown >= GROUPED_FROM
            else (f"{shown:.{self.decimals}f}")
        )
        digits = digits.replace(",", NBSP).replace(".", ",")
        sign = "−" if self.value < 0 else ""
        return NBSP.join(one for one in (sign + digits, _WRITTEN[self.scale], self.unit) if one)


def figures(text: str) -> Iterator[Figure]:
    """The figures of a text in reading order."""
    for number in numbers(text):
        found = _figure(text, number)
        if found is not None:
            yield found


def _figure(text: str, number: Number) -> Figure | None:
    if number.unit not in SHARES | AMOUNTS | COUNTS:
        return None
    match = _FORM.fullmatch(text, number.start, number.end)
    # «Три и половина» and sums of two numbers are not what their digits say.
    if match is None or "половин" in match["rest"]:
        return None
    scale = _SCALES.get(match["scale"] or "", 0)
    plain = number.value / 10**scale
    decimals = max(0, -int(plain.normalize().as_tuple().exponent))
    shown = _shown_decimals(match["digits"], plain)
    return Figure(number.value, number.unit, scale, max(decimals, shown), number.start, number.end)


def _shown_decimals(digits: str, plain: Decimal) -> int:
    """Digits after the sign of a fraction: „4,0“ says more than „4“."""
    after = re.search(r"[.,](\d+)$", digits)
    if after is None or plain >= 1000:
        return 0
    return len(after.group(1))
