"""The line that `digest cluster --json` prints of a story; its keys are the public contract."""

from __future__ import annotations

from digest.model import Story


def story_dict(story: Story) -> dict[str, object]:
    """A story as plain data, ready for JSON."""
    return {
        "story_id": story.id,
        "article_ids": [a.id for a in story.articles],
        "lead_article_id": story.lead_article_id,
        "independent_sources": story.independent_sources,
        "voices": [
            {"name": v.name, "kind": v.kind, "article_ids": list(v.article_ids)}
            for v in story.voices
        ],
        "copies": [
            {"article_id": c.article_id, "copy_of": c.copy_of, "containment": c.containment}
            for c in story.copies
        ],
        "disagreements": [
            {
                "fact": d.fact,
                "values": [
                    {
                        "value": v.value,
                        "article_id": v.article_id,
                        "start": v.start,
                        "end": v.end,
                    }
                    for v in d.values
                ],
            }
            for d in story.disagreements
        ],
        "topic": story.topic,
        "why": list(story.why),
    }
