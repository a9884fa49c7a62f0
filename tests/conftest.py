"""What every test may ask for, and what CI forbids: leaving something out."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.faults import table as faults
from tests.judges import table

ROOT = Path(__file__).resolve().parents[1]
EVALUATION = "evaluation data"
SUPERUSER = "starts as the superuser only"
NO_PACKAGE_CURES = (EVALUATION, SUPERUSER)


@pytest.fixture
def shared_data() -> Path:
    """The evaluation data beside the checkout; a test that needs it skips by name without it."""
    data = ROOT.parent / "shared" / "data"
    if not data.is_dir():
        pytest.skip("evaluation data (../shared/data) is not here")
    return data


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keys that open nothing, and none of this machine's own files, roles or addresses."""
    for name in [one for one in os.environ if one.startswith("AWS_")]:
        monkeypatch.delenv(name)
    for name, value in {
        "AWS_ACCESS_KEY_ID": "AKIAPRIMER",
        "AWS_SECRET_ACCESS_KEY": "primerna-taina",
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": str(tmp_path / "no-config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "no-credentials"),
        "NO_PROXY": "127.0.0.1,localhost",
    }.items():
        monkeypatch.setenv(name, value)


Measure: TypeAlias = Callable[[str, float, float], None]
"""(what, figure, floor): the figure is printed at the end of the run, and must reach its floor."""


@pytest.fixture
def measure(request: pytest.FixtureRequest) -> Iterator[Measure]:
    """Notes figures of quality; all of them are noted before the first failure is raised."""
    short: list[str] = []

    def take(what: str, figure: float, floor: float) -> None:
        request.node.user_properties.append(("figure", (what, figure, floor)))
        if figure < floor:
            short.append(f"{what}: {figure:.4f} is under {floor}")

    yield take
    assert not short, "; ".join(short)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The figures of quality against their floors, also when tests ran in several processes."""
    reports = _reports(terminalreporter, "passed", "failed")
    figures = [
        value
        for one in reports
        if one.when == "call"
        for name, value in one.user_properties
        if name == "figure"
    ]
    if figures:
        terminalreporter.section("figures of quality")
    for what, figure, floor in dict.fromkeys(map(tuple, figures)):
        terminalreporter.write_line(f"{what:<58} {figure:>8.4f}   floor {floor}")
    _judges(terminalreporter)
    _faults(terminalreporter)


def _judges(terminalreporter: pytest.TerminalReporter) -> None:
    """The table of the judges of the mail, those that failed and that are known to fail too."""
    notes = [
        table.Note(*value)
        for one in _reports(terminalreporter, "passed", "failed", "error", "xfailed", "xpassed")
        for name, value in one.user_properties
        if name == table.PROPERTY
    ]
    if notes:
        terminalreporter.section("judges of the mail")
        for line in table.lines(notes):
            terminalreporter.write_line(line)


def _faults(terminalreporter: pytest.TerminalReporter) -> None:
    """The table of the fault suite: lost, twice and in doubt, against what is promised."""
    notes = [
        faults.Note(*value)
        for one in _reports(terminalreporter, "passed", "failed")
        for name, value in one.user_properties
        if name == faults.PROPERTY and one.when == "call"
    ]
    if notes:
        terminalreporter.section("faults")
        for line in faults.lines(notes):
            terminalreporter.write_line(line)


def _reports(terminalreporter: pytest.TerminalReporter, *kinds: str) -> list[pytest.TestReport]:
    """Those of tests: what failed while it was collected is a report of another kind."""
    told = (one for kind in kinds for one in terminalreporter.stats.get(kind, []))
    return [one for one in told if isinstance(one, pytest.TestReport)]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a test that is skipped for want of an installable part has failed."""
    report = yield
    why = str(report.longrepr)
    curable = not any(one in why for one in NO_PACKAGE_CURES)
    if os.environ.get("CI") and report.skipped and curable:
        report.outcome = "failed"
    return report
