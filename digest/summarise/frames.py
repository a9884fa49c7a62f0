"""What stands around a figure or a day and changes what it says: «над», «с», «на месец», «до».

„Пенсията се увеличава с 346 евро“ has the figure of „става 346 евро“ and says another thing. A
frame is read on both sides; only two that contradict one another are a fault, since a paraphrase
may leave a frame out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from digest.bulgarian.bounds import bound
from digest.bulgarian.numbers import Number

_EDGE = re.compile(r"[,;:–(]\s|\s(?:а|но|докато|като|което|която|който|които)\s|[.!?]\s")
_LOOSE = r"(?:\s+(?:около|близо|почти|приблизително|малко|цели|общо|само|едва|нови|още))*\s*$"
_ABOUT = _LOOSE.replace("(?:около", "(?:над|под|поне|повече от|по-малко от|около")

CHANGE = re.compile(
    r"увелич|нара[сщ]|ръст|повиш|поскъп|вдиг|скоч|намал|спад|пониж|поевтин|свали|срин|расте|растат"
    r"|повеч[еи]|по-мал|по-висок|по-нис|изпревар",
    re.IGNORECASE,
)
"""Words that something has become more or less."""
_DELTA = re.compile(r"(?<!\w)с(?:ъс)?" + _ABOUT, re.IGNORECASE)
_RISE = re.compile(
    r"(?<!\w)(?:увеличени|нарастван|ръст|повишени|поскъпван|поевтиняван|намалени|спад|понижени"
    r"|разлик|скок|добавк|надбавк)\w*"
    r"(?:\s+\w+){0,3}?\s+(?:е|са|беше|бе|бил[аио]?|ще е|ще бъде|става)" + _ABOUT,
    re.IGNORECASE,
)
"""«Увеличението е около 1,56 евро» tells a change."""
_LEVEL = re.compile(
    r"(?<!\w)(?:до|става|стават|стана|станаха|достига|достигна|достигат|стигна|стига|ще бъде"
    r"|ще е|остава|е|са|беше|бе|бил[аио]?)" + _LOOSE,
    re.IGNORECASE,
)
_ON = re.compile(r"(?<!\w)на" + _LOOSE, re.IGNORECASE)
"""«На 5» is where something has come to, beside a word of change."""
_THEN = re.compile(
    r"(?<!\w)(?:преди (?:една |точно )?(?:година|месец|седмица)|минал\w+ (?:година|месец|седмица)"
    r"|миналогодиш\w+|лани|предиш\w+|досегаш\w+|предходн\w+|по същото време|дотогава|преди това)"
    r"(?!\w)",
    re.IGNORECASE,
)
_WAS = re.compile(r"(?<!\w)(?:бил[аио]?|беше|бяха)(?!\w)", re.IGNORECASE)
"""Only a tense: all of a report may be told in it."""
_COMPARED = re.compile(
    r"(?<!\w)(?:спрямо|отколкото|сравнение|повече от|по-малко от|от)\W+(?:\w+\W+){0,2}$"
)
_NOW = re.compile(
    r"(?<!\w)(?:сега|вече|тази година|днес|в момента|тазгодиш\w+|настоящ\w+|е|са)(?!\w)",
    re.IGNORECASE,
)
_PER = re.compile(
    r"(?<!\w)(?:за|на|в|от|през|всеки|всяка|всяко)\s+(?:един |една |едно )?(?:последн\w+ )?"
    r"(?P<unit>минута|час|ден|денонощие|седмица|месец|година"
    r"|кв\w*\.? ?(?:метър|м|километър|км)|декар|хектар|килограм|тон|литър|грам)(?!\w)"
    r"|(?<!\w)(?P<how>дневн|седмичн|месечн|годишн)\w+",
    re.IGNORECASE,
)
_TIME = ("мину", "час", "ден", "дено", "дневн", "седм", "месе", "годи")
_SAME = {"дневн": "ден", "дено": "ден"}
"""Beginnings that mean another unit."""
_SIDES = ("above", "below")


@dataclass(frozen=True, slots=True)
class Frame:
    """How a figure is meant; an empty string where the text does not say.

    `bound` is above or below, `way` delta („с 5“) or level („на 5“), `era` past or now, `per` the
    beginning of the unit („за месец“). `then` is set where more than a tense tells the past.
    """

    bound: str = ""
    way: str = ""
    era: str = ""
    per: str = ""
    then: bool = field(default=False, compare=False)


def frame(text: str, number: Number, others: Sequence[Number] = ()) -> Frame:
    """The frame of a number in its clause, as far as the next of the other numbers."""
    start, end = _clause(text, number.start, number.end)
    before, after = text[start : number.start], text[number.end : end]
    meant_as = bound(text, number.start, number.end)
    since = max((n.end for n in others if start <= n.end <= number.start), default=start)
    until = min((n.start for n in others if number.end <= n.start <= end), default=end)
    near = text[since : number.start] + " " + text[number.end : until]
    then = _then(near) or _come_from(before, after)
    era = "past" if then or _WAS.search(near) else "now" if _NOW.search(near) else ""
    sided = meant_as if meant_as in _SIDES else ""
    return Frame(sided, _way(before, after), era, _per(before, after), then)


def compares(text: str, number: Number) -> bool:
    """Whether a figure is told as a difference: «с 12 процента повече», «с десет над нормата»."""
    start, end = _clause(text, number.start, number.end)
    before = text[start : number.start]
    return _way(before, text[number.end : end]) == "delta" or bool(_DELTA.search(before))


def contradicts(one: Frame, other: Frame) -> bool:
    """Whether both say how the figure is meant, and differ in it."""
    pairs = ((one.bound, other.bound), (one.way, other.way), (one.per, other.per))
    return any(a and b and a != b for a, b in pairs)


def turned(one: Frame, others: Iterable[Frame]) -> bool:
    """Whether every place of the figure in the source contradicts this one."""
    found = list(others)
    return bool(found) and all(contradicts(one, other) for other in found)


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    first = 0
    for edge in _EDGE.finditer(text, 0, start):
        first = edge.end()
    last = _EDGE.search(text, end)
    return first, last.start() if last else len(text)


def _way(before: str, after: str) -> str:
    changed = CHANGE.search(before + " " + after)
    if (_DELTA.search(before) and changed) or _RISE.search(before):
        return "delta"
    return "level" if _LEVEL.search(before) or (changed and _ON.search(before)) else ""


_FROM = re.compile(r"(?<!\w)от\s+(?:\w+\s+)?$", re.IGNORECASE)
_TO = re.compile(r"\s*(?:на|до)\s+(?:\w+\s+)?\d", re.IGNORECASE)


def _come_from(before: str, after: str) -> bool:
    """«Нараснаха от 174 на 286»: the first is what was."""
    whole = before + after
    return bool(_FROM.search(before) and _TO.match(after) and CHANGE.search(whole))


def _then(clause: str) -> bool:
    """Whether it says «преди година», and not that it compares with it."""
    past = _THEN.search(clause)
    return past is not None and not _COMPARED.search(clause[: past.start()])


def _per(before: str, after: str) -> str:
    found = _PER.search(after) or _PER.search(before)
    if found is None:
        return ""
    unit = (found.group("unit") or found.group("how")).lower()
    if unit.startswith("кв"):
        return "квкм" if "км" in unit or "кило" in unit else "квм"
    short = unit[:4] if unit.startswith(_TIME) else unit
    return _SAME.get(unit, _SAME.get(short, short))


_BEFORE = re.compile(
    r"(?<!\w)(?:до|преди|не по-късно от|най-късно (?:на|до|в))(?:\s+\w+){0,1}?\s*$", re.IGNORECASE
)
_AFTER = re.compile(r"(?<!\w)(?:от|след|считано от)(?:\s+\w+){0,1}?\s*$", re.IGNORECASE)


def side(text: str, start: int) -> str:
    """„before“ for «до 2 октомври», „after“ for «от», «след»; empty otherwise."""
    head = text[max(0, start - 24) : start]
    if _BEFORE.search(head):
        return "before"
    return "after" if _AFTER.search(head) else ""
