"""Invented values for every short letter."""

from __future__ import annotations

from digest.render.letters import Alarm, Value

ALARM = Alarm(
    "Броят за петък няма одобрение.",
    "1 200 читатели няма да получат писмо сутринта.",
    "Прегледайте броя и го одобрете.",
    "06:45 ч.",
)

CONTEXTS: dict[str, dict[str, Value]] = {
    "confirm": {"confirm_url": "https://utro.example.bg/c/abc?x=1&y=2", "valid_for": "48 часа"},
    "welcome": {
        "prefs_url": "https://utro.example.bg/p/1",
        "web_url": "https://utro.example.bg/a",
        "leave_url": "https://utro.example.bg/o/1",
    },
    "preferences": {
        "prefs_url": "https://utro.example.bg/p/1?k=a&m=б",
        "leave_url": "https://utro.example.bg/o/1",
    },
    "paused": {
        "until": "понеделник, 4 януари 2027\u00a0г.",
        "resume_url": "https://utro.example.bg/p/1/nazad",
        "leave_url": "https://utro.example.bg/o/1",
    },
    "goodbye": {"back_url": "https://utro.example.bg/o/1"},
    "correction": {
        "edition_date": "петък, 20 ноември 2026\u00a0г.",
        "headline": "Община Примерово откри читалня край реката",
        "wrong": "Читалнята има 200 места.",
        "right": "Читалнята има 20 места.",
        "web_url": "https://utro.example.bg/brij/utro-2026-11-20",
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
    "alarm": {"alarms": (ALARM,), "desk_url": "https://utro.example.bg/desk"},
}
