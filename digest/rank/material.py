"""What the signals look at: the story with what several of them share, and the run around it.

Names and figures are found here by their look alone (a capital inside a sentence, digits): the
room ranks ten thousand stories in less time than the store reads them, and the dictionary of
`digest/bulgarian/names.py` would cost forty times that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from digest.model import Article, Story
from digest.rank.places import Place

OPENING = 600
"""Characters of the lead article that count as its opening: about four sentences."""

HEADLINE = 300
"""Characters of a headline that are looked at: a longer one is a text in the wrong place."""

_FOUND = re.compile(
    r"[А-ЯЍA-Z0-9](?:"
    r"(?<=[0-9])[0-9]*(?:[.,:][0-9]+|[ \u00a0][0-9]{3}(?![0-9]))*"
    r"|(?<=[^.!?…:„“\"«»\s] [А-ЯЍA-Z]|.[(„“\"«][А-ЯЍA-Z])"
    r"[\w’]+(?:-\w+)*(?: [А-ЯЍA-Z][\w’]+(?:-\w+)*)*)"
)
"""A figure („1 400“ is one), or a run of capitalised words that opens no sentence."""


@dataclass(frozen=True, slots=True)
class Context:
    """What the signals may look at beside the story.

    `fresh_hours` and `growth_hours` > 0; `outlets` is how many outlets the run holds; `interest`
    and `sections` (printed names) go by slug of section; `places` are where the readers live.
    """

    now: datetime
    fresh_hours: int
    growth_hours: int = 6
    outlets: int = 1
    interest: Mapping[str, float] = field(default_factory=dict)
    sections: Mapping[str, str] = field(default_factory=dict)
    places: tuple[Place, ...] = ()


class Material:
    """A story, its lead article, and the names and figures of the lead's opening.

    `names` are runs of capitalised words, `figures` digits; in reading order, each once.
    `dates` are the believable dates by article: neither future nor of old news.
    """

    __slots__ = ("dates", "figures", "lead", "names", "opening", "story", "title")

    def __init__(self, story: Story, now: datetime) -> None:
        self.story = story
        self.lead = story.lead
        self.title = self.lead.title[:HEADLINE]
        self.opening = self.lead.text[:OPENING]
        found = dict.fromkeys(_FOUND.findall(f"{self.title}. {self.opening}"))
        self.names = tuple([one for one in found if one[0] > "9"])
        self.figures = tuple([one for one in found if one[0] <= "9"])
        self.dates = {
            a.id: at
            for a in story.articles
            if (at := a.date.at) is not None and at <= now and a.old_news is None
        }


def outlet_of(article: Article) -> str:
    """Under whose name an article came: outlet, else source, else host, else its own id."""
    return article.outlet or article.source or host_of(article) or article.id


def host_of(article: Article) -> str:
    """The host of an article's address without „www.“, lower case; empty without one."""
    try:
        host = urlsplit(article.canonical_url or article.url).hostname or ""
    except ValueError:  # an address that no parser takes names no host
        return ""
    return host.removeprefix("www.")


def outlets_of(articles: Iterable[Article]) -> frozenset[str]:
    """The outlets that some articles came under."""
    return frozenset([outlet_of(a) for a in articles])


def active_outlets(stories: Sequence[Story]) -> int:
    """How many outlets have an article in this run; at least one."""
    return max(1, len(outlets_of(a for story in stories for a in story.articles)))
