"""Which article an entry is: keys under which it is known again, and the verdict over them.

An article has several keys, because each of them lies somewhere: addresses carry headlines, ids
flip between http and https, ten items share one, an old one is given to another article. The
cases, with the threads that report them: slug in the GUID (miniflux 2358, 797), scheme flip and
policy switched back and forth (FreshRSS 5151, 5909), one GUID for all (miniflux 4197), a GUID
used again (feedbin 604). Pure: what is known is handed in.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from digest.collect.address import body_key, identity_key, is_http, short_hash, site
from digest.gathered import GuidPolicy, Known, Seen
from digest.model import Article, ArticleId, Entry

SHINGLE = 5
"""Words of a shingle."""
SKETCHES = 6
"""The smallest shingle hashes of a body that stand for it."""
SKETCH_WORDS = 60
"""Bodies of fewer words are known by the whole body only."""
SHORT_WORDS = 20
"""Words under which the text of an entry alone is no sign: too many of them are alike."""
SAME_TEXT = 0.8
"""Containment above which two bodies are one text."""
SAME_FIGURES = 0.9
"""Share of the shorter body's figures that the other must hold: monthly reports differ in them."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an entry is. `kind`: new, same, altered, or reused (an address or id used again).

    `known` is the stored article that it is (same, altered) or that had its address (reused).
    `why` is a Bulgarian phrase for the log and the editor.
    """

    kind: str
    known: Known | None = None
    why: str = ""

    def __post_init__(self) -> None:
        if self.kind not in {"new", "same", "altered", "reused"}:
            raise ValueError(f"no such verdict: {self.kind!r}")


# ---- keys


def decide_policy(entries: Sequence[Entry], current: GuidPolicy) -> GuidPolicy:
    """What tells a feed's entries apart. A decided policy changes only when it is impossible."""
    ids = [_bare(entry.id) for entry in entries if entry.id]
    links = [identity_key(entry.url) for entry in entries if is_http(entry.url)]
    if not entries:
        return current
    unique = len(set(ids)) == len(entries)
    if current is GuidPolicy.GUID and (unique or len(set(ids)) > 1 or len(entries) == 1):
        return current
    if current is GuidPolicy.LINK and links:
        return current
    if current is GuidPolicy.TITLE and not links:
        return current
    if unique and ids:
        return GuidPolicy.GUID
    return GuidPolicy.LINK if links else GuidPolicy.TITLE


def unstable(entries: Sequence[Entry], source: str, recalled: Mapping[str, object]) -> bool:
    """True when a feed gives its entries new ids at each fetch: known by address, by id never."""
    by_link = by_guid = 0
    for entry in entries:
        if is_http(entry.url) and f"url:{identity_key(entry.url)}" in recalled:
            by_link += 1
            by_guid += _guid_key(entry, source) in recalled
    return by_link >= 3 and by_guid == 0


def entry_keys(entry: Entry, source_id: str, policy: GuidPolicy) -> tuple[str, ...]:
    """Keys of an entry: its address, the feed's id for it, and its address without the slug."""
    found = []
    if is_http(entry.url):
        found.append(f"url:{identity_key(entry.url)}")
    if policy is GuidPolicy.GUID and entry.id:
        found.append(_guid_key(entry, source_id))
    found += [key for url in (entry.url, entry.id) if (key := slugless(url))]
    if not found:
        found.append(f"title:{source_id}:{_plain(entry.title)}")
    return tuple(dict.fromkeys(found))


def article_keys(article: Article, entry: Entry | None, policy: GuidPolicy) -> tuple[str, ...]:
    """Keys of an article: those of its entry, of its addresses, and of its body."""
    found = list(entry_keys(entry, article.source, policy)) if entry is not None else []
    for url in (article.url, article.canonical_url):
        if is_http(url):
            found += [f"url:{identity_key(url)}", slugless(url)]
    if article.text and not (article.partial and len(_words(article.text)) < SHORT_WORDS):
        found.append(f"body:{body_key('', article.text).removeprefix('text:')}")
    if not article.partial:
        found += [f"sketch:{one}" for one in sketch(article.text)]
    return tuple(dict.fromkeys(key for key in found if key))


def file_key(source_id: str, name: str) -> str:
    """The key of a folder's file: its name within its source."""
    return f"file:{source_id}:{name}"


def _guid_key(entry: Entry, source: str) -> str:
    return f"guid:{source}:{_bare(entry.id)[:300]}"


def _bare(guid: str) -> str:
    """An id without its scheme, outer spaces and last slash; what stands inside keeps its case."""
    return re.sub(r"(?i)^https?://", "", " ".join(guid.split())).rstrip("/")


_NUMBER = re.compile(r"(?<![\w.])(\d{4,12})(?![\w.])|(?<=[-_/])(\d{4,12})(?=[-_/.]|$)")
_DAY = re.compile(
    r"(?:19|20)\d\d[-/_.]?(?:0?[1-9]|1[0-2])(?:[-/_.]?(?:0?[1-9]|[12]\d|3[01]))?(?=[-/_.]|$)"
)
_ID_NAMES = re.compile(
    r"(?i)^(?:id|p|nid|newsid|news_id|aid|articleid|article_id|article|story|storyid|sid|item"
    r"|post|pid|n|a|num|statia|novina)$"
)


def slugless(url: str) -> str:
    """An address by its number alone: `slug:SITE/NUMBER`; empty when it has no number of its own.

    `/news/12345-slug`, `/12345/slug`, `slug-12345.html`, `?newsid=12345`. Dates and years are no
    numbers, and two different numbers are no key.
    """
    if not is_http(url):
        return ""
    key = identity_key(url)
    path, _, query = key.partition("?")
    _, _, path = path.partition("/")
    bare = _DAY.sub("", f"/{path}")
    numbers = {
        number
        for match in _NUMBER.finditer(bare)
        if (number := match.group(1) or match.group(2)) and not _is_year(number)
    }
    for part in query.split("&"):
        name, _, value = part.partition("=")
        if _ID_NAMES.match(name) and re.fullmatch(r"\d{4,12}", value):
            numbers.add(value)
    return f"slug:{site(url)}/{numbers.pop()}" if len(numbers) == 1 else ""


def _is_year(number: str) -> bool:
    return len(number) == 4 and 1900 <= int(number) <= 2099


def mark_of(entry: Entry) -> str:
    """The hash of an entry's headline and summary, by which an altered one is noticed.

    Case, spacing, quotation marks and dashes do not count; figures do.
    """
    text = f"{_plain(entry.title)}\n{_plain(entry.summary)}\n{_plain(entry.content[:20_000])}"
    return short_hash(text)


def reused_id(key: str, title: str) -> ArticleId:
    """The id of an article at an address that another article has."""
    return ArticleId(short_hash(f"{key}\n{body_key('', title)}"))


# ---- the verdict


def verdict(
    entry: Entry, keys: Sequence[str], recalled: Mapping[str, tuple[Known, ...]]
) -> Verdict:
    """What an entry is, by what is stored under its keys."""
    mark = mark_of(entry)
    for key in keys:
        for known in reversed(recalled.get(key, ())):
            if key.startswith("slug:") and not kin(entry.title, known.title):
                continue
            if known.mark == mark:
                if _dates(entry, known):
                    return Verdict("altered", known, "датата ѝ вече се знае")
                return Verdict("same", known)
            if _another(entry, known):
                continue
            return Verdict("altered", known, _how(key))
    strong = [k for key in keys if not key.startswith("slug:") for k in recalled.get(key, ())]
    if strong:
        return Verdict("reused", strong[-1], "адресът или номерът вече е бил на друга статия")
    return Verdict("new")


def _dates(entry: Entry, known: Known) -> bool:
    """True when the entry now gives an undated article a day of before it was first seen."""
    at, first = entry.published_at, known.first_seen
    if at is None or first is None or known.published_at is not None:
        return False
    return at <= first


def _another(entry: Entry, known: Known) -> bool:
    """True when headline and day are so different that it is another article (feedbin 604).

    A headline may be rewritten on the day; one that shares no word with the old and comes with a
    later date, or under the old id at another address, is another story.
    """
    if kin(entry.title, known.title):
        return False
    if is_http(entry.url) and is_http(known.url) and _elsewhere(entry.url, known.url):
        return True
    at, before = entry.published_at, known.published_at or known.first_seen
    return at is not None and before is not None and at - before > timedelta(hours=3)


def _elsewhere(one: str, other: str) -> bool:
    """True for two addresses that do not even share a number."""
    if identity_key(one) == identity_key(other):
        return False
    return not slugless(one) or slugless(one) != slugless(other)


def kin(one: str, other: str) -> bool:
    """True when two headlines share enough long words to be one article's."""
    first, second = _stems(one), _stems(other)
    if not first or not second:
        return _plain(one) == _plain(other)
    return len(first & second) >= max(1, 0.3 * min(len(first), len(second)))


def _stems(text: str) -> set[str]:
    """Beginnings of the longer words: enough to join inflected forms."""
    return {word[:5] for word in re.findall(r"\w{4,}", text.casefold())}


def _how(key: str) -> str:
    said = {"guid": "номера от емисията", "slug": "номера в адреса", "url": "адреса"}
    return f"позната по {said.get(key.partition(':')[0], 'заглавието')}"


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


# ---- texts


def sketch(text: str) -> tuple[str, ...]:
    """The smallest shingle hashes of a body: stable over runs, few for any length."""
    words = _words(text)
    if len(words) < SKETCH_WORDS:
        return ()
    return tuple(sorted(set(_hashes(words)))[:SKETCHES])


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _hashes(words: Sequence[str]) -> Iterable[str]:
    for place in range(len(words) - SHINGLE + 1):
        piece = " ".join(words[place : place + SHINGLE])
        yield hashlib.blake2b(piece.encode(), digest_size=8).hexdigest()


def containment(one: str, other: str) -> float:
    """The share (0…1) of the shorter body's shingles that the longer one holds."""
    first, second = _shingles(one), _shingles(other)
    if len(first) > len(second):
        first, second = second, first
    return len(first & second) / len(first) if first else 0.0


def _shingles(text: str) -> set[tuple[str, ...]]:
    words = _words(text)
    if len(words) < SHINGLE:
        return {tuple(words)} if words else set()
    return {tuple(words[place : place + SHINGLE]) for place in range(len(words) - SHINGLE + 1)}


def same_figures(one: str, other: str) -> bool:
    """True when nearly all figures of the shorter body stand in the other."""
    short, long = sorted((one, other), key=len)
    figures = Counter(re.findall(r"\d+", short))
    if not figures:
        return True
    shared = (figures & Counter(re.findall(r"\d+", long))).total()
    return shared >= SAME_FIGURES * figures.total()


def seen_before(
    article: Article,
    keys: Sequence[str],
    recalled: Mapping[str, tuple[Known, ...]],
    whole: Mapping[ArticleId, Article],
    *,
    now: datetime,
    fresh_hours: int,
) -> Seen | None:
    """The oldest stored article with this text, when it is older than news may be.

    A reprint among outlets within the fresh window is coverage and gives None.
    """
    limit = now - timedelta(hours=fresh_hours)
    votes: Counter[ArticleId] = Counter()
    known: dict[ArticleId, Known] = {}
    for key in keys:
        if key.startswith(("body:", "sketch:")):
            for one in recalled.get(key, ()):
                votes[one.id] += SKETCHES if key.startswith("body:") else 1
                known[one.id] = one
    old = [
        seen
        for name, times in votes.items()
        if times >= 2 and (seen := _seen(article, known[name], whole.get(name), limit))
    ]
    return min(old, key=lambda one: one.at, default=None)


def _seen(article: Article, known: Known, before: Article | None, limit: datetime) -> Seen | None:
    at = known.published_at or known.first_seen
    if before is None or at is None or at >= limit or before.id == article.id:
        return None
    share = containment(article.text, before.text)
    if share < SAME_TEXT or not same_figures(article.text, before.text):
        return None
    if (article.partial or before.partial) and not _one_summary(article, before):
        return None
    same = known.outlet.casefold() == article.outlet.casefold()
    return Seen(known.id, known.outlet, known.title, at, round(share, 2), same_outlet=same)


def _one_summary(article: Article, before: Article) -> bool:
    """True when two entries with one text are one article by their headlines too.

    Feeds put one standing line under all their entries, daily columns under each day's headline;
    a longer text may be retitled.
    """
    akin = kin(article.title, before.title)
    if not akin:
        return len(_words(article.text)) >= SKETCH_WORDS
    return same_figures(article.title, before.title)
