"""How Bulgarian news tells a series: the patterns of its beginning, of what joins it, of its end.

Two orders: the label before the figure («през юли – 3,4%, през август – 3,8%») and after it
(«3,4% през юли, 3,8% през август»). Between two figures nothing may stand but what the pattern
names, so that a qualification («на годишна база», «над», «от … на») breaks the series instead of
being lost from it.
"""

from __future__ import annotations

import re

from digest.compose.timeline import WHEN

_S = "[ \u00a0]+"
_W = r"[^\W\d_]+(?:-[^\W\d_]+)*"
_Q = r"(?:„[^„“\n]{1,40}“|\"[^\"\n]{1,40}\")"
_ONE = rf"(?:{_W}|{_Q})"
_NAME = rf"(?:{_ONE}(?:{_S}{_ONE}){{0,4}})"
_SUBJECT = rf"(?:{_ONE}(?:{_S}{_ONE}){{0,7}})"
_NOUN = rf"(?:{_S}(?P<noun>(?:от{_S})?{_W}(?:{_S}{_W})?))?"
_DASH = "[ \u00a0]*[–—][ \u00a0]*|[ \u00a0]+-[ \u00a0]+|:[ \u00a0]+"
_BE = re.sub(
    "_",
    _S,
    r"(?:е|са|беше|бе|бяха|бил[ао]?_е|били_са|е_бил[ао]?|са_били|възлиза_на|възлезе_на|възлизаше_на"
    r"|достигна(?:ха)?|достига(?:т)?|е_достигнал[ао]?|се_равнява_на|остана|остава"
    r"|се_(?:повиши|понижи|покачи)_до|(?:спадна|намаля|нарасна)_до)",
)
_DONE = rf"(?:са|бяха|са{_S}били)"
_PART = rf"(?P<part>{_W}(?:ни|ти))"
_INTRO = rf"(?:(?:според|по{_S}данни{_S}на|по{_S}данните{_S}на)[^:;.\n]{{3,90}}?,?{_S})?"
_FAR = _INTRO.replace("}?", "}")
"""The same taken as far as it goes: what is left is a label, not a subject."""
_IN = rf"(?P<prep>през|в(?:ъв)?|за){_S}"
_WITH = rf"(?:(?P<prep>за|в(?:ъв)?|при|сред){_S})"
_VOTE = rf"биха{_S}гласували|са{_S}гласували|гласували{_S}са|гласуват"
_AND = rf"(?:[,;]{_S}(?:(?:а|и|но){_S})?|{_S}(?:и|а){_S}|\.{_S})"
_AGAIN = rf"(?:{_DASH}|{_S}(?:(?:тя|той|то|те){_S})?{_BE}{_S})"
_TOLD = (
    "съобщ|сочат|сочи|показва|каза|обяви|по данни|според|става ясно|отчит|отчете|информир|посоч"
    "|заяви|пише|предаде|е записано|се казва"
)
# «2025 г. На …»: the stop of a shortened word ends the sentence too.
_END = rf"(?=\s*(?:[.;!]?\s*$|[.;!]\s|,?{_S}(?:{_TOLD}))|(?<=\.)\s+(?-i:[А-ЯA-Z]))"


def _compiled(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(one, re.IGNORECASE) for one in patterns)


_TIME, _NAMED = rf"(?P<label>{WHEN})", rf"(?P<label>{_NAME})"

BEFORE_TIME = _compiled(
    rf"{_INTRO}{_IN}{_TIME}{_S}(?P<title>{_SUBJECT}){_S}{_BE}{_S}",
    rf"{_INTRO}(?P<title>{_SUBJECT}){_S}{_IN}{_TIME}{_S}{_BE}{_S}",
    rf"{_INTRO}{_IN}{_TIME}{_S}{_DONE}{_S}{_PART}{_S}",
    rf"(?P<title>[^:\n]{{6,90}}):{_S}{_IN}{_TIME}(?:{_DASH})",
)
"""From the beginning of the sentence to the first figure, whose label stands before it."""
BEFORE_NAME = _compiled(
    rf"{_INTRO}(?P<title>{_SUBJECT}){_S}{_WITH}{_NAMED}{_S}{_BE}{_S}",
    rf"{_FAR}{_WITH}{_NAMED}{_S}(?P<vote>{_VOTE}){_S}",
    rf"{_FAR}{_NAMED}{_S}(?P<share>получава|получи|събира|печели|спечели|взема|взе){_S}",
    rf"(?P<title>[^:\n]{{6,90}}):{_S}{_WITH}?{_NAMED}(?:{_DASH})",
)
AFTER = _compiled(
    rf"{_INTRO}(?P<title>{_SUBJECT}){_S}{_BE}{_S}",
    rf"{_INTRO}{_DONE}{_S}{_PART}{_S}",
    rf"{_INTRO}{_PART}{_S}{_DONE}{_S}",
)
"""The same where the label follows the figure."""

(GAP_BEFORE_TIME, GAP_BEFORE_NAME, GAP_AFTER_TIME, GAP_AFTER_NAME) = _compiled(
    rf"{_NOUN}{_AND}{_IN}{_TIME}{_AGAIN}",
    rf"{_NOUN}{_AND}{_WITH}?{_NAMED}(?:{_DASH})",
    rf"{_NOUN}{_S}{_IN}{_TIME}{_AND}(?:{_BE}{_S})?",
    rf"{_NOUN}{_S}{_WITH}{_NAMED}{_AND}(?:{_BE}{_S})?",
)
"""Between two figures: the label of the second, or of the first."""
(TAIL_BEFORE, TAIL_AFTER_TIME, TAIL_AFTER_NAME) = _compiled(
    rf"{_NOUN}{_END}", rf"{_NOUN}{_S}{_IN}{_TIME}{_END}", rf"{_NOUN}{_S}{_WITH}{_NAMED}{_END}"
)
"""After the last figure."""
