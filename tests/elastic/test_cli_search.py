"""`fangtan search` on the sample interviews: what a person sees, and what other programs get."""

import csv
import io
import json
import re
import subprocess
from collections.abc import Iterator

import pytest
from rich.cells import cell_len

from indexer.settings import Settings
from tests.support.cli import CommandLine

MARKED = re.compile("\x1b\\[1;31m(.*?)\x1b\\[0m")


@pytest.fixture
def run(sample: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(sample, monkeypatch, capsys)


def addresses(run: CommandLine, *arguments: str) -> list[str]:
    printed = run("search", "--ids", *arguments)
    assert printed.code == 0, printed.err
    return printed.lines


def test_the_first_screen(run):
    printed = run("search", "小米", "合作")
    assert printed.code == 0
    assert printed.err == ""
    assert re.match(r" \d+ turns with every word, \d+ with some · 1 of \d+ interviews", printed.out)
    assert printed.lines[2:5] == [
        " 1  郑志昊  受访 · 腾讯副总裁、腾讯社区平台部总经理          2013-08-02 · 搜狐IT",
        "    与小米手机合作发布红米手机                                    qzone-xiaomi#3",
        "    问 与小米的合作在我看来是QQ空间新的流量变现方式……",
    ]
    assert printed.lines[-1].startswith(" Read on: fangtan show qzone-xiaomi#3")


@pytest.mark.parametrize("columns", ["24", "40", "80", "120"])
@pytest.mark.parametrize("more", [[], ["--full"], ["--context", "2"], ["--facet", "keyword", "--facet", "month"]])
def test_no_line_is_wider_than_the_terminal(run, columns, more):
    printed = run("search", "用户", "的", "合作", *more, COLUMNS=columns)
    assert printed.code == 0
    wrapped = [line for line in printed.lines if not line.strip().startswith("fangtan ")]  # a command is copied whole
    assert max(map(cell_len, wrapped)) <= int(columns)


def test_nothing_but_text_where_there_is_no_terminal(run):
    assert "\x1b" not in run("search", "小米").out


@pytest.mark.parametrize(
    ("query", "marks"),
    [
        ("小米", {"小米"}),
        ('"红米手机"', {"红米手机"}),
        ("ｑｑ空间", {"QQ空间"}),
        ("6.11亿", {"6.11亿"}),
        ("资讯", {"資訊", "资讯"}),
        ("資訊", {"資訊", "资讯"}),
        ("米", {"米"}),
    ],
)
def test_what_matched_is_marked_as_it_is_printed(run, query, marks):
    printed = run("search", query, FORCE_COLOR="1")
    found = set(MARKED.findall(printed.out))
    assert found
    assert found <= marks


def test_words_need_no_quotes_and_stand_anywhere(run):
    whole = addresses(run, "小米 合作", "--speaker", "郑志昊")
    assert whole
    assert addresses(run, "小米", "合作", "--speaker", "郑志昊") == whole
    assert addresses(run, "--speaker=郑志昊", "小米", "合作") == whole
    assert addresses(run, "小米", "--speaker", "郑志昊", "合作") == whole


def test_a_word_after_a_dash_is_left_out(run):
    with_it = addresses(run, "小米", "-n", "50")
    without = addresses(run, "小米", "-合作", "-n", "50")
    assert without
    assert set(without) < set(with_it)
    assert addresses(run, "-合作", "小米", "-n50") == without
    assert addresses(run, "-n", "50", "--", "-合作", "小米") == without
    assert not set(addresses(run, "小米", '-"红米手机"')) & set(addresses(run, '"红米手机"'))


def test_filters_narrow(run):
    assert set(addresses(run, "小米", "--speaker", "郑志昊")) == {f"qzone-xiaomi#{turn}" for turn in (3, 5, 9)}
    both = addresses(run, "小米", "--speaker", "郑志昊", "--speaker", "邵启年")
    assert {address.partition("#")[0] for address in both} == {"qzone-xiaomi", "shibei-2014", "voice-ai-2024"}
    assert addresses(run, "小米", "--role", "采访", "--outlet", "搜狐IT") == ["qzone-xiaomi#2"]
    assert {one.partition("#")[0] for one in addresses(run, "小米", "--since", "2021")} <= {
        "clinic-2021",
        "voice-ai-2024",
    }
    assert {one.partition("#")[0] for one in addresses(run, "小米", "--until", "2013")} == {"qzone-xiaomi"}
    assert addresses(run, "小米", "--interview", "shibei") == [
        one for one in addresses(run, "小米") if one.startswith("shibei-2014#")
    ]


def test_the_match_asked_for_widens_and_narrows(run):
    everyone = {
        match: len(addresses(run, "小米", "合作", "--match", match, "-n", "100")) for match in ("any", "most", "all")
    }
    assert everyone["any"] > everyone["most"] >= everyone["all"] > 0


def test_pages_follow_each_other(run):
    first, second = addresses(run, "用户", "-n", "5"), addresses(run, "用户", "-n", "5", "--page", "2")
    assert first + second == addresses(run, "用户", "-n", "10")
    screen = run("search", "用户", "-n", "5", "--page", "2")
    assert "· page 2/" in screen.lines[0]
    assert screen.lines[2].startswith(" 6  ")


def test_a_page_that_is_not_there(run):
    printed = run("search", "小米", "--page", "99")
    assert printed.code == 2
    assert "There is no page 99: the last is 1." in printed.err


def test_sorted_by_date(run):
    hits = json.loads(run("search", "用户", "--sort", "date", "--json", "-n", "50").out)["hits"]
    assert [hit["date"] for hit in hits] == sorted((hit["date"] for hit in hits), reverse=True)


def test_context_stands_around_the_hit(run):
    lines = run("search", "小米的合作", "--speaker", "郑志昊", "-n", "1", "--context", "1").lines
    assert [line[4:6] for line in lines if line.startswith("    #")] == ["#2", "#4"]


def test_a_whole_turn(run):
    printed = run("search", '"二次、三次"', "--full")
    assert "".join(line.strip() for line in printed.lines).count("炙手可热。用户停留在社交网站上的时间") == 1


def test_hints_are_switched_off(run):
    assert "Read on" in run("search", "小米").out
    assert "Read on" not in run("search", "小米", "--no-hints").out
    assert "Read on" not in run("search", "小米", FANGTAN_HINTS="0").out


def test_facets_that_were_asked_for(run):
    printed = run("search", "小米", "--facet", "role", "--facet", "outlets")
    assert [line.split()[0] for line in printed.lines if re.match(r" (role|outlet) ", line)] == ["role", "outlet"]
    assert "interviewee 受访" in printed.out


def test_nothing_found(run):
    printed = run("search", "小咪")
    assert printed.code == 0
    assert printed.lines[0] == " No turn contains 小咪."
    assert re.fullmatch(r" Searched \d+ interviews as: 小咪 \(one word\)\.", printed.lines[1])
    assert "小米 (8 turns)" in printed.lines[2]
    assert printed.lines[-1].startswith(" Try: fangtan search ")


def test_nothing_found_because_of_a_filter(run):
    printed = run("search", "小米", "--speaker", "韩若溪")
    assert printed.lines[0] == " No turn contains 小米 with --speaker 韩若溪."
    assert printed.lines[2:] == [" Without --speaker 韩若溪: 8 turns.", " Try: fangtan search 小米"]


def test_what_is_suggested_finds_something(run):
    for query in ("小咪", "量子纠缠", "红米手鸡"):
        step = run("search", query).lines[-1].removeprefix(" Try: fangtan search ")
        assert " No turn" not in run("search", *step.split()).out


@pytest.mark.parametrize(
    ("arguments", "said", "near"),
    [
        (["--speaker", "郑志吴"], "There is no speaker 郑志吴.", "郑志昊"),
        (["--outlet", "搜狐"], "There is no outlet 搜狐.", "搜狐IT"),
        (["--interview", "qzone-xiaomei"], "There is no interview qzone-xiaomei.", "qzone-xiaomi"),
    ],
)
def test_a_name_that_is_not_there(run, arguments, said, near):
    printed = run("search", "小米", *arguments)
    assert printed.code == 1
    assert printed.err.splitlines()[0] == f"Error: {said}"
    assert near in printed.err.splitlines()[1]


def test_a_query_that_cannot_be_read_is_pointed_at(run):
    printed = run("search", "小米", "(合作")
    assert printed.code == 2
    assert printed.err.splitlines()[1:3] == ["  小米 (合作", "       ^"]


def test_one_json_object(run):
    found = json.loads(run("search", "小米", "合作", "--json", "--facet", "speaker").out)
    assert found["query"] == "小米 合作"
    assert found["words"] == ["小米", "合作"]
    assert found["hits"][0]["address"] == "qzone-xiaomi#3"
    assert found["hits"][0]["question"]["address"] == "qzone-xiaomi#2"
    for hit in found["hits"]:
        assert {hit["text"][start:end] for start, end in hit["marks"]} <= {"小米", "合作"}
    assert found["facets"][0]["field"] == "speaker"


def test_the_forms_agree(run):
    objects = [json.loads(line) for line in run("search", "小米", "--jsonl").lines]
    rows = list(csv.DictReader(io.StringIO(run("search", "小米", "--csv").out)))
    named = [one["address"] for one in objects]
    assert named == addresses(run, "小米") == [row["address"] for row in rows]
    assert [one["text"] for one in objects] == [row["text"] for row in rows]
    assert [hit["address"] for hit in json.loads(run("search", "小米", "--json").out)["hits"]] == named


def test_nothing_found_in_each_form(run):
    assert json.loads(run("search", "小咪", "--json").out)["hits"] == []
    assert run("search", "小咪", "--jsonl").out == ""
    assert run("search", "小咪", "--ids").out == ""
    assert run("search", "小咪", "--csv").lines[0].startswith("rank,score,address")


def test_every_hit_however_many(run):
    every = run("search", "的", "--ids", "--all").lines
    assert len(every) > 50
    assert len(set(every)) == len(every)
    assert set(addresses(run, "的", "-n", "50")) <= set(every)


def test_the_requests_run_in_curl(run):
    printed = run("search", "小米 it's", "--show-query").out
    assert printed.startswith("# ")
    script = "set -e\n" + re.sub(r"(?m)^curl ", "curl --fail ", printed)
    done = subprocess.run(["bash", "-c", script], capture_output=True, check=True)
    answers = list(_objects(done.stdout.decode()))
    assert len(answers) == printed.count("\ncurl ") + printed.startswith("curl ")
    best = [answer["hits"]["hits"][0]["_id"] for answer in answers if answer["hits"]["hits"]]
    assert addresses(run, "小米 it's")[0] in best


def _objects(text: str) -> Iterator[dict[str, dict[str, list[dict[str, str]]]]]:
    """The JSON objects that stand one after another."""
    decoder = json.JSONDecoder()
    while text := text.strip():
        one, end = decoder.raw_decode(text)
        yield one
        text = text[end:]


def test_many_queries_make_a_run(run, tmp_path):
    file = tmp_path / "queries.tsv"
    file.write_text("q1\t小米 合作\nq2\t公园里的椅子：为什么？\nq3\t(没有关上\n", encoding="utf-8")
    lines = run("search", "--queries", str(file), "--format", "trec").lines
    assert all(re.fullmatch(r"q\d Q0 \S+#\d+ \d+ \d+\.\d{6} fangtan", line) for line in lines)
    first = [line.split() for line in lines if line.split()[3] == "1"]
    assert first[0][:3] == ["q1", "Q0", "qzone-xiaomi#3"]
    assert first[1][2].startswith("pocket-parks-2019#")
    ranks = [int(line.split()[3]) for line in lines if line.startswith("q1 ")]
    assert ranks == list(range(1, len(ranks) + 1))
    assert len(run("search", "--queries", str(file), "-n", "2").lines) <= 6


def test_a_file_of_queries_with_a_line_that_is_none(run, tmp_path):
    file = tmp_path / "queries.tsv"
    file.write_text("q1 小米\n", encoding="utf-8")
    printed = run("search", "--queries", str(file))
    assert printed.code == 1
    assert f"{file}:1: not an id, a tab and a query" in printed.err
