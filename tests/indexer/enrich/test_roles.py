"""The roles of speakers."""

import pytest

from indexer.enrich import roles
from indexer.model import Guest, Interview, Role, Turn

ASKS, ANSWERS, LEADS, OTHER, TELLS = Role.INTERVIEWER, Role.INTERVIEWEE, Role.HOST, Role.OTHER, Role.NARRATION


def interview(*said: tuple[str, str], **fields: object) -> Interview:
    turns = tuple(
        Turn(n, label, Role.OTHER if label else Role.NARRATION, text, label) for n, (label, text) in enumerate(said, 1)
    )
    return Interview(turns=turns, **fields)  # type: ignore[arg-type]


def settled(*said: tuple[str, str], **fields: object) -> dict[str, Role]:
    given = interview(*said, **fields)
    return {turn.label: role for turn, role in zip(given.turns, roles.assign(given), strict=True)}


@pytest.mark.parametrize(
    ("label", "role"),
    [
        *(
            (label, ASKS)
            for label in ("问", "問", "Q", "q", "记者", "記者", "提问", "观众", "网友", "网友山里人家", "網友甲")
        ),
        *(
            (label, ASKS)
            for label in ("经济日报记者", "經濟日報記者", "三联生活周刊", "彭博社", "新京报", "澎湃新闻", "本刊")
        ),
        *((label, ANSWERS) for label in ("答", "受访者", "嘉宾", "嘉宾甲", "发言人", "行政長官", "受访者B", "嘉宾2")),
        *((label, ASKS) for label in ("Reporter", "问题", "记者甲", "采访者1", "疑問", "記", "学生提问")),
        *((label, LEADS) for label in ("主持人", "主持", "主席", "审", "審", "节目主持人", "host")),
        *((label, TELLS) for label in ("解说", "解說", "旁白")),
        *((label, OTHER) for label in ("书记员", "原代", "证人", "梁國雄議員")),
    ],
)
def test_words_tell(label: str, role: Role) -> None:
    assert settled((label, "一句话。"), ("何苗", "两句话。"))[label] is role


def test_a_answers_where_somebody_asks_and_is_a_voice_beside_b_where_nobody_does() -> None:
    assert settled(("Q", "去哪里？"), ("A", "去码头。")) == {"Q": ASKS, "A": ANSWERS}
    assert settled(("记者", "去哪里？"), ("A", "去码头。"))["A"] is ANSWERS
    assert set(settled(("A", "你好。"), ("B", "你找谁？"), ("A", "找老李。"), ("B", "不在。")).values()) == {OTHER}


def test_a_translation_has_the_role_of_the_original() -> None:
    said = (
        ("晨光社记者", "渡船什么时候修好？"),
        ("Morning Light", "When will the ferry be ready?"),
        ("何苗", "下个月。"),
        ("He Miao", "It will be ready next month."),
    )
    assert settled(*said) == {"晨光社记者": ASKS, "Morning Light": ASKS, "何苗": ANSWERS, "He Miao": ANSWERS}


def test_a_guest_with_a_latin_name_who_speaks_chinese_is_not_a_translation() -> None:
    said = (("记者", "去哪里？"), ("Tom", "去码头。"), ("记者", "好吗？"), ("Tom", "好。"))
    assert settled(*said)["Tom"] is ANSWERS


def test_where_somebody_asks_the_others_answer() -> None:
    assert settled(("", "引言。"), ("问", "好吗？"), ("郑志昊", "好。"), ("何苗", "也好。")) == {
        "": TELLS,
        "问": ASKS,
        "郑志昊": ANSWERS,
        "何苗": ANSWERS,
    }


def test_a_panel_is_led_and_answers() -> None:
    assert settled(("主持人", "介绍一下。"), ("李牧", "种地。"), ("佟欣", "卖菜。"), ("网友", "多少钱？")) == {
        "主持人": LEADS,
        "李牧": ANSWERS,
        "佟欣": ANSWERS,
        "网友": ASKS,
    }


def test_a_press_conference_is_led_by_who_opens_it() -> None:
    found = settled(
        ("高遵", "各位媒體朋友，歡迎。"),
        ("唐鳳", "謝謝大家。"),
        ("中央社記者", "有沒有其他活動？"),
        ("唐鳳", "有。"),
        ("高遵", "請大家繼續提問。"),
        ("經濟日報記者", "明年呢？"),
        ("唐鳳", "也有。"),
    )
    assert found == {"高遵": LEADS, "唐鳳": ANSWERS, "中央社記者": ASKS, "經濟日報記者": ASKS}


def test_the_first_speaker_who_does_not_welcome_is_not_a_host() -> None:
    found = settled(("唐鳳", "謝謝大家。"), ("中央社記者", "明年？"), ("唐鳳", "有。"), ("高遵", "補充一句。"))
    assert found["唐鳳"] is ANSWERS


def test_a_court_and_a_council_have_no_interviewees() -> None:
    assert set(settled(("审", "开庭。"), ("原代", "请求判令。"), ("王某", "我说一句。")).values()) == {LEADS, OTHER}
    assert settled(("主席", "請。"), ("何若昭議員", "多少？"), ("房屋局局長", "四百。"))["房屋局局長"] is OTHER


def test_nobody_is_interviewed_in_a_meeting() -> None:
    said = (("主持人", "开始。"), ("金有根", "我住601。"), ("贺兰青", "我住102。"))
    met = {"主持人": LEADS, "金有根": OTHER, "贺兰青": OTHER}
    assert settled(*said, title="3号楼加装电梯协商会记录") == met
    assert settled(*said, title="第二十三次業主會") == met
    assert settled(*said, title="两位邻居谈加装电梯")["金有根"] is ANSWERS
    assert settled(*said, ("晚报记者", "装吗？"), title="居民会")["贺兰青"] is ANSWERS


def test_an_office_a_byline_and_the_outlet_tell_who_asks() -> None:
    office = Interview(
        turns=(
            Turn(1, "罗子期", OTHER, "怎么认识的？", "罗子期", "本报记者"),
            Turn(2, "何苗", OTHER, "借书。", "何苗", "渡口书屋创办人"),
        )
    )
    assert roles.assign(office) == (ASKS, ANSWERS)
    assert settled(("林深", "多久。"), ("郑", "两天。"), authors=("林深",)) == {"林深": ASKS, "郑": ANSWERS}
    assert settled(("单读", "多久。"), ("郑", "两天。"), outlet="单读") == {"单读": ASKS, "郑": ANSWERS}


def test_an_office_tells_who_leads() -> None:
    given = Interview(
        turns=(
            Turn(1, "宁小乔", OTHER, "大家好。", "宁小乔", "国务院新闻办新闻局副局长、新闻发言人"),
            Turn(2, "方成", OTHER, "好。", "方成", "交通运输部副部长"),
            Turn(3, "央视记者", OTHER, "路呢？", "央视记者"),
        )
    )
    assert roles.assign(given) == (LEADS, ANSWERS, ASKS)


def test_of_two_the_one_who_clearly_asks() -> None:
    said = (("林深", "多久？"), ("郑", "两天。"), ("林深", "修坏过？"), ("郑", "有。"))
    assert settled(*said) == {"林深": ASKS, "郑": ANSWERS}


def test_two_who_chat_are_equals() -> None:
    said = (("甲君", "几楼？"), ("乙君", "五楼。"), ("甲君", "对对对。"), ("乙君", "是吧？"))
    assert set(settled(*said).values()) == {OTHER}


def test_one_question_of_an_anonymous_voice_is_not_an_interview() -> None:
    assert set(settled(("说话人0", "几楼？"), ("说话人1", "五楼。")).values()) == {OTHER}
    often = (("说话人0", "几楼？"), ("说话人1", "五楼。"), ("说话人0", "有电梯？"), ("说话人1", "没有。"))
    assert settled(*often) == {"说话人0": ASKS, "说话人1": ANSWERS}


def test_a_speech_is_the_answer_to_no_question() -> None:
    assert settled(("雷明", "各位来宾，大家好。")) == {"雷明": ANSWERS}
    assert settled(("说话人1", "大家好。")) == {"说话人1": OTHER}


def test_the_members_of_a_meeting_do_not_answer_its_chair() -> None:
    chaired = (("主席", "開會。"), ("林委員", "沒有意見。"), ("陳委員", "沒有。"))
    assert settled(*chaired) == {"主席": LEADS, "林委員": OTHER, "陳委員": OTHER}
    led = (("主持人", "开会。"), ("金有根", "我说一句。"))
    assert settled(*led, title="加装电梯协商会记录") == {"主持人": LEADS, "金有根": OTHER}
    assert settled(*led, title="对谈：加装电梯") == {"主持人": LEADS, "金有根": ANSWERS}


def test_several_who_ask_one_in_an_interview() -> None:
    said = (
        ("楊明", "吃什麼？"),
        ("唐鳳", "柿餅。"),
        ("黃維", "好吃嗎？"),
        ("唐鳳", "好吃。"),
        ("楊明", "有籽？"),
        ("黃維", "沒有？"),
    )
    roles_ = settled(*said, ("唐鳳", "沒有。"), title="中央社採訪")
    assert roles_ == {"楊明": ASKS, "黃維": ASKS, "唐鳳": ANSWERS}
    assert set(settled(*said, title="月會").values()) == {OTHER}


def test_in_an_interview_fewer_questions_tell_who_asks() -> None:
    said = (("林深", "多久？"), ("郑一", "两天。"), ("林深", "真久。"), ("郑一", "久。"))
    assert settled(*said, title="修书人访谈") == {"林深": ASKS, "郑一": ANSWERS}
    assert set(settled(*said).values()) == {OTHER}


def test_a_journalist_under_the_name_of_the_medium() -> None:
    assert settled(("問", "好？"), ("中央社蘇思云", "多久？"), ("唐鳳", "好。"))["中央社蘇思云"] is ASKS


def test_three_who_talk_without_a_word_for_it_are_a_meeting() -> None:
    said = (("沈佳", "多久？"), ("郭群", "两天。"), ("沈佳", "真的？"), ("说话人3", "三天。"))
    assert set(settled(*said).values()) == {OTHER}


def test_a_guest_who_is_introduced_answers_however_he_asks() -> None:
    said = (("林深", "坐。"), ("郑一", "喝茶吗？"), ("林深", "喝。"), ("郑一", "什么茶？"))
    assert settled(*said, guests=(Guest("郑一", "馆长"),)) == {"林深": ASKS, "郑一": ANSWERS}
    assert settled(*said, title="专访郑一：喝茶") == {"林深": ASKS, "郑一": ANSWERS}


def test_roles_that_are_settled_stay() -> None:
    given = interview(("问", "好吗？"), ("答", "好。"), attributed=True)
    assert roles.assign(given) == (OTHER, OTHER)


def test_a_role_from_the_header_is_kept() -> None:
    given = Interview(turns=(Turn(1, "陈可", LEADS, "好。", "陈可"), Turn(2, "李牧", OTHER, "好。", "李牧")))
    assert roles.assign(given) == (LEADS, ANSWERS)


def test_no_turns_no_roles() -> None:
    assert roles.assign(Interview(turns=())) == ()


def test_who_the_head_says_asks_but_who_only_answers_is_asked() -> None:
    def given(*texts: str) -> Interview:
        roles_ = (ASKS, OTHER) * 2
        said = zip(("杨凯", "梁文") * 2, texts, roles_, strict=True)
        return Interview(turns=tuple(Turn(n, who, role, text, who) for n, (who, text, role) in enumerate(said, 1)))

    assert roles.assign(given("坐吧。", "最早的读者是谁？", "学生。", "后来呢？")) == (ANSWERS, ASKS) * 2
    assert roles.assign(given("最早的读者是谁？", "学生。", "后来呢？", "上班的人。")) == (ASKS, ANSWERS) * 2
    assert roles.assign(given("说说读者。", "都是学生。", "再说说。", "没有了。")) == (ASKS, ANSWERS) * 2


def test_who_asks_where_the_title_says_that_questions_are_answered() -> None:
    said = (
        ("考生", "怎么填？"),
        ("招办主任", "三个层次。"),
        ("考生", "先选专业吗？"),
        ("招办主任", "看你自己。"),
        ("家长", "滑档呢？"),
        ("招办主任", "征集。"),
    )
    found = settled(*said, title="记者就高考志愿答考生问")
    assert (found["考生"], found["招办主任"]) == (ASKS, ANSWERS)
    assert set(settled(*said, title="高考志愿").values()) == {OTHER}


def test_somebody_who_only_asks_and_is_answered_asks_too() -> None:
    said = (("问", "几点？"), ("汤", "两点。"), ("戴水", "然后呢？"), ("汤", "没有然后。"))
    assert settled(*said)["戴水"] is ASKS
    assert settled(*said, guests=(Guest("戴水"),))["戴水"] is ANSWERS
    unanswered = (("问", "几点？"), ("汤", "两点。"), ("戴水", "真的吗？"), ("问", "然后呢？"), ("汤", "没有然后。"))
    assert settled(*unanswered)["戴水"] is ANSWERS
    speech = (("问", "几点？"), ("汤", "两点。"), ("戴水", "很高兴来介绍。" * 30 + "对吗？"), ("汤", "对。"))
    assert settled(*speech)["戴水"] is ANSWERS


def test_a_judge_leads_an_examination_and_answers_in_an_interview() -> None:
    examined = (("Q", "几点？"), ("A", "两点。"), ("陈裁判官", "你怎样知道？"), ("A", "看钟。"))
    assert settled(*examined) == {"Q": ASKS, "A": ANSWERS, "陈裁判官": LEADS}
    assert (
        settled(("记者", "几点？"), ("陈法官", "两点。"), ("记者", "然后呢？"), ("陈法官", "退庭。"))["陈法官"]
        is ANSWERS
    )


def test_short_questions_and_long_answers_are_an_interview_of_two() -> None:
    answer = "我每天早上都去码头等船，一直等到雾散了。"
    often = (("林深", "去哪里？"), ("何苗", answer), ("林深", "嗯。"), ("何苗", answer)) * 3
    assert settled(*often) == {"林深": ASKS, "何苗": ANSWERS}
    assert set(settled(*often[:4]).values()) == {OTHER}  # one question of two
    equals = (("林深", "去哪里？"), ("何苗", "码头。"), ("林深", "嗯。"), ("何苗", "走吧。")) * 3
    assert set(settled(*equals).values()) == {OTHER}


def test_thanks_behind_a_question_and_a_particle_without_its_mark() -> None:
    said = (("林深", "去哪里？谢谢。"), ("何苗", "去码头。"), ("林深", "是坐船吗。"), ("何苗", "坐船。"))
    assert settled(*said) == {"林深": ASKS, "何苗": ANSWERS}


HOUR = (
    ("主持人", "今晚请到了何苗，大家可以提问。"),
    ("何苗", "大家好。"),
    ("小舟", "渡口的灯几点关？"),
    ("何苗", "十点。"),
    ("小舟", "下雨呢？"),
    ("何苗", "早一点。"),
)


def test_who_only_asks_where_a_host_only_moderates_is_of_the_audience() -> None:
    assert settled(*HOUR) == {"主持人": LEADS, "何苗": ANSWERS, "小舟": ASKS}


@pytest.mark.parametrize(
    "said",
    [
        (*HOUR, ("小舟", "谢谢。")),  # also says something
        (*HOUR, ("小舟", "真的？")),  # is not answered
        (*HOUR, ("主持人", "还有问题吗？"), ("何苗", "没有了。")),  # the host asks
        (("主席", "开会。"), *HOUR[1:]),  # a meeting
    ],
)
def test_a_guest_who_asks_too_stays_a_guest(said: tuple[tuple[str, str], ...]) -> None:
    assert settled(*said)["小舟"] is not ASKS


def test_a_hearing_is_a_meeting() -> None:
    assert settled(*HOUR, title="渡口照明听证会记录") == {"主持人": LEADS, "何苗": OTHER, "小舟": OTHER}
