"""The desk shows of every sentence its source and the gate's word, and takes an editor's text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.actions import editions, reviewing
from digest.actions.app import App
from digest.gathered import Gathered
from digest.model import (
    ArticleId,
    Edition,
    EditionState,
    EditionStory,
    Origin,
    Rights,
    Sentence,
    StoryId,
)
from digest.review.states import Resummarise
from tests.integration import web_kit as kit

HERE = f"/izdanie/{kit.edition().id}"
LEAD = StoryId("s1")
WRONG = "Мостът над Камчия край Пролом се отваря за леки коли в неделя сутринта."
LONG = (
    "Кметът на Пролом Вяра Щъркелова (Shtarkelova) откри обновената читалня край реката. "
    "В нея има 300 места."
)
SHORT = "Кметът на Пролом Вяра Щъркелова откри обновената читалня край реката."


def revised(app: App, **fields: object) -> EditionStory:
    """The lead story with other fields, as a draft would have them."""
    with app.store.work() as work:
        now = work.editions.get(kit.edition().id)
        story = replace(now.stories[0], **fields)
        part = replace(now.sections[0], stories=(story,))
        work.editions.save(
            replace(now, revision=now.revision + 1, sections=(part, *now.sections[1:]))
        )
    return story


def page(app: App, address: str = kit.APPROVER) -> str:
    text = kit.Browser(app).sign_in(address).get(HERE).text
    return text.replace("\u00a0", " ").replace("&nbsp;", " ")


def now(app: App) -> Edition:
    return editions.get(app, kit.edition().id)


def send(app: App, text: str, address: str = "editor@example.bg", **more: str):
    form = {"story": LEAD, "tekst": text, "revision": str(now(app).revision), **more}
    return kit.Browser(app).sign_in(address).post(f"{HERE}/tekst", data=form)


def test_every_sentence_shows_outlet_title_and_the_words_it_rests_on(app: App) -> None:
    """Each with what stands beside it in the article, a link, and „Потвърдено“."""
    shown = page(app)

    assert shown.count("Потвърдено") == 3
    assert f'<span class="outlet">Проломски вести</span>: {kit.ARTICLES[0].title}' in shown
    assert f"<blockquote><b>{kit.FIRST}</b> {kit.SECOND}</blockquote>" in shown
    assert f"<blockquote>{kit.FIRST} <b>{kit.SECOND}</b></blockquote>" in shown
    assert "Към статията в „Проломски вести“" in shown


def test_what_compression_left_out_is_struck_through(app: App) -> None:
    """The source sentence stands whole, the cut in it marked."""
    with app.store.work() as work:
        work.articles.add_new((kit.article(7, LONG, title="Читалня", outlet="Стълб"),))
    cut = LONG.index(" (Shtarkelova)")
    sentence = Sentence(SHORT, ArticleId("a7"), 0, LONG.index(" В нея"), ((cut, cut + 14),))
    revised(app, summary=SHORT, sentences=(sentence,))

    assert "<del> (Shtarkelova)</del>" in page(app)


def test_a_fault_is_marked_in_the_sentence_and_told_in_plain_words(app: App) -> None:
    """What is wrong, what was found, what the source says; the source stands open beside it."""
    reviewing.edit(app, "latest", Resummarise(LEAD, WRONG), by="editor@example.bg")

    shown = page(app)

    assert "Непотвърдено" in shown
    assert "<mark>неделя</mark>" in shown
    assert "Датата не е тази на източника:</strong> „неделя“; в източника: събота" in shown
    assert '<details class="place" open>' in shown
    assert "одобрите ли го така, е на ваше име" in shown


def test_a_sentence_that_the_outlet_withdrew_is_shown_as_unconfirmed(app: App) -> None:
    """The desk asks the articles as they read now."""
    other = replace(kit.ARTICLES[0], text="Мостът остава затворен до пролетта, каза кметът.")
    with app.store.work() as work:
        work.articles.alter(Gathered(other), (), at=kit.NOW, cause="outlet")

    assert "Непотвърдено" in page(app)


@pytest.mark.parametrize(
    ("rights", "words"),
    [
        (Rights.LICENSED, "С договор или свое – цитират се цели изречения."),
        (Rights.EXTRACT, "Свободен откъс – заглавието и до 100 знака от началото."),
        (Rights.FACTS, "Само факти, със свои думи – до 100 еднакви знака подред"),
    ],
)
def test_the_meter_says_what_is_repeated_and_what_may_be(
    app: App, rights: Rights, words: str
) -> None:
    """Mode and limit in words, longest run in characters, share of the article in percent."""
    with app.store.work() as work:
        work.articles.alter(
            Gathered(replace(kit.ARTICLES[0], rights=rights)), (), at=kit.NOW, cause="outlet"
        )

    shown = page(app)

    assert words in shown
    assert "от статията: 100%" in shown
    assert ("Над правата." in shown) is (rights is not Rights.LICENSED)


def test_a_note_and_the_consequence_are_shown(app: App) -> None:
    """Why a text is what it is; „Защо е важно“ with its source, as any sentence."""
    start = kit.ARTICLES[0].text.index(kit.SECOND)
    matters = Sentence(kit.SECOND, ArticleId("a1"), start, start + len(kit.SECOND))
    origin = Origin(ArticleId("a1"), "Проломски вести", "Мостът", "https://vesti.example.bg/1")
    revised(
        app,
        summary=kit.FIRST,
        sentences=kit.edition().stories[0].sentences[:1],
        matters=matters,
        origins=(origin,),
        note="Заменено е изречение.",
    )

    shown = page(app)

    assert "Заменено е изречение." in shown
    assert "Защо е важно</strong>" in shown
    assert f"<b>{kit.SECOND}</b>" in shown


def test_an_editors_text_that_the_sources_confirm_is_saved(app: App) -> None:
    """A new revision under the editor's name, and back at the story."""
    done = send(app, kit.SECOND)

    assert done.status_code == 303
    assert done.headers["location"].endswith(f"#t-{LEAD}")
    assert (now(app).revision, now(app).stories[0].summary) == (2, kit.SECOND)


def test_a_text_with_problems_is_shown_and_not_saved(app: App) -> None:
    """The gate answers at once; the editor's words are still in the form."""
    done = send(app, WRONG)

    assert done.status_code == 422
    assert "Не е записано." in done.text
    assert "<mark>неделя</mark>" in done.text
    assert f">{WRONG}</textarea>" in done.text
    assert "на мое име (editor@example.bg)" in done.text
    assert now(app).revision == 1


def test_a_text_with_problems_is_saved_by_name(app: App) -> None:
    """The override is a person's, and the edition says whose."""
    done = send(app, WRONG, na_moe_ime="1")

    assert done.status_code == 303
    assert now(app).stories[0].summary == WRONG
    assert any("записано от editor@example.bg" in one for one in now(app).warnings)


def test_quoting_beyond_the_rights_is_never_saved(app: App) -> None:
    """Nobody's name overrides the law."""
    revised(app, rights=Rights.EXTRACT, summary="", sentences=())

    done = send(app, f"{kit.FIRST} {kit.SECOND}", na_moe_ime="1")

    assert done.status_code == 422
    assert "повече, отколкото правата позволяват" in done.text
    assert now(app).revision == 2


def test_a_stale_form_is_a_conflict(app: App) -> None:
    """Somebody saved another text meanwhile."""
    browser = kit.Browser(app).sign_in("editor@example.bg")
    form = {"story": LEAD, "tekst": kit.SECOND, "revision": "1"}
    kit.revise(app)

    assert browser.post(f"{HERE}/tekst", data=form).status_code == 409


def test_only_editors_see_the_form_and_only_before_sending(app: App) -> None:
    """A reader of the desk may look; what has left is not rewritten."""
    form = "Провери и запази"

    assert form in page(app, "editor@example.bg")
    assert form not in page(app, "reader@example.bg")
    assert send(app, kit.SECOND, "reader@example.bg").status_code == 403
    with app.store.work() as work:
        work.editions.set_state(kit.edition().id, EditionState.CANCELLED)
    assert form not in page(app, "editor@example.bg")
