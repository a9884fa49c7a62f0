"""Homes: the one folder that holds a newsroom's state, its settings and its keys."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from digest.assets import config_text
from digest.errors import StorageFault

if TYPE_CHECKING:
    from digest.settings import Settings

SETTINGS_FILE = "digest.toml"
DATABASE_FILE = "digest.sqlite3"


def make_home(home: Path, *, settings_text: str | None = None) -> None:
    """Makes the folder with commented settings. What is there already stays as it is.

    Raises `StorageFault` when the folder cannot be written.
    """
    try:
        home.mkdir(parents=True, exist_ok=True)
        file = home / SETTINGS_FILE
        if not file.exists():
            file.write_text(settings_text or config_text("home.toml"), encoding="utf-8")
    except OSError as cause:
        raise StorageFault(
            f"Домът „{home}“ не може да се направи.",
            f"Причина: {cause.strerror or cause}.",
            "Освободете място, дайте права за писане или изберете друга папка.",
        ) from cause


def has_database(home: Path, settings: Settings) -> bool:
    """Whether there is state to read: a set address, or a file in the home."""
    return bool(settings.database.url) or (home / DATABASE_FILE).is_file()


def database_url(home: Path, settings: Settings) -> str:
    """Where the state is: the set address, else SQLite in the home."""
    return settings.database.url or f"sqlite:///{home / DATABASE_FILE}"
