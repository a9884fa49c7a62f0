"""What a round has found so far: articles once each, refusals with reasons, visits of sources."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import replace

from digest.collect.address import body_key, identity_key, key_of, short_hash
from digest.collect.assemble import Refusal
from digest.collect.harvest import Harvest, Rejected, Visit
from digest.errors import DigestError
from digest.model import Article, ArticleId, Source


class Basket:
    """Gathers results in any order and gives them in the order of the sources.

    `known` holds identity keys or article ids that are stored already.
    """

    def __init__(self, known: Container[str]) -> None:
        self._known = known
        self._visits: dict[str, Visit] = {}
        self._found: list[tuple[Source, Article]] = []
        self._rejected: list[Rejected] = []
        self._reused: set[str] = set()
        self._known_count = 0

    def knows(self, key: str) -> bool:
        """True, and counted, when the article of this identity key is stored already."""
        stored = bool(key) and (key in self._known or short_hash(key) in self._known)
        self._known_count += stored
        return stored

    def keep(self, source: Source, url: str, title: str, made: Article | Refusal) -> None:
        """Keeps an article that is not stored yet, or the refusal."""
        if isinstance(made, Refusal):
            self.reject(source, url, title, made.code, made.reason)
        elif made.id in self._known or key_of(made) in self._known:
            self._known_count += 1
        else:
            self._found.append((source, made))

    def keep_reused(self, source: Source, key: str, made: Article | Refusal, title: str) -> None:
        """As `keep` for an address that already stands for another article of this round."""
        if isinstance(made, Article):
            made = replace(made, id=ArticleId(short_hash(f"{key}\n{body_key('', title)}")))
            self._reused.add(made.id)
        self.keep(source, key, title, made)

    def reject(self, source: Source, url: str, title: str, code: str, reason: str) -> None:
        """Notes a document that did not become an article."""
        self._rejected.append(Rejected(source.id, url, title, code, reason))

    def visit(self, visit: Visit) -> None:
        """Notes how a source answered."""
        self._visits[visit.source_id] = visit

    def failed(self, source: Source, error: DigestError) -> None:
        """Notes a source that could not be read; its validators stay as they were."""
        self.visit(
            Visit(
                source.id,
                ok=False,
                etag=source.etag,
                last_modified=source.last_modified,
                error=error,
                kind=source.kind,
            )
        )

    def harvest(self, sources: Sequence[Source]) -> Harvest:
        """Everything in the order of the sources, each article and each text of an outlet once."""
        order = {source.id: place for place, source in enumerate(sources)}
        kept: list[Article] = []
        seen: dict[str, Article] = {}
        for source, article in sorted(self._found, key=lambda pair: order[pair[0].id]):
            keys = _keys(source, article, reused=article.id in self._reused)
            twin = next((seen[k] for k in keys if k in seen), None)
            if twin is not None:
                reason = f"Същата статия вече е събрана: „{twin.title[:80]}“."
                self.reject(source, article.url, article.title, "duplicate", reason)
                continue
            seen.update(dict.fromkeys(keys, article))
            kept.append(article)
        visits = tuple(self._visits[s.id] for s in sources if s.id in self._visits)
        return Harvest(
            tuple(kept),
            visits,
            tuple(self._rejected),
            fetched=sum(1 for v in visits if v.ok and not v.not_modified),
            not_modified=sum(1 for v in visits if v.not_modified),
            failed=sum(1 for v in visits if not v.ok),
            known=self._known_count,
        )


def _keys(source: Source, article: Article, *, reused: bool) -> list[str]:
    """What must not come twice: an address, and a body within one outlet.

    The same body in two outlets is a reprint and counts as coverage; clustering tells.
    """
    keys = [str(article.id)]
    if not reused:
        keys.append(key_of(article))
        if article.canonical_url:
            keys.append(identity_key(article.canonical_url))
    if not article.partial:
        keys.append(f"{source.outlet.casefold()} {body_key('', article.text)}")
    return keys


def retitled(before: str, now: str) -> bool:
    """True when two titles at one address share so few words that they are two articles.

    A reused address with another title and body is a new article (feedbin/support issue 604).
    """
    one, other = (set(re.findall(r"\w{3,}", title.casefold())) for title in (before, now))
    return bool(one and other) and len(one & other) < 0.3 * min(len(one), len(other))
