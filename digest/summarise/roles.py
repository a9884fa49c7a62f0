"""The gate on roles: who did it to whom, who said it, what came of what.

Without a parse, by four signs: two names that change places around a verb, another doer of the
same deed, the full article («кметът») where the source has the short one («кмета»), and two
events that change places around «след като» or «заради».
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digest.bulgarian.verbs import verbish
from digest.bulgarian.words import STOPWORDS, lemma, lemmas, words
from digest.model import Problem
from digest.summarise.deeds import Deed, agrees, deeds, turned
from digest.summarise.evidence import Reading, Support, Witness, akin
from digest.summarise.meaning import meant
from digest.summarise.nearest import nearest, parts
from digest.summarise.slots import SAYING

SAME_DEED = 0.75
"""Share of what is said of the doer that makes it the same deed."""
SAME_CLAUSE = 0.6
"""Share of a clause from which its words are held against those of the source one by one."""
LEAST_EVENTS = 4
"""Ideas of two events without which their order cannot be told."""
LONGEST_DOER = 7
"""Words before the verb that can be a doer; more are a clause of their own."""

_AGAINST = re.compile(
    r"(?<!\w)((?:обвин|разкритик|критик|победи|надви|нападн|уволн|назнач|похвал|наслед|замен|осъди"
    r"|съди|удари|уби(?!й)|подкреп|изпревар|призова|заплаш|покани|посрещн|прие(?!м)|освирк|смени"
    r"|поздрав|нареди|поиска|възложи|плати|даде|продаде|купи)\w*)",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"(?<!\w)(?:бе|беше|бяха|е|са|бъде)\s+\w+[нт][аои]?(?:\s+\S+){0,4}?\s+от(?!\w)", re.IGNORECASE
)
_CAUSE = re.compile(
    r",?\s+(?:след като|защото|тъй като|понеже|заради|поради|вследствие на)\s+", re.IGNORECASE
)
_FULL, _SHORT = re.compile(r"(\w{3,})(?:ът|ят)$"), re.compile(r"(\w{3,})(?:а|я)$")
_SHORT_NAME = re.compile(r"(?<!\w)[А-Я]{2,6}(?!\w)")
_FROM, _TO = frozenset({"от"}), frozenset({"в", "във", "към", "до", "за"})
_PRONOUNS = frozenset({"той", "тя", "то", "те", "това", "който", "която", "което", "които"})
_NEAR = 5
"""Words within which a name and an office belong to one person."""


def roles_of(said: Reading, found: Support, witnesses: Sequence[Witness]) -> list[Problem]:
    """What is turned round; the kind is „unsupported“, since the source does not say it."""
    if _events_turned(said, witnesses):
        return [Problem("unsupported", said.text, found.sentence.text)]
    if instead := _deed_turned(said, witnesses):
        return [Problem("unsupported", said.text, instead)]
    for mine in parts(said.text):
        for sentence, clause, share in nearest(mine, said, witnesses)[:1]:
            passive = _PASSIVE.search(said.text) or _PASSIVE.search(sentence.text)
            if passive or share < SAME_CLAUSE:
                continue
            if _article_turned(mine, clause) or _direction_turned(mine, clause):
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
            if turned(mine, deed) or _by_another(mine, deed, witness):
                return text
    return ""


def _by_another(mine: Deed, deed: Deed, witness: Witness) -> bool:
    """Whether the same was done to the same, by one who is not called so anywhere."""
    if not mine.second & deed.second or not mine.first or not deed.first or mine.what in SAYING:
        return False
    return not _side_by_side(witness, mine.first, deed.first)


def _another_doer(mine: Reading, clause: Reading, witnesses: Sequence[Witness]) -> bool:
    """Whether the same deed is told of somebody whom the source does not name with its doer."""
    if _SHORT_NAME.search(mine.text) or _SHORT_NAME.search(clause.text):
        return False  # «ЕК» and «Европейската комисия» look like two
    my_doer, my_deed = _doer_and_deed(mine.text)
    doer, deed = _doer_and_deed(clause.text)
    if not my_doer or not doer or my_doer & doer or not my_deed:
        return False
    done = sum(i in deed or akin(i, deed) for i in my_deed) / len(my_deed)
    if done < SAME_DEED or len(my_deed - SAYING) < 2:
        return False
    if any(akin(one, doer) or akin(other, my_doer) for one in my_doer for other in doer):
        return False
    return not any(_side_by_side(w, my_doer, doer) for w in witnesses)


def _doer_and_deed(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Ideas before the first verb and from it on; no doer when a preposition or pronoun opens."""
    said = words(text)
    at = next((n for n, word in enumerate(said) if n and verbish(word)), 0)
    before = said[:at]
    plain = before and before[0] not in STOPWORDS and len(before) <= LONGEST_DOER
    if not plain or not _PRONOUNS.isdisjoint(before):
        return frozenset(), frozenset()
    return _ideas(before), _ideas(said[at:])


def _ideas(said: Sequence[str]) -> frozenset[str]:
    return frozenset(meant(w) for w in said if w not in STOPWORDS and not w.isdigit())


def _side_by_side(witness: Witness, one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether words of the two stand together somewhere: «министърът Иван Петров»."""
    row = [meant(w) for w in witness.whole.words]
    mine = [n for n, idea in enumerate(row) if idea in one or akin(idea, one)]
    theirs = [n for n, idea in enumerate(row) if idea in other]
    return any(0 < abs(a - b) <= _NEAR for a in mine for b in theirs)


def _article_turned(mine: Reading, clause: Reading) -> bool:
    """«Кметът» (who does) for «кмета» (to whom it is done), around one verb that takes both."""
    verb, theirs = _AGAINST.search(mine.text), _AGAINST.search(clause.text)
    if not verb or not theirs or verb.group(1)[:5].lower() != theirs.group(1)[:5].lower():
        return False
    return bool(
        _stems(mine, _FULL) & (_stems(clause, _SHORT) - _stems(clause, _FULL))
        or (_stems(mine, _SHORT) - _stems(mine, _FULL)) & _stems(clause, _FULL)
    )


def _stems(where: Reading, ending: re.Pattern[str]) -> set[str]:
    """Stems of words with that ending, adjectives in «-ият» left out."""
    found = (ending.search(word) for word in where.words if not word.endswith(("ият", "ия")))
    return {match.group(1) for match in found if match}


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
    """«А, след като Б» for «Б, след като А»."""
    mine = _CAUSE.split(said.text, maxsplit=1)
    if len(mine) < 2:
        return False
    one, other = (Reading(part).ideas for part in mine[:2])
    if not one or not other or len(one) + len(other) < LEAST_EVENTS:
        return False
    for witness in witnesses:
        for sentence in witness.sentences:
            theirs = _CAUSE.split(sentence.text, maxsplit=1)
            if len(theirs) < 2:
                continue
            first, second = (Reading(part).ideas for part in theirs[:2])
            straight = min(_part(one, first), _part(other, second))
            turned = min(_part(one, second), _part(other, first))
            if turned >= SAME_CLAUSE > straight:
                return True
    return False


def _part(mine: frozenset[str], theirs: frozenset[str]) -> float:
    return sum(i in theirs or akin(i, theirs) for i in mine) / len(mine)


def _names_turned(said: Reading, found: Support) -> bool:
    """Two names around the same verb have changed places."""
    place = found.sentence
    if _PASSIVE.search(said.text) or _PASSIVE.search(place.text):
        return False
    if _turned(said.text, place.text):
        return True
    shared = [n for n in dict.fromkeys(_last(n) for n in said.names) if n]
    mine, theirs = _order(said.text), _order(place.text)
    return any(
        _between(mine, one, two) & _between(theirs, two, one)
        for i, one in enumerate(shared)
        for two in shared[i + 1 :]
    )


def _turned(said: str, source: str) -> bool:
    """Whether the two sides of a verb like «обвини» have changed places."""
    mine, theirs = _AGAINST.search(said), _AGAINST.search(source)
    if mine is None or theirs is None or mine.group(1)[:4].lower() != theirs.group(1)[:4].lower():
        return False
    did, suffered = _sides(said, mine)
    source_did, source_suffered = _sides(source, theirs)
    return bool(did & source_suffered - source_did and suffered & source_did - source_suffered)


def _sides(text: str, verb: re.Match[str]) -> tuple[set[str], set[str]]:
    """Content lemmas before and after the verb, inside its clause."""
    before = re.split(r"[,;:–]\s", text[: verb.start()])[-1]
    after = re.split(r"[,;:–]\s", text[verb.end() :])[0]
    return set(lemmas(before)), set(lemmas(after))


def _last(name: str) -> str:
    found = words(name)
    return lemma(found[-1]) if found else ""


def _order(text: str) -> list[str]:
    return [lemma(w) for w in words(text)]


def _between(order: list[str], one: str, two: str) -> set[str]:
    """The lemmas between the first `one` and the `two` after it; empty in another order."""
    if one not in order or two not in order[order.index(one) + 1 :]:
        return set()
    start = order.index(one) + 1
    between = order[start : order.index(two, start)]
    return {w for w in between if len(w) > 3 and meant(w) not in SAYING}
