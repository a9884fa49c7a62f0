"""Where an article stands on its page: headline, first paragraph, and the elements that hold it.

Dates, names and sub-headlines count by place: between headline and text they are the article's,
in another article's card, a list of links or a comment they are nobody's.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from digest.collect.body import flat
from digest.collect.markup import Element, elements, of_article, short_text, text_of, tokens

PROSE = 80
"""Characters outside links from which a block is a paragraph: the text has begun."""
REACH = 25
"""Elements after the headline among which its date stands, where no paragraph is found."""
NEAR = 3
"""Steps up from the headline inside which what stands above it is the article's."""
LEADS = frozenset({
    "lead", "lede", "subtitle", "subheadline", "standfirst", "podzaglavie", "perex", "dek", "deck",
    "intro", "anons",
})  # fmt: skip
"""Names of a sub-headline wherever it stands in the article."""
MAYBE_LEADS = frozenset({
    "excerpt", "summary", "announce", "description", "desc", "chapeau", "entradilla", "kratko",
})  # fmt: skip
"""Names of one between headline and text; elsewhere they name a card's or the site's."""
_BLOCKS = frozenset(
    ["p", "div", "td", "li", "section", "blockquote", "article", "ul", "ol", "table", "main"]
)


@dataclass(frozen=True)
class Ground:
    """Elements in document order, places of headline and text (-1: none), what holds them.

    `own` is the article element of the headline, `near` are its closest ancestors, `outer` all
    those in which its article surely is.
    """

    order: list[Element]
    head: int
    first: int
    own: Element | None
    near: frozenset[Element]
    outer: frozenset[Element]

    def holds(self, element: Element) -> bool:
        """True inside what surely is the article's; everywhere where the page does not tell."""
        if not self.outer:
            return True
        return any(one in self.outer for one in element.iterancestors())

    def is_foreign(self, element: Element) -> bool:
        """True in another article, a list of links, or data that speak of something else."""
        if not of_article(element):
            return True
        for step, around in enumerate(element.iterancestors()):
            if around.tag == "article":
                return around is not self.own
            if around in self.near:
                return False
            linked = around.tag in {"li", "a"} or (step < 3 and around.tag in {"div", "td"})
            if linked and _links_on(around, element):
                return True
        return False


def ground_of(tree: Element, title: str, lead: str) -> Ground:
    """The ground of the article with this headline. `lead` is no first paragraph."""
    body = next(iter(elements(tree, "body")), tree)
    order = [e for e in elements(body) if e.tag not in {"script", "style", "option"}]
    head = _place_of(order, title)
    above = list(order[head].iterancestors()) if head >= 0 else []
    own = next((one for one in above if one.tag == "article"), None)
    inner: list[Element] = []
    for one in above:
        if one.tag in {"body", "main", "html"}:
            break
        inner.append(one)
        if one is own:
            break
    first = _first_paragraph(order, head, flat(lead))
    return Ground(order, head, first, own, frozenset(inner[:NEAR]), frozenset(inner))


def _place_of(order: list[Element], title: str) -> int:
    """The place of the headline: its last heading, else the last small element that equals it.

    A page whose card has another headline than it shows has its first heading there; -1 without.
    """
    wanted = flat(title)
    if wanted:
        for tags in ({"h1", "h2"}, None):
            for place in range(len(order) - 1, -1, -1):
                element = order[place]
                if (tags is None or element.tag in tags) and len(element) <= 4:
                    text = short_text(element, 600)
                    if text is not None and flat(text) == wanted:
                        return place
    heads = [place for place, element in enumerate(order) if element.tag == "h1"]
    return heads[0] if len(heads) == 1 else -1


def _first_paragraph(order: list[Element], head: int, lead: str) -> int:
    """The place of the first paragraph behind the headline that is not the lead."""
    for place in range(head + 1, len(order)):
        element = order[place]
        if element.tag not in _BLOCKS or not _is_prose(element):
            continue
        if flat(text_of(element)) != lead and not _is_named_lead(element):
            return place
    return min(len(order), head + REACH)


def _is_named_lead(element: Element) -> bool:
    parent = element.getparent()
    names = tokens(element) | (tokens(parent) if parent is not None else frozenset())
    return not names.isdisjoint(LEADS | MAYBE_LEADS)


def _is_prose(element: Element) -> bool:
    """True for a block without blocks in it that holds more text than a line of facts does."""
    if any(child.tag in _BLOCKS for child in element) or short_text(element, PROSE) is not None:
        return False
    linked = sum(len(text_of(a)) for a in elements(element, "a"))
    return len(text_of(element)) - linked >= PROSE


def _links_on(element: Element, date: Element) -> bool:
    """True for an element that is little else than a link to something with a headline.

    A date may itself be a link, to the article's own address or to the day's archive.
    """
    if element.tag == "a":
        return len(text_of(element)) - len(text_of(date)) >= 12
    if short_text(element, 400) is None:
        return False
    return any(len(text_of(a)) >= 20 for a in islice(elements(element, "a"), 6))
