"""Charts of a draft: drawn once, kept in the home beside the pictures, and named by address.

A chart is drawn from figures that stand in an article, so rights do not hinder it; like a picture
it reaches readers from our site or inside the mail (`illustrating.py`). Where it does not, the mail
tells its figures in words.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from digest.actions.picturing import FOLDER, PATH, write
from digest.errors import cause_of
from digest.model import Edition, EditionStory

if TYPE_CHECKING:
    from digest.actions.app import App

log = logging.getLogger(__name__)


def drawn(app: App, edition: Edition) -> Edition:
    """The edition with the addresses of its charts; as it was where none is shown.

    A home that cannot be written to leaves the figures in words, and the log says why.
    """
    charts = any(story.chart for story in edition.stories)
    if not charts or app.settings.compose.pictures == "never":
        return edition
    try:
        return replace(
            edition,
            sections=tuple(
                replace(part, stories=tuple(_with(app, story) for story in part.stories))
                for part in edition.sections
            ),
        )
    except OSError as cause:
        log.warning("charts are told in words: %s", cause_of(cause))
        return edition


def _with(app: App, story: EditionStory) -> EditionStory:
    from digest.render.charted import drawing

    if story.chart is None:
        return story
    data = drawing(story.chart, app.settings.masthead().brand.accent)
    name = f"{sha256(data).hexdigest()[:24]}-chart.png"
    folder = app.home / FOLDER
    if not (folder / name).is_file():
        folder.mkdir(parents=True, exist_ok=True)
        write(folder / name, data)
    base = app.settings.publication.public_url.rstrip("/")
    return replace(story, chart=replace(story.chart, image=f"{base}/{PATH}/{name}"))
