"""Habits of the sources that a linter has no rule for."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, parsed, repository_files, sources

LONGEST_FILE = 400
LONGEST_FUNCTION = 60

LONG_FILES = {
    "tests/unit/test_sample.py": "one list of the traps that the sample newsroom must hold",
    "tests/unit/inbound/test_classify.py": "one table of letters, each with its verdict",
    "tests/integration/store/test_deliveries.py": "the state machine, transition by transition",
}
LONG_FUNCTIONS: dict[str, str] = {}

_REASON = re.compile(r"#\s*(?:noqa:\s*[A-Z]+[0-9]+(?:,\s*[A-Z]+[0-9]+)*\W*)?(?!noqa)\w.{9,}")
_LATER = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
_BROAD = frozenset({"Exception", "BaseException"})


def swallowed(code: str) -> Iterator[int]:
    """Lines of handlers that catch everything, raise nothing and give no reason."""
    lines = code.splitlines()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ExceptHandler) and _is_broad(node.type):
            raises = any(isinstance(inner, ast.Raise) for inner in ast.walk(node))
            # The reason stands beside the handler or opens its body.
            opening = lines[node.lineno - 1 : node.body[0].lineno]
            said = any(_REASON.search(line) for line in opening)
            if not raises and not said:
                yield node.lineno


def _is_broad(caught: ast.expr | None) -> bool:
    if isinstance(caught, ast.Tuple):
        return any(_is_broad(one) for one in caught.elts)
    return caught is None or (isinstance(caught, ast.Name) and caught.id in _BROAD)


def unfinished(code: str) -> Iterator[int]:
    """Lines that promise work for later."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Name) and node.id == "NotImplementedError":
            yield node.lineno
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type == tokenize.COMMENT and _LATER.search(token.string):
            yield token.start[0]


def _text(file: Path) -> str:
    return (ROOT / file).read_text(encoding="utf-8")


def test_every_module_says_what_lives_here() -> None:
    """Each module of both packages opens with a docstring."""
    silent = [str(file) for file in sources() if not ast.get_docstring(parsed(file))]

    assert not silent


def test_no_handler_swallows_everything() -> None:
    """A broad handler raises, translates, or says beside it why it may not."""
    found = [f"{file}:{line}" for file in sources() for line in swallowed(_text(file))]

    assert not found


def test_nothing_is_left_for_later() -> None:
    """No stub and no note about unfinished work is shipped."""
    found = [f"{file}:{line}" for file in sources() for line in unfinished(_text(file))]

    assert not found


def test_no_file_is_longer_than_a_reader_holds() -> None:
    """A long file has a second idea in it, or a reason in the table above."""
    lengths = {
        file.as_posix(): _text(file).count("\n")
        for file in repository_files()
        if file.suffix == ".py"
    }
    long = {name for name, lines in lengths.items() if lines > LONGEST_FILE}

    assert {name: lengths[name] for name in long - LONG_FILES.keys()} == {}
    assert LONG_FILES.keys() <= long, "a reason outlived its file"


def test_no_function_is_longer_than_a_screen() -> None:
    """A long function does several things, or has a reason in the table above."""
    lengths = {
        f"{file}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for file in repository_files()
        if file.suffix == ".py"
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    long = {name for name, lines in lengths.items() if lines > LONGEST_FUNCTION}

    assert {name: lengths[name] for name in long - LONG_FUNCTIONS.keys()} == {}


@pytest.mark.parametrize(
    "handler",
    [
        "except:",
        "except Exception:",
        "except (OSError, BaseException):",
        "except Exception:  # noqa: BLE001",
    ],
)
def test_the_scan_finds_a_swallowing_handler(handler: str) -> None:
    """Bare, broad, hidden in a tuple, or excused without a reason."""
    assert list(swallowed(f"try:\n    f()\n{handler}\n    pass\n"))


def test_the_scan_accepts_a_reraise_and_a_reason() -> None:
    """A handler that raises again is fine, and so is one that says why it does not."""
    raising = "try:\n    f()\nexcept Exception as e:\n    raise ValueError from e\n"
    saying = (
        "try:\n    f()\nexcept Exception:  # noqa: BLE001 - one bad row stops no other\n    pass\n"
    )

    assert not list(swallowed(raising + saying))


def test_the_scan_finds_a_stub() -> None:
    """Both ways of putting work off are seen."""
    assert list(unfinished("raise NotImplementedError\n"))
    assert list(unfinished("x = 1  # " + "TO" + "DO later\n"))
