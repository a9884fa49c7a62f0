"""Who is meant: one person under two names, and the person behind «той» or «кметът».

Without a model of who is who, by what stands side by side in the article: the first name beside
the family name, the office beside the name, the name before the pronoun.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from digest.bulgarian.words import STOPWORDS, known, lemma, words
from digest.summarise.called import abbreviates, present
from digest.summarise.evidence import Witness
from digest.summarise.meaning import meant
from digest.summarise.offices import holds

LOOK_BACK = 3
"""Sentences before a pronoun in which its person is looked for."""

_SHORT = re.compile(r"(?<!\w)[А-Я]{2,6}(?!\w)")
LEAST_ORDINARY = 5
"""Letters by which an ordinary word is looked for in any of its forms."""
LEAST_STEM = 3
"""Letters that two forms of one name begin with."""
ENDING = re.compile(
    r"(?:|а|я|о|е|и|у|ът|ят|ия|ият|та|то|те|ю|ой)(?:ск(?:и|ия|ият|а|ата|о|ото|ите)|чани|чанин)?"
)
"""What a name may end in: its article, the vocative, the adjective of a place."""

_PLACES = frozenset(map(meant, ("град", "село", "община", "столица", "страна", "област", "район")))
"""What a place is called when it is not named."""
_SHE = re.compile(r"(?:[еои]ва|ска|ка|ина|а|я)$")
_FEMALE, _MALE = frozenset({"тя", "нея", "ѝ", "неин"}), frozenset({"той", "него", "му", "негов"})


def one_person(called: Sequence[str], others: Sequence[str], witness: Witness) -> bool:
    """Whether two runs of name words may be one: each has its like, or stands beside the other.

    A word that the article has in small letters too («комисар») is no name's own.
    """
    theirs = {w for name in others for w in words(name)}
    whole = witness.whole.text.lower()
    return all(
        any(one_word(word, other) for other in theirs)
        or any(f"{word} {other}" in whole or f"{other} {word}" in whole for other in theirs)
        for name in called
        for word in words(name)
        if name.isupper() or not _ordinary(word, witness)
    )


def _ordinary(word: str, witness: Witness) -> bool:
    """Whether the article has the word, in some form, in small letters."""
    stem = re.escape(word[: max(LEAST_ORDINARY, len(word) - 4)])
    return bool(re.search(rf"(?<!\w){stem}", witness.whole.text))


def one_institution(own: str, theirs: str) -> bool:
    """Whether one of two stretches is short for the other: «МФ», «Министерството на финансите»."""
    for short, long in ((own, theirs), (theirs, own)):
        for mark in _SHORT.findall(short):
            if mark.lower() in words(long) or abbreviates(mark, long):
                return True
    return False


def one_word(one: str, other: str) -> bool:
    """Whether two words of names are forms of one: «Перник», «пернишки»; not «Челик», «Челикоз»."""
    if one == other or (known(one) and known(other) and lemma(one) == lemma(other)):
        return True
    stem = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
    return stem >= LEAST_STEM and all(ENDING.fullmatch(w[stem:]) for w in (one, other))


def spoken_of(called: Sequence[str], role: str, witness: Witness, at: int) -> bool:
    """Whether the article may mean this name by that role or pronoun in its sentence `at`.

    True when nothing is known of it.
    """
    roles = frozenset(meant(w) for w in words(role) if w not in STOPWORDS and len(w) > 2)
    last = words(called[-1])[-1]
    if roles & _PLACES:
        return True
    if not roles:
        return _before(last, words(role), witness, at)
    return all(holds(called[-1], w, witness) for w in words(role) if meant(w) in roles)


def _before(last: str, pronouns: Sequence[str], witness: Witness, at: int) -> bool:
    """Whether the name stands in the sentences before, and may be a «тя» or a «той»."""
    female, male = not _FEMALE.isdisjoint(pronouns), not _MALE.isdisjoint(pronouns)
    if (female and not _SHE.search(last)) or (male and last.endswith(("ева", "ова", "ска"))):
        return False
    near = witness.sentences[max(0, at - LOOK_BACK) : at + 1]
    return not (female or male) or any(present(last, one) for one in near)
