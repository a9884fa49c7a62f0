"""What an outlet altered in an article: headline, text, figures, date, in sentences for an editor.

Takes two readings of one article and gives their differences. Typographic retouching (quotation
marks, dashes, spacing, capitals) is no difference.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sized
from datetime import UTC, tzinfo

from digest.bulgarian.sentences import split
from digest.bulgarian.typography import count
from digest.gathered import Change, ChangeKind
from digest.model import Article

SHOWN = 200
"""Characters of a sentence that a change shows."""
ALIKE = 0.6
"""Share of common words above which a gone and a new sentence are one sentence retouched."""
LISTED = 10
"""Sentences that a change of the text shows."""
MOST_PAIRS = 40_000
"""Sentences gone times sentences come that are compared with one another: a tenth of a second."""
_NUMBER = re.compile(r"\d+(?:[.,\u00a0 ]\d+)*")


def changes(before: Article, after: Article, *, zone: tzinfo = UTC) -> tuple[Change, ...]:
    """The alterations from one reading to the next; empty when both say the same.

    Days and hours are said in `zone`.
    """
    found = [_title(before, after), *_text(before, after), _date(before, after, zone)]
    return tuple(one for one in found if one is not None)


def _title(before: Article, after: Article) -> Change | None:
    if plain(before.title) == plain(after.title):
        return None
    said = f"Заглавието е променено: „{_short(before.title)}“ → „{_short(after.title)}“."
    return Change(ChangeKind.TITLE, before.title, after.title, said)


def _text(before: Article, after: Article) -> list[Change | None]:
    """Sentences that came and went; those that differ in a figure only are told apart."""
    if plain(before.text) == plain(after.text):
        return []
    old, new = _sentences(before), _sentences(after)
    gone = [text for key, text in old.items() if key not in new]
    came = [text for key, text in new.items() if key not in old]
    figures: list[Change | None] = []
    retouched: list[tuple[str, str]] = []
    for one, other in _retouched(gone, came):
        gone.remove(one)
        came.remove(other)
        change = _figure(one, other)
        if change is None:
            retouched.append((one, other))
        else:
            figures.append(change)
    return [*figures, _moved(retouched, gone, came)]


def _sentences(article: Article) -> dict[str, str]:
    """Sentences by their bare words, in order."""
    found: dict[str, str] = {}
    for start, end in split(article.text):
        text = " ".join(article.text[start:end].split())
        if key := plain(text):
            found.setdefault(key, text)
    return found


def _retouched(gone: list[str], came: list[str]) -> list[tuple[str, str]]:
    """Pairs of sentences that are one sentence before and after.

    A text that was rewritten throughout has none: there is nothing to set side by side.
    """
    if len(gone) * len(came) > MOST_PAIRS:
        return []
    left = [(text, set(plain(text).split())) for text in came]
    pairs = []
    for one in gone:
        words = set(plain(one).split())
        near = max(left, key=lambda other: _share(words, other[1]), default=None)
        if near is not None and _share(words, near[1]) >= ALIKE:
            pairs.append((one, near[0]))
            left.remove(near)
    return pairs


def _share(first: set[str], second: set[str]) -> float:
    return len(first & second) / max(1, min(len(first), len(second)))


def _figure(before: str, after: str) -> Change | None:
    """The figure of a sentence that was changed, with the word beside it."""
    old, new = _numbers(before), _numbers(after)
    if old == new or not old or not new:
        return None
    pairs = [
        (_around(before, old, place), _around(after, new, other))
        for kind, place, _, other, _ in difflib.SequenceMatcher(
            None, [n for n, _ in old], [n for n, _ in new], autojunk=False
        ).get_opcodes()
        if kind == "replace"
    ]
    if not pairs:
        return None
    one, other = pairs[0]
    said = f"Числото е променено: „{one}“ → „{other}“."
    return Change(ChangeKind.FIGURES, _short(before), _short(after), said)


def _numbers(text: str) -> list[tuple[str, int]]:
    return [(re.sub(r"[\s\u00a0]", "", m.group()), m.start()) for m in _NUMBER.finditer(text)]


def _around(text: str, numbers: list[tuple[str, int]], place: int) -> str:
    """A number with the word after it: „12 ранени“."""
    start = numbers[place][1]
    match = re.match(r"\d+(?:[.,\u00a0 ]\d+)*(?:[\s\u00a0]+[^\W\d_]+)?[%€]?", text[start:])
    return match.group().strip() if match else numbers[place][0]


def _moved(retouched: list[tuple[str, str]], gone: list[str], came: list[str]) -> Change | None:
    """How many sentences were reworded, came and went; None when none did.

    The first of them stand in `before` and `after`, one a line, each beside its own.
    """
    parts = [
        _counted(retouched, "променено е", "променени са"),
        _counted(came, "добавено е", "добавени са"),
        _counted(gone, "махнато е", "махнати са"),
    ]
    said = ", ".join(part for part in parts if part)
    if not said:
        return None
    sides = [*retouched, *((one, "") for one in gone), *(("", one) for one in came)][:LISTED]
    before, after = ("\n".join(_short(pair[n]) for pair in sides) for n in (0, 1))
    return Change(ChangeKind.TEXT, before, after, f"{said[0].upper()}{said[1:]}.")


def _counted(sentences: Sized, one: str, many: str) -> str:
    number = len(sentences)
    return f"{one if number == 1 else many} {count(number, 'изречение')}" if number else ""


def _date(before: Article, after: Article, zone: tzinfo) -> Change | None:
    """A date that was moved forward: the first one stands."""
    one, other = before.published_at, after.published_at
    if one is None or other is None or abs((other - one).total_seconds()) < 60:
        return None
    told = [f"{at.astimezone(zone):%d.%m.%Y, %H:%M}" for at in (one, other)]
    said = f"Датата е преместена от {told[0]} на {told[1]}; важи първата."
    return Change(ChangeKind.DATE, one.isoformat(), other.isoformat(), said)


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else text[: SHOWN - 1].rstrip() + "…"


def plain(text: str) -> str:
    """Words and figures of a text, lower case: what is left when typography differs."""
    return " ".join(re.findall(r"\w+", text.casefold()))
