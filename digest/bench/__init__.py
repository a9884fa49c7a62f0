"""Measurements on generated data, printed as ratios within one run.

A second on one machine says nothing on another, so each row compares what the product does with a
bare yardstick measured beside it. One module a stage, loaded when it is asked for; nothing here is
part of a morning. Homes and data are temporary and gone at the end.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from digest.errors import WrongUsage

STAGES = {
    "start": "start",
    "morning": "morning",
    "collect": "collecting",
    "cluster": "clustering",
    "rank": "ranking",
    "summarise": "summarising",
    "personalise": "personalising",
    "queue": "queueing",
    "dispatch": "sending",
}
"""Stage → the module that measures it, with `SIZE` (its units) and `measure(size)`."""


def run_stage(stage: str, *, size: int | None) -> Iterator[dict[str, object]]:
    """Measures one stage and gives its rows as they are found.

    A row has `stage, what, seconds, units, per_second, ratio, ratio_to`; where the product
    promises a figure, `floor` writes it and `holds` says whether it was kept. `size` is the number
    of units (articles, feeds, deliveries), the stage's own for None. Raises `WrongUsage`.
    """
    if stage not in STAGES:
        raise WrongUsage(
            f"Няма измерване „{stage}“.",
            f"Има {', '.join(STAGES)}.",
            "Напишете например „digest bench personalise“.",
        )
    module = import_module(f"digest.bench.{STAGES[stage]}")
    for row in module.measure(module.SIZE if size is None else size):
        yield {"stage": stage, **row.as_dict()}
