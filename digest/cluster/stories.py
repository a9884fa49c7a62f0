"""The door of the room: articles in, stories out, the same whatever the order of the input."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from digest.cluster import linkage
from digest.cluster.assign import Before, Begun, Claim, begin
from digest.cluster.copies import LIKE, Copies
from digest.cluster.disagree import disagreements
from digest.cluster.embed import Embedder, Lexical
from digest.cluster.material import Material, prepare
from digest.cluster.pairs import Pairs
from digest.cluster.prototypes import votes
from digest.cluster.series import series
from digest.cluster.spread import spread
from digest.cluster.topics import UNSURE, Decided, topic
from digest.cluster.voices import voices
from digest.cluster.why import reasons
from digest.model import (
    Article,
    ArticleId,
    Bond,
    Copy,
    Disagreement,
    Newsroom,
    Rights,
    Story,
    StoryId,
    Voice,
)
from digest.settings import Cluster

log = logging.getLogger(__name__)

_LATEST = datetime.max.replace(tzinfo=UTC)
_RIGHTS = {Rights.LICENSED: 0, Rights.EXTRACT: 1, Rights.FACTS: 2, Rights.EXCLUDED: 3}


def cluster(
    articles: Sequence[Article],
    *,
    newsroom: Newsroom,
    options: Cluster,
    embedder: Embedder | None = None,
    known: Mapping[ArticleId, StoryId] | None = None,
    settled: Iterable[StoryId] = (),
    bonds: Sequence[Bond] = (),
    since: datetime | None = None,
) -> list[Story]:
    """Groups articles into stories, the most independently told first.

    `known` says in which story an article stood before: such articles stay together, and their
    story keeps its id. Two `settled` stories (readers saw them) are never joined. `bonds` are
    editors' words and stand above both. With `since` only stories with an article published or
    collected since then are given: older articles are there so that stories go on. Articles of
    the same id count once (the fullest). Copies
    are together; without dates the text alone decides. Never raises on poor texts.
    """
    materials = prepare(_distinct(articles))
    if not materials:
        return []
    chosen = embedder or Lexical()
    found = _grouped(
        materials, options, chosen, Before(known or {}, frozenset(settled), tuple(bonds))
    )
    # What was read of the articles has done its work, and is a gigabyte for a hundred thousand.
    batch = _Batch([one.anew() for one in materials], found, newsroom)
    del materials
    wanted = [
        (members, name)
        for members, name in batch.named()
        if since is None or batch.told_since(members, since)
    ]
    facts = spread(lambda at: batch.facts(wanted[at][0]), len(wanted))
    facts = batch.surer([members for members, _ in wanted], facts, chosen)
    stories = [
        batch.story(members, name, known)
        for (members, name), known in zip(wanted, facts, strict=True)
    ]
    return sorted(stories, key=lambda s: (-s.independent_sources, -len(s.articles), s.id))


def story_id(earliest: ArticleId) -> StoryId:
    """A story is named after its earliest article, so that it keeps its name as it grows."""
    return StoryId("s" + hashlib.sha256(earliest.encode()).hexdigest()[:12])


def _distinct(articles: Sequence[Article]) -> list[Article]:
    fullest: dict[ArticleId, Article] = {}
    for article in articles:
        known = fullest.setdefault(article.id, article)
        if _fullness(article) > _fullness(known):
            fullest[article.id] = article
    if len(fullest) < len(articles):
        log.warning("%d articles share an id with another", len(articles) - len(fullest))
    return sorted(fullest.values(), key=_earliest)


def _fullness(article: Article) -> tuple[int, str, str, str]:
    return (len(article.text), article.text, article.title, article.url)


def _earliest(article: Article) -> tuple[datetime, str]:
    return (article.published_at or _LATEST, article.id)


@dataclass(frozen=True, slots=True)
class Grouped:
    """Groups of places, each ascending (earliest first), with what led to them.

    `names` has for each group the id under which it stood before, if it did; `scores` what
    decided between those who speak for their copies.
    """

    groups: Sequence[Sequence[int]]
    names: Sequence[StoryId | None]
    scores: Pairs
    copies: Copies
    before: Before


def _grouped(
    materials: Sequence[Material], options: Cluster, embedder: Embedder, before: Before
) -> Grouped:
    threshold = options.similarity or linkage.THRESHOLD
    near = linkage.alike(embedder.read(materials), threshold * linkage.KEPT)
    copied = Copies(materials, near.at_least(LIKE), options.copy_containment)
    begun = begin(materials, [*copied.wholes(), *series(materials)], before)
    speaker = _speakers(begun, copied)
    lifted = _lifted(_of_one_event(near, copied.round_ups), speaker)
    scores = linkage.judged(materials, lifted, options.window_days, threshold * linkage.JUDGED)
    spoken = [sorted({speaker[at] for at in group}) for group in begun.groups]
    joined = linkage.group(Begun(spoken, begun.claims), scores, threshold)
    found = sorted(
        (sorted(at for one in part for at in begun.groups[one]), _claimed(begun, part).name)
        for part in joined
    )
    return Grouped([g for g, _ in found], [n for _, n in found], scores, copied, before)


def _speakers(begun: Begun, copied: Copies) -> list[int]:
    """For each place the one that speaks for its copies in its group: the longest, earliest."""
    found = [0] * sum(map(len, begun.groups))
    for group in begun.groups:
        for alike in copied.grouped(group):
            longest = max(alike, key=lambda at: (copied.length(at), -at))
            for at in alike:
                found[at] = longest
    return found


def _of_one_event(near: Pairs, round_ups: frozenset[int]) -> Pairs:
    """The near pairs without round-ups, which are like several events and would make them one."""
    import numpy as np

    outside = sorted(round_ups)
    return near.where(~(np.isin(near.left, outside) | np.isin(near.right, outside)))


def _lifted(near: Pairs, speaker: Sequence[int]) -> Pairs:
    """The near pairs between those who speak for their copies; the best of several."""
    import numpy as np

    speaks = np.array(speaker, dtype=np.int64)
    one, other = speaks[near.left], speaks[near.right]
    apart = one != other
    return Pairs.best_of(one[apart], other[apart], near.scores[apart])


def _claimed(begun: Begun, part: Sequence[int]) -> Claim:
    """What the groups of a part claim together, the earliest first."""
    claim = Claim()
    for one in sorted(part, key=lambda at: begun.groups[at][0]):
        claim = claim.plus(begun.claims[one])
    return claim


@dataclass(frozen=True, slots=True)
class Facts:
    """What is found out of one group of articles, apart from the articles themselves."""

    lead: ArticleId
    voices: tuple[Voice, ...]
    copies: tuple[Copy, ...]
    disagreements: tuple[Disagreement, ...]
    section: Decided
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Batch:
    """All that is known of one run's articles when a group of them becomes a story."""

    materials: Sequence[Material]
    found: Grouped
    newsroom: Newsroom

    def named(self) -> Iterator[tuple[Sequence[int], StoryId]]:
        """Each group with its id: the one it had, else one made of its earliest article."""
        bearers = self._bearers()
        taken = set(bearers)
        for at, members in enumerate(self.found.groups):
            name = self.found.names[at]
            if name and bearers[name] == at:
                yield members, name
                continue
            own = story_id(self.materials[members[0]].article.id)
            while own in taken:  # its earliest article once named another story
                own = story_id(ArticleId(own))
            taken.add(own)
            yield members, own

    def _bearers(self) -> dict[StoryId, int]:
        """Which group goes on under a name: of a parted story's the one with most of it."""
        found: dict[StoryId, tuple[int, int]] = {}
        for at, name in enumerate(self.found.names):
            if name:
                stood = sum(self._stood(place) == name for place in self.found.groups[at])
                found[name] = max(found.get(name, (0, 0)), (stood, -at))
        return {name: -at for name, (_, at) in found.items()}

    def _stood(self, place: int) -> StoryId | None:
        """The story in which an article stood before."""
        return self.found.before.known.get(self.materials[place].article.id)

    def told_since(self, members: Sequence[int], since: datetime) -> bool:
        """Whether one of the articles is so young, or has no time at all."""
        articles = (self.materials[at].article for at in members)
        return any(max(_times(one), default=since) >= since for one in articles)

    def facts(self, members: Sequence[int]) -> Facts:
        """What is found out of the articles at these places, earliest first."""
        mine = self._mine(members)
        articles = tuple(m.article for m in mine)
        copies = self.found.copies.of(members)
        inner = tuple(copy for copy in copies if copy.kind == "reprint")
        told = voices(articles, inner, self.newsroom)
        return Facts(
            lead=lead_of(articles, inner).id,
            voices=told,
            copies=copies,
            disagreements=disagreements(articles),
            section=topic(mine, self.newsroom, told),
            why=reasons(members, mine, self.found.scores, inner, self.found.before),
        )

    def surer(
        self, groups: Sequence[Sequence[int]], facts: Sequence[Facts], embedder: Embedder
    ) -> list[Facts]:
        """The same, with the sections of unsure stories weighed again by what they mean.

        The most independently told are read first, as their number is bounded.
        """
        found = list(facts)
        unsure = sorted(
            (at for at, one in enumerate(facts) if one.section.confidence < UNSURE),
            key=lambda at: (-len(facts[at].voices), facts[at].lead),
        )
        by_id = {self.materials[at].article.id: at for group in groups for at in group}
        leads = [self.materials[by_id[facts[at].lead]] for at in unsure]
        for at, likeness in zip(unsure, votes(leads, self.newsroom.topics, embedder), strict=True):
            if likeness:
                told, mine = facts[at].voices, self._mine(groups[at])
                section = topic(mine, self.newsroom, told, likeness=likeness)
                found[at] = replace(facts[at], section=section)
        return found

    def _mine(self, members: Sequence[int]) -> list[Material]:
        """Read anew: what is asked only of a story would stay in memory for the whole batch."""
        return [self.materials[at].anew() for at in members]

    def story(self, members: Sequence[int], name: StoryId, found: Facts) -> Story:
        return Story(
            id=name,
            articles=tuple(self.materials[at].article for at in members),
            lead_article_id=found.lead,
            voices=found.voices,
            copies=found.copies,
            disagreements=found.disagreements,
            topic=found.section.slug,
            topic_confidence=found.section.confidence,
            topic_why=found.section.why,
            place=found.section.place,
            why=found.why,
        )


def _times(article: Article) -> list[datetime]:
    return [at for at in (article.published_at, article.fetched_at) if at]


def lead_of(articles: Sequence[Article], copies: Sequence[Copy]) -> Article:
    """The article that stands for the story: news, licensed, whole, no copy, then the fullest."""
    copied = {copy.article_id for copy in copies}
    return min(
        articles,
        key=lambda a: (
            a.kind != "article",
            a.old_news is not None,
            _RIGHTS[a.rights],
            a.partial or not a.text.strip(),
            a.id in copied,
            -len(a.text),
            *_earliest(a),
        ),
    )
