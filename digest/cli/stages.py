"""The stages on plain files, without a database: from `feed` to `classify-bounce`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest.cli import say
from digest.cli.articles import article, rows
from digest.cli.call import Call, common
from digest.cli.inputs import entries_of, fetched, read_bytes
from digest.errors import BadInput, DigestError

if TYPE_CHECKING:
    from digest.model import Article, CheckedSentence, Newsroom, Story

FILES = click.argument("inputs", metavar="ФАЙЛ|АДРЕС…", nargs=-1, required=True)
ONE = click.argument("name", metavar="СТАТИИ.jsonl")


def newsroom_of(call: Call) -> Newsroom:
    """The newsroom of the call's home, else the packaged one, as the settings arrange it."""
    from digest.newsroom import load_newsroom
    from digest.sections import arranged

    return arranged(load_newsroom(_home_of(call)), call.loaded().settings.sections)


def _home_of(call: Call) -> Path | None:
    home = call.place()
    return home if home.is_dir() else None


@click.command(epilog="Пример: digest feed https://example.bg/rss --json")
@FILES
@click.option("--count", is_flag=True, help="По един ред за емисия: вид, брой, бележки.")
@common
def feed(call: Call, inputs: tuple[str, ...], count: bool) -> int:
    """Чете емисии (RSS, Atom, RDF, JSON Feed) и карти на новини."""
    from digest.collect.stage import entry_dict, feed_count_dict

    call.loaded()  # wrong settings are said once, not for each input

    def read(name: str) -> Iterator[Mapping[str, object]]:
        data, headers, url = fetched(call, name)
        found = entries_of(call, name, data, headers, url)
        for warning in found.warnings:
            say.note(f"{name}: {warning}")
        if count:
            yield feed_count_dict(name, found)
        else:
            yield from (entry_dict(entry) for entry in found.entries)

    def show(row: Mapping[str, object]) -> None:
        if count:
            say.result(call, row, {})
        else:
            say.table(None, ("", ""), [(str(row["title"]), say.shown(row["published_at"]))])

    return say.each(call, inputs, read, show)


@click.command(epilog="Пример: digest extract stranica.html --json --url https://example.bg/statia")
@FILES
@click.option("--url", default="", metavar="АДРЕС", help="Адресът на страницата от файла.")
@click.option("--fetched-at", metavar="ISO", help="Кога е свалена (сега).")
@common
def extract(call: Call, inputs: tuple[str, ...], url: str, fetched_at: str | None) -> int:
    """Заглавие, подзаглавие, чист текст и дата с основание."""
    from digest.clock import clock_from
    from digest.collect.extract import extract as read_page
    from digest.collect.stage import article_dict

    call.loaded()
    newsroom = newsroom_of(call)
    at = (clock_from(fetched_at) if fetched_at else call.clock()).now()

    def read(name: str) -> Iterator[Mapping[str, object]]:
        data, headers, final = fetched(call, name)
        found = read_page(
            data, source=name, url=url or final, headers=headers, fetched_at=at,
            agencies=newsroom.agencies, live=bool(final or fetched_at),
        )  # fmt: skip
        yield article_dict(found)

    return say.each(call, inputs, read, lambda row: say.result(call, row, EXTRACT_WORDS))


EXTRACT_WORDS = {
    "title": ("Заглавие", "Title"),
    "lead": ("Подзаглавие", "Lead"),
    "text": ("Текст", "Text"),
    "published_at": ("Публикувана", "Published"),
    "date_basis": ("Основание за датата", "Date basis"),
    "date_confidence": ("Увереност", "Confidence"),
    "agencies": ("Агенции", "Agencies"),
    "warnings": ("Бележки", "Warnings"),
}


def read_articles(call: Call, name: str) -> tuple[list[Article], int]:
    """The good lines of an input as articles, and how many were bad (each told at once)."""
    found: list[Article] = []
    seen: set[str] = set()
    bad = 0
    for where, row in rows(read_bytes(name), name):
        try:
            if isinstance(row, BadInput):
                raise row
            one = article(row, where)
            if one.id in seen:
                raise BadInput(
                    f"Редът {where} повтаря id „{one.id}“.", "Всяка статия има свой id.",
                    "Сменете или махнете повторения ред.",
                )  # fmt: skip
            seen.add(one.id)
            found.append(one)
        except DigestError as error:
            bad += 1
            say.failure(error, json_too=call.json, source=where)
    return found, bad


def stories_of(
    call: Call, articles: list[Article], kept: Sequence[Story] | None = None
) -> list[Story]:
    """The articles grouped as this call's settings and newsroom say.

    With `kept` they stand in the stories in which they stand there.
    """
    from digest.cluster.neural import choose
    from digest.cluster.stories import cluster as group

    options = call.loaded().settings.cluster
    return group(
        articles,
        newsroom=newsroom_of(call),
        options=options,
        embedder=choose(options),
        known={one.id: story.id for story in kept or () for one in story.articles},
        settled=[story.id for story in kept or ()],
    )


@click.command(epilog="Пример: digest cluster statii.jsonl --json")
@ONE
@common
def cluster(call: Call, name: str) -> int:
    """Групира статиите в теми, с причина за всяко събиране."""
    from digest.cli.grouping import told
    from digest.model.lines import story_dict

    articles, bad = read_articles(call, name)
    found = stories_of(call, articles)
    if call.json:
        for story in found:
            say.line(story_dict(story))
        return 3 if bad else 0
    if not found:
        say.note("Няма статии за групиране." if call.bulgarian() else "No articles to group.")
    for story in found:
        if len(story.articles) > 1:
            told(call, story)
    alone = [(s.lead.title, "; ".join(s.why)) for s in found if len(s.articles) == 1]
    if alone:
        heads = ("Сами", "") if call.bulgarian() else ("Alone", "")
        say.table(None, heads, alone)
    return 3 if bad else 0


@click.command(epilog="Пример: digest summarise statii.jsonl --json --max-chars 300 --story")
@ONE
@click.option("--max-chars", type=click.IntRange(1, 5000), help="Най-много знаци (420).")
@click.option(
    "--rights", type=click.Choice(["licensed", "extract", "facts", "excluded"]), help="Права."
)
@click.option("--story", is_flag=True, help="Целият файл е една тема.")
@click.option("--model", is_flag=True, help="Пише езиковият модел от настройките.")
@common
def summarise(
    call: Call, name: str, max_chars: int | None, rights: str | None, story: bool, model: bool
) -> int:
    """Резюмета: всяко изречение с мястото си в статията.

    С --model пише езиковият модел от „summarise.model“; текст, който проверката не приема,
    отстъпва на извлечения, с причината в „making“.
    """
    from digest.actions.writing import summariser
    from digest.model import Rights, Story, StoryId
    from digest.summarise.rights import effective
    from digest.summarise.stage import summary_dict

    options = call.loaded().settings.summarise
    if max_chars is not None:
        options = options.model_copy(update={"max_chars": max_chars})
    sum_up = summariser(options, by_model=model)
    articles, bad = read_articles(call, name)
    groups = [articles] if story and articles else [[one] for one in articles]
    for group in groups:
        whole = Story(StoryId(group[0].id), tuple(group), group[0].id)
        mode = Rights(rights) if rights else effective(whole.articles)
        made = sum_up(whole, mode)
        if call.json:
            say.line(summary_dict(made))
            continue
        own = f"Заглавие на изданието: {made.original_title}" if made.original_title else ""
        say.table(made.title, ("",), [(one,) for one in (made.text, made.note, own) if one])
    return 3 if bad else 0


@click.command("check-summary", epilog="Пример: digest check-summary dvoyki.jsonl --json")
@click.argument("name", metavar="ДВОЙКИ.jsonl")
@common
def check_summary(call: Call, name: str) -> int:
    """Изречение по изречение: казва ли резюмето повече от статиите."""
    from digest.newsroom import load_institutions
    from digest.summarise.faithful import check
    from digest.summarise.stage import check_dict

    bad, institutions = 0, load_institutions(_home_of(call))
    for where, row in rows(read_bytes(name), name):
        try:
            if isinstance(row, BadInput):
                raise row
            given = row.get("articles")
            if not isinstance(given, list) or not isinstance(row.get("summary"), str):
                raise BadInput(
                    f"Редът {where} няма „summary“ и списък „articles“.",
                    "Проверява се резюме срещу статиите му.", "Вижте docs/formats.md.",
                )  # fmt: skip
            articles = [article(_dict(one, where), where) for one in given]
            checks = check(str(row["summary"]), articles, institutions=institutions)
            name = str(row.get("id", where))
            say.line(check_dict(name, checks)) if call.json else _verdict(call, name, checks)
        except DigestError as error:
            bad += 1
            say.failure(error, json_too=call.json, source=where)
    return 3 if bad else 0


def _verdict(call: Call, name: str, checks: Sequence[CheckedSentence]) -> None:
    """Each sentence with what the sources say of it."""
    from digest.summarise.faithful import passes
    from digest.summarise.told import in_words

    good = passes(checks)
    if call.bulgarian():
        title, heads = f"{name}: {'минава' if good else 'не минава'}", ("Изречение", "Проверка")
        rows = [
            (one.text, "; ".join(map(in_words, one.problems)) or "потвърдено") for one in checks
        ]
    else:
        title, heads = f"{name}: {'passes' if good else 'fails'}", ("Sentence", "Check")
        rows = [
            (
                one.text,
                "; ".join(f"{p.kind}: {p.text} ({p.expected})" for p in one.problems) or "ok",
            )
            for one in checks
        ]
    say.table(title, heads, rows)


def _dict(value: object, where: str) -> Mapping[str, object]:
    if isinstance(value, dict):
        return {"title": "", **value}
    raise BadInput(f"Редът {where} има статия, която не е обект.", "", "Вижте docs/formats.md.")


@click.command(epilog="Пример: digest render edition.json --out ./izhod --json")
@click.argument("name", metavar="БРОЙ.json")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="ПАПКА")
@common
def render(call: Call, name: str, out: Path) -> int:
    """Писмото, текстът и страницата на един брой, както ще изглеждат."""
    from digest.actions.stages import render_to

    home = _home_of(call)
    line = render_to(
        read_bytes(name), name, out, settings=call.loaded().settings, newsroom=newsroom_of(call),
        now=call.clock().now(), overrides=home / "templates" if home else None,
    )  # fmt: skip
    say.result(call, line, {"html_bytes": ("HTML, байтове", "HTML bytes")})
    return 0


@click.command("classify-bounce", epilog="Пример: digest classify-bounce varnato.eml --json")
@FILES
@common
def classify_bounce(call: Call, inputs: tuple[str, ...]) -> int:
    """Какво казва върнато писмо: трайно, временно, оплакване, автоматичен отговор."""
    from digest.inbound.classify import classify
    from digest.inbound.stage import fact_dict

    def read(name: str) -> Iterator[Mapping[str, object]]:
        yield fact_dict(classify(read_bytes(name), name))

    return say.each(call, inputs, read, lambda row: say.result(call, row, {}))
