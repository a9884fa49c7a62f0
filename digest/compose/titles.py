"""What a series measures, in the words of its sentence: „Инфлацията по месеци“.

A chart whose title would have to be guessed is not drawn.
"""

from __future__ import annotations

import re
from itertools import pairwise

from digest.bulgarian.lexicon import word_set
from digest.bulgarian.typography import many, tidy
from digest.bulgarian.words import STOPWORDS, known, lemma
from digest.compose.figure import SHARES
from digest.compose.timeline import KINDS, read

LONGEST = 64
"""Characters: two lines over the bars; a longer one would have to be cut."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_QUOTED = re.compile(r"„[^“]*“|\"[^\"]*\"")
_JOINING = word_set("в във на за от по с със през и между при сред към под над у")
"""Stop words that may stand inside the name of what is measured."""
_DEFINITE = re.compile(r"(?:та|то|те|ът|ят|я)$")
"""A subject that is told by its article; without one the words may be anything."""
_FOLLOWS = re.compile(
    r"\s+(?:е|са|изглежда\w*|се)(?:\s+разпредел\w+)?(?:\s+(?:следн\w+|така\w*))?$", re.IGNORECASE
)
"""What leads from the subject of a list to its colon."""
_TIMES = re.compile(
    r"годин|месец|седмиц|тримесеч|(?<!\w)(?:ден|дни|часа?|период\w*|вчера|днес|утре)(?!\w)",
    re.IGNORECASE,
)
_COUNT = re.compile(r"бро(?:я|ят)(?!\w)", re.IGNORECASE)


def title(
    line: str, head: re.Match[str], noun: str, label: tuple[int, int] | None, unit: str
) -> str:
    """The title of a series that begins with `head`, or empty when nothing says what it measures.

    `label` is where its first label stands when the labels are times. Plain numbers need a noun,
    or a subject that says that it is a number („Броят на …“); a noun beside a unit is a part of a
    whole („от БВП“).
    """
    if unit and noun and not (unit in SHARES and noun.startswith("от ")):
        return ""
    parts = head.groupdict()
    by_time = _by_time(line, label)
    if subject := parts.get("title"):
        return _of_subject(
            subject,
            noun,
            unit,
            by_time,
            listed=head.group().rstrip().endswith((":", "–", "—", "-")),
        )
    if parts.get("part"):
        things = _plural(noun)
        return _shown(f"{parts['part']} {things}{by_time}") if things and not unit else ""
    if parts.get("vote"):
        return _shown(f"{parts['vote']} за") if unit in SHARES and not noun else ""
    return _shown(f"дял {noun}") if unit in SHARES and noun else ""


def names(label: str) -> bool:
    """Whether a label names something: no stop words outside of quotation, no time."""
    plain = _QUOTED.sub("", label)
    return not _TIMES.search(plain) and not any(
        word.lower() in STOPWORDS for word in _WORD.findall(plain)
    )


def _by_time(line: str, label: tuple[int, int] | None) -> str:
    when = read(line[slice(*label)]) if label else None
    return f" {KINDS[when.kind]}" if when else ""


def _of_subject(subject: str, noun: str, unit: str, by_time: str, *, listed: bool) -> str:
    said = _FOLLOWS.sub("", subject) if listed else subject
    if not (unit or noun or _COUNT.match(said)) or not _is_subject(said):
        return ""
    return _shown(said + ("" if listed else by_time) + _counted(said, noun, unit))


def _counted(said: str, noun: str, unit: str) -> str:
    """What plain numbers count, unless the title names it: „, от БВП“ after a share."""
    if unit and noun:
        return f", {unit} {noun}"
    named = {lemma(word) for word in _WORD.findall(said.lower())}
    things = _plural(noun)
    return f", {things}" if things and lemma(things.split()[-1].lower()) not in named else ""


def _plural(noun: str) -> str:
    """„Пожара“ counts, „пожари“ names: the plural of a counted form; empty where it is unknown."""
    head, _, last = noun.rpartition(" ")
    base = lemma(last) if last else ""
    if not base or base[-1] in "аяоеи" or not last.endswith(("а", "я")):
        return noun
    plural = many(base)
    if not known(plural) or lemma(plural) != base:
        return ""
    return f"{head} {plural}".strip()


def _is_subject(text: str) -> bool:
    found = [word.lower() for word in _WORD.findall(_QUOTED.sub("", text))]
    if not found or not _DEFINITE.search(found[0]):
        return False
    # The article stands on the first word; a second one without a preposition begins another
    # phrase: «(по данни на) икономиката инфлацията».
    doubled = any(
        _DEFINITE.search(word) and lemma(word) != word and before not in _JOINING
        for before, word in pairwise(found)
    )
    known = all(word in _JOINING or word not in STOPWORDS for word in found)
    return known and not doubled


def _shown(text: str) -> str:
    text = tidy(" ".join(text.split()))
    return text[:1].upper() + text[1:] if len(text) <= LONGEST else ""
