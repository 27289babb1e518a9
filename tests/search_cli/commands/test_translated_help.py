"""Help in Chinese: all of it, within the width of the terminal; in English, Typer's own."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from rich.cells import cell_len
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from indexer.language.languages import Language
from indexer.language.translations import translations
from search_cli.app import app
from search_cli.commands.lazy_commands import HelpContext
from search_cli.commands.translated_help import translated_help
from tests.support import catalogue

ROOT = Path(__file__).parents[3]
COMMANDS = dict(catalogue.commands())
ENGLISH = re.compile(r"\b[A-Za-z]+(?:[,;]? [a-z]+){3,}")
"""Four words of English in a row: no command and no list of values has as many."""

RUN = "qid Q0 interview#turn rank score fangtan"
"""The columns of a TREC run."""


def printed(name: str, language: Language, width: int, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines of the help of a command at a width."""
    os.environ["COLUMNS"] = str(width)
    translated_help(HelpContext(COMMANDS[name], info_name=name), translations(language))
    return capsys.readouterr().out.splitlines()


def shown_texts(command: TyperCommand | TyperGroup, language: Language) -> list[str]:
    """What stands beside each option and argument of a command, translated; without those whose metavar is long."""
    texts, context = translations(language), typer.Context(command)
    return [
        texts.gettext(one.help).replace("\\[", "[")
        for one in command.get_params(context)
        if isinstance(one, (TyperArgument, TyperOption)) and one.help and not one.hidden
        if len(one.make_metavar(context)) < 12
    ]


def in_english(lines: list[str]) -> list[str]:
    """The lines of a help with a sentence of English in them, but for what is typed."""
    prose = (line.replace(RUN, "") for line in lines if not re.match(r"   | [示範]例：fangtan", line))
    return [line for line in prose if ENGLISH.search(line)]


@pytest.fixture(autouse=True)
def width(monkeypatch: pytest.MonkeyPatch) -> None:
    """The width that a test sets is its own."""
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("FORCE_COLOR", raising=False)


@pytest.mark.parametrize(
    ("language", "columns"), [(Language.SIMPLIFIED, 80), (Language.SIMPLIFIED, 120), (Language.TRADITIONAL, 80)]
)
def test_each_help_is_chinese_and_fits(language: Language, columns: int, capsys: pytest.CaptureFixture[str]) -> None:
    for name, command in COMMANDS.items():
        lines = printed(name, language, columns, capsys)
        assert lines[1].startswith(f" 用法：{name} ")
        assert max(cell_len(line.rstrip()) for line in lines) <= columns, name
        assert in_english(lines) == [], name
        flat = re.sub(r"[\s│]", "", "".join(lines))
        cut = [text for text in shown_texts(command, language) if re.sub(r"\s", "", text) not in flat]
        assert not cut, f"{name} does not show the whole of {cut}"


def test_no_line_begins_with_closing_punctuation(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed("fangtan search", Language.SIMPLIFIED, 80, capsys)
    assert len(lines) > 80
    assert [line for line in lines if re.match(r"[│\s]*[，。、；：？！）”]", line)] == []


def test_examples_stay_as_they_are_typed(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed("fangtan search", Language.TRADITIONAL, 80, capsys)
    assert "   fangtan search 用户 -广告 --speaker 郑志昊 --since 2013" in [line.rstrip() for line in lines]
    assert " 範例：fangtan duplicates" in [
        line.rstrip() for line in printed("fangtan duplicates", Language.TRADITIONAL, 80, capsys)
    ]


def test_a_list_in_a_paragraph_keeps_its_lines(capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed("fangtan correct", Language.SIMPLIFIED, 80, capsys)
    assert [line.rstrip() for line in lines if "  line 40" in line] == [
        "   line 40: NAME        从这一行起是谁在说话",
        "   line 40 continues    这一行接着上面的发言",
    ]


def test_nothing_in_a_help_text_is_taken_for_mark_up() -> None:
    for language in (Language.SIMPLIFIED, Language.TRADITIONAL):
        texts = translations(language)
        shown = [text for one, context in catalogue.help_texts() if not context for text in (one, texts.gettext(one))]
        assert [text for text in shown if re.search(r"(?<!\\)\[[a-z#/@]", text)] == ["[default: {}]", "[required]"]


@pytest.mark.parametrize("command", ["", "search", "quote", "node", "kibana install"])
def test_english_is_what_typer_prints(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    app([*command.split(), "--help"], prog_name="fangtan", standalone_mode=False)
    ours = capsys.readouterr().out
    monkeypatch.setattr(HelpContext, "get_help", typer.Context.get_help)
    app([*command.split(), "--help"], prog_name="fangtan", standalone_mode=False)
    assert ours == capsys.readouterr().out
    assert "Usage: fangtan" in ours


def test_the_translation_leaves_nothing_behind(capsys: pytest.CaptureFixture[str]) -> None:
    app(["show", "--help"], prog_name="fangtan", standalone_mode=False)
    before = capsys.readouterr().out
    printed("fangtan show", Language.SIMPLIFIED, 80, capsys)
    app(["show", "--help"], prog_name="fangtan", standalone_mode=False)
    assert capsys.readouterr().out == before


def run(*typed: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run fangtan in a process of its own, in an environment with no more of a language than this."""
    environment = {name: value for name, value in os.environ.items() if name not in {"LC_ALL", "PYTHONUTF8"}}
    command = (sys.executable, "-m", "search_cli", *typed)
    return subprocess.run(
        command, cwd=ROOT, env=environment | variables, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize(
    ("typed", "variables", "usage"),
    [
        (("search", "-h"), {"LANG": "zh_CN.UTF-8"}, "用法：fangtan search [选项] [检索式]..."),
        (("node",), {"LC_ALL": "C", "FANGTAN_LANG": "zh-Hant"}, "用法：fangtan node [選項] 命令 [引數]..."),
        (("search", "-h"), {"LC_ALL": "C", "LANGUAGE": "zh_CN"}, "Usage: fangtan search [OPTIONS] [QUERY]..."),
    ],
)
def test_a_process_speaks_the_language_of_its_environment(
    typed: tuple[str, ...], variables: dict[str, str], usage: str
) -> None:
    done = run(*typed, **variables)
    assert done.stderr == ""
    assert done.stdout.splitlines()[1].strip() == usage


def test_the_language_may_be_set_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "language.env"
    file.write_text("FANGTAN_LANG=zh_CN\n", "utf-8")
    assert "用法：" in run("why", "-h", LC_ALL="C", FANGTAN_ENV_FILE=str(file)).stdout
    assert "Usage: " in run("why", "-h", LC_ALL="C", FANGTAN_ENV_FILE=str(file), FANGTAN_LANG="en").stdout
    assert "Usage: " in run("why", "-h", LC_ALL="C", FANGTAN_ENV_FILE=str(tmp_path)).stdout, "it cannot be read"


def test_an_unknown_language_is_a_note_in_help_and_an_error_elsewhere() -> None:
    shown = run("why", "-h", LC_ALL="C", FANGTAN_LANG="klingon")
    assert (shown.returncode, "Usage: " in shown.stdout) == (0, True)
    assert shown.stderr.splitlines() == [
        "Note: FANGTAN_LANG=klingon is not a language that fangtan speaks.",
        "Try: Set it to zh-Hans, zh-Hant or en.",
    ]
    other = run("status", LC_ALL="C", FANGTAN_LANG="klingon")
    assert other.returncode == 2
    assert other.stderr.startswith("Error: FANGTAN_LANG=klingon")


@pytest.mark.parametrize(
    ("language", "encoding", "usage"),
    [
        ("zh-Hans", "gb18030", "用法："),
        ("zh-Hant", "big5", "用法："),
        ("zh-Hant", "gb2312", "Usage: "),
        ("zh-Hans", "big5", "Usage: "),
        ("zh-Hans", "ascii", "Usage: "),
    ],
)
def test_a_terminal_without_these_characters_gets_english(language: str, encoding: str, usage: str) -> None:
    variables = {"LC_ALL": "C", "FANGTAN_LANG": language, "PYTHONIOENCODING": encoding}
    command = (sys.executable, "-m", "search_cli", "why", "-h")
    done = subprocess.run(command, cwd=ROOT, env=os.environ | variables, capture_output=True, check=True)
    assert usage in done.stdout.decode(encoding)


def test_english_opens_no_catalogue() -> None:
    script = (
        "import sys; opened = []\n"
        "sys.addaudithook(lambda event, told: opened.append(str(told[0])) if event == 'open' else None)\n"
        "from search_cli.app import app\n"
        "app(['search', '--help'], prog_name='fangtan', standalone_mode=False)\n"
        "print([path for path in opened if path.endswith(('.mo', '.po', '.env'))],\n"
        "      sorted({'babel', 'dotenv', 'indexer.language.translations'} & set(sys.modules)))"
    )
    done = subprocess.run((sys.executable, "-c", script), cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[] []"
