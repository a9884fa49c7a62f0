"""The pictures that mails and archive pages show, from the folder that `picturing.py` fills."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter, Response
from fastapi.responses import FileResponse

from digest.actions.picturing import FOLDER, PATH
from digest.errors import NotFound
from digest.web.public import READ

if TYPE_CHECKING:
    from digest.actions.app import App

_NAME = re.compile(r"[0-9a-f]{24}-(?:(?:lead|thumb)\.jpg|chart\.png)")
"""What `picturing.name_of` and `charting.py` give; nothing else in the folder is anybody's."""
FOREVER = "public, max-age=31536000, immutable"
"""A picture's name is a hash of where it came from or of what is in it: under one name
there is one picture."""


@dataclass(frozen=True)
class Photos:
    """One address over one open home."""

    app: App

    def router(self) -> APIRouter:
        """`/kartini/NAME`, for whoever asks: mail programs do without cookies."""
        routes = APIRouter(default_response_class=Response)
        routes.add_api_route(f"/{PATH}/{{name}}", self.photo, methods=READ)
        return routes

    def photo(self, name: str) -> Response:
        """The JPEG or PNG; 404 for a name that is none of ours."""
        file = self.app.home / FOLDER / name
        if not _NAME.fullmatch(name) or not file.is_file():
            raise NotFound(
                "Няма такава картина.",
                "Адресът е сгрешен или картината е махната.",
                "Отворете броя отново.",
            )
        kind = "image/png" if name.endswith(".png") else "image/jpeg"
        return FileResponse(file, media_type=kind, headers={"cache-control": FOREVER})
