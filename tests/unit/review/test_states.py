"""The steps of an edition and what forbids them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import Conflict, NotFound, Refused
from digest.model import (
    ArticleId,
    Edition,
    EditionId,
    EditionState,
    EditionStory,
    Section,
    Sentence,
    StoryId,
)
from digest.review import states
from digest.review.states import Drop, Edit, Move, Resummarise, Retitle

AT = datetime(2026, 11, 20, 5, tzinfo=UTC)
BY = "vera@example.bg"


def story(key: str, tier: str = "full") -> EditionStory:
    """A story with evidence."""
    sentence = Sentence("Факт.", ArticleId("a"), 0, 5)
    return EditionStory(
        StoryId(key), f"Заглавие {key}", "https://a.example.bg", "Факт.", "Факт.", tier, (sentence,)
    )


DRAFT = Edition(
    EditionId("utro-2026-11-20"),
    "utro",
    date(2026, 11, 20),
    "Тема",
    "Предтекст",
    (
        Section("bulgaria", "България", (story("s1", "lead"), story("s2"))),
        Section("sport", "Спорт", (story("s3"),)),
    ),
)
APPROVED = states.approve(DRAFT, BY, AT, "h1")
CHANGES: list[Edit] = [
    Retitle(StoryId("s2"), "Ново заглавие"),
    Resummarise(StoryId("s2"), "Нов текст."),
    Drop(StoryId("s2"), BY),
    Move(StoryId("s2"), "sport", 1),
]


def keys(edition: Edition) -> list[list[str]]:
    return [[str(s.id) for s in part.stories] for part in edition.sections]


def test_an_approval_keeps_who_when_and_which_bytes() -> None:
    """What later proves that a person looked."""
    assert APPROVED.state is EditionState.APPROVED
    assert (APPROVED.approved_by, APPROVED.approved_at, APPROVED.content_hash) == (BY, AT, "h1")


def test_approving_twice_is_harmless_for_the_same_bytes_only() -> None:
    """A double click changes nothing; other bytes need a new look."""
    assert states.approve(APPROVED, "ivan@example.bg", AT, "h1") == APPROVED
    with pytest.raises(Conflict):
        states.approve(APPROVED, BY, AT, "h2")


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: type(one).__name__)
def test_every_edit_makes_a_revision_and_voids_the_approval(change: Edit) -> None:
    """Approved bytes and edited text never go together."""
    edited = states.edit(APPROVED, change, AT)

    assert edited.revision == APPROVED.revision + 1
    assert edited.state is EditionState.DRAFT
    assert (edited.approved_by, edited.approved_at, edited.content_hash) == (None, None, None)


def test_an_editors_text_carries_no_machine_evidence() -> None:
    """The spans belong to the sentences that were there before."""
    edited = states.edit(DRAFT, Resummarise(StoryId("s2"), " Нов текст. "), AT)

    one = states.find(edited, StoryId("s2"))
    assert (one.summary, one.method, one.sentences) == ("Нов текст.", "editor", ())


def test_dropping_the_lead_gives_the_place_to_the_next_story() -> None:
    """There is always one lead, and the dropped one is remembered."""
    edited = states.edit(DRAFT, Drop(StoryId("s1"), BY), AT)

    assert keys(edited) == [["s2"], ["s3"]]
    assert [s.tier for s in edited.stories] == ["lead", "full"]
    assert edited.dropped[-1].reason == f"махната от {BY}"


def test_moving_to_the_first_place_makes_the_lead() -> None:
    """The order on the desk is the order in the mail."""
    edited = states.edit(DRAFT, Move(StoryId("s3"), "bulgaria", 1), AT)

    assert keys(edited) == [["s3", "s1", "s2"]]
    assert [s.tier for s in edited.stories] == ["lead", "full", "full"]


def test_moving_may_open_a_section_and_an_empty_one_goes() -> None:
    """A section is there as long as it has a story."""
    edited = states.edit(DRAFT, Move(StoryId("s3"), "svyat", 1, "Свят"), AT)

    assert [(part.slug, part.name) for part in edited.sections][1] == ("svyat", "Свят")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        (Retitle(StoryId("нема"), "х"), NotFound),
        (Retitle(StoryId("s1"), "  "), Refused),
        (Move(StoryId("s1"), "sport", 0), Refused),
    ],
)
def test_impossible_edits_are_refused(change: Edit, error: type[Exception]) -> None:
    """With a reason that a person reads."""
    with pytest.raises(error):
        states.edit(DRAFT, change, AT)


def test_the_last_story_cannot_be_dropped() -> None:
    """An edition without stories is skipped, not emptied."""
    one = replace(DRAFT, sections=(Section("sport", "Спорт", (story("s3", "lead"),)),))

    with pytest.raises(Refused):
        states.edit(one, Drop(StoryId("s3")), AT)


def test_only_the_signed_bytes_may_be_queued() -> None:
    """A template changed after the approval needs a new approval."""
    with pytest.raises(Conflict):
        states.queue(APPROVED, "h2")
    with pytest.raises(Conflict):
        states.queue(DRAFT, "h1")

    assert states.queue(APPROVED, "h1").state is EditionState.QUEUED


def test_a_queued_edition_cannot_be_edited_or_held() -> None:
    """What has begun to leave is corrected by a correction, not by an edit."""
    queued = states.queue(APPROVED, "h1")

    with pytest.raises(Conflict, match="на опашката"):
        states.edit(queued, CHANGES[0], AT)
    with pytest.raises(Conflict):
        states.hold(queued)


def test_holding_voids_an_approval() -> None:
    """A held edition waits for a person."""
    held = states.hold(APPROVED)

    assert (held.state, held.content_hash) == (EditionState.HELD, None)
    assert states.release(held).state is EditionState.DRAFT


STEPS = st.sampled_from(["approve", "hold", "release", "skip", "queue", "sent", "cancel", "edit"])


@given(st.lists(STEPS, max_size=12))
def test_no_walk_reaches_the_queue_without_an_approval_of_that_text(walk: list[str]) -> None:
    """Whatever people click, queued means approved with that hash."""
    edition = DRAFT
    for step in walk:
        try:
            edition = _step(edition, step)
        except (Conflict, Refused):
            continue
        if edition.state in {EditionState.QUEUED, EditionState.SENT}:
            assert edition.content_hash == f"h{edition.revision}"
            assert edition.approved_by == BY


def _step(edition: Edition, step: str) -> Edition:
    if step == "approve":
        return states.approve(edition, BY, AT, f"h{edition.revision}")
    if step == "queue":
        return states.queue(edition, f"h{edition.revision}")
    if step == "edit":
        return states.edit(edition, Retitle(StoryId("s1"), "Друго"), AT)
    simple = {
        "hold": states.hold,
        "release": states.release,
        "skip": states.skip,
        "sent": states.sent,
        "cancel": states.cancel,
    }
    return simple[step](edition)
