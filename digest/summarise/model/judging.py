"""Lays what a language model told beside the articles: sentence by sentence, then together."""

from __future__ import annotations

from collections.abc import Sequence

from digest.bulgarian.sentences import split
from digest.bulgarian.words import lemmas, words
from digest.model import CheckedSentence, Problem
from digest.summarise.faithful import check
from digest.summarise.lines import fold
from digest.summarise.model.material import Material
from digest.summarise.model.port import Fault, Trouble
from digest.summarise.model.reply import Told
from digest.summarise.openings import dependent
from digest.summarise.scoring import TITLE_REPEATED

_KINDS = {
    "number": "число, което източникът не потвърждава",
    "date": "ден, който източникът не потвърждава",
    "name": "име, което източникът не потвърждава",
    "quote": "цитат, който не стои така в източника",
    "negation": "отрицание, което източникът няма или има",
    "modality": "твърдение, по-сигурно от източника",
    "unsupported": "твърдение без опора в посочените изречения",
    "overlap": "дословен откъс над разрешеното",
}
_LONGEST_SHOWN = 60


def judged(told: Sequence[Told], shown: Material) -> tuple[CheckedSentence, ...] | Fault:
    """Each sentence with the place that supports it, or why the text is not taken.

    A sentence is checked only against the articles that it names itself, all together against
    the rights of every article that was shown.
    """
    checked: list[CheckedSentence] = []
    for place, one in enumerate(told, 1):
        found = _sentence(one, shown, f"Изречение {place}")
        if isinstance(found, Fault):
            return found
        checked.append(found)
    whole = check(" ".join(one.text for one in told), shown.articles, rights=shown.rights)
    for one_checked in whole:
        for problem in one_checked.problems:
            if problem.kind == "overlap":
                return _gate(problem, "Текстът")
    return tuple(checked)


def _sentence(one: Told, shown: Material, where: str) -> CheckedSentence | Fault:
    if split(one.text) != [(0, len(one.text))]:
        return Fault(Trouble.SHAPE, f"{where} не е точно едно изречение.")
    if dependent(one.text, words(one.text)):
        return Fault(Trouble.SHAPE, f"{where} сочи назад с първите си думи.")
    own, title = set(lemmas(one.text)), set(lemmas(shown.headline))
    if not own or len(own & title) > TITLE_REPEATED * len(own):
        return Fault(Trouble.SHAPE, f"{where} само повтаря заглавието.")
    named = {article.id: article for article in map(shown.article_of, one.sources)}
    found = check(one.text, list(named.values()), rights=shown.rights)
    problem = next((p for checked in found for p in checked.problems), None)
    if problem is not None:
        return _gate(problem, where)
    if len(found) != 1 or not found[0].supported or found[0].article_id is None:
        return _gate(Problem("unsupported", one.text), where)
    return found[0]


def _gate(problem: Problem, where: str) -> Fault:
    """The quoted words are the model's own; those of an article stay where they stand."""
    why = f"{where} има {_KINDS[problem.kind]}."
    said = "" if problem.kind == "overlap" else fold(problem.text)
    short = said if len(said) <= _LONGEST_SHOWN else f"{said[:_LONGEST_SHOWN].rstrip()}…"
    return Fault(Trouble.GATE, why, short)
