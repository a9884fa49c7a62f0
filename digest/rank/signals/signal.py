"""What a signal gives, and figures as its sentence writes them."""

from __future__ import annotations

from typing import NamedTuple


class Signal(NamedTuple):
    """A value 0…1 and the sentence that names its evidence to an editor."""

    value: float
    sentence: str


def decimal(value: float) -> str:
    """One or two places with a comma: 0,5 · 1 · 1,25."""
    return f"{value:.2f}".rstrip("0").rstrip(".").replace(".", ",")
