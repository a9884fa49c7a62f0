"""How much of what a good or a bad writer says gets past all the steps before print.

The corpus of the gate stands for the writer: each summary is given as a model's answer that names
the sentences of all its articles.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

import pytest

from digest.bulgarian.sentences import split
from digest.model import Article, Rights, Story, StoryId
from digest.summarise.model.judging import judged
from digest.summarise.model.material import material
from digest.summarise.model.port import Fault
from digest.summarise.model.reply import MOST_SOURCES, read
from tests.quality.summaries import FAITHFUL
from tests.quality.test_faithfulness import blocked, ours

pytestmark = [pytest.mark.quality, pytest.mark.xdist_group("faithfulness")]

LEAST_PRINTED = 0.6
"""Of faithful summaries: below that a model would not be worth its price."""


def whole_way(summary: str, articles: Sequence[Article]) -> bool:
    """Whether a model's answer with this text would be printed."""
    told = Story(StoryId("s"), tuple(articles), articles[0].id)
    shown = material(told, rights=Rights.LICENSED, most_chars=20_000)
    each = MOST_SOURCES // len(articles)
    named = [
        one.number
        for article in shown.articles
        for one in [s for s in shown.sentences if s.article_id == article.id][:each]
    ]
    rows = [{"text": summary[a:b], "sources": named} for a, b in split(summary)]
    known = range(1, len(shown.sentences) + 1)
    found = read(json.dumps({"sentences": rows}), most_sentences=6, most_chars=1000, known=known)
    return not isinstance(found, Fault) and not isinstance(judged(found, shown), Fault)


def test_most_faithful_texts_are_printed(record_property: Callable[[str, object], None]):
    """The form that is asked of a sentence costs little beside the gate."""
    stopped = blocked(whole_way)[FAITHFUL]
    record_property("blocked", {"whole": round(stopped, 3), "gate": blocked(ours)[FAITHFUL]})

    assert stopped <= 1 - LEAST_PRINTED


def test_no_kind_of_fault_gets_past_more_often_than_past_the_gate_alone(
    record_property: Callable[[str, object], None],
):
    """Every step only takes away."""
    whole, gate = blocked(whole_way), blocked(ours)
    record_property("blocked", {kind: round(share, 3) for kind, share in whole.items()})

    assert {kind for kind in whole if whole[kind] < gate[kind]} == set()
