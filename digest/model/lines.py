"""Stories as the lines of `digest cluster --json` and `digest rank --json`: public keys."""

from __future__ import annotations

from collections.abc import Mapping

from digest.model.stories import Copy, Disagreement, DisputedValue, Story, Voice


def story_dict(story: Story) -> dict[str, object]:
    """A story as plain data, ready for JSON."""
    return {
        "story_id": story.id,
        "article_ids": [a.id for a in story.articles],
        "lead_article_id": story.lead_article_id,
        "independent_sources": story.independent_sources,
        "voices": [_voice(one) for one in story.voices],
        "copies": [_copy(one) for one in story.copies],
        "disagreements": [_disagreement(one) for one in story.disagreements],
        "topic": story.topic,
        "topic_confidence": story.topic_confidence,
        "topic_why": story.topic_why,
        "place": story.place,
        "why": list(story.why),
    }


def _voice(one: Voice) -> Mapping[str, object]:
    return {
        "name": one.name,
        "kind": one.kind,
        "article_ids": list(one.article_ids),
        "why": one.why,
    }


def _copy(one: Copy) -> Mapping[str, object]:
    return {
        "article_id": one.article_id,
        "copy_of": one.copy_of,
        "containment": one.containment,
        "kind": one.kind,
        "differences": [
            {"kind": d.kind, "text": d.text, "instead": d.instead} for d in one.differences
        ],
    }


def _disagreement(one: Disagreement) -> Mapping[str, object]:
    return {"fact": one.fact, "values": [_value(v) for v in one.values]}


def _value(one: DisputedValue) -> Mapping[str, object]:
    return {
        "value": one.value,
        "article_id": one.article_id,
        "start": one.start,
        "end": one.end,
        "outlet": one.outlet,
        "at": one.at.isoformat() if one.at else None,
        "latest": one.latest,
    }
