"""`digest story list|show|merge|split`: what is one story, and an editor's word on it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from digest.bulgarian.typography import count
from digest.cli import say
from digest.cli.call import Call, common
from digest.cli.morning import DAY, as_day, as_person

if TYPE_CHECKING:
    from digest.model import Article, Story

STORY_WORDS = {"story_id": ("Тема", "Story")}
SAID = {
    "topic": ("Рубрика", "Section"),
    "voices": ("Гласове", "Voices"),
    "why": ("Защо са заедно", "Why together"),
    "copies": ("Препечатки", "Reprints"),
    "disagreements": ("Разминавания", "Differences"),
}
AS = click.option("--as", "by", required=True, metavar="АДРЕС", help="Кой решава.")


@click.command(epilog="Пример: digest story list --day 2026-11-22 --json")
@click.option("--day", type=DAY, metavar="ГГГГ-ММ-ДД", help="Денят на броя (днес).")
@common
def listed(call: Call, day: datetime | None) -> None:
    """Темите на деня: колко статии и независими източници има всяка."""
    from digest.actions.grouping import stories_of
    from digest.model.lines import story_dict

    found = stories_of(call.app(), as_day(day))
    if call.json:
        for story in found:
            say.line(story_dict(story))
        return
    heads = ("Тема", "Заглавие", "Статии", "Гласове") if call.bulgarian() else (
        "Story", "Title", "Articles", "Voices",
    )  # fmt: skip
    rows = [
        (str(s.id), s.lead.title, str(len(s.articles)), str(s.independent_sources)) for s in found
    ]
    none = (
        "Няма теми за този ден. Статии носи „digest collect“.",
        "No stories on that day. „digest collect“ brings articles.",
    )
    say.listing(call, heads, rows, none)


@click.command(epilog="Пример: digest story show s1a2b3c4d5e6")
@click.argument("story_id", metavar="ТЕМА")
@click.option("--day", type=DAY, metavar="ГГГГ-ММ-ДД", help="Денят на броя (днес).")
@common
def show(call: Call, story_id: str, day: datetime | None) -> None:
    """Една тема: статиите, гласовете, препечатките, разминаванията и защо са заедно."""
    from digest.actions.grouping import story_of
    from digest.model.lines import story_dict

    story = story_of(call.app(), story_id, as_day(day))
    if call.json:
        say.line(story_dict(story))
        return
    told(call, story)
    heads = ("Статия", "Издание", "Час", "Заглавие") if call.bulgarian() else (
        "Article", "Outlet", "Time", "Title",
    )  # fmt: skip
    say.table(None, heads, [_row(call, one) for one in story.articles])


def told(call: Call, story: Story) -> None:
    """A story as an editor reads it: a row for each voice, join, reprint and difference."""
    parts = {
        "topic": [story.topic_why or story.topic],
        "voices": [f"{v.name}. {v.why}" if v.why else v.name for v in story.voices],
        "why": list(story.why),
        "copies": _copies(story),
        "disagreements": _disputes(story),
    }
    at = 0 if call.bulgarian() else 1
    rows = [
        (SAID[part][at] if first else "", line)
        for part, lines in parts.items()
        for first, line in zip([True] + [False] * len(lines), lines, strict=False)
    ]
    say.table(f"{story.lead.title} · {story.id}", ("", ""), rows)


def _row(call: Call, article: Article) -> tuple[str, str, str, str]:
    zone = call.clock().now().tzinfo
    at = article.published_at
    told = at.astimezone(zone).strftime("%d.%m. %H:%M") if at else "–"
    return (str(article.id), article.outlet or "–", told, article.title)


def _copies(story: Story) -> list[str]:
    outlets = {a.id: a.outlet or str(a.id) for a in story.articles}
    return [
        f"„{outlets[copy.article_id]}“ препечатва „{outlets[copy.copy_of]}“ "
        f"({count(len(copy.differences), 'разлика') if copy.differences else 'дословно'})."
        for copy in story.copies
        if copy.kind == "reprint"
    ]


def _disputes(story: Story) -> list[str]:
    return [
        f"{dispute.fact}: "
        + ", ".join(
            f"{v.value} ({v.outlet or 'неизвестно издание'}{', последно' if v.latest else ''})"
            for v in dispute.values
        )
        for dispute in story.disagreements
    ]


@click.command(epilog="Пример: digest story merge s1a2b3c4d5e6 s6e5d4c3b2a1 --as editor@example.bg")
@click.argument("first", metavar="ТЕМА")
@click.argument("second", metavar="ДРУГА")
@AS
@common
def merge(call: Call, first: str, second: str, by: str) -> None:
    """Събира две теми в една; остава номерът на първата."""
    from digest.actions.grouping import merge as act

    _say(call, act(call.app(), first, second, by=as_person(by)))


@click.command(epilog="Пример: digest story split s1a2b3c4d5e6 a17 a18 --as editor@example.bg")
@click.argument("story_id", metavar="ТЕМА")
@click.argument("articles", metavar="СТАТИЯ…", nargs=-1, required=True)
@AS
@common
def split(call: Call, story_id: str, articles: tuple[str, ...], by: str) -> None:
    """Отделя статии от тема в нова тема."""
    from digest.actions.grouping import split as act

    _say(call, act(call.app(), story_id, articles, by=as_person(by)))


def _say(call: Call, story_id: str) -> None:
    say.result(call, {"story_id": story_id}, STORY_WORDS)
    say.note("Казаното остава. Важи от следващото съставяне („digest build“).")
