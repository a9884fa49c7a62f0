"""The gate on people: the given name, the office and whether it is still held, as in the source.

A name passes word by word where each of its words stands somewhere; here the whole person is
looked at: «Асен Видинлиев» for «Крум Видинлиев», «министър Колев» where Колев is a deputy and the
minister another, «бившият кмет» for the mayor. That a former office is not lost is asked in
`called.py`, of any noun.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from digest.bulgarian.names import capitalised
from digest.bulgarian.people import Mention, mentions, office, same_name
from digest.bulgarian.speakers import reporter_of
from digest.bulgarian.words import words
from digest.model import Problem
from digest.summarise.evidence import Reading, Support, Witness
from digest.summarise.meaning import meant

LEAST_SHARED = 2
"""Ideas in common by which a sentence may be the one that is retold."""


def persons_of(said: Reading, witnesses: Sequence[Witness]) -> list[Problem]:
    """People of the sentence whom the articles call otherwise."""
    people = [_by_his_own(one, witness) for witness in witnesses for one in witness.people]
    problems = []
    for one in mentions(said.text):
        instead = _another_name(one, people) or _another_office(one, people)
        if instead:
            problems.append(Problem("name", said.text[one.start : one.end], instead))
    return problems


_HIS = re.compile(r"(?P<word>\w+)\s+(?:му|ѝ|им|ни)\s+$")
_OF_ANOTHER = re.compile(r"(?:колег|колежк|предшестве|наследни|приемни)")


def _by_his_own(one: Mention, witness: Witness) -> Mention:
    """The mention with the office of «кметът ѝ Баничков»; «колегата му» has any."""
    his = _HIS.search(witness.whole.text, max(0, one.start - 40), one.start)
    if one.held or his is None:
        return one
    word = his.group("word").lower()
    return replace(one, held=ANY if _OF_ANOTHER.match(word) else office(word))


ANY = "*"
"""The office of who has that of another, whom the source only points to."""


def _another_name(one: Mention, people: Sequence[Mention]) -> str:
    """People of the same family name, or given name and office, of whom none has this name."""
    given, *_, family = one.name.split() if " " in one.name else ("", one.name)
    full = [m for m in people if " " in m.name and not m.name.split()[0].isupper()]  # «ООД Иван»
    if not given or any(same_name(m.name, one.name) for m in full):
        return ""
    kin = [m for m in full if same_name(m.name, family)]
    namesakes = [m for m in full if m.name.split()[0] == given and m.held and m.held == one.held]
    return ", ".join(dict.fromkeys(m.name for m in kin or namesakes))


def _another_office(one: Mention, people: Sequence[Mention]) -> str:
    """What the source says that the person is, where the office is another's or a former one."""
    alike = [m for m in people if same_name(m.name, one.name)]
    if not one.held or not alike:
        return ""
    if any(m.held == ANY or _also(one, m) for m in alike):
        return ""
    told = [m for m in alike if m.held and meant(m.held) == meant(one.held)]
    if not told:
        rivals = [m for m in people if m.held == one.held and m not in alike]
    elif all((one.former and not m.former) or _elsewhere(m, one) for m in told):
        rivals = told
    else:
        return ""
    return ", ".join(dict.fromkeys(f"{m.office} {m.name}" for m in rivals))


def _also(one: Mention, other: Mention) -> bool:
    """Whether the source calls him so before another title: «началникът комисар Гочевски»."""
    return one.held != other.held and one.held in map(office, words(other.office))


def _elsewhere(one: Mention, other: Mention) -> bool:
    """Two offices of two places or clubs: «вратарят на „Орловец“», «вратарят на „Морянци“»."""
    mine, theirs = (capitalised(f"– {m.office[:1].lower()}{m.office[1:]}") for m in (one, other))
    return bool(mine and theirs) and mine.isdisjoint(theirs)


def reporter_turned(said: Reading, found: Support) -> list[Problem]:
    """What one says is told as another's: «според Колева» where the source has «каза Петров»."""
    witness = found.witness
    mine = reporter_of(said.text, 0, len(said.text)).name
    theirs = reporter_of(witness.article.text, *found.span).name
    if not mine or not theirs or same_name(mine, theirs) or _beside(mine, found):
        return []
    known = all(any(same_name(name, one.name) for one in witness.people) for name in (mine, theirs))
    return [Problem("name", mine, theirs)] if known else []


def _beside(name: str, found: Support) -> bool:
    """Whether the person speaks in another sentence that has some of what is said."""
    witness, told = found.witness, found.said.ideas - Reading(name).ideas
    return any(
        len(told & sentence.ideas) >= LEAST_SHARED
        and same_name(name, reporter_of(witness.article.text, *span).name)
        for sentence, span in zip(witness.sentences, witness.spans, strict=True)
    )
