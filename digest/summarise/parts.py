"""The people of a sentence, each with the pieces of it that tell of him.

«Попов е осъден, а Попова беше оправдана» tells one thing of each; what stands in the piece of one
says nothing of the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from digest.bulgarian.quotation import quotations
from digest.bulgarian.speakers import reporter_of, speaker_of
from digest.summarise.cast import Cast
from digest.summarise.mentioned import CAPITAL

_CUT = re.compile(r"[,;:–]\s(?:а|но|докато|като)\s|[,;:–]\s|\s(?:а|но|докато|като)\s")
_WHO = re.compile(r"(?:за |на |с |от )?ко(?:йто|ято|ито|го)(?!\w)|чи(?:йто|ято|ето|ито)(?!\w)")
_AGAINST = re.compile(r"(?:а|но|докато)\s$")


@dataclass(frozen=True, slots=True)
class Part:
    """A person at `[start:end]` of the sentence, with the text that tells of him.

    `others` are names that stand in the same pieces.
    """

    name: str
    start: int
    end: int
    text: str
    others: frozenset[str]

    @property
    def speaks(self) -> bool:
        """Whether what is told are the person's words."""
        told = [
            speaker_of(self.text, one.start - 1, one.end + 1)
            for one in quotations(self.text, least_words=3)
        ]
        told.append(reporter_of(self.text, 0, len(self.text)))
        family = self.name.split()[-1]
        return any(o.name and not o.pronoun and o.name.split()[-1] == family for o in told)


def parts(text: str, casts: Sequence[Cast]) -> Iterator[Part]:
    """Each mention of somebody whom one of the articles names, in reading order."""
    found = _mentions(text, casts)
    pieces = _owned(text, [start for _, start, _ in found])
    for n, (name, start, end) in enumerate(found):
        here = [piece for piece, owners in pieces if n in owners]
        others = {found[m][0] for piece, owners in pieces if n in owners for m in owners if m != n}
        yield Part(name, start, end, " ".join(here), frozenset(others))


def _mentions(text: str, casts: Sequence[Cast]) -> list[tuple[str, int, int]]:
    """Names as (name, start, end): two that stand together are one person's."""
    found: list[tuple[str, int, int]] = []
    for match in CAPITAL.finditer(text):
        name, start, end = match.group(), *match.span()
        if text[start - 1 : start] in {*"„«"}:
            continue
        if found and text[found[-1][2] : start] == " " and any(c.has(name) for c in casts):
            found[-1] = (f"{found[-1][0]} {name}", found[-1][1], end)
        elif any(cast.has(name) for cast in casts):
            found.append((name, start, end))
    return found


def _owned(text: str, at: Sequence[int]) -> list[tuple[str, list[int]]]:
    """The pieces of the sentence, each with the mentions it tells of, as places in `at`.

    A piece that names nobody goes on with the one before, or leads to the next; not across «а».
    «Който» goes on too, whomever it names, and what follows it is told of whom it followed.
    """
    cuts = [0, *(m.end() for m in _CUT.finditer(text)), len(text)]
    rows = [(a, b, [n for n, s in enumerate(at) if a <= s < b]) for a, b in pairwise(cuts)]
    main: list[int] = []
    for n, (start, end, owners) in enumerate(rows):
        relative = bool(main) and _WHO.match(text, start)
        goes_on = not owners and not _AGAINST.search(text[:start])
        rows[n] = (start, end, sorted({*main, *owners}) if relative or goes_on else owners)
        main = main if relative or goes_on else owners
    for n in range(len(rows) - 2, -1, -1):
        start, end, owners = rows[n]
        if not owners and not _AGAINST.search(text[: rows[n + 1][0]]):
            rows[n] = (start, end, rows[n + 1][2])
    return [(text[a:b], owners) for a, b, owners in rows]
