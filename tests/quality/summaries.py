"""The corpus of articles with faithful and wrong summaries, as the tests read it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from digest.model import Article, ArticleId, DateBasis, DateClaim

HERE = Path(__file__).parent / "faithfulness"
UNREAD = frozenset("ab")
"""Parts of the corpus whose even articles nobody who writes rules has read the summaries of."""
STRANGER = "f"
"""The part of which nobody has read any: figures rewritten, sums and rests, little wording kept."""
FAITHFUL = ""


@dataclass(frozen=True)
class Case:
    """A summary, its articles, and what is wrong with it (empty: faithful)."""

    name: str
    summary: str
    articles: tuple[Article, ...]
    kind: str

    @property
    def unread(self) -> bool:
        """Whether it is one of the even articles of the first two parts."""
        part, number = self.articles[0].id[0], int(self.articles[0].id[1:])
        return part in UNREAD and number % 2 == 0

    @property
    def stranger(self) -> bool:
        """Whether it is of the part that nobody has read."""
        return self.articles[0].id.startswith(STRANGER)

    @property
    def rewritten(self) -> bool:
        """Whether it is of the parts that came later and rewrite nearly everything."""
        return self.articles[0].id[0] > "d" and not self.stranger

    @property
    def unseen(self) -> bool:
        """Whether nobody who writes rules has read it."""
        return self.unread or self.stranger


def _rows(file: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (HERE / file).read_text("utf-8").splitlines()]


@cache
def cases() -> tuple[Case, ...]:
    """All summaries, in the order of the file."""
    articles = {
        row["id"]: Article(
            ArticleId(row["id"]),
            row["title"],
            row["text"],
            outlet=row["outlet"],
            date=DateClaim(datetime.fromisoformat(row["published_at"]), DateBasis.FEED, 1.0),
        )
        for row in _rows("articles.jsonl")
    }
    found = []
    for row in _rows("cases.jsonl"):
        told = row["article_id"]
        ids = told if isinstance(told, list) else [told]
        kind = FAITHFUL if row["label"] == "faithful" else row["kind"]
        found.append(Case(row["id"], row["summary"], tuple(articles[i] for i in ids), kind))
    return tuple(found)


@cache
def folds(parts: int) -> tuple[int, ...]:
    """In which part each case falls; what has an article in common falls in one."""
    leader: dict[str, str] = {}

    def lead(article: str) -> str:
        while leader.setdefault(article, article) != article:
            article = leader[article]
        return article

    for case in cases():
        first, *others = (lead(str(one.id)) for one in case.articles)
        for other in others:
            leader[other] = first
    order = {one: n for n, one in enumerate(sorted({lead(str(a)) for a in list(leader)}))}
    return tuple(order[lead(str(case.articles[0].id))] % parts for case in cases())
