"""Plain-text dumps of news pages: a scraper's text with header, bars, comments and teasers in it.

No library reads these, so the rules are our own. Doubled neighbouring lines are the best
delimiter: the first pair is the title, pairs after the end of the text are teasers. Share bars
and comment counters end the text only as whole lines, and a pair inside the text is a teaser only
when nothing but teasers follows. The lines come from `dumplines`, the title from `dumphead`, the
end of the text from `dumpend`; here the body is told apart from what stands in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, tzinfo

from digest.collect.agencies import cut_credit
from digest.collect.body import (
    ends_sentence,
    ends_with_stop,
    file_furniture,
    file_source,
    flat,
    looks_like_lead,
    same_line,
    strip_credits,
)
from digest.collect.draft import Draft
from digest.collect.dumpdates import Clock
from digest.collect.dumpend import end_of_text, stands_inside
from digest.collect.dumphead import heads_a_list, read_title
from digest.collect.dumplines import SENTENCE, Line, is_long, lines_of
from digest.collect.dumptail import file_teaser, read_tail
from digest.model import Agency

_LOOK_AHEAD = 200


def read_dump(
    text: str, *, zone: tzinfo, agencies: Sequence[Agency], now: datetime | None = None
) -> Draft:
    """The parts of a dump. `zone` is that of dates without an offset, `now` when it was fetched.

    A document without any text gives a draft without paragraphs; the caller refuses it.
    """
    lines, clock = lines_of(text), Clock(zone, now)
    draft = Draft()
    if not lines:
        return draft
    title, after = read_title(lines, draft, clock)
    draft.title = title[:500]
    end = end_of_text(lines, after)
    _body(lines[after:end], draft, clock, agencies)
    _drop_said_lead(draft)
    read_tail(lines[end:], draft, clock, agencies)
    strip_credits(draft, agencies, places=True)
    return draft


def _body(lines: list[Line], draft: Draft, clock: Clock, agencies: Sequence[Agency]) -> None:
    in_list = False
    for place, line in enumerate(lines):
        text = line.text
        in_list = in_list and not (len(text) >= SENTENCE and ends_with_stop(text))
        begun = bool(draft.paragraphs)
        captioned = line.kind in {"caption", "source"}
        if not captioned and (clock.states(text) if begun else clock.is_dated(text)):
            # Below a short title a bare day is the header's clock: the title may be a menu's word.
            clock.file(text, draft, header=not clock.states(text) and not is_long(draft.title))
        elif same_line(text, draft.title) and not begun:
            draft.remove("title-repeat", text)
        elif begun and _is_text_here(lines, place):
            draft.paragraphs.append(text)
        elif _is_credit(line, draft, agencies):
            continue
        elif file_furniture(text, draft, line.kind):
            file_source(text, draft, agencies)
            in_list = in_list or _opens_a_list(lines, place, begun=begun)
        elif in_list:
            file_teaser(text, draft, clock)
        else:
            _take(lines, place, draft)


def _opens_a_list(lines: Sequence[Line], place: int, *, begun: bool) -> bool:
    """True for a heading of teasers; above the text, a single line below it is the lead."""
    if lines[place].kind != "related-heading":
        return False
    return begun or heads_a_list(lines, place)


def _is_text_here(lines: Sequence[Line], place: int) -> bool:
    """True for furniture that is text among text: a sub-heading, an hour, an address after „:“."""
    if stands_inside(lines, place):
        return True
    if lines[place].kind in {"footer", "address"} and lines[place - 1].text.endswith(":"):
        return True
    hour = lines[place].kind == "time" and lines[place].text[0].isdigit()
    return hour and place + 1 < len(lines) and lines[place + 1].kind is None


def _is_credit(line: Line, draft: Draft, agencies: Sequence[Agency]) -> bool:
    """Files a line that is nothing but an agency's credit, wherever it stands."""
    if line.kind not in {None, "stray", "source", "footer"}:
        return False
    if line.kind == "footer" and not draft.paragraphs:
        return False
    found = cut_credit(line.text, agencies)
    if found.text or not found.agencies:
        return False
    draft.credit(found.agencies)
    draft.remove("credit", found.cut)
    return True


def _take(lines: list[Line], place: int, draft: Draft) -> None:
    """Files a line of text: the lead, a badge above the text, or a paragraph."""
    text = lines[place].text
    if draft.paragraphs:
        draft.paragraphs.append(text)
    elif draft.lead is None and _is_lead(lines, place):
        draft.lead = text
    elif draft.lead is not None and same_line(text, draft.lead):
        draft.remove("lead-repeat", text)
    elif not is_long(text) and not ends_sentence(text) and not text.endswith(":"):
        draft.remove("page-header", text)
    else:
        draft.paragraphs.append(text)


def _is_lead(lines: Sequence[Line], place: int) -> bool:
    """True for a sub-headline above a text that is longer than it."""
    lead = lines[place].text
    below = lines[place + 1 : place + 1 + _LOOK_AHEAD]
    rest = [line.text for line in below if line.kind is None and not same_line(line.text, lead)]
    least = min(100, max(80, len(lead)))
    if re.match(r"[•*·▪–-]\s", lead):
        return False
    return looks_like_lead(lead) and any(
        len(line) >= least and ends_sentence(line) for line in rest[:3]
    )


def _drop_said_lead(draft: Draft) -> None:
    """Takes out a first paragraph that the lead or the next paragraph says again."""
    while len(draft.paragraphs) > 1:
        first, second = flat(draft.paragraphs[0]), flat(draft.paragraphs[1])
        said = first == flat(draft.lead or "") or (len(first) >= 30 and second.startswith(first))
        if not said:
            return
        draft.remove("lead-repeat", draft.paragraphs.pop(0))
