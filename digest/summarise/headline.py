"""Titles as the digest prints them: the outlet's own, cleaned by rule, never invented."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from digest.bulgarian.quotation import inside_open
from digest.bulgarian.typography import tidy
from digest.bulgarian.words import words
from digest.model import Article, Rights
from digest.summarise.bait import baits, without_bait
from digest.summarise.calm import calm
from digest.summarise.candidates import LEAST_WORDS, candidates, has_verb
from digest.summarise.labels import bare
from digest.summarise.lines import fold
from digest.summarise.rights import free_extract

MOST = 300
"""Characters of a title that are read: a longer one is a text in the wrong place."""
LONGEST = 140
"""Characters of a sentence that stands for a title."""
_LONGEST_SENTENCE = 400
_LOOKED_AT = 8
_BODY = 6000
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_CLAUSE = re.compile(
    r",\s+(?=(?:като|(?:с|от|на|за|в|във|при|до|към)? ?ко(?:йто|ято|ето|ито)|където|когато"
    r"|докато|защото|тъй като|след като)(?!\w))|;\s+|\s+–\s+"
)
# What holds for the whole sentence may stand behind: who says it, on what condition, what not.
_HOLDS = re.compile(
    r"(?<!\w)(?:ако|освен|при условие|стига|само|но|обаче|макар|въпреки|според|по думите|твърд\w+"
    r"|съобщ\w+|заяв\w+|обяв\w+|посоч\w+|каза\w*|предад\w+|предава|предполаг\w+|вероятно|уж"
    r"|очаква|може|би|не|няма|нито|опроверг\w+|отрече\w*|обвин\w+|писа|пише|увери\w*|призна\w*)"
    r"(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Headline:
    """A title; `replaced` when a sentence of the article stands for the outlet's `original`."""

    text: str
    replaced: bool = False
    original: str = ""


def headline(article: Article) -> str:
    """The title to print; never empty for an article that has a title or any text."""
    return cleaned(article).text


def cleaned(article: Article, rights: Rights | None = None) -> Headline:
    """The title without site, labels, media marks and shouting, in house typography.

    For a bait title stands the first factual sentence of the body, or its first clauses, where
    the body may be quoted: under the article's `rights` and those given.
    """
    given = _readable(article.title)
    title = bare(given, article.outlet, article.site_name or "")
    title = calm(title, f"{article.lead or ''}\n\n{article.text[:_BODY]}")
    title = without_bait(title)
    mode = rights or article.rights
    says = any(map(str.isalnum, title))
    if (baits(title) or not says) and mode is article.rights is Rights.LICENSED:
        fact = _first_fact(article)
        if fact:
            return Headline(tidy(fact), replaced=True, original=given)
    title = title if says else given or _beginning(article, mode)
    return Headline(tidy(title[:1].upper() + title[1:]))


def _readable(title: str) -> str:
    """White space folded, control characters gone, of a bearable length."""
    whole = fold(_CONTROL.sub(" ", title[: 4 * MOST]))
    return whole if len(whole) <= MOST else f"{whole[:MOST].rsplit(' ', 1)[0]}…"


def _beginning(article: Article, rights: Rights) -> str:
    """For an article without a title: its first characters, as many as are free."""
    return "" if rights is Rights.EXCLUDED else fold(free_extract(article.text))


def _first_fact(article: Article) -> str:
    for one in islice(candidates(article, longest=_LONGEST_SENTENCE), _LOOKED_AT):
        if one.sketch.needs_previous or baits(one.text) or one.text.endswith("?"):
            continue
        if text := _short(one.text.rstrip(".")):
            return text
    return ""


def _short(sentence: str) -> str:
    """The sentence, or its longest beginning of whole clauses that fits; empty when none does.

    What is left out holds no condition, no doubt, no negation and no source of the claim.
    """
    if len(sentence) <= LONGEST:
        return sentence
    for clause in reversed(list(_CLAUSE.finditer(sentence, 0, LONGEST + 2))):
        head = sentence[: clause.start()]
        said = words(head)
        if len(said) < LEAST_WORDS or not has_verb(said) or inside_open(head):
            continue
        if len(head) <= LONGEST and not _HOLDS.search(sentence, clause.start()):
            return head
    return ""
