"""The public archive: editions by date, months, feeds, the map for search engines.

Nothing here sets or reads a cookie, and no address holds anything of a reader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse

from digest.actions import archive
from digest.errors import NotFound
from digest.model import Edition, Issue, Masthead
from digest.render import feeds
from digest.render.address import ATOM, JSON_FEED, edition_address, edition_path, month_path
from digest.render.picture import picture
from digest.render.sitemap import SITEMAP, robots, sitemap
from digest.render.view import covered, lead_of
from digest.render.words import clean
from digest.web.fresh import PICTURE_SECONDS, fresh
from digest.web.guard import MAIL_POLICY
from digest.web.looks import own_files

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.web.pages import Pages

READ = ["GET", "HEAD"]

IN_FEED = 20
"""Editions in a feed: a month of workdays; some 200 KB with their texts."""
NEWEST = 7
"""Editions that the front of the archive names: the week."""

_NAME = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?", re.ASCII)
HTML, XML = "text/html; charset=utf-8", "application/xml; charset=utf-8"
ATOM_TYPE, JSON_TYPE = "application/atom+xml; charset=utf-8", "application/feed+json"
PNG = ".png"
FOR_ALL = {"access-control-allow-origin": "*"}
"""A reader that runs in a browser asks from its own origin; there is nothing here to protect."""


@dataclass(frozen=True)
class Archive:
    """Pages of the archive over one open home."""

    app: App
    pages: Pages

    def router(self) -> APIRouter:
        """All addresses of the archive; the old ones under `/brij` show the same."""
        routes = APIRouter(default_response_class=Response)
        add = routes.add_api_route
        add("/robots.txt", self.robots, methods=READ)
        add(SITEMAP, self.sitemap, methods=READ)
        add("/archive", self.front, methods=READ)
        add("/archive/latest", self.latest, methods=READ)
        add(ATOM, self.atom, methods=READ)
        add(JSON_FEED, self.json_feed, methods=READ)
        add("/archive/{name}", self.named, methods=READ)
        add("/archive/{name}/{publication}", self.other, methods=READ)
        add("/brij", self.front, methods=READ)
        add("/brij/{edition_id}", self.by_id, methods=READ)
        return routes

    def front(self, request: Request) -> Response:
        """The newest editions, and every month that has one."""
        issues = archive.issues(self.app)
        newest = archive.load(self.app, issues[:NEWEST])
        months = [(month, len(list(of))) for month, of in groupby(issues, _month)]
        years = [(year, list(of)) for year, of in groupby(months, lambda one: one[0].year)]
        return self._page(
            request,
            "public/archive.html.j2",
            newest=newest,
            years=years,
            corrected=archive.corrected(self.app),
        )

    def latest(self) -> Response:
        """To the newest edition; never kept, because tomorrow it is another."""
        path = edition_path(archive.latest(self.app), self._masthead)
        return RedirectResponse(path, 302, headers={"cache-control": "no-store"})

    def atom(self, request: Request) -> Response:
        """The newest editions as Atom."""
        rows = self._entries()
        body = feeds.atom(rows, self._masthead)
        return fresh(request, body, ATOM_TYPE, changed=_newest(rows), headers=FOR_ALL)

    def json_feed(self, request: Request) -> Response:
        """The newest editions as JSON Feed."""
        rows = self._entries()
        body = feeds.json_feed(rows, self._masthead)
        return fresh(request, body, JSON_TYPE, changed=_newest(rows), headers=FOR_ALL)

    def sitemap(self, request: Request) -> Response:
        """Every public address of the archive."""
        body = sitemap(archive.issues(self.app), self._masthead, archive.corrected(self.app))
        return fresh(request, body, XML)

    def robots(self) -> Response:
        """What search engines may read, and where the map is."""
        return PlainTextResponse(
            robots(self._masthead), headers={"cache-control": "public, max-age=3600"}
        )

    def named(self, request: Request, name: str) -> Response:
        """`2026-11-23` is an edition, `2026-11` a month, `2026-11-23.png` the picture."""
        bare = name.removesuffix(PNG)
        day, whole = _date(bare)
        if not whole:
            if bare != name:
                raise _no_such(name)
            return self._of_month(request, day)
        issue = archive.of_day(self.app, day)
        path = edition_path(issue, self._masthead)
        if path != f"/archive/{bare}":
            return RedirectResponse(path + name[len(bare) :], 302)
        return self._shown(request, issue, picture=bare != name)

    def other(self, request: Request, name: str, publication: str) -> Response:
        """An edition of another publication of the house."""
        day, whole = _date(name)
        if not whole:
            raise _no_such(name)
        bare = publication.removesuffix(PNG)
        issue = archive.of_day(self.app, day, bare)
        path = edition_path(issue, self._masthead)
        if path != f"/archive/{name}/{bare}":
            return RedirectResponse(path + publication[len(bare) :], 301)
        return self._shown(request, issue, picture=bare != publication)

    def by_id(self, request: Request, edition_id: str) -> Response:
        """The address that mails carry: the same page, which names its canonical address."""
        if edition_id == archive.LATEST:
            return self.latest()
        return self._edition(request, edition_id)

    def _of_month(self, request: Request, month: date) -> Response:
        editions = archive.of_month(self.app, month)
        months = sorted({_month(one) for one in archive.issues(self.app)})
        at = months.index(month)
        return self._page(
            request,
            "public/month.html.j2",
            month=month,
            editions=editions,
            corrected=archive.corrected(self.app),
            earlier=months[at - 1] if at else None,
            later=months[at + 1] if at + 1 < len(months) else None,
        )

    def _shown(self, request: Request, issue: Issue, *, picture: bool) -> Response:
        return self._picture(request, issue) if picture else self._edition(request, issue.id)

    def _edition(self, request: Request, edition_id: str) -> Response:
        """An edition, as anybody may read it."""
        edition, html, those = archive.page(self.app, edition_id)
        headers = {"content-security-policy": MAIL_POLICY + "frame-ancestors 'none'"}
        if address := edition_address(edition, self._masthead):
            headers["link"] = f'<{address}>; rel="canonical"'
        body = own_files(html.encode(), self.app)
        changed = feeds.corrected(self._changed(edition), those, self._masthead)
        return fresh(request, body, HTML, changed=changed, headers=headers)

    def _picture(self, request: Request, issue: Issue) -> Response:
        (edition,) = archive.load(self.app, (issue,))
        head, title = self._masthead, lead_of(edition).title
        body = picture(head.name, title, covered(edition, head), head.brand.accent)
        return fresh(request, body, "image/png", seconds=PICTURE_SECONDS, headers=FOR_ALL)

    def _page(self, request: Request, template: str, **facts: Any) -> Response:
        html = self.pages.show(template, **facts, edition_path=self._path, month_path=month_path)
        return fresh(request, bytes(html.body), HTML)

    def _entries(self) -> tuple[feeds.Entry, ...]:
        newest = archive.newest(self.app, IN_FEED)
        those = archive.corrections(self.app, newest)
        return feeds.entries(newest, self._masthead, self.app.newsroom, those)

    def _path(self, edition: Edition) -> str:
        return edition_path(edition, self._masthead)

    def _changed(self, edition: Edition) -> datetime:
        return feeds.changed(edition, self._masthead)

    @property
    def _masthead(self) -> Masthead:
        return self.app.settings.masthead()


def _month(one: Issue | Edition) -> date:
    return one.date.replace(day=1)


def _newest(rows: tuple[feeds.Entry, ...]) -> datetime | None:
    return max((one.changed for one in rows), default=None)


def _date(name: str) -> tuple[date, bool]:
    """A day and true, or the first of a month and false. Raises `NotFound`."""
    match = _NAME.fullmatch(name)
    try:
        if match is not None:
            return date(int(match[1]), int(match[2]), int(match[3] or 1)), match[3] is not None
    except ValueError:
        pass
    raise _no_such(name)


def _no_such(name: str) -> NotFound:
    return NotFound(
        "Няма такъв брой.",
        f"„{clean(name)[:40]}“ не е дата: броевете са по дни, например /archive/2026-11-23.",
        archive.SEE_ALL,
    )
