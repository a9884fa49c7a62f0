"""How a figure is meant, and when two figures are one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.bulgarian.numbers import Number, numbers
from digest.model import Article, ArticleId
from digest.summarise.counting import by_counting
from digest.summarise.evidence import Reading, Witness, best_support
from digest.summarise.faithful import check
from digest.summarise.figures import counted, numbers_of, rounded, same
from digest.summarise.frames import Frame, contradicts, frame, side, turned
from digest.summarise.reckoned import reckoned

FACTORY = """Заводът за вагони „Релса“ в Костина прие поръчка за 45 вагона. Заплатата там стана \
1480 евро, с 160 евро повече отпреди година. Поръчките от съседния пазар са намалели наполовина. \
Произведени са 310 вагона. Разходите за ток надхвърлят 90 000 евро на месец. Печалбата се увеличи \
от 12% на 19%. В стола се хранят 588 души. Трета част от хората пътуват от Липарево."""
UNITS = ["", "%", "п.п.", "част", "години", "месеца", "седмици", "дни", "ч.", "мин", "км", "м", "т"]
NUMBERS = st.builds(
    Number,
    st.decimals(min_value=-1000, max_value=1000, places=2),
    st.sampled_from(UNITS),
    st.just(0),
    st.just(1),
)
FRAMES = st.builds(
    Frame,
    st.sampled_from(["", "above", "below"]),
    st.sampled_from(["", "delta", "level"]),
    st.sampled_from(["", "past", "now"]),
    st.sampled_from(["", "месе", "годи"]),
)


def only(text: str) -> Number:
    """The number of a text that has one."""
    (number,) = numbers(text, ordinals=True, about=True)
    return number


def framed(text: str) -> Frame:
    """The frame of the first number."""
    return frame(text, numbers(text)[0])


def kinds(sentence: str) -> set[str]:
    """What the gate finds in a sentence."""
    article = Article(ArticleId("factory"), "", FACTORY)
    return {p.kind for one in check(sentence, [article]) for p in one.problems}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Таксата се повишава с 5 евро", Frame(way="delta")),
        ("Таксата поскъпва с около 5 евро", Frame(way="delta")),
        ("Таксата се повишава на 5 евро", Frame(way="level")),
        ("Таксата достигна 5 евро", Frame(way="level")),
        ("Щетите надхвърлят 5 евро", Frame(bound="above")),
        ("Щетите остават под 5 евро", Frame(bound="below")),
        ("Влакът тръгва с 5 вагона", Frame()),
        ("Билетът струва 5 евро на ден", Frame(per="ден")),
        ("Месечната такса е 5 евро", Frame(way="level", era="now", per="месе")),
        ("Преди година билетът струваше 5 евро", Frame(era="past")),
        ("Билетът вече струва 5 евро", Frame(era="now")),
        ("Има 5 повече от миналата година", Frame()),
        ("Увеличението ще бъде около 5 евро", Frame(way="delta")),
        ("Таксата е с над 5 евро повече", Frame(bound="above", way="delta", era="now")),
        ("Съгласи се на 5 евро", Frame()),
        ("Инфлацията се забави до 5%", Frame(way="level")),
        ("Платиха до 5 евро", Frame(bound="below", way="level")),
    ],
)
def test_a_frame_is_what_stands_around_a_figure(text, expected):
    """Bound, change or level, then or now, and per what are read in the figure's clause."""
    assert framed(text) == expected


def test_a_frame_ends_at_its_clause():
    """«На месец» behind the comma belongs to another figure."""
    assert framed("Наемът струва 5 евро, а токът 7 евро на месец").per == ""


def test_a_bound_a_change_and_a_unit_contradict_and_a_gap_does_not():
    """Only what both say can contradict."""
    assert contradicts(Frame(bound="above"), Frame(bound="below"))
    assert contradicts(Frame(way="delta"), Frame(way="level"))
    assert contradicts(Frame(per="месе"), Frame(per="годи"))
    assert not contradicts(Frame(way="delta"), Frame(bound="above"))
    assert not turned(Frame(way="delta"), [])
    assert not turned(Frame(way="delta"), [Frame(way="level"), Frame()])
    assert turned(Frame(way="delta"), [Frame(way="level")])


@given(FRAMES, FRAMES)
def test_contradiction_is_mutual_and_never_with_itself(one, other):
    """The order does not matter, and no frame contradicts itself or an empty one."""
    assert contradicts(one, other) == contradicts(other, one)
    assert not contradicts(one, one)
    assert not contradicts(one, Frame())
    assert not turned(one, [other, one])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("до 2 октомври", "before"),
        ("преди 2 октомври", "before"),
        ("от 2 октомври", "after"),
        ("след 2 октомври", "after"),
        ("считано от 2 октомври", "after"),
        ("на 2 октомври", ""),
        ("нов авто 2 октомври", ""),
    ],
)
def test_a_day_is_a_beginning_or_an_end(text, told):
    """«До» and «преди» end there, «от» and «след» begin there."""
    assert side(text, text.index("2")) == told


@settings(deadline=None)
@given(st.text(alphabet="сднаот повиши5 7,.–%месец", max_size=50))
def test_any_text_has_frames(text):
    """Odd text raises nothing, and the side is one of three."""
    for number in numbers(text):
        frame(text, number, numbers(text))
        assert side(text, number.start) in {"", "before", "after"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("една трета", "33%"),
        ("половин час", "30 минути"),
        ("година и половина", "18 месеца"),
        ("две години", "24 месеца"),
        ("две седмици", "14 дни"),
        ("1500 кг", "1,5 тона"),
        ("2 км", "2000 метра"),
        ("0,3 метра", "30 см"),
        ("3 хектара", "30 декара"),
        ("2 MW", "2000 киловата"),
        ("120 000 евро", "120 хил. евро"),
        ("40 души", "четирийсет"),
        ("шестмесечен", "6 месеца"),
        ("десетилетие", "десет години"),
        ("два века", "200 години"),
        ("0,80 евро", "80 цента"),
        ("половин десетилетие", "пет години"),
    ],
)
def test_one_figure_may_be_written_in_two_units(one, other):
    """Equal by the measure, by the scale or in words; in either order."""
    assert same(only(one), only(other))
    assert same(only(other), only(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("5%", "5 процентни пункта"),
        ("5 MW", "5 мегаватчаса"),
        ("30 метра", "30 сантиметра"),
        ("три години", "три месеца"),
        ("5 лева", "5 евро"),
        ("шест дни", "6"),
        ("една трета", "30%"),
        ("2 хектара", "2 декара"),
    ],
)
def test_other_units_are_other_figures(one, other):
    """The same digits with another unit are not the same figure."""
    assert not same(only(one), only(other))
    assert not same(only(other), only(one))


@given(NUMBERS, NUMBERS)
def test_sameness_is_mutual(one, other):
    """The order does not matter, and a number is the same as itself."""
    assert same(one, other) == same(other, one)
    assert same(one, one)


@pytest.mark.parametrize(
    ("text", "of", "told"),
    [
        ("над 3000 души", "3100 души", True),
        ("под 3000 души", "3100 души", False),
        ("близо 600 души", "588 души", True),
        ("близо 600 души", "400 души", False),
        ("600 души", "588 души", False),
        ("до 600 души", "588 души", True),
        ("над три седмици", "24 дни", True),
        ("под три седмици", "24 дни", False),
    ],
)
def test_a_round_figure_is_round_on_the_side_that_is_said(text, of, told):
    """«Над» is at most a little under the figure, «близо» on either side, and plain is exact."""
    assert rounded(text, only(text), only(of)) is told


@pytest.mark.parametrize(
    ("text", "there", "told"),
    [
        ("увеличи се със 7 процентни пункта", "от 12% на 19%", True),
        ("увеличи се с 9 процентни пункта", "от 12% на 19%", False),
        ("приходите нараснаха с 4 млн. евро", "от 8 млн. евро на 12 млн. евро", True),
        ("приходите са 4 млн. евро", "от 8 млн. евро на 12 млн. евро", False),
        ("половината от тях", "20 от 40", True),
        ("два пъти повече", "от 11 на 22", True),
        ("три пъти повече", "от 11 на 22", False),
        ("изпреварват ги с 58 точки", "59 точки и първо място", False),
        ("със 7 млн. повече", "20 млн. евро и 13 млн. евро", True),
    ],
)
def test_a_figure_may_follow_from_two_of_the_source(text, there, told):
    """A difference where something changed, and a ratio; a place is no figure to count with."""
    said = Reading(text)
    number = next(n for n in said.numbers)
    assert by_counting(number, said, Reading(there).numbers) is told


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ("дарени са 400 000 евро", "900 хил. от 1,3 млн. евро, останалите са дарени", True),
        ("дарени са 400 000 евро", "900 хил. евро след 1,2 млн. евро", False),
        ("общо 12 души са ранени", "7 жени и 5 мъже", True),
        ("12 души са ранени", "7 жени и 5 мъже", True),
        ("13 души са ранени", "7 жени и 5 мъже", False),
        ("12 души са ранени", "7 жени. Други петима са мъже", True),
        ("8 души са ранени", "3 жени. Там има 5 мъже", False),
        ("останалите 15 на сто", "85 на сто от парите", True),
        ("по 3200 евро за всяко", "9600 евро за три легла", True),
        ("по 3300 евро за всяко", "9600 евро за три легла", False),
        ("протестът продължи четири часа", "от 6 до 10 часа", True),
        ("почти всеки трети търговец", "42 от общо 130 търговци", True),
        ("след седем години", "купата от 2019 г. и тази от 2026 г.", True),
        ("след осем години", "купата от 2019 г. и тази от 2026 г.", False),
        ("с 30 цента по-малко", "3,20 евро, а там 2,90 евро", True),
        ("от -5 от 0 градуса", "-5 градуса, а там 10 градуса", False),
        ("с 31 цента по-малко", "3,20 евро, а там 2,90 евро", False),
        ("140 минути", "2 часа и 20 минути", True),
        ("25 минути по-късно", "в 1:15 ч. Там в 1:40 ч.", True),
        ("близо 80 на сто", "620 от 780 водачи", True),
        ("четиридесет минути по-дълго", "пет часа и 10 минути след четири часа и половина", True),
        ("петдесет минути по-дълго", "пет часа и 10 минути след четири часа и половина", False),
        ("една на всеки пет жени", "20% от жените", True),
        ("девет от десет жени", "90 на сто от жените", True),
        ("осем от десет жени", "90 на сто от жените", False),
    ],
)
def test_a_figure_may_follow_from_one_sentence(text, place, told):
    """A rest, a sum, a time between and a share are the source's own where it says so."""
    said = Reading(text)
    witness = Witness(Article(ArticleId("place"), "", place))
    assert reckoned(said.numbers[0], said, [witness]) is told


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Заплатата в завода се увеличи с 1480 евро.", "number"),
        ("Заплатата в завода стана 160 евро.", "number"),
        ("Разходите за ток са под 90 000 евро на месец.", "number"),
        ("Разходите за ток надхвърлят 90 000 евро на година.", "number"),
        ("В стола се хранят над 650 души.", "number"),
        ("Печалбата се увеличи с 9 процентни пункта.", "number"),
        ("Произведени са 45 вагона.", "number"),
    ],
)
def test_a_figure_meant_otherwise_is_caught(sentence, kind):
    """A level for a change, a lower bound for an upper, a year for a month, another's figure."""
    assert kind in kinds(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Заплатата в „Релса“ нарасна със 160 евро за година.",
        "Заплатата в завода достигна 1480 евро.",
        "Разходите за ток са над 90 000 евро месечно.",
        "Разходите за ток са повече от 90 хил. евро на месец.",
        "В стола се хранят близо 600 души.",
        "Печалбата се увеличи със 7 процентни пункта.",
        "Поръчките от съседния пазар са наполовина по-малко.",
        "От Липарево пътува една трета от хората.",
    ],
)
def test_the_same_figure_in_other_words_passes(sentence):
    """Rounded figures, differences, shares and other words for a rise are the source's own."""
    assert kinds(sentence) == set()


BRIDGE = """За моста са дадени 14 млн. евро. Държавата вече преведе 5 млн., а останалите ще дойдат \
през март. За него гласуваха 29 съветници, а 12 бяха „против“. Миналата година бяха 31. В \
болница са четирима души. Три от пострадалите деца са тежко ранени."""


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("Мостът ще струва 14 милиона евро, от които пет вече са преведени.", True),
        ("Мостът ще струва 14 милиона евро, от които шест вече са преведени.", False),
        ("През март ще дойдат още 9 млн. евро за моста.", True),
        ("За моста 29 съветници гласуваха „за“, а 12 „против“.", True),
        ("Четирима пострадали са приети в болница.", True),
    ],
)
def test_what_is_understood_beside_a_figure_is_read(sentence, right):
    """A scale said once, a rest, a tense and a part of those counted are no other figures."""
    article = Article(ArticleId("bridge"), "", BRIDGE)
    said, witness = Reading(sentence), Witness(article)
    found = best_support(said, [witness])
    assert found is not None
    assert (numbers_of(said, found, [witness]) == []) is right


def test_what_is_counted_is_told_by_its_idea():
    """«12 коли» and «12 автомобила» count one thing, a bare figure nothing."""
    cars, autos = "12 коли", "12 автомобила"
    assert counted(cars, only(cars)) == counted(autos, only(autos))
    assert counted("12", Number(Decimal(12), "", 0, 2)) is None
