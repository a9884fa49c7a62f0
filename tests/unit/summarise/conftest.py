"""The rules of the gate, one by one: each objection counts, and nothing beside the words is seen.

What the rules, the likeness in meaning and all the rest weigh together is another test's matter
(test_weighing.py, tests/quality/test_faithfulness.py).
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from digest.summarise.sense import told_by
from digest.summarise.weighing import Node, Weights, weighed_by

EVERY_OBJECTION = Weights(
    ("unsupported: kinds of objection",),
    -9.0,
    ((Node(0, 0.5, 1, 1, 2, 0.0), Node(-1, 0, 0, 0, 0, 0.0), Node(-1, 0, 0, 0, 0, 18.0)),),
)


@pytest.fixture(scope="module", autouse=True)
def by_the_rules() -> Iterator[None]:
    with told_by(None), weighed_by(EVERY_OBJECTION):
        yield
