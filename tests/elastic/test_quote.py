"""`fangtan quote` and `fangtan show --style` on the sample interviews; the threshold on real interviews."""

import csv
import io
import json
import random
import re
import time
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.errors import NotFoundError, UsageError
from indexer.parser.names import is_person
from indexer.settings import Settings
from search_cli.archive import Archive
from search_cli.quotations.alignment_text import alignment_text
from search_cli.quotations.quotation import Quotation, Verdict
from tests.support.archives import Archive as Folder
from tests.support.cli import CommandLine

SAID = "与小米的合作是QQ空间在社交营销方面的尝试"
ARTICLE = """红米首发背后

腾讯副总裁郑志昊表示：“与小米的合作是QQ空间在社交营销方面的尝试，并不是出于变现的考虑。”他说：“月活跃用户数5.11亿，每天都在用。”

“大家的写操作都变得更加‘轻’，例如拍照、写说说”，邵启年说。郑志昊还说：“我们绝不做任何骚扰用户的事情。”

“红米”是「認證空間在空間一個歷史較悠久的體系了，和微信沒有關係」的一部分。
"""
REAL = Path(__file__).parents[2].parent / "shared/data/interviews/simplified"


@pytest.fixture
def run(sample: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> CommandLine:
    return CommandLine(sample, monkeypatch, capsys)


@pytest.fixture
def asked(sample: Settings) -> Archive:
    return Archive(sample)


@pytest.fixture
def article(tmp_path: Path) -> str:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return str(path)


def test_verbatim(run):
    printed = run("quote", SAID)
    assert (printed.code, printed.err) == (0, "")
    assert [line.strip() for line in printed.lines] == [
        "verbatim" + " " * 59 + "郑志昊  受访",
        SAID,
        "Cite: 郑志昊，《与小米手机合作发布红米手机》，搜狐IT，2013-08-02，",
        "qzone-xiaomi#3",
    ]


def test_an_article(run, article):
    printed = run("quote", article)
    assert printed.code == 1
    assert printed.lines[0].startswith(" 5 quotations in marks: 3 verbatim, 1 near, 1 absent")
    for shown in (
        "verbatim · line 3",
        "near, ",
        "[-5.11-]{+6.11+}亿",
        "Attributed to: 邵启年, said by 郑志昊（受访）",
        "absent · line 5",
        "Try: fangtan search ",
    ):
        assert shown in printed.out


def test_every_search_that_is_suggested_finds_something(run, article):
    steps = re.findall(r"Try: fangtan search (.*)", run("quote", article).out)
    assert steps
    for step in steps:
        assert "No turn" not in run("search", *step.split()).out


def test_no_hints(run, article):
    assert "Try:" not in run("quote", article, "--no-hints").out


def test_a_speaker_who_is_said_to_have_said_it(run):
    assert run("quote", SAID, "--speaker", "鄭志昊").code == 0
    printed = run("quote", SAID, "--speaker", "邵启年")
    assert printed.code == 1
    assert "Attributed to: 邵启年, said by 郑志昊（受访）" in printed.out
    printed = run("quote", SAID, "--speaker", "郑志豪")
    assert (printed.code, printed.out) == (1, "")
    assert "There is no speaker 郑志豪." in printed.err


def test_a_typed_attribution(run):
    assert run("quote", f"郑志昊说：“{SAID}”").code == 0
    assert run("quote", f"邵启年说：“{SAID}”").code == 1


def test_somebody_whom_the_archive_does_not_know(run):
    printed = run("quote", f"马化腾说：“{SAID}”")
    assert printed.code == 1
    assert "Attributed to: 马化腾 (not a speaker of the archive), said by 郑志昊（受访）" in printed.out
    printed = run("quote", f"“{SAID}”，部长蔡英文强调")
    assert printed.code == 1
    assert "Attributed to: 蔡英文 (not a speaker of the archive), said by 郑志昊（受访）" in printed.out
    assert run("quote", f"他说：“{SAID}”").code == 0


def test_an_alias_names_the_speaker(sample, tmp_path):
    (tmp_path / "speakers.toml").write_text('["郑志昊"]\naliases = ["Peter Zheng"]\n', encoding="utf-8")
    aliased = Archive(replace(sample, data=tmp_path))
    for name, wrong in (("Peter Zheng", False), ("Peter Chen", True)):
        (one,) = aliased.quote([Quotation(SAID, before=f"{name} said:")])
        assert (one.attributed_to, one.misattributed) == ((name,), wrong)
    assert aliased.quote(SAID, speaker="peter zheng")[0].said_by == ("郑志昊",)


def test_the_styles(run):
    assert (
        "Cite: 郑志昊. 与小米手机合作发布红米手机[N]. 搜狐IT, 2013-08-02."
        in run("quote", SAID, "--style", "gb7714").out
    )
    assert "qzone-xiaomi#3" in run("quote", SAID, "--style", "markdown").out
    assert "Cite: 郑志昊. 与小米手机合作发布红米手机[N]." in run("show", "qz#3", "--style", "gb7714").out
    assert "Cite: 郑志昊，《与小米手机合作发布红米手机》" in run("show", "qz#3").out
    printed = run("quote", SAID, "--style", "mla")
    assert (printed.code, printed.out) == (2, "")
    assert "mla" in printed.err


def test_other_programs(run, article):
    whole = json.loads(run("quote", article, "--json").out)
    assert (whole["verbatim"], whole["near"], whole["absent"], whole["misattributed"]) == (3, 1, 1, 1)
    lines = [json.loads(line) for line in run("quote", article, "--jsonl").lines]
    assert lines == whole["quotations"]
    rows = list(csv.DictReader(io.StringIO(run("quote", article, "--csv").out)))
    assert [row["kind"] for row in rows] == [one["kind"] for one in lines]
    printed = run("quote", article, "--csv", "--json")
    assert (printed.code, printed.out) == (2, "")


@pytest.mark.parametrize("text", ["……", "，", "[]", " "])
def test_nothing_to_look_for(run, text):
    printed = run("quote", text)
    assert printed.code == 2
    assert "has no words to check" in printed.err
    assert "Try: " in printed.err


@pytest.mark.parametrize(
    "text", ["\x1b[2J红米", "“”‘", "a" * 3000, "红" * 5000, "(((", "😀👍🏽", 'AND OR "', "*?\\", "１２３"]
)
def test_rubbish(run, text):
    printed = run("quote", text)
    assert printed.code in {0, 1, 2}
    assert "Traceback" not in printed.err + printed.out
    assert "\x1b" not in printed.out + printed.err


def test_what_is_verbatim_in_the_samples_is_found(asked):
    turns = [turn for interview in asked.interviews() for turn in asked.interview(interview.id).turns]
    sentences = [
        one for turn in turns for one in re.split(r"[。！？\n]", turn.text) if len(alignment_text(one).text) >= 8
    ]
    checked = asked.quote(sentences)
    assert len(checked) > 400
    assert [one.quotation.text for one in checked if one.kind is not Verdict.VERBATIM or one.punctuation] == []


def test_a_sentence_of_a_turn_is_its_speakers_and_nobody_elses(asked):
    chance, sentences = random.Random(11), []
    for interview in asked.interviews():
        for turn in asked.interview(interview.id).turns:
            for one in re.split(r"[。！？\n]", turn.text):
                if is_person(turn.speaker) and 12 <= len(alignment_text(one).text) <= 60 and "“" not in one:
                    sentences.append((turn.speaker, one))
    speakers = sorted({speaker for speaker, _ in sentences})
    some = chance.sample(sentences, 150)
    others = [chance.choice([name for name in speakers if name != speaker]) for speaker, _ in some]
    strangers = [chance.choice(["蔡英文", "马化腾", "欧阳娜娜", "Jane Goodall"]) for _ in some]
    theirs = asked.quote([Quotation(one, before=f"{speaker}说：") for speaker, one in some])
    assert [one.quotation for one in theirs if not one.good] == []
    for names in (others, strangers):
        checked = asked.quote(
            [Quotation(one, before=f"{name}说：") for name, (_, one) in zip(names, some, strict=True)]
        )
        assert [one.quotation for one in checked if not one.misattributed] == []
    changed = asked.quote([one[:6] + ("森" if one[6] != "森" else "林") + one[7:] for _, one in some])
    assert {one.kind for one in changed} == {Verdict.NEAR}


def test_over_two_turns(asked):
    (one,) = asked.quote(["这是受到微信公众账号系统的启发吗？与小米的合作是QQ空间在社交营销方面的尝试"])
    assert (one.kind, [place.turn.address for place in one.places]) == (
        Verdict.ACROSS,
        ["qzone-xiaomi#2", "qzone-xiaomi#3"],
    )
    (one,) = asked.quote("启发吗？与小米的合作是QQ空间在社交营销方面的尝试")
    assert one.kind is Verdict.ACROSS


def test_one_quotation_and_none(asked):
    assert [one.kind for one in asked.quote(SAID)] == [Verdict.VERBATIM]
    assert asked.quote([]) == ()
    assert asked.quote([Quotation(SAID, before="邵启年表示：")])[0].misattributed


def test_errors_name_what_is_wrong(asked):
    with pytest.raises(UsageError):
        asked.quote(["……"])
    with pytest.raises(NotFoundError):
        asked.quote([SAID], speaker="没有这个人")


def test_the_same_words_in_many_turns(archive: Folder):
    said = "".join(f"问：你怎么看这件事？\n\n甲{n}乙：我觉得这件事情非常重要，第{n}。\n\n" for n in range(14))
    archive.write(talk_txt=f"近日，搜狐IT专访了几位。\n\n{said}")
    archive.index()
    asked = Archive(archive.settings, archive.client)
    (one,) = asked.quote(["我觉得这件事情非常重要"])
    assert (one.kind, one.turns, len(one.places), one.more) == (Verdict.VERBATIM, 14, 3, False)
    for speaker in {turn.speaker for turn in asked.interview(asked.interviews()[0].id).turns if "甲" in turn.speaker}:
        (one,) = asked.quote(["我觉得这件事情非常重要"], speaker=speaker)  # whoever said it, also after the first ten
        assert (one.turns, one.misattributed, one.places[0].turn.speaker) == (14, False, speaker)


def _changed(text: str, share: float, chance: random.Random) -> str:
    """A sentence with some of its letters dropped, replaced or joined by another."""
    made = []
    for letter in text:
        how = chance.choice(("drop", "replace", "add")) if chance.random() < share else "keep"
        made += {"drop": [], "replace": ["鑫"], "add": [letter, "鑫"], "keep": [letter]}[how]
    return "".join(made)


@pytest.mark.skipif(not REAL.is_dir(), reason="the shared interviews are not here")
def test_near_and_absent_on_real_interviews(archive: Folder):
    files = sorted(REAL.glob("*.txt"))[:40]
    for path in files[::2]:
        archive.path(f"{path.stem}_txt").write_bytes(path.read_bytes())
    archive.index()
    asked, chance = Archive(archive.settings, archive.client), random.Random(3)
    there, away = (_sentences(files[start::2], chance) for start in (0, 1))
    for share, least in ((0.0, 0.99), (0.1, 0.97), (0.2, 0.95)):
        checked = asked.quote([Quotation(_changed(one, share, chance)) for one in there])
        assert sum(one.kind is not Verdict.ABSENT for one in checked) >= least * len(there)
    found = asked.quote([Quotation(one) for one in away])
    assert sum(one.kind in {Verdict.NEAR, Verdict.SPLICED, Verdict.ACROSS} for one in found) <= 0.03 * len(away)


def _sentences(files: list[Path], chance: random.Random) -> list[str]:
    """A hundred sentences of some files, long enough to be somebody's."""
    lines = [line.partition("：")[2] for file in files for line in file.read_text("utf-8").split("\n")]
    found = [one for line in lines for one in re.split(r"[。！？]", line) if 15 <= len(alignment_text(one).text) <= 60]
    return chance.sample(found, 100)


def test_fifty_quotations_take_a_moment(asked):
    turns = [turn for interview in asked.interviews() for turn in asked.interview(interview.id).turns]
    sentences = [
        one for turn in turns for one in re.split(r"[。！？\n]", turn.text) if len(alignment_text(one).text) >= 12
    ]
    mutated = [one[:3] + "鑫" + one[4:] for one in sentences[:50]]
    asked.quote(mutated)
    started = time.process_time()
    assert len(asked.quote(mutated)) == 50
    assert time.process_time() - started < 1
