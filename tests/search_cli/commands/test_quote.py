"""What `fangtan quote` is given: a file or words, in the formats transcripts come in. No archive is asked."""

import inspect
import io
import subprocess
import sys

import pytest

from indexer.errors import ReadingError, UsageError
from search_cli.commands import quote as command
from search_cli.quotations.extract import SHORTEST
from tests.support.word_files import of_paragraphs

SAID = "与小米的合作是QQ空间在社交营销方面的尝试"
ARTICLE = f"红米首发\n\n郑志昊表示：“{SAID}。”\n\n他说“红米”。\n"


def quoted(*arguments: str, shortest: int = SHORTEST, lines: bool = False) -> list[tuple[int, str]]:
    found, errors = command._extract(arguments, shortest, lines=lines)
    assert not errors
    return [(one.line, one.text) for one in found.quotations]


def test_words_need_no_quotes():
    assert quoted("与小米", "的合作") == [(0, "与小米 的合作")]


def test_an_article_as_text(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    assert quoted(str(path)) == [(3, f"{SAID}。")]
    assert quoted(str(path), shortest=2) == [(3, f"{SAID}。"), (5, "红米")]
    assert [number for number, _ in quoted(str(path), lines=True)] == [1, 3, 5]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_in_any_encoding(tmp_path, encoding):
    path = tmp_path / "article"
    path.write_bytes(ARTICLE.encode(encoding))
    assert quoted(str(path)) == [(3, f"{SAID}。")]


def test_an_article_as_a_web_page(tmp_path):
    path = tmp_path / "article.html"
    path.write_text(
        f"<html><head><title>红米</title></head><body><p>郑志昊表示：“<b>与小米</b>{SAID[3:]}。”</p></body></html>",
        encoding="utf-8",
    )
    assert [text for _, text in quoted(str(path))] == [f"{SAID}。"]


def test_an_article_as_a_word_document(tmp_path):
    path = tmp_path / "article.docx"
    path.write_bytes(of_paragraphs(f"郑志昊表示：“{SAID}。”"))
    assert [text for _, text in quoted(str(path))] == [f"{SAID}。"]


def test_an_article_of_markdown(tmp_path):
    path = tmp_path / "article.md"
    path.write_text(f"# 红米\n\n郑志昊表示：“**与小米**{SAID[3:]}。”\n", encoding="utf-8")
    assert [text for _, text in quoted(str(path))] == [f"{SAID}。"]


def test_the_turns_of_interviews_in_json_lines(tmp_path):
    path = tmp_path / "talk.jsonl"
    path.write_text(
        '{"turns": [{"speaker": "甲", "role": "other", "text": "他说：“与小米的合作是一种尝试”"}]}\n', encoding="utf-8"
    )
    assert [text for _, text in quoted(str(path))] == ["与小米的合作是一种尝试"]


def test_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{SAID}\n另一句话没有引号\n".encode())))
    assert quoted("-") == [(1, SAID), (2, "另一句话没有引号")]


def test_a_file_that_is_not_there_is_not_taken_for_words():
    with pytest.raises(ReadingError, match="it does not exist") as error:
        quoted("没有这个文件.docx")
    assert error.value.next_step == "To check these words: fangtan quote '“没有这个文件.docx”'"
    assert quoted("“没有这个文件.docx”") == [(0, "没有这个文件.docx")]
    assert quoted("我们用的是 node.js 和 a.txt") == [(0, "我们用的是 node.js 和 a.txt")]


@pytest.mark.parametrize("name", ["drafts/文章", "./draft", "我的 文章.docx", "article.bak", "a\\b.txt"])
def test_what_looks_like_a_path_is_a_file(name):
    with pytest.raises(ReadingError, match="it does not exist"):
        quoted(name)


@pytest.mark.parametrize("words", ["用1/3的人", "月活跃用户数6.11亿", "我們說：a/b 都可以。", "成長 0.5%", "好.不好"])
def test_what_is_no_path_is_words(words):
    assert quoted(words) == [(0, words)]


@pytest.mark.parametrize("text", ["", " "])
def test_an_empty_quotation(text):
    with pytest.raises(UsageError, match="it has no words to check") as error:
        quoted(text)
    assert error.value.next_step == "fangtan quote --help"


@pytest.mark.parametrize(
    ("text", "mark"), [("唐鳳說：「我不知道", "「 is not closed"), ("我不知道」", "」 is never opened")]
)
def test_a_typed_mark_without_its_counterpart(text, mark):
    with pytest.raises(UsageError, match=mark):
        quoted(text)


def test_a_mark_without_its_counterpart_in_a_file(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(f"{ARTICLE}\n唐鳳說：「我不知道\n", encoding="utf-8")
    found, (error,) = command._extract([str(path)], SHORTEST, lines=False)
    assert (len(found.quotations), error.line, error.reason) == (
        1,
        7,
        "「 is not closed: what it encloses is not checked",
    )
    path.write_text("前言\n\n唐鳳說：「我不知道\n", encoding="utf-8")
    with pytest.raises(ReadingError, match=r"article\.txt:3: 「 is not closed"):
        quoted(str(path))


def test_a_forced_encoding(tmp_path):
    path = tmp_path / "article.txt"
    path.write_bytes(f"“{SAID}”".encode("gb18030"))
    found, errors = command._extract([str(path)], SHORTEST, lines=False, encoding="gb18030")
    assert ([one.text for one in found.quotations], errors) == ([SAID], [])
    with pytest.raises(ReadingError, match="not utf-8 text") as error:
        command._extract([str(path)], SHORTEST, lines=False, encoding="utf-8")
    assert error.value.next_step == "To detect it: --encoding auto"


def test_words_too_long_for_a_file_name():
    assert quoted(SAID * 100) == [(0, SAID * 100)]
    assert quoted("小米\0合作") == [(0, "小米\0合作")]


def test_the_option_says_what_is_checked():
    assert inspect.signature(command.quote).parameters["shortest"].default == SHORTEST


def test_nothing_that_only_a_check_needs_is_read_for_the_help():
    names = ("rapidfuzz", "search_cli.models", "search_cli.quotations.check", "indexer.indexing.transcript")
    script = f"import sys, search_cli.commands.quote; print([name for name in {names} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60, check=True)
    assert done.stdout.strip() == b"[]"


def test_a_folder(tmp_path):
    with pytest.raises(ReadingError, match="a folder"):
        quoted(str(tmp_path))


def test_one_file_at_a_time(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    with pytest.raises(UsageError, match="Only one file"):
        quoted(str(path), str(path))


@pytest.mark.parametrize(
    ("text", "step"), [("一篇没有引文“红米”的文章", "Add --shortest 1."), ("……\n", "fangtan quote --help")]
)
def test_a_file_that_quotes_nothing(tmp_path, text, step):
    path = tmp_path / "article.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReadingError, match=r"it has no quotations?") as error:
        quoted(str(path))
    assert error.value.next_step == step


def test_a_file_that_cannot_be_read(tmp_path):
    path = tmp_path / "picture.docx"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    with pytest.raises(ReadingError, match="picture"):
        quoted(str(path))


@pytest.mark.usefixtures("chinese")
def test_what_is_wrong_is_told_in_chinese(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(f"“{SAID}”\n\n他说：“没有合上", encoding="utf-8")
    _, (error,) = command._extract([str(path)], SHORTEST, lines=False)
    assert error.reason == "“ 缺少与它成对的后引号，引号里的内容没有核对"
    assert error.next_step == "补上引号，或者用 --lines。"
    with pytest.raises(UsageError, match="引号 ” 缺少与它成对的前引号。"):
        command._extract(["没有打开”"], SHORTEST, lines=False)
    with pytest.raises(ReadingError, match="文件不存在") as missing:
        command._extract(["没有.docx"], SHORTEST, lines=False)
    assert missing.value.next_step == "要核对这几个字：fangtan quote '“没有.docx”'"
