"""The fixed phrases of a newsroom, cleaned and with their places filled.

Places are filled by plain replacement: `str.format` would let a phrase reach into objects.
"""

from __future__ import annotations

from dataclasses import asdict

from digest.model import Masthead, Texts
from digest.render.words import clean

SHORT_EDITION = 4
"""Up to so many stories the mail itself says that it is short."""

_NEW = "Ново от "
"""How a stored line of news since an earlier edition begins (digest/compose/lines.py)."""


def phrases(masthead: Masthead) -> Texts:
    """The newsroom's phrases; `{publication}` is filled, `{period}` and `{since}` are not."""
    own = asdict(masthead.brand.texts)
    name = clean(masthead.name)
    return Texts(**{key: clean(text).replace("{publication}", name) for key, text in own.items()})


def closing(stories: int, period: str, said: Texts) -> str:
    """What is said at the end; a short edition is told to be one and is not excused."""
    week = period == "week"
    if stories > SHORT_EDITION:
        return said.closing.replace("{period}", "тази седмица" if week else "този ден")
    return said.closing_short.replace("{period}", "седмицата" if week else "деня")


def update_label(label: str, said: Texts) -> str:
    """„Ново от вчера:“ as the newsroom says it; a label of another kind stays as it is."""
    if not label.startswith(_NEW):
        return label
    since = label.removeprefix(_NEW).removesuffix(":")
    return f"{said.update.replace('{since}', since)}:"
