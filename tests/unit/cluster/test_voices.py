"""How many independently tell a story, and why several articles count as one voice."""

from __future__ import annotations

from itertools import permutations

import pytest

from digest.cluster.credits import wires
from digest.cluster.voices import voices
from digest.model import Agency, Article, ArticleId, Copy, Newsroom, Outlet, Voice

AGENCIES = (
    Agency("БТА", ("БТА", "BTA", "Българската телеграфна агенция")),
    Agency("Ройтерс", ("Ройтерс", "Reuters")),
    Agency("АП", ("АП", "AP", "Асошиейтед прес")),
    Agency("Фокус", ("Фокус", "Агенция „Фокус“", "Focus")),
    Agency("Блумбърг", ("Блумбърг", "Bloomberg")),
    Agency("ТАСС", ("ТАСС", "TASS")),
)
NEWSROOM = Newsroom(
    (),
    outlets=(
        Outlet("БТА", "БТА", ("bta.example.bg",), "agency"),
        Outlet("Утро", "Преса Холдинг", ("utro.example.bg",), aliases=("в. „Утро“",)),
        Outlet("Вечер", "Преса Холдинг", ("vecher.example.bg",)),
        Outlet("Обед", "Обед ООД", ("obed.example.bg",)),
    ),
    agencies=AGENCIES,
)
OWN = "Наш репортер беше на мястото и разговаря с хората, които видяха всичко. "


def tells(name: str, outlet: str = "", text: str = OWN, **more: object) -> Article:
    return Article(ArticleId(name), "Склад горя", text, outlet=outlet, **more)


def copy(one: str, of: str, share: float = 1.0) -> Copy:
    return Copy(ArticleId(one), ArticleId(of), share)


def told(articles: list[Article], *copies: Copy) -> tuple[Voice, ...]:
    return voices(articles, copies, NEWSROOM)


def shown(articles: list[Article], *copies: Copy) -> list[tuple[str, str, str]]:
    return [(v.kind, v.name, v.why) for v in told(articles, *copies)]


# ---- what is a credit


@pytest.mark.parametrize(
    "text",
    [
        "София, 12 ноември /БТА/ Склад горя през нощта.",
        "БТА – Пожар избухна в склад край града.",
        "ВАШИНГТОН (Ройтерс) – Президентът подписа закона.",
        "Пред БТА кметът обясни, че пътят е чист.",
        "Кметът заяви в събота пред агенция „Фокус“, че пътят е чист.",
        "Огънят е угасен, съобщиха за БТА от полицията.",
        "Складът горя, съобщи „Ройтерс“.",
        "„Ройтерс“ съобщава за трима ранени.",
        "Според Асошиейтед прес ранените са двама.",
        "A fire broke out at night, Reuters reported.",
        "A fire broke out at night, the mayor told AP.",
        "Двама са ранени. Източник: БТА",
        "Двама са ранени.\n\n/ТАСС/",
    ],
)
def test_a_credit_is_read_wherever_outlets_print_it(text):
    """Tags, datelines, sayings and English ones."""
    assert len(wires(AGENCIES).credited(tells("a", text=text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Министърът критикува БТА. Това каза шефът на БТА",
        "Протест пред БТА, каза синдикатът.",
        "Директорът на Българската телеграфна агенция (БТА) подаде оставка.",
        "Говорител на Апелативната прокуратура (АП) каза това.",
        "Потвърдиха го от Апелативната прокуратура (АП).",
        "Темата е на фокус тази седмица. Фокус на срещата беше сигурността.",
        "Майкъл Блумбърг заяви, че се отказва.",
        "Гостът каза пред Bloomberg TV Bulgaria, че лихвите падат.",
        "Пожар в склад. Снимка: БТА",
        "Служители в БТА съобщиха за забавени заплати.",
        "Ройтерс съкращава служители в Европа.",
        "БТА – най-старата агенция в страната, празнува.",
    ],
)
def test_an_agency_that_is_only_spoken_of_is_no_origin(text):
    """The subject of the news, a common word, another name, the author of a photo."""
    assert wires(AGENCIES).credited(tells("a", text=text)) == ()


def test_an_agency_cited_for_one_paragraph_is_not_the_origin_of_a_long_report():
    """A saying in the middle of an own text; at its head, its end, or repeated it counts."""
    middle = OWN * 9 + "Друго каза кметът пред БТА. " + OWN * 9
    again = OWN * 9 + "Друго каза кметът пред БТА. " + OWN * 5 + "БТА съобщи и това. " + OWN * 5

    assert wires(AGENCIES).credited(tells("a", text=middle)) == ()
    assert wires(AGENCIES).credited(tells("a", text="Това съобщи БТА. " + OWN * 18)) == ("БТА",)
    assert wires(AGENCIES).credited(tells("a", text=OWN * 18 + "Това съобщи БТА.")) == ("БТА",)
    assert wires(AGENCIES).credited(tells("a", text=again)) == ("БТА",)


def test_a_headline_credits_with_a_colon():
    """„Ройтерс: …“; a name with another mark behind it is the subject."""

    def headed(title: str) -> tuple[str, ...]:
        return wires(AGENCIES).credited(Article(ArticleId("a"), title, OWN))

    assert (
        headed("Ройтерс: Заводът затваря") == headed("„Ройтерс“: Заводът затваря") == ("Ройтерс",)
    )
    assert headed("Ройтерс затваря бюрото си в Примерово") == ()


# ---- who is one voice


def test_one_article_that_credits_an_agency_says_so():
    """The editor sees that it is no voice of its own."""
    assert shown([tells("a", "Утро", agencies=("BTA",))]) == [
        ("agency", "БТА", "Позовава се на БТА.")
    ]


def test_the_text_of_the_agency_itself_needs_no_reason():
    """By name or by host."""
    by_host = tells("b", url="https://www.bta.example.bg/bg/news/1")
    assert shown([tells("a", "BTA")]) == [("agency", "БТА", "")]
    assert shown([by_host]) == [("agency", "БТА", "")]
    assert shown([tells("a", "БТА"), by_host]) == [
        ("agency", "БТА", "Две статии на самата агенция.")
    ]


def test_reprints_are_counted_in_words():
    """Three outlets of which one leaves the credit out and is known by its text."""
    articles = [
        tells("w", "БТА"),
        tells("a", "Утро", agencies=("БТА",)),
        tells("b", "Обед", agencies=("БТА",)),
        tells("c", "Пладне"),
    ]
    (voice,) = told(articles, copy("a", "w"), copy("b", "w"), copy("c", "b"))
    assert (voice.kind, voice.name, len(voice.article_ids)) == ("agency", "БТА", 4)
    assert voice.why == (
        "Три издания препечатват БТА. „Пладне“ не посочва агенцията, но текстът е същият."
    )


def test_credits_without_common_text_are_no_reprints():
    """Two own wordings of one agency's news."""
    articles = [tells("a", "Утро", agencies=("БТА",)), tells("b", "Обед", agencies=("БТА",))]
    assert shown(articles) == [("agency", "БТА", "Две издания се позовават на БТА.")]


def test_an_uncredited_original_of_a_credited_copy_is_the_agencys():
    """Through any chain of copies, whichever of them names the agency."""
    articles = [tells("a", "Утро"), tells("b", "Обед"), tells("c", "Пладне", agencies=("АП",))]
    assert [v.kind for v in told(articles, copy("b", "a"), copy("c", "b"))] == ["agency"]


def test_agencies_credited_together_are_one_origin():
    """Who names two of them does not say which told it first."""
    articles = [
        tells("a", "Утро", agencies=("БТА",)),
        tells("b", "Обед", agencies=("Ройтерс",)),
        tells("c", "Пладне", agencies=("БТА", "Ройтерс")),
    ]
    (voice,) = told(articles)
    assert voice.name == "БТА"
    assert voice.why.endswith("БТА и Ройтерс са посочени заедно, затова са един източник.")


def test_two_agencies_that_nobody_ties_are_two_voices():
    """Each is an independent teller."""
    articles = [tells("a", "Утро", agencies=("БТА",)), tells("b", "Обед", agencies=("Ройтерс",))]
    assert len(told(articles)) == 2


def test_outlets_of_one_owner_are_one_voice_by_name_alias_or_host():
    """Three ways to know two outlets of one house."""
    articles = [
        tells("a", "в. Утро"),
        tells("b", "ВЕЧЕР"),
        tells("c", url="https://sport.vecher.example.bg/1"),
    ]
    assert shown(articles) == [("owner", "Преса Холдинг", "Един собственик: Преса Холдинг.")]


def test_two_spellings_of_one_outlet_are_one_outlet():
    """Not two outlets of one owner."""
    articles = [tells("a", "Утро"), tells("b", "в. „Утро“")]
    assert shown(articles) == [("outlet", "Утро", "Две статии на „Утро“.")]


def test_a_host_counts_only_on_the_border_of_a_label():
    """„drugoutro.example.bg“ is not „utro.example.bg“."""
    articles = [tells("a", "Утро"), tells("b", url="https://drugoutro.example.bg/1")]
    assert len(told(articles)) == 2


def test_a_copy_speaks_with_the_voice_of_its_original():
    """Word for word or cut, from one outlet or by several."""
    one, other, third = tells("a", "Обед"), tells("b", "Пладне"), tells("c", "Утро")
    assert shown([one, other], copy("b", "a"))[0][2] == "„Пладне“ препечатва „Обед“ дословно."
    assert shown([one, other], copy("b", "a", 0.8))[0][2] == "„Пладне“ препечатва „Обед“."
    assert shown([one, other, third], copy("b", "a"), copy("c", "a"))[0][2] == (
        "Две издания препечатват „Обед“."
    )


def test_articles_of_unknown_origin_are_one_voice_with_its_reason():
    """Nothing says that they are independent."""
    assert shown([tells("a"), tells("b")])[0][2] == (
        "Не е известно кой ги публикува, затова се броят за един глас."
    )


def test_a_single_own_article_needs_no_reason():
    """A voice of one."""
    assert shown([tells("a", "Обед")]) == [("outlet", "Обед", "")]


def test_voices_do_not_depend_on_the_order_of_the_articles():
    """The same set of voices from every order."""
    articles = [
        tells("a", "Утро", agencies=("БТА",)),
        tells("b", "Вечер"),
        tells("c", "Обед", agencies=("Ройтерс", "БТА")),
        tells("d", "Утро"),
        tells("e", "Пладне"),
    ]
    copies = (copy("e", "c"),)
    every = {
        frozenset((v.kind, v.name, frozenset(v.article_ids)) for v in told(list(order), *copies))
        for order in permutations(articles)
    }
    assert len(every) == 1
