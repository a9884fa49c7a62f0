"""Invented documents for the adversarial cases: a scraper's dump, a page, a feed."""

from __future__ import annotations

from datetime import UTC, datetime
from html import escape

from digest.collect.extract import extract
from digest.collect.feed import Feed, read_feed
from digest.model import Agency, Article

NOW = datetime(2026, 11, 22, 6, tzinfo=UTC)
AGENCIES = (
    Agency("БТА", ("БТА", "BTA")),
    Agency("БГНЕС", ("БГНЕС",)),
    Agency("АФП", ("АФП", "AFP")),
)
TITLE = "Съветът на Пролом прие плана за водопровода"
LEAD = "Работата започва през март, а водата ще спира за по два дни"
BODY = (
    "Общинският съвет в Пролом прие с 31 гласа „за“ плана за подмяна на стария водопровод.",
    "Споделяме едни и същи тревоги като жителите, каза кметът Стоян Велев пред съветниците.",
    "„Не спираме. Споделяме отговорността“, добави той след гласуването в залата на общината.",
    "Парите идват от държавния бюджет и от заем, който общината ще връща осем години.",
)
TEASERS = (
    ("Мостът над Измислена река ще се отвори през лятото", "Остават само перилата"),
    ("Училището в Долно Нанадолнище получи библиотека", "Книгите са дарение от читатели"),
)
BAR = "Сподели:\n\nКоментари (0)\n\n"


def dump(
    *, header: str = "23 Декември, 2025", marker: str = BAR, body: tuple[str, ...] = BODY,
    credit: str = " /БГНЕС, АФП",
) -> str:  # fmt: skip
    """A page as a scraper keeps it: the day's header, title twice, a stray letter, teasers."""
    teasers = "\n\n".join(f"{title}\n\n{title}\n\n{lead}" for title, lead in TEASERS)
    text = "\n\n".join(body)
    return f"{header}\n\n{TITLE}\n\n{TITLE}\n\nп\n\n{LEAD}\n\n{text}{credit}\n\n{marker}{teasers}\n"


def page(
    *paragraphs: str, title: str = TITLE, head: str = "", before: str = "", after: str = ""
) -> str:
    """A page with its article; `before` stands between headline and text."""
    text = "".join(f"<p>{escape(one)}</p>" for one in paragraphs or BODY)
    return (
        f'<!DOCTYPE html><html lang="bg"><head><meta charset="utf-8"><title>{title}</title>{head}'
        f"</head><body><article><h1>{title}</h1>{before}{text}</article>{after}</body></html>"
    )


def item(
    number: int = 0, *, link: str = "", guid: str = "", title: str = "", rest: str = ""
) -> str:
    """An item of a feed."""
    named = title or f"Новина {number} за водопровода на Пролом"
    where = link or f"https://vestnik.example.bg/novina/{number}"
    identity = f"<guid>{guid}</guid>" if guid else ""
    return f"<item><title>{named}</title><link>{where}</link>{identity}{rest}</item>"


def rss(*items: str, declared: str = "utf-8") -> str:
    """A feed of items."""
    return (
        f'<?xml version="1.0" encoding="{declared}"?><rss version="2.0"><channel>'
        f"<title>Вестник</title>{''.join(items)}</channel></rss>"
    )


def read(document: str | bytes, *, url: str = "", headers: dict[str, str] | None = None) -> Article:
    """The article of a page or a dump."""
    data = document.encode() if isinstance(document, str) else document
    return extract(
        data, source="d", url=url, headers=headers or {}, fetched_at=NOW, agencies=AGENCIES
    )


def feed(document: str | bytes) -> Feed:
    """The entries of a feed."""
    data = document.encode() if isinstance(document, str) else document
    return read_feed(data, source="f", now=NOW)
