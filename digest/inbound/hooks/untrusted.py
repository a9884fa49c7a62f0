"""Reading JSON that anybody may have written: values of the kind that is wanted, or nothing."""

from __future__ import annotations

import json
import re

from digest.inbound.hooks.port import MAX_WORDS

_CONTROLS = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")


class Garbage(ValueError):
    """What cannot be read, or is not believed; says why in English."""


def parsed(data: bytes | str) -> dict[str, object]:
    """The members of a JSON object. Raises `Garbage` for anything else."""
    try:
        found: object = json.loads(data)
    except (ValueError, RecursionError) as cause:
        raise Garbage("no JSON") from cause
    if not isinstance(found, dict):
        raise Garbage("no JSON object")
    return found


def members(value: object) -> dict[str, object]:
    """A JSON object's members; of anything else none."""
    return value if isinstance(value, dict) else {}


def elements(value: object, most: int = 100) -> list[object]:
    """A JSON array's first elements; of anything else none."""
    return value[:most] if isinstance(value, list) else []


def line(value: object, most: int = MAX_WORDS) -> str:
    """A text on one line, as a database can hold it; of anything else nothing."""
    if not isinstance(value, str):
        return ""
    whole = value[: most * 4].encode("utf-8", "replace").decode()
    return _CONTROLS.sub(" ", whole).strip()[:most]
