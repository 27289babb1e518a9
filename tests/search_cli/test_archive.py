"""The types of the Python API, as mypy sees them in a program of somebody else."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
from search_cli import Archive

archive = Archive()
reveal_type([hit.turn.speaker for hit in archive.search("疫苗", speaker=("甲", "乙"), sort="date").hits])
archive.search("疫苗", spaeker="甲")
archive.facets("speaker", size="many")
archive.facets("speaker", page=2)
"""


@pytest.mark.slow
def test_a_program_is_checked(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", f"--cache-dir={ROOT}/.mypy_cache"]
    checked = subprocess.run([*command, str(program)], cwd=tmp_path, capture_output=True, text=True)
    found = [line.split(":", 2)[1:] for line in checked.stdout.splitlines() if " defined in " not in line]
    assert [int(line) for line, _ in found] == [5, 6, 7, 8], checked.stdout + checked.stderr
    assert "list[str]" in found[0][1]
    assert '"spaeker"' in found[1][1]
    assert '"size"' in found[2][1]
    assert '"page"' in found[3][1]
