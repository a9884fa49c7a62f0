"""The marks of a test send: on its subject, and on top what it is and whose its links are.

The mark on top is put into the compiled bytes, so that all below is what readers would get
(docs/decisions/0035).
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from digest.errors import Refused
from digest.model import Piece, RenderedEdition, Variant
from digest.render.environment import html_environment, text_environment
from digest.render.fallback import Finding3, with_fallback
from digest.render.faults import Unusable
from digest.render.text import tidy_lines
from digest.render.words import clean

MARK = "test_send"
"""Folder of the three templates."""
SUBJECT_MARK = "[ТЕСТ] "
"""How the subject begins, whatever a newsroom's own template says after it."""

_TAG = re.compile(r"<[^>]*>")
_BODY = re.compile(r"<body\b[^>]*>")
_PREHEADER = re.compile(r'<div class="preheader".*?</div>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Banner:
    """The mark in both forms: a fragment of HTML, and lines of text.

    `subject` is the line of the inbox without `SUBJECT_MARK`, which the message itself adds.
    """

    html: str
    text: str
    subject: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What a mark tells: the edition's subject, when the test leaves, and how far the edition is.

    `sent_at` ends in „ч.“; `public` says that the archive shows the edition already.
    """

    subject: str
    sent_at: str
    approved: bool
    public: bool


def banner(trial: Trial, *, overrides: Path | None = None) -> tuple[Banner, tuple[Finding3, ...]]:
    """The mark, and what was refused of own templates."""
    values = asdict(trial)

    def filled(folder: Path | None) -> Banner:
        html = html_environment(folder).get_template(f"{MARK}/banner.html.j2").render(values)
        plain = text_environment(folder)
        text = plain.get_template(f"{MARK}/banner.txt.j2").render(values)
        subject = _subject(plain.get_template(f"{MARK}/subject.txt.j2").render(values))
        _refuse_silent(html, text)
        return Banner(html, tidy_lines(text), subject)

    return with_fallback(filled, overrides, MARK)


def _subject(line: str) -> str:
    line = clean(line)
    if not line.startswith(SUBJECT_MARK) or not line.removeprefix(SUBJECT_MARK):
        why = f"темата не започва с „{SUBJECT_MARK}“ и текст след него"
        fix = "Без белега пробното писмо може да бъде взето за истинското."
        raise Unusable(f"{MARK}/subject.txt.j2", why, fix)
    return line.removeprefix(SUBJECT_MARK)


def _refuse_silent(html: str, text: str) -> None:
    """An own mark may say what it likes, and must say something."""
    for name, said in (("banner.html.j2", _TAG.sub("", html)), ("banner.txt.j2", text)):
        if not said.strip():
            fix = "Напишете в него поне, че писмото е пробно."
            raise Unusable(f"{MARK}/{name}", "белегът е празен", fix)


def marked(rendered: RenderedEdition, mark: Banner) -> RenderedEdition:
    """The edition with the mark on top of every variant, under the preheader that inboxes show."""
    variants = {key: _variant(one, mark) for key, one in rendered.variants.items()}
    return replace(rendered, subject=mark.subject, variants=variants)


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
