"""Whether the sentences of a summary stand on the articles as they read now.

A sentence taken from an article is looked up at its place; one that is shortened, moved, edited or
in other words is asked of the gate. The same for a summary just made, and for one that was printed
in a draft before an outlet altered its article.
"""

from __future__ import annotations

from collections.abc import Sequence

from digest.bulgarian.institutions import Institutions
from digest.model import (
    FREE_EXTRACT,
    Article,
    CheckedSentence,
    Problem,
    Rights,
    Sentence,
)
from digest.summarise.candidates import cuts_of, less
from digest.summarise.faithful import check
from digest.summarise.lines import fold
from digest.summarise.rights import stricter


def recheck(
    text: str,
    sentences: Sequence[Sentence],
    articles: Sequence[Article],
    *,
    rights: Rights,
    institutions: Institutions | None = None,
) -> tuple[CheckedSentence, ...]:
    """What the gate says of each sentence, in the order of `sentences`.

    A `text` without sentences is split and asked as it is; without any article all of it is
    unsupported. `institutions` tell which short and long names are one (default: the packaged
    list). Never raises for odd text.
    """
    if not sentences:
        return (
            check(text, articles, rights=rights, institutions=institutions) if text.strip() else ()
        )
    known = {one.id: one for one in articles}
    own = [_at_its_place(one, known.get(one.article_id), rights) for one in sentences]
    loose = [one for one, found in zip(sentences, own, strict=True) if found is None]
    asked = iter(_asked(loose, articles, rights, institutions))
    return tuple(found or next(asked) for found in own)


def _at_its_place(
    sentence: Sentence, article: Article | None, rights: Rights
) -> CheckedSentence | None:
    """The sentence when its place says it word for word; None when the gate must be asked."""
    if article is None or sentence.end > len(article.text):
        return None
    if less(article.text, sentence.start, sentence.end, sentence.cuts) != fold(sentence.text):
        return None
    place = (sentence.article_id, sentence.start, sentence.end)
    mode = stricter(rights, article.rights)
    allowed = 0 if mode is Rights.EXCLUDED else FREE_EXTRACT
    if mode is not Rights.LICENSED and sentence.end > allowed:
        over = Problem("overlap", sentence.text, f"най-много {allowed} знака от началото")
        return CheckedSentence(sentence.text, False, *place, (over,))  # noqa: FBT003
    by_rule = cuts_of(article.text, sentence.start, sentence.end)
    if not set(sentence.cuts) <= set(by_rule):
        # What was left out may have carried the claim's «не» or «според».
        return None
    return CheckedSentence(sentence.text, True, *place)  # noqa: FBT003


def _asked(
    loose: Sequence[Sentence],
    articles: Sequence[Article],
    rights: Rights,
    institutions: Institutions | None,
) -> list[CheckedSentence]:
    """The gate's word on each; asked together where it can be, so that long runs are seen."""
    if not loose:
        return []
    said = " ".join(one.text for one in loose)
    whole = check(said, articles, rights=rights, institutions=institutions)
    if [one.text for one in whole] != [fold(one.text) for one in loose]:
        whole = tuple(_one(one, articles, rights, institutions) for one in loose)
    return [_placed(said, one) for said, one in zip(whole, loose, strict=True)]


def _one(
    one: Sentence,
    articles: Sequence[Article],
    rights: Rights,
    institutions: Institutions | None,
) -> CheckedSentence:
    """A sentence that the splitter takes for several: what is wrong with any is wrong with it."""
    parts = check(one.text, articles, rights=rights, institutions=institutions)
    problems = tuple(problem for part in parts for problem in part.problems)
    first = next((part for part in parts if part.article_id), None)
    ok = bool(parts) and all(part.supported for part in parts)
    place = (first.article_id, first.start, first.end) if first else (None, None, None)
    return CheckedSentence(one.text, ok, *place, problems)


def _placed(said: CheckedSentence, one: Sentence) -> CheckedSentence:
    """A shortened sentence keeps the place that it was cut from."""
    if said.supported and one.cuts:
        return CheckedSentence(one.text, True, one.article_id, one.start, one.end)  # noqa: FBT003
    return said
