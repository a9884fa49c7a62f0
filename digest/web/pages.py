"""Turns templates into responses, and Bulgarian words for what the model calls by code.

The templates are in `templates/web/`; a home may not override them, so the policy of no inline
scripts or styles holds for every page.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from digest import __version__
from digest.assets import templates_dir
from digest.bulgarian.dates import MONTHS, date_in_words, month_in_words
from digest.bulgarian.typography import count
from digest.clock import zone
from digest.errors import DigestError
from digest.review.states import NAMES
from digest.web.house import house
from digest.web.statuses import status_of

if TYPE_CHECKING:
    from fastapi import Request, Response
    from fastapi.responses import HTMLResponse

    from digest.actions.app import App

TIERS = {"lead": "водеща", "full": "пълна", "brief": "накратко"}
LEVELS = {"red": "Пречка", "yellow": "Внимание", "green": "Наред"}
METHODS = {
    "extractive": "изречения от статиите",
    "model": "написано от езиков модел, всяко изречение сверено с източника",
    "editor": "написано от редактор",
    "none": "без резюме",
}
COUNTS = (
    ("planned", "планирани"),
    ("queued", "чакащи"),
    ("sending", "в момента"),
    ("accepted", "приети"),
    ("deferred", "отложени"),
    ("refused", "отказани"),
    ("suppressed", "спрени"),
    ("unknown", "неясни"),
    ("cancelled", "отменени"),
)
"""Fields of a ledger in the order an editor reads them."""


class Pages:
    """The site's templates with the words and times of one publication."""

    def __init__(self, app: App) -> None:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        self._zone = zone(app.settings.publication.timezone)
        self._env = Environment(
            loader=FileSystemLoader(templates_dir() / "web"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._env.filters.update(
            date_in_words=date_in_words,
            month_in_words=month_in_words,
            month=month,
            count=count,
            clock=self.clock,
            decimal=decimal,
        )
        self._env.globals.update(
            masthead=app.settings.masthead(),
            states=NAMES,
            tiers=TIERS,
            levels=LEVELS,
            methods=METHODS,
            counts=COUNTS,
            version=__version__,
            house=house(app.settings.masthead().brand).address,
        )

    def show(self, name: str, *, status: int = 200, **facts: object) -> HTMLResponse:
        """The page `name` under `templates/web/` with these facts."""
        from fastapi.responses import HTMLResponse

        return HTMLResponse(self._env.get_template(name).render(facts), status)

    def problem(self, request: Request, status: int, error: DigestError) -> Response:
        """A page that says what, why and what to do; plain text to a machine's POST."""
        from fastapi.responses import PlainTextResponse

        if "text/html" not in request.headers.get("accept", "text/html"):
            return PlainTextResponse(f"{error.what} {error.why} {error.fix}\n", status)
        return self.show("public/problem.html.j2", status=status, error=error, code=status)

    def trouble(self, request: Request, error: DigestError) -> Response:
        """The page of an error by its class."""
        return self.problem(request, status_of(error), error)

    def clock(self, at: datetime) -> str:
        """„06:45 ч.“ in the publication's zone."""
        return f"{at.astimezone(self._zone):%H:%M}\u00a0ч."


def month(day: date) -> str:
    """„ноември“."""
    return MONTHS[day.month - 1]


def decimal(value: float) -> str:
    """Two places with a decimal comma and a true minus: „0,75“."""
    return f"{Decimal(str(value)):.2f}".replace(".", ",").replace("-", "−")
