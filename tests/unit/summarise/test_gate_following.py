"""A sentence that follows one of the source: what differs, and what is only left out."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest.model import Article, ArticleId
from digest.summarise.changed import changed
from digest.summarise.evidence import Reading, Witness
from digest.summarise.faithful import check
from digest.summarise.following import FOLLOWS, followed, laid, like, only_shortened

DAM = """Язовир „Малък дол“ преля в четвъртък и наводни 40 декара ниви край Върбовец. \
Пожарникарите изпомпаха водата за шест часа. Нивото на язовира се повиши с 30 сантиметра за един \
ден. Кметът Ангел Друмев обяви бедствено положение и поиска помощ от областния управител Росица \
Маджарова. Щетите надхвърлят 120 000 евро. Язовирът не е ремонтиран от 2011 г. Стопанинът Кольо \
Бъчваров загуби 14 овце, а брат му Дамян Бъчваров – 3 кошера. Община Стралево даде помпи на \
Букова, а Дренова получи обещания. Проектът вероятно ще бъде готов преди Гергьовден."""
WITNESS = Witness(Article(ArticleId("dam"), "", DAM))
ODD = st.text(alphabet='абвеин АБВ.,:;–-„“"\n\t12%', max_size=60)


def kinds(sentence: str) -> set[str]:
    """What the gate on exchanges finds in a sentence."""
    return {p.kind for p in changed(Reading(sentence), [WITNESS])}


def all_kinds(sentence: str) -> set[str]:
    """What the whole gate finds in a sentence."""
    return {p.kind for one in check(sentence, [WITNESS.article]) for p in one.problems}


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Язовир „Малък дол“ преля в четвъртък и наводни 14 декара ниви край Върбовец.", "number"),
        ("Язовир „Малък дол“ преля в петък и наводни 40 декара ниви край Върбовец.", "date"),
        ("Язовир „Малък дол“ преля в четвъртък и наводни 40 декара ниви край Горовец.", "name"),
        ("Язовир „Голям дол“ преля в четвъртък и наводни 40 декара ниви край Върбовец.", "name"),
        ("Нивото на язовира се понижи с 30 сантиметра за един ден.", "negation"),
        ("Нивото на язовира се повиши с 30 сантиметра за един месец.", "number"),
        ("Нивото на язовира се повиши до 30 сантиметра за един ден.", "number"),
        ("Язовирът е ремонтиран от 2011 г.", "negation"),
        ("Проектът ще бъде готов преди Гергьовден.", "modality"),
        ("Проектът вероятно ще бъде готов след Гергьовден.", "unsupported"),
        ("Община Стралево даде помпи на Дренова.", "name"),
    ],
)
def test_one_piece_for_another_is_caught(sentence, kind):
    """A figure, a day, a name, a direction, a «не» or a «вероятно» is told from the source's."""
    assert kinds(sentence) == {kind}


@pytest.mark.parametrize(
    "sentence",
    [
        "Язовир „Малък дол“ преля в четвъртък и наводни 40 дка ниви край Върбовец.",
        "Язовир „Малък дол“ преля в четвъртък и заля 40 декара ниви край Върбовец.",
        "Язовирът преля в четвъртък и наводни ниви край Върбовец.",
        "Нивото на язовира се вдигна с 30 см за ден.",
        "Пожарникарите изпомпаха водата за 6 часа.",
        "Щетите надхвърлят 120 хил. евро.",
        "Кметът Ангел Друмев обяви бедствено положение.",
        "Кметът поиска помощ от областния управител Росица Маджарова.",
        "Стопанинът Кольо Бъчваров загуби 14 овце, а брат му Дамян – 3 кошера.",
        "Община Стралево даде на Букова помпи.",
        "Проектът може да бъде готов преди Гергьовден.",
        "Наводнени са полята край Върбовец.",
    ],
)
def test_the_same_in_other_words_or_fewer_passes(sentence):
    """An abbreviation, a word of the same meaning, another order and what is left out are right."""
    assert all_kinds(sentence) == set()


def test_a_measure_is_told_from_a_greater_one():
    """Thirty metres are not thirty centimetres, though the figure is the same."""
    assert "number" in all_kinds("Нивото на язовира се повиши с 30 метра за един ден.")
    assert all_kinds("Нивото на язовира се повиши с 0,3 метра за един ден.") == set()


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Язовир „Малък дол“ преля и наводни ниви край Върбовец.", True),
        ("Кметът Ангел Друмев обяви бедствено положение.", True),
        ("Стопанинът Кольо Бъчваров загуби 3 кошера.", False),
        ("Община Стралево даде помпи на Дренова.", False),
        ("Ниви край Върбовец наводни язовир „Малък дол“.", False),
        ("Кметът Ангел Друмев обяви извънредно положение.", False),
        ("", False),
    ],
)
def test_only_shortened_is_what_keeps_the_order_and_its_own_figures(sentence, told):
    """Words may be left out, but no figure and no name may come to stand in another's place."""
    assert only_shortened(Reading(sentence), [WITNESS]) is told


def test_a_sentence_of_another_story_follows_nothing():
    """Where no sentence of the source is followed, nothing is exchanged."""
    said = Reading("Музеят в Липарево показва накити от римско време.")
    assert followed(said, [WITNESS]) == []
    assert changed(said, [WITNESS]) == []


def test_every_sentence_follows_itself():
    """The best is the sentence itself, wholly and with nothing exchanged."""
    for sentence in WITNESS.sentences:
        best = followed(sentence, [WITNESS])[0]
        assert best.place is sentence
        assert (best.share, best.exchanges) == (1.0, ())
        assert changed(sentence, [WITNESS]) == []


def test_numbers_are_laid_by_value_and_names_whole():
    """«Шест часа» and «6 часа» are one token, „Ангел Друмев“ is one too."""
    assert [t.key for t in laid(Reading("шест часа"))] == [t.key for t in laid(Reading("6 часа"))]
    names = [t for t in laid(Reading("Вчера Ангел Друмев дойде.")) if t.kind == "name"]
    assert [t.key for t in names] == ["ангел друмев"]


def test_words_of_one_root_are_alike_and_others_are_not():
    """Likeness is of forms and relatives, in either order."""
    assert like("наводнение", "наводня")
    assert like("наводня", "наводнение")
    assert not like("овца", "кошер")


@settings(max_examples=150, deadline=None)
@given(ODD | st.text(alphabet="0124.,:- ½²٣ачг%", max_size=12))
@example("1.1:1")
@example("-22:2")
def test_tokens_lie_in_order_inside_the_text(text):
    """Any text is laid out without raising, in stretches that do not overlap."""
    row = laid(Reading(text))
    assert all(0 <= t.start < t.end <= len(text) for t in row)
    assert all(a.end <= b.start for a, b in pairwise(row))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(DAM.split()), max_size=14).map(" ".join))
def test_any_mixture_of_the_sources_words_may_be_asked(text):
    """What is followed is followed by its share at least, with an exchange never empty."""
    said = Reading(text)
    for one in followed(said, [WITNESS]):
        assert FOLLOWS <= one.share <= 1
        assert all(exchange.own or exchange.theirs for exchange in one.exchanges)
    assert all(p.kind and p.text in text for p in changed(said, [WITNESS]))
