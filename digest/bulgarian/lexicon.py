"""Lists of words, written as one text each."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of a text that white space separates."""
    return frozenset(text.split())
