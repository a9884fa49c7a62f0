"""Which language, and Cyrillic words with Latin letters in them."""

from __future__ import annotations

import pytest

from digest.collect.extract import extract
from digest.collect.language import detect, judge, repaired
from tests.adversarial.documents import BODY, NOW, page


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("Cъветът пpие плaна", "Съветът прие плана"),
        ("кметът нa Пролoм", "кметът на Пролом"),
        ("Йордан от спортната зала", "Йордан от спортната зала"),
    ],
)
def test_latin_letters_in_cyrillic_words_are_mended(broken: str, whole: str) -> None:
    """The word is Cyrillic again and searchable."""
    assert repaired(broken)[0] == whole


@pytest.mark.parametrize(
    "text",
    ["COVID-19 и IT-специалисти", "BMW X5 на завоя", "https://vestnik.example.bg/новина", "Wi-Fi"],
)
def test_foreign_words_and_addresses_stay(text: str) -> None:
    """A brand is no broken word."""
    assert repaired(text) == (text, 0)


def test_mending_is_said_with_its_count() -> None:
    """An editor sees that the source's letters were mixed."""
    broken = BODY[0].replace("съвет", "cъвет").replace("плана", "плaна")

    article = extract(page(broken, *BODY[1:]).encode(), source="d", fetched_at=NOW)

    assert BODY[0] in article.text
    assert "Поправени са 2 думи с латински букви вместо кирилски." in article.warnings


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Кметът обеща нов водопровод до пролетта", "bg"),
        ("Выборы пройдут в марте, объявил глава города", "ru"),
        ("Мэр города объявил о ремонте водопровода", "ru"),
        ("Градоначелникот најави обнова на водоводот", "mk"),
        ("Председник општине најавио је обнову водовода", "sr"),
        ("Міський голова оголосив про ремонт водогону", "uk"),
    ],
)
def test_short_headlines_of_the_neighbours_are_told_apart(title: str, code: str) -> None:
    """By letters first."""
    assert detect(title, "", "bg") == code


def test_a_headline_of_shared_letters_leans_on_its_source() -> None:
    """„Новини за града“ could be anybody's."""
    assert detect("Новини за града", "", "bg") == "bg"


def test_certain_foreign_text_is_foreign_and_doubtful_is_not() -> None:
    """Refused above nine in ten only."""
    assert judge("Выборы пройдут в марте", "Об этом объявил мэр города. Подъезды закрыты.").foreign
    assert not judge("Нов план", "").foreign


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Захарова: „Это ложь“", "„Это ложь, и вы это знаете“, написа тя в Телеграм."),
        ("Захарова: «Это ложь»", '„Это ложь, и вы это знаете", каза тя пред журналисти.'),
        ("Министърът: „Косово је Србија“", "Той повтори лозунга пред своите поддръжници."),
        ("Дачев: Косово је Србија", "Сръбският лозунг „Косово је Србија“ ядоса съседите, пък и ЕС."),
        ("Група „Океан“ пее „Обійми“ в Пролом", "Песента „Обійми“ и „Стріляй“ звучат в петък вечер."),
    ],
)  # fmt: skip
def test_a_short_text_around_a_neighbours_words_is_bulgarian(title: str, text: str) -> None:
    """What stands between quotation marks does not speak for the text."""
    assert judge(title, text).code == "bg"


@pytest.mark.parametrize(
    ("title", "text", "code"),
    [
        ("Министр: «Мы против»", "«Мы вас слышим, вы нас тоже», заявил мэр города.", "ru"),
        ("Мэр: „Мы за“", "Он объявил о съезде, объяснив, что подъезд закрыт. „Мы за“, сказал он.", "ru"),
        ("Премиерот: „Ќе има вода“", "„Ќе има вода утре“, изјави премиерот пред новинарите.", "mk"),
        ("Председник: „Нема воде“", "„Биће воде ујутру“, рекао је он новинарима у Београду.", "sr"),
    ],
)  # fmt: skip
def test_a_neighbours_text_with_quotations_stays_foreign(title: str, text: str, code: str) -> None:
    """Around its quotations it is no more Bulgarian than in them."""
    assert judge(title, text).code == code


@pytest.mark.parametrize(
    ("title", "text", "said", "code"),
    [
        ("The council adopted the plan", "It was said after the vote in the town.", "bg", "en"),
        ("Plan approved", "The mayor said that the works start in March.", "de", "en"),
        ("Council approves plan", "", "en", "en"),
        ("Vlada usvojila budžet", "Cena struje ostaće ista, kaže premijer.", "bg", "sr"),
        ("Sabor odbio proračun", "Tko će biti premijer, pita se oporba.", "bg", "hr"),
        ("Vlada usvojila budžet", "Cena struje ostaće ista, kaže premijer.", "hr", "hr"),
        ("Vlada podnela ostavku", "Premijer je rekao da ide kući.", "sr", "sr"),
        ("Die Regierung tritt zurück", "Der Kanzler kündigte Neuwahlen an.", "de", "de"),
        ("Die Regierung tritt zurück", "Der Kanzler kündigte Neuwahlen an.", "en", "und"),
        ("Die Regierung tritt zurück", "Der Kanzler kündigte Neuwahlen an.", "bg", "und"),
        ("Hükümet istifa etti", "Başbakan erken seçim kararı aldıklarını açıkladı.", "bg", "tr"),
        ("Η κυβέρνηση παραιτήθηκε", "Ο πρωθυπουργός ανακοίνωσε εκλογές.", "en", "el"),
        ("新しい法律が成立しました、日本の国会", "", "ja", "ja"),
        ("新しい法律が成立しました、日本の国会", "", "bg", "und"),
    ],
)
def test_other_scripts_are_named_by_evidence(title: str, text: str, said: str, code: str) -> None:
    """English by its words, Serbian by its letters, else what the page says and can be."""
    found = judge(title, text, said)

    assert found.code == code
    assert found.foreign


@pytest.mark.parametrize("said", ["bg", "en", "de", None])
@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Champions League: Real Madrid - Manchester City 2:1", "Резултати от вечерта."),
        ("Резултатите от Шампионската лига", "Real Madrid - Manchester City 2:1, PSG - Bayern 0:0"),
        ("Резултатите от вечерта", "Real Madrid - Manchester City 2:1\nLiverpool - Barcelona 3:2"),
        ("Пожар в центъра на града", "Двама души са пострадали."),
        ("Нов план", ""),
    ],
)
def test_bulgarian_stays_so_beside_names_and_wrong_declarations(
    title: str, text: str, said: str | None
) -> None:
    """A headline of clubs, a table of matches, a page whose template says `lang="en"`."""
    found = judge(title, text, said)

    assert (found.code, found.foreign) == ("bg", False)


def test_names_alone_are_not_refused() -> None:
    """„Real Madrid - Barcelona“ may be the headline of any source."""
    found = judge("Real Madrid - Barcelona 2:1", "")

    assert (found.code, found.foreign) == ("und", False)
