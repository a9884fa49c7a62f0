"""The gate on numbers, days and names."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from digest.bulgarian.days import Day, resolved
from digest.bulgarian.numbers import Number
from digest.bulgarian.words import STOPWORDS, known, lemma, words
from digest.model import Problem
from digest.summarise.evidence import Reading, Support, clauses

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
    "бта": "българска телеграфна агенция",
}
_SCORE = re.compile(r"(?<![\w:])\d{1,3}:\d{1,3}(?![\w:])")
_PREPOSITION = re.compile(
    r"(?<!\w)(?:за|на|от|с|със|в|във|при|към|до|край|над|срещу|пред|между|след|през|и)\s+[„“\"]?$"
)
_HERE = re.compile(r"българ|национал|страната|у нас|държавата", re.IGNORECASE)
_FROM_PLACE = re.compile(r"[А-Я]\w+ск(?:и|а|о|ия|ият|ата|ото|ите)(?!\w)")
_FORMER = re.compile(r"(?<!\w)(?:бивш\w*|екс-?\w*|тогавашн\w*)(?:\s+\w+){0,4}?\s+", re.IGNORECASE)


def numbers_of(said: Reading, found: Support) -> list[Problem]:
    """Numbers that the article does not have, or has for something else."""
    problems = []
    for number in said.numbers:
        if number.unit == "г.":
            continue
        if number.unit == "-ти" and any(same(number, n) for n in found.witness.whole.numbers):
            continue
        expected = _number_fault(number, said, found)
        if expected is not None:
            problems.append(Problem("number", said.text[number.start : number.end], expected))
    return problems + _scores(said, found)


def _scores(said: Reading, found: Support) -> list[Problem]:
    """Results of a match, which are two numbers in one."""
    there = {s.lstrip("0"): s for s in _SCORE.findall(found.witness.whole.text)}
    mine = [s for s in _SCORE.findall(said.text) if s.lstrip("0") not in there]
    return [Problem("number", score, ", ".join(there.values())) for score in mine]


def same(one: Number, other: Number) -> bool:
    """Equal values, and units that do not contradict each other."""
    if one.value != other.value:
        return False
    return one.unit == other.unit or "" in {one.unit, other.unit} or _people(one, other)


def _people(one: Number, other: Number) -> bool:
    return {one.unit, other.unit} <= {"души", ""}


def _number_fault(number: Number, said: Reading, found: Support) -> str | None:
    """What the source says instead, or None when the number is right."""
    whole = found.witness.whole
    if not any(same(number, n) for n in whole.numbers):
        return _rivals(number, found)
    counted = _counted(said, number)
    there = {n.value: n for n in whole.numbers if counted and _counted(whole, n) & counted}
    if there and number.value not in there:
        return ", ".join(whole.text[n.start : n.end] for n in there.values())
    if any(same(number, n) for n in found.window.numbers):
        return _other_clause(number, said, found)
    slot = [n for n in found.sentence.numbers if n.unit == number.unit]
    missing = [n for n in slot if not any(same(n, own) for own in said.numbers)]
    if missing and found.near >= 0.5:
        return ", ".join(found.sentence.text[n.start : n.end] for n in missing)
    return None


def _other_clause(number: Number, said: Reading, found: Support) -> str | None:
    """«Износът спадна с 5%, вносът нарасна с 3%»: a figure stays with its own clause."""
    around = next((c for c in clauses(said.text) if any(same(number, n) for n in c.numbers)), said)
    own, rival, instead = 0, 0, ""
    for clause in clauses(found.sentence.text):
        shared = len(clause.terms & around.terms)
        alike = [n for n in clause.numbers if n.unit == number.unit]
        if any(same(number, n) for n in clause.numbers):
            own = max(own, shared)
        elif alike and shared > rival:
            rival, instead = shared, clause.text
    return instead if rival > 0 and own == 0 else None


def _rivals(number: Number, found: Support) -> str:
    """Numbers of the best place with the same unit, else all of them."""
    place = found.window
    alike = [n for n in place.numbers if n.unit == number.unit] or place.numbers
    return ", ".join(place.text[n.start : n.end] for n in alike)


def _counted(where: Reading, number: Number) -> frozenset[str]:
    """What is counted: the two content words after the number, up to a comma or a stop."""
    tail = re.split(r"[.,;:!?–()]|\sи\s", where.text[number.end : number.end + 60])[0]
    after = [lemma(w) for w in words(tail) if w not in STOPWORDS and not w[0].isdigit()]
    return frozenset(after[:1])


def days_of(said: Reading, found: Support) -> list[Problem]:
    """Days, weekdays, years and «вчера» that the article does not give."""
    published = found.witness.article.published_at
    base = published.date() if published else None
    problems = []
    for day in said.days:
        expected = _day_fault(day, said, found, base)
        if expected is not None:
            problems.append(Problem("date", said.text[day.start : day.end], expected))
    return problems + _years(said, found)


def _matches(day: Day, other: Day, base: date | None) -> bool:
    if day.year and other.year and day.year != other.year:
        return False
    if day.shift is not None and day.shift == other.shift:
        return True
    if day.weekday is not None and day.weekday == other.weekday:
        return True
    if day.month and day.day is None:
        return day.month == other.month
    return bool(resolved(day, base) & resolved(other, base))


def _day_fault(day: Day, said: Reading, found: Support, base: date | None) -> str | None:
    whole, place = found.witness.whole, found.window
    if base and resolved(day, base) == {(base.day, base.month)} and day.shift is None:
        return None
    if any(_matches(day, other, base) for other in place.days):
        return None
    rivals = [d for d in place.days if not any(_matches(d, own, base) for own in said.days)]
    if any(_matches(day, other, base) for other in whole.days) and not (
        rivals and found.near >= 0.5
    ):
        return None
    return ", ".join(place.text[d.start : d.end] for d in rivals or place.days)


def _years(said: Reading, found: Support) -> list[Problem]:
    whole = found.witness.whole
    there = {n.value for n in whole.numbers} | {d.year for d in whole.days if d.year}
    here = [n for n in said.numbers if n.unit == "г." and n.value not in there]
    near = [n for n in found.window.numbers if n.unit == "г."]
    expected = ", ".join(found.window.text[n.start : n.end] for n in near)
    return [Problem("date", said.text[n.start : n.end], expected) for n in here]


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
    """Whether the name is who acts here, while the best sentence says the same of another."""
    at = said.text.find(name)
    if _PREPOSITION.search(said.text[:at].lower()):
        return False
    called = {lemma(w) for n in said.names for w in words(n)}
    return found.tight(said.terms - called) >= 0.6


def _present(word: str, where: Reading) -> bool:
    """Whether the word stands there in any form, or its long or short name does."""
    if word in where.words or (word == "българия" and _HERE.search(where.text)):
        return True
    if _surname(word):
        return False
    if lemma(word) in where.all_lemmas:
        return True
    if any(_bare(word) == _bare(other) for other in where.words if other[:3] == word[:3]):
        return True
    text = where.text.lower()
    long = _LONG_NAMES.get(word)
    if long and all(_stem(w) in text for w in long.split() if len(w) > 3):
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


def _surname(word: str) -> bool:
    # «Радев» and «Радева» are two people, and the dictionary makes a wolf of «Вълкова».
    return len(word) > 4 and word.endswith(("ев", "ов", "ин", "ева", "ова", "ина"))


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
