"""The summary made of the articles' own sentences: no model, no network, the same every time."""

from __future__ import annotations

from collections.abc import Sequence

from digest.model import (
    FREE_EXTRACT,
    Article,
    CheckedSentence,
    Rights,
    Sentence,
    Story,
    StoryId,
    Summary,
)
from digest.settings import Summarise
from digest.summarise.candidates import less
from digest.summarise.headline import Headline, cleaned
from digest.summarise.lines import fold, one_line
from digest.summarise.picking import NOWHERE, Places, Unusable, pick
from digest.summarise.rights import free_extract, quotable
from digest.summarise.usable import NO_TEXT, unfit


def summarise(
    story: Story,
    *,
    rights: Rights | None = None,
    options: Summarise | None = None,
    without: Places = NOWHERE,
) -> Summary:
    """What the digest says of a story.

    Whole sentences of at most `options.max_chars` characters together, each with its article and
    span. `rights` is the most that may be quoted (default: what the articles allow); an article
    with narrower rights is not quoted under it, and when none allows it the freest of theirs
    applies. `facts` without a model is the free extract; `excluded` gives an empty text. A
    sentence that holds a place of `without` is not taken. Never
    raises for odd text: the result is shorter or the title alone, with a `note` that says why.
    """
    options = options or Summarise()
    wish = Rights.LICENSED if rights is None else rights
    mode, pool = quotable(story.articles, wish)
    if mode is Rights.EXCLUDED:
        note = "Правата на източника не позволяват да се цитира."
        return title_alone(story, mode, note)
    if mode is not Rights.LICENSED:
        return _extract(story, mode, _lead_of(story, pool), options.max_chars, without)
    return _chosen(story, _sources(story, pool), options, without)


def for_article(article: Article) -> Story:
    """A story of one article, for a summary of that article alone."""
    return Story(StoryId(article.id), (article,), article.id)


def _lead_of(story: Story, pool: Sequence[Article]) -> Article:
    return next((a for a in pool if a.id == story.lead_article_id), pool[0])


def _sources(story: Story, pool: Sequence[Article]) -> list[Article]:
    """The lead article first, then the others that are no copies, in their order."""
    copies = {copy.article_id for copy in story.copies}
    lead = _lead_of(story, pool)
    others = [a for a in pool if a.id != lead.id and a.id not in copies]
    return [a for a in (lead, *others) if not unfit(a.text)]


def title_alone(story: Story, mode: Rights, note: str) -> Summary:
    """The headline without a text; `note` says why there is none."""
    title = cleaned(story.shown, mode)
    return Summary(
        id=story.id,
        title=title.text,
        text="",
        one_line=one_line(title.text) or title.text,
        method="none",
        rights=mode,
        note=note,
        original_title=_original(title),
    )


def _original(title: Headline) -> str | None:
    return title.original if title.replaced else None


def _extract(
    story: Story, mode: Rights, article: Article, max_chars: int, without: Places
) -> Summary:
    if without.get(article.id):
        return title_alone(story, mode, "Началото на статията не може да се цитира.")
    limit = min(FREE_EXTRACT, max_chars)
    reason = unfit(article.text)
    text = "" if reason else free_extract(article.text, limit)
    if not text.strip():
        return title_alone(story, mode, reason or NO_TEXT)
    sentence = Sentence(fold(text), article.id, 0, len(text))
    return Summary(
        id=story.id,
        title=cleaned(story.shown, mode).text,
        text=text,
        one_line=one_line(text),
        sentences=(sentence,),
        rights=mode,
        checks=_checks((sentence,), (article,)),
        note="Свободен откъс: заглавието и началото на текста.",
    )


def _chosen(story: Story, pool: Sequence[Article], options: Summarise, without: Places) -> Summary:
    if not pool:
        return title_alone(story, Rights.LICENSED, unfit(story.shown.text))
    title = cleaned(story.shown)
    try:
        picked = pick(story, pool, options, title.text, without=without)
    except Unusable as reason:
        return title_alone(story, Rights.LICENSED, str(reason))
    sentences = tuple(Sentence(c.text, c.article_id, c.start, c.end, c.cuts) for c in picked)
    text = " ".join(s.text for s in sentences)
    return Summary(
        id=story.id,
        title=title.text,
        text=text,
        one_line=one_line(text) or title.text,
        sentences=sentences,
        checks=_checks(sentences, pool),
        original_title=_original(title),
    )


def _checks(
    sentences: Sequence[Sentence], articles: Sequence[Article]
) -> tuple[CheckedSentence, ...]:
    """Each sentence against its own span: what the gate calls verbatim, without a search."""
    texts = {a.id: a.text for a in articles}
    return tuple(
        CheckedSentence(
            s.text,
            less(texts[s.article_id], s.start, s.end, s.cuts) == s.text,
            s.article_id,
            s.start,
            s.end,
        )
        for s in sentences
    )
