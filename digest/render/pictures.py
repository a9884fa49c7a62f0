"""What a mail shows beside its texts: the logo, pictograms of sections, pictures of stories.

Takes files that are ready and says where each is found: under the site's address, or inside the
mail by `cid:` (RFC 2392), where readers cannot fetch it. The page of the archive never holds a
`cid:`. What is not there leaves its place without a hole.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from digest.model import Edition, EditionStory, Picture
from digest.render.budget import Finding3

if TYPE_CHECKING:
    from digest.render.view import Page, PrintedStory

MOST_EMBEDDED = 400_000
"""Bytes of all pictures inside one mail: with base64 it stays under 700 KB, which a phone fetches
in a second or two, and which no relay finds too large."""

_OWN = re.compile(r"/kartini/([0-9a-f]{24}-(?:lead|thumb)\.jpg)")
_CID = re.compile(
    r'(<img\b[^>]*?\ssrc=")cid:([0-9a-f]{24}-[a-z]+\.(?:jpg|png))@[A-Za-z0-9.-]+(?=")'
)
"""Inside a tag only: what news text says of it is text."""
_UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")


@dataclass(frozen=True, slots=True)
class PrintedLogo:
    """The logo as templates print it; `instead` of the name, else above it.

    `letters` is the size in pixels of the name while pictures are not shown: it has the logo's
    width.
    """

    src: str
    width: int
    height: int
    instead: bool
    letters: int


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of one rendering.

    `base` is the address under which the site serves them. `files` are bytes by name: all that
    may travel inside the mail. With `inside` they do; `host` is what their ids end in. `photos`
    are the names of the stories' pictures that are shown. `logo.src` and the values of `marks`
    (slug → pictogram) are names too. `findings` tell what was left out.
    """

    base: str
    host: str
    inside: bool
    files: Mapping[str, bytes] = field(default_factory=dict)
    photos: frozenset[str] = frozenset()
    logo: PrintedLogo | None = None
    marks: Mapping[str, str] = field(default_factory=dict)
    findings: tuple[Finding3, ...] = ()

    def cid(self, name: str) -> str:
        return f"{name}@{_UNSAFE.sub('-', self.host).strip('.-') or 'digest'}"

    def web(self, name: str) -> str:
        return f"{self.base}/{name}"

    def mail(self, name: str) -> str:
        return f"cid:{self.cid(name)}" if self.inside else self.web(name)


def own_name(address: str) -> str:
    """The file behind a story's picture that our site serves; empty for any other address."""
    found = _OWN.search(address)
    return found[1] if found and address.endswith(found[0]) else ""


def content_name(data: bytes, place: str, kind: str) -> str:
    """A file's name by what is in it: under one name there is one picture."""
    return f"{sha256(data).hexdigest()[:24]}-{place}.{kind}"


def on_site(page: Page, pictures: Pictures | None) -> Page:
    """The page as the archive shows it: a reader's browser asks no other host for a picture."""
    shown = _placed(page, pictures, pictures.web) if pictures else page
    return _each(shown, lambda one: one if one.image.startswith(page.public_url) else _bare(one))


def in_mail(page: Page, pictures: Pictures | None) -> Page:
    """The page as the mail shows it."""
    return _placed(page, pictures, pictures.mail) if pictures else page


def _placed(page: Page, pictures: Pictures, where: Callable[[str], str]) -> Page:
    """A picture that is not ours stays as it was given; one of ours is shown or left out."""

    def story(one: PrintedStory) -> PrintedStory:
        name = own_name(one.image)
        if name in pictures.photos:
            return replace(one, image=where(name))
        return _bare(one) if name else one

    logo = pictures.logo
    return replace(
        _each(page, story),
        logo=replace(logo, src=where(logo.src)) if logo else None,
        marks={slug: where(name) for slug, name in pictures.marks.items()},
    )


def _each(page: Page, change: Callable[[PrintedStory], PrintedStory]) -> Page:
    """The page with every story that can show a picture changed."""
    parts_ = tuple(replace(one, full=tuple(map(change, one.full))) for one in page.sections)
    return replace(page, lead=change(page.lead), sections=parts_)


def _bare(story: PrintedStory) -> PrintedStory:
    return replace(story, image="")


def parts(html: str, pictures: Pictures | None) -> tuple[Picture, ...]:
    """The pictures that a compiled mail calls by `cid:`, each once, in the order of its calls."""
    if pictures is None or not pictures.inside:
        return ()
    return tuple(Picture(one, pictures.cid(one), pictures.files[one]) for one in called(html))


def called(html: str) -> tuple[str, ...]:
    """Names of the pictures that a mail calls by `cid:`, each once, in their order."""
    return tuple(dict.fromkeys(found[2] for found in _CID.finditer(html)))


def fitting(
    stories: Iterable[EditionStory], files: Mapping[str, bytes], room: int
) -> tuple[frozenset[str], int]:
    """Names of the pictures that fit in so many bytes, and how many were left out.

    Small ones go first, from the lowest-ranked story up; a leading story's goes last.
    """
    shown = [(one, own_name(one.image or "")) for one in stories]
    order = sorted(
        ((one, name) for one, name in shown if name in files),
        key=lambda row: (row[0].tier != "lead", -row[0].score),
    )
    kept: dict[str, int] = {}
    for _, name in order:
        if name not in kept and sum(kept.values()) + len(files[name]) > room:
            break
        kept[name] = len(files[name])
    return frozenset(kept), len({name for _, name in order} - kept.keys())


def photos_of(edition: Edition) -> Iterator[str]:
    """Names of the pictures of ours that an edition's stories show."""
    names = (own_name(story.image or "") for story in edition.stories if story.tier != "brief")
    yield from dict.fromkeys(name for name in names if name)


def for_browser(html: bytes, address: str) -> bytes:
    """The mail as a browser shows it: `cid:` by the same name under an address of the site."""
    return _CID.sub(lambda found: f"{found[1]}{address}/{found[2]}", html.decode()).encode()


def unpacked(html: bytes, pictures: Iterable[Picture]) -> bytes:
    """The mail as one file that any browser shows: each `cid:` is the picture itself."""
    held = {one.name: f"data:image/{one.kind};base64,{b64encode(one.data).decode()}"
            for one in pictures}  # fmt: skip
    return _CID.sub(lambda found: f"{found[1]}{held.get(found[2], '')}", html.decode()).encode()
