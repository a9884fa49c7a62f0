"""A look at the tags of a template before MJML sees it: mrml passes an unknown tag in silence.

Only what stands outside of jinja2's own marks is looked at, so `{% if a < b %}` is no fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import Environment, TemplateSyntaxError

from digest.bulgarian.lexicon import word_set

MJML_TAGS = word_set(
    "mj-accordion mj-accordion-element mj-accordion-text mj-accordion-title mj-all mj-attributes "
    "mj-body mj-breakpoint mj-button mj-carousel mj-carousel-image mj-class mj-column mj-divider "
    "mj-font mj-group mj-head mj-image mj-include mj-navbar mj-navbar-link mj-preview mj-raw "
    "mj-section mj-social mj-social-element mj-spacer mj-style mj-table mj-text mj-title mj-wrapper"
)
"""What mrml 6 renders as npm mjml does (`mj-hero`, `mj-html-attributes` it does not)."""

VOID = word_set("area base br col hr img input link meta source wbr")

_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w:-]*)(?P<rest>(?:\"[^\"]*\"|'[^']*'|[^<>])*)>")
_COMMENT = re.compile(r"<!--.*?-->|<![A-Za-z][^>]*>", re.DOTALL)
_RAW = re.compile(r"<(?![A-Za-z/!])")
_STYLE = re.compile(r"(<mj-style\b[^>]*>)(.*?)(</mj-style>)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong (a Bulgarian clause) and on which line, from 1."""

    line: int
    why: str


class InBulgarian(Exception):
    """A fault whose message a person may read as it is."""


class WrongTag(TemplateSyntaxError, InBulgarian):
    """A tag that MJML does not know, or a raw „<“."""


def refuse_bad(source: str, name: str, filename: str | None) -> None:
    """Raises `WrongTag` for a tag that MJML does not know and for a raw „<“."""
    text = _markup(source)
    fault = min((*_unknown(text), *_bare(text)), key=lambda one: one.line, default=None)
    if fault is not None:
        raise WrongTag(fault.why, fault.line, name, filename)


def unbalanced(source: str) -> Fault | None:
    """The first tag that closes nothing, or the last that is not closed.

    A template whose halves stand in two branches of an `if` looks unbalanced too, so this is asked
    only when MJML has refused the whole.
    """
    text = _markup(source)
    open_tags: list[tuple[str, int]] = []
    for tag in _TAG.finditer(text):
        name, line = tag["name"].lower(), _line(text, tag.start())
        if name in VOID or tag["rest"].endswith("/"):
            continue
        if not tag["end"]:
            open_tags.append((name, line))
        elif not open_tags or open_tags[-1][0] != name:
            return _mismatch(open_tags, name, line)
        else:
            open_tags.pop()
    return _left_open(open_tags) if open_tags else None


def _mismatch(open_tags: list[tuple[str, int]], name: str, line: int) -> Fault:
    if any(one == name for one, _ in open_tags):
        return _left_open(open_tags)
    return Fault(line, f"„/{name}“ не затваря нищо")


def _left_open(open_tags: list[tuple[str, int]]) -> Fault:
    name, line = open_tags[-1]
    return Fault(line, f"тагът „{name}“ не е затворен")


def _unknown(text: str) -> Iterator[Fault]:
    for tag in _TAG.finditer(text):
        name = tag["name"].lower()
        if name.startswith("mj-") and name not in MJML_TAGS:
            yield Fault(_line(text, tag.start()), f"MJML няма таг „{name}“")


def _bare(text: str) -> Iterator[Fault]:
    for found in _RAW.finditer(text):
        yield Fault(_line(text, found.start()), "знакът „<“ се пише „&lt;“")


def _markup(source: str) -> str:
    """The source with jinja2's marks, comments and style sheets blanked; the lines stay."""
    text = "".join(
        value if kind == "data" else "\n" * value.count("\n")
        for _, kind, value in _plain().lex(source)
    )
    text = _COMMENT.sub(_blank, text)
    return _STYLE.sub(lambda m: m[1] + _newlines(m[2]) + m[3], text)


def _plain() -> Environment:
    # Without trimming: every line break of the source is seen.
    return Environment(autoescape=True, keep_trailing_newline=True)


def _blank(found: re.Match[str]) -> str:
    return _newlines(found[0])


def _newlines(text: str) -> str:
    return "\n" * text.count("\n")


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
