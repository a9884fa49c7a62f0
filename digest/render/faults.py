"""What is wrong with a newsroom's own template, in Bulgarian, with its file and line.

jinja2 names file and line of a fault of syntax, and rewrites the traceback of any other so that
its frames stand in the template. mrml tells neither, so tags are counted in the own files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

from digest.errors import DigestError, Refused, cause_of
from digest.render.mail import BadMarkup
from digest.render.tags import InBulgarian, unbalanced
from digest.render.words import clean

_IN_WORDS = (
    (r"nesting mistake.* closed is '(\w+)'", "блокът „{}“ не е затворен"),
    (r"No filter named '([^']*)'", "няма филтър „{}“"),
    (r"No test named '([^']*)'", "няма проверка „{}“"),
    (r"Encountered unknown tag '([^']*)'", "няма команда „{}“"),
    (r"needs to be closed is '(\w+)'", "блокът „{}“ не е затворен"),
    (r"looking for the following tags: '(\w+)'", "липсва „{}“"),
    (r"access to attribute '([^']*)'", "достъпът до „{}“ не е разрешен"),
    (r"^(.{1,80}) is not safely callable", "това не може да се извика"),
    (r"'([^']*)' is undefined", "няма стойност „{}“"),
    (r"has no (?:attribute|element) '?([^'.]*)'?", "няма стойност „{}“"),
    (r"Expected an expression", "липсва израз"),
    (r"unexpected end of template|Unexpected end of template", "образецът свършва по средата"),
    (r"unexpected '(.{1,20}?)'", "неочакван знак „{}“"),
)
"""What jinja2 3.1 says, and how a person reads it; the first that fits counts."""


class Unusable(Refused):
    """A template that works and yet cannot be used: `file` under its root, `line` from 1 or 0."""

    def __init__(self, file: str, why: str, fix: str, line: int = 0) -> None:
        super().__init__(f"Образецът „{file}“ не може да се използва.", f"{why}.", fix)
        self.file = file
        self.line = line
        self.said = why


@dataclass(frozen=True, slots=True)
class Place:
    """A file under the folder of own templates, and a line from 1; 0 when it is not known."""

    file: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}, ред {self.line}" if self.line else self.file


def told(cause: Exception, overrides: Path, name: str, root: str = "email") -> str:
    """One sentence or two: which file and line of `overrides` is wrong, why, and what is used."""
    place, why = _fault(cause, overrides, name, root)
    return f"Собственият образец ({place}) не става и е използван вграденият: {clean(why)}."


def _fault(cause: Exception, overrides: Path, name: str, root: str) -> tuple[Place, str]:
    if isinstance(cause, Unusable):
        return Place(f"{root}/{cause.file}", cause.line), cause.said
    if isinstance(cause, BadMarkup):
        whole = Place(f"{root}/{name}"), "MJML не приема документа; вижте всички тагове"
        return _of_tags(overrides, name) or whole
    if isinstance(cause, DigestError):
        return Place(f"{root}/{name}"), cause.why.rstrip(".")
    return _place(cause, overrides, root) or Place(f"{root}/{name}"), _words(cause)


def _place(cause: Exception, overrides: Path, root: str) -> Place | None:
    """Where jinja2 says, else the last own template through which the fault came."""
    if isinstance(cause, TemplateSyntaxError) and cause.name:
        return Place(f"{root}/{cause.name}", cause.lineno)
    if isinstance(cause, OSError | UnicodeError) and (own := _unread(overrides, root)):
        return own
    return next(iter(reversed(list(_passed(cause, overrides)))), None)


def _passed(cause: Exception, overrides: Path) -> Iterator[Place]:
    step = cause.__traceback__
    while step is not None:
        file = Path(step.tb_frame.f_code.co_filename)
        if file.is_relative_to(overrides):
            yield Place(file.relative_to(overrides).as_posix(), step.tb_lineno)
        step = step.tb_next


def _unread(overrides: Path, root: str) -> Place | None:
    """The first own template that cannot be read as UTF-8."""
    for file in sorted(one for one in (overrides / root).rglob("*") if one.is_file()):
        try:
            file.read_text(encoding="utf-8")
        except (OSError, UnicodeError):
            return Place(file.relative_to(overrides).as_posix())
    return None


def _of_tags(overrides: Path, name: str) -> tuple[Place, str] | None:
    """The first tag of the letter's own files that has no other half."""
    for folder in (overrides / "email" / name, overrides / "email" / "_parts"):
        for file in sorted(folder.glob("*.j2")):
            if file.name.endswith(".txt.j2"):
                continue
            found = unbalanced(file.read_text(encoding="utf-8"))
            if found is not None:
                place = Place(file.relative_to(overrides).as_posix(), found.line)
                return place, found.why
    return None


def _words(cause: Exception) -> str:
    if isinstance(cause, TemplateNotFound):
        return f"няма образец „{cause.name or cause}“"
    if isinstance(cause, UnicodeError):
        return "файлът не е в UTF-8"
    if isinstance(cause, OSError):
        return cause_of(cause)
    if isinstance(cause, RecursionError):
        return "образецът се вика сам без край"
    if isinstance(cause, ArithmeticError):
        return "сметката няма отговор"
    if not isinstance(cause, TemplateError):
        return "стойност се използва, както не може"
    message = cause.message or ""
    if isinstance(cause, InBulgarian):
        return message
    for pattern, words in _IN_WORDS:
        found = re.search(pattern, message)
        if found:
            return words.format(*found.groups()[:1])
    return "има грешка в записа"
