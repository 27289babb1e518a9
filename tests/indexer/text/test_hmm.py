"""Out-of-dictionary words: jieba's hidden Markov model, label by label."""

import random
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jieba import finalseg

from indexer.text import hmm, jieba_data

KNOWN = "".join(finalseg.emit_P["B"])
runs = st.text(st.sampled_from(KNOWN) | st.integers(0x4E00, 0x9FD5).map(chr), min_size=1, max_size=12)
repetitive = st.text("兵南一红米", min_size=1, max_size=14)
loose = st.text(st.sampled_from("红米手机空间龘azAZ019+#&._%-"), max_size=12)


@pytest.fixture(autouse=True, scope="module")
def nothing_forced() -> Iterator[None]:
    """Undo the removal of dictionary words by other tests, which jieba keeps for the whole process."""
    forced = set(finalseg.Force_Split_Words)
    finalseg.Force_Split_Words.clear()
    yield
    finalseg.Force_Split_Words.update(forced)


@pytest.mark.parametrize(
    ("run", "words"),
    [
        ("郑志昊", "郑志昊"),
        ("广点通", "广点通"),
        ("常在看", "常 在 看"),
        ("杭研", "杭研"),
        ("米", "米"),
        ("龘龘龘", "龘 龘 龘"),
        ("", ""),
        ("hhczy.com", "hhczy . com"),
        ("第1.2.3版", "第 1.2 . 3 版"),
        ("a--b", "a -- b"),
        ("%50%", "% 50%"),
    ],
)
def test_words(run: str, words: str) -> None:
    assert hmm.cut(run) == words.split() == list(finalseg.cut(run))


@settings(max_examples=500)
@given(runs)
def test_any_run(run: str) -> None:
    assert hmm.cut(run) == list(finalseg.cut(run))


@settings(max_examples=500)
@given(repetitive)
def test_readings_that_weigh_the_same(run: str) -> None:
    assert hmm.cut(run) == list(finalseg.cut(run))


@given(loose)
def test_han_letters_and_signs(text: str) -> None:
    assert hmm.cut(text) == list(finalseg.cut(text))
    assert "".join(hmm.cut(text)) == text


def test_many_runs() -> None:
    chance = random.Random(4)
    for _ in range(20_000):
        run = "".join(chance.choices(KNOWN, k=chance.choice((2, 2, 3, 3, 4, 6))))
        assert hmm.cut(run) == list(finalseg.cut(run))


def test_the_model_is_jiebas() -> None:
    model = hmm._model()
    assert dict(zip("BMES", model.initial, strict=True)) == finalseg.start_P
    for character in KNOWN:
        theirs = tuple(finalseg.emit_P[label].get(character, finalseg.MIN_FLOAT) for label in "BMES")
        assert model.emissions[character] == theirs


def test_a_missing_table_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jieba_data, "find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match="jieba"):
        hmm._table("prob_emit")
