"""What a command imports: that is most of the time of a search."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.settings import Settings

ROOT = Path(__file__).parents[2]
SCRIPT = """
import sys
from search_cli.app import main
sys.argv[0] = "fangtan"
try:
    main()
finally:
    print(*sorted(sys.modules), file=sys.stderr)
"""

TYPER = {"annotated_doc", "shellingham", "typer"}
READ = {*TYPER, "platformdirs", "rich"}  # where the archive's files lie; the width of characters
NEITHER = {"rich.console", "rich.text", "asyncio", "concurrent", "importlib.metadata", "logging", "multiprocessing"}
"""Of 20 ms and more each, with what they import: for tables of help, several requests at a time, versions."""

OWN = {
    "indexer": {"elastic", "errors", "language", "model", "safe_file", "settings", "store", "text"},
    "search_cli": {
        *("app", "archive", "client", "commands", "json_types", "kwic", "models", "query", "rendering", "search"),
        *("catalog", "shard_counts", "word_statistics"),
    },
}
"""What is imported of the two packages by a search."""

MOST = 115
"""Modules of ours; each takes a millisecond or more."""


def imported(settings: Settings, folder: Path, *typed: str) -> set[str]:
    """The modules that a command imports that is typed in a process of its own."""
    variables = {"ELASTICSEARCH_URL": settings.url, "FANGTAN_INDEX": settings.index, "FANGTAN_DATA": str(folder)}
    done = subprocess.run(
        (sys.executable, "-c", SCRIPT, *typed), cwd=ROOT, env=os.environ | variables, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout, "nothing was found"
    return set(done.stderr.split())


def libraries(modules: set[str]) -> set[str]:
    """The packages of others."""
    return {
        name
        for name in {module.partition(".")[0] for module in modules}
        if name not in sys.stdlib_module_names and not name.startswith("_") and name not in OWN
    }


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (("search", "小米", "合作"), {*READ, "opencc"}),
        (("search", "小米", "--json"), {*READ, "opencc", "orjson"}),
        (("show", "qzone-xiaomi#3"), READ),
        (("speakers",), READ),
        (("--version",), TYPER),
    ],
    ids=lambda value: " ".join(sorted(value) if isinstance(value, set) else value),
)
def test_the_libraries_that_a_command_imports(
    typed: tuple[str, ...], expected: set[str], sample: Settings, tmp_path: Path
) -> None:
    modules = imported(sample, tmp_path, *typed)
    assert libraries(modules) <= expected, "more than this takes longer at every start"
    assert not modules & (NEITHER - ({"importlib.metadata"} if typed == ("--version",) else set()))


def test_what_a_search_imports_of_ours(sample: Settings, tmp_path: Path) -> None:
    modules = imported(sample, tmp_path, "search", "小米", "合作")
    ours = [module for module in modules if module.partition(".")[0] in OWN]
    assert len(ours) <= MOST
    for package, parts in OWN.items():
        assert {module.split(".")[1] for module in ours if module.startswith(f"{package}.")} <= parts
    commands = {module for module in modules if module.startswith("search_cli.commands.")}
    assert not [name for name in ("show", "index", "lists", "trec") if f"search_cli.commands.{name}" in commands]
