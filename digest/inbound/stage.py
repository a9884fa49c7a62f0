"""A fact as the command line prints it; the keys are the contract's."""

from __future__ import annotations

from digest.model import BounceFact


def fact_dict(fact: BounceFact) -> dict[str, object]:
    """`source, kind, recipients, status, reason, original_message_id`."""
    return {
        "source": fact.source,
        "kind": fact.kind,
        "recipients": list(fact.recipients),
        "status": fact.status,
        "reason": fact.reason,
        "original_message_id": fact.original_message_id,
    }
