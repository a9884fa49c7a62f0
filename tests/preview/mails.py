"""The mails by name, rendered anew each time: a template that was saved is seen at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from digest.assets import templates_dir
from digest.model import Edition, Masthead
from digest.render import cut, environment
from digest.render.letters import LETTERS, render_letter
from digest.render.marked import Trial, banner, marked
from digest.render.marks import mark
from digest.render.palette import palette
from digest.render.pictures import Pictures, content_name, unpacked
from digest.render.render import render
from digest.render.stage import preview_values
from tests.preview.states import EDITIONS, masthead
from tests.unit.render.invented_editions import NEWSROOM
from tests.unit.render.invented_letters import CONTEXTS

PERIODS = {"daily": "day", "weekly": "week"}
"""Kind of digest → what its masthead says that it covers."""
TEST_SEND = "test-send"


def catalogue() -> Mapping[str, tuple[str, ...]]:
    """Mail → the states that it can be seen in."""
    return {
        **dict.fromkeys([*PERIODS, TEST_SEND], tuple(EDITIONS)),
        **{f"letter-{name}": ("sample",) for name in LETTERS},
    }


def made(mail: str, state: str) -> tuple[str, str]:
    """HTML and text of a mail in a state; KeyError for an unknown one.

    Raises what the renderer raises: the page shows it, with the template's line.
    """
    environment._packaged.cache_clear()  # a template may just have been saved
    if mail in PERIODS:
        return _digest(PERIODS[mail], state)
    if mail == TEST_SEND:
        return _digest("day", state, test=True)
    name = mail.removeprefix("letter-")
    _, html, text = render_letter(name, CONTEXTS[name], masthead("day"))
    return html, text


def _digest(period: str, state: str, *, test: bool = False) -> tuple[str, str]:
    issue, who = EDITIONS[state](), masthead(period)
    rendered = render(issue, who, newsroom=NEWSROOM, pictures=_pictograms(issue, who))
    if test:
        trial = Trial(rendered.subject, "06:10\u00a0ч.", approved=False, public=False)
        rendered = marked(rendered, banner(trial)[0])
    variant, values = rendered.variants["all"], preview_values(issue, who)
    html = cut.join(variant.html, values, escape=True).encode()
    shown = unpacked(html, rendered.pictures).decode()
    return shown, cut.join(variant.text, values, escape=False)


def _pictograms(issue: Edition, who: Masthead) -> Pictures:
    """As a home without a public address has them."""
    colours = palette(who.brand)
    drawn = {part.slug: mark(part.slug, colours.of(part.slug).light) for part in issue.sections}
    names = {slug: content_name(data, "mark", "png") for slug, data in drawn.items()}
    files = {names[slug]: data for slug, data in drawn.items()}
    return Pictures(who.public_url, who.domain, inside=True, files=files, marks=names)


def stamp() -> str:
    """Changes whenever a template is saved."""
    files = sorted(Path(templates_dir() / "email").rglob("*.j2"))
    return str(max(file.stat().st_mtime_ns for file in files)) + f"-{len(files)}"
