"""Who did what to whom: deeds with their first and second part, whatever the voice.

Bulgarian has lost its cases, so place and preposition tell the parts: «А победи Б», «Б беше
победен от А», «победата на А над Б» and «Б загуби от А» are one deed. What cannot be told so
(a pronoun, a doer who is left out) gives no deed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, takewhile

from digest.bulgarian.lexicon import word_set
from digest.bulgarian.numbers import NUMBER_WORDS
from digest.bulgarian.predicates import Predicate, predicates
from digest.bulgarian.verbs import either, finite, l_participle, n_participle, root
from digest.bulgarian.words import STOPWORDS, lemma
from digest.summarise.agreement import object_first
from digest.summarise.meaning import meant

LONGEST_HEAD = 25
"""Characters after a group of small words within which its head stands."""
_RELATIVE = "който"
_WHO = word_set("който която което които какъвто каквато каквото каквито")
_POINTING = word_set("както колкото никой нищо някой всеки всички същия същият същата същото")
"""Words that stand where a doer may and name nobody."""
_BIDS = frozenset(
    root(meant(word))
    for word in word_set(
        """искам поискам настоявам настоя предложа предлагам призова призовавам задължа задължавам
        накарам помоля моля разреша позволя препоръчам посъветвам съветвам наредя нареждам забраня
        подканя убедя принудя заставя"""
    )
)
"""Verbs that have somebody else do what stands after «да»."""
_TOKEN = re.compile(r"\w+(?:-\w+)*|[,;:()–]|[.!?]\s(?=[А-Я„])")
_PREPOSITIONS = word_set(
    """на от с със в във за към до при по под над пред през след преди без заради поради срещу
    против между около чрез върху край сред според относно освен вместо из извън отколкото"""
)
_BREAKS = word_set(
    """какъвто каквато каквото каквито че който която което които чийто чиято чиито а но докато
    като защото ако когато"""
)
_FULL = re.compile(r"(?:ът|ят)$")
"""The full article, which only the doer has."""
# Verbs that say from the other side what the first of the line says: «загуби от», «получи от».
_CONVERSE = {
    "загубя": ("спечеля", "от"),
    "падна": ("спечеля", "от"),
    "отстъпя": ("спечеля", "на"),
    "получа": ("дам", "от"),
    "взема": ("дам", "от"),
    "наследник": ("наследя", "на"),
    "подчиня": ("ръководя", "на"),
}
_TAKES = {
    "на": word_set(
        """дам даря предам връча възложа възразя отвърна отговоря кажа заявя помогна продам откажа
    нареди наредя обещая обясня предложа плати платя преподавам благодаря"""
    ),
    "от": word_set("поискам искам взема отнема купя закупя пазя"),
    "над": word_set("спечеля"),
    "срещу": word_set("спечеля свидетелствам гласувам подам"),
}
_NOUNS = word_set(
    """покупка смяна победа поглъщане придобиване назначение назначаване уволнение избор"""
)
"""Nouns of a deed: «покупката на Б от А»."""
_BE = word_set("е са бе беше бяха бил била било били бъде бъдат")
_MORE = re.compile(r"по-\w+|повече$")
_MAYBE = word_set("удари награди замени смени победи уби разби")
"""Forms that may be a noun and are verbs where a clause has no other."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb's idea with ideas of its two parts: who did it (or has more), and to whom."""

    what: str
    first: frozenset[str]
    second: frozenset[str]
    beside: frozenset[str] = frozenset()
    """What stands between who did it and the verb: «председателят на съюза Иван Петров»."""


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Words that stand together: a verb, or a noun with what belongs to it and its preposition."""

    words: tuple[str, ...]
    verb: str = ""
    preposition: str = ""

    @property
    def ideas(self) -> frozenset[str]:
        return frozenset(meant(w) for w in self.words if w not in STOPWORDS and not w[0].isdigit())

    @property
    def full(self) -> bool:
        return any(_FULL.search(w) and not w.endswith("ият") for w in self.words)


@lru_cache(maxsize=20_000)
def deeds(text: str) -> tuple[Deed, ...]:
    """Deeds of a sentence, clause by clause."""
    return tuple(deed for clause in _whole(_clauses(text)) for deed in _of(clause))


def _whole(rows: Iterable[list[_Chunk]]) -> Iterator[list[_Chunk]]:
    """The clauses, each with the doer that a comma or a «който» clause parts it from.

    „Най-големият производител, „Млечен път“ АД, купува мандрата“ is three stretches of words; the
    first two have no verb and say who does what the third tells.
    """
    waiting: tuple[str, ...] = ()
    for row in rows:
        if not any(chunk.verb for chunk in row):
            waiting += tuple(word for chunk in _bare(row)[:1] for word in chunk.words)
        elif row[0].verb and waiting and not _asked(row):
            yield [_Chunk(waiting), *row]
            waiting = ()
        else:
            if not _asked(row):
                waiting = ()
            yield row


def _asked(row: Sequence[_Chunk]) -> bool:
    """Whether a clause begins with «който»: it stands between a doer and its deed."""
    return bool(row) and row[0].words[:1] == (_RELATIVE,)


@lru_cache(maxsize=20_000)
def topics(text: str) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    """Of each clause what it speaks of, and what else it says; both as ideas, neither empty."""
    found = []
    for row in _whole(_clauses(text)):
        spoken = [c for c in _bare(row)[:1] if not _measured(c)]
        rest = frozenset().union(*(_told(c) for c in row if c not in spoken)) if spoken else None
        if spoken and rest and rest - spoken[0].ideas:
            found.append((spoken[0].ideas, rest - spoken[0].ideas))
    return tuple(found)


def _measured(chunk: _Chunk) -> bool:
    """Whether it is a measure of how far, how long or how much: «40 метра преди дървото»."""
    return chunk.words[0] in NUMBER_WORDS and not _MEASURES.isdisjoint(map(lemma, chunk.words))


_MEASURES = word_set("метър метро километър година месец ден час минута седмица евро лев процент")


def _told(chunk: _Chunk) -> frozenset[str]:
    return chunk.ideas | ({_what(chunk.verb)} if chunk.verb else frozenset())


def agrees(one: Deed, other: Deed) -> bool:
    """Whether two deeds are one, as far as their parts tell."""
    return (
        one.what == other.what and bool(one.first & other.first) and bool(one.second & other.second)
    )


def turned(one: Deed, other: Deed) -> bool:
    """Whether who did it in one is whom it was done to in the other."""
    if one.what != other.what or one.first & other.first or one.second & other.second:
        return False
    return bool(one.first & other.second) or bool(one.second & other.first and other.second)


def _clauses(text: str) -> Iterator[list[_Chunk]]:
    """The chunks of each clause; a comma or a dash ends one, brackets and «а», «но», «че» too."""
    verbs = {p.start: p for p in predicates(text) if not _named(text, p)}
    reader, until = _Reader(), 0
    for match in _TOKEN.finditer(text):
        if match.start() < until:
            continue
        word = match.group().lower()
        verb = verbs.get(match.start())
        if verb is not None:
            until = _ends(text, verb)
            reader.act(tuple(_words(text[verb.start : verb.end])), verb.head)
        elif word[0] in ",;:()–." or word in _BREAKS:
            yield _with_verb(reader.end(word))
        else:
            reader.take(word)
    yield _with_verb(reader.end(""))


class _Reader:
    """Gathers words into the chunks of one clause."""

    def __init__(self) -> None:
        self._row: list[_Chunk] = []
        self._held: list[str] = []
        self._preposition = ""

    def take(self, word: str) -> None:
        if word in _POINTING:
            return
        if word in _PREPOSITIONS:
            self._close()
            self._preposition = "от" if word == "отколкото" else word
        elif word not in STOPWORDS:
            full = bool(_FULL.search(word)) and not word.endswith("ият")
            if self._preposition and self._held and full:
                self._close()  # «в последната контрола отборът»: the full article is the doer's
            self._held.append(word)

    def act(self, group: tuple[str, ...], head: str) -> None:
        self._close()
        self._row.append(_Chunk(group, verb=head))

    def end(self, mark: str) -> list[_Chunk]:
        """The clause that ends at a mark or a conjunction, which may open the next."""
        self._close()
        row, self._row = self._row, []
        if mark in _WHO:
            self._row.append(_Chunk((_RELATIVE,), preposition=_RELATIVE))
        return row

    def _close(self) -> None:
        if self._held:
            self._row.append(_Chunk(tuple(self._held), preposition=self._preposition))
        self._held = []
        self._preposition = ""


def _words(text: str) -> list[str]:
    return [w.lower() for w in re.findall(r"\w+", text)]


def _ends(text: str, verb: Predicate) -> int:
    """Where a group ends, with its head: «да поскъпват»."""
    at = text.lower().find(verb.head, verb.start, verb.end + LONGEST_HEAD)
    return max(verb.end, at + len(verb.head)) if finite(verb.head) else verb.end


def _named(text: str, verb: Predicate) -> bool:
    """Whether it is a name that only looks like a verb: «Тонкова»."""
    capital = text[verb.start].isupper()
    return capital and (verb.start > 1 or bool(re.match(r"\s+[А-Я]", text[verb.end :])))


def _with_verb(row: list[_Chunk]) -> list[_Chunk]:
    """The chunks; where none is a verb, a word that may be one is: «влакът удари колата»."""
    if any(chunk.verb for chunk in row):
        return row
    for n, chunk in enumerate(row):
        for m, word in enumerate(chunk.words):
            if (n or m) and (either(word) or word in _MAYBE):
                left = [replace(chunk, words=chunk.words[:m])] if m else []
                right = [_Chunk(chunk.words[m + 1 :])] if chunk.words[m + 1 :] else []
                return [*row[:n], *left, _Chunk((word,), verb=word), *right, *row[n + 1 :]]
    return row


def _of(chunks: Sequence[_Chunk]) -> Iterator[Deed]:
    for n, chunk in enumerate(chunks):
        if not chunk.verb:
            continue
        if n_participle(chunk.verb) and not _BE.isdisjoint(chunk.words):
            yield from _suffered(chunks, n)
        else:
            yield from _done(chunks, n)
    yield from _nominal(chunks)
    yield from _compared(chunks)


def _suffered(chunks: Sequence[_Chunk], n: int) -> Iterator[Deed]:
    """«Б беше победен от А»."""
    # «Съседите от Липарево бяха победени от Костина»: who did it stands after the verb first.
    agents = [c for c in (*chunks[n + 1 :], *chunks[:n]) if c.preposition == "от" and c.ideas]
    # «Иска да бъде разследвана жена му»: who asks is not who suffers.
    asked = n > 0 and chunks[n - 1].verb and "да" in chunks[n].words
    subject = [] if asked else _bare(chunks[:n])[-1:]
    subject = subject or _bare(chunks[n + 1 :])[:1]
    if subject:
        doer = agents[0].ideas if agents else frozenset[str]()
        yield Deed(_what(chunks[n].verb), doer, subject[0].ideas)


def _upto_verb(chunks: Sequence[_Chunk]) -> list[_Chunk]:
    return list(takewhile(lambda chunk: not chunk.verb, chunks))


def _bare(chunks: Sequence[_Chunk]) -> list[_Chunk]:
    return [c for c in chunks if not c.verb and not c.preposition and c.ideas]


def _done(chunks: Sequence[_Chunk], n: int) -> Iterator[Deed]:
    """«А победи Б», «А даде на Б», «А загуби от Б»; «А е докторант на Б»."""
    verb = chunks[n].verb
    what, base = _what(verb), lemma(verb)
    # A second verb of the clause has the doer of the first: «А взе куфара и удари Б».
    opening = next(m for m, chunk in enumerate(chunks) if chunk.verb)
    before, after = _bare(chunks[:opening])[-1:], _upto_verb(chunks[n + 1 :])
    bare = _bare(after) if _acts(verb) else []  # «е готов» is done to nobody
    if not before and len(bare) > 1:
        before, bare = bare[:1], bare[1:]
    if not before:
        return
    doer = _bidden(chunks, n) or before[0]
    if (
        bare
        and doer is before[0]
        and object_first(chunks[n].words, verb, doer.words, bare[0].words)
    ):
        yield Deed(what, bare[0].ideas, doer.ideas)
        return
    if converse := _CONVERSE.get(base) or _CONVERSE.get(meant(verb)):
        other, marked = root(converse[0]), converse[1]
        yield from (Deed(other, c.ideas, doer.ideas) for c in after if c.preposition == marked)
        return
    if bare and bare[0].full and not doer.full:
        yield Deed(what, bare[0].ideas, doer.ideas)
    elif bare:
        yield Deed(what, doer.ideas, bare[0].ideas, _between(chunks, doer, opening))
    first = after[:1] if bare or not _acts(verb) else []  # «отпуска на болницата заем»
    first = [c for c in first if verb not in c.words]  # «е на разпит» is done to nobody
    to = [c for c in first if c.preposition == "на"]
    to += [c for c in after if base in _TAKES.get(c.preposition, frozenset()) and c not in to]
    yield from (Deed(what, doer.ideas, c.ideas) for c in to)


def _between(chunks: Sequence[_Chunk], doer: _Chunk, verb: int) -> frozenset[str]:
    """Ideas of what belongs to the doer: prepositions with their nouns up to the verb."""
    start = next((n for n, chunk in enumerate(chunks) if chunk is doer), verb)
    return frozenset().union(*(chunk.ideas for chunk in chunks[start + 1 : verb]))


def _bidden(chunks: Sequence[_Chunk], n: int) -> _Chunk | None:
    """Who is to do it in «А поиска Б да плати»: not who asks."""
    if "да" not in chunks[n].words:
        return None
    before = next((m for m in reversed(range(n)) if chunks[m].verb), None)
    if before is None or _what(chunks[before].verb) not in _BIDS:
        return None
    between = chunks[before + 1 : n]
    return next((c for c in between if c.preposition in {"", "на"} and c.ideas), None)


def _acts(verb: str) -> bool:
    return finite(verb) or either(verb) or l_participle(verb)


def _compared(chunks: Sequence[_Chunk]) -> Iterator[Deed]:
    """«А поскъпва по-бързо от Б»: more of it is the first's."""
    for n, (one, two) in enumerate(pairwise(chunks)):
        degree = next((w for w in (*one.words, one.verb) if w and _MORE.match(w)), None)
        subject = _bare(chunks[:n])[:1]
        if degree and two.preposition == "от" and subject and two.ideas:
            yield Deed(f"+{lemma(degree)}", subject[0].ideas, two.ideas)


def _what(verb: str) -> str:
    """The idea of a verb, the same for both aspects and its participles."""
    return root(meant(verb))


def _nominal(chunks: Sequence[_Chunk]) -> Iterator[Deed]:
    """«Покупката на Б от А», «победата на А над Б»; «А подписа покупката на Б»."""
    for n, (one, two) in enumerate(pairwise(chunks)):
        noun = lemma(one.words[-1])
        if noun not in _NOUNS or two.preposition != "на":
            continue
        over = next((c for c in chunks[n + 2 :] if c.preposition == "над"), None)
        agent = next((c for c in chunks[n + 2 :] if c.preposition == "от"), None)
        if over is not None:
            yield Deed(_what(noun), two.ideas, over.ideas)
        elif agent is not None:
            yield Deed(_what(noun), agent.ideas, two.ideas)
        elif doer := _bare(chunks[:n])[:1]:
            yield Deed(_what(noun), doer[0].ideas, two.ideas)
