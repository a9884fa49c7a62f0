"""What is seen of a sentence is the same in every process, to the last bit."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
CODE = """
from digest.model import Article, ArticleId
from digest.summarise.aligned import likeness, names_of_all, statements, told
from digest.summarise.evidence import Witness

TEXT = (
    "Общинският съвет на Брезница отпусна вчера след дълги спорове 240 000 евро за нов покрив на "
    "читалището. Ремонтът ще започне през май, а репетициите на хора няма да спират и през лятото, "
    "обеща кметът Митко Чавов."
)
SAID = (
    "Репетициите на хора в читалището няма да спират през май и лятото, след като общинският съвет "
    "отпусна парите за ремонт на покрива, обеща Чавов след спорове."
)
there = [Witness(Article(ArticleId("r"), "Нов покрив за читалището", TEXT))]
named = names_of_all(there)
print([likeness(one, other, named).hex() for one in statements(SAID) for other in told(there)])
"""


def _told(seed: int) -> bytes:
    return subprocess.run(
        [sys.executable, "-c", CODE],
        env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
        timeout=60,
    ).stdout


def test_two_statements_are_as_like_in_every_process():
    """The salt of Python's hashes orders the sets that are summed, and decides nothing.

    A bit in a likeness is a tie that falls the other way, and other weights learnt.
    """
    found = {_told(seed) for seed in range(4)}

    assert len(found) == 1
    assert b"0x1" in next(iter(found))
