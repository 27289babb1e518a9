"""The body: turns, and the lines that are not part of them."""

from indexer.model import Role
from indexer.parser.parse import explain, parse
from indexer.parser.trace import LineClass
from indexer.readers.script import Line, Script
from tests.support.scripts import attributed, marked, said, script


def timed(*cues: tuple[str, str | None, int, int]) -> Script:
    return Script(tuple(Line(n, text, label, start, end) for n, (text, label, start, end) in enumerate(cues, start=1)))


def test_paragraphs_without_a_label_belong_to_the_turn_above() -> None:
    assert said("问：好吗？\n答：好。\n真的好。\n\n　　很好。\n问：嗯？\n答：嗯。")[1] == (
        "答",
        "好。\n真的好。\n很好。",
    )


def test_a_label_printed_again_opens_a_turn_again() -> None:
    assert said("唐鳳：一。\n唐鳳：二。\n記者：三？\n唐鳳：四。") == [
        ("唐鳳", "一。"),
        ("唐鳳", "二。"),
        ("記者", "三？"),
        ("唐鳳", "四。"),
    ]


def test_blocks_of_a_machine_are_one_turn_while_the_speaker_is_the_same() -> None:
    text = "沈佳 00:07\n人都到了。\n沈佳 00:31\n开始吧。\n郭群 00:38\n好的。\n"
    turns = parse(script(text)).turns
    assert [(turn.speaker, turn.text, turn.start) for turn in turns] == [
        ("沈佳", "人都到了。\n开始吧。", 7000),
        ("郭群", "好的。", 38000),
    ]


def test_cues_go_on_with_the_turn_and_keep_its_times() -> None:
    cues = timed(
        ("大家好，", "甲", 0, 900),
        ("欢迎", "甲", 1000, 1900),
        ("来到这里。", None, 2000, 2900),
        ("Hello", "乙", 3000, 3900),
        ("everybody.", "乙", 4000, 4900),
    )
    turns = parse(cues).turns
    assert [(turn.speaker, turn.text, turn.start, turn.end) for turn in turns] == [
        ("甲", "大家好，欢迎来到这里。", 0, 2900),
        ("乙", "Hello everybody.", 3000, 4900),
    ]


def test_cues_before_anybody_is_named_are_narration() -> None:
    turns = parse(timed(("（片头）", "", 0, 900), ("从前有座山。", "", 1000, 1900), ("你好。", "甲", 2000, 2900))).turns
    assert [(turn.role, turn.speaker, turn.text) for turn in turns] == [
        (Role.NARRATION, "", "从前有座山。"),
        (Role.OTHER, "甲", "你好。"),
    ]


def test_a_label_with_nothing_said_is_no_turn_and_is_told() -> None:
    text = "问：好吗？\n答：好。\n问：\n答：真的。\n问：嗯？\n答：嗯。\n问："
    interview, pieces = explain(script(text))
    assert [turn.text for turn in interview.turns] == ["好吗？", "好。", "真的。", "嗯？", "嗯。"]
    assert [(piece.line.number, piece.text) for piece in pieces if piece.line_class is LineClass.EMPTY_LABEL] == [
        (3, "问："),
        (7, "问："),
    ]


def test_a_label_alone_speaks_the_lines_below_it() -> None:
    assert said("主持人：\n大家好。\n先介绍一下。\n\n李牧：\n我种地。\n\n主持人：\n好。\n\n李牧：\n嗯。")[0] == (
        "主持人",
        "大家好。\n先介绍一下。",
    )


def test_an_office_printed_once_holds_for_all_turns_of_the_name() -> None:
    turns = parse(script("局长 何岚：好。\n记者：好吗？\n何岚：好。\n记者：嗯？\n何岚：嗯。")).turns
    assert [turn.affiliation for turn in turns] == ["局长", "", "局长", "", "局长"]
    assert [turn.label for turn in turns] == ["何岚", "记者", "何岚", "记者", "何岚"]


def test_bullets_before_a_label_belong_to_it() -> None:
    _, pieces = explain(script("● 问：好吗？\n● 答：好。\n● 问：嗯？\n● 答：嗯。"))
    assert [piece.text for piece in pieces if piece.line_class is LineClass.LABEL] == [
        "● 问：",
        "● 答：",
        "● 问：",
        "● 答：",
    ]


def test_pictures_headings_and_stage_directions_do_not_part_a_turn() -> None:
    asides = ("![](a.jpg)", "## 小标题", "二。", "（笑）", "> （播放影片）", "三。")
    text = "\n\n".join(("**甲：**一。", *asides, "**乙：**四。", "**甲：**五。", "**乙：**六。"))
    assert parse(marked(text)).turns[0].text == "一。\n二。\n三。"


def test_lines_in_brackets_are_notes_at_their_place_beside_a_turn() -> None:
    text = (
        "（示例開始）\n甲：一。\n（笑）\n二。\n（與會者皆無意見）\n乙：三。\n甲：\n（離席）\n乙：四。\n会议于20:45结束"
    )
    turns = parse(script(text)).turns
    assert [(turn.text, turn.notes, turn.note_offsets) for turn in turns] == [
        ("一。\n二。", ("（示例開始）", "（笑）", "（與會者皆無意見）"), (0, 2, 5)),
        ("三。", ("（離席）",), (2,)),
        ("四。", ("会议于20:45结束",), (2,)),
    ]


def test_notes_before_the_first_turn_and_in_the_footer_are_kept() -> None:
    talk = "问：好吗？\n答：好。\n问：嗯？\n答：嗯。"
    text = f"标题\n（以下開始記錄）\n问：\n（鼓掌）\n{talk}\n编辑：某某\n（授權：CC BY 4.0）"
    turns = parse(script(text)).turns
    assert [turn.text for turn in turns] == ["好吗？", "好。", "嗯？", "嗯。"]
    assert (turns[0].notes, turns[0].note_offsets) == (("（以下開始記錄）", "（鼓掌）"), (0, 0))
    assert turns[3].notes == ("（授權：CC BY 4.0）",)


def test_a_note_in_the_lead_stands_where_it_was() -> None:
    lead = parse(
        script("他在院子里等我们，已经很久了。\n（電話響）\n他没有接。\n问：好吗？\n答：好。\n问：嗯？\n答：嗯。")
    ).turns[0]
    assert (lead.role, lead.notes) == (Role.NARRATION, ("（電話響）",))
    assert lead.text[lead.note_offsets[0] :] == "\n他没有接。"


def test_turns_are_numbered_from_one_in_reading_order() -> None:
    assert [turn.turn for turn in parse(script("一段引言。\n问：好吗？\n答：好。")).turns] == [1, 2, 3]


def test_the_author_goes_on_below_a_quoted_conversation() -> None:
    text = (
        "# 门\n\n门有两种，这一节讲门。\n\n"
        "> 学生提问：怎么进去？\n>\n> 闵教授：叫屋里的人开。\n>\n> 没有人就进不去。\n\n"
        "接着讲窗，窗也有两种。\n\n> 学生提问：几扇？\n>\n> 闵教授：两扇。\n\n最后讲墙，墙只有一种。\n"
    )
    spoken = [(turn.speaker, turn.text) for turn in attributed(marked(text)).turns]
    assert spoken == [
        ("", "门有两种，这一节讲门。"),
        ("学生提问", "怎么进去？"),
        ("闵教授", "叫屋里的人开。\n没有人就进不去。"),
        ("", "接着讲窗，窗也有两种。"),
        ("学生提问", "几扇？"),
        ("闵教授", "两扇。"),
        ("", "最后讲墙，墙只有一种。"),
    ]
    mixed = text.replace("> 闵教授：两扇。", "闵教授：两扇。")
    assert [turn.speaker for turn in attributed(marked(mixed)).turns] == ["", *["学生提问", "闵教授"] * 2]
