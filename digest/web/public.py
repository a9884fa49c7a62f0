"""The public site: leaving, coming back, preferences, and the health word.

A link in a mail only ever shows a page: mail scanners follow every link
(https://github.com/hackwestern/hackwestern/pull/846). What changes anything is a POST, and
leaving needs the body of RFC 8058 §3.1. No cookies are set or read here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form, Response
from fastapi.responses import FileResponse, JSONResponse, PlainTextResponse

from digest.actions import editions, pausing, subscribing
from digest.assets import templates_dir
from digest.errors import BadInput

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.actions.subscribing import LeavePage
    from digest.web.pages import Pages
    from subscribers.model import Person

READ = ["GET", "HEAD"]
ONE_CLICK = "One-Click"
"""The only value of `List-Unsubscribe` that RFC 8058 §3.1 allows."""

HOURS = range(4, 24)
"""Hours a reader may choose; none falls into the night the clock changes."""


@dataclass(frozen=True)
class Public:
    """Pages of the readers over one open home."""

    app: App
    pages: Pages

    def router(self) -> APIRouter:
        """All public addresses."""
        routes = APIRouter(default_response_class=Response)
        add = routes.add_api_route
        add("/favicon.ico", self.icon, methods=READ)
        add("/zdrave", self.health, methods=READ)
        add("/leave/{token}", self.leave_page, methods=READ)
        add("/leave/{token}", self.leave, methods=["POST"])
        add("/leave/{token}/undo", self.undo, methods=["POST"])
        add("/predpochitania/{token}", self.preferences, methods=READ)
        add("/predpochitania/{token}", self.save, methods=["POST"])
        add("/predpochitania/{token}/pauza", self.pause, methods=["POST"])
        add("/predpochitania/{token}/pauza/kray", self.resume, methods=["POST"])
        return routes

    def health(self) -> Response:
        """`{"ok": true}` while the database answers; 503 otherwise."""
        editions.list_editions(self.app, 1)
        return JSONResponse({"ok": True, "now": self.app.now().isoformat()})

    def leave_page(self, token: str) -> Response:
        """Who would leave, masked, and one button."""
        page = subscribing.leave_page(self.app, token)
        return self._leave("public/leave.html.j2", token, page)

    def leave(
        self,
        token: str,
        said: Annotated[str, Form(alias="List-Unsubscribe")] = "",
        confirm: Annotated[str, Form()] = "",
    ) -> Response:
        """RFC 8058: leaves at once, without cookies, redirects or questions."""
        if said != ONE_CLICK:
            raise BadInput(
                "Отписването не беше прието.",
                f"Липсва тялото „List-Unsubscribe={ONE_CLICK}“ (RFC 8058).",
                "Отворете връзката от писмото и натиснете бутона на страницата.",
            )
        how = "page" if confirm == "page" else "one-click"
        page = subscribing.leave(self.app, token, how=how)
        if how == "page":
            return self._leave("public/left.html.j2", token, page)
        return PlainTextResponse("Отписани сте. Повече писма няма да получавате.\n")

    def undo(self, token: str) -> Response:
        """Takes back a leave that was a slip, or that somebody else pressed."""
        page = subscribing.rejoin(self.app, token)
        return self._leave("public/back.html.j2", token, page)

    def preferences(self, token: str) -> Response:
        """What the reader chose, in a form."""
        return self._preferences(token, subscribing.preferences(self.app, token))

    def save(
        self,
        token: str,
        rubriki: Annotated[list[str], Form()] = [],  # noqa: B006 - FastAPI copies it
        chas: Annotated[str, Form(pattern="^([0-9]{1,2})?$")] = "",
        chestota: Annotated[str, Form()] = "daily",
        format_: Annotated[str, Form(alias="format")] = "html",
    ) -> Response:
        """Keeps the choice. All sections ticked, or none, means all that ever come."""
        chosen = set(rubriki)
        everything = {topic.slug for topic in self.app.newsroom.topics}
        person = subscribing.save_preferences(
            self.app,
            token,
            sections=() if chosen == everything else sorted(chosen),
            hour=int(chas) if chas else None,
            frequency=chestota,
            format=format_,
        )
        return self._preferences(token, person, said="Изборът е записан. Важи от следващия брой.")

    def pause(self, token: str, sedmitsi: Annotated[int, Form()]) -> Response:
        """No mail for so many weeks."""
        person = pausing.pause(self.app, token, weeks=sedmitsi)
        return self._preferences(token, person, said="Паузата е записана.")

    def resume(self, token: str) -> Response:
        """Mail again from the next edition."""
        person = pausing.resume(self.app, token)
        return self._preferences(token, person, said="Паузата е прекратена.")

    def icon(self) -> Response:
        """For pages that name no icon, such as the archived mail."""
        return FileResponse(templates_dir() / "static" / "icon.svg", media_type="image/svg+xml")

    def _leave(self, name: str, token: str, page: LeavePage) -> Response:
        return self.pages.show(name, token=token, page=page)

    def _preferences(self, token: str, person: Person, *, said: str = "") -> Response:
        return self.pages.show(
            "public/preferences.html.j2",
            token=token,
            person=person,
            said=said,
            until=pausing.until(self.app, person),
            weeks=pausing.WEEKS,
            topics=self.app.newsroom.topics,
            hours=HOURS,
        )
