"""What the READMEs say, held to the code: fields, settings, query language, links; both languages in step."""

import re
from pathlib import Path

import pytest

from indexer.store import mapping
from search_cli.query import parser
from tests.readme_blocks import (
    CHINESE,
    ENGLISH,
    ROOT,
    Block,
    Place,
    agree,
    blocks,
    code_in,
    headings,
    program_command,
    refreshed,
    shown,
    steady,
    table,
    tables,
)

READMES = (ENGLISH, CHINESE)
COMPOSE = set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text("utf-8")))
both = pytest.mark.parametrize("readme", READMES, ids=lambda path: path.name)


@both
def test_the_field_table_names_every_field_of_a_turn_once(readme: Path) -> None:
    rows = table(readme, "interview_id")
    told = [field for row in rows for field in code_in(row[0])]
    assert sorted(told) == sorted(mapping.TURN)


@both
def test_the_field_table_gives_each_field_its_type(readme: Path) -> None:
    for fields, types, *_ in table(readme, "interview_id"):
        mapped = {str(mapping.TURN[field]["type"]) for field in code_in(fields)}
        assert set(code_in(types)) == mapped, fields


@both
def test_the_settings_table_names_what_the_example_file_names(readme: Path) -> None:
    example = (ROOT / ".env.example").read_text("utf-8")
    known = set(re.findall(r"(?m)^#?\s?((?:FANGTAN|ELASTICSEARCH|KIBANA)_[A-Z_]+)=", example))
    told = {name for row in table(readme, "ELASTICSEARCH_URL") for name in code_in(row[0])}
    assert told == known - COMPOSE


def test_the_example_file_names_every_setting_that_is_read() -> None:
    source = (ROOT / "indexer" / "settings.py").read_text("utf-8")
    read = set(re.findall(r'get\("([A-Z_]+)"', source))
    example = (ROOT / ".env.example").read_text("utf-8")
    assert {name for name in read if not re.search(rf"(?m)^#?\s?{name}=", example)} == set()


@both
def test_every_query_in_the_table_can_be_read(readme: Path) -> None:
    queries = [query for row in table(readme, "小米 合作") for query in code_in(row[0])]
    assert len(queries) >= 8
    for query in queries:
        assert parser.parse(query).nodes


def test_both_languages_show_the_same_blocks_under_the_same_headings() -> None:
    assert blocks(ENGLISH)
    assert [(one.language, one.text) for one in blocks(ENGLISH)] == [
        (one.language, one.text) for one in blocks(CHINESE)
    ]
    assert headings(ENGLISH) == headings(CHINESE)


def test_both_languages_have_the_same_tables() -> None:
    english, chinese = tables(ENGLISH), tables(CHINESE)
    assert [[code_in(row[0]) for row in rows] for rows in english] == [
        [code_in(row[0]) for row in rows] for rows in chinese
    ]


@both
def test_links_inside_the_project_lead_somewhere(readme: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)\)", readme.read_text("utf-8"))
    local = [link for link in links if "://" not in link]
    assert local
    assert [link for link in local if not (ROOT / link).exists()] == []


@both
def test_the_readme_opens_with_a_chinese_query_and_then_the_two_commands(readme: Path) -> None:
    first, second, *_ = blocks(readme)
    assert re.match(r"\$ fangtan search .*[一-鿿]", first.text)
    assert [line.split("#")[0].strip() for line in second.text.splitlines()] == ["make demo", "make test"]


@both
def test_make_commands_exist(readme: Path) -> None:
    targets = set(re.findall(r"(?m)^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8")))
    told = set(re.findall(r"\bmake ([a-z-]+)", "\n".join(block.text for block in blocks(readme))))
    assert told <= targets


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


def test_commands_run_on_their_own_node_and_archive_under_the_names_of_the_readme(tmp_path: Path) -> None:
    place = Place("http://127.0.0.1:9999", tmp_path, "other")
    said = place.run("echo http://127.0.0.1:9200/fangtan-turns >&2; echo $FANGTAN_INDEX, $COLUMNS")
    assert said == "http://127.0.0.1:9200/fangtan-turns\nfangtan, 80"
    assert place.run("echo http://127.0.0.1:9200/fangtan-turns | md5sum") == place.run(
        "echo http://127.0.0.1:9999/other-turns | md5sum"
    )


def test_a_defect_is_never_written_into_the_readme(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        Place("http://nowhere", tmp_path, "other").run(program_command("1 / 0"))
