"""Times that a sentence sets for something to come: whose time a written date is.

„Изборите ще се проведат на 5 март 2023 г.“ dates itself; „Прокуратурата ще разследва пожара на
5 март 2023 г.“ does not: there the date is the fire's. A date counts only when a verb of a closed
list (to begin, to end, to open, to be held, to be built) has it for its own time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from digest.collect.months import MONTHS

_MONTH = "|".join(name for name, _ in list(MONTHS.items())[:12])
_WEEKDAYS = ("понеделник", "вторник", "сряда", "четвъртък", "петък", "събота", "неделя")
_WEEKDAY = "|".join(_WEEKDAYS)
_G = r"(?!\d)(?:-[а-я]{2,3})?(?:\s*г(?:одина|\.|\b))?"
_TIME = (
    rf"(?P<day>\d{{1,2}})(?:-[а-я]{{2}})?\s+(?P<month>{_MONTH})\s+(?P<year>20\d\d){_G}"
    rf"|(?P<day2>\d{{1,2}})\.(?P<number>\d{{1,2}})\.(?P<year2>20\d\d){_G}"
    rf"|(?P<month3>{_MONTH})\s+(?P<year3>20\d\d){_G}"
    rf"|(?:пролетта|лятото|есента|зимата)\s+на\s+(?P<season>20\d\d){_G}"
    r"|(?P<alone>20\d\d)(?!\d)(?:-[а-я]{2,3})?\s*г(?:одина|\.|\b)"
)
WRITTEN = re.compile(
    r"(?i)(?<!\w)(?:(?:от|между|на)\s+\d{1,2}(?:\.\d{1,2})?(?:\s+[а-я]+)?(?:\s+(?:до|и)\s+|\s*[–-]\s*)"
    r"|(?P<prep>(?:до|в|във|към|от|през)\s+(?:края|началото|средата)\s+на|през|на|до|от|за|към|в|във)"
    r"\s+(?:месец\s+)?)"
    rf"(?:(?P<weekday>{_WEEKDAY}),?\s*(?:\(|на\s+)?)?(?:{_TIME})"
    rf"(?:,?\s*\(?(?P<weekday2>{_WEEKDAY})\)?(?!\w))?"
)
"""A time with the preposition that ties it to something, and the day of the week beside it."""

_BUILT = (
    r"откри|закри|готов|пусна|избран|избира|завърш|изграден|построен|затворен|отвор|проведен|въведен"
    r"|ремонтир|обнов|асфалтир|излъч|монтир|достав|организир|премест|прерязан|реконстру|модерниз"
    r"|санир|поднов|закупен|купен|стартир|даден|връчен|поставен|увелич|повиш|намал|обявен|в\s+(?:сила|експлоатация)"
)
_HELD = (
    r"започ[нв]|стартир|приключ|завърш|проведе|провежда|проведат|състо|откри|закри|отвор|заработ"
    r"|тръгн|изте[чк]|изтич|излез|излязат|спре(?!щ)|спрат|гостува|участва|пристигн|пристига|гласува"
    r"|заседава|състезава|домакинства|вл(?:езе|язат|иза|изат)\s+в\s+(?:сила|експлоатация)"
    r"|игра[ея]|събер|продълж|увелич|повиш|обяв|дойд"
)
_MADE = (
    r"купи|закуп|постро|изград|ремонтира|обнов|асфалтир|засад|осигур|монтир|въвед|създад|разкри"
    r"|подмен|достав|назнач|инвестир|полож|реконстру|модерниз|санир|пусн|достигн|вдигн"
)
_SMALL = (
    r"(?:се|си|му|ѝ|й|им|го|я|ги|ни|ви|отново|официално|вече|най-после|окончателно"
    r"|(?:може|могат|можем|трябва)\s+да)"
)
_DOES = (
    rf"(?:(?P<held>(?:{_HELD})\w*|бъд(?:е|ат|ем)\s+(?:\w+[ое]\s+)?(?:{_BUILT})\w*"
    rf"|(?:е|са)\s+(?:готов\w*|отворен\w*))"
    rf"|(?P<made>(?:{_MADE})\w*)|(?P<bare>(?:бъд(?:е|ат)|е|са)(?!\w)(?=\s+(?:на|през|от|до|в|към)\s))"
    r"|(?P<other>\w+))"
)
_VERB = re.compile(
    rf"(?i)(?<!\w)(?:ще(?:\s+{_SMALL})*\s+{_DOES}"
    rf"|(?:очаква(?:т)?\s+се|се\s+очаква(?:т)?|предстои|предстоят|предвижда(?:т)?\s+се"
    rf"|се\s+предвижда|планира(?:т)?\s+се|се\s+планира|планира(?:т)?)"
    rf"(?:[^,;:–]{{0,60}}?\sда(?:\s+{_SMALL})*\s+{_DOES.replace('?P<', '?P<to_')})?)"
)
_SET_FOR = re.compile(
    r"(?i)(?<!\w)(?:е|са)\s+(?:вече\s+)?(?:планиран|насрочен|предвиден|запланиран)\w*\s*$"
)
_RUNS_OUT = re.compile(r"(?i)(?<!\w)изтичат?\s*$")
_APPLY = re.compile(
    r"(?i)(?<!\w)(?:(?:може|могат|можете)\s+да\s+(?:(?:се|си)\s+)?(?:бъд(?:е|ат)\s+)?"
    r"(?:пода|кандидатств|запис|запиш|заяв|регистрир|разглед|включ|участва|изпрат|изпращ|плат|плащ)\w*"
    r"|(?<!\w)се\s+(?:приемат|подават))(?P<what>(?:\s+[\w-]+){0,6}?)\s*$"
)
_ELSEWHERE = re.compile(
    r"(?i)(?<!\w)(?:от|след|заради|срещу|между|спрямо|като|отколкото|според|този|тази|това|тези|преди"
    r"|онзи|онази|онези|който|която|което|които|където|когато|по-\w+|повече|колкото|вместо)(?!\w)"
)
"""Between a verb and a date these hand the date to something else, or compare with it."""
_ABOUT = re.compile(r"(?i)(?<!\w)(?:за|при|с(?:ъс)?|по|над|под|без|към)(?!\w)")
_EVENT = re.compile(
    r"(?i)(?:(?:пожар|наводнени|катастроф|мач|избори|вот|протест|взрив|атентат|земетресени|инцидент"
    r"|битка|битката|преврат|бунт|въстани|референдум|двубо|сблъс|войн|бур[яи]|градушк|убийств|авари"
    r"|трагеди|събити|срутван|преброяван|разкопк|жертв|загинал|пострадал|родени|криза|кризата|удар"
    r"|срещи|срещата|операци|нападени|потоп|решени|договор|заповед|закон|указ|наредб|доклад|мандат"
    r"|обстрел|обир|кражб)\w*|[а-я]+(?:лите|ните|тите|ването|нето))\s*$"
)
"""A word that may have a day of its own before „на 12 май“."""
_INQUIRY = re.compile(
    r"(?i)(?<!\w)(?:разследван|провер[кя]|разпит|процес|дело(?:то)?(?!\w)|дела(?!\w)|дознани|анализ"
    r"|одит|експертиз|възстановяван|обезщет|компенсаци|проучван|преглед)"
)
"""What looks back: its object has a day of its own."""
_OF_A_LIFE = re.compile(
    r"(?i)(?<!\w)(?:той|тя|те|първ\w+\s+(?:си|му|ѝ|й|им)|живот\w*|кариера\w*)(?!\w)"
)
_PARTICIPLE = re.compile(
    r"(?i)(?<!\w)(?!(?:зал|канал|материал|квартал|сигнал|сцен|стен|стран)\w*)[а-я]+"
    r"(?:ен|ена|ено|ени|ан|ана|ано|ани|ят|ята|яти|ил|ила|или|ал|ала|али|ел|ели|ещ|ащ|ащи|ещи"
    r"|(?:н|л|щ)ия|[аеи](?:ната|лата)|[ае]ното)\s*$"
)
_OPENS = re.compile(r"(?:^|[:–—]|,\s*че)\s*$")
_OTHER_CLAUSE = re.compile(
    r"(?i)[,;:–()]|(?<!\w)(?:и|а|но|като|когато|където|който|която|което|които|че|е|са|бе|беше|бяха"
    r"|няма|има|[а-я]+(?:аха|яха|иха|оха|яше|аше|еше))(?!\w)"
)
_HOURS = re.compile(
    r"(?i)^\s*,?\s*(?:(?:от|в|между|до|и|след)\s+\d{1,2}(?:[.:]\d\d)?\s*(?:часа|ч\.?)?\s*)*"
)


@dataclass(frozen=True, slots=True)
class Planned:
    """A time to come as a sentence sets it: no month is a whole year, no day a whole month.

    `sure` when the time is surely the verb's own; `weekday` (Monday 0) when one is named beside.
    """

    phrase: str
    start: int
    end: int
    year: int
    month: int | None
    day: int | None
    sure: bool
    weekday: int | None = None

    def weekday_fits(self, year: int) -> bool | None:
        """Whether the named day of the week is right in a year; None when none is named."""
        if self.weekday is None or not self.month or not self.day:
            return None
        try:
            return date(year, self.month, self.day).weekday() == self.weekday
        except ValueError:
            return False


def planned(sentence: str) -> Iterator[Planned]:
    """The times that a sentence sets for what is to come, in order."""
    written = list(WRITTEN.finditer(sentence))
    verbs = list(_VERB.finditer(sentence)) if written else []
    for place, when in enumerate(written):
        before = written[place - 1].end() if place else 0
        after = written[place + 1].start() if place + 1 < len(written) else len(sentence)
        sure = (
            _set_for(sentence, when)
            or _of_verb_before(sentence, when, verbs, before)
            or _of_verb_after(sentence, when, verbs, after)
        )
        one = _planned(when, sure=bool(sure)) if sure is not None else None
        if one is not None:
            yield one


def _planned(when: re.Match[str], *, sure: bool) -> Planned | None:
    parts = when.groupdict()
    named = parts["month"] or parts["month3"]
    month = MONTHS[named.lower()] if named else int(parts["number"] or 0) or None
    day = int(parts["day"] or parts["day2"] or 0) or None
    year = next(int(parts[k]) for k in ("year", "year2", "year3", "season", "alone") if parts[k])
    weekday = (parts["weekday"] or parts["weekday2"] or "").lower()
    if month is not None and not 1 <= month <= 12:
        return None
    return Planned(
        when.group().strip(" ,("),
        when.start(),
        when.end(),
        year,
        month,
        day,
        sure and not _vague(parts),
        _WEEKDAYS.index(weekday) if weekday else None,
    )


def _vague(parts: dict[str, str | None]) -> bool:
    """A bare year, or a beginning: too often the time of something else to count alone."""
    prep = (parts["prep"] or "").lower()
    return bool(parts["alone"] and not prep.endswith("края на")) or prep == "от началото на"


def _set_for(sentence: str, when: re.Match[str]) -> bool | None:
    """„е насрочено за“, „изтича през“, „могат да подават документи до“, right before the date."""
    before, prep = sentence[: when.start()], (when["prep"] or "").lower()
    if prep == "за":
        return True if _SET_FOR.search(before) else None
    if _RUNS_OUT.search(before) and not re.search(r"(?i)\b(?:съд|давност|обвин|обжалв)", sentence):
        return True
    if prep == "до" and (when["day"] or when["day2"]):
        match = _APPLY.search(before)
        if match and not _PARTICIPLE.search(match["what"]):
            return True
    return None


def _of_verb_before(
    sentence: str, when: re.Match[str], verbs: list[re.Match[str]], floor: int
) -> bool | None:
    """„ще приключи … до края на 2021 г.“: True, False when not sure, None when no verb's time."""
    verb = next((v for v in reversed(verbs) if v.end() <= when.start()), None)
    if verb is None or verb.end() < floor or (when["prep"] or "").lower() in {"за", "към"}:
        return None
    between = sentence[verb.end() : when.start()]
    if re.search(r"[,;:–()]", between) or _ELSEWHERE.search(between):
        return None
    if _EVENT.search(between) or _PARTICIPLE.search(between) or _INQUIRY.search(between):
        return None
    if (when["prep"] or "").lower() == "от" and between.strip():
        return None
    kind = _kind(verb)
    if kind == "made":
        return True if _is_deadline(when) else None
    if kind in {"held", "bare"}:
        return not (_ABOUT.search(between) and not _is_deadline(when))
    return None


def _of_verb_after(
    sentence: str, when: re.Match[str], verbs: list[re.Match[str]], ceiling: int
) -> bool | None:
    """„От 1 януари 2025 г. заплатата ще бъде“: the date opens the clause of the verb.

    A month or a season there is not sure: so are histories told („През март 2020 г. ще започне
    най-тежкото“), and lives even with their days.
    """
    verb = next((v for v in verbs if v.start() >= when.end()), None)
    if verb is None or verb.start() > ceiling or not _OPENS.search(sentence[: when.start()]):
        return None
    between = sentence[when.end() : verb.start()]
    between = _HOURS.sub("", between, count=1)
    if _OTHER_CLAUSE.search(between) or len(between.split()) > 10:
        return None
    prep, day = (when["prep"] or "").lower(), bool(when["day"] or when["day2"])
    if _kind(verb) == "other":
        return True if day and (prep == "от" or when["weekday"]) else None
    return (day or _is_deadline(when)) and not _OF_A_LIFE.search(sentence)


def _is_deadline(when: re.Match[str]) -> bool:
    return (when["prep"] or "").lower().startswith(("до", "в края"))


def _kind(verb: re.Match[str]) -> str:
    """Which list a verb is of: held, made, bare (to be) or other; „предстои“ alone is held."""
    for name in ("held", "made", "bare", "other"):
        if verb[name] or verb["to_" + name]:
            return name
    return "held"
