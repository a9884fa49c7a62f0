"""What the gate found, in words for an editor."""

from __future__ import annotations

from collections.abc import Mapping

from digest.model import Problem, Rights

KINDS: Mapping[str, str] = {
    "number": "числото не е това на източника",
    "date": "датата не е тази на източника",
    "name": "името не се потвърждава",
    "quote": "цитатът не е дословен или е на друг човек",
    "negation": "твърдението е обърнато",
    "modality": "казано е по-сигурно, отколкото в източника",
    "unsupported": "в източниците няма такова твърдение",
    "overlap": "повторено е повече, отколкото правата позволяват",
}
"""Kind of a problem → what is wrong, to be read after a colon."""

MODES: Mapping[Rights, str] = {
    Rights.LICENSED: "с договор или свое",
    Rights.EXTRACT: "свободен откъс",
    Rights.FACTS: "само факти, със свои думи",
    Rights.EXCLUDED: "изключен",
}
"""Rights of a source as the desk names them."""

LIMITS: Mapping[Rights, str] = {
    Rights.LICENSED: "цитират се цели изречения",
    Rights.EXTRACT: "заглавието и до 100 знака от началото",
    Rights.FACTS: "до 100 еднакви знака подред; без модел – до 100 знака от началото",
    Rights.EXCLUDED: "не се цитира",
}


def kind_in_words(kind: str) -> str:
    """What a kind of problem means; a kind that is not known here is shown as it is called."""
    return KINDS.get(kind, kind)


def in_words(problem: Problem) -> str:
    """„Числото не е това на източника: „77“; в източника: 12 души“."""
    words = kind_in_words(problem.kind)
    said = f"{words[:1].upper()}{words[1:]}: „{problem.text}“"
    return f"{said}; в източника: {problem.expected}" if problem.expected else said
