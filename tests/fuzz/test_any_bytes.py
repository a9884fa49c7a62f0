"""Whatever comes in, parsing gives a valid result or a refusal: bounded search by Hypothesis."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.contract import TARGETS
from tests.fuzz.corpus import SEEDS

MARKS = (
    b"<", b">", b"&", b"&amp;", b"&#0;", b"&#x1;", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"\x00",
    b"\xff\xfe", b"\xef\xbb\xbf", b"</", b"/>", b'"', b"'", b"\r\n", b"\x98", b"\xd0", b"&nbsp;",
    b"<!ENTITY x 'y'>", b"<script>", b"<table>", b"<div>" * 40, b"{", b"[" * 60, b"9" * 30,
    "в 9.05 ч. на 31.11.2026 г.".encode(), "преди 99999 часа".encode(), b"2026-02-30T25:61:00+99:99",
    rb"\ud83d", rb"\ude00", b"&#55357;", b"&#xD83D;&#xDE00;", b"<?xml ?>" * 30,
    b"javascript:alert(1)", b"data:image/png;base64,AA", b"Content-Type: text/html; charset=nema\n",
)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn, kind: str) -> bytes:
    """A whole document with a few wounds: cut, doubled, marks put in, another charset."""
    seed = draw(st.sampled_from(SEEDS[kind]))
    charset = draw(st.sampled_from(("utf-8", "cp1251", "utf-16", "koi8-r")))
    data = seed.encode(charset, "replace")
    for _ in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(data)))
        until = draw(st.integers(at, min(len(data), at + 200)))
        piece = draw(
            st.one_of(
                st.just(b""),
                st.sampled_from(MARKS),
                st.binary(max_size=12),
                st.just(data[at:until] * 2),
            )
        )
        data = data[:at] + piece + data[until:]
    return data


LIMITED = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("kind", TARGETS)
def test_wounded_documents_are_read_or_refused(kind: str) -> None:
    """Cuts, doubled parts, stray marks and other charsets in documents of every kind."""

    @LIMITED
    @given(mutated(kind))
    def check(data: bytes) -> None:
        TARGETS[kind](data)

    check()


@pytest.mark.parametrize("kind", TARGETS)
def test_arbitrary_bytes_are_read_or_refused(kind: str) -> None:
    """Bytes that are nothing at all."""

    @LIMITED
    @given(st.binary(max_size=600))
    def check(data: bytes) -> None:
        TARGETS[kind](data)

    check()
