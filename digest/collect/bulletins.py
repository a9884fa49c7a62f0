"""Recordings of bulletins and programmes that a broadcaster publishes as if they were news."""

from __future__ import annotations

import re

from digest.collect.ownwords import unquoted

SHORT = 400
"""Characters of what stands beside a recording; a longer text tells its own news."""

_MONTHS = r"(?:януари|февруари|март|април|май|юни|юли|август|септември|октомври|ноември|декември)"
_PART = r"(?:централн|обедн|късн|сутрешн|вечерн|основн|ранн|извънредн)(?:ата|а)"
_CLOCK = (
    r"(?:(?:от|в|за|на)\s)?\s*"
    rf"(?:\d{{1,2}}[.:]\d\d|\d{{1,2}} ?(?:ч\b|часа\b)|\d{{1,2}}\.\d{{1,2}}\.|\d{{1,2}} {_MONTHS}\b)"
)
_OF = r"(?: на .{2,30}?)?\s*"
_TITLE = re.compile(
    rf"(?i)^(?:{_PART} (?:новинарска )?емисия|(?:{_PART} )?емисия (?:новини|на новините))"
    rf"(?: новини)?{_OF}(?:$|[|(,]|[–—-]\s|:?\s*{_CLOCK})"
    rf"|^емисия{_OF}[–—-]?\s*{_CLOCK}"
    r"|^цялата емисия\b|\bцялата емисия\s*$"
    rf"|^(?:{_PART} )?новините{_OF}[|(,–—:-]?\s*(?:{_PART} емисия|емисия|{_CLOCK})"
    r"|^спортни новини \(?\d{1,2}\.\d{1,2}|^прогноза за времето \(\d"
    r"|\bцелият (?:брой на|епизод)\b|\bцялото предаване\b"
    r"|\b(?:пълният|целият) запис на (?:предаването|емисията)"
)
_WHICH = rf"(?:тук|пълния|пълната|целия|цялата|цялото|най-новата|нашата|{_PART})"
_WATCH = re.compile(
    rf"(?i)(?:^|[.!?]\s+|\n)\W*(?:гледайте|вижте|чуйте|слушайте)(?: още)?(?: {_WHICH}){{0,3}}"
    r" (?:емисия(?:та)?|новините|предаване(?:то)?|запис(?:а)?|брой(?:я)?|епизод(?:а)?)\b"
)

_WATCH_WHOLE = re.compile(
    rf"(?i)\W*(?:гледайте|вижте|чуйте|слушайте)(?: {_WHICH}){{0,3}}"
    r" (?:емисия(?:та)?|запис(?:а)? на (?:емисията|предаването)|предаването|епизод)\b"
)
"""What stands beside a recording; „вижте записа“ begins the news of an accident too."""


def is_bulletin(title: str, text: str) -> bool:
    """True for a recording: by its title and a body that invites to watch, or by the body."""
    own = unquoted(text)
    if _TITLE.search(title):
        return len(text) < SHORT or bool(_WATCH.search(own))
    return len(text) < SHORT and bool(_WATCH_WHOLE.match(own))
