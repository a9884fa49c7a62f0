"""The life of an edition as pure steps.

draft → approved → queued → sent, with held, skipped and cancelled beside it. An approval signs
the hash of the rendered bytes; every edit makes a new revision and voids it. A step that the
state forbids raises `Conflict`, one that a rule forbids raises `Refused`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from digest.errors import Conflict, NotFound, Refused
from digest.model import (
    Dropped,
    Edition,
    EditionState,
    EditionStory,
    Section,
    Sentence,
    StoryId,
)

STEPS: dict[EditionState, frozenset[EditionState]] = {
    EditionState.DRAFT: frozenset(
        {EditionState.APPROVED, EditionState.HELD, EditionState.SKIPPED, EditionState.CANCELLED}
    ),
    EditionState.HELD: frozenset(
        {EditionState.APPROVED, EditionState.DRAFT, EditionState.SKIPPED, EditionState.CANCELLED}
    ),
    EditionState.APPROVED: frozenset(
        {EditionState.QUEUED, EditionState.HELD, EditionState.DRAFT, EditionState.CANCELLED}
    ),
    EditionState.QUEUED: frozenset({EditionState.SENT, EditionState.CANCELLED}),
    EditionState.SENT: frozenset(),
    EditionState.SKIPPED: frozenset({EditionState.DRAFT}),
    EditionState.CANCELLED: frozenset(),
}
NAMES = {
    EditionState.DRAFT: "чернова",
    EditionState.HELD: "задържан",
    EditionState.APPROVED: "одобрен",
    EditionState.QUEUED: "на опашката",
    EditionState.SENT: "изпратен",
    EditionState.SKIPPED: "пропуснат",
    EditionState.CANCELLED: "отменен",
}


@dataclass(frozen=True, slots=True)
class Retitle:
    """A new title for a story."""

    story: StoryId
    title: str


@dataclass(frozen=True, slots=True)
class Resummarise:
    """An editor's own text for a story.

    `sentences` are its sentences with the places that support them, as far as the gate found one;
    `one_line` its version for the contents (the headline when it is empty).
    """

    story: StoryId
    summary: str
    sentences: tuple[Sentence, ...] = ()
    one_line: str = ""


@dataclass(frozen=True, slots=True)
class Drop:
    """Takes a story out of the edition; it stays listed among the dropped."""

    story: StoryId
    by: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """Puts a story at a place (from 1) of a section, given by slug."""

    story: StoryId
    section: str
    place: int = 1
    section_name: str = ""


@dataclass(frozen=True, slots=True)
class Unchart:
    """Takes away a story's chart; its text stays."""

    story: StoryId


Edit: TypeAlias = Retitle | Resummarise | Drop | Move | Unchart


def approve(edition: Edition, by: str, at: datetime, content_hash: str) -> Edition:
    """Signs the bytes with that hash.

    The hash is that of the rendering of `as_approved(edition, by)`: the footer says who stands
    behind the text. A second approval of the same bytes changes nothing; of others is a Conflict.
    """
    if not by.strip():
        raise Refused(
            "Броят не може да се одобри без име.",
            "Не е казано кой одобрява.",
            "Посочете човека с „--as АДРЕС“.",
        )
    if not edition.stories:
        raise _empty("одобри")
    if edition.state is EditionState.APPROVED and edition.content_hash == content_hash:
        return edition
    _allow(edition, EditionState.APPROVED, "одобри")
    return replace(
        as_approved(edition, by),
        state=EditionState.APPROVED,
        approved_at=at,
        content_hash=content_hash,
    )


def as_approved(edition: Edition, by: str) -> Edition:
    """The edition as it will read once `by` has approved it: render this to get the hash."""
    return replace(edition, approved_by=by.strip())


def hold(edition: Edition) -> Edition:
    """Keeps the edition back; an approval is void."""
    return _unapproved(edition, EditionState.HELD, "задържи")


def release(edition: Edition) -> Edition:
    """Makes a held or skipped edition a draft again."""
    return _unapproved(edition, EditionState.DRAFT, "върне в чернова")


def skip(edition: Edition) -> Edition:
    """Says that there is no edition on this day."""
    return _unapproved(edition, EditionState.SKIPPED, "пропусне")


def queue(edition: Edition, content_hash: str) -> Edition:
    """From approved to queued, only when the bytes to be sent are the ones that were signed."""
    if edition.state is EditionState.QUEUED and edition.content_hash == content_hash:
        return edition
    _allow(edition, EditionState.QUEUED, "сложи на опашката")
    if edition.content_hash != content_hash:
        raise Conflict(
            f"Брой {edition.id} не може да тръгне: одобрено е друго съдържание.",
            "След одобрението се е променило нещо по писмото или по образците му.",
            "Прегледайте броя и го одобрете отново.",
        )
    return replace(edition, state=EditionState.QUEUED)


def sent(edition: Edition) -> Edition:
    """Nothing waits any more."""
    _allow(edition, EditionState.SENT, "отбележи като изпратен")
    return replace(edition, state=EditionState.SENT)


def cancel(edition: Edition) -> Edition:
    """Stops an edition for good; what has left is not called back."""
    _allow(edition, EditionState.CANCELLED, "отмени")
    return replace(edition, state=EditionState.CANCELLED)


def edit(edition: Edition, change: Edit, at: datetime) -> Edition:
    """A new revision with the change made; state draft, approval void.

    `at` must carry an offset; it is kept as the time of the revision.
    """
    if edition.state in {EditionState.QUEUED, EditionState.SENT, EditionState.CANCELLED}:
        raise _forbidden(edition, "промени")
    changed = _CHANGES[type(change)](edition, change)
    return replace(
        changed,
        state=EditionState.DRAFT,
        revision=edition.revision + 1,
        created_at=at,
        approved_by=None,
        approved_at=None,
        content_hash=None,
    )


def find(edition: Edition, story: StoryId) -> EditionStory:
    """The story of that id, or `NotFound`."""
    for one in edition.stories:
        if one.id == story:
            return one
    raise NotFound(
        f"В брой {edition.id} няма новина „{story}“.",
        "Може вече да е махната или номерът е от друг брой.",
        "Вижте новините с „digest edition show“.",
    )


def _retitle(edition: Edition, change: Edit) -> Edition:
    assert isinstance(change, Retitle)
    old = find(edition, change.story)
    title = change.title.strip()
    if not title:
        raise Refused(
            "Заглавието не може да е празно.",
            "Читателите стигат до новината през заглавието.",
            "Напишете заглавие или махнете новината от броя.",
        )
    return _swap(edition, replace(old, title=title))


def _resummarise(edition: Edition, change: Edit) -> Edition:
    assert isinstance(change, Resummarise)
    old = find(edition, change.story)
    text = change.summary.strip()
    # What followed from the old text need not follow from the new one, and a model's one line
    # would go on under the editor's name.
    changed = replace(
        old,
        summary=text,
        one_line=change.one_line or old.title,
        sentences=change.sentences,
        method="editor",
        matters=None,
        note="",
        making="",
    )
    return _swap(edition, changed)


def _unchart(edition: Edition, change: Edit) -> Edition:
    assert isinstance(change, Unchart)
    old = find(edition, change.story)
    if old.chart is None:
        raise Refused(
            f"Новината „{old.title}“ няма графика.",
            "Няма какво да се махне.",
            "Вижте новините с „digest edition show“.",
        )
    return _swap(edition, replace(old, chart=None))


def _drop(edition: Edition, change: Edit) -> Edition:
    assert isinstance(change, Drop)
    old = find(edition, change.story)
    if len(edition.stories) == 1:
        raise _empty("остави без новини")
    reason = f"махната от {change.by}" if change.by else "махната от редактор"
    left = _settled(_without(edition, old.id))
    return replace(
        edition,
        sections=left,
        dropped=(*edition.dropped, Dropped(old.id, old.title, reason)),
    )


def _move(edition: Edition, change: Edit) -> Edition:
    assert isinstance(change, Move)
    old = find(edition, change.story)
    if change.place < 1:
        raise Refused(
            f"Няма място № {change.place}.", "Местата се броят от 1.", "Посочете място от 1 нагоре."
        )
    sections = _without(edition, old.id)
    if change.section not in {one.slug for one in sections}:
        sections = (*sections, Section(change.section, change.section_name or change.section, ()))
    return replace(
        edition,
        sections=_settled(
            tuple(
                _insert(part, old, change.place) if part.slug == change.section else part
                for part in sections
            )
        ),
    )


_CHANGES: dict[type, Callable[[Edition, Edit], Edition]] = {
    Retitle: _retitle,
    Resummarise: _resummarise,
    Drop: _drop,
    Move: _move,
    Unchart: _unchart,
}


def _insert(part: Section, story: EditionStory, place: int) -> Section:
    stories = list(part.stories)
    stories.insert(place - 1, story)
    return replace(part, stories=tuple(stories))


def _swap(edition: Edition, story: EditionStory) -> Edition:
    return replace(
        edition,
        sections=tuple(
            replace(
                part, stories=tuple(story if one.id == story.id else one for one in part.stories)
            )
            for part in edition.sections
        ),
    )


def _without(edition: Edition, story: StoryId) -> tuple[Section, ...]:
    return tuple(
        replace(part, stories=tuple(one for one in part.stories if one.id != story))
        for part in edition.sections
    )


def _settled(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Empty sections go; the very first story leads and no other does."""
    kept = [part for part in sections if part.stories]
    lead = kept[0].stories[0].id
    return tuple(
        replace(part, stories=tuple(_tiered(one, lead) for one in part.stories)) for part in kept
    )


def _tiered(story: EditionStory, lead: StoryId) -> EditionStory:
    if story.id == lead:
        return replace(story, tier="lead")
    return replace(story, tier="full") if story.tier == "lead" else story


def _unapproved(edition: Edition, state: EditionState, verb: str) -> Edition:
    if edition.state is state:
        return edition
    _allow(edition, state, verb)
    return replace(edition, state=state, approved_by=None, approved_at=None, content_hash=None)


def _allow(edition: Edition, state: EditionState, verb: str) -> None:
    if state not in STEPS[edition.state]:
        raise _forbidden(edition, verb)


def _forbidden(edition: Edition, verb: str) -> Conflict:
    return Conflict(
        f"Брой {edition.id} не може да се {verb}.",
        f"Състоянието му е „{NAMES[edition.state]}“.",
        "Вижте докъде е стигнал с „digest edition show“.",
    )


def _empty(verb: str) -> Refused:
    return Refused(
        f"Броят не може да се {verb}.",
        "В него не би имало нито една новина.",
        "Върнете поне една новина или пропуснете деня.",
    )
