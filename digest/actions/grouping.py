"""What an editor says of stories that are one or are not: kept, with who said it.

No later grouping undoes it: `drafting.py` hands what was said to the cluster room.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from digest.actions import drafting
from digest.actions.app import App
from digest.errors import NotFound, Refused, WrongUsage
from digest.model import ArticleId, Bond, Story, StoryId

if TYPE_CHECKING:
    from digest.store.work import Work

MERGED, SPLIT = "story.merge", "story.split"


def stories_of(app: App, day: date | None = None) -> list[Story]:
    """The stories of a day's news as they stand now, the most independently told first."""
    return drafting.group(drafting.gather(app, day or app.today()), app.settings)


def story_of(app: App, wanted: str, day: date | None = None) -> Story:
    """One of them. Raises `NotFound`."""
    found = next((one for one in stories_of(app, day) if one.id == wanted), None)
    if found is None:
        raise _unknown(wanted)
    return found


def merge(app: App, first: str, second: str, *, by: str) -> StoryId:
    """Makes one story of two, under the id of the first. Raises `NotFound` and `WrongUsage`."""
    from digest.actions.reviewing import allowed

    allowed(app, by, "edit")
    if first == second:
        raise WrongUsage("Посочена е една и съща тема.", "Събират се две теми.", "Дайте две.")
    _place_listed(app, (first, second))
    with app.store.work() as work:
        these, those = _members(work, first), _members(work, second)
        work.stories.bind(
            Bond(together=True, these=tuple(these), those=tuple(those), by=by), app.now()
        )
        work.stories.place(dict.fromkeys(those, StoryId(first)), app.now())
        app.note(work, by, MERGED, subject=first, before=second, after=f"{len(those)}")
    return StoryId(first)


def split(app: App, story: str, articles: Sequence[str], *, by: str) -> StoryId:
    """Takes articles out of a story into one of their own, and gives its id.

    Raises `NotFound` for what is not there and `Refused` when nothing would be left.
    """
    from digest.actions.reviewing import allowed
    from digest.cluster.stories import story_id

    allowed(app, by, "edit")
    _place_listed(app, (story,), articles)
    with app.store.work() as work:
        members = _members(work, story)
        out = [one for one in members if one in articles]
        strangers = [one for one in articles if one not in members]
        if strangers or not out:
            raise _no_member(story, strangers)
        rest = [one for one in members if one not in out]
        if not rest:
            raise Refused(
                "Така в темата не остава нищо.",
                "Отделят се всичките ѝ статии.",
                "Посочете само статиите, които са за друго.",
            )
        own = story_id(ArticleId(f"{story}/{out[0]}"))
        work.stories.bind(
            Bond(together=False, these=tuple(out), those=tuple(rest), by=by), app.now()
        )
        work.stories.place(dict.fromkeys(out, own), app.now())
        app.note(work, by, SPLIT, subject=story, before=f"{len(members)}", after=own)
    return own


def _place_listed(app: App, stories: Sequence[str], articles: Sequence[str] = ()) -> None:
    """Places what came since the last draft when an editor speaks of it: the list shows it."""
    with app.store.reading() as work:
        members = [work.stories.members(one) for one in stories]
    if all(members) and {one for some in members for one in some}.issuperset(articles):
        return
    inputs = drafting.gather(app, app.today())
    drafting.place(app, drafting.group(inputs, app.settings), inputs)


def _members(work: Work, story: str) -> list[ArticleId]:
    found = work.stories.members(story)
    if not found:
        raise _unknown(story)
    return found


def _unknown(story: str) -> NotFound:
    return NotFound(
        f"Няма тема „{story}“.",
        "Такъв номер няма сред темите на деня.",
        "Вижте ги с „digest story list“.",
    )


def _no_member(story: str, strangers: Sequence[str]) -> NotFound:
    named = ", ".join(f"„{one}“" for one in strangers[:3]) or "нито една статия"
    return NotFound(
        f"В темата „{story}“ няма {named}.",
        "Отделят се само нейни статии.",
        f"Вижте ги с „digest story show {story}“.",
    )
