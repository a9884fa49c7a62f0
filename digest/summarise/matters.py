"""„Защо е важно“: the sentence of an article that says what follows from the news, if one does.

Only what a source states: a sentence that opens by naming a consequence or whom a change touches,
whose antecedent the reader has just read. Rather none than a guess: no questions, no quotations, no
suppositions, nothing that the summary or the headline says already.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from digest.bulgarian.lexicon import word_set
from digest.bulgarian.quotation import quotations
from digest.bulgarian.words import lemma
from digest.model import Article, Rights, Sentence, Story, Summary
from digest.summarise.candidates import Sketch, candidate, sketches
from digest.summarise.faithful import check, passes
from digest.summarise.scoring import ALIKE, likeness, repeats_title

LONGEST = 240
"""Characters of the line: it is read in passing."""

_ACTS = (
    r"(?:(?:ще\s+)?(?:засегне|засяга|засегнат|засягат|облекчи|облекчава|затрудни|затруднява"
    r"|улесни|улеснява|оскъпи|оскъпява|поевтини)"
    r"|(?:ще\s+)?(?:се\s+)?(?:отрази|отразява|отразят|отразяват)(?:\s+се)?\s+(?:на|върху)"
    r"|(?:ще\s+)?(?:доведе|води|доведат|водят)\s+до"
    r"|(?:ще\s+)?(?:означава|означават|значи)(?:,?\s+че)?"
    r"|(?:ще\s+)?(?:дава|даде|дават|дадат)\s+(?:право|възможност)\s+на"
    r"|(?:ще\s+)?(?:позволява|позволи|позволят|позволяват)\s+на"
    r"|(?:ще\s+)?(?:струва|струват)\s+на)"
)
_POINTING = r"(?:това|тази|този|тези|такава|такъв|такова|такива)"
_POINTS = re.compile(
    rf"(?:{_POINTING}(?:\s+[\w-]+)?\s+{_ACTS}"
    rf"|за\s+[\w\s-]{{3,60}}?\s+това\s+(?:ще\s+)?(?:означава|значи)"
    rf"|това\s+е\s+важно,\s+(?:защото|тъй като))(?!\w)",
    re.IGNORECASE,
)
"""„Това означава, че …“: what it points at is the sentence before."""

_NAMES_IT = re.compile(
    rf"(?P<what>[\w-]+(?:та|ът|ят|ето|ото|ите|нето|ето|мите))\s+(?:[\w-]+\s+){{0,3}}?{_ACTS}(?!\w)"
    r"|от\s+(?P<on>[\w-]+(?:та|то|ът|а|ите))\s+(?:[\w-]+\s+){0,3}?завис(?:и|ят)(?!\w)"
    r"|(?P<whose>[\w-]+(?:та|то|ът|ят|ите))\s+(?:е|са)\s+важн\w+,\s+(?:защото|тъй като)(?!\w)",
    re.IGNORECASE,
)
"""„Промяната засяга …“, „От решението зависи …“: what it names must have been read."""

_SUPPOSES = re.compile(
    r"(?<!\w)(?:може(?:\s+би)?|вероятно|евентуално|биха?|щял\w*|едва ли|надали|уж|изглежда"
    r"|ако|според|твърд(?:и|ят)|смята\w*|опасява\w*|прогнозира\w*|не|няма|нито|без)(?!\w)",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"(?<!\w)(?:аз|ние|ми|ни|нас|мен|вие|ви|вас|ти|наш\w*|ваш\w*|мо[йяе]\w*|сме|съм|сте"
    r"|\w{2,}(?:аме|яме)|ще\s+\w+(?:ем|им))(?!\w)"
    r"|(?<!\w)(?:каза|заяви|коментира|обясни|посочи|смята|подчерта|добави|увери|изтъкна|убеден"
    r"|категоричен|категорична|настоя|призова|предупреди)\w*(?!\w)",
    re.IGNORECASE,
)
_EVENTS = word_set(
    """промяна мярка решение закон наредба правило забрана ремонт споразумение договор реформа
    увеличение намаление повишение поскъпване поевтиняване такса данък цена проект програма
    затваряне спиране отказ удължаване отлагане срок план схема тарифа помощ добавка повреда
    авария стачка протест санкция мито решения мерки промени правила цени увеличаване намаляване
    изменение поправка строеж откриване вдигане преместване въвеждане отмяна"""
)
"""What has consequences that news tells of; „жената засяга темата“ names none."""
_OF_WHAT_WAS_TOLD = word_set(
    """промяна промени мярка мерки решение решения увеличение увеличаване намаление намаляване
    повишение поскъпване поевтиняване"""
)
"""What any sentence just read can be called: „Промяната засяга …“ after „Общината повиши …“."""


def matters(story: Story, summary: Summary) -> Sentence | None:
    """The one sentence with its place, or None: the lead article's first, then the others'.

    Only articles that may be quoted in whole sentences are asked (`licensed`), and only for a
    summary of whole sentences. Everything that it says passes the gate.
    """
    if summary.rights is not Rights.LICENSED or not summary.sentences:
        return None
    for article in _asked(story):
        for found in _stated(article, summary):
            if passes(check(found.text, (article,))):
                return found
    return None


def _asked(story: Story) -> Iterator[Article]:
    copies = {copy.article_id for copy in story.copies}
    order = (story.lead, *(a for a in story.articles if a.id != story.lead_article_id))
    return (a for a in order if a.rights is Rights.LICENSED and a.id not in copies)


def _stated(article: Article, summary: Summary) -> Iterator[Sentence]:
    """Sentences of the article that state a consequence of what the summary tells."""
    if not (_POINTS.search(article.text) or _NAMES_IT.search(article.text)):
        return
    found = sketches(article)
    taken = [one for one in found if _is_in(one, summary.sentences)]
    title = frozenset(lemma(word) for word in _words(summary.title))
    for one in found:
        if one in taken or repeats_title(one, title) or not _plain(article, one):
            continue
        if not _clear(article, one, found, summary):
            continue
        if any(likeness(one, other) >= ALIKE for other in taken):
            continue
        line = candidate(article, one, longest=LONGEST)
        if line is not None and not line.cuts:
            yield Sentence(line.text, article.id, line.start, line.end)


def _plain(article: Article, one: Sketch) -> bool:
    """Whether the sentence states it itself: no question, quotation, supposition or speaker."""
    text = article.text[one.start : one.end]
    if text.rstrip().endswith("?") or quotations(text):
        return False
    return not _SUPPOSES.search(text) and not _SPEAKS.search(text)


def _clear(article: Article, one: Sketch, found: Sequence[Sketch], summary: Summary) -> bool:
    """Whether a reader of the summary knows what the sentence speaks of."""
    text = article.text[one.start : one.end]
    # The line is read right after the summary, so „това“ must be its last sentence.
    follows = one.index > 0 and _is_in(found[one.index - 1], summary.sentences[-1:])
    if _POINTS.match(text):
        return follows
    names = _NAMES_IT.match(text)
    if names is None:
        return False
    what = next(word for word in names.group("what", "on", "whose") if word).lower()
    if follows and _is_of(what, _OF_WHAT_WAS_TOLD):
        return True
    happens = _is_of(what, _EVENTS) or what.endswith("нето")  # „засаждането“, „спирането“
    return happens and _told(what, f"{summary.title} {summary.text}")


def _is_in(one: Sketch, sentences: Sequence[Sentence]) -> bool:
    return any(
        one.article_id == other.article_id and one.start < other.end and other.start < one.end
        for other in sentences
    )


def _is_of(what: str, words: frozenset[str]) -> bool:
    return lemma(what) in words or _bare(what) in words


def _told(what: str, text: str) -> bool:
    """Whether a word of the same stem was read: „ремонтът“ after „ремонтират“."""
    stem = _bare(what)
    stem = stem[: max(4, int(len(stem) * 0.62))]
    return any(word.startswith(stem) for word in _words(text))


def _bare(word: str) -> str:
    """The word without its article: „промяната“ → „промяна“, „ремонтът“ → „ремонт“."""
    for ending in ("ът", "ят", "та", "то", "те"):
        if word.endswith(ending) and len(word) > len(ending) + 3:
            return word[: -len(ending)]
    return word


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
