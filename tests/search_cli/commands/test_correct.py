"""`fangtan correct`: what was written, and who speaks then."""

from pathlib import Path

import pytest

from search_cli.app import app


@pytest.fixture
def transcript(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A transcript in the current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    Path("talk.txt").write_text("林深：你好吗？\n何苗：我很好。\n林深：那就好。\n何苗：再见。\n", "utf-8")
    return "talk.txt"


def corrected(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    app(["correct", *arguments], standalone_mode=False)
    return capsys.readouterr().out.splitlines()


def test_who_speaks_before_and_after(transcript: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert corrected(capsys, transcript, "何苗 = 何晓苗") == [
        " Written: talk.toml",
        "   何苗 = 何晓苗",
        "",
        " before  4 turns: 林深 2 · 何苗 2",
        " after   4 turns: 林深 2 · 何晓苗 2",
        "",
        " Next: fangtan index talk.txt",
    ]


@pytest.mark.usefixtures("chinese")
def test_it_is_told_in_chinese(transcript: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert corrected(capsys, transcript, "--dry-run", "何苗 = 何晓苗") == [
        " 因有 --dry-run，没有写入：talk.toml",
        "   何苗 = 何晓苗",
        "",
        " 之前    4 轮发言：林深 2 · 何苗 2",
        " 之后    4 轮发言：林深 2 · 何晓苗 2",
        "",
        " 下一步：fangtan index talk.txt",
    ]
    assert corrected(capsys, transcript) == [
        " talk.toml 列出了可以更正的地方。",
        "",
        " 下一步：$EDITOR talk.toml，然后 fangtan parse talk.txt",
    ]
