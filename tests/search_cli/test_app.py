"""The command line as a whole: help, mistakes, exit codes, start-up."""

import errno
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from search_cli import app as the_app
from search_cli.app import main

ROOT = Path(__file__).parents[2]
COMMANDS = [
    *("search", "facets", "show", "speakers", "topics", "interviews", "status"),
    *("timeline", "words", "compare", "dispersion"),
]


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command line in this process and return its exit code, output and errors."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("FORCE_COLOR", raising=False)

    def running(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["fangtan", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        code = ended.value.code
        assert isinstance(code, int)
        return code, printed.out, printed.err

    return running


def test_help_groups_the_commands_and_tells_the_exit_codes(run):
    code, out, err = run("--help")
    assert (code, err) == (0, "")
    assert list(re.findall(r"─ ([A-Z][a-z ]+) ─", out))[:2] == ["Options", "Search"]
    assert "3 Elasticsearch" in out
    assert "fangtan search 小米 合作" in out


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_examples_that_begin_with_itself(run, command):
    code, out, _ = run(command, "--help")
    assert code == 0
    assert re.search(rf"^ +fangtan {command}\b", out, re.MULTILINE)
    assert all(len(line) <= 80 for line in out.splitlines())


def test_the_options_of_search_are_grouped(run):
    out = run("search", "-h")[1]
    assert re.findall(r"─ ([A-Z][a-z ]+) ─", out) == [
        *("Arguments", "Options", "Filters", "Order and size", "Output", "Many queries"),
    ]


def test_without_a_command_there_is_help(run):
    code, out, err = run()
    assert code == 2
    assert "Usage: fangtan" in out
    assert err == ""


def test_the_version(run):
    assert re.fullmatch(r"fangtan \d+\.\d+\.\d+\n", run("--version")[1])


@pytest.mark.parametrize(
    ("typed", "said", "step"),
    [
        (
            ["search", "--speker", "郑志昊", "小米"],
            "There is no option --speker. Did you mean --speaker?",
            "search --help",
        ),
        (["search", "小米", "--version"], "There is no option --version.", "search --help"),
        (["serch", "小米"], "No such command 'serch'. Did you mean 'search'?", "fangtan --help"),
        (["search", "小米", "-n", "x"], "'x' is not a whole number.", "search --help"),
        (["search", "小米", "-n0"], "0 is not in the range x>=1.", "search --help"),
        (["search", "小米", "--sort", "best"], "'best' is not one of", "search --help"),
        (["search", "小米", "--speaker"], "Option '--speaker' requires an argument.", "--help"),
        (["search", "小米", "--json", "--ids"], "--json and --ids cannot be combined.", "one of them"),
        (["search", "小米", "--all"], "--all requires a format", "--jsonl, --csv or --ids"),
        (["search", "小米", "--facet", "speeker"], "no field speeker to count. Did you mean speaker?", "speaker, role"),
        (["facets"], "Missing argument 'FIELD'.", "facets --help"),
        (["facets", "topic", "--json", "--csv"], "--json and --csv cannot be combined.", "one of them"),
        (["search", "--queries", "q.tsv", "小米"], "--queries cannot be combined with a query or filters.", "Remove"),
    ],
)
def test_a_mistyped_line_is_told_with_what_to_try(run, typed, said, step):
    code, out, err = run(*typed)
    assert code == 2
    assert out == ""
    flat = " ".join(err.split())
    assert flat.startswith("Error: ")
    assert said in flat
    assert step in flat.partition("Try: ")[2]


def test_a_mistake_is_not_met_by_a_traceback_or_a_box(run):
    err = run("search", "--speker")[2]
    assert "Traceback" not in err
    assert "─" not in err


def test_ctrl_c_ends_with_130(run, monkeypatch):
    def interrupted(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(the_app, "app", interrupted)
    assert run("search", "小米") == (130, "", "")


def start(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    """Run fangtan as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "search_cli", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        timeout=60,
    )


def in_shell(line: str) -> "subprocess.CompletedProcess[str]":
    """Run a line of bash in which $F is fangtan."""
    command = shlex.join([sys.executable, "-m", "search_cli"])
    return subprocess.run(
        ["bash", "-c", line.replace("$F", command)], cwd=ROOT, capture_output=True, timeout=60, text=True
    )


SAMPLE = "data/interviews/qzone-xiaomi.txt"


@pytest.mark.parametrize("form", ["", "--json", "--jsonl"])
def test_a_reader_who_leaves_early_gets_no_message(form):
    done = in_shell(f"{{ sleep 1; $F parse {SAMPLE} {form}; echo $? >&2; }} | true")
    assert done.stderr == "141\n"


@pytest.mark.parametrize("typed", [f"parse {SAMPLE}", f"parse {SAMPLE} --json", "--version"])
def test_a_full_disk_is_told_on_one_line(typed):
    done = in_shell(f"$F {typed} > /dev/full")
    assert done.returncode == 1
    assert done.stderr == (
        "Error: Standard output cannot be written: no space is left on the disk.\n"
        "Try: Free some space, or write it elsewhere.\n"
    )


def test_an_error_is_told_where_nothing_else_can_be():
    done = in_shell("$F search --speker > /dev/full")
    assert done.returncode == 2
    assert done.stderr.startswith("Error: There is no option --speker.")
    assert in_shell("$F search --speker 2> /dev/full").returncode == 2
    assert in_shell(f"$F parse {SAMPLE} >&-").stderr == ""


def test_errors_can_be_written_to_any_terminal():
    for encoding in ("ascii", "gbk", "latin-1"):
        done = start("serch😀", PYTHONIOENCODING=encoding, PYTHONUTF8="0")
        assert done.returncode == 2
        assert done.stderr.startswith(b"Error: No such command")
        assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("error", "said", "step"),
    [
        (OSError(errno.EMFILE, "Too many open files", "a.txt"), "a.txt: Too many open files.", "ulimit -n"),
        (OSError(errno.EFBIG, "File too large"), "Standard output cannot be written: files of this size", "ulimit -f"),
        (MemoryError(), "There is not enough memory.", "ulimit -v"),
    ],
)
def test_a_limit_of_the_system_is_named(run, monkeypatch, error, said, step):
    def limited(**_: object) -> None:
        raise error

    monkeypatch.setattr(the_app, "app", limited)
    monkeypatch.setattr(the_app, "_discard", lambda stream: None)
    code, _, err = run("search", "小米")
    assert code == 1
    assert said in err
    assert step in err


@pytest.mark.parametrize("stream", ["stdin", "stdout", "stderr"])
def test_a_stream_that_the_shell_closed(stream):
    closed = {"stdin": "<&-", "stdout": ">&-", "stderr": "2>&-"}[stream]
    done = in_shell(f"$F parse {SAMPLE} {closed}")
    assert done.returncode == 0
    assert (done.stdout == "", done.stderr == "") == (stream == "stdout", True)
    assert in_shell(f"$F search --speker {closed}").returncode == 2
