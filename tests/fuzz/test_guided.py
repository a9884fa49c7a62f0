"""The same contract under a search that follows the code's branches (atheris), for a few seconds."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.fuzz.contract import TARGETS
from tests.fuzz.corpus import SEEDS

SECONDS = 8
ROOT = Path(__file__).parents[2]


@pytest.mark.skipif(find_spec("atheris") is None, reason="atheris is not installed here")
@pytest.mark.parametrize("kind", TARGETS)
def test_no_branch_breaks_the_contract(kind: str, tmp_path: Path) -> None:
    """Bounded; a finding is shown with the bytes that made it."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(SEEDS[kind]):
        (corpus / str(number)).write_bytes(seed.encode())
    command = [
        sys.executable, "-m", "tests.fuzz.harness", kind, str(corpus),
        f"-max_total_time={SECONDS}", "-max_len=20000", "-timeout=20", "-rss_limit_mb=3000",
        f"-artifact_prefix={tmp_path}/", "-seed=1", "-print_final_stats=1",
    ]  # fmt: skip

    done = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=180, check=False)

    found = [file.read_bytes() for file in tmp_path.glob("*-*") if file.is_file()]
    assert done.returncode == 0, (found, done.stdout[-3000:], done.stderr[-3000:])
