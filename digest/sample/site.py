"""The sample outlets' sites of one day, as a mapping from (host, path) to a response.

Pure: the same day gives the same bytes. Feeds, articles, a front page, robots.txt and the images
of the previews are answered; the outlet of text dumps has no site, only files.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from digest.sample.dumps import dump_name, dump_text
from digest.sample.feeds import feed_bytes
from digest.sample.outlets import Outlet, load_outlets
from digest.sample.pages import article_page, front_page
from digest.sample.picture import picture_bytes

ROBOTS = b"User-agent: *\nAllow: /\n"

_FEED_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Response:
    """What one address answers: the body's bytes, their type, further headers."""

    body: bytes
    content_type: str
    headers: tuple[tuple[str, str], ...] = ()


Site = dict[tuple[str, str], Response]


def build_site(day: date) -> Site:
    """Everything the outlets' hosts answer on `day`, keyed by (host, path)."""
    site: Site = {}
    for outlet in load_outlets():
        if outlet.kind != "dumps":
            site |= {(outlet.host, path): found for path, found in _host(outlet, day).items()}
    return site


def dump_files(day: date) -> dict[str, bytes]:
    """The text dumps that lie in the folder source on `day`: file name → bytes (UTF-8)."""
    return {
        dump_name(piece): dump_text(outlet, piece).encode(outlet.encoding)
        for outlet in load_outlets()
        if outlet.kind == "dumps"
        for piece in outlet.shown(day)
    }


def _host(outlet: Outlet, day: date) -> dict[str, Response]:
    answers = {
        "/robots.txt": Response(ROBOTS, "text/plain; charset=utf-8"),
        "/": _html(outlet, front_page(outlet, day)),
    }
    if outlet.feed_path:
        answers[outlet.feed_path] = Response(feed_bytes(outlet, day), _FEED_TYPES[outlet.kind])
    for piece in outlet.shown(day):
        answers[outlet.path_of(piece)] = _html(outlet, article_page(outlet, piece, day))
        answers[f"/img/{piece.id}.png"] = Response(picture_bytes(piece.id), "image/png")
    return answers


def _html(outlet: Outlet, page: str) -> Response:
    body = page.encode(outlet.encoding, errors="xmlcharrefreplace")
    return Response(
        body,
        f"text/html; charset={outlet.encoding}",
        (("Content-Language", "bg"), ("Cache-Control", "max-age=60")),
    )
