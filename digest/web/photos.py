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

_NAME = re.compile(r"[0-9a-f]{24}-(?:lead|thumb|logo|mark)\.(jpg|png)")
"""What `picturing.py` and `illustrating.py` give; nothing else in the folder is anybody's."""
_TYPES = {"jpg": "image/jpeg", "png": "image/png"}
FOREVER = "public, max-age=31536000, immutable"
"""A picture's name is a hash of where it came from or of what is in it: under one name there is one
picture."""


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
        match = _NAME.fullmatch(name)
        if match is None:
            raise _none()
        kind, headers = _TYPES[match[1]], {"cache-control": FOREVER}
        file = self.app.home / FOLDER / name
        if file.is_file():
            return FileResponse(file, media_type=kind, headers=headers)
        return Response(self._sent(name), media_type=kind, headers=headers)

    def _sent(self, name: str) -> bytes:
        """What mails carried, on a machine that never had the file."""
        with self.app.store.reading() as work:
            picture = work.editions.picture(name)
        if picture is None:
            raise _none()
        return picture.data


def _none() -> NotFound:
    return NotFound(
        "Няма такава картина.",
        "Адресът е сгрешен или картината е махната.",
        "Отворете броя отново.",
    )
