"""What mail programs do not support, by the data of caniemail.com, and what we know of it.

The baseline holds a line for each feature that the mails use and some program lacks: feature,
level (none, partial), programs. A judge fails at what is not in it. To renew it after a look:
`make baseline`, or `python -m tests.judges.caniemail` from the root.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tests.judges import tools
from tests.judges.mails import NAMES, mail

BASELINE = tools.HERE / "caniemail-baseline.txt"
HEAD = "# Feature, level, programs (caniemail 2.0.2); renewed by `make baseline`.\n"


def found() -> dict[str, list[str]]:
    """Mail → `feature, level, program` with tabs between."""
    return tools.node("caniemail.mjs", "caniemail", {name: mail(name).html for name in NAMES})


def known() -> set[str]:
    """The baseline, as `found` says it."""
    rows = BASELINE.read_text(encoding="utf-8").splitlines()[1:]
    parts = [row.split("\t") for row in rows]
    return {
        f"{feature}\t{level}\t{one}"
        for feature, level, programs in parts
        for one in programs.split()
    }


def written(issues: Iterable[str]) -> str:
    """The text of a baseline."""
    programs: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for issue in issues:
        feature, level, program = issue.split("\t")
        programs[feature, level].add(program)
    rows = (
        f"{f}\t{level}\t{' '.join(sorted(of))}\n" for (f, level), of in sorted(programs.items())
    )
    return HEAD + "".join(rows)


if __name__ == "__main__":
    BASELINE.write_text(written(set().union(*found().values())), encoding="utf-8")
