"""Where sentences end: spans in a text, by own rules.

The rules (abbreviations, initials, open quotations, agency tags, dialogue dashes) were measured
against newspaper sentences; they load at once and run several times faster than the general
splitters that know Bulgarian, which is why no library stands behind `split`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from digest.bulgarian.lexicon import word_set
from digest.bulgarian.marks import protected

Span = tuple[int, int]

_BLANK = re.compile(r"\n[^\S\n]*\n\s*")
_STOP = re.compile(r"(?:[.!?…]+)(?P<close>[“”\"'’‘»)\]]*)(?P<gap>\s+|$)")
_AGENCY = re.compile(
    r"(?:/[^/\n]{2,40}/|/[А-ЯA-Z][^/\n.]{1,40}$|\([А-ЯA-Z]{2,8}\)|\[[^\]\n]{2,40}\])\s*"
)
_OPENS = re.compile(r"[–—-]?\s*[„“\"«‚‘'(\[]*[–—]?\s*(?:(?P<digit>\d)|[А-ЯЍA-Z])")
_BULLET = re.compile(r"\s*(?:[-–—•*·▪]\s|\d{1,2}[.)]\s)")
_LAST_WORD = re.compile(r"[\w.\-]*$")

# After these a name or a number follows; the stop never ends a sentence.
_NEVER = word_set(
    """г-н г-жа г-ца проф доц инж арх акад ген полк подполк майор кап лейт серж д-р св ул бул пл
    ж.к жк кв с гр общ обл бл вх ет ап стр с-ка чл ал т напр вж ср т.е тел им зам пом гл ст.н.с
    т.нар тнар ред фиг табл прибл ок респ юрк адв отд виж р н.пр mr mrs ms dr prof st vs no jr"""
)
# These end a sentence only when a capital letter follows.
_MAYBE = word_set(
    """г ч лв ст хил млн млрд трлн мин сек км м см мм кг дка ха кв.м куб.м т.н др пр м.г т.г
    сл.об пр.об бр шт щ.д о.з"""
)
_SHORT_FIRST_NAMES = word_set(
    "Дж Хр Ив Ст Св Ал Ат Ил Ел Юл Цв Вл Др Пл Кр Ам Дз Йо Ан Ас Бл Бр Ем Ма Па Th Ch Ph"
)
_WRAP_FROM, _WRAP_TO = 45, 110
_OPENING_WORDS = 5


def split(text: str) -> list[Span]:
    """Sentence spans of `text` in order, trimmed of white space.

    `text[start:end]` is one sentence. No span crosses a blank line or ends inside an open
    quotation; a text without a stop is one sentence for each paragraph. Never raises.
    """
    return [span for block in _blocks(text) for span in _sentences(text, *block)]


def _blocks(text: str) -> Iterator[Span]:
    start = 0
    for gap in _BLANK.finditer(text):
        yield from _lines(text, start, gap.start())
        start = gap.end()
    yield from _lines(text, start, len(text))


def _lines(text: str, start: int, end: int) -> Iterator[Span]:
    """Lines of a paragraph as blocks of their own, unless it is one text wrapped at a width."""
    cuts = [m.start() for m in re.finditer(r"\n", text[start:end])]
    if not cuts:
        yield start, end
        return
    lines = text[start:end].split("\n")
    wrapped = len(lines) > 2 and all(_WRAP_FROM <= len(s.strip()) <= _WRAP_TO for s in lines[:-1])
    shielded = protected(text, start, end)
    begin = start
    for cut in cuts:
        at = start + cut
        rest = text[at + 1 : end]
        fresh = bool(_BULLET.match(rest)) or (not wrapped and bool(_OPENS.match(rest.lstrip())))
        if fresh and not _inside(shielded, at):
            yield begin, at
            begin = at + 1
    yield begin, end


def _inside(spans: list[Span], at: int) -> bool:
    place = bisect_left(spans, (at, at)) - 1  # the last span that begins before `at`
    return place >= 0 and spans[place][0] < at < spans[place][1]


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    shielded = protected(text, start, end)
    begin = start
    for stop in _STOP.finditer(text, start, end):
        at = stop.start("gap")
        if at <= begin or _inside(shielded, at):
            continue
        tag = _AGENCY.match(text, stop.end(), end)
        after = tag.end() if tag else stop.end()
        if after < end and not _ends_here(text, begin, stop, after):
            continue
        yield from _trimmed(text, begin, after if tag else at)
        begin = after
    yield from _trimmed(text, begin, end)


def _ends_here(text: str, begin: int, stop: re.Match[str], after: int) -> bool:
    opening = _OPENS.match(text, after)
    if opening is None:
        return False
    if stop.group("close") or stop.group().rstrip() != ".":
        return True
    before = text[begin : stop.start()]
    word = _LAST_WORD.search(before)
    last = (word.group() if word else "").strip(".-")
    return _full_stop(
        before, last, digit=opening.group("digit") is not None, abroad=text.startswith("Хр", after)
    )


def _full_stop(before: str, last: str, *, digit: bool, abroad: bool) -> bool:
    """Whether a single stop after the word `last` closes the sentence that began `before`."""
    if not last:
        return True
    low = last.lower()
    if low in _MAYBE:
        return not digit and not abroad and _long_enough(before, low)
    if low in _NEVER or last in _SHORT_FIRST_NAMES:
        return False
    if len(last) == 1 and last.isalpha():
        return last.islower()
    return not (last.isdigit() and before.strip(" –—-") == last)


def _long_enough(before: str, last: str) -> bool:
    """«На 24 май 2025 г. Румен Радев…» opens a sentence; five words of date do not end one."""
    return last != "г" or len(before.split()) > _OPENING_WORDS


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    piece = text[start:end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    if right > left:
        yield start + left, start + right
