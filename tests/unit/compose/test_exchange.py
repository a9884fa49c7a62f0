"""The file form of an edition."""

from __future__ import annotations

import contextlib
import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.compose.exchange import from_json, to_json
from digest.errors import BadInput
from digest.model import (
    ArticleId,
    Chart,
    Correction,
    CorrectionId,
    Credit,
    Dropped,
    Edition,
    EditionId,
    EditionState,
    EditionStory,
    Origin,
    Point,
    Reason,
    Rights,
    Section,
    Sentence,
    StoryId,
)

TEXT = st.text(max_size=30)
TITLE = st.text(min_size=1, max_size=30).filter(str.strip)
NUMBER = st.floats(allow_nan=False, allow_infinity=False)
MOMENT = st.datetimes(timezones=st.just(UTC)) | st.none()
SENTENCES = st.builds(
    lambda text, start, cuts: Sentence(text, ArticleId("a"), start, start + 9, tuple(cuts)),
    TEXT,
    st.integers(0, 99),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=2),
)

POINTS = st.lists(
    st.builds(
        Point,
        label=TITLE,
        figure=TITLE,
        value=NUMBER,
        article_id=st.just(ArticleId("a")),
        start=st.integers(0, 9),
        end=st.integers(10, 19),
        label_start=st.integers(0, 9),
        label_end=st.integers(10, 19),
    ),
    min_size=3,
    max_size=8,
    unique_by=lambda one: one.label.casefold(),
).map(tuple)
CHARTS = st.builds(Chart, TITLE, POINTS, SENTENCES, TEXT, st.none() | TEXT)


def stories(number: int) -> st.SearchStrategy[EditionStory]:
    return st.builds(
        EditionStory,
        id=st.just(StoryId(f"s{number}")),
        title=TITLE,
        url=TEXT,
        summary=TEXT,
        one_line=TEXT,
        tier=st.sampled_from(["lead", "full", "brief"]),
        sentences=st.lists(SENTENCES, max_size=2).map(tuple),
        credits=st.lists(st.builds(Credit, TEXT, TEXT, TEXT, st.none() | TEXT), max_size=2).map(
            tuple
        ),
        independent_sources=st.integers(1, 9),
        disagreement=TEXT,
        update=TEXT,
        image=st.none() | TEXT,
        image_alt=TEXT,
        rights=st.sampled_from(Rights),
        score=NUMBER,
        reasons=st.lists(st.builds(Reason, TEXT, NUMBER, NUMBER, TEXT), max_size=2).map(tuple),
        published_at=MOMENT,
        origins=st.lists(st.builds(Origin, TEXT.map(ArticleId), TEXT, TEXT, TEXT), max_size=2).map(
            tuple
        ),
        matters=st.none() | SENTENCES,
        note=TEXT,
        chart=st.none() | CHARTS,
    )


CORRECTIONS = st.builds(
    Correction,
    id=TEXT.map(CorrectionId),
    edition_id=TEXT.map(EditionId),
    story_id=st.none() | TEXT.map(StoryId),
    said=TITLE,
    right=TITLE,
    at=st.datetimes(timezones=st.just(UTC)),
    by=TITLE,
    date=st.dates(),
    headline=TEXT,
    in_archive=st.booleans(),
)


EDITIONS = st.builds(
    Edition,
    id=TEXT.map(EditionId),
    publication=TEXT,
    date=st.dates(),
    subject=TEXT,
    preheader=TEXT,
    sections=st.tuples(
        st.builds(Section, st.just("a"), TEXT, st.tuples(stories(1), stories(2))),
        st.builds(Section, st.just("b"), TEXT, st.tuples(stories(3))),
    ),
    state=st.sampled_from(EditionState),
    revision=st.integers(1, 9),
    number=st.integers(1, 9),
    created_at=MOMENT,
    approved_by=st.none() | TEXT,
    approved_at=MOMENT,
    content_hash=st.none() | TEXT,
    warnings=st.lists(TEXT, max_size=2).map(tuple),
    dropped=st.lists(st.builds(Dropped, TEXT.map(StoryId), TEXT, TEXT), max_size=2).map(tuple),
    reading_minutes=st.integers(1, 30),
    corrections=st.lists(CORRECTIONS, max_size=2).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(EDITIONS)
def test_what_is_written_reads_back_equal(edition: Edition) -> None:
    """Through real JSON, not only through dictionaries."""
    assert from_json(json.loads(json.dumps(to_json(edition)))) == edition


def test_the_least_that_the_format_asks_for() -> None:
    """Everything else has a default."""
    edition = from_json(
        {
            "date": "2026-11-22",
            "sections": [{"slug": "sport", "stories": [{"id": "s1", "title": "Победа"}]}],
        }
    )

    assert edition.id == "digest-2026-11-22"
    assert edition.date == date(2026, 11, 22)
    assert edition.stories[0].tier == "full"


def test_times_keep_their_offset() -> None:
    """A time is the same instant after the way."""
    at = datetime(2026, 11, 22, 6, tzinfo=UTC)

    assert from_json({"date": "2026-11-22", "created_at": at.isoformat()}).created_at == at


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ({}, "date"),
        ({"date": "вчера"}, "date"),
        ({"date": "2026-11-22", "format": "digest-edition/9"}, "format"),
        ({"date": "2026-11-22", "sections": {}}, "sections"),
        ({"date": "2026-11-22", "sections": ["x"]}, "sections[0]"),
        ({"date": "2026-11-22", "sections": [{"slug": 3}]}, "sections[0].slug"),
        (
            {"date": "2026-11-22", "sections": [{"slug": "a", "stories": [{"id": "s"}]}]},
            "sections[0].stories[0].title",
        ),
        (
            {
                "date": "2026-11-22",
                "sections": [
                    {"slug": "a", "stories": [{"id": "s", "title": "Т", "chart": {"title": "Г"}}]}
                ],
            },
            "sections[0].stories[0].chart.said",
        ),
        (
            {
                "date": "2026-11-22",
                "sections": [{"slug": "a", "stories": [{"id": "s", "title": " "}]}],
            },
            "sections[0].stories[0].title",
        ),
        ({"date": "2026-11-22", "state": "летящ"}, "state"),
        ({"date": "2026-11-22", "created_at": "2026-11-22T06:00:00"}, "created_at"),
        ({"date": "2026-11-22", "revision": True}, "revision"),
        ({"date": "2026-11-22", "revision": 0}, "броя"),
        ({"date": "2026-11-22", "warnings": [1]}, "warnings[0]"),
    ],
)
def test_a_wrong_place_is_named(data: dict[str, object], place: str) -> None:
    """A person can find the fault without reading code."""
    with pytest.raises(BadInput) as caught:
        from_json(data)

    assert place in caught.value.what


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["date", "sections", "stories", "id", "slug"]), inner)
        ),
        max_leaves=8,
    )
)
def test_any_json_is_read_or_refused(value: object) -> None:
    """Nothing but the named error comes out."""
    data = value if isinstance(value, dict) else {"date": "2026-11-22", "sections": value}
    with contextlib.suppress(BadInput):
        assert isinstance(from_json(data), Edition)
