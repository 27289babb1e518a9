"""synonyms.txt: groups and arrows are read, what cannot be used is told and left out."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.settings import sample_data
from indexer.text.normalize import fold
from search_cli.query.synonyms import LONGEST, MOST, Synonyms, load, read


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("腾讯,鹅厂", {"腾讯": ("鹅厂",), "鹅厂": ("腾讯",)}),
        (
            "騰訊，鵝廠、Ｔｅｎｃｅｎｔ",
            {"腾讯": ("鵝廠", "Ｔｅｎｃｅｎｔ"), "鹅厂": ("騰訊", "Ｔｅｎｃｅｎｔ"), "tencent": ("騰訊", "鵝廠")},
        ),
        ("企鹅 => 腾讯", {"企鹅": ("腾讯",)}),
        ("企鹅, 鹅厂 => 腾讯, Tencent", {"企鹅": ("腾讯", "Tencent"), "鹅厂": ("腾讯", "Tencent")}),
        ("企鹅＝＞腾讯", {"企鹅": ("腾讯",)}),
        ("深度学习, Deep  Learning", {"深度学习": ("Deep Learning",), "deeplearning": ("深度学习",)}),
        ("# 腾讯,鹅厂\n\n  # x\n腾讯,鹅厂  # 公司", {"腾讯": ("鹅厂",), "鹅厂": ("腾讯",)}),
        ("c#, csharp", {"c#": ("csharp",), "csharp": ("c#",)}),
        ("a1,b1\na1,c1", {"a1": ("b1", "c1"), "b1": ("a1",), "c1": ("a1",)}),
        ("a1,b1,B1, ,b1\r\n", {"a1": ("b1",), "b1": ("a1",)}),
        ("", {}),
    ],
)
def test_groups(text: str, of: dict[str, tuple[str, ...]]) -> None:
    found = read(text)
    assert dict(found.of) == of
    assert found.faults == ()


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("腾讯", "a word alone"),
        ("腾讯，騰訊", "a word alone"),
        ("腾讯 =>", "no word on one side of the arrow"),
        ("=> 腾讯", "no word on one side of the arrow"),
        ("a1 => b1 => c1", "more than one arrow"),
        (",,", "no word"),
        ("！！, 腾讯", "！！ has no letter"),
        (f"腾讯, {'一' * (LONGEST + 1)}", f"a word of {LONGEST + 1} characters"),
        (",".join(f"词{n}" for n in range(MOST + 1)), f"more than {MOST} words"),
    ],
)
def test_a_line_that_cannot_be_used_is_told_and_the_others_hold(line: str, told: str) -> None:
    found = read(f"微信,WeChat\n{line}\n小米,Xiaomi", "data/synonyms.txt")
    (fault,) = found.faults
    assert fault.message.startswith(f"data/synonyms.txt:2: {told}")
    assert "腾讯,鹅厂" in fault.next_step
    assert set(found.of) == {"微信", "wechat", "小米", "xiaomi"}


def test_a_file_is_read_again_when_it_was_changed(tmp_path: Path) -> None:
    path = tmp_path / "synonyms.txt"
    assert load(path) == Synonyms()
    path.write_text("腾讯,鹅厂", encoding="utf-8")
    assert set(load(path).of) == {"腾讯", "鹅厂"}
    path.write_text("\ufeff小米,Xiaomi,红米", encoding="utf-8")
    assert set(load(path).of) == {"小米", "xiaomi", "红米"}


def test_a_file_in_another_encoding_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "synonyms.txt"
    path.write_bytes("小米,Xiaomi\n".encode() + "腾讯,鹅厂".encode("gbk"))
    found = load(path)
    assert found.of == {}
    assert found.faults[0].message == f"{path}:2: not UTF-8: no synonyms are used."
    path.unlink()
    path.mkdir()
    assert "it is a folder" in load(path).faults[0].message


def test_the_sample_file_has_no_faults() -> None:
    found = load(sample_data() / "synonyms.txt")
    assert found.of["鹅厂"]
    assert found.faults == ()
    assert all(word == fold(word) for word in found.of)


@given(st.text("腾讯鹅厂ａＢ,，、;=>→# \n\t", max_size=40))
def test_whatever_is_written_is_read_or_told(text: str) -> None:
    found = read(text)
    for word, others in found.of.items():
        assert word == fold(word)
        assert others
        assert word not in {fold(other) for other in others}
    assert all(fault.message.count("\n") == 0 for fault in found.faults)
