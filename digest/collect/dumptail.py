"""What stands behind the text of a dump: comments, teasers of other articles, the page's foot."""

from __future__ import annotations

from collections.abc import Sequence

from digest.collect.body import file_furniture, file_source
from digest.collect.draft import Draft
from digest.collect.dumpdates import Clock
from digest.collect.dumplines import Line, is_long, is_pair
from digest.collect.lines import bare_headline, counted, is_footer
from digest.model import Agency


def read_tail(lines: list[Line], draft: Draft, clock: Clock, agencies: Sequence[Agency]) -> None:
    """Files the lines after the text.

    From a comment heading on everything is a comment, until a heading of teasers or a doubled
    headline.
    """
    place = 0
    talking = False
    while place < len(lines):
        line = lines[place]
        if is_pair(lines, place) and is_long(line.text):
            talking = False
            place = _doubled(lines, place, draft, clock)
            continue
        if not talking and clock.states(line.text):
            clock.file(line.text, draft, header=False)
        elif line.kind is not None:
            talking = _still_talking(line, talking=talking)
            file_furniture(line.text, draft, line.kind)
            file_source(line.text, draft, agencies)
        elif talking:
            draft.remove("comment", line.text)
        elif is_footer(line.text):
            draft.remove("footer", line.text)
        else:
            file_teaser(line.text, draft, clock)
        place += 1


def _still_talking(line: Line, *, talking: bool) -> bool:
    """Whether comments may follow a line of furniture: „Коментари (0)“ says that none do."""
    if line.kind == "comments":
        return counted(line.text) != 0
    return talking and line.kind != "related-heading"


def file_teaser(text: str, draft: Draft, clock: Clock, lead: str | None = None) -> None:
    """Files a headline of another article; a name, a section or a date is no headline."""
    draft.remove("teaser", text)
    title = bare_headline(text)
    if is_long(title) and not clock.is_date(text):
        draft.tease(title, lead)


def _doubled(lines: list[Line], place: int, draft: Draft, clock: Clock) -> int:
    """Files a teaser whose headline stands twice, with its lead; gives the place after it."""
    title = lines[place].text
    draft.remove("teaser", lines[place + 1].text)
    place += 2
    while place < len(lines) and (
        lines[place].kind in {"widget", "time"} or clock.is_date(lines[place].text)
    ):
        draft.remove("teaser", lines[place].text)
        place += 1
    lead = None
    if place < len(lines) and not is_pair(lines, place) and lines[place].kind is None:
        lead = lines[place].text
        draft.remove("teaser", lead)
        place += 1
    file_teaser(title, draft, clock, lead)
    return place
