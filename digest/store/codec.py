"""Frozen dataclasses ↔ JSON text, strictly by their type hints.

Knows the shapes that `digest/model/` is made of: dataclasses, enums, dates, bytes (as base64),
tuples, frozen sets, mappings with text keys, optionals and new types. An unknown key or a wrong
kind of value is a `StorageFault`; a missing key takes the field's default, so that older rows stay
readable.
"""

from __future__ import annotations

import dataclasses
import json
import types
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any, NewType, TypeVar, Union, get_args, get_origin, get_type_hints

from digest.errors import StorageFault

T = TypeVar("T")
_Read = Callable[[Any], Any]


def encode(value: object) -> str:
    """The JSON text of a dataclass."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def decode(kind: type[T], text: str) -> T:
    """The dataclass behind a JSON text. Raises `StorageFault` for anything that does not fit."""
    try:
        found: T = _reader(kind)(json.loads(text))
    except (ValueError, TypeError, KeyError) as cause:
        raise StorageFault(
            f"Записът на „{kind.__name__}“ в базата не може да се прочете.",
            f"Съдържанието му не отговаря на очакваното: {cause}.",
            "Проверете базата с „digest db check“ или я върнете от копие.",
        ) from cause
    return found


def _plain(value: object) -> object:
    # Most values are text, so the checks run from the common to the rare.
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return value
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    if dataclasses.is_dataclass(value):
        given = (f.name for f in dataclasses.fields(value) if f.init)
        return {name: _plain(getattr(value, name)) for name in given}
    return _rare(value)


def _rare(value: object) -> object:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, bytes):
        return b64encode(value).decode("ascii")
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, frozenset):
        return sorted(_plain(one) for one in value)  # type: ignore[type-var]
    raise TypeError(f"cannot keep a {type(value).__name__}")


def _reader(kind: Any) -> _Read:
    return _made(kind)


@lru_cache(maxsize=256)
def _made(kind: Any) -> _Read:
    if isinstance(kind, NewType):
        return _reader(kind.__supertype__)
    origin = get_origin(kind)
    if origin is not None:
        return _generic(origin, get_args(kind))
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _dataclass(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if kind in (datetime, date):
        return _moment(kind)
    return _scalar(kind)


def _generic(origin: Any, args: tuple[Any, ...]) -> _Read:
    if origin in (Union, types.UnionType):
        return _optional(args)
    if origin is tuple:
        return _tuple(args)
    if origin is frozenset:
        inner = _reader(args[0])
        return lambda value: frozenset(inner(one) for one in _expect(value, list))
    if origin in (Mapping, dict) or getattr(origin, "__name__", "") == "Mapping":
        inner = _reader(args[1])
        return lambda value: {key: inner(one) for key, one in _expect(value, dict).items()}
    raise TypeError(f"no codec for {origin!r}")


def _optional(args: tuple[Any, ...]) -> _Read:
    rest = [one for one in args if one is not type(None)]
    if len(rest) != 1:
        raise TypeError(f"no codec for a union of {args!r}")
    inner = _reader(rest[0])
    return lambda value: None if value is None else inner(value)


def _tuple(args: tuple[Any, ...]) -> _Read:
    if len(args) == 2 and args[1] is Ellipsis:
        inner = _reader(args[0])
        return lambda value: tuple([inner(one) for one in _expect(value, list)])
    inners = [_reader(one) for one in args]

    def fixed(value: Any) -> tuple[Any, ...]:
        parts = _expect(value, list)
        return tuple(read(one) for read, one in zip(inners, parts, strict=True))

    return fixed


def _dataclass(kind: type) -> _Read:
    hints = get_type_hints(kind)
    given = [field.name for field in dataclasses.fields(kind) if field.init]
    readers = {name: _reader(hints[name]) for name in given}

    def read(value: Any) -> Any:
        given = _expect(value, dict)
        return kind(**{name: readers[name](one) for name, one in given.items()})

    return read


def _moment(kind: Any) -> _Read:
    return lambda value: kind.fromisoformat(_expect(value, str))


def _scalar(kind: Any) -> _Read:
    if kind is bytes:
        return lambda value: b64decode(_expect(value, str), validate=True)
    if kind not in (str, int, float, bool):
        raise TypeError(f"no codec for {kind!r}")
    if kind is float:
        return lambda value: float(_expect(value, (int, float)))
    return lambda value: _expect(value, kind)


def _expect(value: Any, kind: Any) -> Any:
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise TypeError(f"{value!r:.40} is not a {kind}")
    return value
