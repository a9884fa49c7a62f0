"""Correcting: an editor says what a sent edition got wrong, and what is right.

The sent edition, its bytes and its hash stay as they are. The archive shows the correction from
then on, and the next edition prints it: a draft that stands already takes it in at once, as a new
revision, also where a person has edited it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from digest.actions import editions, reviewing
from digest.actions.app import App
from digest.bulgarian.typography import count, tidy
from digest.errors import Conflict, NotFound, Refused, WrongUsage
from digest.model import (
    RIGHT_LIMIT,
    SAID_LIMIT,
    Correction,
    CorrectionId,
    Edition,
    EditionId,
    EditionState,
    Ledger,
    StoryId,
)

if TYPE_CHECKING:
    from digest.store.work import Work

CORRECTED, WITHDRAWN, TAKEN = "edition.correct", "edition.withdraw", "edition.corrections"
"""What the activity log calls a correction, taking one back, and its coming into a draft."""

MOST_CORRECTIONS = 5
"""Corrections in one edition, the oldest first: with texts of full length some 15 KB of the mail.
What does not fit stands in the next one."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A correction and the edition that printed it, None while none did.

    `notified` is the ledger of the letter on it, None while there is no letter.
    """

    correction: Correction
    printed_in: EditionId | None
    notified: Ledger | None = None

    @property
    def open(self) -> bool:
        """Whether it can still be withdrawn."""
        return self.printed_in is None and self.notified is None


def correct(
    app: App, wanted: str, story: str | None, *, said: str, right: str, by: str
) -> Correction:
    """Keeps what an edition said wrongly and what is right. Safe to repeat.

    `said` has at most 300 characters, `right` 500; both are one line of plain text, whatever
    markup is typed. Without `story` the whole edition is meant. Raises `Conflict` for an edition
    that nobody got, `NotFound` for a story that is not in it, `WrongUsage` for texts that cannot
    be used, `Forbidden` for a person whose role does not include editing.
    """
    reviewing.allowed(app, by, "edit")
    edition = editions.get(app, wanted)
    said, right = _line(said, "Писахме", SAID_LIMIT), _line(right, "Вярното е", RIGHT_LIMIT)
    if said == right:
        raise WrongUsage(
            "Поправката не поправя нищо.",
            "Казаното в броя и вярното са едно и също.",
            "Напишете във „Вярното е“ какво е трябвало да стои.",
        )
    headline = _headline(edition, story)
    with app.store.work() as work:
        one = Correction(
            id=_name(edition, story, said, right),
            edition_id=edition.id,
            story_id=StoryId(story) if story else None,
            said=said,
            right=right,
            at=app.now(),
            by=by.strip(),
            date=edition.date,
            headline=headline,
            in_archive=_sent(work, edition),
        )
        known = work.corrections.find(one.id)
        if known is not None:
            return known
        work.corrections.add(one)
        app.note(
            work, by, CORRECTED, subject=edition.id, before=said, after=f"{one.id}: {right}"
        )  # fmt: skip
        _refresh(app, work, edition.publication)
    return one


def withdraw(app: App, wanted: str, *, by: str) -> Correction:
    """Takes a correction back that no edition has printed; a draft that holds it loses it.

    Raises `NotFound` for an unknown one, `Refused` for one that stands in an edition that was
    approved or sent, `Forbidden` like `correct`.
    """
    reviewing.allowed(app, by, "edit")
    with app.store.work() as work:
        one = work.corrections.get(wanted)
        printed = work.corrections.printed_in(one.id)
        if printed is not None:
            raise Refused(
                f"Поправката „{one.id}“ не може да се оттегли.",
                f"Тя вече стои в броя „{printed}“.",
                "Ако самата тя е грешна, направете нова поправка.",
            )
        if work.editions.find(notice_of(one.id)) is not None:
            raise Refused(
                f"Поправката „{one.id}“ не може да се оттегли.",
                "За нея вече е изпратено писмо на получилите броя.",
                "Ако самата тя е грешна, направете нова поправка.",
            )
        publication = work.editions.get(one.edition_id).publication
        work.corrections.withdraw(one.id)
        app.note(work, by, WITHDRAWN, subject=one.edition_id, before=f"{one.id}: {one.right}")
        _refresh(app, work, publication)
    return one


def notice_of(one: CorrectionId) -> EditionId:
    """The name of the letter on a correction."""
    return EditionId(f"popravka-{one}")


def standing(app: App, wanted: str | None = None) -> tuple[Standing, ...]:
    """The corrections of an edition, the oldest first, or all of them, the newest first."""
    with app.store.reading() as work:
        found = (
            work.corrections.all()
            if wanted is None
            else work.corrections.of(work.editions.get(wanted).id)
        )
        return tuple(_standing(work, one) for one in found)


def _standing(work: Work, one: Correction) -> Standing:
    letter = work.editions.find(notice_of(one.id))
    sent = work.deliveries.ledger(letter.id) if letter is not None else None
    return Standing(one, work.corrections.printed_in(one.id), sent)


def open_to_correction(app: App, edition: Edition) -> bool:
    """Whether readers may have got that edition, so that something in it can be put right."""
    with app.store.reading() as work:
        return work.public.holds(edition.id) or _cut_short(work, edition)


def taken_in(app: App, edition: Edition) -> Edition:
    """A draft with the corrections that it has to print: a new revision if there are others."""
    with app.store.work() as work:
        return _taken_in(app, work, work.editions.get(edition.id))


def _refresh(app: App, work: Work, publication: str) -> None:
    """The drafts that stand print what has to be printed now."""
    for edition in work.editions.list():
        coming = edition.date >= app.today() and edition.publication == publication
        if coming and edition.state in editions.OPEN:
            _taken_in(app, work, edition)


def _taken_in(app: App, work: Work, edition: Edition) -> Edition:
    from digest.compose.edition import reading_minutes

    pending = work.corrections.pending(edition.publication, edition.date, app.now())
    those = tuple(pending[:MOST_CORRECTIONS])
    if edition.state not in editions.OPEN or those == edition.corrections:
        return edition
    changed = replace(
        edition,
        corrections=those,
        revision=edition.revision + 1,
        reading_minutes=reading_minutes(edition.sections, those),
    )
    work.editions.save(changed)
    work.corrections.carry(changed.id, those)
    app.note(
        work, "digest", TAKEN, subject=edition.id, before=f"r{edition.revision}",
        after=f"r{changed.revision}: {count(len(those), 'поправка')}",
    )  # fmt: skip
    return changed


def _line(text: str, name: str, limit: int) -> str:
    """One line in house typography, or `WrongUsage`."""
    from digest.render.words import clean

    line = tidy(clean(text)).strip()
    if not line:
        raise WrongUsage(
            "Поправката не е пълна.",
            "Нужни са и какво е казал броят, и какво е вярното.",
            f"Попълнете „{name}“ с едно изречение.",
        )
    if len(line) > limit:
        raise WrongUsage(
            f"Текстът „{name}“ е твърде дълъг.",
            f"Има {count(len(line), 'знак')}, а се побират {limit}.",
            "Оставете само грешното и вярното; подробностите са за нова статия.",
        )
    return line


def _headline(edition: Edition, story: str | None) -> str:
    if not story:
        return ""
    found = next((one for one in edition.stories if one.id == story), None)
    if found is None:
        raise NotFound(
            f"В броя „{edition.id}“ няма новина „{story}“.",
            "Поправка се прави на новина, каквато е излязла.",
            f"Вижте номерата с „digest edition show {edition.id}“.",
        )
    return found.title


def _name(edition: Edition, story: str | None, said: str, right: str) -> CorrectionId:
    """The same words about the same place are the same correction: a form may come twice."""
    text = "\x00".join((edition.id, story or "", said, right))
    return CorrectionId("k" + hashlib.sha256(text.encode()).hexdigest()[:12])


def _sent(work: Work, edition: Edition) -> bool:
    """Whether the edition is in the archive; raises `Conflict` when nobody can have got it."""
    if work.public.holds(edition.id):
        return True
    if _cut_short(work, edition):
        return False
    if edition.state in {EditionState.SKIPPED, EditionState.CANCELLED}:
        raise Conflict(
            f"Броят „{edition.id}“ не е стигнал до никого.",
            "Спрян или пропуснат брой няма читатели, на които да се дължи поправка.",
            "Изберете броя, в който е излязла грешката.",
        )
    raise Conflict(
        f"Броят „{edition.id}“ не може да получи поправка.",
        "Броят още не е изпратен – поправете го направо.",
        f"Използвайте „digest edition edit {edition.id}“ или редакцията.",
    )


def _cut_short(work: Work, edition: Edition) -> bool:
    cancelled = edition.state is EditionState.CANCELLED
    return cancelled and work.corrections.reached(edition.id)
