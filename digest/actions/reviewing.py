"""Reviewing: an editor approves the bytes, edits, or holds; a written policy decides otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from digest.actions import checking, editions
from digest.actions.app import App
from digest.errors import Conflict, Finding, Forbidden, Refused, WrongUsage
from digest.model import Edition, EditionState, RenderedEdition, StoryId

if TYPE_CHECKING:
    from digest.review.states import Edit, Move

POLICY = "правилото за краен час"

UNCONFIRMED = "unconfirmed"
"""Code of the finding about sentences that the gate does not confirm."""

SETTLED = frozenset({EditionState.QUEUED, EditionState.SENT})
"""Approved long ago: approving again changes nothing."""


def findings(app: App, edition: Edition) -> tuple[Finding, ...]:
    """What an editor should know before approving, the gravest first."""
    return preflight_of(app, edition, editions.render(app, edition))


def preflight_of(app: App, edition: Edition, rendered: RenderedEdition) -> tuple[Finding, ...]:
    """The findings about an edition, its rendering, and what the gate says of its texts now."""
    from digest.review.preflight import preflight

    # What has left is not judged by what outlets wrote later.
    told = checking.checked(app, edition) if edition.state not in SETTLED else {}
    return preflight(edition, rendered, {story: one.failing for story, one in told.items()})


def approve(app: App, wanted: str, *, by: str, revision: int | None = None) -> Edition:
    """Signs the rendered bytes of the newest revision, and stores them. Safe to repeat.

    `revision` is the one the approver looked at; `Conflict` when there is a newer one. An
    edition without stories or with a red finding is `Refused`; a person of the desk whose role
    does not include approving is `Forbidden`.
    """
    from digest.review.states import approve as sign
    from digest.review.states import as_approved

    edition = _current(app, wanted, revision)
    allowed(app, by, "approve")
    if edition.state in SETTLED:
        return edition
    editions.refuse_empty(edition)
    rendered = editions.render(app, as_approved(edition, by))
    found = preflight_of(app, edition, rendered)
    _refuse_red(found)
    signed = sign(edition, by=by, at=app.now(), content_hash=rendered.content_hash)
    with app.store.work() as work:
        _still(work.editions.get(edition.id), edition)
        work.editions.save(signed)
        work.editions.save_rendered(rendered)
        app.note(
            work, by, "edition.approve", subject=edition.id, before=_in_spite_of(found),
            after=rendered.content_hash,
        )  # fmt: skip
    return signed


def _refuse_red(found: tuple[Finding, ...]) -> None:
    red = next((one for one in found if one.level == "red"), None)
    if red is not None:
        raise Refused("Броят не може да се одобри.", red.what, red.fix)


def _in_spite_of(found: tuple[Finding, ...]) -> str:
    """For the log: the sentences without support that the approver takes upon themselves."""
    return " ".join(one.what for one in found if one.code == UNCONFIRMED)


def edit(app: App, wanted: str, change: Edit, *, by: str, revision: int | None = None) -> Edition:
    """Makes a new revision with one change; an approval is void from here on.

    A new text passes the faithfulness gate: quoting beyond the rights is `Refused`, any other
    doubt becomes a warning on the edition under the name of `by`. A section that is not the
    newsroom's is `Refused`. What a drop or a move prefers is kept for `digest rank tune`.
    """
    from digest.actions import learning
    from digest.review.states import Move, Resummarise, find
    from digest.review.states import edit as apply

    edition = _current(app, wanted, revision)
    allowed(app, by, "edit")
    if isinstance(change, Move):
        change = _known_section(app, change)
    doubts: tuple[str, ...] = ()
    warnings = edition.warnings
    if isinstance(change, Resummarise):
        warnings = checking.without_doubts(warnings, find(edition, change.story).title)
        change, doubts = checking.edited(app, edition, change, by=by)
    changed = editions.with_lines(
        edition, apply(edition, change, at=app.now()), app.settings.publication.period
    )
    changed = replace(changed, warnings=(*warnings, *doubts))
    choices = learning.of_edit(edition, change, by=by, at=app.now())
    with app.store.work() as work:
        _still(work.editions.get(edition.id), edition)
        work.editions.save(changed)
        work.learning.add(edition.publication, choices)
        app.note(
            work, by, editions.EDITED, subject=edition.id, before=f"r{edition.revision}",
            after=repr(change),
        )  # fmt: skip
    return changed


def _known_section(app: App, move: Move) -> Move:
    names = {topic.slug: topic.name for topic in app.newsroom.topics}
    if move.section not in names:
        raise Refused(
            f"Няма рубрика „{move.section}“.",
            f"Рубриките са {', '.join(names)}.",
            "Пример: --to sport:1.",
        )
    return replace(move, section_name=names[move.section])


def hold(app: App, wanted: str, *, by: str, seen: Edition | None = None) -> Edition:
    """Keeps the edition from leaving until a person approves it.

    With `seen` it is held only if it still is what the caller looked at; else `Conflict`.
    """
    from digest.review.states import hold as keep

    edition = seen or editions.get(app, wanted)
    held = keep(edition)
    with app.store.work() as work:
        _still(work.editions.get(edition.id), edition)
        work.editions.save(held)
        app.note(work, by, "edition.hold", subject=held.id)
    return held


def decide(app: App, edition: Edition) -> Edition:
    """What happens without a person.

    `auto_if_clean` approves an edition without a red finding, after the sentences that the gate
    does not confirm were replaced (`mending`); all else holds. What a person decides meanwhile
    stands (`Conflict`).
    """
    from digest.actions.mending import mended

    if edition.state is EditionState.APPROVED:
        return edition
    if app.settings.approval.policy == "auto_if_clean":
        edition = mended(app, edition) if edition.state in editions.OPEN else edition
        if _may_leave_alone(findings(app, edition)):
            return approve(app, edition.id, by=POLICY, revision=edition.revision)
    return hold(app, edition.id, by=POLICY, seen=edition)


def _may_leave_alone(found: tuple[Finding, ...]) -> bool:
    """Whether an edition may leave without a person: nothing red, nothing unconfirmed."""
    from digest.review.preflight import clean

    return clean(found) and not any(one.code == UNCONFIRMED for one in found)


def allowed(app: App, by: str, right: str) -> None:
    """A person of the desk acts within the role; whoever runs the program is its operator.

    Raises `Forbidden` for a person whose role does not include `right` (see `staff.NEEDS`).
    """
    from digest.actions import staff

    with app.store.reading() as work:
        person = next((one for one in work.editors.list() if same(one.address, by)), None)
    if person is not None and not staff.may(person, right):
        raise Forbidden(
            f"„{by}“ няма право на това.",
            f"Ролята в редакцията е „{person.role}“.",
            "Помолете човек с нужната роля или администратор да я смени.",
        )


def same(one: str, other: str) -> bool:
    """Whether two spellings are one address of the desk."""
    return one.strip().casefold() == other.strip().casefold()


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
    story: str,
    *,
    title: str | None,
    summary: str | None,
    drop: bool,
    to: str | None,
    no_chart: bool = False,
) -> Edit:
    """The one change that was asked for; more or none is `WrongUsage`."""
    from digest.review.states import Drop, Move, Resummarise, Retitle, Unchart

    wishes: list[Edit] = []
    which = StoryId(story)
    if title:
        wishes.append(Retitle(which, title))
    if summary:
        wishes.append(Resummarise(which, summary))
    if drop:
        wishes.append(Drop(which))
    if no_chart:
        wishes.append(Unchart(which))
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
            "Изберете едно: --title, --summary, --drop, --to или --no-chart.",
        )
    return wishes[0]
