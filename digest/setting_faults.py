"""What is wrong with a value of the settings, in Bulgarian."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_FAULTS = {
    "int_parsing": "нужно е цяло число",
    "int_type": "нужно е цяло число",
    "int_from_float": "нужно е цяло число",
    "float_parsing": "нужно е число",
    "float_type": "нужно е число",
    "missing": "липсва задължителен ключ",
    "string_type": "нужен е текст",
    "string_too_long": "текстът е до {max_length} знака",
    "dict_type": "нужна е таблица",
    "model_type": "нужна е таблица",
    "greater_than": "трябва да е над {gt}",
    "greater_than_equal": "трябва да е поне {ge}",
    "less_than": "трябва да е под {lt}",
    "less_than_equal": "трябва да е най-много {le}",
    "literal_error": "допустими са {expected}",
    "string_pattern_mismatch": "не отговаря на образеца {pattern}",
    "extra_forbidden": "такъв ключ няма",
    "finite_number": "нужно е крайно число",
    "tuple_type": "нужен е списък",
    "value_error": "{error}",
}
"""pydantic's kinds of error (https://docs.pydantic.dev/latest/errors/validation_errors/)."""


def given(value: object) -> str:
    """A value as it may be shown: whatever stands before an `@` in an address is hidden."""
    return re.sub(r"://.*@", "://***@", repr(value), flags=re.DOTALL)


def told(error: ErrorDetails) -> str:
    """What is wrong with a value, in Bulgarian; an unforeseen kind keeps the library's words."""
    context = {key: str(value) for key, value in error.get("ctx", {}).items()}
    known = _FAULTS.get(error["type"])
    return known.format(**context).replace(" or ", " или ") if known else error["msg"]
