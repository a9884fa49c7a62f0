"""People in a text: each mention with the office that stands before it.

«Бившият министър на финансите Иван Петров», «г-н Петров» and «Петровият бюджет» are mentions of
one man; «Петрова» is somebody else. Told by the form of Bulgarian family names, by an office or a
title before the name, and by an earlier mention; no list of people stands behind it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from digest.bulgarian.lexicon import word_set
from digest.bulgarian.names import names
from digest.bulgarian.titles import DEPUTY, without_stops
from digest.bulgarian.transliteration import latin
from digest.bulgarian.verbs import verbish
from digest.bulgarian.words import lemma

_FAMILY = re.compile(
    r"\w{2,}(?:[оеё]в|ин|[сцшч]ки|[оеё]ва|ина|[сцшч]ка)(?:-\w+(?:[оеё]в|ин|[сцшч]ки|[оеё]ва|ина|[сцшч]ка))?"
)
_WOMAN = re.compile(r"(?:ва|ина|[сцшч]ка)$")
_OWNED = re.compile(r"(\w{2,}(?:ов|ев|ин))(?:ият|ия|ата|ото|ите)")
_NO_FAMILY = word_set(
    """Берлин Пекин Киев Харков Краков Ростов Видин Псков Кишинев Дъблин Тамбов Саратов Николаев
    Чернигов Пирин Мартин Константин Марин Валентин Калин Севдалин Венелин Велин Августин Ервин
    Кристин Ангелин"""
)
"""Places and given names with the form of a family name."""
_GIVEN = word_set(
    """Иван Георги Димитър Петър Христо Тодор Николай Стоян Васил Йордан Стефан Никола Александър
    Атанас Кирил Ангел Красимир Пламен Илия Валентин Румен Борис Емил Владимир Антон Симеон Асен
    Веселин Пенчо Руси Камен Бисер Здравко Крум Слави Добри Ради Благо Цветан Захари Калин Явор
    Ясен Радан Страхил Ангелина Мария Иванка Елена Йорданка Цветанка Надежда Марийка Тодорка Стефка
    Стоянка Василка Росица Станка Райна Красимира Валентина Христина Николина Светла Лилия Екатерина
    Цветана Антоанета Павлина Вера Роза Ива Невена Калина Теменуга Ружа Здравка Искра Зорница Вяра
    Любов Виктория Деница Яна Мира Мила Рая Бистра Ралица Гергана Йоана Росен Милен Милан Боян
    Драган Лука Тома Павел"""
)
"""Given names that the dictionary has as words: `names` leaves them out where they open a text."""
_CALLED = re.compile(r"\w+(?:ът|ят|[кц]ата|ецът|ският|ата)")
"""An ordinary word with its article that opens a sentence before a name: «Ресторантьорът Киро»."""
_GIVEN_BEFORE = re.compile(r"([А-Я][а-я]+)\s$")
_WHERE = word_set("в във край до към през над под из около извън")
_OFFICES = word_set(
    """министър премиер вицепремиер президент вицепрезидент кмет кметица депутат депутатка прокурор
    съдия адвокат адвокатка директор директорка шеф шефка председател председателка лидер лидерка
    говорител говорителка началник началничка комисар еврокомисар експерт експертка треньор
    професор доцент доктор генерал полковник инспектор канцлер канцлерка посланик ректор
    ректорка декан омбудсман архитект инженер управител управителка собственик собственичка
    наставник вратар нападател защитник капитан актьор актриса режисьор режисьорка певец певица
    писател писателка журналист журналистка учител учителка лекар лекарка епископ митрополит
    патриарх папа крал кралица принц принцеса губернатор губернаторка сенатор евродепутат
    евродепутатка заместник-министър заместник-кмет заместник-председател съветник съветничка
    координатор координаторка секретар секретарка икономист икономистка анализатор анализаторка
    историк социолог политолог метеоролог спасител спасителка шофьор шофьорка пилот следовател
    следователка вицепредседател изследовател изследователка земеделец производител"""
)
_HONORIFICS = word_set("г-н г-жа г-ца д-р проф доц инж арх акад ген полк адв")
_FORMER = re.compile(r"(?:бивш|тогавашн|някогашн|предишн|досегашн|екс)")
_QUALIFIES = re.compile(r"[\w-]+(?:ият|ия|ата|ски|ска|ен|на)|бивша?|заместник")
_ARTICLES = ("ът", "ят", "та", "а", "я")
_STOPS = word_set("че който която които и а но като")
_LEADS = word_set("на по за в във от към при с със")
_CLAUSE = re.compile(r"[.;:!?()\n]\s?|,\s")
_WORD = re.compile(r"[\w-]+")
_FROM = re.compile(
    r"\s*\((?P<brackets>[А-ЯA-Z][^()\n]{1,30})\)"
    r"|\s+от\s+(?P<of>[„\"]?[А-ЯA-Z][\w-]*(?:\s[А-ЯA-Z][\w-]*)*)"
)
_QUOTED = re.compile(r"[„«\"][^“”»\"]*[“”»\"]")
_PARTICLE = re.compile(r"\s(?:фон|ван|дер|ден|де|ди|бин|ибн)\s")
_BEFORE = 110
"""Characters before a name in which its office stands."""
_MOST = 8
"""Words between an office and the name: «министърът на труда и социалната политика …»."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A person where the text names one: `text[start:end]` is the name as it stands.

    `name` is the name without endings of possession («Петровият» is „Петров“). `office` is the
    phrase before it („министърът на финансите“), `held` its noun as a man holds it („директор“ for
    «директорката»); `former` says that the person is so no longer. `of` is the party, club or
    outlet given with „от“ or in brackets. What is not said is empty.
    """

    name: str
    start: int
    end: int
    office: str = ""
    held: str = ""
    former: bool = False
    of: str = ""

    @property
    def woman(self) -> bool:
        """Whether the family name has a woman's form."""
        return bool(_WOMAN.search(self.name))


@lru_cache(maxsize=512)
def mentions(text: str) -> tuple[Mention, ...]:
    """The people that a text names, in reading order, without overlaps; never raises."""
    found: list[Mention] = []
    for run, start, end in names(text):
        one = _person(text, run, start, end)
        if one is None:
            one = _again(run, start, end, found)
        if one is not None:
            found.append(one)
    return tuple(found)


def same_name(one: str, other: str) -> bool:
    """Whether two names may be one person's.

    The family names are equal, in Cyrillic or Latin letters, and given names do not contradict
    each other: «И. Петров», «Иван Петров» and «Иван Стоянов Петров» may, «Петров» and «Петрова» or
    «Иван» and «Петър Петров» may not. A given name alone is nobody's.
    """
    mine, theirs = _parts(one), _parts(other)
    if not mine or not theirs or mine[-1] != theirs[-1]:
        return False
    given, others = mine[:-1], theirs[:-1]
    if not given or not others:
        return True
    shorter, longer = sorted((given, others), key=len)
    return _fits(shorter[0], longer[0]) and all(
        any(_fits(part, whole) for whole in longer[1:]) for part in shorter[1:]
    )


def _fits(one: str, other: str) -> bool:
    """Equal, or one the other's initial."""
    short, long = sorted((one.rstrip("."), other.rstrip(".")), key=len)
    return short == long or (len(short) < 3 and long.startswith(short) and "." in one + other)


def _parts(name: str) -> list[str]:
    """The parts of a name in small Latin letters, titles left out and possession undone."""
    found = [_undone(part) for part in name.replace(".", ". ").split()]
    return [latin(part).lower() for part in found if part.rstrip(".").lower() not in _HONORIFICS]


def _undone(word: str) -> str:
    owned = _OWNED.fullmatch(word)
    return owned.group(1) if owned else word


_MAYOR = re.compile(r"(?<!\w)кмет\w*\s+на\s+(?:\w+\s+)?$", re.IGNORECASE)


def _person(text: str, run: str, start: int, end: int) -> Mention | None:
    """The run of capitals as a person, less the place or party before the name."""
    words = list(_WORD.finditer(text, start, end))
    if not words or run.isupper() or text[start - 1 : start] in {*"„«“"}:
        return None
    while len(words) > 1 and _is_calling(words[0].group()):
        words = words[1:]
    led = text[:start].rstrip(' „"').rsplit(None, 1)[-1:] or [""]
    if led[0].lower() in _LEADS and len(words) > 1:
        begins = _name_begins([w.group() for w in words])
        if _MAYOR.search(text[:start]) and len(words) > 2 + begins:
            begins = len(words) - 2  # «кметът на Върбан Димитричка Ралева» leads a place
        words = words[begins:]
    start = words[0].start()
    given = _GIVEN_BEFORE.search(text, max(0, start - 20), start) if len(words) == 1 else None
    if given and given.group(1) in _GIVEN:
        start, words = given.start(), [given, *words]
    whole = _said_of(text, Mention(_undone_whole(text[start:end]), start, end))
    last = _undone(words[-1].group())
    shaped = _is_family(last)
    titled = led[0].lower().rstrip(".") in _HONORIFICS
    told = bool(whole.office) or titled or _PARTICLE.search(run)
    if told or (shaped and (len(words) > 1 or led[0].lower() not in _WHERE)):
        return whole
    return None


def _is_family(word: str) -> bool:
    return bool(_FAMILY.fullmatch(word)) and word not in _NO_FAMILY


def _is_calling(word: str) -> bool:
    """Whether a capital word that opens a run says what the person is: „Комисар Петров“."""
    return bool(_CALLED.fullmatch(word) or office(word))


def _undone_whole(name: str) -> str:
    *given, last = name.split()
    return " ".join((*given, _undone(last)))


def _name_begins(words: Sequence[str]) -> int:
    """Where the person's name begins in a run that a preposition leads: «Белодол Иван Петров»."""
    if not _is_family(words[-1]):
        return next((i + 1 for i, w in enumerate(words[:-1]) if _is_short_name(w)), 0)
    at = len(words) - 2
    while at > 0 and _is_family(words[at]):
        at -= 1  # «Иван Стоянов Петров»
    return at + _is_short_name(words[at])


def _is_short_name(word: str) -> bool:
    """«СДС», and no initial."""
    return word.isupper() and len(word) > 1


def _again(run: str, start: int, end: int, found: Sequence[Mention]) -> Mention | None:
    """A later mention by the last word of a name that was told in full."""
    for earlier in reversed(found):
        if " " in earlier.name and earlier.name.split()[-1] == _undone(run):
            return Mention(_undone(run), start, end)
    return None


def _said_of(text: str, one: Mention) -> Mention:
    """The mention with its office, and with the party or club beside it."""
    beside = _FROM.match(text, one.end)
    of = (beside.group("brackets") or beside.group("of").strip('„"')) if beside else ""
    told = office_before(text, one.start)
    if told is None:
        return replace(one, of=of)
    phrase, held, former = told
    return replace(one, office=phrase, held=held, former=former, of=of)


def office_before(text: str, at: int) -> tuple[str, str, bool] | None:
    """The office that the words up to `at` tell: its phrase, its noun, whether it is a former one.

    It ends just there («министър »), or with what it is an office of («кметът на Белодол »).
    """
    low = max(0, at - _BEFORE)
    plain = _CLAUSE.split(without_stops(text[low:at]))[-1]
    before, clause = list(_WORD.finditer(plain)), text[at - len(plain) : at]
    while before and before[-1].group().lower() in _HONORIFICS:
        clause = clause[: before.pop().start()]  # «Директорът доц. …»
    for place in range(len(before) - 1, max(-1, len(before) - 1 - _MOST), -1):
        held = office(before[place].group())
        if held and _leads_on(clause[before[place].end() :]):
            return _told(clause, before, place, held)
    return None


def _leads_on(between: str) -> bool:
    """Whether nothing stands between an office and the name, or only what it is an office of."""
    whole = _WORD.findall(between)
    if not whole:
        return True
    if whole[0] not in _LEADS or whole[-1] in _LEADS | _STOPS:
        return False
    plain = _WORD.findall(_QUOTED.sub(" ", between))
    return not any(
        word in _STOPS - {"и"}
        or (word.islower() and led not in _LEADS and verbish(word))
        or (word[:1].isupper() and _is_family(word))
        for led, word in pairwise(plain)
    )


def _told(
    clause: str, before: Sequence[re.Match[str]], at: int, held: str
) -> tuple[str, str, bool]:
    first, former = at, before[at].group().lower().startswith("екс")
    while first > 0 and at - first < 3 and _QUALIFIES.fullmatch(before[first - 1].group().lower()):
        first -= 1
        former = former or bool(_FORMER.match(before[first].group().lower()))
    return clause[before[first].start() :].strip(' „"'), held, former


def office(word: str) -> str:
    """The office that a word names in any form, as a man holds it: „директорката“ is „директор“.

    A deputy is none of those whom he stands for: „зам.-кметът“ is „заместник-кмет“. Empty for any
    other word.
    """
    low = word.lower()
    if low.startswith(DEPUTY):
        whole = office(low.removeprefix(DEPUTY))
        return f"заместник-{whole}" if whole else ""
    low = low.removeprefix("екс-").removeprefix("екс")
    forms = (low, lemma(low), *(low.removesuffix(e) for e in _ARTICLES if low.endswith(e)))
    found = next((form for form in forms if form in _OFFICES), "")
    for ending in ("ка", "ица"):
        if found.endswith(ending) and found.removesuffix(ending) in _OFFICES:
            return found.removesuffix(ending)
    return found
