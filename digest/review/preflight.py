"""What must be looked at before an edition goes out.

Red stops an unattended approval, yellow asks for a look. Nothing is changed here. The ceilings
for size are those of the render room, repeated because rooms do not import each other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from digest.errors import Finding
from digest.model import (
    FREE_EXTRACT,
    CheckedSentence,
    Edition,
    EditionStory,
    RenderedEdition,
    Rights,
    StoryId,
)

SUBJECT_LIMIT = 50
WARN_BYTES, FAIL_BYTES = 75_000, 90_000
"""Gmail clips at 102 KB of HTML; personal values and encoding need the rest."""

_FIXES = {
    "override-refused": "Поправете образеца и прегледайте броя отново.",
    "logo-refused": "Сложете в дома PNG или JPEG, висок поне 96 точки.",
    "logo-soft": "Сложете по-голям файл.",
    "pictures-missing": "Отворете броя на машината, която събира, или го съставете наново.",
    "pictures-heavy": "Сайт с публичен адрес (publication.public_url) показва всички.",
}
"""What the render room and the newsroom's pictures are found to lack → what helps."""
_SPACES = re.compile(r"\s+")


NOTHING: Mapping[StoryId, Sequence[CheckedSentence]] = MappingProxyType({})


def preflight(
    edition: Edition,
    rendered: RenderedEdition,
    unconfirmed: Mapping[StoryId, Sequence[CheckedSentence]] = NOTHING,
) -> tuple[Finding, ...]:
    """Findings, red first, then in the order of the edition; empty when there is nothing to say.

    `unconfirmed` are the sentences of each story that the gate does not confirm.
    """
    found = [*_envelope(edition), *_sizes(rendered), *_templates(rendered), *_repeated(edition)]
    for story in edition.stories:
        found += _story(story)
        found += _unconfirmed(story, unconfirmed.get(story.id, ()))
    order = {"red": 0, "yellow": 1, "green": 2}
    return tuple(sorted(found, key=lambda one: order[one.level]))


def clean(findings: tuple[Finding, ...]) -> bool:
    """True when nothing red was found: what the policy `auto_if_clean` asks."""
    return not any(one.level == "red" for one in findings)


def _envelope(edition: Edition) -> Iterator[Finding]:
    if not edition.stories:
        yield Finding(
            "red", "no-stories", "В броя няма новини.", "Върнете новина или го пропуснете."
        )
    subject = edition.subject.strip()
    if not subject:
        yield Finding("red", "empty-subject", "Темата на писмото е празна.", "Напишете тема.")
    elif len(subject) > SUBJECT_LIMIT:
        yield Finding(
            "yellow",
            "subject-too-long",
            f"Темата е {len(subject)} знака и телефоните ще я отрежат.",
            f"Скъсете я до {SUBJECT_LIMIT} знака.",
        )
    if '"' in subject or '"' in edition.preheader:
        yield _straight("темата или предтекста")


def _sizes(rendered: RenderedEdition) -> Iterator[Finding]:
    for variant in rendered.variants.values():
        size = sum(len(one.encode("utf-8")) for one in variant.html.literals)
        if size > WARN_BYTES:
            red = size > FAIL_BYTES
            yield Finding(
                "red" if red else "yellow",
                "html-too-large" if red else "html-large",
                f"Писмото („{variant.key}“) е {size / 1000:.0f} KB; Gmail реже при 102 KB.",
                "Махнете или скъсете последните новини.",
            )


def _templates(rendered: RenderedEdition) -> Iterator[Finding]:
    """What was refused of the newsroom's own templates and pictures: the mail looks otherwise."""
    for level, code, what in rendered.findings:
        if code in _FIXES:
            yield Finding(level, code, what, _FIXES[code])


def _repeated(edition: Edition) -> Iterator[Finding]:
    titles = Counter(_SPACES.sub(" ", one.title).casefold().strip() for one in edition.stories)
    for story in edition.stories:
        key = _SPACES.sub(" ", story.title).casefold().strip()
        if titles.pop(key, 0) > 1:
            yield Finding(
                "red",
                "duplicate-title",
                f"Две новини имат едно заглавие: „{story.title}“.",
                "Махнете едната или сменете заглавието ѝ.",
            )


def _story(story: EditionStory) -> Iterator[Finding]:
    links = (story.url, *(one.url for one in story.credits))
    if not any(link.startswith(("http://", "https://")) for link in links):
        yield Finding(
            "yellow",
            "no-source-link",
            f"Няма връзка към източник: „{story.title}“.",
            "Текст от папка няма адрес; ако е публикуван, добавете източника с адреса му.",
        )
    if any('"' in text for text in (story.title, story.summary, story.one_line)):
        yield _straight(f"„{story.title}“")
    if story.summary.strip() and not story.sentences and story.method != "editor":
        yield Finding(
            "red" if story.method == "model" else "yellow",
            "unsupported",
            f"Текстът не стъпва на изречения от източник: „{story.title}“.",
            "Прегледайте обобщението и го потвърдете с редакция.",
        )
    if story.rights is Rights.EXCLUDED and story.summary:
        yield _rights(story, "Източникът е изключен от препечатване")
    facts = story.rights is Rights.FACTS and story.method == "extractive"
    free = facts or story.rights is Rights.EXTRACT
    if free and len(story.summary.rstrip("…")) > FREE_EXTRACT:
        yield _rights(story, f"Откъсът е над {FREE_EXTRACT} знака")


def _unconfirmed(story: EditionStory, wrong: Sequence[CheckedSentence]) -> Iterator[Finding]:
    if wrong:
        said = "; ".join(f"„{one.text}“" for one in wrong)
        yield Finding(
            "yellow",
            "unconfirmed",
            f"Източникът не потвърждава {said}: {story.title}",
            "Поправете текста; одобрите ли го така, е на ваше име. Без човек се заменя.",
        )


def _straight(where: str) -> Finding:
    return Finding(
        "yellow", "straight-quotes", f"Има прави кавички в {where}.", "Сложете „долни и горни“."
    )


def _rights(story: EditionStory, why: str) -> Finding:
    return Finding(
        "red", "rights", f"{why}: „{story.title}“.", "Съкратете текста или махнете новината."
    )
