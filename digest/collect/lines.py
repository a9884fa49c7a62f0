"""Lines that are furniture, not text: share bars, comment counters, captions, teasers' headings.

Every rule matches a whole line. A rule that matches a part or a beginning also cuts sentences:
„Споделяме едни и същи възгледи“ begins like a share bar and is none.
"""

from __future__ import annotations

import re

_NETS = (
    r"(?:facebook|фейсбук|twitter|туитър|tweet|x|viber|вайбър|linkedin|telegram|pinterest"
    r"|whatsapp|instagram|google news|messenger|reddit|email|e-mail|имейл)"
)
_SHARE = (
    rf"(?:сподели(?:те|м)?|споделяне|share|изпрати(?:те)?|принтирай|отпечатай|печат"
    rf"|харесай(?:те)?|приятел|копирай(?:те)? връзката|копирай линк(?:а)?|{_NETS})"
)
_SHARED = r"статията|новината|публикацията|с приятели"
_HEADING = (
    r"още по темата|още от (?:категорията|рубриката|деня|автора|същата рубрика|.{2,30})"
    r"|още (?:новини|статии|актуално|по тази тема)|по темата|виж(?:те)? още"
    r"|(?:про)?чет(?:и|ете) още|свързани (?:новини|статии|публикации|теми)"
    r"|подобни (?:новини|статии|публикации)"
    r"|най-(?:четени(?:те)?|нови(?:те)?|коментирани(?:те)?|гледани(?:те)?|популярни(?:те)?"
    r"|важното(?: от деня)?)"
    r"|последни новини|водещи новини|топ новини|всичко от деня|днес в новините|избрано|акценти"
    r"|препоръчан[ио](?: за вас)?|препоръчваме(?: ви)?|може да харесате|в рубриката|от деня"
    r"|ако сте пропуснали|другите четат|read more|related(?: articles| stories| news)?"
    r"|most read|latest news|more stories"
)
_FOLLOW = (
    r"(?:и )?(?:последвай(?:те)?|следвай(?:те)?|следете|харесай(?:те)?|присъедин(?:ете|и) се)\b"
    rf".{{0,120}}(?:{_NETS}|страница|канал|социалните мрежи|приложение)\b.{{0,60}}"
)
_WIDGET = (
    r"размер на шрифта|слушай(?:те)?(?: статията)?!?|чуй(?:те)?(?: статията)?!?|реклама"
    r"|advertisement|\(?(?:обновена|допълнена|актуализирана|обновява се)\)?|[aа][+-]{1,2}"
    r"|(?:време за четене:?\s*)?\d{1,3} мин(?:\.|ути|ута)?(?: (?:за )?четене)?"
    r"|зареждане(?:…|\.+)?|(?:преглеждания|прочетена|видяна):?\s*\d[\d ]*(?:\s*пъти)?"
    r"|\d[\d ]* преглеждания|видео|галерия|снимки|приемам|затвори"
    r"|този сайт използва бисквитки.{0,120}"
)
_CAPTION = (
    r"(?:снимк[аи]|фото|photo|илюстрация|кадър|източник на снимката|снимка и видео)\s*"
    r"(?:[:–/©-]|\b(?=\s*(?:архив|бта|бгнес|ройтерс|епа)))\s*.{0,140}"
)
_NEWSLETTER = (
    r"абонирай(?:те)?(?: се)?(?: за .{0,60})?\s*[!.]?|запиши(?:те)? се за .{0,60}бюлетин.{0,20}"
    r"|получавай(?:те)? .{0,60}(?:имейл|e-?mail|поща|всяка сутрин|бюлетин).{0,20}"
)
_TALK = (
    r"коментари?\s*[:(]?\s*\d*\s*\)?:?|\d{1,5} коментар(?:а|и)?"
    r"|(?:comments?)\s*\(?\d*\)?|коментирай(?:те)?(?: статията| новината)?!?"
    r"|(?:напиши|остави|добави)(?:те)? коментар.{0,20}|няма коментари.{0,40}"
    r"|за да коментирате.{0,80}"
)
_READ_MORE = (
    r"(?:(?:про)?чет(?:и|ете)|виж(?:те)?) (?:още|повече|цялата статия)\s*[:»>….]*|още\s*[»>….]+"
    r"|към статията"
)

KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"(?i)(?:{pattern})"))
    for kind, pattern in (
        (
            "share",
            rf"{_SHARE}(?:[\s,|/•·-]+(?:във?|със?|на|{_SHARED}|{_SHARE}))*\s*[:.!]?",
        ),
        ("comments", _TALK),
        ("related-heading", rf"(?:{_HEADING})\s*[:>»!]?"),
        ("read-more", _READ_MORE),
        ("tags", r"(?:етикети|тагове|ключови думи|теми|tags)\s*:.{0,200}"),
        ("newsletter", _NEWSLETTER),
        ("follow", _FOLLOW),
        ("footer", r"©.{0,200}|.{0,60}всички права запазени\.?|all rights reserved.{0,60}"),
        ("widget", _WIDGET),
        ("caption", _CAPTION),
    )
)
"""Kind and whole-line pattern, tried in order; lengths keep a rule from swallowing a paragraph."""

LONGEST = 500
"""Characters of the longest line that can be furniture."""

END_KINDS = frozenset({"share", "comments", "related-heading", "tags"})
"""Kinds after which, once the body has begun, teasers and comments may follow."""

_INLINE = re.compile(
    r"(?i)(?:виж(?:те)? (?:също|още|повече)|още по темата|(?:про)?чет(?:и|ете) (?:още|също)"
    r"|свързано|по темата|read also)\s*[:–>-]\s*(?P<title>.{8,240})"
)
_BYLINE = re.compile(
    r"(?i)(?:автор(?:и|ка)?|репортер|кореспондент|by|written by)\s*:\s*(?P<name>.{3,80})"
)
_EDITOR = re.compile(r"(?i)(?:редактор|източник|по материали? на|source)\s*:\s*.{2,120}")
_BREADCRUMB = re.compile(r"(?i)(?:начало|home|новини)\s*[>»›/|]\s*.{0,300}")
_STRAY = re.compile(r"[\W_]*[^\W\d_]{1,2}[\W_]*|[\W_]+")


def kind_of(line: str) -> str | None:
    """What furniture a whole line is, or None for text.

    Kinds: share, comments, related-heading, inline-related, read-more, tags, newsletter, follow,
    footer, widget, caption, byline, source, breadcrumb, stray.
    """
    if len(line) > LONGEST:
        return None
    line = " ".join(line.split())
    for kind, pattern in KINDS:
        if pattern.fullmatch(line):
            return kind
    for kind, pattern in (
        ("inline-related", _INLINE),
        ("byline", _BYLINE),
        ("source", _EDITOR),
        ("breadcrumb", _BREADCRUMB),
        ("stray", _STRAY),
    ):
        if pattern.fullmatch(line):
            return kind
    return None


def inline_title(line: str) -> str:
    """The title that a „Вижте също: …“ line points to; empty for another line."""
    match = _INLINE.fullmatch(" ".join(line.split()))
    return match.group("title").strip() if match else ""


def byline_name(line: str) -> str:
    """The name of an „Автор: …“ line; empty for another line."""
    match = _BYLINE.fullmatch(" ".join(line.split()))
    return match.group("name").strip() if match else ""


_LEADING_PHOTO = re.compile(
    r"^(?:СНИМК[АИ]|Снимк[аи]|Фото)\s*[:–/]\s*(?:\w+ ?[/,] ?)*"
    r"(?:архив|Архив|АРХИВ|[А-Я]{2,12}|[A-Z]{2,10})\s+(?=[А-Я„“\"\d])"
)
_TRAILING_PHOTO = re.compile(r"\s+(?:СНИМК[АИ]|Снимк[аи]|Фото)\s*:\s*[\w /,]{2,40}$")


def cut_photo_credit(text: str) -> tuple[str, str]:
    """A text less the photo credit glued to its start or end, and that credit."""
    for pattern in (_LEADING_PHOTO, _TRAILING_PHOTO):
        match = pattern.search(text)
        if match:
            return (text[: match.start()] + text[match.end() :]).strip(), match.group().strip()
    return text, ""
