"""The page of `fangtan status`."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.elastic.server_info import ServerInfo
from indexer.settings.sources import ENVIRONMENT
from search_cli.rendering.pages.status_report import status_lines
from search_cli.rendering.terminal.styles import cells, columns_of, plain_text
from search_cli.search.archive_status import NO_FILE, ArchiveStats, ArchiveStatus, KnowledgeStats
from tests.search_cli.commands.test_translated_help import ENGLISH

SERVER = ServerInfo(
    "http://127.0.0.1:9200", "9.5.3", "fangtan", True, heap_used=181_000_000, heap_size=536_870_912, uptime=7_300
)
HELD = ArchiveStats(
    interviews=8,
    turns=96,
    passages=12,
    size=1_153_434,
    indices=("fangtan-interviews-20261124-093000", "fangtan-passages-20261124-093000", "fangtan-turns-20261124-093000"),
    made_by={"dictionary": "3f2a99", "topics": "91bc00", "speakers": "77aa11", "schema": 1},
)
KNOWN = KnowledgeStats("/home/li/talks/fangtan", topics=80, speakers=1, words=1200, synonyms=0)
STATUS = ArchiveStatus("fangtan", ".env", False, SERVER, HELD, KNOWN)


def screen(status: ArchiveStatus, width: int = 100) -> list[str]:
    return [plain_text(line) for line in status_lines(status, width)]


def test_all_is_well():
    assert screen(STATUS) == [
        " Elasticsearch  9.5.3, embedded, http://127.0.0.1:9200, heap 512 MB (34 % used), up 2 h",
        " Archive        8 interviews · 96 turns · 12 passages · 1.1 MB",
        " Knowledge      80 topics · 1 speaker · 1,200 words · 0 synonyms, in /home/li/talks/fangtan",
        " Made by        dictionary 3f2a, topics 91bc, speakers 77aa: current",
        " Indices        fangtan-interviews-20261124-093000 · fangtan-passages-20261124-093000 ·",
        "                fangtan-turns-20261124-093000",
        " Settings       index fangtan · .env: all by default",
    ]


def test_changes_are_reported_with_the_next_step():
    topics = replace(STATUS, holdings=replace(HELD, changed=("the topics (topics.toml)",)))
    assert "changed since: the topics (topics.toml): fangtan topics apply" in " ".join(map(str.strip, screen(topics)))
    changed = replace(HELD, changed=("the topics (topics.toml)", "the speakers (speakers.toml)"))
    shown = " ".join(line.strip() for line in screen(replace(STATUS, holdings=changed)))
    assert "changed since: the topics (topics.toml), the speakers (speakers.toml): fangtan index --rebuild" in shown
    assert "current" not in shown


@pytest.mark.parametrize(("behind", "said"), [(1, "1 interview has another"), (3, "3 interviews have another")])
def test_interviews_with_another_dictionary_are_reported(behind, said):
    shown = " ".join(line.strip() for line in screen(replace(STATUS, holdings=replace(HELD, behind=behind))))
    assert f"{said} dictionary: fangtan index PATH" in shown
    assert "current" not in shown


@pytest.mark.parametrize(("folder", "shown"), [(Path.cwd() / "data", "data"), (Path.home() / "a b", "~/a b")])
def test_the_folder_is_shown_as_it_is_typed(folder, shown):
    assert screen(replace(STATUS, knowledge=KnowledgeStats(str(folder))))[2].endswith(f", in {shown}")


def test_a_folder_that_is_gone_is_told_instead_of_what_changed():
    shown = screen(
        replace(STATUS, knowledge=KnowledgeStats("/gone", problem="There is no folder /gone. Bring it back."))
    )
    assert " Knowledge      There is no folder /gone. Bring it back." in shown
    assert " Made by        dictionary 3f2a, topics 91bc, speakers 77aa" in shown


def test_metadata_that_is_remembered_is_shown():
    shown = " ".join(line.strip() for line in screen(replace(STATUS, holdings=replace(HELD, given=3))))
    assert "Overrides      3 interviews have metadata given with --meta" in shown
    assert "fangtan index PATH --meta KEY=" in shown


def test_a_cluster_has_no_heap_of_ours():
    cluster = ServerInfo("https://es.example.org", "9.5.3", "newsroom", False)
    shown = screen(ArchiveStatus("fangtan", "environment, no .env", True, cluster, HELD))
    assert shown[0] == " Elasticsearch  9.5.3, cluster newsroom, https://es.example.org"
    assert shown[-1] == " Settings       index fangtan · no .env"


def test_where_each_setting_comes_from():
    sources = {
        "FANGTAN_WORKERS": "environment",
        "ELASTICSEARCH_URL": "../.env",
        "ELASTICSEARCH_API_KEY": "../.env",
        "FANGTAN_INDEX": "environment",
    }
    shown = replace(STATUS, index="talks", source="../.env", sources=sources)
    assert screen(shown)[-2:] == [
        " Settings       index talks · ../.env: ELASTICSEARCH_API_KEY, ELASTICSEARCH_URL · environment:",
        "                FANGTAN_INDEX, FANGTAN_WORKERS",
    ]
    shell = replace(STATUS, sources={"ELASTICSEARCH_URL": "environment"}, unused=("ELASTICSEARCH_API_KEY",))
    assert screen(shell)[-2:] == [
        " Settings       index fangtan · .env: all by default · environment: ELASTICSEARCH_URL · not sent:",
        "                ELASTICSEARCH_API_KEY, for the address in .env",
    ]


def test_nothing_runs():
    assert screen(ArchiveStatus("fangtan", ".env", False)) == [
        " Elasticsearch  not running; fangtan starts its own as soon as a command needs it",
        " Settings       index fangtan · .env: all by default",
    ]


def test_nothing_is_indexed():
    shown = screen(replace(STATUS, holdings=None))
    assert shown[1] == " Archive        nothing is indexed as fangtan: fangtan index PATH"


@pytest.mark.parametrize("width", [24, 40, 80, 120])
def test_no_line_is_wider_than_the_terminal(width):
    hostile = replace(SERVER, cluster="\x1b[31m" * 9, embedded=False)
    for line in status_lines(replace(STATUS, server=hostile), width):
        assert cells(line) <= width
        assert plain_text(line).isprintable()


@pytest.mark.usefixtures("chinese")
def test_in_chinese_labels_are_aligned_by_their_columns() -> None:
    assert screen(replace(STATUS, source=NO_FILE, sources={"FANGTAN_INDEX": ENVIRONMENT}), 80) == [
        " Elasticsearch  9.5.3，内嵌，http://127.0.0.1:9200，堆内存 512 MB（已用 34 %），",
        "                已运行 2 小时",
        " 档案库         8 篇访谈 · 96 轮发言 · 12 个段落 · 1.1 MB",
        " 知识           80 个话题 · 1 位说话人 · 1,200 个词 · 0 组同义词，",
        "                在 /home/li/talks/fangtan",
        " 依据           词典 3f2a、话题 91bc、说话人 77aa：均为最新",
        " 索引           fangtan-interviews-20261124-093000 ·",
        "                fangtan-passages-20261124-093000 · fangtan-turns-20261124-093000",
        " 设置           索引 fangtan · 没有 .env · 环境变量：FANGTAN_INDEX",
    ]


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("width", [40, 80, 120])
def test_in_chinese_what_is_to_be_done_is_said_with_its_command(width: int) -> None:
    held = replace(HELD, given=2, behind=3)
    away = {"http://127.0.0.1:9200": "", "node 2": "does not run", "http://es2:9200": "does not answer"}
    status = replace(STATUS, server=replace(SERVER, addresses=away), holdings=held)
    lines = screen(status, width)
    assert max(map(columns_of, lines)) <= width
    shown = "".join(line[16:] for line in lines)
    assert "节点 2（没有运行）" in shown
    assert "http://es2:9200（没有应答）" in shown
    assert not re.search(ENGLISH, "\n".join(lines))
    assert screen(status, 120)[4].endswith("；3 篇访谈用的是另一部词典，请带上它们的文件夹：fangtan index PATH")
