"""Bulgarian towns: the places by which two accidents of one day are told apart.

Names that are also ordinary words, football clubs or people (Бяла, Левски, Раковски) are left out
on purpose: a wrong veto splits a story.
"""

from __future__ import annotations

import re

_SHORT = """
София Пловдив Варна Бургас Русе Плевен Сливен Добрич Шумен Перник Хасково Ямбол Пазарджик
Благоевград Враца Габрово Асеновград Видин Казанлък Кюстендил Кърджали Монтана Търговище
Дупница Силистра Ловеч Разград Смолян Петрич Самоков Сандански Севлиево Лом Карлово Троян
Айтос Велинград Ботевград Харманли Карнобат Свиленград Панагюрище Чирпан Попово Димитровград
Поморие Несебър Козлодуй Балчик Каварна Банско Разлог Радомир Костинброд Елхово Берковица
Мездра Павликени Свищов Първомай Провадия Трявна Дряново Тетевен Якоруда Момчилград
Крумовград Ихтиман Своге Царево Созопол Приморско Тутракан Исперих Девня Аксаково
Белоградчик Оряхово Кнежа Годеч Сливница Девин Чепеларе Златоград Мадан Рудозем Хисаря
Калофер Копривщица Пирдоп Златица Лясковец Стражица Тополовград Твърдица Ивайловград
Симеоновград Раднево Гълъбово Мъглиж Суворово Симитли
"""

TOWNS = frozenset(_SHORT.split())

LONG_TOWNS = (
    "Велико Търново", "Стара Загора", "Нова Загора", "Горна Оряховица", "Гоце Делчев",
    "Червен бряг", "Долна Митрополия", "Бобов дол", "Елин Пелин", "Генерал Тошево",
    "Долни чифлик", "Малко Търново",
)  # fmt: skip

_WORD = re.compile(r"\b[А-Я][а-я]+\b")


def towns(text: str) -> frozenset[str]:
    """Towns named in `text`, as the list above writes them."""
    found = {word for word in _WORD.findall(text) if word in TOWNS}
    found |= {name for name in LONG_TOWNS if name in text}
    return frozenset(found)


def speaks_of(text: str, town: str) -> bool:
    """Whether lower-cased `text` has the town or a word made from it («пловдивският»)."""
    stem = town.lower()
    return (stem if " " in stem or len(stem) < 5 else stem[:-1]) in text
