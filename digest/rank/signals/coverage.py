"""Who tells a story: independent voices, how fast they come, how many outlets, how weighty."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from digest.bulgarian.typography import count
from digest.model import Article, FeedPlace, Voice
from digest.rank.material import Context, Material, outlet_of, outlets_of
from digest.rank.signals.signal import Signal, decimal

NAMED = 4
"""Voices that the sentence names; one more is named too."""

VOICES = 6
"""Independent voices that are full coverage: a seventh tells an editor nothing new."""

GROWING = 3
"""New voices that are full growth: two may be chance, three outlets do not wake up together."""


def coverage(told: Material, _context: Context) -> Signal:
    """log(voices) ÷ log(6): 0 for one, 1 for six or more; reprints do not count."""
    story = told.story
    voices = story.independent_sources
    value = min(1.0, math.log(voices) / math.log(VOICES))
    shown = story.voices[: NAMED if voices > NAMED + 1 else NAMED + 1]
    named = ", ".join([v.name for v in shown])
    if voices == 1:
        return Signal(value, f"Разказва я един независим източник{': ' + named if named else ''}.")
    more = f" и още {voices - len(shown)}" if len(shown) < len(story.voices) else ""
    return Signal(value, f"Разказват я {voices} независими източника: {named}{more}.")


def growth(told: Material, context: Context) -> Signal:
    """New voices of the last hours ÷ the earlier ones (at least 3); the very first is no growth.

    A voice came with its first dated article; one without a date is left out.
    """
    if told.story.independent_sources == 1:
        return Signal(0.0, "Още няма втори глас, който да я е поел.")
    came = [at for voice in told.story.voices if (at := _first(told, voice)) is not None]
    since = context.now - timedelta(hours=context.growth_hours)
    new = sum(at > since for at in came)
    earlier = len(came) - new
    window = f"последните {count(context.growth_hours, 'час')}"
    joined = new if earlier else max(0, new - 1)
    if not joined:
        return Signal(0.0, f"За {window} не я е поел нов глас.")
    taken = "я пое един нов глас" if joined == 1 else f"я поеха {joined} нови гласа"
    before = f"преди това {'беше' if earlier == 1 else 'бяха'} {count(earlier, 'глас')}"
    tail = before if earlier else "след първия"
    return Signal(min(1.0, joined / max(GROWING, earlier)), f"За {window} {taken}, {tail}.")


def _first(told: Material, voice: Voice) -> datetime | None:
    return min([told.dates[i] for i in voice.article_ids if i in told.dates], default=None)


PLACED = 0.4
"""A story that every outlet puts on top gains half of this, at the bottom it loses as much: as
being carried by one outlet in twenty-five does (√), so that place parts what coverage does not."""


def prominence(told: Material, context: Context) -> Signal:
    """√ of the share of the other active outlets that carry it too, moved by its places there.

    Reprints count. The root, because one outlet in four is already a loud morning: it gives a
    half. An outlet whose feed is ordered by time says nothing and counts as the middle.
    """
    articles = told.story.articles
    carried = len(outlets_of(articles)) if len(articles) > 1 else 1
    active = max(carried, context.outlets)
    places = _places(articles)
    value = math.sqrt((carried - 1) / (active - 1)) if active > 1 else 0.0
    value += PLACED * sum(place.height - 0.5 for place in places.values()) / carried
    if active == 1:
        said = "Всички новини сега са от едно издание"
    else:
        only = "само " if carried == 1 else ""
        said = f"Поместена е {only}в {carried} от {count(active, 'издание')} с новини сега"
    return Signal(min(1.0, max(0.0, value)), f"{said}{_placed(places)}.")


def _places(articles: Sequence[Article]) -> dict[str, FeedPlace]:
    """The highest place of the story in each outlet whose order is an editor's."""
    found: dict[str, FeedPlace] = {}
    for article in articles:
        if article.place is not None:
            outlet = outlet_of(article)
            kept = found.get(outlet)
            if kept is None or _rank(article.place) < _rank(kept):
                found[outlet] = article.place
    return found


def _rank(place: FeedPlace) -> tuple[float, int]:
    return -place.height, place.place


def _placed(places: Mapping[str, FeedPlace]) -> str:
    """Who puts it first, else who puts it highest; empty when no order is an editor's."""
    if not places:
        return ""
    first = sorted(outlet for outlet, place in places.items() if place.place == 1)
    if len(first) == 1:
        return f"; първа е в „{first[0]}“"
    if first:
        return f"; първа е в {count(len(first), 'издание')}"
    outlet = min(places, key=lambda name: (_rank(places[name]), name))
    return f"; най-високо е в „{outlet}“: място {places[outlet].place} от {places[outlet].of}"


def source_weight(told: Material, _context: Context) -> Signal:
    """Half the weight of the best source: the usual 1 gives a half, 2 or more gives 1."""
    best = max(told.story.articles, key=_weight)
    value = min(1.0, max(0.0, best.weight / 2))
    if best.weight == 1:
        return Signal(value, "Най-тежкият източник е с обичайната тежест 1.")
    named = f" „{best.outlet}“" if best.outlet else ""
    return Signal(value, f"Най-тежкият източник{named} има тежест {decimal(best.weight)}.")


def _weight(article: Article) -> tuple[float, str]:
    return article.weight, article.id


def single_weak(told: Material, _context: Context) -> Signal:
    """1 when one voice of less than usual weight, or one cut line, is all there is."""
    if told.story.independent_sources > 1 or not all(_weak(a) for a in told.story.articles):
        return Signal(0.0, "Не стъпва само на един слаб източник.")
    return Signal(1.0, f"Стъпва на един-единствен слаб източник: {_why_weak(told.lead)}.")


WEAK = 0.8
"""A source below this weight was marked down by the newsroom on purpose."""
FEW_WORDS = 25
"""A text shorter than a sentence or two cannot be checked against anything."""


def _weak(article: Article) -> bool:
    return article.weight < WEAK or article.partial or article.text.count(" ") < FEW_WORDS - 1


def _why_weak(article: Article) -> str:
    if article.weight < WEAK:
        return f"тежестта му е {decimal(article.weight)}"
    return "само заглавие и първи редове" if article.partial else "текстът е от няколко думи"
