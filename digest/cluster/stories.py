"""The door of the room: articles in, stories out, the same whatever the order of the input."""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from digest.cluster import linkage
from digest.cluster.copies import Link, copies_of, joined, links, twins
from digest.cluster.disagree import disagreements
from digest.cluster.embed import Embedder, Lexical, Similarity
from digest.cluster.groups import Union
from digest.cluster.material import Material, prepare
from digest.cluster.topics import topic
from digest.cluster.voices import voices
from digest.cluster.why import reasons
from digest.model import Article, ArticleId, Copy, Newsroom, Rights, Story, StoryId
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
) -> list[Story]:
    """Groups articles into stories, the most independently told first.

    Articles of the same id count once (the fullest). Copies are always together; without dates
    the text alone decides. Never raises on poor texts.
    """
    materials = [prepare(article) for article in _distinct(articles)]
    if not materials:
        return []
    similarity = (embedder or Lexical()).read(materials)
    found, groups = _grouped(materials, similarity, options)
    counts = Counter(term for m in materials for term in m.terms)
    batch = _Batch(materials, similarity, tuple(found), counts, newsroom, options)
    stories = [batch.story(members) for members in groups]
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


def _grouped(
    materials: Sequence[Material], similarity: Similarity, options: Cluster
) -> tuple[list[Link], list[list[int]]]:
    """Copies and the groups of places, each ascending, so earliest first."""
    threshold = options.similarity or linkage.THRESHOLD
    equal = twins(materials)
    firsts = [group[0] for group in equal]
    near = _near([materials[at] for at in firsts], firsts, similarity, threshold / 2)
    inner = [materials[at] for at in firsts]
    placed = {at: i for i, at in enumerate(firsts)}
    found = [
        Link(firsts[link.one], firsts[link.other], link.share)
        for link in links(
            inner, [(placed[a], placed[b]) for a, b in near], options.copy_containment
        )
    ]
    union = joined(materials, equal, found)
    scores = linkage.Scores(materials, similarity, options.window_days, threshold)
    fullest = [_fullest(group, materials) for group in union.groups()]
    for members in linkage.group(fullest, _lifted(near, union, fullest), scores):
        for at in members[1:]:
            union.join(members[0], at)
    return found, union.groups()


def _near(
    materials: Sequence[Material], places: Sequence[int], similarity: Similarity, least: float
) -> dict[linkage.Pair, float]:
    pairs = [(places[a], places[b]) for a, b in linkage.candidates(materials)]
    return linkage.alike(pairs, similarity, least)


def _fullest(group: Sequence[int], materials: Sequence[Material]) -> int:
    """The article that speaks for a group of copies: the longest, the earliest of equals."""
    return max(group, key=lambda at: (len(materials[at].tokens), -at))


def _lifted(
    near: dict[linkage.Pair, float], union: Union, fullest: Sequence[int]
) -> dict[linkage.Pair, float]:
    """The near pairs between those who speak for their copies; the best of several."""
    speaker = {union.find(at): at for at in fullest}
    lifted: dict[linkage.Pair, float] = {}
    for (one, other), score in near.items():
        a, b = sorted((speaker[union.find(one)], speaker[union.find(other)]))
        if a != b:
            lifted[a, b] = max(score, lifted.get((a, b), 0.0))
    return lifted


@dataclass(frozen=True, slots=True)
class _Batch:
    """All that is known of one run's articles when a group of them becomes a story."""

    materials: Sequence[Material]
    similarity: Similarity
    links: tuple[Link, ...]
    counts: Counter[str]
    newsroom: Newsroom
    options: Cluster

    def story(self, members: Sequence[int]) -> Story:
        """The story of the articles at these places, earliest first."""
        mine = [self.materials[at] for at in members]
        articles = tuple(m.article for m in mine)
        copies = copies_of(members, self.materials, self.links, self.options.copy_containment)
        told = voices(articles, copies, self.newsroom)
        section = topic(mine, self.newsroom, told)
        return Story(
            id=story_id(articles[0].id),
            articles=articles,
            lead_article_id=lead_of(articles, copies).id,
            voices=told,
            copies=copies,
            disagreements=disagreements(articles),
            topic=section.slug,
            topic_confidence=section.confidence,
            topic_why=section.why,
            place=section.place,
            why=reasons(members, self.materials, self.similarity, copies, self.counts),
        )


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
