"""Whom a story concerns: the readers' interest in its section, and where they live."""

from __future__ import annotations

from digest.rank.material import Context, Material
from digest.rank.signals.signal import Signal, decimal

IN_OPENING = 0.6
"""A town that only the text names is where the story touches, not where it is about."""


def interest(told: Material, context: Context) -> Signal:
    """Half the interest that the newsroom set for the section: the usual 1 gives a half."""
    topic = told.story.topic
    wanted = context.interest.get(topic, 1.0)
    name = context.sections.get(topic, topic)
    value = min(1.0, wanted / 2)
    if topic not in context.interest:
        return Signal(value, f"Рубриката „{name}“ е с обичайния интерес 1.")
    return Signal(value, f"Рубриката „{name}“ е с интерес {decimal(wanted)} при обичаен 1.")


def local(told: Material, context: Context) -> Signal:
    """1 when the story is placed in a readers' town or the headline names one, 0,6 for the text."""
    if not context.places:
        return Signal(0.0, "Не са зададени места на читателите.")
    for place in context.places:
        if told.story.place and place.found(told.story.place):
            return Signal(1.0, f"Случва се тук: {place.name}.")
    for place in context.places:
        if form := place.found(told.title):
            return Signal(1.0, f"Местна е: заглавието споменава „{form}“.")
    for place in context.places:
        if form := place.found(told.opening):
            return Signal(IN_OPENING, f"Засяга места на читателите: в текста е „{form}“.")
    return Signal(0.0, "Не споменава места на читателите.")
