"""What a sentence says that a person is, beside what the articles say of him and of others.

An office may be his by the same word or one that means the same, another's, or over; of a firm or
a town that is named with him the articles may speak beside his name, near by, or elsewhere.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from digest.bulgarian.lexicon import word_set
from digest.bulgarian.people import office
from digest.bulgarian.words import STOPWORDS, words
from digest.summarise.called import present
from digest.summarise.cast import Person, Seen
from digest.summarise.described import DEPUTY_OF, HEADS, LEADER, Description, role_of
from digest.summarise.evidence import Reading, akin
from digest.summarise.meaning import meant

LIKE = 0.7
"""Worth of an office that means the same by another word."""
THERE, NEAR, ELSEWHERE = 0.8, 0.5, 0.2
"""Worth of what stands not beside a name but in its sentence, next to that, or elsewhere."""
MOSTLY = 0.6
"""Share of what is said of a person that stands beside another's name and not beside his."""
GENERAL = 0.5
"""Worth of „директорът на фонда“ beside a fund that is named: it may be that one."""
_LEADING = frozenset({LEADER, "шеф", "лидер", "водач", "началник"})
_KIN = word_set("колега колежка предшественик предшественичка наследник наследничка приемник")
"""Who is one of these to another has that one's office, at some time."""
_BEFORE = word_set("предшественик предшественичка")
_TIME = re.compile(r"сегашн|настоящ|нов|днешн|досега|бивш|предиш|някогаш|тогаваш")
_PAST = re.compile(r"бивш|екс|предиш|някогаш|досегаш|тогаваш", re.IGNORECASE)
_LEFT = re.compile(
    r"бивш|екс-|досега|тогава|някога|предиш|предшеств|остав|напус|освобо|уволн|смен|наслед|предаде",
    re.IGNORECASE,
)
_OF = re.compile(r"\S\s+(?:на|в|от|по|към|при)\s")
_OF_NAMED = re.compile(r"\S\s+[„“]?[А-Я]\w")
_WORD = re.compile(r"\w+(?:-\w+)*")
_CAPITAL = re.compile(r"[А-ЯA-Z]")
_LINKS = word_set("по на за и")
_ARTICLE = re.compile(r"(?:ът|ят|ата|ия)$")


@dataclass(frozen=True, slots=True)
class Standing:
    """What is to be seen of one person's offices and houses; shares are 0…1.

    `his` is how far his offices are his, `anothers` how far one is another's, `other` whether he
    has another instead; `lost` and `made` tell of a «бивш» that is left out or put in. `told` is
    how near to him all else stands, `told_anothers` whether it stands beside another's name;
    `names` how near what is named does, `gone` the share of it where the source has another.
    """

    his: float = 1.0
    anothers: float = 0.0
    other: bool = False
    lost: bool = False
    made: bool = False
    told: float = 1.0
    told_anothers: bool = False
    names: float = 1.0
    gone: float = 0.0
    faults: tuple[tuple[str, str], ...] = ()
    """What is not so, each with what the source has."""


def standing(his: Description, seen: Sequence[Seen]) -> Standing:
    """What is said of the person's standing, beside each article that names him."""
    if not his.text:
        return Standing()
    had = frozenset().union(*(one.person.roles for one in seen))
    kin = not had.isdisjoint(_KIN)
    before = bool(his.over) and not had.isdisjoint(_BEFORE)
    shares = {role: LIKE if kin else _his(role, had) for role in his.roles}
    rivals = [] if kin or before else [r for role in his.roles for r in _rivals(role, had, seen)]
    other = [r for r in his.roles - his.over if not kin and not shares[r] and _other(r, had)]
    lost = [role for role in his.roles - his.over if _over(role, seen)]
    made = [role for role in his.over if _PAST.search(his.text) and _held(role, seen)]
    told, instead = _told(his, seen), "" if kin or before else _instead(his, had, seen)
    names, gone = (1.0, 0.0) if kin or before else _names(his, seen)
    faults = [
        *((role, _shown(one)) for role, one in rivals if not shares[role]),
        *((role, ", ".join(sorted(had))) for role in other),
        *((role, f"бивш {role}") for role in lost),
        *((f"бивш {role}", role) for role in made),
        *([(his.text, instead)] if instead else []),
        *(
            [(his.text, ", ".join(_shown(one.person) for one in seen))]
            if _misnamed(names, gone)
            else []
        ),
    ]
    return Standing(
        his=min(shares.values(), default=1.0),
        anothers=max((0.5 if shares[role] else 1.0 for role, _ in rivals), default=0.0),
        other=bool(other),
        lost=bool(lost),
        made=bool(made),
        told=told,
        told_anothers=bool(instead),
        names=names,
        gone=gone,
        faults=tuple(dict.fromkeys(faults)),
    )


def _shown(person: Person) -> str:
    """„председателят на синдиката: Ламби Гешев“, as a person reads it."""
    return f"{person.told.replace(' ; ', ', ')}: {person.name}".lstrip(": ")


def _his(role: str, had: frozenset[str]) -> float:
    """How far an office is one of those the articles give the person."""
    if role in had:
        return 1.0
    alike = meant(role) in map(meant, had)
    leads = role in _LEADING and not HEADS.isdisjoint(had)
    return LIKE if alike or leads else 0.0


def _rivals(role: str, had: frozenset[str], seen: Sequence[Seen]) -> list[tuple[str, Person]]:
    """Others who have the office by that very word, where he has not."""
    if role in had or role == LEADER:
        return []
    return [(role, other) for one in seen for other in one.others if role in other.roles]


def _other(role: str, had: frozenset[str]) -> bool:
    """Whether he has another office: «кметът» for the deputy mayor."""
    return all(any(map(_office, roles)) for roles in ([role], had))


def _office(role: str) -> bool:
    return bool(office(role.removeprefix(DEPUTY_OF)))


def _over(role: str, seen: Sequence[Seen]) -> bool:
    """Whether all articles that give him the office call it a former one."""
    having = [one.person for one in seen if role in one.person.roles]
    return bool(having) and not any(role in one.now for one in having)


def _held(role: str, seen: Sequence[Seen]) -> bool:
    """Whether he holds the office still, and nothing said of him speaks of leaving."""
    having = [one for one in seen if role in one.person.roles]
    return bool(having) and all(
        role in one.person.now and not any(_LEFT.search(text) for text in _sentences(one))
        for one in having
    )


def _sentences(one: Seen) -> list[str]:
    rows = zip(one.witness.sentences, one.cast.scenes, strict=True)
    return [place.text for place, scene in rows if one.who in scene.named]


def _more(his: Description) -> frozenset[str]:
    """What is said beside the offices: of what they are, and all else."""
    kept = " ".join(w for w in _WORD.findall(his.text) if role_of(w) not in his.roles)
    return frozenset(i for i in Reading(kept).ideas if not _TIME.match(i))


def _told(his: Description, seen: Sequence[Seen]) -> float:
    """How near to the person all else stands (0…1)."""
    more = _more(his)
    if not more:
        return 1.0
    # fsum, as the order of a set changes from run to run.
    return max(math.fsum(_near(one, _has_idea(i)) for i in more) / len(more) for one in seen)


def _has_idea(idea: str) -> Callable[[Reading], bool]:
    return lambda where: idea in where.ideas or akin(idea, where.ideas)


def _has_name(word: str) -> Callable[[Reading], bool]:
    return lambda where: present(word, where)


def _near(one: Seen, has: Callable[[Reading], bool]) -> float:
    """How near to the person something stands: beside his name 1, nowhere 0."""
    if has(Reading(one.person.told)):
        return 1.0
    best = NEAR if has(Reading(one.witness.article.title)) else 0.0
    scenes = one.cast.scenes
    for n, place in enumerate(one.witness.sentences):
        if not has(place):
            continue
        if one.who in scenes[n].named:
            return THERE
        beside = scenes[max(0, n - 1) : n + 2]
        close = n == 0 or one.who in scenes[n].people or any(one.who in s.named for s in beside)
        best = max(best, NEAR if close else ELSEWHERE)
    return best


def _instead(his: Description, had: frozenset[str], seen: Sequence[Seen]) -> str:
    """What is said of another and not of him: „изба „Три кладенеца“: Маргарита Винарова“."""
    more = _more(his)
    for one in seen:
        mine = _share(more, one.person)
        for other in one.others:
            # An office that is his, of what may be told in other words, has to be the other's too.
            both = not his.roles & had or his.roles & other.roles
            if both and other.told and _share(more, other) - mine >= MOSTLY:
                return _shown(other)
    return ""


def _share(ideas: frozenset[str], person: Person) -> float:
    there = Reading(person.told)
    return sum(_has_idea(i)(there) for i in ideas) / len(ideas) if ideas else 0.0


def _names(his: Description, seen: Sequence[Seen]) -> tuple[float, float]:
    """How near to him the farthest thing named stands; and the share named otherwise there."""
    named = _named(his)
    if not named:
        return 1.0, 0.0
    near = max(min(_near(one, _has_name(word)) for word in named) for one in seen)
    gone = []
    for one in seen:
        told = Reading(one.person.told)
        worth = 1.0 if _OF_NAMED.search(told.text) else GENERAL if _OF.search(told.text) else 0.0
        gone.append(worth * sum(not present(w, told) for w in named) / len(named))
    return near, min(gone)


def _misnamed(near: float, gone: float) -> bool:
    """Whether what is named beside him stands far from his name, or near where another does."""
    return 0 < near <= ELSEWHERE or (near <= NEAR and gone == 1.0) or (not near and gone >= GENERAL)


def _named(his: Description) -> list[str]:
    """Words of the names beside the person's own, in lower case, to the end of each.

    „Декан на Факултета по енергетика“ names a faculty by its last word too; what stands before an
    office („Кучето Рая откри …“) names nothing of the person's.
    """
    found = (
        [w for w in words(his.house) if w not in STOPWORDS] if _CAPITAL.search(his.house) else []
    )
    if not his.roles:
        return found
    on = False
    for word in _WORD.findall(his.text.removesuffix(his.house)):
        low = word.lower()
        opens = not found and (role_of(word) in his.roles or _ARTICLE.search(low))
        if len(word) > 1 and word[0].isupper() and not opens:
            on = True
        elif low in STOPWORDS and low not in _LINKS:
            on = False
        if on and len(word) > 1 and low not in STOPWORDS:
            found.append(low)
    return found
