"""The short letters: one folder of `templates/email/` each, subject, MJML body and own text.

They go to one person at a time and have no placeholders: all values come with the call.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from digest.errors import Refused
from digest.model import Masthead
from digest.render.environment import html_environment, text_environment
from digest.render.fonts import fonts
from digest.render.mail import compile_mail
from digest.render.palette import palette
from digest.render.render import Compiled, with_fallback
from digest.render.text import tidy_lines
from digest.render.words import clean, safe_url

LETTERS: dict[str, tuple[str, ...]] = {
    "confirm": ("confirm_url", "valid_for"),
    "welcome": ("prefs_url", "web_url", "leave_url"),
    "reminder": ("edition_date", "stories", "deadline", "outcome", "warnings", "desk_url"),
}
"""Letter → the values it needs. A name that ends in `_url` must be an http(s) address; `warnings`
is a sequence of sentences, `outcome` a sentence, `deadline` ends in „ч.“; everything else is a text
(„48 часа“, „12 новини“)."""

Value = str | tuple[str, ...]


def render_letter(
    name: str,
    context: Mapping[str, Value],
    masthead: Masthead,
    overrides: Path | None = None,
) -> tuple[str, str, str]:
    """Subject (one line), HTML and text of a letter.

    Raises `Refused` for an unknown letter, a missing value or an unsafe address.
    """
    values = _checked(name, context)
    compiled, _ = with_fallback(
        lambda folder: _compile(name, values, masthead, folder), overrides, name
    )
    return compiled.subject, compiled.html, compiled.text


def _checked(name: str, context: Mapping[str, Value]) -> dict[str, Value]:
    missing = [key for key in LETTERS.get(name, ()) if key not in context]
    if name not in LETTERS or missing:
        raise Refused(
            f"Писмото „{name}“ не може да се напише.",
            f"Липсва: {', '.join(missing)}." if missing else "Няма такъв образец.",
            f"Познатите писма са: {', '.join(LETTERS)}.",
        )
    return {key: _value(key, context[key]) for key in LETTERS[name]}


def _value(key: str, value: Value) -> Value:
    if not isinstance(value, str):
        return tuple(clean(one) for one in value)
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
    return Compiled(subject, compile_mail(source, f"{name}/body.mjml.j2"), tidy_lines(text))
