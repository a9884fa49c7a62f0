"""Why the articles of one voice count as one, in the words that an editor reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digest.bulgarian.typography import count, many

UNKNOWN = "неизвестно издание"

_WORDS = ("", "", "Две", "Три", "Четири", "Пет", "Шест", "Седем", "Осем", "Девет", "Десет")


@dataclass(frozen=True, slots=True)
class Told:
    """What one article has to do with its voice.

    `outlet` is printed, empty when unknown; `agencies` are credited or publish it; `wire`: its
    outlet is an agency; `own`: its outlet belongs to the voice's owner; `copies` and `verbatim`:
    it repeats another article, and nearly all of it.
    """

    outlet: str
    agencies: tuple[str, ...] = ()
    wire: bool = False
    own: bool = True
    copies: bool = False
    verbatim: bool = False


def because(kind: str, name: str, told: Sequence[Told]) -> str:
    """One to three sentences; empty for a single article that credits nobody."""
    if kind == "agency":
        return _of_agency(name, told)
    if len(told) == 1:
        return ""
    if name == UNKNOWN:
        return "Не е известно кой ги публикува, затова се броят за един глас."
    return " ".join(filter(None, (_of_owner(kind, name, told), _reprints(name, told))))


def _of_agency(name: str, told: Sequence[Told]) -> str:
    others = [one for one in told if not one.wire]
    if not others:
        return f"{_number(len(told), 'статия')} на самата агенция." if len(told) > 1 else ""
    if len(told) == 1:
        return f"Позовава се на {_listed(others[0].agencies or (name,))}."
    reprinted = any(one.copies for one in told)
    outlets = _outlets(others)
    if len(outlets) == 1:
        verb = "препечатва" if reprinted else "се позовава на"
        first = f"{outlets[0]} {verb} {name}."
    else:
        verb = "препечатват" if reprinted else "се позовават на"
        first = f"{_number(len(outlets), 'издание')} {verb} {name}."
    return " ".join(filter(None, (first, _silent(others), _together(name, told))))


def _silent(others: Sequence[Told]) -> str:
    """Who leaves the credit out and is known by the text."""
    silent = _outlets([one for one in others if not one.agencies])
    if not silent:
        return ""
    if len(silent) == 1:
        return f"{silent[0]} не посочва агенцията, но текстът е същият."
    return f"{_number(len(silent), 'издание')} не посочват агенцията, но текстът е същият."


def _together(name: str, told: Sequence[Told]) -> str:
    """Agencies that are credited side by side are one origin, and that is said."""
    also = sorted({one for t in told for one in t.agencies} - {name})
    if not also:
        return ""
    return f"{_listed((name, *also))} са посочени заедно, затова са един източник."


def _of_owner(kind: str, name: str, told: Sequence[Told]) -> str:
    if kind == "owner":
        return f"Един собственик: {name}."
    own = sum(one.own for one in told)
    return f"{_number(own, 'статия')} на {_quoted(name)}." if own > 1 else ""


def _reprints(name: str, told: Sequence[Told]) -> str:
    copies = [one for one in told if not one.own]
    outlets = _outlets(copies)
    if not copies:
        return ""
    if len(outlets) > 1:
        return f"{_number(len(outlets), 'издание')} препечатват {_quoted(name)}."
    how = " дословно" if all(one.verbatim for one in copies) else ""
    return f"{outlets[0][:1].upper()}{outlets[0][1:]} препечатва {_quoted(name)}{how}."


def _outlets(told: Sequence[Told]) -> list[str]:
    """Quoted names, each once; articles of unknown origin are one outlet."""
    return list(dict.fromkeys(_quoted(one.outlet or UNKNOWN) for one in told))


def _quoted(name: str) -> str:
    inner = name.translate({ord("„"): "‚", ord("“"): "‘", ord('"'): ""})
    return f"„{inner}“"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} и {names[-1]}"


def _number(n: int, noun: str) -> str:
    return f"{_WORDS[n]} {many(noun)}" if 1 < n < len(_WORDS) else count(n, noun)
