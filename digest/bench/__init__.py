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


ON_SERVERS = frozenset({"queue", "dispatch"})
"""Stages that can be measured on a PostgreSQL server too."""


def run_stage(
    stage: str, *, size: int | None, database: str | None = None
) -> Iterator[dict[str, object]]:
    """Measures one stage and gives its rows as they are found.

    A row has `stage, what, seconds, units, per_second, ratio, ratio_to`; where the product
    promises a figure, `floor` writes it and `holds` says whether it was kept. `size` is the number
    of units (articles, feeds, deliveries), the stage's own for None. `database` names a PostgreSQL
    server, on which a database is made and dropped. Raises `WrongUsage`.
    """
    if stage not in STAGES:
        raise WrongUsage(
            f"Няма измерване „{stage}“.",
            f"Има {', '.join(STAGES)}.",
            "Напишете например „digest bench personalise“.",
        )
    if database is not None and stage not in ON_SERVERS:
        raise WrongUsage(
            f"Измерването „{stage}“ не може да се пусне на посочена база.",
            f"„--database“ важи за {', '.join(sorted(ON_SERVERS))}.",
            "Повторете без „--database“.",
        )
    module = import_module(f"digest.bench.{STAGES[stage]}")
    where = {} if database is None else {"database": database}
    for row in module.measure(module.SIZE if size is None else size, **where):
        yield {"stage": stage, **row.as_dict()}
