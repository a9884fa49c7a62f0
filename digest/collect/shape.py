"""A page's tree in the shape that an extractor reads: text in paragraphs, no tables for layout.

Old sites set a text straight into its container and break it by two line breaks, lay pages out in
tables and hide the rest of a text behind a button. Works in place, changes no word.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import chain

from lxml import etree

from digest.collect.body import flat
from digest.collect.markup import Element, elements, text_of, tokens

PROSE = 60
"""Characters of a paragraph in a short news item; labels, captions and buttons have fewer."""
TITLE = 15
"""Characters of a link that can be the title of another article."""
CELL = 300
"""Characters of a table's cell that holds a text and no figure or name."""
BLOCKS = frozenset({
    "p", "div", "section", "article", "main", "ul", "ol", "li", "dl", "dd", "dt", "table", "tbody",
    "thead", "tr", "td", "th", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "figure",
    "figcaption", "aside", "header", "footer", "form", "pre", "hr", "nav", "center", "details",
})  # fmt: skip
_CONTAINERS = ("article", "section", "main", "center", "div", "body")
_UNSEEN = ("script", "style", "noscript", "template")


def reshape(tree: Element) -> None:
    """Unfolds tables for layout, shows hidden prose and sets loose text into paragraphs."""
    etree.strip_elements(tree, *_UNSEEN, with_tail=False)
    _unfold(tree)
    broken = next(iter(elements(tree, "br")), None) is not None
    for element in list(elements(tree, *_CONTAINERS, *(("p",) if broken else ()))):
        _set_in_paragraphs(element)
    _rename_lines(tree)
    _unhide(tree)


def _unfold(tree: Element) -> None:
    """Makes plain containers of tables that only lay the page out; those of figures stay."""
    layout = {table for table in elements(tree, "table") if _is_layout(table)}
    if not layout:
        return
    for part in list(elements(tree, "tbody", "tr", "td")):
        if _table_of(part) in layout:
            part.tag = "div"
    for table in layout:
        table.tag = "div"


def _table_of(part: Element) -> Element | None:
    return next(iter(part.iterancestors("table")), None)


def _is_layout(table: Element) -> bool:
    """True for a table without headings of its own that has a text in a cell."""
    if any(_table_of(th) is table for th in elements(table, "th")):
        return False
    return any(len(text_of(td)) > CELL or _has_gap(td) for td in elements(table, "td"))


def _has_gap(cell: Element) -> bool:
    return any(_is_gap(one) for one in elements(cell, "br"))


def _is_gap(br: Element) -> bool:
    """True when another line break follows and nothing between them."""
    after = br.getnext()
    return after is not None and after.tag == "br" and not (br.tail or "").strip()


_HIDDEN = etree.XPath("//*[contains(@style, 'none')]")


def _unhide(tree: Element) -> None:
    """Shows hidden blocks with prose that stands nowhere else: the text behind „Прочети още“."""
    hidden = {e for e in _HIDDEN(tree) if "display:none" in e.get("style", "").replace(" ", "")}
    if not hidden:
        return
    seen: set[str] = set()
    behind: dict[Element, list[str]] = defaultdict(list)
    around: dict[Element | None, list[Element]] = {}
    leaves = (one for one in hidden if one.tag != "p" and not has_blocks(one))
    for one in chain(elements(tree, "p"), leaves):
        if not _prose(one):
            continue
        text = flat(text_of(one))
        home = one.getparent()
        if home not in around:
            around[home] = [e for e in one.iterancestors() if e in hidden]
        covers = [one, *around[home]] if one in hidden else around[home]
        for cover in covers:
            behind[cover].append(text)
        if not covers:
            seen.add(text)
    for element, texts in behind.items():
        if seen.isdisjoint(texts):
            del element.attrib["style"]


def _prose(element: Element) -> bool:
    return len(text_of(element)) >= PROSE


# ---- paragraphs


def _set_in_paragraphs(element: Element) -> None:
    """Wraps each run of inline content that two breaks or a block's edge end in a paragraph."""
    if not _has_loose_text(element):
        return
    parts = list(_parts(element))
    runs = [one for one in parts if isinstance(one, _Run)]
    if not any(run.size >= PROSE or run.is_link for run in runs):
        return
    if len(parts) < 2 and element.tag in {"p", "div"}:
        return
    if element.tag == "p":
        element.tag = "div"
    element.text = None
    element[:] = [one.paragraph(element) if isinstance(one, _Run) else one for one in parts]


def _has_loose_text(element: Element) -> bool:
    if element.tag == "p":
        return _has_gap(element)
    if element.text and not element.text.isspace():
        return True
    return any(child.tag == "a" or (child.tail and not child.tail.isspace()) for child in element)


class _Run:
    """Text and inline elements in a row, gathered until a block or a gap ends it."""

    def __init__(self) -> None:
        self.text = ""
        self.children: list[Element] = []
        self.size = 0

    def add(self, text: str | None) -> None:
        """Text after what was gathered last."""
        if not text:
            return
        self.size += len(text.strip())
        if self.children:
            self.children[-1].tail = (self.children[-1].tail or "") + text
        else:
            self.text += text

    def take(self, child: Element) -> None:
        """An inline element; its tail is left to be added."""
        child.tail = None
        self.size += len(text_of(child))
        self.children.append(child)

    @property
    def is_link(self) -> bool:
        """True for nothing but a link that can be the title of another article."""
        if len(self.children) != 1 or self.children[0].tag != "a" or self.text.strip():
            return False
        return self.size >= TITLE and self.size == len(text_of(self.children[0]))

    def paragraph(self, place: Element) -> Element:
        """The run in a paragraph of its own, made for the tree of `place`."""
        p: Element = place.makeelement("p")
        p.text = self.text
        p.extend(self.children)
        return p


def _parts(element: Element) -> Iterator[_Run | Element]:
    """The content of an element as runs and blocks in their order; gaps between them are gone."""
    run = _Run()
    run.add(element.text)
    for child in list(element):
        tail = child.tail
        gap = child.tag == "br" and _is_gap(child)
        if gap or (isinstance(child.tag, str) and _is_block(child)):
            if run.size:
                yield run
            run = _Run()
            if not gap:
                child.tail = None
                yield child
        elif isinstance(child.tag, str) and (child.tag != "br" or run.size):
            run.take(child)
        run.add(tail)
    if run.size:
        yield run


def _is_block(element: Element) -> bool:
    return element.tag in BLOCKS or has_blocks(element)


def has_blocks(element: Element) -> bool:
    """True when a block stands in an element, at any depth."""
    return len(element) > 0 and any(one.tag in BLOCKS for one in element.iterdescendants())


def _rename_lines(tree: Element) -> None:
    """Makes paragraphs of a text's lines where each stands in a `div` of the same name."""
    lines = [div for div in elements(tree, "div") if not has_blocks(div) and _prose(div)]
    around = Counter((one.getparent(), tokens(one)) for one in lines)
    for one in lines:
        if around[one.getparent(), tokens(one)] >= 2 and not _is_linked(one):
            one.tag = "p"


def _is_linked(element: Element) -> bool:
    linked = sum(len(text_of(a)) for a in elements(element, "a"))
    return linked > 0.3 * len(text_of(element))
