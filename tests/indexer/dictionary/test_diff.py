"""How two dictionaries cut the same texts."""

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from indexer.dictionary.diff import differing, first_difference
from indexer.text.analysis import Analyzer

pytestmark = pytest.mark.usefixtures("frequencies_read_once")


def analyzer(folder: Path, lines: str) -> Analyzer:
    path = folder / f"{abs(hash(lines))}.txt"
    path.write_text(lines, encoding="utf-8")
    return Analyzer(path)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("红米 9 nz\n", "红米 9 nz\n", set()),
        ("红米 9 nz\n", "红米 9 nz\n广点通 3 nz\n", {"广点通"}),
        ("红米 9 nz\n广点通 3\n", "广点通 3\n", {"红米"}),
        ("红米 9 nz\n", "红米 10 nz\n", {"红米"}),
        ("红米 9 nz\n", "红米 9 nr\n", {"红米"}),  # a noun no more: it cannot be a topic
        ("红米 9 nr\n", "红米 9 v\n", set()),
        ("红米 9\n红米 10\n", "红米 10\n", set()),  # the last one counts
        ("的手机 5000\n的手机在\n", "的手机在\n", {"的手机", "的手机在"}),  # which is computed with 的手机, or without
    ],
)
def test_the_words_by_which_two_dictionaries_differ(tmp_path: Path, before: str, after: str, words: set[str]) -> None:
    assert differing(analyzer(tmp_path, before), analyzer(tmp_path, after)) == words


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("发布 红米 手机 。", "发布 红米手机 。", ("发布 红米 手机 。", "发布 红米手机 。")),
        ("a b c 红 米 d e f", "a b c 红米 d e f", ("b c 红 米 d e", "b c 红米 d e")),
        ("红 米 a", "红米 a", ("红 米 a", "红米 a")),
        ("一二 三", "一 二三", ("一二 三", "一 二三")),
        ("a 红 米 b 红 米", "a 红米 b 红米", ("a 红 米 b 红", "a 红米 b 红米")),
    ],
)
def test_the_first_difference_with_what_stands_around_it(before: str, after: str, shown: tuple[str, str]) -> None:
    found = first_difference(before.split(), after.split())
    assert tuple(map(" ".join, found)) == shown


@given(st.text("甲乙丙丁", min_size=2, max_size=30), st.data())
def test_both_readings_show_the_same_text(text: str, data: st.DataObject) -> None:
    def reading() -> list[str]:
        cuts = sorted(data.draw(st.sets(st.integers(1, len(text) - 1))))
        return [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]

    before, after = reading(), reading()
    assume(before != after)
    one, other = first_difference(before, after)
    assert one != other
    assert "".join(one) in text
    assert "".join(other) in text
    assert len(one) <= len(before)
