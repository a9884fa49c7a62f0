"""Puts variants together from one compiled mail.

Templates bound each block that a variant may leave out with two comments; the compiled HTML is
cut there, so that ten variants cost one compilation and share their bytes.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from digest.errors import Refused
from digest.render.view import Page, PrintedSection, PrintedStory, reading, words

CONTENTS = "toc"
PREHEADER_LIMIT = 90


@dataclass(frozen=True, slots=True)
class Marks:
    """The comments that bound a block, as a template writes them.

    `begin` and `end` stand between sections of the mail, `inner_…` inside a text.
    """

    sentinel: str

    def begin(self, name: str) -> Markup:
        return Markup("<mj-raw>{}</mj-raw>").format(self.inner_begin(name))

    def end(self, name: str) -> Markup:
        return Markup("<mj-raw>{}</mj-raw>").format(self.inner_end(name))

    def inner_begin(self, name: str) -> Markup:
        return Markup("<!--{}:+{}-->").format(self.sentinel, name)

    def inner_end(self, name: str) -> Markup:
        return Markup("<!--{}:-{}-->").format(self.sentinel, name)


def variant_key(keep: Collection[str]) -> str:
    """The sorted slugs joined by „+“, or „all“ for the empty set."""
    return "+".join(sorted(keep)) or "all"


def narrowed(shown: Page, keep: Collection[str], lead_limit: int = PREHEADER_LIMIT) -> Page:
    """The page with the sections of `keep` only (all when it is empty); the lead stays."""
    if not keep or all(part.slug in keep for part in shown.sections):
        return shown
    sections = tuple(part for part in shown.sections if part.slug in keep)
    return replace(
        shown,
        sections=sections,
        contents=tuple(row for row in shown.contents if row.slug in keep),
        preheader=_preheader(shown.lead, sections, lead_limit),
        reading=reading(
            words((shown.lead, *(s for part in sections for s in part.stories)))
            + sum(one.words for one in shown.corrections)
        ),
    )


def _preheader(lead: PrintedStory, sections: tuple[PrintedSection, ...], limit: int) -> str:
    """The titles that this variant really holds; a preheader promises nothing else."""
    line = ""
    for part in sections:
        for story in part.stories:
            longer = f"{line} · {story.title}" if line else story.title
            line = longer if len(longer) <= limit else line
    return line or lead.one_line[:limit]


def assemble(html: str, sentinel: str, page: Page, shown: Page) -> str:
    """The compiled mail of `page` with the blocks of `shown` only, all marks removed."""
    kept = {part.anchor for part in shown.sections}
    gone = [part.anchor for part in page.sections if part.anchor not in kept]
    if not shown.contents:
        gone.append(CONTENTS)
    for name in gone:
        html = _without(html, sentinel, name)
    html = re.sub(rf"<!--{sentinel}:[+-]\w+-->", "", html)
    for name, value in (("PREHEADER", shown.preheader), ("READING", shown.reading)):
        html = html.replace(f"{sentinel}x{name}x", str(escape(value)))
    return html


def _without(html: str, sentinel: str, name: str) -> str:
    begin, end = f"<!--{sentinel}:+{name}-->", f"<!--{sentinel}:-{name}-->"
    while begin in html:
        before, _, rest = html.partition(begin)
        _, found, after = rest.partition(end)
        if not found:
            raise Refused(
                "Писмото не може да се раздели по рубрики.",
                f"Блокът „{name}“ е отворен, но не е затворен.",
                "Проверете образеца „digest/body.mjml.j2“.",
            )
        html = before + after
    return html
