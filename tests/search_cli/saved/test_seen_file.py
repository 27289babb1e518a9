"""What was seen of saved searches is kept, and a damaged file is told."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import SettingsError
from indexer.settings import Settings
from search_cli.saved import seen_file
from search_cli.saved.seen_file import LastLook, SeenTurns


@given(st.lists(st.integers(0, 2**64 - 1)), st.integers(0, 2**64 - 1))
def test_seen_turns_are_a_set(hashes: list[int], other: int) -> None:
    seen = SeenTurns.parse(SeenTurns.of(hashes).text)
    assert all(one in seen for one in hashes)
    assert (other in seen) is (other in hashes)


def test_looks_are_kept_renamed_and_forgotten(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    look = LastLook("2026-11-28T10:12:00+00:00", "", 2, 1, SeenTurns.of([3, 1]))
    assert seen_file.load(settings) == {}
    seen_file.forget(settings, ["小米"])
    assert not (tmp_path / "seen.json").exists()
    seen_file.mark(settings, "小米", look)
    seen_file.mark(settings, "隐私", look)
    seen_file.rename(settings, "小米", "米")
    seen_file.forget(settings, ["隐私", "没有"])
    assert seen_file.load(settings) == {"米": look}


@pytest.mark.parametrize(
    "text",
    ["{", "[]", '{"format": 2, "searches": {}}', '{"format": 1, "searches": {"甲": {}}}', "\x00", "[" * 100_000],
)
def test_a_damaged_file_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "seen.json").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match="damaged") as told:
        seen_file.load(Settings(data=tmp_path))
    assert "Delete it" in told.value.next_step
