"""What the READMEs and guides say, held to the code: fields, settings, query language; and the reader of blocks."""

import re
from pathlib import Path

import pytest

from indexer.store import mapping
from search_cli.query import parser
from tests.support.doc_outputs import (
    PAGES,
    ROOT,
    Block,
    Place,
    agree,
    blocks,
    code_in,
    pipeline,
    program_command,
    programs,
    refreshed,
    shown,
    steady,
    table,
    tables,
)

COMPOSE = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text("utf-8")))


def both(guide: str) -> pytest.MarkDecorator:
    """Give a test a page in each language."""
    pair = next(pair for pair in PAGES if pair[0].stem == guide)
    return pytest.mark.parametrize("page", pair, ids=lambda path: path.relative_to(ROOT).as_posix())


@both("elasticsearch")
def test_the_field_table_names_every_field_of_a_turn_once(page: Path) -> None:
    rows = table(page, "interview_id")
    told = [field for row in rows for field in code_in(row[0])]
    assert sorted(told) == sorted(mapping.TURN)


@both("elasticsearch")
def test_the_field_table_gives_each_field_its_type(page: Path) -> None:
    for fields, types, *_ in table(page, "interview_id"):
        mapped = {str(mapping.TURN[field]["type"]) for field in code_in(fields)}
        assert set(code_in(types)) == mapped, fields


def test_the_glossary_names_fields_that_are_there() -> None:
    rows = [row for rows in tables(ROOT / "docs/glossary.md") for row in rows if len(row) == 4]
    named = {code for row in rows for code in code_in(row[3]) if re.fullmatch("[a-z_]+", code)}
    assert len(named) >= 20
    assert named <= mapping.TURN.keys() | mapping.INTERVIEW.keys() | {"_id", "_score"}


@both("configuration")
def test_the_settings_table_names_what_the_example_file_names(page: Path) -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    known = set(re.findall(r"(?m)^#?\s?((?:FANGTAN|ELASTICSEARCH|KIBANA)_[A-Z_]+)=", example))
    told = {name for row in table(page, "ELASTICSEARCH_URL") for name in code_in(row[0])}
    assert told == known - COMPOSE


def test_the_example_file_names_every_setting_that_is_read() -> None:
    source = (ROOT / "indexer/settings/__init__.py").read_text("utf-8")
    read = set(re.findall(r'get\("([A-Z_]+)"', source))
    example = (ROOT / ".env.example").read_text("utf-8")
    assert {name for name in read if not re.search(rf"(?m)^#?\s?{name}=", example)} == set()


@both("search")
def test_every_query_in_the_table_can_be_read(page: Path) -> None:
    queries = [query for row in table(page, "小米 合作") for query in code_in(row[0])]
    assert len(queries) >= 8
    for query in queries:
        assert parser.parse(query).nodes


@both("README")
def test_the_readme_opens_with_a_chinese_query_and_then_the_two_commands(page: Path) -> None:
    first, second, *_ = blocks(page)
    assert re.match(r"\$ fangtan search .*[一-鿿]", first.text)
    assert [line.split("#")[0].strip() for line in second.text.splitlines()] == ["make demo", "make test"]


def test_the_changelog_and_the_package_name_the_same_version() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    version = re.search(r'(?m)^version = "([^"]+)"', project)
    assert version is not None
    assert f"## [{version[1]}]" in (ROOT / "CHANGELOG.md").read_text("utf-8")


# --- the reader of blocks itself ---


def test_commands_are_parted_from_their_output() -> None:
    block = Block("console", "$ one a\nout 1\n\nout 2\n$ two \\\n  b\n$ three '\n {x}\n'\nend\n", 10)
    assert [(one.command, one.output, one.line) for one in shown(block)] == [
        ("one a", "out 1\n\nout 2", 11),
        ("two \\\n  b", "", 15),
        ("three '\n {x}\n'", "end", 17),
    ]


@pytest.mark.parametrize(
    ("expected", "actual", "same"),
    [
        ("7 turns · 14 ms", "7 turns · 3 ms\n", True),
        ("7 turns · 14 ms", "8 turns · 14 ms", False),
        ("a\n…\nz", "a\nb\nc\nz", True),
        ("a\n…\nz", "a\nz", True),
        ("a\n…", "a\nb", True),
        ("a\n…\nz", "a\nb", False),
        ("a.b", "axb", False),
        ("http://127.0.0.1:9200, up 2 h", "http://127.0.0.1:9301, up 5 min", True),
        ("a", "a\nb", False),
        ("", "\n", True),
        ("", "a", False),
    ],
)
def test_output_agrees_but_for_what_changes(expected: str, actual: str, *, same: bool) -> None:
    assert agree(expected, actual) is same


def test_steady_text_does_not_depend_on_where_lines_break() -> None:
    assert steady("\na  \nb 12 ms c\n\n") == steady("a b\n3 ms c") == "a b c"


def test_outputs_are_written_anew_and_those_with_dots_kept(tmp_path: Path) -> None:
    text = (
        "x\n\n```console\n$ echo 小米\nold\n$ seq 9\n1\n…\n$ true\nold\n```\n\n"
        "```python\nprint(6)\n```\n\n```text\n```\n"
    )
    again = refreshed(text, Place("http://nowhere", tmp_path, "other").run)
    assert again == (
        "x\n\n```console\n$ echo 小米\n小米\n$ seq 9\n1\n…\n$ true\n```\n\n"
        "```python\nprint(6)\n```\n\n```text\n6\n```\n"
    )


def test_an_output_in_which_only_times_differ_is_kept() -> None:
    text = "```console\n$ a\n7 turns · 14 ms\n$ b\n8 turns · 14 ms\n```\n"
    again = refreshed(text, {"a": "7 turns · 99 ms", "b": "9 turns · 99 ms"}.__getitem__)
    assert again == "```console\n$ a\n7 turns · 14 ms\n$ b\n9 turns · 99 ms\n```\n"


def test_a_first_program_without_output_begins_the_others(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```python\nn = 3\n```\n\nthen\n\n```python\nprint(n)\n```\n\n```text\nold\n```\n", "utf-8")
    (one,) = programs(page)
    place = Place("http://nowhere", tmp_path, "other")
    assert (place.run(one.command), one.output) == ("3", "old\n")
    assert refreshed(page.read_text("utf-8"), place.run).endswith("```text\n3\n```\n")


def test_commands_run_on_their_own_node_and_archive_under_the_names_of_the_readme(tmp_path: Path) -> None:
    place = Place("http://127.0.0.1:9999", tmp_path, "other")
    said = place.run("echo http://127.0.0.1:9200/fangtan-turns >&2; echo $FANGTAN_INDEX, $COLUMNS")
    assert said == "http://127.0.0.1:9200/fangtan-turns\nfangtan, 80"
    assert place.run("echo http://127.0.0.1:9200/fangtan-turns | md5sum") == place.run(
        "echo http://127.0.0.1:9999/other-turns | md5sum"
    )


def test_a_defect_is_never_written_into_the_readme(tmp_path: Path) -> None:
    place = Place("http://nowhere", tmp_path, "other")
    with pytest.raises(ZeroDivisionError):
        place.run(program_command("1 / 0"))
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        place.run("python -c '1 / 0'")


def test_fangtan_in_a_pipeline_runs_in_this_process(tmp_path: Path) -> None:
    parts = pipeline("A=1 B='x y' fangtan search '(小米 OR 华为) 数据' qz#3 | head -2 | wc -l")
    assert parts is not None
    assert parts.arguments == ("search", "(小米 OR 华为) 数据", "qz#3")
    assert (parts.variables, parts.before, parts.after) == ({"A": "1", "B": "x y"}, "", "head -2 | wc -l")
    (tmp_path / "file.txt").write_text("问：一？\n答：二。\n", "utf-8")
    (tmp_path / "data").mkdir()
    place = Place("http://nowhere", tmp_path, "other", tmp_path)
    assert "一？" in place.run("cat file.txt | fangtan parse - | tail -2")
    assert place.run("fangtan nothing | head -1") == "Error: No such command 'nothing'."


@pytest.mark.parametrize("command", ["fangtan search a > b", "x=$(fangtan status)", "fangtan status && true", "ls"])
def test_what_only_a_shell_can_run_is_left_to_it(command: str) -> None:
    assert pipeline(command) is None
