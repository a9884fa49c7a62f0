"""The pictures of one rendering: which there are, and whether the mail carries them.

Where the site has a public address, mails name it and readers' programs fetch the pictures from
there; where it has none, they travel inside the mail. Logo and pictograms are made here and kept
in the home beside the stories' pictures, so that the site serves them all alike.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.actions.picturing import FOLDER, PATH, write
from digest.errors import Finding, cause_of

if TYPE_CHECKING:
    from pathlib import Path

    from digest.actions.app import App
    from digest.model import Edition, Picture
    from digest.render.budget import Finding3
    from digest.render.logo import Logo
    from digest.render.pictures import Pictures, PrintedLogo

log = logging.getLogger(__name__)

LOGO_REFUSED, LOGO_SOFT = "logo-refused", "logo-soft"
MISSING, HEAVY = "pictures-missing", "pictures-heavy"
"""Codes of findings."""

LOGO_FIX = "Сложете в дома PNG или JPEG, висок поне 96 точки, или изчистете brand.logo."
NAME_LARGEST, NAME_SMALLEST = 42, 20
"""Size of the name while the logo is not shown, in pixels: as without a logo, at most."""
_LETTER, _ICON = 0.68, 18
"""Mean width of a bold Cyrillic letter against its size; pixels of a browser's broken picture."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """A newsroom's logo ready to be shown, and what is to be said of it."""

    logo: Logo | None = None
    findings: tuple[Finding3, ...] = ()


def pictures_of(app: App, edition: Edition, kept: tuple[Picture, ...] | None = None) -> Pictures:
    """The pictures that an edition's mails show now.

    What is missing or too much is left out and told in `findings`. `kept` are those that an
    approved rendering of the edition carries: stories show them and no others, whatever this
    machine has.
    """
    from digest.render.pictures import Pictures

    marked = _logo(app)
    made: dict[str, bytes] = {}
    logo = _placed(app, marked.logo, made) if marked.logo else None
    marks = _marks(app, edition, made)
    inside = embedded(app)
    _serve(app, made)
    blank = Pictures(
        base=f"{app.settings.publication.public_url.rstrip('/')}/{PATH}",
        host=app.settings.masthead().domain,
        inside=inside,
        files=made,
        logo=logo,
        marks=marks,
        findings=marked.findings,
    )
    return _with_photos(app, edition, blank, kept)


def embedded(app: App) -> bool:
    """Whether pictures travel inside the mail: told so, or readers cannot reach our site."""
    from digest.collect.guard import is_private_host

    wish = app.settings.compose.pictures
    if wish in {"hosted", "always"}:
        return False
    return wish == "embedded" or is_private_host(app.settings.publication.public_url)


def logo_findings(app: App) -> Iterator[Finding]:
    """What is wrong with the newsroom's logo, before a mail leaves without it."""
    if not app.settings.brand.logo:
        return
    found = _logo(app).findings
    yield from (Finding(level, code, what, LOGO_FIX) for level, code, what in found)
    if not found:
        yield Finding("green", "logo", f"Логото „{app.settings.brand.logo}“ се показва.")


def _logo(app: App) -> _Mark:
    from digest.render.logo import prepared
    from digest.render.photo import Unfit

    name = app.settings.brand.logo
    if not name:
        return _Mark()
    try:
        logo = prepared(_read(app.home, name))
    except Unfit as why:
        log.warning("the logo %s is left out: %s", name, why)
        what = f"Логото „{name}“ не се показва и името е с думи: {why}."
        return _Mark(findings=(("yellow", LOGO_REFUSED, what),))
    if not logo.soft:
        return _Mark(logo)
    what = f"Логото „{name}“ е под {2 * logo.height} точки височина и на остри екрани е размито."
    return _Mark(logo, (("yellow", LOGO_SOFT, what),))


def _read(home: Path, name: str) -> bytes:
    """The file's bytes, no more of them than a logo may have. Raises `Unfit`."""
    from digest.render.logo import MOST_BYTES
    from digest.render.photo import Unfit

    try:
        file = (home / name).resolve()
        if not file.is_relative_to(home.resolve()):
            raise Unfit("файлът е извън дома")
        if not file.is_file():
            raise Unfit("в дома няма такъв файл")
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except (OSError, RuntimeError) as cause:
        why = cause_of(cause) if isinstance(cause, OSError) else "връзката се върти в кръг"
        raise Unfit(f"файлът не се чете ({why})") from cause


def _placed(app: App, logo: Logo, made: dict[str, bytes]) -> PrintedLogo:
    from digest.render.pictures import PrintedLogo, content_name

    name = content_name(logo.data, "logo", logo.kind)
    made[name] = logo.data
    fits = int((logo.width - _ICON) / (_LETTER * max(1, len(app.settings.publication.name))))
    letters = max(NAME_SMALLEST, min(NAME_LARGEST, fits))
    return PrintedLogo(name, logo.width, logo.height, logo.instead, letters)


def _marks(app: App, edition: Edition, made: dict[str, bytes]) -> dict[str, str]:
    """Slug → pictogram, for the sections of this edition."""
    from digest.render.marks import mark
    from digest.render.palette import palette
    from digest.render.pictures import content_name

    settings = app.settings
    if not settings.brand.pictograms or settings.compose.pictures == "never":
        return {}
    colours = palette(settings.masthead().brand)
    found: dict[str, str] = {}
    for part in edition.sections:
        data = mark(part.slug, colours.of(part.slug).light)
        found[part.slug] = content_name(data, "mark", "png")
        made[found[part.slug]] = data
    return found


def _serve(app: App, made: dict[str, bytes]) -> None:
    """Puts what was made where the site looks; a home that cannot be written to is told of."""
    folder = app.home / FOLDER
    missing = {name: data for name, data in made.items() if not (folder / name).is_file()}
    if not missing:
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in missing.items():
            write(folder / name, data)
    except OSError as cause:
        log.warning("pictures are not kept in %s: %s", folder, cause_of(cause))


def _with_photos(
    app: App, edition: Edition, pictures: Pictures, kept: tuple[Picture, ...] | None
) -> Pictures:
    """The same with the pictures of stories."""
    from digest.render.pictures import MOST_EMBEDDED, fitting, photos_of

    names = tuple(photos_of(edition)) if app.settings.compose.pictures != "never" else ()
    if not pictures.inside:
        return replace(pictures, photos=frozenset(names))
    there = _files(app, names) if kept is None else {one.name: one.data for one in kept}
    room = MOST_EMBEDDED - sum(map(len, pictures.files.values()))
    photos, over = fitting(edition.stories, there, room)
    return replace(
        pictures,
        files={**pictures.files, **{one: there[one] for one in photos}},
        photos=photos,
        findings=(*pictures.findings, *_left_out(len(set(names) - there.keys()), over)),
    )


def _files(app: App, names: Iterable[str]) -> dict[str, bytes]:
    """Those of the names that this machine has."""
    found: dict[str, bytes] = {}
    for name in names:
        try:
            found[name] = (app.home / FOLDER / name).read_bytes()
        except OSError as cause:
            log.warning("picture %s is left out: %s", name, cause_of(cause))
    return found


def _left_out(missing: int, over: int) -> Iterator[Finding3]:
    from digest.bulgarian.typography import count
    from digest.render.pictures import MOST_EMBEDDED

    if missing:
        verb = "липсва" if missing == 1 else "липсват"
        what = f"{count(missing, 'картина')} {verb} в дома на тази машина и писмото излиза без тях."
        yield "yellow", MISSING, what if missing > 1 else what.replace("без тях", "без нея")
    if over:
        most = f"{MOST_EMBEDDED // 1000}\u00a0KB"
        yield (
            "yellow",
            HEAVY,
            f"Картините в писмото са над {most}: {count(over, 'картина')} към по-слабите новини "
            f"{'отпада' if over == 1 else 'отпадат'}.",
        )
