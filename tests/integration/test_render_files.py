"""`digest render` of editions that nobody seated: the mail is never clipped."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from digest.actions.stages import render_to
from digest.compose.exchange import to_json
from digest.model import Edition, Section
from digest.render.budget import FAIL_BYTES
from digest.settings import Settings
from tests.unit.render.invented_editions import NEWSROOM, edition, story

NOW = datetime(2026, 11, 20, 5, tzinfo=UTC)
LONG = "Много дълго заглавие без край, което никой не скъсява, " * 7


def of(stories: int, *, title: str = "") -> Edition:
    return edition(
        Section("svyat", "Свят", tuple(
            story(n, tier="full", title=f"{title}Новина № {n}", score=float(100 - n))
            for n in range(1, stories + 1)
        ))
    )  # fmt: skip


def made(what: Edition, out: Path) -> dict[str, object]:
    data = json.dumps(to_json(what)).encode()
    return dict(render_to(data, "file", out, settings=Settings(), newsroom=NEWSROOM, now=NOW))


def test_sixty_stories_fit_and_the_lowest_are_told_in_a_line(tmp_path: Path) -> None:
    """Gmail clips at 102 KB: the first keep their text, and whoever lost something is named."""
    row = made(of(60), tmp_path)

    page = (tmp_path / "edition.html").read_text(encoding="utf-8")
    plain = (tmp_path / "edition.txt").read_text(encoding="utf-8")
    found = json.loads((tmp_path / "findings.json").read_text(encoding="utf-8"))
    assert len(page.encode()) == row["html_bytes"]
    assert len(page.encode()) <= FAIL_BYTES
    said = " ".join(one["what"] for one in found)
    gone = {n for n in range(1, 61) if f"Новина № {n}“ отпадна" in said}
    assert gone == set(range(61 - len(gone), 61))
    assert all((f"Новина № {n}<" in page) is (n not in gone) for n in range(1, 61))
    assert all((f"Новина № {n}\n" in plain) is (n not in gone) for n in range(1, 61))
    assert {one["level"] for one in found} == {"yellow"}
    assert "„Новина № 40“ остана само с един ред" in said
    assert "„Новина № 3“" not in said


def test_what_cannot_fit_even_in_a_line_is_named(tmp_path: Path) -> None:
    """Sixty giant titles: the lowest leave, the lead and the first of the rank stay."""
    made(of(60, title=LONG), tmp_path)

    page = (tmp_path / "edition.html").read_text(encoding="utf-8")
    found = json.loads((tmp_path / "findings.json").read_text(encoding="utf-8"))
    gone = [one["what"] for one in found if "отпадна" in one["what"]]
    assert len(page.encode()) <= FAIL_BYTES
    assert "Новина № 1<" in page
    assert any("Новина № 60“" in one for one in gone)
    assert not any("Новина № 2“" in one for one in gone)
