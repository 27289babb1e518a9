"""The progress and the report of an index run."""

import io
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from indexer.indexing.tally import Tally
from indexer.report import UNCOUNTED, Change, Failure, FileRead, IndexReport, LeftOut, Outcome, Progress, Skipped
from search_cli.rendering.formats.json_objects import json_text
from search_cli.rendering.pages import index_progress
from search_cli.rendering.pages.index_progress import progress_bar
from search_cli.rendering.pages.index_report import done_lines, failed_lines, more_lines, report_object, show_report
from search_cli.rendering.terminal.styles import StyledLine, cells, plain_text
from tests.support.spoken import HOSTILE


def report(**changes: Any) -> IndexReport:
    fields: dict[str, Any] = {
        "files": 472,
        "bytes": 17_700_000,
        "indexed": 470,
        "turns": 26_801,
        "passages": 2_744,
        "unchanged": 0,
        "failed": (),
        "removed": (),
        "unsure": (),
        "seconds": 4.6,
        "word": "小米",
    }
    return IndexReport(**{**fields, **changes})


def terminal(width: int, **changes: Any) -> list[StyledLine]:
    """All lines of a run, as a terminal shows both streams."""
    of = report(**changes)
    return [*done_lines(of, width), *failed_lines(of.failed, width), *more_lines(of, width)]


def screen(width: int = 80, **changes: Any) -> list[str]:
    return [plain_text(one) for one in terminal(width, **changes)]


def test_the_counts_and_the_next_step():
    assert screen() == [
        "Indexed 470 interviews (26,801 turns, 2,744 passages) from 472 files, 17.7 MB,",
        "in 4.6 s; 0 unchanged; 0 failed",
        "Now: fangtan search 小米",
    ]


def test_nothing_new():
    assert screen(files=14, bytes=67_120, indexed=0, turns=0, passages=0, unchanged=15, seconds=0.31, word="") == [
        "Nothing new in 14 files, 67 KB, in 0.3 s; 15 unchanged; 0 failed"
    ]


def test_one_of_each():
    (first,) = screen(width=100, files=1, bytes=900, indexed=1, turns=1, passages=1, word="")
    assert first == "Indexed 1 interview (1 turn, 1 passage) from 1 file, 900 bytes, in 4.6 s; 0 unchanged; 0 failed"


def test_interviews_whose_files_are_gone_are_told_with_the_command_that_removes_them():
    assert [plain_text(one) for one in more_lines(report(word="", gone=("a", "b")), 80, [Path("my talks")])] == [
        "2 interviews are still indexed, but their files are gone: a, b",
        "  Remove them: fangtan index 'my talks' --prune",
    ]
    (first, _) = [plain_text(one) for one in more_lines(report(word="", gone=("a",)), 80, [Path("b")])]
    assert first == "1 interview is still indexed, but its file is gone: a"


def test_failures_have_path_reason_and_next_step():
    failed = (
        Failure("data/broken.txt", "not text: 31 % of its bytes are zero"),
        Failure("data/all.jsonl", "text is missing or blank", 3, "Write a text."),
    )
    assert screen(width=120, failed=failed)[0].endswith("; 2 failed:")
    assert screen(width=120, failed=failed)[1:-1] == [
        "  data/broken.txt  not text: 31 % of its bytes are zero",
        "  data/all.jsonl:3  text is missing or blank",
        "    Try: Write a text.",
    ]


def test_only_the_first_invalid_lines_of_a_file_are_listed():
    bad = tuple(Failure("all.jsonl", "no text", number) for number in range(1, 923))
    assert screen(failed=(*bad, Failure("b.txt", "empty")))[2:-1] == [
        "  all.jsonl:1  no text",
        "  all.jsonl:2  no text",
        "  all.jsonl:3  no text",
        "    and 919 more lines of this file",
        "  b.txt  empty",
    ]


def test_a_long_path_stays_in_one_piece():
    path = "data/" + "政府資料跨部門運用之法制研析" * 5 + ".txt"
    assert screen(failed=(Failure(path, "empty"),))[2:-1] == [f"  {path}", "    empty"]


def test_what_failed_goes_whole_to_standard_error_where_that_is_no_terminal(capsys):
    path = f"/我的 文件夹/{'政府資料跨部門運用之法制研析' * 5}.jsonl"
    show_report(report(failed=(Failure(path, "no text " * 20, 3, "Write a text. " * 20), Failure("b.txt", "empty"))))
    printed = capsys.readouterr()
    assert printed.err.splitlines() == [
        f"{path}:3: {'no text ' * 20}".rstrip(),
        f"    Try: {'Write a text. ' * 20}".rstrip(),
        "b.txt: empty",
    ]
    assert path not in printed.out
    assert "2 failed" in printed.out
    assert printed.out.endswith("Now: fangtan search 小米\n")


def test_transcripts_of_mostly_narration_are_listed():
    lines = screen(unsure=("a.txt", "b.txt", "c.txt", "d.txt"))
    assert lines[-6:-1] == [
        "4 transcripts with few turns, mostly narration:",
        "  fangtan parse --explain a.txt",
        "  fangtan parse --explain b.txt",
        "  fangtan parse --explain c.txt",
        "  and 1 more",
    ]
    assert "  fangtan parse --explain '访谈 (1).txt'" in screen(unsure=("访谈 (1).txt",))


def test_what_is_left_out_is_counted_and_the_worst_are_named():
    footer, lost = (
        LeftOut("a b.txt", 4000, (("footer", 900), ("caption", 20))),
        LeftOut("c.txt", 900, (("header", 855),)),
    )
    lines = screen(left_out=footer + lost, much_left_out=(footer, lost))
    assert lines[2:-1] == [
        "Left out 36 %: footer 18 %, header 17 %, captions <1 %",
        "2 transcripts of which much is left out:",
        "  fangtan parse --explain c.txt",
        "    left out 95 %: header 95 %",
        "  fangtan parse --explain 'a b.txt'",
        "    left out 23 %: footer 22 %, captions <1 %",
    ]
    assert not any("eft out" in one for one in screen())


def test_removed_interviews_are_listed():
    assert "Removed 2 interviews: old, 2019/旧" in screen(removed=("old", "2019/旧"))


def test_topics_that_were_learned_are_counted_and_the_largest_named():
    lines = screen(width=120, topics=(("口罩、药师", 1204), ("公园", 80), ("租金", 1), ("小麦", 1)))
    found = "Found 4 topics: 口罩、药师 (1,204 turns), 公园 (80 turns), 租金 (1 turn) and 1 more  (fangtan topics)"
    assert found in lines


def test_an_interrupted_run_has_a_next_step():
    lines = screen(width=120, interrupted=True)
    assert lines[-1] == "Stopped: the interviews counted above are indexed. Run the same command again for the rest."
    assert not any("Now:" in one for one in lines)
    lines = screen(width=120, interrupted=True, rebuilt=True)
    assert lines[-1].startswith("Stopped: the archive is as it was before the rebuild.")


@pytest.mark.parametrize("width", [24, 40, 80])
def test_lines_fit_and_are_safe(width):
    failed = (Failure(HOSTILE[:9], HOSTILE, 7, HOSTILE),)
    lines = terminal(width, failed=failed, unsure=(HOSTILE,), removed=(HOSTILE,))
    assert all(plain_text(one).isprintable() for one in lines)
    assert all(cells(one) <= width for one in lines if "fangtan" not in plain_text(one))


def test_the_report_for_programs():
    failed = (Failure("a.txt", "empty", 0, ""),)
    value = json.loads(json_text(report_object(report(failed=failed, removed=("x",)))))
    assert value == {
        "files": 472,
        "bytes": 17_700_000,
        "indexed": 470,
        "turns": 26_801,
        "passages": 2_744,
        "unchanged": 0,
        "failed": [{"path": "a.txt", "reason": "empty", "line": 0, "next_step": ""}],
        "removed": ["x"],
        "unsure": [],
        "seconds": 4.6,
        "interrupted": False,
        "rebuilt": False,
        "word": "小米",
        "versions": [],
        "gone": [],
        "sidecars": [],
        "left_out": {"source": "", "characters": 0, "parts": []},
        "much_left_out": [],
        "unread": [],
        "topics": [],
        "renamed": 0,
        "missing": [],
        "embedded": 0,
        "unembedded": "",
    }


def test_no_bar_without_a_terminal(capsys):
    with progress_bar() as on_progress:
        on_progress(Progress(1, 2, 100, 200, 50))
    assert capsys.readouterr() == ("", "")


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_on_a_terminal(monkeypatch):
    from rich.console import Console

    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    console = Console(file=terminal, force_terminal=True, width=100, color_system=None)
    monkeypatch.setattr("search_cli.rendering.terminal.console.err", lambda: console)
    monkeypatch.setattr(index_progress, "_rate", lambda size, seconds: f"{size} bytes")
    with progress_bar() as on_progress:
        on_progress(Progress(3, 4, 1500, 2000, 1234))
    with progress_bar() as on_progress:
        on_progress(Progress(4, 4, 2000, 2000, 1234, "Embedding", 300, 1234))
    assert "3/4 files  1,234 turns  1500 bytes" in terminal.getvalue()
    assert "300/1,234 turns" in terminal.getvalue()


def test_vectors_are_told_with_what_keeps_turns_from_having_one():
    done = report(embedded=12, unembedded="Search by meaning needs onnxruntime.")
    said = "\n".join(plain_text(one) for one in more_lines(done, 80))
    assert "12 turns got a vector." in said
    assert "New turns have no vector: Search by meaning needs onnxruntime." in said


@pytest.mark.parametrize(
    ("size", "seconds", "said"), [(0, 3.0, ""), (9_000_000, 0.1, ""), (9_000_000, 2.0, "4.5 MB/s")]
)
def test_a_rate_is_shown_after_half_a_second(size, seconds, said):
    assert index_progress._rate(size, seconds) == said


def test_a_tally_counts_the_results_of_interviews():
    tally = Tally()
    tally.add(FileRead(100))
    tally.add(Skipped(2))
    tally.settle("a", "", Outcome(Change.INDEXED, "a.txt", "/a.txt", turns=5, passages=1, low_confidence=True))
    tally.settle("b", "too long", Outcome(Change.INDEXED, "b.txt", "/b.txt", turns=7, passages=2))
    tally.settle("c", "", Outcome(Change.UNCHANGED, "c.txt", "/c.txt"))
    tally.settle("d", "", Outcome(Change.REMOVED))
    tally.settle("e", "", UNCOUNTED)
    done = tally.report(1.5, interrupted=False, rebuilt=False, word="话")
    assert (done.files, done.bytes, done.indexed, done.turns, done.passages, done.unchanged) == (1, 100, 1, 5, 1, 3)
    assert done.unsure == ("a.txt",)
    assert done.failed == (Failure("b.txt", "too long"),)
    assert done.removed == ("d",)
    assert tally.broken == {"/b.txt"}
    assert tally.arrived == {"/a.txt": 1, "/c.txt": 1}


def test_a_tally_adds_up_what_is_left_out_and_keeps_what_is_unusual():
    tally = Tally()
    tally.add(usual := LeftOut("a.txt", 5000, (("footer", 999),)))  # just under a fifth
    tally.add(short := LeftOut("b.txt", 600, (("header", 499),)))
    tally.add(much := LeftOut("c.txt", 5000, (("footer", 600), ("header", 400))))
    done = tally.report(1.5, interrupted=False, rebuilt=False, word="话")
    assert [one.is_unusual for one in (usual, short, much)] == [False, False, True]
    assert done.left_out == LeftOut("", 10_600, (("footer", 1599), ("header", 899)))
    assert done.much_left_out == (much,)


def test_an_interview_that_turns_out_to_be_a_duplicate_is_no_longer_counted_as_indexed():
    tally = Tally()
    tally.settle("a", "", Outcome(Change.INDEXED, "a.txt", "/a.txt", turns=5, passages=1))
    tally.settle("b", "", Outcome(Change.INDEXED, "b.txt", "/b.txt", turns=7, passages=2))
    tally.settle("a", "", Outcome(Change.DUPLICATE))
    done = tally.report(1.5, interrupted=False, rebuilt=False, word="话")
    assert (done.indexed, done.turns, done.passages, done.versions) == (1, 7, 2, ("a",))


@pytest.mark.usefixtures("chinese")
def test_a_report_in_chinese():
    changes = {
        "failed": [Failure("甲.txt", "无法读取", 3, "请修改。"), *[Failure("乙.txt", "里面没有一轮发言")] * 5],
        "topics": tuple((f"口罩、药师{n}", 1_204) for n in range(5)),
        "versions": ("a", "b", "c", "d"),
        "left_out": LeftOut(),
        "unsure": ("丙.txt",) * 4,
        "gone": ("e",),
        "missing": ("某次会议",),
        "interrupted": True,
    }
    assert screen(80, **changes) == [
        "已索引 470 篇访谈（26,801 轮发言，2,744 个段落），来自 472 个文件（17.7 MB），用",
        "时 4.6 秒；0 篇未变；6 处失败：",
        "  甲.txt:3  无法读取",
        "    试试：请修改。",
        *["  乙.txt  里面没有一轮发言"] * 3,
        "    这个文件另有 2 行",
        "4 篇文稿发言很少，大多是旁白：",
        *["  fangtan parse --explain 丙.txt"] * 3,
        "  另有 1 篇",
        "档案库里已有访谈的 4 篇重复稿：a、b、c，另有 1 个（fangtan duplicates）",
        "找到 5 个话题：口罩、药师0（1,204 轮发言）；口罩、药师1（1,204 轮发言）；口罩、",
        "药师2（1,204 轮发言），另有 2 个（fangtan topics）",
        "speakers.toml 写到了档案库里没有的内容：某次会议。访谈的编号见",
        "fangtan interviews。",
        "1 篇访谈仍在档案库里，但文件已不存在：e",
        "  删除：fangtan index --prune",
        "已停止：以上计入的访谈都已索引。再运行一次同样的命令，即可完成其余部分。",
    ]
    assert max(map(cells, terminal(120, **changes))) <= 120
    assert json.loads(json_text(report_object(report(**changes))))["failed"][0]["reason"] == "无法读取"


@pytest.mark.usefixtures("chinese")
def test_a_bar_in_chinese_names_the_stage_and_fits(monkeypatch):
    from rich.cells import cell_len
    from rich.console import Console

    terminal = _Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    console = Console(file=terminal, force_terminal=True, width=80, color_system=None)
    monkeypatch.setattr("search_cli.rendering.terminal.console.err", lambda: console)
    with progress_bar() as on_progress:
        on_progress(Progress(4_711, 10_000, 1500, 2000, 1_234_567, "Finding topics"))
    shown = [row for row in terminal.getvalue().replace("\r", "\n").split("\n") if "轮发言" in row]
    plain = [re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", row) for row in shown]
    assert plain[0].startswith("寻找话题 ━")
    assert "4,711/10,000 个文件  1,234,567 轮发言" in plain[0]
    assert max(map(cell_len, plain)) <= 80
