"""Puts the site together: desk, public pages, static files, errors, and the guard around all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles

from digest.assets import templates_dir
from digest.errors import BadInput, DigestError, NotFound
from digest.web.archive import Archive
from digest.web.desk import Desk
from digest.web.guard import Guard, TooLarge
from digest.web.hooks import hook_door
from digest.web.house import house
from digest.web.pages import Pages
from digest.web.photos import Photos
from digest.web.public import Public
from digest.web.steering import Steering

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.inbound.hooks.port import Fetch


FRAMEWORK_STATUSES = (400, 401, 404, 405, 413, 416)
"""What the framework itself answers: a broken body, no such page, no such method, …"""


def create_app(app: App, *, fetch: Fetch | None = None) -> FastAPI:
    """The whole site over one open home. Closing the home is the caller's.

    `fetch` is how the hooks ask a provider for its certificate; none: over the network.
    """
    pages = Pages(app)
    site = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    desk = Desk(app, pages)
    site.include_router(desk.router())
    site.include_router(Steering(desk).router())
    site.include_router(Public(app, pages).router())
    site.include_router(Archive(app, pages).router())
    site.include_router(hook_door(app, fetch).router())
    site.include_router(Photos(app).router())
    site.include_router(house(app.settings.masthead().brand).router())
    site.mount("/static", Static(directory=templates_dir() / "static"), name="static")
    _explain_errors(site, pages)
    site.add_middleware(Guard, problem=pages.problem)
    return site


class Static(StaticFiles):
    """Files of the pages and the mail's fonts; their addresses carry the version."""

    def file_response(self, *args: Any, **words: Any) -> Response:
        answer = super().file_response(*args, **words)
        answer.headers["cache-control"] = "public, max-age=3600"
        # Fonts are always fetched with CORS, and a mail's reader is never on our origin.
        answer.headers["access-control-allow-origin"] = "*"
        return answer


def _explain_errors(site: FastAPI, pages: Pages) -> None:
    """Every way a page can fail ends in a page that says what, why and what to do."""

    async def known(request: Request, error: Exception) -> Response:
        assert isinstance(error, DigestError)
        return pages.trouble(request, error)

    async def large(request: Request, error: Exception) -> Response:
        assert isinstance(error, TooLarge)
        return pages.problem(request, 413, error)

    async def refused(request: Request, error: Exception) -> Response:
        if isinstance(error.__cause__, TooLarge):
            return pages.problem(request, 413, error.__cause__)
        status = int(getattr(error, "status_code", 400))
        answer = pages.problem(request, status, _of_status(status))
        answer.headers.update(getattr(error, "headers", None) or {})
        return answer

    async def malformed(request: Request, _error: Exception) -> Response:
        return pages.problem(request, 400, _malformed())

    site.add_exception_handler(DigestError, known)
    site.add_exception_handler(TooLarge, large)
    for status in FRAMEWORK_STATUSES:
        site.add_exception_handler(status, refused)
    site.add_exception_handler(RequestValidationError, malformed)


def _of_status(status: int) -> DigestError:
    if status == 404:
        return NotFound(
            "Няма такава страница.",
            "Адресът е сгрешен или страницата е махната.",
            "Проверете адреса или започнете от началото.",
        )
    if status == 405:
        return BadInput(
            "Това действие не се прави така.",
            "Страницата не приема такава заявка.",
            "Отворете я отново и използвайте бутона в нея.",
        )
    return _malformed()


def _malformed() -> BadInput:
    return BadInput(
        "Изпратеното не може да се прочете.",
        "Липсва поле или стойността му е от друг вид.",
        "Отворете страницата отново и попълнете формуляра в нея.",
    )
