"""Renders an edition: the mail for each distinct set of sections, and the archive page.

One compilation for all variants; personal values are left as placeholders. Nothing here reads the
time or a random source: the same edition gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, astuple, replace
from pathlib import Path

from digest.errors import Refused
from digest.model import Edition, Masthead, Newsroom, Picture, Piece, RenderedEdition, Variant
from digest.render import budget, cut, web
from digest.render.blocks import Marks, assemble, narrowed, variant_key
from digest.render.environment import html_environment, text_environment
from digest.render.fallback import Compiled, with_fallback
from digest.render.faults import Unusable
from digest.render.fonts import fonts
from digest.render.mail import compile_mail
from digest.render.palette import Palette, palette
from digest.render.pictures import Pictures, in_mail, on_site, parts
from digest.render.text import text_part
from digest.render.view import Page, page
from digest.render.words import clean, safe_url


def render(
    edition: Edition,
    masthead: Masthead,
    *,
    section_sets: Collection[frozenset[str]] = (),
    sentinel: str | None = None,
    newsroom: Newsroom,
    overrides: Path | None = None,
    pictures: Pictures | None = None,
) -> RenderedEdition:
    """Everything of an edition that does not differ from person to person.

    `section_sets` are the distinct choices of subscribers; the empty set means all sections, and
    that variant is always made. `overrides` is a folder with own templates (`email/…`,
    `web/…`): a broken one gives a finding and the packaged one is used.

    Who approved changes the line on how the text was made, so an approval signs the rendering of
    the edition with `approved_by` already set. `content_hash` covers subject, the compiled
    blocks of which every variant is made, and the pictures inside the mail: it does not change
    when another set is asked for. Without `pictures` there is neither logo nor pictogram, and
    those of stories stand as they were given.

    Raises `Refused` for an edition without stories and for a sentinel that occurs in it.
    """
    if not edition.stories:
        raise _without_stories(edition)
    shown = page(edition, masthead, newsroom)
    word = _sentinel(edition, masthead, sentinel)
    sets = sorted({frozenset[str](), *section_sets}, key=variant_key)
    printed = in_mail(shown, pictures)
    (compiled, variants), faults = with_fallback(
        lambda folder: _made(printed, sets, word, palette(masthead.brand), folder),
        overrides,
        "digest",
    )
    web_html, page_faults = _archived(on_site(shown, pictures), masthead, overrides)
    inside = parts(compiled.html, pictures)
    return RenderedEdition(
        edition_id=edition.id,
        revision=edition.revision,
        subject=compiled.subject,
        variants=variants,
        content_hash=_hash(compiled, web_html, inside),
        web_html=web_html,
        findings=(
            *faults,
            *page_faults,
            *budget.findings(variants.values()),
            *_lost_links(edition),
            *(pictures.findings if pictures else ()),
        ),
        pictures=inside,
    )


def _archived(
    shown: Page, masthead: Masthead, overrides: Path | None
) -> tuple[str, tuple[budget.Finding3, ...]]:
    """The archive's page, and what was refused of a newsroom's own for it."""
    return with_fallback(
        lambda folder: web.archive_page(shown, palette(masthead.brand), folder),
        overrides,
        "archive",
        root="web",
    )


def _sentinel(edition: Edition, masthead: Masthead, given: str | None) -> str:
    # State, approval and hash stay out: what was previewed must be what is sent.
    content = json.dumps(
        [
            edition.subject,
            edition.preheader,
            [asdict(part) for part in edition.sections],
            [asdict(one) for one in edition.corrections],
            astuple(masthead),
        ],
        ensure_ascii=False,
        default=str,
    )
    if given is None:
        return cut.sentinel_for(content, f"{edition.id}:{edition.revision}")
    if given in content or not given.isalnum():
        raise Refused(
            "Писмото не може да се подготви с този разделител.",
            "Разделителят се среща в текста на броя или не е само от букви и цифри.",
            "Изберете друг или го оставете да се изчисли.",
        )
    return given


def _made(
    shown: Page,
    sets: Sequence[frozenset[str]],
    sentinel: str,
    colours: Palette,
    overrides: Path | None,
) -> tuple[Compiled, dict[str, Variant]]:
    compiled = _compile(shown, sentinel, colours, overrides)
    variants = {
        variant_key(keep): _variant(shown, keep, compiled, sentinel, overrides) for keep in sets
    }
    return compiled, variants


def _compile(shown: Page, sentinel: str, colours: Palette, overrides: Path | None) -> Compiled:
    environment = html_environment(overrides)
    # These two differ between variants, so they are filled in when a variant is put together.
    varying = replace(
        shown,
        preheader=cut.token(sentinel, "PREHEADER"),
        reading=cut.token(sentinel, "READING"),
    )
    source = environment.get_template("digest/body.mjml.j2").render(
        page=varying,
        token=_tokens(sentinel),
        mark=Marks(sentinel),
        fonts=fonts(shown.public_url),
        palette=colours,
    )
    subject = text_environment(overrides).get_template("digest/subject.txt.j2").render(page=shown)
    return Compiled(
        subject=clean(subject),
        html=compile_mail(source, "digest/body.mjml.j2"),
        text=text_part(shown, _tokens(sentinel), overrides),
    )


def _tokens(sentinel: str) -> dict[str, str]:
    return {name: cut.token(sentinel, name) for name in cut.PLACEHOLDERS}


def _variant(
    shown: Page, keep: frozenset[str], compiled: Compiled, sentinel: str, overrides: Path | None
) -> Variant:
    part = narrowed(shown, keep)
    html = assemble(compiled.html, sentinel, shown, part)
    text = compiled.text if part is shown else text_part(part, _tokens(sentinel), overrides)
    key = variant_key(keep)
    return Variant(key, _cut(html, sentinel, html=True), _cut(text, sentinel, html=False))


def _cut(text: str, sentinel: str, *, html: bool) -> Piece:
    piece = cut.cut(text, sentinel, html=html)
    if "UNSUB" not in piece.names:
        raise Unusable(
            f"digest/body.{'mjml' if html else 'txt'}.j2",
            "писмото няма връзка за отписване: мястото UNSUB не е използвано",
            "Върнете връзката: отписването трябва да е също толкова лесно като записването.",
        )
    return piece


def _hash(compiled: Compiled, web_html: str, inside: Sequence[Picture]) -> str:
    digest = hashlib.sha256()
    texts = (compiled.subject, compiled.html, compiled.text, web_html)
    for data in (*(one.encode("utf-8") for one in texts), *(one.data for one in inside)):
        digest.update(f"{len(data)}:".encode())
        digest.update(data)
    return digest.hexdigest()


def _lost_links(edition: Edition) -> tuple[budget.Finding3, ...]:
    """Addresses that were given but cannot be printed (not http or https)."""
    given = {
        address.strip()
        for story in edition.stories
        for address in (
            story.url,
            story.image or "",
            (story.chart.image if story.chart else None) or "",
            *(one.url for one in story.credits),
        )
    }
    lost = sorted(address for address in given if address and not safe_url(address))
    return tuple(
        ("yellow", "link-dropped", f"Адресът „{clean(one)[:80]}“ не е http(s) и не е отпечатан.")
        for one in lost
    )


def _without_stories(edition: Edition) -> Refused:
    return Refused(
        f"Брой {edition.id} не може да се отпечата.",
        "В него няма нито една новина.",
        "Добавете поне една новина или пропуснете деня.",
    )
