"""Lists of people in and out, whatever a spreadsheet made of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from subscribers.erase import erase
from subscribers.errors import ConsentMissing, TransferRefused
from subscribers.model import NOT_STORED, ConsentStep, Format, Frequency, Person, Status
from subscribers.roll import Roll
from subscribers.transfer import Imported, export_csv, import_csv

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)


def take_in(
    roll: Roll,
    text: str | bytes,
    *,
    confirmed: bool = True,
    sections: Collection[str] | None = None,
    section_names: Mapping[str, str] | None = None,
) -> Imported:
    data = text.encode() if isinstance(text, str) else text
    return import_csv(
        roll,
        data,
        basis="consent",
        evidence="форма на сайта",
        confirmed=confirmed,
        now=NOW,
        lane_of=lambda address: address.rpartition("@")[2],
        sections=sections,
        section_names=section_names,
    )


FULL = (
    "address,name,sections,hour,timezone,frequency,format,consent_at\n"
    "ivan@example.bg,Иван,sport;ikonomika,9,Europe/London,weekly,text,2026-01-05T10:00:00+02:00\n"
)


def test_every_column_is_taken(roll: Roll) -> None:
    """With the lane worked out and the consent recorded at its own time."""
    assert take_in(roll, FULL) == Imported(1, 0, (), 0)

    person = roll.by_address("ivan@example.bg")
    assert person.sections == {"sport", "ikonomika"}
    assert (person.name, person.hour, person.timezone) == ("Иван", 9, "Europe/London")
    assert (person.frequency, person.format) == (Frequency.WEEKLY, Format.TEXT)
    assert (person.status, person.lane) == (Status.ACTIVE, "example.bg")
    consent = roll.consents.of(roll.hasher.of("ivan@example.bg"))[0]
    assert (consent.step, consent.basis) == (ConsentStep.IMPORTED, "consent")
    assert consent.at == datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_spreadsheet_can_be_read(roll: Roll, encoding: str, delimiter: str) -> None:
    """Mark or none, old Bulgarian letters, any of three separators, either line end."""
    text = f"address{delimiter}name\r\nivan@example.bg{delimiter}Йоана Ъгълова\r\n"

    assert take_in(roll, text.encode(encoding)).added == 1
    assert roll.by_address("ivan@example.bg").name == "Йоана Ъгълова"


def test_people_say_it_in_bulgarian_too(roll: Roll) -> None:
    """The column of addresses may be called as people call it."""
    assert take_in(roll, "Име;Имейл\nИван;ivan@example.bg\n").added == 1


def test_a_bad_row_is_refused_with_its_line_and_stops_no_other(roll: Roll) -> None:
    """Each with a reason in Bulgarian."""
    text = (
        "address,hour,timezone,name\n"
        "ne-e-adres,,,\n"
        "a@example.bg,25,,\n"
        "b@example.bg,,Europe/Nikade,\n"
        f"c@example.bg,,,{'я' * 300}\n"
        "\n"
        "d@example.bg,7,,\n"
        f"e@example.bg,,,{'я' * 200_000}\n"
        "g@example.bg,осем,,\n"
        "f@example.bg,07:00,,\n"
    )

    done = take_in(roll, text)

    assert [line for line, _ in done.refused] == [2, 3, 4, 5, 8, 9]
    assert all(reason for _, reason in done.refused)
    assert done.added == 2
    assert roll.by_address("f@example.bg").hour == 7


def test_one_person_twice_in_a_list_is_one_person(roll: Roll) -> None:
    """The later row counts."""
    done = take_in(roll, "address,name\nIvan@example.bg,Първи\nivan@EXAMPLE.bg,Втори\n")

    assert (done.added, done.updated) == (1, 1)
    assert roll.by_address("ivan@example.bg").name == "Втори"


def test_importing_again_updates_only_the_columns_given(roll: Roll) -> None:
    """A list of names does not reset anybody's hour."""
    take_in(roll, FULL)

    done = take_in(roll, "address,name\nivan@example.bg,Иван Иванов\n")

    person = roll.by_address("ivan@example.bg")
    assert (done.added, done.updated) == (0, 1)
    assert (person.name, person.hour) == ("Иван Иванов", 9)


def test_without_confirmation_people_wait(roll: Roll) -> None:
    """They become active with a confirmed list, and keep that date."""
    take_in(roll, "address\nivan@example.bg\n", confirmed=False)
    assert roll.by_address("ivan@example.bg").status is Status.PENDING

    take_in(roll, "address\nivan@example.bg\n")
    take_in(roll, "address,consent_at\nivan@example.bg,2026-12-01T00:00:00+00:00\n")

    person = roll.by_address("ivan@example.bg")
    assert (person.status, person.confirmed_at) == (Status.ACTIVE, NOW)


def test_a_list_does_not_bring_back_who_left_or_was_erased(roll: Roll) -> None:
    """They are counted, and nothing else happens."""
    take_in(roll, "address\nleft@example.bg\nerased@example.bg\n")
    roll.leave(roll.by_address("left@example.bg").id, NOW, "one-click")
    erase(roll, "erased@example.bg", NOW)

    done = take_in(roll, "address\nleft@example.bg\nErased@example.bg\nnov@example.bg\n")

    assert (done.added, done.updated, done.suppressed) == (1, 0, 2)
    assert roll.by_address("left@example.bg").status is Status.LEFT


@pytest.mark.parametrize(("basis", "evidence"), [("", "форма"), ("consent", " ")])
def test_nobody_is_taken_in_without_basis_and_evidence(
    roll: Roll, basis: str, evidence: str
) -> None:
    """GDPR art. 7(1): whoever relies on consent must be able to show it."""
    with pytest.raises(ConsentMissing):
        import_csv(
            roll,
            b"address\na@example.bg\n",
            basis=basis,
            evidence=evidence,
            confirmed=True,
            now=NOW,
            lane_of=str,
        )


@pytest.mark.parametrize("text", ["", "\n\n", "name,hour\nИван,7\n", "ivan@example.bg\n"])
def test_a_file_without_a_column_of_addresses_is_refused(roll: Roll, text: str) -> None:
    """With the names that the first line should have."""
    with pytest.raises(TransferRefused, match="address"):
        take_in(roll, text)


@pytest.mark.parametrize("name", ["=1+1", "+359", "-2", "@SUM(A1)", '=HYPERLINK("x")'])
def test_no_exported_cell_runs_in_a_spreadsheet(roll: Roll, name: str) -> None:
    """And importing it again gives the name back."""
    roll.add(Person(NOT_STORED, "ivan@example.bg", name=name), now=NOW)

    out = b"".join(export_csv(roll.everyone()))

    cell = out.decode("utf-8-sig").splitlines()[1].split(",", 1)[1]
    assert cell.lstrip('"').startswith("'")
    take_in(roll, out)
    assert roll.by_address("ivan@example.bg").name == name


def test_what_goes_out_comes_in_the_same(roll: Roll) -> None:
    """Export and import keep every wish."""
    take_in(roll, FULL)
    before = roll.by_address("ivan@example.bg")
    out = b"".join(export_csv(roll.everyone()))

    assert take_in(roll, out) == Imported(0, 1, (), 0)
    assert roll.by_address("ivan@example.bg") == before


@pytest.mark.parametrize("column", ["name", "sections", "notes"])
@pytest.mark.parametrize("sign", ["\0", "\x0b", "\x1b", "\x7f", "\x85", "\u2028"])
def test_a_control_character_anywhere_refuses_the_row(roll: Roll, column: str, sign: str) -> None:
    """A database may not take it, and no name holds one, not even at its end."""
    done = take_in(
        roll, f"address,{column}\na@example.bg,Иван{sign}\nb@example.bg,\n", sections=None
    )

    assert [line for line, _ in done.refused] == [2]
    assert column in done.refused[0][1]
    assert done.added == 1


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_an_unclosed_quote_does_not_swallow_the_next_people(roll: Roll, end: str) -> None:
    """Its own line is refused; the next ones are rows like all others."""
    lines = (
        "address,name",
        'a@example.bg,"Иван',
        "b@example.bg,Мария",
        'c@example.bg,"Петър ""Пешо"" Петров"',
    )

    done = take_in(roll, end.join(lines))

    assert [line for line, _ in done.refused] == [2]
    assert "кавичка" in done.refused[0][1].casefold()
    assert [one.name for one in roll.everyone()] == ["Мария", 'Петър "Пешо" Петров']


def test_a_name_on_two_lines_is_refused_by_its_lines(roll: Roll) -> None:
    """Both halves, each with its own number, and nobody else."""
    done = take_in(roll, 'address,name\na@example.bg,"Иван\nПетров"\nb@example.bg,Мария\n')

    assert [line for line, _ in done.refused] == [2, 3]
    assert done.added == 1


KNOWN = ("sport", "nauka")
NAMES = {"спорт": "sport", "наука и технологии": "nauka"}


def test_a_section_may_be_called_by_its_slug_or_its_printed_name(roll: Roll) -> None:
    """In any case."""
    text = "address,sections\na@example.bg,СПОРТ; Наука и технологии\nb@example.bg,Sport\n"

    done = take_in(roll, text, sections=KNOWN, section_names=NAMES)

    assert done == Imported(2, 0, (), 0)
    assert [one.sections for one in roll.everyone()] == [{"sport", "nauka"}, {"sport"}]


def test_an_unknown_section_refuses_the_row_and_names_the_known_ones(roll: Roll) -> None:
    """Otherwise somebody would wait for a section that nobody prints."""
    text = "address,sections\na@example.bg,sport;vremeto\nb@example.bg,all\n"

    done = take_in(roll, text, sections=KNOWN, section_names=NAMES)

    assert done.added == 1
    assert done.refused == ((2, "Няма рубрика „vremeto“. Рубриките са nauka и sport."),)


def test_choices_are_read_in_any_case(roll: Roll) -> None:
    """A spreadsheet likes capitals."""
    assert take_in(roll, "address,frequency,format\na@example.bg,Weekly,TEXT\n").added == 1

    person = roll.by_address("a@example.bg")
    assert (person.frequency, person.format) == (Frequency.WEEKLY, Format.TEXT)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("address", ""),
        ("address", "ne-e-adres"),
        ("name", "я" * 300),
        ("sections", "времето!"),
        ("hour", "25"),
        ("hour", "9" * 5000),
        ("timezone", "Europe/Nikade"),
        ("frequency", "hourly"),
        ("format", "pdf"),
        ("consent_at", "вчера"),
        ("consent_at", "2026-11-20T10:00:00"),
        ("consent_at", "0001-01-01T00:00:00+14:00"),
        ("status", "left"),
    ],
)
def test_every_reason_is_bulgarian_and_ends_once(roll: Roll, column: str, cell: str) -> None:
    """No words of the program's own, and no doubled full stop."""
    cells = {"address": "a@example.bg", "notes": "x", column: cell}

    done = take_in(roll, f"{','.join(cells)}\n{','.join(cells.values())}\n,\n")

    ((line, reason),) = done.refused
    assert line == 2
    assert reason.endswith(".")
    assert ".." not in reason
    bare = re.sub("„[^“]*“", "", reason)
    assert not re.search(r"\b(not|is|in|a|an|valid|section|must)\b", bare)


def test_a_later_row_for_the_same_person_changes_only_what_it_fills(roll: Roll) -> None:
    """Its empty cells take nothing away, near or far below in the same list."""
    others = "".join(f"r{number}@example.bg,,,\n" for number in range(1100))
    text = (
        "address,name,hour,format\n"
        "ivan@example.bg,Иван,9,text\n"
        "IVAN@example.bg,,10,\n"
        "ivan@example.bg,Иван Иванов,,\n"
        f"{others}"
        "ivan@example.bg,,11,\n"
    )

    done = take_in(roll, text)

    person = roll.by_address("ivan@example.bg")
    assert (done.added, done.updated) == (1101, 3)
    assert (person.name, person.hour, person.format) == ("Иван Иванов", 11, Format.TEXT)


def test_the_list_says_where_everybody_stands(roll: Roll) -> None:
    """In a last column; nobody is left out."""
    take_in(roll, "address\nactive@example.bg\nleft@example.bg\nblocked@example.bg\n")
    roll.leave(roll.by_address("left@example.bg").id, NOW, "one-click")
    roll.suppressions.add("blocked@example.bg", "bounce", NOW)

    out = b"".join(export_csv(roll.everyone(), suppressed=roll.suppressed()))

    head, *rows = (line.split(",") for line in out.decode("utf-8-sig").splitlines())
    assert head[-1] == "status"
    assert [row[-1] for row in rows] == ["active", "left", "suppressed"]


@pytest.mark.parametrize("status", ["left", "Erased", "suppressed", "отписан", "unsubscribed"])
def test_a_row_of_somebody_who_is_gone_brings_nobody_back(roll: Roll, status: str) -> None:
    """Not even where nobody has heard of them."""
    done = take_in(roll, f"address,status\na@example.bg,{status}\nb@example.bg,active\n")

    assert [line for line, _ in done.refused] == [2]
    assert [one.address for one in roll.everyone()] == ["b@example.bg"]


def test_a_row_that_waits_for_confirmation_still_waits(roll: Roll) -> None:
    """A list that is confirmed as a whole does not speak for whom it marks as pending."""
    take_in(roll, "address,status\na@example.bg,pending\n")

    assert roll.by_address("a@example.bg").status is Status.PENDING


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.binary(max_size=200))
def test_any_bytes_after_a_header_are_rows_or_refusals(roll: Roll, data: bytes) -> None:
    """Never another error."""
    done = take_in(roll, b"address,name,hour,consent_at,sections,format\n" + data)

    assert all(line > 1 and reason for line, reason in done.refused)
    assert done.suppressed == 0
