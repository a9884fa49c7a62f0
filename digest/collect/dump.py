"""Plain-text dumps of news pages: a scraper's text with header, bars, comments and teasers in it.

No library reads these, so the rules are our own. Doubled neighbouring lines are the best
delimiter: the first pair is the title, pairs after the end of the text are teasers. Share bars
and comment counters end the text only as whole lines, and a pair inside the text is a teaser only
when nothing but teasers follows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

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
from digest.collect.datelines import is_date_line
from digest.collect.dates import claim
from digest.collect.draft import Draft
from digest.collect.lines import END_KINDS, cut_photo_credit, kind_of
from digest.collect.plain import one_line
from digest.collect.when import find_dates
from digest.model import Agency, DateBasis

PARAGRAPH = 180
"""A line of this many characters that ends a sentence is text, not a headline or a teaser."""
MAX_LINES = 3000
"""Lines of a dump that are read; a page has a few hundred."""
_LOOK_AHEAD = 200
_TITLE_ZONE = 14
"""Lines from the top among which the title is looked for."""
_LABEL = re.compile(r"(?i)\b(?:публикува\w*|дата|published|posted|от дата)\b")
_UPDATED = re.compile(
    r"(?i)\b(?:обновен\w*|последна (?:промяна|редакция)|актуализиран\w*|updated|променен\w*)\b"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank, folded; whether a blank one stands before it; what furniture."""

    text: str
    gap: bool
    kind: str | None


def read_dump(text: str, *, zone: tzinfo, agencies: Sequence[Agency]) -> Draft:
    """The parts of a dump. `zone` is that of dates without an offset.

    A document without any text gives a draft without paragraphs; the caller refuses it.
    """
    lines = _lines(text)
    draft = Draft()
    if not lines:
        return draft
    title, after = _title(lines, draft, zone)
    draft.title = title[:500]
    end = _end_of_text(lines, after)
    _body(lines[after:end], draft, zone, agencies)
    _tail(lines[end:], draft, zone, agencies)
    strip_credits(draft, agencies)
    return draft


def _lines(text: str) -> list[_Line]:
    found: list[_Line] = []
    gap = False
    for raw in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        line = one_line(raw)
        if line:
            found.append(_Line(line, gap, kind_of(line)))
        gap = not line
        if len(found) >= MAX_LINES:
            break
    return found


# ---- the head: header, breadcrumb, title


def _title(lines: list[_Line], draft: Draft, zone: tzinfo) -> tuple[str, int]:
    """The title and the place of the first line after it; what stands before is filed."""
    place, copies = _doubled_title(lines) or (_single_title(lines, zone), 1)
    _file_head(lines[:place], draft, zone)
    if place >= len(lines):
        first = re.split(r"(?<=[.!?…])\s", lines[0].text, maxsplit=1)[0]
        draft.warnings.append("Документът няма заглавие; взето е първото изречение.")
        return first[:200], 0
    for line in lines[place : place + copies - 1]:
        draft.remove("title-repeat", line.text)
    title, photo = cut_photo_credit(lines[place + copies - 1].text)
    if photo:
        draft.remove("caption", photo)
    return title, place + copies


def _doubled_title(lines: list[_Line]) -> tuple[int, int] | None:
    """Where the first doubled line starts near the top, and how often it stands there."""
    for place in range(min(_TITLE_ZONE, len(lines) - 1)):
        here, below = lines[place].text, lines[place + 1].text
        if len(here) > 400 or lines[place + 1].kind is not None:
            continue
        if same_line(here, below) or _with_suffix(here, below):
            copies = 2
            while place + copies < len(lines) and same_line(lines[place + copies].text, below):
                copies += 1
            return place, copies
        if _is_text(here):
            return None
    return None


def _is_text(line: str) -> bool:
    """True for a paragraph; a headline is short and does not end with a full stop."""
    if len(line) >= PARAGRAPH:
        return ends_sentence(line)
    return len(line) >= 80 and ends_with_stop(line)


def _with_suffix(long: str, title: str) -> bool:
    """True for „Заглавие | Сайт“ above „Заглавие“."""
    if len(title) < 15 or not flat(long).startswith(flat(title)):
        return False
    rest = long[len(title) :].strip()
    return bool(re.match(r"[|\-–—:»/]", rest)) and len(rest) < 60


def _single_title(lines: list[_Line], zone: tzinfo) -> int:
    """The place of a title that stands once: a headline before the first paragraph."""
    first_text = next(
        (place for place, line in enumerate(lines) if _is_text(line.text)),
        len(lines),
    )
    candidates, listed, crumb = _candidates(lines[:first_text], zone)
    if crumb:
        matching = [p for p in candidates if flat(lines[p].text).startswith(crumb)]
        candidates = matching or candidates
    if candidates:
        return candidates[-1] if listed else candidates[0]
    alone = first_text == 0 and len(lines) > 1 and len(lines[0].text) <= 300
    return 0 if alone else len(lines)


def _candidates(head: list[_Line], zone: tzinfo) -> tuple[list[int], bool, str]:
    """Places of headline-like lines, whether a list of others stood above, the breadcrumb's end."""
    places: list[int] = []
    crumb, in_list, listed = "", False, False
    for place, line in enumerate(head):
        if line.gap:
            in_list = False
        kind = line.kind
        if kind == "breadcrumb":
            crumb = flat(re.split(r"[>»›/|]", line.text)[-1].strip(" .…"))[:60]
        elif kind == "related-heading" or (kind == "widget" and in_list):
            in_list = listed = True
        elif kind is None and not in_list and not is_date_line(line.text, zone):
            places.append(place)
    return places, listed, crumb if len(crumb) >= 10 else ""


def _file_head(head: list[_Line], draft: Draft, zone: tzinfo) -> None:
    """Files what stands above the title; a day there is the page's own clock."""
    in_list = False
    for line in head:
        in_list = in_list and not line.gap
        if is_date_line(line.text, zone):
            _file_date(line.text, draft, zone, header=not _LABEL.search(line.text))
        elif line.kind == "related-heading":
            in_list = True
            draft.remove("related-heading", line.text)
        elif in_list:
            draft.tease(line.text)
            draft.remove("teaser", line.text)
        elif not file_furniture(line.text, draft):
            draft.remove("page-header", line.text)


def _file_date(text: str, draft: Draft, zone: tzinfo, *, header: bool) -> None:
    when = next(iter(find_dates(text, zone)), None)
    basis = DateBasis.PAGE_HEADER if header else DateBasis.TEXT
    found = claim(when, basis, text[:120], updated=bool(_UPDATED.search(text)))
    if found is not None:
        draft.claims.append(found)
    draft.remove("page-header" if header else "date", text)


# ---- the text


def _end_of_text(lines: list[_Line], start: int) -> int:
    """The place of the first line after the text: an end marker, or a doubled teaser."""
    begun = False
    for place in range(start, len(lines)):
        line, kind = lines[place].text, lines[place].kind
        if begun and kind in END_KINDS and not _text_goes_on(lines, place + 1):
            return place
        if begun and _is_pair(lines, place) and _only_teasers(lines, place):
            return place
        begun = begun or (kind is None and len(line) >= 80)
    return len(lines)


def _text_goes_on(lines: list[_Line], start: int) -> bool:
    """True when two whole paragraphs in a row follow: the marker stood inside the text."""
    run = 0
    for place in range(start, min(len(lines), start + _LOOK_AHEAD)):
        line = lines[place].text
        if lines[place].kind == "comments" or _is_pair(lines, place):
            return False
        run = run + 1 if len(line) >= PARAGRAPH and ends_sentence(line) else 0
        if run >= 2:
            return True
    return False


def _is_pair(lines: list[_Line], place: int) -> bool:
    return place + 1 < len(lines) and same_line(lines[place].text, lines[place + 1].text)


def _only_teasers(lines: list[_Line], start: int) -> bool:
    """True when the rest is teasers: headline, the same again, at most two lines, and so on.

    An honest repetition in a text (a slogan, a refrain) ends a sentence or is followed by text.
    While a share bar or comment counter is still to come, a long sentence is text; behind them a
    teaser's lead may be one.
    """
    ahead = any(line.kind in {"share", "comments"} for line in lines[start : start + _LOOK_AHEAD])
    place = start
    while place < len(lines):
        line = lines[place].text
        if _is_pair(lines, place):
            if len(line) < 25 or ends_with_stop(line):
                return False
            place += 2
            extra = _lines_of_teaser(lines, place)
            texts = [one.text for one in lines[place : place + extra]]
            if any(len(one) > 320 or (ahead and _is_text(one)) for one in texts):
                return False
            place += extra
        elif lines[place].kind is not None:
            place += 1
        else:
            return False
    return True


def _lines_of_teaser(lines: list[_Line], place: int) -> int:
    """How many lines, at most two, stand between a doubled headline and the next."""
    count = 0
    while count < 2 and place + count < len(lines):
        if _is_pair(lines, place + count) or lines[place + count].kind is not None:
            break
        count += 1
    return count


def _body(lines: list[_Line], draft: Draft, zone: tzinfo, agencies: Sequence[Agency]) -> None:
    in_list = False
    for place, line in enumerate(lines):
        text = line.text
        in_list = in_list and not (len(text) >= PARAGRAPH and ends_sentence(text))
        begun = bool(draft.paragraphs)
        if is_date_line(text, zone) and (not begun or _LABEL.search(text)):
            _file_date(text, draft, zone, header=False)
        elif same_line(text, draft.title) and not begun:
            draft.remove("title-repeat", text)
        elif file_furniture(text, draft):
            file_source(text, draft, agencies)
            in_list = in_list or line.kind == "related-heading"
        elif in_list:
            draft.tease(text)
            draft.remove("teaser", text)
        elif not begun and draft.lead is None and _is_lead(lines, place):
            draft.lead = text
        else:
            draft.paragraphs.append(text)


def _is_lead(lines: list[_Line], place: int) -> bool:
    """True for a sub-headline above a text that is longer than it."""
    lead = lines[place].text
    below = lines[place + 1 : place + 1 + _LOOK_AHEAD]
    rest = [line.text for line in below if line.kind is None]
    least = min(100, max(80, len(lead)))
    return looks_like_lead(lead) and any(
        len(line) >= least and ends_sentence(line) for line in rest[:3]
    )


# ---- the tail: comments and teasers


def _tail(lines: list[_Line], draft: Draft, zone: tzinfo, agencies: Sequence[Agency]) -> None:
    place = comments = 0
    talking = False
    while place < len(lines):
        text, kind = lines[place].text, lines[place].kind
        if kind is not None:
            file_furniture(text, draft)
            file_source(text, draft, agencies)
            if kind == "comments":
                number = re.search(r"\d+", text)
                comments = int(number.group()) if number else 0
                talking = number is None
            elif kind == "related-heading":
                comments, talking = 0, False
            place += 1
        elif comments > 0 or (talking and re.match(r"^[\w .-]{2,30}:\s", text)):
            draft.remove("comment", text)
            comments, place = max(comments - 1, 0), place + 1
        elif is_date_line(text, zone):
            draft.remove("teaser", text)
            place += 1
        else:
            place = _teaser(lines, place, draft, zone)


def _teaser(lines: list[_Line], place: int, draft: Draft, zone: tzinfo) -> int:
    """Files one teaser and gives the place after it; a lead belongs to doubled titles only."""
    title = lines[place].text
    draft.remove("teaser", title)
    if not _is_pair(lines, place):
        draft.tease(title)
        return place + 1
    draft.remove("teaser", lines[place + 1].text)
    place += 2
    lead = None
    if place < len(lines) and not _is_pair(lines, place):
        text = lines[place].text
        if lines[place].kind is None and not is_date_line(text, zone):
            lead = text
            draft.remove("teaser", text)
            place += 1
    draft.tease(title, lead)
    return place
