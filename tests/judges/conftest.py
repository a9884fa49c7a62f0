"""How a judge speaks: every figure is noted before the first failure is raised."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from tests.judges.table import PROPERTY, Note, Verdict


@pytest.fixture
def verdict(request: pytest.FixtureRequest) -> Verdict:
    """Notes what a judge measured of a mail; the table stands at the end of the run."""
    return Verdict(lambda note: _keep(request.node, note))


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, object, object]:
    """Fails the test itself, not its end, so that a fault that is known can be marked as such."""
    result = yield
    said = pyfuncitem.funcargs.get("verdict")
    if isinstance(said, Verdict):
        assert not said.over, "\n".join(said.over)
    return result


def _keep(node: pytest.Item, note: Note) -> None:
    # Plain values: they travel from the process that ran the test to the one that prints.
    node.user_properties.append((PROPERTY, tuple(note)))
