"""What all formats have in common: memory, files that are whole, formats by suffix."""

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.errors import UsageError
from search_cli.export.format_table import FORMATS, ExportFormat, chosen_format
from search_cli.models import Hit
from tests.support.exports import content, interview, written
from tests.support.spoken import hit, turn

every_format = pytest.mark.parametrize("kind", ExportFormat)
TURNS = 40
"""Of an interview."""


def peak(kind: ExportFormat, file: Path, number: int) -> int:
    """The bytes that writing `number` turns needs at most, beside one interview, and what is loaded before."""
    talk = interview(*(turn(turn=place) for place in range(1, TURNS + 1)))
    some = [hit("小米", turn=place) for place in range(1, TURNS + 1)]
    hits = (replace(some[rank % TURNS], rank=rank) for rank in range(number))
    tracemalloc.start()
    written(kind, file, content(hits, talk, total=number))
    used = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return used


@every_format
def test_memory_does_not_grow_with_the_turns(kind: ExportFormat, tmp_path: Path) -> None:
    file = tmp_path / "a"
    peak(kind, file, 10)  # imports
    assert peak(kind, file, 1200) < peak(kind, file, 300) + 300_000, "the texts alone are a megabyte"


@every_format
def test_a_file_is_whole_or_as_it_was(kind: ExportFormat, tmp_path: Path) -> None:
    def stopped() -> Iterator[Hit]:
        yield hit("小米")
        raise KeyboardInterrupt

    (tmp_path / "a").write_text("before")
    for name in ("a", "b"):
        with pytest.raises(KeyboardInterrupt):
            written(kind, tmp_path / name, content(stopped()))
    assert [one.name for one in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_text() == "before"


@every_format
def test_the_format_of_a_file_is_its_suffix(kind: ExportFormat) -> None:
    for suffix in FORMATS[kind].suffixes:
        assert chosen_format(Path(f"a.b{suffix.upper()}"), None) is kind
    assert chosen_format(Path("a.txt"), kind) is kind


def test_a_suffix_that_is_not_known_is_told_with_those_that_are() -> None:
    with pytest.raises(UsageError, match=r"a\.pdf is not known: .* \.csv, \.jsonl, \.xlsx, \.md, \.docx, \.qdpx"):
        chosen_format(Path("a.pdf"), None)
