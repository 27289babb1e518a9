"""The rules of the house: who may import whom, read from the source."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOUNDATION = {"indexer.model", "indexer.report", "indexer.errors", "indexer.settings"}

# room -> rooms of ours it may import besides itself
ALLOWED = {
    "indexer.model": set(),
    "indexer.report": set(),
    "indexer.errors": set(),
    "indexer.settings": {"indexer.errors"},
    "indexer.language": {"indexer.errors"},
    "indexer.reading": FOUNDATION,
    "indexer.parsing": FOUNDATION | {"indexer.reading.script", "indexer.language"},
    "indexer.annotating": FOUNDATION | {"indexer.language"},
    "indexer.loading": FOUNDATION | {"indexer.language"},
    "indexer.elastic": FOUNDATION,
    "indexer.pipeline": {"indexer"},
    "indexer.order": FOUNDATION,
    "indexer.watching": FOUNDATION | {"indexer.reading"},
    "indexer.provenance": FOUNDATION | {"indexer.annotating", "indexer.loading"},
    "indexer.run": FOUNDATION
    | {"indexer.filing", "indexer.loading", "indexer.order", "indexer.reading", "indexer.transcript"},
    "indexer.filing": FOUNDATION
    | {
        "indexer.annotating",
        "indexer.language",
        "indexer.loading",
        "indexer.preparing",
        "indexer.reading.worklist",
        "indexer.workers",
    },
    "indexer.preparing": FOUNDATION | {"indexer.annotating", "indexer.language", "indexer.loading"},
    "indexer.workers": FOUNDATION | {"indexer.annotating", "indexer.loading", "indexer.preparing"},
    "indexer.joining": FOUNDATION | {"indexer.filing", "indexer.loading", "indexer.reading", "indexer.transcript"},
    "indexer.relearning": FOUNDATION
    | {"indexer.annotating", "indexer.language", "indexer.loading", "indexer.provenance"},
    "indexer.teaching": FOUNDATION
    | {
        "indexer.annotating",
        "indexer.elastic",
        "indexer.language",
        "indexer.loading",
        "indexer.provenance",
        "indexer.relearning",
    },
    "indexer.transcript": FOUNDATION | {"indexer.reading", "indexer.parsing", "indexer.annotating"},
    "indexer.__main__": {"indexer"},
    "search_cli": FOUNDATION | {"indexer.language", "indexer.loading.schema", "indexer.elastic"},
}
EXCEPTIONS = {
    "search_cli.commands.dictionary": {"indexer.teaching"},
    "search_cli.commands.index": {"indexer.pipeline"},
    "search_cli.commands.meta": {"indexer.transcript"},
    "search_cli.commands.parse": {"indexer.transcript"},
    "search_cli.commands.quote": {"indexer.transcript"},  # an article comes in the formats transcripts come in
    "search_cli.commands.status": {"indexer.provenance"},
    "search_cli.commands.watch": {"indexer.pipeline", "indexer.watching", "indexer.order"},
    "indexer.__main__": {"search_cli"},
}


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path): path for package in ("indexer", "search_cli") for path in (ROOT / package).rglob("*.py")}


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            assert [alias.name for alias in node.names] != ["*"], f"{path}: star import"
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in MODULES else str(node.module) for name in names}
    return {name for name in found if name.split(".")[0] in {"indexer", "search_cli"}}


def inside(module: str, room: str) -> bool:
    return module == room or module.startswith(room + ".")


@pytest.mark.parametrize("module", sorted(MODULES))
def test_a_room_imports_only_what_the_house_allows(module: str) -> None:
    room = max((room for room in ALLOWED if inside(module, room)), key=len, default="")
    allowed = ALLOWED.get(room, set()) | EXCEPTIONS.get(module, set()) | {room or module}
    strangers = {name for name in imports(MODULES[module]) if not any(inside(name, one) for one in allowed)}
    assert not strangers, f"{module} may not import {sorted(strangers)}"


def test_modules_stay_small() -> None:
    long = {name: lines for name, path in MODULES.items() if (lines := path.read_text("utf-8").count("\n")) > 300}
    assert not long, f"split these, each is probably two rooms: {long}"


def test_the_rule_test_sees_imports() -> None:
    assert "indexer.errors" in imports(MODULES["indexer.settings"])
    assert "indexer.errors" in imports(MODULES["search_cli.app"])
