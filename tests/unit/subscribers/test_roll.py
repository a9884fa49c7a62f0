"""Who is on the roll, and how they come and go."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from subscribers.erase import erase
from subscribers.errors import PersonKnown, PersonUnknown
from subscribers.model import (
    NOT_STORED,
    ConsentStep,
    Format,
    Frequency,
    Person,
    PersonId,
    Status,
    sections_key,
    sections_of,
)
from subscribers.roll import Roll

NOW = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
PENDING = Person(NOT_STORED, "Ivan@Example.BG", name="Иван")


def test_a_person_is_kept_as_given(roll: Roll) -> None:
    """With every wish; any spelling of the address finds them."""
    wishes = replace(
        PENDING,
        sections=frozenset({"sport", "ikonomika"}),
        hour=9,
        timezone="Europe/London",
        frequency=Frequency.WEEKLY,
        format=Format.TEXT,
        lane="abv",
    )

    kept = roll.add(wishes, now=NOW)

    assert roll.get(kept.id) == kept
    assert roll.by_address("IVAN@example.bg") == kept
    assert replace(kept, id=NOT_STORED, address=wishes.address) == wishes


def test_one_mailbox_is_one_person(roll: Roll) -> None:
    """A second spelling is refused, and the first stays."""
    roll.add(replace(PENDING, address="ivan@пример.бг"), now=NOW)

    with pytest.raises(PersonKnown):
        roll.add(replace(PENDING, address="IVAN@xn--e1afmkfd.xn--90ae"), now=NOW)
    assert roll.count() == 1


def test_confirming_makes_active_once(roll: Roll) -> None:
    """A second click changes nothing and records nothing."""
    person = roll.add(PENDING, now=NOW)

    assert roll.confirm(person.id, LATER)
    assert not roll.confirm(person.id, LATER + timedelta(hours=1))

    now = roll.get(person.id)
    assert (now.status, now.confirmed_at) == (Status.ACTIVE, LATER)
    assert _steps(roll) == [ConsentStep.CONFIRMED]


def test_leaving_is_as_easy_as_joining_and_can_be_undone(roll: Roll) -> None:
    """Leaving twice is harmless; an old confirmation link does not bring anybody back."""
    person = roll.add(PENDING, now=NOW)
    roll.confirm(person.id, NOW)

    assert roll.leave(person.id, LATER, "one-click")
    assert not roll.leave(person.id, LATER, "one-click")
    assert not roll.confirm(person.id, LATER)
    assert roll.get(person.id).status is Status.LEFT
    assert roll.resubscribe(person.id, LATER, "undo")

    assert roll.get(person.id).status is Status.ACTIVE
    assert _steps(roll) == [ConsentStep.CONFIRMED, ConsentStep.WITHDRAWN, ConsentStep.RENEWED]


def test_preferences_change_and_nothing_else(roll: Roll) -> None:
    """Address, standing and consent cannot be changed by that door."""
    person = roll.add(PENDING, now=NOW)
    wanted = replace(
        person, hour=18, sections=frozenset({"sport"}), status=Status.LEFT, address="x@example.bg"
    )

    changed = roll.set_preferences(wanted)

    assert (changed.hour, changed.sections) == (18, {"sport"})
    assert (changed.status, changed.address) == (person.status, person.address)


def test_a_pause_holds_active_people_only(roll: Roll) -> None:
    """Pausing does not activate somebody who has not confirmed."""
    person = roll.add(PENDING, now=NOW)

    roll.pause(person.id, LATER)

    assert roll.get(person.id).status is Status.PENDING


def test_an_unknown_person_is_said_to_be_unknown(roll: Roll) -> None:
    """By id and by address."""
    with pytest.raises(PersonUnknown):
        roll.get(PersonId(77))
    with pytest.raises(PersonUnknown):
        roll.by_address("nyama@example.bg")


def test_the_roll_is_counted_and_read_by_pages(roll: Roll) -> None:
    """Every status is named; nobody is read twice."""
    people = [roll.add(replace(PENDING, address=f"a{n}@example.bg"), now=NOW) for n in range(5)]
    roll.confirm(people[0].id, NOW)

    assert roll.counts()[Status.ACTIVE] == 1
    assert roll.counts()[Status.LEFT] == 0
    assert roll.count(status=Status.PENDING) == 4
    assert [one.id for one in roll.list(after=people[1].id, limit=2)] == [3, 4]
    assert [one.id for one in roll.everyone()] == [1, 2, 3, 4, 5]


def test_only_wishes_of_people_who_get_mail_are_rendered(roll: Roll) -> None:
    """A distinct set is a variant."""
    sport = frozenset({"sport"})
    roll.add(replace(PENDING, sections=frozenset({"kultura"})), now=NOW)
    for number in range(2):
        one = replace(PENDING, address=f"a{number}@example.bg", sections=sport)
        roll.confirm(roll.add(one, now=NOW).id, NOW)

    assert roll.section_sets(NOW) == [sport]


def test_a_suppression_outlives_the_person(roll: Roll) -> None:
    """Erased, the address is known by its hash alone, and stays suppressed."""
    person = roll.add(PENDING, now=NOW)
    roll.confirm(person.id, NOW)
    assert not roll.is_suppressed(person.id)

    erased = erase(roll, "ivan@example.bg", NOW)

    assert erased.person_id == person.id
    assert erased.masked == "i***@example.bg"
    assert roll.suppressions.contains("Ivan@example.bg")
    with pytest.raises(PersonUnknown):
        roll.get(person.id)
    assert [one.evidence for one in roll.consents.of(erased.address_hash)] == [""]


def test_erasing_somebody_unknown_keeps_them_out(roll: Roll) -> None:
    """The right holds also for whoever is not on the roll (yet)."""
    assert erase(roll, "nyama@example.bg", NOW).person_id is None
    assert roll.suppressions.contains("nyama@example.bg")


def test_suppressions_are_added_once_and_lifted(roll: Roll) -> None:
    """With a reason and a time."""
    assert roll.suppressions.add("a@example.bg", "hard", NOW)
    assert not roll.suppressions.add("A@example.bg", "complaint", NOW)
    assert [one.reason for one in roll.suppressions.list()] == ["hard"]
    assert roll.suppressions.remove("a@example.bg")
    assert not roll.suppressions.remove("a@example.bg")


@pytest.mark.parametrize(
    "wrong",
    [
        {"hour": 24},
        {"timezone": "Europe/Nikade"},
        {"name": "я" * 201},
        {"sections": frozenset({"a+b"})},
        {"sections": frozenset({"all"})},
        {"status": Status.ACTIVE},
    ],
)
def test_a_person_cannot_be_impossible(wrong: dict[str, object]) -> None:
    """The constructor holds what everybody else relies on."""
    with pytest.raises(ValueError):
        replace(PENDING, **wrong)


def test_a_key_and_its_set_are_one() -> None:
    """The key of a variant sorts; no wish means all."""
    assert sections_key(frozenset({"b", "a"})) == "a+b"
    assert sections_of("a+b") == {"a", "b"}
    assert sections_of(sections_key(frozenset())) == frozenset()


def _steps(roll: Roll) -> list[ConsentStep]:
    return [one.step for one in roll.consents.of(roll.hasher.of("ivan@example.bg"))]
