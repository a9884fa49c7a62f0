"""Text dumps: what a scraper leaves of a page of the outlet without a feed.

Header day, the title twice, a stray letter, sometimes a labelled publication line, lead, body
with the credit glued to its end, share line, comment counter and three teasers.
"""

from __future__ import annotations

from digest.sample.outlets import FIRST_NUMBER, Outlet, Piece, Teaser
from digest.sample.words import header_day


def dump_name(piece: Piece) -> str:
    """The file name in the folder source, stable over the days."""
    return f"{piece.number - FIRST_NUMBER:03d}_{piece.id}.txt"


def dump_text(outlet: Outlet, piece: Piece) -> str:
    """The dump as text, without a final newline; its header is the first day it was shown."""
    header = [header_day(min(piece.days)), piece.title, piece.title, piece.stray]
    middle = [piece.published_line] if piece.published_line else []
    # The share line follows the last paragraph without a blank line, as in scraped pages.
    body = "\n\n".join(piece.body) + "\nСподели:"
    tail = ["Коментари (0)", *_teaser_lines(_three(outlet, piece))]
    return "\n\n".join([*header, *middle, piece.lead, body, *tail])


def _three(outlet: Outlet, piece: Piece) -> tuple[Teaser, ...]:
    count = len(outlet.teasers)
    return tuple(outlet.teasers[(piece.number + step) % count] for step in range(3))


def _teaser_lines(teasers: tuple[Teaser, ...]) -> list[str]:
    return [line for teaser in teasers for line in (teaser.title, teaser.title, teaser.line)]
