"""The short letters: one folder of `templates/email/` each, subject, MJML body and own text.

They go to one person at a time and have no placeholders: all values come with the call. What a
newsroom puts in place of a packaged template may be refused (`fallback.py`); the letter then goes
out as packaged, and `digest doctor` says why.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from digest.errors import Refused
from digest.model import Masthead
from digest.render.environment import html_environment, text_environment
from digest.render.fallback import Compiled, Finding3, with_fallback
from digest.render.faults import Unusable
from digest.render.fonts import fonts
from digest.render.mail import compile_mail
from digest.render.palette import palette
from digest.render.phrases import phrases
from digest.render.text import tidy_lines
from digest.render.words import clean, safe_url

LETTERS: dict[str, tuple[str, ...]] = {
    "confirm": ("confirm_url", "valid_for"),
    "welcome": ("prefs_url", "web_url", "leave_url"),
    "preferences": ("prefs_url", "leave_url"),
    "paused": ("until", "resume_url", "leave_url"),
    "goodbye": ("back_url",),
    "correction": ("edition_date", "headline", "wrong", "right", "web_url", "leave_url"),
    "reminder": ("edition_date", "stories", "deadline", "outcome", "warnings", "desk_url"),
    "alarm": ("alarms", "desk_url"),
}
"""Letter → the values it needs. A name that ends in `_url` must be an http(s) address; `warnings`
is a sequence of sentences, `alarms` one of `Alarm`, at least one, the most urgent first; `outcome`,
`wrong` and `right` are sentences, `until` the day in words on which mail comes again, `deadline`
ends in „ч.“; everything else is a text („48 часа“, „12 новини“)."""

OPTIONAL = frozenset({"web_url"})
"""Addresses that a newsroom's own template may leave out; without the others a letter is no use."""


_HREF = re.compile(r'href="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing that editors must see to: what happened, what is in danger, what to do, by when.

    The first three are whole Bulgarian sentences; `by` is a text („06:45 ч.“).
    """

    what: str
    danger: str
    fix: str
    by: str


Value = str | tuple[str, ...] | tuple[Alarm, ...]


def render_letter(
    name: str,
    context: Mapping[str, Value],
    masthead: Masthead,
    overrides: Path | None = None,
) -> tuple[str, str, str]:
    """Subject (one line), HTML and text of a letter.

    Raises `Refused` for an unknown letter, a missing value or an unsafe address.
    """
    made, _ = tried(name, context, masthead, overrides)
    return made.subject, made.html, made.text


def tried(
    name: str, context: Mapping[str, Value], masthead: Masthead, overrides: Path | None
) -> tuple[Compiled, tuple[Finding3, ...]]:
    """A letter, and what was refused of a newsroom's own templates for it."""
    values = _checked(name, context)
    shown = _printable(masthead)
    return with_fallback(lambda folder: _compile(name, values, shown, folder), overrides, name)


def _checked(name: str, context: Mapping[str, Value]) -> dict[str, Value]:
    missing = [
        key
        for key in LETTERS.get(name, ())
        if key not in context or (key == "alarms" and not context[key])
    ]
    if name not in LETTERS or missing:
        raise Refused(
            f"Писмото „{name}“ не може да се напише.",
            f"Липсва: {', '.join(missing)}." if missing else "Няма такъв образец.",
            f"Познатите писма са: {', '.join(LETTERS)}.",
        )
    return {key: _value(key, context[key]) for key in LETTERS[name]}


def _value(key: str, value: Value) -> Value:
    if not isinstance(value, str):
        # A tuple of one kind or the other; each of its texts is cleaned by itself.
        return tuple(_cleaned(one) for one in value)  # type: ignore[return-value]
    if not key.endswith("_url"):
        return clean(value)
    address = safe_url(value)
    if not address:
        raise Refused(
            f"Адресът за „{key}“ не може да влезе в писмо.",
            f"„{clean(value)[:80]}“ не е адрес по http или https.",
            "Проверете „publication.public_url“ в настройките.",
        )
    return address


def _cleaned(one: str | Alarm) -> str | Alarm:
    if isinstance(one, str):
        return clean(one)
    return Alarm(**{key: clean(text) for key, text in asdict(one).items()})


def _printable(masthead: Masthead) -> Masthead:
    """Settings are text too: a line break in a name would break the text part."""
    return replace(
        masthead,
        name=clean(masthead.name),
        responsible=clean(masthead.responsible),
        postal_address=clean(masthead.postal_address),
        brand=replace(masthead.brand, footer=clean(masthead.brand.footer), texts=phrases(masthead)),
    )


def _compile(
    name: str, values: Mapping[str, Value], masthead: Masthead, overrides: Path | None
) -> Compiled:
    plain = text_environment(overrides)
    subject = clean(
        plain.get_template(f"{name}/subject.txt.j2").render(**values, masthead=masthead)
    )
    source = (
        html_environment(overrides)
        .get_template(f"{name}/body.mjml.j2")
        .render(
            **values,
            masthead=masthead,
            subject=subject,
            links=(),
            fonts=fonts(masthead.public_url),
            palette=palette(masthead.brand),
        )
    )
    text = plain.get_template(f"{name}/body.txt.j2").render(**values, masthead=masthead)
    made = Compiled(subject, compile_mail(source, f"{name}/body.mjml.j2"), tidy_lines(text))
    _refuse_useless(name, values, made)
    return made


def _refuse_useless(name: str, values: Mapping[str, Value], made: Compiled) -> None:
    """An own template may drop anything but the subject and the addresses the letter is for."""
    if not made.subject:
        raise _useless(f"{name}/subject.txt.j2", "темата е празна")
    # Serialising percent-encodes what is not ASCII in an address.
    linked = {unquote(unescape(one)) for one in _HREF.findall(made.html)}
    for key, value in values.items():
        if not key.endswith("_url") or key in OPTIONAL:
            continue
        if unquote(str(value)) not in linked:
            raise _useless(f"{name}/body.mjml.j2", f"няма връзка към „{key}“")
        if str(value) not in made.text.splitlines():
            raise _useless(f"{name}/body.txt.j2", f"„{key}“ не стои на свой ред")


def _useless(file: str, why: str) -> Unusable:
    return Unusable(file, why, "Върнете мястото в образеца: без него писмото е безполезно.")
