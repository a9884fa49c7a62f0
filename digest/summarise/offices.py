"""The gate on offices: who is minister, who was, and whose coach it is that speaks.

An office stands right before a name („министърът на финансите Иван Петров“), or after it between
commas. It is the name's when the article sets the two side by side; when it gives the office to
somebody else, or the name another one, it is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digest.bulgarian.people import mentions, office
from digest.bulgarian.verbs import either, finite, l_participle, n_participle
from digest.bulgarian.words import STOPWORDS, known, lemma, words
from digest.model import Problem
from digest.summarise.called import present
from digest.summarise.described import HEADS, LEADER, role_of
from digest.summarise.evidence import Reading, Support, Witness, akin
from digest.summarise.meaning import meant

NEAR = 5
"""Words within which a name and an office belong to one person."""
MOST_BETWEEN = 3
"""Words of names between the two: a first name, the party of «лидерът на „Нов град“ Илиев»."""
LEAST_STEM = 5
"""Letters by which a role in any form is looked for."""

_FORMER = re.compile(
    r"(?<!\w)(?:бивш\w*|екс-?\w*|тогавашн\w*|някогаш\w*|предиш\w*)(?:\s+\w+){0,4}?\s+",
    re.IGNORECASE,
)


def offices_of(said: Reading, found: Support, witnesses: Sequence[Witness]) -> list[Problem]:
    """Offices that are somebody else's, that are over, or that are not over yet."""
    return [
        *_former(said, found),
        *_still(said, witnesses),
        *_made_former(said, witnesses),
        *_offices(said, witnesses),
        *_of_another_field(said, witnesses),
    ]


def _offices(said: Reading, witnesses: Sequence[Witness]) -> list[Problem]:
    """«Министърът Петров» where the source has another minister, and Петров is none."""
    problems = []
    for name in said.names:
        if not _personal(name, said.text):
            continue
        tellers = [w for w in witnesses if present(words(name)[-1], w.whole)]
        problems += [
            Problem("name", f"{role} {name}", "")
            for role in _roles(name, said.text)
            if tellers and not any(holds(name, role, w) for w in tellers)
        ]
    return problems


_FIELD = re.compile(
    r"(?:[Мм]инистър|[Сс]екретар|[Кк]омисар)\w*\s+на\s+([а-я]+(?:\s[а-я]+){0,3})\s+$"
)
"""A portfolio right before a name: «министърът на транспорта Хаджиев»."""


def _of_another_field(said: Reading, witnesses: Sequence[Witness]) -> Iterator[Problem]:
    """«Министърът на туризма Хаджиев» where he is one of transport, and tourism is unheard of."""
    for name in said.names:
        mine = _field(name, said.text)
        if not mine or any(idea in w.whole.ideas for w in witnesses for idea in mine):
            continue
        for witness in witnesses:
            for sentence in witness.sentences:
                kin = [o for o in sentence.names if words(o)[-1:] == words(name)[-1:]]
                if any(_field(other, sentence.text) for other in kin):
                    yield Problem("name", said.text, sentence.text)
                    return


def _field(name: str, text: str) -> frozenset[str]:
    """Ideas of the portfolio before a name; empty where there is none."""
    found = _FIELD.search(text[: max(0, text.find(name))])
    return Reading(found.group(1)).ideas if found else frozenset()


_EDGE = re.compile(r"[,;:.!?()“”\"–]\s*|\s(?:а|но|че|като|докато|и)\s")
_QUOTED_NAME = re.compile(r"[„“”\"«]([^„“”\"«»,.]{2,40})[“”\"»]")


def _personal(name: str, text: str) -> bool:
    """Whether a name is a person's, as far as the text tells."""
    return any(name in one.name or one.name in name for one in mentions(text))


def _roles(name: str, text: str) -> list[str]:
    """The heads of what stands right before a name, and after it between commas."""
    text, name = (_QUOTED_NAME.sub(r"\1", one) for one in (text, name))
    at = max(0, text.find(name))
    before, after = _EDGE.split(text[:at])[-1], text[at + len(name) :]
    led = words(before)[-1:] and words(before)[-1] in _LEADING
    heads = [] if led else [_head(_upto_verb(before))]
    told = _TOLD.match(after)
    if told and not any(map(_verb, words(told.group(1)))):
        heads.append(_head(words(told.group(1))))
    return [h for h in heads if _may_be_role(h)]


_TOLD = re.compile(
    r"(?:,\s+(?:ко[йя]то\s+(?:е|беше|бе)\s+)?|\s+(?:е|беше|бе)\s+)([^,.;:–“”]+)(?:[,.;:–]|$)"
)
"""„…, директор на завода,“, „…, който е директор“, „… е директор на завода“."""


def _may_be_role(word: str) -> bool:
    compared = word.startswith(("по-", "най-"))
    bare = word[:1].isdigit() or "годишн" in word or word in STOPWORDS
    return len(word) > 3 and not bare and not compared and not _verb(word)


def _upto_verb(before: str) -> list[str]:
    """Words after the last verb: in «каза кметът на града» those from «кметът» on."""
    row = words(before)
    at = max((n for n, w in enumerate(row) if _verb(w)), default=-1)
    return row[at + 1 :]


def _verb(word: str) -> bool:
    return word in _BE or finite(word) or either(word) or l_participle(word) or n_participle(word)


_BE = frozenset({"е", "са", "бе", "беше", "бяха", "бил", "била", "били", "ще", "няма", "има"})


def _head(row: Sequence[str]) -> str:
    """The last word before a preposition: «директорът» of «директорът на болницата»."""
    head = ""
    for word in row:
        if word in _LEADING:
            break
        head = word
    return head


_LEADING = frozenset(
    {
        "на",
        "в",
        "във",
        "от",
        "за",
        "по",
        "към",
        "при",
        "с",
        "със",
        "до",
        "край",
        "под",
        "над",
        "извън",
        "без",
        "против",
    }
)


def _of_the_named(said: Reading, witnesses: Sequence[Witness], reach: int = 1) -> Iterator[Reading]:
    """Sentences that name somebody whom this one names, with `reach` of those around them."""
    last = [words(name)[-1] for name in said.names if words(name)]
    for witness in witnesses:
        for at, sentence in enumerate(witness.sentences):
            if any(word in sentence.words for word in last):
                yield witness.window(at, reach)


_LEFT = re.compile(
    r"бивш|екс-|досега|тогава|някога|предиш|предшеств|остав|напус|освобо|уволн|смен|наслед|предаде",
    re.IGNORECASE,
)


def _made_former(said: Reading, witnesses: Sequence[Witness]) -> list[Problem]:
    """«Бившият министър» of one who, by the source, is minister still."""
    found = re.search(rf"{_FORMER.pattern}(?=[А-Я])", said.text)
    if found is None or any(_LEFT.search(one.text) for one in _of_the_named(said, witnesses)):
        return []
    return [Problem("name", found.group().strip(), "")]


def holds(name: str, role: str, witness: Witness) -> bool:
    """Whether the article may give the role to that name.

    It does when the two stand together, and may when it gives the role to nobody else by name and
    the name no other role.
    """
    wanted = frozenset({meant(role.lower())})
    heads = role_of(role) in _HEADING
    last = words(name)[-1]
    given = named = False
    for sentence in witness.sentences:
        row = [w for w in sentence.words if len(w) > 2 and w not in _FORMS_OF_ADDRESS]
        mine = [n for n, w in enumerate(row) if w == last or present(last, Reading(w))]
        if any(_COLLEAGUE.match(w) for m in mine for w in row[max(0, m - 3) : m]):
            return True
        for n, word in enumerate(row):
            his = meant(word) in wanted or (heads and role_of(word) in HEADS)
            his = his or (bool(office(word)) and role_of(word) == role_of(role))
            if not his and not akin(meant(word), wanted):
                continue
            if any(_close(n, m, row, witness) for m in mine):
                return True
            beside = (*row[n + 1 : n + 1 + NEAR], *row[max(0, n - 1) : n])
            named = named or his
            given = given or (his and any(w in witness.called for w in beside))
    return not given and not (named and _other_roles(name, witness))


_HEADING = frozenset({"лидер", "шеф", "водач", "началник", LEADER})
"""What one may call the head of anything."""
_COLLEAGUE = re.compile(r"колег|колежк|предшестве|наследни|приемни")
"""Who is one to another has that one's office."""


def _other_roles(name: str, witness: Witness) -> bool:
    """Whether the article says what else that name is, right before it."""
    return any(
        _roles(other, sentence.text)
        for sentence in witness.sentences
        for other in sentence.names
        if words(other)[-1:] == words(name)[-1:]
    )


_FORMS_OF_ADDRESS = frozenset({"д-р", "г-н", "г-жа", "проф", "доц", "инж", "арх", "адв", "акад"})


def _close(role: int, name: int, row: Sequence[str], witness: Witness) -> bool:
    """Whether a role and a name stand together, with nobody else's name between them."""
    if not 0 < abs(role - name) <= NEAR + 2:
        return False
    between = row[min(role, name) + 1 : max(role, name)]
    return sum(w in witness.called for w in between) <= MOST_BETWEEN


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
        titles = [lemma(w) for w in there.group().split()[1:] if w.islower() and w not in STOPWORDS]
        held = re.search(rf"([\w-]+)\s+(?:[\w-]+\s+){{0,3}}?{re.escape(name)}", said.text)
        if held and any(lemma(w) in titles and known(w) for w in words(held.group())):
            problems.append(Problem("name", held.group(), there.group()))
    return problems


def _still(said: Reading, witnesses: Sequence[Witness]) -> list[Problem]:
    """«Общинският съветник Петров» where the source says „Петров е бивш общински съветник“."""
    if _FORMER.search(said.text + " "):
        return []
    problems = []
    for name in said.names:
        last = re.escape(words(name)[-1] if words(name) else name)
        near = [one.text for one in _of_the_named(said, witnesses, reach=0)]
        for role in _roles(name, said.text):
            was = rf"(?:бивш|екс-?|някогаш)\w*\s+(?:\w+\s+){{0,2}}?{role[:LEAST_STEM]}\w*"
            his = re.compile(
                rf"{was}\s+(?:\w+\s+){{0,3}}?{last}|{last}\W+(?:\w+\W+){{0,4}}?{was}", re.IGNORECASE
            )
            if any(his.search(one) for one in near):
                problems.append(Problem("name", f"{role} {name}", f"бивш {role}"))
    return problems
