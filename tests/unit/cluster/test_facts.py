"""What a story says beside its articles: disputed figures, section, printed line."""

from __future__ import annotations

import json

from digest.cluster.disagree import disagreements
from digest.model.lines import story_dict
from tests.unit.cluster.newsroom import article, budget, fire, fire_retold, grouped


def test_differing_tolls_stand_side_by_side_with_their_places():
    """„ранени 14 души“ and „пострадали 17“ dispute one fact; each value is cut from its text."""
    one, two = fire(), fire_retold()
    (found,) = disagreements((one, two))
    assert found.fact == "ранени"
    texts = {one.id: one.text, two.id: two.text}
    assert [v.value for v in found.values] == ["14 души", "17 \nдуши".replace("\n", "")]
    assert all(texts[v.article_id][v.start : v.end] == v.value for v in found.values)


def test_equal_tolls_in_words_and_digits_agree():
    """„двама загинали“ and „2 загинали“ are one number."""
    one = article("x", "Удар", "При удара има двама загинали шофьори на пътя.")
    two = article("y", "Удар", "Полицията потвърди за 2 загинали на място.")
    assert disagreements((one, two)) == ()


def test_figures_of_different_facts_are_no_dispute():
    """A price and a length, or two unlike sentences, are not compared."""
    one = article("x", "Мост", "Мостът ще струва 12 милиона евро и ще е готов през пролетта.")
    two = article("y", "Мост", "Кметът получава заплата от 3000 евро на месец.")
    assert disagreements((one, two)) == ()


def test_differing_sums_for_one_thing_are_disputed():
    """The same sentence with another sum is a disagreement."""
    one = article("x", "Мост", "Строежът на моста край Самоков ще струва общо 12 милиона евро.")
    two = article("y", "Мост", "Строежът на моста край Самоков струва общо 15 милиона евро.")
    (found,) = disagreements((one, two))
    assert [v.value for v in found.values] == ["12 милиона евро", "15 милиона евро"]


def test_the_source_names_the_section_first():
    """A source's own category wins over the vocabulary."""
    (story,) = grouped(budget(categories=("Инциденти",)))
    assert story.topic == "bulgaria"


def test_else_the_words_name_it():
    """A title word of a section's vocabulary is enough."""
    (story,) = grouped(article("t", "Инфлация от 3%", "Цените и бюджетът растат в Самоков."))
    assert story.topic == "ikonomika"


def test_an_unsure_story_goes_to_the_general_section():
    """Without category and vocabulary there is the general section."""
    (story,) = grouped(article("t", "Котка спаси кученце", "Случаят развълнува квартала в Русе."))
    assert story.topic == "obshtestvo"


def test_the_printed_line_has_the_keys_of_the_contract():
    """Every key of `digest cluster --json`, as plain data."""
    rows = [story_dict(s) for s in grouped(fire(), fire_retold(), fire("d"), budget())]
    row = json.loads(json.dumps(rows[0], ensure_ascii=False))
    assert list(row) == [
        "story_id", "article_ids", "lead_article_id", "independent_sources", "voices", "copies",
        "disagreements", "topic", "topic_confidence", "topic_why", "place", "why",
    ]  # fmt: skip
    assert row["voices"][0].keys() == {"name", "kind", "article_ids", "why"}
    assert row["copies"][0].keys() == {"article_id", "copy_of", "containment", "differences"}
    assert row["disagreements"][0]["values"][0].keys() == {
        "value", "article_id", "start", "end", "outlet", "at", "latest",
    }  # fmt: skip
