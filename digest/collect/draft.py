"""What reading a document gives before it becomes an `Article`: the same for page and dump."""

from __future__ import annotations

from dataclasses import dataclass, field

from digest.model import DateClaim, Related, Removed


@dataclass(slots=True)
class Draft:
    """Parts of a document as they are found.

    `claims` are unranked; `labels` are the page's own short words about itself (schema types,
    badges, section).
    """

    title: str = ""
    lead: str | None = None
    paragraphs: list[str] = field(default_factory=list)
    claims: list[DateClaim] = field(default_factory=list)
    author: str | None = None
    agencies: list[str] = field(default_factory=list)
    related: list[Related] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    canonical_url: str = ""
    image: str | None = None
    site_name: str | None = None
    language: str | None = None
    categories: list[str] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    links: int = 0
    link_share: float = 0.0
    free: bool = True
    _teased: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)

    def remove(self, kind: str, text: str) -> None:
        """Records a cut, once for each stretch of its kind in a row."""
        text = " ".join(text.split())
        if text:
            self.removed.append(Removed(kind, text[:500]))

    def tease(self, title: str, lead: str | None = None) -> None:
        """Records a teaser of another article, once."""
        if title and title not in self._teased:
            self._teased.add(title)
            self.related.append(Related(title, lead or None))

    def credit(self, names: tuple[str, ...]) -> None:
        self.agencies.extend(name for name in names if name not in self.agencies)
