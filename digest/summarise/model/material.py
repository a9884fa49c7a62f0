"""What a language model is shown of a story: numbered sentences of articles that allow it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digest.model import Article, ArticleId, Rights, Story
from digest.summarise.candidates import sentence_spans
from digest.summarise.headline import headline
from digest.summarise.lines import fold
from digest.summarise.model.orders import gives_orders
from digest.summarise.usable import foreign

MAY_BE_SHOWN = frozenset({Rights.LICENSED, Rights.FACTS})
"""`extract` leaves free the title and 100 characters, which is no material; `excluded` nothing."""

MOST_ARTICLES = 6
LONGEST = 600
"""Characters of a sentence that is shown: more is a list without stops."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence as the model sees it: its number from 1, and `text[start:end]`, folded."""

    number: int
    article_id: ArticleId
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that a text may rest on.

    `headline` is what is printed above the text; `title` is what of it the model sees: nothing when
    the article it comes from is kept back. `articles` are those of which something is shown, and
    the only evidence; `kept_back` says in Bulgarian which were not shown though their rights would
    allow it. Without sentences `why` says why there is nothing to show.
    """

    headline: str
    title: str
    sentences: tuple[Shown, ...]
    articles: tuple[Article, ...]
    rights: Rights
    kept_back: tuple[str, ...] = ()
    why: str = ""

    def article_of(self, number: int) -> Article:
        """The article of a shown sentence."""
        wanted = self.sentences[number - 1].article_id
        return next(one for one in self.articles if one.id == wanted)


def may_be_shown(story: Story) -> bool:
    """Whether the rights of any of its articles let a model see it."""
    return any(one.rights in MAY_BE_SHOWN for one in story.articles)


def material(story: Story, *, rights: Rights, most_chars: int) -> Material:
    """The story's sentences that may be shown, at most `most_chars` characters of them.

    The lead article first, then the others that are no reprints, each with an equal share from
    its beginning. `rights` is the most that is asked for: `extract` and `excluded` show nothing.
    """
    allowed = [a for a in _ordered(story) if a.rights in MAY_BE_SHOWN]
    if rights not in MAY_BE_SHOWN or not allowed:
        return _nothing(story, (), "Правата на източника не позволяват текст от езиков модел.")
    hostile = [a for a in allowed if gives_orders(f"{a.title}\n{a.lead or ''}\n{a.text}")]
    kept_back = tuple(_ordering(one) for one in hostile)
    pool = [a for a in allowed if a not in hostile and not foreign(a.text)][:MOST_ARTICLES]
    sentences = _numbered(pool, most_chars)
    if not sentences:
        return _nothing(story, kept_back, " ".join(kept_back) or "Статията няма текст за модела.")
    shown = {one.article_id for one in sentences}
    articles = tuple(a for a in pool if a.id in shown)
    mode = Rights.FACTS if rights is Rights.FACTS else Rights.LICENSED
    if any(one.rights is Rights.FACTS for one in articles):
        mode = Rights.FACTS
    printed = headline(story.lead)
    title = "" if story.lead in hostile else printed
    return Material(printed, title, sentences, articles, mode, kept_back)


def _ordered(story: Story) -> list[Article]:
    copies = {one.article_id for one in story.copies if one.kind == "reprint"}
    others = [a for a in story.articles if a.id != story.lead_article_id and a.id not in copies]
    return [story.lead, *others]


def _ordering(article: Article) -> str:
    outlet = article.outlet or article.site_name or article.source
    return (
        f"На модела не е показана статията от „{outlet}“: в нея има нареждания към езикови модели."
    )


def _nothing(story: Story, kept_back: tuple[str, ...], why: str) -> Material:
    return Material(headline(story.lead), "", (), (), Rights.EXCLUDED, kept_back, why)


def _numbered(pool: Sequence[Article], most_chars: int) -> tuple[Shown, ...]:
    found: list[Shown] = []
    for article in pool:
        left = most_chars // len(pool)
        for start, end in sentence_spans(article.text):
            text = fold(article.text[start:end])
            if not text or len(text) > LONGEST:
                continue
            left -= len(text)
            if left < 0:
                break
            found.append(Shown(len(found) + 1, article.id, start, end, text))
    return tuple(found)
