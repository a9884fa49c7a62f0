"""The gate on names: there at all, joined as in the source, and doing what the source says."""

from __future__ import annotations

import re
from itertools import pairwise

from digest.bulgarian.words import STOPWORDS, known, lemma, words
from digest.model import Problem
from digest.summarise.evidence import Reading, Support

_LONG_NAMES = {
    "мвр": "министерство на вътрешните работи",
    "нси": "национален статистически институт",
    "нап": "национална агенция за приходите",
    "нзок": "национална здравноосигурителна каса",
    "бнб": "българска народна банка",
    "ес": "европейски съюз",
    "ек": "европейска комисия",
    "еп": "европейски парламент",
    "ецб": "европейска централна банка",
    "оон": "организация на обединените нации",
    "сзо": "световна здравна организация",
    "сащ": "съединени американски щати",
    "мс": "министерски съвет",
    "нс": "народно събрание",
    "цик": "централна избирателна комисия",
    "ссб": "съюз на съдиите в българия",
    "вас": "върховен административен съд",
    "вкс": "върховен касационен съд",
    "кзк": "комисия за защита на конкуренцията",
    "кевр": "комисия за енергийно и водно регулиране",
    "апи": "агенция пътна инфраструктура",
    "бан": "българска академия на науките",
    "нато": "северноатлантически пакт",
    "мвф": "международен валутен фонд",
    "мосв": "министерство на околната среда и водите",
    "мррб": "министерство на регионалното развитие и благоустройството",
    "мтсп": "министерство на труда и социалната политика",
    "мон": "министерство на образованието и науката",
    "мз": "министерство на здравеопазването",
    "бта": "българска телеграфна агенция",
}
_PREPOSITION = re.compile(
    r"(?<!\w)(за|на|от|с|със|в|във|при|към|до|край|над|срещу|пред|между|след|през|и)\s+[„“\"]?$"
)
_HERE = re.compile(r"българ|национал|страната|у нас|държавата", re.IGNORECASE)
_FROM_PLACE = re.compile(r"[А-Я]\w+ск(?:и|а|о|ия|ият|ата|ото|ите)(?!\w)")
_FORMER = re.compile(r"(?<!\w)(?:бивш\w*|екс-?\w*|тогавашн\w*)(?:\s+\w+){0,4}?\s+", re.IGNORECASE)
_SURNAME = re.compile(r"\w{3,}(?:ев|ов|ин|ева|ова|ина)$")


def names_of(said: Reading, found: Support) -> list[Problem]:
    """Names that the article does not have, has joined otherwise, or gives to someone else."""
    problems = []
    for name in said.names:
        expected = _name_fault(name, said, found)
        if expected is not None:
            problems.append(Problem("name", name, expected))
    return problems + _places(said, found) + _former(said, found)


def _places(said: Reading, found: Support) -> list[Problem]:
    """«Софийският съд» for «Пловдивският съд» at the head of a sentence, where no name is seen."""
    mine, theirs = _FROM_PLACE.match(said.text), _FROM_PLACE.findall(found.sentence.text)
    if mine is None or not theirs or _present(mine.group().lower(), found.witness.whole):
        return []
    return [Problem("name", mine.group(), ", ".join(theirs))]


def _name_fault(name: str, said: Reading, found: Support) -> str | None:
    whole = found.witness.whole
    parts = [w for w in words(name) if not w.isdigit()]
    if not all(_present(w, whole) for w in parts):
        return _other_names(said, found)
    if len(parts) > 1 and not _joined(parts, whole):
        return ", ".join(n for n in whole.names if parts[-1] in words(n)) or _other_names(
            said, found
        )
    if any(_present(w, found.sentence) for w in parts) or found.near < 0.5:
        return None
    rivals = ", ".join(n for n in found.sentence.names if not _said(n, said))
    near = found.witness.window(found.best, 2)
    if any(_present(w, near) for w in parts) and not _does_it(name, said, found):
        return None
    return rivals or None


def _does_it(name: str, said: Reading, found: Support) -> bool:
    """Whether the best sentence says the same of another, who stands in this name's place.

    A name after a preposition can only take the place of one after the same preposition.
    """
    before = _PREPOSITION.search(said.text[: said.text.find(name)].lower())
    if before and not re.search(
        rf"(?<!\w){before.group(1)}\s+[„“\"]?[А-ЯA-Z]", found.sentence.text
    ):
        return False
    called = {lemma(w) for n in said.names for w in words(n)}
    return found.tight(said.terms - called) >= 0.6


def _present(word: str, where: Reading) -> bool:
    """Whether the word stands there in any form, or its long or short name does."""
    if word in where.words or (word == "българия" and _HERE.search(where.text)):
        return True
    # «Радев» and «Радева» are two people, and the dictionary makes a wolf of «Вълкова».
    return not _SURNAME.search(word) and (_inflected(word, where) or _abbreviated(word, where))


def _inflected(word: str, where: Reading) -> bool:
    if lemma(word) in where.all_lemmas:
        return True
    return any(_bare(word) == _bare(other) for other in where.words if other[:3] == word[:3])


def _abbreviated(word: str, where: Reading) -> bool:
    """«НСИ» for the institute's long name, and the other way round."""
    text = where.text.lower()
    long = _LONG_NAMES.get(word)
    # People shorten long names: two words of three are enough.
    parts = [w for w in (long or "").split() if len(w) > 3]
    if parts and 3 * sum(_stem(w) in text for w in parts) >= 2 * len(parts):
        return True
    if 2 <= len(word) <= 5 and word in _initials(where):
        return True
    stem = _stem(word)
    return any(
        short in where.words and any(w.startswith(stem) for w in full.split())
        for short, full in _LONG_NAMES.items()
    )


def _initials(where: Reading) -> str:
    """First letters of the words, small ones left out: «МФ» for the ministry of finance."""
    return "".join(w[0] for w in where.words if len(w) > 2)


def _stem(word: str) -> str:
    return word[: max(4, len(word) - 3)]


def _bare(word: str) -> str:
    """Without the article and the vocative: «Министерството» and «Министерство»."""
    return re.sub(r"(?:ът|ят|та|то|те|ия|а|я)$", "", word)


def _joined(parts: list[str], whole: Reading) -> bool:
    """Whether the words of a name stand side by side somewhere, as in one person's name."""
    bases = [lemma(w) for w in whole.words]
    pairs = set(pairwise(bases))
    there = frozenset(bases)
    for one, two in pairwise(parts):
        a, b = lemma(one), lemma(two)
        if a in there and b in there and (a, b) not in pairs and not known(one):
            return False
    return True


def _said(name: str, said: Reading) -> bool:
    return any(_present(w, said) for w in words(name))


def _other_names(said: Reading, found: Support) -> str:
    return ", ".join(dict.fromkeys(n for n in found.window.names if not _said(n, said)))


def _former(said: Reading, found: Support) -> list[Problem]:
    """«Бившият министър Петров» may not become «министърът Петров»."""
    problems = []
    for name in said.names:
        last = words(name)[-1] if words(name) else name
        tail = rf"(?:[\w.-]+\s+){{0,3}}?{re.escape(last)}"
        pattern = re.compile(_FORMER.pattern + tail, re.IGNORECASE)
        there = pattern.search(found.witness.whole.text)
        if there is None or pattern.search(said.text):
            continue
        titles = [lemma(w) for w in words(there.group())[1:-1] if w not in STOPWORDS]
        held = re.search(rf"([\w-]+)\s+(?:[\w-]+\s+){{0,3}}?{re.escape(name)}", said.text)
        if held and any(lemma(w) in titles and known(w) for w in words(held.group())):
            problems.append(Problem("name", held.group(), there.group()))
    return problems
