"""Settings are explained without the passwords in them."""

from __future__ import annotations

import pytest

from digest.cli.home import _masked


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("smtp://ivan:taj@na@smtp.example.bg:587?tls=required",
         "smtp://ivan:***@smtp.example.bg:587?tls=required"),
        ("postgresql://digest:tajna@db.example.bg/digest",
         "postgresql://digest:***@db.example.bg/digest"),
        ("http://znak@proxy.example.bg:3128", "http://***@proxy.example.bg:3128"),
        ("smtp://127.0.0.1:25", "smtp://127.0.0.1:25"),
        ("", ""),
    ],
)  # fmt: skip
def test_a_password_with_any_signs_is_hidden(value: str, shown: str) -> None:
    """Of the relay, the database and the proxy alike."""
    for key in ("dispatch.transport", "database.url", "collect.proxy"):
        assert _masked(key, value) == shown


def test_passwords_of_several_relays_are_hidden() -> None:
    """Each in its own address; the rest of an entry is shown."""
    relays = (
        {"transport": "smtps://ivan:tajna@a.example.bg", "weight": 2, "name": "a"},
        {"transport": "ses://eu-central-1", "weight": 1, "name": "b"},
    )

    shown = _masked("dispatch.relays", relays)

    assert shown == [
        {"transport": "smtps://ivan:***@a.example.bg", "weight": 2, "name": "a"},
        {"transport": "ses://eu-central-1", "weight": 1, "name": "b"},
    ]
