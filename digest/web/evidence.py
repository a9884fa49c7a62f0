"""What the desk shows of a sentence: its source with a little of what stands around, and the gate.

Takes a story after the gate and its articles, gives rows for the page. Nothing is decided here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from digest.compose.charts import holds
from digest.model import Article, ArticleId, CheckedSentence, EditionStory, Sentence
from digest.render.charted import printed
from digest.summarise.rights import used
from digest.summarise.told import LIMITS, MODES, kind_in_words

if TYPE_CHECKING:
    from digest.actions.checking import Checked

AROUND = 90
"""Characters of the article before and after the sentence: enough to know where one is."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the source sentence; `gone` when the summary left it out."""

    text: str
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: outlet, article, characters, and the words themselves."""

    outlet: str
    title: str
    url: str
    start: int
    end: int
    before: str
    said: tuple[Stretch, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What the gate found: in words, what the sentence says and what the source says."""

    words: str
    found: str
    expected: str


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """A sentence as the page shows it; a part is marked when a fault stands in it."""

    parts: tuple[tuple[str, bool], ...]
    supported: bool
    place: Place | None
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class MeterRow:
    """How much of a source is repeated, and how much may be. `share` is in percent."""

    outlet: str
    title: str
    mode: str
    limit: str
    longest: int
    most: int | None
    share: int
    over: bool


def sentence_rows(
    story: EditionStory, told: Checked, articles: Mapping[ArticleId, Article]
) -> tuple[SentenceRow, ...]:
    """A row for each sentence of the summary, in its order."""
    of = dict(enumerate(story.sentences)) if len(story.sentences) == len(told.sentences) else {}
    return tuple(_row(one, of.get(at), articles) for at, one in enumerate(told.sentences))


def matters_row(
    story: EditionStory, told: Checked, articles: Mapping[ArticleId, Article]
) -> SentenceRow | None:
    """The row of „Защо е важно“, if the story has the line."""
    return _row(told.matters, story.matters, articles) if told.matters else None


def chart_row(story: EditionStory, articles: Mapping[ArticleId, Article]) -> SentenceRow | None:
    """What the chart tells, with the sentence that says it; confirmed while it stands there."""
    shown = printed(story.chart)
    if story.chart is None or shown is None:
        return None
    said = story.chart.said
    one = CheckedSentence(
        shown.said, holds(story.chart, articles), said.article_id, said.start, said.end
    )
    return _row(one, said, articles)


def tried_rows(
    said: Sequence[CheckedSentence], articles: Mapping[ArticleId, Article]
) -> tuple[SentenceRow, ...]:
    """Rows of a text that is not saved yet."""
    return tuple(_row(one, None, articles) for one in said)


def _row(
    one: CheckedSentence, sentence: Sentence | None, articles: Mapping[ArticleId, Article]
) -> SentenceRow:
    faults = tuple(Fault(kind_in_words(p.kind), p.text, p.expected) for p in one.problems)
    return SentenceRow(
        parts=tuple(_parts(one.text, [fault.found for fault in faults])),
        supported=one.supported,
        place=_place(one, sentence, articles),
        faults=faults,
    )


def _parts(text: str, found: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """The sentence with what is at fault apart; a fault that is the whole sentence marks it all."""
    low = text.lower()
    marked = [False] * len(text)
    for one in found:
        at = low.find(one.lower()) if one else -1
        if at >= 0:
            marked[at : at + len(one)] = [True] * len(text[at : at + len(one)])
    begin = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or marked[at] != marked[begin]:
            yield text[begin:at], marked[begin]
            begin = at


def _place(
    one: CheckedSentence, sentence: Sentence | None, articles: Mapping[ArticleId, Article]
) -> Place | None:
    if one.article_id is None or one.start is None or one.end is None:
        return None
    article = articles.get(one.article_id)
    if article is None:
        return None
    same = sentence is not None and (sentence.start, sentence.end) == (one.start, one.end)
    cuts = sentence.cuts if sentence is not None and same else ()
    text = article.text
    return Place(
        outlet=_outlet(article),
        title=article.title,
        url=article.canonical_url or article.url,
        start=one.start,
        end=one.end,
        before=_before(text, one.start),
        said=tuple(_stretches(text, one.start, one.end, cuts)),
        after=_after(text, one.end),
    )


def _outlet(article: Article) -> str:
    return article.outlet or article.site_name or article.source


def _before(text: str, start: int) -> str:
    """The words before a place, from a whole word on."""
    head = " ".join(text[max(0, start - AROUND) : start].split())
    if start <= AROUND:
        return head
    return "… " + head.partition(" ")[2] if " " in head else ""


def _after(text: str, end: int) -> str:
    tail = " ".join(text[end : end + AROUND].split())
    if len(text) <= end + AROUND:
        return tail
    return tail.rpartition(" ")[0] + " …" if " " in tail else ""


def _stretches(
    text: str, start: int, end: int, cuts: Sequence[tuple[int, int]]
) -> Iterator[Stretch]:
    at = start
    for begin, stop in cuts:
        if at < begin:
            yield Stretch(text[at:begin])
        yield Stretch(text[begin:stop], gone=True)
        at = stop
    if at < end:
        yield Stretch(text[at:end])


def meters(story: EditionStory, articles: Mapping[ArticleId, Article]) -> tuple[MeterRow, ...]:
    """A row for each article that the text rests on, in the order of the text."""
    rest = (*story.sentences, *((story.matters,) if story.matters else ()))
    names = dict.fromkeys(s.article_id for s in rest if s.start < s.end)
    text = " ".join((story.summary, story.matters.text if story.matters else ""))
    return tuple(_meter(text, articles[name], story) for name in names if name in articles)


def _meter(text: str, article: Article, story: EditionStory) -> MeterRow:
    use = used(text, article, story.rights)
    return MeterRow(
        outlet=_outlet(article),
        title=article.title,
        mode=MODES[use.rights],
        limit=LIMITS[use.rights],
        longest=use.longest,
        most=use.limit,
        share=round(use.share * 100),
        over=use.over,
    )
