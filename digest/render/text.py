"""The text part: its own template over the same page, lines of at most 78 characters."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

from digest.render.environment import TEXT_WIDTH, text_environment
from digest.render.view import Page

_BLANK_LINES = re.compile(r"\n{3,}")


def wrap(text: str, indent: str = "", first: str | None = None) -> str:
    """`text` in lines of at most 78 characters; an address is never broken, a long word is."""
    start = indent if first is None else first
    lines = textwrap.wrap(
        text,
        width=TEXT_WIDTH,
        initial_indent=start,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(piece for line in lines for piece in _broken(line, indent))


def _broken(line: str, indent: str) -> list[str]:
    if len(line) <= TEXT_WIDTH or "://" in line:
        return [line]
    return [line[:TEXT_WIDTH], *_broken(indent + line[TEXT_WIDTH:], indent)]


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
