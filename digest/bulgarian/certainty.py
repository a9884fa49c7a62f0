"""How certain a statement is said to be: words and forms that hold back, in order.

Takes a stretch of text, gives the words in it that make what it says less than a plain fact, and
how much less. What such a word reaches over, `clauses.py` says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from digest.bulgarian.words import STOPWORDS


class Certainty(IntEnum):
    """From what happened to what may; a higher value is less certain."""

    FACT = 0
    REPORTED = 1
    """Somebody said so, in his office or as a witness: „съобщи МВР“. News drops this freely."""
    FUTURE = 2
    """„Ще“: not yet."""
    EXPECTED = 3
    """Planned, promised, awaited."""
    CLAIMED = 4
    """One side's word: „твърди“, „според“, „смята“."""
    POSSIBLE = 5
    """„Може“, „вероятно“, „би“, „предполагаем“, „ако“; also what is only asked or proposed."""


@dataclass(frozen=True, slots=True)
class Hedge:
    """A word that holds back, with its span in the text."""

    start: int
    end: int
    word: str
    level: Certainty
    over: tuple[str, ...] = ()
    """The words it is said of, in lower case: «предполагаемият извършител»; else of all."""


def _any(stems: str) -> re.Pattern[str]:
    """A pattern for any of some expressions; «*» is the rest of a word, «_» a space."""
    parts = (
        one.replace(",_", r",\s+").replace("_", r"\s+").replace("*", r"\w*")
        for one in stems.split()
    )
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])", re.IGNORECASE)


_SAID = _any(
    """каза казаха казва казват казал* кажат каже заяви* заявя* съобщ* обяви* обявя* оповест*
    посочи* посочв* коментира* увери* уверя* подчерта* отбеляз* изтъкн* изтъкв* добави
    добавиха добавя добавят допълни допълниха допълва* обясн* поясн* разясн* предадоха предава
    предават пише пишат сочи сочат разказа разказва* разказал* сподел* уточн* припомн*
    предупред* предупрежд* призна признава* призна[хл]* отговори отговориха отговаря* отвърна*
    отвръща* информира* докладва* заключи* попита* реагира* по_думите по_думи по_неговите_думи
    по_нейните_думи по_собствените* по_информация по_данни по_сведения писа написа* подсказ*
    свидетелства* възкликна* сподели* апелира* обобщи* показ* установи* установя* разкри*
    потвърд* изчисл* стана_ясно става_ясно личи"""
)
_SHOWN = _any("показ* установи* установя* разкри* потвърд* изчисл* стана_ясно става_ясно личи")
_CLAIM = _any(
    """твърд[ия]* твърдеше твърдял* твърдени*_че според по_мнение* по_преценка по_версията
    по_данни_на_прокур* по_данни_на_полиц* по_данни_на_разслед* по_данни_на_следств*
    по_данни_на_свидет* по_данни_на_източ* по_данни_на_МВР по_информация_на_прокур*
    по_информация_на_полиц* по_информация_на_медии* по_информация_на_източ* смята* счита
    считат считаше мисли мислят вярва вярват убеден* категоричен категорична обвинява* обвини
    обвиниха упрек* критикува* по_оценка по_изчисления* по_разчети* намира_за намират_за
    намира_\\S+_за намират_\\S+_за настоява,_че поддържа,_че настоя,_че предполага предполагат
    предполагаше предположи* подозира* подозря подозряха вини винят винеше виняха"""
)
_EXPECT = _any(
    """планира* възнамерява* намерен[аио]?_да готви готвят готвеше се_готв[ия]* очаква*
    предвижда* предвидиха е_предвиден* са_предвиден* се_предвид* се_ангаж* прогнозира* целта_е
    цел_е цели_да подготвя* трябва* нужно_е е_нужн* са_нужн* е_необходим* са_необходим*
    необходимо_е заканва* закани* на_път_да замисля* стреми* цели_се"""
)
_POSSIBLE = _any(
    """може_би вероятно най-вероятно възможно евентуално навярно сигурно_ще съмнява* се_съмнява*
    допуска допускат допуска_възможност* по_непотвърден* по_неофициалн* неофициално
    не_изключва* не_се_изключва* не_е_изключен* по_първоначалн* по_предварителн* привидно уж
    изглежда дали ако освен_ако при_условие стига_да в_случай_че обмисл* мисли_за мислят_за
    мисли_да мислят_да подлежи* подлежат има_право_да мислело обсъжда обсъждат обсъждаха
    предлага предлагат предлагаше предложи предложиха предложил* иска искат искаше искаха
    искал* поиска* настоява* настоя настоял* настояха призов* апелира* препоръч* съветва*
    съветват посъветва* насърчава* подкани* изисква изискват моли молят помоли* пледира*
    кандидатства* надява* опасява* бои_се се_бои боят_се се_боят страхува* заплаш* рискува*
    под_въпрос не_е_ясно неясно
    не_е_сигурн* не_е_решен* чака_се се_чака* чакат_се изчаква* склонен склонна склонни
    готов_да готова_да готови_да би_трябвало спряга* говори_се се_говори сочен_за
    разследва*_за преговаря* спорят_дали колеба* мечтае* претендира* теоретичн*
    по_всяка_вероятност обърна_се_към се_обърна_към обърнаха_се_към се_обърнаха_към
    предполага_се се_предполага"""
)
_ABOUT = _any(
    """предполагаем* вероят[не]* най-вероят[не]* възмож[не]* евентуалн* потенциал* заподозр* обвинен
    обвинен[аи] обвинява[тлн]* подозира[нт]* подозрян* непотвърден* неофициалн* предварителн*
    първоначалн* очакван[аио]? очакваният очакваната очакваното очакваните планиран[аио]?
    планираният планираната планираното планираните предвиден* обещан[аио]? предложен[аио]?
    бъдещ* предстоящ* хипотетичн* смятан* считан* сочен[аи]?"""
)
_HOPE = _any(
    """възможност* вероятност* опасност* опасени* заплах* риск рискове риска рискът надежд*
    съмнени* подозрени* верси[яи]* хипотез* слух слухове* спекулаци* намерени* искане*
    предложени* идея* идеята план планът планове* плановете прогноз* очаквани* обещани* проект
    проекта обвинени* арест* задърж* разследване* подсъдим* проверка проверки проверката
    сигнал сигнали сигналът жалба жалби жалбата"""
)
_NOT_BEFORE = re.compile(r"(?:^|\s)(?:не|без|нито|няма)\s+(?:се\s+)?$", re.IGNORECASE)
_GUARD = _any(
    """против критикува* протестира* недовол* възрази* засега оценява* изчислява* възможност*
    вероятност* опасени* надежд* съмнени* подозрени* верси[яи]* хипотез* слух слухове*
    спекулаци* намерени* идея идеята идеи очаквани* страх страхът страхове* прогноз* допуска
    допускат чака чакат чакаше чакаха съгласи* съгласява* склони* защити* защитава* обоснов*
    мотивир* аргументир* оправдава* на_мнение отива_за отиват_за е_срещу са_срещу
    срещу_\\S+_е срещу_\\S+_\\S+_е противник* ще_се_реш* ще_реш* ще_обсъ*
    ще_се_обсъ* ще_разглежда* ще_се_разгле* ще_гласува*"""
)
_SOON = _any("предстои предстоят предстоеше насроч* обеща обещаха обещава* обещал*")
_INSISTS = re.compile(r"насто\w+,\s+че(?!\w)", re.IGNORECASE)
"""«Настоява, че» claims, «настоява да» asks."""
_SINGLE = re.compile(
    r"мо[жг]|би(?!\w)|бих|обвин|упрек|критик|предл|поиск|настоя|призов|мол", re.IGNORECASE
)
"""What «не» takes back whole: «не може», «не обвинява»; «не смята» is an opinion too."""
_MAY = _any("може могат можем можеше можеха можел* можело могъл могл* би биха бих бихме")
_LEVELS = (
    (_SAID, Certainty.REPORTED),
    (_SOON, Certainty.FUTURE),
    (_EXPECT, Certainty.EXPECTED),
    (_CLAIM, Certainty.CLAIMED),
    (_POSSIBLE, Certainty.POSSIBLE),
    (_MAY, Certainty.POSSIBLE),
)


@lru_cache(maxsize=20_000)
def hedges(text: str) -> tuple[Hedge, ...]:
    """The words of a text that hold back, in the order of their places. Never raises.

    «Не може да» tells what is impossible, and holds nothing back.
    """
    found = [
        Hedge(m.start(), m.end(), m.group(), level)
        for pattern, level in _LEVELS
        for m in pattern.finditer(text)
        if not (_SINGLE.match(m.group()) and _NOT_BEFORE.search(text[: m.start()]))
        and not _called(text, m.start())
        and not (pattern is _POSSIBLE and _INSISTS.match(text, m.start()))
    ]
    taken = {one.start for one in found}
    found += [one for one in _narrow(text) if one.start not in taken]
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def guarded(text: str) -> bool:
    """Whether a word of doubt, hope or intent stands in it, whatever it is over."""
    return _GUARD.search(text) is not None


def shows(text: str) -> bool:
    """Whether it tells what something shows («проверката показа»), not what somebody says."""
    return _SHOWN.search(text) is not None and _SAID.search(_SHOWN.sub("", text)) is None


def _called(text: str, at: int) -> bool:
    """Whether a word is a name: a capital that opens nothing."""
    return text[at].isupper() and at > 0 and text[at - 1] not in '„“"«'


def _narrow(text: str) -> list[Hedge]:
    """Adjectives and nouns that hold back what stands after them; before «да» and «че» all of it.

    Before a name they say nothing of what it does: «обвиняемият Петров».
    """
    found = []
    nouns = (m for m in _HOPE.finditer(text) if _OF.match(text, m.end()))
    for match in (*_ABOUT.finditer(text), *nouns):
        if _NOT_BEFORE.search(text[: match.start()]) or _called(text, match.start()):
            continue
        tail = re.split(r"[,.;:!?()–„“]", text[match.end() :], maxsplit=1)[0]
        over = [w for w in _WORD.findall(tail)[:_REACH] if w not in STOPWORDS][:2]
        if _ALL.match(text, match.end()):
            found.append(Hedge(*match.span(), match.group(), Certainty.POSSIBLE))
        elif over and over[0][0].islower():
            found.append(Hedge(*match.span(), match.group(), Certainty.POSSIBLE, tuple(over)))
    return found


_OF = re.compile(r",?\s+(?:за|заради|от|в|във|към|срещу|че|да|(?:(?!няма|ще)\S+\s+)?да)\s")
_ALL = re.compile(r",?\s+(?:(?!няма|ще)\S+\s+)?(?:да|че|дали)(?!\w)")
_WORD = re.compile(r"\w+(?:-\w+)*")
_REACH = 5
"""Words after a noun or an adjective of doubt among which stands what it doubts."""


def raised(said: Certainty, source: Certainty) -> bool:
    """Whether a statement is more certain than its source bears out.

    Who said a thing may be left out („съобщи МВР“); that it is to come, is awaited, is one side's
    word or only possible may not. „Планира“ for „може“ holds back enough, „според“ alone does not.
    """
    if source is Certainty.FUTURE:
        return said < source
    if source > Certainty.FUTURE:
        return said <= Certainty.FUTURE or (source is Certainty.POSSIBLE and said is _CLAIMED)
    return False


_CLAIMED = Certainty.CLAIMED
