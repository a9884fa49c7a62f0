"""The time is read in one module, so that a fixed clock fixes everything."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import parsed, sources

READS = frozenset(
    {
        *(f"datetime.datetime.{name}" for name in ("now", "utcnow", "today")),
        "datetime.date.today",
        *(
            f"time.{name}{unit}"
            for name in ("time", "monotonic", "perf_counter", "process_time")
            for unit in ("", "_ns")
        ),
        *(f"time.{name}" for name in ("localtime", "gmtime", "ctime", "strftime")),
        *(f"email.utils.{name}" for name in ("localtime", "formatdate", "make_msgid")),
        "uuid.uuid1",
    }
)

ALLOWED = {
    "digest/clock.py": "the one place",
}


def reads_of_time(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Each mention of a function that reads a clock: (line, its full name)."""
    names = _imported(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Name):
            full = _dotted(node, names)
            if full in READS:
                yield node.lineno, full


def _imported(tree: ast.AST) -> dict[str, str]:
    """Names bound by imports anywhere in the module, with what they stand for."""
    bound: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for one in node.names:
                bound[one.asname or one.name.partition(".")[0]] = (
                    one.name if one.asname else one.name.partition(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and not node.level:
            for one in node.names:
                bound[one.asname or one.name] = f"{node.module}.{one.name}"
    return bound


def _dotted(node: ast.expr, names: dict[str, str]) -> str:
    if isinstance(node, ast.Name):
        return names.get(node.id, "")
    if isinstance(node, ast.Attribute):
        base = _dotted(node.value, names)
        return f"{base}.{node.attr}" if base else ""
    return ""


def test_only_the_clock_reads_the_time() -> None:
    """Everything else is handed a datetime or a Clock."""
    found = [
        f"{file}:{line} {name}"
        for file in sources()
        if file.as_posix() not in ALLOWED
        for line, name in reads_of_time(parsed(file))
    ]

    assert not found


def test_each_exception_is_still_needed() -> None:
    """A file that no longer reads the time loses its exception."""
    unused = [name for name in ALLOWED if not list(reads_of_time(parsed(Path(name))))]

    assert not unused


@pytest.mark.parametrize(
    "code",
    [
        "from datetime import datetime\ndatetime.now()",
        "import datetime as d\nat = d.datetime.now",
        "from datetime import date as day\nday.today()",
        "def f():\n    from time import monotonic as tick\n    return tick()",
        "import time\nbegan = time.time()",
        "import email.utils\nemail.utils.formatdate()",
    ],
)
def test_the_scan_sees_through_aliases(code: str) -> None:
    """However the function was imported, its use is found."""
    assert list(reads_of_time(ast.parse(code)))


def test_the_scan_leaves_handed_in_clocks_alone() -> None:
    """`app.now()`, a clock's own `now` and sleeping read no clock."""
    code = "import time\nfrom digest.clock import monotonic\napp.now()\nmonotonic()\ntime.sleep(1)"

    assert not list(reads_of_time(ast.parse(code)))
