"""How certain a statement is said to be: words and forms that hold back, in order.

Takes a stretch of text, gives the words in it that make what it says less than a plain fact, and
how much less. What such a word reaches over, `clauses.py` says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache


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


def _any(stems: str) -> re.Pattern[str]:
    """A pattern for any of some expressions; «*» is the rest of a word, «_» a space."""
    parts = (one.replace("_", r"\s+").replace("*", r"\w*") for one in stems.split())
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w-])", re.IGNORECASE)


_SAID = _any(
    """каз[ав]* кажа* каже* заяв* съобщ* обяв* оповест* посоч* коментир* увер* подчерт*
    отбеляз* изтък* добав* допъл* обясн* поясн* разясн* предад* предава* пише пишат показ* сочи
    сочат разказ* сподел* уточн* припомн* предупред* предупрежд* призна призна[вх]* отговор*
    отвърн* информир* докладва* установ[ия] установиха заключ* изчисл* попита* реагира* разкри*
    по_информация по_данни по_сведения пред_* писа написа* подсказ* свидетелства*
    потвърд* ста[вн]а_ясно личи"""
)
_CLAIM = _any(
    """твърд[ияея]* твърдени* според по_думите по_думи по_мнение* по_преценка по_версията
    по_неговите_думи по_нейните_думи по_собствените* смята* сметна* счита* мисл[ия]* вярва* намира
    намират убеден* категоричен категорична обвинява* обвини обвиниха упрек* критикува*
    по_оценка по_изчисления* по_разчети* възприе*
    жалва_се оплак* оспорва* настоява_че поддържа_че настоя_че"""
)
_EXPECT = _any(
    """планир* възнамерява* намерени* намерен[аио]? готв[ия]т?_се се_готв[ия]* готвят предсто[ияе]*
    очаква* очаквани* предвижд* предвиди* предвиде* насроч* обеща* обещани* ангажира* ангажимент*
    прогноз* цел цели_да целта_е проект проекта проектът проектозакон* законопроект* подготв*
    планът план плана планове на_път_да заканва* закани* ще_трябва заяви_намерени* тръгва_към
    насочва_се график* замисля* стреми* амбици*"""
)
_POSSIBLE = _any(
    """може_би вероятн* възможн* евентуалн* навярно сигурно_ще предполаг* предполож* предполагаем*
    подозир* подозрени* заподозр* обвиняем* обвинен обвинен[аи]* обвинени* съмнени* съмнява*
    допуска* допусн* хипотез* верси[яи]* слух* слухове* спекул* непотвърден* неофициалн*
    не_изключва* не_се_изключва* не_е_изключен* първоначалн* предварителн* привидно уж изглежда
    дали ако освен_ако при_условие стига_да в_случай_че обмисл* обсъжда* предлага* предложи*
    предложен* предложени* иска* искат искане* искал* поиска* настоява* настоя настоял* призов*
    апелир* препоръч* моли молят помоли* пледира* кандидатства* надява* надежд* опасява* опасени*
    страх* заплаш* рискув* риск* опасност* под_въпрос не_е_ясно неясно не_е_сигурн* не_е_решен*
    чака_се се_чака* чакат_се изчаква* склонен* склонн* готов_да готова_да готови_да би_трябвало
    спряга* говори_се се_говори сочен* сочат_за проучва* разглежда* разследва* издирва*
    преговаря* преговори спори спорят колеба* мечтае* възнамер* изкушен* питан* застраш* се_очертава
    потенциал* претендира* на_косъм имал_да теоретичн* по_всяка_вероятност
    заявлени* кандидат кандидати кандидатур* обърна_се_към обърна_се_за"""
)
_NOT_BEFORE = re.compile(r"(?:^|\s)(?:не|без|нито|няма)\s+(?:се\s+)?$", re.IGNORECASE)
_MAY = _any("може могат можем можеше можеха можел* можело могъл могл* би биха бих бихме")
_LEVELS = (
    (_SAID, Certainty.REPORTED),
    (_EXPECT, Certainty.EXPECTED),
    (_CLAIM, Certainty.CLAIMED),
    (_POSSIBLE, Certainty.POSSIBLE),
    (_MAY, Certainty.POSSIBLE),
)


@lru_cache(maxsize=20_000)
def hedges(text: str) -> tuple[Hedge, ...]:
    """The words of a text that hold back, in the order of their places. Never raises.

    «Не може да» tells what is impossible, and holds nothing back; nor does «не планира».
    """
    found = [
        Hedge(m.start(), m.end(), m.group(), level)
        for pattern, level in _LEVELS
        for m in pattern.finditer(text)
        if not _NOT_BEFORE.search(text[: m.start()])
    ]
    return tuple(sorted(found, key=lambda one: (one.start, one.end)))


def raised(said: Certainty, source: Certainty) -> bool:
    """Whether a statement is more certain than its source bears out.

    Who said a thing may be left out („съобщи МВР“); that it is to come, is awaited, is one side's
    word or only possible may not.
    """
    return source > Certainty.REPORTED and said < source
