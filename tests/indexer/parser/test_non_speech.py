"""Lines of the body that are not speech."""

import pytest

from indexer.parser import non_speech
from indexer.parser.parse import parse
from indexer.parser.trace import LineClass
from indexer.readers.script import Line
from tests.support.scripts import lines, marked, said, script


def line_class(text: str, kind: str = "") -> LineClass | None:
    found = non_speech.classify(Line(1, text, kind=kind))
    return found[0] if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（笑）", LineClass.STAGE_DIRECTION),
        ("(梁國雄議員站起來)", LineClass.STAGE_DIRECTION),
        ("（播放短片）（鼓掌）", LineClass.STAGE_DIRECTION),
        ("[laughs]", LineClass.STAGE_DIRECTION),
        (
            "（簡報參考：https://example.org/a-very-long-address/which-goes-on-and-on-and-on/until-it-is-long-enough.pdf）",
            LineClass.STAGE_DIRECTION,
        ),
        ("10:02", LineClass.PAGE_FURNITURE),
        ("2024-07-22 10:00:31", LineClass.PAGE_FURNITURE),
        ("[2013年8月22日 上午10:00]", LineClass.PAGE_FURNITURE),
        ("1234", LineClass.PAGE_FURNITURE),
        ("- 12 -", LineClass.PAGE_FURNITURE),
        ("第 3 页 共 10 页", LineClass.PAGE_FURNITURE),
        ("Page 3 of 10", LineClass.PAGE_FURNITURE),
        ("3/10", LineClass.PAGE_FURNITURE),
        ("————————", LineClass.RULE),
        ("* * *", LineClass.RULE),
        ("◆◆◆", LineClass.RULE),
        ("图为姚明在训练中。", LineClass.CAPTION),
        ("▲ 馆内一角", LineClass.CAPTION),
        ("图｜受访者提供", LineClass.CAPTION),
        ("渡口书屋 林深/摄", LineClass.CAPTION),
        ("《渡船》剧照", LineClass.CAPTION),
        ("渡口书屋的早晨 图源：受访者", LineClass.CAPTION),
        ("江畔社记者林深摄", LineClass.CAPTION),
        ("渡口的鐵門。林深攝", LineClass.CAPTION),
        ("（何苗供图）", LineClass.CAPTION),
        ("前排左起：何苗、林深", LineClass.CAPTION),
        ("本文作者与何苗合影", LineClass.CAPTION),
        ("提案人：何苗　林深", LineClass.RECORD),
        ("決議：照案通過。", LineClass.RECORD),
        ("何苗議員、林深議員及佟鷗議員贊成。", LineClass.RECORD),
        ("散會（11時40分）", LineClass.PAGE_FURNITURE),
        ("<hr>", LineClass.RULE),
        ("[1] 见《渡船》第三页", LineClass.FOOTNOTE),
        ("注1：见第三页", LineClass.FOOTNOTE),
        ("点击图片查看大图", LineClass.FOOTER),
        ("（向左滑动查看更多）", LineClass.STAGE_DIRECTION),
    ],
)
def test_asides(text: str, expected: LineClass) -> None:
    assert line_class(text) is expected
    assert line_class(f"　　{text} ") is expected


@pytest.mark.parametrize(
    "text",
    [
        "好。",
        "……",
        "？",
        "（注：截止到8月1日16点，预约人数已突破350万。）",
        "注：集体证是当地图书馆的流动服务点借阅证。",
        "图书馆那时候只有三排书架。",
        "图上这个人是我父亲，他那年二十岁。",
        "他说（笑）我不去。",
        "（笑）我不去。",
        "点击率一直不高，我们也没有办法，后来换了题目才好一点，但是也就那样，谁也不指望这个，做一天算一天。",
        "2020年我们搬了家。",
        "1949年",
        "我大学学的是摄影",
        "图自己开心，别的不管。",
        "上图里那个人就是我。",
        "广告我们试过一次。",
        "扫描这些书花了三年。",
        "何苗、林深和佟鸥都赞成。",
        "他们的决议我没有看到。",
    ],
)
def test_what_is_said(text: str) -> None:
    assert line_class(text) is None


def test_mark_up_tells_headings_captions_rules_and_notes() -> None:
    assert [line_class("一句话。", kind) for kind in ("heading", "caption", "rule", "note", "item", "quote", "")] == [
        *(LineClass.HEADING, LineClass.CAPTION, LineClass.RULE, LineClass.FOOTNOTE),
        *(None, None, None),
    ]


def test_a_page_header_is_a_short_line_that_comes_again_and_again() -> None:
    text = "立法會 ─ 2016年11月2日\n主席：好。\n" * 3 + "好。\n好。\n好。\n"
    assert non_speech.repeated_lines(lines(text)) == {"立法會 ─ 2016年11月2日"}
    assert non_speech.repeated_lines(lines("目录\n" * 5 + "一二三四五\n" * 2)) == set()


def test_a_sub_head_before_a_new_turn_is_left_out() -> None:
    text = "问：为什么？\n答：不为什么。\n从实验室到车间\n问：然后呢？\n答：没有了。\n"
    assert [text for _, text in said(text)] == ["为什么？", "不为什么。", "然后呢？", "没有了。"]


@pytest.mark.parametrize(
    "line", ["从实验室到车间。", "因为没有钱", "对", "从实验室到车间，然后到了更远的地方又回来从头再来一遍"]
)
def test_what_is_no_sub_head(line: str) -> None:
    text = f"问：为什么？\n答：不为什么。\n{line}\n问：然后呢？\n答：没有了。\n"
    assert said(text)[1][1] == f"不为什么。\n{line}"


def test_a_short_line_inside_an_answer_stays() -> None:
    text = "问：为什么？\n答：不为什么。\n从实验室到车间\n我们走了很久。\n问：然后呢？\n答：没有了。\n"
    assert said(text)[1][1] == "不为什么。\n从实验室到车间\n我们走了很久。"


def test_a_number_alone_or_a_bold_line_inside_an_answer_is_a_sub_head() -> None:
    text = "问：为什么？\n答：不为什么。\n02\n我们走了很久。\n问：然后呢？\n答：没有了。\n"
    assert said(text)[1][1] == "不为什么。\n我们走了很久。"
    bold = marked(
        "**问：**为什么？\n\n**答：**不为什么。\n\n**从实验室到车间**\n\n走了很久。\n\n**问：**嗯？\n\n**答：**嗯。\n"
    )
    from indexer.parser.parse import parse

    assert parse(bold).turns[1].text == "不为什么。\n走了很久。"


@pytest.mark.parametrize(
    "text",
    [
        "議會紀要 ─ 2013年11月6日   1234",
        "1235   議會紀要 ─ 2013年11月6日",
        "RIVER COUNCIL ─ 6 November 2013",
        "下午1時12分散會。",
    ],
)
def test_what_a_record_prints_of_the_page_and_the_sitting(text: str) -> None:
    assert line_class(text) is LineClass.PAGE_FURNITURE


@pytest.mark.parametrize("text", ["访谈 ─ 2013年11月6日", "下午1时12分散会，我就走了。", "我们下午3时开会"])
def test_what_only_looks_like_it(text: str) -> None:
    assert line_class(text) is None


def test_a_page_header_with_another_number_on_each_page_is_furniture() -> None:
    header = "江畔渡口志                    {}\n"
    text = header.format(11) + "问：去哪里？\n" + header.format(12) + "答：码头。\n"
    assert non_speech.repeated_lines(lines(text)) == {
        "江畔渡口志                    11",
        "江畔渡口志                    12",
    }
    assert non_speech.repeated_lines(lines("他今年11\n问：好？\n他今年12\n")) == set()


def test_a_line_that_quotes_is_a_subhead_before_a_label() -> None:
    talk = "问：好吗？\n答：好，一直都好。\n“尺子会骗人”\n问：真的？\n答：真的。\n"
    assert said(talk)[1] == ("答", "好，一直都好。")
    assert said(talk.replace("“尺子会骗人”", "“尺子会骗人。”"))[1][1].endswith("“尺子会骗人。”")
    assert said(talk.replace("“尺子会骗人”\n问：真的", "“尺子会骗人”\n我说完了。\n问：真的"))[1][1].count("尺子") == 1


def test_a_line_that_counts_is_said() -> None:
    talk = "考生：怎么填？\n招办主任：三个层次。\n软件工程：90人\n考生：谢谢。\n招办主任：不客气。\n"
    assert said(talk)[1] == ("招办主任", "三个层次。\n软件工程：90人")
    assert said(talk.replace("：90人", "与别的"))[1] == ("招办主任", "三个层次。")


def test_a_heading_or_a_link_of_several_sentences_is_prose() -> None:
    prose = "那时候糖厂停工已经八年，屋顶漏雨，地上全是鸽子。" * 3
    assert line_class(prose, "heading") is None
    assert line_class(prose, "link") is None
    assert line_class(prose, "caption") is LineClass.CAPTION
    assert line_class("那时候糖厂停工已经八年。", "heading") is LineClass.HEADING


ASKED = "林深議員：主席。\n主席：請說。\n林深議員：好。"


def test_a_stage_direction_may_be_broken_over_lines() -> None:
    text = "主席：坐好。\n（全體議員起立，其間有四位委員不斷\n叫喊，助理上前攔住 ）\n" + ASKED
    assert dict(non_speech.broken_directions(lines(text))) == {1: 1, 2: 1}
    turns = parse(script(text)).turns
    assert (turns[0].text, turns[0].notes) == ("坐好。", ("（全體議員起立，其間有四位委員不斷叫喊，助理上前攔住 ）",))


@pytest.mark.parametrize(
    "text",
    [
        "（笑）好。\n真的（大概",
        "（那时候没有路\n\n后来才修的）",  # a blank line between
        "（注：截止到8月\n都没有修好）",  # belongs to the answer
        "（一）先补纸\n（二）再换线）好",
        "（一直没有关",
    ],
)
def test_other_brackets_are_said(text: str) -> None:
    assert not dict(non_speech.broken_directions(lines(text)))


def test_a_motion_and_a_vote_are_kept_beside_the_turn() -> None:
    text = "主席：表決。\n提案人：何苗　林深\n何苗議員、林深議員及佟鷗議員贊成。\n" + ASKED
    turns = parse(script(text)).turns
    assert (turns[0].text, len(turns[0].notes)) == ("表決。", 2)


def test_what_is_said_again_is_no_page_header() -> None:
    talk = "主持人：大家好\n甲：对对对对\n主持人：从哪里来\n甲：对对对对\n主持人：冷吗\n甲：冷\n" + "对对对对\n" * 3
    assert not non_speech.repeated_lines(lines(talk))
    cues = tuple(Line(n, "谢谢大家", start=n, end=n) for n in range(1, 5))
    assert not non_speech.repeated_lines(cues)
    page = "第一行没有句号\n第二行没有\n第三行\n第四行也没有\n第五行没有标点\n江畔口述史\n"
    assert "江畔口述史" in non_speech.repeated_lines(lines(page * 4))
