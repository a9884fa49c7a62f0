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
LONGEST = 150
"""Characters of a sentence that stays whole for want of a clause that could stand alone."""

_LEAST_WORDS = 3
_LEAST = 35
"""Characters of a clause that is told rather than a whole sentence of up to `LONGEST`."""
_LEANS = re.compile(
    r",\s+(?P<word>след като|преди да|докато|защото|тъй като|понеже|за да|като|където|когато"
    r"|ко(?:й|я|е|и)то|чи(?:й|я|е|и)то)(?!\w)"
    r"|;\s|\s[–—]\s"
)
"""Where what follows only adds to what stands before."""
_TURNS = re.compile(
    r"^(?:не|без|няма)(?!\w)|(?<!\w)(?:но|ако|освен|според|твърд\w+|ка(?:за|зва)\w*|заяв\w+|съобщ\w+|обяв\w+|предаде"
    r"|посоч\w+|предполаг\w+|уж|вероятно|може|отрич\w+|отрече)(?!\w)",
    re.IGNORECASE,
)
"""What turns the claim round, or says whose it is, is never left out."""
_RELATIVE = re.compile(r"(?:ко|чи)(?:й|я|е|и)то")
_DEFINITE = re.compile(r"(?:(?:ът|ят|та|то|те|ия|ата|ята)|[“”\"»)])$")


def fold(text: str) -> str:
    """White space folded to single spaces, trimmed."""
    return " ".join(text.split())


def one_line(text: str, limit: int = ONE_LINE) -> str:
    """The first sentence when it has at most `limit` characters; else a clause of it with „…“.

    A sentence without such a clause stays whole up to half as many characters again (`LONGEST`
    for the usual limit). Empty when the text has neither: the headline then stands for it. Never
    ends in a word, in a quotation or in brackets.
    """
    whole = fold(text)
    found = split(whole)
    first = whole[found[0][0] : found[0][1]] if found else ""
    longest = limit + limit * (LONGEST - ONE_LINE) // ONE_LINE
    if len(first) <= limit:
        return first
    clauses = [one for one in _clauses(first) if len(one) < longest]
    short = [one for one in clauses if len(one) < limit]
    if short and (len(short[-1]) >= _LEAST or len(first) > longest):
        return f"{short[-1]}…"
    return first if len(first) <= longest else f"{clauses[-1]}…" if clauses else ""


def _clauses(sentence: str) -> Iterator[str]:
    """Beginnings of the sentence that say something whole, the shortest first."""
    for end in _LEANS.finditer(sentence):
        head, tail = sentence[: end.start()], sentence[end.end() :]
        if _open(head) or _TURNS.search(tail) or not _says(head):
            continue
        if end["word"] and _restricts(end["word"], head):
            continue
        yield head


def _says(head: str) -> bool:
    """Whether the words before hold a verb and enough else; „Мъжът, който“ does not."""
    said = words(head)
    return len(said) >= _LEAST_WORDS and any(verbish(word) for word in said)


def _restricts(word: str, head: str) -> bool:
    """„семейства, които …“ says which ones; after „Камишева“ or „мостът“ it only adds."""
    if not _RELATIVE.fullmatch(word):
        return False
    last = head.rsplit(maxsplit=1)[-1]
    return not (_DEFINITE.search(last) or last[:1].isupper())


def _open(head: str) -> bool:
    return inside_open(head) or head.count("(") > head.count(")")
