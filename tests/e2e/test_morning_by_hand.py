"""The morning by hand of the contract, typed as a person would, on one's own folder."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

import pytest

from tests.e2e.conftest import SmtpSink, digest

NOW = "2026-11-22T06:30:00+02:00"
DAY = "2026-11-22"

PAGE = """<!doctype html><html lang="bg"><head><meta charset="utf-8"><title>{title} | Речник</title>
<meta property="article:published_time" content="2026-11-22T05:{minute:02d}:00+02:00">
<link rel="canonical" href="https://rechnik.example.bg/{slug}"></head>
<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"""

STORIES = {
    "mostat": (
        "Мостът над Лъкатица се отваря за камиони",
        "Мостът над Лъкатица при Дъбрава се отваря за камиони от 1 декември, съобщи пътното "
        "управление в Дъбрава. Ремонтът продължи 14 месеца и струва 3,4 млн. евро.",
        "Ограничението от 20 тона остава до края на февруари, докато се измери слягането на "
        "средния стълб. Пътното управление поставя два датчика и ще съобщава данните всяка седмица.",
        "„Хората чакаха дълго и имат право да знаят какво се прави“, каза началникът на "
        "управлението Рангел Търновалиев.",
    ),
    "uchilishte": (
        "Училището в Горна Ела получи нова лаборатория по физика",
        "Училището в Горна Ела откри лаборатория по физика с 24 работни места. Апаратурата за "
        "180 000 евро е дарена от завода за лещи в града.",
        "Първият опит пред родителите направиха ученици от единайсети клас, които измериха "
        "скоростта на звука в тръба с вода.",
        "Директорката Милка Кантарджийска каза, че лабораторията ще е отворена и за съседните "
        "села в събота.",
    ),
}
PEOPLE = """address,name,sections,hour,timezone,frequency,format,consent_at
ivan@chitatel.example.bg,Иван,,,,,,2026-11-01T10:00:00+02:00
maria@chitatel.example.bg,"Мария <b>""&",,,,,text,2026-11-02T10:00:00+02:00
без-адрес,,,,,,,
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "statii"
    place.mkdir()
    for minute, (slug, (title, *paragraphs)) in enumerate(STORIES.items()):
        body = "".join(f"<p>{one}</p>" for one in paragraphs)
        page = PAGE.format(title=title, slug=slug, minute=minute, paragraphs=body)
        (place / f"{slug}.html").write_text(page, encoding="utf-8")
    return place


def test_a_morning_by_hand_puts_one_message_in_each_inbox_of_a_real_server(
    home: Path, folder: Path, tmp_path: Path, smtp_sink: SmtpSink
) -> None:
    """Init to ledger through smtp-sink: everybody once, the ledger balanced, nothing twice."""
    people = tmp_path / "people.csv"
    people.write_text(PEOPLE, encoding="utf-8")
    at = ("--home", home, "--now", NOW, "--json")

    digest("sources", "add", f"folder:{folder}", "--rights", "licensed", "--outlet", "Речник", *at)
    collected = digest("collect", *at)
    built = digest("build", "--date", DAY, *at)
    edition = built.row["edition"]
    approved = digest("approve", edition, "--as", "editor@example.bg", *at)
    imported = digest(
        "subscribers",
        "import",
        people,
        "--basis",
        "consent",
        "--evidence",
        "форма",
        "--confirmed",
        *at,
    )
    queued = digest("queue", edition, *at)
    relay = f"smtp://127.0.0.1:{smtp_sink.port}"
    sent = digest("dispatch", "--transport", relay, "--connections", 4, "--until-empty", *at)
    again = digest("queue", edition, *at)
    ledger = digest("ledger", edition, *at)
    lines = digest("ledger", edition, "--deliveries", *at)

    assert collected.row["articles_new"] == 2, collected.err
    assert set(collected.row) >= {
        "sources",
        "fetched",
        "not_modified",
        "failed",
        "articles_known",
        "rejected",
    }
    assert built.row["stories"] == 2
    assert approved.row["state"] == "approved"
    assert approved.row["content_hash"]
    assert imported.code == 3
    assert {k: imported.row[k] for k in ("added", "refused")} == {"added": 2, "refused": 1}
    assert queued.row["planned"] == 2
    assert again.row["planned"] == 0
    assert sent.row["accepted"] == 2, sent.err
    assert ledger.row["balanced"] is True
    assert ledger.row["accepted"] == ledger.row["planned"] == 2
    taken = [message_from_bytes(one, policy=policy.default) for one in smtp_sink.messages()]
    assert sorted(one["X-Digest-Delivery"] for one in taken) == sorted(
        r["delivery"] for r in lines.rows
    )
    assert {r["relay"] for r in lines.rows} == {relay}
    assert all(r["evidence"] for r in lines.rows)
    for one in taken:
        assert one["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        assert "Мостът над Лъкатица" in one.get_body(("plain",)).get_content()


def test_exported_edition_renders_to_the_contract_files(
    home: Path, folder: Path, tmp_path: Path
) -> None:
    """`edition export` writes what `render` reads; a broken or empty one is refused, not drawn."""
    at = ("--home", home, "--now", NOW)
    digest("sources", "add", f"folder:{folder}", "--rights", "licensed", "--outlet", "Речник", *at)
    digest("collect", *at)
    digest("build", "--date", DAY, *at)
    exported = digest("edition", "export", "latest", *at)
    file = tmp_path / "edition.json"
    file.write_text(exported.out, encoding="utf-8")

    rendered = digest("render", file, "--out", tmp_path / "out", "--json", "--now", NOW)
    broken = digest("render", "-", "--out", tmp_path / "o2", "--json", stdin=b"{]")

    assert rendered.code == 0, rendered.err
    assert rendered.row["html_bytes"] > 1000
    names = {one.name for one in (tmp_path / "out").iterdir()}
    assert names >= {
        "edition.html",
        "edition.txt",
        "edition.web.html",
        "edition.eml",
        "findings.json",
    }
    assert broken.code == 3
    assert broken.row["error"]["fix"]


def test_empty_morning_makes_no_mail_and_says_so(home: Path, tmp_path: Path) -> None:
    """No news: nothing is built, nothing leaves, the exit code says so, a second try is the same."""
    (tmp_path / "empty").mkdir()
    digest("sources", "add", f"folder:{tmp_path / 'empty'}", "--rights", "licensed", "--home", home)

    first = digest("run", "--home", home, "--json")
    second = digest("build", "--home", home, "--json")

    assert first.code == 3
    assert first.row["edition"] is None
    assert first.row["held"]
    assert second.code == 3
    assert second.row["error"]["what"]
    assert not (home / "outbox").exists()


def test_a_dead_relay_loses_nobody(home: Path, folder: Path, tmp_path: Path) -> None:
    """The relay does not answer: exit 1 with the remedy, all rows still queued, the next run sends."""
    people = tmp_path / "people.csv"
    people.write_text(PEOPLE, encoding="utf-8")
    at = ("--home", home, "--now", NOW, "--json")
    digest("sources", "add", f"folder:{folder}", "--rights", "licensed", "--outlet", "Речник", *at)
    for step in (
        ("collect",),
        ("build", "--date", DAY),
        ("approve", "latest", "--as", "e@example.bg"),
    ):
        assert digest(*step, *at).code == 0
    digest(
        "subscribers", "import", people, "--basis", "consent", "--evidence", "x", "--confirmed", *at
    )
    digest("queue", "latest", *at)

    dead = digest("dispatch", "--transport", "smtp://127.0.0.1:9", "--until-empty", *at)
    held = digest("ledger", "latest", *at)
    alive = digest("dispatch", "--until-empty", *at)

    assert dead.code == 1
    assert "smtp://127.0.0.1:9" in dead.err
    assert held.row["queued"] == 2
    assert alive.row["accepted"] == 2
    assert len(list((home / "outbox").glob("*.eml"))) == 2


def test_an_edit_voids_the_approval(home: Path, folder: Path) -> None:
    """After an edit the edition must be approved again before it can be queued."""
    at = ("--home", home, "--now", NOW, "--json")
    digest("sources", "add", f"folder:{folder}", "--rights", "licensed", "--outlet", "Речник", *at)
    for step in (
        ("collect",),
        ("build", "--date", DAY),
        ("approve", "latest", "--as", "e@example.bg"),
    ):
        assert digest(*step, *at).code == 0
    story = digest("edition", "export", "latest", *at).out
    import json

    first = json.loads(story)["sections"][0]["stories"][0]["id"]

    edited = digest(
        "edition",
        "edit",
        "latest",
        "--story",
        first,
        "--title",
        "Друго",
        "--as",
        "e@example.bg",
        *at,
    )
    queued = digest("queue", "latest", *at)

    assert edited.row["revision"] == 2
    assert edited.row["state"] == "draft"
    assert queued.code == 1
