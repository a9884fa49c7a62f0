"""Summaries made of the articles' own sentences."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.bulgarian.quotation import inside_open
from digest.model import (
    Article,
    ArticleId,
    Disagreement,
    DisputedValue,
    Rights,
    Story,
    StoryId,
    Summary,
    Voice,
)
from digest.settings import Summarise
from digest.summarise.candidates import less
from digest.summarise.extractive import for_article, summarise
from digest.summarise.lines import LONGEST, fold
from digest.summarise.stage import check_dict, summary_dict

BODY = """Община Каменград ще засади 1 200 дървета край река Белица до края на април. Средствата са \
осигурени от общинския бюджет и възлизат на 86 000 евро. /БТА/

Тя започна преди две години с липите в парка.

Снимка: Архив

„Не съм обещавал чудеса.“

- липи
- явори

Според кмета Живко Радоев доброволците са повече от 300 души и идват от пет училища. Тази пролет \
те ще работят само в събота. Вижте още по темата в нашата галерия от миналата година тук."""


def article(text: str = BODY, name: str = "a", **more) -> Article:
    return Article(ArticleId(name), more.pop("title", "Зелен бряг за Каменград"), text, **more)


def of(text: str, **more) -> Summary:
    options = Summarise(**more) if more else Summarise()
    return summarise(for_article(article(text)), options=options)


def verbatim(summary: Summary, *articles: Article) -> bool:
    texts = {a.id: a.text for a in articles}
    return all(
        less(texts[s.article_id], s.start, s.end, s.cuts) == s.text for s in summary.sentences
    )


def test_a_fact_that_stands_for_the_title_is_not_said_again():
    """Under a replaced title comes what is new; the outlet's own title is kept."""
    bait = "Няма да повярвате какво ще засади Каменград"

    line = summary_dict(summarise(for_article(article(title=bait))))

    assert line["title"] == BODY.split(". ", maxsplit=1)[0].replace("1 200", "1\u00a0200")
    assert line["original_title"] == bait
    assert str(line["title"])[:40] not in str(line["text"])
    assert "original_title" not in summary_dict(of(BODY))


def test_the_summary_is_two_sentences_with_their_place():
    """Two whole sentences, agency tag left out, spans and checks right."""
    summary = of(BODY)
    assert len(summary.sentences) == 2
    assert summary.text == " ".join(s.text for s in summary.sentences)
    assert summary.text.startswith("Община Каменград ще засади 1 200 дървета")
    assert "БТА" not in summary.text
    assert verbatim(summary, article())
    assert all(c.supported for c in summary.checks)
    assert summary.method == "extractive"


def test_captions_lists_bare_quotations_and_teasers_stay_out():
    """Nothing that is not a sentence of the article itself is taken."""
    text = of(BODY, sentences=6, max_chars=2000).text
    for stray in ("Снимка", "липи\n", "- ", "чудеса", "Вижте"):
        assert stray not in text


def test_a_pronoun_comes_only_after_its_sentence():
    """«Тя започна…» stands only behind the sentence it points to, and here it cannot."""
    summary = of(BODY, sentences=6, max_chars=2000)
    starts = [s.text.split()[0] for s in summary.sentences]
    assert starts[0] not in {"Тя", "Тази"}
    for place, word in enumerate(starts):
        if word in {"Тя", "Тази"}:
            gap = BODY[summary.sentences[place - 1].end : summary.sentences[place].start]
            assert not gap.replace("/БТА/", "").strip()


@pytest.mark.parametrize("limit", [80, 120, 200, 420])
def test_the_limit_never_cuts_a_sentence(limit):
    """A summary holds whole sentences and at most the wanted characters."""
    summary = of(BODY, max_chars=limit)
    assert len(summary.text) <= limit
    assert verbatim(summary, article())


def test_a_sentence_that_repeats_the_title_is_left_out():
    """The headline is already there."""
    body = (
        "Зеленият бряг за Каменград е вече зелен бряг в Каменград. "
        "Доброволци от пет училища засадиха над триста липи край реката през почивните дни."
    )
    assert of(body).text.startswith("Доброволци")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "Кратко.",
        "- едно\n- две\n- три",
        "Без точка върви този дълъг текст и не спира никъде до самия си край",
        "Кметът каза: „Ще строим нов мост и нова гара. Ще успеем",
        "Министр объявил, что новые меры вступят в силу уже в понедельник, и мы будем ждать.",
        "The minister said that the new measures would come into force on Monday morning.",
        "|a|b|\n|1|2|",
    ],
)
def test_odd_articles_give_a_title_and_a_reason(text):
    """A text without a usable sentence gives the title alone and says why."""
    summary = of(text)
    assert summary.title == "Зелен бряг за Каменград"
    assert summary.text == ""
    assert summary.method == "none"
    assert summary.note


def test_an_article_of_one_sentence_is_its_summary():
    """One good sentence is enough."""
    only = "Община Каменград ще засади 1 200 дървета край река Белица до края на април."
    assert of(only).text == only


def test_a_book_is_read_to_its_beginning_only():
    """Thirty thousand words cost no more than the first sentences."""
    summary = of(
        " ".join(
            [BODY.split("\n\n", maxsplit=1)[0]] + ["Думите са много и никой не ги чете."] * 4300
        )
    )
    assert summary.text.startswith("Община Каменград")


def story(*articles: Article, **more) -> Story:
    return Story(StoryId("s"), articles, articles[0].id, **more)


def test_what_happened_stands_before_what_followed():
    """The first sentence of a second article comes before the third of the lead."""
    lead = article(
        "Стачката в Сребролом свърши.\n\nПреговорите продължиха цяла нощ в сградата на общината. "
        "Всеки миньор получава и премия от 400 евро до 18 декември.",
        title="Край на стачката в Сребролом",
        outlet="Изгрев",
    )
    other = article(
        "Заплатите на миньорите в Сребролом се вдигат с 9% от 1 януари. "
        "Премията от 400 евро се плаща до 18 декември.",
        name="b",
        title="Миньорите получават 9%",
        outlet="Безмен",
    )
    voices = (Voice("Изгрев", "outlet", (lead.id,)), Voice("Безмен", "outlet", (other.id,)))
    summary = summarise(story(lead, other, voices=voices))
    assert {s.article_id for s in summary.sentences} == {lead.id, other.id}
    assert summary.text.startswith("Заплатите на миньорите")


def test_facts_of_two_voices_are_covered():
    """What two outlets tell is preferred to what one tells."""
    first = article(
        "Пожар избухна тази нощ в склад край Велидол и гори до сутринта. "
        "Пламъците се виждаха от няколко съседни села в района на общината. "
        "Ранени са 14 души, каза д-р Ленко Митев от болницата в града.",
        "a",
    )
    second = article("Болницата във Велидол прие 14 души, съобщи д-р Ленко Митев снощи.", "b")
    voices = (Voice("А", "outlet", (first.id,)), Voice("Б", "outlet", (second.id,)))
    text = summarise(story(first, second, voices=voices)).text
    assert "14 души" in text
    assert "Митев" in text


def test_an_older_disputed_figure_is_not_printed():
    """Of two figures the later article's may be quoted."""
    from datetime import UTC, datetime

    from digest.model import DateBasis, DateClaim

    def dated(hour: int, text: str, name: str) -> Article:
        at = datetime(2026, 11, 20, hour, tzinfo=UTC)
        return article(text, name, date=DateClaim(at, DateBasis.META, 0.9))

    old = dated(6, "При срутването край Белица загинаха трима работници от бригадата.", "a")
    new = dated(9, "При срутването край Белица загинаха четирима работници от бригадата.", "b")
    values = tuple(
        DisputedValue(word, a.id, a.text.index(word), a.text.index(word) + len(word))
        for word, a in (("трима", old), ("четирима", new))
    )
    both = story(old, new, disagreements=(Disagreement("загинали", values),))
    assert summarise(both).text == new.text


def test_excluded_gives_no_text():
    """An excluded source is never quoted."""
    summary = summarise(for_article(article()), rights=Rights.EXCLUDED)
    assert (summary.text, summary.method, summary.rights) == ("", "none", Rights.EXCLUDED)


@pytest.mark.parametrize("mode", [Rights.EXTRACT, Rights.FACTS])
def test_an_extract_is_the_beginning_of_the_body(mode):
    """At most 100 characters, exactly as they stand, cut after a word."""
    summary = summarise(for_article(article()), rights=mode)
    assert 0 < len(summary.text) <= 100
    assert BODY.startswith(summary.text)
    assert summary.rights is mode


def test_the_licensed_article_of_a_mixed_story_is_quoted():
    """Text comes from the article that allows it, even when another one leads."""
    shut = article(BODY, "a", rights=Rights.EXTRACT)
    free = article("Доброволци от пет училища засадиха липи край реката през май.", "b")
    summary = summarise(story(shut, free), rights=Rights.LICENSED)
    assert {s.article_id for s in summary.sentences} == {"b"}
    strict = summarise(story(shut), rights=Rights.LICENSED)
    assert (strict.rights, strict.text) == (Rights.EXTRACT, BODY[: len(strict.text)])


def test_the_lines_have_the_contracts_keys():
    """`digest summarise` and `digest check-summary` print exactly the agreed keys."""
    summary = of(BODY)
    line = summary_dict(summary)
    assert set(line) == {
        "id", "title", "text", "one_line", "sentences", "method", "rights", "checks",
    }  # fmt: skip
    assert set(line["sentences"][0]) == {"text", "article_id", "start", "end", "cuts"}
    checked = check_dict("x", summary.checks)
    assert set(checked) == {"id", "passes", "sentences"}
    assert set(checked["sentences"][0]) == {
        "text", "supported", "article_id", "start", "end", "problems",
    }  # fmt: skip


PIECES = st.sampled_from(
    [
        "Община Каменград ще засади 1 200 дървета край река Белица до края на април.",
        "Кметът каза: „Ще успеем. Ще строим“ и си тръгна от залата (снимки) веднага.",
        "Той обеща нов мост на всички жители на града.",
        "„Не знам", "- списък", "\n\n", "Снимка: БТА", "…", "и после", "А. Стъб дойде в гр. Велидол.",
        "Работниците получиха заплати по-рано през 2025 г. според синдиката на място. /БГНЕС/",
    ]
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=12), st.sampled_from(Rights), st.integers(80, 500))
def test_spans_are_always_verbatim(pieces, mode, limit):
    """Whatever the text, each sentence is its span less the cuts, and the limits hold."""
    source = article(" ".join(pieces))
    summary = summarise(for_article(source), rights=mode, options=Summarise(max_chars=limit))
    assert verbatim(summary, source)
    assert len(summary.text) <= limit
    assert len(summary.one_line) <= LONGEST
    assert fold(summary.text) == " ".join(s.text for s in summary.sentences)
    if mode is Rights.LICENSED:
        assert not inside_open(summary.text)
    elif summary.text:
        assert source.text[: len(summary.text)] == summary.text
        assert len(summary.text) <= 100


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_summarised_without_an_exception(text):
    """No input raises, and what comes out is verbatim."""
    source = article(text)
    assert verbatim(summarise(for_article(source)), source)
