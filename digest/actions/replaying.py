"""Replaying: an edition made again from what was kept of it, and what it would be without a source.

Nothing is stored and nothing is read from today's articles: the line of `drafting.py` runs over
the inputs as they were.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pydantic import ValidationError

from digest import __version__
from digest.actions.drafting import drafted, group, reads_alike
from digest.errors import NotFound, Refused, StorageFault, WrongUsage
from digest.model import Article, Edition, EditionStory, Inputs
from digest.settings import Settings

if TYPE_CHECKING:
    from digest.actions.app import App
    from digest.store.inputs import KeptInputs


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of a replay. `made` is None when not a single story was left.

    `gone` and `come` are the stories that only the stored or only the new edition has; `without`
    the sources that were muted, `muted` how many of their articles. `size` is in bytes.
    `embedder` names what told stories apart then (empty: not written down), `embedder_now` what
    did so now, `obstacle` why that is another, in Bulgarian.
    """

    stored: Edition
    made: Edition | None
    program: str
    size: int
    embedder: str
    embedder_now: str
    obstacle: str
    gone: tuple[EditionStory, ...]
    come: tuple[EditionStory, ...]
    differences: tuple[str, ...]
    without: tuple[str, ...] = ()
    muted: int = 0

    @property
    def same(self) -> bool:
        """Whether readers would get the same words."""
        return self.made is not None and reads_alike(self.stored, self.made)

    @property
    def same_program(self) -> bool:
        return self.program == __version__

    @property
    def same_embedder(self) -> bool | None:
        """Whether stories were told apart by the same; None where it was not written down."""
        return self.embedder == self.embedder_now if self.embedder else None


def replay(
    app: App, wanted: str, *, revision: int | None = None, without: Sequence[str] = ()
) -> Replay:
    """Makes a revision of an edition again, the newest that was drafted unless one is named.

    `without` mutes sources by their number, outlet or host. Raises `NotFound` for a revision
    whose inputs are not kept, and `WrongUsage` for a source that brought nothing.
    """
    stored, kept = _kept(app, wanted, revision)
    inputs = kept.inputs
    embedder_now, obstacle = _embedder(inputs)
    if without:
        inputs = _muted(inputs, without)
    made = _made(inputs, stored)
    return Replay(
        stored,
        made,
        inputs.program,
        kept.size,
        inputs.embedder,
        embedder_now,
        obstacle,
        gone=_only(stored, made),
        come=_only(made, stored),
        differences=_differences(stored, made),
        without=tuple(without),
        muted=len(kept.inputs.articles) - len(inputs.articles),
    )


def _embedder(inputs: Inputs) -> tuple[str, str]:
    """What tells the stories apart here, and why that is not what did so then."""
    from digest.cluster.neural import named
    from digest.embedding import obstacle

    now = named(inputs.embedder, _settings(inputs).cluster).name
    other = inputs.embedder and inputs.embedder != now
    return now, (obstacle() or "Тази версия не го познава.") if other else ""


def _kept(app: App, wanted: str, revision: int | None) -> tuple[Edition, KeptInputs]:
    with app.store.reading() as work:
        edition = work.editions.get(wanted)
        if revision is not None:
            work.editions.revision(edition.id, revision)
        kept = work.inputs.of(edition.id, revision or edition.revision)
        if kept is None or (revision is not None and kept.revision != revision):
            raise _not_kept(edition, revision, kept)
        return work.editions.revision(edition.id, kept.revision), kept


def _not_kept(edition: Edition, revision: int | None, kept: KeptInputs | None) -> NotFound:
    if kept is not None:
        return NotFound(
            f"Редакция {revision} на броя „{edition.id}“ е промяна на редактор.",
            f"От събраното е съставена редакция {kept.revision}.",
            f"Повторете с --revision {kept.revision} или без --revision.",
        )
    return NotFound(
        f"За броя „{edition.id}“ не се пази от какво е направен.",
        "Пази се „compose.inputs_days“ дни, и само за съставеното с тази програма.",
        "Увеличете „compose.inputs_days“ за следващите броеве.",
    )


def _muted(inputs: Inputs, without: Sequence[str]) -> Inputs:
    """The inputs less some sources; what is left stands in the stories in which it stood."""
    stories = group(inputs, _settings(inputs))
    return replace(
        inputs,
        articles=_less(inputs.articles, without),
        known={**inputs.known, **{a.id: s.id for s in stories for a in s.articles}},
        settled=tuple(sorted({*inputs.settled, *(s.id for s in stories)})),
    )


def _less(articles: Sequence[Article], without: Sequence[str]) -> tuple[Article, ...]:
    muted: set[str] = set()
    for name in without:
        found = {one.id for one in articles if _is_of(one, name)}
        if not found:
            outlets = sorted({one.outlet for one in articles if one.outlet})
            raise WrongUsage(
                f"В броя няма статия от „{name}“.",
                "Източник се посочва с номера си, с името на изданието или с адреса на сайта му.",
                f"Изданията са: {', '.join(outlets[:12])}.",
            )
        muted |= found
    return tuple(one for one in articles if one.id not in muted)


def _is_of(article: Article, name: str) -> bool:
    wanted = name.strip().casefold().removeprefix("www.")
    try:
        host = (urlsplit(article.url).hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    return wanted in {article.source.casefold(), article.outlet.casefold(), host}


def _made(inputs: Inputs, stored: Edition) -> Edition | None:
    try:
        return replace(drafted(inputs).edition, revision=stored.revision)
    except Refused:
        return None


def _settings(inputs: Inputs) -> Settings:
    try:
        return Settings.model_validate_json(inputs.settings)
    except ValidationError as cause:
        raise StorageFault(
            "Настройките, с които е съставен броят, вече не се четат.",
            f"Съставен е с версия {inputs.program}, а тази е {__version__}.",
            "Повторете с версията, с която е съставен.",
        ) from cause


def _only(one: Edition | None, other: Edition | None) -> tuple[EditionStory, ...]:
    """The stories of one edition that the other does not tell, by id and by title."""
    if one is None:
        return ()
    known = {key for story in (other.stories if other else ()) for key in (story.id, story.title)}
    return tuple(s for s in one.stories if s.id not in known and s.title not in known)


def _differences(stored: Edition, made: Edition | None) -> tuple[str, ...]:
    """What reads differently, in Bulgarian, for an editor."""
    if made is None:
        return ("Не остава нито една новина за печат.",)
    found = []
    if stored.subject != made.subject:
        found.append(f"Тема на писмото: „{made.subject}“ вместо „{stored.subject}“.")
    after = {story.id: story for story in made.stories}
    for story in stored.stories:
        if (other := after.get(story.id)) is not None:
            found += _of_story(story, other)
    order = [s.id for s in stored.stories if s.id in after]
    if order != [s.id for s in made.stories if s.id in set(order)]:
        found.append("Редът на новините е друг.")
    if stored.corrections != made.corrections:
        found.append("Поправките са други.")
    return tuple(found)


_PARTS = (
    ("title", "заглавие"),
    ("summary", "резюме"),
    ("method", "кой е написал резюмето"),
    ("one_line", "ред за „Накратко“"),
    ("tier", "място (водеща, с резюме, накратко)"),
    ("matters", "защо е важно"),
    ("update", "новото от предишен брой"),
    ("disagreement", "разминаване"),
    ("credits", "посочени издания"),
)


def _of_story(one: EditionStory, other: EditionStory) -> list[str]:
    changed = [word for part, word in _PARTS if getattr(one, part) != getattr(other, part)]
    return [f"„{one.title}“ – различно: {', '.join(changed)}."] if changed else []
