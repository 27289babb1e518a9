"""The forms of a name that are one person: both scripts, padding, case; and who is kept apart."""

from pathlib import Path

import pytest

from indexer.enrich import speakers
from indexer.enrich.name_forms import NameForms
from indexer.enrich.speakers import Speakers

NONE = Speakers()


@pytest.mark.parametrize(
    ("turns", "canonical"),
    [
        ({"林曉嵐": 9, "林晓岚": 4}, "林曉嵐"),
        ({"林曉嵐": 4, "林晓岚": 9}, "林晓岚"),
        ({"林晓岚": 4, "林曉嵐": 4}, "林曉嵐"),
        ({"何　苗": 9, "何苗": 1}, "何苗"),
        ({"MARK": 1, "Mark": 3, "mark": 2}, "Mark"),
        ({"Xiaolan Lin": 2, "XiaolanLin": 1}, "Xiaolan Lin"),
        ({"近藤弥生子": 3, "近藤彌生子": 2}, "近藤弥生子"),
    ],
)
def test_the_form_of_most_turns_names_them_all(turns: dict[str, int], canonical: str) -> None:
    for order in (turns, dict(reversed(turns.items()))):
        forms = NameForms(order, NONE)
        assert {forms.canonical(name) for name in turns} == {canonical}


def test_other_names_stay_as_they_are() -> None:
    forms = NameForms({"林晓岚": 4, "林小岚": 4, "记者": 3, "記者": 9}, NONE)
    assert forms.speaker("林小岚", "林小岚", "a", 1) == "林小岚"
    assert forms.speaker("记者", "记者", "a", 1) == "记者@a"


def known(folder: Path, text: str) -> Speakers:
    path = folder / "speakers.toml"
    path.write_text(text, encoding="utf-8")
    return speakers.load(path)


def test_only_names_that_have_another_form_are_changed() -> None:
    forms = NameForms({"林曉嵐": 2, "林晓岚": 4, "周明": 1}, NONE)
    assert forms.of(["林曉嵐", "林晓岚", "周明", "无人"]) == {"林曉嵐": "林晓岚"}


def test_a_name_of_the_file_comes_before_the_form_of_most_turns(tmp_path: Path) -> None:
    forms = NameForms({"林曉嵐": 9, "林晓岚": 4, "林总": 2}, known(tmp_path, '["林晓岚"]\naliases = ["林总"]\n'))
    assert {forms.canonical(name) for name in ("林曉嵐", "林晓岚", "林总")} == {"林晓岚"}


def test_two_people_whose_names_differ_by_script_alone_are_kept_apart(tmp_path: Path) -> None:
    forms = NameForms({"陳昱": 9, "陈昱": 4}, known(tmp_path, '["陳昱"]\n["陈昱"]\n'))
    assert (forms.canonical("陳昱"), forms.canonical("陈昱")) == ("陳昱", "陈昱")


def test_a_label_and_a_turn_of_one_interview_have_their_own_speakers(tmp_path: Path) -> None:
    text = """
["林晓岚"]
labels = {meeting = ["发言人2"]}
turns = ["meeting#4", "meeting#6-7"]
["王伟（教师）"]
labels = {class = ["王伟"]}
"""
    forms = NameForms({"发言人2": 3, "王伟": 3}, known(tmp_path, text))
    assert forms.speaker("发言人2", "发言人2", "meeting", 1) == "林晓岚"
    assert forms.speaker("发言人2", "发言人2", "other", 1) == "发言人2@other"
    assert [forms.speaker("王伟", "王伟", "meeting", turn) for turn in (4, 5, 7)] == ["林晓岚", "王伟", "林晓岚"]
    assert forms.speaker("王伟", "王伟", "class", 4) == "王伟（教师）"
