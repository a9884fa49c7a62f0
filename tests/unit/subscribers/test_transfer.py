"""Lists of people in and out, whatever a spreadsheet made of them."""

from __future__ import annotations

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
    roll: Roll, text: str | bytes, *, confirmed: bool = True, basis: str = "consent"
) -> Imported:
    data = text.encode() if isinstance(text, str) else text
    return import_csv(
        roll,
        data,
        basis=basis,
        evidence="форма на сайта",
        confirmed=confirmed,
        now=NOW,
        lane_of=lambda address: address.rpartition("@")[2],
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


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.binary(max_size=200))
def test_any_bytes_after_a_header_are_rows_or_refusals(roll: Roll, data: bytes) -> None:
    """Never another error."""
    done = take_in(roll, b"address,name,hour,consent_at\n" + data)

    assert all(line > 1 and reason for line, reason in done.refused)
    assert done.suppressed == 0
