"""The packaged outlets hold together, and a home's rows are checked and stand before them."""

from __future__ import annotations

from pathlib import Path

import pytest

from digest.errors import WrongSettings
from digest.newsroom import load_institutions, load_newsroom

PACKAGED = load_newsroom()


def _home(folder: Path, text: str, name: str = "outlets.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_every_packaged_outlet_says_where_its_owner_is_known_from():
    """A claim about ownership without a source is none."""
    assert len(PACKAGED.outlets) > 100
    assert [row.name for row in PACKAGED.outlets if not row.source] == []


def test_the_well_known_groups_are_one_owner_each():
    """By name, alias and sub-host."""
    assert PACKAGED.owner_of("Дневник") == PACKAGED.owner_of("в. „Капитал“") == "Икономедиа"
    investor = {
        PACKAGED.owner_of(name) for name in ("Dnes.bg", "Investor.bg", "Bloomberg TV Bulgaria")
    }
    assert len(investor) == 1
    row = PACKAGED.outlet("", "m.dnevnik.bg")
    assert row is not None
    assert row.name == "Дневник"


def test_every_packaged_agency_outlet_that_is_credited_bears_the_same_name():
    """Else an agency's own text and its reprints would be two voices."""
    agencies = {agency.name for agency in PACKAGED.agencies}
    published = {row.name for row in PACKAGED.outlets if row.kind == "agency"}
    assert published == agencies


def test_an_unknown_outlet_owns_itself():
    """No guess about who stands behind it."""
    assert PACKAGED.owner_of("Примерно издание") == "Примерно издание"
    assert PACKAGED.outlet("", "primerno.example.bg") is None


def test_a_row_of_the_home_stands_for_the_packaged_one(tmp_path):
    """Of the same name, in any case; the others stay."""
    home = _home(tmp_path, '[[outlets]]\nname = "ДНЕВНИК"\nowner = "Друг"\nkind = "newspaper"\n')

    newsroom = load_newsroom(home)

    assert newsroom.owner_of("Дневник") == "Друг"
    assert newsroom.owner_of("Капитал") == "Икономедиа"
    assert len(newsroom.outlets) == len(PACKAGED.outlets)


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ('name = "Пример"\nkind = "site"', "owner"),
        ('name = "Пример"\nowner = "Пример"\nkind = "блог"', "блог"),
        ('name = "Пример"\nowner = "Пример"\nhosts = ["www.dnevnik.bg"]', "Дневник"),
        ('name = "Пример"\nowner = "Пример"\naliases = ["Капитал"]', "Капитал"),
        ('name = "Пример"\nowner = "Пример"\nhosts = "primer.example.bg"', "hosts"),
        ('name = "Пример"\nowner = "А"\n[[outlets]]\nname = "Пример"\nowner = "Б"', "два пъти"),
    ],
)
def test_a_wrong_row_is_named(tmp_path, row, named):
    """With what is wrong in it and what to do."""
    with pytest.raises(WrongSettings) as caught:
        load_newsroom(_home(tmp_path, f"[[outlets]]\n{row}\n"))
    said = f"{caught.value.what} {caught.value.why} {caught.value.fix}"
    assert "Пример" in said
    assert named in said


def test_the_general_section_is_one_of_the_files_own(tmp_path):
    """A home that names its own sections names its general one, or the last is taken."""
    sections = (
        '[[topics]]\nslug = "more"\nname = "Море"\n[[topics]]\nslug = "drugi"\nname = "Други"\n'
    )
    assert load_newsroom(_home(tmp_path, sections, "topics.toml")).general == "drugi"
    named = 'general = "more"\n' + sections
    assert load_newsroom(_home(tmp_path, named, "topics.toml")).general == "more"
    wrong = 'general = "planina"\n' + sections
    with pytest.raises(WrongSettings, match="planina"):
        load_newsroom(_home(tmp_path, wrong, "topics.toml"))


def test_the_packaged_institutions_are_many_and_each_is_known_by_its_own_long_name():
    """A row that its own name does not find would help nobody."""
    table = load_institutions()
    assert len(table.rows) >= 140
    lost = [row.short for row in table.rows if not table.spelled_out(row.short, row.long.lower())]
    assert lost == []


def test_a_homes_institution_is_added_or_stands_for_the_packaged_one(tmp_path):
    """By the short name in any case; the others stay."""
    rows = """[[institutions]]
short = "ПТС"
long = "Примерна телеграфна служба"

[[institutions]]
short = "НСИ"
long = "Нова служба по измерванията"
"""
    table = load_institutions(_home(tmp_path, rows, "institutions.toml"))

    assert table.spelled_out("ПТС", "от примерната телеграфна служба")
    assert table.spelled_out("НСИ", "нова служба за измервания")
    assert not table.spelled_out("НСИ", "националният статистически институт")
    assert len(table.rows) == len(load_institutions().rows) + 1


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ('[[institutions]]\nlong = "Примерна служба"\n', "short"),
        ('[[institutions]]\nshort = "ПС"\n', "long"),
        ('[[institutions]]\nshort = "две думи"\nlong = "Примерна служба"\n', "главни"),
        ('[[institutions]]\nshort = "ПС"\nlong = "По то"\n', "четири"),
        ('[[institutions]]\nshort = "ПС"\nlong = "Примерна служба"\n' * 2, "два записа"),
    ],
)
def test_a_wrong_institution_is_named(tmp_path, rows, named):
    """With what is wrong of it."""
    with pytest.raises(WrongSettings) as refused:
        load_institutions(_home(tmp_path, rows, "institutions.toml"))
    assert named in f"{refused.value.why} {refused.value.fix}"
