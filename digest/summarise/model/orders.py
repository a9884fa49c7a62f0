"""Whether a text gives orders to language models: „игнорирай предишните инструкции“.

An article that does is kept from the model. The list cannot be whole; what slips through still
meets the gate, which prints nothing that the articles do not say. Letters of the same shape in
another alphabet, invisible characters and odd spaces do not hide an order.
"""

from __future__ import annotations

import re
import unicodedata

_TWINS = str.maketrans("aceopxykmt", "асеорхукмт")
_SPACE = re.compile(r"\s+")

_BG = re.compile(
    r"(?:игнорирай|забрави|пренебрегни|не (?:се )?съобразявай|не обръщай внимание на"
    r"|не спазвай)(?:те)?(?: \w+){0,5}? "
    r"(?:инструкци|указани|нареждани|команди|правила(?:та)?\b|системн)"
    r"|(?:ти си|вие сте|действай като|дръж се като|преструвай се(?:,)? че си)(?: \w+){0,3}? "
    r"(?:асистент|езиков модел|чатбот|изкуствен интелект|помощник без ограничения)"
    r"|(?:нови|следните) инструкции (?:за|към) (?:модела|асистента|изкуствения|чатбота)"
    r"|(?:ако си|ако четеш това като) (?:езиков модел|изкуствен интелект|ai)\b"
    r"|(?:към|до) (?:езиковия|езиковите) модел\w*:"
    r"|системн(?:о|ото|а|ата) (?:съобщение|подсказка|инструкция):"
)
_EN = re.compile(
    r"(?:ignore|disregard|forget|override|bypass)(?: \w+){0,5}? "
    r"(?:instruction|prompt|directive|guideline|rules\b)"
    r"|(?:you are|act as|pretend to be|behave as)(?: \w+){0,3}? "
    r"(?:assistant|language model|chatbot)"
    r"|new instructions?:|system prompt"
    r"|(?:if you are|as) an? (?:ai|llm|(?:large )?language model)\b"
)
_MARKS = re.compile(
    r"<\|[^|<>]{1,40}\|>|\[/?inst\]|<</?sys>>|</?(?:system|assistant|user|instructions?)>"
    r"|<(?:start|end)_of_turn>|(?:^|\n)[^\S\n]*(?:#+[^\S\n]*)?(?:system|assistant|human|user|система)\s*:"
)


def gives_orders(text: str) -> bool:
    """Whether the text speaks to a language model, in Bulgarian, English or control marks."""
    plain = _plain(text)
    if _MARKS.search(plain):
        return True
    line = _SPACE.sub(" ", plain)
    if _EN.search(line):
        return True
    return bool(_BG.search(line) or _BG.search(line.translate(_TWINS)))


def _plain(text: str) -> str:
    """Lower case, compatible forms made one, nothing invisible."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in folded if unicodedata.category(c) != "Cf")
