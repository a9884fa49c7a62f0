"""Finds the templates and packaged settings: the checkout's if there is one, else the wheel's.

`templates/` and `config/` lie at the top of the repository and are packed into the wheel as
`digest/_assets/templates` and `digest/_assets/config`.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_CHECKOUT = _PACKAGE.parent


def _root(name: str) -> Path:
    packed = _PACKAGE / "_assets" / name
    return packed if packed.is_dir() else _CHECKOUT / name


def templates_dir() -> Path:
    """Folder with `email/`, `web/` and `static/`."""
    return _root("templates")


def config_dir() -> Path:
    """Folder with `default.toml`, `demo.toml`, `home.toml`, `sources.toml` and more.

    What describes a newsroom is in `topics.toml`, `outlets.toml` and `institutions.toml`.
    """
    return _root("config")


def config_text(name: str) -> str:
    """Text of a packaged settings file, UTF-8."""
    return (config_dir() / name).read_text(encoding="utf-8")
