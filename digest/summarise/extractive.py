"""The summary made of the articles' own sentences: no model, no network, the same every time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

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
from digest.summarise.candidates import Candidate, candidates, foreign, less
from digest.summarise.headline import headline
from digest.summarise.lines import fold, one_line
from digest.summarise.rights import free_extract, quotable
from digest.summarise.scoring import (
    ALIKE,
    FACTS,
    LIKENESS,
    Scale,
    facts_of,
    likeness,
    repeats_title,
    scale,
    worth,
)

_LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)


def summarise(
    story: Story, *, rights: Rights | None = None, options: Summarise | None = None
) -> Summary:
    """What the digest says of a story.

    Whole sentences of at most `options.max_chars` characters together, each with its article and
    span. `rights` is the most that may be quoted (default: what the articles allow); an article
    with narrower rights is not quoted under it, and when none allows it the freest of theirs
    applies. `facts` without a model is the free extract; `excluded` gives an empty text. Never
    raises for odd text: the result is shorter or the title alone, with a `note` that says why.
    """
    options = options or Summarise()
    wish = Rights.LICENSED if rights is None else rights
    mode, pool = quotable(story.articles, wish)
    if mode is Rights.EXCLUDED:
        note = "Правата на източника не позволяват да се цитира."
        return _empty(story, mode, note)
    if mode is not Rights.LICENSED:
        return _extract(story, mode, _lead_of(story, pool), options.max_chars)
    return _chosen(story, _sources(story, pool), options)


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
    return [a for a in (lead, *others) if a.text.strip() and not foreign(a.text)]


def _empty(story: Story, mode: Rights, note: str) -> Summary:
    title = headline(story.lead)
    return Summary(story.id, title, "", one_line(title), method="none", rights=mode, note=note)


def _extract(story: Story, mode: Rights, article: Article, max_chars: int) -> Summary:
    limit = min(FREE_EXTRACT, max_chars)
    text = "" if foreign(article.text) else free_extract(article.text, limit)
    if not text.strip():
        return _empty(story, mode, "Статията няма текст на български.")
    sentence = Sentence(fold(text), article.id, 0, len(text))
    return Summary(
        id=story.id,
        title=headline(article),
        text=text,
        one_line=one_line(text),
        sentences=(sentence,),
        rights=mode,
        checks=_checks((sentence,), (article,)),
        note="Свободен откъс: заглавието и началото на текста.",
    )


def _chosen(story: Story, pool: Sequence[Article], options: Summarise) -> Summary:
    if not pool:
        note = "Статията няма текст на български."
        return _empty(story, Rights.LICENSED, note)
    picked = _pick(story, pool, options)
    if not picked:
        note = "В текста няма изречение, което може да стои само."
        return _empty(story, Rights.LICENSED, note)
    sentences = tuple(Sentence(c.text, c.article_id, c.start, c.end, c.cuts) for c in picked)
    text = " ".join(s.text for s in sentences)
    return Summary(
        id=story.id,
        title=headline(story.lead),
        text=text,
        one_line=one_line(text),
        sentences=sentences,
        checks=_checks(sentences, pool),
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


@dataclass(frozen=True, slots=True)
class _Group:
    """A sentence, or one with the sentence it needs; its worth and the shared facts it tells."""

    members: tuple[Candidate, ...]
    worth: float
    facts: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Choice:
    """What was taken so far, in the order of taking."""

    sentences: tuple[Candidate, ...] = ()
    facts: frozenset[str] = frozenset()

    def fresh(self, group: _Group) -> list[Candidate]:
        return [one for one in group.members if one not in self.sentences]

    def plus(self, group: _Group) -> _Choice:
        return _Choice((*self.sentences, *self.fresh(group)), self.facts | group.facts)


def _pick(story: Story, pool: Sequence[Article], options: Summarise) -> list[Candidate]:
    found = [c for a in pool for c in candidates(a, longest=options.max_chars)]
    found = [c for c in found if not _outdated(story, c)]
    if not found:
        return []
    on = scale(story, pool, found)
    # Only what could win is weighed against what is taken: the rest of a long text stays out.
    best = sorted(_groups(found, on), key=lambda g: -g.worth)[:60]
    choice = _Choice()
    while fitting := [g for g in best if _fits(choice, g, options)]:
        choice = choice.plus(max(fitting, key=lambda g: g.worth + _gain(choice, g, on)))
    order = {a.id: place for place, a in enumerate(pool)}
    return sorted(choice.sentences, key=lambda c: (order[c.article_id], c.index))


def _groups(found: Sequence[Candidate], on: Scale) -> list[_Group]:
    """Sentences that stand alone, and those that need the one before them, with it."""
    fresh = [one for one in found if not repeats_title(one, on.title)] or list(found)
    at = {(one.article_id, one.index): one for one in fresh if not one.needs_previous}
    groups = []
    for one in fresh:
        before = at.get((one.article_id, one.index - 1))
        if not one.needs_previous:
            groups.append(_group((one,), on))
        elif before:
            groups.append(_group((before, one), on))
    return groups


def _group(members: tuple[Candidate, ...], on: Scale) -> _Group:
    value = sum(worth(one, on) for one in members) / len(members)
    told = (facts_of(one.text) for one in members) if on.facts else ()
    return _Group(members, value, frozenset().union(*told) & on.facts)


def _fits(choice: _Choice, group: _Group, options: Summarise) -> bool:
    taken, fresh = choice.sentences, choice.fresh(group)
    length = sum(len(one.text) + 1 for one in (*taken, *fresh)) - 1
    if not fresh or length > options.max_chars:
        return False
    room = options.sentences - len(taken)
    # One sentence more for a story of several voices, when it tells a shared fact.
    extra = room == 0 and len(fresh) == 1 and bool(group.facts - choice.facts)
    if len(fresh) > room and not extra:
        return False
    return all(likeness(one, other) < ALIKE for one in fresh for other in taken)


def _gain(choice: _Choice, group: _Group, on: Scale) -> float:
    """Shared facts that are not yet told, less what repeats the taken sentences."""
    news = len(group.facts - choice.facts) / len(on.facts) if on.facts else 0.0
    taken = choice.sentences
    same = max((likeness(a, b) for a in choice.fresh(group) for b in taken), default=0.0)
    return FACTS * news - LIKENESS * same


def _outdated(story: Story, one: Candidate) -> bool:
    """Whether the sentence gives a disputed figure that a later article of the story replaced."""
    when = {a.id: a.published_at or _LONG_AGO for a in story.articles}
    for dispute in story.disagreements:
        latest = max(when.get(v.article_id, _LONG_AGO) for v in dispute.values)
        for value in dispute.values:
            inside = value.article_id == one.article_id and one.start <= value.start < one.end
            if inside and when.get(value.article_id, _LONG_AGO) < latest:
                return True
    return False
