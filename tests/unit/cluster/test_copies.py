"""Reprints: twins, cut tails, added leads; not: round-ups, old texts, reports of one template."""

from __future__ import annotations

from itertools import permutations

import pytest

from digest.cluster.copies import Copies
from digest.cluster.material import prepare
from digest.model import Article, Copy, Story
from tests.unit.cluster.newsroom import BUDGET, FIRE, FIRE_RETOLD, article, fire, grouped, together

FILLER = " ".join(
    f"Под номер {n} в прегледа ни е {what}, за която разказахме подробно."
    for n, what in enumerate(
        ("изложбата", "среднощната", "сесия", "реколтата", "наградата", "премиерата")
    )
)
BACKGROUND = (
    "Заводът край Долен Извор е построен преди четирийсет години и в него са работили две хиляди "
    "души. През последното десетилетие той смени трима собственици и два пъти спира работа заради "
    "дългове към доставчици на ток. Синдикатите настояват за държавна помощ и нов инвеститор."
)
STOPPED = (
    "Пещите изстиват от тази сутрин, след като вчера токът беше спрян заради неплатени сметки за "
    "осем милиона, каза директорът на смяната пред портала."
)


def copies_of(*articles: Article) -> set[tuple[str, str, str]]:
    return {(c.article_id, c.copy_of, c.kind) for c in told(grouped(*articles))}


def told(stories: list[Story]) -> list[Copy]:
    return [copy for story in stories for copy in story.copies]


# ---- what is a reprint


def test_twins_point_to_the_earliest():
    """Three equal texts in three outlets: two reprints of the first, word for word."""
    one, two, three = fire("x", day=20), fire("y", day=21), fire("z", day=21)

    found = told(grouped(three, one, two))

    assert {(c.article_id, c.copy_of) for c in found} == {("y", "x"), ("z", "x")}
    assert {(c.containment, c.differences) for c in found} == {(1.0, ())}


@pytest.mark.parametrize(
    "text",
    [
        FIRE[:160],
        FIRE[: FIRE.index("Щетите")],
        f"Нощ на ужаса преживя градът край морето. {FIRE}",
        f"{FIRE} Прокуратурата се самосезира по случая.",
        FIRE.replace(". ", ".\n\n"),
        FIRE.upper(),
        FIRE.replace("14 души", "15 души"),
    ],
    ids=["cut", "tail cut", "lead added", "tail added", "broken into lines", "case", "figure"],
)
def test_the_same_text_in_other_clothes_is_a_reprint(text):
    """Under an own headline."""
    assert copies_of(fire(day=20), article("r", "Огнен ад край морето", text)) == {
        ("r", "a", "reprint")
    }


def test_a_reprint_of_a_reprint_points_to_the_earliest_it_repeats():
    """A cut of a cut is a copy of the first text, not of the second."""
    found = copies_of(
        fire("x", day=19),
        article("y", "Огън в Карнобат", FIRE[:300], day=20),
        article("z", "Пламъци в Карнобат", FIRE[:200], day=21),
    )

    assert found == {("y", "x", "reprint"), ("z", "x", "reprint")}


def test_a_retold_event_is_no_copy():
    """Own words on the same event share names and figures, not runs of words."""
    assert copies_of(fire(), article("b", "Складът в Карнобат изгоря", FIRE_RETOLD)) == set()


def test_a_reprint_says_what_it_changed():
    """Title, figure and added sentence are kept for the editor."""
    changed = FIRE.replace("14 души", "15 души") + " Прокуратурата се самосезира по случая."

    (copy,) = told(grouped(fire(day=20), article("r", "Огнен ад край морето", changed)))

    assert [d.kind for d in copy.differences] == ["title", "figure", "added"]
    assert copy.containment < 1


def test_short_texts_are_copies_only_when_title_and_text_are_equal():
    """„Очаквайте подробности.“ says nothing; the whole item printed twice does."""
    short = "Очаквайте подробности."
    one = article("x", "Пожар избухна в склад край Карнобат", short)
    same = article("y", "Пожар избухна в склад край Карнобат", short)
    other = article("z", "Мачът в Пролом е отложен за сряда", short)

    assert copies_of(one, same, other) == {("y", "x", "reprint")}
    assert together(one, same, other) == {frozenset("xy"), frozenset("z")}


# ---- what is a part


@pytest.mark.parametrize(
    "text",
    [
        f"{FIRE} {BUDGET}",
        f"{FIRE}\n\n{BUDGET}\n\n{FILLER}",
        f"{FILLER} {FIRE} {FILLER} {BUDGET} {FILLER}",
    ],
    ids=["two items", "at the start", "in the middle"],
)
def test_a_round_up_holds_parts_and_welds_nothing(text):
    """Two pieces of news within a third text are its parts, and all three stay apart."""
    roundup = article("u", "Денят накратко", text, day=22)
    budget = article("c", "Парите за пътищата на Самоков са одобрени", BUDGET)

    assert copies_of(fire(), budget, roundup) == {("u", "a", "part"), ("u", "c", "part")}
    assert together(fire(), budget, roundup) == {frozenset("a"), frozenset("c"), frozenset("u")}


def test_a_round_up_seen_first_welds_nothing_either():
    """The items appear after it, and are parts of it no less."""
    roundup = article("u", "Денят накратко", f"{FIRE} {BUDGET}", day=20)
    budget = article("c", "Парите за пътищата на Самоков са одобрени", BUDGET)

    assert len(together(fire(), budget, roundup)) == 3


def test_two_cuts_of_one_text_are_no_round_up():
    """A feed takes its beginning and another its end: the whole holds both and is their text."""
    begin, end = FIRE[:190], FIRE[190:]
    stories = together(
        fire(day=20),
        article("x", "Пожар в склад за текстил в Карнобат", begin),
        article("y", "Пожар в Карнобат: ранени са 14 души", end),
    )

    assert stories == {frozenset("axy")}


def test_old_paragraphs_used_again_months_later_are_a_part():
    """The background of an earlier article in a new one is another event told with old words."""
    old = article("o", "Заводът край Долен Извор спира работа", f"{STOPPED} {BACKGROUND}", day=1)
    new = article(
        "n",
        "Кандидат-купувач огледа завода край Долен Извор",
        f"Делегация от трима инвеститори огледа халетата и поиска още месец за оферта. {BACKGROUND}",
        day=28,
    )

    assert copies_of(old, new) == {("n", "o", "part")}
    assert together(old, new) == {frozenset("o"), frozenset("n")}


def test_a_whole_text_printed_again_weeks_later_is_a_reprint():
    """Nearly every word is the same: the outlet published it again."""
    assert copies_of(fire(day=1), fire("r", day=28)) == {("r", "a", "reprint")}


# ---- what is no copy


def test_monthly_reports_of_one_template_are_no_copies():
    """Another month, another rate, the same forty words around them."""
    text = (
        "Годишната инфлация през {0} е {1} на сто, сочат данните на статистиката. Спрямо предходния "
        "месец цените се променят с {2} на сто. Най-много поскъпват храните, най-малко облеклото и "
        "обувките. Данните са предварителни и подлежат на преглед в края на годината."
    )
    reports = [
        article(
            f"m{n}",
            f"Инфлацията през {month} е {rate}%",
            text.format(month, rate, step),
            day=20 + n,
        )
        for n, (month, rate, step) in enumerate(
            (("август", "3,1", "0,2"), ("септември", "3,4", "0,1"), ("октомври", "2,9", "0,5"))
        )
    ]

    assert copies_of(*reports) == set()
    assert len(together(*reports)) == 3


def test_daily_accidents_of_one_template_are_no_copies():
    """Two towns in the heads of one police report with the same closing statistics."""
    text = (
        "Катастрофа затвори пътя край {0} тази сутрин, съобщи дирекцията на полицията. Пострадал е "
        "водач на {1} години. Движението край {0} е по обходен маршрут. За денонощието в страната "
        "са станали 18 тежки катастрофи с 25 ранени, сочи статистиката на пътната полиция."
    )
    reports = [
        article(f"k{n}", f"Катастрофа край {town}", text.format(town, age))
        for n, (town, age) in enumerate((("Враца", 41), ("Хасково", 58), ("Добрич", 23)))
    ]

    assert copies_of(*reports) == set()
    assert len(together(*reports)) == 3


# ---- whatever the order


def test_links_do_not_depend_on_the_order_of_the_articles():
    """The same copies of the same originals from every order of a mixed batch."""
    batch = [
        fire("x", day=19),
        fire("y", day=20),
        article("z", "Огън в Карнобат", FIRE[:300], day=21),
        article("u", "Денят накратко", f"{FILLER} {FIRE} {FILLER} {BUDGET}", day=22),
        article("c", "Пътищата на Самоков", BUDGET, day=18),
    ]

    every = {tuple(told(grouped(*order))) for order in permutations(batch)}

    assert len(every) == 1


def test_a_pair_that_the_caller_found_alike_is_looked_at():
    """A cut line of a very long text has too small a Jaccard index for MinHash."""
    long = " ".join(f"{FIRE} Ден {n}: {FILLER}" for n in range(8))
    cut = article("f", "Пожар в Карнобат", FIRE[:110], day=22)
    materials = prepare([article("l", "Пожарът в Карнобат", long), cut])

    found = Copies(materials, [(0, 1)], 0.6).of([0, 1])

    assert [(c.article_id, c.copy_of, c.kind) for c in found] == [("f", "l", "reprint")]
