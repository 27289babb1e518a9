"""What of a transcript is in no turn, by class."""

import re
from pathlib import Path

import pytest

from indexer.language.messages import gettext
from indexer.parser.parse import explain
from indexer.parser.trace import LineClass, LineSegment, left_out
from indexer.readers.read import read
from indexer.readers.script import Line, Script
from indexer.report import LeftOut
from tests.support.scripts import script

FORMS = Path(__file__).parents[2] / "fixtures/forms"


def piece(text: str, line_class: LineClass, is_note: bool = False) -> LineSegment:
    return LineSegment(Line(1, text), 0, len(text), line_class, "", is_note)


def test_text_labels_titles_rules_and_notes_are_not_left_out() -> None:
    classes = (LineClass.SPEECH, LineClass.NARRATION, LineClass.LABEL, LineClass.TITLE, LineClass.RULE)
    pieces = [piece("十个字十个字十个字十", one) for one in classes]
    assert left_out([*pieces, piece("（鼓掌）", LineClass.STAGE_DIRECTION, is_note=True)]).parts == ()


def test_white_space_is_not_counted_and_the_largest_part_comes_first() -> None:
    pieces = [piece("图 一", LineClass.CAPTION), piece("　页 脚 四 字　", LineClass.FOOTER)]
    assert left_out(pieces, "a.txt") == LeftOut("a.txt", 6, (("footer", 4), ("caption", 2)))


def test_what_a_transcript_leaves_out_is_told_by_its_explanation() -> None:
    text = "渡船上的图书馆\n问：好吗？\n答：好。\n（鼓掌）\n图为渡口书屋\n问：嗯？\n答：嗯。\n编辑：小北\n"
    assert left_out(explain(script(text))[1]).parts == (("caption", 6), ("footer", 5))


def test_a_note_is_marked_as_one_wherever_it_stands() -> None:
    text = (
        "出席：林深、何苗\n（全体起立）\n林深：好吗？\n何苗：好。\n（鼓掌）\n林深：嗯？\n何苗：嗯。\n散会（11时40分）\n"
    )
    interview, pieces = explain(script(text))
    noted = [piece.text for piece in pieces if piece.is_note]
    assert noted == [note for turn in interview.turns for note in turn.notes]
    assert noted == ["出席：林深、何苗", "（全体起立）", "（鼓掌）", "散会（11时40分）"]


@pytest.mark.usefixtures("chinese")
def test_every_class_and_reason_is_told_in_chinese() -> None:
    told: set[str] = set()
    for path in (*FORMS.glob("*.txt"), *FORMS.glob("*.md")):
        for item in read(path):
            assert isinstance(item, Script)
            told |= {gettext(text) for one in explain(item)[1] for text in (one.line_class, one.reason) if text}
    assert len(told) > 50
    assert [text for text in told if re.search(r"[A-Za-z]{2}", text)] == []
