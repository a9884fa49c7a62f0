"""Typed look-ups in TOML tables.

`tomllib` gives dictionaries of anything; these take one key out of a table and hold its type, so
that a misspelt sample file fails by name and nothing untyped travels further.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

Table = Mapping[str, object]

ROOT = Path(__file__).parent


def read_table(name: str) -> Table:
    """The TOML file `name` of the sample folder. Raises `OSError`, `tomllib.TOMLDecodeError`."""
    return tomllib.loads((ROOT / name).read_text(encoding="utf-8"))


def text_of(table: Table, key: str, default: str | None = None) -> str:
    """The string under `key`; without a default a missing key raises `KeyError`."""
    value = table[key] if default is None else table.get(key, default)
    if not isinstance(value, str):
        raise TypeError(f"{key} must be a string, not {value!r}")
    return value


def flag_of(table: Table, key: str, *, default: bool = False) -> bool:
    """The boolean under `key`."""
    value = table.get(key, default)
    if not isinstance(value, bool):
        raise TypeError(f"{key} must be true or false, not {value!r}")
    return value


def moment_of(table: Table, key: str) -> datetime | None:
    """The aware date and time under `key`, or None when the key is absent."""
    value = table.get(key)
    if value is None:
        return None
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise TypeError(f"{key} must be a time with an offset, not {value!r}")
    return value


def needed_moment_of(table: Table, key: str) -> datetime:
    """The aware date and time under `key`; a missing key raises `KeyError`."""
    value = moment_of(table, key)
    if value is None:
        raise KeyError(key)
    return value


def days_of(table: Table, key: str) -> tuple[date, ...]:
    """The local dates under `key`, empty when the key is absent."""
    return tuple(_day(key, value) for value in _list(table, key))


def texts_of(table: Table, key: str) -> tuple[str, ...]:
    """The strings under `key`, empty when the key is absent."""
    values = _list(table, key)
    return tuple(text_of({key: value}, key) for value in values)


def tables_of(table: Table, key: str) -> tuple[Table, ...]:
    """The tables of the array `[[key]]`, empty when there are none."""
    return tuple(_table(key, value) for value in _list(table, key))


def _list(table: Table, key: str) -> list[object]:
    value = table.get(key, [])
    if not isinstance(value, list):
        raise TypeError(f"{key} must be a list, not {value!r}")
    return value


def _day(key: str, value: object) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TypeError(f"{key} must hold dates, not {value!r}")
    return value


def _table(key: str, value: object) -> Table:
    if not isinstance(value, dict):
        raise TypeError(f"{key} must hold tables, not {value!r}")
    return value
