"""Bytes that nobody declares, or declares wrongly; UTF-8 with damage; text garbled before."""

from __future__ import annotations

import pytest

from digest.collect import mojibake
from digest.collect.extract import extract
from digest.collect.repair import decode
from tests.adversarial.documents import BODY, LEAD, NOW, TITLE, dump, feed, item, page, rss

DOCUMENT = dump()
DAMAGED = "Документът има повредени знаци."
GARBLED = "Документът е записан с объркана кодировка; буквите са възстановени."


def misread(text: str, codec: str, *, right: str = "utf-8") -> str:
    """A text read in the wrong charset; a byte without a character stands for itself."""
    return "".join(bytes([b]).decode(codec, "ignore") or chr(b) for b in text.encode(right))


def with_stray(stray: bytes) -> bytes:
    """The dump in UTF-8 with stray bytes behind its title's first word."""
    return DOCUMENT.encode().replace("Съветът ".encode(), "Съветът ".encode() + stray)


@pytest.mark.parametrize(
    "data",
    [
        DOCUMENT.encode() + "я".encode()[:1],
        DOCUMENT.encode() + "“".encode()[:2],
        DOCUMENT.encode() + b"\x85",
        with_stray(b"\xff"),
        DOCUMENT.encode().replace(b" ", b"\xa0", 1),
        DOCUMENT.encode() + "Абонирайте се за бюлетина и вижте още".encode("cp1251"),
    ],
    ids=["cut letter", "cut quote", "0x85", "0xFF", "0xA0", "windows-1251 line"],
)
def test_one_bad_byte_does_not_change_the_charset_of_a_dump(data: bytes) -> None:
    """The rest is read as the UTF-8 that it is, and the damage is said."""
    article = extract(data, source="d", fetched_at=NOW)

    assert (article.title, article.lead, article.language) == (TITLE, LEAD, "bg")
    assert BODY[0] in article.text
    assert DAMAGED in article.warnings


@pytest.mark.parametrize("said", ["windows-1251", "iso-8859-1", "utf-8"])
def test_damaged_utf8_is_utf8_whatever_is_declared(said: str) -> None:
    """A page and a feed with one bad byte in them, under a right or wrong declaration."""
    a_page = page().replace("utf-8", said).encode() + b"\xff"
    a_feed = (
        rss(item(title="Пожар в Пролом"), declared=said).encode().replace(b"</rss", b"\xff</rss")
    )

    assert extract(a_page, source="p", fetched_at=NOW).title == TITLE
    assert feed(a_feed).entries[0].title == "Пожар в Пролом"


def test_a_foreign_line_of_a_damaged_document_is_read_too() -> None:
    """A windows-1251 footer is words; a lost half of a letter is marked, an impossible byte not."""
    text = decode(f"{BODY[0]}\n".encode() + "Вижте и още — с карта".encode("cp1251")).text
    lost = decode(f"{BODY[0]} По".encode() + b"\xd0" + f"ле\xa0{BODY[1]}".encode() + b"\xff").text

    assert text == f"{BODY[0]}\nВижте и още — с карта"
    assert lost == f"{BODY[0]} По\ufffdле\xa0{BODY[1]}"


@pytest.mark.parametrize(
    ("codec", "name"),
    [
        ("cp1251", "windows-1251"),
        ("koi8_r", "KOI8-R"),
        ("iso8859_5", "ISO-8859-5"),
        ("mac_cyrillic", "MacCyrillic"),
        ("cp866", "cp866"),
    ],
)
def test_a_cyrillic_charset_is_known_by_its_letters(codec: str, name: str) -> None:
    """Without a declaration, and in a text of two lines."""
    text = "Съветът на Пролом прие плана\n\nРаботата започва през март."

    found = decode(text.encode(codec))

    assert found.text == text
    assert found.warnings == (f"Документът не казва кодировката си; чете се като {name}.",)


def test_western_accents_are_no_cyrillic() -> None:
    """They come one by one."""
    text = "Le café est fermé, a déclaré le maire après l’été."

    assert decode(text.encode("cp1252")).text == text
    assert decode(page(text, title="Été").encode("cp1252")).encoding == "cp1252"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_read(codec: str) -> None:
    """A dump from Windows: every second byte is the same."""
    assert extract(DOCUMENT.encode(codec), source="d", fetched_at=NOW).title == TITLE
    assert decode("Пожар".encode(codec)).text == "Пожар"
    assert decode(b"Plain words, no zero").encoding == "utf-8"


@pytest.mark.parametrize(
    "garbled",
    [
        misread(DOCUMENT, "cp1251"),
        misread(DOCUMENT, "cp1252"),
        misread(DOCUMENT, "latin-1"),
        misread(DOCUMENT, "cp1252", right="cp1251"),
        misread(DOCUMENT, "latin-1", right="cp1251"),
        DOCUMENT.replace(BODY[1], misread(BODY[1], "cp1251")),
        DOCUMENT.replace(BODY[1], misread(BODY[1], "latin-1", right="cp1251")),
    ],
    ids=["1251", "1252", "latin-1", "1251 as 1252", "1251 as latin-1", "a line", "a line 2"],
)
def test_garbled_text_is_cyrillic_again(garbled: str) -> None:
    """Text read in the wrong charset and saved again, wholly or in one paragraph."""
    article = extract(garbled.encode(), source="d", fetched_at=NOW)

    assert (article.title, article.lead, article.language) == (TITLE, LEAD, "bg")
    assert all(paragraph in article.text for paragraph in BODY)
    assert GARBLED in article.warnings


def test_garbled_pages_and_feeds_are_mended_too() -> None:
    """Tags and addresses between the words stay."""
    a_page = extract(misread(page(), "cp1252").encode(), source="p", fetched_at=NOW)
    a_feed = feed(misread(rss(item(title="Пожар в Пролом")), "cp1251"))

    assert a_page.title == TITLE
    assert GARBLED in a_page.warnings
    assert a_feed.entries[0].title == "Пожар в Пролом"


def test_what_stays_lost_is_said() -> None:
    """An editor's program threw away the characters that it did not know."""
    lossy = "".join(c for c in misread(DOCUMENT, "cp1252") if not "\x80" <= c <= "\x9f")

    assert "част от буквите са загубени" in mojibake.mended(lossy)[1]


@pytest.mark.parametrize(
    "text",
    [
        "Температурата е 5°C, а вятърът духа от изток. СССР, РС и РСМ; „С“, Р – С.",
        "Кафето à la carte в Örnsköldsvik струва 5 €, а градусите са 12°.",
        "Ðóra og Ægir fóru út í búð á Ísafirði í gær",
        "Вакса: à á â ã ä å, éàü и ïîæàð",
        "Рёрих и Сёмин поехали на Рыбинское море, там 5°",
    ],
)
def test_real_letters_are_not_taken_for_garbled_ones(text: str) -> None:
    """Degrees, dishes, Icelandic, Russian."""
    assert mojibake.mended(text) == (text, "")
