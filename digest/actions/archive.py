"""The archive: what of the editions anybody may read, and where it stands.

Only editions that were sent, or are being sent, are here; everything else is not found. Nothing
in here knows a reader.
"""

from __future__ import annotations

from datetime import date, datetime

from digest.actions import editions
from digest.actions.app import App
from digest.bulgarian.dates import date_in_words, month_in_words
from digest.errors import NotFound
from digest.model import Correction, Edition, EditionId, EditionState, Issue

LATEST = "latest"

SEE_ALL = "Изберете друг от списъка на броевете."


def issues(app: App) -> tuple[Issue, ...]:
    """Every public edition, the newest day first."""
    with app.store.reading() as work:
        return tuple(work.public.issues())


def load(app: App, wanted: tuple[Issue, ...]) -> tuple[Edition, ...]:
    """Those editions as they stand, in that order."""
    with app.store.reading() as work:
        return tuple(work.editions.get(issue.id) for issue in wanted)


def newest(app: App, number: int) -> tuple[Edition, ...]:
    """The last so many public editions, the newest first."""
    return load(app, issues(app)[:number])


def latest(app: App) -> Issue:
    """The newest edition of the site's own publication, else of any. Raises `NotFound`."""
    found = issues(app)
    own = [one for one in found if one.publication == app.settings.publication.id]
    for issue in own or found:
        return issue
    raise NotFound(
        "Още няма излязъл брой.",
        "Броевете се публикуват, щом започне изпращането им.",
        "Опитайте отново по-късно.",
    )


def of_month(app: App, month: date) -> tuple[Edition, ...]:
    """The editions of that month, the newest first. Raises `NotFound` when there are none."""
    wanted = tuple(
        one for one in issues(app) if (one.date.year, one.date.month) == (month.year, month.month)
    )
    if not wanted:
        raise NotFound(
            f"Няма броеве от {month_in_words(month)}",
            "През този месец не е изпращан брой.",
            "Изберете друг месец от списъка на броевете.",
        )
    return load(app, wanted)


def of_day(app: App, day: date, publication: str | None = None) -> Issue:
    """The edition of a day: of that publication, else the site's own, else the first made.

    Raises `NotFound` when nothing was sent on that day.
    """
    found = [one for one in issues(app) if one.date == day]
    wanted = publication or app.settings.publication.id
    for issue in (one for one in found if one.publication == wanted):
        return issue
    if found and publication is None:
        return found[0]
    raise NotFound(
        f"Няма брой за {date_in_words(day)}",
        "На този ден не е излизал брой или изпращането му още не е започнало.",
        SEE_ALL,
    )


def corrections(app: App, wanted: tuple[Edition, ...]) -> dict[EditionId, tuple[Correction, ...]]:
    """What was corrected in each of those editions, the oldest first."""
    with app.store.reading() as work:
        return {one.id: tuple(work.corrections.of(one.id)) for one in wanted}


def corrected(app: App) -> dict[EditionId, datetime]:
    """When each edition that has corrections was last put right."""
    with app.store.reading() as work:
        # The newest first, so the last one written of an edition would be its oldest.
        return {one.edition_id: one.at for one in reversed(work.corrections.all())}


def page(app: App, edition_id: str) -> tuple[Edition, str, tuple[Correction, ...]]:
    """A public edition, its page, and its corrections, which the page already shows.

    Without any it is the page as approved: what was signed is kept as it is, and what was found
    out later is added when it is read. Raises `NotFound` for any other edition.
    """
    from digest.render.corrected import corrected as put_right

    edition = editions.get(app, edition_id)
    with app.store.reading() as work:
        public = work.public.holds(edition.id)
        those = tuple(work.corrections.of(edition.id))
    if not public:
        raise _not_public(edition)
    html = editions.render(app, edition).web_html
    return edition, put_right(html, edition, those, app.settings.masthead()), those


def _not_public(edition: Edition) -> NotFound:
    if edition.state is EditionState.CANCELLED:
        return NotFound("Този брой е спрян.", "Редакцията е прекратила изпращането му.", SEE_ALL)
    return NotFound(
        "Този брой още не е публикуван.",
        "В архива влизат само изпратените броеве.",
        "Опитайте след часа на изпращане.",
    )
