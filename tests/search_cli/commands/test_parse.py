"""`fangtan parse`."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from indexer.errors import ReadingError, UsageError
from indexer.language import messages
from indexer.language.languages import Language
from indexer.model import Interview, Role, Turn
from indexer.readers.read import read
from search_cli.app import app
from search_cli.rendering.pages import parse_report
from tests.support.scripts import attributed
from tests.support.sources import packed

ROOT = Path(__file__).parents[3]
SAMPLE = "data/interviews/qzone-xiaomi.txt"


class Run:
    """Runs `fangtan parse`."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str) -> str:
        """Return the standard output of `fangtan parse` with these arguments."""
        app(["parse", *arguments], standalone_mode=False)
        return self._capsys.readouterr().out


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("COLUMNS", "80")
    return Run(capsys)


def test_json_is_one_object_of_a_stable_form(run: Run) -> None:
    printed: dict[str, Any] = json.loads(run(SAMPLE, "--json"))
    assert list(printed) == ["title", "date", "outlet", "authors", "guests", "url", "language", "media", "turns"]
    assert printed | {"turns": len(printed["turns"])} == {
        "title": "与小米手机合作发布红米手机",
        "date": "2013-08-02",
        "outlet": "搜狐IT",
        "authors": [],
        "guests": [{"name": "郑志昊", "affiliation": "腾讯副总裁、腾讯社区平台部总经理"}],
        "url": None,
        "language": "zh-Hans",
        "media": None,
        "turns": 15,
    }
    assert printed["turns"][2] | {"text": ""} == {
        "turn": 3,
        "speaker": "郑志昊",
        "label": "郑志昊",
        "role": "interviewee",
        "affiliation": "腾讯副总裁、腾讯社区平台部总经理",
        "text": "",
        "exchange": 1,
        "reply_to": 2,
        "start": None,
        "end": None,
        "notes": [],
        "note_offsets": [],
    }
    assert (printed["turns"][1]["speaker"], printed["turns"][1]["label"]) == ("搜狐IT", "问")


def test_missing_metadata_is_null(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("问：好吗？\n答：好。", encoding="utf-8")
    printed = json.loads(run(str(path), "--json"))
    assert [printed[key] for key in ("title", "date", "outlet", "url")] == [None] * 4


def test_json_lines_are_read_back_as_they_were_written(run: Run, tmp_path: Path) -> None:
    first = run(SAMPLE, "--jsonl")
    assert first.count("\n") == 1
    path = tmp_path / "talk.jsonl"
    path.write_text(first, encoding="utf-8")
    (interview,) = read(path)
    assert isinstance(interview, Interview)
    assert interview.id == "qzone-xiaomi"
    assert run(str(path), "--jsonl") == first
    assert json.loads(run(str(path), "--json")) == json.loads(run(SAMPLE, "--json"))


def test_notes_are_shown_and_read_back(run: Run, tmp_path: Path) -> None:
    path, again = tmp_path / "talk.txt", tmp_path / "talk.jsonl"
    path.write_text("甲：一。\n（笑）\n二。\n乙：三。\n甲：四。\n（散場）", encoding="utf-8")
    assert [line.split()[-1] for line in run(str(path)).splitlines()[-6:]] == [
        *("一。", "（笑）", "二。", "三。", "四。"),
        "（散場）",
    ]
    again.write_text(run(str(path), "--jsonl"), encoding="utf-8")
    turns = json.loads(run(str(again), "--json"))["turns"]
    assert turns == json.loads(run(str(path), "--json"))["turns"]
    assert [(turn["notes"], turn["note_offsets"]) for turn in turns] == [
        (["（笑）"], [2]),
        ([], []),
        (["（散場）"], [2]),
    ]


def test_json_lines_have_no_empty_fields() -> None:
    interview = attributed("问：好吗？\n答：好。")
    assert parse_report.interchange_object(interview, "talk") == {
        "id": "talk",
        "language": "zh-Hans",
        "turns": [
            {"turn": 1, "speaker": "问", "label": "问", "role": "interviewer", "text": "好吗？", "exchange": 1},
            {
                "turn": 2,
                "speaker": "答",
                "label": "答",
                "role": "interviewee",
                "text": "好。",
                "exchange": 1,
                "reply_to": 1,
            },
        ],
    }


def test_on_a_terminal_the_turns_are_read(run: Run) -> None:
    printed = run(SAMPLE).split("\n")
    assert printed[0].strip() == "与小米手机合作发布红米手机"
    assert "搜狐IT · 2013-08-02" in printed[1]
    assert printed[2].strip() == "搜狐IT 采访 7 · 郑志昊 受访 7 · 旁白 1"
    assert any(line.startswith("    2  问（搜狐IT）  与小米的合作") for line in printed)


def test_explain_shows_the_class_of_each_line(run: Run) -> None:
    printed = run(SAMPLE, "--explain")
    for told in ("narration", "label", "speech", "footer", "built like a person's name", "worded like a footer"):
        assert told in printed


def test_metadata_of_the_user_overrides(run: Run) -> None:
    meta = (
        "title=另一个",
        "date=2020年1月2日",
        "outlet=某报",
        "author=甲",
        "author=乙",
        "guest=何苗",
        "language=zh-Hant",
    )
    options = [part for one in meta for part in ("--meta", one)]
    printed = json.loads(run(SAMPLE, "--json", *options))
    assert [printed[key] for key in ("title", "date", "outlet", "authors", "language")] == [
        "另一个",
        "2020-01-02",
        "某报",
        ["甲", "乙"],
        "zh-Hant",
    ]
    assert printed["guests"] == [{"name": "何苗", "affiliation": ""}]


@pytest.mark.parametrize("meta", ["title", "title=", "titel=甲", "=甲"])
def test_an_invalid_meta_is_reported(run: Run, meta: str) -> None:
    with pytest.raises(UsageError, match="is not KEY=VALUE"):
        run(SAMPLE, "--meta", meta)


def test_only_one_form_is_printed(run: Run) -> None:
    with pytest.raises(UsageError, match="Only one of"):
        run(SAMPLE, "--json", "--explain")


def test_a_folder_and_an_empty_path(run: Run) -> None:
    with pytest.raises(ReadingError, match="it is a folder") as error:
        run(".")
    assert error.value.next_step == "fangtan index ."
    with pytest.raises(UsageError, match="The path is empty"):
        run("")


def test_a_forced_encoding(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_bytes("Q: 好嗎?\n\nA: 好.\n".encode("big5"))
    assert "好嗎?" in run(str(path), "--encoding", "Big5")
    assert "好嗎?" not in run(str(path), "--encoding", "gb18030")
    with pytest.raises(UsageError, match=r"There is no encoding big6\. Did you mean big5"):
        run(str(path), "--encoding", "big6")


def test_an_unreadable_file_is_reported(run: Run) -> None:
    with pytest.raises(ReadingError, match=r"nowhere\.txt"):
        run("nowhere.txt")


def test_several_interviews_are_shown_one_after_another_but_are_not_one_object(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text('{"turns":[{"text":"甲"}]}\n{"id":"own","turns":[{"text":"乙"}]}\n', encoding="utf-8")
    assert [json.loads(line)["id"] for line in run(str(path), "--jsonl").splitlines()] == ["all", "own"]
    with pytest.raises(UsageError, match="has 2 interviews"):
        run(str(path), "--json")


def test_a_blank_text(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_text("\n\n", encoding="utf-8")
    assert "No turns found" in run(str(path))
    assert json.loads(run(str(path), "--json"))["turns"] == []
    with pytest.raises(ReadingError, match="no turns found"):  # the interchange has no interview without turns
        run(str(path), "--jsonl")


def test_an_empty_file_of_interviews_is_reported(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").touch()
    with pytest.raises(ReadingError, match="the file is empty"):
        run(str(tmp_path / "empty.jsonl"))


def test_interviews_of_a_zip_file_are_named_by_its_members(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "talks.zip"
    talk = "问：好吗？\n答：好。\n问：嗯？\n答：嗯。\n"
    path.write_bytes(packed({"2019/甲.txt": talk, "乙.md": talk}))
    assert [json.loads(line)["id"] for line in run(str(path), "--jsonl").splitlines()] == ["talks/2019/甲", "talks/乙"]
    shown = "".join(map(str.strip, run(str(path)).splitlines()))
    assert f"{path}/2019/甲" in shown
    assert f"{path}/乙" in shown


def test_each_interview_is_printed_before_the_next_is_read(
    run: Run, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def one_by_one(path: Path, *more: object) -> Iterator[Interview]:
        for text in "甲乙":
            yield Interview(turns=(Turn(1, "", Role.OTHER, text),))
            seen.append(capsys.readouterr().out)

    monkeypatch.setattr("indexer.indexing.transcript.read", one_by_one)
    run("all.jsonl", "--jsonl")
    assert [json.loads(one)["turns"][0]["text"] for one in seen] == ["甲", "乙"]


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("columns", [40, 80, 120])
def test_explanations_are_in_chinese(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    path = tmp_path / "talk.txt"
    path.write_text("渡船上的图书馆\n林深：好吗？\n何苗：好。\n（鼓掌）\n林深：嗯？\n何苗：嗯。\n编辑：小北\n", "utf-8")
    lines = run(str(path), "--explain").splitlines()
    assert max(map(cell_len, lines)) <= columns
    if columns == 80:
        assert lines[:5] == [
            "    1  渡船上的图书馆  标题：第一个可作标题的行",
            "    2  林深：  标签：7 = 像人名 +2、出现 2 次 +1.5、与别的标签交替 +2、后接发言",
            "       +1.5",
            "    2  好吗？  发言：说的话",
            "    3  何苗：  标签：7 = 像人名 +2、出现 2 次 +1.5、与别的标签交替 +2、后接发言",
        ]
        assert "    4  （鼓掌）  现场说明：括号里的一行；留作附注" in lines
        assert lines[-2:] == ["    7  编辑：小北  文末：署名", " 略去 14 %：文末 14 %"]


def test_what_programs_read_is_the_same_in_chinese(run: Run, chinese: None) -> None:
    in_chinese = [run(SAMPLE, form) for form in ("--json", "--jsonl")]
    messages.use(Language.ENGLISH)
    assert in_chinese == [run(SAMPLE, form) for form in ("--json", "--jsonl")]


def test_a_transcript_cannot_steer_the_terminal(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "talk.txt"
    path.write_text("问\x1b[2J：好\x1b]0;x\x07吗？\n答：\u202e好。\n问\x1b[2J：嗯？\n答：嗯。", encoding="utf-8")
    for form in ([], ["--explain"], ["--json"], ["--jsonl"]):
        printed = run(str(path), *form)
        assert not {"\x1b", "\x07", "\u202e"} & set(printed)


def fangtan(*arguments: str, stdin: bytes = b"") -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run([sys.executable, "-m", "search_cli", *arguments], input=stdin, capture_output=True, cwd=ROOT)


def test_standard_input_is_read() -> None:
    done = fangtan("parse", "-", "--json", stdin="问：好吗？\n答：好。".encode())
    assert [turn["text"] for turn in json.loads(done.stdout)["turns"]] == ["好吗？", "好。"]


def test_a_partly_invalid_file_is_shown_and_reported_with_exit_code_1(tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text('{"turns":[{"text":"甲"}]}\n{\n', encoding="utf-8")
    done = fangtan("parse", str(path), "--jsonl")
    assert done.returncode == 1
    assert json.loads(done.stdout)["turns"][0]["text"] == "甲"
    assert f"{path}:2: not JSON" in done.stderr.decode()


def test_elasticsearch_and_the_dictionary_are_not_loaded() -> None:
    code = (
        "import sys; from search_cli.app import app; app(['parse', sys.argv[1], '--json'], standalone_mode=False); "
        "heavy = {'elasticsearch', 'rjieba', 'jpype', 'jieba', 'pypdfium2', 'lxml', 'docx'}; "
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code, SAMPLE], capture_output=True, cwd=ROOT, text=True)
    assert done.stderr.strip() == "[]"
