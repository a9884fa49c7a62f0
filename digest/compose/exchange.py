"""The file form of an edition: what `digest edition export` writes and `digest render` reads.

The schema stands in docs/formats.md. Reading is lenient about what is missing and strict about
what is wrong: the error names the place (`sections[1].stories[0].title`). Unknown keys are left
alone, so that a newer file can be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import Enum
from typing import TypeVar

from digest.errors import BadInput
from digest.model import (
    ArticleId,
    Chart,
    Correction,
    CorrectionId,
    Credit,
    Dropped,
    Edition,
    EditionId,
    EditionState,
    EditionStory,
    Origin,
    Point,
    Reason,
    Rights,
    Section,
    Sentence,
    StoryId,
)

FORMAT = "digest-edition/1"
_Word = TypeVar("_Word", bound=Enum)


def to_json(edition: Edition) -> dict[str, object]:
    """The edition as JSON values; `from_json` gives back an equal edition."""
    plain = _plain(asdict(edition))
    assert isinstance(plain, dict)
    return {"format": FORMAT, **plain}


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def from_json(data: Mapping[str, object]) -> Edition:
    """The edition of a file. Raises `BadInput` that names the first wrong place."""
    node = Node(data, "")
    form = node.text("format", FORMAT)
    if form != FORMAT:
        raise _bad("format", f"„{form}“ не е познат запис; очаква се „{FORMAT}“")
    try:
        return _edition(node)
    except ValueError as cause:
        raise _bad("броя", str(cause)) from cause


@dataclass(frozen=True, slots=True)
class Node:
    """A JSON object with the way to it, read field by field with its type checked."""

    data: Mapping[str, object]
    path: str

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def text(self, key: str, default: str | None = None) -> str:
        value = self.data.get(key)
        if value is None and default is not None:
            return default
        if not isinstance(value, str):
            raise _bad(self._at(key), "трябва да е текст")
        return value

    def optional(self, key: str) -> str | None:
        return None if self.data.get(key) is None else self.text(key)

    def whole(self, key: str, default: int) -> int:
        value = self.data.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise _bad(self._at(key), "трябва да е цяло число")
        return value

    def yes(self, key: str, *, default: bool) -> bool:
        value = self.data.get(key, default)
        if not isinstance(value, bool):
            raise _bad(self._at(key), "трябва да е true или false")
        return value

    def number(self, key: str) -> float:
        value = self.data.get(key, 0.0)
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise _bad(self._at(key), "трябва да е число")
        return float(value)

    def word(self, key: str, kind: type[_Word], default: _Word) -> _Word:
        text = self.text(key, str(default.value))
        try:
            return kind(text)
        except ValueError as cause:
            known = ", ".join(str(one.value) for one in kind)
            raise _bad(self._at(key), f"„{text}“ не е сред: {known}") from cause

    def day(self, key: str) -> date:
        try:
            return date.fromisoformat(self.text(key))
        except ValueError as cause:
            raise _bad(self._at(key), "трябва да е дата като 2026-11-22") from cause

    def moment(self, key: str) -> datetime | None:
        text = self.optional(key)
        if text is None:
            return None
        try:
            at = datetime.fromisoformat(text)
        except ValueError as cause:
            raise _bad(self._at(key), "трябва да е време по ISO 8601") from cause
        if at.tzinfo is None:
            raise _bad(self._at(key), "времето трябва да носи часово отместване")
        return at

    def many(self, key: str) -> Iterator[Node]:
        for place, value in enumerate(self._list(key)):
            where = f"{self._at(key)}[{place}]"
            if not isinstance(value, Mapping):
                raise _bad(where, "трябва да е обект")
            yield Node(value, where)

    def maybe(self, key: str) -> Iterator[Node]:
        """The object under the key, or nothing when there is none."""
        value = self.data.get(key)
        if value is None:
            return
        if not isinstance(value, Mapping):
            raise _bad(self._at(key), "трябва да е обект или null")
        yield Node(value, self._at(key))

    def texts(self, key: str) -> tuple[str, ...]:
        values = self._list(key)
        for place, value in enumerate(values):
            if not isinstance(value, str):
                raise _bad(f"{self._at(key)}[{place}]", "трябва да е текст")
        return tuple(str(value) for value in values)

    def pairs(self, key: str) -> tuple[tuple[int, int], ...]:
        return tuple(self._pair(value, key) for value in self._list(key))

    def _pair(self, value: object, key: str) -> tuple[int, int]:
        if isinstance(value, list | tuple) and len(value) == 2:
            start, end = value
            if isinstance(start, int) and isinstance(end, int):
                return start, end
        raise _bad(self._at(key), "трябва да е списък от двойки [начало, край]")

    def _list(self, key: str) -> list[object]:
        value = self.data.get(key)
        if value is None:
            return []
        if not isinstance(value, list | tuple):
            raise _bad(self._at(key), "трябва да е списък")
        return list(value)


def _edition(node: Node) -> Edition:
    day = node.day("date")
    publication = node.text("publication", "digest")
    return Edition(
        id=EditionId(node.text("id", f"{publication}-{day.isoformat()}")),
        publication=publication,
        date=day,
        subject=node.text("subject", ""),
        preheader=node.text("preheader", ""),
        sections=tuple(_section(one) for one in node.many("sections")),
        state=node.word("state", EditionState, EditionState.DRAFT),
        revision=node.whole("revision", 1),
        number=node.whole("number", 1),
        created_at=node.moment("created_at"),
        approved_by=node.optional("approved_by"),
        approved_at=node.moment("approved_at"),
        content_hash=node.optional("content_hash"),
        warnings=node.texts("warnings"),
        dropped=tuple(
            Dropped(StoryId(one.text("id")), one.text("title"), one.text("reason"))
            for one in node.many("dropped")
        ),
        reading_minutes=node.whole("reading_minutes", 1),
        corrections=tuple(_correction(one) for one in node.many("corrections")),
    )


def _correction(node: Node) -> Correction:
    at = node.moment("at")
    if at is None:
        raise _bad(f"{node.path}.at", "липсва кога е поправено")
    return Correction(
        id=CorrectionId(node.text("id")),
        edition_id=EditionId(node.text("edition_id")),
        story_id=_maybe_story(node.optional("story_id")),
        said=node.text("said"),
        right=node.text("right"),
        at=at,
        by=node.text("by"),
        date=node.day("date"),
        headline=node.text("headline", ""),
        in_archive=node.yes("in_archive", default=True),
    )


def _maybe_story(name: str | None) -> StoryId | None:
    return None if name is None else StoryId(name)


def _section(node: Node) -> Section:
    slug = node.text("slug")
    stories = tuple(_story(one) for one in node.many("stories"))
    return Section(slug, node.text("name", slug), stories)


def _story(node: Node) -> EditionStory:
    title = node.text("title")
    if not title.strip():
        raise _bad(f"{node.path}.title", "заглавието е празно")
    return EditionStory(
        id=StoryId(node.text("id")),
        title=title,
        url=node.text("url", ""),
        summary=node.text("summary", ""),
        one_line=node.text("one_line", ""),
        tier=node.text("tier", "full"),
        sentences=tuple(_sentence(one) for one in node.many("sentences")),
        credits=tuple(_credit(one) for one in node.many("credits")),
        independent_sources=node.whole("independent_sources", 1),
        disagreement=node.text("disagreement", ""),
        update=node.text("update", ""),
        image=node.optional("image"),
        image_alt=node.text("image_alt", ""),
        method=node.text("method", "extractive"),
        rights=node.word("rights", Rights, Rights.LICENSED),
        score=node.number("score"),
        reasons=tuple(_reason(one) for one in node.many("reasons")),
        published_at=node.moment("published_at"),
        making=node.text("making", ""),
        origins=tuple(_origin(one) for one in node.many("origins")),
        matters=next((_sentence(one) for one in node.maybe("matters")), None),
        note=node.text("note", ""),
        chart=next((_chart(one) for one in node.maybe("chart")), None),
    )


def _chart(node: Node) -> Chart:
    said = next((_sentence(one) for one in node.maybe("said")), None)
    if said is None:
        raise _bad(f"{node.path}.said", "липсва изречението с данните")
    return Chart(
        title=node.text("title"),
        points=tuple(_point(one) for one in node.many("points")),
        said=said,
        outlet=node.text("outlet", ""),
        image=node.optional("image"),
    )


def _point(node: Node) -> Point:
    return Point(
        label=node.text("label"),
        figure=node.text("figure"),
        value=node.number("value"),
        article_id=ArticleId(node.text("article_id")),
        start=node.whole("start", 0),
        end=node.whole("end", 0),
        label_start=node.whole("label_start", 0),
        label_end=node.whole("label_end", 0),
    )


def _origin(node: Node) -> Origin:
    return Origin(
        article_id=ArticleId(node.text("article_id")),
        outlet=node.text("outlet", ""),
        title=node.text("title", ""),
        url=node.text("url", ""),
    )


def _sentence(node: Node) -> Sentence:
    return Sentence(
        text=node.text("text"),
        article_id=ArticleId(node.text("article_id")),
        start=node.whole("start", 0),
        end=node.whole("end", 0),
        cuts=node.pairs("cuts"),
    )


def _credit(node: Node) -> Credit:
    return Credit(
        outlet=node.text("outlet"),
        url=node.text("url", ""),
        title=node.text("title", ""),
        agency=node.optional("agency"),
    )


def _reason(node: Node) -> Reason:
    return Reason(
        name=node.text("name"),
        weight=node.number("weight"),
        value=node.number("value"),
        sentence=node.text("sentence", ""),
    )


def _bad(where: str, why: str) -> BadInput:
    return BadInput(
        f"Файлът с броя не може да се прочете: {where}.",
        f"{why[:1].upper()}{why[1:]}.",
        "Поправете посоченото място; записът е описан в docs/formats.md.",
    )
