"""EXMARaLDA basic transcriptions."""

import pytest

from indexer.readers.script import Line
from tests.support.sources import fault, script
from tests.support.tier_files import exb

SPEAKERS = {"S0": "米", "S1": "罗阿水"}
TIERS = [
    ('speaker="S1" category="v" type="t" display-name="罗 [v]"', [(2.0, 5.0, "七岁。"), (6.0, 8.0, "不怕。")]),
    ('speaker="S0" category="v" type="t" display-name="米 [v]"', [(0.0, 2.0, "几岁下田？"), (5.0, 6.0, "怕吗？")]),
    ('speaker="S1" category="en" type="a" display-name="罗 [en]"', [(2.0, 5.0, "Seven.")]),
    ('speaker="S1" category="nv" type="d" display-name="罗 [nv]"', [(5.0, 6.0, "指着海")]),
]


@pytest.mark.parametrize("suffix", [".exb", ".xml", ""])
def test_speech_annotations_and_descriptions_by_the_common_time_line(suffix: str) -> None:
    read = script(exb(TIERS, SPEAKERS, title="下田"), suffix)
    assert read.metadata == (("title", "下田"),)
    assert read.lines == (
        Line(1, "几岁下田？", label="米", start=0, end=2000),
        Line(2, "七岁。", label="罗阿水", start=2000, end=5000),
        Line(3, "Seven.", start=2000, end=5000, kind="translation"),
        Line(4, "（指着海）", label="", start=5000, end=6000),
        Line(5, "怕吗？", label="米", start=5000, end=6000),
        Line(6, "不怕。", label="罗阿水", start=6000, end=8000),
    )


def test_without_times_the_order_of_the_time_line_counts() -> None:
    lines = script(exb(TIERS, SPEAKERS, timed=False), ".exb").lines
    assert [line.label for line in lines if line.label] == ["米", "罗阿水", "米", "罗阿水"]
    assert all(line.start is None for line in lines)


def test_some_points_without_times_are_between_the_others() -> None:
    text = exb(TIERS, SPEAKERS).replace('id="T2" time="5.0"', 'id="T2"')
    assert [line.start for line in script(text, ".exb").lines if line.label] == [0, 2000, 4000, 6000]


def test_a_tier_without_a_speaker_has_the_name_that_is_shown() -> None:
    assert script(exb([('type="t" display-name="群众"', [(0.0, 1.0, "好！")])], {}), ".exb").lines[0].label == "群众"


def test_a_transcription_without_words_says_so() -> None:
    assert "there is no text" in fault(exb([], SPEAKERS), ".exb")
