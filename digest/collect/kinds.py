"""What a document is: an article, or something that must not pass for one, and why.

Kinds: article, sponsored, listing, consent, paywall, video-bulletin, too-short, and those of
`offnews` (weather, horoscope, live-blog, …). The reason is a Bulgarian sentence for the desk; an
article has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digest.collect import walls
from digest.collect.address import is_home
from digest.collect.bulletins import is_bulletin
from digest.collect.cards import LIST_OF_CARDS
from digest.collect.offnews import Seen, kind_of_page, of_labels
from digest.collect.ownwords import prose
from digest.collect.paid import who_paid


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind and, when it is not an article, why."""

    name: str
    reason: str = ""


ARTICLE = Kind("article")

MIN_CHARS = 200
"""A page body under this says nothing that the title does not."""


def judge(
    title: str,
    text: str,
    *,
    url: str = "",
    categories: Sequence[str] = (),
    labels: Sequence[str] = (),
    links: int = 0,
    link_share: float = 0.0,
    free: bool = True,
    page: bool = True,
) -> Kind:
    """Tells what a document is.

    `labels` are the page's own short words about itself (schema types, badges beside the
    headline, offers of a subscription, the shape of a list); `links` and
    `link_share` count links and the share of text inside them; `free` is schema.org's
    isAccessibleForFree; `page` is False for a feed entry, which may be short.
    """
    for rule in (
        _sponsored(title, text, url, categories, labels),
        _bulletin(title, text),
        _wall(text, labels, free=free, page=page),
        _off_news(title, text, url, labels, links),
        _listing(text, url, labels, links, link_share) if page else None,
    ):
        if rule is not None:
            return rule
    if page and len(text) < MIN_CHARS and text.count(".") < 2:
        return Kind("too-short", f"Текстът е само {len(text)} знака.")
    return ARTICLE


def _sponsored(
    title: str, text: str, url: str, categories: Sequence[str], labels: Sequence[str]
) -> Kind | None:
    why = who_paid(title, text, url, categories, labels)
    return Kind("sponsored", f"Платено съдържание: {why}.") if why else None


def _bulletin(title: str, text: str) -> Kind | None:
    if is_bulletin(title, text):
        return Kind("video-bulletin", "Запис на емисия или предаване, а не новина.")
    return None


def _wall(text: str, labels: Sequence[str], *, free: bool, page: bool) -> Kind | None:
    if page and walls.demands_consent(text):
        return Kind("consent", "Страницата иска съгласие за бисквитки вместо да даде статията.")
    offered = len(text) < walls.SHORT and any(walls.is_offer(one, inside=True) for one in labels)
    if offered or walls.sells_text(text):
        return Kind("paywall", "Пълният текст е само за абонати.")
    if page and not free and len(text) < 600:
        return Kind("paywall", "Страницата сама казва, че текстът не е свободен.")
    return None


def _off_news(title: str, text: str, url: str, labels: Sequence[str], links: int) -> Kind | None:
    found = kind_of_page(Seen(title, text, url, of_labels(labels), links))
    return Kind(*found) if found else None


_ARTICLES = frozenset({"newsarticle", "article", "blogposting", "reportagenewsarticle"})


def _listing(
    text: str, url: str, labels: Sequence[str], links: int, link_share: float
) -> Kind | None:
    if is_home(url):
        return Kind("listing", "Това е началната страница на сайта, а не статия.")
    if LIST_OF_CARDS in labels:
        return Kind("listing", "Страницата е списък от анонси на статии.")
    schema = {label.lower() for label in labels}
    # A list of related articles stands in the data of an article too.
    lists = {"collectionpage", "searchresultspage"} | (
        set() if schema & _ARTICLES else {"itemlist"}
    )
    if schema & lists and len(text) < 1500:
        return Kind("listing", "Страницата е списък от заглавия.")
    # A brief news item often stands beside a long column of headlines.
    if links >= 8 and link_share > 0.5 and prose(text) < MIN_CHARS:
        return Kind("listing", f"Страницата е списък: {links} връзки и почти никакъв текст.")
    return None
