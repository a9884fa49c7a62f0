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
    Rights,
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
    """Each outlet once, the lead's first; an outlet is credited with its first article."""
    seen: dict[str, Credit] = {}
    for one in (story.lead, *story.articles):
        outlet = (one.outlet or one.site_name or urlsplit(one.url).hostname or "").strip()
        if not outlet or outlet.casefold() in seen:
            continue
        agency = next((a for a in one.agencies if a.casefold() != outlet.casefold()), None)
        seen[outlet.casefold()] = Credit(outlet, address(one), tidy(one.title), agency)
    return tuple(seen.values())


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
    under `extract`, whose hundred characters are one stretch.
    """
    if new is None or summary.rights is Rights.EXTRACT:
        return summary
    line = " ".join(new.text.split())
    rest = tuple(one for one in summary.sentences if " ".join(one.text.split()) != line)
    if len(rest) == len(summary.sentences) or not rest or _LEANS.match(rest[0].text):
        return summary
    return replace(summary, text=" ".join(one.text for one in rest), sentences=rest)


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
    outlets = {a.id: a.outlet or "източник" for a in story.articles}
    by_value: dict[str, list[str]] = {}
    for value in one.values:
        names = by_value.setdefault(in_digits(value.value.strip()), [])
        name = outlets.get(value.article_id, "източник")
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


def printed_summary(summary: Summary) -> str:
    """The text as the mail prints it.

    Under `extract` at most the first 100 characters of the body and „…“ (ЗАПСП, ДВ 100/2023).
    """
    text = tidy(summary.text).strip()
    if summary.rights is not Rights.EXTRACT or not text:
        return text
    free = text[:FREE_EXTRACT].rstrip()
    return free if free.endswith(_ENDS) else free.rstrip(" ,;:–-") + "…"


def printed_one_line(summary: Summary) -> str:
    """One sentence for contents and one-liners; under `extract` nothing beyond what is free."""
    line = tidy(summary.one_line).strip()
    title = tidy(summary.title).strip()
    if not line:
        return title
    free = summary.rights is not Rights.EXTRACT or line.rstrip("…. ") in tidy(summary.text)
    return line if free else title
