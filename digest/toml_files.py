"""TOML files of a home and of the package, read or refused with their place."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TypeAlias

from digest.errors import WrongSettings

Tree: TypeAlias = dict[str, object]


def parse_toml(text: str, name: str) -> Tree:
    """The tables of a TOML text; a broken one is refused with its line."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as cause:
        raise WrongSettings(
            f"Файлът с настройки „{name}“ не може да се прочете.",
            f"Записът не е правилен TOML: {cause}.",
            "Поправете посочения ред или започнете от файла, който прави „digest init“.",
        ) from cause


def read_toml(file: Path) -> Tree:
    try:
        return parse_toml(file.read_text(encoding="utf-8"), str(file))
    except (OSError, UnicodeDecodeError) as cause:
        raise WrongSettings(
            f"Файлът с настройки „{file}“ не може да се прочете.",
            f"Причина: {cause}.",
            "Проверете пътя и правата, файлът трябва да е в UTF-8.",
        ) from cause


def merge(into: Tree, tree: Tree) -> None:
    """Lays one tree over another: tables are joined, other values replaced."""
    for key, value in tree.items():
        here = into.get(key)
        if isinstance(here, dict) and isinstance(value, dict):
            merge(here, value)
        else:
            into[key] = value
