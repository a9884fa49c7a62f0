"""What the templates see of an edition: cleaned strings, safe addresses, nothing to decide.

Takes an `Edition` and a `Masthead`, gives a `Page`. Text that a template prints has no control
characters and no direction overrides; an address is http(s) or empty.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from digest.bulgarian.dates import date_in_words, week_in_words
from digest.bulgarian.typography import count
from digest.bulgarian.words import lemmas
from digest.model import (
    USUAL_TEXTS,
    WORDS_A_MINUTE,
    Credit,
    Edition,
    EditionStory,
    Masthead,
    Newsroom,
    Section,
    StoryId,
    Texts,
)
from digest.render.address import edition_address
from digest.render.charted import PrintedChart
from digest.render.charted import printed as printed_chart
from digest.render.correction import PrintedCorrection
from digest.render.correction import printed as printed_corrections
from digest.render.disclosure import MODEL_MARK, made_by
from digest.render.phrases import closing, phrases, update_label
from digest.render.pictures import PrintedLogo
from digest.render.proof import Proof, others, proof
from digest.render.words import clean, safe_url

BRIEF_LIMIT = 220
"""Characters of a one-liner: more is a second-tier story."""
FEW_STORIES = 6
"""Up to this many stories the contents name each one, beyond it one a section."""

REPEATED = 0.6
"""Share of a one-liner's words in its headline from which it says nothing more."""

LEAST_SECONDS = 5
"""A story's reading time is told in steps of so many seconds."""

_NBSP = "\u00a0"


@dataclass(frozen=True, slots=True)
class Note:
    """A line with a bold lead-in: „Ново от вчера:“ and what follows."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class PrintedCredit:
    """An outlet under a story; `url` may be empty. `agency` is empty when none is credited."""

    outlet: str
    url: str
    agency: str


@dataclass(frozen=True, slots=True)
class PrintedStory:
    """A story as the templates print it; empty strings mean that the line is not printed.

    `made` marks a text that a language model wrote.
    """

    anchor: str
    title: str
    url: str
    tier: str
    summary: str
    one_line: str
    credits: tuple[PrintedCredit, ...]
    voices: str
    update: Note | None
    disagreement: Note | None
    image: str
    image_alt: str
    published: str
    matters: Note | None
    reading: str
    proof: Proof
    others: tuple[PrintedCredit, ...]
    made: str = ""
    chart: PrintedChart | None = None

    @property
    def more(self) -> str:
        """The one-liner, where it says more than the headline; else empty."""
        own = set(lemmas(self.one_line))
        both = own & set(lemmas(self.title))
        return "" if len(both) > REPEATED * len(own) else self.one_line


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """A line of „В броя“: a section, the one-liners it shows, and how many more it has."""

    slug: str
    name: str
    anchor: str
    stories: tuple[PrintedStory, ...]
    more: str


@dataclass(frozen=True, slots=True)
class PrintedSection:
    """A section without the lead story, which is printed above all sections."""

    slug: str
    name: str
    anchor: str
    full: tuple[PrintedStory, ...]
    briefs: tuple[PrintedStory, ...]

    @property
    def stories(self) -> tuple[PrintedStory, ...]:
        return self.full + self.briefs


@dataclass(frozen=True, slots=True)
class Page:
    """Everything a template of the digest prints; `marks` are pictograms by slug of a section."""

    publication: str
    tagline: str
    subject: str
    preheader: str
    date: str
    iso_date: str
    number: int
    reading: str
    closing: str
    lead: PrintedStory
    lead_section: str
    lead_slug: str
    contents: tuple[ContentsRow, ...]
    sections: tuple[PrintedSection, ...]
    language: str
    made: str
    responsible: str
    postal_address: str
    public_url: str
    address: str
    footer: str = ""
    corrections: tuple[PrintedCorrection, ...] = ()
    texts: Texts = USUAL_TEXTS
    logo: PrintedLogo | None = None
    marks: Mapping[str, str] = field(default_factory=dict)

    @property
    def stories(self) -> tuple[PrintedStory, ...]:
        return (self.lead, *(s for part in self.sections for s in part.stories))


def voices(number: int) -> str:
    """„1 независим източник“, „2 независими източника“, „21 независими източника“."""
    number_of, noun = count(number, "източник").split(" ", 1)
    kind = "независим" if number == 1 else "независими"
    return f"{number_of}{_NBSP}{kind}{_NBSP}{noun}"


def words(stories: Iterable[PrintedStory]) -> int:
    """How many words a reader meets in these stories, as digest/compose/cost.py counts them."""
    return sum(len(" ".join(_read(one)).split()) for one in stories)


def _read(story: PrintedStory) -> Iterator[str]:
    yield story.title
    yield story.one_line if story.tier == "brief" else story.summary
    for note in (story.matters, story.update, story.disagreement):
        if note:
            yield f"{note.label} {note.text}"


def reading_short(number_of_words: int) -> str:
    """„20 секунди четене“, from a minute on as an edition."""
    seconds = math.ceil(number_of_words * 60 / WORDS_A_MINUTE / LEAST_SECONDS) * LEAST_SECONDS
    if seconds >= 60:
        return reading(number_of_words)
    return f"{count(max(LEAST_SECONDS, seconds), 'секунда')} четене".replace(" ", _NBSP)


def reading(number_of_words: int) -> str:
    """„4 минути четене“, at least one."""
    minutes = max(1, math.ceil(number_of_words / WORDS_A_MINUTE))
    return f"{count(minutes, 'минута')} четене".replace(" ", _NBSP)


def covered(edition: Edition, masthead: Masthead) -> str:
    """The day of a daily; of a weekly the week that ends on it."""
    if masthead.period == "week":
        return f"седмицата {week_in_words(edition.date)}"
    return date_in_words(edition.date)


def page(edition: Edition, masthead: Masthead, newsroom: Newsroom) -> Page:
    """The edition in full; a variant is made of its parts. The edition has a story."""
    first = lead_of(edition)
    anchors = anchors_of(edition)
    said = phrases(masthead)
    printed = {story.id: _story(story, anchors[story.id], first, said) for story in edition.stories}
    sections = tuple(
        PrintedSection(
            part.slug,
            _name(part, newsroom),
            f"r{place}",
            tuple(printed[s.id] for s in part.stories if s.id != first.id and s.tier != "brief"),
            tuple(printed[s.id] for s in part.stories if s.id != first.id and s.tier == "brief"),
        )
        for place, part in enumerate(edition.sections, 1)
        if any(s.id != first.id for s in part.stories)
    )
    return Page(
        publication=clean(masthead.name),
        tagline=clean(masthead.tagline),
        subject=clean(edition.subject) or clean(first.title),
        preheader=clean(edition.preheader),
        date=covered(edition, masthead),
        iso_date=edition.date.isoformat(),
        number=edition.number,
        reading=reading(edition.reading_minutes * WORDS_A_MINUTE),
        closing=closing(len(edition.stories), masthead.period, said),
        lead=printed[first.id],
        lead_section=_name(_home(edition, first), newsroom),
        lead_slug=_home(edition, first).slug,
        contents=_contents(sections),
        sections=sections,
        language=masthead.language,
        made=made_by(edition),
        responsible=clean(masthead.responsible),
        postal_address=clean(masthead.postal_address),
        public_url=safe_url(masthead.public_url),
        address=edition_address(edition, masthead),
        footer=clean(masthead.brand.footer),
        corrections=printed_corrections(edition.corrections, masthead, edition.publication),
        texts=said,
    )


def anchors_of(edition: Edition) -> dict[StoryId, str]:
    """Where each story stands on the page: `n1` and on, in the order of the edition."""
    return {story.id: f"n{place}" for place, story in enumerate(edition.stories, 1)}


def lead_of(edition: Edition) -> EditionStory:
    """The story marked lead, else the very first."""
    stories = edition.stories
    return next((story for story in stories if story.tier == "lead"), stories[0])


def _name(part: Section, newsroom: Newsroom) -> str:
    return clean(part.name) or clean(newsroom.section_name(part.slug))


def _home(edition: Edition, story: EditionStory) -> Section:
    return next(part for part in edition.sections if story in part.stories)


def _contents(sections: Sequence[PrintedSection]) -> tuple[ContentsRow, ...]:
    total = sum(len(part.stories) for part in sections)
    rows = []
    for part in sections:
        shown = part.stories if total <= FEW_STORIES else part.stories[:1]
        left = len(part.stories) - len(shown)
        more = f"и още {count(left, 'новина')}".replace(" ", _NBSP) if left else ""
        rows.append(ContentsRow(part.slug, part.name, part.anchor, shown, more))
    return tuple(rows)


def _story(story: EditionStory, anchor: str, lead: EditionStory, said: Texts) -> PrintedStory:
    title = clean(story.title)
    line = _shorten(clean(story.one_line) or title)
    image = safe_url(story.image or "")
    tier = "lead" if story.id == lead.id else "full" if story.tier == "lead" else story.tier
    # What a one-liner leaves out has no consequence to speak of.
    shown = (
        replace(story, matters=None, sentences=story.sentences[:1]) if tier == "brief" else story
    )
    told = proof(shown, line)
    printed = PrintedStory(
        anchor=anchor,
        title=title,
        url=safe_url(story.url),
        tier=tier,
        summary=clean(story.summary),
        one_line=line,
        credits=tuple(_credit(one) for one in story.credits),
        voices=voices(story.independent_sources),
        update=_update(story.update, said),
        disagreement=_note(story.disagreement),
        image=image,
        image_alt=clean(story.image_alt),
        published=story.published_at.isoformat() if story.published_at else "",
        made=MODEL_MARK if story.method == "model" else "",
        matters=Note(f"{said.matters}:", told.matters.text) if told.matters.text else None,
        reading="",
        proof=told,
        others=tuple(_credit(one) for one in others(told.sources, story.credits)),
        chart=printed_chart(story.chart) if tier != "brief" else None,
    )
    return replace(printed, reading=reading_short(words((printed,))))


def _credit(one: Credit) -> PrintedCredit:
    return PrintedCredit(clean(one.outlet), safe_url(one.url), clean(one.agency or ""))


def _update(text: str, said: Texts) -> Note | None:
    note = _note(text)
    return replace(note, label=update_label(note.label, said)) if note else None


def _note(text: str) -> Note | None:
    text = clean(text)
    if not text:
        return None
    label, colon, rest = text.partition(": ")
    # A lead-in is short; a colon far inside the sentence belongs to the sentence.
    return Note(f"{label}:", rest) if colon and len(label) <= 40 else Note("", text)


def _shorten(text: str) -> str:
    if len(text) <= BRIEF_LIMIT:
        return text
    head = text[: BRIEF_LIMIT - 1]
    return head[: head.rfind(" ")].rstrip(" ,;:–-") + "…" if " " in head else head + "…"
