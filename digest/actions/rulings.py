"""Rulings: an editor pins, vetoes or boosts a story for an edition, or takes it back.

What was said holds from the next draft on; a draft that a person has edited keeps its stories
(`build --anew` composes over it). Each act is logged with what held before and after it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from digest.actions import drafting, editions, learning, reviewing
from digest.actions.app import App
from digest.bulgarian.dates import date_in_words
from digest.bulgarian.typography import count
from digest.errors import NotFound, WrongUsage
from digest.model import Ruling, StoryId

if TYPE_CHECKING:
    from digest.store.work import Work

EXCLUDES = {"pin": ("pin", "veto"), "veto": ("pin", "veto"), "boost": ("boost",)}
"""What a new ruling replaces: a story is not both pinned and out."""

LONGEST_DAYS = 31
"""A boost beyond a month is a weight, and those are set in the settings."""


def pin(
    app: App, story: str, *, place: int, by: str, day: date | None = None, reason: str = ""
) -> Ruling:
    """Holds a story at a place (from 1) of that day's edition; today's by default.

    Safe to repeat. Raises `WrongUsage`, `NotFound` for a story that nobody knows, `Forbidden`.
    """
    if place < 1:
        raise WrongUsage(f"Няма място № {place}.", "Местата се броят от 1.", "Пример: --place 1.")
    at = day or app.today()
    one = Ruling("pin", StoryId(story), at, at, by, app.now(), place=place, reason=reason)
    return _rule(app, one)


def veto(app: App, story: str, *, by: str, reason: str, day: date | None = None) -> Ruling:
    """Keeps a story out of that day's edition, for a reason that the editor gives."""
    if not reason.strip():
        raise WrongUsage(
            "Не е казано защо темата се спира.",
            "Причината стои в броя и в дневника, за да я видят и другите редактори.",
            "Добавете я с --reason.",
        )
    at = day or app.today()
    return _rule(app, Ruling("veto", StoryId(story), at, at, by, app.now(), reason=reason))


def boost(
    app: App,
    story: str,
    *,
    value: float,
    by: str,
    day: date | None = None,
    days: int = 1,
    reason: str = "",
) -> Ruling:
    """Adds `value` (−1…1, not 0) to the score of a story for `days` editions from that day on."""
    if not 0 < abs(value) <= 1 or not 1 <= days <= LONGEST_DAYS:
        raise WrongUsage(
            f"Тласък {value:g} за {count(days, 'ден')} не е възможен.",
            f"Тласъкът е от -1 до 1 без 0, за 1 до {LONGEST_DAYS} дни.",
            "Пример: --by 0.1 --days 3.",
        )
    first = day or app.today()
    last = first + timedelta(days=days - 1)
    return _rule(
        app,
        Ruling("boost", StoryId(story), first, last, by, app.now(), value=value, reason=reason),
    )


def clear(app: App, story: str, *, by: str, day: date | None = None) -> Sequence[Ruling]:
    """Takes back all that was said of a story, from that day on; gives what it was."""
    at = day or app.today()
    reviewing.allowed(app, by, "edit")
    with app.store.work() as work:
        ended = work.rulings.end(
            app.settings.publication.id, StoryId(story), at, ("pin", "veto", "boost")
        )
        if ended:
            app.note(work, by, "story.clear", subject=story, before=_told(ended))
    return ended


def effect(app: App, one: Ruling) -> str:
    """When a ruling shows, in Bulgarian: approved and hand-edited drafts stay as they are."""
    from digest.review.states import NAMES

    edition = editions.of_day(app, one.first)
    if edition is None:
        return f"Важи, когато се състави броят за {date_in_words(one.first)}."
    if edition.state not in editions.OPEN:
        return f"Броят е в състояние „{NAMES[edition.state]}“ и не се променя от това."
    if drafting.edited(app, edition):
        return "Черновата е редактирана и остава така; „digest build --anew“ я съставя наново."
    return "Важи от следващото съставяне („digest build“)."


def _rule(app: App, one: Ruling) -> Ruling:
    """Keeps a ruling with what it teaches, unless the same holds already."""
    reviewing.allowed(app, one.by, "edit")
    _known(app, one)
    publication = app.settings.publication.id
    edition = editions.of_day(app, one.first)
    with app.store.work() as work:
        same = _standing(work, publication, one)
        if same is not None:
            return same
        replaced = work.rulings.end(publication, one.story, one.first, EXCLUDES[one.kind])
        work.rulings.add(publication, one)
        if one.kind == "pin" and edition is not None:
            work.learning.add(publication, learning.of_pin(edition, one))
        app.note(
            work, one.by, f"story.{one.kind}", subject=one.story, before=_told(replaced),
            after=_told([one]),
        )  # fmt: skip
    return one


def _standing(work: Work, publication: str, one: Ruling) -> Ruling | None:
    """The ruling that says the same already."""
    return next(
        (
            r
            for r in work.rulings.on(publication, one.first)
            if (r.story, r.kind, r.first, r.last, r.place, r.value, r.reason)
            == (one.story, one.kind, one.first, one.last, one.place, one.value, one.reason)
        ),
        None,
    )


def _told(found: Collection[Ruling]) -> str:
    """Rulings as the activity log shows them."""
    return "; ".join(
        " ".join(
            part
            for part in (
                one.kind,
                f"{one.first}…{one.last}" if one.last != one.first else str(one.first),
                f"place={one.place}" if one.place else "",
                f"value={one.value:g}" if one.value else "",
                f"by={one.by}",
                one.reason,
            )
            if part
        )
        for one in found
    )


def _known(app: App, one: Ruling) -> None:
    """A story is known when the edition tells or drops it, when it stands, or the day has it."""
    edition = editions.of_day(app, one.first)
    named = {s.id for s in edition.stories} | {d.id for d in edition.dropped} if edition else set()
    if one.story in named:
        return
    with app.store.reading() as work:
        stands = bool(work.stories.members(one.story))
    stories = () if stands else drafting.group(drafting.gather(app, one.first), app.settings)
    if not stands and one.story not in {story.id for story in stories}:
        raise NotFound(
            f"Няма тема „{one.story}“ за {one.first:%d.%m.%Y}.",
            "Нито броят, нито събраното за деня имат такъв номер.",
            "Вижте номерата с „digest edition show“.",
        )
