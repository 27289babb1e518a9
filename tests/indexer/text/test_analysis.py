"""The analysis of a text, and the analyzer with its cache and fingerprint."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from indexer.errors import SettingsError
from indexer.text import analysis as module
from indexer.text import joined_texts, tokens
from indexer.text.analysis import Analyzer, load
from indexer.text.normalize import normalize

WORDS = Path(__file__).parents[3] / "data" / "words.txt"
SENTENCE = "问：ＱＱ空間的用户６.１１亿……iPhone6s 也能上B站吗？"


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return load(WORDS)


@pytest.fixture(scope="module")
def together(tmp_path_factory: pytest.TempPathFactory) -> Analyzer:
    """Return an analyzer that has had enough texts to analyze the next ones at once; it has a word to leave out."""
    path = tmp_path_factory.mktemp("words") / "words.txt"
    path.write_text("qq空间\n不要词 0\n", "utf-8")
    analyzer = Analyzer(path)
    list(analyzer.analyze_all(["好"] * module.JOIN_AFTER))
    return analyzer


def test_all_terms_of_a_text(analyzer: Analyzer) -> None:
    found = analyzer.analyze(SENTENCE)
    assert found.normal == normalize(SENTENCE)
    assert found.words == tuple("问 qq空间 的 用户 6.11 亿 iphone6s 也 能 上 b站 吗".split(" "))  # noqa: SIM905
    assert found.bigrams == tuple(tokens.bigrams(found.normal.text))
    assert found.chars == tuple("问:qq空间的用户6.11亿......iphone6s也能上b站吗?")


def test_joined_terms_are_the_terms(analyzer: Analyzer) -> None:
    found = analyzer.analyze(SENTENCE)
    assert found.joined_words == " ".join(found.words)
    assert found.joined_bigrams == " ".join(found.bigrams)
    assert found.joined_chars == " ".join(found.chars)


@pytest.mark.parametrize("text", ["", " \n", "。……", "😀"])
def test_a_text_without_words(analyzer: Analyzer, text: str) -> None:
    found = analyzer.analyze(text)
    assert found.words == found.bigrams == ()
    assert found.joined_words == found.joined_bigrams == ""
    assert "".join(found.chars) == "".join(normalize(text).text.split())


@given(
    st.text(st.one_of(st.sampled_from("小米手机资訊aA16. ，…\r\n𠮷\ud800\x00\x1f\u2028"), st.characters()), max_size=25)
)
def test_no_token_has_a_space(text: str) -> None:
    found = load(WORDS).analyze(text)
    for joined, separate in (
        (found.joined_words, found.words),
        (found.joined_bigrams, found.bigrams),
        (found.joined_chars, found.chars),
    ):
        assert joined.split() == list(separate)
    found.joined_chars.encode()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("資訊與軟體", "资讯与软体"),
        ("ｉＰｈｏｎｅ６ｓ", "iPhone6s"),
        ("ＱＱ空間", "qq空间"),
        ("小\u200b米手機", "小米手机"),
        ("㈱", "（株）"),
    ],
)
def test_spellings_of_one_text_become_one(analyzer: Analyzer, one: str, other: str) -> None:
    left, right = analyzer.analyze(one), analyzer.analyze(other)
    assert (left.joined_words, left.joined_bigrams, left.chars) == (
        right.joined_words,
        right.joined_bigrams,
        right.chars,
    )


turns = st.lists(
    st.one_of(
        st.sampled_from("小米手机资訊打壞坏aAΣσzé016.-_%， …％＋\r\n\x01々𠮷㐀カ\ud800\ue000\u200b"),
        st.sampled_from(["常在看", "兵兵兵", "iPhone6s", "6.11亿", "不要词"]),
        st.characters(),
    ),
    max_size=12,
).map("".join)


@settings(max_examples=300, deadline=None)
@given(st.lists(turns, max_size=8))
@example(["小米", "", "，", "手机a", "b空間"])
def test_the_turns_of_an_interview_are_analyzed_at_once(together: Analyzer, texts: list[str]) -> None:
    assert list(together.analyze_all(texts)) == [together.analyze(text) for text in texts]


def test_a_long_interview_is_analyzed_in_parts(together: Analyzer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joined_texts, "BATCH", 10)
    texts = ["小米手机", "資訊" * 20, "", *("嗯嗯嗯嗯" * 9)]
    assert list(together.analyze_all(texts)) == [together.analyze(text) for text in texts]


def test_a_text_is_analyzed_once(analyzer: Analyzer) -> None:
    assert analyzer.analyze("小米手机合作") is analyzer.analyze("小米手机合作")


def test_a_dictionary_is_loaded_once() -> None:
    assert load(WORDS) is load(WORDS)


def test_an_analyzer_without_a_user_dictionary() -> None:
    assert Analyzer().analyze("B站").words == ("b", "站")


def test_threads_share_an_analyzer(analyzer: Analyzer) -> None:
    texts = [f"{number}号：資訊…嗯嗯嗯嗯嗯，a-{number}" for number in range(300)]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(Analyzer(WORDS).analyze, texts))
    assert together == [analyzer.analyze(text) for text in texts]


def test_the_fingerprint_follows_words_and_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "words.txt"
    path.write_text("红米 9 nz\n", "utf-8")
    first = Analyzer(path).fingerprint
    assert Analyzer(path).fingerprint == first
    assert Analyzer().fingerprint != first
    monkeypatch.setattr(module, "ANALYSIS_VERSION", module.ANALYSIS_VERSION + 1)
    assert Analyzer(path).fingerprint != first


def test_nouns_are_the_users_by_their_tags(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("红米 9 nz\n短视频 n\n郑志昊 3 nr\n带货 3 v\n泛商务\n", "utf-8")
    assert Analyzer(path).nouns == {"红米", "短视频"}


def test_an_invalid_dictionary_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("红米手机 二十\n", "utf-8")
    with pytest.raises(SettingsError, match="红米手机 二十"):
        load(path)


def test_a_query_waits_for_no_other_library() -> None:
    """A search imports neither jieba (0.1 s) and its dictionary, nor the metadata of packages."""
    code = (
        "import sys; from pathlib import Path; from indexer.text.analysis import load;"
        f"load(Path({str(WORDS)!r})).analyze('小米手机，ＱＱ空間，6.11亿');"
        "print([name for name in ('jieba', 'importlib.metadata', 'hypothesis', 'logging') if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
    assert run.stderr == ""
