"""The house colour on the pages: a small style sheet that stands after `site.css`.

A sheet of its own, because the pages allow no inline styles (digest/web/guard.py).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from digest.colours import darkened
from digest.model import Brand
from digest.render.palette import tone
from digest.web.fresh import fresh

PATH = "/tsvetove.css"
GROUND = "#f6f4ef"
"""The light ground of the pages (templates/static/site.css)."""
LINK = 5.5
"""Contrast of a link on it: on the coloured grounds of findings it is then still above 4.5."""
HOUR = 3600
"""Seconds. The address changes with the colour."""


@dataclass(frozen=True, slots=True)
class House:
    """The sheet of a brand, and its address."""

    sheet: str
    address: str

    def router(self) -> APIRouter:
        """The one address of the sheet."""
        routes = APIRouter(default_response_class=Response)
        routes.add_api_route(PATH, self.shown, methods=["GET", "HEAD"])
        return routes

    def shown(self, request: Request) -> Response:
        """The sheet, or 304."""
        return fresh(request, self.sheet.encode(), "text/css; charset=utf-8", seconds=HOUR)


def house(brand: Brand) -> House:
    """The colours of buttons, bars and links in both schemes."""
    accent = tone(brand.accent)
    link = darkened(accent.light, GROUND, LINK)
    sheet = (
        f":root {{ --accent: {accent.light}; --on-accent: #ffffff; --link: {link}; }}\n"
        "@media (prefers-color-scheme: dark) { :root { "
        f"--accent: {accent.dark}; --on-accent: #161514; --link: {accent.dark}; }} }}\n"
    )
    return House(sheet, f"{PATH}?v={hashlib.sha256(sheet.encode()).hexdigest()[:8]}")
