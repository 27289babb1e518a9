"""Cues to lines: captions that roll, and narrators who quote."""

import pytest

from indexer.parser.parse import parse
from tests.support.sources import said, script

PARTS = ("各位好这次我们", "来到一座车站", "站台上的草", "比人还要高", "我们进去", "我们进去")


def vtt(cues: list[str]) -> str:
    times = (f"00:00:{n:02}.000 --> 00:00:{n + 1:02}.000 align:start" for n in range(len(cues)))
    return "WEBVTT\nKind: captions\n\n" + "".join(f"{time}\n{cue}\n\n" for time, cue in zip(times, cues, strict=True))


def srt(cues: list[str]) -> str:
    times = (f"{n + 1}\n00:00:{n:02},000 --> 00:00:{n + 1:02},000" for n in range(len(cues)))
    return "".join(f"{time}\n{cue}\n\n" for time, cue in zip(times, cues, strict=True))


def spaced(part: str) -> str:
    """Return a line with times between its words."""
    return part[0] + "".join(f"<00:00:01.{n}00><c>{sign}</c>" for n, sign in enumerate(part[1:]))


def rolling() -> list[str]:
    above, cues = " ", []
    for part in PARTS:
        cues += [f"{above}\n{spaced(part)}", f"{part}\n "]
        above = part
    return cues


def test_each_line_of_captions_that_roll_is_read_once_with_its_time() -> None:
    lines = script(vtt(rolling()), ".vtt").lines
    assert [line.text for line in lines] == list(PARTS[:-1]) + [PARTS[-1]] * (len(lines) - len(PARTS) + 1)
    assert [line.start for line in lines[:3]] == [0, 2000, 4000]
    assert "".join(turn.text for turn in parse(script(vtt(rolling()), ".vtt")).turns).startswith("".join(PARTS[:5]))


def test_captions_that_roll_over_three_lines_as_subrip() -> None:
    cues = ["\n".join(PARTS[max(n - 2, 0) : n + 1]) for n in range(5)]
    assert [text for _, text in said(srt(cues), ".srt")] == list(PARTS[:5])


def test_captions_that_grow_word_by_word_are_read_when_they_are_whole() -> None:
    cues = ["大家", "大家好", "大家好今天", "我们", "我们来到", "我们来到车站"]
    assert [text for _, text in said(vtt(cues), ".vtt")] == ["大家好今天", "我们来到车站"]


@pytest.mark.parametrize(
    "cues",
    [
        ["对。", "对。", "你来吗？", "来。", "好的。", "走吧。"],  # said twice
        ["走", "走吧", "来了", "好的", "那边", "这边"],
        ["- 走吗？\n- 走。", "- 走。\n- 好。", "到了。", "下车。", "等等。"],
        ["一。", "一。", "一。"],  # too few to tell
        ["对。"] * 8,
    ],
)
@pytest.mark.parametrize("form", [vtt, srt])
def test_what_is_said_twice_stays(cues: list[str], form: object) -> None:
    assert callable(form)
    lines = [text for _, text in said(form(cues), ".vtt" if form is vtt else ".srt")]
    assert lines == [line for cue in cues for line in cue.split("\n")]


def test_voices_never_roll() -> None:
    assert len(said(vtt(["<v 甲>对。</v>"] * 8), ".vtt")) == 8


@pytest.mark.parametrize("verb", ["说", "說", "问道", "问", "喊", "心想"])
def test_a_narrator_who_quotes_is_no_speaker(verb: str) -> None:
    cues = [
        "守桥的人叫Mara。",
        f"Mara{verb}：「走中间。」",
        "「为什么？」",
        f"Mara{verb}：“看水会晕。”",
        f"Mara{verb}：「走吧。」",
    ]
    assert [turn.label for turn in parse(script(srt(cues), ".srt")).turns] == [""]


def test_a_speaker_whose_name_ends_so_is_one_if_no_quote_follows() -> None:
    cues = ["阿道：走中间。", "何苗：为什么？", "阿道：看水会晕。", "何苗：好。"]
    assert [turn.label for turn in parse(script(srt(cues), ".srt")).turns] == ["阿道", "何苗"] * 2


TWO = (("几岁下田？", "How old?"), ("七岁，\n跟着姐姐。", "Seven,\nwith my sister."), ("怕吗？", "Afraid?"), ("OK", ""))


def shown(data: str, suffix: str) -> list[tuple[str, str, int | None]]:
    return [(line.text, line.kind, line.start) for line in script(data, suffix).lines]


WANTED = [
    ("几岁下田？", "", 0),
    ("How old?", "translation", 0),
    ("七岁，跟着姐姐。", "", 1000),
    ("Seven, with my sister.", "translation", 1000),
    ("怕吗？", "", 2000),
    ("Afraid?", "translation", 2000),
    ("OK", "", 3000),
]


@pytest.mark.parametrize("form", [vtt, srt])
@pytest.mark.parametrize("order", [1, -1])
def test_of_cues_in_two_languages_the_other_one_is_a_translation(form: object, order: int) -> None:
    assert callable(form)
    data = form(["\n".join(filter(None, pair[::order])) for pair in TWO])
    assert shown(data, ".vtt" if form is vtt else ".srt") == WANTED


def test_the_other_language_may_stand_in_cues_of_its_own_behind_all_of_one() -> None:
    head = (
        "[Script Info]\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
    )
    cues = [(n, text) for place in (0, 1) for n, pair in enumerate(TWO) if (text := pair[place].replace("\n", "\\N"))]
    lines = (f"Dialogue: 0,0:00:0{n}.00,0:00:0{n + 1}.00,Default,,0,0,0,,{text}" for n, text in cues)
    assert shown(head + "\n".join(lines), ".ass") == WANTED


def test_words_of_another_language_here_and_there_are_said() -> None:
    cues = ["我们用\nPython", "写了三年。", "很慢。", "后来用\nRust", "就快了。", "对。"]
    assert not any(kind for _, kind, _ in shown(srt(cues), ".srt"))
