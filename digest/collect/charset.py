"""Which charset bytes are in when nobody says, or says wrongly; and UTF-8 with damage in it.

Takes bytes, gives the name of a codec or mended text. What servers and documents declare is
weighed in `repair`. The single-byte charsets are told apart by the letter pairs that Bulgarian
uses most: a general detector (chardet, charset-normalizer) weighs dozens of charsets that no
Bulgarian outlet writes, and errs on short texts.
"""

from __future__ import annotations

import re

from digest.bulgarian.lexicon import word_set

PAIRS = word_set(
    """на та ат те ни ра то ст ре ва пр от ет ен ка за по ри не ов но ан ед ит ин ро се да ли ме ко
    ма ве ти ия ор ви тр ав ар де ле ел че ер ес во ър од ис ла об из до ос ът ад ал са ди аз го ло
    ак ят ол ки съ ил ие ем ми ик пи мо ск ай им он ас ев ек тв ци въ ам бр си вр ом ча ще дн ир па
    иц бе ез га ап др сл тъ оч сп ня оп пъ бо лн ок"""
)
"""The 120 most frequent pairs of letters: 75 of 100 pairs in news are among them."""
LIKE = 0.4
"""Share of frequent pairs from which a reading is Cyrillic text, measured on 19 texts.

The right charset gives 0.66 and more, a wrong one 0.22 and less; only MacCyrillic and windows-1251
are near one another (0.75), for they share their small letters but „я“.
"""
NAMES = {
    "cp1251": "windows-1251",
    "koi8_r": "KOI8-R",
    "iso8859_5": "ISO-8859-5",
    "mac_cyrillic": "MacCyrillic",
    "cp866": "cp866",
}
"""The codecs in which Cyrillic without a declaration is looked for, the likeliest first."""
_RUNS = 600
"""Words that are weighed; two pages of text."""
_ASCII = bytes(range(0x80))
_HIGH_RUN = re.compile(rb"[\x80-\xff]{3,}")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]{2,}")


def likeness(text: str) -> float:
    """How much of what is not ASCII reads as Bulgarian: the share of frequent pairs, 0…1.

    A capital behind a small letter counts against it: a wrong charset mixes cases.
    """
    pairs = [run[i : i + 2] for run in _BEYOND_ASCII.findall(text) for i in range(len(run) - 1)]
    good = sum(p.lower() in PAIRS and not (p[0].islower() and p[1].isupper()) for p in pairs)
    return good / len(pairs) if pairs else 0.0


def _score(text: str) -> tuple[float, int]:
    return likeness(text), len(re.findall("[А-Яа-я]", text))


def single_byte(data: bytes) -> str:
    """The codec in which the bytes are Cyrillic text, or empty when they are not.

    Cyrillic comes in whole words, the accents of the West one by one.
    """
    sample = data[:200_000]
    runs = _HIGH_RUN.findall(sample)
    if sum(map(len, runs)) <= 0.6 * len(sample.translate(None, _ASCII)):
        return ""
    words = b" ".join(runs[:_RUNS])
    # Between equals, the one in which fewer capitals are marks: MacCyrillic has other capitals.
    scores = {name: _score(words.decode(name, "replace")) for name in NAMES}
    best = max(scores, key=lambda name: scores[name])
    if scores[best][0] >= LIKE:
        return best
    # Names and other languages have other pairs; their letters still stand in whole words.
    letters = sum(map(len, re.findall("[А-Яа-я]{3,}", words.decode("cp1251", "replace"))))
    return "cp1251" if letters > 0.5 * len(words) else ""


def utf16(data: bytes) -> str:
    """`utf-16-le` or `utf-16-be` for such text without a mark, else empty.

    Every second byte of Latin, Cyrillic and punctuation is 00, 04 or 20.
    """
    sample = data[:2000]
    pages = (0, 4, 0x20)
    if len(sample) < 8 or not (b"\0" in sample or b"\4" in sample):
        return ""
    even, odd = (
        sum(byte in pages for byte in part) / len(part) for part in (sample[::2], sample[1::2])
    )
    if max(even, odd) < 0.95 or min(even, odd) > 0.5:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


# ---- UTF-8 with damage

_NOT_FIRST = bytes(range(0xC0))
_NOT_LATER = bytes([*range(0x80), *range(0xC0, 0x100)])
_STRAY = re.compile("[\udc80-\udcff]+")
_CUT = re.compile("(?<![\udc80-\udcff])[\udcc2-\udcf4][\udc80-\udcbf]{0,2}$")
_CYRILLIC = re.compile("[А-Яа-яЁё]{2,}")
_MARKS = frozenset("\xa0…–—„“”‘’«»№•")
_NEVER = re.compile("[\udcc0\udcc1\udcf5-\udcff]")


def damaged_utf8(data: bytes, *, claimed: bool) -> str | None:
    """Text of bytes that are UTF-8 but for a few, or None when they are something else.

    A letter cut off at the end is dropped, and so are bytes that UTF-8 never has. Words and marks
    of a windows-1251 line that was glued on are read as such; what is lost is U+FFFD. With
    `claimed` (they say that they are UTF-8), one stray byte in 200 is forgiven a text of ASCII.
    """
    first, later = (len(data.translate(None, rest)) for rest in (_NOT_FIRST, _NOT_LATER))
    if later < 0.75 * first and not (claimed and first * 200 < len(data)):
        return None  # most pages in windows-1251 leave here
    text, whole = (data.decode("utf-8", how) for how in ("surrogateescape", "ignore"))
    strays = len(text) - len(whole)
    beyond = len(whole) - len(whole.encode("ascii", "ignore"))
    forgiven = claimed and strays * 200 < len(data) and not single_byte(data)
    # Single-byte Cyrillic is UTF-8 by chance too: in cp866, the worst, 1 byte of 12 begins a pair.
    if beyond < 4 * strays and not forgiven:
        return None
    return "\n".join(map(_mended_line, _CUT.sub("", text).split("\n")))


def _mended_line(line: str) -> str:
    foreign = any(_is_words(_as_cp1251(run)) for run in _STRAY.findall(line))
    return _STRAY.sub(lambda run: _mended_run(run, foreign=foreign), line)


def _mended_run(match: re.Match[str], *, foreign: bool) -> str:
    """The stray bytes as windows-1251 where that gives words or marks, else what is lost."""
    run = match.group()
    read = _as_cp1251(run)
    if (
        _is_words(read)
        or set(read) <= _MARKS
        or (foreign and read.strip("".join(_MARKS)).isalpha())
    ):
        return read
    return "\ufffd" * len(_NEVER.sub("", run))


def _is_words(read: str) -> bool:
    """True for Cyrillic letters that are not first halves („Р“, „С“) of two lost letters."""
    return any(set(word) - set("РС") for word in _CYRILLIC.findall(read))


def _as_cp1251(run: str) -> str:
    return run.encode("utf-8", "surrogateescape").decode("cp1251", "replace")
