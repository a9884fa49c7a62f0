"""The line that `digest rank --json` prints; its keys are the public contract."""

from __future__ import annotations

from dataclasses import asdict

from digest.model import RankedStory
from digest.model.lines import story_dict


def ranked_dict(ranked: RankedStory) -> dict[str, object]:
    """A ranked story as plain data: the keys of a line of `digest cluster`, score and reasons.

    What is new in a story that was printed, and why one must stay out, are last reasons of
    weight 0, named `development` and `held`.
    """
    return {
        **story_dict(ranked.story),
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
