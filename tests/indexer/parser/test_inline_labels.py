"""Labels in the middle of a line."""

from tests.support.scripts import found, said


def positions(text: str) -> list[tuple[int, int, str]]:
    return [(label.line_index, label.start, label.name) for label in found(text)]


def test_a_known_name_after_the_end_of_a_sentence() -> None:
    assert positions("甲：好吗？乙：好。\n乙：真好。甲：嗯。") == [
        (0, 0, "甲"),
        (0, 5, "乙"),
        (1, 0, "乙"),
        (1, 5, "甲"),
    ]


def test_a_name_with_dots_after_a_quotation() -> None:
    text = "K.K.：他说“走？”K.K.：然后呢？\n阿山：走了。K.K.：好。"
    assert (0, 11, "K.K.") in positions(text)


def test_a_name_inside_a_sentence_is_no_label() -> None:
    assert positions("甲：我问乙：好吗？\n乙：好。") == [(0, 0, "甲"), (1, 0, "乙")]


def test_a_name_that_is_no_label_anywhere_is_none_in_mid_line() -> None:
    assert positions("甲：说完了。丙：好。\n乙：好。") == [(0, 0, "甲"), (1, 0, "乙")]


def test_a_numbered_question_in_mid_line() -> None:
    assert positions("Q1：去哪里？A1：码头。Q2：怎么去？\nA2：走。") == [
        (0, 0, "Q"),
        (0, 7, "A"),
        (0, 13, "Q"),
        (1, 0, "A"),
    ]


def test_brackets_in_mid_line_where_the_file_uses_them() -> None:
    text = "【主持人】好吗？【岳建平】好。\n【主持人】谢谢。\n【岳建平】不谢。"
    assert (0, 8, "岳建平") in positions(text)


def test_a_caption_glued_before_a_label_is_left_out() -> None:
    assert said("记者：好吗？\n姚明：好。\n图为姚明在训练中记者：然后呢？\n姚明：睡觉。") == [
        ("记者", "好吗？"),
        ("姚明", "好。"),
        ("记者", "然后呢？"),
        ("姚明", "睡觉。"),
    ]


def test_two_turns_on_one_line_are_two_turns() -> None:
    assert said("问：去哪里？答：码头。\n问：怎么去？答：走。") == [
        ("问", "去哪里？"),
        ("答", "码头。"),
        ("问", "怎么去？"),
        ("答", "走。"),
    ]


def test_a_gap_in_chinese_text_parts_two_turns() -> None:
    assert said("记者：怎么办 王雪：守规矩 记者：谢谢\n王雪：不谢") == [
        ("记者", "怎么办"),
        ("王雪", "守规矩"),
        ("记者", "谢谢"),
        ("王雪", "不谢"),
    ]
    assert positions("Jaime: I asked Audrey: why?\nAudrey: Because.") == [(0, 0, "Jaime"), (1, 0, "Audrey")]


def test_a_talk_whose_line_breaks_were_lost() -> None:
    lead = "这两天网上出了一件大事，" * 16 + "本刊记者采访了学者王雪。"
    assert said(lead + "记者：怎么办？王雪：守规矩。记者：然后呢？王雪：没有了。") == [
        ("", lead),
        ("记者", "怎么办？"),
        ("王雪", "守规矩。"),
        ("记者", "然后呢？"),
        ("王雪", "没有了。"),
    ]


def test_names_in_long_lines_are_not_looked_for_where_labels_begin_lines() -> None:
    long = "他说。甲君：好。" * 40
    assert {label.name for label in found(f"问：怎么样？\n答：{long}\n问：嗯？\n答：嗯。")} == {"问", "答"}


def test_many_colons_on_a_long_line_take_no_time() -> None:
    assert len(found("甲：好。\n乙：" + "一：二。" * 50_000)) == 2


def test_a_label_behind_the_words_that_a_record_begins() -> None:
    text = (
        "某台播出“渡船”，以下为节目实录: 主持人:您好。何苗来了。 何苗:您好。\n"
        "主持人:开船吗? 何苗:开。 主持人:好。\n何苗:走。\n"
    )
    assert [who for who, _ in said(text)][:2] == ["主持人", "何苗"]
    inside = "主持人：你怎么说的？\n何苗：我回他：主持人：都这么说。\n主持人：好。\n何苗：走。\n"
    assert len(said(inside)) == 4


def test_two_on_each_line_though_the_second_never_begins_one() -> None:
    text = "记者：累吗？许国良：累。\n记者：犁断过吗？许国良：断过。我自己焊。\n记者：谁教的？许国良：我爸。\n"
    assert [who for who, _ in said(text)] == ["记者", "许国良"] * 3
    told = "记者：怎么开始的？\n馆长：我说走。老李：不走。\n记者：后来呢？\n馆长：还是走了。\n"
    assert [who for who, _ in said(told)] == ["记者", "馆长"] * 2


def test_a_name_at_the_end_of_the_line_of_the_question() -> None:
    text = "晨光周刊：近来怎样？水野一郎：\n每天走路。\n"
    text += "晨光周刊：还有呢？水野一郎：\n洗碗。晨光周刊：怕吗？水野一郎：\n怕。\n"
    assert [who for who, _ in said(text)] == ["晨光周刊", "水野一郎"] * 3
    quoted = "晨光周刊：近来怎样？有人问：\n每天走路？\n"
    quoted += "晨光周刊：还有呢？有人问：\n洗碗？\n何苗：我不知道。\n晨光周刊：好。\n"
    assert "有人问" not in {who for who, _ in said(quoted)}


def test_a_caption_without_a_full_stop_before_a_known_label() -> None:
    text = (
        "晨光周刊：为什么留下来？\n艾薇·洛：因为土。青色的，像雨。陶艺家艾薇晨光周刊：烧了多少件？\n"
        "艾薇·洛：三十块。桥板晒了一整天。《旧桥》现场晨光周刊：累吗？\n艾薇·洛：不累。\n"
    )
    assert said(text)[1:4] == [
        ("艾薇·洛", "因为土。青色的，像雨。"),
        ("晨光周刊", "烧了多少件？"),
        ("艾薇·洛", "三十块。桥板晒了一整天。"),
    ]
    asked = text.replace("陶艺家艾薇晨光周刊", "后来我问晨光周刊")
    assert said(asked)[1][1].endswith("后来我问晨光周刊：烧了多少件？")
    told = text.replace("烧了多少件？", "烧了很多件。")
    assert said(told)[1][1].endswith("晨光周刊：烧了很多件。")
