"""Single steps of editing topics.toml: what they change, what stays, and what learning finds again."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.enrich.topics import Topics
from indexer.errors import FangtanError, NotFoundError
from indexer.text.toml_statements import changed, with_changes
from indexer.topics import topic_edits
from indexer.topics.learn import LearnedTopic
from indexer.topics.topic_differences import Kind, differences
from indexer.topics.topic_edits import Edit
from indexer.topics.topics_file import compare, with_learned

MASKS = LearnedTopic("口罩、药师、排队", {"口罩": 1.9, "药师": 1.1, "排队": 0.9, "药局": 0.4}, 50)
FILMS = LearnedTopic("电影、导演、剧本", {"电影": 2.0, "导演": 1.1, "剧本": 1.0}, 40)
OWN = """\
# My topics
["农业"]  # fields
# machines
terms = [
  "拖拉机",  # the red one
  "水稻",
]
weights = {"收割机" = 2.0} # counts more

# trade
["商业/广告"]
terms = ["投放"]
"""
TEXT = with_learned(OWN, [MASKS, FILMS])


def after(text: str, edit: Edit) -> str:
    """The text after a step, which says what the step promises."""
    content = tomllib.loads(text)
    changes = edit(content)
    found = with_changes(text, changes)
    assert tomllib.loads(found) == changed(content, changes)
    Topics.parse(Path("topics.toml"), found.encode())
    return found


def terms(text: str) -> set[tuple[str, str, float]]:
    topics = Topics.parse(Path("topics.toml"), text.encode())
    return {(one.topic, one.text, one.weight) for several in topics.terms.values() for one in several}


def lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


def test_a_renamed_topic_keeps_every_other_line_and_is_found_again() -> None:
    found = after(TEXT, topic_edits.rename("口罩", "防疫"))
    assert lines(found) == [line.replace(MASKS.name, "防疫") for line in lines(TEXT)]
    diff = compare(found, [MASKS, FILMS])
    assert ({one.name for one in diff.kept}, diff.new, diff.gone) == ({"防疫", FILMS.name}, (), ())
    (shown,) = differences(TEXT, found)
    assert (shown.kind, shown.before, shown.name, shown.added) == (Kind.RENAMED, MASKS.name, "防疫", ())


def test_the_old_name_of_ones_own_topic_is_still_a_term() -> None:
    found = after(TEXT, topic_edits.rename("農業", "乡村/种田"))
    assert {("乡村/种田", "农业", 1.0), ("乡村/种田", "种田", 1.0), ("乡村/种田", "拖拉机", 1.0)} <= terms(found)
    assert '["乡村/种田"]  # fields\n# machines\n' in found


def test_a_parent_is_renamed_with_its_children_and_may_become_one() -> None:
    both = after(TEXT, topic_edits.add("商业/渠道", ["经销商"]))
    assert {"经济/广告", "经济/渠道"} <= tomllib.loads(after(both, topic_edits.rename("商业", "经济"))).keys()
    deeper = tomllib.loads(after(both, topic_edits.rename("商业", "商业/广告")))
    assert {"商业/广告/广告", "商业/广告/渠道"} <= deeper.keys()


def test_merged_topics_are_ones_own_and_neither_is_learned_again() -> None:
    found = after(TEXT, topic_edits.merge(["口罩", "电影"], "杂"))
    assert tomllib.loads(found)["杂"] == {"learned": False, "weights": {**MASKS.weights, **FILMS.weights}} | {
        "terms": ["剧本"],
        "weights": {term: weight for term, weight in {**MASKS.weights, **FILMS.weights}.items() if weight != 1},
    }
    diff = compare(found, [MASKS, FILMS])
    assert (diff.kept, diff.new, diff.gone) == ((), (), ())
    assert with_learned(found, diff.learned).startswith(OWN)
    assert Topics.parse(Path("topics.toml"), found.encode()).are_learned


def test_a_merged_topic_of_ones_own_keeps_the_names_as_terms() -> None:
    found = after(TEXT, topic_edits.merge(["商业", "农业"]))
    assert {term for topic, term, _ in terms(found) if topic == "商业"} == {
        *("商业", "广告", "投放", "农业", "拖拉机", "水稻", "收割机"),
    }
    assert "# machines" not in lines(found)[0]
    assert "# trade" in found


def test_a_dropped_topic_labels_nothing_and_is_not_learned_again() -> None:
    found = after(TEXT, topic_edits.drop(["电影"]))
    assert not [topic for topic, *_ in terms(found) if topic == FILMS.name]
    assert compare(found, [FILMS, MASKS]).learned == (MASKS,)
    with pytest.raises(FangtanError):
        after(found, topic_edits.drop(["电影"]))
    gone = after(TEXT, topic_edits.drop(["农业", "商业"]))
    assert tomllib.loads(gone).keys() == {MASKS.name, FILMS.name}
    assert "# trade" in gone


def test_a_split_topic_loses_what_the_other_gets_and_neither_is_learned_again() -> None:
    found = after(TEXT, topic_edits.split("口罩", ["藥師", "药局"], "药局"))
    content = tomllib.loads(found)
    assert content["药局"] == {"learned": False, "weights": {"药师": 1.1, "药局": 0.4}}
    assert content[MASKS.name] == {"learned": False, "weights": {"口罩": 1.9, "排队": 0.9}}
    assert list(content).index("药局") == list(content).index(MASKS.name) + 1
    assert compare(found, [MASKS, FILMS]).learned == (FILMS,)


def test_terms_are_added_to_a_topic_or_make_one() -> None:
    found = after(TEXT, topic_edits.add("农业", ["插秧", "水稻"], 2.0))
    assert {("农业", "插秧", 2.0), ("农业", "水稻", 2.0), ("农业", "拖拉机", 1.0)} <= terms(found)
    assert "# machines" in found
    new = after(found, topic_edits.add("商业/渠道", ["经销商"]))
    assert new.endswith('\n["商业/渠道"]\nterms = ["经销商"]\n')
    own = after(TEXT, topic_edits.add("口罩、药师、排队", ["消毒"]))
    assert tomllib.loads(own)[MASKS.name]["learned"] is False
    assert terms(after("", topic_edits.add("茶", ["龙井"]))) == {("茶", "茶", 1.0), ("茶", "龙井", 1.0)}


def test_a_part_of_a_word_is_only_suggested() -> None:
    with pytest.raises(NotFoundError, match="no topic 口") as error:
        topic_edits.drop(["口"])(tomllib.loads(TEXT))
    assert MASKS.name in error.value.near


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (topic_edits.rename("咖啡", "茶"), "no topic 咖啡"),
        (topic_edits.rename("农业", FILMS.name), "already"),
        (topic_edits.rename("农业", "农业"), "already"),
        (topic_edits.rename("农业", "商业//广告"), "not the name"),
        (topic_edits.rename("农业", "/广告"), "not the name"),
        (topic_edits.rename("、", "茶"), "no topic 、"),
        (topic_edits.merge(["农业", "農業"]), "with itself"),
        (topic_edits.merge(["农业", "口罩"], FILMS.name), "already"),
        (topic_edits.split("口罩", ["拖拉机"], "茶"), "no term 拖拉机"),
        (topic_edits.split("口罩", [*MASKS.weights], "茶"), "must keep"),
        (topic_edits.split("商业", ["投放"], "茶"), "only its children"),
        (topic_edits.add("农业", ["水稻"]), "already"),
        (topic_edits.add("茶", ["，"]), "not a term"),
    ],
)
def test_what_cannot_be_done_is_told(edit: Edit, told: str) -> None:
    with pytest.raises(FangtanError) as error:
        edit(tomllib.loads(TEXT))
    assert told in error.value.message
    assert error.value.next_step


def test_unusual_files_are_read_as_they_are() -> None:
    odd = 'x = {terms = ["茶"]}\r\n["农业"]\r\nterms = [\r\n"水稻"]\r\n[\'电影\'] # a\r\nweights = {"[导演" = 2.0}'
    found = after(odd, topic_edits.rename("电影", "片"))
    assert found.startswith(odd[: odd.index("['电影")])
    assert '["片"] # a\r\n' in found
    assert ("片", "[导演", 2.0) in terms(found)


STEPS: list[Callable[[str, str], Edit]] = [
    topic_edits.rename,
    lambda one, other: topic_edits.merge([one, other]),
    lambda one, other: topic_edits.merge([one, other], "甲/乙"),
    lambda one, _: topic_edits.drop([one]),
    lambda one, other: topic_edits.add(one, [f"{other}词"]),
    lambda one, other: topic_edits.split(one, ["投放", "口罩", "电影"], other),
]
NAMES = st.sampled_from(["农业", "商业", "商业/广告", "口罩", "电影", "甲", "甲/乙", "茶"])


@given(st.lists(st.tuples(st.sampled_from(STEPS), NAMES, NAMES), min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_steps_in_any_order_leave_a_valid_file_with_its_comments(
    steps: list[tuple[Callable[..., Edit], str, str]],
) -> None:
    text = TEXT
    for make, one, other in steps:
        try:
            text = after(text, make(one, other))
        except FangtanError:
            continue
    assert {"# My topics", "# trade"} <= set(lines(text))


@pytest.mark.usefixtures("chinese")
@pytest.mark.parametrize(
    ("edit", "message", "step"),
    [
        (
            topic_edits.rename("农业", "电影"),
            "已经有话题“电影”。",
            "把它们合并：fangtan topics merge 电影 农业",
        ),
        (topic_edits.split("农业", ["水稻", "没有"], "x"), "“农业”没有“没有”这个词。", "它的词：水稻 收割机"),
        (topic_edits.merge(["农业"]), "一个话题不能与自己合并。", "请给出两个以上；话题列表见 fangtan topics。"),
    ],
)
def test_what_cannot_be_done_is_told_in_chinese(edit: Edit, message: str, step: str) -> None:
    content: dict[str, dict[str, object]] = {
        "农业": {"terms": ["水稻"], "weights": {"收割机": 2.0}},
        "电影": {"terms": ["导演"]},
    }
    with pytest.raises(FangtanError) as refused:
        edit(content)
    assert (refused.value.message, refused.value.next_step) == (message, step)
