"""Chats exported as text: senders, times, days, and what the messenger writes itself."""

import pytest

from indexer.parser.parse import parse
from indexer.readers.script import Line
from tests.support.office_files import of_saved_page
from tests.support.sources import script

QQ = """消息记录（此消息记录为文本格式，不支持重新导入）

================================================================
消息对象:渡口书屋读者群
================================================================

2021-05-08 20:01:40 小舟<zhou@example.org>
渡口的灯几点关？

2021-05-08 20:02:31 【群主】何苗(123456)
十点。
下雨天早一点。

2021-05-08 20:03:02 小舟<zhou@example.org>
[图片]

2021-05-08 20:03:05 系统消息(10000)
小舟撤回了一条消息

2021-05-09 08:03:10 小舟<zhou@example.org>
早。
"""


def spoken(text: str) -> list[tuple[str | None, str]]:
    return [(line.label, line.text) for line in script(text).lines if line.kind == "message"]


def left_out(text: str) -> list[str]:
    return [line.text for line in script(text).lines if line.kind == "annotation"]


def test_a_message_has_its_sender_and_the_clock_of_its_day() -> None:
    chat = script(QQ)
    assert chat.metadata == (("date", "2021-05-08"),)
    assert [line for line in chat.lines if line.kind == "message"] == [
        Line(8, "渡口的灯几点关？", label="小舟", start=72_100_000, kind="message"),
        Line(11, "十点。", label="何苗", start=72_151_000, kind="message"),
        Line(12, "下雨天早一点。", label="何苗", start=72_151_000, kind="message"),
        Line(21, "早。", label="小舟", start=28_990_000, kind="message"),
    ]
    assert left_out(QQ)[-2:] == ["[图片]", "小舟撤回了一条消息"]


def test_lines_of_a_message_stay_lines_and_a_later_day_is_a_note() -> None:
    first, second, third = parse(script(QQ)).turns
    assert (second.speaker, second.text) == ("何苗", "十点。\n下雨天早一点。")
    assert (first.text, third.text) == ("渡口的灯几点关？", "早。")
    assert "（2021-05-09 周日）" in second.notes


@pytest.mark.parametrize(
    "text",
    [
        "小舟(10001) 2021/5/8 20:01:40\n好吗？\n\n何苗 2021/5/8 20:02:31\n好。\n",
        "小舟(2021-05-08 20:01:40):好吗？\n何苗(2021-05-08 20:02:31):好。\n",
        "亲爱的微信用户：\n\n—————  2021-05-08  —————\n\n小舟  20:01\n\n好吗？\n\n何苗  20:02\n\n好。\n",
        "[LINE] 與渡口的聊天記錄\n儲存日期：2022/11/03\n\n2022/11/02\n下午8:10\t小舟\t好吗？\n20:11\t何苗\t好。\n",
        "[LINE] 渡口的聊天\n儲存日期： 2025/02/16 10:00\n\n2025.02.15 星期六\n17:22 小舟 好吗？\n17:23 何苗 好。\n",
        "[2023/8/19 下午8:31:10] 小舟: 好吗？\n[2023/8/19 下午8:31:30] 何苗: 好。\n",
        "19/08/2023, 20:31 - 小舟: 好吗？\n19/08/2023, 20:32 - 何苗: 好。\n",
        "8/19/23, 8:31\u202fPM - 小舟: 好吗？\n8/19/23, 8:32\u202fPM - 何苗: 好。\n",
        "09:01:10\t From  小舟  to  Everyone : 好吗？\n09:02:10\t From  何苗 : 好。\n",
        "09:01:10 来自 小舟 发送至 所有人: 好吗？\n09:02:10 来自 何苗 发送至 小舟(私聊): 好。\n",
        "09:01:10 From 小舟 to Everyone:\n\t好吗？\n09:02:10 From 何苗 to Everyone:\n\t好。\n",
        "00:01:10\t小舟:\t好吗？\n00:02:10\t何苗:\t好。\n",
    ],
)
def test_each_messenger_has_its_form(text: str) -> None:
    assert spoken(text) == [("小舟", "好吗？"), ("何苗", "好。")]


@pytest.mark.parametrize(
    "text",
    [
        "2024-01-05 10:00 来源：河岸日报\n问：好吗？\n答：好。\n2024-01-05 10:00 编辑：小北\n",
        "2020-01-02 10:00 我在家里想着明天的事情，不知道怎么办。\n2020-01-03 10:00 今天出门走走。\n",
        "说话人1 00:42\n好吗？\n说话人2 00:45\n好。\n",
        "问：[图片]好看吗？\n答：好看。\n" * 3,
        "1月2日 20:10 我去了渡口。\n1月3日 08:10 我又去了。\n",
    ],
)
def test_a_transcript_with_times_is_no_chat(text: str) -> None:
    assert all(line.kind != "message" for line in script(text).lines)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (("8/19/23, 8:30 PM", "8/20/23, 8:30 PM"), "2023-08-19"),  # no month 19
        (("19/8/2023, 20:30", "20/8/2023, 20:30"), "2023-08-19"),
        (("5/6/2023, 20:30", "6/5/2023, 20:30"), "2023-05-06"),  # only that order goes forward
        (("1/2/23, 8:30 AM", "1/3/23, 8:30 AM"), "2023-01-02"),  # as American phones print it
        (("1/2/2023, 20:30", "2/2/2023, 20:30"), "2023-02-01"),
    ],
)
def test_day_and_month_are_told_apart_by_the_whole_chat(days: tuple[str, str], expected: str) -> None:
    text = f"{days[0]} - 小舟: 好吗？\n{days[1]} - 何苗: 好。\n"
    assert script(text).metadata == (("date", expected),)


def test_an_english_weekday_decides_between_day_and_month() -> None:
    text = "[LINE] Chat history with Ann\n\nWed, 11/02/2022\n08:10PM\tAnn\thi\n08:12PM\tBo\tyes\n"
    assert script(text).metadata == (("date", "2022-11-02"),)


@pytest.mark.parametrize(
    ("said", "is_notice"),
    [
        ("[圖片]", True), ("[文件] 提纲.docx", True), ("<Media omitted>", True), ("<省略多媒體檔案>", True),
        ("image omitted", True), ("\u200e圖片已略去", True), ("此訊息已刪除", True), ("☎ 通話時間 0:32", True),
        ("IMG-0001.jpg (file attached)", True), ("小舟撤回了一条消息", True),
        ("[图片]好看吗？", False), ("他为什么撤回了一条消息？", False), ("我加入群聊了", False), ("照片呢", False),
        ("他 left", False), ("[笑]", False), ("图片里的人是谁？", False), ("我加密了文件。", False),
    ],
)  # fmt: skip
def test_placeholders_are_no_speech_and_talk_about_them_is(said: str, is_notice: bool) -> None:
    text = f"[2023/8/19 20:31:10] 小舟: {said}\n[2023/8/19 20:31:30] 何苗: 好。\n[2023/8/19 20:31:40] 何苗: 对。\n"
    assert (said in [one for _, one in spoken(text)]) != is_notice
    assert bool(left_out(text)) == is_notice


def test_what_has_no_sender_is_the_messenger_s() -> None:
    text = "2023/8/19 20:30 - 小舟建立了群組「渡口」\n2023/8/19 20:31 - 小舟: 好吗？\n2023/8/19 20:32 - 何苗: 好。\n"
    assert left_out(text) == ["小舟建立了群組「渡口」"]


def test_a_message_of_several_lines_in_quotation_marks_loses_only_these() -> None:
    text = '2022/11/02（三）\n20:10\t小舟\t"第一行\n第二行"\n20:11\t何苗\t"好"\n'
    assert spoken(text) == [("小舟", "第一行"), ("小舟", "第二行"), ("何苗", '"好"')]


def message(name: str, time: str, text: str) -> str:
    head = f"<div style=color:#42B475><div style=float:left;margin-left:6px;>{name}</div>{time}</div>"
    return f"<tr><td>{head}<div style=padding-left:20px;><font>{text}</font></div></td></tr>"


def test_a_chat_that_qq_saved_as_a_page() -> None:
    rows = (
        message("小舟(123456)", "20:01:40", "几点关灯？"),
        message("何苗&lt;he@example.org&gt;", "20:02:31", "十点。<br>下雨早一点。"),
        "<tr><td>日期: 2021-05-09</td></tr>",
        message("小舟(123456)", "8:03:10", "<img src=a.dat>早。"),
    )
    head = "<tr><td><div>消息记录</div></td></tr><tr><td><div>消息对象:渡口书屋</div></td></tr>"
    page = f"<html><table>{head}<tr><td>日期: 2021-05-08</td></tr>{''.join(rows)}</table></html>"
    chat = script(of_saved_page(page), ".mht")
    assert chat.metadata == (("date", "2021-05-08"),)
    assert [(line.label, line.text, line.start) for line in chat.lines if line.kind == "message"] == [
        ("小舟", "几点关灯？", 72_100_000),
        ("何苗", "十点。", 72_151_000),
        ("何苗", "下雨早一点。", 72_151_000),
        ("小舟", "早。", 28_990_000),
    ]
    assert "（2021-05-09 周日）" in [line.text for line in chat.lines]
