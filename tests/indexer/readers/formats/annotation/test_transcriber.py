"""Transcriber files."""

import pytest

from indexer.parser.parse import parse
from indexer.readers.script import Line
from tests.support.sources import fault, script

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE Trans SYSTEM "trans-14.dtd">\n'
    '<Trans scribe="x" program="海风电台" air_date="150802" version="2" version_date="990101">'
    '<Speakers><Speaker id="spk1" name="涂问"/><Speaker id="spk2" name="岑塔"/></Speakers>'
    '<Episode><Section type="report" startTime="0" endTime="9">'
)
TAIL = "</Section></Episode></Trans>"


def of(*turns: str) -> str:
    return HEAD + "".join(turns) + TAIL


ASKED = '<Turn speaker="spk1" startTime="0" endTime="2.6"><Sync time="0"/>\n最怕什么？\n</Turn>'
TOLD = (
    '<Turn speaker="spk2" startTime="2.6" endTime="9"><Sync time="2.6"/>安静。<Event desc="laugh" type="noise"/>'
    '<Sync time="4.1"/>风大<Background time="5" type="music"/>倒不怕。<Comment desc="有人敲门"/></Turn>'
)
BOTH = (
    '<Turn speaker="spk1 spk2" startTime="9" endTime="12"><Sync time="9"/><Who nb="1"/>怎么办？<Who nb="2"/>等。'
    '<Sync time="11"/><Who nb="1"/>等？</Turn>'
)


@pytest.mark.parametrize("suffix", [".trs", ".xml", ".txt"])
def test_turns_have_speakers_and_times_of_their_points(suffix: str) -> None:
    read = script(of(ASKED, TOLD), suffix)
    assert read.metadata == (("outlet", "海风电台"), ("date", "20150802"))
    assert read.lines == (
        Line(1, "最怕什么？", label="涂问", start=0, end=2600),
        Line(2, "安静。", label="岑塔", start=2600, end=4100),
        Line(3, "laugh", kind="annotation"),
        Line(4, "风大倒不怕。", label="岑塔", start=4100, end=9000),
        Line(5, "（有人敲门）", label=""),
    )
    interview = parse(read)
    assert (str(interview.date), interview.outlet) == ("2015-08-02", "海风电台")
    assert interview.turns[-1].notes == ("（有人敲门）",)


def test_two_at_once_are_told_apart() -> None:
    assert [(line.label, line.text, line.start) for line in script(of(BOTH), ".trs").lines] == [
        ("涂问", "怎么办？", 9000),
        ("岑塔", "等。", 9000),
        ("涂问", "等？", 11000),
    ]


@pytest.mark.parametrize(
    ("turn", "label"),
    [
        ('<Turn speaker="spk1 spk2"><Sync time="0"/>走！</Turn>', "涂问、岑塔"),
        ('<Turn speaker="spk1 spk2"><Who nb="9"/>走！</Turn>', "涂问、岑塔"),
        ('<Turn speaker="spk7"><Sync time="x"/>走！</Turn>', "spk7"),
    ],
)
def test_who_speaks_where_it_is_not_told_well(turn: str, label: str) -> None:
    assert script(of(turn), ".trs").lines[0].label == label


def test_what_nobody_says_is_a_note_among_speakers_and_text_where_there_are_none() -> None:
    nobody = '<Turn startTime="0" endTime="1"><Sync time="0"/>（片头曲）我爱大海</Turn>'
    assert script(of(nobody, ASKED), ".trs").lines[0].kind == "note"
    (line,) = script(of(nobody), ".trs").lines
    assert (line.label, line.kind) == (None, "")


@pytest.mark.parametrize("turns", ["", "<Turn speaker='spk1'><Sync time='0'/></Turn>"])
def test_turns_without_words_say_so(turns: str) -> None:
    assert "there is no text" in fault(of(turns), ".trs")
