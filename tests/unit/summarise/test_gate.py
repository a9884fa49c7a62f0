"""The gate on an invented corpus: what passes and what is caught."""

from __future__ import annotations

import importlib.util
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest

from digest.bulgarian.sentences import split
from digest.model import Article, ArticleId, DateBasis, DateClaim, Rights
from digest.summarise.faithful import check, passes

_SPEC = importlib.util.spec_from_file_location("corpus", Path(__file__).with_name("corpus.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
corpus = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(corpus)

LEAST = {
    "number": 0.95,
    "date": 0.95,
    "name": 0.95,
    "quote": 0.95,
    "negation": 0.85,
    "modality": 0.85,
    "relation": 0.6,
    "crossed": 0.95,
}


def article(name: str, **more) -> Article:
    title, text = corpus.ARTICLES[name]
    return Article(ArticleId(name), title, text, **more)


def kinds(text: str, *articles: Article, **more) -> set[str]:
    return {p.kind for one in check(text, articles, **more) for p in one.problems}


@pytest.fixture(scope="module")
def caught() -> tuple[Counter[str], Counter[str]]:
    """How many cases of each kind there are, and how many the gate stops."""
    total: Counter[str] = Counter()
    stopped: Counter[str] = Counter()
    for name, cases in corpus.CASES.items():
        for kind, sentence in cases:
            total[kind] += 1
            stopped[kind] += not passes(check(sentence, [article(name)]))
    return total, stopped


@pytest.mark.parametrize("kind", LEAST)
def test_wrong_sentences_are_caught(caught, kind):
    """Of the wrong sentences of each kind the gate stops at least the stated share."""
    total, stopped = caught
    assert stopped[kind] / total[kind] >= LEAST[kind]


def test_faithful_paraphrases_pass(caught):
    """At most one faithful sentence in ten is blocked."""
    total, stopped = caught
    assert stopped["faithful"] / total["faithful"] <= 0.1


@pytest.mark.parametrize("name", corpus.ARTICLES)
def test_every_sentence_of_an_article_passes(name):
    """Verbatim sentences pass with their own span."""
    source = article(name)
    for start, end in split(source.text):
        (one,) = check(source.text[start:end], [source])
        assert (one.supported, one.start, one.end) == (True, start, end)


@pytest.mark.parametrize(
    ("name", "sentence", "kind", "expected"),
    [
        ("budget", "Разходите ще достигнат 54,2 млрд. евро.", "number", "52,4 млрд. евро"),
        ("budget", "Дебатите в бюджетната комисия започват в сряда.", "date", "вторник"),
        ("budget", "Синдикатите обявиха протест за 3 декември във Варна.", "name", "София"),
        ("bank", "Икономистът Огнян Пенчев очаква рецесия.", "negation", "не очаква"),
        ("fire", "Причината е късо съединение.", "modality", "Предполагаемата"),
        ("fire", "„Изключваме умишлен палеж“, каза Тонева.", "quote", "Не изключваме"),
        ("bridge", "Разходите ще достигнат 52,4 млрд. евро.", "unsupported", ""),
    ],
)
def test_a_problem_names_its_kind_and_what_the_source_says(name, sentence, kind, expected):
    """A fault says what the source has instead."""
    (one,) = check(sentence, [article(name)])
    assert not one.supported
    assert any(p.kind == kind and expected in p.expected for p in one.problems)


def test_a_part_of_a_sentence_is_not_verbatim():
    """Cutting «твърди, че» away is seen although every word stands in the article."""
    assert kinds("Обвинението не е доказано.", article("court")) == {"modality"}


def test_yesterday_is_counted_from_the_articles_own_date():
    """«Вчера» in the source supports the day before its publication, and no other."""
    at = datetime(2026, 11, 20, 8, tzinfo=UTC)
    source = Article(
        ArticleId("a"),
        "Нов влак",
        "Вчера тръгна нов влак между Каменград и Велидол, съобщи превозвачът.",
        date=DateClaim(at, DateBasis.META, 0.9),
    )
    text = "Нов влак между Каменград и Велидол тръгна на {} ноември."
    assert passes(check(text.format(19), [source]))
    assert kinds(text.format(18), source) == {"date"}


def test_a_fact_may_come_from_any_article_of_the_story():
    """Each sentence finds its own article."""
    text = "Присъдата не е окончателна. Няма пострадали при инцидента."
    checked = check(text, [article("bridge"), article("court")])
    assert [one.article_id for one in checked] == ["court", "bridge"]


def test_text_beyond_the_free_extract_is_overlap():
    """Under `extract` a long run from the body fails, the beginning passes."""
    source = article("court", rights=Rights.EXTRACT)
    later = "Прокурор Ива Робева поиска осем години."
    assert kinds(source.text[:110], source) >= {"overlap"} or kinds(source.text[:130], source)
    assert kinds(source.text.split("\n\n")[1], source) == {"overlap"}
    assert "overlap" not in kinds(later, article("court"))
    assert "overlap" in kinds(source.text, article("court"), rights=Rights.EXTRACT)


@pytest.mark.parametrize("text", ["", " \n", "…", "12", "„", "Москва объявила о новых мерах."])
def test_odd_summaries_do_not_raise(text):
    """Whatever is asked, the answer is a list of checked sentences."""
    for sources in ([], [article("bank")], [Article(ArticleId("x"), "", "")]):
        assert all(not one.supported for one in check(text, sources))


@pytest.mark.parametrize("text", ["а" * 100_000, "1," * 50_000, "не " * 20_000, "„" * 5_000])
def test_what_is_no_text_is_answered_too(text):
    """A word of a hundred thousand letters, digits or marks alone: not supported, and no hang."""
    assert not passes(check(text, [article("budget")]))
