"""One document to one `Article`: an HTML page or a plain-text dump of one, told apart by content.

`extract` is the public stage. `read` gives the same with all date claims and the kind, which a
round needs to weigh a feed's date against the page's; `run_job` is `read` for a worker process.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import TypeAlias

from digest.bulgarian.typography import count
from digest.clock import zone as zone_of
from digest.collect import kinds, language, repair
from digest.collect.address import absolute, article_id, is_home, is_http, same_site
from digest.collect.dates import rank, url_claim
from digest.collect.draft import Draft
from digest.collect.dump import read_dump
from digest.collect.plain import CONTROLS
from digest.errors import BadInput
from digest.model import Agency, Article, DateClaim, Rights

MAX_BYTES = 3_000_000
"""A page of this size is no article; extraction time grows faster than the page."""
SECONDS = 20
"""What one document may cost in a worker."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article with the claims its date was chosen from and the language's certainty."""

    article: Article
    claims: tuple[DateClaim, ...] = ()
    kind: kinds.Kind = kinds.ARTICLE
    language: language.Language = field(default_factory=lambda: language.Language("bg", 0.0))


def extract(
    data: bytes,
    *,
    source: str,
    url: str = "",
    headers: Mapping[str, str] = {},
    fetched_at: datetime,
    agencies: Sequence[Agency] = (),
    language_hint: str = "bg",
    rights: Rights = Rights.LICENSED,
    zone: str = "Europe/Sofia",
    live: bool = False,
) -> Article:
    """The article in a page or dump of up to 3 MB.

    `source` names it for people, `url` is where it was fetched (empty for a file), `headers` are
    the server's, `fetched_at` bounds every date. `live` says that `fetched_at` is when the page was
    really fetched, so that „преди 2 часа“ counts from it. Raises BadInput when there is no text.
    """
    return read(
        data,
        source=source,
        url=url,
        headers=headers,
        fetched_at=fetched_at,
        agencies=agencies,
        language_hint=language_hint,
        rights=rights,
        zone=zone,
        live=live,
    ).article


def read(
    data: bytes,
    *,
    source: str,
    url: str = "",
    headers: Mapping[str, str] = {},
    fetched_at: datetime,
    agencies: Sequence[Agency] = (),
    language_hint: str = "bg",
    rights: Rights = Rights.LICENSED,
    zone: str = "Europe/Sofia",
    live: bool = False,
) -> Extracted:
    """As `extract`, with what the choice was made from."""
    body = repair.unpack(data, limit=MAX_BYTES)
    if len(body) > MAX_BYTES:
        raise _too_big(source, len(body))
    decoded = repair.decode(body, headers)
    text = decoded.text.replace("\x00", "")
    if not text.strip():
        raise _empty(source)
    if _is_noise(decoded.text[:20_000]):
        raise _no_text(source)
    where, now = zone_of(zone), fetched_at if live else None
    if is_html(text):
        from digest.collect.page import read_page

        draft = read_page(text, url=url, zone=where, agencies=agencies, now=now)
    else:
        draft = read_dump(text, zone=where, agencies=agencies, now=now)
    if not draft.title and not draft.paragraphs:
        raise _no_text(source)
    draft.warnings[:0] = decoded.warnings
    canonical = _canonical(draft, url)
    claimed = (url_claim(address, where) for address in (url, canonical))
    draft.claims.extend(islice((one for one in claimed if one is not None), 1))
    return _finish(
        draft,
        source=source,
        url=url,
        canonical=canonical,
        fetched_at=fetched_at,
        hint=language_hint,
        rights=rights,
    )


NOISE = 0.02
"""Part of control and replacement characters above which bytes are no text at all."""


def _is_noise(text: str) -> bool:
    data = text.encode("utf-8", "replace")
    controls = len(data) - len(data.translate(None, CONTROLS))
    return controls + text.count("\ufffd") > NOISE * len(text)


_TAG = re.compile(
    r"(?i)<(?:!doctype\s+html|html|head|body|div|p|article|main|span|h1|table|meta|title|br)\b[^<>]{0,2000}>"
)


_ROOT = re.compile(r"(?i)<(?:!doctype\s+html|html|head|body)\b")


def is_html(text: str) -> bool:
    """True for HTML by content: its opening tags, or a fragment with tags line after line.

    A dump in which a scraper left some tags is no page: its head would be lost.
    """
    head = text.lstrip()[:20_000]
    if re.match(
        r"(?i)(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[^\0])*-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
        head,
    ):
        return True
    if len(_TAG.findall(head)) < 3:
        return False
    lines = [line for line in head.splitlines() if line.strip()]
    tagged = sum(1 for line in lines if line.lstrip().startswith("<"))
    opened = lines[0].lstrip().startswith("<") and tagged * 2 >= len(lines)
    return opened or _ROOT.search(head) is not None


def _finish(
    draft: Draft,
    *,
    source: str,
    url: str,
    canonical: str,
    fetched_at: datetime,
    hint: str,
    rights: Rights,
) -> Extracted:
    _mend(draft)
    ranking = rank(draft.claims, fetched_at=fetched_at)
    spoken = language.judge(draft.title, draft.text, draft.language or hint)
    kind = kinds.judge(
        draft.title,
        draft.text,
        url=url,
        categories=draft.categories,
        labels=draft.labels,
        links=draft.links,
        link_share=draft.link_share,
        free=draft.free,
    )
    article = Article(
        id=article_id(url or canonical, draft.title, draft.text),
        title=draft.title,
        text=draft.text,
        source=source,
        url=url,
        canonical_url=canonical,
        lead=draft.lead,
        date=ranking.claim,
        fetched_at=fetched_at,
        author=draft.author,
        agencies=tuple(draft.agencies),
        language=spoken.code,
        rights=rights,
        image=draft.image,
        site_name=draft.site_name,
        categories=tuple(draft.categories),
        related=tuple(draft.related),
        removed=tuple(draft.removed),
        warnings=tuple(dict.fromkeys([*draft.warnings, *ranking.warnings])),
        kind=kind.name,
    )
    return Extracted(article, tuple(draft.claims), kind, spoken)


def _mend(draft: Draft) -> None:
    """Puts Cyrillic letters in the place of their Latin twins, and says so."""
    title, first = language.repaired(draft.title)
    lead, second = language.repaired(draft.lead or "")
    paragraphs = [language.repaired(one) for one in draft.paragraphs]
    words = first + second + sum(times for _, times in paragraphs)
    if words:
        draft.title, draft.lead = title, lead or None
        draft.paragraphs = [text for text, _ in paragraphs]
        verb = "Поправена е" if words == 1 else "Поправени са"
        draft.warnings.append(f"{verb} {count(words, 'дума')} с латински букви вместо кирилски.")


def _canonical(draft: Draft, url: str) -> str:
    """The address that a page claims, believed on its own site only and never its front page."""
    said = absolute(draft.canonical_url, url)
    if not said or is_home(said):
        return ""
    if is_http(url) and not same_site(said, url):
        draft.warnings.append("Страницата сочи за свой адрес чужд сайт; не се приема.")
        return ""
    return said


# ---- in a worker process


@dataclass(frozen=True, slots=True)
class Job:
    """One document for a worker: everything `read` takes."""

    data: bytes
    source: str
    url: str
    headers: tuple[tuple[str, str], ...]
    fetched_at: datetime
    agencies: tuple[Agency, ...]
    language_hint: str = "bg"
    rights: Rights = Rights.LICENSED
    zone: str = "Europe/Sofia"
    live: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """A document that could not be read: the three parts of its error, safe to send home."""

    what: str
    why: str
    fix: str


JobResult: TypeAlias = Extracted | Unread


def run_job(job: Job) -> JobResult:
    """Reads one document; a refusal comes back as a value (exceptions do not pickle well)."""
    try:
        return read(
            job.data,
            source=job.source,
            url=job.url,
            headers=dict(job.headers),
            fetched_at=job.fetched_at,
            agencies=job.agencies,
            language_hint=job.language_hint,
            rights=job.rights,
            zone=job.zone,
            live=job.live,
        )
    except BadInput as error:
        return Unread(error.what, error.why, error.fix)


def _empty(source: str) -> BadInput:
    return BadInput(
        f"„{source}“ е празен.", "В него няма нито един знак.", "Проверете файла или адреса."
    )


def _no_text(source: str) -> BadInput:
    return BadInput(
        f"От „{source}“ не се прочете текст.",
        "В документа няма заглавие и абзаци: може би страницата се сглобява от скрипт.",
        "Отворете адреса в браузър; ако има емисия, добавете нея.",
    )


def _too_big(source: str, size: int) -> BadInput:
    return BadInput(
        f"„{source}“ е твърде голям.",
        f"Той е {size // 1000} KB, а една статия не надхвърля {MAX_BYTES // 1000} KB.",
        "Дайте адреса на самата статия.",
    )
