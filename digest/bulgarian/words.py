"""Words, lemmas and stop words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from digest.bulgarian.lexicon import word_set

_WORD = re.compile(r"\w+(?:-\w+)*")

STOPWORDS = word_set(
    """а ако ала бе без беше би бива бил била били било благодарение близо бъдат бъде бъда бяха в
    вас ваш ваша ваше ваши ведно вече ви вие винаги внимава все всеки всички всичко всяка всяко във
    въпреки върху г ги го д да дали дано даже до докато докога дори досега доста е едва един
    една едни едно ето за зад заедно заради засега затова защо защото и из или им има имат иска
    й ѝ каза как каква какво какъв като кога когато което които кой който колко която къде
    където към ли лично м ме между мен ми много мога могат може можеше моля момента му н на над
    назад най например нас не него негов негова негово неговите нейн нейна нейната нейния
    нейните нея ни ние никой нито нищо но някои някой няколко някъде няма обаче около освен
    особено от отгоре отново още пак по повече повечето под поне поради после почти прави пред
    преди през при пък първо с са само се сега си след следващ сме според сред срещу сте съм
    със също т т.н така такава такива такова там твой те тези ти то това тогава този той
    толкова точно трябва тук тъй тя тях у ул утре хиляди ч часа че често чрез ще щом щяха щял
    щяла я тази чийто чиято чието чиито бидейки свой своя своята своите своето свои нещо днес
    вчера съобщи заяви г-н г-жа"""
)


def words(text: str) -> list[str]:
    """Words of `text` in order, lower case; hyphenated ones whole."""
    return _WORD.findall(text.lower())


@lru_cache(maxsize=200_000)
def lemma(word: str) -> str:
    """The dictionary form, lower case; an unknown word is its own lemma."""
    from simplemma import lemmatize

    low = word.lower()
    if not any(c.isalpha() for c in low):
        return low
    found = str(lemmatize(low, lang="bg")).lower()
    # The dictionary writes reflexive verbs as «обявя-(се)».
    return found.split("-(")[0] or low


@lru_cache(maxsize=50_000)
def known(word: str) -> bool:
    """Whether the dictionary has the word in lower case (false for most names)."""
    from simplemma import is_known

    return bool(word) and bool(is_known(word.lower(), lang="bg"))


def lemmas(text: str) -> list[str]:
    """Lemmas of the content words of `text`, in order; stop words and single letters dropped."""
    return content(words(text))


def content(found: Iterable[str]) -> list[str]:
    """Lemmas of the content words among some words in lower case, in order."""
    return [lemma(word) for word in found if word not in STOPWORDS and not _letter(word)]


def _letter(word: str) -> bool:
    return len(word) == 1 and not word.isdigit()
