"""Every sentence of a summary is its stretch of the article, less what was cut: always."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from digest.bulgarian.words import words
from digest.model import Article, ArticleId, Story, StoryId, Summary, Voice
from digest.settings import Summarise
from digest.summarise.extractive import for_article, summarise
from digest.summarise.openings import dependent

NAMES = st.sampled_from(["Стоян Белчев", "общината", "„Сигма“ АД", "Рада Велева", "съветът", "МВР"])
DEEDS = st.sampled_from(
    [
        "отпусна 890 000 евро (1,74 млн. лв.) за моста над река Белица",
        "заяви, че Световната здравна организация (СЗО) праща 12 души, цитиран от БТА",
        "откри училище, което, както вече съобщихме, беше затворено",
        "няма да плати глобата, освен ако съдът не реши друго, предаде БГНЕС",
        "обеща: „Няма да чакаме. Парите са тук.“",
        "каза „Парите са тук",
        "показа снимки (виж тук) от с. Ясеново на 5 март 2026 г.",
        "не дойде",
    ]
)
HEADS = st.sampled_from(
    [
        "",
        "",
        "",
        "МОРСКИ РИД /БТА/ ",
        "18:40 ",
        "– ",
        "Белоречие, 26 ноември 2026 г. – ",
        "Но ",
        "Тя и ",
    ]
)
TAILS = st.sampled_from([".", ".", ".", "!", "…", "", ". /БГНЕС, АФП/", ". (БТА)", "?"])
GAPS = st.sampled_from([" ", "  ", "\u00a0", "\n", "\n\n", "\n\n", "\t", "\r\n", "\u2028"])
SENTENCES = st.builds(
    lambda head, name, deed, tail: f"{head}{name[:1].upper()}{name[1:]} {deed}{tail}",
    HEADS, NAMES, DEEDS, TAILS,
)  # fmt: skip
TEXTS = st.lists(st.tuples(SENTENCES, GAPS), max_size=14).map(
    lambda parts: "".join(sentence + gap for sentence, gap in parts)
)


def printed(text: str, start: int, end: int, cuts: tuple[tuple[int, int], ...]) -> str:
    """The contract, letter by letter: the stretch without the cuts, white space folded."""
    cut = {at for a, b in cuts for at in range(a, b)}
    return " ".join("".join(text[at] for at in range(start, end) if at not in cut).split())


def holds(summary: Summary, *articles: Article) -> None:
    texts = {one.id: one.text for one in articles}
    for one in summary.sentences:
        text = texts[one.article_id]
        assert 0 <= one.start < one.end <= len(text)
        assert printed(text, one.start, one.end, one.cuts) == one.text
        at = one.start
        for begin, end in one.cuts:
            assert at <= begin < end <= one.end
            at = end
    assert " ".join(one.text for one in summary.sentences) == summary.text
    assert all(one.supported for one in summary.checks)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.integers(80, 500))
@example("МОРСКИ РИД /БТА/ Общината откри моста, както вече съобщихме, над река Белица.", 420)
@example("Общината\u00a0отпусна\n890 000 евро (1,74 млн. лв.) за моста. /БГНЕС/", 420)
def test_a_sentence_is_its_span_less_the_cuts(text: str, room: int) -> None:
    """In paragraphs, lists, dialogues, with datelines, credits and any white space."""
    source = Article(ArticleId("a"), "Заглавие без общи думи", text)

    summary = summarise(for_article(source), options=Summarise(max_chars=room))

    holds(summary, source)
    assert len(summary.text) <= room
    if summary.sentences:
        first = summary.sentences[0].text
        assert not dependent(first, words(first))


@settings(max_examples=100, deadline=None)
@given(st.lists(TEXTS, min_size=2, max_size=4), st.integers(100, 500))
def test_so_is_it_in_a_story_of_several_outlets(texts: list[str], room: int) -> None:
    """Each sentence against the article that it names."""
    sources = tuple(
        Article(ArticleId(f"a{n}"), "Заглавие", text, outlet=f"Издание {n}")
        for n, text in enumerate(texts)
    )
    voices = tuple(Voice(one.outlet, "outlet", (one.id,)) for one in sources)
    story = Story(StoryId("s"), sources, sources[0].id, voices=voices)

    holds(summarise(story, options=Summarise(max_chars=room)), *sources)
