"""What a sentence says that was not said before: figures, acts and names.

Takes sentences, gives the strength of what is new in them against what is known. Figures are
compared with what they count (4 dead are not 4 cars), acts by what they come to („одобриха“ is
„приеха“) and only when they happened („ще приеме“ is not „прие“), names only of whom something
befell. Background, reactions and talk of press conferences bring nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from digest.bulgarian.bounds import bound
from digest.bulgarian.dates import MONTHS, WEEKDAYS
from digest.bulgarian.lexicon import word_set
from digest.bulgarian.names import names
from digest.bulgarian.numbers import Number, numbers
from digest.bulgarian.words import lemma, words

COUNTED, ACT, FIGURE, NAME = 8, 4, 2, 1
"""How much each kind of new fact weighs: the figure of people first, a bare name last."""

_COUNTS = MappingProxyType(
    {
        "загинали": re.compile(r"загин|жертв|почина|убит|мъртв|смъртни|издъхн"),
        "ранени": re.compile(r"ранен|ранени|пострада"),
        "задържани": re.compile(r"задърж|арестув"),
        "изчезнали": re.compile(r"изчезн|издирва|безслед|неизвестност"),
        "евакуирани": re.compile(r"евакуир"),
        "заразени": re.compile(r"заразен|болни|случа[йи] на"),
        "спасени": re.compile(r"спасен|спасиха"),
    }
)
"""What is counted of people; these figures grow over days and are news wherever they stand."""

_NEAR = 45
"""Characters between a figure and what it counts: „на четирима нарасна броят на загиналите“."""

_WORLD_UNITS = frozenset({"%", "п.п.", "лв.", "€", "$", "MW", "т", "°"})
"""Figures of these are news of their own; others („три линейки“, „4 метра“) only where the same
thing was counted before and is another number now, in a headline, or with a new act."""
_NO_FIGURE = frozenset({"г.", "ч.", "-ти", "години"})
"""Years, hours, ordinals and ages place a story; they do not carry it further."""

_ACTS = MappingProxyType(
    {
        "оставка": r"подад\w* (?:\w+ )?оставка|хвърли\w* оставка|оттегли\w*|напусна\w*|уволни\w*"
        r"|уволнен\w*|отстрани\w*|отстранен\w*|оставк\w+",
        "приемане": r"прие|приеха|приет[аио]?|одобри(?:ха)?|одобрен[аио]?|ратифицира\w*"
        r"|гласуваха",
        "отказ": r"отхвърли\w*|отхвърлен\w*|отказа(?:ха)?|вето|провали\w*|блокира(?:ха)?",
        "присъда": r"осъди\w*|осъден\w*|оправда\w*|оправдан\w*|постанови\w*|присъди\w*|присъда"
        r"|глоби\w*|глобен\w*",
        "отмяна": r"отмени\w*|отменен\w*|анулира\w*",
        "потвърждение": r"съд\w* потвърди|потвърди присъдата|потвърди решението",
        "задържане": r"задържа(?:ха)?|задържан\w*|арестува\w*|заловен\w*|залови\w*",
        "пускане": r"освободи\w*|освободен\w*|пуснат\w*|пуснаха",
        "обвинение": r"обвини\w*|обвинен[аи]?|повдигна\w* обвинени\w*|обвинителен акт|подсъдим\w*",
        "смърт": r"загина\w*|почина\w*|издъхна\w*|жертв\w+|убит\w*|уби(?:ха)?",
        "намиране": r"иззе(?:ха|т\w*)|намери(?:ха)?|намерен\w*|открит[аио]?|откриха"
        r"|изваден\w*|извадиха|спасен\w*|спасиха",
        "откриване": r"откри|пусна в (?:действие|експлоатация)|влезе в сила",
        "подпис": r"подписа(?:ха)?|подписан\w*|договориха|споразумя\w*"
        r"|постигна\w* (?:споразумение|съгласие|договорка)|споразумение\w*",
        "край": r"приключи\w*|завърши\w*|прекрати\w*|прекратен\w*|закри(?:ха)?|закрит\w*|угасен\w*"
        r"|потушен\w*|потушиха|овладян\w*|овладяха",
        "спиране": r"спря(?:ха)?|спрян[аои]?|затвори\w*|затворен\w*|забрани\w*|забранен\w*",
        "начало": r"започна\w*|стартира\w*|тръгна(?:ха)?",
        "връщане": r"възстанови\w*|възстановен\w*|върна\w*|върнат\w*|възобнови\w*|възобновен\w*",
        "отлагане": r"отложи\w*|отложен\w*|удължи\w*|удължен\w*",
        "насрочване": r"насрочи\w*|насрочен\w*",
        "избор": r"избра(?:ха)?|избран[аио]?|назначи\w*|назначен\w*|номинира\w*|оглави\w*",
        "победа": r"спечели\w*|победи\w*|класира\w*",
        "ръст": r"достигна\w*|стигна\w*|разшири\w*|обхвана\w*|разрасна\w*"
        r"|увеличи\w*|увеличен\w*|нарасна\w*|повиши\w*|повишен\w*|поскъпна\w*",
        "спад": r"намали\w*|намален\w*|понижи\w*|понижен\w*|спадна\w*|поевтиня\w*",
        "обявяване": r"обяви\w* (?:бедствено|извънредно|стачка|война|фалит|частично)",
        "удар": r"избухна\w*|срути\w*|взриви\w*|атакува\w*|рухна\w*",
        "мир": r"примири[ея]\w*",
        "поемане": r"призна(?:ха)?(?: се)?(?: за)? винов\w*|призна(?:ха)?|направи\w* самопризнания",
    }
)
"""Acts by what they come to; words of one row mean the same step of an affair."""

_HEADLINE_ACTS = MappingProxyType(
    {
        "оставка": r"подава\w* оставка|оттегля\w*|напуска\w*|уволнява\w*",
        "приемане": r"приема\w*|одобрява\w*|дава зелена светлина",
        "отказ": r"отхвърля\w*|отказва\w*|блокира\w*",
        "присъда": r"осъжда\w*|оправдава\w*|глобява\w*",
        "отмяна": r"отменя\w*|пада|падат",
        "задържане": r"арестуват|залавя\w*",
        "пускане": r"освобождава\w*|пускат|на свобода|свободни",
        "обвинение": r"обвинява\w*|повдига\w* обвинение",
        "смърт": r"умира|умря|гине|гинат|взе жертва",
        "намиране": r"намират|откриват|спасяват",
        "подпис": r"подписва\w*|договарят",
        "край": r"приключва\w*|прекратява\w*|свърши|свършва|закриват",
        "спиране": r"спира|спират|затваря\w*|забранява\w*",
        "начало": r"започва\w*",
        "връщане": r"възстановява\w*|връща\w*",
        "отлагане": r"отлага\w*|удължава\w*",
        "избор": r"избира\w*|назначава\w*",
        "победа": r"печели|побеждава",
        "ръст": r"поскъпва\w*|повишава\w*|увеличава\w*|вдига\w*",
        "спад": r"поевтинява\w*|намалява\w*|понижава\w*",
    }
)
"""The act lies ahead or is only wished for: such a word among the five before; „за оставка“."""

_HEADLINE_ACT = MappingProxyType(
    {
        name: re.compile(rf"\b(?:{_ACTS[name]}|{pattern})\b", re.IGNORECASE)
        for name, pattern in _HEADLINE_ACTS.items()
    }
)
_AHEAD = re.compile(
    rf"\b(?:ще|догодина|утре|вдругиден|скоро|следващ\w+|идн\w+|до края на|очаква\w*|предстои"
    rf"|(?:от|до|през|на|в|във) (?:\d+ )?(?:{'|'.join((*MONTHS, *WEEKDAYS))}|неделя|зимата|пролетта"
    rf"|лятото|есента))\b",
    re.IGNORECASE,
)
"""A headline in the present tense with such a time speaks of a plan."""
_ACT = MappingProxyType(
    {name: re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE) for name, pattern in _ACTS.items()}
)
_NOT_YET = re.compile(
    r"\b(?:ще|да|може|могат|би|биха|трябва|предстои|очаква\w*|иска(?:т|ха)?|поиска\w*|искане\w*"
    r"|призова\w*|настоя\w*|предлага\w*|предложи\w*|ако|дали|планира\w*|обеща\w*|заплаши\w*"
    r"|обмисля\w*|готв\w+|проект\w*|евентуалн\w+|натиск\w*)\b(?:[^\s,.;]*\s+){0,4}[^\s,.;]*$"
    r"|\bза\s+$",
    re.IGNORECASE,
)
"""The act lies ahead, or is only wished for: such a word among the five before it; „за оставка“."""
_NOT = re.compile(r"\bне (?:(?:се|са|е|бе|беше|бяха|го|я|ги) )*$", re.IGNORECASE)
_CHECKING = re.compile(
    r"\s*(?:\w+\s+)?(?:проверка|разследване|досъдебно|производство)", re.IGNORECASE
)
"""„Започна проверка“ is said of everything and moves nothing."""

_BACKGROUND = re.compile(
    r"припомн|да напомним|напомняме|както (?:вече )?(?:писахме|съобщихме|е известно|стана ясно)"
    r"|година по-рано|минал(?:ата|и|ия)(?:те)? (?:година|месец|години)|преди (?:\w+\s+){1,2}години"
    r"|преди (?:година|месец)\b|за сравнение|от началото на годината|до този момент случаят"
    r"|по-рано съобщихме|\bснимк[аи]\b|източник:|\b(?:през|от) (?:19|20)\d\d\b|по традиция"
    r"|по принцип",
    re.IGNORECASE,
)
_TALK = re.compile(
    r"пресконференци|брифинг|ще даде изявление|изявлението (?:беше|бе|е)", re.IGNORECASE
)
_QUOTED = re.compile(r"[„«\"][^“”»\"]{0,800}[“”»\"]")
_SAYS = (
    r"(?:каза\w*|заяви\w*|обясни\w*|съобщи\w*|коментира\w*|посочи\w*|добави\w*|увери\w*"
    r"|смята\w*|според|по думите на|написа\w*|сподели\w*|уточни\w*|информира\w*|предаде\w*"
    r"|предава\w*|пише|обяви\w*|цитира\w*)"
)
_SAID_BY = re.compile(rf"{_SAYS}[^,.;]{{0,40}}$|[/(]\s*(?:агенция\s+)?[„\"]?$", re.IGNORECASE)
_SAYS_NEXT = re.compile(rf"\s*,?\s*(?:\w+\s+){{0,2}}{_SAYS}\b", re.IGNORECASE)
_WHERE = re.compile(
    r"\b(?:в|във|край|до|между|от|към|при|през|над|под|около|из|с\.|гр\.|село|град|община|област"
    r"|улица|булевард|ул\.|бул\.|квартал)\s+[„\"]?$",
    re.IGNORECASE,
)
_HANGS_ON = re.compile(r"\b(?:на|за|с|със|и)\s+[„\"]?$", re.IGNORECASE)
_DATE_AFTER = re.compile(rf"\s+(?:{'|'.join((*MONTHS, *WEEKDAYS))})\b", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}[.:,]\d{2}\s*(?:ч\b|часа)")
_DATE = re.compile(r"\b\d{1,2}\.\d{1,2}\.\d{4}\b")
_ABOUT_SHARE = Decimal("0.1")
"""„Близо 12 милиона“ is 11,8: a rounded figure within a tenth of a known one is the same."""
_SINGLE = word_set("един една едно")


@dataclass(frozen=True, slots=True)
class Known:
    """What was told already: figures with what they count, values, things counted, acts, words."""

    counted: frozenset[tuple[Decimal, str]]
    values: frozenset[Decimal]
    rounded: frozenset[Decimal]
    things: frozenset[str]
    acts: frozenset[str]
    stems: frozenset[str]


def known(texts: Iterable[str], sentences: Iterable[str], titles: Iterable[str]) -> Known:
    """What whole `texts` hold; `sentences` are the same cut for the acts, `titles` their heads."""
    counted: set[tuple[Decimal, str]] = set()
    values: set[Decimal] = set()
    rounded: set[Decimal] = set()
    things: set[str] = set()
    stems: set[str] = set()
    for text in texts:
        found = numbers(text, ones=True, ordinals=True)
        values.update(one.value for one in found)
        rounded.update(one.value for one in found if bound(text, one.start, one.end) != "exactly")
        counted.update(
            (one.value, what) for one in found if (what := counts(text, one)) is not None
        )
        things.update(_thing(text, one) for one in found)
        stems.update(stem(word) for word in words(text))
    acts = {act for sentence in sentences for act in _acts(sentence)}
    acts.update(act for title in titles for act in _acts(title, headline=True))
    return Known(
        frozenset(counted),
        frozenset(values),
        frozenset(rounded),
        frozenset(things),
        frozenset(acts),
        frozenset(stems),
    )


def novelty(sentence: str, told: Known, *, prominent: bool, headline: bool = False) -> int:
    """How much of a sentence is new, 0 when nothing is.

    `prominent`: a title or an opening sentence. A development is announced there; what stands
    further down adds details, of which only a count of people is a development.
    """
    if _BACKGROUND.search(sentence):
        return 0
    count = COUNTED * len(_new_counts(sentence, told))
    if not prominent or _TALK.search(sentence):
        return count
    plain = _QUOTED.sub(lambda m: " " * len(m.group()), sentence)
    acts = set(_acts(plain, headline=headline))
    new_acts = acts - told.acts
    figures = _new_figures(plain, told, anything=headline or bool(new_acts))
    named = _new_names(plain, told) if acts else set()
    return count + ACT * len(new_acts) + FIGURE * len(figures) + NAME * len(named)


def new_figure(sentence: str, told: Known) -> bool:
    """Whether a sentence has a figure that was not told, be it only a detail."""
    return bool(_new_counts(sentence, told) or _new_figures(sentence, told, anything=True))


def counts(text: str, number: Number) -> str | None:
    """What of people a figure counts, by the nearest word after or before it, else None."""
    after = re.split(r"[.;,:()]|\d", text[number.end : number.end + _NEAR], maxsplit=1)[0]
    before = re.split(r"[.;,:()]|\d", text[max(0, number.start - _NEAR) : number.start])[-1]
    near = [
        (match.start(), name)
        for name, pattern in _COUNTS.items()
        if (match := pattern.search(after.lower()))
    ] or [
        (-match.start(), name)
        for name, pattern in _COUNTS.items()
        for match in pattern.finditer(before.lower())
    ]
    return min(near)[1] if near else None


def stem(word: str) -> str:
    """Enough of a word to recognise it inflected: five letters of its lemma."""
    return lemma(word)[:5]


def _new_counts(sentence: str, told: Known) -> set[tuple[Decimal, str]]:
    found = set()
    for number in numbers(sentence, ones=True):
        what = counts(sentence, number)
        if what is None or number.unit in _NO_FIGURE or _dated(sentence, number):
            continue
        if (number.value, what) not in told.counted and not _same(sentence, number, told):
            found.add((number.value, what))
    return found


def _new_figures(sentence: str, told: Known, *, anything: bool) -> set[Decimal]:
    return {
        number.value
        for number in numbers(sentence)
        if number.value not in told.values
        and number.unit not in _NO_FIGURE
        and (anything or number.unit in _WORLD_UNITS or _thing(sentence, number) in told.things)
        and not _dated(sentence, number)
        and not _same(sentence, number, told)
        and counts(sentence, number) is None
    }


def _thing(text: str, number: Number) -> str:
    """What a figure counts: its unit, else the stem of the word after it."""
    if number.unit:
        return number.unit
    after = words(text[number.end : number.end + 30])[:1]
    return stem(after[0]) if after and not after[0].isdigit() else "?"


def _dated(sentence: str, number: Number) -> bool:
    around = sentence[max(0, number.start - 14) : number.end + 8]
    return bool(
        _DATE.search(around)
        or _DATE_AFTER.match(sentence, number.end)
        or _CLOCK.match(sentence, number.start)
        or (
            number.value == 1
            and sentence[number.start : number.end].lower() in _SINGLE
            and counts(sentence, number) is None
        )
    )


def _same(sentence: str, number: Number, told: Known) -> bool:
    """Whether a figure is a known one, rounded here or there."""
    if abs(number.value) < 10:
        return False
    rounded = bound(sentence, number.start, number.end) != "exactly"
    against = told.values if rounded else told.rounded
    return any(abs(one - number.value) <= abs(one) * _ABOUT_SHARE for one in against)


def _acts(sentence: str, *, headline: bool = False) -> Iterator[str]:
    """The acts that a sentence tells as happened; denied ones apart („не приемане“)."""
    present = headline and not _AHEAD.search(sentence)
    for name in _ACT:
        pattern = _HEADLINE_ACT.get(name, _ACT[name]) if present else _ACT[name]
        for match in pattern.finditer(sentence):
            before = sentence[max(0, match.start() - 60) : match.start()]
            if name == "начало" and _CHECKING.match(sentence, match.end()):
                continue
            if not _NOT_YET.search(before):
                yield f"не {name}" if _NOT.search(before) else name
                break


def _new_names(sentence: str, told: Known) -> set[str]:
    """Names of whom something befell; places, speakers and agencies are none."""
    return {
        name
        for name, start, end in names(sentence)
        if not _SAID_BY.search(sentence[max(0, start - 60) : start])
        and not _SAYS_NEXT.match(sentence, end)
        and not _WHERE.search(sentence[max(0, start - 14) : start])
        and not (" " not in name and _HANGS_ON.search(sentence[max(0, start - 6) : start]))
        and any(stem(w) not in told.stems for w in words(name) if len(w) > 2)
    }
