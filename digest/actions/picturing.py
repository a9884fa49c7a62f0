"""Pictures of a draft: fetched once, made fit for the mail, kept in the home, and named by address.

A picture is shown where its source's rights let it be. What cannot be had leaves a story without a
picture, and no hole. How it reaches readers is settled when the mail is rendered
(`illustrating.py`): from our site, or inside the mail where the site has no public address.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from threading import get_ident
from typing import TYPE_CHECKING

from digest.model import Edition, EditionStory, RankedStory, Rights, Story, StoryId

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.render.photo import Layout

log = logging.getLogger(__name__)

FOLDER = "pictures"
"""Of the home."""
PATH = "kartini"
"""Of the site: `/kartini/NAME.jpg`."""
HOST_SECONDS = 20.0
"""Most that one host may keep the draft waiting."""


def pictured(app: App, edition: Edition, ranked: Sequence[RankedStory]) -> Edition:
    """The edition with the addresses of the pictures that it shows; as it was where none is."""
    if app.settings.compose.pictures == "never":
        return edition
    wanted = _wanted(edition, ranked)
    shown = _kept(app, wanted) if wanted else {}
    return replace(
        edition,
        sections=tuple(
            replace(part, stories=tuple(_with(app, story, shown) for story in part.stories))
            for part in edition.sections
        ),
    )


def _wanted(edition: Edition, ranked: Sequence[RankedStory]) -> dict[StoryId, tuple[str, Layout]]:
    """Story → the address of its picture and where it stands, for those that may show one."""
    from digest.render.photo import LEAD, THUMB

    addresses = {one.story.id: picture_of(one.story) for one in ranked}
    layouts = {"lead": LEAD, "full": THUMB}
    return {
        story.id: (addresses[story.id], layouts[story.tier])
        for story in edition.stories
        if story.rights is Rights.LICENSED and story.tier in layouts and addresses.get(story.id)
    }


def picture_of(story: Story) -> str:
    """The address of the picture of the article that is shown, else of another; or empty.

    Rights are those of each article: a licence for one outlet's text is none for the picture of
    another that tells the same.
    """
    from digest.render.words import safe_url

    articles = (story.shown, *story.articles)
    found = (safe_url(one.image or "") for one in articles if one.rights is Rights.LICENSED)
    return next((address for address in found if address), "")


def _kept(app: App, wanted: Mapping[StoryId, tuple[str, Layout]]) -> dict[StoryId, str]:
    """Story → file name, for the pictures that are there or can be fetched now."""
    folder = app.home / FOLDER
    names = {story: name_of(address, layout) for story, (address, layout) in wanted.items()}
    missing = {s: wanted[s] for s, name in names.items() if not (folder / name).is_file()}
    if missing:
        folder.mkdir(parents=True, exist_ok=True)
        _fetch(app, missing, folder)
    return {story: name for story, name in names.items() if (folder / name).is_file()}


def name_of(address: str, layout: Layout) -> str:
    """The file of a picture in a place: a hash of its address, so that it is fetched once."""
    return f"{sha256(address.encode()).hexdigest()[:24]}-{layout.name}.jpg"


def _fetch(app: App, missing: Mapping[StoryId, tuple[str, Layout]], folder: Path) -> None:
    from digest.collect.fetch import Fetched, Request, fetch_now
    from digest.render.photo import Unfit, fitted

    limits = app.settings.collect.model_copy(update={"host_seconds": HOST_SECONDS})
    order = list(missing.values())
    answers = fetch_now([Request(address) for address, _ in order], limits)
    for (address, layout), answer in zip(order, answers, strict=True):
        if not isinstance(answer, Fetched):
            log.warning("picture %s is left out: %s", address, answer.error.why)
            continue
        try:
            data = fitted(answer.body, layout)
        except Unfit as why:
            log.warning("picture %s is left out: %s", address, why)
            continue
        write(folder / name_of(address, layout), data)


def write(file: Path, data: bytes) -> None:
    """Whole or not at all: the site may be asked for it at the same moment."""
    part = file.with_suffix(f".{os.getpid()}-{get_ident()}.part")
    part.write_bytes(data)
    part.replace(file)


def _with(app: App, story: EditionStory, shown: Mapping[StoryId, str]) -> EditionStory:
    name = shown.get(story.id)
    if name is None:
        return story
    base = app.settings.publication.public_url.rstrip("/")
    # Beside a headline that says it all a picture is decoration: alt is empty (WCAG 1.1.1).
    return replace(story, image=f"{base}/{PATH}/{name}", image_alt="")
