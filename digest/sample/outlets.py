"""The invented outlets and their articles, read from `outlets/*.toml`.

Takes nothing but the files of this folder and gives frozen `Outlet`s with their `Piece`s in the
order in which the site lists them (newest need not be first). It renders nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache

from digest.sample.tables import (
    ROOT,
    Table,
    days_of,
    flag_of,
    moment_of,
    read_table,
    tables_of,
    text_of,
)

SOFIA_WINTER = timezone(timedelta(hours=2))
"""The offset of Europe/Sofia on both days of the sample."""

FIRST_NUMBER = 41200
"""The number of an outlet's first article; it stands in addresses and GUIDs."""

SECTION_SLUGS = {
    "България": "bulgaria",
    "Свят": "svyat",
    "Икономика": "ikonomika",
    "Общество": "obshtestvo",
    "Култура": "kultura",
    "Спорт": "sport",
    "Наука и технологии": "nauka",
    "Регионално": "regionalno",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One article as its outlet keeps it.

    `credit` is glued to the end of the last paragraph as it stands. `feed_published` overrides the
    date the feed claims, `feed_dateless` leaves it out; `stray` and `published_line` are lines of
    a text dump.
    """

    id: str
    number: int
    title: str
    lead: str
    paragraphs: tuple[str, ...]
    author: str
    category: str
    published: datetime | None
    days: tuple[date, ...]
    agency: str
    credit: str
    caption: str
    language: str
    sponsored: str
    stray: str
    published_line: str
    feed_published: datetime | None
    feed_dateless: bool

    @property
    def body(self) -> tuple[str, ...]:
        """The paragraphs as printed, the agency credit glued to the last."""
        return (*self.paragraphs[:-1], self.paragraphs[-1] + self.credit)

    @property
    def section_slug(self) -> str:
        """The section's part of an address; paid texts have their own."""
        return SECTION_SLUGS.get(self.category, "partnyori")

    @property
    def feed_date(self) -> datetime | None:
        """The date that the feed claims for the article, None for an item without one."""
        return None if self.feed_dateless else self.feed_published or self.published


@dataclass(frozen=True, slots=True)
class Teaser:
    """Title and line of another article, below a text dump."""

    title: str
    line: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """One invented outlet, how its site is made, and all its articles."""

    name: str
    slug: str
    host: str
    owner: str
    kind: str
    encoding: str
    rights: str
    tagline: str
    layout: str
    jsonld: bool
    feed_path: str
    feed_body: str
    article_path: str
    pieces: tuple[Piece, ...]
    teasers: tuple[Teaser, ...]

    def shown(self, day: date) -> tuple[Piece, ...]:
        """The articles that the outlet shows on `day`."""
        return tuple(piece for piece in self.pieces if day in piece.days)

    def path_of(self, piece: Piece) -> str:
        """The article's path on the outlet's host."""
        on = piece.published.strftime("%Y/%m/%d") if piece.published else ""
        return self.article_path.format(
            id=piece.id, number=piece.number, section=piece.section_slug, date=on
        )

    def url_of(self, piece: Piece) -> str:
        """The canonical address of the article."""
        return f"https://{self.host}{self.path_of(piece)}"


@lru_cache(maxsize=1)
def load_outlets() -> tuple[Outlet, ...]:
    """All outlets by slug. Raises `KeyError` or `TypeError` that names a wrong key."""
    names = sorted(path.name for path in (ROOT / "outlets").glob("*.toml"))
    return tuple(_outlet(read_table(f"outlets/{name}")) for name in names)


def _outlet(table: Table) -> Outlet:
    return Outlet(
        name=text_of(table, "name"),
        slug=text_of(table, "slug"),
        host=text_of(table, "host"),
        owner=text_of(table, "owner"),
        kind=text_of(table, "kind"),
        encoding=text_of(table, "encoding"),
        rights=text_of(table, "rights"),
        tagline=text_of(table, "tagline"),
        layout=text_of(table, "layout"),
        jsonld=flag_of(table, "jsonld"),
        feed_path=text_of(table, "feed_path", ""),
        feed_body=text_of(table, "feed_body", ""),
        article_path=text_of(table, "article_path"),
        pieces=tuple(
            _piece(FIRST_NUMBER + n, t) for n, t in enumerate(tables_of(table, "articles"))
        ),
        teasers=tuple(
            Teaser(text_of(t, "title"), text_of(t, "line")) for t in tables_of(table, "teasers")
        ),
    )


def _piece(number: int, table: Table) -> Piece:
    return Piece(
        id=text_of(table, "id"),
        number=number,
        title=text_of(table, "title"),
        lead=text_of(table, "lead"),
        paragraphs=tuple(text_of(table, "text").strip().split("\n\n")),
        author=text_of(table, "author"),
        category=text_of(table, "category"),
        published=moment_of(table, "published"),
        days=days_of(table, "days"),
        agency=text_of(table, "agency", ""),
        credit=text_of(table, "credit", ""),
        caption=text_of(table, "caption", ""),
        language=text_of(table, "language", "bg"),
        sponsored=text_of(table, "sponsored", ""),
        stray=text_of(table, "stray", ""),
        published_line=text_of(table, "published_line", ""),
        feed_published=moment_of(table, "feed_published"),
        feed_dateless=flag_of(table, "feed_dateless"),
    )
