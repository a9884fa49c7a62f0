"""Which language: letters that Bulgarian lacks veto first, then lingua among six neighbours.

Letters alone call one foreign headline in four Bulgarian; lingua without the veto is slow and
wrong on short ones. The detector is built once, at first use.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lingua import LanguageDetector

REJECT_ABOVE = 0.9
"""A text is refused as foreign only when the evidence is stronger than this."""

_VETO = {
    "ы": "ru", "э": "ru", "ё": "ru", "і": "uk", "ї": "uk", "є": "uk", "ґ": "uk",
    "ѓ": "mk", "ќ": "mk", "ѕ": "mk", "ђ": "sr", "ћ": "sr", "ј": "", "љ": "", "њ": "", "џ": "",
}  # fmt: skip
"""Letter → language; empty: Serbian or Macedonian, told apart by the others."""
_LOOKALIKE = str.maketrans("aceopxyABCEHKMOPTXyk", "асеорхуАВСЕНКМОРТХук")
_LATIN_CODES = frozenset(
    [
        "en",
        "de",
        "fr",
        "es",
        "it",
        "pt",
        "nl",
        "pl",
        "ro",
        "cs",
        "sk",
        "hu",
        "tr",
        "sv",
        "da",
        "no",
        "fi",
        "el",
        "hr",
        "sl",
        "sq",
    ]
)


@dataclass(frozen=True, slots=True)
class Language:
    """An ISO 639-1 code, how sure it is (0…1), and why in a Bulgarian phrase."""

    code: str
    sure: float
    why: str = ""

    @property
    def foreign(self) -> bool:
        """True when it is certain enough that the text is not Bulgarian."""
        return self.code != "bg" and self.sure > REJECT_ABOVE


def detect(title: str, text: str, prior: str | None = "bg") -> str:
    """The ISO 639-1 code of a text; `prior` is what its source says of itself."""
    return judge(title, text, prior).code


def judge(title: str, text: str, prior: str | None = "bg") -> Language:
    """The language with its certainty; short texts lean on the prior."""
    sample = repair_lookalikes(f"{title}\n{text[:3000]}")
    letters = re.findall(r"[^\W\d_]", sample)
    if len(letters) < 12:
        return Language(_code(prior) or "bg", 0.3, "твърде кратък текст")
    cyrillic = sum(1 for letter in letters if "\u0400" <= letter <= "\u04ff") / len(letters)
    if cyrillic < 0.4:
        return _not_cyrillic(letters, prior)
    return _vetoed(sample) or _by_lingua(sample, prior)


def repair_lookalikes(text: str) -> str:
    """Words that mix Cyrillic with Latin letters of the same shape, all in Cyrillic."""

    def fix(match: re.Match[str]) -> str:
        word = match.group()
        cyrillic = len(re.findall(r"[а-яА-Я]", word))
        return word.translate(_LOOKALIKE) if cyrillic * 2 >= len(word) else word

    return re.sub(r"\b(?=\w*[a-zA-Z])(?=\w*[а-яА-Я])[a-zA-Zа-яА-Я]{3,}\b", fix, text)


def _code(prior: str | None) -> str:
    return (prior or "").strip().lower()[:2]


def _not_cyrillic(letters: list[str], prior: str | None) -> Language:
    latin = sum(1 for letter in letters if letter.isascii() or letter < "\u0250") / len(letters)
    said = _code(prior)
    if said in _LATIN_CODES and said != "en":
        return Language(said, 0.95, "текстът не е на кирилица")
    if latin > 0.5:
        return Language("en", 0.95, "текстът е на латиница")
    return Language(said if said not in {"", "bg"} else "und", 0.95, "текстът не е на кирилица")


def _vetoed(sample: str) -> Language | None:
    """The language whose letters Bulgarian lacks, when they are no mere quotation."""
    lower = sample.lower()
    letters = sum(1 for c in lower if "\u0430" <= c <= "\u045f")
    found = Counter(c for c in lower if c in _VETO)
    count = sum(found.values())
    if count < 2 or count / max(letters, 1) < 0.006:
        return None
    votes = Counter[str]()
    for letter, times in found.items():
        votes[_VETO[letter]] += times
    own = {code: n for code, n in votes.items() if code}
    if own:
        code = max(own, key=lambda c: (own[c], c))
        if votes[""] > own[code] and code not in {"sr", "mk"}:
            code = "sr"
    else:
        code = "mk" if re.search(r"\b(?:во|од|се|дека|ќе|која|што)\b", lower) else "sr"
    sure = 0.98 if count / max(letters, 1) > 0.012 else 0.92
    shown = ", ".join(sorted(found)[:4])
    return Language(code, sure, f"букви, които българският няма ({shown})")


@lru_cache(maxsize=1)
def _detector() -> LanguageDetector:
    from lingua import Language as Lingua
    from lingua import LanguageDetectorBuilder

    six = (
        Lingua.BULGARIAN, Lingua.RUSSIAN, Lingua.MACEDONIAN, Lingua.SERBIAN, Lingua.UKRAINIAN,
        Lingua.ENGLISH,
    )  # fmt: skip
    return LanguageDetectorBuilder.from_languages(*six).build()


def _by_lingua(sample: str, prior: str | None) -> Language:
    values = _detector().compute_language_confidence_values(sample[:1500])
    best = values[0]
    code = best.language.iso_code_639_1.name.lower()
    sure = float(best.value)
    letters = len(re.findall(r"[^\W\d_]", sample))
    if code != "bg" and (letters < 60 or sure <= REJECT_ABOVE) and _code(prior) in {"", "bg"}:
        # A short headline or a weak vote does not outweigh what the source says of itself.
        return Language("bg", 0.5, "според източника")
    return Language(code, sure, f"прилича на {code} ({sure:.2f})")
