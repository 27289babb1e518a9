"""Accepted names in speakers.toml: what is added where, and every other line as it was."""

from pathlib import Path

import pytest

from indexer.dictionary import registry
from indexer.enrich import speakers
from indexer.errors import SettingsError, UsageError
from indexer.settings import Settings

NAMED = '# 头\n["林晓岚"]  # 总监\naliases = [\n  "林总",\n]\n\n["陈可"]\naffiliation = "甲公司"\n'


def accepted(folder: Path, text: str, *pairs: tuple[str, str]) -> str:
    path = folder / "speakers.toml"
    path.write_text(text, encoding="utf-8")
    change = registry.accept(Settings(data=folder), pairs)
    assert change.before == text
    registry.write(change)
    known = speakers.load(path)
    for name, canonical in pairs:
        label, _, interview = name.partition("@")
        assert (known.labelled(interview, label) if interview else known.canonical(name)) == canonical
    assert path.read_text("utf-8") == change.after
    return change.after


@pytest.mark.parametrize(
    ("text", "pair", "line"),
    [
        ("", ("林总监", "林晓岚"), '["林晓岚"]\naliases = ["林总监"]\n'),
        ("# 头", ("发言人2@会议/a b", "林晓岚"), '["林晓岚"]\nlabels = {"会议/a b" = ["发言人2"]}\n'),
        (NAMED, ("林总监", "林晓岚"), 'aliases = ["林总监", \n  "林总",\n]'),
        (NAMED, ("陈总", "陈可"), '["陈可"]\naliases = ["陈总"]\naffiliation'),
        (NAMED, ("发言人1@b", "陈可"), '["陈可"]\nlabels = {"b" = ["发言人1"]}\naffiliation'),
        (NAMED, ("林董", "林深"), '"甲公司"\n\n["林深"]\naliases = ["林董"]\n'),
        (
            "['陈可']\nlabels = {a = ['发言人1']}",
            ("发言人2@b", "陈可"),
            'labels = {"b" = ["发言人2"], a = [\'发言人1\']}',
        ),
        ('["陈可"]\naliases = []', ("陈总", "陈可"), 'aliases = ["陈总"]'),
        ('["陈可"]', ("陈总", "陈可"), '["陈可"]\naliases = ["陈总"]\n'),
    ],
)
def test_a_name_is_added_to_its_person(tmp_path: Path, text: str, pair: tuple[str, str], line: str) -> None:
    after = accepted(tmp_path, text, pair)
    assert line in after
    characters = iter(after)
    assert all(one in characters for one in text)  # nothing is taken out, nothing moved


def test_what_the_file_has_already_changes_nothing(tmp_path: Path) -> None:
    assert accepted(tmp_path, NAMED, ("林总", "林晓岚")) == NAMED


def test_a_name_of_somebody_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "speakers.toml").write_text(NAMED, encoding="utf-8")
    with pytest.raises(SettingsError, match="林总 belongs to both"):
        registry.accept(Settings(data=tmp_path), [("林总", "陈可")])
    with pytest.raises(UsageError, match="alias of itself"):
        registry.accept(Settings(data=tmp_path), [("何苗", "何苗")])
    assert (tmp_path / "speakers.toml").read_text("utf-8") == NAMED


def test_a_new_file_explains_itself(tmp_path: Path) -> None:
    folder = tmp_path / "archives/fangtan"
    folder.mkdir(parents=True)
    registry.write(registry.accept(Settings(data=folder), [("林总", "林晓岚")]))
    text = (folder / "speakers.toml").read_text("utf-8")
    assert text.startswith("# Who a printed name belongs to.")
    assert speakers.load(folder / "speakers.toml").canonical("林总") == "林晓岚"
