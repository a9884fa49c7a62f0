"""Verbs, told by the word alone: whether it is one, in what form, and what its root is.

The dictionary gives a verb by its first person («кажа»); whether a lemma is a verb at all is told
by its third person plural («кажат»), which no noun has. Whole groups («няма да бъде открит») are
read in `predicates.py`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from digest.bulgarian.lexicon import word_set
from digest.bulgarian.words import known, lemma

_AUX = word_set(
    """е са съм сме сте беше бяха бе бил била било били ще бъде бъдат има имат имаше няма
    нямат нямаше може могат можеше трябва трябваше би биха стана стават става остава остават
    каза заяви съобщи обяви подписа спечели загина загинаха почина пое прие"""
)
_VERB_END = re.compile(r"\w{2,}(?:[аеиояъ]ха|[аеия]ше|ува|ява|ава|ват|ираха?|ат|ят)$")


@lru_cache(maxsize=50_000)
def verbish(word: str) -> bool:
    """Whether a word is likely a verb: an auxiliary, a verb's ending, or a changed verb lemma."""
    if word in _AUX or _VERB_END.match(word):
        return True
    base = lemma(word)
    if base == word or not base.endswith(("а", "я", "м")) or _declined(word, base):
        return False
    return word.endswith("а") or (word.endswith("и") and base.endswith("я"))


def _declined(word: str, base: str) -> bool:
    """Whether a word has an ending of nouns and adjectives: «културата», «туризма», «линии»."""
    if word in (f"{base}та", f"{base}ата", f"{base}а"):
        return True
    return word.endswith("ии") or (base.endswith("ъм") and word == f"{base[:-2]}ма")


_REGULAR = re.compile(r"\w{2,}(?:[аяу]ва|ира)(?:[мтшх]|ме|те|хме|хте|ха|ше)?$")
_SURE_PAST = re.compile(r"\w{2,}(?:[еияо]ха|[еия]ше)$")
_VA = re.compile(r"(\w{3,}ва)(?:[мтшх]|ме|те|хме|хте|ха|ше)?$")
_FEMALE_NOUNS = word_set(
    "река среща дума мая нужда къща душа каша чаша пара шега броя покана поръча"
)
_NOT_FORMS = word_set(
    """за си де това също при като преди след сега пари цели мили части нови стари роли сили
    години души данни къщи два две двама трима тия тази онази някои никой никоя всяка всеки
    която които който което къщата нощта засега реки ръка стая обща чужда висша мощ хора проби
    цени права право заем наем
    прием подем обем"""
)
_NO_FORM = re.compile(
    r"(?:[аяе]н(?:е|ето|ия|ията|ие|ието)|[ае]?щ(?:ия|ият|ата|ото|ите|и|а|о)|ките|ката|ите|ът|йки"
    r"|ост|ия|ици|ничка|[внш]ата|овете|рик[аи])$"
)
_ODD_PAST = word_set(
    """подписа дадоха даде написа описа записа създаде издаде стана остана започна събра избра
    обхвана обеща надигра изигра изпепели осъди осъдиха осъдят осъжда осъждат
    нападна нападнаха закри"""
)
_L = re.compile(r"\w{2,}[аеияоъувнк]?л(?:[аои]|ият|ата|ото|ите)?$")
_N_END = re.compile(r"(?:[аея]н|[иу]т|нат)(?:[аои]|ият|ия|ата|ото|ите)?$")
_N = re.compile(rf"\w{{2,}}{_N_END.pattern}")


@lru_cache(maxsize=50_000)
def is_verb(base: str) -> bool:
    """Whether a dictionary form is that of a verb: «кажа» is, «заплата» is not."""
    if base in _FEMALE_NOUNS or not base.endswith(("а", "я", "м")) or len(base) < 3:
        return False
    forms = (base[:-1] + "т", base + "е", base[:-1] + "х") if base.endswith("м") else (base + "т",)
    return any(map(known, forms)) or bool(re.search(r"(?:[аяу]в|ир|\wд|щ|жд)ам$", base))


@lru_cache(maxsize=50_000)
def finite(word: str) -> bool:
    """Whether a word is a verb with a person of its own: «каза», «вдигат»; no participle.

    A word that may be a noun too («работи», «победи», «игра») counts as a noun: see `either`.
    """
    if word in _ODD_PAST or _SURE_PAST.match(word):
        return True
    if word in _NOT_FORMS or _NO_FORM.search(word) or len(word) < 3 or not word.isalpha():
        return False
    if word.endswith("и") and (known(word[:-1] + "ение") or known(word + "т")):
        return True  # «понижи» by «понижение», «закри» by «закрит»
    base = lemma(word)
    if _REGULAR.match(word) and (base != word or word.endswith(("т", "ха", "ше"))):
        return base.endswith("м") or not known(base + "та") or word.endswith(("ира", "ират"))
    unknown = _VA.match(word)
    if unknown and base == word and not known(word):
        # «Обжалва», which the dictionary does not have; a noun would have its article there.
        return not known(unknown.group(1) + "та")
    return is_verb(base) and not l_participle(word) and not n_participle(word)


@lru_cache(maxsize=50_000)
def either(word: str) -> bool:
    """Whether a word may be a verb although the dictionary has a noun: «победи», «загуби»."""
    return (
        word.endswith("и")
        and len(word) > 3
        and word not in _NOT_FORMS
        and (known(word[:-1] + "ят") or known(word[:-1] + "ат"))
    )


@lru_cache(maxsize=50_000)
def l_participle(word: str) -> bool:
    """Whether a word is an active participle: «бил», «щяла», «загинали»."""
    if not _L.match(word) or word in _NOT_FORMS:
        return False
    base = lemma(word)
    if base == f"{word[:-1]}я":
        return False  # «раздели» of «разделя»
    return base != word and (is_verb(base) or base in {"съм", "ща"})


def l_shaped(word: str) -> bool:
    """Whether a word has the form of an active participle, whatever the dictionary says."""
    return bool(_L.match(word))


@lru_cache(maxsize=50_000)
def n_participle(word: str) -> bool:
    """Whether a word is a passive participle: «открит», «построена», «обвинените»."""
    found = _N.match(word)
    if not found or word in _NOT_FORMS:
        return False
    base = lemma(word)
    if base != word and is_verb(base):
        return True
    stem = _N_END.sub("", word)
    return len(stem) > 2 and any(is_verb(stem + end) for end in ("я", "а", "ам", "ям", "вам"))


LIGHT = word_set(
    """подам подавам дам давам взема вземам направя правя извърша извършвам имам нямам получа
    получавам претърпя нанеса проведа провеждам стана ставам бъда остана оставам осъществя поема
    поемам сложа влеза вляза оказвам окажа показвам покажа заведа внеса внасям повдигна
    постигна намеря водя държа търпя повдигам постигам намирам установя открия откривам"""
)
"""Dictionary forms of verbs that leave the meaning to the noun after them: «подам оставка»."""

_PLAIN_PRESENT = word_set(
    """твърдя ръководя строя работя водя стоя лежа горя държа вървя мълча търся нося возя ходя
    правя търпя струва тека пиша живея зная знам чета пея играя броя уча гоня боря споря мисля
    вярвам мога искам имам предстоя спя завися принадлежа протичам трая"""
)
_PAST = re.compile(r"(?:х|хме|хте|ха|[аеия]ше)$")
_PRESENT = re.compile(r"(?:[аяу]ва|ира|[аяе]т|ме|те|ш)$")
_DONE = word_set(
    "пострадам попитам разпитам избягам загледам раздам продам предам издам отдам сдам поискам"
)


@lru_cache(maxsize=50_000)
def past(word: str) -> bool:
    """Whether a finite verb tells of the past: «реши», «обявиха»; not «решава», «твърди».

    A perfective verb that stands without «да» and «ще» is always an aorist.
    """
    if _PAST.search(word):
        return True
    base = lemma(word)
    if (word == base and base.endswith("м")) or _PRESENT.search(word) or base in _PLAIN_PRESENT:
        return False
    return word != base[:-1] or base in _DONE or not base.endswith("м")


_FOLD = str.maketrans({"ж": "з", "г": "з", "ш": "с", "х": "с", "ч": "к", "щ": "т", "ц": "к"})
_ENDINGS = tuple(
    sorted(
        word_set(
            """аване яване уване иране ение ание ене ане яне авам явам увам ирам вам ам ям на а я
            ен ан ян ено ани ени нат не ал ял ил ел"""
        ),
        key=len,
        reverse=True,
    )
)
_LEAST_ROOT = 3
_CHANGING = re.compile(r"[аеиоуя](?=[бвгдзклмнпрст]$)")


@lru_cache(maxsize=100_000)
def root(base: str) -> str:
    """What both aspects of a verb and its noun have in common: «реша», «решавам», «решение».

    `base` is a dictionary form; consonants that change before «-я» are folded into one, and a
    vowel that changes with the aspect («отрека», «отричам») is left out. A short word and one
    that no ending can be taken from is its own root.
    """
    ending = next(
        (e for e in _ENDINGS if base.endswith(e) and len(base) - len(e) >= _LEAST_ROOT), ""
    )
    stem = base[: len(base) - len(ending)].replace("жд", "д").translate(_FOLD)
    if len(stem) > _LEAST_ROOT + 1 and stem.endswith(("ит", "ут")):
        return stem[:-1]
    return _CHANGING.sub("", stem) if len(stem) > _LEAST_ROOT else stem
