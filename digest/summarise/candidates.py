"""Which sentences of an article may stand in a summary at all."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from digest.bulgarian.quotation import inside_open
from digest.bulgarian.sentences import split
from digest.bulgarian.verbs import verbish
from digest.bulgarian.words import content, known, lemma, words
from digest.model import Article, ArticleId
from digest.summarise import compress
from digest.summarise.lines import fold
from digest.summarise.openings import dependent, speaker_before
from digest.summarise.spoken import in_first_person, is_spoken, told
from digest.summarise.usable import foreign

Span = tuple[int, int]

LEAST_WORDS = 6
MOST_SENTENCES = 400
"""Sentences of one article that are looked at: a book-long text costs no more than that."""

_CAPTION = re.compile(
    r"(?:снимк[аи]|видео|фото(?:граф(?:ия)?)?|източник|автор|редактор|кадър|архив|още по темата"
    r"|вижте (?:още|повече|тук|видео|снимки)|виж още|прочетете|четете|чети още|последвайте"
    r"|абонирайте|коментирайте|споделете|харесайте|очаквайте|следвайте|всички права|повече за"
    r"|припомняме|гледайте|слушайте|изтеглете|реклама|copyright|©|кликнете|включете се"
    r"|следете|още (?:новини|от|за)|прочети|сподели|харесай|станете|подкрепете|свалете|изпратете"
    r"|пишете ни"
    r"|за (?:реклама|контакти|въпроси|връзка|повече информация)|повече информация|имате сигнал"
    r"|публикувано|обновено|последна промяна|материалът|текстът е)(?!\w)",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# Taken without what is right it would tell the mistake once more.
_OWN_MISTAKE = re.compile(
    r"(?:погрешно|грешно|неточно|невярно)\s+(?:\w+\s+)?(?:посочи|написа|съобщи|публикува|изписа)хме"
)
_CREDIT = re.compile(
    r"(?:[/(\[]\s*)?(?:БТА|БГНЕС|Ройтерс|АФП|АП|ДПА|ТАСС|Фокус|АНСА|BTA|Reuters|AFP|AP)"
    r"(?:\s*[,/]\s*\w+)*\s*[/)\].]?"
)
_AGENCY = r"(?:БТА|БГНЕС|Ройтерс|АФП|АП|ДПА|ТАСС|Фокус|ФОКУС|АНСА|BTA|Reuters|AFP)"
_TAIL = re.compile(rf"\s*(?:/[^/\n]{{2,40}}/|[/(]{_AGENCY}[^/()\n]{{0,30}}[/).]?)\s*$")
_LONGEST_TAIL = 50
_HEAD = re.compile(
    rf"(?:[А-ЯA-Z][\w ,.-]{{2,60}}\s?[/(]{_AGENCY}[^/()\n]{{0,20}}[/)]\s*[.:–—-]?\s*"
    r"|[А-Я]\w+(?:[ -][А-Я]?\w+)?(?:, |/)\d{1,2} (?:януари|февруари|март|април|май|юни|юли|август"
    r"|септември|октомври|ноември|декември)(?: \d{4})?(?:\s?г\.)?\s?(?:[/(][^/()\n]{2,20}[/)])?\s?"
    r"[–—:-]\s*"
    r"|\d{1,2}\.\d{2}\.\d{4}(?:\s?г\.)?,?\s+(?:\d{1,2}[:.]\d{2}(?:\s?ч\.)?\s+)?"
    r"|(?:(?:ОБНОВЕНА|Обновена|АКТУАЛИЗАЦИЯ)\s)?\d{1,2}[:.]\d{2}(?:\s?ч(?:\.|аса))?\s?[:–—|-]?\s+)"
    r"(?=[А-ЯЍ„“\"])"
)
"""Dateline of an agency or a press release, clock of a live page: no part of the sentence."""
_BULLET = re.compile(r"(?:[-–—•*·▪>#|]|\d{1,2}[.)]\s|[а-я]\)\s)")
_ENDS = re.compile(r"[.!…][“”\"»)\]]*$")
_LEAP = re.compile(r"[бвгджзклмпрстхцч]на$")  # «избухна», «заседна»
_MEDIA_NOTE = re.compile(r"\s*\((?:снимк[аи]|видео|галерия|виж(?:те)? [^)]{1,30})\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)  # one of a text is itself, and no other's equal
class Sketch:
    """A sentence as it is weighed: place, lemma counts and their length as a vector.

    `index` counts the sentences of the article from 0; `words` are all its words in lower case.
    `needs_previous` when it opens with a pronoun or connective, or its speaker is „той“, so that
    it may only follow sentence `index - 1`; the latter may stand `at_need` when nothing else can.
    """

    article_id: ArticleId
    index: int
    start: int
    end: int
    words: Sequence[str]
    terms: Counter[str]
    length: float
    needs_previous: bool
    at_need: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A sentence that may be taken: its sketch, span, folded text and the cuts in it."""

    sketch: Sketch
    start: int
    end: int
    text: str
    cuts: tuple[Span, ...] = ()

    @property
    def article_id(self) -> ArticleId:
        return self.sketch.article_id

    @property
    def index(self) -> int:
        return self.sketch.index


def sketches(article: Article) -> list[Sketch]:
    """The sentences of the article in reading order, as they are weighed."""
    found = []
    for index, (start, end) in enumerate(sentence_spans(article.text)):
        text = article.text[start:end]
        said = words(text)
        terms = Counter(content(said))
        length = math.sqrt(sum([n * n for n in terms.values()]))
        needs, unnamed = dependent(text, said), speaker_before(text, said)
        found.append(
            Sketch(
                article.id, index, start, end, said, terms, length,
                needs_previous=needs or unnamed, at_need=unnamed and not needs,
            )
        )  # fmt: skip
    return found


def candidate(article: Article, sketch: Sketch, *, longest: int) -> Candidate | None:
    """The sentence as it may stand in a summary, or None.

    It has at least six words and a verb, ends with a stop, neither opens nor ends inside a
    quotation, is no caption, credit, list line, bare quotation or line of a dialogue, and has at
    most `longest` characters once it is cut. A dateline in front and a credit
    behind are left out.
    """
    start, end = sketch.start, sketch.end
    if is_spoken(article.text, start):
        return None
    if head := _HEAD.match(article.text, start, end):
        start = head.end()
    if tail := _TAIL.search(article.text, max(start, end - _LONGEST_TAIL), end):
        end = tail.start()
    cuts = cuts_of(article.text, start, end)
    text = less(article.text, start, end, cuts)
    if not text or len(text) > longest:
        return None
    whole = (start, end) == (sketch.start, sketch.end)
    said = sketch.words if whole and not cuts else words(text)
    if not may_stand(text, said):
        return None
    return Candidate(sketch, start, end, text, cuts)


def candidates(article: Article, *, longest: int) -> Iterator[Candidate]:
    """All sentences of the article that may stand in a summary, in reading order."""
    for sketch in sketches(article):
        one = candidate(article, sketch, longest=longest)
        if one is not None:
            yield one


def sentence_spans(text: str) -> list[Span]:
    """The first `MOST_SENTENCES` sentences of a text; what a cut has shortened is left out."""
    head = text[: MOST_SENTENCES * 400]
    spans = split(head)[:MOST_SENTENCES]
    return spans[:-1] if len(head) < len(text) and spans and spans[-1][1] == len(head) else spans


def less(text: str, start: int, end: int, cuts: tuple[Span, ...]) -> str:
    """`text[start:end]` without the `cuts`, white space folded: the contract of a sentence."""
    kept, at = [], start
    for cut_start, cut_end in cuts:
        kept.append(text[at:cut_start])
        at = cut_end
    kept.append(text[at:end])
    return fold("".join(kept))


def cuts_of(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Notes on pictures and what the sentence can do without; ascending, never overlapping."""
    found = compress.cuts(text, start, end)
    if text.find("(", start, end) < 0:
        return found
    notes = [m.span() for m in _MEDIA_NOTE.finditer(text, start, end)]
    both = sorted({*notes, *found})
    return tuple(span for n, span in enumerate(both) if n == 0 or both[n - 1][1] <= span[0])


def may_stand(text: str, tokens: Sequence[str]) -> bool:
    """Whether a sentence can be printed alone: whole, with a verb, no caption, credit or list line.

    `tokens` are its words in lower case.
    """
    if sum([w[0].isalpha() for w in tokens]) < LEAST_WORDS or not _ENDS.search(text):
        return False
    if text[0].islower() or text.endswith("…") or inside_open(text):
        return False
    if _OWN_MISTAKE.search(text) or _CAPTION.match(text) or _CREDIT.fullmatch(text):
        return False
    if (
        _CONTROL.search(text)
        or _BULLET.match(text)
        or foreign(text)
        or in_first_person(text, tokens)
    ):
        return False
    if text[0] in '„“"«' and not told(text):
        return False
    return has_verb(tokens)


def has_verb(tokens: Sequence[str]) -> bool:
    """Whether one of the words, in lower case, is likely a verb."""
    return any(map(_acts, tokens))


@lru_cache(maxsize=50_000)
def _acts(word: str) -> bool:
    """Whether the word is a verb, also by its other forms: «победи» has «победят».

    A noun with its article («цената») is none, whatever its ending.
    """
    base = lemma(word)
    if word == f"{base}та":
        return False
    if verbish(word):
        return True
    if len(word) < 4:
        return False
    if word.endswith("и"):
        return known(f"{word[:-1]}ят") or known(f"{word[:-1]}ат")
    if _LEAP.search(word) and (not known(word) or known(f"{word[:-1]}е")):  # «избухне»
        return True
    return base.endswith(("а", "я")) and known(f"{base}т")
