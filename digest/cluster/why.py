"""The reason of each join, in the words that an editor reads."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from digest.bulgarian.typography import count
from digest.cluster.assign import Before
from digest.cluster.material import Material
from digest.cluster.pairs import Pair
from digest.cluster.voices import outlet_of
from digest.model import Bond, Copy

SHOWN = 4
COMPARED = 40
"""Earlier articles among which the nearest is looked for."""

SAMPLE = 300
"""Characters by which a script is told."""

NBSP = "\u00a0"
_LATIN = re.compile("[A-Za-z]")
_CYRILLIC = re.compile("[А-Яа-я]")


def reasons(
    members: Sequence[int],
    materials: Sequence[Material],
    scores: Mapping[Pair, float],
    copies: Sequence[Copy],
    before: Before,
) -> tuple[str, ...]:
    """One sentence for every article after the first: what it has in common with its nearest.

    `materials` are those of the `members`, in their order (earliest first). A last sentence says
    what could not be judged: too few words, no date, another language.
    """
    copied = {copy.article_id: copy for copy in copies}
    place = {material.article.id: at for at, material in enumerate(materials)}
    said: list[str] = []
    for at in range(1, len(members)):
        copy = copied.get(materials[at].article.id)
        near = place[copy.copy_of] if copy else _nearest(at, members, scores)
        said.append(_sentence(materials[at], materials[near], copy, before))
    return (*said, *_limits(materials))


def _limits(materials: Sequence[Material]) -> list[str]:
    """What an editor should know of articles that could only be compared in part."""
    mute = [m for m in materials if m.mute]
    undated = [m for m in materials if m.at is None]
    foreign = [m for m in materials if m.article.language not in {"bg", "und"} or _latin(m)]
    told = (
        (mute, "твърде малко думи за сравнение"),
        (undated, "няма дата, сравнено е само по текст"),
        (foreign, "не е на български, сравнено е само с подобни"),
    )
    return [f"{_listed(some)}: {why}." for some, why in told if some]


def _latin(material: Material) -> bool:
    start = material.opening[:SAMPLE]
    latin = len(_LATIN.findall(start))
    return latin > len(_CYRILLIC.findall(start))


def _listed(materials: Sequence[Material]) -> str:
    """The first of them by name and how many more there are."""
    rest = len(materials) - 1
    return _named(materials[0]) + (f" и още {count(rest, 'статия')}" if rest else "")


def _nearest(at: int, members: Sequence[int], scores: Mapping[Pair, float]) -> int:
    """The earlier member most like this one; the first when none was found like it."""
    own = members[at]

    def score(other: int) -> tuple[float, int]:
        pair = (min(own, members[other]), max(own, members[other]))
        return scores.get(pair, 0.0), -other

    return max(range(min(at, COMPARED)), key=score)


def _sentence(one: Material, other: Material, copy: Copy | None, before: Before) -> str:
    parts = []
    common = shared_words(one, other)
    figures = sorted(one.figures & other.figures)[:2]
    if common:
        parts.append(f"Общи думи: {', '.join(common)}")
    if figures and not copy:
        parts.append(f"{'общо число' if len(figures) == 1 else 'общи числа'}: {', '.join(figures)}")
    if copy:
        share = round(copy.containment * 100)
        parts.append(f"{share}{NBSP}% от текста съвпада с {_named(other)}")
    elif parts:
        parts.append(f"най-близо до {_named(other)}")
    else:
        parts.append(f"Текстът е близък до {_named(other)}")
    bond = _bond(one, before)
    if bond:
        parts.append(f"събрано от {bond.by}" if bond.by else "събрано от редактор")
    return f"{_named(one)}: {'; '.join(parts)}."


def _bond(one: Material, before: Before) -> Bond | None:
    """The editor's word that put the article here, if one did."""
    name = one.article.id
    return next((b for b in before.bonds if b.together and name in (*b.these, *b.those)), None)


def shared_words(one: Material, other: Material) -> list[str]:
    """The words of both beginnings that tell most, as they stand: names, of titles, the longest."""
    mine, theirs = one.spelled, other.spelled
    titles = one.title_stems & other.title_stems
    named = one.names & other.names
    order = sorted(
        mine.keys() & theirs.keys(), key=lambda t: (t not in named, t not in titles, -len(t), t)
    )
    told = set(order[:SHOWN])
    return [word for term, word in mine.items() if term in told]


def _named(material: Material) -> str:
    title = _in_line(material.article.title) or "без заглавие"
    cut = title if len(title) <= 70 else title[:69].rsplit(" ", 1)[0] + "…"
    outlet = _in_line(outlet_of(material.article))
    inner = cut.replace("„", "‚").replace("“", "‘").replace('"', "")
    return f"„{inner}“ ({outlet})" if outlet else f"„{inner}“"


def _in_line(text: str) -> str:
    """Without line breaks and control characters: a reason is one line."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
