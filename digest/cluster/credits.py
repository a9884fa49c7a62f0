"""Which wire agencies an article credits as its origin, and which it only speaks of.

Credits: a tag („/БТА/“, „(Ройтерс)“) at a seam of the text, a dateline („БТА – Пожар…“), the name
behind the last full stop, and a saying („предаде АФП“, „каза пред БТА“, „пред БТА кметът
обясни“). In a long text a saying counts only where an origin is named: at the beginning, at the
end, or when it comes back; one in the middle is the source of a paragraph.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest.model import Agency, Article

LONG = 900
"""Characters of a text in which one saying may be about one paragraph only: three of a news item's
usual five paragraphs. Everything shorter has hardly room for a second origin."""
HEAD, TAIL = 400, 200
"""Where an origin is named in a long text: its first two paragraphs and its last sentence."""
AROUND = 90
"""Characters looked at on each side of a name."""

_OF = "(?:агенция(?:та)?|информационната агенция|агенции(?:те)?|радио)"
_SAYS = (
    r"(?:преда(?:ва|де|доха|ват)|съобщ(?:ава|и|ават|иха)|информира(?:т|ха)?|пи(?:ше|шат|са)"
    r"|отбеляз(?:ва|а)|уточнява?|припомня|допълва)"
)
_FROM = (
    r"(?:според|цитира[тн]?[аои]?(?:\s+от)?|по\s+(?:информация|данни|съобщение)\s+на"
    r"|позова(?:ва|ват|вайки)\s+се\s+на|с\s+позоваване\s+на|източни(?:к|ци)\s*:|текст\s*:"
    r"|according\s+to|reported\s+by|told|source\s*:)"
)
_SPOKE = (
    r"(?:каза(?:ха)?|заяви(?:ха)?|обясни(?:ха)?|съобщи(?:ха)?|коментира(?:ха)?|посочи(?:ха)?"
    r"|уточни(?:ха)?|разказа(?:ха)?|подчерта(?:ха)?|потвърди(?:ха)?|допълни(?:ха)?"
    r"|сподели(?:ха)?|добави(?:ха)?|said|интервю)"
)
_BEFORE = re.compile(
    rf"(?i:(?<!\w)(?:(?:{_SAYS}|{_FROM})\s+(?:и\s+|от\s+)?"
    rf"|{_SPOKE}(?:\s+[^\s.,;:!?]+){{0,5}}?\s+(?:пред|за|to)\s+)(?:{_OF}\s+)?)[„\"“]?$"
)
_TO = re.compile(rf"(?i:(?<!\w)пред\s+(?:{_OF}\s+)?)[„\"“]?$")
_SPEAKER = re.compile(rf"(?i)^[“\"]?(?:\s+[^\s.,;:!?]+){{0,5}}?\s+{_SPOKE}(?!\w)")
_TELLING = re.compile(
    rf"(?i)^[“\"]?\s+(?:{_SAYS}|reports?|reported|(?:also\s+)?said)(?!\w)(?!\s+си(?!\w))"
)
_BOUND = re.compile(
    r"(?i)(?:(?<!\w)(?:на|в|във|от|до|с|със|срещу|към|при|за|пред|без|че|и|или|of|at|the|in)\s+"
    r"|[(/])$"
)
"""Before a name that then belongs to another word: „шефът на БТА съобщи“."""
_CHANNEL = re.compile(r"^[“\"]?\s+(?:TV|ТВ|телевизия|груп|group|България|Bulgaria)(?!\w)")
"""Behind a name that is then another one: „Bloomberg TV Bulgaria“."""
_OPENED = re.compile(r"[/(\[][^/()\[\]\n]*$")
_CLOSED = re.compile(r"^[^/()\[\]\n]{0,60}[/)\]]\s*(?P<next>$|\n|[.–—-])?")
_PLACE = re.compile(r"(?:^|\n)\s*[А-ЯA-Z]\w+(?:\s[А-ЯA-Z]\w+)?(?:,?\s\d{1,2}\s\w+)?,?$")
"""What stands before a tag in a dateline: „София, 12 ноември /БТА/“."""
_STOPS = ("", ".", "!", "?", "…", "“", '"', "»")
_PHOTO = re.compile(r"(?i)(?:снимк[аи]|фото|видео|photo)\b\s*[:–-]?\s*[/(\[]?\s*(?:\w{2,12},\s*)?$")
_ALONE = re.compile(r"(?:^|\n|[.!?…“\"»]\s*[/–—|-]?\s*|[.!?…]\s+\S{2,12}[,/]\s*)$")
_ENDED = re.compile(r"^\s*/?\.?\s*(?:$|\n)")
_DATELINE = re.compile(r"^\s+[–—-]\s+[А-ЯA-Z„\"]")


@dataclass(frozen=True, slots=True)
class Wires:
    """The agencies of a newsroom: printed name by spelling without case, and spellings as such."""

    names: Mapping[str, str]
    spellings: tuple[tuple[str, str], ...]
    """Spelling and printed name, the longest spellings first."""

    def credited(self, article: Article) -> tuple[str, ...]:
        """Names of the agencies that an article credits or that publish it, each once."""
        found = [self.names.get(name.casefold(), name) for name in article.agencies]
        if not found:
            found = [*self._headed(article.title), *_in_text(article, self.spellings)]
        publisher = self.publisher(article)
        return tuple(dict.fromkeys([*([publisher] if publisher else []), *found]))

    def _headed(self, title: str) -> list[str]:
        """„Ройтерс: …“ is how a headline credits."""
        head = title.partition(":")[0].strip(' „“"') if ": " in title else ""
        return [name for spelling, name in self.spellings if spelling == head] if head else []

    def publisher(self, article: Article) -> str | None:
        """The agency whose own publication this is, by the outlet's name."""
        return self.names.get(article.outlet.strip().casefold())


@lru_cache(maxsize=8)
def wires(agencies: tuple[Agency, ...]) -> Wires:
    """The table of these agencies, made once."""
    pairs = {spelling: a.name for a in agencies for spelling in (a.name, *a.credits)}
    longest = sorted(pairs.items(), key=lambda pair: (-len(pair[0]), pair[0]))
    return Wires({spelling.casefold(): name for spelling, name in pairs.items()}, tuple(longest))


def _in_text(article: Article, spellings: Sequence[tuple[str, str]]) -> list[str]:
    text = f"{article.lead}\n{article.text}" if article.lead else article.text
    long = len(text) > LONG
    sure: list[tuple[int, str]] = []
    said: list[tuple[int, str]] = []
    for at, end, name in _named(text, spellings):
        before, after = text[max(0, at - AROUND) : at], text[end : end + AROUND]
        if _tagged(before, after):
            sure.append((at, name))
        elif _told(before, after):
            near = not long or at < HEAD or end > len(text) - TAIL
            (sure if near else said).append((at, name))
    often = Counter(name for _, name in said)
    sure += [(at, name) for at, name in said if often[name] > 1]
    return [name for _, name in sorted(sure)]


def _named(text: str, spellings: Sequence[tuple[str, str]]) -> Iterator[tuple[int, int, str]]:
    """Where whole spellings stand. Looking for each is cheaper than a pattern of them all."""
    for spelling, name in spellings:
        at = text.find(spelling)
        while at >= 0:
            end = at + len(spelling)
            whole = not (at and text[at - 1].isalnum()) and not text[end : end + 1].isalnum()
            if whole:
                yield at, end, name
            at = text.find(spelling, end)


def _tagged(before: str, after: str) -> bool:
    """In slashes or brackets at a seam, alone at an end, or before the dash of a dateline."""
    if _PHOTO.search(before):
        return False
    opened, closed = _OPENED.search(before), _CLOSED.match(after)
    if opened and closed:
        return _at_seam(before[: opened.start()], opened.group()[0], closed["next"])
    if not _ALONE.search(before):
        return False
    return bool(_ENDED.match(after) or _DATELINE.match(after))


def _at_seam(outside: str, opener: str, follows: str | None) -> bool:
    """Whether a tag stands between sentences, in a dateline or at the end of a paragraph.

    „Българската телеграфна агенция (БТА) обяви“ and „прокуратура (АП).“ are parts of a sentence.
    """
    left = outside.rstrip()
    if left[-1:] in _STOPS or outside.endswith("\n") or _PLACE.search(outside.rstrip(" ")):
        return True
    if follows is None or left.casefold().endswith("агенция"):
        return False
    return opener == "/" or follows != "."


def _told(before: str, after: str) -> bool:
    """A saying that names the agency as where the news comes from."""
    if _CHANNEL.match(after):
        return False
    if _BEFORE.search(before):
        return True
    if _TO.search(before):
        return bool(_SPEAKER.match(after))
    return bool(_TELLING.match(after)) and not _BOUND.search(before.rstrip('„“"'))
