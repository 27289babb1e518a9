"""The pages of `fangtan speakers apply` and `suggest`."""

import pytest

from indexer.indexing.speaker_diff import MentionChange, SpeakerChange, SpeakerDiff
from search_cli.rendering.pages.merge_table import question, suggestion_lines
from search_cli.rendering.pages.speaker_changes import change_lines, done_lines
from search_cli.rendering.terminal.styles import StyledLine, plain_text
from search_cli.search.name_merges import Evidence, NameMerge, SpeakerSuggestions

CHANGES = (SpeakerChange("唐鳳召集人", "唐鳳", 3, 1), SpeakerChange("唐鳳", "唐鳳", 1, 1))
DIFF = SpeakerDiff(
    turns=4,
    of_turns=6_155,
    interviews=2,
    changes=CHANGES,
    renamed=3,
    mentions=1,
    mentioned=(MentionChange("唐鳳", 2, 1),),
)
MERGE = NameMerge("唐鳳召集人", "唐鳳", Evidence.TITLE, "召集人", 93, 1_200, 2)


def said(lines: list[StyledLine]) -> list[str]:
    return [plain_text(one).rstrip() for one in lines]


def test_turns_that_change_are_counted() -> None:
    lines = said(change_lines(DIFF, 80))
    assert lines[0] == " 4 of 6,155 turns, in 2 interviews, change speaker, affiliation or role:"
    assert " 1 turn changes whom they mention:" in lines
    assert said(done_lines(DIFF, 1.2)) == [
        " Applied: 4 turns of 2 interviews written, in 1.2 s. 1 turn changed whom they mention."
    ]


@pytest.mark.usefixtures("chinese")
def test_turns_that_change_in_chinese() -> None:
    assert said(change_lines(DIFF, 80)) == [
        " 6,155 轮发言中有 4 轮（在 2 篇访谈里）的说话人、任职或角色会改变：",
        " 现在        以后            发言  访谈",
        " 唐鳳召集人  唐鳳               3     1",
        " 唐鳳        任职或角色不同     1     1",
        " 1 轮发言提到的人会改变：",
        " 人物  增加发言  减少",
        " 唐鳳        +2    −1",
    ]
    assert said(done_lines(DIFF, 1.2)) == [" 已应用：写入 2 篇访谈的 4 轮发言，用时 1.2 秒。1 轮发言提到的人有变化。"]


def test_the_evidence_of_a_merge_is_asked_about() -> None:
    asked = " 唐鳳召集人 = 唐鳳? title: 召集人, 93 turns, both in 2 interviews (y/n/q)"
    assert question(MERGE) == asked


@pytest.mark.usefixtures("chinese")
def test_the_evidence_of_a_merge_in_chinese() -> None:
    assert question(MERGE) == " 唐鳳召集人 = 唐鳳？头衔：召集人，93 轮发言，同时出现在 2 篇访谈里（y/n/q）"
    assert said(suggestion_lines(SpeakerSuggestions((MERGE,)), 80)) == [
        " 姓名        说话人  依据          发言  说话人的发言  同现访谈",
        " 唐鳳召集人  唐鳳    头衔：召集人    93         1,200         2",
        "",
        " 接受：fangtan speakers suggest --accept 唐鳳召集人",
    ]
