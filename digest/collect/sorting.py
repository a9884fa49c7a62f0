"""One batch of a round against the archive: what is new, altered, touched, or known as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from digest.clock import zone as zone_of
from digest.collect import identity
from digest.collect.address import identity_key, is_http
from digest.collect.assemble import Desk, aged
from digest.collect.harvest import Altered
from digest.collect.lead import Found
from digest.collect.redated import settled
from digest.collect.versions import changes
from digest.gathered import Change, ChangeKind, Gathered, Known, Seen
from digest.model import Article, ArticleId

SAME_TEXT = 0.9
"""Containment above which a fresh text of one outlet at another address is the same article."""
ANOTHER_TEXT = 0.1
"""Containment under which a text at a known address, under another headline, is another's."""
ANOTHER_TIME = timedelta(hours=3)
"""How much later it must be dated or come: a headline and a flash are rewritten on the day."""


class Sorting:
    """Takes the articles of a batch one by one and files each."""

    def __init__(
        self,
        desk: Desk,
        recalled: Mapping[str, tuple[Known, ...]],
        whole: Mapping[ArticleId, Article],
    ) -> None:
        self._desk, self._recalled, self._whole = desk, recalled, whole
        self.new: list[Gathered] = []
        self.altered: list[Altered] = []
        self.touched: list[tuple[ArticleId, str, tuple[str, ...]]] = []
        self.known = 0

    def take(self, one: Found) -> None:
        """Files one article of the round."""
        known, reused = self._stored(one)
        before = self._whole.get(known.id) if known is not None else None
        if known is not None and before is not None:
            self._compare(one, known, before)
            return
        article = replace(one.made.article, id=reused or one.made.article.id)
        # What kept bytes give is judged as of the day on which they were fetched.
        desk = replace(self._desk, now=article.fetched_at or self._desk.now)
        seen = self._seen(article, one, desk.now)
        made = aged(replace(one.made, article=article), one.lead.source, desk, seen)
        self.new.append(Gathered(made, one.keys, one.mark, one.raw))

    def _seen(self, article: Article, one: Found, now: datetime) -> Seen | None:
        hours = self._desk.fresh_hours
        return identity.seen_before(
            article, one.keys, self._recalled, self._whole, now=now, fresh_hours=hours
        )

    # ---- a stored article that came again

    def _compare(self, one: Found, known: Known, before: Article) -> None:
        """Altered, better read, or as it was."""
        after = self._now_reads(one, known, before)
        found = self._changes(one, before, after)
        after = replace(after, warnings=_warnings(before, after, found))
        cause = _cause(one, before)
        other = (after.date, after.old_news) != (before.date, before.old_news)
        if found or other or (cause != "outlet" and after != before):
            self.altered.append(Altered(Gathered(after, one.keys, one.mark, one.raw), found, cause))
        else:
            self._touch(one, known)

    def _changes(self, one: Found, before: Article, after: Article) -> tuple[Change, ...]:
        """What was altered; a date that was moved and does not stand is told once."""
        said = one.made.article.date if after.date == before.date else before.date
        where = zone_of(one.lead.source.timezone)
        found = changes(before, replace(after, date=said, fetched_at=None), zone=where)
        return tuple(change for change in found if change.sentence not in before.warnings)

    def _now_reads(self, one: Found, known: Known, before: Article) -> Article:
        """The second reading under the first's id and day, its age judged as of that day."""
        first = known.first_seen or before.fetched_at or self._desk.now
        desk, source, lead = replace(self._desk, now=first), one.lead.source, one.lead
        made = one.made.article
        date = settled(
            before,
            made,
            one.made.claims,
            first=first,
            again=lead.again,
            fresh=timedelta(hours=desk.fresh_hours),
            zone=zone_of(source.timezone),
        )
        # Without its page the entry says less than what is stored: of it only the date counts.
        text = before if made.partial and not before.partial and not lead.again else made
        fetched = before.fetched_at or first
        read = replace(text, id=known.id, date=date.date, fetched_at=fetched, place=before.place)
        seen = self._seen(read, one, first)
        read = aged(replace(one.made, article=read), source, desk, seen)
        why = date.renewed or read.old_news or (None if lead.again else before.old_news)
        return replace(read, old_news=why)

    def _touch(self, one: Found, known: Known) -> None:
        self.known += 1
        if one.mark != known.mark or one.lead.known is None:
            self.touched.append((known.id, one.mark, one.keys))

    # ---- which stored article it is

    def _stored(self, one: Found) -> tuple[Known | None, ArticleId | None]:
        """The stored article that this one is, or the id of another at a known address."""
        if one.lead.reused is not None:
            # A new address and headline under an old id, and yet the same text: the same article.
            twin = self._same_text(one)
            return twin, None if twin is not None else one.lead.reused
        own = [one.lead.known] if one.lead.known is not None else list(self._own(one))
        same = [known for known in own if not self._another(one, known)]
        if same or (own and one.lead.again):
            mine = (known for known in same if known.id == one.made.article.id)
            return next(mine, (same or own)[0]), None
        if own:
            return None, _another_id(one.made.article)
        return self._same_text(one), None

    def _own(self, one: Found) -> Iterator[Known]:
        """Those of its address, else those of its file."""
        for kind in ("url:", "file:"):
            found = [k for key in one.keys if key.startswith(kind) for k in self._under(key)]
            if found:
                yield from found
                return

    def _another(self, one: Found, known: Known) -> bool:
        """True when headline and text at a known address are all new, and later.

        The address is used again (feedbin/support issue 604): filed as a version, fresh news
        would keep an old date.
        """
        before, article = self._whole.get(known.id), one.made.article
        if before is None or before.partial or article.partial:
            return False
        if identity.kin(before.title, article.title):
            return False
        at, first = article.published_at, before.published_at or known.first_seen
        later = (at or self._desk.now) - (first or self._desk.now)
        if later <= ANOTHER_TIME:
            return False
        return identity.containment(before.text, article.text) < ANOTHER_TEXT

    def _same_text(self, one: Found) -> Known | None:
        """A fresh article of the outlet with this text: the address was changed, not the news."""
        outlet = one.lead.source.outlet.casefold()
        fresh = self._desk.now - timedelta(hours=self._desk.fresh_hours)
        for key in one.keys:
            if not key.startswith(("body:", "sketch:")):
                continue
            for known in self._under(key):
                at = known.published_at or known.first_seen
                if known.outlet.casefold() != outlet or at is None or at < fresh:
                    continue
                before = self._whole.get(known.id)
                if before is not None and _same(before, one.made.article):
                    return known
        return None

    def _under(self, key: str) -> tuple[Known, ...]:
        return self._recalled.get(key, ())


def _cause(one: Found, before: Article) -> str:
    """Why an article reads differently; as in `gathered.Version`."""
    if one.lead.again:
        return "again"
    return "whole" if before.partial and not one.made.article.partial else "outlet"


def _warnings(before: Article, after: Article, found: tuple[Change, ...]) -> tuple[str, ...]:
    """The new reading's warnings, those on the date as it stands, and a move told once."""
    dated = after.warnings
    if after.date == before.date:
        rest = [one for one in after.warnings if not one.startswith(("Датата ", "Датите "))]
        kept = [one for one in before.warnings if one.startswith(("Датата ", "Датите "))]
        dated = (*rest, *kept)
    moves = [one.sentence for one in found if one.kind is ChangeKind.DATE]
    return tuple(dict.fromkeys([*dated, *moves]))


def _another_id(article: Article) -> ArticleId:
    """The id of an article whose address another has; its own when it has no address."""
    for url in (article.url, article.canonical_url):
        if is_http(url):
            return identity.reused_id(identity_key(url), article.title)
    return article.id


def _same(before: Article, article: Article) -> bool:
    if before.partial or article.partial:
        return before.text == article.text and before.title == article.title
    return identity.containment(before.text, article.text) >= SAME_TEXT
