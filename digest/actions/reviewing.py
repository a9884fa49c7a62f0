"""Reviewing: an editor approves the bytes, edits, or holds; a written policy decides otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.actions import editions
from digest.actions.app import App
from digest.errors import Conflict, Finding, WrongUsage
from digest.model import Edition, EditionState, StoryId

if TYPE_CHECKING:
    from digest.review.states import Edit

POLICY = "правилото за краен час"


def findings(app: App, edition: Edition) -> tuple[Finding, ...]:
    """What an editor should know before approving, the gravest first."""
    from digest.review.preflight import preflight

    return preflight(edition, editions.render(app, edition))


def approve(app: App, wanted: str, *, by: str, revision: int | None = None) -> Edition:
    """Signs the rendered bytes of the newest revision, and stores them.

    `revision` is the one the approver looked at; `Conflict` when there is a newer one. An
    edition without stories is `Refused`.
    """
    from digest.review.states import approve as sign
    from digest.review.states import as_approved

    edition = _current(app, wanted, revision)
    editions.refuse_empty(edition)
    rendered = editions.render(app, as_approved(edition, by))
    signed = sign(edition, by=by, at=app.now(), content_hash=rendered.content_hash)
    with app.store.work() as work:
        _still(work.editions.get(edition.id), edition)
        work.editions.save(signed)
        work.editions.save_rendered(rendered)
        app.note(work, by, "edition.approve", subject=edition.id, after=rendered.content_hash)
    return signed


def edit(app: App, wanted: str, change: Edit, *, by: str, revision: int | None = None) -> Edition:
    """Makes a new revision with one change; an approval is void from here on."""
    from digest.review.states import edit as apply

    edition = _current(app, wanted, revision)
    changed = apply(edition, change, at=app.now())
    with app.store.work() as work:
        _still(work.editions.get(edition.id), edition)
        work.editions.save(changed)
        app.note(
            work, by, "edition.edit", subject=edition.id, before=f"r{edition.revision}",
            after=repr(change),
        )  # fmt: skip
    return changed


def hold(app: App, wanted: str, *, by: str) -> Edition:
    """Keeps the edition from leaving until a person approves it."""
    from digest.review.states import hold as keep

    held = keep(editions.get(app, wanted))
    with app.store.work() as work:
        work.editions.save(held)
        app.note(work, by, "edition.hold", subject=held.id)
    return held


def decide(app: App, edition: Edition) -> Edition:
    """What happens without a person.

    `auto_if_clean` approves an edition without a red finding; all else holds.
    """
    from digest.review.preflight import clean

    if edition.state is EditionState.APPROVED:
        return edition
    automatic = app.settings.approval.policy == "auto_if_clean"
    if automatic and clean(findings(app, edition)):
        return approve(app, edition.id, by=POLICY)
    return hold(app, edition.id, by=POLICY)


def _current(app: App, wanted: str, revision: int | None) -> Edition:
    edition = editions.get(app, wanted)
    if revision is not None and revision != edition.revision:
        raise Conflict(
            f"Броят вече е в редакция {edition.revision}, а вие гледате {revision}.",
            "Някой го е променил междувременно.",
            "Отворете го отново и прегледайте промяната.",
        )
    return edition


def _still(stored: Edition, seen: Edition) -> None:
    if (stored.revision, stored.state) != (seen.revision, seen.state):
        raise Conflict(
            "Броят беше променен, докато го записвахте.",
            f"Редакцията вече е {stored.revision}, състоянието – „{stored.state}“.",
            "Отворете го отново.",
        )


def one_edit(
    story: str, *, title: str | None, summary: str | None, drop: bool, to: str | None
) -> Edit:
    """The one change that was asked for; more or none is `WrongUsage`."""
    from digest.review.states import Drop, Move, Resummarise, Retitle

    wishes: list[Edit] = []
    which = StoryId(story)
    if title:
        wishes.append(Retitle(which, title))
    if summary:
        wishes.append(Resummarise(which, summary))
    if drop:
        wishes.append(Drop(which))
    if to:
        section, _, place = to.partition(":")
        if not section or not place.isdigit():
            raise WrongUsage(
                f"„{to}“ не е място в броя.", "Нужни са рубрика и номер.", "Пример: --to sport:1."
            )
        wishes.append(Move(which, section, int(place)))
    if len(wishes) != 1:
        raise WrongUsage(
            "Поискана е повече от една промяна или нито една.",
            "Всяка промяна е отделна редакция.",
            "Изберете едно: --title, --summary, --drop или --to.",
        )
    return wishes[0]
