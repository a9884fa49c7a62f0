"""What a text says that a person is: his roles, of what, and whether he is so no longer.

It stands right before the name («бившият кмет на Вратня Иван Петров»), after it between commas
(«Петров, който оглавява „Агрофонд“,»), with «от» («Петров от НСИ»), in brackets or after «е».
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from digest.bulgarian.lexicon import word_set
from digest.bulgarian.people import office
from digest.bulgarian.verbs import either, finite, l_participle, n_participle
from digest.bulgarian.words import STOPWORDS, lemma

LEADER = "ръководител"
"""The role of who «ръководи» something, whatever it is called."""
HEADS = word_set(
    """директор председател лидер ректор министър кмет президент премиер шеф управител началник
    собственик ръководител"""
)
"""Whom one may call a leader, or a boss."""
_EDGE = re.compile(r"[;:!?()–]\s*|,\s|[.]\s(?=[А-Я„])|(?<!\w)(?:а|но|че|като|докато|и)\s")
_WORD = re.compile(r"\w+(?:-\w+)*")
_LEADING = word_set("на в във от за по към при с със до край под над извън без против между според")
_BE = word_set("е са бе беше бяха бил била били ще няма има бъде")
_WAS = word_set("бе беше бил била")
_FORMER = re.compile(r"(?:бивш|тогавашн|някогаш|предишн|предишен|досегаш|екс|предшестве)")
_LEADS = re.compile(r"(?<!\w)(?:(?:ръковод|оглавяв|управлява)\w*|води|начело\s+на)(?!\w)")
_FROM = re.compile(r"\s+от\s+((?:[^\s,.;:–()]+\s?){1,5})")
_BRACKETS = re.compile(r"\s+\(([^()]{2,40})\)")
_AFTER = re.compile(r",\s+(?:ко(?:йто|ято)\s+)?([^,.;:–()]{3,110})(?=[,.;:–()]|$)")
_COPULA = re.compile(r"\s+((?:е|беше|бе|е бил|е била)\s+[^,.;:–()]{3,80})")
_LED = re.compile(r"\s+((?:ръковод|оглавяв|управлява)\w*\s+[^,.;:–()]{3,60})")
DEPUTY_OF = "заместник-"
DEPUTY = re.compile(r"(?:вице-?|зам(?:естник)?-)(?=\w{4})")
_QUOTED = re.compile(r"[„«\"][^“”»\"]*[“”»\"]?")
_JOINS = word_set("че а но като когато защото тъй докато ако макар въпреки")
_AND = re.compile(r"([\w-]+)\s+и$")
"""„Вицепремиерът и министър на транспорта“ holds two offices."""
_QUALIFIES = re.compile(r"[\w-]+(?:ият|ия|ата|ски|ска|ен|на)|бивша?|заместник|екс")
_LEAST_ROLE = 3


@dataclass(frozen=True, slots=True)
class Description:
    """Words beside one mention of a name: the offices, those that are over, and all of it.

    `house` is the part that names a firm, party or town with „от“ or in brackets.
    """

    roles: frozenset[str]
    over: frozenset[str]
    text: str
    house: str = ""


def described(text: str, start: int, end: int) -> Description:
    """What the sentence `text` says beside the name at `text[start:end]`."""
    roles: set[str] = set()
    over: set[str] = set()
    stretches: list[str] = []
    house = ""
    for stretch, past, named in _stretches(text, start, end):
        stretches.append(stretch)
        house = house if named else stretch
        role, former = _role(stretch) if named else ("", False)
        if role:
            roles.add(role)
            if former or past:
                over.add(role)
    return Description(frozenset(roles), frozenset(over), " ; ".join(stretches), house)


def role_of(word: str) -> str:
    """A role in the form in which a man holds it: „директор“ for «директорката».

    All deputies are called „заместник-…“, however they are written.
    """
    low = word.lower()
    cut = DEPUTY.match(low)
    base = low[cut.end() :] if cut else low.removeprefix("екс-").removeprefix("екс")
    found = office(base) or _bare(lemma(base))
    return f"{DEPUTY_OF}{found}" if cut else found


def _bare(word: str) -> str:
    """Without the article, which the dictionary leaves where it does not know the word."""
    return re.sub(r"(?<=\w{4})(?:ът|ят|та)$", "", word)


def _stretches(text: str, start: int, end: int) -> Iterator[tuple[str, bool, bool]]:
    """What stands beside the name: whether it is told as past, and whether it names a role."""
    before = _noun_phrase(text[:start])
    if before:
        yield before, False, True
        head = text[: text.rfind(before.rstrip("“"), 0, start)].rstrip(' „"')
        also = _AND.search(head)
        if also and office(also.group(1)):
            yield also.group(1), False, True
        yield from ((one, False, True) for one in _titled(head))
    behind = text[end:]
    beside = _BRACKETS.match(behind) or _FROM.match(behind)
    if beside:
        yield _house(beside.group(1)), False, False
        behind = behind[beside.end() :]
    told = _AFTER.match(behind) or _COPULA.match(behind) or _LED.match(behind)
    if told and _names_a_role(told.group(1)):
        first = _WORD.findall(told.group(1).lower())[:2]
        yield told.group(1), not _WAS.isdisjoint(first), True


def _titled(head: str) -> list[str]:
    """Offices before another one with nobody named between: «шефа на полицията комисар Рупчев»."""
    row = [word.group() for word in _after_verb(_EDGE.split(f"{head} ")[-1])]
    capital = [n for n, word in enumerate(row) if word[:1].isupper() and not office(word)]
    named = max(capital, default=-1)
    return [word for word in row[named + 1 :] if office(word)]


def _house(stretch: str) -> str:
    """A firm, party or town behind «от»: to the end of its quotation, its letters, or a verb."""
    row: list[str] = []
    for word in stretch.split():
        bare = word.strip('„“”"»«,.')
        if row and (_verb(bare) or bare in _LEADING - {"за", "по"}):
            break
        row.append(word)
        if word[-1:] in "“”»" or (len(bare) > 1 and bare[-1].isupper()):
            break
    return " ".join(row)


def _names_a_role(stretch: str) -> bool:
    """Whether a stretch behind a name says what the person is, and not what happened to him."""
    row = _WORD.findall(stretch)
    if not row or row[0] in _JOINS or row[0][0].isdigit():
        return False
    if _LEADS.search(stretch):
        return True
    return not any((_verb(w) or (w.islower() and n_participle(w))) and w not in _BE for w in row)


def _noun_phrase(before: str) -> str:
    """The words before the name that say what he is: an office, or all after the last verb."""
    clause = _EDGE.split(before)[-1]
    row = _after_verb(clause)
    held = [n for n, w in enumerate(row) if office(w.group())]
    if held:
        first = held[-1]
        while first and _QUALIFIES.fullmatch(row[first - 1].group().lower()):
            first -= 1
        row = row[first:]
    elif row and row[0].group().lower() in _LEADING:
        return ""  # «от трибуната Петров»
    while row and row[0].group().lower() in _LEADING | STOPWORDS:
        row = row[1:]
    if not row or row[-1].group().lower() in _LEADING:
        return ""
    return _whole_marks(clause[row[0].start() :].strip())


def _whole_marks(stretch: str) -> str:
    """Without a quotation mark whose fellow stands outside the stretch."""
    if stretch.count("„") > stretch.count("“"):
        return stretch.rstrip("„ ") if stretch.endswith("„") else f"{stretch}“"
    return stretch if "„" in stretch else stretch.rstrip("“ ")


def _after_verb(clause: str) -> list[re.Match[str]]:
    """Words after the last verb of a clause; what stands in quotation marks is no verb."""
    quoted = [m.span() for m in _QUOTED.finditer(clause)]
    row = list(_WORD.finditer(clause))
    verbs = [
        n
        for n, word in enumerate(row)
        if _verb(word.group()) and not any(a < word.start() < b for a, b in quoted)
    ]
    return row[verbs[-1] + 1 :] if verbs else row


def _verb(word: str) -> bool:
    """Whether a word is a verb; a name that looks like one («Ворел», «Лъвова») is none."""
    if not word.islower():
        return False
    return word in _BE or finite(word) or either(word) or l_participle(word)


def _role(stretch: str) -> tuple[str, bool]:
    """The head of a noun phrase, as a role, and whether it is one that is over."""
    if _LEADS.search(stretch):
        return LEADER, False
    head, former = "", False
    for word in _WORD.findall(stretch):
        low = word.lower()
        if low in _LEADING:
            break
        former = former or bool(_FORMER.match(low))
        if low in STOPWORDS or low in _BE:
            continue
        if word[:1].isupper() and head:
            break
        head = low
        if office(low):
            break
    if len(head) < _LEAST_ROLE or _verb(head) or head[0].isdigit():
        return "", former
    return role_of(head), former
