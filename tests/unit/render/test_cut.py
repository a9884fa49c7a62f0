"""Cutting and joining, for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import Refused
from digest.model import Piece
from digest.render import cut

WORD = "dg0123456789abcdef01234567"
PARTS = st.lists(st.text(alphabet=st.characters(exclude_categories=("Cs",))), max_size=6)
NAMES = st.sampled_from(cut.PLACEHOLDERS)


@given(PARTS, st.data())
def test_cut_finds_what_was_planted(parts: list[str], data: st.DataObject) -> None:
    """Literals and names come back as they were put together."""
    literals = [*parts, ""]
    names = [data.draw(NAMES) for _ in parts]
    text = "".join(
        f"{literal}{cut.token(WORD, name)}" for literal, name in zip(literals, names, strict=False)
    )

    piece = cut.cut(text, WORD, html=False)

    assert piece == Piece(tuple(literals), tuple(names))
    assert cut.join(piece, dict.fromkeys(cut.PLACEHOLDERS, "v"), escape=True) == text.replace(
        f"{WORD}x", "\x01"
    ).replace("\x01UNSUBx", "v").replace("\x01PREFSx", "v").replace("\x01WEBx", "v").replace(
        "\x01NAMEx", "v"
    )


@pytest.mark.parametrize(
    "tag", ["<a href={}>", "<a {}='x'>", '<a title="x" href={}>', "<td width={} align='left'>"]
)
def test_a_placeholder_outside_quotes_is_refused(tag: str) -> None:
    """An escaped value ends nothing only inside quotes."""
    with pytest.raises(Refused):
        cut.cut(tag.format(cut.token(WORD, "UNSUB")), WORD, html=True)


def test_a_placeholder_in_quotes_or_text_is_allowed() -> None:
    """The two places where a value may stand."""
    token = cut.token(WORD, "WEB")

    assert cut.cut(f'<a href="{token}">{token}</a>', WORD, html=True).names == ("WEB", "WEB")


@pytest.mark.parametrize("text", [f"{WORD}xEVILx", f"a{WORD}b", f"{WORD}xWEB"])
def test_unknown_or_broken_placeholders_are_refused(text: str) -> None:
    """A leftover never reaches a reader."""
    with pytest.raises(Refused):
        cut.cut(text, WORD, html=False)


@pytest.mark.parametrize("value", ["a\r\nb", "a\x00", "a\u2028b"])
def test_control_characters_in_a_value_are_refused(value: str) -> None:
    """A name with a line end could add a line of its own."""
    with pytest.raises(Refused):
        cut.join(Piece(("", ""), ("NAME",)), {"NAME": value}, escape=True)


def test_a_missing_value_is_refused() -> None:
    """A blank where a link should be is a fault, not a default."""
    with pytest.raises(Refused):
        cut.join(Piece(("", ""), ("UNSUB",)), {}, escape=True)


@given(st.text(), st.text())
def test_the_sentinel_never_occurs_in_its_text(content: str, seed: str) -> None:
    """And it is the same for the same input."""
    word = cut.sentinel_for(content, seed)

    assert word not in content
    assert word.isalnum()
    assert word == cut.sentinel_for(content, seed)
