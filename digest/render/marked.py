"""The mark on top of a test send: what it is, and that its links are nobody's.

Put into the compiled bytes, so that all below the mark is what readers would get.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from digest.errors import Refused
from digest.model import Piece, RenderedEdition, Variant
from digest.render.environment import html_environment, text_environment
from digest.render.fallback import Finding3, with_fallback
from digest.render.text import tidy_lines

MARK = "test_send"
"""Folder of the two templates."""

_BODY = re.compile(r"<body\b[^>]*>")
_PREHEADER = re.compile(r'<div class="preheader".*?</div>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Banner:
    """The mark in both forms: a fragment of HTML, and lines of text."""

    html: str
    text: str


def banner(
    sent_at: str, *, approved: bool, overrides: Path | None = None
) -> tuple[Banner, tuple[Finding3, ...]]:
    """The mark, and what was refused of own templates; `sent_at` ends in „ч.“."""

    def filled(folder: Path | None) -> Banner:
        values = {"sent_at": sent_at, "approved": approved}
        html = html_environment(folder).get_template(f"{MARK}/banner.html.j2").render(values)
        text = text_environment(folder).get_template(f"{MARK}/banner.txt.j2").render(values)
        return Banner(html, tidy_lines(text))

    return with_fallback(filled, overrides, MARK)


def marked(rendered: RenderedEdition, mark: Banner) -> RenderedEdition:
    """The edition with the mark on top of every variant, under the preheader that inboxes show."""
    variants = {key: _variant(one, mark) for key, one in rendered.variants.items()}
    return replace(rendered, variants=variants)


def _variant(variant: Variant, mark: Banner) -> Variant:
    first, *rest = variant.html.literals
    at = _top(first)
    html = Piece((first[:at] + mark.html + first[at:], *rest), variant.html.names)
    first, *rest = variant.text.literals
    text = Piece((f"{mark.text}\n{first}", *rest), variant.text.names)
    return replace(variant, html=html, text=text)


def _top(html: str) -> int:
    """Where a reader's eye begins: after the hidden preheader, or at the body's start."""
    body = _BODY.search(html)
    if body is None:
        raise Refused(
            "Пробното писмо не може да се отбележи.",
            "В оформлението няма начало на текста (<body>) преди първата лична връзка.",
            "Върнете промяната в собствения образец на броя.",
        )
    preheader = _PREHEADER.search(html, body.end())
    return preheader.end() if preheader else body.end()
