"""The weights: each rule with an example it covers and an example it must not cover."""

import pytest

from indexer.parser import label_scores
from indexer.parser.label_scores import THRESHOLD, LabelScore
from indexer.parser.parse import parse
from indexer.readers.script import Line, Script
from tests.support.scripts import found, lines, marked


def score(text: str, name: str, bare: bool = False) -> LabelScore:
    return label_scores.score_labels(found(text), lines(text))[name, bare]


def accepted(text: str) -> set[str]:
    return {
        key[0] for key, one in label_scores.score_labels(found(text), lines(text)).items() if one.total >= THRESHOLD
    }


def test_repeating_and_alternating_makes_a_label_of_any_short_word() -> None:
    text = "zun：在吗？\n出水：在。\nzun：吃了吗？\n出水：吃了。\n"
    assert accepted(text) == {"zun", "出水"}


def test_a_short_word_seen_once_outside_a_conversation_is_none() -> None:
    assert accepted("今天开会。\n出水：这里有一句话。\n散会了。\n明天再说。\n") == set()


def test_repeating_without_anything_said_is_a_list() -> None:
    text = "画质：好\n音质：差\n画质：差\n音质：好\n画质：好\n音质：差\n"
    assert accepted(text) == set()
    assert accepted("甲：好\n乙：差\n甲：差\n乙：好\n") == {"甲", "乙"}  # words for speakers need no sentences


def test_words_of_enumerations_never_open_turns() -> None:
    reasons = "馆长：有三个原因。\n第一：没有钱。\n第二：没有人。\n总之：没有办法。\n"
    text = f"记者：为什么？\n{reasons}记者：那怎么办？\n馆长：等。\n"
    assert accepted(text) == {"记者", "馆长"}
    assert score(text, "第一").total < 0


def test_an_enumeration_that_repeats_and_alternates_is_still_none() -> None:
    text = "第一：没有钱。\n第二：没有人。\n" * 5
    assert accepted(text) == set()


def test_keys_of_a_head_are_no_labels_however_often_they_come() -> None:
    text = "时间：上午开始。\n地点：在会议室里。\n" * 4
    assert accepted(text) == set()


def test_a_clause_before_a_colon_is_no_label() -> None:
    clause = "他们认为：可以。\n"
    text = f"记者：怎么样？\n馆长：这个特点就是：快。\n{clause}记者：然后呢？\n馆长：没有然后。\n{clause}"
    assert accepted(text) == {"记者", "馆长"}


def test_a_name_seen_once_between_believed_ones_is_believed() -> None:
    text = "记者：怎么样？\n馆长：好。\n何岚：我补充一句，都好。\n记者：然后呢？\n馆长：没有了。\n"
    assert accepted(text) == {"记者", "馆长", "何岚"}


def test_a_phrase_seen_once_between_believed_ones_is_not() -> None:
    text = "记者：怎么样？\n馆长：好。\n心智图的说明资料：我们都看过了。\n记者：然后呢？\n馆长：没有了。\n"
    assert accepted(text) == {"记者", "馆长"}


def test_a_name_with_a_value_is_somebody_introduced() -> None:
    text = "陈可：研究院副院长\n记者：怎么样？\n馆长：好。\n记者：然后呢？\n馆长：没有了。\n"
    assert accepted(text) == {"记者", "馆长"}


def test_a_list_of_people_is_no_speech() -> None:
    text = "人物：林深，教师；何苗，船工\n记者：怎么样？\n馆长：好。\n记者：然后呢？\n馆长：没有了。\n"
    assert accepted(text) == {"记者", "馆长"}
    assert accepted(text.replace("林深，教师；何苗，船工", "我先问；你再说。")) == {"记者", "馆长", "人物"}


def test_the_first_speaker_may_speak_once() -> None:
    text = "蔡玉：各位早安，我们开始。\n记者：怎么样？\n馆长：好。\n记者：然后呢？\n馆长：没有了。\n"
    assert accepted(text) == {"记者", "馆长", "蔡玉"}


def test_a_round_in_which_everybody_speaks_once() -> None:
    assert accepted("王女士：会回，票买好了。\n李先生：不回。\n张同学：看情况吧。\n") == {"王女士", "李先生", "张同学"}


def test_one_name_once_in_the_middle_of_an_article_is_none() -> None:
    text = "第一段说了很多。\n第二段也说了很多。\n第三段还是。\n李强：这是小标题。\n第五段结束了。\n"
    assert accepted(text) == set()


def test_the_one_label_at_the_beginning_of_a_speech() -> None:
    assert accepted("雷军：各位来宾，大家好。\n今天讲三件事。\n谢谢大家。\n") == {"雷军"}


def test_values_after_a_repeated_phrase_speak_against_it() -> None:
    text = "软件工程：90人\n网络工程：60人\n软件工程：80人\n网络工程：70人\n"
    assert accepted(text) == set()


def test_a_bare_line_needs_a_good_name_and_three_times() -> None:
    three = "主持人\n大家好。\n嘉宾\n你好。\n主持人\n先介绍一下。\n嘉宾\n我种地。\n主持人\n好。\n嘉宾\n谢谢。\n"
    assert ("主持人", True) in {
        key for key, one in label_scores.score_labels(found(three), lines(three)).items() if one.total >= THRESHOLD
    }
    twice = "目录\n第一页。\n目录\n第二页。\n"
    assert accepted(twice) == set()


def test_brackets_throughout_lift_unusual_names() -> None:
    text = "[主持人]好。\n[岳建平]好。\n[主持人]问。\n[网友 山里人家]水什么时候清？\n[岳建平]快了。\n[主持人]谢谢。\n"
    assert "网友山里人家" in accepted(text)
    colons = text.replace("[", "").replace("]", "：").replace("网友 山里人家", "水务处理流程说明")
    assert "水务处理流程说明" not in accepted(colons)


def test_brackets_once_in_a_file_that_has_no_others_are_a_byline() -> None:
    talk = "记者：好吗？\n王雪：好。\n记者：嗯？\n王雪：嗯。\n"
    assert accepted("【财经观察记者 陈君】这两天出了大事。\n" + talk) == {"记者", "王雪"}


def test_a_phrase_behind_the_number_of_a_paragraph_is_its_title() -> None:
    numbered = "（三）避免訴訟資源浪費：現在一樣稀少。\n"
    talk = f"主席：請說。\n林委員：一樣。\n{numbered}主席：請說。\n林委員：沒有。\n{numbered}主席：好。\n"
    assert "避免诉讼资源浪费" not in accepted(talk)
    assert accepted("1、记者：好吗？\n王雪：好。\n2、记者：嗯？\n王雪：嗯。\n") == {"记者", "王雪"}


def test_a_caption_glued_before_a_name_is_no_name() -> None:
    text = "记者：好吗？\n姚明：好。\n图为姚明在训练中记者：然后呢？\n姚明：睡觉。\n"
    assert accepted(text) == {"记者", "姚明"}


def test_an_item_a_is_no_answer_where_nobody_asks() -> None:
    text = "主持人：选哪个？\n嘉宾：都行。\nA. 上午。\n嘉宾：上午。\nA. 下午。\n主持人：好。\n"
    assert "a" not in accepted(text)
    assert "a" in accepted(text.replace("A. ", "A："))  # somebody who is called A


def test_question_and_answer_once_each() -> None:
    assert accepted("问：去哪里？\n答：去码头。\n") == {"问", "答"}


def test_the_script_of_a_name_does_not_matter() -> None:
    text = "記者：怎么样？\n唐鳳：好。\n记者：然后呢？\n唐凤：没有了。\n"
    assert accepted(text) == {"记者", "唐凤"}


def test_the_sum_is_the_sum_of_its_reasons_and_told_in_words() -> None:
    one = score("问：去哪里？\n答：去码头。\n问：好吗？\n答：好。\n问：嗯？\n答：嗯。\n", "问")
    assert one.total == sum(weight for _, weight in one.reasons)
    assert str(one) == (
        "9 = names a role +3, occurs 3 times +2.5, alternates with other labels +2, speech follows +1.5"
    )


@pytest.mark.parametrize("count", [0, 1])
def test_no_labels_no_beliefs(count: int) -> None:
    assert label_scores.score_labels([], lines("一句话。" * count)) == {}


def test_names_seen_once_stand_between_each_other() -> None:
    text = (
        "晨光社记者：什么时候开？\nMorning Light: When will it open?\n何苗：下个月。\nHe Miao: Next month, I hope.\n"
        "北岸报记者：免费吗？\nNorth Bank: Is it free?\n何苗：免费。\nHe Miao: Yes, it is free.\n"
    )
    assert accepted(text) == {"晨光社记者", "morning light", "何苗", "he miao", "北岸报记者", "north bank"}


def test_offices_seen_once_one_after_another_at_the_end() -> None:
    text = (
        "主席：復會。\n何若昭議員：完成了沒有？\n主席：局長。\n環境局局長：完成了。\n主席：繼續。\n"
        "行政長官：我補充一點。\n水務署署長：我同意。\n"
    )
    assert accepted(text) >= {"主席", "何若昭议员", "环境局局长", "行政长官", "水务署署长"}


def test_letters_before_a_stroke_that_repeat_and_alternate() -> None:
    text = "C | 做了多少年？\nM | 四十年。\nC | 最久的一件？\nM | 一张床，八个月。\n"
    assert accepted(text) == {"c", "m"}
    assert accepted("特写 | 一条街的早饭\n人物 | 木匠的床\n特写 | 夜班\n人物 | 船工\n") == set()
    assert accepted("问：好？\n北岸 | 一条街的早饭。\n答：好。\n问：嗯？\n答：嗯。\n") == {"问", "答"}


def test_a_medium_alone_on_its_lines_asks_where_persons_stand_so_too() -> None:
    asked = "北岸晚报\n那晚在哪里？\n陶大江\n在三号闸。\n北岸晚报\n怕吗？\n陶大江\n来不及。\n"
    talk = asked + "北岸晚报\n后来呢？\n陶大江\n腿软。\n"
    assert accepted("大水\n北岸晚报  2020-07-28 19:30  发表于江城\n" + talk) == {"北岸晚报", "陶大江"}
    pages = "问：在哪里？\n北岸晚报\n答：在闸上。\n北岸晚报\n问：怕吗？\n北岸晚报\n答：来不及。\n"
    assert accepted(pages) == {"问", "答"}


def test_a_semicolon_behind_names_that_repeat_and_alternate() -> None:
    assert {name for name, _ in _accepted("甲; 去哪里？\n乙; 去河边。\n" * 3)} == {"甲", "乙"}
    assert {name for name, _ in _accepted("zun; 去哪里？\n出水; 去河边。\n" * 3)} == {"zun", "出水"}
    assert not _accepted("zun; 去哪里？\n出水; 去河边。\n我们走了。\n")
    assert not _accepted("优点; 很快。\n我们都觉得快。\n" * 3)


def test_names_before_a_tab_on_every_line() -> None:
    text = "林深\t去哪里？\n何苗\t去码头。\n林深\t几点？\n何苗\t三点。\n"
    assert {name for name, _ in _accepted(text)} == {"林深", "何苗"}
    assert not _accepted(text.replace("\n", "\n我们去了渡口。\n"))


@pytest.mark.parametrize("mark", [" > ", "——", " – ", "；"])
def test_other_marks_behind_names(mark: str) -> None:
    assert {name for name, _ in _accepted(f"林深{mark}去哪里？\n何苗{mark}去河边。\n" * 3)} == {"林深", "何苗"}
    assert not _accepted(f"林深{mark}去哪里？\n我们走了。\n")


def test_headings_with_a_colon_or_a_gloss_are_no_speakers() -> None:
    text = (
        "## {}\n\n门开了，湿气就进来。\n\n## {}\n\n关了就好。\n\n问：多少次？\n\n答：四百次。\n\n问：哦。\n\n答：嗯。\n"
    )
    for first, second in (
        ("难点：结露", "难点：门"),
        ("漏斗（大的）", "外壳（陶土）"),
        ("外壳：哪里有？", "门：哪里有？"),
    ):
        assert {turn.speaker for turn in parse(marked(text.format(first, second))).turns} == {"", "问", "答"}
    named = text.format("林深（渡口书屋创办人）", "何苗：怎么办？")
    assert {"林深", "何苗"} <= {turn.speaker for turn in parse(marked(named)).turns}


def _accepted(text: str) -> set[tuple[str, bool]]:
    scores = label_scores.score_labels(found(text), lines(text))
    return {key for key, one in scores.items() if one.total >= THRESHOLD}


def test_people_who_speak_once_in_cues_without_punctuation() -> None:
    cues = ("主持人：欢迎各位", "今天我们去码头", "何苗：好的", "船三点开")
    given = Script(tuple(Line(number, text, start=number) for number, text in enumerate(cues, 1)))
    assert [(turn.speaker, turn.text) for turn in parse(given).turns] == [
        ("主持人", "欢迎各位今天我们去码头"),
        ("何苗", "好的船三点开"),
    ]


def test_who_is_quoted_in_a_story_does_not_speak() -> None:
    text = "1\n{0}说：“上船要走后面。”\n我问为什么。\n{0}说：“看水的人会晕。”\n我就不看了。\n{0}说：“走吧。”\n"
    for name in ("Mara", "男孩", "何苗", "佛"):
        assert parse(Script(lines(text.format(name)))).turns[0].speaker == ""
    assert _accepted("问：“去哪里？”\n答：“去码头。”\n" * 2)
