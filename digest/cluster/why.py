"""The reason of each join, in the words that an editor reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from digest.cluster.embed import Similarity
from digest.cluster.material import Material
from digest.cluster.voices import outlet_of
from digest.model import Copy

SHOWN = 4
COMPARED = 40
"""Earlier articles among which the nearest is looked for."""

NBSP = "\u00a0"


def reasons(
    members: Sequence[int],
    materials: Sequence[Material],
    similarity: Similarity,
    copies: Sequence[Copy],
    counts: Counter[str],
) -> tuple[str, ...]:
    """One sentence for every article after the first: common words, and the share it repeats."""
    copied = {copy.article_id: copy for copy in copies}
    place = {materials[m].article.id: m for m in members}
    said: list[str] = []
    for position, at in enumerate(members[1:], start=1):
        copy = copied.get(materials[at].article.id)
        near = place[copy.copy_of] if copy else _nearest(at, members[:position], similarity)
        said.append(_sentence(materials[at], materials[near], copy, counts))
    return tuple(said)


def _nearest(at: int, earlier: Sequence[int], similarity: Similarity) -> int:
    tried = list(earlier[:COMPARED])
    scores = similarity.pairs([at] * len(tried), tried)
    return max(zip(scores, [-t for t in tried], strict=True))[1] * -1


def _sentence(one: Material, other: Material, copy: Copy | None, counts: Mapping[str, int]) -> str:
    parts = []
    common = shared_words(one, other, counts)
    if common:
        parts.append(f"Общи думи: {', '.join(common)}")
    if copy:
        share = round(copy.containment * 100)
        parts.append(f"{share}{NBSP}% от текста съвпада с {_named(other)}")
    elif parts:
        parts.append(f"най-близо до {_named(other)}")
    else:
        parts.append(f"Текстът е близък до {_named(other)}")
    return f"{_named(one)}: {'; '.join(parts)}."


def shared_words(one: Material, other: Material, counts: Mapping[str, int]) -> list[str]:
    """The words of both openings that tell most: of both titles, names, then the rarest."""
    common = one.terms.keys() & other.terms.keys()
    titles = one.title_terms & other.title_terms
    named = one.names & other.names
    order = sorted(common, key=lambda t: (t not in titles, t not in named, counts[t], -len(t), t))
    return [one.terms[term] for term in order[:SHOWN]]


def _named(material: Material) -> str:
    title = material.article.title.strip() or "без заглавие"
    cut = title if len(title) <= 70 else title[:69].rsplit(" ", 1)[0] + "…"
    outlet = outlet_of(material.article)
    inner = cut.replace("„", "‚").replace("“", "‘").replace('"', "")
    return f"„{inner}“ ({outlet})" if outlet else f"„{inner}“"
