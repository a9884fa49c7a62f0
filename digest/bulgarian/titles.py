"""Titles and offices that are cut short with a stop: «проф.», «доц.», «зам.-кмет».

The stop ends no sentence. What reads a text by its stops asks for it without these; the length
stays, so that a place in the one is the place in the other.
"""

from __future__ import annotations

import re

DEPUTY = "зам--"
"""What stands for «зам.-» and «зам. » before an office: a part of the same word."""

_TITLE = re.compile(
    r"(?<![\w-])(?:доц|проф|инж|арх|адв|акад|ген|полк)\.(?=[\s-])",
    re.IGNORECASE,
)
_DEPUTY = re.compile(r"(?<![\w-])зам\.[\s-](?=[а-я])", re.IGNORECASE)
_INITIAL = re.compile(r"(?<![\w.])[А-ЯA-Z]\.(?=\s?[А-ЯA-Z])")


def without_stops(text: str) -> str:
    """The text, as long as it was, its titles and initials without stops and deputies one word."""
    text = _DEPUTY.sub(DEPUTY, text)
    for cut in (_TITLE, _INITIAL):
        text = cut.sub(lambda found: f"{found.group()[:-1]} ", text)
    return text
