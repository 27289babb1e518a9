"""`fangtan facets, speakers, topics, interviews, show, status` on the sample interviews."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len

from indexer.settings import Settings
from tests.support.cli import CommandLine


@pytest.fixture
def run(sample: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(sample, monkeypatch, capsys)


def test_a_facet_of_all_turns(run):
    printed = run("facets", "outlet")
    assert re.fullmatch(r" outlet  in \d+ turns", printed.lines[0])
    assert any(re.match(r" 搜狐IT +[█▏▎▍▌▋▊▉]+ +15 ", line) for line in printed.lines)


def test_a_facet_of_the_turns_that_match(run):
    printed = run("facets", "speakers", "小米", "-合作")
    assert printed.lines[0].endswith(" turns with 小米 -合作")
    assert "邵启年" in printed.out


def test_months_in_their_order(run):
    months = re.findall(r"^ (\d{4}-\d\d) ", run("facets", "month").out, re.MULTILINE)
    assert len(months) > 5
    assert months == sorted(months)


def test_a_facet_for_other_programs(run):
    counted = json.loads(run("facets", "speaker", "小米", "--json").out)
    assert counted["query"] == "小米"
    assert counted["buckets"][0]["value"] == "郑志昊"
    rows = list(csv.DictReader(io.StringIO(run("facets", "speaker", "小米", "--csv").out)))
    assert [(row["speaker"], int(row["turns"])) for row in rows] == [
        (one["value"], one["count"]) for one in counted["buckets"]
    ]


def test_facets_fall_silent_where_nothing_matches(run):
    printed = run("facets", "speaker", "小咪")
    assert printed.code == 0
    assert "in 0 turns with 小咪" in printed.out


def test_a_field_that_is_none(run):
    printed = run("facets", "speeker")
    assert printed.code == 2
    assert "There is no field speeker to count. Did you mean speaker?" in printed.err


def test_two_fields_make_a_table(run):
    counted = json.loads(run("facets", "speakers", "year", "小米", "--json").out)
    assert counted["across"] == sorted(counted["across"])
    row = next(row for row in counted["lines"] if row["value"] == "郑志昊")
    assert row["turns"] == 3
    assert dict(zip(counted["across"], row["counts"], strict=True))["2013"] == 3
    printed = run("facets", "speaker", "year", "小米")
    assert printed.lines[0].startswith(" speaker × year, turns with 小米")
    assert re.search(r"^ 郑志昊 +3 ", printed.out, re.MULTILINE)


def test_every_pair_is_counted_as_a_search_counts_it(run):
    counted = json.loads(run("facets", "speaker", "topic", "--json", "-n", "5").out)
    for row in counted["lines"]:
        for topic, count in list(zip(counted["across"], row["counts"], strict=True))[:2]:
            found = json.loads(run("search", "--speaker", row["value"], "--topic", topic, "--json", "-n", "1").out)
            assert found["total"] == count, (row["value"], topic)


def test_rates_take_all_that_is_said(run):
    counted = json.loads(run("facets", "speaker", "用户", "--per", "10k", "--json").out)
    said = {one["name"]: one["characters"] for one in json.loads(run("speakers", "--json").out)}
    assert {row["value"]: row["characters"] for row in counted["lines"]} == {
        row["value"]: said[row["value"]] for row in counted["lines"]
    }
    printed = run("facets", "speaker", "用户", "--per", "10k")
    assert printed.lines[0].startswith(" speaker, turns per 10,000 characters with 用户")


def test_a_second_word_that_is_no_field_is_the_query(run):
    assert run("facets", "speaker", "小米", "topic").lines[0].endswith(" with some of 小米 topic")


def test_a_table_for_a_spreadsheet(run):
    rows = list(csv.DictReader(io.StringIO(run("facets", "speaker", "year", "小米", "--csv").out)))
    assert next(row for row in rows if row["speaker"] == "郑志昊")["2013"] == "3"


def test_speakers(run):
    line = next(line for line in run("speakers", COLUMNS="120").lines if line.startswith(" 郑志昊"))
    assert re.match(r" 郑志昊 +受访 +7 +1,\d{3} +9 % +1 +2013 +腾讯副总裁、腾讯社区平台部总经理", line)


def test_who_speaks_of_it(run):
    named = [line.split()[0] for line in run("speakers", "小米").lines[1:]]
    assert "郑志昊" in named
    assert "伊丽莎白·科瓦奇" not in named


def test_topics_and_who_speaks_of_them(run):
    printed = run("topics", "--speaker", "郑志昊")
    assert printed.code == 0
    assert len(printed.lines) > 1
    assert all("郑志昊" in line for line in printed.lines[1:])


def test_interviews_the_latest_first(run):
    rows = list(csv.DictReader(io.StringIO(run("interviews", "--csv").out)))
    dates = [row["date"] for row in rows if row["date"]]
    assert dates == sorted(dates, reverse=True)
    assert next(row for row in rows if row["id"] == "qzone-xiaomi")["turns"] == "15"
    assert {row["id"] for row in rows} == {one["id"] for one in json.loads(run("interviews", "--json").out)}


def test_a_turn_in_its_exchange(run):
    printed = run("show", "qzone-xiaomi#3")
    assert printed.lines[0] == " 与小米手机合作发布红米手机"
    assert printed.lines[1].startswith(" 搜狐IT · 2013-08-02 · ")
    assert printed.lines[3].startswith("   2  问（搜狐IT）  与小米的合作在我看来")
    assert printed.lines[5].startswith(" ▸ 3  郑志昊        与小米的合作是QQ空间")
    assert printed.lines[-2:] == [
        " Cite: 郑志昊，《与小米手机合作发布红米手机》，搜狐IT，2013-08-02，",
        "       qzone-xiaomi#3",
    ]


def test_the_beginning_of_an_id_will_do(run):
    assert run("show", "qz#3").out == run("show", "qzone-xiaomi#3").out
    assert run("show", "qz").out == run("show", "qzone-xiaomi").out


def test_a_whole_interview(run):
    printed = run("show", "qzone-xiaomi")
    assert [int(number) for number in re.findall(r"^ {1,4}(\d+)  \S", printed.out, re.MULTILINE)] == list(range(1, 16))
    assert "更多精彩" not in printed.out


def test_a_turn_and_an_interview_as_json(run):
    turn = json.loads(run("show", "qz#3", "--json").out)
    assert turn["address"] == "qzone-xiaomi#3"
    assert [one["turn"] for one in turn["exchange_turns"]] == [2, 3]
    interview = json.loads(run("show", "qz", "--json").out)
    assert interview["id"] == "qzone-xiaomi"
    assert [one["address"] for one in interview["turns"]] == [f"qzone-xiaomi#{number}" for number in range(1, 16)]


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nothing#4", "There is no interview nothing."),
        ("qzone-xiaomi#99", "qzone-xiaomi has turns 1 to 15, not 99."),
    ],
)
def test_an_address_that_is_not_there(run, address, said):
    printed = run("show", address)
    assert printed.code == 1
    assert printed.err.startswith(f"Error: {said}\n")
    assert "Try: fangtan" in printed.err


def test_an_address_that_could_be_several(run):
    printed = run("show", "q#1")
    assert printed.code in {1, 2}
    assert "qzone-xiaomi" in printed.err
    assert "qinghe-2024" in printed.err


def test_status(run):
    printed = run("status", COLUMNS="120")
    assert re.match(r" Elasticsearch  9\.\d+\.\d+, cluster \S+, http://127\.0\.0\.1:\d+\n", printed.out)
    assert re.search(r"^ Archive +\d+ interviews · \d+ turns · \d+ passages · ", printed.out, re.MULTILINE)
    assert re.search(r"^ Made by +dictionary \w{4}, topics \w{4}, speakers \w{4}: current$", printed.out, re.MULTILINE)
    assert re.search(r"^ Settings +index sample-\w+ · no \.env · environment: ", printed.out, re.MULTILINE)
    assert "ELASTICSEARCH_URL, FANGTAN_DATA, FANGTAN_INDEX" in " ".join(printed.out.split())
    shown = json.loads(run("status", "--json").out)
    assert shown["sources"]["ELASTICSEARCH_URL"] == "environment"
    assert shown["holdings"]["interviews"] == len(json.loads(run("interviews", "--json").out))


def test_status_names_the_file_that_is_read(run, tmp_path, monkeypatch):
    assert "· no .env ·" in run("status").out
    monkeypatch.chdir(tmp_path)
    Path("mine.env").write_text("FANGTAN_REGIONAL=1\n", "utf-8")
    printed = run("status", FANGTAN_ENV_FILE="mine.env", COLUMNS="120")
    assert "· mine.env: FANGTAN_REGIONAL · environment: " in printed.out
    Path("mine.env").write_text("ELASTICSEARCH_API_KEY='geheim\n", "utf-8")
    printed = run("status")
    assert (printed.code, printed.out) == (2, "")
    assert printed.err.startswith("Error: mine.env:1: this line is not NAME=value.\nTry: ")
    assert "geheim" not in printed.err


def test_status_tells_what_changed_since(run, tmp_path, sample):
    for name in ("topics.toml", "speakers.toml"):
        (tmp_path / name).write_bytes((sample.data / name).read_bytes())
    (tmp_path / "words.txt").write_text("红米手机\n", encoding="utf-8")
    printed = run("status", FANGTAN_DATA=str(tmp_path))
    said = " ".join(printed.out.split())
    assert "changed since: the dictionary (words.txt): fangtan index --rebuild" in said


def test_nothing_is_indexed_yet(run):
    assert "nothing is indexed as nobody-indexed" in run("status", FANGTAN_INDEX="nobody-indexed").out
    printed = run("search", "小米", FANGTAN_INDEX="nobody-indexed")
    assert printed.code == 3
    assert "fangtan index" in printed.err.partition("Try: ")[2]


def test_nobody_answers(run):
    printed = run("search", "小米", ELASTICSEARCH_URL="http://127.0.0.1:9")
    assert printed.code == 3
    assert printed.err.startswith("Error: ")
    assert "Try: " in printed.err


@pytest.mark.parametrize("columns", ["24", "40", "80", "120"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["facets", "speaker", "--no-hints"],
        ["facets", "speaker", "topic", "--per", "10k", "--no-hints"],
        ["speakers"],
        ["topics"],
        ["interviews"],
        ["show", "qz"],
        ["show", "qz#5"],
    ],
)
def test_no_line_is_wider_than_the_terminal(run, columns, arguments):
    printed = run(*arguments, COLUMNS=columns)
    assert printed.code == 0
    assert max(map(cell_len, printed.lines)) <= int(columns)


@pytest.mark.parametrize(
    "arguments", [("topic", "手机"), ("month", "手机", "--role", "受访"), ("speaker", "year", "手机")]
)
def test_the_next_step_of_counts_finds_the_turns(run, arguments):
    counted = json.loads(run("facets", *arguments, "--json").out)
    most = max(
        [
            *(one["count"] for one in counted.get("buckets", ())),
            *(n for row in counted.get("lines", ()) for n in row["counts"]),
        ]
    )
    command = run("facets", *arguments).lines[-1].rpartition("fangtan ")[2].split()
    assert json.loads(run(*command, "--json").out)["every"] == most
