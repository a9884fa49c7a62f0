"""The desk: signing in, the edition with its reasons and sources, approving and holding.

Everything works without scripts; htmx only reloads the main part instead of the whole page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from digest.actions import (
    checking,
    correcting,
    editions,
    notifying,
    reviewing,
    staff,
    stops,
    troubles,
)
from digest.errors import Forbidden, WrongUsage
from digest.model import Edition, EditionState, StoryId
from digest.review.states import Resummarise, Unchart
from digest.web.attempts import Attempts
from digest.web.corrections import BLANK, LONGEST_SENT, Filled, corrections_view
from digest.web.evidence import SentenceRow, tried_rows
from digest.web.headway import sending_view
from digest.web.looks import LOOKS, Look, as_seen, look_named
from digest.web.sources import sources_view
from digest.web.view import edition_view

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.actions.checking import Trial
    from digest.store.editors import Editor
    from digest.web.pages import Pages

COOKIE = "digest_vhod"
READ = ["GET", "HEAD"]
SEEN = 303
"""See Other: after a POST the browser fetches the page anew (RFC 9110 §15.4.4)."""

UNSAVED = 422
"""Unprocessable Content (RFC 9110 §15.5.21): the form came, its text did not pass."""

LONGEST_TEXT = 4000
"""Characters of a summary that an editor may send; the longest that is printed has 2000."""

EDITABLE = frozenset({EditionState.DRAFT, EditionState.HELD, EditionState.APPROVED})

NOTES = {
    "odobren": "Броят е одобрен.",
    "zadarzhan": "Броят е задържан.",
    "bez_grafika": "Графиката е махната; одобрение, ако е имало, вече не важи.",
    "popraven": "Поправката е записана: в архива стои веднага, следващият брой я отпечатва.",
    "ottegleno": "Поправката е оттеглена.",
    "spryan": "Изпращането е спряно: тръгналото си тръгва, останалите чакат.",
    "produlzhen": "Изпращането продължава.",
    "otmenen": "Неизпратеното е отменено; отчетът показва колко е тръгнало.",
    "zapisan": "Текстът е записан; одобрение, ако е имало, вече не важи.",
}

MISSING = {
    "edit": ("Нямате право да редактирате.", "Помолете редактор или администратор."),
    "approve": (
        "Нямате право да одобрявате.",
        "Помолете одобряващ редактор или администратор.",
    ),
}
"""Right → what a person without it is told, and whom to ask."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A text that was not saved, with what the gate says of it."""

    story: StoryId
    text: str
    trial: Trial

    @property
    def rows(self) -> tuple[SentenceRow, ...]:
        return tried_rows(self.trial.sentences, self.trial.articles)


class SignInNeeded(Forbidden):
    """Nobody is signed in, or the sign-in has run out."""

    def __init__(self) -> None:
        super().__init__(
            "Не сте влезли в редакцията.",
            "Входът е изтекъл или сте излезли; нищо не е променено.",
            "Влезте отново и повторете действието.",
        )


@dataclass(frozen=True)
class Desk:
    """Pages of the editors over one open home."""

    app: App
    pages: Pages
    attempts: Attempts = field(default_factory=Attempts)

    def router(self) -> APIRouter:
        """All addresses of the desk."""
        routes = APIRouter(default_response_class=Response)
        add = routes.add_api_route
        add("/vhod", self.door, methods=READ)
        add("/vhod", self.sign_in, methods=["POST"])
        add("/izhod", self.sign_out, methods=["POST"])
        add("/", self.today, methods=READ)
        add("/iztochnitsi", self.sources, methods=READ)
        add("/izdanie/{edition_id}", self.edition, methods=READ)
        add("/izdanie/{edition_id}/pismo/{look}", self.letter, methods=READ)
        add("/izdanie/{edition_id}/tekst", self.rewrite, methods=["POST"])
        add("/izdanie/{edition_id}/grafika", self.unchart, methods=["POST"])
        add("/izdanie/{edition_id}/popravka", self.correct, methods=["POST"])
        add("/izdanie/{edition_id}/ottegli", self.withdraw, methods=["POST"])
        add("/izdanie/{edition_id}/odobri", self.approve, methods=["POST"])
        add("/izdanie/{edition_id}/zadrazh", self.hold, methods=["POST"])
        return routes

    def door(self, request: Request) -> Response:
        """The sign-in page."""
        if staff.who(self.app, request.cookies.get(COOKIE)) is not None:
            return RedirectResponse("/", SEEN)
        return self.pages.show("desk/sign_in.html.j2", address="", error=None)

    def sign_in(
        self,
        request: Request,
        address: Annotated[str, Form(max_length=320)],
        password: Annotated[str, Form(max_length=1024)],
    ) -> Response:
        """Opens a sign-in; an earlier one of the same browser ends."""
        place = request.client.host if request.client else ""
        try:
            self.attempts.check(place)
            agent = request.headers.get("user-agent", "")
            cookie = staff.sign_in(self.app, address.strip(), password, agent=agent)
        except Forbidden as error:
            self.attempts.failed(place)
            return self.pages.show("desk/sign_in.html.j2", status=403, address=address, error=error)
        staff.sign_out(self.app, request.cookies.get(COOKIE))
        answer = RedirectResponse("/", SEEN)
        answer.set_cookie(
            COOKIE,
            cookie,
            max_age=self.app.settings.web.login_hours * 3600,
            httponly=True,
            samesite="lax",
            secure=request.url.scheme == "https",
        )
        return answer

    def sign_out(self, request: Request) -> Response:
        """Ends the sign-in on the server, not only in the browser."""
        staff.sign_out(self.app, request.cookies.get(COOKIE))
        answer = RedirectResponse("/vhod", SEEN)
        answer.delete_cookie(COOKIE, httponly=True, samesite="lax")
        return answer

    def today(self, request: Request, izgled: str = "", stana: str = "") -> Response:
        """Today's edition, else the newest one, else a page that says there is none yet."""
        editor = self.reader(request)
        if editor is None:
            return RedirectResponse("/vhod", SEEN)
        edition = editions.of_day(self.app, self.app.today())
        if edition is None:
            newest = editions.list_editions(self.app, 1)
            edition = newest[0] if newest else None
        if edition is None:
            return self.show("desk/empty.html.j2", editor, today=self.app.today())
        return self._show(edition, editor, look_named(izgled), NOTES.get(stana, ""))

    def edition(
        self, request: Request, edition_id: str, izgled: str = "", stana: str = ""
    ) -> Response:
        """One edition by its id, by its date, or `latest`."""
        editor = self.reader(request)
        if editor is None:
            return RedirectResponse("/vhod", SEEN)
        edition = editions.get(self.app, edition_id)
        return self._show(edition, editor, look_named(izgled), NOTES.get(stana, ""))

    def sources(self, request: Request) -> Response:
        """The sources and how each of them is."""
        editor = self.reader(request)
        if editor is None:
            return RedirectResponse("/vhod", SEEN)
        return self.show(
            "desk/sources.html.j2", editor, view=sources_view(self.app), room="sources"
        )

    def letter(self, request: Request, edition_id: str, look: str) -> Response:
        """The mail itself as a document of its own, for the frame on the edition's page."""
        if self.reader(request) is None:
            raise SignInNeeded
        edition = editions.get(self.app, edition_id)
        return as_seen(self.app, edition, look_named(look))

    def rewrite(
        self,
        request: Request,
        edition_id: str,
        revision: Annotated[int, Form()],
        story: Annotated[str, Form(max_length=64)],
        text: Annotated[str, Form(alias="tekst", max_length=LONGEST_TEXT)] = "",
        own_name: Annotated[str, Form(alias="na_moe_ime", max_length=8)] = "",
    ) -> Response:
        """An editor's own text: past the gate it is saved, else shown with what is wrong.

        A text with problems is saved only when the editor answers for it by name.
        """
        editor = self.person(request, "edit")
        edition = editions.get(self.app, edition_id)
        trial = checking.trial(self.app, edition, Resummarise(StoryId(story), text))
        if trial.refused or (trial.failing and not own_name):
            attempt = Attempt(StoryId(story), text, trial)
            return self._show(edition, editor, look_named(""), "", attempt=attempt)
        change = Resummarise(StoryId(story), text)
        saved = reviewing.edit(self.app, edition_id, change, by=editor.address, revision=revision)
        return RedirectResponse(f"/izdanie/{saved.id}?stana=zapisan#t-{story}", SEEN)

    def unchart(
        self,
        request: Request,
        edition_id: str,
        revision: Annotated[int, Form()],
        story: Annotated[str, Form(max_length=64)],
    ) -> Response:
        """Takes a story's chart away."""
        editor = self.person(request, "edit")
        change = Unchart(StoryId(story))
        saved = reviewing.edit(self.app, edition_id, change, by=editor.address, revision=revision)
        return RedirectResponse(f"/izdanie/{saved.id}?stana=bez_grafika#t-{story}", SEEN)

    def correct(
        self,
        request: Request,
        edition_id: str,
        story: Annotated[str, Form(alias="novina", max_length=64)] = "",
        said: Annotated[str, Form(alias="pisahme", max_length=LONGEST_SENT)] = "",
        right: Annotated[str, Form(alias="vyarno", max_length=LONGEST_SENT)] = "",
        letter: Annotated[str, Form(alias="pismo", max_length=8)] = "",
    ) -> Response:
        """Puts a sent edition right; a text that cannot be taken comes back with the reason."""
        editor = self.person(request, "approve" if letter else "edit")
        edition = editions.get(self.app, edition_id)
        try:
            one = correcting.correct(
                self.app, edition.id, story or None, said=said, right=right, by=editor.address
            )
        except WrongUsage as error:
            filled = Filled(story, said, right, error)
            return self._show(edition, editor, look_named(""), "", filled=filled)
        if letter:
            notifying.notify(self.app, one.id, by=editor.address)
        return RedirectResponse(f"/izdanie/{edition.id}?stana=popraven#popravki", SEEN)

    def withdraw(
        self,
        request: Request,
        edition_id: str,
        correction: Annotated[str, Form(alias="popravka", max_length=64)],
    ) -> Response:
        """Takes a correction back that no edition has printed."""
        editor = self.person(request, "edit")
        edition = editions.get(self.app, edition_id)
        correcting.withdraw(self.app, correction, by=editor.address)
        return RedirectResponse(f"/izdanie/{edition.id}?stana=ottegleno#popravki", SEEN)

    def approve(
        self, request: Request, edition_id: str, revision: Annotated[int, Form()]
    ) -> Response:
        """Signs the revision that the editor saw; a newer one is a conflict."""
        editor = self.person(request, "approve")
        signed = reviewing.approve(self.app, edition_id, by=editor.address, revision=revision)
        return RedirectResponse(f"/izdanie/{signed.id}?stana=odobren", SEEN)

    def hold(self, request: Request, edition_id: str) -> Response:
        """Keeps the edition from leaving."""
        editor = self.person(request, "approve")
        held = reviewing.hold(self.app, edition_id, by=editor.address)
        return RedirectResponse(f"/izdanie/{held.id}?stana=zadarzhan", SEEN)

    def _show(
        self,
        edition: Edition,
        editor: Editor,
        look: Look,
        note: str,
        attempt: Attempt | None = None,
        filled: Filled = BLANK,
    ) -> Response:
        may_edit = staff.may(editor, "edit")
        may_approve = staff.may(editor, "approve")
        return self.show(
            "desk/edition.html.j2",
            editor,
            status=UNSAVED if attempt or filled.error else 200,
            attempt=attempt,
            corrections=corrections_view(self.app, edition, editor, filled),
            sending=sending_view(self.app, edition, may_steer=may_approve),
            can_edit=may_edit and edition.state in EDITABLE,
            edition=edition,
            view=edition_view(self.app, edition),
            recent=editions.list_editions(self.app, 8),
            look=look,
            looks=LOOKS,
            note=note,
            can_approve=may_approve and edition.state in {EditionState.DRAFT, EditionState.HELD},
            can_hold=may_approve and edition.state in {EditionState.DRAFT, EditionState.APPROVED},
        )

    def show(self, name: str, editor: Editor, *, status: int = 200, **facts: object) -> Response:
        """A page of the desk to who is signed in; over each stands what waits for a person."""
        by = editor.address if staff.may(editor, "approve") else stops.ANYBODY
        stopped = (*troubles.findings(self.app), *stops.findings(self.app, by=by))
        return self.pages.show(name, status=status, editor=editor, stopped=stopped, **facts)

    def reader(self, request: Request) -> Editor | None:
        """Who is signed in; None for a stranger."""
        editor = staff.who(self.app, request.cookies.get(COOKIE))
        return editor if editor is not None and staff.may(editor, "read") else None

    def person(self, request: Request, right: str) -> Editor:
        """Who is signed in, with that right of the role; raises `Forbidden`."""
        editor = self.reader(request)
        if editor is None:
            raise SignInNeeded
        if not staff.may(editor, right):
            what, fix = MISSING[right]
            raise Forbidden(what, f"Ролята ви е „{editor.role}“.", fix)
        return editor
