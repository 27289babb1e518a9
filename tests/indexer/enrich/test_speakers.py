"""Aliases: data/speakers.toml."""

from datetime import date
from pathlib import Path

import pytest

from indexer.enrich import speakers
from indexer.enrich.speakers import Speakers
from indexer.errors import SettingsError

GOOD = """\
["林晓岚"]
aliases = ["林曉嵐", "林总", "Xiaolan Lin"]
affiliation = "声临科技首席执行官"

["陈可"]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "speakers.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_printed_name_has_one_canonical_name(tmp_path: Path) -> None:
    known = speakers.load(write(tmp_path, GOOD))
    assert [known.canonical(name) for name in ("林晓岚", "林曉嵐", "林总", "xiaolan  lin", "林 总")] == ["林晓岚"] * 5
    assert known.canonical("陈可") == "陈可"
    assert known.canonical("何苗") == "何苗"
    assert known.affiliations == {"林晓岚": "声临科技首席执行官"}


def test_affiliations_hold_at_their_time(tmp_path: Path) -> None:
    held = """
["林晓岚"]
affiliation = "声临科技"
affiliations = [
  {affiliation = "产品总监", until = "2018-06"},
  {affiliation = "首席执行官", since = "2018-07-01"},
  {affiliation = "董事长", since = 2021, until = 2022},
]
"""
    known = speakers.load(write(tmp_path, held))
    dates = ["2018-06-30", "2018-07-01", "2021-03-01", "2022-12-31", "2023-01-01"]
    found = [known.affiliation("林晓岚", date.fromisoformat(day)) for day in dates]
    assert found == ["产品总监", "首席执行官", "董事长", "董事长", "首席执行官"]
    assert known.affiliation("林晓岚", None) == "声临科技"


def test_nothing_is_known_without_a_file(tmp_path: Path) -> None:
    assert speakers.load(tmp_path / "none.toml") == Speakers()
    assert Speakers().canonical("何苗") == "何苗"


def test_the_fingerprint_changes_with_the_file(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    (tmp_path / "c").mkdir()
    one, same = speakers.load(write(tmp_path / "a", GOOD)), speakers.load(write(tmp_path / "b", GOOD))
    other = speakers.load(write(tmp_path / "c", GOOD + '["何苗"]\n'))
    assert one.fingerprint == same.fingerprint != other.fingerprint


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('["林晓岚"]\naliases = \n', 2, "not TOML"),
        ('# 头\n["林晓岚"]\naliases = "林总"\n', 2, "the entry of 林晓岚 is invalid"),
        ('["林晓岚"]\nalias = ["林总"]\n', 1, "the entry of 林晓岚 is invalid"),
        ('["林晓岚"]\naliases = [3]\n', 1, "the entry of 林晓岚 is invalid"),
        ('["林晓岚"]\naffiliation = 3\n', 1, "the entry of 林晓岚 is invalid"),
        ('"林晓岚" = "林总"\n', 1, "the entry of 林晓岚 is invalid"),
        ('["林晓岚"]\naliases = ["林总"]\n\n["林深"]\naliases = ["林总"]\n', 4, "林总 belongs to both 林晓岚 and 林深"),
        ('["林晓岚"]\nturns = ["meeting"]\n', 1, "a turn of 林晓岚 is not an address"),
        ('["林晓岚"]\nlabels = ["发言人2"]\n', 1, "the labels of 林晓岚 are not lists by interview"),
        ('["林晓岚"]\naffiliations = [{affiliation = "总监", since = "去年"}]\n', 1, "an affiliation of 林晓岚 is not"),
        ('["林晓岚"]\nturns = ["a#1-3"]\n["林深"]\nturns = ["a#2"]\n', 3, "a#2 belongs to both 林晓岚 and 林深"),
        ('["林晓岚"]\naliases = ["林深"]\n["林深"]\n', 3, "林深 belongs to both 林晓岚 and 林深"),
    ],
)
def test_an_invalid_file_is_reported_with_path_and_line(tmp_path: Path, text: str, line: int, reason: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(SettingsError) as caught:
        speakers.load(path)
    assert str(caught.value).startswith(f"{path}:{line}: {reason}")
    assert "aliases" in caught.value.next_step
    assert caught.value.exit_code == 2


def test_a_file_that_is_not_utf8_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "speakers.toml"
    path.write_bytes('["林晓岚"]'.encode("gb18030"))
    with pytest.raises(SettingsError, match="not UTF-8"):
        speakers.load(path)


def test_the_projects_own_file_can_be_used() -> None:
    assert speakers.load(Path(__file__).parents[3] / "data/speakers.toml").fingerprint
