"""What stands above counts: sections and people are spread, in any order of the input."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from digest.rank.actors import Actor, actors_of
from digest.rank.diversity import Entrant, arrange
from digest.rank.material import Material
from tests.unit.rank.stories import NOW, article, ranked, story


def about(n: int, title: str, text: str, *, voices: int = 3, topic: str = "bulgaria"):
    return story(article(f"a{n}", title=title, text=text), name=f"s{n}", voices=voices, topic=topic)


MINISTER = [
    about(1, "Калчев обеща нов мост край Пролом", "Министърът Стефан Калчев обеща мост.", voices=4),
    about(2, "Стефан Калчев се срещна с миньорите", "Миньорите чакат отговор от Калчев.", voices=4),
    about(3, "Министър Калчев: Парите стигат", "Бюджетът е приет, каза Стефан Калчев.", voices=4),
    about(4, "Калчев откри училище в Бяловир", "Училището е за 300 деца.", voices=4),
    about(5, "Опозицията поиска оставката на Калчев", "Вотът е в сряда.", voices=4),
]
OTHERS = [
    about(6, "Въглищата поевтиняха", "Тонът струва 90 евро.", topic="ikonomika"),
    about(7, "Дъжд отнесе пътя към Върбелец", "Пътят е затворен.", topic="regionalno"),
    about(8, "„Стрелец“ спечели купата", "Мачът завърши 2:1.", topic="sport"),
]


def test_five_stories_of_one_minister_do_not_stand_on_top():
    """Others come between, though each of them alone weighs less."""
    found = ranked(*MINISTER, *OTHERS)

    top = [one.story.id for one in found[:5]]
    assert len([one for one in top if one in {"s1", "s2", "s3", "s4", "s5"}]) <= 3
    said = {one.story.id: one.reasons[-1].sentence for one in found}
    assert "Една по-горна тема също е за Стефан Калчев." in said.values()
    assert "Две по-горни теми също са за Стефан Калчев." in said.values()


def test_the_penalty_is_a_reason_and_scores_fall_from_first_to_last():
    """The score stays the sum of its reasons."""
    found = ranked(*MINISTER, *OTHERS)

    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)
    for one in found:
        assert one.reasons[-1].name == "diversity"
        assert one.score == round(sum(r.weight * r.value for r in one.reasons), 6)


@given(st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(dice: Random):
    """Ties are broken by id, actors are joined over the whole run."""
    mixed = [*MINISTER, *OTHERS]
    dice.shuffle(mixed)

    assert ranked(*mixed) == ranked(*MINISTER, *OTHERS)


def test_one_person_is_joined_over_inflected_and_short_names():
    """With and without first name and office; another of that surname is another."""
    told = [Material(one, NOW) for one in MINISTER]
    assert {actors[0].name for actors in actors_of(told)} == {"Стефан Калчев"}

    ana = Material(about(9, "Ана Калчев пее в Пролом", "Концертът на Ана Калчев е в петък."), NOW)
    keys = {actors[0].key for actors in actors_of([told[1], told[2], ana])}
    assert len(keys) > 1


def test_a_place_is_no_actor_but_what_several_articles_carry_is():
    """„в Пролом“ is where; the full name in two openings is who."""
    text = "Договора подписа Борис Щъркелов снощи."
    pair = story(
        article("a", title="Договорът в Пролом е подписан", text=text),
        article("b", title="Подписаха в Пролом", text=text),
    )
    alone = story(article("a", title="Договорът в Пролом е подписан", text=text))

    assert actors_of([Material(pair, NOW)]) == [(Actor("щъркелов", "Борис Щъркелов"),)]
    assert actors_of([Material(alone, NOW)]) == [()]


def test_what_is_not_printed_takes_no_place_from_others():
    """A held story above is no repetition."""
    held = Entrant("a", 0.9, "sport", (), counts=False)
    free = Entrant("b", 0.5, "sport", ())

    order = arrange([free, held], -0.3, {})

    assert [(one.entrant, one.value) for one in order] == [(1, 0.0), (0, 0.0)]


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 2), st.integers(0, 3)), max_size=40))
def test_each_place_goes_to_the_best_that_is_left(made):
    """The heap gives what a search through all that are left would give."""
    entrants = [
        Entrant(f"s{n:02}", score, f"t{topic}", (Actor(f"p{who}", "П"),) if who else ())
        for n, (score, topic, who) in enumerate(made)
    ]
    order = arrange(entrants, -0.3, {})

    left = set(range(len(entrants)))
    above: list[int] = []
    for placed in order:
        alone = {n: _worth(entrants, n, above) for n in left}
        best = min(left, key=lambda n: (-alone[n], entrants[n].id))
        assert alone[placed.entrant] >= alone[best] - 1e-9
        left.remove(placed.entrant)
        above.append(placed.entrant)


def _worth(entrants: list[Entrant], n: int, above: list[int]) -> float:
    one = entrants[n]
    same = min(6, sum(entrants[m].topic == one.topic for m in above)) / 6
    people = min(3, sum(bool(one.actors) and entrants[m].actors == one.actors for m in above)) / 3
    return one.score - 0.3 * round(0.3 * same + 0.7 * people, 4)


class Counted(str):
    """A section that counts how often it is looked up."""

    __slots__ = ()
    looks = 0

    def __hash__(self) -> int:
        Counted.looks += 1
        return super().__hash__()


def test_the_work_grows_with_the_stories_and_not_with_their_square():
    """Three thousand stories of a few sections and people: each is looked at a few times."""
    Counted.looks = 0
    made = [
        Entrant(f"s{n}", n % 997 / 997, Counted(f"t{n % 8}"), (Actor(f"p{n % 40}", "П"),))
        for n in range(3000)
    ]

    order = arrange(made, -0.3, {})

    assert len(order) == 3000
    assert Counted.looks < 3000 * 30


def test_a_positive_weight_of_diversity_is_refused():
    """It would pile up what should be spread."""
    import pytest

    from digest.errors import WrongSettings

    with pytest.raises(WrongSettings, match="diversity"):
        ranked(*OTHERS, diversity=0.1)
