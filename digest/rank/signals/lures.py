"""Clickbait, measured on the headline alone: what it does instead of saying what happened.

What somebody else says does not count: quoted words, and all that follows a speaker's name and a
colon. An honest question is no lure; one that hides its subject is („Познахте ли я?“).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest.bulgarian.lexicon import word_set
from digest.rank.material import Context, Material
from digest.rank.signals.signal import Signal

_ASKING = r"(?:какво|как|защо|кой|коя|кое|кои|къде|кога|колко|с какво|на кого)"
_FAME = (
    r"(?:актьор|актрис|певец|певиц|водещ|футболист|звезд|милионер|милиардер|модел|инфлуенсър)\w*"
)
_THINGS = (
    r"(?:неща|начина?|причини|трика?|съвета|грешки|знака|признака|храни|навика?|факта|тайни|места"
    r"|зодии|рецепти|идеи|стъпки|правила|думи|снимки|въпроса|симптома?|продукта|имена)"
)
_UNNAMED = "(?! (?-i:[А-ЯЍA-Z„]))"
_TIMES = (
    r"(?:седмиц|годин|месец|вечер|нощ|сезон|сутрин|уикенд|зим|лят|пролет|есен|дни|ден\b|път\b"
    r"|следобед|час|момент|период|мандат|век|брой|понеделник|вторник|сряда|четвъртък|петък"
    r"|събота|неделя|януари|февруари|март|април|май|юни|юли|август|септември|октомври|ноември"
    r"|декември|етап|случа)"
)


@dataclass(frozen=True, slots=True)
class Lure:
    """One thing a headline does: what, how much it counts, and how it is recognised.

    Most headlines have none of the `stems` (three to five letters that open a word, „#“ for a
    figure) and need no closer look by the pattern.
    """

    act: str
    weight: float
    stems: frozenset[str]
    seen: re.Pattern[str]


def _lure(act: str, weight: float, stems: str, seen: str) -> Lure:
    return Lure(act, weight, word_set(stems), re.compile(seen, re.IGNORECASE))


LURES = (
    _lure(
        "обещава, вместо да каже",
        0.6,
        "виж вижт ето разбе чуйте чуй",
        rf"\b(?:виж(?:те)?|ето|разбер(?:ете|и)|чуйте?) {_ASKING}\b",
    ),
    _lure(
        "обещава, вместо да каже",
        0.5,
        "ето вижте пропу задъл",
        r"^ето\b|\bвижте\b|\bне пропускайте\b|\bзадължително прочете",
    ),
    _lure(
        "обещава чувство",
        0.6,
        "повяр вярва думи ахнах говор разпл изнен шашн смае разби разто хвърл взрив очакв онемя"
        " настр изуми",
        r"\b(?:няма|ще) (?:да )?повярвате|не е за вярване|\bбез думи\b"
        r"|всички (?:ахнаха|говорят за)|ще ви (?:разплач|изненад|шашн|сма|раз(?:би|топ)|хвърл)\w*"
        r"|взриви(?:ха)? мрежата|(?:никой|не)\s+(?:го\s+)?очакваше|\bонемя(?:ха|л)?\b"
        r"|настръхнете|изуми(?:ха)? всички",
    ),
    _lure(
        "крещи",
        0.5,
        "шок шоки сенза потре невер уника брута зрели ужас сканд бомба изтръ",
        r"^шок\b|\bшокира\w*|\bсензаци\w*|\bпотрес\w*|\bневероятн\w*|\bуникалн\w*|\bбрутал\w*"
        r"|\bзрелищн\w*|\bужас:|^скандал[!:]|^бомба[!:]|\bизтръпна\w*",
    ),
    _lure(
        "крие за кого говори",
        0.5,
        "този тази тези това извес попул люби обича сканд тайна истин",
        rf"\b(?:този|тази|тези|това) (?!{_TIMES})(?:[а-я]+ )?(?:жена|мъж|дете|момиче|момче"
        rf"|двойка|хора|трик|номер|навик|плод|зеленчук|растение|продукт|храна|храни|напитка|знак"
        rf"|зодия|зодии|дума|думи|място|жест|грешка|снимка|имот|град|курорт|страна|семейство"
        rf"|професия|витамин|чай|билка|актьор|актриса|певица|певец|звезда|човек|предмет|уред)\b"
        rf"|\b(?:извест|популяр|любим|обичан|скандал)\w* (?:наш\w* |българск\w* )?{_FAME}"
        rf"{_UNNAMED}|\bтайната на\b|\bистинската причина\b",
    ),
    _lure(
        "пита, за да скрие",
        0.5,
        "кой коя кои знает позна сещат досет изгле какво крие стои предп истин",
        r"\b(?:кой|коя|кои) (?:е|са) (?:той|тя|те)\b|\bзнаете ли\b|\bпозна(?:хте|вате) ли\b"
        r"|\bсещате ли се\b|\bда се досетите\b|\bкак изглежда(?:т)? (?:днес|сега)\b"
        r"|\bкакво (?:направи|каза|се случи)(?: \w+){0,2} (?:после|след това|накрая)\b"
        r"|\b(?:какво|кой|защо) (?:се крие|стои) зад\b|\bпредполагате ли\b|\bистина или мит\b",
    ),
    _lure(
        "обещава списък",
        0.5,
        "# топ три трите четир пет пете шест седем осем девет десет",
        rf"^(?:топ )?(?:\d{{1,2}}|три(?:те)?|четири|пет(?:те)?|шест|седем|осем|девет|десет)"
        rf"(?:-те)? (?:[а-я]+ )?{_THINGS}\b|\bтоп \d{{1,2}}\b",
    ),
    _lure(
        "хвали се със снимки",
        0.15,
        "снимк видео галер само уника",
        r"[\(\[+](?:\s*)(?:само |уникални )?(?:снимк|видео|галерия)\w*",
    ),
)
_STEMS: Mapping[str, tuple[Lure, ...]] = {
    stem: tuple(lure for lure in LURES if stem in lure.stems)
    for stem in sorted({stem for lure in LURES for stem in lure.stems})
}

_SIZES = (3, 4, 5)
_BEGINNINGS = frozenset([stem[:3] for stem in _STEMS])
"""Enough of a word to pass nearly all headlines by."""

_MANY_MARKS = re.compile(r"[!?]{2,}")
_INNER_DOTS = re.compile(r"(?:…|\.{3}) ?[а-я]")
_VOWEL = re.compile("[АЕИОУЪЮЯ]")
_AROUND = "„“”«»\"'()[]!?.,:;…–-+"
_ABBREVIATIONS = word_set(
    "НАТО ЮНЕСКО УНИЦЕФ ЕВРОПОЛ ФРОНТЕКС УЕФА ФИФА ГЕРБ ОЛАФ ИКАО ОПЕК АСЕАН ФИБА УАДА ЮРО "
    "ЦЕРН АИКБ ОИСР ОССЕ МААЕ НАСА ЕВРОСТАТ ИНТЕРПОЛ"
)

_QUOTED = re.compile(r"„[^“”]*[“”]|«[^»]*»|\"[^\"]*\"|“[^”]*”")
_SPEAKER = re.compile(r"^((?:[\w.-]+ ){0,4}[А-ЯЍA-Z][\w.-]+(?: \([\w .-]+\))?): ")


def clickbait(told: Material, _context: Context) -> Signal:
    """The sum of what the headline of the lead article does (each 0,15–0,6), at most 1."""
    if not told.title.strip():
        return Signal(0.0, "Няма заглавие.")
    found = lures(told.title, cut=told.lead.partial)
    if not found:
        return Signal(0.0, "Заглавието казва какво се е случило.")
    value = min(1.0, sum([weight for _, weight, _ in found]))
    named = "; ".join([f"{act} („{seen}“)" for act, _, seen in found[:3]])
    return Signal(value, f"Заглавието примамва: {named}.")


def lures(title: str, *, cut: bool = False) -> list[tuple[str, float, str]]:
    """What a headline does instead of saying, as (what, how much, the words it does it with).

    `cut` says that the feed itself cut the headline, so that dots at its end are not its own.
    """
    own = _own_words(title)
    words = own.split()
    return _once([*_promises(own, words), *_marks(own, cut=cut), *_shouting(words)])


def _promises(own: str, words: Sequence[str]) -> Iterator[tuple[str, float, str]]:
    for lure in _called_for(words):
        if match := lure.seen.search(own):
            yield lure.act, lure.weight, match.group().strip()


def _called_for(words: Sequence[str]) -> tuple[Lure, ...]:
    """The lures of which a word of the headline has a stem, in the order of the table."""
    called: set[str] = set()
    for word in words:
        low = word.lower().lstrip(_AROUND)
        for size in _SIZES if low[:3] in _BEGINNINGS else ():
            called.update([lure.act for lure in _STEMS.get(low[:size], ())])
        if low[:1].isdigit():
            called.update([lure.act for lure in _STEMS["#"]])
    return tuple([lure for lure in LURES if lure.act in called]) if called else ()


def _own_words(title: str) -> str:
    """The headline without what others say in it."""
    own = _QUOTED.sub("„“", title) if '"' in title or "„" in title or "«" in title else title
    speaker = _SPEAKER.match(own) if ": " in own else None
    if speaker is None or speaker.group(1).isupper():
        return own
    said_by = speaker.group(1)
    return own if any(_promises(said_by, said_by.split())) else said_by


def _marks(own: str, *, cut: bool) -> list[tuple[str, float, str]]:
    ending = own.rstrip()
    if ("!" in own or "?" in own) and (match := _MANY_MARKS.search(own)):
        return [("вика с препинателни знаци", 0.5, match.group())]
    if "!" in own:
        return [("вика с препинателни знаци", 0.3, "!")]
    if ending.endswith(("…", "...")) and not cut:
        return [("спира, преди да каже", 0.5, ending[-20:].lstrip())]
    if ("…" in own or ".." in own) and (match := _INNER_DOTS.search(own)):
        return [("спира, преди да каже", 0.4, match.group())]
    return []


def _shouting(words: Sequence[str]) -> list[tuple[str, float, str]]:
    """Two words in capitals or more; a single one is a label, a name or an abbreviation."""
    upper = [word.strip(_AROUND) for word in words if word.isupper() and word[0] != "("]
    loud = [word for word in upper if len(word) > 3 and _said(word)]
    if len(loud) < 2:
        return []
    return [("пише с главни букви", 0.4, " ".join(loud[:3]))]


def _said(word: str) -> bool:
    """Whether people read it as a word and not by its letters."""
    return word not in _ABBREVIATIONS and len(_VOWEL.findall(word)) > 1


def _once(found: Sequence[tuple[str, float, str]]) -> list[tuple[str, float, str]]:
    """Each kind of lure once, by its strongest sign."""
    kinds: dict[str, tuple[str, float, str]] = {}
    for one in found:
        if one[0] not in kinds or kinds[one[0]][1] < one[1]:
            kinds[one[0]] = one
    return list(kinds.values())
