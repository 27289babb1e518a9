"""Transcripts in Chinese and another language."""

import pytest

from indexer.parser.parse import parse
from indexer.readers.bilingual import is_foreign
from tests.support.sources import said, script

PAIRS = (
    ("记者：几岁下田？", "How old were you then?"),
    ("罗水：七岁就跟着姐姐下去了。", "I was seven when I went out with my sister."),
    ("记者：怕吗？", "Were you afraid?"),
    ("罗水：不怕，怕的是下雨。", "No, what I feared was the rain."),
    ("记者：为什么？", "Why was that?"),
)
LABELS = ["记者", "罗水", "记者", "罗水", "记者"]


def check(text: str, suffix: str = ".txt") -> None:
    turns = parse(script(text, suffix)).turns
    assert [turn.label for turn in turns] == LABELS
    assert [(f"{turn.label}：{turn.text}", *turn.notes) for turn in turns] == list(PAIRS)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_a_paragraph_in_each_language_is_a_turn_and_its_translation(gap: str, suffix: str) -> None:
    check(gap.join(line for pair in PAIRS for line in pair), suffix)


def test_so_it_is_on_a_page() -> None:
    check("<html><body>" + "".join(f"<p>{line}</p>" for pair in PAIRS for line in pair) + "</body></html>", ".html")


@pytest.mark.parametrize(
    ("chinese", "foreign"), [("CN: ", "EN: "), ("中文：", "英文："), ("[ZH]: ", "[EN]: "), ("**中**：", "**英**：")]
)
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_marks_of_language_are_no_speakers(chinese: str, foreign: str, order: tuple[int, int]) -> None:
    marked = [(f"{chinese}{text}", f"{foreign}{translation}") for text, translation in PAIRS]
    check("\n\n".join(pair[place] for pair in marked for place in order), ".md")


@pytest.mark.parametrize(
    "lines",
    [
        [line for text, translation in PAIRS for line in (text, f"Reporter: {translation}")],  # labels of its own
        [line for text, translation in PAIRS[:3] for line in (text, translation)],  # too few
        ["唐：你好，请坐。", "Hal: Thank you, I am happy to be here.", "唐：几点了？", "Hal: Three. Or four."] * 3,
        ["问：好吗？", "Yes, and then we went on to talk about the sea, the rain, and all that followed." * 3] * 6,
        ["中：我们同意。", "英：我们不同意。"] * 4,  # two parties
        ["EN: 好的。", "CN: 不好。"] * 4,
        ["问：iPhone 6？", "答：卖了。", "OK", "问：好。", "答：好。"] * 3,
    ],
)
def test_other_texts_stay_what_they_are(lines: list[str]) -> None:
    assert [text for _, text in said("\n".join(lines))] == lines
    assert all(not line.kind for line in script("\n".join(lines)).lines)


def test_what_is_said_at_other_times_is_no_translation() -> None:
    cues = [line for pair in PAIRS for line in pair]
    srt = "".join(f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{line}\n\n" for n, line in enumerate(cues, 1))
    assert all(not line.kind for line in script(srt, ".srt").lines)


@pytest.mark.parametrize(
    ("text", "foreign"), [("Hello", True), ("Да", True), ("好 OK", False), ("12:30", False), ("A", False), ("", False)]
)
def test_a_line_of_words_without_han_is_in_another_language(text: str, foreign: bool) -> None:
    assert is_foreign(text) is foreign
