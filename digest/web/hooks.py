"""`POST /hooks/NAME`: where providers tell what became of messages.

Answers have no body and no reason: 204 taken, 403 not believed, 404 no such hook, 503 ask again.
Why is in the log. The request is proven by its signature, so the guard lets it through.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Depends, Request, Response

from digest.actions import hooks
from digest.errors import DigestError, Forbidden
from digest.web.attempts import Attempts

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.inbound.hooks.port import Fetch, Hook

log = logging.getLogger(__name__)

TAKEN, DENIED, UNKNOWN, AGAIN = 204, 403, 404, 503


async def _body(request: Request) -> bytes:
    """The bytes as they came: the framework reads them only where it may wait."""
    return await request.body()


@dataclass(frozen=True)
class HookDoor:
    """The addresses of the hooks that are switched on; none, and there is no such page."""

    app: App
    hooks: Mapping[str, Hook]
    fetch: Fetch
    attempts: Attempts = field(default_factory=Attempts)

    def router(self) -> APIRouter:
        """All addresses of the hooks."""
        routes = APIRouter(default_response_class=Response)
        if self.hooks:
            routes.add_api_route("/hooks/{name}", self.take, methods=["POST"])
        return routes

    def take(self, request: Request, name: str, body: Annotated[bytes, Depends(_body)]) -> Response:
        """Whatever the bytes are, the answer is one of four."""
        hook = self.hooks.get(name)
        if hook is None:
            return Response(status_code=UNKNOWN)
        place = request.client.host if request.client else ""
        try:
            self.attempts.check(place)
            taken = hooks.take(self.app, hook, request.headers, body, fetch=self.fetch)
        except Forbidden:
            log.warning("the hook %s: too many refusals from one place", name)
            return Response(status_code=DENIED)
        except DigestError as error:
            log.warning("the hook %s asks to be told again: %s", name, error, exc_info=error)
            return Response(status_code=AGAIN)
        if not taken:
            self.attempts.failed(place)
        return Response(status_code=TAKEN if taken else DENIED)


def hook_door(app: App, fetch: Fetch | None) -> HookDoor:
    """The door of a site; `fetch` stands in for the guarded client of the collector."""
    sparing = hooks.Sparing(fetch or hooks.fetcher(app))
    return HookDoor(app, hooks.open_hooks(app, sparing), sparing)
