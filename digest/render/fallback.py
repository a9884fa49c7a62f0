"""A newsroom's own template is used while it works; otherwise the packaged one, and it is said.

What a newsroom wrote may fail in any way that a program can, so whatever it raises is its fault as
long as the packaged template works with the same values; when that one fails too, its error goes
up.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from jinja2 import TemplateError

from digest.errors import Refused
from digest.render.budget import Finding3
from digest.render.faults import told

__all__ = ["OVERRIDE_REFUSED", "Compiled", "Finding3", "with_fallback"]

log = logging.getLogger(__name__)

Made = TypeVar("Made")

OVERRIDE_REFUSED = "override-refused"
"""Code of the finding about an own template that is not used."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """One compilation: subject, HTML with its block marks, and the text of the full page."""

    subject: str
    html: str
    text: str


def with_fallback(
    make: Callable[[Path | None], Made], overrides: Path | None, name: str, root: str = "email"
) -> tuple[Made, tuple[Finding3, ...]]:
    """`make(overrides)`, or `make(None)` and a finding when an own template is broken.

    `name` is a folder under `root`, which is `email` or `web`.
    """
    if overrides is None or not (overrides / root).is_dir():
        return _said(make, None, name), ()
    try:
        return make(overrides), ()
    except Exception as cause:  # noqa: BLE001 - see above: the packaged one tells a real fault
        made = _said(make, None, name)
        fault = told(cause, overrides, name, root)
        log.warning("own template of %s refused (%r): %s", name, cause, fault)
        return made, (("yellow", OVERRIDE_REFUSED, fault),)


def _said(make: Callable[[Path | None], Made], folder: Path | None, name: str) -> Made:
    try:
        return make(folder)
    except TemplateError as cause:
        raise Refused(
            f"Образецът „{name}“ не може да се попълни.",
            f"{cause}.",
            "Поправете образеца; липсваща стойност е грешка, а не празно място.",
        ) from cause
