"""The gate on names: there at all, joined as in the source, and doing what the source says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from digest.bulgarian import institutions
from digest.bulgarian.countries import countries
from digest.bulgarian.words import STOPWORDS, known, lemma, words
from digest.model import Problem
from digest.summarise.evidence import Reading, Support, Witness, clauses
from digest.summarise.meaning import meant
from digest.summarise.slots import usurped

PREPOSITIONS = frozenset(
    [
        "за",
        "на",
        "от",
        "с",
        "със",
        "в",
        "във",
        "при",
        "към",
        "до",
        "край",
        "над",
        "срещу",
        "пред",
        "между",
        "след",
        "през",
    ]
)
_PREPOSITION = re.compile(
    r"(?<!\w)(за|на|от|с|със|в|във|при|към|до|край|над|срещу|пред|между|след|през|и)\s+[„“\"]?$"
)
_HERE = re.compile(r"българ|национал|страната|у нас|държавата", re.IGNORECASE)
_FROM_PLACE = re.compile(r"[А-Я]\w+ск(?:и|а|о|ия|ият|ата|ото|ите)(?!\w)")
_OF_PLACE = re.compile(r"(?:ск(?:и|а|о|ия|ият|ата|ото|ите)|чан(?:и|ин|ка|ите)|ц[иа])$")
_DEFINITE = re.compile(
    r"(?:ът|ят|ният|ния|ната|ното|лият|лата|щият|щата|ският|ската|ката|ците|ите"
    r"|ние|ост|ство|ация|изъм|десетина|йсетина|стотина)$"
)
LEAST_ROOT = 5
"""Letters of a place's name that its adjective keeps."""
MOST_NAMED = 3
"""Ideas of a clause without which it says too little to be found again."""
_SURNAME = re.compile(r"\w{3,}(?:ев|ов|(?<![ая]н)ин|ева|ова|ина)$")
_FAMILY = re.compile(r"(?P<root>\w{3,}[ое]в|\w{4,}ск)(?P<all>и)?$")


def names_of(said: Reading, found: Support, witnesses: Sequence[Witness]) -> list[Problem]:
    """Names that the articles do not have, join otherwise, or give to something else."""
    problems = []
    for name in said.names:
        expected = _name_fault(name, said, found, witnesses)
        if expected is not None:
            problems.append(Problem("name", name, expected))
    return [
        *problems,
        *_places(said, found),
        *_belonging(said, witnesses),
        *_nationals(said, witnesses),
    ]


_AT_HOME = frozenset({"българия"})
"""The paper's own country is meant where none is named."""


def _nationals(said: Reading, witnesses: Sequence[Witness]) -> list[Problem]:
    """«Гръцката фирма» where the articles know nothing of Greece."""
    there = frozenset().union(*(w.whole.countries for w in witnesses))
    names_in = {w for name in said.names for w in words(name)}
    return [
        Problem("name", word, ", ".join(sorted(there)))
        for word in said.words
        if word not in names_in
        and not word.startswith("европ")
        and countries(word)
        and countries(word).isdisjoint(there | _AT_HOME)
    ]


_BELONGS = re.compile(
    r"(?<![\w-])(?P<of>[\w-]{4,60})\s+(?P<led>на|в|във|от|до|край|за|към)\s+[„“]?"
    r"(?P<name>[А-Я][\w-]+(?: [А-Я][\w-]+)*)"
)
"""„Болницата в Горно Езеро“, „учителка от Вишна“, „Кралев от НСИ“."""


def _belonging(said: Reading, witnesses: Sequence[Witness]) -> list[Problem]:
    """«Болницата в Долна Върба» where the source has that of another town, and not of this."""
    problems = []
    for mine in _BELONGS.finditer(said.text):
        idea, last = meant(mine.group("of").lower()), words(mine.group("name"))[-1]
        pairs = [
            Reading(one.group("name"))
            for witness in witnesses
            for one in _BELONGS.finditer(witness.whole.text)
            if one.group("led")[0] == mine.group("led")[0]
            and meant(one.group("of").lower()) == idea
        ]
        rivals = [one.text for one in pairs if not any(present(w, said) for w in one.words)]
        if rivals and not any(present(last, one) for one in pairs):
            problems.append(Problem("name", mine.group(), ", ".join(dict.fromkeys(rivals))))
    return problems


def _places(said: Reading, found: Support) -> list[Problem]:
    """«Софийският съд» for «Пловдивският съд» at the head of a sentence, where no name is seen."""
    mine, theirs = _FROM_PLACE.match(said.text), _FROM_PLACE.findall(found.sentence.text)
    if mine is None or not theirs or only_opens(mine.group(), said, [found.witness]):
        return []
    if present(mine.group().lower(), found.witness.whole):
        return []
    return [Problem("name", mine.group(), ", ".join(theirs))]


def _name_fault(
    name: str, said: Reading, found: Support, witnesses: Sequence[Witness]
) -> str | None:
    """What the source has instead, or None when the name is right."""
    parts = [w for w in words(name) if not w.isdigit()]
    if not parts or only_opens(name, said, witnesses):
        return None
    opens = said.text.lstrip('„“"«–- ').startswith(name)
    if len(parts) > 1 and opens and _is_office(parts[0], witnesses):
        parts = parts[1:]  # «Комисар Петров» at the head of a sentence
    tellers = [w for w in witnesses if all(present(one, w.whole) for one in parts)]
    if not tellers:
        return _other_names(said, found)
    if len(parts) > 1 and not any(
        _joined(parts, w.whole) or _two(name, parts, said, w) for w in tellers
    ):
        whole = tellers[0].whole
        return ", ".join(n for n in whole.names if parts[-1] in words(n)) or _other_names(
            said, found
        )
    spoken = len(parts) > 1 and f"„{name}" in said.text  # what is said, not who does it
    return None if spoken else _elsewhere(name, parts, said, witnesses)


def _two(name: str, parts: list[str], said: Reading, witness: Witness) -> bool:
    """«В Осло Ема Лъвова»: a place after its preposition and a person, side by side."""
    led = _PREPOSITION.search(said.text[: max(0, said.text.find(name))].lower())
    return led is not None and any(
        _joined(parts[:cut], witness.whole) and _joined(parts[cut:], witness.whole)
        for cut in range(1, len(parts))
    )


def _is_office(word: str, witnesses: Sequence[Witness]) -> bool:
    """Whether a word that opens a sentence before a name says what the person is."""
    if known(word) or _DEFINITE.search(word):
        return True
    return any(re.search(rf"(?<!\w){word}(?!\w)", w.whole.text) for w in witnesses)


def _elsewhere(
    name: str, parts: Sequence[str], said: Reading, witnesses: Sequence[Witness]
) -> str | None:
    """The clause of the source that says the same of another, if one does."""
    found = _PREPOSITION.search(said.text[: max(0, said.text.find(name))].lower())
    if found and any(_opens_with(parts[-1], w) for w in witnesses):
        return None  # where the whole story is set
    around = next((c for c in clauses(said.text) if name in c.text), said)
    if len(around.ideas) < MOST_NAMED:
        around = said
    called = {meant(lemma(w)) for n in said.names for w in words(n)}
    others = frozenset().union(*(w.called for w in witnesses))
    before = found.group(1) if found else ""
    return (
        usurped(
            frozenset(around.ideas - called),
            witnesses,
            lambda place: present(parts[-1], place),
            lambda place: _another(place, others, said, before),
        )
        or None
    )


def _opens_with(word: str, witness: Witness) -> bool:
    """Whether the article names it in its headline or first sentence."""
    return present(word, Reading(witness.article.title)) or (
        bool(witness.sentences) and present(word, witness.sentences[0])
    )


def _another(place: Reading, others: frozenset[str], said: Reading, before: str) -> bool:
    """Whether the clause has another name in the same part: after the same preposition or none."""
    previous = ""
    for word in place.words:
        if word in others and not present(word, said):
            led = previous if previous in PREPOSITIONS else ""
            # «На „Агрофонд“ Захари Орлов»: after a name nothing is known of the next.
            if led == before or previous in others:
                return True
        previous = word
    return False


def only_opens(name: str, said: Reading, witnesses: Sequence[Witness]) -> bool:
    """Whether a single capital word is an ordinary one that opens the sentence: «Полицейска»."""
    if " " in name or not said.text.lstrip('„“"«–- ').startswith(name) or name.isupper():
        return False
    low = name.lower()
    if low.startswith(("най-", "по-")):
        return True
    if any(re.search(rf"[\w,;] [„“«]?{name}", w.whole.text) for w in witnesses):
        return False
    return bool(_DEFINITE.search(low)) or any(
        word.startswith(low[:5]) and word not in w.called
        for w in witnesses
        for word in w.whole.words
    )


def present(word: str, where: Reading) -> bool:
    """Whether the word stands there in any form, or its long or short name does."""
    if word in where.words or (word == "българия" and _HERE.search(where.text)):
        return True
    if _of_the_family(word, where):
        return True
    # «Радев» and «Радева» are two people, and the dictionary makes a wolf of «Вълкова».
    if _SURNAME.search(word):
        return False
    return (
        _inflected(word, where)
        or _from_there(word, where)
        or _abbreviated(word, where)
        or _owned(word, where)
        or not countries(word).isdisjoint(where.countries)
    )


def _of_the_family(word: str, where: Reading) -> bool:
    """«Лъвови» for Лъвова and Лъвов, «Кутев» for one of the brothers Кутеви."""
    found = _FAMILY.fullmatch(word)
    if found is None:
        return False
    root = found.group("root")
    if found.group("all"):
        return any(f"{root}{end}" in where.words for end in ("", "а"))
    return root.endswith("в") and f"{root}и" in where.words


def _owned(word: str, where: Reading) -> bool:
    """«Дечевият бюджет» for Дечев's."""
    root = _OWNED.sub("", word)
    return root != word and len(root) > 3 and root in where.words


_OWNED = re.compile(r"(?:ият|ия|ата|ото|ите)$")


def _from_there(word: str, where: Reading) -> bool:
    """«Белодолско» for «Белодол», «речичани» for «Речица»."""
    root = _OF_PLACE.sub("", word)
    if len(root) < LEAST_ROOT:
        return False
    return any(
        other.startswith(root[:-1] if len(root) > LEAST_ROOT else root)
        and (root != word or _OF_PLACE.search(other))
        for other in where.words
    )


def _inflected(word: str, where: Reading) -> bool:
    if lemma(word) in where.all_lemmas:
        return True
    return any(_bare(word) == _bare(other) for other in where.words if other[:3] == word[:3])


def _abbreviated(word: str, where: Reading) -> bool:
    """«НСИ» for the institute's long name, and the other way round."""
    if institutions.current().spelled_out(word, where.text.lower()):
        return True
    if 2 <= len(word) <= 5 and word in _initials(where):
        return True
    return institutions.current().stand_for(word, where.short_names)


def abbreviates(short: str, long: str) -> bool:
    """Whether «МВР» may stand for those words: its long name has all, or they give its letters."""
    said = [w for w in words(long) if len(w) > 2 and w not in STOPWORDS]
    if institutions.current().knows(short):
        return bool(said) and all(
            institutions.current().stand_for(w, frozenset({short})) for w in said
        )
    return "".join(w[0] for w in said).startswith(short.lower())


def _initials(where: Reading) -> str:
    """First letters of the words, small ones left out: «МФ» for the ministry of finance."""
    return "".join(w[0] for w in where.words if len(w) > 2)


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
        if a in there and b in there and (a, b) not in pairs and not _common(one, whole):
            return False
    return True


def _common(word: str, whole: Reading) -> bool:
    """Whether a word of a name is an ordinary one: «Комисар», «Министърът»; «Асен» is none."""
    return known(word) and not re.search(rf"[\w,] {word.capitalize()}(?!\w)", whole.text)


def _said(name: str, said: Reading) -> bool:
    return any(present(w, said) for w in words(name))


def _other_names(said: Reading, found: Support) -> str:
    return ", ".join(dict.fromkeys(n for n in found.window.names if not _said(n, said)))
