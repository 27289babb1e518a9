"""`fangtan index` as people and scripts run it."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from indexer.errors import FangtanError, UsageError
from indexer.indexing.interviews import InterviewPlanner
from search_cli.app import app, main
from tests.support.archives import Archive, transcript

ROOT = Path(__file__).parents[2]


@pytest.fixture
def fangtan(archive: Archive, monkeypatch: pytest.MonkeyPatch):
    """Run the command in this process."""
    monkeypatch.setenv("ELASTICSEARCH_URL", archive.settings.url)
    monkeypatch.setenv("FANGTAN_INDEX", archive.settings.index)
    monkeypatch.setenv("COLUMNS", "200")

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(app, ["index", *arguments])

    return run


def test_a_plain_summary_where_there_is_no_terminal(archive: Archive, fangtan):
    archive.write(foo_txt=transcript(7), bar_txt=transcript(2))
    result = fangtan(str(archive.folder))
    first, *others, now = result.stdout.splitlines()
    assert not others
    assert first.startswith("Indexed 2 interviews (20 turns, 5 passages) from 2 files, ")
    assert first.endswith(" s; 0 unchanged; 0 failed")
    assert now.startswith("Now: fangtan search ")
    assert (result.stderr, result.exit_code) == ("", 0)
    again = fangtan(str(archive.folder))
    assert again.stdout.startswith("Nothing new in 2 files, ")
    assert again.exit_code == 0


def test_the_command_told_finds_something(archive: Archive, fangtan):
    archive.write(foo_txt=transcript(7, "社交营销"))
    word = fangtan(str(archive.folder)).stdout.split("fangtan search ")[1].strip()
    assert CliRunner().invoke(app, ["search", word, "--ids"]).stdout.startswith("foo#")


def test_a_failed_file_is_named_and_the_exit_code_is_1(archive: Archive, fangtan):
    archive.write(foo_txt=transcript(2), all_jsonl="{\n")
    result = fangtan(str(archive.folder))
    assert result.exit_code == 1
    assert "1 failed:" in result.stdout
    assert f"{archive.folder}/all.jsonl:1: not JSON" in result.stderr
    assert "all.jsonl" not in result.stdout
    assert archive.ids() == ["foo"]


def test_the_report_as_json(archive: Archive, fangtan):
    archive.write(foo_txt=transcript(2), empty_txt="")
    result = fangtan(str(archive.folder), "--json")
    report = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (report["files"], report["indexed"], report["turns"], report["unchanged"]) == (2, 1, 5, 0)
    assert [Path(one["path"]).name for one in report["failed"]] == ["empty.txt"]


def test_rebuild_and_prune(archive: Archive, fangtan):
    archive.write(foo_txt=transcript(2), bar_txt=transcript(2))
    assert fangtan(str(archive.folder)).exit_code == 0
    archive.delete("foo_txt")
    result = fangtan("--rebuild", "--prune")
    assert result.exit_code == 0
    assert "Removed 1 interview: foo" in result.stdout
    assert archive.ids() == ["bar"]


@pytest.mark.parametrize(
    ("arguments", "code", "said", "step"),
    [
        (("nix",), 2, "There is no file or folder nix.", "Check the path"),
        ((), 2, "Name the folder or the files to index.", "fangtan index FOLDER"),
    ],
)
def test_what_cannot_be_done_is_told_before_elasticsearch_is_asked(monkeypatch, capsys, arguments, code, said, step):
    monkeypatch.setenv("ELASTICSEARCH_URL", "http://127.0.0.1:9")
    monkeypatch.setattr(sys, "argv", ["fangtan", "index", *arguments])
    with pytest.raises(SystemExit) as end:
        main()
    told = capsys.readouterr().err
    assert end.value.code == code
    assert f"Error: {said}" in told
    assert f"Try: {step}" in told


def test_a_folder_without_transcripts_is_told(archive: Archive, fangtan):
    (archive.folder / "a.xyz").write_bytes(b"xyz")
    result = fangtan(str(archive.folder))
    assert isinstance(result.exception, FangtanError)
    assert "There are no transcripts in" in result.exception.message


def test_nobody_there_is_told_with_a_next_step(archive: Archive, fangtan, monkeypatch):
    monkeypatch.setenv("ELASTICSEARCH_URL", "http://127.0.0.1:9")
    archive.write(foo_txt=transcript(2))
    result = fangtan(str(archive.folder))
    assert isinstance(result.exception, FangtanError)
    assert result.exception.exit_code == 3
    assert "run the same command again" not in result.exception.next_step


def test_ctrl_c_once_stops_in_order_and_is_then_as_it_was(archive: Archive, fangtan, monkeypatch):
    archive.write(**{f"i{n}_txt": transcript(2) for n in range(9)})
    before = signal.getsignal(signal.SIGINT)
    original = InterviewPlanner.plan
    seen = []

    def press(self, interview, origin):
        seen.append(interview.id)
        if len(seen) == 3:
            signal.raise_signal(signal.SIGINT)
        return original(self, interview, origin)

    monkeypatch.setattr(InterviewPlanner, "plan", press)
    assert threading.current_thread() is threading.main_thread()
    result = fangtan(str(archive.folder))
    assert result.exit_code == 130
    assert "Indexed 3 interviews (15 turns" in result.stdout
    assert "Stopped: the interviews counted above are indexed." in result.stdout
    assert archive.ids() == seen
    assert signal.getsignal(signal.SIGINT) is before


def test_python_m_indexer_is_the_same(archive: Archive, monkeypatch):
    archive.write(foo_txt=transcript(2))
    monkeypatch.setenv("ELASTICSEARCH_URL", archive.settings.url)
    monkeypatch.setenv("FANGTAN_INDEX", archive.settings.index)
    command = [sys.executable, "-m", "indexer", str(archive.folder), "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["turns"] == 5


def test_what_a_person_knows_better(archive: Archive, fangtan):
    archive.write(foo_txt=transcript(2))
    assert fangtan(str(archive.folder), "--meta", "outlet=新京报", "--meta", "authors=甲").exit_code == 0
    foo = archive.contents()["interviews", "foo"]
    assert (foo["outlet"], foo["authors"]) == ("新京报", ["甲"])
    assert fangtan(str(archive.folder), "--meta", "outlet=").exit_code == 0
    assert archive.contents()["interviews", "foo"]["outlet"] == "搜狐IT"  # what its lead says
    for typed in ([str(archive.folder), "--meta", "verlag=甲"], ["--rebuild", "--meta", "outlet=甲"]):
        assert isinstance(fangtan(*typed).exception, UsageError)


def test_what_was_said_of_a_file_is_kept_where_it_moves(archive: Archive, fangtan):
    archive.write(a__foo_txt=transcript(2), b__bar_txt=transcript(2))
    fangtan(str(archive.path("a__foo_txt")), "--meta", "outlet=新京报")
    fangtan(str(archive.folder))
    (archive.folder / "c").mkdir()
    archive.path("a__foo_txt").rename(archive.folder / "c/new.txt")
    fangtan(str(archive.folder), "--prune")
    outlets = {one["path"].rpartition("/")[2]: one["outlet"] for (_, one) in interviews(archive)}
    assert outlets == {"new.txt": "新京报", "bar.txt": "搜狐IT"}


def test_a_sidecar_newer_than_a_remembered_meta_is_used(archive: Archive, fangtan):
    archive.write(foo_txt=transcript(2), bar_txt=transcript(3))
    sidecar = archive.path("foo_toml")
    sidecar.write_text('outlet = "旧的"\n')
    fangtan(str(archive.folder), "--meta", "outlet=新京报", "--meta", "author=甲")

    def outlets() -> dict[str, tuple[str, list[str]]]:
        return {id_: (one["outlet"], one["given"]) for id_, one in interviews(archive)}

    given = ["outlet=新京报", "author=甲"]
    assert outlets() == {"foo": ("新京报", given), "bar": ("新京报", given)}  # what is given later
    archive.write(foo_txt=transcript(2) + "问：还有吗？\n")
    assert "newer" not in fangtan(str(archive.folder)).stdout
    assert outlets()["foo"] == ("新京报", given)

    sidecar.write_text('outlet = "晚报"\n')
    later = time.time() + 5
    os.utime(sidecar, (later, later))
    printed = fangtan(str(archive.folder)).stdout
    assert f"1 sidecar file used instead of an earlier --meta, being newer:\n  {sidecar} (outlet)\n" in printed
    assert outlets() == {"foo": ("晚报", ["author=甲"]), "bar": ("新京报", given)}
    shown = CliRunner().invoke(app, ["show", "foo", "--no-pager"]).stdout
    assert " 覆盖 author=甲  (--meta)" in shown
    assert "2 interviews have metadata given with --meta" in CliRunner().invoke(app, ["status"]).stdout


def interviews(archive: Archive):
    return [(id_, one) for (kind, id_), one in archive.contents().items() if kind == "interviews"]


def test_a_date_that_is_none_is_told_before_anything_is_asked(fangtan, archive: Archive, monkeypatch):
    monkeypatch.setenv("ELASTICSEARCH_URL", "http://127.0.0.1:9")
    archive.write(foo_txt=transcript(2))
    error = fangtan(str(archive.folder), "--meta", "date=去年").exception
    assert isinstance(error, UsageError)
    assert error.message == "date=去年 is not a date."


def test_what_is_left_out_is_counted_and_a_transcript_that_loses_much_is_named(archive: Archive, fangtan):
    lost = "".join(f"第{n}页的脚注和来源说明，读者不必理会\n" for n in range(40))
    archive.write(few_txt=transcript(2) + "\n编辑：小北\n", much_txt=transcript(3) + "\n参考文献\n" + lost)
    printed = fangtan(str(archive.folder)).stdout
    assert "Left out " in printed
    assert ": footer " in printed
    assert "1 transcript of which much is left out:\n  fangtan parse --explain " in printed
    assert f"{archive.folder}/much.txt\n    left out " in printed
    again = fangtan(str(archive.folder), "--json").stdout
    assert json.loads(again)["left_out"]["characters"] == 0  # nothing was read


def test_a_transcript_few_lines_of_which_were_turns_is_told(archive: Archive, fangtan):
    archive.write(meeting_txt="通知\n\n今天不开会，大家休息。\n\n明天上午开会，请准时到场。\n")
    printed = fangtan(str(archive.folder)).stdout
    assert "1 transcript with few turns, mostly narration:\n  fangtan parse --explain " in printed


def test_corrections_are_obeyed_and_those_that_no_longer_fit_are_reported(archive: Archive, fangtan):
    talk = "发言人1：船几点开？\n\n发言人2：天亮就开。\n\n发言人1：你去吗？\n\n发言人2：去。\n\n扫码关注我们\n"
    archive.write(talk_txt=talk)
    fangtan(str(archive.folder))
    path = str(archive.path("talk_txt"))
    made = CliRunner().invoke(app, ["correct", path, "发言人2 = 王敏", "line 5: 李华", "keep 9"])
    assert made.exit_code == 0
    assert f"Next: fangtan index {path}" in made.stdout
    assert fangtan(str(archive.folder)).exit_code == 0
    turns = [
        ("发言人1@talk", "船几点开？"),
        ("王敏", "天亮就开。"),
        ("李华", "你去吗？"),
        ("王敏", "去。\n扫码关注我们"),
    ]

    def indexed() -> list[tuple[str, str]]:
        contents = archive.contents()
        found = [contents["turns", f"talk#{n}"] for n in range(1, 5)]
        return [(turn["speaker"], turn["text"]) for turn in found]

    assert indexed() == turns
    assert fangtan(str(archive.folder), "--rebuild").exit_code == 0
    assert indexed() == turns
    archive.write(talk_txt=talk.replace("你去吗", "您去吗"))
    result = fangtan(str(archive.folder))
    assert result.exit_code == 1
    assert "talk.toml:5: the correction “line 5: 李华 | 发言人1你去吗” does not fit: line 5 does not" in result.stderr
    assert indexed()[1:3] == [("王敏", "天亮就开。"), ("发言人1@talk", "您去吗？")]
    again = fangtan(str(archive.folder), "--rebuild")
    assert (again.exit_code, indexed()[2]) == (1, ("发言人1@talk", "您去吗？")), "reported until it is mended"
