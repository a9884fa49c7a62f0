"""What speaks for a story and against it: pure functions, each a value 0…1 and one sentence.

`SIGNALS` is the table of all of them, `WEIGHTS` the room's defaults, `TITLES` their printed
names; a penalty has a negative weight. The score of a story is the sum of weight × value over
these and over what stands above it (`digest/rank/diversity.py`). One module a theme.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from digest.rank.material import Context, Material
from digest.rank.signals.coverage import (
    coverage,
    growth,
    prominence,
    single_weak,
    source_weight,
)
from digest.rank.signals.lures import clickbait
from digest.rank.signals.readers import interest, local
from digest.rank.signals.signal import Signal
from digest.rank.signals.text import facts, richness, sponsored
from digest.rank.signals.time import freshness, old_news

__all__ = ["DIVERSITY", "PENALTIES", "SIGNALS", "TITLES", "WEIGHTS", "Context", "Signal"]

SIGNALS: Mapping[str, Callable[[Material, Context], Signal]] = MappingProxyType(
    {
        "freshness": freshness,
        "coverage": coverage,
        "growth": growth,
        "prominence": prominence,
        "source_weight": source_weight,
        "interest": interest,
        "local": local,
        "richness": richness,
        "facts": facts,
        "clickbait": clickbait,
        "sponsored": sponsored,
        "old_news": old_news,
        "single_weak": single_weak,
    }
)

DIVERSITY = "diversity"
"""The signal that looks at the other stories; it is given last, while they are put in order."""

WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "freshness": 0.20,
        "coverage": 0.26,
        "growth": 0.08,
        "prominence": 0.10,
        "source_weight": 0.10,
        "interest": 0.08,
        "local": 0.06,
        "richness": 0.06,
        "facts": 0.06,
        "clickbait": -0.15,
        "sponsored": -0.50,
        "old_news": -0.20,
        "single_weak": -0.10,
        DIVERSITY: -0.30,
    }
)
"""They add up to 1 without the penalties, so a score reads as a share of the best possible.

The reason for each stands in docs/ranking.md.
"""

PENALTIES = frozenset(name for name, weight in WEIGHTS.items() if weight < 0)

TITLES: Mapping[str, str] = MappingProxyType(
    {
        "freshness": "актуалност",
        "coverage": "независими източници",
        "growth": "растеж",
        "prominence": "видимост",
        "source_weight": "тежест на източника",
        "interest": "интерес към рубриката",
        "local": "местна тема",
        "richness": "пълнота",
        "facts": "факти",
        "clickbait": "примамливо заглавие",
        "sponsored": "платен текст",
        "old_news": "стара новина",
        "single_weak": "един слаб източник",
        DIVERSITY: "разнообразие",
        "boost": "тласък от редактор",
        "pin": "закачена",
    }
)
