"""The list of sources: added with their rights, listed with their health, OPML both ways."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from digest.actions.app import App
from digest.addresses import masked, masked_in
from digest.clock import zone
from digest.errors import DigestError, NotFound, WrongUsage
from digest.gathered import SourceState
from digest.letterbox import is_imap
from digest.model import Rights, Source, SourceId

if TYPE_CHECKING:
    from digest.collect.health import Rhythm, Standing
    from digest.collect.opml import Outline
    from digest.store.sources import Health
    from digest.store.work import Work


def add_source(
    app: App,
    url: str,
    *,
    rights: str | None,
    outlet: str | None,
    section: str | None = None,
    kind: str = "auto",
    language: str = "bg",
    weight: float = 1.0,
    timezone: str | None = None,
    base: Path | None = None,
) -> Source:
    """Adds an address, `folder:DIR`, `maildir:DIR` or `imaps://…`. Rights must be said.

    The rule is docs/decisions/0007. `base` is the folder from which a relative DIR is counted
    (default: the home).

    Raises `WrongUsage` for missing rights or an unusable address, `Conflict` for a known one.
    """
    place = place_of(url, app.home, base)
    source = Source(
        id=source_id(place),
        url=place,
        rights=_rights(rights),
        outlet=(outlet or _outlet_of(place)).strip(),
        kind=_kind_of(place, kind),
        section=section,
        language=language,
        timezone=_zone(timezone or app.settings.publication.timezone),
        weight=weight,
    )
    with app.store.work() as work:
        work.sources.add(source)
        app.note(work, "cli", "source.add", subject=source.id, after=masked(place))
    return source


def hide_users(error: DigestError) -> None:
    """Takes users and passwords out of the addresses in an error's three parts."""
    error.what, error.why, error.fix = map(masked_in, (error.what, error.why, error.fix))
    error.args = tuple(masked_in(str(one)) for one in error.args)


def source_id(url: str) -> SourceId:
    """A short stable id of a source's address."""
    return SourceId("src-" + hashlib.sha256(url.encode()).hexdigest()[:10])


def place_of(url: str, home: Path, base: Path | None = None) -> str:
    """An address as it is kept; a folder is counted from `base`, inside the home from the home.

    So that a home can be moved: nothing in it names its own place. Raises `WrongUsage`.
    """
    from digest.collect.address import is_http

    text = url.strip()
    for scheme in ("folder:", "maildir:"):
        if text.startswith(scheme) and len(text) > len(scheme):
            return scheme + _folder(text.removeprefix(scheme), home.resolve(), base)
    if is_http(text) or is_imap(text):
        return text
    raise WrongUsage(
        f"„{masked(url)}“ не е адрес на източник.",
        "Приемат се http(s) адрес, folder:ПАПКА, maildir:ПАПКА или imaps://потребител@сървър/ПАПКА.",
        f"Напишете „https://{masked(text)}“."
        if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+(?:/\S*)?", text)
        else "Пример: https://example.bg/rss или folder:./statii.",
    )


def _folder(text: str, home: Path, base: Path | None) -> str:
    named = Path(text).expanduser()
    here = (base or home) / named
    place = (here if here.exists() or not (home / named).exists() else home / named).resolve()
    return str(place.relative_to(home) if place.is_relative_to(home) else place)


def _kind_of(place: str, kind: str) -> str:
    from digest.collect.newsletter import is_mailbox

    if place.startswith("folder:"):
        return "folder"
    return "mailbox" if is_mailbox(place) else kind


def _zone(name: str) -> str:
    """A zone's name, known to be one. Raises the clock's error for any other text."""
    zone(name)
    return name


def _rights(text: str | None) -> Rights:
    try:
        return Rights(text or "")
    except ValueError as cause:
        raise WrongUsage(
            "Не е казано какви права имате върху източника."
            if not text
            else f"Няма права „{text}“.",
            "Законът позволява свободно само заглавие и до първите 100 знака.",
            "Добавете --rights licensed, extract, facts или excluded.",
        ) from cause


def _outlet_of(place: str) -> str:
    if place.startswith(("folder:", "maildir:")):
        return place.partition(":")[2].rstrip("/").rpartition("/")[2] or "Папка"
    return place.split("/")[2].rpartition("@")[2].partition(":")[0].removeprefix("www.")


def remove_source(app: App, wanted: str) -> Source:
    """Removes a source by id or address; its articles stay. Raises `NotFound`."""
    with app.store.work() as work:
        source = _named(work, wanted)
        work.sources.remove(source.id)
        app.note(work, "cli", "source.remove", subject=source.id, before=masked(source.url))
    return source


def resume_source(app: App, wanted: str) -> Source:
    """Takes the pause of a source away (a 410 by mistake), and what its failures left.

    The next round asks it as if for the first time. Raises `NotFound`.
    """
    with app.store.work() as work:
        source = _named(work, wanted)
        state = work.sources.state(source.id)
        anew = replace(
            state, paused="", failures=0, last_error="", not_before=None, waiting_for="",
            etag=None, last_modified=None, body_hash="",
        )  # fmt: skip
        work.sources.save_states([anew])
        app.note(work, "cli", "source.resume", subject=source.id, before=state.paused)
    return source


def _named(work: Work, wanted: str) -> Source:
    """By id, or by its address with or without user and password."""
    for source in work.sources.list():
        if wanted in {source.id, source.url, masked(source.url)}:
            return source
    raise NotFound(
        f"Няма източник „{masked(wanted)}“.",
        "Нито номерът, нито адресът е в списъка.",
        "Вижте „digest sources list“.",
    )


def known_sources(app: App) -> tuple[Source, ...]:
    """Every source, active or not."""
    with app.store.work() as work:
        return tuple(work.sources.list())


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """A source with how it has been: its history, its usual rhythm, and how it stands now."""

    source: Source
    health: Health
    state: SourceState
    rhythm: Rhythm
    standing: Standing

    def as_dict(self) -> dict[str, object]:
        """One line of `digest sources list --json`."""
        source, health = self.source, self.health
        return {
            "id": source.id,
            "url": masked(source.url),
            "outlet": source.outlet,
            "rights": str(source.rights),
            "kind": source.kind,
            "active": source.active,
            "last_ok": health.last_ok_at.isoformat() if health.last_ok_at else None,
            "failures": health.failures,
            "entries": health.entries,
            "articles": health.new,
            "last_error": masked_in(self.state.last_error or health.last_error),
            "level": self.standing.level,
            "sentence": self.standing.sentence,
            "last_new": self.state.last_new_at.isoformat() if self.state.last_new_at else None,
            "rhythm_per_day": round(self.rhythm.per_day, 2) if self.rhythm.learned else None,
            "rhythm": self.rhythm.words or None,
            "moved_to": masked(self.state.moved_to) or None,
        }


def list_sources(app: App) -> tuple[SourceStatus, ...]:
    """Every source with its last visit, failures, what it brought, and how it stands."""
    from digest.collect.health import RECENT

    with app.store.reading() as work:
        sources = work.sources.list()
        health = {one.source_id: one for one in work.sources.health()}
        states = work.sources.states()
        times = {one.id: work.articles.times_of(one.id, RECENT) for one in sources}
    return tuple(
        _status(app, one, health[one.id], states.get(one.id), times[one.id]) for one in sources
    )


def _status(
    app: App, source: Source, past: Health, state: SourceState | None, times: list[datetime]
) -> SourceStatus:
    from digest.collect.health import rhythm, standing

    now, where = app.now(), zone(source.timezone)
    usual = rhythm(times, now=now, zone=where)
    level = standing(source, state, usual, now=now, zone=where, entries=past.entries)
    return SourceStatus(source, past, state or SourceState(source.id), usual, level)


@dataclass(frozen=True, slots=True)
class OpmlReport:
    """Addresses that an OPML file brought, knew already, or was refused for (with why)."""

    added: tuple[str, ...]
    known: tuple[str, ...]
    refused: tuple[str, ...]


def import_opml(app: App, data: bytes, *, rights: str | None) -> OpmlReport:
    """Adds every feed of an OPML file; a bad row stops nobody.

    `rights` holds for all rows; without it each row needs its own, as an export of ours has them.
    Raises `WrongUsage` when neither says any.
    """
    from digest.collect.opml import read_opml

    rows = read_opml(data)
    mode = _rights(rights) if rights or not any(row.rights for row in rows) else None
    added, known, refused = [], [], []
    there = {one.url for one in known_sources(app)}
    for row in rows:
        if row.url in there:
            known.append(masked(row.url))
            continue
        try:
            _refuse_inside(row.url)
            _add_row(app, row, mode)
        except DigestError as error:
            refused.append(f"{masked(row.url)}: {masked_in(error.why)}")
        else:
            added.append(masked(row.url))
            there.add(row.url)
    return OpmlReport(tuple(added), tuple(known), tuple(refused))


def _add_row(app: App, row: Outline, rights: Rights | None) -> None:
    add_source(
        app,
        row.url,
        rights=rights or row.rights,
        outlet=row.title,
        section=row.category,
        language=row.language or "bg",
        weight=row.weight,
        timezone=row.timezone,
    )


def _refuse_inside(url: str) -> None:
    """A file may not widen what is trusted: all but public web addresses a person types."""
    from digest.collect.address import is_http
    from digest.collect.guard import is_private_host

    if not is_http(url):
        raise WrongUsage(
            f"„{masked(url)}“ не е адрес в мрежата.",
            "От файл се приемат само адреси http и https, а не папки и пощи.",
            "Ако е ваш, добавете го с „digest sources add“.",
        )
    if is_private_host(url):
        raise WrongUsage(
            f"„{masked(url)}“ е вътрешен адрес.",
            "От файл не се приемат адреси във вътрешната мрежа.",
            "Ако е ваш, добавете го с „digest sources add“.",
        )


@dataclass(frozen=True, slots=True)
class OpmlExport:
    """An OPML file (UTF-8), and the outlets whose address lost its user and password in it."""

    data: bytes
    without_user: tuple[str, ...]


def export_opml(app: App) -> OpmlExport:
    """The feeds and pages as OPML 2.0, with what the product knows of each.

    Folders and mailboxes are a machine's own and stay out; a list is made to be handed on, so
    that a user and password in an address stay out too.
    """
    from digest.collect.address import is_http
    from digest.collect.opml import Outline, write_opml

    listed = [one for one in known_sources(app) if is_http(one.url)]
    rows = [
        Outline(
            masked(one.url),
            one.outlet,
            one.section,
            rights=str(one.rights),
            language=one.language,
            weight=one.weight,
            timezone=one.timezone,
        )
        for one in listed
    ]
    data = write_opml(rows, title=app.settings.publication.name)
    return OpmlExport(data, tuple(one.outlet for one in listed if masked(one.url) != one.url))
