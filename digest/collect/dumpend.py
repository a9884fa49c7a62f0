"""Where the text of a dump ends: at a bar, a counter, a list of headlines or the page's foot.

Each of them may also stand inside the text, so what follows decides: text in a row with another
end marker behind it goes on; headlines, comments and contacts do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from digest.collect.body import ends_sentence, ends_with_stop, flat, same_line
from digest.collect.dumplines import (
    PARAGRAPH,
    Line,
    is_long,
    is_pair,
    is_sentence,
    is_stamped,
    is_text,
)
from digest.collect.lines import END_KINDS, counted, is_footer, may_head_a_part

_LOOK_AHEAD = 200
_FOOT = frozenset({"widget", "time", "share", "stray", "script", "address"})
"""Furniture that may stand between the lines of a footer."""


def end_of_text(lines: list[Line], start: int) -> int:
    """The place of the first line after the text that starts at `start`."""
    foot = _foot(lines, start)
    begun = False
    long = 0
    for place in range(start, foot):
        line, kind = lines[place].text, lines[place].kind
        if begun and kind in END_KINDS and _ends_here(lines, place):
            return place
        if begun and is_pair(lines, place) and _only_teasers(lines, place, start):
            return place
        if begun and _is_list_by_the_hour(lines, place):
            return place
        # One long line may be the lead, with the bars of the head below it.
        long += kind is None and len(line) >= 80
        begun = begun or long > 1 or (kind is None and is_text(line))
    return foot


def _foot(lines: Sequence[Line], start: int) -> int:
    """Where the page's foot begins: contacts, terms and rights, two or more at the very end."""
    place, known = len(lines), 0
    while place > start and (is_footer(lines[place - 1].text) or lines[place - 1].kind in _FOOT):
        place -= 1
        known += is_footer(lines[place].text)
    return place if known >= 2 else len(lines)


def stands_inside(lines: Sequence[Line], place: int) -> bool:
    """True for a word such as „Акценти“ that heads a part: text stands on both sides."""
    if not may_head_a_part(lines[place].text) or place == 0 or place + 1 >= len(lines):
        return False
    return _reads_as_text(lines[place - 1]) and _reads_as_text(lines[place + 1])


def _reads_as_text(line: Line) -> bool:
    return line.kind is None and ends_sentence(line.text)


def _ends_here(lines: Sequence[Line], place: int) -> bool:
    """True when the end marker at `place` is not one that stands inside the text."""
    line = lines[place]
    if stands_inside(lines, place):
        return False
    if line.kind == "comments" and not _is_silent(line):
        return True
    following = _next_of_another_kind(lines, place)
    if following and following.kind in END_KINDS and not _is_silent(following):
        return True
    return not _text_goes_on(lines, place)


def _is_silent(line: Line) -> bool:
    """True for „Коментари (0)“: no comment can stand below it."""
    return line.kind == "comments" and counted(line.text) == 0


def _next_of_another_kind(lines: Sequence[Line], place: int) -> Line | None:
    """What stands below a marker, past further lines of the same bar."""
    kind = lines[place].kind
    return next((one for one in lines[place + 1 : place + 12] if one.kind != kind), None)


def _text_goes_on(lines: Sequence[Line], place: int) -> bool:
    """True when text follows a marker: two lines in a row, and another end marker behind them.

    Text right below a lone share bar or list heading needs less: comments have a counter above
    them, and teasers are headlines.
    """
    if _text_right_below(lines, place):
        return True
    run = long_run = 0
    goes_on = False
    for at in range(place + 1, min(len(lines), place + _LOOK_AHEAD)):
        line = lines[at]
        if goes_on and (is_pair(lines, at) or _is_marker(lines, at)):
            return True
        talk = line.kind == "comments" and not _is_silent(line)
        if not goes_on and (talk or is_pair(lines, at)):
            return False
        run = run + 1 if is_sentence(line) and ends_with_stop(line.text) else 0
        whole = line.kind is None and len(line.text) >= PARAGRAPH and ends_sentence(line.text)
        long_run = long_run + 1 if whole else 0
        goes_on = goes_on or run >= 2 or long_run >= 2
        if long_run >= 2 and lines[place].kind in {"share", "related-heading"}:
            return True
    return False


def _is_marker(lines: Sequence[Line], place: int) -> bool:
    return lines[place].kind in END_KINDS and not stands_inside(lines, place)


def _text_right_below(lines: Sequence[Line], place: int) -> bool:
    """True when a marker has no headlines under it but text: two lines, or one and a marker."""
    kind = lines[place].kind
    below = [one for one in lines[place + 1 : place + 12] if one.kind != kind][:2]
    if kind == "comments" or not below or not _is_statement(below[0]):
        return False
    if len(below) == 2 and _is_statement(below[1]):
        return kind in {"share", "related-heading"}
    rest = range(place + 2, min(len(lines), place + _LOOK_AHEAD))
    return any(_is_marker(lines, at) for at in rest)


def _is_statement(line: Line) -> bool:
    return line.kind is None and is_text(line.text) and ends_with_stop(line.text)


def _is_list_by_the_hour(lines: Sequence[Line], place: int) -> bool:
    """True when three headlines with hours follow one another and no text comes after them."""
    if not all(is_stamped(line) for line in lines[place : place + 3]) or place + 3 > len(lines):
        return False
    return not any(_is_statement(line) for line in lines[place + 3 : place + _LOOK_AHEAD])


def _text_after(lines: Sequence[Line], place: int) -> bool:
    """True when two lines of text stand in a row somewhere after `place`."""
    rest = lines[place : place + _LOOK_AHEAD]
    return any(is_sentence(one) and is_sentence(two) for one, two in pairwise(rest))


def _only_teasers(lines: list[Line], start: int, body: int) -> bool:
    """True when the rest is teasers: headline, the same again, at most two lines, and so on.

    An honest repetition in a text (a slogan, a refrain) ends a sentence or is followed by text.
    While a share bar or comment counter is still to come, a long sentence is text; behind them a
    teaser's lead may be one.
    """
    ahead = any(line.kind in {"share", "comments"} for line in lines[start : start + _LOOK_AHEAD])
    titles: list[str] = []
    place = start
    while place < len(lines):
        if is_pair(lines, place):
            titles.append(lines[place].text)
            place += 2
            extra = _lines_of_teaser(lines, place)
            texts = [one.text for one in lines[place : place + extra] if one.kind is None]
            if any(len(one) > 320 or (ahead and is_text(one)) for one in texts):
                return False
            place += extra
        elif lines[place].kind is not None or len({flat(one) for one in titles}) >= 2:
            place += 1
        else:
            return False
    last = max(at for at in range(start, len(lines)) if is_pair(lines, at))
    if _text_after(lines, last + 2):
        return False
    return _are_headlines(titles, lines[body:start], ahead=ahead)


def _are_headlines(titles: list[str], text: Sequence[Line], *, ahead: bool) -> bool:
    """True when doubled lines are headlines and no slogan: two different ones, or a likely one."""
    if len({flat(one) for one in titles}) >= 2:
        return any(is_long(one) for one in titles)
    said = any(same_line(titles[0], line.text) for line in text)
    return len(titles[0]) >= 25 and not (said or ahead or ends_sentence(titles[0]))


def _lines_of_teaser(lines: Sequence[Line], place: int) -> int:
    """How many lines stand between a doubled headline and the next: two of text, and furniture."""
    count = texts = 0
    while place + count < len(lines) and not is_pair(lines, place + count):
        texts += lines[place + count].kind is None
        if texts > 2 or lines[place + count].kind in END_KINDS:
            break
        count += 1
    return count
