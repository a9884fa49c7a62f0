"""A list of sources from a file brings public web addresses and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.actions.sources import import_opml, known_sources
from digest.bootstrap import init_home, open_app

REFUSED = (
    "folder:/etc", "maildir:/var/mail", "imaps://user@mail.example.bg/INBOX", "file:///etc/passwd",
    "http://127.0.0.1/rss", "http://[64:ff9b:1::a9fe:a9fe]/rss", "http://localhost:9200/",
)  # fmt: skip


@pytest.mark.parametrize("url", REFUSED)
def test_a_file_does_not_widen_what_is_trusted(tmp_path: Path, url: str) -> None:
    """Folders, mailboxes and inner addresses are typed by a person; the other rows are added."""
    init_home(tmp_path / "home")
    app = open_app(tmp_path / "home")
    rows = "".join(
        f'<outline text="В" xmlUrl="{one}"/>' for one in (url, "https://vestnik.example.bg/rss")
    )
    data = f'<?xml version="1.0"?><opml version="2.0"><body>{rows}</body></opml>'.encode()

    report = import_opml(app, data, rights="extract")

    urls = [one.url for one in known_sources(app)]
    app.close()
    assert urls == ["https://vestnik.example.bg/rss"]
    assert len(report.added) == 1
