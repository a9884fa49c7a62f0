"""The letter on a correction, compiled once for all who get it.

It is the short letter `correction` (letters.py) with the place of the personal address left open,
so that it goes out by the same road as an edition: one delivery a person, with the headers and the
way to leave that an edition has.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from digest.bulgarian.dates import date_in_words
from digest.model import Correction, Edition, EditionId, Masthead, RenderedEdition, Variant
from digest.render import cut
from digest.render.letters import render_letter

ALL = "all"
_NOWHERE = "https://leave.invalid/"
"""Stands before the open place while the letter is made: a letter takes only whole addresses."""


def notice(
    one: Correction,
    wrong: Edition,
    masthead: Masthead,
    *,
    name: EditionId,
    web_url: str,
    overrides: Path | None = None,
) -> RenderedEdition:
    """The letter under its own `name`, as `render` gives an edition; the same in, the same out.

    A correction of the whole edition is told under the edition's subject. Raises `Refused` like
    `render_letter`.
    """
    headline = one.headline or wrong.subject
    told = "\x00".join((headline, one.said, one.right, web_url, repr(masthead)))
    sentinel = cut.sentinel_for(told, name)
    place = cut.token(sentinel, "UNSUB")
    values = {
        "edition_date": date_in_words(one.date),
        "headline": headline,
        "wrong": one.said,
        "right": one.right,
        "web_url": web_url,
        "leave_url": _NOWHERE + place,
    }
    subject, html, text = render_letter("correction", values, masthead, overrides)
    html, text = html.replace(_NOWHERE + place, place), text.replace(_NOWHERE + place, place)
    variant = Variant(ALL, cut.cut(html, sentinel, html=True), cut.cut(text, sentinel, html=False))
    signed = f"{subject}\x00{html}\x00{text}"
    return RenderedEdition(
        edition_id=name,
        revision=1,
        subject=subject,
        variants={ALL: variant},
        content_hash=sha256(signed.encode()).hexdigest(),
    )
