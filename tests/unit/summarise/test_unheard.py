"""What no article has, and whether it stands together beside words that are the source's."""

from __future__ import annotations

from digest.bulgarian.institutions import known_as
from digest.model import Article, ArticleId
from digest.newsroom import packaged_institutions
from digest.summarise.evidence import Reading, Witness
from digest.summarise.unheard import unheard_signals

CHOIR = """Детският хор на Бистрица замина вчера за Прага. Двадесет и четири деца ще пеят на \
фестивал в неделя, защото миналата година спечелиха наградата на публиката. Диригентката Нели \
Ракова не пътува с тях, защото е с грип. „Ще ги слушам по радиото“, каза тя."""
WITNESS = Witness(Article(ArticleId("choir"), "", CHOIR))
OWN = "Диригентката Нели Ракова не пътува с тях, защото изнася лекция в Мадрид."
PARAPHRASE = "Хорът от Бистрица отпътува за чешката столица, но Нели Ракова остана у дома с грип."


def signals(sentence: str) -> dict[str, float]:
    return unheard_signals(Reading(sentence), [WITNESS])


def test_a_cause_of_another_story_stands_beside_the_words_of_the_source():
    """Its main clause is taken over word for word, and of the cause nothing is heard."""
    own = signals(OWN)

    assert own["unsupported: long part of its own"] == 1
    assert own["unsupported: unheard beside verbatim"] >= 0.5
    assert own["unsupported: part unheard"] == 1


def test_words_of_ones_own_all_over_a_sentence_are_no_part_of_its_own():
    """A paraphrase has as many unheard words, and nothing verbatim beside them."""
    free = signals(PARAPHRASE)

    assert free["unsupported: unheard beside verbatim"] == 0
    assert free["unsupported: long part of its own"] == 0


def test_what_is_only_shortened_has_nothing_unheard():
    """All its words are the source's, in whatever form."""
    short = signals("Нели Ракова, диригентка, не пътува: тя е с грип.")

    assert short["unsupported: unheard in a row"] == 0
    assert short["unsupported: unheard in a part"] == 0


def test_a_row_is_of_three_words_and_within_one_sentence_of_the_source():
    """Two words in common are chance, and a row does not go on across a full stop."""
    two = signals("Детският хор пристигна в Мадрид за изложба на марки.")
    across = signals("Наградата на публиката диригентката изнесе от Мадрид за изложба.")

    assert two["unsupported: unheard beside verbatim"] == 0
    assert 0 < across["unsupported: unheard beside verbatim"] < 0.5


def test_a_sentence_without_content_or_articles_has_the_same_signals():
    """None of them fails for want of words."""
    assert list(signals("И те.")) == list(signals(OWN))
    assert set(signals("И те.").values()) == {0.0}
    assert list(unheard_signals(Reading(OWN), [])) == list(signals(OWN))


def test_one_word_in_the_place_of_another_is_no_part_of_another_story():
    """A good paraphrase changes the verb and keeps the rest."""
    one = signals("Двадесет и четири деца ще участват на фестивал в неделя.")

    assert one["unsupported: unheard beside verbatim"] == 0
    assert one["unsupported: long part of its own"] == 0


def test_an_institution_is_heard_by_its_short_name():
    """The article calls it at length, the summary by its letters."""
    told = "Националният статистически институт обяви данните за инфлацията през март."
    witness = Witness(Article(ArticleId("nsi"), "", told))
    with known_as(packaged_institutions()):
        short = unheard_signals(Reading("НСИ обяви данните за инфлацията през март."), [witness])

    assert short["unsupported: unheard in a row"] == 0
