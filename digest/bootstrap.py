"""Composition root: puts a home, its settings, its clock and its store together.

Entry points call `open_app` once and hand the `App` to one action. Tests hand in a fixed clock, a
store of their own, or settings by keyword; nothing here is global.
"""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from digest.actions.app import App
from digest.actions.homes import DATABASE_FILE, SETTINGS_FILE, database_url, make_home
from digest.clock import Clock, SystemClock
from digest.errors import StorageFault, WrongSettings, WrongUsage
from digest.model import Newsroom
from digest.newsroom import load_institutions, load_newsroom
from digest.sections import arranged
from digest.settings import Settings, load

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY_FILE = "secret.key"
LEAST_KEY = 16


def open_app(
    home: Path,
    *,
    settings: Settings | None = None,
    clock: Clock | None = None,
    upgrade: bool = False,
    newsroom: Newsroom | None = None,
) -> App:
    """Opens a home that `digest init` made.

    With `upgrade` the schema is brought to this version first; without it a database of another
    version is refused (`StorageFault`). A folder that is no home raises `WrongUsage`.
    """
    from digest.store.work import Store

    chosen = settings or load_settings(home)
    if not _has_state(home, chosen):
        raise WrongUsage(
            f"Папката „{home}“ не е дом на бюлетин.",
            "В нея няма нито настройки, нито база.",
            f"Направете я с „digest init {home}“ или посочете друга с --home.",
        )
    key = _key(home)
    store = Store(database_url(home, chosen), key=key)
    if upgrade:
        from digest.store.schema import upgrade as upgrade_schema

        upgrade_schema(store)
    return App(
        home=home,
        settings=chosen,
        newsroom=newsroom or arranged(load_newsroom(home), chosen.sections),
        institutions=load_institutions(home),
        clock=clock or SystemClock(),
        store=store,
        key=key,
    )


def init_home(home: Path, *, settings: Settings | None = None) -> None:
    """What `digest init` does: settings with comments, a signing key, an empty database."""
    from digest.store.schema import upgrade
    from digest.store.work import Store

    make_home(home)
    chosen = settings or load_settings(home)
    store = Store(database_url(home, chosen), key=_key(home))
    try:
        upgrade(store)
    finally:
        store.close()


def load_settings(
    home: Path, *, file: Path | None = None, flags: Mapping[str, object] | None = None
) -> Settings:
    """The settings of a home: its `digest.toml` unless another file is named."""
    own = home / SETTINGS_FILE
    return load(file or (own if own.is_file() else None), flags=flags).settings


def _has_state(home: Path, settings: Settings) -> bool:
    return (
        bool(settings.database.url)
        or (home / SETTINGS_FILE).is_file()
        or (home / DATABASE_FILE).is_file()
    )


def _key(home: Path) -> bytes:
    """The signing key of tokens: `DIGEST_SECRET`, else the home's own file, made at first use."""
    said = os.environ.get("DIGEST_SECRET", "")
    if said and len(said.encode()) < LEAST_KEY:
        raise WrongSettings(
            "Ключът в DIGEST_SECRET е твърде къс.",
            f"С него се подписват връзките в писмата; нужни са поне {LEAST_KEY} байта.",
            "Направете го например с „openssl rand -hex 32“.",
        )
    return said.encode() if said else make_key(home)


def make_key(home: Path) -> bytes:
    """Reads the home's signing key, or makes one that only its owner can read."""
    file = home / KEY_FILE
    try:
        home.mkdir(parents=True, exist_ok=True)
        if not file.exists():
            _link_new(file, secrets.token_hex(32).encode())
        return file.read_bytes().strip()
    except OSError as cause:
        raise StorageFault(
            f"Ключът за подписи в „{home}“ не може да се запише или прочете.",
            f"Причина: {cause.strerror or cause}.",
            "Освободете място или дайте права в папката.",
        ) from cause


def _link_new(file: Path, content: bytes) -> None:
    """Writes a file whole or not at all; the first of two racing processes wins."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".key-")
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        os.link(name, file)
    except FileExistsError:
        return
    finally:
        Path(name).unlink(missing_ok=True)
