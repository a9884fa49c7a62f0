"""Shouting capitals become a sentence; names get back the form that the text gives them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

from digest.bulgarian.lexicon import word_set
from digest.bulgarian.sentences import split
from digest.bulgarian.words import STOPWORDS, known, lemma

_WORD = re.compile(r"\w+")
_LEAST_LETTERS = 10
_LOUD = 0.7
"""Share of capitals from which a title shouts: abbreviations and names alone stay below it."""
_LEAST_SHOUT = 4
"""Letters of a single shouted word; shorter ones are mostly abbreviations."""
_OPENS = re.compile(r"(?:^|[:.!?…] |[„«]|(?:^|\s)[“\"])$")
_ORDINAL = re.compile(r"\d-$")
_VOWEL = re.compile("[АЕИОУЪЮЯаеиоуъюя]")
_SHORT_NAMES = word_set(
    """ес сащ ооп оон бан бас наса нато ецб ек еспч вмс ввс нап нои нзок нси кзк кзп кевр бабх
    риосв рзи оу соу мвр мвнр мтс мрр дсб бсп дпс пп дб сдс итн герб гдбоп сдвр одмвр данс бдж
    нкжи апи вик тец аец вец нек внк внс сгс вас вкс всс ивсс бвп ддс бнб кфн бтв бнт бнр бта фиба
    фифа уефа бфс юар оае юнеско сзо мвф мок кат ивф днк псж цска мпс мбал умбал вма спа гпк
    нпк нк овос цик рик оик икт чез евн"""
)
"""Abbreviations that a text may not have; those without a vowel are known by that."""
_CUT_SHORT = word_set("кв ул гр бул обл общ пл бл вх проф инж арх акад ген млн млрд хил евро лв")


def calm(title: str, body: str) -> str:
    """The title without shouting; one that does not shout is given back as it is.

    `body` is the text that knows how names and abbreviations are written. A title that shouts a
    word or a few („Двама ЗАГИНАХА“) is calmed only where the text writes them otherwise.
    """
    loud = _shouts(title)
    if not loud and not any(_shouted(m.group()) for m in _WORD.finditer(title)):
        return title
    forms = _Forms(body)
    if loud:
        return _calmed_between(title, list(_WORD.finditer(title)), forms).rstrip("!")
    return _quiet(title, forms)


def _shouts(title: str) -> bool:
    letters = [c for c in title if c.isalpha()]
    return len(letters) >= _LEAST_LETTERS and sum(map(str.isupper, letters)) >= _LOUD * len(letters)


def _shouted(word: str) -> bool:
    return len(word) >= _LEAST_SHOUT and word.isalpha() and word.isupper()


def _quiet(title: str, forms: _Forms) -> str:
    """A title that shouts some words: runs of capitals of which the text has one otherwise."""
    runs: list[list[re.Match[str]]] = [[]]
    for match in _WORD.finditer(title):
        if match.group().isupper() and not match.group().isdigit():
            runs[-1].append(match)
        elif runs[-1]:
            runs.append([])
    for run in reversed(runs):
        shouted = [m.group() for m in run if _shouted(m.group())]
        written = [form for word in shouted if (form := forms.of(word, "", ""))]
        ordinary = len(written) == len(shouted) or all(known(word.lower()) for word in shouted)
        if written and ordinary and not any(map(str.isupper, written)):
            title = _calmed_between(title, run, forms)
    return title


def _calmed_between(title: str, found: list[re.Match[str]], forms: _Forms) -> str:
    """The title with these words of it calmed."""
    out, at = [], 0
    for n, match in enumerate(found):
        before = found[n - 1].group() if n else ""
        after = found[n + 1].group() if n + 1 < len(found) else ""
        word = _calmed(match.group(), before, after, forms)
        head = title[: match.start()]
        if _opens(head):
            word = _capital(word)
        elif _ORDINAL.search(head):
            word = word.lower()
        out += [title[at : match.start()], word]
        at = match.end()
    return "".join(out) + title[at:]


def _opens(head: str) -> bool:
    """Whether a sentence, a quotation or what somebody says begins behind `head`."""
    if not _OPENS.search(head):
        return False
    last = _WORD.findall(head[-12:])
    return not (head.endswith(". ") and last and last[-1].lower() in _CUT_SHORT)


def _calmed(word: str, before: str, after: str, forms: _Forms) -> str:
    low = word.lower()
    if not word.isupper() or any(c.isdigit() for c in word) or word.isascii():
        return word  # «ВиК», «2-РИ», «XXI» are written so anywhere
    if low in STOPWORDS or low in _CUT_SHORT:
        return low
    if len(word) == 1:
        return word
    form = forms.of(word, before, after)
    if form is not None:
        return form
    if low in _SHORT_NAMES or not _VOWEL.search(word):
        return word
    return low if known(low) or known(lemma(low)) else word.capitalize()


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


class _Forms:
    """How the text writes a word: beside the same neighbour, else inside a sentence."""

    def __init__(self, body: str) -> None:
        starts = {start for start, _ in split(body)}
        found = list(_WORD.finditer(body))
        self._inside: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._opening: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._beside: dict[tuple[str, str], tuple[str, str]] = {}
        for n, match in enumerate(found):
            word = match.group()
            opens = match.start() in starts or bool(
                _OPENS.search(body[max(0, match.start() - 3) : match.start()])
            )
            kept = self._opening if opens and not word.isupper() else self._inside
            kept[word.lower()][word] += 1
            if n + 1 < len(found) and word[0].isupper():
                after = found[n + 1].group()
                if body[match.end() : found[n + 1].start()] == " ":
                    self._beside.setdefault((word.lower(), after.lower()), (word, after))

    def of(self, word: str, before: str, after: str) -> str | None:
        """The form of the text, or None for a word that it does not have.

        A name of two words („Горна Вада“) counts before what either word is alone.
        """
        low = word.lower()
        common = self._common(self._inside, low)
        if common and common[0].isupper():
            return common
        if after and (pair := self._beside.get((low, after.lower()))) and self._named(pair):
            return pair[0]
        if before and (pair := self._beside.get((before.lower(), low))):
            return pair[1]
        return common or self._from_opening(low)

    @staticmethod
    def _common(forms: dict[str, Counter[str]], low: str) -> str | None:
        return forms[low].most_common(1)[0][0] if low in forms else None

    def _named(self, pair: tuple[str, str]) -> bool:
        """Whether the two are a name and not the beginning of a sentence."""
        return pair[0] in self._inside.get(pair[0].lower(), ()) or pair[1][0].isupper()

    def _from_opening(self, low: str) -> str | None:
        """A word that only opens sentences: a name when the dictionary does not have it."""
        form = self._common(self._opening, low)
        if form is None:
            return None
        return low if known(low) or known(lemma(low)) else form
