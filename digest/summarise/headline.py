"""Titles as the digest prints them: the outlet's own, cleaned by rule, never invented."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from digest.bulgarian.names import names
from digest.model import Article, Rights
from digest.summarise.candidates import candidates
from digest.summarise.lines import fold

LONGEST = 140
_SUFFIX = re.compile(r"\s+(?:[|»•]|[-–—]{1,2}|::)\s+(?P<site>[^|»•]{2,40})$")
_SITE = re.compile(
    r"(?:[\w-]+\.(?:bg|com|net|eu|info|news|test)|новини(?:те)?(?: .{0,25})?|news(?: .{0,25})?)",
    re.IGNORECASE,
)
_MEDIA = re.compile(
    r"\s*[(\[]\s*\+?\s*(?:снимк[аи]|видео|галерия|обзор|аудио|обновена|на живо|photos?|video)"
    r"(?:\s*(?:[+,/и]|и)\s*(?:снимк[аи]|видео|галерия|аудио))*\s*[)\]]",
    re.IGNORECASE,
)
_ALARM = re.compile(
    r"^(?:извънредно|горещо|скандал(?:но)?|шок(?:иращо|ова новина)?|сензация|ексклузивно|бомба"
    r"|само в \S+|първо в \S+|на живо|внимание|breaking)\s*[:!|–-]+\s*(?=\S)",
    re.IGNORECASE,
)
_BAIT = re.compile(
    r"няма да (?:повярва|познае|се сети)|ще останете|вижте (?:кой|как|какво|защо|къде|колко)"
    r"|(?:ето|научете|разберете) (?:какво|как|защо|кой|коя|кои|колко|кога|къде)"
    r"|трябва да (?:знаете|видите)|никой не очакваше|познайте|взриви (?:мрежата|интернет)"
    r"|разтърси мрежата|ще ви (?:шокира|изненада|остави)|какво се случи (?:после|след това)"
    r"|тайната на|ахнаха|настръхн|потресаващ",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Headline:
    """A title; `replaced` when a sentence of the article stands for a bait title."""

    text: str
    replaced: bool = False


def headline(article: Article) -> str:
    """The title to print; never empty for an article that has a title or any text."""
    return cleaned(article).text


def cleaned(article: Article) -> Headline:
    """The title without site, alarm words, media marks and shouting; bait replaced.

    A sentence of the body stands for a bait title only where the body is licensed.
    """
    title = _without_site(fold(article.title), article)
    title = _ALARM.sub("", _MEDIA.sub("", title)).strip() or fold(article.title)
    title = _calm(title, article)
    title = title[:1].upper() + title[1:]
    if _BAIT.search(title) or not title:
        fact = _first_fact(article)
        if fact:
            return Headline(fact, replaced=True)
    return Headline(title)


def _without_site(title: str, article: Article) -> str:
    match = _SUFFIX.search(title)
    if match is None or match.start() < 10:
        return title
    site = match.group("site").strip()
    own = {_plain(name) for name in (article.outlet, article.site_name or "") if name}
    if _plain(site) in own or _SITE.fullmatch(site):
        return title[: match.start()]
    return title


def _plain(name: str) -> str:
    return re.sub(r"\.(?:bg|com|net|eu|info)$|\W", "", name.casefold())


def _calm(title: str, article: Article) -> str:
    """Shouting capitals become a sentence; names keep the form that the text gives them."""
    letters = [c for c in title if c.isalpha()]
    loud = sum(c.isupper() for c in letters)
    if len(letters) < 10 or loud < 0.7 * len(letters):
        return title
    forms = _known_forms(article)
    return re.sub(r"\w+", lambda m: forms.get(m.group().lower(), _lower(m.group())), title)


def _lower(word: str) -> str:
    # «2-ри» and single letters of grades stay; nothing else is known of the word.
    return word if any(c.isdigit() for c in word) else word.lower()


def _known_forms(article: Article) -> dict[str, str]:
    body = f"{article.lead or ''}\n\n{article.text[:6000]}"
    forms: dict[str, str] = {}
    for name, _, _ in names(body):
        for word in re.findall(r"\w+", name):
            forms.setdefault(word.lower(), word)
    return forms


def _first_fact(article: Article) -> str:
    if article.rights is not Rights.LICENSED:
        return ""
    for one in islice(candidates(article, longest=LONGEST), 8):
        if not one.sketch.needs_previous and not _BAIT.search(one.text):
            return one.text.rstrip(".")
    return ""
