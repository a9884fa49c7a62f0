"""The lines under a story: credits, disagreement, what is new, and the free extract.

Pure text work on the model's types; typography is applied to everything that is printed and
never to what carries a span.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urlsplit

from digest.bulgarian.dates import day_month
from digest.bulgarian.numbers import numbers
from digest.bulgarian.typography import tidy
from digest.model import (
    FREE_EXTRACT,
    Article,
    Credit,
    Development,
    Disagreement,
    Origin,
    Rights,
    Sentence,
    Story,
    Summary,
)

_PEOPLE = ("ени", "али", "ани", "ати", "хора", "души")
_UNITS = frozenset({"%", "лв.", "€", "$", "км", "MW", "т", "°", "кв.м", "кг"})
"""Facts that read after their number: „14 ранени“, „3,4%“; others are named before it."""

_COUNTS_SOMETHING = re.compile(r"\d\W+[^\W\d]{2,}|[%€$]")
"""A value that says what it counts: „14 ученици“, „3,4%“."""

_LEANS = re.compile(
    r"(?:Той|Тя|То|Те|Това|Тези|Този|Тази|Така|Освен|Но|А|И|Още|Също|Там|Негов\w*|Нейн\w*)\b"
)
"""A sentence that opens so needs the one before it."""

_ENDS = (".", "!", "?", "…", ".“", "!“", "?“")


def http_address(*candidates: str) -> str:
    """The first candidate that is an http(s) address with a host, else an empty text."""
    for one in candidates:
        try:
            parts = urlsplit(one.strip())
        except ValueError:
            continue
        if parts.scheme in {"http", "https"} and parts.netloc:
            return one.strip()
    return ""


def address(article: Article) -> str:
    """What the page says of itself, else what was fetched."""
    return http_address(article.canonical_url, article.url)


def credits_of(story: Story) -> tuple[Credit, ...]:
    """Each outlet once, the lead's first; an outlet is credited with its first article.

    An excluded source is not named.
    """
    seen: dict[str, Credit] = {}
    for one in _open(story):
        outlet = _outlet(one)
        if not outlet or outlet.casefold() in seen:
            continue
        agency = next((a for a in one.agencies if a.casefold() != outlet.casefold()), None)
        seen[outlet.casefold()] = Credit(outlet, address(one), tidy(one.title), agency)
    return tuple(seen.values())


def origins_of(story: Story, sentences: Sequence[Sentence]) -> tuple[Origin, ...]:
    """The articles of the story, those that the sentences rest on first, none excluded."""
    by_id = {one.id: one for one in _open(story)}
    told = dict.fromkeys((*(s.article_id for s in sentences), *by_id))
    return tuple(
        Origin(name, _outlet(by_id[name]), tidy(by_id[name].title).strip(), address(by_id[name]))
        for name in told
        if name in by_id
    )


def _open(story: Story) -> list[Article]:
    """The articles that may be named, the one whose headline is printed first."""
    rest = (one for one in story.articles if one.id != story.shown.id)
    return [one for one in (story.shown, *rest) if one.rights is not Rights.EXCLUDED]


def _outlet(one: Article) -> str:
    return (one.outlet or one.site_name or urlsplit(one.url).hostname or "").strip()


def update_line(new: Development | None, day: date, period: str = "day") -> str:
    """„Ново от вчера: …“, or the date of the earlier edition when it is older.

    In a weekly (`period` is `week`) the edition of the week before is „миналата седмица“.
    """
    if new is None or not new.text.strip():
        return ""
    if period == "week" and timedelta(0) < day - new.since <= timedelta(days=8):
        since = "миналата седмица"
    elif new.since == day - timedelta(days=1):
        since = "вчера"
    else:
        since = day_month(new.since)
    # A stretch that ends at a clause, or a headline, ends here.
    text = new.text.strip().rstrip(" ,;:–-")
    return tidy(f"Ново от {since}: {text}" + ("" if text.endswith(_ENDS) else "."))


def told_once(summary: Summary, new: Development | None) -> Summary:
    """The summary without the sentence that „Ново от вчера“ says already.

    As it is when nothing else would be left, when what is left would lean on the sentence, and
    of a free extract, whose hundred characters are one stretch. „Защо е важно“ goes when the
    line says it, or when it leans on what went.
    """
    if new is None or free_only(summary):
        return summary
    line = " ".join(new.text.split())
    if summary.matters and summary.matters.text == line:
        summary = replace(summary, matters=None)
    rest = tuple(one for one in summary.sentences if " ".join(one.text.split()) != line)
    if len(rest) == len(summary.sentences) or not rest or _LEANS.match(rest[0].text):
        return summary
    leans = summary.matters is not None and _LEANS.match(summary.matters.text)
    return replace(
        summary,
        text=_joined(rest),
        sentences=rest,
        matters=None if leans else summary.matters,
    )


SECOND_TIER = 220
"""Characters of a story below the lead: what stands beside a thumbnail (docs/design.md)."""


def within(summary: Summary, limit: int = SECOND_TIER) -> Summary:
    """The summary's first sentences that fit in `limit` characters, whole.

    Where the first alone is longer, its one-liner if that fits, else the sentence as it is: none
    is cut. What „Защо е важно“ says must not lean on a sentence that went.
    """
    if len(summary.text) <= limit or not summary.sentences:
        return summary
    kept = summary.sentences
    while len(kept) > 1 and len(_joined(kept)) > limit:
        kept = kept[:-1]
    text, line = _joined(kept), summary.one_line.strip()
    if len(text) > limit and len(line) <= limit and not line.endswith("…"):
        text = line or text
    leans = summary.matters is not None and _LEANS.match(summary.matters.text)
    gone = len(kept) < len(summary.sentences)
    return replace(
        summary,
        text=text,
        sentences=kept,
        matters=None if leans and gone else summary.matters,
    )


def _joined(sentences: Sequence[Sentence]) -> str:
    return " ".join(one.text for one in sentences)


def in_digits(value: str) -> str:
    """A figure as readers compare it: „Четиринайсет ученици“ → „14 ученици“."""
    found = numbers(value, ones=True)
    if not found or found[0].start or value[0].isdigit() or found[0].unit:
        return value
    return f"{found[0].value.normalize():f}{value[found[0].end :]}"


def disagreement_line(story: Story) -> str:
    """Which outlet says what, for the first fact on which they differ; empty if they agree."""
    lines = [_differing(one, story) for one in story.disagreements]
    return next((tidy(line) for line in lines if line), "")


def _differing(one: Disagreement, story: Story) -> str:
    outlets = {a.id: a.outlet or "източник" for a in _open(story)}
    by_value: dict[str, list[str]] = {}
    for value in one.values:
        if value.article_id not in outlets:
            continue
        names = by_value.setdefault(in_digits(value.value.strip()), [])
        name = outlets[value.article_id]
        if name not in names:
            names.append(name)
    if len(by_value) < 2 or len({name for names in by_value.values() for name in names}) < 2:
        return ""  # One outlet that corrected itself disagrees with nobody.
    # What stands in brackets tells the same fact apart for machines.
    fact = one.fact.partition(" (")[0].strip()
    parts = [f"{value} според {_named(names)}" for value, names in by_value.items()]
    said = all(_COUNTS_SOMETHING.search(value) for value in by_value)
    if said or not fact:
        return f"Данните се разминават: {', '.join(parts)}."
    if fact.endswith(_PEOPLE) or fact in _UNITS:
        first = next(iter(by_value))
        parts[0] = f"{first} {fact} според {_named(by_value[first])}"
        return f"Данните се разминават: {', '.join(parts)}."
    return f"Данните се разминават („{fact}“): {', '.join(parts)}."


def _named(outlets: Sequence[str]) -> str:
    quoted = [f"„{one}“" for one in outlets]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} и {quoted[-1]}"


def free_only(summary: Summary) -> bool:
    """Whether the text is a free extract: under `extract`, and under `facts` without own words."""
    facts = summary.rights is Rights.FACTS and summary.method == "extractive"
    return facts or summary.rights is Rights.EXTRACT


def printed_summary(summary: Summary) -> str:
    """The text as the mail prints it.

    Of a free extract at most the first 100 characters of the body and „…“ (ЗАПСП, ДВ 100/2023);
    of an excluded source nothing.
    """
    text = tidy(summary.text).strip()
    if summary.rights is Rights.EXCLUDED or not text:
        return ""
    return _free(text) if free_only(summary) else text


def _free(text: str) -> str:
    free = text[:FREE_EXTRACT].rstrip()
    return free if free.endswith(_ENDS) else free.rstrip(" ,;:–-") + "…"


def printed_one_line(summary: Summary) -> str:
    """One sentence for contents and one-liners; of a free extract nothing beyond what is free."""
    line = tidy(summary.one_line).strip()
    title = tidy(summary.title).strip()
    if not line or line == title:
        return title
    if not free_only(summary):
        return line
    return _free(line) if line.rstrip("…. ") in tidy(summary.text) else title
