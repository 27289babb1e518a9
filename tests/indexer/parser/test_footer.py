"""The end of the body and the start of the footer."""

import pytest

from indexer.parser import footer
from tests.support.scripts import said

TALK = "记者：好吗？\n馆长：好。\n记者：真好？\n馆长：真好。欢迎大家来看。"


@pytest.mark.parametrize(
    "line",
    [
        "更多精彩请点击",
        "【版权声明】行行出状元平台欢迎各方(自)媒体、机构转载、引用我们原创内容,但要严格注明来源:",
        "责任编辑：小宋",
        "（责任编辑：小宋）",
        "编辑 / 小北　校对 / 阿花",
        "编辑、排版：小北",
        "監製：小北",
        "封面图：《面馆》剧照",
        "本文转自《三联生活周刊》2019年第30期，未经授权不得转载。",
        "本文原載於《今天》，經作者授權發布，圖片均來自受訪者，若有侵權請與我們聯繫，我們將在第一時間處理。",
        "扫码关注我们",
        "点个在看，让更多人看到",
        "上一篇：某某",
        "相关链接：公示名单",
        "延伸阅读",
        "内容由AI生成，仅供参考",
        "以上内容由AI生成",
        "Copyright © 2020 某某网 All Rights Reserved",
        "京ICP备12345678号",
        "嘉宾简介：何苗，一九六〇年生，现任馆长。",
        "（完）",
        "- END -",
        "全文完",
        "附：公示名单",
        "字幕制作：某某字幕组",
        "审判长：王某某",
        "江畔日报记者 林深 校对 何苗",
        "via: http://dukou.example/a",
        "译者：阿檐 校对：小瓦",
        "阅读 1024 · 赞 12",
        "渡口书屋网 http://dukou.example",
        "主讲人介绍：",
        "写留言",
        "由 江畔听写 转写，请以录音为准",
        "转写结果仅供参考",
        "Leave a comment",
    ],
)
def test_the_tail_begins(line: str) -> None:
    assert footer.start_reason(line)
    assert said(f"{TALK}\n{line}\n什么都可能在后面。")[-1] == ("馆长", "真好。欢迎大家来看。")


@pytest.mark.parametrize(
    "line",
    [
        "编辑部那时候只有三个人，我是其中一个。",
        "关注这件事的人一直不多，我们是很早就开始做了，后来才慢慢有人来问。",
        "转发这件事我倒不在意，真的没有必要在意，一条消息而已，过两天大家就忘了。",
        "来源于生活，这是老话。",
        "翻译这个行当，我做了三十年。",
        "在看书的时候他就睡着了，一直睡到晚上，谁叫也叫不醒，后来才知道是病了。",
        "完全没有想到。",
        "版权的事情我不懂。",
        "附近没有学校。",
        "更多的是自己喜欢",
        "The sea.",
        "30人",
        "这些话由我自己整理。",
        "一切以他的话为准，我们都听他的。",
        "记者 来过几次，我都不在。",
    ],
)
def test_an_answer_goes_on(line: str) -> None:
    assert not footer.start_reason(line)
    assert said(f"{TALK}\n{line}")[-1] == ("馆长", f"真好。欢迎大家来看。\n{line}")


@pytest.mark.parametrize(
    "byline",
    [
        "（湖北日报全媒记者 宋江 通讯员 李文）",
        "（供稿：党委宣传部）",
        "(记者 王小明)",
        "（中國城市報記者 某某）",
        "【本文来源：某某网】",
        "（寄自美国）",
        "（本版图片由受访者提供）",
        "（整理：小宋）",
    ],
)
def test_a_byline_glued_to_the_last_answer_is_cut_off(byline: str) -> None:
    assert said(TALK + byline)[-1] == ("馆长", "真好。欢迎大家来看。")
    assert said(TALK + "\n" + byline)[-1] == ("馆长", "真好。欢迎大家来看。")


@pytest.mark.parametrize("inline", ["（笑）", "（注：真的。）", "（鼓掌）"])
def test_what_stands_in_brackets_at_the_end_of_an_answer_stays(inline: str) -> None:
    assert said(TALK + inline)[-1] == ("馆长", "真好。欢迎大家来看。" + inline)


def test_a_byline_in_an_earlier_answer_stays() -> None:
    text = TALK.replace("馆长：好。", "馆长：好（那个记者知道）。")
    assert said(text)[1] == ("馆长", "好（那个记者知道）。")


@pytest.mark.parametrize(
    "closing",
    [
        "采访结束的时候，天已经黑了，他把灯一盏一盏关掉。",
        "最后，何苗说，她还想再找一条船。",
        "臨別時，他送我們到門口，又站了很久才回去。",
    ],
)
def test_the_writers_closing_words_are_narration(closing: str) -> None:
    text = f"林深：还修吗？\n何苗：修。\n林深：多久？\n何苗：修到看不见为止。\n\n{closing}\n\n编辑：小北"
    assert said(text)[-1] == ("", closing)
    assert said(text)[-2] == ("何苗", "修到看不见为止。")


def test_an_answer_that_tells_of_others_is_not_the_writers() -> None:
    text = "林深：还修吗？\n何苗：修。\n林深：多久？\n何苗：看病情。\n我师傅说，修到看不见为止。"
    assert said(text)[-1] == ("何苗", "看病情。\n我师傅说，修到看不见为止。")


def test_a_rubric_of_its_own_after_the_last_answer_begins_the_tail() -> None:
    assert footer.start_reason("【本期音乐】")
    assert footer.start_reason("〖收听方式〗")
    assert not footer.start_reason("【主持人】")
    assert not footer.start_reason("【笑】")
    assert not footer.start_reason("【他说了很多。】")


@pytest.mark.parametrize(
    "text",
    [
        "何苗：1985年生，渡口书屋馆长。",
        "何苗，生于北岸，木匠。",
        "何苗（一九八五年生），现任馆长。",
        "何苗：毕业于北岸学院，著有《渡》。",
    ],
)
def test_a_life_in_a_few_words(text: str) -> None:
    assert footer.is_biography(text, ("何苗",))


@pytest.mark.parametrize(
    "text",
    [
        "何苗：我1985年生，现任馆长。",
        "何苗：书是1985年出的，现在没有了。",
        "唐以宁：1985年生。",
        "何苗：您是毕业于哪里？",
        "1985年，何苗生于北岸。",
    ],
)
def test_what_is_said_of_oneself_or_of_something_else_is_none(text: str) -> None:
    assert not footer.is_biography(text, ("何苗",))


def test_a_life_under_the_label_of_the_last_answer_is_not_said() -> None:
    talk = "记者：去哪里？\n何苗：码头。\n记者：远吗？\n何苗：不远。\n何苗：1985年生，渡口书屋馆长。\n"
    assert said(talk)[-1] == ("何苗", "不远。")
    assert said(talk.replace("何苗：1985年生，渡口书屋馆长。", "何苗，1985年生，渡口书屋馆长。"))[-1] == (
        "何苗",
        "不远。",
    )


@pytest.mark.parametrize("text", ["后记", "### 采访手记", "【记者手记】", "写在最后", "尾声"])
def test_the_words_over_the_writers_own_after_the_talk(text: str) -> None:
    assert footer.is_afterword(text)


def test_what_stands_below_them_is_narration() -> None:
    talk = "问：去哪里？\n答：码头。\n问：远吗？\n答：不远。\n后记\n他走的时候天亮了。\n船也开了。\n编辑：小北\n"
    assert said(talk)[-2:] == [("答", "不远。"), ("", "他走的时候天亮了。\n船也开了。")]
    inside = talk.replace("后记", "后记里写过。")
    assert said(inside)[-1][0] == "答"


@pytest.mark.parametrize(
    ("texts", "begins"),
    [
        (["他走了。", "采访时间：2019年6月3日", "采访地点：北岸渡口"], 1),
        (["他走了。", "➤ 店家資訊", "店名：芝記茶行", "地址：渡口街12號", "營業時間：10:00"], 1),
        (["一月：三百", "二月：五百", "三月：一千"], 3),
        (["采访时间：他说是六月。"], 1),
        (["比如：电费"], 1),
        ([], 0),
    ],
)
def test_a_block_of_keys_and_values_at_the_end(texts: list[str], begins: int) -> None:
    assert footer.key_value_start(texts) == begins


def test_what_a_site_declares() -> None:
    assert footer.start_reason("新浪声明：所有实录均为现场速记整理，不代表本站的观点。")
    assert not footer.start_reason("他发表了一份声明，说明：不走。")


def test_the_resolution_after_a_meeting_is_not_said() -> None:
    text = "沈佳：表决。\n老郭：同意。\n沈佳：通过，散会。\n决议：\n一、换主板。\n会议于20:45结束。\n记录人：小禾\n"
    assert said(text)[-1] == ("沈佳", "通过，散会。")


LONG = "我在渡口长大，每天看船来船去，船上的人我都认识，夏天一起在水里泡着，冬天就在岸上烤火，一直到桥修好。"


def test_a_talk_goes_on_below_a_line_in_its_middle_that_is_worded_like_a_footer() -> None:
    text = f"{TALK}\n延伸阅读：渡口的桥\n{LONG * 4}\n{LONG * 4}\n{LONG * 4}\n编辑：小北\n"
    assert said(text)[-1] == ("馆长", f"真好。欢迎大家来看。\n{LONG * 4}\n{LONG * 4}\n{LONG * 4}")
    short = f"{TALK}\n延伸阅读：渡口的桥\n{LONG}\n"
    assert said(short)[-1] == ("馆长", "真好。欢迎大家来看。")


def test_an_answer_goes_on_below_a_caption() -> None:
    text = f"{TALK}\n图｜受访者提供\n桥修好以后，船就不开了。\n编辑：小北\n"
    assert said(text)[-1] == ("馆长", "真好。欢迎大家来看。\n桥修好以后，船就不开了。")


def test_fragments_at_the_end_of_a_punctuated_talk_are_the_pages() -> None:
    assert said(f"{TALK}\n人物\n渡口书屋\n1234\n")[-1] == ("馆长", "真好。欢迎大家来看。")
    assert said(f"{TALK}\n人物就是这样\n")[-1] == ("馆长", "真好。欢迎大家来看。\n人物就是这样")
    assert said(f"{TALK}\n谢谢大家\n我们再见\n")[-1] == ("馆长", "真好。欢迎大家来看。\n谢谢大家\n我们再见")
    unpunctuated = TALK.replace("。", "").replace("？", "")
    assert said(f"{unpunctuated}\n人物\n渡口书屋\n")[-1][1].endswith("人物\n渡口书屋")


def test_what_somebody_does_instead_of_answering_is_narration() -> None:
    talk = "记：谈了什么？\n戚：谈码头。\n记：还有呢？\n戚：没有了。\n记：谁写的？\n"
    assert said(talk + "\n戚永和摇了摇头，走进电梯。")[-1] == ("", "戚永和摇了摇头，走进电梯。")
    assert said(talk + "\n戚永和说他写的，我没有写。")[-1][0] == "记"
    assert said(talk + "\n码头上的人都知道。")[-1][0] == "记"
    assert said(talk.removesuffix("记：谁写的？\n") + "\n戚永和我不认识。")[-1][0] == "戚"


def test_a_life_of_somebody_without_a_label_is_not_said_in_the_last_paragraphs() -> None:
    life = "莫子游，1976年生，渡口剧场主持人。"
    assert said(f"问：好吗？\n莫：好。\n问：真好？\n莫：真好。\n{life}\n")[-1] == ("莫", "真好。")
    assert said("问：好吗？\n莫：好。\n问：真好？\n莫：真好。\n1976年生的人都老了。\n")[-1][1].endswith("都老了。")
    assert said(f"问：好吗？\n莫：好。\n问：真好？\n莫：真好。\n{life}\n好。\n好。\n好。\n")[-1][1].count("\n") == 4


def test_the_footer_of_a_text_in_which_nobody_speaks_is_left_out() -> None:
    text = "\n".join([LONG * 3] * 3)
    assert said(f"杂货铺\n{text}\n作者简介\n季小舟住在临河街，写杂货铺。\n") == [("", text)]
    assert said(f"杂货铺\n{LONG}\n作者简介\n{text}\n") == [("", f"{LONG}\n{text}")]
