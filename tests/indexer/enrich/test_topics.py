"""Topics: those of topics.toml, or else the nouns of a section."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.enrich.topics import MAX_TURNS, Topics
from indexer.errors import SettingsError
from indexer.model import Interview, Role, Turn
from indexer.settings import sample_data
from indexer.text import analysis
from indexer.text.analysis import Analysis

ANALYZER = analysis.load(sample_data() / "words.txt")
OURS = Topics.load(sample_data() / "topics.toml")
TOML = """
["农业"]
terms = ["水稻", "合作社", "收割"]
weights = {"稻田" = 2.0, "田" = 0.5}

["软件"]
terms = ["软件", "AI", "iPhone 6s"]
"""


@pytest.fixture
def topics(tmp_path: Path) -> Topics:
    path = tmp_path / "topics.toml"
    path.write_text(TOML, encoding="utf-8")
    return Topics.load(path)


def read(*texts: str) -> list[Analysis]:
    return [ANALYZER.analyze(text) for text in texts]


def of(topics: Topics, *texts: str) -> tuple[str, ...]:
    return topics.of(read(*texts), read(*texts))


def turn(number: int, text: str, exchange: int = 1) -> Turn:
    return Turn(number, "孟秋禾", Role.INTERVIEWEE, text, exchange=exchange)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("合作社种水稻", ("农业",)),  # two terms
        ("水稻、水稻、还是水稻", ("农业",)),  # one term three times: 1 + ln 3 = 2.1
        ("水稻", ()),  # one term once, and too short for a noun of its own
        ("稻田", ("农业",)),  # weight 2
        ("田，田，田", ()),  # weight 0.5, said three times
        ("軟體寫得再好，軟件也要收割", ()),  # 軟體 is 软体: another word, not a spelling
        ("軟件、ＡＩ", ("软件",)),  # Traditional, full width, capitals
        ("iPhone6s 和 iphone 6s 的軟件", ("软件",)),
        ("合作社用AI收割水稻，软件也要", ("农业", "软件")),  # the clearer one first
    ],
)
def test_a_topic_is_assigned_by_its_terms(topics: Topics, text: str, expected: tuple[str, ...]) -> None:
    assert of(topics, text) == expected


def test_a_latin_term_is_a_word_of_its_own(topics: Topics) -> None:
    said = "AI 是什么? Again, he said, it is plain."
    assert "软件" not in of(topics, said)
    assert "软件" in of(topics, f"{said} AI, AI 音箱。")


def test_a_topic_far_behind_the_first_is_not_assigned(topics: Topics) -> None:
    text = "水稻合作社收割稻田" * 8 + "软件AI"
    assert of(topics, text) == ("农业",)


def test_less_is_enough_for_a_topic_of_the_whole_conversation(topics: Topics) -> None:
    whole = read("合作社的水稻今年收割得早", "那年水稻倒了一半")
    assert topics.of(whole[1:], whole) == ("农业",)
    assert topics.of(whole[1:], whole[1:]) == ()


def test_a_substantial_stretch_always_has_a_topic(topics: Topics) -> None:
    text = (
        "我们把那台缝纫机搬到院子里，母亲踩着踏板，缝纫机响了一个下午，邻居都来看热闹，"
        "后来缝纫机坏了，修了三次也没有修好，只好卖给收旧货的人。"
    )
    assert of(topics, text)[0] == "缝纫机"
    assert of(topics, "嗯，好的，谢谢。") == ()


def test_a_section_without_a_noun_has_other_words(topics: Topics) -> None:
    assert of(topics, "匆匆忙忙跑出去又慢慢吞吞走回来" * 5) != ()


def annotate(topics: Topics, turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    analyses = [ANALYZER.analyze(one.text) for one in turns]
    return topics.annotate(Interview(turns), analyses, ANALYZER.nouns).turns


def test_every_exchange_has_its_own_topics_and_every_turn_its_keywords(topics: Topics) -> None:
    turns = (turn(1, "合作社种水稻"), turn(2, "收割机到了", 1), turn(3, "软件用AI写", 2))
    annotated = annotate(topics, turns)
    assert [one.topics for one in annotated] == [("农业",), ("农业",), ("软件",)]
    assert "水稻" in annotated[0].keywords
    assert [one.text for one in annotated] == [one.text for one in turns]


def test_topics_and_keywords_that_came_with_a_turn_stay(topics: Topics) -> None:
    given = replace(turn(1, "合作社种水稻"), topics=("丰收",), keywords=("镰刀",))
    assert annotate(topics, (given,)) == (given,)


def test_a_long_talk_without_questions_is_taken_in_pieces(topics: Topics) -> None:
    turns = tuple(turn(n, "合作社种水稻" if n <= MAX_TURNS else "软件用AI写", 0) for n in range(1, 2 * MAX_TURNS + 1))
    annotated = annotate(topics, turns)
    assert {one.topics for one in annotated[:MAX_TURNS]} == {("农业",)}
    assert {one.topics for one in annotated[MAX_TURNS:]} == {("软件",)}


@pytest.mark.parametrize(
    ("toml", "line"),
    [
        ('["农业"]\nterms = "水稻"\n', 1),
        ('["软件"]\nterms = ["软件"]\n\n["农业"]\nwords = ["水稻"]\n', 4),
        ('["农业"]\nterms = ["水稻", 3]\n', 1),
        ('["农业"]\nterms = ["，"]\n', 1),
        ('["农业"]\nweights = {"水稻" = -1}\n', 1),
        ('["农业"]\nterms = ["水稻" "收割"]\n', 2),
        ("\n农业 = 1\n", 2),
        ('"农业" = 1\n', 1),
    ],
)
def test_an_invalid_file_is_reported_with_its_line(tmp_path: Path, toml: str, line: int) -> None:
    path = tmp_path / "topics.toml"
    path.write_text(toml, encoding="utf-8")
    with pytest.raises(SettingsError) as error:
        Topics.load(path)
    assert error.value.message.startswith(f"{path}:{line}: ")
    assert "terms" in error.value.next_step


def test_nouns_of_the_user_dictionary_count_too(topics: Topics) -> None:
    long = "老师在学校里慢慢地讲，后来又在短视频里讲，" + "讲了又讲，一直讲到大家都愿意听为止，再也没有停下来过，" * 2
    whole = read(long)
    assert "短视频" in ANALYZER.nouns
    assert "短视频" in topics.of(whole, whole, ANALYZER.nouns)
    assert "短视频" not in topics.of(whole, whole)
    (annotated,) = annotate(topics, (turn(1, long),))
    assert "短视频" in annotated.topics


def test_no_file_means_no_topics_but_nouns(tmp_path: Path) -> None:
    none = Topics.load(tmp_path / "topics.toml")
    assert none.terms == {}
    assert of(none, "合作社种水稻，合作社收割水稻，" * 5) != ()


def test_the_fingerprint_is_that_of_the_content(tmp_path: Path) -> None:
    prints = set()
    for number, toml in enumerate((TOML, TOML, TOML.replace("收割", "插秧"))):
        path = tmp_path / f"{number}.toml"
        path.write_text(toml, encoding="utf-8")
        prints.add(Topics.load(path).fingerprint)
    assert len(prints) == 2


@pytest.mark.parametrize(
    ("question", "answer", "topic"),
    [
        ("与小米的合作是QQ空间新的流量变现方式吗?", "是QQ空间在社交营销方面的尝试,知名品牌使用社交网络。", "社交营销"),
        ("QQ空间的商业化状况如何?", "商业模式大体上是三种,即广告、增值服务和泛商务。", "商业化"),
        ("能说下目前的用户数据吗?", "月活跃用户数6.11亿。", "用户数据"),
        ("隱私怎麼保護？", "個資去識別化之後才開放。", "信息安全与隐私"),
    ],
)
def test_the_shipped_topics_fit_the_samples(question: str, answer: str, topic: str) -> None:
    assert topic in of(OURS, question, answer)


def test_learned_topics_belong_to_stretches(tmp_path: Path) -> None:
    path = tmp_path / "topics.toml"
    terms = {"防疫": "疫苗 接种 流感 医院", "电影": "导演 剧本 镜头 观众"}
    entries = (
        f'["{name}"]\nlearned = true\nweights = {{{", ".join(f"{word} = 1.2" for word in words.split())}}}\n'
        for name, words in terms.items()
    )
    path.write_text("".join(re.sub(r"(\w+) = 1.2", r'"\1" = 1.2', entry) for entry in entries), encoding="utf-8")
    said = [f"{word}怎么样" for words in terms.values() for word in words.split() * 3]
    interview = Interview(tuple(turn(number, text) for number, text in enumerate(said, start=1)))
    annotated = Topics.load(path).annotate(interview, read(*said), frozenset())
    assert [one.topics for one in annotated.turns] == [("防疫",)] * 12 + [("电影",)] * 12


def test_a_turn_has_the_parents_of_its_topics() -> None:
    topics = Topics.parse(Path("topics.toml"), '["商业/广告"]\nterms = ["投放"]\n'.encode())
    assert of(topics, "广告要投放") == ("商业/广告", "商业")
    given = replace(turn(1, "广告要投放"), topics=("生活/饮食", "商业"))
    assert annotate(topics, (given,))[0].topics == ("生活/饮食", "生活", "商业")


def test_a_dropped_topic_is_given_to_no_turn_and_one_learned_once_has_no_name_as_a_term() -> None:
    toml = '["农业"]\ndropped = true\nterms = ["水稻", "收割"]\n\n["水稻"]\nlearned = false\nterms = ["软件"]\n'
    topics = Topics.parse(Path("topics.toml"), toml.encode())
    assert [(one.topic, one.text) for several in topics.terms.values() for one in several] == [("水稻", "软件")]
    assert topics.are_learned


def test_comments_and_the_order_change_no_fingerprint() -> None:
    first, second = TOML.strip().split("\n\n")
    other = f"# two\n{second}\n\n{first}  # one\n"
    assert Topics.parse(Path("a"), other.encode()).fingerprint == Topics.parse(Path("b"), TOML.encode()).fingerprint


def test_what_a_small_archive_is_about_labels_no_third_of_it(tmp_path: Path) -> None:
    """Three interviews in which every exchange is about a park, and about something else."""
    other = ["滑梯", "长椅", "路灯", "池塘", "菊花", "围墙", "厕所", "停车场", "凉亭"]
    none = Topics.load(tmp_path / "topics.toml")
    labels: list[tuple[str, ...]] = []
    for start in range(0, 9, 3):
        said = [
            f"公园的{thing}怎么样？公园里的{thing}去年修过，今年公园又换了{thing}，公园的人都说{thing}好用，公园{thing}真不错，"
            f"来公园的老人天天看{thing}，公园的{thing}也拍了照。"
            for thing in other[start:] + other[:start]
        ]
        turns = tuple(turn(number, text, number) for number, text in enumerate(said, start=1))
        labels += (one.topics for one in annotate(none, turns))
    counts = {label: sum(label in one for one in labels) for one in labels for label in one}
    assert 0 < counts["公园"] < len(labels) / 3
    assert max(counts.values()) < len(labels) / 3
    assert all(labels)
