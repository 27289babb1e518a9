"""The corrections that people write, one a line."""

import pytest

from indexer.readers.correction_syntax import anchored, parse_correction
from indexer.readers.script import CorrectionKind, Line


@pytest.mark.parametrize(
    ("text", "kind", "first", "last", "label", "value", "anchor"),
    [
        ("发言人2 = 王敏", CorrectionKind.NAME, 0, 0, "发言人2", "王敏", ""),
        ("Speaker 1＝王敏", CorrectionKind.NAME, 0, 0, "Speaker 1", "王敏", ""),
        ("line 40: 李华", CorrectionKind.SPEAKER, 40, 40, "", "李华", ""),
        ("第40行：李华 | 那一年，我们", CorrectionKind.SPEAKER, 40, 40, "", "李华", "那一年我们"),
        ("Line 7 continues", CorrectionKind.CONTINUES, 7, 7, "", "", ""),
        ("第7行接上", CorrectionKind.CONTINUES, 7, 7, "", "", ""),
        ("leave out 88-95", CorrectionKind.LEFT_OUT, 88, 95, "", "", ""),
        ("略去 88至95行 ｜ 更多精彩", CorrectionKind.LEFT_OUT, 88, 95, "", "", "更多精彩"),
        ("keep 12", CorrectionKind.KEPT, 12, 12, "", "", ""),
        ("保留第12行", CorrectionKind.KEPT, 12, 12, "", "", ""),
    ],
)
def test_a_correction(text: str, kind: str, first: int, last: int, label: str, value: str, anchor: str) -> None:
    found = parse_correction(text)
    assert found is not None
    assert (found.kind, found.first, found.last) == (kind, first, last)
    assert (found.label, found.value, found.anchor) == (label, value, anchor)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "王敏",
        "leave out",
        "leave out 9-3",
        "leave out 0",
        "line x: 李华",
        "line 4:",
        "发言人2 =",
        "= 王敏",
        "甲=乙=丙",
    ],
)
def test_not_a_correction(text: str) -> None:
    assert parse_correction(text) is None


def test_the_first_words_of_its_line_are_added_to_a_correction() -> None:
    made = parse_correction("line 3: 李华")
    assert made is not None
    assert anchored(made, Line(3, "“那一年”，我们在渡口，等船。")).text == "line 3: 李华 | 那一年我们在渡口"
    assert anchored(made, Line(3, "……")).text == "line 3: 李华"
