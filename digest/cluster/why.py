"""The reason of each join, in the words that an editor reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from digest.cluster.assign import Before
from digest.cluster.linkage import Pair
from digest.cluster.material import Material
from digest.cluster.voices import outlet_of
from digest.model import Bond, Copy

SHOWN = 4
COMPARED = 40
"""Earlier articles among which the nearest is looked for."""

NBSP = "\u00a0"


def reasons(
    members: Sequence[int],
    materials: Sequence[Material],
    scores: Mapping[Pair, float],
    copies: Sequence[Copy],
    before: Before,
) -> tuple[str, ...]:
    """One sentence for every article after the first: what it has in common with its nearest.

    `materials` are those of the `members`, in their order (earliest first).
    """
    copied = {copy.article_id: copy for copy in copies}
    place = {material.article.id: at for at, material in enumerate(materials)}
    said: list[str] = []
    for at in range(1, len(members)):
        copy = copied.get(materials[at].article.id)
        near = place[copy.copy_of] if copy else _nearest(at, members, scores)
        said.append(_sentence(materials[at], materials[near], copy, before))
    return tuple(said)


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
    """The words of both openings that tell most: of both titles, names, then the longest."""
    mine, theirs = one.spelled, other.spelled
    titles = one.title_stems & other.title_stems
    named = one.names & other.names
    order = sorted(
        mine.keys() & theirs.keys(), key=lambda t: (t not in titles, t not in named, -len(t), t)
    )
    return [mine[term] for term in order[:SHOWN]]


def _named(material: Material) -> str:
    title = material.article.title.strip() or "без заглавие"
    cut = title if len(title) <= 70 else title[:69].rsplit(" ", 1)[0] + "…"
    outlet = outlet_of(material.article)
    inner = cut.replace("„", "‚").replace("“", "‘").replace('"', "")
    return f"„{inner}“ ({outlet})" if outlet else f"„{inner}“"
