"""One publication on one local date: as composed, and as rendered for sending."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from digest.model.base import ArticleId, EditionId, Rights, StoryId, aware
from digest.model.charts import Chart
from digest.model.corrections import Correction
from digest.model.pictures import Picture
from digest.model.stories import Reason
from digest.model.summaries import Sentence
from digest.model.texts import USUAL_TEXTS, Texts

WORDS_A_MINUTE = 180
"""Words that a reader of news reads in a minute.

184 ± 29 a minute in seventeen languages, Russian and Slovenian among them, read aloud
(Trauzettel-Klosinski and Dietz, IOVS 53 (2012) 5452, doi:10.1167/iovs.11-8284); Bulgarian was not
measured. Read silently it is faster, so the promise is kept.
"""


@dataclass(frozen=True, slots=True)
class Credit:
    """An outlet named under a story, with the address of its article."""

    outlet: str
    url: str
    title: str = ""
    agency: str | None = None


@dataclass(frozen=True, slots=True)
class Origin:
    """An article of a story, as readers and editors are led to it: outlet, title, address."""

    article_id: ArticleId
    outlet: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class EditionStory:
    """A story as the edition prints it. `tier`: lead, full or brief.

    `method` is the summary's; `making` is for the desk, see `Summary`.
    `origins` are the articles that tell it, those that `sentences` rest on first. `matters` is the
    sentence of an article that says what follows from the news („Защо е важно“), if one does.
    `note` says in Bulgarian why there is less than a summary, or another one than was chosen.
    `chart` is a series of figures that one of its articles tells, if one does.
    """

    id: StoryId
    title: str
    url: str
    summary: str
    one_line: str
    tier: str = "full"
    sentences: tuple[Sentence, ...] = ()
    credits: tuple[Credit, ...] = ()
    independent_sources: int = 1
    disagreement: str = ""
    update: str = ""
    image: str | None = None
    image_alt: str = ""
    method: str = "extractive"
    rights: Rights = Rights.LICENSED
    score: float = 0.0
    reasons: tuple[Reason, ...] = ()
    published_at: datetime | None = None
    making: str = ""
    origins: tuple[Origin, ...] = ()
    matters: Sentence | None = None
    note: str = ""
    chart: Chart | None = None

    def __post_init__(self) -> None:
        if self.tier not in {"lead", "full", "brief"}:
            raise ValueError(f"no such tier: {self.tier!r}")
        if not self.title.strip():
            raise ValueError("a story in an edition has a title")
        aware("EditionStory.published_at", self.published_at)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of an edition: slug (`ikonomika`), printed name („Икономика“), stories."""

    slug: str
    name: str
    stories: tuple[EditionStory, ...]


class EditionState(StrEnum):
    """The life of an edition; see digest/review/ for the allowed steps."""

    DRAFT = "draft"
    HELD = "held"
    APPROVED = "approved"
    QUEUED = "queued"
    SENT = "sent"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Dropped:
    """A story that did not make the edition, and why, in Bulgarian."""

    id: StoryId
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One publication on one local date. Every edit makes a new revision.

    `corrections` are what it puts right of earlier editions, the oldest first.
    """

    id: EditionId
    publication: str
    date: date
    subject: str
    preheader: str
    sections: tuple[Section, ...]
    state: EditionState = EditionState.DRAFT
    revision: int = 1
    number: int = 1
    created_at: datetime | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None
    content_hash: str | None = None
    warnings: tuple[str, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    reading_minutes: int = 1
    corrections: tuple[Correction, ...] = ()

    def __post_init__(self) -> None:
        if self.revision < 1 or self.number < 1:
            raise ValueError("revisions and numbers count from 1")
        slugs = [s.slug for s in self.sections]
        if len(set(slugs)) != len(slugs):
            raise ValueError("a section appears once in an edition")
        ids = [story.id for story in self.stories]
        if len(set(ids)) != len(ids):
            raise ValueError("a story appears once in an edition")

    @property
    def stories(self) -> tuple[EditionStory, ...]:
        return tuple(story for section in self.sections for story in section.stories)


@dataclass(frozen=True, slots=True)
class Issue:
    """An edition in the archive's lists: what its address is made of, without its text."""

    id: EditionId
    publication: str
    date: date


@dataclass(frozen=True, slots=True)
class Brand:
    """How the house looks in mail: colours as `#rrggbb`, and a sentence of its own in the footer.

    `sections` are pairs of a section's slug and its colour; a section without one has the accent.
    """

    accent: str = "#9b1b30"
    sections: tuple[tuple[str, str], ...] = ()
    footer: str = ""
    texts: Texts = USUAL_TEXTS


@dataclass(frozen=True, slots=True)
class Masthead:
    """Who sends: what settings say of the publication, as the mail prints it.

    `period` is what an edition covers: `day` or `week`. `publication` is the id of the one whose
    site stands at `public_url`: its editions have the short addresses in the archive.
    """

    name: str
    tagline: str
    from_name: str
    from_address: str
    reply_to: str
    domain: str
    public_url: str
    postal_address: str
    responsible: str
    language: str = "bg"
    timezone: str = "Europe/Sofia"
    period: str = "day"
    publication: str = ""
    brand: Brand = Brand()


@dataclass(frozen=True, slots=True)
class Piece:
    """A compiled part: literals and the names of the values between them.

    Joined as literals[0] + value(names[0]) + literals[1] + …; there is always one literal more
    than there are names.
    """

    literals: tuple[str, ...]
    names: tuple[str, ...]

    def __post_init__(self) -> None:
        if len(self.literals) != len(self.names) + 1:
            raise ValueError("one literal more than placeholders")


@dataclass(frozen=True, slots=True)
class Variant:
    """The mail for one distinct set of sections. `key` is the sorted slugs joined by `+`."""

    key: str
    html: Piece
    text: Piece


@dataclass(frozen=True, slots=True)
class RenderedEdition:
    """Everything that will be sent, but for what differs from person to person.

    `content_hash` is the SHA-256 of subject and all variants: what an approval signs.
    `findings` are (level, code, Bulgarian sentence) of the render room's own checks. `pictures`
    are those that travel inside the mail; the hash covers them too.
    """

    edition_id: EditionId
    revision: int
    subject: str
    variants: Mapping[str, Variant]
    content_hash: str
    web_html: str = ""
    findings: tuple[tuple[str, str, str], ...] = ()
    pictures: tuple[Picture, ...] = ()
