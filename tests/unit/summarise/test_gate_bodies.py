"""Which ministry, court or commission it is."""

from __future__ import annotations

import pytest

from digest.bulgarian.institutions import Institution, Institutions, known_as
from digest.model import Article, ArticleId
from digest.summarise.bodies import bodies, bodies_of
from digest.summarise.evidence import Reading, Witness

LIBRARY = """Министерството на културата отпусна 80 000 евро за библиотеката в Ракитна. \
Покривът ѝ тече от есента. Софийският градски съд отхвърли жалбата на изпълнителя. Решението може \
да се обжалва пред Софийския апелативен съд. Министерството на образованието не взе отношение. \
Съветник на кмета обясни забавянето."""
WITNESS = Witness(Article(ArticleId("library"), "Пари за библиотеката", LIBRARY))


@pytest.mark.parametrize(
    ("sentence", "instead"),
    [
        (
            "Министерството на туризма даде 80 000 евро за библиотеката.",
            "Министерството на културата",
        ),
        ("Министерството на образованието отпусна 80 000 евро за библиотеката.", "културата"),
        ("Софийският апелативен съд отхвърли жалбата на изпълнителя.", "градски"),
    ],
)
def test_another_institution_is_caught(sentence, instead):
    """One that the article does not know, and one that it names for something else."""
    (found,) = bodies_of(Reading(sentence), [WITNESS])

    assert found.kind == "name"
    assert instead in found.expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Министерството на културата даде 80 000 евро за библиотеката.",
        "Софийският градски съд не прие жалбата на изпълнителя.",
        "Министерството на образованието мълчи.",
        "Съветник на кметицата обясни забавянето.",
    ],
)
def test_the_same_institution_passes(sentence):
    """In other words, and of one of which little is told."""
    assert bodies_of(Reading(sentence), [WITNESS]) == []


def test_an_institution_is_told_by_its_sort_and_one_word():
    """In small letters too; «съветник» is no council."""
    found = [(one.sort, one.telling) for one in bodies(LIBRARY)]

    assert ("минис", "културата") in found
    assert ("съд", "апелативен") in found
    assert not [one for one in found if one[0] == "съвет"]


FIRES = """МВР изпраща двайсет спасители в Гърция. Министерството на отбраната има хеликоптер, но той \
е в ремонт. Комисията за защита на потребителите провери билетите, а КЕВР вдигна цената на тока."""
KNOWN = Institutions(
    (
        Institution("МВР", "Министерство на вътрешните работи"),
        Institution("КЕВР", "Комисия за енергийно и водно регулиране"),
        Institution("МО", "Министерство на отбраната"),
    )
)


@pytest.mark.parametrize(
    ("sentence", "instead"),
    [
        ("Министерството на отбраната изпраща двайсет спасители.", "МВР"),
        ("МО изпраща двайсет спасители в Гърция.", "МВР"),
        ("КЕВР провери билетите.", "Комисията за защита"),
        ("МВР изпраща двайсет спасители.", ""),
        ("Министерството на вътрешните работи изпраща спасители в Гърция.", ""),
        ("МО има хеликоптер, но в ремонт.", ""),
    ],
)
def test_a_short_name_is_one_of_its_sort_too(sentence, instead):
    """„МВР“ is a ministry, and no other one."""
    with known_as(KNOWN):
        found = bodies_of(Reading(sentence), [Witness(Article(ArticleId("f"), "Пожари", FIRES))])

    assert [instead in one.expected for one in found] == [True] * bool(instead)
