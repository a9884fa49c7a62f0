"""Who wrote it: a name that a page states, and only when it looks like a person's.

A wrong author is worse than none, so a desk, an outlet, an agency, an address or a sentence is
refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_NOT_PEOPLE = re.compile(
    r"(?i)\b(?:редакци\w*|екип\w*|агенци\w*|новини\w*|news|admin\w*|администратор|media|медия|group"
    r"|desk|staff|editor\w*|team|онлайн|online|бнт|бнр|бта|бгнес|ройтерс|reuters|афп|afp|сайт\w*"
    r"|вестник|радио|телевизия|тв|tv|press|прес|автор|гост|потребител|publisher|redaktor"
    r"|super user|web ?master|root)\b|[@/\\<>|]|\.(?:bg|com|net)\b|\d"
)
_NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:\s+(?:[^\W\d_][\w.'’-]*)){1,3}")
_PARTICLES = frozenset({
    "ван", "фон", "де", "ди", "да", "дел", "ла", "ал", "бен", "van", "von", "de", "di", "da",
    "del", "la", "al", "bin", "y",
})  # fmt: skip


def person(text: str | None, *, never: Iterable[str] = ()) -> str | None:
    """The name, tidied, when it is of two to four capitalised words; else None.

    `never` holds names of outlets and sites that are no people.
    """
    name = re.sub(r"(?i)^(?:от|by|автор)\s*:?\s+", "", " ".join((text or "").split())).strip(
        " ,.;·|-"
    )
    if not 5 <= len(name) <= 60 or _NOT_PEOPLE.search(name) or not _NAME.fullmatch(name):
        return None
    words = name.split()
    if not all(w[0].isupper() or w.lower() in _PARTICLES for w in words):
        return None
    if name.casefold() in {n.casefold() for n in never if n}:
        return None
    return name


def people(texts: Iterable[str], *, never: Iterable[str] = ()) -> str | None:
    """Names joined by a comma, or None when none of the texts is a person's name."""
    refused = tuple(never)
    names = [
        found
        for text in texts
        for part in re.split(r"\s*(?:,|;|\bи\b|\band\b|&)\s*", text)
        if (found := person(part, never=refused))
    ]
    return ", ".join(dict.fromkeys(names)) or None
