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
_FOREIGN = re.compile(f"[{''.join(_VETO)}]")
_NO_LETTER = re.compile(r"[\W\d_]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
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
    letters = len(sample) - len(_NO_LETTER.findall(sample))
    if letters < 12:
        return Language(_code(prior) or "bg", 0.3, "твърде кратък текст")
    if len(_CYRILLIC.findall(sample)) < 0.4 * letters:
        return _not_cyrillic(_NO_LETTER.sub("", sample), prior)
    return _vetoed(sample) or _plainly_bulgarian(sample) or _by_lingua(sample, prior)


def repair_lookalikes(text: str) -> str:
    """Words that mix Cyrillic with Latin letters of the same shape, all in Cyrillic."""
    return repaired(text)[0]


_MIXED = re.compile(
    r"(?<![\w@/.-])(?=[a-zA-Z]+[а-яА-ЯѝЍ]|[а-яА-ЯѝЍ]+[a-zA-Z])[a-zA-Zа-яА-ЯѝЍ]{2,}(?![\w@/])"
)
_BREVE = str.maketrans({"и": "й", "И": "Й"})


def repaired(text: str) -> tuple[str, int]:
    """A text with its Cyrillic words whole again, and how many words were mended.

    Scraped texts mix Latin letters into Cyrillic words (a, e, o, p, c, x …) and write й as и with
    a breve. A word is mended only when all of it is Cyrillic afterwards and most of it was before:
    „IT-специалист“, „COVID“ and brand names stay as they are.
    """
    mended = 0

    def fix(match: re.Match[str]) -> str:
        nonlocal mended
        word = match.group()
        cyrillic = sum("\u0400" <= letter <= "\u04ff" for letter in word)
        if cyrillic == len(word) or cyrillic * 2 < len(word):
            return word
        whole = word.translate(_LOOKALIKE)
        if any(letter.isascii() for letter in whole):
            return word
        mended += 1
        return whole

    def join(match: re.Match[str]) -> str:
        nonlocal mended
        mended += 1
        return match.group(1).translate(_BREVE)

    text = re.sub("([иИ])\u0306", join, text)
    if not re.search("[a-zA-Z]", text):
        return text, mended
    return _MIXED.sub(fix, text), mended


def _code(prior: str | None) -> str:
    return (prior or "").strip().lower()[:2]


def _not_cyrillic(letters: str, prior: str | None) -> Language:
    latin = sum(1 for letter in letters if letter.isascii() or letter < "\u0250") / len(letters)
    said = _code(prior)
    if said in _LATIN_CODES and said != "en":
        return Language(said, 0.95, "текстът не е на кирилица")
    if latin > 0.5:
        return Language("en", 0.95, "текстът е на латиница")
    return Language(said if said not in {"", "bg"} else "und", 0.95, "текстът не е на кирилица")


def _vetoed(sample: str) -> Language | None:
    """The language whose letters Bulgarian lacks, when they run through most of the text.

    A Bulgarian article with a Ukrainian post quoted in it stays Bulgarian: at least half of its
    stretches of 200 characters would have to hold such letters.
    """
    lower = sample.lower()
    stretches = [lower[i : i + 200] for i in range(0, len(lower), 200)]
    hit = sum(1 for part in stretches if _FOREIGN.search(part))
    found = Counter(_FOREIGN.findall(lower))
    few = 1 if len(lower) < 120 else 2
    if sum(found.values()) < few or hit * 2 < len(stretches):
        return None
    shown = ", ".join(sorted(found)[:4])
    sure = 0.98 if sum(found.values()) > 3 else 0.85
    return Language(_owner(found, sample), sure, f"букви, които българският няма ({shown})")


def _owner(found: Counter[str], sample: str) -> str:
    """Whose letters they are; what Serbian and Macedonian share is told by the detector."""
    votes: Counter[str] = Counter()
    for letter, times in found.items():
        votes[_VETO[letter]] += times
    shared = votes.pop("", 0)
    own = max(votes, key=lambda code: (votes[code], code), default="")
    if own and (own in {"sr", "mk"} or votes[own] >= shared):
        return own
    return next(code for code, _ in _votes(sample) if code in {"sr", "mk"})


def _plainly_bulgarian(sample: str) -> Language | None:
    """Bulgarian without asking further: „ъ“ as often as only Bulgarian has it, no foreign letter.

    Bulgarian has „ъ“ in about 2 letters of 100, Russian in 0.03; the other neighbours have none.
    Spares the detector, which costs a hundred times as much.
    """
    lower = sample.lower()
    letters = len(re.findall(r"[а-яѝ]", lower))
    if letters < 120 or lower.count("ъ") < 0.006 * letters or _FOREIGN.search(lower):
        return None
    return Language("bg", 0.99, "българска азбука")


@lru_cache(maxsize=1)
def _detector() -> LanguageDetector:
    from lingua import Language as Lingua
    from lingua import LanguageDetectorBuilder

    six = (
        Lingua.BULGARIAN, Lingua.RUSSIAN, Lingua.MACEDONIAN, Lingua.SERBIAN, Lingua.UKRAINIAN,
        Lingua.ENGLISH,
    )  # fmt: skip
    return LanguageDetectorBuilder.from_languages(*six).build()


def _votes(sample: str) -> list[tuple[str, float]]:
    """ISO codes with the detector's confidence, the best first."""
    values = _detector().compute_language_confidence_values(sample[:1200])
    return [(v.language.iso_code_639_1.name.lower(), float(v.value)) for v in values]


def _by_lingua(sample: str, prior: str | None) -> Language:
    code, sure = _votes(sample)[0]
    if code != "bg" and sure < 0.7 and _code(prior) in {"", "bg"}:
        # A weak vote does not outweigh what the source says of itself.
        return Language("bg", 0.5, "според източника")
    return Language(code, sure, f"прилича на {code} ({sure:.2f})")
