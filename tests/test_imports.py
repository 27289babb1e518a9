"""The rules of the house that import-linter cannot tell: imports at module level, and the length of modules."""

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = [path for package in ("indexer", "search_cli") for path in sorted((ROOT / package).rglob("*.py"))]
ALLOWED = {
    "indexer/elastic/cluster_transport.py": {"elastic_transport"},
    "indexer/elastic/complete_answers.py": {"elastic_transport", "elasticsearch"},  # imported with the first request
    "indexer/elastic/locked_client.py": {"elastic_transport", "elasticsearch"},  # the same, of a run
    "search_cli/app.py": {"typer"},
    "search_cli/browse": {"rich", "textual"},  # imported by `fangtan browse` alone
    "search_cli/commands": {"typer"},
    "search_cli/dsl.py": {"elasticsearch"},  # imported by those who want it, and by nothing of ours
    "search_cli/tools/env_file.py": {"dotenv"},
}
HEAVY = {
    *(
        "docx",
        "elastic_transport",
        "elasticsearch",
        "jgo",
        "jieba",
        "jinja2",
        "jpype",
        "loky",
        "lxml",
        "opencc",
        "orjson",
    ),
    *(
        "dask",
        "distributed",
        "mcp",
        "numpy",
        "scipy",
        "psutil",
        "pypdfium2",
        "pypinyin",
        "pysubs2",
        "rapidfuzz",
        "rjieba",
        "selectolax",
        "textual",
        "urllib3",
        "watchfiles",
    ),
}


def imported(nodes: Iterable[ast.AST]) -> Iterator[str]:
    """The modules that importing these statements imports: none inside functions or under TYPE_CHECKING."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield str(node.module)
        elif isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            yield from imported(node.orelse)
        elif not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield from imported(ast.iter_child_nodes(node))


def libraries(source: str) -> set[str]:
    """The packages of others that a module imports with itself."""
    names = {name.split(".")[0] for name in imported(ast.parse(source).body)}
    return names - sys.stdlib_module_names - {"indexer", "search_cli"}


def test_libraries_are_imported_inside_the_functions_that_need_them() -> None:
    wrong = {}
    for path in MODULES:
        place = path.relative_to(ROOT)
        allowed = ALLOWED.get(place.as_posix(), set()) | ALLOWED.get(place.parent.as_posix(), set())
        if more := libraries(path.read_text("utf-8")) - allowed:
            wrong[place.as_posix()] = more
    assert not wrong, "import these where they are used"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import lxml.html", {"lxml"}),
        ("class A:\n    from docx import Document", {"docx"}),
        ("try:\n    import rjieba\nexcept ImportError:\n    rjieba = None", {"rjieba"}),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import jpype\nelse:\n    import jgo", {"jgo"}),
        ("def f():\n    import elasticsearch", set()),
        ("import re\nimport indexer.errors", set()),
    ],
)
def test_the_rule_sees_imports(source: str, found: set[str]) -> None:
    assert libraries(source) == found


def test_help_loads_no_library_but_typers() -> None:
    script = (
        "import sys; from search_cli.app import app\n"
        f"print(sorted({HEAVY | {'rich.console'}} & set(sys.modules)))\n"
        f"app(['--help'], standalone_mode=False); print(sorted({HEAVY} & set(sys.modules)))"
    )
    done = subprocess.run((sys.executable, "-c", script), cwd=ROOT, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert (lines[0], lines[-1]) == ("[]", "[]"), "25 ms and more of each start, for a command line that is only read"


def test_modules_stay_small() -> None:
    long = {str(path.relative_to(ROOT)): n for path in MODULES if (n := path.read_text("utf-8").count("\n")) > 300}
    assert not long, f"split these, each is probably two modules: {long}"
