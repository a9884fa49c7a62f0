"""The labelled items of the sections, read from the two files beside this module."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from digest.cluster.material import Material
from digest.cluster.topics import Decided, topic
from digest.model import Article, ArticleId, Newsroom


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a feed and the section where an editor would print it."""

    section: str
    article: Article


def items(name: str) -> list[Item]:
    """The items of `topic_items_NAME.txt`."""
    file = Path(__file__).with_name(f"topic_items_{name}.txt")
    lines = file.read_text(encoding="utf-8").splitlines()
    return [_item(at, line) for at, line in enumerate(lines) if line and line[0] != "#"]


def _item(at: int, line: str) -> Item:
    section, category, path, title, text = (part.strip() for part in line.split("|"))
    article = Article(
        ArticleId(f"t{at}"),
        title,
        text,
        outlet="Пример",
        url=f"https://primer.example.bg{path or '/'}{at}.html",
        categories=(category,) if category else (),
    )
    return Item(section, article)


def decide(item: Item, newsroom: Newsroom) -> Decided:
    return topic([Material(item.article)], newsroom)
