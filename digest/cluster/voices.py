"""Independent tellers of a story: twelve reprints of one agency piece are one voice.

An article that credits an agency, or repeats the text of one that does, speaks with the agency's
voice. The rest speak with their owner's: outlets of one owner are one, and a copy speaks with the
voice of its original. An article without any sign of who published it never adds a voice of its
own beside another such article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from digest.cluster.credits import Wires, wires
from digest.cluster.groups import Union
from digest.cluster.voice_why import UNKNOWN, Told, because
from digest.model import Article, ArticleId, Copy, Newsroom, Voice

VERBATIM = 0.95
"""Share of the text from which a reprint is called word for word: less is a changed paragraph."""


@dataclass(frozen=True, slots=True)
class _Key:
    """What makes two articles one voice."""

    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class _Teller:
    """Who stands behind one article, before copies are looked at. Empty texts: unknown."""

    article: Article
    outlet: str
    site: str
    """The outlet's name in `outlets.toml`, by which two spellings are one outlet."""
    owner: str
    agencies: tuple[str, ...]
    wire: bool


def voices(
    articles: Sequence[Article], copies: Sequence[Copy], newsroom: Newsroom
) -> tuple[Voice, ...]:
    """The voices of a story, agencies first, then by number of articles and name."""
    known = wires(newsroom.agencies)
    tellers = [_teller(article, newsroom, known) for article in articles]
    copied = {copy.article_id: copy for copy in copies}
    groups: dict[_Key, list[_Teller]] = {}
    for teller, key in zip(tellers, _keys(tellers, copied, newsroom), strict=True):
        groups.setdefault(key, []).append(teller)
    found = [_voice(key, members, copied) for key, members in groups.items()]
    return tuple(sorted(found, key=lambda v: (v.kind != "agency", -len(v.article_ids), v.name)))


def outlet_of(article: Article) -> str:
    """Who published it: the outlet, else the site, the address's host or the source; else ''."""
    return article.outlet.strip() or article.site_name or _host(article)


def _host(article: Article) -> str:
    url = article.canonical_url or article.url
    if not url.startswith(("http://", "https://")) or "[" in url:
        return ""
    host = urlsplit(url).hostname or ""
    return host.removeprefix("www.").removeprefix("m.")


def _teller(article: Article, newsroom: Newsroom, known: Wires) -> _Teller:
    outlet = outlet_of(article)
    row = newsroom.outlet(outlet) or newsroom.outlet("", _host(article))
    agencies = known.credited(article)
    wire = known.publisher(article)
    if row and row.kind == "agency" and not wire:
        wire = row.name
        agencies = tuple(dict.fromkeys((wire, *agencies)))
    site, owner = (row.name, row.owner) if row else (outlet, outlet)
    return _Teller(article, outlet, site, owner, agencies, wire is not None)


# ---- which voice


def _keys(
    tellers: Sequence[_Teller], copied: Mapping[ArticleId, Copy], newsroom: Newsroom
) -> list[_Key]:
    """The voice of each teller: articles that repeat one text share it, through any chain."""
    places = {teller.article.id: at for at, teller in enumerate(tellers)}
    texts = Union(len(tellers))
    for copy in copied.values():
        if copy.article_id in places and copy.copy_of in places:
            texts.join(places[copy.article_id], places[copy.copy_of])
    groups = texts.groups()
    origins = _origins([[tellers[at] for at in group] for group in groups], newsroom)
    keys = [_Key("outlet", UNKNOWN)] * len(tellers)
    for group in groups:
        key = _key([tellers[at] for at in group], copied, origins)
        for at in group:
            keys[at] = key
    return keys


def _key(
    members: Sequence[_Teller], copied: Mapping[ArticleId, Copy], origins: Mapping[str, str]
) -> _Key:
    """Of articles with one text: the agency that any of them credits, else the original's owner."""
    agency = next((name for one in members for name in one.agencies), None)
    if agency is not None:
        return _Key("agency", origins[agency])
    original = min(members, key=lambda one: (not one.owner, one.article.id in copied))
    return _Key("owner", original.owner) if original.owner else _Key("outlet", UNKNOWN)


def _origins(texts: Sequence[Sequence[_Teller]], newsroom: Newsroom) -> dict[str, str]:
    """Agencies credited together, or for one text, are one origin: named by the most credited.

    Who cites two agencies does not say which told it first, so they corroborate each other in
    no article of this story; too few voices is the smaller error.
    """
    counts = Counter(name for text in texts for one in text for name in one.agencies)
    order = {agency.name: at for at, agency in enumerate(newsroom.agencies)}
    names = sorted(counts, key=lambda name: (-counts[name], order.get(name, len(order)), name))
    place = {name: at for at, name in enumerate(names)}
    together = Union(len(names))
    for text in texts:
        cited = [place[name] for one in text for name in one.agencies]
        for at in cited[1:]:
            together.join(cited[0], at)
    return {names[at]: names[min(group)] for group in together.groups() for at in group}


# ---- its name and its reason


def _voice(key: _Key, members: Sequence[_Teller], copied: Mapping[ArticleId, Copy]) -> Voice:
    """Named by the agency, by the owner of several outlets, else by the first outlet."""
    kind, name = key.kind, key.name
    if kind == "owner":
        own = {one.site: one.outlet for one in reversed(members) if one.owner == key.name}
        kind = "owner" if len(own) > 1 else "outlet"
        name = key.name if kind == "owner" else next(iter(own.values()), key.name)
    told = [_told(one, key, copied.get(one.article.id)) for one in members]
    return Voice(name, kind, tuple(one.article.id for one in members), because(kind, name, told))


def _told(one: _Teller, key: _Key, copy: Copy | None) -> Told:
    verbatim = copy is not None and copy.containment >= VERBATIM
    own = one.owner == key.name
    return Told(one.outlet, one.agencies, one.wire, own, copy is not None, verbatim)
