"""The page of a sent edition as it reads once something in it was corrected.

The signed page stays as it is kept; what is added stands on top, at the story, and in the data for
search engines. Takes the kept HTML and gives another document.

The places are found by markup that no text can hold: collected text is escaped, and within JSON-LD
`<` and `>` are escapes of their own.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from digest.bulgarian.typography import count
from digest.model import Correction, Edition, Masthead, StoryId
from digest.render.correction import PrintedCorrection, printed
from digest.render.environment import html_environment
from digest.render.view import anchors_of
from digest.render.words import clean

_LD, _LD_END = '<script type="application/ld+json">', "</script>"


def corrected(html: str, edition: Edition, those: Sequence[Correction], masthead: Masthead) -> str:
    """The page with its corrections, the oldest first; without any the same page.

    A story that the page does not show has its corrections on top.
    """
    if not those:
        return html
    shown = printed(those, masthead, edition.publication)
    anchors = anchors_of(edition)
    by_place: dict[str, list[PrintedCorrection]] = {}
    for one, told in zip(those, shown, strict=True):
        by_place.setdefault(_place(html, one.story_id, anchors), []).append(told)
    whole = by_place.pop("", [])
    parts = html_environment(root="web").get_template("archive/corrected.html.j2").module
    headlines = {anchors[story.id]: clean(story.title) for story in edition.stories}
    places = [(anchor, headlines[anchor]) for anchor in by_place]
    for anchor, some in by_place.items():
        html = _after(html, f' id="{anchor}">', "</h3>", parts.story(some))  # type: ignore[attr-defined]
    amount = count(len(shown), "поправка")
    html = _after(html, "<header>", "</header>", parts.top(shown, amount, whole, places))  # type: ignore[attr-defined]
    return _with_data(html, shown, parts)


def _place(html: str, story: StoryId | None, anchors: dict[StoryId, str]) -> str:
    """The anchor of a story that the page shows, else empty."""
    anchor = anchors.get(story, "") if story is not None else ""
    return anchor if f' id="{anchor}">' in html else ""


def _after(html: str, start: str, end: str, addition: str) -> str:
    """The page with an addition behind the first `end` that follows `start`."""
    at = html.index(end, html.index(start)) + len(end)
    return f"{html[:at]}\n{addition.strip()}{html[at:]}"


def _with_data(html: str, shown: Sequence[PrintedCorrection], parts: Any) -> str:
    """The corrections in JSON-LD, as those of this page: the outlets' articles are not wrong."""
    before, _, rest = html.partition(_LD)
    kept, _, after = rest.partition(_LD_END)
    data = json.loads(kept)
    data["dateModified"] = max(one.moment for one in shown)
    data["correction"] = [
        {"@type": "CorrectionComment", "text": one.sentence, "datePublished": one.moment}
        for one in shown
    ]
    return f"{before}{parts.head(data, data['dateModified']).strip()}{after}"
