"""ELAN annotation documents."""

import pytest

from indexer.readers.script import Line
from tests.support.sources import fault, said, script
from tests.support.tier_files import eaf, eaf_reference

ASKED = ('LINGUISTIC_TYPE_REF="lt" PARTICIPANT="陈米" TIER_ID="A"', [(0.0, 2.0, "几岁下田？"), (5.0, 6.0, "怕吗？")])
TOLD = ('LINGUISTIC_TYPE_REF="lt" TIER_ID="tx@罗阿水"', [(2.0, 5.0, "七岁。"), (6.0, 8.0, "不怕。")])
LINES = (
    Line(1, "几岁下田？", label="陈米", start=0, end=2000),
    Line(2, "七岁。", label="罗阿水", start=2000, end=5000),
    Line(3, "怕吗？", label="陈米", start=5000, end=6000),
    Line(4, "不怕。", label="罗阿水", start=6000, end=8000),
)


@pytest.mark.parametrize("suffix", [".eaf", ".xml", ".txt"])
def test_a_tier_is_a_person_by_participant_or_name(suffix: str) -> None:
    read = script(eaf([ASKED, TOLD]), suffix)
    assert (read.lines, read.metadata) == (LINES, ())  # the date is that of the annotation


def test_what_refers_to_an_utterance_has_its_times_and_is_no_speech() -> None:
    below = eaf_reference('TIER_ID="ft@罗阿水" PARENT_REF="tx@罗阿水"', [("a1-0", "I was seven."), ("a1-1", "No.")])
    below += eaf_reference(
        'TIER_ID="ge@罗阿水" PARENT_REF="ft@罗阿水"', [("ft@罗阿水0", "seven year"), ("ft@罗阿水1", "not fear")]
    )
    lines = script(eaf([ASKED, TOLD], below), ".eaf").lines
    assert [line.text for line in lines if not line.kind] == [line.text for line in LINES]
    assert [(line.text, line.kind, line.start, line.end) for line in lines[2:4]] == [
        ("I was seven.", "translation", 2000, 5000),
        ("ge@罗阿水: seven year", "annotation", 2000, 5000),
    ]


def test_where_the_tier_above_only_numbers_utterances_the_first_below_with_words_is_speech() -> None:
    above = ('TIER_ID="ref@罗阿水" PARTICIPANT="罗阿水"', [(0.0, 2.0, "001"), (2.0, 4.0, "002")])
    below = eaf_reference('TIER_ID="nr@罗阿水" PARENT_REF="ref@罗阿水"', [("a0-0", "1"), ("a0-1", "2")])
    below += eaf_reference('TIER_ID="tx@罗阿水" PARENT_REF="ref@罗阿水"', [("a0-0", "七岁。"), ("a0-1", "不怕。")])
    below += eaf_reference('TIER_ID="ft@罗阿水" PARENT_REF="ref@罗阿水"', [("a0-0", "Seven."), ("a0-1", "No.")])
    lines = script(eaf([above], below), ".eaf").lines
    assert [(line.label, line.text, line.start) for line in lines if not line.kind] == [
        ("罗阿水", "七岁。", 0),
        ("罗阿水", "不怕。", 2000),
    ]
    assert [line.text for line in lines if line.kind == "annotation"][:2] == ["ref@罗阿水: 001", "nr@罗阿水: 1"]


def test_people_who_speak_within_chapters_are_heard() -> None:
    chapters = ('TIER_ID="章节"', [(0.0, 8.0, "童年")])
    asked, told = (
        (f'{attributes} PARENT_REF="章节"', [(start, until, text * 3) for start, until, text in pieces])
        for attributes, pieces in (ASKED, TOLD)
    )
    found = script(eaf([chapters, asked, told]), ".eaf").lines
    assert [line.label for line in found if not line.kind][:2] == ["陈米", "罗阿水"]
    assert [line.text for line in found if line.kind] == ["章节: 童年"]


def test_a_time_slot_without_a_value_is_between_its_neighbours() -> None:
    text = eaf([("TIER_ID='甲'", [(0.0, 1.0, "一。"), (1.0, 3.0, "二。")])])
    lines = script(text.replace(' TIME_VALUE="1000"', "", 1), ".eaf").lines
    assert [(line.start, line.end) for line in lines] == [(0, 500), (1000, 3000)]


def test_annotations_without_times_are_in_the_order_of_the_file() -> None:
    text = eaf([("TIER_ID='甲'", [(1.0, 2.0, "一。"), (0.0, 1.0, "二。")])]).replace("TIME_VALUE", "X")
    assert [(line.text, line.start) for line in script(text, ".eaf").lines] == [("一。", None), ("二。", None)]


def test_annotations_that_refer_in_a_circle_are_read() -> None:
    below = eaf_reference('TIER_ID="甲"', [("甲0", "一。"), ("nothing", "二。")])
    assert [text for _, text in said(eaf([], below), ".eaf")] == ["一。", "二。"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (eaf([]), "there is no text in its tiers"),
        (eaf([("TIER_ID='甲'", [(0, 1, " ")])]), "there is no text in its tiers"),
        ("<ANNOTATION_DOCUMENT><TIER>", "not XML"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><ANNOTATION_DOCUMENT><TIER>&b;</TIER></ANNOTATION_DOCUMENT>', "entities"),
    ],
)
def test_what_cannot_be_read_says_why(data: str, reason: str) -> None:
    assert reason in fault(data, ".eaf")
