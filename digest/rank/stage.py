"""The line that `digest rank --json` prints; its keys are the public contract."""

from __future__ import annotations

from dataclasses import asdict

from digest.model import RankedStory


def ranked_dict(ranked: RankedStory) -> dict[str, object]:
    """A ranked story as plain data: the keys of a line of `digest cluster`, score and reasons.

    What is new in a story that was printed, and why one must stay out, are last reasons of
    weight 0, named `development` and `held`.
    """
    story = ranked.story
    return {
        "story_id": story.id,
        "article_ids": [a.id for a in story.articles],
        "lead_article_id": story.lead_article_id,
        "independent_sources": story.independent_sources,
        "voices": [{**asdict(v), "article_ids": list(v.article_ids)} for v in story.voices],
        "copies": [asdict(c) for c in story.copies],
        "disagreements": [
            {"fact": d.fact, "values": [asdict(v) for v in d.values]} for d in story.disagreements
        ],
        "topic": story.topic,
        "why": list(story.why),
        "score": ranked.score,
        "reasons": _reasons(ranked),
    }


def _reasons(ranked: RankedStory) -> list[dict[str, object]]:
    found = [asdict(reason) for reason in ranked.reasons]
    if ranked.development:
        told = f"Ново от миналия брой: {ranked.development.text}"
        found.append({"name": "development", "weight": 0.0, "value": 1.0, "sentence": told})
    if ranked.held:
        found.append({"name": "held", "weight": 0.0, "value": 1.0, "sentence": ranked.held})
    return found
