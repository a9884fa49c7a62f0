"""The one-line version of a summary: a whole sentence, or a whole clause of it with „…“."""

from __future__ import annotations

import re
from collections.abc import Iterator

from digest.bulgarian.quotation import inside_open
from digest.bulgarian.sentences import split
from digest.bulgarian.verbs import verbish
from digest.bulgarian.words import words

ONE_LINE = 110
"""Characters that a line should have: two lines of a phone."""
LONGEST = 200
"""Characters of a sentence that stays whole for want of a clause that could stand alone."""

_LEAST_WORDS = 3
_LEAST = 35
"""Characters of a clause that tells enough to be a line."""
_LEANS = re.compile(
    r",\s+(?P<word>след като|преди да|докато|защото|тъй като|понеже|за да|като"
    r"|(?P<which>където|ко(?:й|я|е|и)то))(?!\w)|;\s|\s[–—]\s"
)
"""Where what follows only adds to what stands before."""
_TURNS = re.compile(
    r"^(?:не|без|няма)(?!\w)|(?<!\w)(?:но|ако|освен|според|твърд\w+|ка(?:за|зва)\w*"
    r"|заяв\w+|съобщ\w+|обяв\w+|преда(?:де|ва)\w*|пиш\w+|цитира\w*|информира\w*|по данни|по думите"
    r"|посоч\w+|предполаг\w+|уж|вероятно|може|отрич\w+|отрече)(?!\w)",
    re.IGNORECASE,
)
"""What turns the claim round, or says whose it is, is never left out."""
_MEASURE = re.compile(r"(?<!\w)(?:достатъчно|толкова|твърде|прекалено|не|няма)(?!\w)")
"""„достатъчно …, за да“: a measure, or a lack, is nothing without what it is for."""
_KNOWN = re.compile(
    r"(?:[А-ЯЍA-Z][\w-]+ [А-ЯЍA-Z][\w-]+|(?<!\w)(?:в|във|от|край|до) [А-ЯЍA-Z][\w-]+|[“”\"»]"
    r"|\w(?:ът|ят))$"
)
"""A whole name, a place, something in quotation marks, the subject with its article."""
_OPENS = re.compile(r",?\s(?:че|дали|ко(?:й|я|е|и)то)\s")
_ARTICLED = re.compile(r"(?:та|то|те|ия)$")


def fold(text: str) -> str:
    """White space folded to single spaces, trimmed."""
    return " ".join(text.split())


def one_line(text: str, limit: int = ONE_LINE) -> str:
    """The first sentence when it has at most `limit` characters; else a clause of it with „…“.

    A sentence without such a clause stays whole up to `LONGEST` characters (for another limit in
    proportion). Empty when the text has neither: the headline then stands for it. Never
    ends in a word, in a quotation or in brackets.
    """
    whole = fold(text)
    found = split(whole)
    first = whole[found[0][0] : found[0][1]] if found else ""
    longest = limit + limit * (LONGEST - ONE_LINE) // ONE_LINE
    if len(first) <= limit:
        return first
    clauses = [one for one in _clauses(first) if _LEAST <= len(one) < longest]
    short = [one for one in clauses if len(one) < limit]
    if short:
        return f"{short[-1]}…"
    return first if len(first) <= longest else f"{clauses[-1]}…" if clauses else ""


def _clauses(sentence: str) -> Iterator[str]:
    """Beginnings of the sentence that say something whole, the shortest first."""
    for end in _LEANS.finditer(sentence):
        head, tail = sentence[: end.start()].rstrip(), sentence[end.end() :].lstrip()
        if _open(head) or _TURNS.search(tail) or not _says(head):
            continue
        if end["which"] and _restricts(head):
            continue
        if end["word"] == "за да" and _MEASURE.search(head):
            continue
        yield head


def _says(head: str) -> bool:
    """Whether the words before hold a verb and enough else; „Мъжът, който“ does not.

    Nor does a head whose last clause has opened („… доказателства, че хората“) without its verb.
    """
    last = _OPENS.split(head)[-1]
    return len(words(head)) >= _LEAST_WORDS and _verb(head) and _verb(last)


def _verb(text: str) -> bool:
    """A verb that is no noun with its article: „партията“ looks like one."""
    return any(verbish(word) and not _ARTICLED.search(word) for word in words(text))


def _restricts(head: str) -> bool:
    """„българите, които …“ says which ones; after „Вяра Щъркелова“ or „мостът“ it only adds."""
    return not _KNOWN.search(head)


def _open(head: str) -> bool:
    return inside_open(head) or head.count("(") > head.count(")")
