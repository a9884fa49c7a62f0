"""The fixed phrases of the mails, in the house's own words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Texts:
    """What the mail, its text part and the archive page say around the news.

    `{publication}` stands for the name, `{period}` for what an edition covers, `{since}` for the
    day of the earlier edition. An empty phrase is not printed; only the last four may be empty.
    `digest/setting_texts.py` says what each may hold.
    """

    lead: str = "Водеща новина"
    contents: str = "В броя"
    briefs: str = "Накратко"
    end: str = "Край на броя"
    matters: str = "Защо е важно"
    update: str = "Ново от {since}"
    why: str = "Получавате това писмо, защото сте абонирани за „{publication}“."
    preferences: str = "Предпочитания"
    pause: str = "Пауза"
    unsubscribe: str = "Отписване"
    archive: str = "Броят в архива"
    browser: str = "Прочетете броя в браузър"
    closing: str = "Прочетохте всичко, подбрано за {period}."
    closing_short: str = "Това беше важното за {period}: новините бяха малко и броят е кратък."
    greeting: str = ""
    signoff: str = ""


USUAL_TEXTS = Texts()
"""What a newsroom says that set nothing."""
