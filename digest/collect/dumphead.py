"""The head of a dump: which line is the title, and what stands above it.

A title is long, is often said twice, and speaks of what the text speaks of. A short line above a
header's clock is a menu or the site's name: taken for the title, it would make the clock honest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.collect.body import ends_with_stop, file_furniture, flat, looks_like_lead, same_line
from digest.collect.draft import Draft
from digest.collect.dumpdates import Clock
from digest.collect.dumplines import (
    Line,
    is_headline,
    is_long,
    is_pair,
    is_sentence,
    is_stamped,
    is_text,
)
from digest.collect.lines import END_KINDS, bare_headline, cut_photo_credit

TITLE_ZONE = 60
"""Lines from the top among which the title is looked for; a menu has twenty."""
KIN = 0.25
"""Part of a title's words that the text says again; a banner or another headline shares none."""
FOREIGN = 0.1
"""Below this the first candidate gives way to one that is of kin to the text."""
LONGEST = 250
"""Characters that no headline has; a line of them is text even when its end is cut off."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A line that may be the title, how often it stands there, its likeness to the text."""

    place: int
    copies: int
    kin: float


def read_title(lines: list[Line], draft: Draft, clock: Clock) -> tuple[str, int]:
    """The title and the place of the first line after it; what stands before is filed."""
    place, copies = _find_title(lines, clock)
    _file_head(lines[:place], draft, clock)
    if place >= len(lines):
        first = re.split(r"(?<=[.!?…])\s", lines[0].text, maxsplit=1)[0]
        draft.warnings.append("Документът няма заглавие; взето е първото изречение.")
        return first[:200], 0
    for line in lines[place : place + copies - 1]:
        draft.remove("title-repeat", line.text)
    title, photo = cut_photo_credit(lines[place + copies - 1].text)
    if photo:
        draft.remove("caption", photo)
    return _without_site(title), place + copies


def _without_site(title: str) -> str:
    """„Заглавие | Сайт“ less the site: a bar divides nothing else in a headline."""
    match = re.fullmatch(r"(?P<title>[^|]{25,300})\s+\|\s+[^|]{2,40}", title)
    return match["title"].strip() if match else title


def _find_title(lines: list[Line], clock: Clock) -> tuple[int, int]:
    """Where the title stands and how often in a row; past the end when there is none."""
    first_text = _first_text(lines)
    head = lines[: min(first_text, TITLE_ZONE)]
    places, listed, crumb = _candidates(head, clock)
    found = _rated(lines, places, first_text)
    long = [one for one in found if _may_be_title(lines, one)]
    if long or found:
        best = _best(lines, long or found, first_text, listed=listed, crumb=crumb)
        return _last_copy(lines, best, first_text, clock)
    alone = first_text == 0 and len(lines) > 1 and len(lines[0].text) <= 300
    return (0, 1) if alone else (len(lines), 1)


def _may_be_title(lines: Sequence[Line], one: _Candidate) -> bool:
    """True for a long line, and for a short one of which the text speaks, said twice."""
    text = lines[one.place].text
    return is_long(text) or (one.copies > 1 and len(text.split()) > 1 and one.kin >= 2 * KIN)


def _first_text(lines: Sequence[Line]) -> int:
    """The place of the first paragraph. A title may look like one, when it is the first pair."""
    pairs = 0
    for place, line in enumerate(lines):
        pair = is_pair(lines, place)
        second = place > 0 and is_pair(lines, place - 1)
        body = line.kind is None and (is_text(line.text) or len(line.text) >= LONGEST)
        if body and (pairs or not pair) and not second:
            return place
        pairs += pair and is_long(line.text)
    return _first_statement(lines)


def _first_statement(lines: Sequence[Line]) -> int:
    """Where a text without a whole paragraph begins; headlines behind it are no candidates."""
    titled = False
    for place, line in enumerate(lines):
        if titled and (line.kind in END_KINDS or (line.kind is None and ends_with_stop(line.text))):
            return place
        titled = titled or is_headline(line)
    return len(lines)


def _candidates(head: list[Line], clock: Clock) -> tuple[list[int], bool, str]:
    """Places of headline-like lines, whether a list of others stood above, the breadcrumb's end."""
    places: list[int] = []
    crumb, in_list, listed = "", False, False
    for place, line in enumerate(head):
        if line.gap:
            in_list = False
        kind = line.kind
        if kind == "breadcrumb":
            crumb = flat(re.split(r"[>»›/|]", line.text)[-1].strip(" .…"))[:60]
        elif kind == "related-heading":
            listed = listed or heads_a_list(head, place)
            in_list = _heads_a_block(head, place)
        elif kind is not None or clock.is_date(line.text) or re.match(r"[•*·–-]\s", line.text):
            continue
        elif is_stamped(line):
            listed = True
        elif not in_list or is_pair(head, place):
            in_list = False
            places.append(place)
    return places, listed, crumb if len(crumb) >= 10 else ""


def heads_a_list(lines: Sequence[Line], place: int) -> bool:
    """True when two headlines follow a heading; in a menu other short words follow."""
    below = lines[place + 1 : place + 3]
    return len(below) == 2 and all(is_headline(line) or is_stamped(line) for line in below)


def _heads_a_block(head: Sequence[Line], place: int) -> bool:
    """True when the list has an end that can be seen: a blank line before the text begins."""
    below = head[place + 1 :]
    if not heads_a_list(head, place) or any(line.gap for line in below[:2]):
        return False
    return any(line.gap for line in below)


def _rated(lines: list[Line], places: list[int], first_text: int) -> list[_Candidate]:
    """Candidates with their copies; the second of a pair is no candidate of its own."""
    body = [line for line in lines[first_text : first_text + 40] if is_sentence(line)]
    text = _stems(" ".join(line.text for line in body))
    found: list[_Candidate] = []
    past = 0
    for place in places:
        if place < past:
            continue
        copies = _copies(lines, place)
        words = _stems(lines[place + copies - 1].text)
        kin = len(words & text) / len(words) if words else 0.0
        found.append(_Candidate(place, copies, kin))
        past = place + copies
    return found


def _copies(lines: Sequence[Line], place: int) -> int:
    """How often in a row a line is said from here on; above it, it may carry the site's name."""
    copies = 1
    if place + 1 < len(lines) and _says(lines[place].text, lines[place + 1].text):
        copies = 2
        while is_pair(lines, place + copies - 1):
            copies += 1
    return copies


def _says(one: str, other: str) -> bool:
    return same_line(one, other) or with_suffix(one, other) or _cut_short(one, other)


def with_suffix(long: str, title: str) -> bool:
    """True for „Заглавие | Сайт“ above „Заглавие“."""
    if len(title) < 15 or not flat(long).startswith(flat(title)):
        return False
    rest = long[len(title) :].strip()
    return bool(re.match(r"[|\-–—:»/]", rest)) and len(rest) < 60


def _cut_short(short: str, title: str) -> bool:
    """True for „Заглавието на ста…“ above the whole title."""
    if not short.endswith(("…", "...")) or len(short) < 25:
        return False
    return flat(title).startswith(flat(short.rstrip(".… ")))


def _stems(text: str) -> set[str]:
    """Beginnings of the longer words: Bulgarian changes their ends."""
    return {word[:5] for word in re.findall(r"[^\W\d_]{4,}", text.casefold())}


def _best(
    lines: list[Line], found: list[_Candidate], first_text: int, *, listed: bool, crumb: str
) -> _Candidate:
    """The likeliest of the candidates, by pair, repetition, breadcrumb, kinship and place."""
    if crumb:
        found = [c for c in found if flat(lines[c.place].text).startswith(crumb)] or found
    said = [c for c in found if c.copies > 1 or _said_again(lines, c, first_text)]
    pool = said or found
    first = pool[0]
    # What a list leaves behind are headlines too: only likeness to the text tells them apart.
    alien = first.kin < FOREIGN or (listed and not said)
    likest = max(c.kin for c in found)
    akin = [c for c in found if c.kin >= max(KIN, likest / 2)]
    if alien and akin:
        return akin[0]
    if listed and not said and len(found) > 1 and first.kin < KIN:
        return found[-2] if looks_like_lead(lines[found[-1].place].text) else found[-1]
    return first


def _said_again(lines: list[Line], one: _Candidate, first_text: int) -> bool:
    text = lines[one.place].text
    rest = lines[one.place + one.copies : first_text]
    return is_long(text) and any(_says(text, line.text) for line in rest)


def _last_copy(
    lines: list[Line], best: _Candidate, first_text: int, clock: Clock
) -> tuple[int, int]:
    """The title where the text begins: its last copy, unless only dates stand between the two."""
    text = lines[best.place].text
    last = best.place
    for place in range(best.place + best.copies, min(first_text, TITLE_ZONE)):
        if _says(text, lines[place].text):
            last = place
    between = lines[best.place + best.copies : last]
    same = same_line(text, lines[last].text)
    if last == best.place or (same and all(clock.is_date(one.text) for one in between)):
        return best.place, best.copies
    return last, _copies(lines, last)


# ---- what stands above the title


def _file_head(head: list[Line], draft: Draft, clock: Clock) -> None:
    """Files what stands above the title; a day there is the page's own clock."""
    in_list = packed = False
    for place, line in enumerate(head):
        in_list = in_list and not (line.gap and packed)
        if clock.is_date(line.text):
            clock.file(line.text, draft, header=not clock.states(line.text))
        elif line.kind == "related-heading":
            in_list = heads_a_list(head, place)
            packed = not any(one.gap for one in head[place + 1 : place + 3])
            draft.remove("related-heading", line.text)
        elif (in_list or is_stamped(line)) and line.kind is None:
            draft.tease(bare_headline(line.text))
            draft.remove("teaser", line.text)
        elif not file_furniture(line.text, draft, line.kind):
            draft.remove("page-header", line.text)
