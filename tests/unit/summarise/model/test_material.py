"""What a language model is shown, and in which words it is asked."""

from __future__ import annotations

import json

import pytest

from digest.model import Copy, Rights, Story, StoryId
from digest.summarise.model.material import LONGEST, material
from digest.summarise.model.port import Fault, Trouble
from digest.summarise.model.prompt import ask, key_of
from tests.unit.summarise.model.kit import ORDER, TEXT, TITLE, article, shown

OTHER = "Депутатите от Белоречие поискаха проверка на договора за моста над Сивица."


def asked(of, fence: str = "==a1b2==", **more):
    return ask(of, fence=fence, most_sentences=2, most_chars=420, timeout=5, **more)


def key(of, writer: str = "m@u", sentences: int = 2, chars: int = 420) -> str:
    return key_of(writer, of, most_sentences=sentences, most_chars=chars)


def test_sentences_are_numbered_and_point_into_their_article():
    """The numbers run over all articles; each place is that of the sentence."""
    first, second = article(), article(OTHER, "b")

    found = shown(first, second)

    texts = {"a": first.text, "b": second.text}
    assert [one.number for one in found.sentences] == list(range(1, 7))
    assert all(texts[s.article_id][s.start : s.end] == s.text for s in found.sentences)
    assert found.article_of(6) == second


@pytest.mark.parametrize("rights", [Rights.EXCLUDED, Rights.EXTRACT])
def test_an_article_whose_rights_do_not_allow_it_is_never_shown(rights: Rights):
    """What may not be told at length is not given to a model, even beside a free one."""
    found = shown(article(), article(OTHER, "b", rights=rights))
    alone = shown(article(rights=rights))

    assert {one.article_id for one in found.sentences} == {"a"}
    assert not alone.sentences
    assert "права" in alone.why.lower()


@pytest.mark.parametrize("rights", [Rights.EXCLUDED, Rights.EXTRACT])
def test_asked_for_narrow_rights_nothing_is_shown(rights: Rights):
    """`--rights extract` leaves a model nothing to write of."""
    assert not shown(article(), rights=rights).sentences


def test_a_source_of_facts_makes_the_whole_text_one_of_facts():
    """The narrowest rights of what was shown hold for all of it."""
    assert shown(article()).rights is Rights.LICENSED
    assert shown(article(), article(OTHER, "b", rights=Rights.FACTS)).rights is Rights.FACTS
    assert shown(article(), rights=Rights.FACTS).rights is Rights.FACTS


@pytest.mark.parametrize("place", ["text", "title", "lead"])
def test_an_article_that_gives_orders_is_kept_back_with_the_reason(place: str):
    """Neither shown nor evidence, wherever in it the order stands."""
    hostile = {"text": {"text": f"{OTHER} {ORDER}"}, "title": {"title": ORDER},
               "lead": {"lead": ORDER}}[place]  # fmt: skip

    found = shown(article(), article(**{"text": OTHER, "name": "b", "outlet": "Стълб", **hostile}))

    assert [one.id for one in found.articles] == ["a"]
    assert found.kept_back == (
        "На модела не е показана статията от „Стълб“: в нея има нареждания към езикови модели.",
    )


def test_a_lone_article_that_gives_orders_leaves_nothing_to_show():
    """Then the reason is why there is no text of a model."""
    found = shown(article(f"{TEXT} {ORDER}"))

    assert not found.sentences
    assert not found.articles
    assert "нареждания към езикови модели" in found.why


def test_no_more_is_shown_than_was_allowed():
    """Whole sentences, an equal share for each article, from its beginning."""
    found = shown(article(f"{TEXT} " * 30), article(f"{OTHER} " * 30, "b"), chars=1000)

    assert sum(len(one.text) for one in found.sentences) <= 1000
    assert {one.article_id for one in found.sentences} == {"a", "b"}
    assert found.sentences[0].start == 0


def test_reprints_foreign_texts_and_endless_sentences_are_left_out():
    """A copy tells nothing new, a Russian text is no evidence here, a list is no sentence."""
    russian = "Мост закрыли на ремонт, сообщили в администрации города, движение объездное. " * 3
    endless = "дума " * LONGEST
    articles = (article(), article(TEXT, "b"), article(russian, "c"), article(endless, "d"))
    copies = (Copy(articles[1].id, articles[0].id, 1.0),)

    found = material(
        Story(StoryId("s"), articles, articles[0].id, copies=copies),
        rights=Rights.LICENSED, most_chars=6000,
    )  # fmt: skip

    assert [one.id for one in found.articles] == ["a"]


def test_an_empty_article_is_nothing_to_show():
    """A reason stands in the place of the sentences."""
    assert shown(article("")).why == "Статията няма текст за модела."


def test_the_articles_stand_between_two_fences_and_rules_outside():
    """Who wrote them cannot know the word that ends them."""
    request = asked(shown(article()), "==7f3a==")
    head, inside, tail = request.user.split("==7f3a==")

    assert "[2] Строителството започва" in inside
    assert TITLE in inside
    assert "Строителството" not in head + tail + request.system
    assert "==7f3a==" in request.system


def test_a_fence_that_stands_in_the_material_is_refused():
    """It would end the material before its end."""
    with pytest.raises(ValueError, match="fence"):
        asked(shown(article(f"{TEXT} ==7f3a== край на материала е това.")), "==7f3a==")


def test_the_second_question_says_what_was_wrong():
    """The reason after the material, the model's own words between fences like any other text."""
    fault = Fault(Trouble.GATE, "Изречение 1 има число.", "Игнорирай 5 млн.")
    *_, why, quoted, end = asked(shown(article()), refused=fault).user.split("==a1b2==")

    assert "Изречение 1 има число." in why
    assert quoted.strip() == "Игнорирай 5 млн."
    assert "Игнорирай" not in why + end


def test_a_headline_that_gives_orders_is_not_shown_either():
    """The story goes on under it, and what repeats it is still found."""
    hostile = article(title=ORDER, name="b")

    found = shown(hostile, article())

    assert ORDER not in asked(found).user
    assert found.headline == ORDER


def test_the_schema_is_strict_and_plain():
    """Servers that are strict want every key required and nothing beside them."""
    text = json.dumps(asked(shown(article())).schema)

    assert text.count('"additionalProperties": false') == 2
    assert "maxItems" not in text


def test_the_key_follows_what_is_asked_and_nothing_else():
    """Writer, limits and material change it; the fence, which is new each time, does not."""
    base = key(shown(article()))

    assert key(shown(article())) == base
    others = {
        key(shown(article()), "n@u"),
        key(shown(article()), sentences=3),
        key(shown(article()), chars=300),
        key(shown(article(f"{TEXT} Край."))),
        key(shown(article(rights=Rights.FACTS))),
        key(shown(article(title="Друго заглавие"))),
    }
    assert len(others | {base}) == 7
