"""How a sentence may not begin when the one before it is not printed: it points backwards.

By the words alone, without a parse: a demonstrative in front is taken for a pointer even where it
is not («Тази сутрин …»), since a reader who is sent looking for «тази» is worse off than one who
gets the next sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from digest.bulgarian.lexicon import word_set

_POINTERS = word_set(
    """той тя то те това този тази тези онзи онази онова онези такъв такава такова такива него нея
    тях му ѝ им техен тяхна тяхно техни техния техният тяхната тяхното техните негов негова негово
    негови неговия неговият неговата неговото неговите неин нейна нейно нейни нейния нейният нейната
    нейното нейните същия същият същата същото същите последния последният последната последното
    последните въпросния въпросният въпросната въпросното въпросните двамата двете тримата трите
    другия другият другата другото другите първия първият втория вторият втората второто вторите
    третия третият третата третото четиримата петимата шестимата останалия останалият останалата
    останалото останалите обратното подобен подобна подобно подобни там тук тогава оттам оттук
    оттогава дотогава така който която което които чийто чиято чието чиито"""
)
_CONNECTIVES = word_set(
    """но а и или ала обаче затова също тоест например иначе пък именно накрая следователно
    същевременно междувременно впоследствие после докато отделно допълнително обратно напротив
    всъщност впрочем наистина значи съответно по-късно по-рано още ето едновременно"""
)
_BEFORE = word_set(
    """в във на за с със от при през сред към до по според освен заради поради въпреки след преди
    вместо без над под между чрез около зад наред покрай благодарение по"""
)
_PHRASES = tuple(
    tuple(phrase.split())
    for phrase in (
        "в същото време",
        "от друга страна",
        "от една страна",
        "от своя страна",
        "по думите му",
        "по думите ѝ",
        "по думите й",
        "по думите им",
        "въпреки че",
        "все пак",
        "на свой ред",
        "при това положение",
        "в допълнение",
        "в заключение",
        "в резултат на това",
        "разбира се",
        "нещо повече",
        "само че",
        "при това",
        "пак там",
        "пак той",
        "пак тя",
        "пак тогава",
        "малко по-късно",
        "малко по-рано",
        "минути по-късно",
        "часове по-късно",
        "дни по-късно",
        "след което",
        "и двамата",
        "и двете",
    )
)
_INSIDE = word_set("това този тази тези той тя те него нея тях им")
# «От друга гледна точка това не е вярно»: a pronoun this early points outside the sentence.
_EARLY = re.compile(
    r"(?:[\w„“\"-]+\s+){1,4}(?:това|този|тази|тези|той|тя|те|него|нея|тях|им)(?!\w)", re.IGNORECASE
)
# «Пробата му е отрицателна»: whose? «На Петров му отнеха книжката» says it.
_WHOSE = re.compile(r"(?!на\s)(?:[\w„“\"-]+\s+){1,2}(?:му|ѝ|й|им)(?!\w)", re.IGNORECASE)
# «…, каза той», «„…“, добави тя»: who speaks stands before.
_SPEAKER = re.compile(
    r"[,“”\"»]\s*[,–—-]?\s*(?!ко(?:йто|ято|ето|ито|гато)|(?:че|като|където|защото|ако|но|за|докато|дали"
    r"|както|какво|откакто|преди|след|с|от|на|в)\s)\w+\s+(?:(?:още|и|пред \S+|за \S+)\s+)?"
    r"(?:той|тя|те)(?=[\s.,!?…])(?! (?:ще|да|не|е|са)\s)",
    re.IGNORECASE,
)
# «Фирмата отрече и заяви, че …»: what it denied stands before.
_BARE_REPLY = re.compile(
    r"(?:[\w„“\"-]+\s+){1,6}(?:отрече|отрекоха|отрича|отричат|потвърди|потвърдиха|възрази|възразиха"
    r"|отвърна|отвърнаха|не се съгласи|не се съгласиха|се съгласи|се съгласиха)"
    r"(?=\s+и\s|,\s+(?!че|ка)|[.;:])",
    re.IGNORECASE,
)
_REPLIES = word_set(
    """отрече отрекоха отрича отричат потвърди потвърдиха възрази възразиха отвърна отвърнаха
    съгласи съгласиха"""
)
_CLITICS = word_set("му ѝ й им")
_SPEAKS = word_set("той тя те")


def dependent(text: str, words: Sequence[str]) -> bool:
    """Whether a sentence needs the one before it; `words` are its words in lower case."""
    if not words:
        return False
    first = words[0]
    if first in _POINTERS or first in _CONNECTIVES:
        return True
    if first in _BEFORE and len(words) > 1 and words[1] in _POINTERS:
        return True
    if any(tuple(words[: len(phrase)]) == phrase for phrase in _PHRASES if phrase[0] == first):
        return True
    if not _CLITICS.isdisjoint(words[1:3]) and _WHOSE.match(text):
        return True
    if not _REPLIES.isdisjoint(words[1:9]) and _BARE_REPLY.match(text):
        return True
    return not _INSIDE.isdisjoint(words[1:6]) and bool(_EARLY.match(text))


def speaker_before(text: str, words: Sequence[str]) -> bool:
    """Whether only the sentence before says who speaks in this one („…, каза той“)."""
    return not _SPEAKS.isdisjoint(words) and bool(_SPEAKER.search(text))
