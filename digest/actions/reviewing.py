"""Reviewing: an editor approves the bytes, edits, or holds; a written policy decides otherwise."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from digest.actions import editions
from digest.actions.app import App
from digest.errors import Conflict, Finding, Forbidden, Refused, WrongUsage
from digest.model import (
    FREE_EXTRACT,
    Edition,
    EditionState,
    RenderedEdition,
    Rights,
    StoryId,
)

if TYPE_CHECKING:
    from digest.review.states import Edit, Move, Resummarise

POLICY = "правилото за краен час"

SETTLED = frozenset({EditionState.QUEUED, EditionState.SENT})
"""Approved long ago: approving again changes nothing."""


def findings(app: App, edition: Edition) -> tuple[Finding, ...]:
    """What an editor should know before approving, the gravest first."""
    return preflight_of(edition, editions.render(app, edition))


def preflight_of(edition: Edition, rendered: RenderedEdition) -> tuple[Finding, ...]:
    """The findings about an edition and its rendering."""
    from digest.review.preflight import preflight

    return preflight(edition, rendered)


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
    _refuse_red(preflight_of(edition, rendered))
    signed = sign(edition, by=by, at=app.now(), content_hash=rendered.content_hash)
    with app.store.work() as work:
        _still(work.editions.get(edition.id), edition)
        work.editions.save(signed)
        work.editions.save_rendered(rendered)
        app.note(work, by, "edition.approve", subject=edition.id, after=rendered.content_hash)
    return signed


def _refuse_red(found: tuple[Finding, ...]) -> None:
    red = next((one for one in found if one.level == "red"), None)
    if red is not None:
        raise Refused("Броят не може да се одобри.", red.what, red.fix)


def edit(app: App, wanted: str, change: Edit, *, by: str, revision: int | None = None) -> Edition:
    """Makes a new revision with one change; an approval is void from here on.

    A new text passes the faithfulness gate: quoting beyond the rights is `Refused`, any other
    doubt becomes a warning on the edition. A section that is not the newsroom's is `Refused`.
    What a drop or a move prefers is kept for `digest rank tune`.
    """
    from digest.actions import learning
    from digest.review.states import Move, Resummarise
    from digest.review.states import edit as apply

    edition = _current(app, wanted, revision)
    allowed(app, by, "edit")
    if isinstance(change, Move):
        change = _known_section(app, change)
    doubts = _doubts(app, edition, change) if isinstance(change, Resummarise) else ()
    changed = _with_lines(
        edition, apply(edition, change, at=app.now()), app.settings.publication.period
    )
    changed = replace(changed, warnings=(*changed.warnings, *doubts))
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


def _doubts(app: App, edition: Edition, change: Resummarise) -> tuple[str, ...]:
    """What the gate says of an editor's text, against the story's articles."""
    from digest.review.states import find
    from digest.summarise.faithful import check

    story = find(edition, change.story)
    told = editions.articles_of(app, edition)
    articles = [told[i] for i in dict.fromkeys(s.article_id for s in story.sentences) if i in told]
    if len(change.summary) > FREE_EXTRACT and story.rights is Rights.EXTRACT:
        raise _beyond_rights(story.title)
    if not articles:
        return (f"Редакторски текст без източник за сверяване: {story.title}",)
    problems = [
        problem
        for one in check(
            change.summary, articles, rights=story.rights, institutions=app.institutions
        )
        for problem in one.problems
    ]
    if any(problem.kind == "overlap" for problem in problems):
        raise _beyond_rights(story.title)
    return tuple(
        f"Източникът не потвърждава „{one.text}“ ({one.kind}): {story.title}" for one in problems
    )


def _beyond_rights(title: str) -> Refused:
    return Refused(
        f"Текстът за „{title}“ цитира повече, отколкото правата позволяват.",
        f"Свободни са заглавието и до {FREE_EXTRACT} знака (ЗАПСП).",
        "Съкратете го или го разкажете със свои думи до тази дължина.",
    )


def _with_lines(before: Edition, after: Edition, period: str) -> Edition:
    """The subject and preheader follow the lead, unless nothing about it changed."""
    from digest.compose.edition import inbox_lines

    def heads(edition: Edition) -> list[tuple[str, str]]:
        return [(story.title, story.tier) for story in edition.stories]

    if heads(before) == heads(after) or not after.stories:
        return after
    subject, preheader = inbox_lines(after.sections, after.date, period)
    return replace(after, subject=subject, preheader=preheader)


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

    `auto_if_clean` approves an edition without a red finding; all else holds. What a person
    decides meanwhile stands (`Conflict`).
    """
    from digest.review.preflight import clean

    if edition.state is EditionState.APPROVED:
        return edition
    automatic = app.settings.approval.policy == "auto_if_clean"
    if automatic and clean(findings(app, edition)):
        return approve(app, edition.id, by=POLICY, revision=edition.revision)
    return hold(app, edition.id, by=POLICY, seen=edition)


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
