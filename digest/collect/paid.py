"""Texts that somebody paid for, by their labels: beside the headline, on a line, in an address.

Advertising is a subject of the news. A label is a whole line, never a part of a sentence; the
bare word „Реклама“ labels the advertisements of a page and says nothing of its article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digest.collect.address import path_and_query
from digest.collect.body import ends_sentence
from digest.collect.ownwords import PROSE, blocks, trimmed

_THING = (
    r"(?:публикаци[яи]|съдържание|материали?|стати[яи]|съобщени[ея]|репортаж|текст|реклама"
    r"|политическ[ао] (?:реклама|съобщение|съдържание|публикация|агитация))"
)
_PHRASE = (
    rf"(?:(?:платен[аои]?|рекламн[аои]|рекламен|спонсориран[аои]?|промоционал(?:ен|н[аои])"
    rf"|партньорск[аои]|pr|пр) {_THING}|търговско съобщение"
    r"|(?:съдържанието|материалът) е (?:платено?|предоставено?) от|(?:публикацията|статията) е "
    r"платена|със спонсорството на|в партньорство с(?:ъс)?"
    r"|(?:на правах рекламы|партн[её]рский материал|спонсорский материал)"
    r"|advertorial|(?:sponsored|paid|branded|partner) (?:content|post|article|story)"
    r"|bezahlter (?:inhalt|beitrag)|gesponserter (?:inhalt|beitrag)|bezahlte anzeige"
    r"|contenu (?:sponsorisé|partenaire|de marque)|publi-?rédactionnel|publireportage"
    r"|contenido (?:patrocinado|de marca)|publirreportaje)"
)
_NAME = r"[„“«\"]?[A-ZА-Я0-9][^\s,;:]*"
_PAYER = (
    rf"(?:(?:\s+(?:на|от|с|by|von|de|par)|\s*[:–|-])?(?:\s+(?:(?:и|&|and)\s+)?{_NAME}){{1,6}})?"
)
_LABEL = re.compile(rf"(?i:{_PHRASE}){_PAYER}")
"""A whole label, perhaps with the name of who paid."""
_WORD = re.compile(
    r"(?i)sponsored|anzeige|werbung|publicité|sponsorisé|publicidad|patrocinado|gesponsert"
)
"""Words that label foreign texts; beside a headline only, for they label banners too."""
_HEAD = re.compile(rf"^[\W_]*(?i:{_PHRASE})\s*[.\])/|]")
"""A label that ran into the first paragraph."""
_TELLS = re.compile(
    r"(?i)(?:тази|настоящата|този|настоящият|това|настоящото) (?:публикация|статия|материал"
    r"|съдържание|текст) (?:е|представлява) (?:платен|рекламн|рекламен|спонсориран|реклама\b"
    r"|търговск|(?:създаден|предоставен|реализиран)[ао]? (?:от|в партньорство|съвместно))"
)
"""A sentence in which the text says of itself that it is paid for."""
_IN_TITLE = re.compile(
    rf"(?i)^\s*(?:[\[(]\s*(?:{_PHRASE}|реклама|промо|sponsored)\s*[\])]|(?:{_PHRASE}|sponsored)"
    rf"\s*[:|/])|[\[(]\s*(?:{_PHRASE}|реклама|промо|sponsored)\s*[\])]\s*$|[|/]\s*{_PHRASE}\s*$"
)
_CATEGORY = re.compile(
    rf"(?i)(?:(?:pr|пр)(?:[ -](?:зона|новини|статии|публикации|съобщения|материали))?"
    rf"|{_PHRASE}|промо|промо (?:статии|публикации)|advertorials?|sponsored(?: posts?)?)"
)
_SEGMENTS = frozenset({
    "pr", "promo", "reklama", "sponsored", "sponsored-content", "advertorial", "advertorials",
    "biznes-pr", "pr-publikacii", "platena-publikacia", "platena-publikaciya", "plateni-publikacii",
    "plateno-sadarzhanie", "reklamni-publikacii", "reklamni-materiali", "branded-content",
    "paid-content",
})  # fmt: skip
"""Whole segments of an address before its last one, which names the text."""

LABEL = 240
"""Characters of the longest sentence in which a text says that it is paid for."""


def who_paid(
    title: str, text: str, url: str, categories: Sequence[str], labels: Sequence[str]
) -> str | None:
    """What labels a text as paid for, in words for the desk; None for a text without a label."""
    found = next(_labels(title, text, labels), None)
    if found is not None:
        return f"„{found}“"
    named = next((one for one in categories if _CATEGORY.fullmatch(trimmed(one))), None)
    if named:
        return f"рубриката е „{named}“"
    path, _ = path_and_query(url)
    if not _SEGMENTS.isdisjoint(path.lower().strip("/").split("/")[:-1]):
        return "така го нарича адресът му"
    return None


def is_label(line: str, *, beside_headline: bool = False) -> bool:
    """True for a line that is nothing but a label; single words only beside a headline."""
    bare = trimmed(line)
    if beside_headline and _WORD.fullmatch(bare):
        return True
    return len(bare) <= 90 and bool(_LABEL.fullmatch(bare))


def _labels(title: str, text: str, labels: Sequence[str]) -> Iterator[str]:
    yield from (trimmed(one) for one in labels if is_label(one, beside_headline=True))
    if match := _IN_TITLE.search(title):
        yield trimmed(match.group())
    lines = blocks(text)
    for place in {*range(len(lines))[:2], *range(len(lines))[-3:]}:
        if len(lines[place]) > LABEL:
            continue
        bare, after = trimmed(lines[place]), lines[place + 1 :]
        # Between two paragraphs it is a cross-heading, before a headline the label of a card.
        at_edge = not after or (not _tells(lines[:place]) and ends_sentence(after[0]))
        if (is_label(bare) and at_edge) or _TELLS.match(bare):
            yield bare[:80]
    if match := _HEAD.match(text):
        yield trimmed(match.group())


def _tells(lines: Sequence[str]) -> bool:
    return any(len(one) >= PROSE for one in lines)
