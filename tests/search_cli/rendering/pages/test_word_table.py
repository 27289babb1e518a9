"""The screen of a word list."""

from dataclasses import replace

import pytest

from search_cli.kwic.keyness import KeyWord
from search_cli.kwic.words import WordList
from search_cli.rendering.pages.word_table import word_lines
from search_cli.rendering.terminal.styles import cells, plain_text
from tests.support.spoken import HOSTILE

WORDS = WordList(
    query="",
    sort="score",
    words=(
        KeyWord("公园", 1_204, 24.08, 9, 30, 0.31, 812.44, 6.31),
        KeyWord("凉亭", 5, 0.004, 1, 0, 0.0, 12.0, 5.2),
    ),
    found=40,
    turns=88,
    interviews=12,
    total=50_000,
    others=970_000,
    least=3,
    function_words=False,
    match="all",
)


def screen(found: WordList, width: int = 80, filters: tuple[str, ...] = (), hints: bool = True) -> list[str]:
    return [plain_text(line).rstrip() for line in word_lines(found, width, filters, hints)]


def test_keyness() -> None:
    assert screen(WORDS, filters=("--speaker 梁叙白",)) == [
        " words · 50,000 in 88 turns · 12 interviews · --speaker 梁叙白",
        "",
        " word  count  per 10,000  elsewhere  interviews  score  log ratio",
        " 公园  1,204        24.1        0.3           9  812.4       +6.3",
        " 凉亭      5       <0.01          ·           1   12.0      >+5.2",
        " Score: log-likelihood against the 970,000 words of the other turns; 15.13:",
        " chance 1 in 10,000",
        " Log ratio: +1 is twice as frequent here, +2 four times, -1 half as frequent",
        " 38 more words that occur 3 times or more: --limit 40",
        " Per 10,000 words, without function words (的, 是, 我们); with them:",
        " --function-words",
        " Read on: fangtan kwic 公园 --speaker 梁叙白",
    ]


def test_all_words_have_no_keyness() -> None:
    rows = screen(replace(WORDS, others=0), hints=False)
    assert rows[2] == " word  count  per 10,000  interviews"
    assert "Score" not in "".join(rows)


def test_the_next_step_keeps_the_query() -> None:
    assert (
        screen(replace(WORDS, query="小米 OR 华为"))[-1] == " Read on: fangtan kwic '(小米' OR '华为)' 公园 --match all"
    )


def test_nothing_found() -> None:
    assert screen(replace(WORDS, turns=0, words=(), query="小咪"))[0] == " No turn matches 小咪."
    assert screen(replace(WORDS, words=()))[-1] == " No word occurs 3 times or more; with fewer: --min 1"


def test_no_line_is_too_wide_and_nothing_unsafe_is_printed() -> None:
    hostile = replace(WORDS, query=HOSTILE, words=(replace(WORDS.words[0], word=HOSTILE),))
    for width in (24, 40, 80, 120):
        lines = word_lines(hostile, width, hints=False)
        assert max(map(cells, lines)) <= width
        assert "\x1b" not in "".join(map(plain_text, lines))


@pytest.mark.usefixtures("chinese")
def test_a_chinese_reader_is_told_what_is_estimated() -> None:
    sampled = screen(replace(WORDS, of_turns=90_000, is_estimate=True))
    assert sampled == [
        " 词 · 88/90,000 轮发言，共 50,000 个词 · 12 篇访谈",
        "",
        " 词     次数  每万词  其他发言  访谈   得分  对数比",
        " 公园  1,204    24.1       0.3     9  812.4    +6.3",
        " 凉亭      5   <0.01         ·     1   12.0   >+5.2",
        " 得分：与其他发言的约 970,000 个词相比的对数似然；15.13 表示偶然的可能为万分之一",
        " 对数比：+1 表示在这里的频率是两倍，+2 是四倍，-1 是一半",
        " 统计的是随机抽取的部分访谈，其他发言的数字是估计的；统计全部发言：--csv",
        " 另有 38 个词出现 3 次以上：--limit 40",
        " 频率按每万词计，不含虚词（的、是、我们）；要包括虚词：--function-words",
        " 接着读：fangtan kwic 公园",
    ]
    assert " 其他发言的次数是估计的：Elasticsearch 仍把已被替换的发言算在内" in screen(replace(WORDS, is_estimate=True))
    assert screen(replace(WORDS, words=()))[-1] == " 没有出现 3 次以上的词；次数更少的也列出：--min 1"
