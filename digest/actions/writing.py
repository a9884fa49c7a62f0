"""Writing: the language model, where the settings switch one on, and what becomes of its texts.

A morning that nobody watches goes on without it: each story then says on the desk why its text is
extractive, and the edition says so once among its warnings.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from digest.errors import DigestError, WrongSettings
from digest.model import Edition, RankedStory, Rights, Story, StoryId, Summary

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.setting_model import LanguageModel
    from digest.settings import Summarise
    from digest.summarise.model.asking import Asking, Kept, Memory
    from digest.summarise.model.port import Writer

log = logging.getLogger(__name__)

REFUSED_KEPT = timedelta(hours=6)
"""An answer that was not taken is not asked for again within a morning's rebuilds."""


def open_writer(options: LanguageModel, environ: Mapping[str, str] | None = None) -> Writer:
    """The writer that the settings name; asks nobody yet.

    Raises `WrongSettings` without an address, a model's name or the key that is named, and
    `Unavailable` when the extra is not installed.
    """
    from digest.summarise.model.openai_writer import OpenAIWriter

    if not options.base_url or not options.model:
        raise WrongSettings(
            "Няма кой езиков модел да бъде питан.",
            "В „summarise.model“ липсва „base_url“ или „model“.",
            "Задайте ги, например http://127.0.0.1:11434/v1 и името на модела; вижте "
            "docs/operate.md.",
        )
    return OpenAIWriter(
        options.base_url, options.model, key=_key(options.api_key_env, environ or os.environ)
    )


def _key(variable: str, environ: Mapping[str, str]) -> str:
    """The key in that variable; none where none is named."""
    key = environ.get(variable, "").strip() if variable else ""
    if variable and not key:
        raise WrongSettings(
            "Няма ключ за езиковия модел.",
            f"Променливата „{variable}“ е празна.",
            "Задайте я в средата на програмата или махнете „summarise.model.api_key_env“.",
        )
    if not key.isascii() or any(c.isspace() or not c.isprintable() for c in key):
        raise WrongSettings(
            "Ключът за езиковия модел не може да се изпрати.",
            f"В променливата „{variable}“ има празно място или буква извън ASCII.",
            "Задайте само ключа, както го дава доставчикът.",
        )
    return key


def asking_with(writer: Writer, options: Summarise, memory: Memory | None = None) -> Asking:
    """A question's needs for one edition, with the whole of its budget."""
    from digest.summarise.model.asking import Allowance, Asking, Forgetful

    return Asking(
        writer, options.model, options.max_chars, Allowance(options.model), memory or Forgetful()
    )


def written_for(
    app: App, draft: Edition, ranked: Sequence[RankedStory], writer: Writer | None = None
) -> tuple[Summary, ...]:
    """What the model makes of the stories that a draft prints with a summary, best first.

    One summary for each story whose rights allow it, extractive with the reason where the model's
    text does not stand.
    Without the extra, the settings or the key it is that for all, and logged.
    """
    from digest.summarise.model.asking import write_summary
    from digest.summarise.model.material import may_be_shown
    from digest.summarise.rights import effective

    whole = {one.id for one in draft.stories if one.tier != "brief"}
    stories = [r.story for r in ranked if r.story.id in whole and may_be_shown(r.story)]
    own = {story.id: _own(story, app) for story in stories}
    options = app.settings.summarise
    try:
        asking = asking_with(writer or open_writer(options.model), options, Shelf(app))
    except DigestError as error:
        log.warning("drafting without the language model: %s", error)
        why = f"{error.what} {error.why} {error.fix}"
        return tuple(replace(one, making=why) for one in own.values())
    return tuple(
        write_summary(story, own[story.id], asking, rights=effective(story.articles))
        for story in stories
    )


def _own(story: Story, app: App) -> Summary:
    from digest.summarise.extractive import summarise
    from digest.summarise.rights import effective

    return summarise(story, rights=effective(story.articles), options=app.settings.summarise)


def summariser(options: Summarise, *, by_model: bool) -> Callable[[Story, Rights], Summary]:
    """What sums up one story after another; with `by_model` the language model is asked first.

    Raises what `open_writer` raises: who asks for a model by name is told that there is none.
    """
    from digest.summarise.extractive import summarise
    from digest.summarise.model.asking import write_summary

    asking = asking_with(open_writer(options.model), options) if by_model else None

    def sum_up(story: Story, rights: Rights) -> Summary:
        own = summarise(story, rights=rights, options=options)
        return own if asking is None else write_summary(story, own, asking, rights=rights)

    return sum_up


def merged(
    own: Mapping[StoryId, Summary],
    ranked: Sequence[RankedStory],
    written: Sequence[Summary],
) -> Mapping[StoryId, Summary]:
    """The extractive summaries with the model's texts in the place of those that it wrote.

    A text whose articles no longer stand in the story (a replay without a source) is left out.
    """
    articles = {one.story.id: {a.id for a in one.story.articles} for one in ranked}
    found = dict(own)
    for one in written:
        name = StoryId(one.id)
        if name not in found:
            continue
        if one.method != "model":
            found[name] = replace(found[name], making=one.making)
        elif {s.article_id for s in one.sentences} <= articles[name]:
            found[name] = replace(one, title=found[name].title)
    return found


@dataclass(frozen=True)
class Shelf:
    """The store as the writer's memory; nothing is open while a model thinks."""

    app: App

    def recall(self, key: str) -> Kept | None:
        from digest.summarise.model.asking import Kept

        with self.app.store.reading() as work:
            found = work.written.get(key)
        if found is None or (found.refused and self.app.now() - found.at > REFUSED_KEPT):
            return None
        return Kept(found.text, found.refused)

    def keep(self, key: str, kept: Kept) -> None:
        from digest.store.written import WrittenText

        with self.app.store.work() as work:
            work.written.keep(key, WrittenText(self.app.now(), kept.text, kept.refused))
