"""The template engine: strict, escaping, and closed to what a newsroom's own templates may try.

`templates/email/` is the root; a home's folder of the same form stands before it. `.mjml.j2` is
always escaped (jinja2's `select_autoescape` would leave it out), `.txt.j2` never.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from digest.assets import templates_dir

if TYPE_CHECKING:
    from jinja2 import Environment

TEXT_WIDTH = 78


def html_environment(overrides: Path | None = None, *, root: str = "email") -> Environment:
    """For MJML and HTML: autoescape on, a missing variable is an error."""
    return _environment(overrides, root, escape=True)


def text_environment(overrides: Path | None = None, *, root: str = "email") -> Environment:
    """For subjects and text parts: nothing is escaped; has the filter `wrap`."""
    from digest.render.text import wrap

    environment = _environment(overrides, root, escape=False)
    environment.filters["wrap"] = wrap
    return environment


def _environment(overrides: Path | None, root: str, *, escape: bool) -> Environment:
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    folders = [templates_dir() / root]
    if overrides is not None:
        folders.insert(0, overrides / root)
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        autoescape=escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.filters["capitalize_first"] = capitalize_first
    return environment


def capitalize_first(text: str) -> str:
    """The first letter large, the others as they are (jinja's own filter lowers them)."""
    return text[:1].upper() + text[1:]
