"""`digest rank FILE` on plain files, and `digest rank tune` on the newsroom's state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from digest.bulgarian.typography import count
from digest.cli import say
from digest.cli.call import Call, common
from digest.cli.morning import as_person
from digest.cli.stages import ONE, newsroom_of, read_articles, stories_of
from digest.errors import StorageFault, Unavailable, WrongUsage

if TYPE_CHECKING:
    from digest.model import AcceptedWeights, RankedStory, Reason, Story
    from digest.rank.tune import Tuning
    from digest.rank.without import Muted


@click.command(
    epilog="Пример: digest rank statii.jsonl --json --now 2026-11-22T07:00:00+02:00"
    "   ·   Тежестите от изборите на редакцията: digest rank tune"
)
@ONE
@click.option("--explain", is_flag=True, help="Всеки сигнал: стойност, тежест, принос и защо.")
@click.option(
    "--without", "muted", multiple=True, metavar="ИЗТОЧНИК",
    help="Какво би водило без този източник: номер, издание или хост. Може и няколко пъти.",
)  # fmt: skip
@common
def rank_file(call: Call, name: str, explain: bool, muted: tuple[str, ...]) -> int:
    """Подрежда темите, най-важната първа, с причини.

    Файл, който се казва „tune“, се дава като „./tune“.
    """
    articles, bad = read_articles(call, name)
    accepted = accepted_weights(call)
    stories = stories_of(call, articles)
    if not muted:
        _show(call, _ranked(call, stories, accepted), accepted, explain=explain)
        return 3 if bad else 0
    from digest.rank.without import compare, mute

    # What is left stays in the stories in which it stood: only the muted source is away.
    after = _ranked(call, stories_of(call, mute(articles, muted), stories), accepted)
    changed = compare(_ranked(call, stories, accepted), after)
    _show(call, after, accepted, explain=explain, changed=changed)
    if not call.json:
        _show_muted(changed, muted)
    return 3 if bad else 0


def accepted_weights(call: Call) -> AcceptedWeights | None:
    """The weights that the desk of this home accepted; None without a home.

    A home whose database does not answer leaves the packaged ones, and that is said.
    """
    from digest.actions import learning
    from digest.actions.homes import has_database

    if not has_database(call.place(), call.loaded().settings):
        return None
    try:
        return learning.accepted(call.app())
    except (StorageFault, Unavailable) as error:
        say.note(f"Приетите тежести не могат да се прочетат: {error.what} Важат пакетните.")
        return None


def _ranked(
    call: Call, stories: Sequence[Story], accepted: AcceptedWeights | None
) -> list[RankedStory]:
    from digest.rank.rank import rank

    settings = call.loaded().settings
    return rank(
        stories, now=call.clock().now(), newsroom=newsroom_of(call),
        options=settings.rank, fresh_hours=settings.collect.fresh_hours, accepted=accepted,
    )  # fmt: skip


def _show(
    call: Call,
    ranked: Sequence[RankedStory],
    accepted: AcceptedWeights | None,
    *,
    explain: bool,
    changed: Muted | None = None,
) -> None:
    from digest.rank.stage import ranked_dict
    from digest.rank.weights import in_force

    if explain and not call.json:
        weights = in_force(call.loaded().settings.rank.weights, accepted)
        say.table(None, ("",), [(weights.sentence(accepted),)])
    if not ranked and not call.json:
        say.note("Няма статии за подреждане." if call.bulgarian() else "No articles to rank.")
    for n, one in enumerate(ranked):
        if call.json:
            was = changed.before.get(n) if changed else None
            told = {"without": was.as_dict() if was else None} if changed else {}
            say.line(ranked_dict(one) | told)
        elif explain:
            _explain(n + 1, one)
        else:
            reasons = [(r.sentence, f"{_part(r):+.2f}") for r in one.reasons]
            say.table(f"{one.score:.2f}  {one.story.lead.title}", ("", ""), reasons)


def _explain(place: int, one: RankedStory) -> None:
    """One story's score taken apart: the rows add up to the last."""
    from digest.rank.signals import TITLES

    rows = [
        (TITLES.get(r.name, r.name), f"{r.value:.4f}", f"{r.weight:+.3f}",
         f"{_part(r):+.6f}", r.sentence)
        for r in one.reasons
    ]  # fmt: skip
    rows.append(("Сбор", "", "", f"{one.score:.6f}", one.held or ""))
    heads = ("Сигнал", "Стойност", "Тежест", "Принос", "Защо")
    say.table(f"{place}. {one.story.lead.title}  [{one.story.id}]", heads, rows)


def _part(reason: Reason) -> float:
    """What a reason adds to the score; nought has no sign."""
    return reason.weight * reason.value + 0.0


def _show_muted(changed: Muted, muted: Sequence[str]) -> None:
    rows = [("Изчезва", one.story.lead.title) for one in changed.vanished]
    rows += [
        ("Губи гласове", f"{one.story.lead.title}: {one.story.independent_sources} вместо {had}")
        for one, had in changed.weakened
    ]
    if changed.leader is None:
        rows.append(("Вече води", "нищо: не остава тема за печат"))
    else:
        told = "Води и без това" if changed.same_leader else "Вече води"
        rows.append((told, changed.leader.story.lead.title))
    say.table(f"Без {', '.join(muted)}", ("", ""), rows)


@click.command("tune", epilog="Пример: digest rank tune --accept --as admin@example.bg")
@click.option("--accept", is_flag=True, help="Новите тежести влизат в сила.")
@click.option("--undo", is_flag=True, help="Връща тежестите отпреди последното приемане.")
@click.option("--as", "by", metavar="АДРЕС", help="Кой приема или връща.")
@common
def tune(call: Call, accept: bool, undo: bool, by: str | None) -> None:
    """Тежестите, които изборите на редакцията подсказват. Без --accept нищо не се променя.

    Изборите са махнатите, преместените и закачените теми. Проверката е върху броеве, които
    сметката не е видяла.
    """
    from digest.actions import learning

    if accept and undo:
        raise WrongUsage(
            "--accept и --undo не вървят заедно.", "Едното приема, другото връща.", "Изберете едно."
        )
    if not accept and not undo:
        _show_tuning(call, learning.tune(call.app()), accepted=False)
        return
    who = as_person(_named(by))
    if accept:
        _show_tuning(call, learning.accept(call.app(), by=who), accepted=True)
        return
    now = learning.undo(call.app(), by=who)
    say.result(
        call,
        {"in_force": "accepted" if now else "packaged", "by": now.by if now else None},
        {"in_force": ("В сила", "In force"), "by": ("Приети от", "Accepted by")},
    )


def _named(by: str | None) -> str:
    if by is None:
        raise WrongUsage(
            "Не е казано кой решава.", "Тежестите важат за всеки следващ брой.",
            "Добавете --as АДРЕС.",
        )  # fmt: skip
    return by


UNTESTED = "няма невидени избори, с които да се провери"


def _show_tuning(call: Call, found: Tuning, *, accepted: bool) -> None:
    for warning in found.warnings:
        say.note(warning)
    if call.json:
        say.line(_tuning_dict(found, accepted=accepted))
        return
    from digest.rank.signals import TITLES

    rows = [
        (TITLES[name], f"{found.old[name]:+.3f}", f"{found.new[name]:+.3f}",
         f"{found.new[name] - found.old[name]:+.3f}")
        for name in found.old
    ]  # fmt: skip
    say.table("Тежести", ("Сигнал", "Сега", "Нови", "Промяна"), rows)
    unseen = f"от {count(found.tested, 'избор')}, които не са видели" if found.tested else ""
    told = [
        (
            "Научено от",
            f"{count(found.choices, 'избор')} при {count(found.decisions, 'решение')} "
            f"в {count(found.editions, 'брой')}",
        ),
        ("Сегашните обясняват", f"{found.old_right} {unseen}" if unseen else UNTESTED),
        ("Новите обясняват", f"{found.new_right} {unseen}" if unseen else UNTESTED),
        ("Приети", "да, важат от следващия брой" if accepted else "не, нищо не е променено"),
    ]
    say.table(None, ("", ""), told)


def _tuning_dict(found: Tuning, *, accepted: bool) -> dict[str, object]:
    return {
        "choices": found.choices,
        "decisions": found.decisions,
        "editions": found.editions,
        "tested": found.tested,
        "explained_old": found.old_right,
        "explained_new": found.new_right,
        "enough": found.enough,
        "accepted": accepted,
        "warnings": list(found.warnings),
        "weights": [
            {"name": name, "old": found.old[name], "new": found.new[name]} for name in found.old
        ],
    }


class FileOrCommand(click.Group):
    """A command that takes a file, with commands of its own beside it.

    `digest rank FILE` runs the first, `digest rank tune` the named one, wherever options stand.
    Only the first word that is no option decides, so a file of that name is given as `./tune`.
    """

    def __init__(self, file_command: click.Command, *commands: click.Command) -> None:
        super().__init__(
            file_command.name, commands=commands, help=file_command.help,
            short_help=file_command.short_help,
        )  # fmt: skip
        self._file_command = file_command

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:  # fmt: skip
        """The context of whichever command was meant; it runs instead of the group."""
        place = self._first_word(args)
        if place is None or args[place] not in self.commands:
            return self._file_command.make_context(info_name, args, parent, **extra)
        inner = self.commands[args[place]]
        rest = [*args[:place], *args[place + 1 :]]
        return inner.make_context(f"{info_name} {inner.name}", rest, parent, **extra)

    def _first_word(self, args: Sequence[str]) -> int | None:
        """Where the first argument stands that is neither an option nor an option's value."""
        options = [one for one in self._file_command.params if isinstance(one, click.Option)]
        takes = {name for one in options if not one.is_flag for name in one.opts}
        skip = False
        for place, word in enumerate(args):
            if skip:
                skip = False
            elif word == "--":
                return None
            elif word.startswith("-") and word != "-":
                skip = word in takes
            else:
                return place
        return None


rank = FileOrCommand(rank_file, tune)
