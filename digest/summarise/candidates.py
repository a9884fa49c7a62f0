"""Which sentences of an article may stand in a summary at all."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from digest.bulgarian.lexicon import word_set
from digest.bulgarian.quotation import inside_open
from digest.bulgarian.sentences import split
from digest.bulgarian.words import lemma, lemmas, words
from digest.model import Article, ArticleId
from digest.summarise.lines import fold

Span = tuple[int, int]

LEAST_WORDS = 6
MOST_SENTENCES = 400
"""Sentences of one article that are looked at: a book-long text costs no more than that."""

_FOREIGN = re.compile(r"[ыэёіїєґѓќѕђћјљњџ]", re.IGNORECASE)
_CYRILLIC = re.compile(r"[а-яѝ]", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")

_DEPENDENT = re.compile(
    r"(?:[–—-]\s*)?[„“\"«]?(?:"
    r"той|тя|то|те|това|този|тази|тези|тогава|там|такъв|такава|такова|такива|така|оттам|оттогава"
    r"|него|нея|тях|му|неговия?т?|неговата|неговото|неговите|нейния?т?|нейната|нейното|нейните"
    r"|техния?т?|тяхната|тяхното|техните|последния?т?|последната|последните|въпросния?т?"
    r"|въпросната|двамата|двете|тримата|трите|и двамата|и двете|същия?т?|същата|същото|същите"
    r"|но|а|и|или|обаче|затова|също|освен (?:това|него|нея|тях)|въпреки (?:това|че)|следователно"
    r"|същевременно|междувременно|впоследствие|после|след това|преди това|при това|вместо това"
    r"|в същото време|от друга страна|от своя страна|по този начин|по думите (?:му|ѝ|й|им)"
    r"|по (?:негови|нейни|техни) думи|според (?:него|нея|тях|този|тази|това|тези)|заради това"
    r"|поради това|ето защо|още повече|докато|което|който|която|които|тоест|например|иначе|пък"
    r"|именно|дори|накрая|по-късно|по-рано|отделно|допълнително|другият?|другата|другите"
    r"|първият?|вторият?|втората|третият?|в него|в нея|в тях|на него|на нея|на тях|за него"
    r"|за нея|за тях|с него|с нея|с тях|от него|от нея|от тях|сред тях|при него|при нея"
    r"|там|тук|оттук|в този|в тази|в това|в тези|на този|на тази|на това|на тези|за този|за тази"
    r"|за това|за тези|през този|през това|през тази|от този|от тази|от това|от тези|с този|с тази"
    r"|с това|с тези|при този|при тази|при това|при тези"
    r")(?![\w.])",
    re.IGNORECASE,
)
# «От друга гледна точка това не е вярно»: a pronoun this early points outside the sentence.
_EARLY = re.compile(
    r"(?:[\w„“\"-]+\s+){1,4}(?:това|този|тази|тези|той|тя|те|него|нея|тях|им)(?!\w)", re.IGNORECASE
)
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

_AUX = word_set(
    """е са съм сме сте беше бяха бе бил била било били ще бъде бъдат има имат имаше няма нямат
    нямаше може могат можеше трябва трябваше би биха стана стават става остава остават каза заяви
    съобщи обяви подписа спечели загина загинаха почина пое прие"""
)
_VERB_END = re.compile(r"\w{2,}(?:[аеиояъ]ха|[аеия]ше|ува|ява|ва|ват|ираха?|ат|ят)$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that may be taken: its place, folded text, lemma counts and cuts.

    `index` counts the sentences of the article from 0; `needs_previous` when it opens with a
    pronoun or connective, so that it may only follow sentence `index - 1`.
    """

    article_id: ArticleId
    index: int
    start: int
    end: int
    text: str
    terms: Counter[str]
    cuts: tuple[Span, ...] = ()
    needs_previous: bool = False


def candidates(article: Article, *, longest: int) -> list[Candidate]:
    """Sentences of the article that may stand in a summary, in reading order.

    A candidate has at least six words and a verb, ends with a stop, neither opens nor ends inside
    a quotation, is no caption, credit, list line or bare quotation, and has at most `longest`
    characters.
    """
    found = []
    for index, span in enumerate(sentence_spans(article.text)):
        one = _candidate(article, index, span)
        if one is not None and len(one.text) <= longest and _may_stand(one.text):
            found.append(one)
    return found


def sentence_spans(text: str) -> list[Span]:
    """The first `MOST_SENTENCES` sentences of a text; what a cut has shortened is left out."""
    head = text[: MOST_SENTENCES * 400]
    spans = split(head)[:MOST_SENTENCES]
    return spans[:-1] if len(head) < len(text) and spans and spans[-1][1] == len(head) else spans


def foreign(text: str) -> bool:
    """Whether the text is not Bulgarian by its letters (half Latin, or ы, э, і, ј)."""
    head = text[:4000]
    letters = len(_LETTER.findall(head))
    if letters < 40:
        return False
    cyrillic = len(_CYRILLIC.findall(head))
    return cyrillic < letters / 2 or len(_FOREIGN.findall(head)) > max(2, letters / 200)


def less(text: str, start: int, end: int, cuts: tuple[Span, ...]) -> str:
    """`text[start:end]` without the `cuts`, white space folded: the contract of a sentence."""
    kept, at = [], start
    for cut_start, cut_end in cuts:
        kept.append(text[at:cut_start])
        at = cut_end
    kept.append(text[at:end])
    return fold("".join(kept))


def _candidate(article: Article, index: int, span: Span) -> Candidate | None:
    start, end = span
    tag = _TRAILING.search(article.text, start, end)
    if tag:
        end = tag.start()
    cuts = tuple(m.span() for m in _MEDIA_NOTE.finditer(article.text, start, end))
    text = less(article.text, start, end, cuts)
    if not text:
        return None
    dependent = bool(_DEPENDENT.match(text) or _EARLY.match(text))
    terms = Counter(lemmas(text))
    return Candidate(article.id, index, start, end, text, terms, cuts, dependent)


def _may_stand(text: str) -> bool:
    if _CAPTION.match(text) or _CREDIT.fullmatch(text) or _DATELINE.match(text):
        return False
    if _BULLET.match(text) or _ONLY_QUOTE.match(text) or not _ENDS.search(text):
        return False
    if text.endswith("…") or inside_open(text) or text[0].islower():
        return False
    tokens = words(text)
    return sum(w[0].isalpha() for w in tokens) >= LEAST_WORDS and any(map(_verbish, tokens))


def _verbish(word: str) -> bool:
    """Whether a word is likely a verb: an auxiliary, a verb's ending, or a changed verb lemma."""
    if word in _AUX or _VERB_END.match(word):
        return True
    base = lemma(word)
    if base == word or not base.endswith(("а", "я", "м")):
        return False
    return word.endswith("а") or (word.endswith("и") and base.endswith("я"))
