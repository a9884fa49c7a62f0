"""What a number counts: «12 ранени», «отделени са 5 млн.»."""

from __future__ import annotations

import re

from digest.bulgarian.words import STOPWORDS, words

_CUT = re.compile(
    r"[.,;:!?–()]|\sи\s|(?<!\w)(?:спрямо|отколкото|срещу|вместо|заради|поради|според|сравнение"
    r"|повече|по-\w+)(?!\w)"
)
"""Where the thing counted ends: at a sign, „и“, and at what it is compared with."""


def counted(text: str, start: int, end: int) -> str:
    """The word that tells what the number at `text[start:end]` counts, in lower case.

    The first content word after it in its clause, else the last before it; empty when there is
    none.
    """
    after = _content(_CUT.split(text[end:], maxsplit=1)[0])
    if after:
        return after[0]
    before = _content(_CUT.split(text[:start])[-1])
    return before[-1] if before else ""


def _content(part: str) -> list[str]:
    return [word for word in words(part) if word not in STOPWORDS and not word[0].isdigit()]
