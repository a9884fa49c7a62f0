"""People by the command line: a bad one is told and stops nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.e2e.conftest import Ran, digest

CONSENT = ("--basis", "consent", "--evidence", "форма", "--confirmed")


def take_in(home: Path, rows: str) -> Ran:
    return digest(
        "subscribers", "import", "-", *CONSENT, "--home", home, "--json", stdin=rows.encode()
    )


def many(verb: str, home: Path, *addresses: str) -> Ran:
    sure = () if verb == "unsuppress" else ("--yes",)
    return digest("subscribers", verb, *addresses, *sure, "--home", home, "--json")


@pytest.mark.parametrize(
    ("verb", "key"),
    [("suppress", "suppressed"), ("unsuppress", "unsuppressed"), ("erase", "erased")],
)
def test_one_bad_address_stops_nobody(home: Path, verb: str, key: str) -> None:
    """The good ones are done, the bad one gets its own error line, exit code 3."""
    take_in(home, "address\na@example.bg\nb@example.bg\n")
    if verb == "unsuppress":
        many("suppress", home, "a@example.bg", "b@example.bg")

    ran = many(verb, home, "a@example.bg", "badaddr", "b@example.bg")

    assert ran.code == 3
    assert [row.get("source") for row in ran.rows] == ["badaddr", None]
    assert ran.rows[0]["error"]["fix"]
    assert ran.rows[-1] == {key: 2}


def test_an_unclosed_quote_and_a_control_character_are_refused(home: Path) -> None:
    """Neither leaks another person's row into a name nor reaches the database."""
    quote = take_in(
        home, 'address,name\na@example.bg,Иван\nb@example.bg,"незатворена\nc@example.bg,Мария\n'
    )
    nul = take_in(home, "address,name\nd@example.bg,Пе\x00тър\n")

    assert (quote.code, quote.row["added"], quote.row["refused"]) == (3, 2, 1)
    assert quote.row["refusals"][0]["line"] == 3
    assert (nul.code, nul.row["added"], nul.row["refused"]) == (3, 0, 1)


def test_a_section_goes_by_its_printed_name_and_an_unknown_one_is_refused(home: Path) -> None:
    """With the ones that the newsroom prints."""
    ran = take_in(home, "address,sections\na@example.bg,Спорт;svyat\nb@example.bg,vremeto\n")

    assert (ran.code, ran.row["added"]) == (3, 1)
    assert "„vremeto“" in ran.row["refusals"][0]["why"]
    assert "sport" in ran.row["refusals"][0]["why"]
    (person,) = digest("subscribers", "list", "--home", home, "--json").rows
    assert person["sections"] == ["sport", "svyat"]


def test_one_address_is_one_person_whatever_it_holds(home: Path) -> None:
    """A comma or a line break in it smuggles nobody in."""
    ran = digest(
        "subscribers", "add", "a@example.bg\nb@example.bg", *CONSENT, "--home", home, "--json"
    )

    assert (ran.code, ran.row["added"], ran.row["refused"]) == (3, 0, 1)


def test_who_is_suppressed_is_seen_in_the_list(home: Path) -> None:
    """In the rows and in the table."""
    take_in(home, "address\na@example.bg\nb@example.bg\n")
    many("suppress", home, "b@example.bg")

    rows = digest("subscribers", "list", "--home", home, "--json").rows
    table = digest("subscribers", "list", "--home", home).out

    assert [row["suppressed"] for row in rows] == [False, True]
    marked = [line for line in table.splitlines() if "блокиран" in line]
    assert len(marked) == 1
    assert "b@example.bg" in marked[0]


def test_an_export_says_what_it_wrote_and_brings_back_nobody_who_is_gone(
    home: Path, tmp_path: Path
) -> None:
    """Taken in elsewhere, it leaves out who was suppressed."""
    take_in(home, "address\na@example.bg\nb@example.bg\n")
    many("suppress", home, "b@example.bg")
    file, other = tmp_path / "people.csv", tmp_path / "other"

    ran = digest("subscribers", "export", file, "--home", home, "--json")
    digest("init", other)
    back = take_in(other, file.read_text(encoding="utf-8-sig"))

    assert ran.row == {"exported": 2, "file": str(file)}
    assert (back.code, back.row["added"], back.row["refused"]) == (3, 1, 1)


@pytest.mark.parametrize("password", [b"", b"\n", b"kusa\n", b"\xff\xfe-not-utf-8\n"])
def test_an_empty_or_short_password_is_a_wrong_call(home: Path, password: bytes) -> None:
    """And nobody is added."""
    words = ("editors", "add", "editor@example.bg", "--role", "editor", "--password-stdin")

    ran = digest(*words, "--home", home, "--json", stdin=password)

    assert ran.code == 2
    assert ran.row["error"]["fix"]
    assert digest("editors", "list", "--home", home, "--json").rows == []


def test_a_given_password_is_taken(home: Path) -> None:
    """And not printed again."""
    words = ("editors", "add", "editor@example.bg", "--role", "editor", "--password-stdin")

    ran = digest(*words, "--home", home, "--json", stdin=b"dosta dalga parola\r\n")

    assert (ran.code, ran.row) == (0, {"address": "editor@example.bg", "role": "editor"})


def test_an_editor_needs_an_address(home: Path) -> None:
    """A word alone is refused."""
    ran = digest("editors", "add", "notanaddress", "--role", "editor", "--home", home, "--json")

    assert ran.code == 3
    assert "notanaddress" in ran.row["error"]["what"]
    assert digest("editors", "list", "--home", home, "--json").rows == []


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
