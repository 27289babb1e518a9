"""Speakers' names: cleaned, split from affiliations, and scored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.parser import names


@pytest.mark.parametrize(
    ("printed", "name", "office"),
    [
        ("郑志昊", "郑志昊", ""),
        ("何　苗", "何苗", ""),
        ("苏珊 · 林", "苏珊·林", ""),
        ("说话人 3", "说话人3", ""),
        ("Audrey Tang", "Audrey Tang", ""),
        ("  Audrey   Tang ", "Audrey Tang", ""),
        ("【主持人】", "主持人", ""),
        ("《三联生活周刊》", "三联生活周刊", ""),
        ("**姚明**", "姚明", ""),
        ("Q1", "Q", ""),
        ("A 12", "A", ""),
        ("问3", "问", ""),
        ("何　苗（“渡口书屋”创办人）", "何苗", "“渡口书屋”创办人"),
        ("罗子期（本报记者）", "罗子期", "本报记者"),
        ("教育部師資培育及藝術教育司(補充說明）", "教育部師資培育及藝術教育司", ""),
        ("交通运输部副部长 方成", "方成", "交通运输部副部长"),
        ("国务院新闻办新闻局副局长、新闻发言人 宁小乔", "宁小乔", "国务院新闻办新闻局副局长、新闻发言人"),
        ("市水务局局长　何　苗", "何苗", "市水务局局长"),
        ("经济日报记者王小明", "王小明", "经济日报记者"),
        ("幣寶臺灣首席執行官郭雅寧", "郭雅寧", "幣寶臺灣首席執行官"),
        ("“小鹿”", "小鹿", ""),
        ("网友“山水”", "网友“山水”", ""),
        ("香港《文汇报》记者", "香港文汇报记者", ""),
        ("唐鳳（笑）", "唐鳳", ""),
        ("温亭（以下简称温）", "温亭", ""),
        ("主持人（曹敏）", "主持人", ""),
    ],
)
def test_a_name_is_parted_from_what_is_printed_around_it(printed: str, name: str, office: str) -> None:
    assert names.split_affiliation(printed) == (name, office)


@pytest.mark.parametrize(
    "whole",
    [
        "主席",
        "行政長官",
        "总台央视记者",
        "梁國雄議員",  # an office behind the name is how members are called
        "原民會鍾興華副主任委員",
        "杜委員文苓",  # the office stands inside the name
        "網友山里人家",
        "唐以宁、何苗",
        "嘉宾简介",  # 简介 is built like a name
        "说话人3",
        "wang_lei",
        "K.K.",
    ],
)
def test_what_has_no_name_beside_an_office_stays_whole(whole: str) -> None:
    assert names.split_affiliation(whole) == (whole, "")


def test_a_padded_bracket_label_is_closed_up() -> None:
    assert names.split_affiliation("网友 山里人家") == ("网友山里人家", "")


@pytest.mark.parametrize(
    "name", ["郑志昊", "何苗", "欧阳修", "歐陽娜娜", "张三丰", "顾荃", "米哈伊尔·布尔加科夫", "苏珊·林"]
)
def test_persons(name: str) -> None:
    assert names.is_person(names.fold(name))


@pytest.mark.parametrize("word", ["方法", "时间", "安全", "关于", "金额", "第一", "比如", "王的", "张", "这个特点就是"])
def test_words_are_not_persons(word: str) -> None:
    assert not names.is_person(names.fold(word))


@pytest.mark.parametrize(
    "name",
    [
        "问",
        "答",
        "記者",
        "主持人",
        "Q",
        "说话人1",
        "发言人 2",
        "Speaker 3",
        "SPEAKER_00",
        "審",
        "受访者A",
        "男1",
        "村民甲",
    ],
)
def test_words_for_a_part_in_a_conversation_look_best(name: str) -> None:
    assert names.likeness(name)[0] == 3.0


@pytest.mark.parametrize(
    "name",
    [
        "郑志昊",
        "梁國雄議員",
        "唐以宁、何苗",
        "林委员子伦",
        "馆长",
        "小周",
        "老钱",
        "阿青",
        "王总",
        "陈姐",
    ],
)
def test_persons_and_offices_look_good(name: str) -> None:
    assert names.likeness(name)[0] == 2.0


def test_a_journalist_of_a_medium_looks_better() -> None:
    assert names.likeness("經濟日報記者")[0] == 2.5
    assert names.likeness("昨天来的那个记者")[0] < 2.0
    assert names.likeness("本报讯记者")[0] <= 2.5


@pytest.mark.parametrize(
    "name",
    [
        "时间",
        "地點",
        "来源",
        "责任编辑",
        "出席議員",
        "第一",
        "比如",
        "例如",
        "总之",
        "注",
        "说明",
        "这个特点就是",
        "他说",
        "我想问的是",
        "5",
        "——",
    ],
)
def test_what_never_speaks_looks_bad(name: str) -> None:
    assert names.likeness(name)[0] <= -4.0


@pytest.mark.parametrize(
    ("better", "worse"),
    [("三联生活周刊", "关于基金的部分"), ("zun", "一个很长的短语写在这里"), ("出水", "主要原因分析")],
)
def test_a_short_name_or_a_medium_looks_better_than_a_phrase(better: str, worse: str) -> None:
    assert names.likeness(better)[0] > names.likeness(worse)[0]


@pytest.mark.parametrize(
    "text", ["曹淑敏 中国信息研究院", "王某某　审判员：李某某", "90人", "010-12345678", "市水务局局长 岳建平", "罗子期"]
)
def test_values(text: str) -> None:
    assert names.is_value(text)


@pytest.mark.parametrize(
    "text", ["好的", "没有", "是的，谢谢大家。", "Planner", "", "今年列入计划的是 62 个村，名单已经公示。"]
)
def test_what_is_said_is_no_value(text: str) -> None:
    assert not names.is_value(text)


@pytest.mark.parametrize("name", ["院长访谈", "环球网综合", "版权声明", "更多精彩推荐", "观点", "本期话题", "时间轴"])
def test_rubrics_do_not_speak(name: str) -> None:
    assert names.likeness(name)[0] == -4.0


@pytest.mark.parametrize("word", ["小时", "老师", "大家", "小区", "老家", "高总", "方导"])
def test_forms_of_address_are_told_from_words(word: str) -> None:
    assert (names.likeness(word)[1] == "built like a person's name") == (word in {"高总", "方导"})


@given(st.text(max_size=40))
def test_any_text_can_be_asked(text: str) -> None:
    name, _ = names.split_affiliation(text)
    assert name == name.strip()
    score, why = names.likeness(name)
    assert -20 <= score <= 3
    assert why


@given(st.text(max_size=40))
def test_a_clean_name_stays_as_it_is(text: str) -> None:
    name, office = names.split_affiliation(text)
    if not office:
        assert (
            names.split_affiliation(names.split_affiliation(name)[0]) == names.split_affiliation(name)
            or names.split_affiliation(name)[1]
        )


@pytest.mark.parametrize(
    ("printed", "name", "office"),
    [
        ("老船工 秦有水", "秦有水", "老船工"),
        ("居民 王女士", "王女士", "居民"),
        ("第二问", "问", ""),
        ("三问", "问", ""),
        ("欧阳 明月", "欧阳明月", ""),
        ("李 秀兰", "李秀兰", ""),
        ("江边长大的人 许国", "江边长大的人许国", ""),
    ],
)
def test_who_somebody_is_before_a_gap_and_the_name(printed: str, name: str, office: str) -> None:
    assert names.split_affiliation(printed) == (name, office)


@pytest.mark.parametrize(
    ("printed", "name", "office"),
    [
        (
            "渡口公司公共关系科高级主任（传讯）杭永",
            "渡口公司公共关系科高级主任（传讯）杭永",
            "",
        ),  # a rare surname, two characters
        ("渡口公司公共关系科高级主任（传讯）杭永照", "杭永照", "渡口公司公共关系科高级主任（传讯）"),
        ("渡口公司副主任(行动) 何苗", "何苗", "渡口公司副主任(行动)"),
        ("三问", "问", ""),
        ("第2問", "問", ""),
        ("疑問（三）", "疑問", ""),
        ("提问二", "提问", ""),
        ("观众2", "观众2", ""),
    ],
)
def test_offices_with_brackets_and_numbers_of_questions(printed: str, name: str, office: str) -> None:
    assert names.split_affiliation(printed) == (name, office)


@pytest.mark.parametrize("beside", ["创办人", "渡口书屋", "厨师，23岁", "某大学", "网店店主"])
def test_positions(beside: str) -> None:
    assert names.is_position(names.fold(beside))


@pytest.mark.parametrize("beside", ["", "更大的口径", "陶土", "Replication", "茶水"])
def test_glosses_are_no_positions(beside: str) -> None:
    assert not names.is_position(names.fold(beside))
