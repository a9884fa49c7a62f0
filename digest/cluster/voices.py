"""Independent tellers of a story: twelve reprints of one agency piece are one voice.

An article that credits an agency, or repeats the text of one that does, speaks with the agency's
voice. The rest speak with their owner's: outlets of one owner are one. An article without any
sign of who published it never adds a voice of its own beside another such article.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from digest.model import Agency, Article, ArticleId, Copy, Newsroom, Outlet, Voice

UNKNOWN = "неизвестно издание"

_VERBS = (
    r"преда(?:ва|де|доха|ват)|съобщ(?:ава|и|ават|иха)|информира(?:т|ха)?|пиш(?:е|ат)"
    r"|отбеляз(?:ва|а)|уточнява?|цитира[тн]?[аои]?\s+от|по\s+информация\s+на|позова(?:ва|вайки)\s+се\s+на"
    r"|източник\s*:|(?:каза|заяви|обясни|съобщи)\s+(?:той\s+|тя\s+)?(?:пред|за)"
)


@dataclass(frozen=True, slots=True)
class _Key:
    """What makes two articles one voice."""

    kind: str
    name: str


def voices(
    articles: Sequence[Article], copies: Sequence[Copy], newsroom: Newsroom
) -> tuple[Voice, ...]:
    """The voices of a story, agencies first, then by number of articles and name."""
    keys = _keys(articles, copies, newsroom)
    groups: dict[_Key, list[Article]] = {}
    for article in articles:
        groups.setdefault(keys[article.id], []).append(article)
    found = [_voice(key, members, newsroom) for key, members in groups.items()]
    return tuple(sorted(found, key=lambda v: (v.kind != "agency", -len(v.article_ids), v.name)))


def credited(article: Article, agencies: Sequence[Agency]) -> tuple[str, ...]:
    """Names of the agencies that an article credits or that publish it, in order, each once."""
    spelled = {spelling.casefold(): a.name for a in agencies for spelling in (*a.credits, a.name)}
    found = [spelled.get(name.casefold(), name) for name in article.agencies]
    if not found and (pattern := _pattern(tuple(agencies))):
        text = f"{article.lead or ''}\n{article.text}"
        found = [spelled[_spelling(m).casefold()] for m in pattern.finditer(text)]
    publisher = spelled.get(article.outlet.strip().casefold())
    return tuple(dict.fromkeys([*([publisher] if publisher else []), *found]))


def outlet_of(article: Article) -> str:
    """Who published it: the outlet, else the site, the address's host or the source; else ''."""
    host = (urlsplit(_address(article)).hostname or "").removeprefix("www.")
    return article.outlet.strip() or article.site_name or host or ""


def _address(article: Article) -> str:
    url = article.canonical_url or article.url
    return url if url.startswith(("http://", "https://")) and "[" not in url else ""


def _keys(
    articles: Sequence[Article], copies: Sequence[Copy], newsroom: Newsroom
) -> Mapping[ArticleId, _Key]:
    wires = {a.id: credited(a, newsroom.agencies) for a in articles}
    first = _first_names(wires)
    keys = {
        a.id: _Key("agency", first[wires[a.id][0]]) if wires[a.id] else _own(a, newsroom)
        for a in articles
    }
    # A copy speaks with the voice of its original; an uncredited original of a credited copy is
    # the agency's text too. Twice, so that the second pass sees what the first one found.
    for _ in range(2):
        for copy in copies:
            pair = (keys[copy.copy_of], keys[copy.article_id])
            key = next((k for k in pair if k.kind == "agency"), pair[0])
            keys[copy.article_id] = key
            if key.kind == "agency":
                keys[copy.copy_of] = key
    return keys


def _first_names(wires: Mapping[ArticleId, tuple[str, ...]]) -> dict[str, str]:
    """Agencies credited together are one origin, named by the first."""
    named: dict[str, str] = {}
    for wire in wires.values():
        known = next((named[name] for name in wire if name in named), wire[0] if wire else "")
        for name in wire:
            named.setdefault(name, known)
    return named


def _own(article: Article, newsroom: Newsroom) -> _Key:
    if not outlet_of(article):
        return _Key("outlet", UNKNOWN)
    row = _known(article, newsroom)
    if row and row.kind == "agency":
        return _Key("agency", row.name)
    return _Key("owner", _owner(article, newsroom))


def _known(article: Article, newsroom: Newsroom) -> Outlet | None:
    """The row of `outlets.toml` for the article's outlet, by name or by host."""
    name = outlet_of(article).casefold()
    host = (urlsplit(_address(article)).hostname or "").removeprefix("www.")
    rows = newsroom.outlets
    named = next((row for row in rows if row.name.casefold() == name), None)
    return named or next((row for row in rows if {name, host} & set(row.hosts)), None)


def _owner(article: Article, newsroom: Newsroom) -> str:
    row = _known(article, newsroom)
    return row.owner if row else newsroom.owner_of(outlet_of(article))


def _voice(key: _Key, members: Sequence[Article], newsroom: Newsroom) -> Voice:
    """Named by the agency, by the owner of several outlets, else by the first outlet."""
    ids = tuple(a.id for a in members)
    if key.kind == "agency" or key.name == UNKNOWN:
        return Voice(key.name, key.kind, ids)
    outlets = dict.fromkeys(name for a in members if (name := outlet_of(a)))
    owners = {_owner(a, newsroom) for a in members}
    if len(outlets) > 1 and len(owners) == 1:
        return Voice(key.name, "owner", ids)
    first = next((outlet_of(a) for a in members if _owner(a, newsroom) == key.name), key.name)
    return Voice(first, "outlet", ids)


@lru_cache(maxsize=8)
def _pattern(agencies: tuple[Agency, ...]) -> re.Pattern[str] | None:
    """Credits as outlets print them: «/БТА/», «предаде АФП», a name alone at the end."""
    spellings = sorted({s for a in agencies for s in a.credits}, key=lambda s: (-len(s), s))
    if not spellings:
        return None
    name = "|".join(re.escape(s) for s in spellings)
    quoted = rf"(?:агенция(?:та)?\s+)?[„\"“]?(?P<{{}}>{name})(?!\w)"
    told = rf"(?<!\w)(?i:{_VERBS})\s+(?:за\s+|пред\s+|от\s+)?{quoted.format('told')}"
    tagged = rf"[/(\[]\s*(?P<tagged>{name})\s*(?=[/)\],])"
    telling = rf"(?<!\w)(?P<telling>{name})[“\"]?\s+(?:преда(?:ва|де)|съобщ(?:ава|и))(?!\w)"
    final = rf"(?:[\s/–—,]|^)(?P<final>{name})\s*/?\.?\s*\Z"
    return re.compile(f"{told}|{tagged}|{telling}|{final}")


def _spelling(match: re.Match[str]) -> str:
    return next(value for value in match.groupdict().values() if value)
