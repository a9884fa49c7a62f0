"""The page of a sent edition as it reads once something in it was corrected.

The signed page stays as it is kept; what is added stands on top, at the story, and in the data for
search engines. Takes the kept HTML and gives another document.

The places are found by markup that no text can hold: collected text is escaped, and within JSON-LD
`<` and `>` are escapes of their own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from digest.bulgarian.typography import count
from digest.model import Correction, Edition, Masthead, StoryId
from digest.render.correction import PrintedCorrection, printed
from digest.render.environment import html_environment
from digest.render.view import anchors_of
from digest.render.words import clean

_HEADING = "</h3>"
_HEADER, _BODY = re.compile("</header>"), re.compile(r"<body\b[^>]*>")
_LD, _LD_END = '<script type="application/ld+json">', "</script>"


def corrected(html: str, edition: Edition, those: Sequence[Correction], masthead: Masthead) -> str:
    """The page with its corrections, the oldest first; without any the same page.

    A story that the page does not show has its corrections on top. A newsroom's own page may lack
    any of the places: the corrections then stand at the next best one.
    """
    if not those:
        return html
    shown = printed(those, masthead, edition.publication)
    anchors = anchors_of(edition)
    by_place: dict[str, list[PrintedCorrection]] = {}
    for one, told in zip(those, shown, strict=True):
        by_place.setdefault(_place(html, one.story_id, anchors), []).append(told)
    whole = by_place.pop("", [])
    # The macros of the template: jinja names them only at run time.
    parts: Any = html_environment(root="web").get_template("archive/corrected.html.j2").module
    headlines = {anchors[story.id]: clean(story.title) for story in edition.stories}
    places = [(anchor, headlines[anchor]) for anchor in by_place]
    for anchor, some in by_place.items():
        html = _behind(html, _heading_end(html, anchor), parts.story(some))
    amount = count(len(shown), "поправка")
    html = _behind(html, _top(html), parts.top(shown, amount, whole, places))
    return _with_data(html, shown, parts)


def _place(html: str, story: StoryId | None, anchors: dict[StoryId, str]) -> str:
    """The anchor of a story whose headline the page shows, else empty."""
    anchor = anchors.get(story, "") if story is not None else ""
    return anchor if anchor and _heading_end(html, anchor) >= 0 else ""


def _heading_end(html: str, anchor: str) -> int:
    """Where the headline of that place ends; -1 where a newsroom's own page has it otherwise."""
    start = html.find(f' id="{anchor}">')
    end = html.find(_HEADING, start) if start >= 0 else -1
    return end + len(_HEADING) if end >= 0 else -1


def _top(html: str) -> int:
    """Behind the page's header, else at the start of its body, else at the end of all."""
    found = _HEADER.search(html) or _BODY.search(html)
    return found.end() if found else len(html)


def _behind(html: str, at: int, addition: str) -> str:
    return f"{html[:at]}\n{addition.strip()}{html[at:]}"


def _with_data(html: str, shown: Sequence[PrintedCorrection], parts: Any) -> str:
    """The corrections in JSON-LD, as those of this page: the outlets' articles are not wrong.

    A newsroom's own page without such data, or with other data, keeps what it has.
    """
    modified = max(one.moment for one in shown)
    before, found, rest = html.partition(_LD)
    kept, _, after = rest.partition(_LD_END)
    try:
        data = json.loads(kept) if found else None
    except ValueError:
        data = None
    if not isinstance(data, dict):
        head, end, body = html.partition("</head>")
        return f"{head}{parts.head(None, modified).strip()}\n{end}{body}" if end else html
    data["dateModified"] = modified
    data["correction"] = [
        {"@type": "CorrectionComment", "text": one.sentence, "datePublished": one.moment}
        for one in shown
    ]
    return f"{before}{parts.head(data, modified).strip()}{after}"
