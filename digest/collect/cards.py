"""Pages that show cards of articles instead of one: front pages, sections, archives.

A card is one of several neighbours with a linked heading each. An article has such cards under
it too, so that a page is a list only when what was read as its text is the text of the cards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from digest.collect.body import flat
from digest.collect.markup import Element, elements, short_text
from digest.collect.ownwords import PROSE

LIST_OF_CARDS = "list-of-cards"
"""The label of a page whose text is that of its cards."""
LEAST = 5
"""Cards of a list."""
_CARD = 700
"""Characters of the longest card: heading, description, author and date."""
_STUB = 200
"""Characters of paragraphs outside the cards that are an article of their own."""


@dataclass(frozen=True, slots=True)
class Cards:
    """What the cards of a page say, letters and digits only."""

    said: str = ""

    def label(self, paragraphs: Sequence[str]) -> list[str]:
        """`LIST_OF_CARDS` when these paragraphs are for the most part the cards' own."""
        if not self.said or not paragraphs:
            return []
        others = [one for one in paragraphs if flat(one) not in self.said]
        told = sum(len(one) for one in others if len(one) >= PROSE)
        rest = sum(map(len, others))
        listed = told < _STUB and 2 * rest < sum(map(len, paragraphs))
        return [LIST_OF_CARDS] if listed else []


def cards_of(tree: Element) -> Cards:
    """The cards of a page, when it has a list of them."""
    heads = [one for one in elements(tree, "h2", "h3", "h4", "h5") if _is_linked(one)]
    if len(heads) < LEAST:
        return Cards()
    lists: dict[Element, dict[Element, None]] = defaultdict(dict)
    for head in heads:
        child = head
        for parent in islice(head.iterancestors(), 6):
            lists[parent][child] = None
            child = parent
    cards = {one: None for found in lists.values() if len(found) >= LEAST for one in found}
    return Cards(" ".join(said for one in cards if (said := _said(one))))


def _is_linked(head: Element) -> bool:
    """True for a heading that leads to another page."""
    link = next(iter(elements(head, "a")), None)
    if link is None:
        link = next(islice(head.iterancestors("a"), 1), None)
    address = (link.get("href") or "") if link is not None else ""
    return bool(address) and not address.startswith(("#", "javascript:", "mailto:"))


def _said(card: Element) -> str:
    """The text of a card; nothing for a part of the page with its own main heading."""
    if next(iter(elements(card, "h1")), None) is not None:
        return ""
    text = short_text(card, _CARD)
    return flat(text) if text else ""
