"""How much of an article may be printed (ЗАПСП, ДВ 100/2023; docs/decisions/0007)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from digest.bulgarian.quotation import spans
from digest.bulgarian.sentences import split
from digest.model import FREE_EXTRACT, Article, ArticleId, Rights

_ORDER = (Rights.EXCLUDED, Rights.EXTRACT, Rights.FACTS, Rights.LICENSED)
_LEAST_EXTRACT = 40


def effective(articles: Iterable[Article]) -> Rights:
    """The rights of a story: those of its freest article, whose text is then the one quoted.

    A story without articles is excluded.
    """
    return max((a.rights for a in articles), key=_ORDER.index, default=Rights.EXCLUDED)


def stricter(one: Rights, other: Rights) -> Rights:
    """The narrower of two modes."""
    return min(one, other, key=_ORDER.index)


def quotable(articles: Sequence[Article], rights: Rights) -> tuple[Rights, list[Article]]:
    """The mode that applies and the articles that allow it.

    When no article allows `rights`, the freest mode that one does allow applies instead.
    """
    mode = stricter(rights, effective(articles))
    return mode, [a for a in articles if _ORDER.index(a.rights) >= _ORDER.index(mode)]


def free_extract(text: str, limit: int = FREE_EXTRACT) -> str:
    """The first at most `limit` characters: exactly `text[0:n]`, cut after a sentence or word.

    An opened quotation is left out whole when enough stands before it.
    """
    if len(text) <= limit:
        return text.rstrip()
    head = text[:limit]
    whole = [end for _, end in split(text[: limit * 3]) if _LEAST_EXTRACT <= end <= limit]
    if whole:
        return text[: whole[-1]]
    if not text[limit].isspace():
        space = max(head.rfind(" "), head.rfind("\n"), head.rfind("\u00a0"))
        head = head[: max(space, 0)]
    for start, _, closed in spans(head):
        if not closed and start >= _LEAST_EXTRACT:
            head = head[:start]
    return head.rstrip(" \n\t\u00a0,;:–-")


@dataclass(frozen=True, slots=True)
class Meter:
    """How much of an article a text repeats.

    `longest` is the longest common run in characters, `start` its place in the folded article,
    `share` its part of the text (0…1).
    """

    longest: int
    start: int
    share: float


def meter(text: str, article: Article) -> Meter:
    """The longest verbatim run of `text` in the article's body, white space and case folded."""
    from difflib import SequenceMatcher

    mine, body = _fold(text), _fold(article.text)
    if not mine or not body:
        return Meter(0, 0, 0.0)
    if mine in body:
        return Meter(len(mine), body.index(mine), 1.0)
    found = SequenceMatcher(None, mine, body, autojunk=False).find_longest_match()
    return Meter(found.size, found.b, found.size / len(mine))


@dataclass(frozen=True, slots=True)
class Use:
    """What a summary takes of one article, to whole words.

    `longest` is the longest run in common in characters, `share` the part of the article that is
    repeated in runs of `LEAST_RUN` words or more (0…1), `limit` the characters that the rights
    leave free, None when whole sentences may be quoted.
    """

    article_id: ArticleId
    rights: Rights
    longest: int
    share: float
    limit: int | None

    @property
    def over(self) -> bool:
        """Whether the run is longer than the rights allow."""
        return self.limit is not None and self.longest > self.limit


LEAST_RUN = 3
"""Words in common that count as repeated: two stand together by chance."""


def used(text: str, article: Article, rights: Rights = Rights.LICENSED) -> Use:
    """How much of the article a summary under `rights` repeats; linear in both texts."""
    mode = stricter(rights, article.rights)
    mine = [word for word, _, _ in _words(text)]
    body = _words(article.text)
    longest, repeated = _runs(mine, body)
    total = sum(len(word) for word, _, _ in body)
    share = sum(len(body[at][0]) for at in repeated) / total if total else 0.0
    limit = {Rights.LICENSED: None, Rights.EXCLUDED: 0}.get(mode, FREE_EXTRACT)
    return Use(article.id, mode, longest, share, limit)


def _words(text: str) -> list[tuple[str, int, int]]:
    return [(one[0], one.start(), one.end()) for one in re.finditer(r"\w+", _fold(text))]


def _runs(mine: Sequence[str], body: Sequence[tuple[str, int, int]]) -> tuple[int, set[int]]:
    """The longest common run in characters, and which words of the body stand in a run."""
    places: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(body) - LEAST_RUN + 1):
        places[tuple(word for word, _, _ in body[at : at + LEAST_RUN])].append(at)
    longest, repeated = 0, set[int]()
    before: set[int] = set()
    for here in range(len(mine) - LEAST_RUN + 1):
        found = places.get(tuple(mine[here : here + LEAST_RUN]), [])
        for at in found:
            if at - 1 in before:
                continue  # a run that began earlier holds it
            size = LEAST_RUN
            while (
                here + size < len(mine)
                and at + size < len(body)
                and mine[here + size] == body[at + size][0]
            ):
                size += 1
            repeated.update(range(at, at + size))
            longest = max(longest, body[at + size - 1][2] - body[at][1])
        before = set(found)
    return longest, repeated


def _fold(text: str) -> str:
    return " ".join(text.split()).lower()
