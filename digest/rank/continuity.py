"""What earlier editions printed, and what is new since.

A story returns only with a new supported fact: one sentence, published since, that says what no
printed text of that story had. `Archive` finds what was printed of a story in all the editions
that it is given, `development` the sentence. What counts as a fact is decided in `facts.py`.
"""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from digest.bulgarian.dates import date_in_words
from digest.bulgarian.names import subjects
from digest.bulgarian.sentences import split
from digest.bulgarian.words import lemmas, words
from digest.model import (
    FREE_EXTRACT,
    Article,
    Development,
    Printed,
    Rights,
    Story,
    StoryId,
)
from digest.rank.facts import COUNTED, Known, known, new_figure, novelty, stem

OPENING = 600
"""Characters of a text by which events are compared; the rest is background that they share."""
ALIKE = 0.16
"""Cosine of the openings' lemmas: on labelled documents .78 of the pairs of one event reach it
and 1.7 % of the pairs of two events of one running affair; the shared name is asked besides."""
CONTENT_ALIKE = 0.06
"""The same without names: two stories of one minister share him and little else."""
RARE_SHARE = 0.2
"""A term of more than a fifth of the printed stories does not make two of them candidates."""
MOST_PLACES = 60
"""And of more than sixty never, so that a long archive costs no more than its rare terms."""
CANDIDATES = 6
OTHER_TELLERS = 3
"""Beside the lead so many of a story's articles are compared: one of them may use the words that
were printed."""

OPENING_SENTENCES = 3
"""A development is announced in the title or in one of so many sentences."""
SAID = 0.8
"""Share of a sentence's runs of three words that were printed: a dateline or a name put before
it, or a word changed, does not make it another sentence."""
RUN = 3
MOST_ARTICLES, MOST_SENTENCES = 40, 200
"""A live blog of thousands of entries is asked for its latest ones only."""
LEAST_WORDS = 3
"""„Загиналите са четирима.“ is a whole message; two words are a caption."""
LONGEST_LINE, SHORTEST_LINE = 200, 60
"""Characters of the line „Ново от вчера“: it is read on a phone, above the summary's own two."""


@dataclass(frozen=True)
class Earlier:
    """All that editions printed of one story, the newest first."""

    printed: tuple[Printed, ...]

    @property
    def date(self) -> date:
        """The day of the latest edition with it."""
        return self.printed[0].date

    @cached_property
    def known(self) -> Known:
        """Everything that any of the editions knew of it: what was told once is not new again."""
        texts = [f"{one.title}.\n\n{one.text}" for one in self.printed]
        return known(
            texts,
            (text[a:b] for text in texts for a, b in split(text)),
            (one.title for one in self.printed),
        )

    def said(self, sentence: str) -> bool:
        """Whether the same words, or all but a few and no other figure, were printed."""
        plain = words(sentence)
        if " ".join(plain) in self._sentences:
            return True
        runs = _runs(plain)
        shared = len(runs & self._runs)
        return bool(runs) and shared >= SAID * len(runs) and not new_figure(sentence, self.known)

    @cached_property
    def _runs(self) -> frozenset[tuple[str, ...]]:
        return frozenset(run for one in self.printed for run in _runs(words(one.text)))

    @cached_property
    def _sentences(self) -> frozenset[str]:
        titles = {_plain(one.title) for one in self.printed}
        return frozenset(
            titles | {_plain(p.text[a:b]) for p in self.printed for a, b in split(p.text)}
        )


class Archive:
    """The earlier editions' stories, ready to be asked for one that is told again."""

    def __init__(self, printed: Iterable[Printed], stories: Sequence[Story]) -> None:
        self._printed = sorted(printed, key=lambda p: (p.date, p.edition, p.story_id), reverse=True)
        self._by_id: dict[StoryId, list[int]] = defaultdict(list)
        for place, one in enumerate(self._printed):
            self._by_id[one.story_id].append(place)
        self._terms = [_terms(p.title, p.text) for p in self._printed]
        self._mine = {s.id: _terms(s.lead.title, s.lead.text) for s in stories if self._printed}
        counted = Counter(t for terms in (*self._terms, *self._mine.values()) for t in terms)
        total = len(self._terms) + len(self._mine)
        self._idf = {t: math.log((1 + total) / (1 + n)) + 1 for t, n in counted.items()}
        self._norms = [_norm(terms, self._idf) for terms in self._terms]
        self._places = self._index()
        self._named: dict[int, frozenset[str]] = {}
        self._told: dict[tuple[int, ...], Earlier] = {}

    def _index(self) -> dict[str, tuple[int, ...]]:
        """Term → places of the printed stories with it, for the terms that are rare among them."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, terms in enumerate(self._terms):
            for term in terms:
                places[term].append(place)
        most = min(MOST_PLACES, max(6, int(RARE_SHARE * len(self._terms))))
        return {term: tuple(found) for term, found in places.items() if len(found) <= most}

    def earlier(self, story: Story) -> Earlier | None:
        """What was printed of the same event, by id and by likeness; None if nothing was."""
        places = set(self._by_id.get(story.id, ()))
        # The same event may have been printed under several ids; each brings its own mornings.
        if (like := self.alike(story, lambda p: p.story_id != story.id)) is not None:
            places.add(like)
        for place in tuple(places):
            places.update(self._by_id[self._printed[place].story_id])
        if not places:
            return None
        key = tuple(sorted(places))
        if key not in self._told:
            self._told[key] = Earlier(tuple(self._printed[place] for place in key))
        return self._told[key]

    def alike(self, story: Story, among: Callable[[Printed], bool] = lambda _: True) -> int | None:
        """The place of the printed story that is most like this one, if one tells its event."""
        mine = self._mine.get(story.id) or _terms(story.lead.title, story.lead.text)
        rest = [a for a in story.articles if a.id != story.lead_article_id][:OTHER_TELLERS]
        asked = [(story.lead, mine), *((a, _terms(a.title, a.text)) for a in rest)]
        found = (self._nearest(article, terms, among) for article, terms in asked)
        return next((place for place in found if place is not None), None)

    def _nearest(
        self, article: Article, mine: frozenset[str], among: Callable[[Printed], bool]
    ) -> int | None:
        near = sorted(
            (-self._likeness(mine, place), place)
            for place in self._candidates(mine)
            if among(self._printed[place])
        )
        if not near or -near[0][0] < ALIKE:
            return None
        named = _name_stems(f"{article.title}. {article.text[:OPENING]}")
        return next((p for cos, p in near if -cos >= ALIKE and self._agrees(mine, named, p)), None)

    def _candidates(self, mine: frozenset[str]) -> list[int]:
        """The few printed stories that share most of the rare terms; the others are not read."""
        shared: dict[int, float] = defaultdict(float)
        for term in mine & self._places.keys():
            for place in self._places[term]:
                shared[place] += self._idf[term] ** 2
        best = heapq.nsmallest(
            CANDIDATES, ((-weight / self._norms[place], place) for place, weight in shared.items())
        )
        return [place for _, place in best]

    def _agrees(self, mine: frozenset[str], named: frozenset[str], place: int) -> bool:
        """A name in common, and something besides the names."""
        if place not in self._named:
            self._named[place] = _name_stems(_opening(self._printed[place]))
        theirs = self._named[place]
        if not named & theirs:
            return False
        both = named | theirs
        bare = frozenset(t for t in mine if t[:5] not in both)
        return self._likeness(bare, place, without=both) >= CONTENT_ALIKE

    def _likeness(
        self, mine: frozenset[str], place: int, *, without: frozenset[str] = frozenset()
    ) -> float:
        theirs = self._terms[place]
        if without:
            theirs = frozenset(t for t in theirs if t[:5] not in without)
        common = sum(self._idf.get(t, 0.0) ** 2 for t in mine & theirs)
        return common / (_norm(mine, self._idf) * _norm(theirs, self._idf))


def development(story: Story, earlier: Earlier, now: datetime) -> Development | None:
    """The line that says what is new since; None without a new fact that may be told.

    Only articles dated on the last edition's day or later may bring it, the latest first. The
    line is a whole sentence within the source's rights, at most `LONGEST_LINE` characters, else
    a stretch of it up to the end of a clause, else the article's title (start and end are then
    0: a title is always free to quote).
    """
    for article in _since(story, earlier, now):
        if line := _line(article, earlier):
            return line
    return None


def repeated(earlier: Earlier) -> str:
    """Why a story without a new fact stays out."""
    return f"Вече беше в броя от {date_in_words(earlier.date)}, без нов факт."


def _since(story: Story, earlier: Earlier, now: datetime) -> list[Article]:
    news = [a for a in story.articles if a.kind == "article" and a.rights is not Rights.EXCLUDED]
    dated = [(a.published_at, a) for a in news if a.published_at and a.old_news is None]
    zone = now.tzinfo
    fresh = [(at, a) for at, a in dated if at <= now and at.astimezone(zone).date() >= earlier.date]
    copied = {c.article_id for c in story.copies}
    order = sorted(fresh, key=lambda p: (-p[0].timestamp(), p[1].id in copied, p[1].id))
    return [article for _, article in order[:MOST_ARTICLES]]


def _line(article: Article, earlier: Earlier) -> Development | None:
    """The strongest new sentence that may be printed, or the title in its place."""
    told = earlier.known
    fresh = [
        (place, a, b)
        for place, (a, b) in enumerate(split(article.text)[:MOST_SENTENCES])
        if not earlier.said(article.text[a:b])
    ]
    # A short text that was only added to opens where the addition stands.
    weighed = [
        (
            novelty(
                article.text[a:b],
                told,
                prominent=n < OPENING_SENTENCES and place < 2 * OPENING_SENTENCES,
            ),
            a,
            b,
        )
        for n, (place, a, b) in enumerate(fresh)
    ]
    in_title = novelty(article.title, told, prominent=True, headline=True)
    best = max((weight for weight, _, _ in weighed), default=0)
    if not best and (not in_title or (in_title < COUNTED and len(fresh) > OPENING_SENTENCES)):
        # A whole article that says nothing new under a new headline is the old one.
        return None
    for weight, start, end in sorted(weighed, key=lambda found: (-found[0], found[1])):
        # A weaker sentence would hide what the title says outright.
        if not weight or weight * 2 < in_title:
            break
        for a, b in _stretches(article, start, end):
            piece = article.text[a:b]
            if (a, b) == (start, end) or novelty(piece, told, prominent=True):
                return Development(earlier.date, " ".join(piece.split()), article.id, a, b)
    return _title(article, earlier, said=bool(in_title))


def _title(article: Article, earlier: Earlier, *, said: bool) -> Development | None:
    """The headline as the line: it says the new fact itself, or is at least not yesterday's."""
    title = " ".join(article.title.split())
    if not title or title.endswith(("…", "...")) or (not said and earlier.said(title)):
        return None
    return Development(earlier.date, title, article.id, 0, 0)


def _stretches(article: Article, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentence if it can stand alone and may be quoted, else its openings, longest first."""
    sentence = article.text[start:end]
    if not _WHOLE.search(sentence) or not _STANDS_ALONE.match(sentence):
        return
    if len(words(sentence)) < LEAST_WORDS:
        return
    # The free extract is the body's first hundred characters (docs/decisions/0007).
    allowed = end if article.rights is Rights.LICENSED else FREE_EXTRACT
    if end <= allowed and len(sentence) <= LONGEST_LINE:
        yield start, end
        return
    if sentence.count("„") or sentence.count('"'):
        return
    for cut in reversed([start + m.start() for m in _CLAUSE.finditer(sentence)]):
        if cut <= allowed and SHORTEST_LINE <= cut - start <= LONGEST_LINE:
            yield start, cut


_WHOLE = re.compile(r"(?<!\.\.)[.!?][“”\"»)\]]*\s*$")
"""A sentence cut by its feed ends in dots or in nothing."""
_STANDS_ALONE = re.compile(
    r"(?!(?:Той|Тя|То|Те|Това|Тези|Този|Тази|Така|Освен това|Именно|Затова|Но|А|И|Още|Също|Там"
    r"|Тогава|Негов\w+|Нейн\w+|Техн\w+|Последн\w+ обаче)\b)[„\"«\dА-ЯA-Z]"
)
_CLAUSE = re.compile(
    r",(?= (?:като|но|а|след като|докато|което|който|която|които|тъй като)\b)|;| – "
)


def _runs(plain: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(plain[n : n + RUN]) for n in range(len(plain) - RUN + 1)}


def _plain(text: str) -> str:
    return " ".join(words(text))


def _opening(printed: Printed) -> str:
    return f"{printed.title}. {printed.text[:OPENING]}"


def _terms(title: str, text: str) -> frozenset[str]:
    return frozenset(t for t in lemmas(f"{title} {text[:OPENING]}") if not t.isdigit())


def _norm(terms: frozenset[str], idf: dict[str, float]) -> float:
    return math.sqrt(sum(idf.get(t, 0.0) ** 2 for t in terms)) or 1.0


def _name_stems(text: str) -> frozenset[str]:
    return frozenset(stem(w) for name in subjects(text) for w in words(name) if len(w) > 2)
