"""Which sentences of an article may stand in a summary at all."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from digest.bulgarian.quotation import inside_open
from digest.bulgarian.sentences import split
from digest.bulgarian.verbs import verbish
from digest.bulgarian.words import content, words
from digest.model import Article, ArticleId
from digest.summarise import compress
from digest.summarise.lines import fold
from digest.summarise.openings import dependent

Span = tuple[int, int]

LEAST_WORDS = 6
MOST_SENTENCES = 400
"""Sentences of one article that are looked at: a book-long text costs no more than that."""

_FOREIGN = re.compile(r"[ыэёіїєґѓќѕђћјљњџ]", re.IGNORECASE)
_CYRILLIC = re.compile(r"[а-яѝ]", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")

_CAPTION = re.compile(
    r"(?:снимк[аи]|видео|фото(?:граф(?:ия)?)?|източник|автор|редактор|кадър|архив|още по темата"
    r"|вижте (?:още|повече|тук|видео|снимки)|виж още|прочетете|четете|чети още|последвайте"
    r"|абонирайте|коментирайте|споделете|харесайте|очаквайте|следвайте|всички права|повече за"
    r"|припомняме|гледайте|слушайте|изтеглете|реклама|copyright|©|кликнете|включете се"
    r"|публикувано|обновено|последна промяна|материалът|текстът е)(?!\w)",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"(?:[/(\[]\s*)?(?:БТА|БГНЕС|Ройтерс|АФП|АП|ДПА|ТАСС|Фокус|АНСА|BTA|Reuters|AFP|AP)"
    r"(?:\s*[,/]\s*\w+)*\s*[/)\].]?"
)
_TRAILING = re.compile(r"\s*(?:/[^/\n]{2,40}/?|\((?:БТА|БГНЕС|Ройтерс|АФП|АП|ДПА|ТАСС)\))\s*$")
_DATELINE = re.compile(r"[А-ЯA-Z][\w ,.-]{2,40}\((?:БТА|БГНЕС|Фокус)\)")
_BULLET = re.compile(r"(?:[-–—•*·▪>#|]|\d{1,2}[.)]\s|[а-я]\)\s)")
_ONLY_QUOTE = re.compile(r"[„“\"«].*[“”\"»][.!?…]?$", re.DOTALL)
_ENDS = re.compile(r"[.!…][“”\"»)\]]*$")
_MEDIA_NOTE = re.compile(r"\s*\((?:снимк[аи]|видео|галерия|виж(?:те)? [^)]{1,30})\)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, eq=False)  # one of a text is itself, and no other's equal
class Sketch:
    """A sentence as it is weighed: place, lemma counts and their length as a vector.

    `index` counts the sentences of the article from 0; `words` are all its words in lower case.
    `needs_previous` when it opens with a pronoun or connective, so that it may only follow
    sentence `index - 1`.
    """

    article_id: ArticleId
    index: int
    start: int
    end: int
    words: Sequence[str]
    terms: Counter[str]
    length: float
    needs_previous: bool


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
        needs = dependent(text, said)
        found.append(Sketch(article.id, index, start, end, said, terms, length, needs))
    return found


def candidate(article: Article, sketch: Sketch, *, longest: int) -> Candidate | None:
    """The sentence as it may stand in a summary, or None.

    It has at least six words and a verb, ends with a stop, neither opens nor ends inside a
    quotation, is no caption, credit, list line or bare quotation, and has at most `longest`
    characters once it is cut.
    """
    start, end = sketch.start, sketch.end
    if article.text[end - 1] in "/)" and (tag := _TRAILING.search(article.text, start, end)):
        end = tag.start()
    cuts = cuts_of(article.text, start, end)
    text = less(article.text, start, end, cuts)
    if not text or len(text) > longest:
        return None
    said = sketch.words if end == sketch.end and not cuts else words(text)
    if not _may_stand(text, said):
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


def foreign(text: str) -> bool:
    """Whether the text is not Bulgarian by its letters (half Latin, or ы, э, і, ј)."""
    head = text[:600]
    letters = len(_LETTER.findall(head))
    if letters < 40:
        return False
    if _FOREIGN.search(head) and len(_FOREIGN.findall(head)) > max(2, letters / 200):
        return True
    return len(_CYRILLIC.findall(head)) < letters / 2


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


def _may_stand(text: str, tokens: Sequence[str]) -> bool:
    if sum([w[0].isalpha() for w in tokens]) < LEAST_WORDS or not _ENDS.search(text):
        return False
    if text[0].islower() or text.endswith("…") or inside_open(text):
        return False
    if _CAPTION.match(text) or _CREDIT.fullmatch(text):
        return False
    if "(" in text and _DATELINE.match(text):
        return False
    if _BULLET.match(text) or _ONLY_QUOTE.match(text):
        return False
    return any(map(verbish, tokens))
