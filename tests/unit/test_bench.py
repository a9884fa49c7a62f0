"""The measurements run on small sizes and say what they promise; no test looks at a clock."""

from __future__ import annotations

import json

import pytest

from digest.bench import STAGES, run_stage
from digest.bench.generated import NOW, TOLD_BY, articles, edition
from digest.bench.rows import Row, timed
from digest.errors import WrongUsage
from digest.newsroom import load_newsroom

KEYS = {"stage", "what", "seconds", "units", "per_second", "ratio", "ratio_to"}
SMALL = {
    "cluster": 20,
    "collect": 2,
    "dispatch": 3,
    "morning": 1,
    "personalise": 5,
    "queue": 50,
    "rank": 3,
    "start": 1,
    "summarise": 2,
}


@pytest.mark.parametrize("stage", SMALL)
def test_each_row_is_a_ratio_with_its_yardstick(stage: str) -> None:
    """A figure without what it is compared to says nothing on another machine."""
    rows = list(run_stage(stage, size=SMALL[stage]))

    assert rows
    for row in rows:
        assert row.keys() >= KEYS
        assert row["stage"] == stage
        assert isinstance(row["ratio"], float)
        assert row["ratio"] > 0
        assert row["ratio_to"]
        assert json.loads(json.dumps(row, ensure_ascii=False)) == row


@pytest.mark.parametrize("stage", ["morning", "personalise", "queue", "start"])
def test_a_promise_is_printed_with_whether_it_holds(stage: str) -> None:
    """The product's own figures stand beside the measured ones."""
    rows = list(run_stage(stage, size=SMALL[stage]))

    assert all(row["floor"] and isinstance(row["holds"], bool) for row in rows)


def test_the_queue_is_filled_with_one_delivery_a_reader() -> None:
    """What is measured is what a morning does: everybody once."""
    planned, memory = run_stage("queue", size=SMALL["queue"])

    assert planned["units"] == memory["units"] == SMALL["queue"]


def test_every_message_of_a_round_arrives() -> None:
    """A measurement that lost messages would be quick for the wrong reason."""
    rows = list(run_stage("dispatch", size=SMALL["dispatch"]))

    sent = [row for row in rows if "скоростта" in row["ratio_to"] and "линия" not in row["what"]]
    assert sent
    assert {row["units"] for row in sent} == {SMALL["dispatch"]}
    assert all(row["floor"] and isinstance(row["holds"], bool) for row in rows)


def test_every_generated_page_is_collected() -> None:
    """The generated feeds are good ones: nothing of them is refused."""
    fetched, read, memory, row = run_stage("collect", size=SMALL["collect"])

    assert fetched["units"] == SMALL["collect"]
    assert read["articles"] == memory["units"] == 3 * SMALL["collect"]
    assert (row["failed"], row["rejected"], row["articles"]) == (0, 0, 3 * SMALL["collect"])


def test_an_unknown_stage_is_refused_by_name() -> None:
    """The error names the stages there are."""
    with pytest.raises(WrongUsage) as refused:
        list(run_stage("nothing", size=None))

    assert all(name in refused.value.why for name in STAGES)


def test_generated_news_is_the_same_each_time() -> None:
    """Two runs measure the same work."""
    assert list(articles(7)) == list(articles(7))


def test_generated_articles_have_the_asked_length_and_events() -> None:
    """About so many words each, and as many titles as events."""
    made = list(articles(3 * TOLD_BY, words=500))

    assert all(500 <= len(one.text.split()) < 530 for one in made)
    assert len({one.title for one in made}) == 3
    assert all(one.published_at and one.published_at <= NOW for one in made)


def test_a_generated_edition_has_every_story_once() -> None:
    """Its stories lie in sections that the newsroom prints."""
    newsroom = load_newsroom()

    made = edition(newsroom, publication="digest")

    assert len(made.stories) == 14
    assert {one.slug for one in made.sections} <= {topic.slug for topic in newsroom.topics}


def test_a_row_tells_units_per_second() -> None:
    """Figures keep four digits; more of them would be noise."""
    row = Row("нещо", 2.0, 3001, 1 / 3, "друго").as_dict()

    assert (row["per_second"], row["ratio"]) == (1500.0, 0.3333)
    assert "floor" not in row


def test_a_measured_block_always_took_some_time() -> None:
    """A ratio to a block that took nothing would not be a number."""
    with timed() as watch:
        pass

    assert watch.seconds > 0
