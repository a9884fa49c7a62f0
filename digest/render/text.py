"""The text part: its own template over the same page, lines of at most 78 characters."""

from __future__ import annotations

import re
from pathlib import Path

from digest.render.environment import text_environment
from digest.render.view import Page

_BLANK_LINES = re.compile(r"\n{3,}")


def text_part(
    shown: Page, tokens: dict[str, str], overrides: Path | None = None, name: str = "digest"
) -> str:
    """The plain text of a page: no trailing spaces, no runs of blank lines, one final newline."""
    raw = (
        text_environment(overrides)
        .get_template(f"{name}/body.txt.j2")
        .render(page=shown, token=tokens)
    )
    return tidy_lines(raw)


def tidy_lines(raw: str) -> str:
    """Trailing spaces and runs of blank lines removed."""
    lines = "\n".join(line.rstrip(" ") for line in raw.splitlines())
    return _BLANK_LINES.sub("\n\n", lines).strip("\n") + "\n"
