"""CHAT transcripts."""

import pytest

from indexer.enrich.enrich import attribute
from indexer.enrich.speakers import Speakers
from indexer.parser.parse import parse
from indexer.readers.script import Line
from tests.support.sources import fault, said, script

HEAD = """@UTF8
@Begin
@Languages:\tyue
@Participants:\tINV Ho_Ming Investigator, PAR Lam_Sau
\tParticipant
@ID:\tyue|Bin|INV|||||Investigator|||
@Date:\t12-MAR-2011
"""
TALK = HEAD + (
    "*INV:\t細 個 住 邊度 呀 ? \x150_2210\x15\n"
    "%mor:\tr|a b|c ?\n"
    "*PAR:\t住 喺 海 邊 ,\n\t有 木屋 . \x152210_4480\x15\n"
    "%eng:\tBy the sea.\n"
    "%act:\tpoints to the door\n"
    "@Comment:\tphone rings\n"
    "*PAR:\t好 熱鬧 .\n"
    "@End\n"
)


@pytest.mark.parametrize("suffix", [".cha", ".txt", ""])
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_only_the_main_tiers_are_speech(suffix: str, line_break: str) -> None:
    read = script(TALK.replace("\n", line_break), suffix)
    assert read.metadata == (("interviewer", "INV"), ("date", "2011-03-12"))
    assert read.lines == (
        Line(4, "@Participants: INV Ho_Ming Investigator, PAR Lam_Sau Participant", kind="annotation"),
        Line(8, "細個住邊度呀?", label="INV", start=0, end=2210),
        Line(9, "%mor: r|a b|c ?", kind="annotation"),
        Line(10, "住喺海邊, 有木屋.", label="PAR", start=2210, end=4480),
        Line(12, "By the sea.", kind="translation"),
        Line(13, "（points to the door）", label=""),
        Line(14, "（phone rings）", label=""),
        Line(15, "好熱鬧.", label="PAR"),
    )


def test_an_investigator_asks_whatever_he_says() -> None:
    talk = HEAD + "*PAR:\t你 記得 嗎 ?\n*INV:\t記得 .\n*PAR:\t那 就 好 .\n*INV:\t真 的 .\n"
    interview = attribute(parse(script(talk, ".cha")), Speakers())
    assert [(turn.speaker, str(turn.role)) for turn in interview.turns[:2]] == [
        ("PAR", "interviewee"),
        ("INV", "interviewer"),
    ]
    assert interview.title == ""


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("我 [/] 我 去 .", "我我去."),
        ("<我 要> [//] 我 去 咗 +...", "我要我去咗."),
        ("&-嗯 (.) 我 (1.5) 去 .", "嗯我去."),
        ('+" 我 去 +"/.', "我去."),
        ("我 去 +/.", "我去."),
        ("我 去 +//?", "我去?"),
        ("ni3 hao3 @s:zho ma@q ?", "ni3 hao3 @s:zho ma?"),
        ("go home , 我 唔 去 。", "go home, 我唔去。"),
        ("0det dog ran .", "det dog ran."),
        ("xxx .", "xxx."),
        ("我 去 . ·120_450·", "我去."),
        ("我 去 10_20 次 .", "我去 10_20 次."),
    ],
)
def test_the_codes_of_an_utterance_are_not_said(printed: str, text: str) -> None:
    assert said(f"@Begin\n*PAR:\t{printed}\n@End\n", ".cha")[0] == ("PAR", text)


@pytest.mark.parametrize(
    ("printed", "lines"),
    [
        ("我 去 [= 指住 門] .", [("PAR", "我去.", ""), (None, "[= 指住 門]", "annotation")]),
        ("&=laughs 我 去 [*] .", [("PAR", "我去.", ""), (None, "&=laughs", "annotation")]),
        ("0 [=! 喊] .", [(None, "0 [=! 喊] .", "annotation")]),
        ("0 .", [(None, "0 .", "annotation")]),
    ],
)
def test_codes_with_words_and_utterances_without_are_told(
    printed: str, lines: list[tuple[str | None, str, str]]
) -> None:
    found = script(f"@Begin\n*PAR:\t{printed}\n*PAR:\t好 .\n", ".cha").lines
    assert [(line.label, line.text, line.kind) for line in found[:-1]] == lines


def test_a_line_that_belongs_to_no_tier_is_told() -> None:
    assert said("@Begin\n*PAR:\t好 .\n*PAR no colon\n% odd\n", ".cha")[1:] == [(None, "*PAR no colon"), (None, "% odd")]


@pytest.mark.parametrize("date", ["12-FOO-2011", "2011-03-12", ""])
def test_a_date_in_another_form_is_none(date: str) -> None:
    assert script(f"@Begin\n@Date:\t{date}\n*PAR:\t好 .\n", ".cha").metadata == ()


@pytest.mark.parametrize("text", ["", "@UTF8\n@Begin\n@End\n", "@Begin\n*PAR:\t0 .\n", "问：好吗？\n答：好。\n"])
def test_a_file_in_which_nobody_speaks_says_so(text: str) -> None:
    assert fault(text, ".cha") == "no utterances: no line begins with *CODE:"
