"""The mails by name, rendered anew each time: a template that was saved is seen at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from digest.assets import templates_dir
from digest.render import cut, environment
from digest.render.letters import LETTERS, render_letter
from digest.render.render import render
from digest.render.stage import preview_values
from tests.preview.states import EDITIONS, masthead
from tests.unit.render.invented_editions import NEWSROOM
from tests.unit.render.invented_letters import CONTEXTS

PERIODS = {"daily": "day", "weekly": "week"}
"""Kind of digest → what its masthead says that it covers."""


def catalogue() -> Mapping[str, tuple[str, ...]]:
    """Mail → the states that it can be seen in."""
    return {
        **dict.fromkeys(PERIODS, tuple(EDITIONS)),
        **{f"letter-{name}": ("sample",) for name in LETTERS},
    }


def made(mail: str, state: str) -> tuple[str, str]:
    """HTML and text of a mail in a state; KeyError for an unknown one.

    Raises what the renderer raises: the page shows it, with the template's line.
    """
    environment._packaged.cache_clear()  # a template may just have been saved
    if mail in PERIODS:
        return _digest(PERIODS[mail], state)
    name = mail.removeprefix("letter-")
    _, html, text = render_letter(name, CONTEXTS[name], masthead("day"))
    return html, text


def _digest(period: str, state: str) -> tuple[str, str]:
    issue, who = EDITIONS[state](), masthead(period)
    variant = render(issue, who, newsroom=NEWSROOM).variants["all"]
    values = preview_values(issue, who)
    return cut.join(variant.html, values, escape=True), cut.join(variant.text, values, escape=False)


def stamp() -> str:
    """Changes whenever a template is saved."""
    files = sorted(Path(templates_dir() / "email").rglob("*.j2"))
    return str(max(file.stat().st_mtime_ns for file in files)) + f"-{len(files)}"
