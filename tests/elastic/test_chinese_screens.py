"""Screens and errors for readers of Chinese: within their width, without English, punctuated as Chinese is."""

import re
import shlex
from functools import cache
from pathlib import Path

import pytest
from rich.cells import cell_len

from indexer.model import Role
from indexer.settings import Settings
from search_cli.query.lexer import FIELDS
from search_cli.query.request import FacetField, Sort
from search_cli.rendering.terminal import console, error_lines
from tests.support import catalogue
from tests.support.cli import CommandLine
from tests.support.doc_outputs import ROOT

PARKS = "data/interviews/pocket-parks-2019.txt"
SCREENS = (
    "search 公园 老人",
    "search 公园 --context 1 --full --limit 2",
    "search --speaker 梁叙白 --sort random --seed 2 --limit 3",
    "search 公园 --per speaker",
    "search 公圆",
    "search 公园 --speaker 孟秋禾 --match all",
    "exchanges 公园",
    "export 公园 -o {folder}/{width}.csv",
    "facets speaker role 公园",
    "facets topic",
    "kwic 公园",
    "kwic 公园 --collocates",
    "kwic 公园 --count speaker",
    "kwic 公园 --count speaker year",
    "report 公园 -o {folder}/{width}.html",
    "show pocket-parks-2019#6",
    "show pocket-parks-2019",
    "show pocket-parks-2019#3-5 --context 1",
    "quote 公园越大越好 我们管它叫口袋公园 没有人说过这句话",
    "similar pocket-parks-2019#6",
    "why pocket-parks-2019#6 公园",
    "why pocket-parks-2019#1 血压 --role 受访",
    "save 药{width} 药",
    "new",
    "saved",
    "saved rename 药{width} 新药{width}",
    "saved remove 新药{width}",
    "tag pocket-parks-2019#6 重要{width} --note 对照",
    "tags",
    "tags rename 重要{width} 次要{width}",
    f"parse {PARKS}",
    f"parse {PARKS} --explain",
    f"correct {PARKS} --dry-run",
    "speakers",
    "speakers 公园",
    "speakers suggest",
    "speakers apply --dry-run",
    "speaker 梁叙白",
    "topics",
    "topics 公园",
    "topics learn --dry-run",
    "topics apply --dry-run",
    "topics rename 农业 种田 --dry-run",
    "topics merge 农业 教育 --dry-run",
    "topics split 城市更新 --terms 绿地 --into 绿地 --dry-run",
    "topics add 城市更新 口袋 --dry-run",
    "topics drop 农业 --dry-run",
    "topic 城市更新",
    "interviews",
    "interviews 公园",
    "duplicates",
    "timeline 公园",
    "timeline 公园 --split speaker",
    "words --speaker 梁叙白",
    "compare 梁叙白 孟秋禾",
    "dispersion 公园",
    "status",
    "dict list",
    "dict add 口袋公园 --dry-run",
    "dict remove 红米 --dry-run",
    "kibana export {folder}/{width}.ndjson",
)
"""A line or more for each command with a screen."""

ERRORS = (
    "serch 公园",
    "search --seeker 公园",
    "search --speaker",
    "search 公园 -n 0",
    "search 公园 -n x",
    "search 公园 --sort best",
    "facets",
    "node stop 马上",
    "mcp --loud",
    "browse 公园",
    "search 公园 --json --csv",
    "search '\"公园'",
    "search '(公园 OR'",
    "search 公园 date:2019-13",
    "search 公园 --speaker 梁叙",
    "search 公园 --since 昨天",
    "search 公园 --since 2019-02-30",
    "search 公园 --tag 没有",
    "search @没有",
    "search 公园 -o {folder}/a.doc",
    "export 公园 -o {folder}/a.doc",
    "export 公园 -o {folder}/nowhere/a.csv",
    "facets speeker",
    "kwic",
    "show nobody#1",
    "show pocket-parks-2019#999",
    "similar pocket-parks-2019#999",
    "why pocket-parks-2019 公园",
    "save '' 公园",
    "saved remove 没有",
    "tag pocket-parks-2019#6",
    "parse {folder}/nothing.txt",
    "correct {folder}/nothing.txt --dry-run",
    "index {folder}/nothing",
    "speaker 没有",
    "search 公园 --by meaning",
    "dict remove 没有这个词 --dry-run",
    "topic 没有",
    "topics rename 没有 有 --dry-run",
    "compare 梁叙白 没有",
    "quote {folder}/nothing.docx",
    "embed --on nowhere",
    "restore {folder}/nothing",
    "kibana install --url http://127.0.0.1:9",
)

LEFT_OUT = {"browse", "mcp", "watch", "index", "embed", "backup", "restore", "topics edit", "kibana install"}
"""They fill a terminal, serve, or write: their screens are looked at where they are tested."""


def readers(lines: tuple[str, ...]) -> list[tuple[str, str, int]]:
    """Each line for a reader of Simplified, a third of them for one of Traditional, which is made from it."""
    return [*((line, "zh-Hans", 80) for line in lines), *((line, "zh-Hant", 120) for line in lines[::3])]


_TYPED = re.compile(
    r"(?:fangtan|export|pip|make|docker|curl|ulimit|EDITOR) .*"  # a command, to the end of its line
    r"|(?<![\w-])--?[a-z][\w-]*(?: [a-z]+)?|PUT /\S+"
    r"|\.[a-z]+\b|\b[0-9a-f]{4}\b|Stack Management、Saved Objects、Import"  # suffixes, fingerprints, Kibana's menu
    r"|“[^”]*”|「[^」]*」"
    r"|\S*[@#/_=\d]\S*|\w+(?:[-.]\w+)+"  # addresses, paths, variables, numbers with their units, names of files
)
"""What is typed, or names something."""
_LATIN = re.compile(r"[A-Za-z]{2,}")
_NAMES = frozenset(
    {
        "fangtan",
        "Elasticsearch",
        "Kibana",
        "Lucene",
        "Java",
        "Dask",
        "Gries",
        "JSON",
        "CSV",
        "csv",
        "jsonl",
        "xlsx",
        "docx",
        "qdpx",
        "markdown",
        "Excel",
        "Word",
        "PATH",
        "DIR",
        "AND",
        "OR",
    }
)
_UNITS = frozenset({"ms", "KB", "MB", "GB", "DP", "LL", "LR", "TF", "IDF"})
_PUNCTUATION = re.compile(r"[\u4e00-\u9fff][,;?!()]|[\u4e00-\u9fff][.:](?![.\d])|[,;?()][\u4e00-\u9fff]")


@cache
def known() -> frozenset[str]:
    """Words in Latin letters that are not English: of names, of what is typed, of the transcripts."""
    paths = sorted(path for path in (ROOT / "data").rglob("*") if path.suffix in {".txt", ".toml", ".vtt", ".jsonl"})
    said = {word.lower() for path in paths for word in _LATIN.findall(f"{path.stem} {path.read_text('utf-8')}")}
    return frozenset(said | _NAMES | _UNITS | set(FIELDS) | {str(one) for one in (*FacetField, *Role, *Sort)})


@pytest.fixture
def run(
    sample: Settings, kept: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> CommandLine:
    monkeypatch.setenv("FANGTAN_DATA", str(kept / "data"))
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(error_lines, "message_width", console.width)  # as on a terminal
    return CommandLine(sample, monkeypatch, capsys)


def faults(text: str, typed: str, width: int, kept: Path) -> list[str]:
    """The lines that are too wide, unless a command that is copied is, in English, or punctuated as English is."""
    found = []
    for line in text.replace(str(kept), "").splitlines():
        prose = _TYPED.sub("", line)
        for word in shlex.split(typed):
            prose = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", "", prose)
        if cell_len(line) > width and "fangtan " not in line:
            found.append(f"{cell_len(line)} columns: {line}")
        found += [f"{word}: {line}" for word in _LATIN.findall(prose) if not {word, word.lower()} & known()]
        found += [f"{wrong}: {line}" for wrong in _PUNCTUATION.findall(prose)]
    return found


def printed(run: CommandLine, line: str, language: str, width: int, kept: Path) -> tuple[int, str, str]:
    words = shlex.split(line.format(folder=kept, width=width))
    done = run(*words, FANGTAN_LANG=language, COLUMNS=str(width))
    return done.code, done.out, done.err


@pytest.mark.parametrize(("line", "language", "width"), readers(SCREENS))
def test_a_screen_is_chinese_and_fits(line: str, language: str, width: int, run: CommandLine, kept: Path) -> None:
    code, out, err = printed(run, line, language, width, kept)
    assert (code < 2, out != "") == (True, True), err  # 1: a quotation is nobody's
    assert faults(out + err, line, width, kept) == []


@pytest.mark.parametrize(("line", "language", "width"), readers(ERRORS))
def test_an_error_is_chinese_and_fits(line: str, language: str, width: int, run: CommandLine, kept: Path) -> None:
    code, out, err = printed(run, line, language, width, kept)
    assert (code > 0, out) == (True, "")
    assert err.startswith(("错误：", "錯誤："))
    assert faults(err, line, width, kept) == []


@pytest.mark.parametrize(
    ("name", "value", "typed"),
    [
        ("ELASTICSEARCH_URL", "http://127.0.0.1:9", "search 公园"),
        ("ELASTICSEARCH_URL", "ftp://nowhere", "search 公园"),
        ("FANGTAN_INDEX", "nobody-indexed", "search 公园"),
        ("FANGTAN_INDEX", "*", "search 公园"),
    ],
)
def test_what_is_wrong_with_a_server_or_a_setting_is_told_in_chinese(
    name: str, value: str, typed: str, run: CommandLine, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    _, _, err = printed(run, typed, "zh-Hans", 80, kept)
    assert err.startswith("错误：")
    assert faults(err, f"{typed} {value}", 80, kept) == []


def test_every_command_with_a_screen_is_looked_at() -> None:
    names = {
        name.removeprefix("fangtan ") for name, command in catalogue.commands() if not hasattr(command, "commands")
    }
    looked_at = {name for name in names for line in SCREENS if f"{line} ".startswith(f"{name} ")}
    assert {name for name in names - looked_at - LEFT_OUT if not name.startswith("node ")} == set()
