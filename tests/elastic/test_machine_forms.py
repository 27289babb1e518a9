"""What other programs read is the same in all languages: JSON, CSV, addresses, requests, exports, exit codes."""

import re
import shlex
from pathlib import Path

import openpyxl
import pytest

from indexer.language import messages
from indexer.language.languages import Language
from indexer.settings import Settings
from tests.support import catalogue
from tests.support.archives import Archive, transcript
from tests.support.cli import CommandLine, Printed
from tests.support.doc_outputs import ROOT
from tests.support.refi_projects import read_project

SAMPLE = "data/interviews/qzone-xiaomi.txt"
TYPED = (
    *(f"search 小米 合作 {form}" for form in ("--json", "--jsonl", "--csv", "--ids", "--show-query")),
    "search 用户 --facet speaker --facet year --speaker 郑志昊 --json",
    "search 小咪 --json",
    "search 小米 --match all --sort random --seed 3 --jsonl --all",
    "search --queries {folder}/queries.tsv",
    "search @盐 --show-query",
    *(f"exchanges 小米 {form}" for form in ("--json", "--jsonl", "--csv", "--ids")),
    *(f"facets speaker 小米 {form}" for form in ("--json", "--csv")),
    "facets role year --json",
    *(f"kwic 小米 {form}" for form in ("--json", "--jsonl", "--csv")),
    *(f"kwic 小米 --collocates {form}" for form in ("--json", "--csv")),
    *(f"kwic 小米 --count speaker {form}" for form in ("--json", "--csv")),
    "show qzone-xiaomi#3 --json",
    "show qzone-xiaomi --json",
    *(f"show qzone-xiaomi#3 --format {form}" for form in ("csv", "jsonl")),
    *(f"quote 最早是技术上的考虑 没有人说过这句话 {form}" for form in ("--json", "--jsonl", "--csv")),
    *(f"similar qzone-xiaomi#3 {form}" for form in ("--json", "--jsonl", "--csv", "--ids")),
    "why qzone-xiaomi#3 小米 合作 --json",
    "why qzone-xiaomi#1 没有这个词 --json",
    "saved --json",
    "new --json",
    "new --exit-code --json",
    "tags --json",
    "tag clinic-2021#7 因果 --json",
    "save 药 药 --replace --json",
    *(f"parse {SAMPLE} {form}" for form in ("--json", "--jsonl")),
    *(f"{what} 小米 {form}" for what in ("speakers", "topics", "interviews") for form in ("--json", "--csv")),
    *(f"duplicates {form}" for form in ("--json", "--csv")),
    *(f"timeline 小米 --split speaker {form}" for form in ("--json", "--jsonl", "--csv")),
    *(f"words --speaker 郑志昊 {form}" for form in ("--json", "--jsonl", "--csv")),
    *(f"compare 郑志昊 邵启年 {form}" for form in ("--json", "--jsonl", "--csv")),
    *(f"dispersion 小米 {form}" for form in ("--json", "--jsonl", "--csv")),
    "speaker 郑志昊 --json",
    *(f"topic 社交营销 {form}" for form in ("--json", "--jsonl", "--csv")),
    *(f"speakers suggest {form}" for form in ("--json", "--csv")),
    "speakers apply --dry-run --json",
    "topics rename 社交营销 营销 --dry-run --json",
    "topics merge 社交营销 社交产品 --dry-run --json",
    "topics split 社交营销 --terms 品牌 --into 营销 --dry-run --json",
    "topics add 社交营销 品牌 --dry-run --json",
    "topics drop 社交营销 --dry-run --json",
    "status --json",
    *(f"dict list {form}" for form in ("--json", "--csv")),
    "kibana export -",
    *(f"export 小米 --format {form}" for form in ("csv", "jsonl")),
)
FAILING = ("serch", "search --limit 0", "search '\"小米'", "show nobody#1", "speaker 没有这个人", "facets speeker")
_TIMES = re.compile(r'(?<="milliseconds": )\d+|(?<="seconds": )[\d.]+|\d{4}-\d\d-\d\dT[\d:.+Z]+')
ELSEWHERE = {"index", "embed", "topics edit"}
"""They write; the first has a test below, the others print counts and what a test of theirs compares."""


@pytest.fixture
def run(
    sample: Settings, kept: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> CommandLine:
    monkeypatch.setenv("FANGTAN_DATA", str(kept / "data"))
    monkeypatch.chdir(ROOT)
    return CommandLine(sample, monkeypatch, capsys)


def timeless(text: str) -> str:
    """What is printed, without the times that differ from run to run."""
    return _TIMES.sub("TIME", text)


def both(run: CommandLine, *typed: str) -> tuple[Printed, Printed]:
    """What a command prints for a reader of English, and of Chinese."""
    return run(*typed, FANGTAN_LANG="en"), run(*typed, FANGTAN_LANG="zh-Hans")


@pytest.mark.parametrize("line", TYPED)
def test_what_programs_read_is_the_same(line: str, run: CommandLine, kept: Path) -> None:
    english, chinese = both(run, *shlex.split(line.format(folder=kept)))
    assert english.out, english.err
    assert timeless(chinese.out) == timeless(english.out)
    assert chinese.code == english.code


@pytest.mark.parametrize("line", FAILING)
def test_exit_codes_are_the_same(line: str, run: CommandLine) -> None:
    english, chinese = both(run, *shlex.split(line))
    assert chinese.code == english.code > 0
    assert chinese.err.startswith("错误：")


def test_every_command_with_a_form_for_programs_is_compared() -> None:
    forms = {"--json", "--jsonl", "--csv", "--ids", "--show-query"}
    offered = {
        (name.removeprefix("fangtan "), form)
        for name, command in catalogue.commands()
        for form in forms.intersection(*[{opt for one in command.params for opt in one.opts}])
    }
    compared = {
        (name, form) for name, form in offered for line in TYPED if line.startswith(f"{name} ") and form in line.split()
    }
    assert {(name, form) for name, form in offered - compared if name not in ELSEWHERE} == set()


def test_what_an_index_run_reports_is_the_same(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    archive.write(a_txt=transcript(2), b_txt="没有人说话。", c_json="{")
    run = CommandLine(archive.settings, monkeypatch, capsys)
    run("index", str(archive.folder))
    english, chinese = both(run, "index", str(archive.folder), "--json", "--rebuild", "--yes")
    messages.use(Language.ENGLISH)
    assert (chinese.code, timeless(chinese.out)) == (english.code, timeless(english.out))


@pytest.mark.parametrize("suffix", ["xlsx", "qdpx"])
def test_exports_for_other_programs_are_the_same(suffix: str, run: CommandLine, tmp_path: Path) -> None:
    files = [tmp_path / f"{language}.{suffix}" for language in ("en", "zh-Hans")]
    for file in files:
        assert run("export", "小米", "-o", str(file), "--quiet", FANGTAN_LANG=file.stem).code == 0
    if suffix == "qdpx":
        assert read_project(files[0]).selections == read_project(files[1]).selections
        return
    english, chinese = (openpyxl.load_workbook(file) for file in files)
    assert chinese.sheetnames == english.sheetnames
    first = english.sheetnames[0]
    assert list(chinese[first].values) == list(english[first].values)
