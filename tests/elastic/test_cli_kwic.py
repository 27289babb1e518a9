"""`fangtan kwic` on the sample interviews: what a person sees, and what other programs get."""

import csv
import io
import json
import re

import pytest
from rich.cells import cell_len

from indexer.settings import Settings
from tests.support.cli import CommandLine

MARKED = re.compile("\x1b\\[1;31m(.*?)\x1b\\[0m")


@pytest.fixture
def run(sample: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(sample, monkeypatch, capsys)


def test_a_screen_of_80_columns(run):
    printed = run("kwic", "小米")
    assert (printed.code, printed.err) == (0, "")
    assert printed.lines == [
        " 14 occurrences of 小米 · 8 turns · 4 of 15 interviews",
        "",
        " 苏未名   四十万人的匿名数据，华为、 小米 各种牌子的都有，步数、心率   clinic#11",
        " 旁白               腾讯QQ空间近日与 小米 手机联合发布红米手机,那么QQ  qzone#1",
        " 旁白    合发布红米手机,那么QQ空间与 小米 手机合作的逻辑到底是什么?为  qzone#1",
        " 旁白    平台部总经理郑志昊,他表示与 小米 合作是QQ空间在社交营销方面   qzone#1",
        " 搜狐IT                           与 小米 的合作在我看来是QQ空间新的   qzone#2",
        " 郑志昊                           与 小米 的合作是QQ空间在社交营销方   qzone#3",
        " 郑志昊   变现的考虑。红米首发是通过 小米 空间在QQ空间的官方认证帐号   qzone#3",
        " 郑志昊  在泛商务方面进行尝试,比如和 小米 的这次合作。 大家也看到QQ空  qzone#5",
        " 郑志昊  空间的社会化营销能力辅助下, 小米 手机新品能够得到有力的用户   qzone#5",
        " 郑志昊   户支持以及有效的口碑传播。 小米 手机认证空间自5月21日开通以  qzone#5",
        " 郑志昊  活动就带去300多万粉丝。昨日 小米 公司宣布红米手机在QQ空间独   qzone#5",
        " 郑志昊   牌前三名分别是苹果、三星和 小米 。这就能说明很多问题了。     qzone#9",
        " 邵启年              安卓占64%，里面 小米 和三星最多；iPhone用户占三   shibei#19",
        " 邵启年  字的。 现在手机厂商也在做， 小米 、华为都有实时字幕，普通话   voice#16",
        "",
        " Read on: fangtan show clinic#11 · words near it: --collocates",
    ]


def test_a_wider_screen_shows_more_of_each_side(run):
    narrow, wide = run("kwic", "小米"), run("kwic", "小米", COLUMNS="120")
    assert len(narrow.lines) == len(wide.lines)
    assert "有一家做手环的公司" not in narrow.out
    assert (
        wide.lines[2] == " 苏未名   手环的公司愿意给我们四十万人的匿名数据，华为、 小米 各种牌子的都有，步数、心率、"
        "睡眠，漂亮得很。可   clinic#11"
    )


@pytest.mark.parametrize("columns", ["24", "40", "60", "80", "120"])
@pytest.mark.parametrize("query", ["用户", "小*", '"的"', "iphone", "用户 OR 数据"])
def test_the_words_stand_below_each_other(run, columns, query):
    printed = run("kwic", query, "--no-hints", COLUMNS=columns, FORCE_COLOR="1")
    plain = [re.sub("\x1b\\[[0-9;]*m", "", line) for line in printed.lines]
    assert max(map(cell_len, plain)) <= int(columns)
    starts = {
        cell_len(re.sub("\x1b\\[[0-9;]*m", "", line[: at.start()]))
        for line in printed.lines
        if (at := MARKED.search(line))
    }
    assert len(starts) == 1
    assert len(MARKED.findall(printed.out)) > 2


def test_what_is_marked_is_what_is_printed(run):
    assert set(MARKED.findall(run("kwic", "ｑｑ空间", FORCE_COLOR="1").out)) == {"QQ空间"}
    assert set(MARKED.findall(run("kwic", "资讯", FORCE_COLOR="1").out)) == {"資訊"}
    assert set(MARKED.findall(run("kwic", "小*", "--sort", "word", FORCE_COLOR="1").out)) > {"小米", "小时", "小"}


def test_nothing_but_text_where_there_is_no_terminal(run):
    assert "\x1b" not in run("kwic", "小米").out


def test_the_order_and_the_number_of_lines(run):
    every = run("kwic", "空间", "--sort", "right", "--no-hints").lines
    assert every[0].endswith(" · by right context")
    after = "".join(dict.fromkeys(line.split(" 空间 ")[1][0] for line in every[2:]))
    assert after == ",。才单的独红近开偏去是写新一用有与预在主自"  # signs, then by pinyin
    assert run("kwic", "空间", "--sort", "right", "-n", "3").lines[0] == every[0]
    assert "more: --limit 6" in run("kwic", "空间", "-n", "3").lines[-1]
    assert len(run("kwic", "空间", "-n", "3", "--no-hints").lines) == 5


def test_the_window_is_in_characters(run):
    printed = run("kwic", "小米", "--window", "2", "-n", "2")
    assert [re.sub(" +", " ", line) for line in printed.lines[2:4]] == [
        " 苏未名 为、 小米 各种 clinic#11",
        " 旁白 日与 小米 手机 qzone#1",
    ]


def test_signs_of_two_columns(run):
    one, two = (run("kwic", "我们", "--no-hints", *more).lines[2:] for more in ([], ["--wide-signs"]))
    assert len(one) == len(two)
    moved = [(before, after) for before, after in zip(one, two, strict=True) if before != after]
    assert moved
    assert all(re.search("[“”‘’…—·]", before) for before, _ in moved)


def test_filters(run):
    printed = run("kwic", "小米", "--speaker", "邵启年", "--since", "2014", "--no-hints")
    assert [line.split()[0] for line in printed.lines[2:]] == ["邵启年", "邵启年"]
    assert run("kwic", "小米 speaker:邵启年 date:2014..", "--no-hints").lines[1:] == printed.lines[1:]
    assert run("kwic", "小米", "-空间", "--csv").out.count("\n") < run("kwic", "小米", "--csv").out.count("\n")


def test_csv_has_every_line(run):
    rows = list(csv.DictReader(io.StringIO(run("kwic", "我们", "--csv").out)))
    assert len(rows) > 50  # more than a screen shows
    assert {row["keyword"] for row in rows} == {"我们", "我們"}
    first = rows[0]
    assert list(first)[:7] == ["left", "keyword", "right", "speaker", "role", "date", "address"]
    assert all(len(row["left"]) <= 41 and len(row["right"]) <= 41 for row in rows)  # 40, and ' before a formula
    assert [row["address"] for row in rows] == [
        json.loads(line)["address"] for line in run("kwic", "我们", "--jsonl").lines
    ]
    assert len(run("kwic", "我们", "--csv", "-n", "3").lines) == 4
    narrow = list(csv.DictReader(io.StringIO(run("kwic", "我们", "--csv", "--window", "3").out)))
    assert max(len(row["left"]) for row in narrow) == 3


def test_json_tells_what_was_counted(run):
    told = json.loads(run("kwic", "小米", "--json", "--sort", "right", "-n", "2").out)
    assert (told["query"], told["sort"], told["occurrences"], told["turns"], told["interviews"]) == (
        "小米",
        "right",
        14,
        8,
        4,
    )
    assert len(told["lines"]) == 2
    assert len(json.loads(run("kwic", "小米", "--json").out)["lines"]) == 14
    nothing = json.loads(run("kwic", "鳙鱼头", "--json").out)
    assert (nothing["lines"], nothing["occurrences"]) == ([], 0)
    assert run("kwic", "鳙鱼头", "--jsonl").out == ""
    assert len(run("kwic", "鳙鱼头", "--csv").lines) == 1  # the header


def test_collocates(run):
    printed = run("kwic", "小米", "--collocates")
    assert (printed.code, printed.err) == (0, "")
    assert printed.lines[:6] == [
        " words within 5 of 小米 · 14 occurrences · 8 turns · 4 of 15 interviews",
        "",
        " word    near  before  after  in all  by chance  score",
        " 合作       5       0      5       6       0.07   38.8",
        " 手机       7       2      5      30       0.37   30.0",
        " qq空间     6       2      4      38       0.47   20.7",
    ]
    assert printed.lines[-1] == " Read on: fangtan kwic 小米 合作 --match all"
    assert "的" not in [line.split()[0] for line in printed.lines[3:10]]


def test_collocates_otherwise(run):
    rows = list(csv.DictReader(io.StringIO(run("kwic", "小米", "--collocates", "--csv", "--min", "1").out)))
    assert list(rows[0]) == ["word", "near", "left", "right", "all", "expected", "score"]
    assert len(rows) > 20
    with_all = run("kwic", "小米", "--collocates", "--jsonl", "--min", "1", "--function-words").lines
    assert len(with_all) > len(rows)
    assert "的" in [json.loads(line)["word"] for line in with_all]
    told = json.loads(run("kwic", "小米", "--collocates", "--json", "--window", "2", "-n", "1", "--sort", "near").out)
    assert (told["window"], told["least"], len(told["collocates"])) == (2, 2, 1)
    assert told["archive_words"] > 10_000
    assert "within 2 of" in run("kwic", "小米", "--collocates", "--window", "2").lines[0]
    assert (
        run("kwic", "小米", "--collocates", "--min", "99").lines[-1] == " Try: fangtan kwic 小米 --collocates --min 1"
    )


@pytest.mark.parametrize("more", [[], ["--collocates"]])
def test_nothing_found_is_as_helpful_as_a_search(run, more):
    assert run("kwic", "小咪", *more).lines == [
        " No turn contains 小咪.",
        " Searched 15 interviews as: 小咪 (one word).",
        " Similar words in the archive: 小米 (8 turns) · 小时 (12 turns) · 小孩 (3 turns)",
        " Try: fangtan kwic 小米",
    ]
    assert run("kwic", "小米", "--speaker", "梁叙白", *more).lines == [
        " No turn contains 小米 with --speaker 梁叙白.",
        " Searched 15 interviews as: 小米 (one word).",
        " Without --speaker 梁叙白: 8 turns.",
        " Try: fangtan kwic 小米",
    ]


@pytest.mark.parametrize(
    ("arguments", "said", "step"),
    [
        ([], "A concordance needs a word.", "fangtan kwic 小米"),
        (["-小米"], "A concordance needs a word.", "fangtan kwic 小米"),
        (["小米", "--sort", "score"], "A concordance cannot be sorted by score.", "Choose one of position, left,"),
        (
            ["小米", "--collocates", "--sort", "date"],
            "Collocates cannot be sorted by date.",
            "Choose one of score, near,",
        ),
        (["小米", "--min", "3"], "--function-words and --min require --collocates.", "Add --collocates."),
        (["小米", "--function-words"], "--function-words and --min require --collocates.", "Add --collocates."),
        (["小米", "--json", "--csv"], "--json and --csv cannot be combined.", "Choose one of them."),
        (["小米", "--limit", "0"], "0 is not in the range x>=1", "fangtan kwic --help"),
        (["小米", "--window", "x"], "'x' is not a valid int", "fangtan kwic --help"),
        (["小米", "--colocates"], "There is no option --colocates. Did you mean --collocates?", "fangtan kwic --help"),
        (['"小米'], "This quotation mark is not closed.", 'Close it with " or remove it.'),
        (
            ["小米", "--since", "2014", "--until", "2013"],
            "--since 2014 is later than --until 2013.",
            "Give the earlier",
        ),
    ],
)
def test_mistakes_are_told_with_a_next_step(run, arguments, said, step):
    printed = run("kwic", *arguments)
    assert printed.code == 2
    assert printed.out == ""
    assert said in printed.err or "int" in said
    assert f"Try: {step}" in printed.err
    assert "Traceback" not in printed.err


def test_a_speaker_nobody_is(run):
    printed = run("kwic", "小米", "--speaker", "郑志豪")
    assert (printed.code, printed.out) == (1, "")
    assert "郑志昊" in printed.err


@pytest.mark.parametrize(
    "query", ["。", "😀", "\x1b[31m小米", "a" * 300, "小米 " * 60, "㈱", "‘", "((小米))", "*", "小米 AND 合作"]
)
@pytest.mark.parametrize("more", [[], ["--collocates"], ["--csv", "--sort", "left"]])
def test_whatever_is_typed_there_is_an_answer(run, query, more):
    printed = run("kwic", *more, "--", query)
    assert printed.code in {0, 2}
    assert "Traceback" not in printed.err
    assert "\x1b" not in printed.out + printed.err
    assert printed.code == 0 or "Try: " in printed.err


def test_the_help_shows_how(run):
    printed = run("kwic", "--help")
    assert printed.code == 0
    for example in ("fangtan kwic 空间", "--collocates", "--sort right", "-o 合作.csv"):
        assert example in printed.out
