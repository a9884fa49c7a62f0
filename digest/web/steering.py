"""The desk's hand on the sending: hold it, let it go on, call it off, and watch it go.

The page that is watched loads itself anew while something waits: by the browser's own refresh,
without a script.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from digest.actions import dispatching, editions, staff
from digest.web.desk import READ, SEEN, Desk, SignInNeeded
from digest.web.headway import sending_view

if TYPE_CHECKING:
    from digest.actions.app import App

REFRESH_SECONDS = 10

Deed = Callable[..., object]


@dataclass(frozen=True)
class Steering:
    """Pages and buttons of an edition that is being sent."""

    desk: Desk

    def router(self) -> APIRouter:
        """All addresses of the sending."""
        routes = APIRouter(default_response_class=Response)
        add = routes.add_api_route
        add("/spreni", self.stopped, methods=READ)
        add("/izdanie/{edition_id}/hod", self.watch, methods=READ)
        add("/izdanie/{edition_id}/spri", self.pause, methods=["POST"])
        add("/izdanie/{edition_id}/produlzhi", self.resume, methods=["POST"])
        add("/izdanie/{edition_id}/otmeni", self.cancel, methods=["POST"])
        return routes

    def stopped(self, request: Request) -> Response:
        """The lanes that wait for a person; every page of the desk asks for them anew.

        Raises `SignInNeeded`: an answer without them would read as if none were stopped.
        """
        editor = self.desk.reader(request)
        if editor is None:
            raise SignInNeeded
        return self.desk.show("desk/stopped.html.j2", editor, room="lanes")

    def watch(self, request: Request, edition_id: str) -> Response:
        """The counts alone, fresh every few seconds while something waits."""
        editor = self.desk.reader(request)
        if editor is None:
            return RedirectResponse("/vhod", SEEN)
        edition = editions.get(self._app, edition_id)
        sending = sending_view(self._app, edition, may_steer=staff.may(editor, "approve"))
        if sending is None:
            return RedirectResponse(f"/izdanie/{edition.id}", SEEN)
        page = self.desk.show("desk/sending.html.j2", editor, edition=edition, sending=sending)
        if sending.open:
            page.headers["refresh"] = str(REFRESH_SECONDS)
        return page

    def pause(self, request: Request, edition_id: str) -> Response:
        """Holds what has not left; what is on the wire goes."""
        return self._do(request, edition_id, dispatching.pause, "spryan")

    def resume(self, request: Request, edition_id: str) -> Response:
        """Lets a held edition go on."""
        return self._do(request, edition_id, dispatching.resume, "produlzhen")

    def cancel(self, request: Request, edition_id: str) -> Response:
        """Calls off for good what has not left."""
        return self._do(request, edition_id, dispatching.cancel, "otmenen")

    @property
    def _app(self) -> App:
        return self.desk.app

    def _do(self, request: Request, edition_id: str, deed: Deed, note: str) -> Response:
        editor = self.desk.person(request, "approve")
        edition = editions.get(self._app, edition_id)
        deed(self._app, edition.id, by=editor.address)
        return RedirectResponse(f"/izdanie/{edition.id}?stana={note}#otchet", SEEN)
