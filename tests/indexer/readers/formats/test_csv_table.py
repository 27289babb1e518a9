"""Tables: columns by their names, delimiters, tables without a header row."""

import pytest

from indexer.readers.script import Line
from tests.support.sources import fault, said, script

ROWS = [("主持人", "今天请到了何苗老师。"), ("何苗", "谢谢，大家好。")]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize(
    ("speaker", "text"),
    [
        ("speaker", "text"), ("姓名", "内容"), ("说话人", "文本"), ("发言人", "发言内容"), ("說話人", "逐字稿"),
        ("Speaker Name", "Content"), ("speaker_id", "text (zh)"), ("角色（身份）", "对话"),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_usual_names_in_any_order(speaker: str, text: str, delimiter: str) -> None:
    for order in ((0, 1), (1, 0)):
        header = ("编号", *((speaker, text)[place] for place in order))
        rows = [header, *((str(n), *(row[place] for place in order)) for n, row in enumerate(ROWS))]
        data = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
        assert said(data, ".csv") == ROWS


def test_times_are_kept_and_rows_numbered() -> None:
    data = "开始时间,结束时间,说话人,内容\n00:00:01,00:00:02.5,甲,好\n3.5,无,乙,\n,,乙：,再见\n"
    assert script(data, ".csv").lines == (
        Line(2, "好", label="甲", start=1000, end=2500),
        Line(4, "再见", label="乙"),
    )


def test_a_cell_of_several_lines_is_several_lines_of_one_speaker() -> None:
    assert said('speaker,text\n甲,"一\n\n二"\n', ".csv") == [("甲", "一"), ("甲", "二")]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("主持人,今天请到了何苗老师。\n何苗,谢谢！\n", [("主持人", "今天请到了何苗老师。"), ("何苗", "谢谢！")]),
        ("记者：\t好吗？\n何苗：\t好。\n", [("记者", "好吗？"), ("何苗", "好。")]),
        ("主持人，好吗\n何苗，好\n", [("主持人", "好吗"), ("何苗", "好")]),
        ("说话人,说了什么\n甲,好\n", [("甲", "好")]),
        ('甲,"她说,""好"""\n', [("甲", '她说,"好"')]),
    ],
)
def test_two_columns_without_a_header_are_speaker_and_words(data: str, expected: list[tuple[str, str]]) -> None:
    assert said(data, ".csv") == expected


def test_a_text_column_alone_is_enough() -> None:
    assert said("id,text\n1,问：好吗？\n2,答：好。\n", ".csv") == [(None, "问：好吗？"), (None, "答：好。")]


def test_short_and_long_rows_lose_nothing_of_their_text() -> None:
    (*spoken, note, beside) = script("speaker,text,note\n甲\n乙,好\n丙,好,x,y\n", ".csv").lines
    assert [(line.label, line.text) for line in spoken] == [("乙", "好"), ("丙", "好")]
    assert [(line.kind, line.text) for line in (note, beside)] == [("annotation", "note：x"), ("annotation", "y")]


def test_a_question_and_its_answer_in_each_row_are_two_turns() -> None:
    data = "编号,问题,回答\n1,好吗？,好。\n2,真的？,真的。\n"
    assert said(data, ".csv") == [("问", "好吗？"), ("答", "好。"), ("问", "真的？"), ("答", "真的。")]


def test_a_chat_exported_as_a_table_has_its_date_and_no_placeholders() -> None:
    data = (
        "localId,StrContent,StrTime,NickName\n1,在吗？,2024-01-02 14:30:05,小舟\n2,[图片],2024-01-02 14:31:00,小舟\n"
        "3,在。,2024-01-02 14:32:00,阿桥\n"
    )
    chat = script(data, ".csv")
    assert chat.metadata == (("date", "2024-01-02"),)
    assert chat.lines == (
        Line(2, "在吗？", label="小舟", start=52_205_000),
        Line(3, "[图片]", label="", kind="annotation"),
        Line(4, "在。", label="阿桥", start=52_320_000),
    )


def test_a_table_in_gbk_as_excel_saves_it_is_read() -> None:
    data = "说话人,内容\r\n甲,我们今天来谈这个问题。\r\n".encode("gb18030")
    assert said(data, ".csv") == [("甲", "我们今天来谈这个问题。")]


@pytest.mark.parametrize(
    "data",
    ["", "\n\n", "a,b,c\n1,2,3\n", "这是一段很长的话，根本不是表格。\n第二段更长的话，也不是表格，对吗，真的。\n"],
)
def test_what_is_no_table_of_words_is_told(data: str) -> None:
    assert fault(data, ".csv")


def test_the_reason_names_the_columns_there_are() -> None:
    assert "甲列, 乙列, 丙列" in fault("甲列,乙列,丙列\n1,2,3\n", ".csv")


def test_a_field_that_never_ends_is_told() -> None:
    assert "not a table" in fault('speaker,text\n甲,"' + "好" * 200_000, ".csv")


def test_a_column_in_another_language_is_a_translation() -> None:
    (said_, translated, note) = script("说话人,中文,英文,备注\n何苗,十点。,At ten.,灯\n", ".csv").lines
    assert (said_.label, said_.text) == ("何苗", "十点。")
    assert [(line.text, line.kind) for line in (translated, note)] == [
        ("At ten.", "translation"),
        ("备注：灯", "annotation"),
    ]
