"""What `make demo` suggests to type next, in Chinese."""

import pytest
from rich.cells import cell_len

from search_cli.rendering.terminal.styles import plain_text
from search_cli.tools import demo


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize("separate", ["", "fangtan-demo"])
def test_the_next_commands_are_explained_in_chinese(separate: str) -> None:
    first, *lines = map(plain_text, demo._what_next(separate))
    assert first == "接下来试试："
    assert "  fangtan search 公园 --speaker 梁叙白   谁就此说了什么" in lines
    assert ("  unset FANGTAN_INDEX                    回到自己的档案库" in lines) == bool(separate)
    starts = {cell_len(line) - cell_len(line.rpartition("   ")[2]) for line in lines}
    assert len(starts) == 1
    assert max(map(cell_len, lines)) <= 80
