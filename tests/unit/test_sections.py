"""A newsroom's own names, order and sections, over the packaged ones."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from digest.bootstrap import init_home, open_app
from digest.errors import WrongSettings
from digest.newsroom import load_newsroom
from digest.sections import arranged
from digest.setting_sections import Sections
from digest.settings import load

PACKAGED = load_newsroom()
OWN = {"slug": "more", "name": "Морето", "words": ["кораб", "пристанище"]}


def test_without_settings_the_sections_are_those_of_the_file() -> None:
    """Nothing is copied, nothing moves."""
    assert arranged(PACKAGED, Sections()) is PACKAGED


def test_a_renamed_section_is_printed_by_its_new_name_and_known_by_the_old_label() -> None:
    """Sources go on to call it „Свят“; readers read „По света“."""
    found = arranged(PACKAGED, Sections(names={"svyat": "По света"}))

    assert found.section_name("svyat") == "По света"
    labels = found.categories()
    assert labels["свят"] == labels["по света"] == "svyat"
    assert [one.slug for one in found.topics] == [one.slug for one in PACKAGED.topics]
    assert found.outlets == PACKAGED.outlets


def test_the_named_come_first_and_the_others_follow_as_they_were() -> None:
    """A newsroom that cares for sport need not list the rest."""
    found = arranged(PACKAGED, Sections(order=("sport", "kultura")))

    slugs = [one.slug for one in found.topics]
    rest = [s.slug for s in PACKAGED.topics if s.slug not in {"sport", "kultura"}]
    assert slugs == ["sport", "kultura", *rest]
    assert found.general == PACKAGED.general


def test_an_own_section_stands_beside_the_packaged_ones() -> None:
    """Without a copy of the packaged file, which would miss its later words."""
    found = arranged(PACKAGED, Sections.model_validate({"own": [OWN], "order": ["more"]}))

    assert found.topics[0].slug == "more"
    assert found.topics[0].words == ("кораб", "пристанище")
    assert len(found.topics) == len(PACKAGED.topics) + 1


def test_an_own_section_may_take_the_name_that_another_gave_up() -> None:
    """The label then leads to the section that has the name now."""
    wanted = {"names": {"svyat": "По света"}, "own": [{"slug": "zemya", "name": "Свят"}]}

    labels = arranged(PACKAGED, Sections.model_validate(wanted)).categories()

    assert labels["свят"] == "zemya"


@pytest.mark.parametrize(
    ("wanted", "named"),
    [
        ({"names": {"svqt": "По света"}}, "„svqt“"),
        ({"order": ["svqt"]}, "„svqt“"),
        ({"own": [{"slug": "svyat", "name": "Светът"}]}, "„svyat“"),
        ({"names": {"svyat": "спорт"}}, "„Спорт“"),
        ({"own": [{"slug": "drugo", "name": "Култура"}]}, "„Култура“"),
    ],
)
def test_what_does_not_fit_the_newsroom_is_refused_by_name(
    wanted: dict[str, object], named: str
) -> None:
    """With what to write instead."""
    with pytest.raises(WrongSettings) as refused:
        arranged(PACKAGED, Sections.model_validate(wanted))

    assert named in refused.value.what + refused.value.why
    assert refused.value.fix


@pytest.mark.parametrize(
    "wanted",
    [
        {"names": {"svyat": ""}},
        {"names": {"svyat": "Свят\nи още"}},
        {"names": {"svyat": "Св\u202eят"}},
        {"names": {"svyat": "Свят; спорт"}},
        {"names": {"svyat": "С" * 41}},
        {"order": ["sport", "sport"]},
        {"own": [OWN, OWN]},
        {"own": [{"slug": "all", "name": "Всичко"}]},
        {"own": [{"slug": "Море", "name": "Море"}]},
        {"own": [{"slug": "a+b", "name": "Море"}]},
        {"own": [{"name": "Море"}]},
        {"own": [{**OWN, "duma": "кораб"}]},
        {"drugo": 1},
    ],
)
def test_what_cannot_be_a_section_is_refused_when_it_is_read(wanted: dict[str, object]) -> None:
    """Names are plain text; „all“ and „+“ have a meaning in the variants of a mail."""
    with pytest.raises(ValidationError):
        Sections.model_validate(wanted)


def test_a_home_with_a_slip_says_where_it_is(tmp_path: Path) -> None:
    """The key, the reason and the remedy, in Bulgarian."""
    file = tmp_path / "digest.toml"
    file.write_text('[[sections.own]]\nslug = "all"\nname = "Всичко"\n', encoding="utf-8")

    with pytest.raises(WrongSettings) as refused:
        load(file, environ={})

    assert "sections.own.0.slug" in refused.value.what
    assert "всички рубрики" in refused.value.why


def test_sections_can_be_set_from_the_environment() -> None:
    """Names one by one, the order as a list."""
    environ = {
        "DIGEST_SECTIONS__NAMES__SVYAT": "По света",
        "DIGEST_SECTIONS__ORDER": '["sport"]',
    }

    found = load(environ=environ).settings.sections

    assert found == Sections(names={"svyat": "По света"}, order=("sport",))


def test_every_room_sees_the_arranged_sections_of_an_open_home(tmp_path: Path) -> None:
    """What opens a home arranges it: desk, preferences and mail read the same list."""
    init_home(tmp_path)
    (tmp_path / "digest.toml").write_text(
        '[sections]\norder = ["sport"]\nnames = { svyat = "По света" }\n', encoding="utf-8"
    )

    app = open_app(tmp_path)
    try:
        assert app.newsroom.topics[0].slug == "sport"
        assert app.newsroom.section_name("svyat") == "По света"
    finally:
        app.close()
