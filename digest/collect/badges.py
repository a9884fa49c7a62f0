"""Short words that a page says of its article: badges beside the headline, offers of a wall.

Where they stand decides. Banners, cards of other articles and the page's furniture bear the same
words. Takes the tree as it came, before anything is cut out of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from digest.collect import walls
from digest.collect.markup import Element, elements, short_text, text_of, tokens
from digest.collect.ownwords import PROSE
from digest.collect.paid import is_label

BADGE = 90
"""Characters of the longest badge."""
OFFER = 160
"""Characters of the longest offer of a subscription."""
_NEAR = 250
"""Elements that are looked at for the headline's badges."""
_BANNERS = frozenset({
    "ad", "ads", "adv", "advert", "advertisement", "adslot", "adbox", "adunit", "adsbygoogle",
    "banner", "banners", "inread", "gpt", "dfp", "reklama", "reklami", "outbrain", "taboola",
})  # fmt: skip
_BADGES = frozenset({
    "badge", "label", "sponsored", "sponsor", "advertorial", "paid", "kicker", "flag", "marker",
    "overline", "topline", "eyebrow", "anzeige", "tag",
})  # fmt: skip
_APART = frozenset({"a", "ins", "aside", "nav", "figure", "form", "footer", "template", "dialog"})
_FURNITURE = frozenset({"nav", "aside", "footer", "template", "dialog", "script", "noscript"})
_BLOCKS = frozenset({"p", "div", "section", "h2", "h3", "h4", "h5", "h6", "li", "article", "td"})
_HIDDEN = frozenset({"hidden", "modal", "popup", "d-none"})


_SPEAKS = etree.XPath(
    "//text()[not(parent::script or parent::style) and ("
    + " or ".join(f"contains(., '{one}')" for one in walls.MARKS)
    + ")]"
)
"""Runs of text in which a wall may speak; in C, for it passes over the whole page."""


def page_labels(tree: Element, page: str) -> list[str]:
    """The article's badges and the paywall's words, as the page shows them.

    `page` is the code that the tree was made of: most pages say nothing of a subscription.
    """
    heading = _headline(tree)
    found = list(_badges(heading)) if heading is not None else []
    if walls.may_offer(page[page.find("<body") + 1 :]):
        found += _offers(tree, heading)
    return list(dict.fromkeys(found))[:20]


def _headline(tree: Element) -> Element | None:
    """The main heading: inside an article rather than the logo of the site."""
    heads = list(islice(elements(tree, "h1"), 5))
    inside = (one for one in heads if _article(one) is not None)
    return next(inside, heads[0] if heads else None)


def _article(element: Element) -> Element | None:
    return next(element.iterancestors("article", "main"), None)


# ---- badges


def _badges(heading: Element) -> Iterator[str]:
    """Labels between the article's start and its first paragraph."""
    around = set(heading.iterancestors())
    for element in _near(heading):
        if element in around or element.tag in _APART or element is heading:
            continue
        text = short_text(element, BADGE)
        if not text or not is_label(text, beside_headline=_is_badge(element, around)):
            continue
        if not _elsewhere(element, around):
            yield text


def _near(heading: Element) -> Iterator[Element]:
    """Elements of the headline's block, in document order."""
    start = _article(heading)
    if start is None:
        start = next(islice(heading.iterancestors("div", "section", "header", "td"), 1), heading)
    passed = False
    for element in islice(elements(start), _NEAR):
        passed = passed or element is heading
        if passed and element is not heading and _is_prose(element):
            return
        yield element


def _is_prose(element: Element) -> bool:
    """True where the text begins: a long run of words, in a paragraph or bare."""
    bare = len((element.text or "").strip()), len((element.tail or "").strip())
    if max(bare) > PROSE and element.tag not in {"script", "style", "noscript"}:
        return True
    return element.tag == "p" and len(text_of(element)) > PROSE


def _is_badge(element: Element, around: set[Element]) -> bool:
    """True for an element named as a badge that stands on the headline's own level."""
    return element.getparent() in around and not _BADGES.isdisjoint(tokens(element))


def _elsewhere(element: Element, around: set[Element]) -> bool:
    """True in a banner, in a link, or in a box about another article."""
    if not _BANNERS.isdisjoint(tokens(element)):
        return True
    for box in element.iterancestors():
        if box in around:
            return False
        if box.tag in _APART or box.tag == "article" or not _BANNERS.isdisjoint(tokens(box)):
            return True
        if _leads_away(box):
            return True
    return False


def _leads_away(box: Element) -> bool:
    """True for a box with a link to another article: a title's length, and not in a sentence."""
    for link in elements(box, "a"):
        text = text_of(link)
        if len(text) >= 20 and not walls.may_offer(text):
            parent = link.getparent()
            if parent is None or parent.tag != "p" or len(text_of(parent)) < 1.5 * len(text):
                return True
    return False


# ---- offers of a subscription


def _offers(tree: Element, heading: Element | None) -> Iterator[str]:
    """Short blocks that speak as a paywall does; mere offers only inside the article."""
    around = set(heading.iterancestors()) if heading is not None else set()
    scope = _article(heading) if heading is not None else None
    judged: set[Element] = set()
    for run in _SPEAKS(tree):
        holder = run.getparent()
        block = _block(holder.getparent() if run.is_tail else holder)
        if block is None or block in around or block in judged:
            continue
        judged.add(block)
        text = short_text(block, OFFER)
        if text and _is_offer(block, text, scope) and not _off_the_text(block, around):
            yield text


def _block(element: Element | None) -> Element | None:
    """The nearest block around a run of words."""
    while element is not None and element.tag not in _BLOCKS:
        element = element.getparent()
    return element


def _is_offer(block: Element, text: str, scope: Element | None) -> bool:
    if not walls.is_offer(text, inside=True):
        return False
    inside = scope is not None and any(one is scope for one in block.iterancestors())
    return inside or walls.is_offer(text, inside=False)


def _off_the_text(block: Element, around: set[Element]) -> bool:
    """True in the page's furniture, out of sight, or in a box about another article."""
    near = True
    for box in (block, *block.iterancestors()):
        if box.tag in _FURNITURE or _is_hidden(box):
            return True
        if box in around:
            near = False
        elif box.tag == "header":
            return True
        if near and box is not block:
            near = sum(1 for p in elements(box, "p") if len(text_of(p)) > PROSE) < 2
            if near and _leads_away(box):
                return True
    return False


def _is_hidden(box: Element) -> bool:
    if box.get("hidden") is not None or box.get("aria-hidden") == "true":
        return True
    style = (box.get("style") or "").replace(" ", "").lower()
    return "display:none" in style or not _HIDDEN.isdisjoint(tokens(box))
