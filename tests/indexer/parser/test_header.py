"""The lines before the first turn."""

import pytest

from indexer.parser import header
from indexer.parser.parse import parse
from indexer.parser.trace import LineClass
from indexer.readers.script import Script
from tests.support.scripts import lines, marked, said, script

TALK = "\n问：去哪里？\n答：去码头。\n"


def title(text: str) -> str:
    return parse(script(text + TALK)).title


def classes(text: str) -> list[LineClass]:
    return [piece.line_class for piece in header.parse_header(lines(text), "", characters_after=999).segments]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("把图书馆开到渡船上\n文｜罗子期", "把图书馆开到渡船上"),
        ("　　　市水务局局长做客在线访谈 解读农村供水改造　", "市水务局局长做客在线访谈 解读农村供水改造"),
        ("【旧书斋电子文库】\n————\n古籍修复师访问记\n林深", "古籍修复师访问记"),
        ("2018-12-03 經濟日報訪問", "2018-12-03 經濟日報訪問"),
        ("2013年8月22日 10:00　来源：某网\n渡船上的图书馆", "渡船上的图书馆"),
        ("http://example.org/a\n渡船上的图书馆", "渡船上的图书馆"),
        ("对话何　苗：渡船上的图书馆", "对话何　苗：渡船上的图书馆"),
        ("渡船上的图书馆：还开吗？", "渡船上的图书馆：还开吗？"),
        ("周会", "周会"),
        ("【原始采访素材 - 骑手专题】\n采访时间：2024年6月10日", "【原始采访素材 - 骑手专题】"),
        ("===采访实录===\n骑手", "骑手"),
        ("标题：林深：渡船上的图书馆\n来源：某报", "林深：渡船上的图书馆"),
        ("来源：某报\n標題：渡船上的圖書館", "渡船上的圖書館"),
        ("题目：林深：渡船上的图书馆\n来源：某报", "林深：渡船上的图书馆"),
        ("疫苗接种新闻发布会\n时间：2020年10月15日", "疫苗接种新闻发布会"),
        ("发布时间 10:00\n渡船上的图书馆", "渡船上的图书馆"),
        ("说明：本文为节选\n渡船上的图书馆", "渡船上的图书馆"),
        ("作者：罗子期\n时间：2020年", ""),
        ("采访、撰文｜佟鸥\n编辑｜小北", ""),
        ("2026年3月18日 上午 10:02|42分钟 16秒\n关键词:\n充电桩、电价", ""),
        ("我们在码头见到了他，他刚下船。说了很久。", ""),
        ("", ""),
    ],
)
def test_the_title_is_the_first_line_that_stands_alone(text: str, expected: str) -> None:
    assert title(text) == expected


def test_a_page_header_is_no_title_and_no_narration() -> None:
    text = "江畔口述史。第三辑\n船工访谈\n江畔口述史。第三辑\n问：去哪里？\n江畔口述史。第三辑\n答：去码头。\n"
    interview = parse(script(text.replace("。第三辑", "·第三辑")))
    assert interview.title == "船工访谈"
    assert [turn.text for turn in interview.turns] == ["去哪里？", "去码头。"]


def test_a_heading_is_the_title_before_any_line() -> None:
    assert (
        parse(marked("网站导航\n\n# 渡船上的图书馆\n\n**问：**去哪里？\n\n**答：**码头。\n")).title == "渡船上的图书馆"
    )


def test_the_formats_title_points_at_the_line_that_repeats_it() -> None:
    text = "首页 > 文化\n渡船上的图书馆\n文｜罗子期"
    assert header.parse_header(lines(text), "渡船上的图书馆_文化频道_某网").title == "渡船上的图书馆"
    assert header.parse_header(lines("首页"), "渡船上的图书馆").title == "渡船上的图书馆"


def test_the_heading_that_the_formats_title_begins_with() -> None:
    text = "# 北岸文学\n\n## 渡船上的图书馆\n\n问：去哪里？\n\n答：码头。\n"
    given = marked(text)
    told = parse(Script(given.lines, (("title", "渡船上的图书馆 北岸文学"),)))
    assert (told.title, parse(given).title) == ("渡船上的图书馆", "北岸文学")


def test_prose_before_the_first_turn_is_one_narration_turn_without_the_head_matter() -> None:
    text = (
        "渡船上的图书馆\n2020年3月2日\n第一段说了很多话。\n图为渡口书屋。\n小标题\n第二段也说了很多话。\n嘉宾：何苗\n"
        + TALK
    )
    assert said(text)[0] == ("", "第一段说了很多话。\n第二段也说了很多话。")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("编者按：今年是建馆一百年，本刊推出系列访谈。", LineClass.NARRATION),
        ("他刚下船。我们在码头等了他一个下午。", LineClass.NARRATION),
        ("摘要：本文访问了三位馆长。", LineClass.HEADER),
        ("访谈嘉宾：市水务局局长 岳建平", LineClass.HEADER),
        ("何　苗　　民间图书馆创办人", LineClass.HEADER),
        ("本文约3000字，阅读需5分钟", LineClass.HEADER),
        ("责任编辑：小宋", LineClass.HEADER),
        ("充电桩、夜间电价、老旧小区、物业", LineClass.HEADER),
        ("（茶敘資料：http://bit.ly/x）", LineClass.STAGE_DIRECTION),
        ("————", LineClass.RULE),
        ("2020年3月2日", LineClass.HEADER),
        ("12", LineClass.PAGE_FURNITURE),
        ("图为渡口书屋。", LineClass.CAPTION),
    ],
)
def test_what_a_line_of_the_head_is(line: str, expected: LineClass) -> None:
    assert classes("标题在这里\n" + line)[1] is expected


def test_a_machines_summary_is_head_matter_until_the_text_begins() -> None:
    text = "# 周会\n\n## 全文摘要\n\n大家讨论了预算。没有结论。\n\n## 文字记录\n\n预算一直没有定下来。\n"
    pieces = header.parse_header(marked(text).lines, "").segments
    assert [piece.line_class for piece in pieces if "预算" in piece.text] == [LineClass.HEADER, LineClass.NARRATION]


def test_a_text_without_a_talk_is_one_narration_turn() -> None:
    text = (
        "关于开馆的通知\n各位读者：\n我馆自三月一日起开放。开放时间如下。\n时间：上午九时至下午五时\n联系人：王小明\n"
    )
    assert [(turn.speaker, str(turn.role)) for turn in parse(script(text)).turns] == [("", "narration")]
    assert parse(script(text)).title == "关于开馆的通知"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("用户登录 投稿\n江畔作家协会主管\n把写作当成走路\n来源：某刊", "把写作当成走路"),
        ("返回\n渡船上的图书馆", "渡船上的图书馆"),
        ("北岸文学网\n渡船上的图书馆", "渡船上的图书馆"),
        ("【版权声明】本文为原创\n【馆长访谈】建一座有温度的图书馆", "【馆长访谈】建一座有温度的图书馆"),
        ("返回故乡的人", "返回故乡的人"),
        ("登录火星以前", "登录火星以前"),
        ("北岸文学网", "北岸文学网"),
    ],
)
def test_what_stands_above_a_page_is_no_title(text: str, expected: str) -> None:
    assert title(text) == expected


def test_an_abstract_that_quotes_the_talk_is_head_matter() -> None:
    abstract = "核心提示：李可和李牧聊种菜。李牧：种菜不用着急，急也没有用。\n"
    talk = "李可：种什么？\n李牧：种菜。\n李可：急吗？\n李牧：不急。\n"
    assert said("菜农\n" + abstract + talk)[0] == ("李可", "种什么？")


@pytest.mark.parametrize(
    ("first", "expected"), [("2014年4月1日星期二", "菜农"), ("2014年4月1日的菜农", "2014年4月1日的菜农")]
)
def test_a_date_with_its_weekday_is_no_title(first: str, expected: str) -> None:
    assert title(first + "\n菜农") == expected


def test_a_heading_that_names_a_part_is_no_title_beside_one_the_format_tells() -> None:
    text = "---\ntitle: 菜农\n---\n\n### 主持人\n\n**问：**种什么？\n\n**答：**菜。\n"
    assert parse(marked(text)).title == "菜农"
    assert parse(marked(text.replace("### 主持人", "### 种菜记"))).title == "种菜记"


def test_an_authors_title_comes_before_the_headings_of_sections() -> None:
    text = "---\ntitle: 12.《菜农》\n---\n\n## 开场\n\n今天讲菜。\n\n## 问答\n\n问：种什么？\n\n答：菜。\n"
    assert parse(marked(text)).title == "12.《菜农》"
    assert parse(marked(text.replace("## 开场", "# 《菜农》"))).title == "《菜农》"


@pytest.mark.parametrize("section", ["前言", "01", "正文"])
def test_a_sections_heading_is_no_title(section: str) -> None:
    text = f"---\ntitle: 木匠的床\n---\n\n### {section}\n\n我们去看那张床。\n\n**问：**多久？\n\n**答：**八个月。\n"
    assert parse(marked(text)).title == "木匠的床"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("示例會議\n出席人員：甲部 王一 / 李二\n地點：會議室", ("出席人員：甲部 王一 / 李二",)),
        ("示例會議\n出席：\n王一　甲部\n李二\n記錄：張三", ("出席：", "王一　甲部", "李二")),
        ("示例會議\n列席：張三\n缺席：李四", ("列席：張三", "缺席：李四")),
        ("示例會議\n主持：王一\n地點：會議室", ()),
    ],
)
def test_those_who_attended_are_kept_as_notes_before_the_first_turn(head: str, expected: tuple[str, ...]) -> None:
    first = parse(script(head + TALK)).turns[0]
    assert (first.text, first.notes) == ("去哪里？", expected)
    assert set(first.note_offsets) <= {0}


def test_in_minutes_lines_without_a_sentence_are_notes_too() -> None:
    text = "示例會議\n地點：會議室\n大家談了步道怎麼修，下次再談經費。\n* 先修北段\n待辦：估價\n決定下個月再開會。"
    (turn,) = parse(script(text)).turns
    assert turn.text == "大家談了步道怎麼修，下次再談經費。\n決定下個月再開會。"
    assert turn.notes == ("* 先修北段", "待辦：估價")
    assert {turn.text[offset:] for offset in turn.note_offsets} == {"\n決定下個月再開會。"}
