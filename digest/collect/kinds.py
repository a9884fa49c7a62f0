"""What a document is: an article, or something that must not pass for one, and why.

Kinds: article, sponsored, listing, consent, paywall, video-bulletin, too-short, and those of
`offnews` (weather, horoscope, live-blog, …). The reason is a Bulgarian sentence for the desk; an
article has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from digest.collect.offnews import Seen, kind_of_page, of_labels


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind and, when it is not an article, why."""

    name: str
    reason: str = ""


ARTICLE = Kind("article")

MIN_CHARS = 200
"""A page body under this says nothing that the title does not."""

_SPONSORED = re.compile(
    r"(?i)(?:^|[\[(/|:«„\"\s])(?:"
    r"платен[ао] (?:публикация|съдържание|материал|реклама)"
    r"|рекламн[аои] (?:публикация|материал|съдържание|статия)"
    r"|спонсориран[ао]? (?:съдържание|публикация|статия|материал)|със спонсорството на"
    r"|реклама|промо(?:ция)?|pr публикация|пр публикация|партньорско съдържание"
    r"|търговско съобщение|advertorial|sponsored(?: content| post)?|paid content"
    r"|съдържанието е (?:платено|предоставено) от|публикацията е платена|в партньорство с"
    r")(?=$|[\])/|:»“\"\s.,!–-])"
)
_SPONSORED_CATEGORY = re.compile(
    r"(?i)^(?:pr|пр|реклама|рекламни|промо|платени|спонсорирано|партньорски?|sponsored"
    r"|advertorial|promo|partner)\b"
)
_SPONSORED_URL = re.compile(
    r"(?i)/(?:pr|promo|reklama|sponsored|advertorial|partner(?:i|s)?|platena?|biznes-pr)(?:/|-)"
)
_CONSENT = re.compile(
    r"(?i)(?:приемане? на (?:всички )?бисквитки|ние и нашите партньори|използва(?:ме)? бисквитки"
    r"|съгласие за (?:обработ|бисквитки)|политика за бисквитки|управление на съгласието"
    r"|настройки на бисквитките|we (?:and our partners|value your privacy|use cookies))"
)
_PAYWALL = re.compile(
    r"(?i)(?:само за абонати|за да (?:прочетете|продължите|четете)[^.]{0,60}"
    r"(?:абонамент|абонирайте|влезте|регистр)|остава(?:т|щ)[^.]{0,30}(?:% от )?(?:статията|текста)"
    r"|статията е достъпна за абонати|subscribe to (?:continue|read)|вече сте абонат\?"
    r"|съдържанието е достъпно (?:само )?за абонати|купете абонамент)"
)
_BULLETIN = re.compile(
    r"(?i)(?:(?:гледайте|вижте|чуйте) (?:цялата )?(?:централната |централна )?емисия"
    r"|^(?:централна(?:та)? )?(?:емисия|новините)\b.{0,40}"
    r"\b(?:\d{1,2}[.:]\d\d|\d{1,2} ?ч|\d{1,2}\.\d{1,2}\.\d{4})"
    r"|^(?:централна|обедна|късна|сутрешна|вечерна|цялата) емисия|емисия новини"
    r"|целият брой на|пълният запис на предаването|спортни новини \(?\d{1,2}\.\d{1,2}"
    r"|прогноза за времето \(\d)"
)


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

    `labels` are the page's own short labels (badges, section names, schema types); `links` and
    `link_share` count links and the share of text inside them; `free` is schema.org's
    isAccessibleForFree; `page` is False for a feed entry, which may be short.
    """
    for rule in (
        _sponsored(title, text, url, categories, labels),
        _bulletin(title, text),
        _wall(text, free=free, page=page),
        _off_news(title, text, url, labels, links),
        _listing(text, labels, links, link_share) if page else None,
    ):
        if rule is not None:
            return rule
    if page and len(text) < MIN_CHARS and text.count(".") < 2:
        return Kind("too-short", f"Текстът е само {len(text)} знака.")
    return ARTICLE


def _sponsored(
    title: str, text: str, url: str, categories: Sequence[str], labels: Sequence[str]
) -> Kind | None:
    edges = [*labels, title, text[:160], text[-240:]]
    for edge in edges:
        match = _SPONSORED.search(edge) if edge is not title else _label_in_title(title)
        if match and (edge in labels or edge is title or _stands_alone(edge, match)):
            return Kind("sponsored", f"Платено съдържание: „{match.group().strip(' [](/|:')}“.")
    named = next((c for c in categories if _SPONSORED_CATEGORY.match(c.strip())), None)
    if named:
        return Kind("sponsored", f"Платено съдържание: рубриката е „{named}“.")
    if _SPONSORED_URL.search(url):
        return Kind("sponsored", "Платено съдържание: така го нарича адресът му.")
    return None


def _label_in_title(title: str) -> re.Match[str] | None:
    """A label at the head or tail of a title, in brackets or before a colon or bar."""
    match = _SPONSORED.search(title)
    if match is None:
        return None
    head, tail = title[: match.start()].strip(), title[match.end() :].strip()
    marked = title[match.start() : match.start() + 1] in "[(|/" or tail[:1] in tuple("])|:/")
    return match if marked and (not head or len(tail) <= 1) else None


def _stands_alone(edge: str, match: re.Match[str]) -> bool:
    """True for a label on a line of its own, or one of the unmistakable long phrases."""
    line_start = edge.rfind("\n", 0, match.start() + 1) + 1
    line_end = edge.find("\n", match.end())
    line = edge[line_start : line_end if line_end >= 0 else len(edge)].strip()
    short = len(line) < len(match.group().strip()) + 40
    return short or (" " in match.group().strip() and "партньорство" not in match.group().lower())


def _bulletin(title: str, text: str) -> Kind | None:
    if _BULLETIN.search(title) or (len(text) < 400 and _BULLETIN.search(text[:200])):
        return Kind("video-bulletin", "Запис на емисия или предаване, а не новина.")
    return None


def _wall(text: str, *, free: bool, page: bool) -> Kind | None:
    short = len(text) < 900
    if page and short and _CONSENT.search(text):
        return Kind("consent", "Страницата иска съгласие за бисквитки вместо да даде статията.")
    if short and _PAYWALL.search(text):
        return Kind("paywall", "Пълният текст е само за абонати.")
    if page and not free and len(text) < 600:
        return Kind("paywall", "Страницата сама казва, че текстът не е свободен.")
    return None


def _off_news(title: str, text: str, url: str, labels: Sequence[str], links: int) -> Kind | None:
    found = kind_of_page(Seen(title, text, url, of_labels(labels), links))
    return Kind(*found) if found else None


_ARTICLES = frozenset({"newsarticle", "article", "blogposting", "reportagenewsarticle"})


def _listing(text: str, labels: Sequence[str], links: int, link_share: float) -> Kind | None:
    schema = {label.lower() for label in labels}
    # A list of related articles stands in the data of an article too.
    lists = {"collectionpage", "searchresultspage"} | (
        set() if schema & _ARTICLES else {"itemlist"}
    )
    if schema & lists and len(text) < 1500:
        return Kind("listing", "Страницата е списък от заглавия.")
    if links >= 8 and link_share > 0.5 and len(text) < 4000:
        return Kind("listing", f"Страницата е списък: {links} връзки и почти никакъв текст.")
    return None
