"""Puts a newsroom's `[sections]` over the sections that `topics.toml` gives.

Takes a newsroom and the settings, gives a newsroom whose sections have the newsroom's own names
and order. Nothing else is changed: what a section is about stays in `topics.toml`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from digest.errors import WrongSettings
from digest.model import Newsroom, Topic

if TYPE_CHECKING:
    from digest.setting_sections import OwnSection, Sections


def arranged(newsroom: Newsroom, wanted: Sections) -> Newsroom:
    """The newsroom with its own names, order and sections.

    Raises `WrongSettings` that names a slug which no section has, or which two would have, and a
    name that two sections would share.
    """
    if not (wanted.names or wanted.order or wanted.own):
        return newsroom
    known = [topic.slug for topic in newsroom.topics]
    _refuse_taken(wanted.own, known)
    topics = [*newsroom.topics, *(_topic(one) for one in wanted.own)]
    slugs = [topic.slug for topic in topics]
    _refuse_unknown("names", wanted.names, slugs)
    _refuse_unknown("order", wanted.order, slugs)
    named = _named(topics, wanted.names)
    _refuse_shared(named)
    places = {slug: place for place, slug in enumerate(wanted.order)}
    named.sort(key=lambda topic: places.get(topic.slug, len(places)))
    return replace(newsroom, topics=tuple(named))


def _topic(one: OwnSection) -> Topic:
    return Topic(one.slug, one.name, one.words, one.categories, one.strong, one.samples)


def _named(topics: list[Topic], names: dict[str, str]) -> list[Topic]:
    """Sources go on to label their articles with the usual name, so it stays known as a label."""
    taken = {names.get(topic.slug, topic.name).casefold() for topic in topics}
    return [
        topic
        if topic.slug not in names
        else replace(
            topic,
            name=names[topic.slug],
            categories=(
                *topic.categories,
                *([topic.name] if topic.name.casefold() not in taken else ()),
            ),
        )
        for topic in topics
    ]


def _refuse_taken(own: Collection[OwnSection], known: Collection[str]) -> None:
    for one in own:
        if one.slug in known:
            raise WrongSettings(
                f"Рубриката „{one.slug}“ в [[sections.own]] вече съществува.",
                "Собствена рубрика е само такава, каквато още няма.",
                f"За друго име напишете [sections.names] {one.slug} = „…“; за други думи – "
                "свой topics.toml.",
            )


def _refuse_unknown(key: str, slugs: Collection[str], known: Collection[str]) -> None:
    for slug in slugs:
        if slug not in known:
            raise WrongSettings(
                f"Няма рубрика „{slug}“ (sections.{key}).",
                "Рубриките се наричат с думите си на латиница.",
                f"Изберете от: {', '.join(known)}; нова се добавя с [[sections.own]].",
            )


def _refuse_shared(topics: Collection[Topic]) -> None:
    names: dict[str, str] = {}
    for topic in topics:
        other = names.setdefault(topic.name.casefold(), topic.slug)
        if other != topic.slug:
            raise WrongSettings(
                f"Рубриките „{other}“ и „{topic.slug}“ имат едно и също име: „{topic.name}“.",
                "Читателят не би ги различил в съдържанието и в предпочитанията си.",
                "Сменете едното име в [sections.names].",
            )
