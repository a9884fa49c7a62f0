"""Identities that never pass for one another, rights, and the checks that constructors share."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NewType

ArticleId = NewType("ArticleId", str)
StoryId = NewType("StoryId", str)
EditionId = NewType("EditionId", str)
SourceId = NewType("SourceId", str)
SubscriberId = NewType("SubscriberId", str)
DeliveryId = NewType("DeliveryId", str)
Url = NewType("Url", str)


class Rights(StrEnum):
    """What of a source may be printed (docs/decisions/0007)."""

    LICENSED = "licensed"
    EXTRACT = "extract"
    FACTS = "facts"
    EXCLUDED = "excluded"


def aware(name: str, at: datetime | None) -> None:
    if at is not None and at.tzinfo is None:
        raise ValueError(f"{name} needs an offset")


def share(name: str, value: float) -> None:
    if not 0 <= value <= 1:
        raise ValueError(f"{name} must lie in 0…1, not {value}")
