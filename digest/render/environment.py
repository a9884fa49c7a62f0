"""The template engine: strict, escaping, and closed to what a newsroom's own templates may try.

`templates/email/` is the root; a home's folder of the same form stands before it. `.mjml.j2` is
always escaped (jinja2's `select_autoescape` would leave it out), `.txt.j2` never.
"""

from __future__ import annotations

import textwrap
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup

from digest.assets import templates_dir

if TYPE_CHECKING:
    from jinja2 import Environment

TEXT_WIDTH = 78


def html_environment(overrides: Path | None = None, *, root: str = "email") -> Environment:
    """For MJML and HTML: autoescape on, a missing variable is an error."""
    return _fitting(overrides, root, escape=True)


def text_environment(overrides: Path | None = None, *, root: str = "email") -> Environment:
    """For subjects and text parts: nothing is escaped; has the filter `wrap`."""
    return _fitting(overrides, root, escape=False)


def _fitting(overrides: Path | None, root: str, *, escape: bool) -> Environment:
    # Compiling a template costs more than filling it. The packaged ones do not change while the
    # process runs; a newsroom's own may, and one may be added beside a packaged one.
    if overrides is None or not (overrides / root).is_dir():
        return _packaged(root, escape=escape)
    return _environment(overrides, root, escape=escape)


@cache
def _packaged(root: str, *, escape: bool) -> Environment:
    return _environment(None, root, escape=escape)


def _environment(overrides: Path | None, root: str, *, escape: bool) -> Environment:
    from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    from digest.render.own import Bounded, OwnLoader

    loaders = [FileSystemLoader(str(templates_dir() / root))]
    if overrides is not None:
        loaders.insert(0, OwnLoader(str(overrides / root)))
    environment = (ImmutableSandboxedEnvironment if overrides is None else Bounded)(
        loader=ChoiceLoader(loaders),
        autoescape=escape,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    environment.filters["capitalize_first"] = capitalize_first
    environment.filters["wrap"] = wrap
    environment.filters["attribute"] = attribute
    return environment


def wrap(text: str, indent: str = "", first: str | None = None) -> str:
    """`text` in lines of at most 78 characters; an address is never broken, a long word is."""
    lines = textwrap.wrap(
        text,
        width=TEXT_WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(piece for line in lines for piece in _broken(line, indent))


def _broken(line: str, indent: str) -> list[str]:
    if len(line) <= TEXT_WIDTH or "://" in line:
        return [line]
    return [line[:TEXT_WIDTH], *_broken(indent + line[TEXT_WIDTH:], indent)]


def attribute(text: str) -> Markup:
    r"""A text for an attribute of MJML: what mrml would print as „\u{a0}“ is a character reference.

    mrml 6 writes attributes as Rust's `Debug` does: a no-break space, a combining mark or a
    backslash comes out escaped in a way that no mail program reads.
    """
    reference = Markup("&#{};")
    return Markup("").join(reference.format(ord(c)) if _escaped(c) else c for c in text)


def _escaped(letter: str) -> bool:
    odd = not letter.isprintable() or letter == "\\"
    return odd or unicodedata.category(letter) in {"Mn", "Me"}


def capitalize_first(text: str) -> str:
    """The first letter large, the others as they are (jinja's own filter lowers them)."""
    return text[:1].upper() + text[1:]
