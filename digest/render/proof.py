"""Which source each sentence of a printed summary rests on: numbers, and the list behind them.

Takes a story of an edition, gives its text in pieces, each with the numbers of its sources, and
the sources by number. A source is an article; its words are not printed again, it is linked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from digest.bulgarian.typography import tidy
from digest.model import ArticleId, Credit, EditionStory, Origin, Sentence
from digest.render.words import clean, safe_url


@dataclass(frozen=True, slots=True)
class Told:
    """A piece of the text with the numbers of its sources, from 1; none when it has no source."""

    text: str
    numbers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedSource:
    """An article that sentences rest on; `url` and `agency` may be empty."""

    number: int
    outlet: str
    title: str
    url: str
    agency: str


@dataclass(frozen=True, slots=True)
class Proof:
    """The text, the one-liner and „Защо е важно“ with their numbers, and the sources."""

    text: tuple[Told, ...] = ()
    line: Told = Told("")
    matters: Told = Told("")
    sources: tuple[PrintedSource, ...] = ()


def proof(story: EditionStory, line: str) -> Proof:
    """Numbers are given in the order of the text; `line` is the one-liner as it is printed.

    A story whose articles are not named (a file without `origins`, with several credits) has its
    text in one piece without numbers.
    """
    matters = clean(tidy(story.matters.text)) if story.matters else ""
    named = _named(story)
    rest = (*story.sentences, *((story.matters,) if story.matters else ()))
    used = list(dict.fromkeys(s.article_id for s in rest if s.start < s.end))
    numbers = {one: at for at, one in enumerate((one for one in used if one in named), 1)}
    text = tuple(_pieces(clean(story.summary), story.sentences, numbers))
    return Proof(
        text=text,
        line=_line(line, story.sentences, numbers),
        matters=Told(matters, _of(story.matters, numbers)),
        sources=tuple(_source(at, named[one], story.credits) for one, at in numbers.items()),
    )


def _named(story: EditionStory) -> Mapping[ArticleId, Origin]:
    """The articles with a name; a story of one credit and one article needs no `origins`."""
    if story.origins:
        return {one.article_id: one for one in story.origins}
    articles = {one.article_id for one in story.sentences}
    if len(articles) == 1 and len(story.credits) == 1:
        (article,), (credit,) = articles, story.credits
        return {article: Origin(article, credit.outlet, credit.title, credit.url)}
    return {}


def _of(sentence: Sentence | None, numbers: Mapping[ArticleId, int]) -> tuple[int, ...]:
    """The number of a sentence's article; an empty span rests on nothing."""
    if sentence is None or sentence.start >= sentence.end or sentence.article_id not in numbers:
        return ()
    return (numbers[sentence.article_id],)


def _pieces(
    text: str, sentences: Sequence[Sentence], numbers: Mapping[ArticleId, int]
) -> Iterator[Told]:
    """The text cut where its sentences end.

    Typography may have changed a sentence so that it is not found; what stands between those that
    are has the sources of all that should stand there.
    """
    at, waiting = 0, list[tuple[int, ...]]()
    found = []
    for one in sentences:
        printed = clean(tidy(one.text))
        begin = text.find(printed, at) if printed else -1
        if begin < 0:
            waiting.append(_of(one, numbers))
            continue
        found += [Told(text[at:begin], _all(waiting)), Told(printed, _of(one, numbers))]
        at, waiting = begin + len(printed), []
    found.append(Told(text[at:], _all(waiting)))
    yield from _joined(found)


def _joined(found: Sequence[Told]) -> Iterator[Told]:
    """The pieces without empty ones; a mark alone, such as „…“, belongs to what it closes."""
    kept: list[Told] = []
    for one in found:
        if kept and not any(c.isalnum() for c in one.text):
            kept[-1] = Told(kept[-1].text + one.text.strip(), kept[-1].numbers)
        elif one.text.strip():
            kept.append(Told(one.text.strip(), one.numbers))
    yield from kept


def _all(waiting: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sorted({number for one in waiting for number in one}))


def _line(line: str, sentences: Sequence[Sentence], numbers: Mapping[ArticleId, int]) -> Told:
    begins = line.rstrip("…. ")
    for one in sentences:
        if begins and begins in clean(tidy(one.text)):
            return Told(line, _of(one, numbers))
    return Told(line)


def _source(number: int, one: Origin, credits: Sequence[Credit]) -> PrintedSource:  # noqa: A002
    agency = next((c.agency for c in credits if c.url == one.url and c.agency), None)
    title = clean(one.title) or clean(one.outlet)
    return PrintedSource(number, clean(one.outlet), title, safe_url(one.url), clean(agency or ""))


def others(sources: Sequence[PrintedSource], credits: Sequence[Credit]) -> tuple[Credit, ...]:  # noqa: A002
    """The credited outlets that are not among the numbered sources."""
    named = {one.outlet for one in sources}
    return tuple(one for one in credits if clean(one.outlet) not in named)
