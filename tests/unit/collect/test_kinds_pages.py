"""What the shape of a page says: badges and offers by where they stand, lists of cards."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from digest.collect.extract import Extracted, read

URL = "https://vesti.example.bg/novini/zavod-48213"
TITLE = "Две фирми искат да строят завода край Пролом"
STORY = (
    "Две компании са подали оферти за изграждане на завод край Пролом, съобщиха от министерството.",
    "Инвестицията се оценява на 240 милиона евро, а работните места ще бъдат около 900.",
    "Държавата предлага терена с изградена инфраструктура и данъчно облекчение за пет години.",
    "Местните хора ще бъдат попитани на обсъждане в читалището на квартала на 4 декември.",
)
OTHERS = (
    "Министърът подаде оставка след скандала с пътищата",
    "Как да спестим от отоплението тази зима",
    "Левскар победи Черно море с два гола",
    "Учени откриха нов вид гущер в планината",
    "Къде ще има режим на водата през уикенда",
    "Пекарят, който пътува из цялата област",
)

ABOUT = (
    "Премиерът прие оставката и обеща нов кандидат до края на седмицата, казаха от кабинета.",
    "Специалисти съветват да проверите прозорците и да намалите градусите през нощта.",
    "Домакините поведоха още в десетата минута и удвоиха преди почивката пред хиляда зрители.",
    "Видът живее само по южните склонове и се храни с насекоми, пише в изследването.",
)


def paragraphs(texts: tuple[str, ...]) -> str:
    return "".join(f"<p>{one}</p>" for one in texts)


def page(body: str, *, url: str = URL, title: str = TITLE) -> Extracted:
    html = f"<html lang='bg'><head><title>{title}</title></head><body>{body}</body></html>"
    return read(
        html.encode(), source="проба", url=url, fetched_at=datetime(2026, 11, 24, tzinfo=UTC)
    )


def article(*, top: str = "", middle: str = "", bottom: str = "", after: str = "") -> str:
    first, rest = paragraphs(STORY[:2]), paragraphs(STORY[2:])
    return (
        f"<main><article><h1>{TITLE}</h1>{top}<div class='body'>{first}{middle}{rest}{bottom}"
        f"</div></article>{after}</main>"
    )


def cards() -> str:
    return "".join(
        f"<article class='card'><h3><a href='/n/{n}'>{title}</a></h3>"
        f"<p>{ABOUT[n % 4]}</p></article>"
        for n, title in enumerate(OTHERS)
    )


@pytest.mark.parametrize(
    "badge",
    [
        "<div class='label-sponsored'>Платено съдържание</div>",
        "<span class='badge'>Платена публикация</span>",
        "<p class='meta'>Рекламна публикация на „ТермоСтар“</p>",
        "<div class='top'><span>Спонсорирано съдържание</span></div>",
        "<span class='post-label'>Sponsored content</span>",
        "<span class='badge'>Anzeige</span>",
        "<span class='kicker'>Publicité</span>",
        "<span class='label'>Publicidad</span>",
        "<span class='badge'>Werbung</span>",
        "<span class='badge'>На правах рекламы</span>",
    ],
)
def test_a_badge_beside_the_headline_marks_the_article(badge: str) -> None:
    """Between the article's start and its first paragraph."""
    assert page(article(top=badge)).kind.name == "sponsored"
    above = article().replace("<h1>", f"{badge}<h1>")
    assert page(above).kind.name == "sponsored"


@pytest.mark.parametrize(
    "places",
    [
        {"middle": "<div class='adslot'><span class='ad-label'>Реклама</span></div>"},
        {"middle": "<div class='inread'><span class='label'>Реклама</span></div>"},
        {"top": "<div class='adslot'><span class='label'>Anzeige</span></div>"},
        {"top": "<ins class='adsbygoogle'><span class='badge'>Платено съдържание</span></ins>"},
        {"top": "<div class='banner'><span class='badge'>Платена публикация</span></div>"},
        {"top": "<a class='category' href='/c/reklama'>Реклама</a>"},
        {"top": "<span class='category'>Реклама</span>"},
        {"top": "<div class='box'><span class='badge'>Платено съдържание</span><h3>"
                f"<a href='/x'>{OTHERS[1]}</a></h3></div>"},
        {"after": "<div class='card'><span class='badge'>Платено съдържание</span>"
                  f"<a href='/x'>{OTHERS[1]}</a></div>"},
        {"bottom": "<div class='card'><span class='badge'>Sponsored content</span>"
                   f"<a href='/x'>{OTHERS[1]}</a></div>"},
    ],
)  # fmt: skip
def test_labels_of_banners_and_of_other_articles_mark_nothing(places: dict[str, str]) -> None:
    """An ad slot, a link to a section, a card before or after the text."""
    assert page(article(**places)).kind.name == "article"


@pytest.mark.parametrize(
    "offer",
    [
        "<div class='pw-box'><h3>Тази статия е само за абонати</h3>"
        "<a href='/ab'>Абонирай се</a></div>",
        "<div class='gate'><h3>Пълният текст е достъпен за абонати</h3><a href='/in'>Вход</a></div>",
        "<div class='pw'><p>За да прочетете <a href='/ab'>цялата статия</a>, абонирайте се.</p></div>",
        "<div class='pw'><h4>Изберете абонамент</h4><a href='/ab'>Месечен</a></div>",
        "<div class='paywall'><p>Weiterlesen mit Plus. Sie sind bereits Abonnent?</p></div>",
    ],
)
def test_an_offer_in_a_box_after_a_short_text_is_a_paywall(offer: str) -> None:
    """Extraction throws the box away; the page has said it all the same."""
    assert page(article(bottom=offer)).kind.name == "paywall"


@pytest.mark.parametrize(
    "frame",
    [
        "<header><div>Вече сте абонат? <a href='/in'>Вход</a></div></header>{}",
        "<nav><div>Тази статия е само за абонати</div></nav>{}",
        "{}<footer><p>Изберете абонамент от 5 евро</p></footer>",
        "{}<div class='offer'><h4>Изберете абонамент</h4></div>",
        "{}<div style='display: none'><p>За да прочетете статията, абонирайте се.</p></div>",
        "{}<aside><p>За да прочетете броя, купете абонамент.</p></aside>",
        "{}<div class='card'><span>Само за абонати</span><h3><a href='/x'>" + OTHERS[0] +
        "</a></h3></div>",
        "{}<div class='item'><b>Тази статия е само за абонати</b><a href='/x'>" + OTHERS[0] +
        "</a></div>",
    ],
)  # fmt: skip
def test_offers_in_the_furniture_of_a_page_are_no_paywall(frame: str) -> None:
    """A free short article on the site of a newspaper that sells subscriptions."""
    assert page(frame.format(article())).kind.name == "article"


def test_a_mere_offer_in_a_card_inside_the_article_is_anothers() -> None:
    """„Само за абонати“ on a teaser between two paragraphs is the teaser's."""
    teaser = f"<div class='t'><b>Само за абонати</b><h4><a href='/x'>{OTHERS[0]}</a></h4></div>"

    assert page(article(middle=teaser)).kind.name == "article"


@pytest.mark.parametrize(
    "body",
    [
        f"<main><h1>Новини от България</h1>{cards()}</main>",
        f"<main><h1>Общество</h1><p>Новини за обществото.</p><section>{cards()}</section></main>",
        "<main>" + cards().replace("article", "li") + "</main>",
        "<main><h1>Спорт</h1>" + "".join(
            f"<div class='row'><a href='/n/{n}'><h2>{title}</h2></a><p>{ABOUT[n % 4]}</p></div>"
            for n, title in enumerate(OTHERS)) + "</main>",
    ],
)  # fmt: skip
def test_a_page_of_cards_is_a_listing(body: str) -> None:
    """Neighbours with a linked heading and a description each, and nothing beside them."""
    found = page(body, url="https://vesti.example.bg/bulgaria/", title="Новини от България")

    assert found.kind.name == "listing"


def test_cards_under_an_article_make_no_listing() -> None:
    """Whatever stands under it, a page with a text of its own is an article."""
    for after in (cards(), f"<section><h2>Още новини</h2>{cards()}</section>"):
        assert page(article(after=after)).kind.name == "article"


def test_the_front_page_of_a_site_is_never_an_article() -> None:
    """The root of a site changes every hour, whatever stands on it."""
    assert page(article(), url="https://vesti.example.bg/").kind.name == "listing"
    assert page(article(), url="https://vesti.example.bg/bg/").kind.name == "listing"
    assert page(article()).kind.name == "article"


def test_an_error_page_with_teasers_is_an_error_page() -> None:
    """The headline says it; the cards under it are no text."""
    body = f"<main><h1>Опа! Страницата не е намерена</h1><p>Вижте тези новини.</p>{cards()}</main>"

    assert page(body, title="Страницата не е намерена").kind.name == "error-page"


def test_a_short_news_item_beside_a_column_of_headlines_is_an_article() -> None:
    """More than half of the words of the page are links, and still the page is one article."""
    column = "".join(f"<div><a href='/n/{n}'>{OTHERS[n % 6]} ({n})</a></div>" for n in range(30))

    assert page(article(after=f"<div class='c'>{column}</div>")).kind.name == "article"
