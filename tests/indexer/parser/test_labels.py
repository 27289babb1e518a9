"""Every form of speaker labels, and text that only looks like one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.parser import label_times, labels
from indexer.parser.labels import LabelForm
from indexer.readers.script import Line


def find(text: str, **fields: object) -> labels.Label | None:
    return labels.candidate(0, Line(1, text, **fields))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "name", "form", "rest"),
    [
        ("问:与小米的合作", "问", LabelForm.COLON, "与小米的合作"),
        ("问: 我也觉得", "问", LabelForm.COLON, "我也觉得"),
        ("郑志昊：合作", "郑志昊", LabelForm.COLON, "合作"),
        ("　　记者 ：　好吗？", "记者", LabelForm.COLON, "好吗？"),
        ("● 记者：好吗？", "记者", LabelForm.COLON, "好吗？"),
        ("1、记者：好吗？", "记者", LabelForm.COLON, "好吗？"),
        ("何　苗（“渡口书屋”创办人）：借书", "何苗", LabelForm.COLON, "借书"),
        ("何苗（著有：《渡船》）：借书", "何苗", LabelForm.COLON, "借书"),
        ("36氪：为什么？", "36氪", LabelForm.COLON, "为什么？"),
        ("《今天》：这次", "今天", LabelForm.COLON, "这次"),
        ("Q1：为什么", "Q", LabelForm.COLON, "为什么"),
        ("Q3 还会开吗？", "Q", LabelForm.COLON, "还会开吗？"),
        ("A2. 会。", "A", LabelForm.COLON, "会。"),
        ("发言人4：42%是研发", "发言人4", LabelForm.COLON, "42%是研发"),
        ("【主持人】各位", "主持人", LabelForm.BRACKET, "各位"),
        ("[岳建平]主持人好", "岳建平", LabelForm.BRACKET, "主持人好"),
        ("[网友 山里人家] 我们", "网友山里人家", LabelForm.BRACKET, "我们"),
        ("【市教育局副局长 佟明】：好", "佟明", LabelForm.BRACKET, "好"),
        ("说话人1 00:42", "说话人1", LabelForm.TIME, ""),
        ("说话人 3 01:15", "说话人3", LabelForm.TIME, ""),
        ("沈佳 2024-05-08 14:00:12", "沈佳", LabelForm.TIME, ""),
        ("张三 00:00:00.000 ", "张三", LabelForm.TIME, ""),
        ("发言人1 00:00:00 我们开始", "发言人1", LabelForm.TIME, "我们开始"),
        ("说话人1 00:00:01 - 00:00:05", "说话人1", LabelForm.TIME, ""),
        ("陈可(00:00:04): 大家", "陈可", LabelForm.TIME, "大家"),
        ("陈可（00:04）大家", "陈可", LabelForm.TIME, "大家"),
        ("[00:00:04] 陈可：大家", "陈可", LabelForm.TIME, "大家"),
        ("00:42 说话人1", "说话人1", LabelForm.TIME, ""),
        ("[00:00:01.000 --> 00:00:04.000] 甲：大家", "甲", LabelForm.TIME, "大家"),
        ("2024-01-05 10:00:01 张伟", "张伟", LabelForm.TIME, ""),
        ("罗子期", "罗子期", LabelForm.BARE, ""),
        ("主持人：", "主持人", LabelForm.COLON, ""),
        ("（问）您哪年来的？", "问", LabelForm.BRACKET, "您哪年来的？"),
        ("<主持人>各位", "主持人", LabelForm.BRACKET, "各位"),
        ("🎙️ 主持人：各位", "主持人", LabelForm.COLON, "各位"),
        ("一、问：为什么？", "问", LabelForm.COLON, "为什么？"),
        ("（三）记者：为什么？", "记者", LabelForm.COLON, "为什么？"),
        ("主席　現在開會。", "主席", LabelForm.GAP, "現在開會。"),
        ("林委員\t沒有意見。", "林委員", LabelForm.GAP, "沒有意見。"),
        ("网友“山水”：我家孩子", "网友“山水”", LabelForm.COLON, "我家孩子"),
        ("1,问：为什么？", "问", LabelForm.COLON, "为什么？"),
        ("3,  問 ：为什么？", "問", LabelForm.COLON, "为什么？"),
        ("②记者：为什么？", "记者", LabelForm.COLON, "为什么？"),
        ("Ⅱ、答：因为。", "答", LabelForm.COLON, "因为。"),
        ("4 问：为什么？", "问", LabelForm.COLON, "为什么？"),
        ("一問：为什么？", "問", LabelForm.COLON, "为什么？"),
        ("第三问：为什么？", "问", LabelForm.COLON, "为什么？"),
        ("提问（2）：为什么？", "提问", LabelForm.COLON, "为什么？"),
        ("問題三：为什么？", "問題", LabelForm.COLON, "为什么？"),
        ("◉問：为什么？", "問", LabelForm.COLON, "为什么？"),
        ("\uf06c记者：为什么？", "记者", LabelForm.COLON, "为什么？"),
        ("——记者：为什么？", "记者", LabelForm.COLON, "为什么？"),
        ("@林深：为什么？", "林深", LabelForm.COLON, "为什么？"),
        ("012 林深：为什么？", "林深", LabelForm.COLON, "为什么？"),
        ("T3 林深：为什么？", "林深", LabelForm.COLON, "为什么？"),
        ("主持人·林深：为什么？", "林深", LabelForm.COLON, "为什么？"),
        ("林深 Lin Shen：为什么？", "林深Lin Shen", LabelForm.COLON, "为什么？"),
        ("何苗，渡口书屋创办人：因为。", "何苗", LabelForm.COLON, "因为。"),
        ("王女士，45岁：坐。", "王女士", LabelForm.COLON, "坐。"),
        ("（何苗）去码头。", "何苗", LabelForm.BRACKET, "去码头。"),
        ("甲; 为什么？", "甲", LabelForm.MARK, "为什么？"),
        ("记者——为什么？", "记者", LabelForm.MARK, "为什么？"),
    ],
)
def test_forms(text: str, name: str, form: LabelForm, rest: str) -> None:
    label = find(text)
    assert label is not None
    assert (label.name, label.form, text[label.end :]) == (name, form, rest)
    assert label.on_own_line == (rest == "")
    assert label.start == 0


@pytest.mark.parametrize(
    "text",
    [
        "https://a.b/c",
        "7:3，上半场",
        "比分7:3",
        "他说，她问：什么",
        "“什么”：他问",
        "一个句子。结束了：还没有",
        "图纸我发群里了，看：https://example.com",
        "打卡晚了怎么算？比如 9:05 到",
        "",
        "——",
        "一句没有冒号也很平常的话，一直说到了结尾。",
        "（笑）我不去。",
        "关于这件事　我没有什么可说的。",
        "3,000人：不多",
        "渡口很静的时候，没有人；有船。",
        "何苗，你说：去哪里",
        "渡船，渡口书屋：去哪里",
    ],
)
def test_what_is_no_label(text: str) -> None:
    assert find(text) is None


def test_what_the_format_says_is_believed_before_the_text() -> None:
    label = find("主持人：好", label="陈可", start=7000)
    assert label is not None
    assert (label.name, label.form, label.start, label.end, label.time) == ("陈可", LabelForm.FORMAT, 0, 0, 7000)
    assert find("主持人：好", label="") is None


@pytest.mark.parametrize("kind", ["caption", "link", "rule", "note", "code"])
def test_some_lines_name_nobody(kind: str) -> None:
    assert find("记者：好吗？", kind=kind) is None


def test_bold_and_headings_set_a_name_apart() -> None:
    bold, heading, colon = (
        find("姚明", bold_prefix_length=2),
        find("唐鳳", kind="heading"),
        find("唐鳳：", kind="heading"),
    )
    assert bold is not None
    assert heading is not None
    assert colon is not None
    assert (bold.form, heading.form, colon.form) == (LabelForm.BOLD, LabelForm.HEADING, LabelForm.COLON)
    assert bold.on_own_line
    assert heading.on_own_line
    assert colon.on_own_line


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ("00:42", 42_000),
        ("1:02:03", 3_723_000),
        ("00:00:07,500", 7_500),
        ("00:00:07.5", 7_500),
        ("00：42", 42_000),
        ("2024-05-08 00:00:12", 12_000),
        ("", None),
        ("42", None),
    ],
)
def test_times_are_milliseconds(clock: str, expected: int | None) -> None:
    assert label_times.clock_milliseconds(clock) == expected


def test_labels_are_counted_together_whatever_their_script_and_case() -> None:
    keys = {label.key for text in ("記者：好", "记者:好", "記 者：好") if (label := find(text))}
    assert keys == {("记者", False)}
    bare = find("记者")
    assert bare is not None
    assert bare.key == ("记者", True)


@given(st.text(max_size=120))
def test_any_line_can_be_looked_at(text: str) -> None:
    label = find(text)
    if label:
        assert 0 == label.start < label.end <= len(text)
        assert label.name


def test_a_line_of_a_million_characters_takes_no_time() -> None:
    assert find("：" * 1_000_000) is None
    assert find("（" * 1_000_000) is None
    assert find("[" * 1_000_000) is None
    assert find("甲 " * 500_000 + "：") is None


def test_a_bracket_that_stays_open_is_no_part_of_a_name() -> None:
    assert labels.candidate(0, Line(1, "（补充：礼盒已经退了。）")) is None
    assert labels.candidate(0, Line(1, "何苗（馆长）：礼盒已经退了。")) is not None


def test_the_name_behind_a_mark_for_sound_on_screen() -> None:
    label = labels.candidate(0, Line(1, "【同期】面馆老板 熊师傅：一天卖八百碗。"))
    assert label is not None
    assert (label.name, label.affiliation) == ("熊师傅", "面馆老板")
    alone = labels.candidate(0, Line(1, "【同期】一天卖八百碗，用掉四十斤葱。"))
    assert alone is not None
    assert alone.name == "同期"


@pytest.mark.parametrize("text", ["C | 您怎么看？", "木田｜我觉得不。", "老邱丨四十年。", "郑　｜　有的。"])
def test_a_name_before_a_stroke(text: str) -> None:
    label = labels.candidate(0, Line(1, text))
    assert label is not None
    assert label.form is LabelForm.BAR


@pytest.mark.parametrize("text", ["首页 | 新闻 | 访谈", "| 甲 | 乙 |", "他说，好 | 不好", "2016年5月4日 | 四十二分钟"])
def test_strokes_that_part_something_else(text: str) -> None:
    label = labels.candidate(0, Line(1, text))
    assert label is None or label.form is not LabelForm.BAR


def test_one_space_is_a_gap_behind_the_word_for_a_question() -> None:
    for text in ("问 您哪年来的?", "答 九八年.", "Q 哪年来的？"):
        label = labels.candidate(0, Line(1, text))
        assert label is not None
        assert label.form is LabelForm.GAP
    label = labels.candidate(0, Line(1, "他 您哪年来的"))
    assert label is None or label.form is not LabelForm.GAP


def test_a_name_in_bold_directly_before_its_words() -> None:
    label = find("林深去哪里？", bold_prefix_length=2)
    assert label
    assert (label.name, label.form, label.end) == ("林深", LabelForm.MARK, 2)
    assert find("林深 去：哪里？", bold_prefix_length=2) == find("林深 去：哪里？", bold_prefix_length=3)
    assert find("渡船，去哪里？", bold_prefix_length=2) is None
    assert find("第一，去哪里？", bold_prefix_length=3) is None
