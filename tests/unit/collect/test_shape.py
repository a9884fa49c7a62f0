"""Reshaping a tree costs what its size costs."""

from __future__ import annotations

import time

from digest.collect.markup import parse
from digest.collect.shape import reshape


def test_hidden_blocks_in_hidden_blocks_are_looked_at_once() -> None:
    """Two hundred of them around thousands of paragraphs do not multiply."""
    said = "Единият от кметовете в областта поиска средства за ремонт на пътищата и мостовете."
    hidden = '<div style="display:none">' * 200
    tree = parse(hidden + "".join(f"<p>{said} {n}</p>" for n in range(4000)))
    before = time.process_time()

    reshape(tree)

    assert time.process_time() - before < 5
