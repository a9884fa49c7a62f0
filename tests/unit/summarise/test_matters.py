"""„Защо е важно“: stated by a source, or not there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.model import (
    Article,
    ArticleId,
    Rights,
    Sentence,
    Story,
    StoryId,
    Summary,
)
from digest.summarise.extractive import for_article
from digest.summarise.faithful import check, passes
from digest.summarise.matters import matters

TITLE = "Общината вдига таксата за паркиране"
TOLD = "Общината повиши таксата за паркиране в центъра на Каменград на 2 евро на час."
AFTER = "Кметът Живко Радоев ще се срещне с търговците в петък следобед."


def article(*sentences: str, **more: object) -> Article:
    return Article(ArticleId("a"), TITLE, " ".join(sentences), **more)


def summary(source: Article, *taken: str) -> Summary:
    places = [(source.text.index(one), one) for one in taken]
    sentences = tuple(Sentence(one, source.id, at, at + len(one)) for at, one in places)
    return Summary("s", TITLE, " ".join(taken), taken[0], sentences, rights=source.rights)


def line(*sentences: str, taken: tuple[str, ...] = (TOLD,)) -> str | None:
    source = article(*sentences)
    found = matters(for_article(source), summary(source, *taken))
    return found.text if found else None


@pytest.mark.parametrize(
    "states",
    [
        "Това означава, че месечният абонамент ще струва 60 евро вместо 40.",
        "За търговците това означава по-малко клиенти в почивните дни.",
        "Промяната засяга над 14 000 жители на старата част на града.",
        "Увеличението ще засегне над 14 000 жители на старата част на града.",
        "От таксата зависи колко паркоместа ще се освободят до пролетта.",
        "Таксата ще доведе до 300 000 евро повече приходи в бюджета за годината.",
        "Тази промяна ще се отрази на 14 000 жители на центъра и на гостите му.",
        "Това е важно, защото в центъра има едва 900 места за паркиране.",
    ],
)
def test_a_stated_consequence_is_the_line(states: str) -> None:
    """Word for word, with the place where the article says it."""
    source = article(TOLD, states, AFTER)
    found = matters(for_article(source), summary(source, TOLD))

    assert found is not None
    assert found.text == states == source.text[found.start : found.end]
    assert passes(check(found.text, (source,)))


@pytest.mark.parametrize(
    "near",
    [
        "Това не означава, че абонаментът за живеещите в центъра поскъпва.",
        "Това може да означава по-малко коли в центъра на града през лятото.",
        "Това означава ли, че абонаментът за живеещите ще поскъпне отново?",
        "Това означава, че ще плащаме повече за същото място пред дома си.",
        "Промяната засяга над 14 000 жители на центъра, заяви кметът Радоев.",
        "Според кмета промяната засяга над 14 000 жители на старата част.",
        "Ако бъде приета, промяната ще засегне над 14 000 жители на центъра.",
        "Промяната ще засегне над 14 000 жители, ако съветът я приеме в петък.",
        "„Това означава, че центърът ще диша по-леко“, каза Живко Радоев.",
        "Жената засяга темата за таксата всяка седмица в кварталния вестник.",
        "Картината означава много за хората, които живеят в центъра на града.",
        "Това, че мястото струва 2 евро, означава много за малките магазини.",
        "От кмета зависи дали търговците ще получат отговор до края на годината.",
        "Важното е да се отделя сухата храна от мократа, пише в указанията.",
    ],
)
def test_what_only_looks_like_one_is_not(near: str) -> None:
    """Denied, supposed, asked, said by somebody, or no consequence of the news at all."""
    assert line(TOLD, near, AFTER) is None


def test_the_antecedent_must_have_been_read_last() -> None:
    """„Това“ points at the sentence before it; when that is not the summary's last, at nothing."""
    means = "Това означава, че месечният абонамент ще струва 60 евро вместо 40."
    other = "Синята зона обхваща вече и улиците около гарата и пазара в южния край."

    assert line(TOLD, other, means) is None
    assert line(TOLD, AFTER, means, taken=(TOLD,)) is None
    assert line(TOLD, means, taken=(TOLD,)) == means


def test_a_thing_that_was_not_told_of_is_no_antecedent() -> None:
    """The reader of the summary has read of a rate, not of a repair."""
    assert line(TOLD, AFTER, "Ремонтът ще засегне 14 000 жители на старата част.") is None


def test_what_the_summary_says_is_not_said_twice() -> None:
    """A consequence that is in the summary needs no line."""
    means = "Това означава, че месечният абонамент ще струва 60 евро вместо 40."

    assert line(TOLD, means, AFTER, taken=(TOLD, means)) is None


@pytest.mark.parametrize("rights", [Rights.EXTRACT, Rights.FACTS, Rights.EXCLUDED])
def test_a_source_without_a_contract_gives_no_line(rights: Rights) -> None:
    """A whole sentence from further in is no free extract."""
    means = "Промяната засяга над 14 000 жители на старата част на града."
    source = article(TOLD, means)
    narrow = replace(source, rights=rights)

    assert matters(for_article(narrow), summary(source, TOLD)) is None


def test_there_is_one_line_and_the_lead_article_gives_it() -> None:
    """Two outlets state a consequence; the reader gets that of the first."""
    first = article(TOLD, "Промяната засяга над 14 000 жители на старата част на града.")
    second = Article(
        ArticleId("b"), TITLE, f"{TOLD} Промяната засяга и всички 300 търговци от пазара."
    )
    story = Story(StoryId("s"), (second, first), first.id)

    found = matters(story, summary(first, TOLD))

    assert found is not None
    assert found.article_id == first.id
