"""What a sentence can do without: stretches that are cut out, never words that are put in.

Only what leaves the claim as it was may go: a second attribution (the agency that passed on what
somebody said), a bracket that only spells out a name or a unit, and what reminds the reader that
it was said before. A bracket with „не“, „бивш“ or a doubt stays, and so does the only attribution
of a claim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Span = tuple[int, int]

LONGEST_BRACKET = 60
"""Characters of a bracket that may go; a longer one is a sentence of its own."""

_AGENCY = (
    r"(?:БТА|БГНЕС|БНР|БНТ|Ройтерс|АФП|АП|Асошиейтед прес|ДПА|ТАСС|Франс прес|АНСА|ЕФЕ|Синхуа"
    r"|Интерфакс|РИА Новости|Укринформ|Анадолска агенция|Би Би Си|Си Ен Ен|Блумбърг"
    r"|агенция „?Фокус“?|„Фокус“)"
)
_PASSED_ON = re.compile(
    rf",\s+(?:(?:предад[ео]\w*|предава\w*|съобщ\w+|информира\w*|пише|писа|отбелязва\w*|посочва\w*)"
    rf"(?:\s+от)?\s+(?:агенция\s+|световните агенции|вестник\s+)?|цитиран\w*\s+от\s+)"
    rf"{_AGENCY}(?:\s+и\s+{_AGENCY})?(?=[.,])"
)
_SAID = re.compile(
    r"(?<!\w)(?:(?:заяви|обяви|посочи|съобщи|увери|подчерта|обясни|добави|заключи|призна|каза"
    r"|отбеляза|коментира|изтъкна|предупреди|напомни)(?:ха|л[аи]?)?"
    r"|(?:заявява|обявява|посочва|съобщава|уверява|подчертава|обяснява|добавя|казва|твърди"
    r"|отбелязва|изтъква|предупреждава)т?|твърдят|според|по думите)(?!\w)",
    re.IGNORECASE,
)
"""Finite forms only: «обявената сума» says nothing of who tells it."""
_REMINDER = re.compile(
    r",\s+(?:както (?:вече )?(?:(?:се )?(?:съобщихме|писахме|съобщи|писа)|е известно|беше съобщено"
    r"|бе съобщено)|припомня\w*(?:\s+(?:той|тя|те))?)(?=[.,])"
)
_CLAUSE = re.compile(
    r"\s*(?:че|като|ко[йяе]то|които|ч[ий]*то|където|докато|защото|за да|тъй|а|но|без да|ако|преди"
    r"|след|макар|въпреки|откъдето|когато)(?!\w)"
)
_RELATIVE = re.compile(r"\s*(?:\w{1,5}\s+)?(?:ко(?:йто|ято|ето|ито|гато)|където|докато)(?!\w)")
_AND = re.compile(r"\s*и\s")
_BRACKET = re.compile(r"\s*\((?P<inside>[^()\n]+)\)")
_SPELLS_OUT = re.compile(
    r"[A-Z][A-Za-z0-9 .&–-]*"  # the foreign name
    r"|(?:около|близо|приблизително)?\s*[\d \u00a0.,]+\s*(?:лева|лв\.?|евро|€|долара|\$)"
)
_KEEPS = re.compile(
    r"(?<!\w)(?:не|няма|без|бивш\w*|може|вероятно|предполаг\w+|според|уж|обвин\w+)(?!\w)",
    re.IGNORECASE,
)
_SHORT = re.compile(r"[А-Я]{2,8}")


def cuts(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Stretches of the sentence `text[start:end]` that can go; ascending, apart from each other."""
    brackets = _brackets(text, start, end) if text.find("(", start, end) >= 0 else ()
    found = sorted({*brackets, *_attributions(text, start, end)})
    return tuple(span for n, span in enumerate(found) if n == 0 or found[n - 1][1] <= span[0])


def _brackets(text: str, start: int, end: int) -> Iterator[Span]:
    for bracket in _BRACKET.finditer(text, start, end):
        inside = bracket.group("inside").strip()
        if len(inside) > LONGEST_BRACKET or _KEEPS.search(inside):
            continue
        # „(БСП)“ after a name is whom somebody stands for; after a long name it repeats it.
        short = _SHORT.fullmatch(inside) and _initials(text[start : bracket.start()], inside)
        if short or _SPELLS_OUT.fullmatch(inside):
            yield bracket.span()


def _initials(before: str, short: str) -> bool:
    """Whether the words before the bracket begin with the letters of the short name."""
    letters = [word[0].upper() for word in re.findall(r"\w+", before) if len(word) > 2]
    return "".join(letters[-len(short) :]) == short


def _attributions(text: str, start: int, end: int) -> Iterator[Span]:
    for reminder in _REMINDER.finditer(text, start, end):
        yield _with_comma(text, start, *reminder.span())
    for passed in _PASSED_ON.finditer(text, start, end):
        rest = text[start : passed.start()] + text[passed.end() : end]
        if _SAID.search(rest):
            yield _with_comma(text, start, *passed.span())


def _with_comma(text: str, first: int, start: int, end: int) -> Span:
    """The comma that closes what goes, goes too; one that opens or closes another clause stays.

    `first` is where the sentence begins: a clause before („мостът, който е стар“) needs its comma.
    """
    if not text.startswith(",", end) or _CLAUSE.match(text, end + 1):
        return start, end
    before = text[text.rfind(",", first, start) + 1 : start] if "," in text[first:start] else ""
    closes = _RELATIVE.match(before) or (before and _AND.match(text, end + 1))
    return start, end if closes else end + 1
