"""Which language: letters that Bulgarian lacks veto first, then lingua among five neighbours.

Letters alone call one foreign headline in four Bulgarian; lingua without the veto is slow and
wrong on short ones. The detector is built once, at first use; other scripts never reach it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from digest.collect import latin
from digest.collect.lookalikes import repaired

if TYPE_CHECKING:
    from lingua import LanguageDetector

__all__ = ["REJECT_ABOVE", "Language", "detect", "judge", "repair_lookalikes", "repaired"]

REJECT_ABOVE = 0.9
"""A text is refused as foreign only when the evidence is stronger than this."""

_VETO = {
    "ы": "ru", "э": "ru", "ё": "ru", "і": "uk", "ї": "uk", "є": "uk", "ґ": "uk",
    "ѓ": "mk", "ќ": "mk", "ѕ": "mk", "ђ": "sr", "ћ": "sr", "ј": "", "љ": "", "њ": "", "џ": "",
}  # fmt: skip
"""Letter → language; empty: Serbian or Macedonian, told apart by the others."""
_FOREIGN = re.compile(f"[{''.join(_VETO)}]")
_NO_LETTER = re.compile(r"[\W\d_]")
_CYRILLIC = re.compile("[\u0400-\u04ff]+")
_LATIN = re.compile("[a-zA-Z\u00c0-\u024f\u1e00-\u1eff]")
_BULGARIAN = re.compile("[а-яѝ]+")
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
_CYRILLIC_CODES = frozenset(["bg", "ru", "mk", "sr", "uk", "be", "kk", "mn"])
_QUOTED = tuple(
    re.compile(pattern)
    for pattern in ('„[^„“”"]*[“”"]', "“[^“”]*”", "«[^«»]*»", "‚[^‚‘’]*[‘’]", '"[^"\n]*"')
)
_SHORT = 12
"""Letters below which a text is too short to judge."""
_LONG = 120
"""Letters from which a text in another script is foreign for certain; fewer may be names …"""
_SMALL_WORDS = 3
"""… unless so many of its words begin small."""


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
    """The language with its certainty; short texts lean on the prior.

    The script decides first, and a prior of another script counts for nothing. Under a headline
    of foreign names the text alone is judged, above a table of them the headline.
    """
    sample = repair_lookalikes(f"{title}\n{text[:3000]}")
    said = _code(prior)
    if _is_cyrillic(sample):
        return _cyrillic(sample, said)
    if _letters(sample) < _SHORT:
        fits = said in _CYRILLIC_CODES if _CYRILLIC.search(sample) else said
        return Language(said if fits else "bg", 0.3, "твърде кратък текст")
    head, _, body = sample.partition("\n")
    if _is_cyrillic(body):
        return _cyrillic(body, said)
    if _is_cyrillic(head) and _not_cyrillic(body, "").code == "und":
        return _cyrillic(head, said)
    return _not_cyrillic(sample, said)


def _letters(text: str) -> int:
    return len(text) - len(_NO_LETTER.findall(text))


def _many(letters: re.Pattern[str], text: str) -> int:
    """How many characters of a text the pattern, which matches stretches, is about."""
    return sum(map(len, letters.findall(text)))


def _is_cyrillic(text: str) -> bool:
    """True when Cyrillic is enough of it: Bulgarian articles are full of Latin names."""
    letters = _letters(text)
    return letters >= _SHORT and _many(_CYRILLIC, text) >= 0.4 * letters


def _cyrillic(sample: str, said: str) -> Language:
    prior = said if said in _CYRILLIC_CODES else "bg"
    vetoed = _vetoed(sample)
    if vetoed is not None:
        return _around_quotes(sample, prior) or vetoed
    return _plainly_bulgarian(sample) or _by_lingua(sample, prior)


def _around_quotes(sample: str, prior: str) -> Language | None:
    """Bulgarian when what stands around the quotations is: a neighbour's words quoted as said."""
    rest = sample
    for quoted in (_QUOTED[0], *_QUOTED):  # once more for a quotation inside another
        rest = quoted.sub(" ", rest)
    if rest == sample or _letters(rest) < _SHORT:
        return None
    if _vetoed(rest) and not _has_hard_signs(rest.lower()):
        return None
    plain = _plainly_bulgarian(rest)
    if plain is not None:
        return plain
    votes = _votes(rest)
    bulgarian = dict(votes).get("bg", 0.0)
    # Two or three words around a quotation divide the votes; then the source's own word counts.
    near = prior == "bg" and bulgarian > 0.9 * votes[0][1]
    if votes[0][0] == "bg" or near:
        return Language("bg", max(bulgarian, 0.5), "български около чужд цитат")
    return None


def repair_lookalikes(text: str) -> str:
    """Words that mix Cyrillic with Latin letters of the same shape, all in Cyrillic."""
    return repaired(text)[0]


def _code(prior: str | None) -> str:
    return (prior or "").strip().lower()[:2]


def _not_cyrillic(sample: str, said: str) -> Language:
    """A text in another script, surely foreign when it is long or its language is known."""
    letters = _letters(sample)
    is_latin = len(_LATIN.findall(sample)) > 0.5 * letters
    if is_latin:
        code, why = latin.code_of(sample, said), "текстът е на латиница"
    elif len(_GREEK.findall(sample)) > 0.5 * letters:
        code, why = "el", "текстът е на гръцки"
    else:
        fits = said not in latin.CODES | _CYRILLIC_CODES | {"", "el"}
        code, why = said if fits else "und", "текстът не е на кирилица"
    small = len(re.findall(r"\b[a-z\u00df-\u024f]{2}", sample))
    names = is_latin and code == "und" and letters < _LONG and small < _SMALL_WORDS
    return Language(code, 0.6 if names else 0.95, why)


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


def _has_hard_signs(lower: str) -> bool:
    """„ъ“ as often as only Bulgarian has it, and oftener than all letters that it lacks.

    Bulgarian has „ъ“ in about 2 letters of 100, Russian in 0.03; the other neighbours have none.
    """
    signs = lower.count("ъ")
    often = signs >= max(2, 0.006 * _many(_BULGARIAN, lower))
    return often and signs > len(_FOREIGN.findall(lower))


def _plainly_bulgarian(sample: str) -> Language | None:
    """Bulgarian without asking further: „ъ“ runs through it and there is no foreign letter.

    Spares the detector, which costs a hundred times as much.
    """
    lower = sample.lower()
    letters = _many(_BULGARIAN, lower)
    if letters < 120 or lower.count("ъ") < 0.006 * letters or _FOREIGN.search(lower):
        return None
    return Language("bg", 0.99, "българска азбука")


@lru_cache(maxsize=1)
def _detector() -> LanguageDetector:
    from lingua import Language as Lingua
    from lingua import LanguageDetectorBuilder

    five = (
        Lingua.BULGARIAN, Lingua.RUSSIAN, Lingua.MACEDONIAN, Lingua.SERBIAN, Lingua.UKRAINIAN,
    )  # fmt: skip
    return LanguageDetectorBuilder.from_languages(*five).build()


def _votes(sample: str) -> list[tuple[str, float]]:
    """ISO codes with the detector's confidence, the best first."""
    # Foreign names would be votes for English.
    cyrillic = re.sub("[a-zA-Z]+", " ", sample[:1200])
    values = _detector().compute_language_confidence_values(cyrillic)
    return [(v.language.iso_code_639_1.name.lower(), float(v.value)) for v in values]


def _by_lingua(sample: str, prior: str) -> Language:
    code, sure = _votes(sample)[0]
    if code != "bg" and sure < 0.7 and prior == "bg":
        # A weak vote does not outweigh what the source says of itself.
        return Language("bg", 0.5, "според източника")
    return Language(code, sure, f"прилича на {code} ({sure:.2f})")
