"""Many addresses at once: a bad one is told and stops nobody."""

from __future__ import annotations

from pathlib import Path

from tests.e2e.conftest import digest

CONSENT = ("--basis", "consent", "--evidence", "форма", "--confirmed")


def test_one_bad_address_stops_nobody(home: Path) -> None:
    """The good one is suppressed, the bad one gets its own error line, exit code 3."""
    ran = digest(
        "subscribers", "suppress", "bad", "a@example.bg", "--yes", "--home", home, "--json"
    )

    assert ran.code == 3
    assert ran.rows[0]["source"] == "bad"
    assert ran.rows[0]["error"]["fix"]
    assert ran.rows[-1] == {"suppressed": 1}


def test_an_unclosed_quote_and_a_control_character_are_refused(home: Path) -> None:
    """Neither leaks another person's row into a name nor reaches the database."""
    rows = 'address,name\na@example.bg,Иван\nb@example.bg,"незатворена\nc@example.bg,Мария\n'

    quote = digest(
        "subscribers", "import", "-", *CONSENT, "--home", home, "--json", stdin=rows.encode()
    )
    nul = digest(
        "subscribers", "import", "-", *CONSENT, "--home", home, "--json",
        stdin="address,name\nd@example.bg,Пе\x00тър\n".encode(),
    )  # fmt: skip

    assert (quote.code, quote.row["added"], quote.row["refused"]) == (3, 1, 1)
    assert (nul.code, nul.row["added"], nul.row["refused"]) == (3, 0, 1)


def test_noise_is_no_article(tmp_path: Path) -> None:
    """Random bytes are refused with a reason."""
    noise = tmp_path / "noise.bin"
    noise.write_bytes(bytes((i * 167 + i // 7) % 256 for i in range(3000)))

    ran = digest("extract", noise, "--json")

    assert ran.code == 3
    assert ran.row["error"]["why"]


def test_a_link_local_address_is_never_trusted(home: Path) -> None:
    """Typed or not, a machine's own metadata address is not asked."""
    digest("sources", "add", "http://169.254.169.254/", "--rights", "extract", "--home", home)

    ran = digest("collect", "--home", home, "--json")

    assert ran.row["failed"] == 1
    assert "вътреш" in ran.err.casefold() or "частн" in ran.err.casefold()
