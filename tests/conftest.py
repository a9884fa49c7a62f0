"""What every test may ask for."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def shared_data() -> Path:
    """The evaluation data beside the checkout; a test that needs it skips by name without it."""
    data = ROOT.parent / "shared" / "data"
    if not data.is_dir():
        pytest.skip("evaluation data (../shared/data) is not here")
    return data
