"""What a text says in its own voice: its sentences and paragraphs with the quotations cut out.

Walls, labels and forms speak to the reader; the news only quotes them.
"""

from __future__ import annotations

import re
from itertools import pairwise

from digest.bulgarian.quotation import spans
from digest.bulgarian.sentences import split

PROSE = 80
"""Characters of a paragraph that tells something: labels, stamps and headings are shorter."""


def unquoted(text: str) -> str:
    """The text without what stands between quotation marks; an open quotation stays."""
    closed = [(start, end) for start, end, ends in spans(text) if ends]
    edges = [0, *(edge for span in closed for edge in span), len(text)]
    return "".join(text[start:end] for start, end in list(pairwise(edges))[::2])


def own_sentences(text: str) -> list[str]:
    """Sentences of the text in its own voice, without the marks around them."""
    bare = unquoted(text)
    return [one for start, end in split(bare) if (one := trimmed(bare[start:end]))]


def blocks(text: str) -> list[str]:
    """Paragraphs and lines of a text."""
    return [one for line in text.split("\n") if (one := line.strip())]


def trimmed(line: str) -> str:
    """A line on one line, less the marks at its ends."""
    return re.sub(r"^[\W_]+|[\s\W_]+$", "", " ".join(line.split()))


def prose(text: str) -> int:
    """Characters of the paragraphs that tell something in whole sentences."""
    told = (one for one in blocks(text) if len(one) >= PROSE and re.search(r"[.!?…][\W_]*$", one))
    return sum(len(one) for one in told)
