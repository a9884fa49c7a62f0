"""Reads what a language model answered: an untrusted text, until every line of it is looked at.

Pure: raw text in, told sentences or a `Fault` out. Never raises.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from digest.bulgarian.words import words
from digest.summarise.candidates import may_stand
from digest.summarise.lines import fold
from digest.summarise.model.port import Fault, Trouble

MOST_RAW = 20_000
"""Characters of an answer that are looked at; two sentences with their sources are some 600."""

MOST_SOURCES = 12

_FENCED = re.compile(r"```(?:json)?\s*(?P<body>\{.*\})\s*```", re.DOTALL)
_MARKUP = re.compile(r"[<>{}\[\]|`\\^~]|\*|__|(?:^|\s)#|&(?:#\d+|\w+);")
_ADDRESS = re.compile(
    r"://|www\.|[\w.+-]{1,64}@[\w-]|(?<![\w.-])[\w-]+\.(?:bg|com|net|org|eu|info|io|ru|test|бг)(?!\w)",
    re.IGNORECASE,
)
_LETTER = re.compile(r"[^\W\d_]")
_CYRILLIC = re.compile(r"[а-яѝ]", re.IGNORECASE)
_OTHERS = re.compile(r"[ыэёіїєґѓќѕђћјљњџ]", re.IGNORECASE)
_UNSEEN = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence of the answer and the numbers of the shown sentences that it names."""

    text: str
    sources: tuple[int, ...]


def read(
    raw: str, *, most_sentences: int, most_chars: int, known: Collection[int]
) -> tuple[Told, ...] | Fault:
    """The sentences of an answer in order, or what is wrong with it.

    `most_chars` is for all sentences together, `known` are the numbers that were shown.
    """
    rows = _rows(raw)
    if isinstance(rows, Fault):
        return rows
    if not rows:
        return Fault(Trouble.REFUSED, "Моделът отговори, че от материала не може да се пише.")
    if len(rows) > most_sentences:
        why = f"Изреченията са {len(rows)}, а може най-много {most_sentences}."
        return Fault(Trouble.TOO_MUCH, why)
    told: list[Told] = []
    for place, row in enumerate(rows, 1):
        one = _told(row, f"Изречение {place}", known)
        if isinstance(one, Fault):
            return one
        told.append(one)
    if (length := len(" ".join(one.text for one in told))) > most_chars:
        return Fault(Trouble.TOO_MUCH, f"Текстът е {length} знака, а може най-много {most_chars}.")
    if len({one.text.casefold() for one in told}) < len(told):
        return Fault(Trouble.SHAPE, "Едно изречение стои два пъти.")
    return tuple(told)


def _rows(raw: str) -> list[object] | Fault:
    if len(raw) > MOST_RAW:
        return Fault(Trouble.TOO_MUCH, f"Отговорът е {len(raw)} знака.")
    text = raw.strip()
    if not text:
        return Fault(Trouble.EMPTY, "Отговорът е празен.")
    # Small models wrap their JSON in a code block whatever they are told.
    fenced = _FENCED.fullmatch(text)
    try:
        tree = json.loads(fenced["body"] if fenced else text)
    except (ValueError, RecursionError):
        return Fault(Trouble.MALFORMED, "Отговорът не е JSON.")
    rows = tree.get("sentences") if isinstance(tree, dict) else None
    if not isinstance(rows, list):
        return Fault(Trouble.MALFORMED, "В отговора няма списък „sentences“.")
    return rows


def _told(row: object, where: str, known: Collection[int]) -> Told | Fault:
    text = row.get("text") if isinstance(row, dict) else None
    sources = row.get("sources") if isinstance(row, dict) else None
    if not isinstance(text, str) or not isinstance(sources, list):
        return Fault(Trouble.MALFORMED, f"{where} няма „text“ и списък „sources“.")
    if not sources or len(sources) > MOST_SOURCES:
        return Fault(Trouble.SOURCES, f"{where} не казва на кои изречения стъпва.")
    named = [n for n in sources if isinstance(n, int) and not isinstance(n, bool) and n in known]
    if len(named) < len(sources):
        return Fault(Trouble.SOURCES, f"{where} стъпва на изречение, което не е показано.")
    return sentence_fault(text, where) or Told(fold(text), tuple(dict.fromkeys(named)))


def sentence_fault(text: str, where: str) -> Fault | None:
    """What is wrong with the form of one sentence, whatever it says; None: nothing."""
    if not text.strip():
        return Fault(Trouble.EMPTY, f"{where} е празно.")
    if any(unicodedata.category(c) in _UNSEEN for c in text):
        return Fault(Trouble.UNSAFE, f"{where} има нов ред или невидими знаци.")
    if _ADDRESS.search(text):
        return Fault(Trouble.UNSAFE, f"{where} има адрес.")
    if _MARKUP.search(text):
        return Fault(Trouble.UNSAFE, f"{where} има оформление.")
    letters = len(_LETTER.findall(text))
    if _OTHERS.search(text) or 2 * len(_CYRILLIC.findall(text)) <= letters:
        return Fault(Trouble.LANGUAGE, f"{where} не е на български.")
    if not may_stand(fold(text), words(text)):
        return Fault(Trouble.SHAPE, f"{where} не е цяло изречение.")
    return None
