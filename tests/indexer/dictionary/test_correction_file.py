"""The sidecar file that `fangtan correct` writes."""

import tomllib
from pathlib import Path

import pytest

from indexer.dictionary.correction_file import plan_corrections, write
from indexer.errors import ReadingError, UsageError
from indexer.readers import sidecar
from indexer.settings import Settings

TALK = "渡口\n\n发言人1：船几点开？\n\n发言人2：天亮就开。\n\n发言人1：你去吗？\n\n发言人2：去。\n\n扫码关注我们\n"


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.txt"
    path.write_text(TALK, encoding="utf-8")
    return path


def corrected(path: Path, *written: str) -> str:
    write(plan_corrections(path, written, Settings()))
    return path.with_suffix(".toml").read_text(encoding="utf-8")


def test_corrections_are_added_and_replaced(talk: Path) -> None:
    talk.with_suffix(".toml").write_text('outlet = "渡口报"  # 自拟\n', encoding="utf-8")
    corrected(talk, "发言人2 = 王敏", "line 5: 李华")
    text = corrected(talk, "发言人2 = 老周", "title = 天亮", "date = 2021年3月4日")
    assert tomllib.loads(text) == {
        "title": "天亮",
        "date": tomllib.loads("date = 2021-03-04")["date"],
        "outlet": "渡口报",
        "corrections": "line 5: 李华 | 发言人2天亮就开\n发言人2 = 老周\n",
    }
    assert "# 自拟" in text, "what people wrote is kept"


def test_without_corrections_it_lists_what_can_be_corrected(talk: Path) -> None:
    text = corrected(talk)
    assert [line for line in text.splitlines() if line.startswith(("# line", "# keep", "# 发言人"))] == [
        "# 发言人1 = ",
        "# 发言人2 = ",
        "# line 3: 发言人1 | 发言人1船几点开",
        "# line 5: 发言人2 | 发言人2天亮就开",
        "# line 7: 发言人1 | 发言人1你去吗",
        "# line 9: 发言人2 | 发言人2去",
        "# keep 1 | 渡口   (title)",
        "# keep 11 | 扫码关注我们   (footer)",
    ]
    assert sidecar.read(talk).corrections == (), "all of it is comments"
    talk.with_suffix(".toml").write_text(text.replace("# Who the", "Who the"), encoding="utf-8")
    with pytest.raises(ReadingError, match="is not a correction"):
        sidecar.read(talk)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("王敏", "is not a correction"),
        ("line 99: 王敏", "there is no text in line 99"),
        ("发言人7 = 王敏", "nobody is printed as 发言人7"),
        ("date = 昨天", "is not a date"),
    ],
)
def test_what_does_not_fit_is_not_written(talk: Path, written: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        plan_corrections(talk, ["发言人2 = 王敏", written], Settings())
    assert not talk.with_suffix(".toml").exists()


def test_a_file_of_several_transcripts_is_not_corrected(tmp_path: Path) -> None:
    path = tmp_path / "talks.jsonl"
    path.write_text('{"id": "a", "turns": [{"speaker": "甲", "text": "好。"}]}\n', encoding="utf-8")
    with pytest.raises(ReadingError, match="lines of one transcript"):
        plan_corrections(path, ["甲 = 王敏"], Settings())


def test_nothing_of_a_transcript_is_more_than_text_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "evil.txt"
    path.write_text("李'''\x1b[31m华：在吗？\n\n问：在。\n\n李'''\x1b[31m华：好。\n\n问：走。\n", encoding="utf-8")
    text = corrected(path)
    assert list(tomllib.loads(text)) == ["corrections"]
    assert text.isprintable() or set(filter(lambda character: not character.isprintable(), text)) == {"\n"}
    with pytest.raises(UsageError, match="is not a correction"):
        plan_corrections(path, ["问 = 甲'''\ntitle = 'x'"], Settings())
