"""The short letters."""

from __future__ import annotations

from dataclasses import replace

import pytest
from invented_editions import MASTHEAD

from digest.errors import Refused
from digest.render.letters import LETTERS, Value, render_letter

CONTEXTS: dict[str, dict[str, Value]] = {
    "confirm": {"confirm_url": "https://utro.example.bg/c/abc?x=1&y=2", "valid_for": "48 часа"},
    "welcome": {
        "prefs_url": "https://utro.example.bg/p/1",
        "web_url": "https://utro.example.bg/a",
        "leave_url": "https://utro.example.bg/o/1",
    },
    "reminder": {
        "edition_date": "петък, 20 ноември",
        "stories": "12 новини",
        "deadline": "06:45 ч.",
        "outcome": "Без одобрение броят се задържа.",
        "warnings": ("Темата е дълга.",),
        "desk_url": "https://utro.example.bg/desk",
    },
}


@pytest.mark.parametrize("name", sorted(LETTERS))
def test_every_letter_has_a_subject_and_two_parts_with_its_links(name: str) -> None:
    """Both parts lead to the same places."""
    subject, html, text = render_letter(name, CONTEXTS[name], MASTHEAD)

    assert subject
    assert "\n" not in subject
    assert html.startswith("<!DOCTYPE html>")
    assert html.count("<!--[if") == html.count("<![endif]")
    assert all(len(line) <= 78 or "://" in line for line in text.splitlines())
    for key, value in CONTEXTS[name].items():
        if key.endswith("_url") and isinstance(value, str):
            assert value in text
            assert value.replace("&", "&amp;") in html


def test_a_hostile_publication_name_is_escaped() -> None:
    """Settings are text too."""
    _, html, _ = render_letter(
        "confirm", CONTEXTS["confirm"], replace(MASTHEAD, name='<img src=x> "А"')
    )

    assert "<img src=x>" not in html


@pytest.mark.parametrize(
    ("name", "context"),
    [
        ("nosuch", {}),
        ("confirm", {"valid_for": "48 часа"}),
        ("confirm", {"confirm_url": "javascript:x", "valid_for": "48 часа"}),
    ],
)
def test_unknown_letters_missing_values_and_unsafe_addresses_are_refused(
    name: str, context: dict[str, Value]
) -> None:
    """A letter goes out whole or not at all."""
    with pytest.raises(Refused):
        render_letter(name, context, MASTHEAD)
