"""The gate on roles: who did it to whom, what came of what, where it came from.

Deeds (`deeds.py`) are laid beside those of the source: one whose parts have changed places, or
that somebody else did there, is a fault. So are two events that change places around «след като»
or «заради», and «в Узбекистан» for «от Узбекистан».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digest.bulgarian.institutions import short_names
from digest.bulgarian.verbs import root
from digest.bulgarian.words import lemma, words
from digest.model import Problem
from digest.summarise.deeds import Deed, agrees, deeds, topics, turned
from digest.summarise.evidence import Reading, Support, Witness, akin
from digest.summarise.meaning import meant
from digest.summarise.nearest import nearest, parts
from digest.summarise.offices import NEAR
from digest.summarise.slots import SAYING

SAME_CLAUSE = 0.6
"""Share of a clause from which its words are held against those of the source one by one."""
SAME_EVENT = 0.5
"""Share of what is said of an event that tells it in the source."""
LEAST_TOLD, SAME_TOLD, OTHER_TOLD, OWN_TOLD = 2, 0.66, 0.2, 0.34
"""Ideas told of one, the share of them told of another beside it, and the most that is told of its
own there, and anywhere."""
SAME_WHO = 0.5
"""Share of who is spoken of that makes him one of those the source speaks of."""
LEAST_EVENTS = 4
"""Ideas of two events without which their order cannot be told."""

_PASSIVE = re.compile(
    r"(?<!\w)(?:бе|беше|бяха|е|са|бъде)\s+\w+[нт][аои]?(?:\s+\S+){0,4}?\s+от(?!\w)", re.IGNORECASE
)
_CAUSE = re.compile(
    r",?\s+(?:след като|защото|тъй като|понеже|заради|поради|вследствие на)\s+", re.IGNORECASE
)
_SO = re.compile(
    r",?\s+(?:затова|поради което|заради което|причини\w*|предизвика\w*|доведе до|довел\w? до"
    r"|води до)\s+",
    re.IGNORECASE,
)
_FROM, _TO = frozenset({"от"}), frozenset({"в", "във", "към", "до", "за"})
_COMPANIES = frozenset({"ад", "еад", "оод", "еоод", "ет"})
"""Letters after a company's name, which stand for no longer name."""
_SAYING = frozenset(map(root, SAYING))
_NOTHING = (Reading(""), Reading(""), 0.0)


def roles_of(said: Reading, found: Support, witnesses: Sequence[Witness]) -> list[Problem]:
    """What is turned round; the kind is „unsupported“, since the source does not say it."""
    if _events_turned(said, witnesses):
        return [Problem("unsupported", said.text, found.sentence.text)]
    if instead := _deed_turned(said, witnesses):
        return [Problem("unsupported", said.text, instead)]
    if instead := _told_of_another(said, witnesses):
        return [Problem("unsupported", said.text, instead)]
    for mine in parts(said.text):
        sentence, clause, share = nearest(mine, said, witnesses) or _NOTHING
        passive = _PASSIVE.search(said.text) or _PASSIVE.search(sentence.text)
        if share >= SAME_CLAUSE and not passive and _direction_turned(mine, clause):
            return [Problem("unsupported", said.text, clause.text)]
    return []


def _deed_turned(said: Reading, witnesses: Sequence[Witness]) -> str:
    """The sentence that has a deed of this one the other way round, or done by somebody else."""
    there = [
        (deed, sentence.text, witness)
        for witness in witnesses
        for sentence in witness.sentences
        for deed in deeds(sentence.text)
    ]
    for mine in deeds(said.text):
        same = [row for row in there if row[0].what == mine.what]
        if any(agrees(mine, deed) for deed, _, _ in same):
            continue
        for deed, text, witness in same:
            if turned(mine, deed) or (
                not _abbreviated(mine, said.text)
                and not _abbreviated(deed, text)
                and _by_another(mine, deed, witness)
            ):
                return text
    return ""


def _told_of_another(said: Reading, witnesses: Sequence[Witness]) -> str:
    """«Пети блок спря, шести работи» for «пети работи, шести спря»: who is what has changed places.

    Asked only where the source speaks of both in one sentence or two that follow each other.
    """
    everything = [t for w in witnesses for one in w.sentences for t in topics(one.text)]
    for spoken, told in topics(said.text):
        if any(_part(spoken, who) and _part(told, theirs) > OWN_TOLD for who, theirs in everything):
            continue
        for witness in witnesses:
            for at, sentence in enumerate(witness.sentences):
                pair = witness.sentences[at : at + 2]
                if _exchanged(spoken, told, [t for one in pair for t in topics(one.text)]):
                    return sentence.text
    return ""


def _exchanged(
    spoken: frozenset[str],
    told: frozenset[str],
    near: Sequence[tuple[frozenset[str], frozenset[str]]],
) -> bool:
    """Whether what is told of one is told there of another, and something else of the one."""
    fits = [(_part(told, theirs), _part(spoken, who)) for who, theirs in near]
    own = [fit for fit, who in fits if who >= SAME_WHO]
    others = [fit for fit, who in fits if not who]
    if not own or not others or len(told - _SAYING) < LEAST_TOLD:
        return False
    return max(others) >= SAME_TOLD and max(own) <= OTHER_TOLD


def _abbreviated(deed: Deed, text: str) -> bool:
    """Whether the doer goes by its letters: «ЕК» and «Европейската комисия» look like two."""
    shorts = {short.lower() for short in short_names(text)} - _COMPANIES
    return any({short, meant(short)} & deed.first for short in shorts)


def _by_another(mine: Deed, deed: Deed, witness: Witness) -> bool:
    """Whether the same was done to the same, by one who is not called so anywhere."""
    if not mine.second & deed.second or not mine.first or not deed.first or mine.what in _SAYING:
        return False
    if mine.first & deed.beside:
        return False  # «председателят на съюза Иван Петров» is both
    return not _side_by_side(witness, mine.first, deed.first)


def _side_by_side(witness: Witness, one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether words of the two stand together somewhere: «министърът Иван Петров»."""
    row = [meant(w) for w in witness.whole.words]
    mine = [n for n, idea in enumerate(row) if idea in one or akin(idea, one)]
    theirs = [n for n, idea in enumerate(row) if idea in other]
    return any(0 < abs(a - b) <= NEAR for a in mine for b in theirs)


def _direction_turned(mine: Reading, clause: Reading) -> bool:
    """«В Узбекистан» for «от Узбекистан»."""
    own, theirs = dict(_led(mine)), dict(_led(clause))
    return any(
        {own[name], theirs[name]} & _FROM and {own[name], theirs[name]} & _TO
        for name in own.keys() & theirs.keys()
    )


def _led(where: Reading) -> Iterator[tuple[str, str]]:
    """Each name's first word with the preposition before it."""
    for name in where.names:
        at = where.text.find(name)
        before = where.text[:at].rstrip('„“«" ').rsplit(None, 1)[-1:] or [""]
        if before[0].lower() in _FROM | _TO:
            yield lemma(words(name)[0]), before[0].lower()


def _events_turned(said: Reading, witnesses: Sequence[Witness]) -> bool:
    """«А, след като Б» for «Б, след като А»; «А заради Б» for «А, затова Б»."""
    mine = _caused(said.text)
    if mine is None or len(mine[0]) + len(mine[1]) < LEAST_EVENTS:
        return False
    effect, cause = mine
    for witness in witnesses:
        for sentence in witness.sentences:
            theirs = _caused(sentence.text)
            if theirs is None:
                continue
            straight = min(_part(effect, theirs[0]), _part(cause, theirs[1]))
            turned_round = min(_part(effect, theirs[1]), _part(cause, theirs[0]))
            if turned_round >= SAME_EVENT and turned_round > straight:
                return True
    return False


def _caused(text: str) -> tuple[frozenset[str], frozenset[str]] | None:
    """Ideas of the effect and of its cause, where a sentence names both."""
    for mark, cause_first in ((_CAUSE, False), (_SO, True)):
        parts_ = mark.split(text, maxsplit=1)
        if len(parts_) == 2 and all(part.strip() for part in parts_):
            first, second = (Reading(part).ideas for part in parts_)
            if first and second:
                return (second, first) if cause_first else (first, second)
    return None


def _part(mine: frozenset[str], theirs: frozenset[str]) -> float:
    return sum(i in theirs or akin(i, theirs) for i in mine) / len(mine)
