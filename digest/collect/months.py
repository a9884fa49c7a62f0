"""Names of months in the languages that outlets of the region and the agencies write in.

Takes a word, gives 1…12. Full names come in the form that stands in a date (genitive where the
language has one); short forms are those that are met in by-lines.
"""

from __future__ import annotations

from collections.abc import Mapping

BULGARIAN = (
    "януари", "февруари", "март", "април", "май", "юни", "юли", "август", "септември", "октомври",
    "ноември", "декември",
)  # fmt: skip
_FULL: tuple[tuple[str, ...], ...] = (
    BULGARIAN,
    ("january", "february", "march", "april", "may", "june", "july", "august", "september",
     "october", "november", "december"),
    ("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
     "октября", "ноября", "декабря"),
    ("січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня",
     "жовтня", "листопада", "грудня"),
    ("јануара", "фебруара", "марта", "априла", "маја", "јуна", "јула", "августа", "септембра",
     "октобра", "новембра", "децембра"),
    ("јануар", "фебруар", "март", "април", "мај", "јун", "јул", "август", "септембар", "октобар",
     "новембар", "децембар"),
    ("јануари", "февруари", "март", "април", "мај", "јуни", "јули", "август", "септември",
     "октомври", "ноември", "декември"),
    ("januar", "februar", "mart", "april", "maj", "jun", "jul", "avgust", "septembar", "oktobar",
     "novembar", "decembar"),
    ("januar", "februar", "märz", "april", "mai", "juni", "juli", "august", "september",
     "oktober", "november", "dezember"),
    ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre",
     "octobre", "novembre", "décembre"),
    ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre",
     "octubre", "noviembre", "diciembre"),
    ("gennaio", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto",
     "settembre", "ottobre", "novembre", "dicembre"),
    ("janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro",
     "outubro", "novembro", "dezembro"),
    ("ianuarie", "februarie", "martie", "aprilie", "mai", "iunie", "iulie", "august",
     "septembrie", "octombrie", "noiembrie", "decembrie"),
    ("ocak", "şubat", "mart", "nisan", "mayıs", "haziran", "temmuz", "ağustos", "eylül", "ekim",
     "kasım", "aralık"),
    ("ιανουαρίου", "φεβρουαρίου", "μαρτίου", "απριλίου", "μαΐου", "ιουνίου", "ιουλίου",
     "αυγούστου", "σεπτεμβρίου", "οκτωβρίου", "νοεμβρίου", "δεκεμβρίου"),
)  # fmt: skip
_SHORT = {
    "яну": 1, "ян": 1, "фев": 2, "февр": 2, "мар": 3, "апр": 4, "юн": 6, "юл": 7, "авг": 8,
    "сеп": 9, "септ": 9, "окт": 10, "ное": 11, "ноем": 11, "дек": 12, "янв": 1, "июн": 6, "июл": 7,
    "сен": 9, "сент": 9, "нояб": 11, "јан": 1, "феб": 2, "јун": 6, "јул": 7, "нов": 11, "дец": 12,
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9,
    "oct": 10, "okt": 10, "nov": 11, "dec": 12, "dez": 12, "mär": 3, "janv": 1, "févr": 2,
    "avr": 4, "juil": 7, "déc": 12, "ene": 1, "abr": 4, "ago": 8, "dic": 12, "gen": 1, "mag": 5,
    "giu": 6, "lug": 7, "set": 9, "ott": 10,
}  # fmt: skip
MONTHS: Mapping[str, int] = {
    name: number for names in _FULL for number, name in enumerate(names, 1)
} | _SHORT
"""Lower-case name or short form → number of the month; the Bulgarian names come first."""
