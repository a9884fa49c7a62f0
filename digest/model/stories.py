"""Articles on one event, with their voices, copies and differences, and what a story scores."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from digest.model.articles import Article
from digest.model.base import ArticleId, Rights, StoryId, aware, share


@dataclass(frozen=True, slots=True)
class Voice:
    """One independent teller of a story: an agency, an owner or an outlet.

    `why` says in Bulgarian why its articles count as one; empty when it has a single one.
    """

    name: str
    kind: str
    article_ids: tuple[ArticleId, ...]
    why: str = ""

    def __post_init__(self) -> None:
        if self.kind not in {"agency", "owner", "outlet"}:
            raise ValueError(f"a voice is an agency, an owner or an outlet, not {self.kind!r}")


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a copy departs from its original.

    `kind` is `title` or `lead` (its own), `figure` (another number in a shared sentence), `added`
    or `left-out` (sentences). `text` is what the copy says, `instead` what the original says.
    """

    kind: str
    text: str
    instead: str = ""

    def __post_init__(self) -> None:
        if self.kind not in {"title", "lead", "figure", "added", "left-out"}:
            raise ValueError(f"no such difference: {self.kind!r}")


@dataclass(frozen=True, slots=True)
class Copy:
    """An article that repeats an earlier one's text; containment is the shared share (0…1).

    `kind` is `reprint` (the same text: one story, one voice), `part` (a piece within a round-up,
    or old paragraphs used again: the other may stand in another story) or `standing` (half of it
    is what its outlet prints under everything, and nothing else is shared).
    """

    article_id: ArticleId
    copy_of: ArticleId
    containment: float
    differences: tuple[Difference, ...] = ()
    kind: str = "reprint"

    def __post_init__(self) -> None:
        if self.kind not in {"reprint", "part", "standing"}:
            raise ValueError(f"no such copy: {self.kind!r}")
        share("Copy.containment", self.containment)
        if self.article_id == self.copy_of:
            raise ValueError("an article is not its own copy")


@dataclass(frozen=True, slots=True)
class DisputedValue:
    """One outlet's value of a fact and where it stands in its text.

    `at` is when the article was published; `latest` marks the newest dated value of the fact.
    """

    value: str
    article_id: ArticleId
    start: int
    end: int
    outlet: str = ""
    at: datetime | None = None
    latest: bool = False

    def __post_init__(self) -> None:
        aware("DisputedValue.at", self.at)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A fact on which the outlets of a story differ; nothing is averaged."""

    fact: str
    values: tuple[DisputedValue, ...]

    def __post_init__(self) -> None:
        if len({v.value for v in self.values}) < 2:
            raise ValueError("a disagreement needs two different values")


@dataclass(frozen=True, slots=True)
class Bond:
    """An editor's word on grouping: these articles and those are one story, or are not.

    It stands above every likeness, for as long as the articles are looked at.
    """

    together: bool
    these: tuple[ArticleId, ...]
    those: tuple[ArticleId, ...]
    by: str = ""

    def __post_init__(self) -> None:
        if not self.these or not self.those or set(self.these) & set(self.those):
            raise ValueError("a bond is between two sets of articles, neither empty, none shared")


@dataclass(frozen=True, slots=True)
class Story:
    """Articles on one event. `why` gives a reason in Bulgarian for each join.

    `topic` is the slug of a section, decided with `topic_confidence` (0…1) for the reason in
    `topic_why`; `place` is the town or region of a local story, else empty.
    """

    id: StoryId
    articles: tuple[Article, ...]
    lead_article_id: ArticleId
    voices: tuple[Voice, ...] = ()
    copies: tuple[Copy, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    topic: str = "obshtestvo"
    why: tuple[str, ...] = ()
    topic_confidence: float = 0.0
    topic_why: str = ""
    place: str = ""

    def __post_init__(self) -> None:
        ids = [a.id for a in self.articles]
        if not ids or len(set(ids)) != len(ids):
            raise ValueError("a story has articles, each once")
        if self.lead_article_id not in ids:
            raise ValueError("the lead article is one of the story's")

    @property
    def lead(self) -> Article:
        return next(a for a in self.articles if a.id == self.lead_article_id)

    @property
    def shown(self) -> Article:
        """The article whose headline and address are printed: the lead, unless it is excluded.

        Of a story whose articles are all excluded it is the lead; such a story is not printed.
        """
        open_ = (a for a in self.articles if a.rights is not Rights.EXCLUDED)
        lead = self.lead
        return lead if lead.rights is not Rights.EXCLUDED else next(open_, lead)

    @property
    def independent_sources(self) -> int:
        """How many voices tell it; a story is told by at least one."""
        return max(1, len(self.voices))


@dataclass(frozen=True, slots=True)
class Reason:
    """One signal of a score: value × weight, and the sentence an editor reads."""

    name: str
    weight: float
    value: float
    sentence: str


@dataclass(frozen=True, slots=True)
class Development:
    """What is new since the edition of `since`: one supported sentence with its place."""

    since: date
    text: str
    article_id: ArticleId
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class RankedStory:
    """A story with its score and why; `held` says in Bulgarian why it must stay out."""

    story: Story
    score: float
    reasons: tuple[Reason, ...] = ()
    development: Development | None = None
    held: str | None = None
