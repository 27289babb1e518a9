"""Mails and saved pages."""

import pytest

from indexer.errors import ReadingError
from indexer.readers.script import Script
from tests.support.office_files import of_mail, of_saved_page
from tests.support.sources import fault, items, said, script

FROM = ("From: =?utf-8?B?5L2V6IuX?= <he@example.org>", "To: Desk <desk@example.org>")


def kinds(data: bytes) -> list[tuple[str, str]]:
    return [(line.text, line.kind) for line in script(data, ".eml").lines]


def test_subject_and_date_are_metadata() -> None:
    assert script(of_mail("问：好吗？", "回复: 渡口"), ".eml").metadata == (
        ("title", "回复: 渡口"),
        ("date", "2019-05-14"),
    )


@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "big5"])
def test_the_text_in_its_character_set(charset: str) -> None:
    assert said(of_mail("渡口", charset=charset), ".eml") == [(None, "渡口")]


def test_a_wrong_character_set_is_found_out() -> None:
    data = of_mail("我们今天来谈这个问题，渡口的灯几点关？", charset="gb18030").replace(b'"gb18030"', b'"utf-8"')
    assert said(data, ".eml") == [(None, "我们今天来谈这个问题，渡口的灯几点关？")]


def test_quoted_questions_with_labels_stay_and_the_signature_does_not() -> None:
    text = "> 问：几点关灯？\n\n答：十点。\n\n> 问：下雨呢？\n\n答：早一点。\n-- \n何苗\n渡口书屋\n"
    assert kinds(of_mail(text, more=FROM)) == [
        ("问：几点关灯？", "quote"),
        ("答：十点。", ""),
        ("问：下雨呢？", "quote"),
        ("答：早一点。", ""),
        ("-- ", "annotation"),
        ("何苗", "annotation"),
        ("渡口书屋", "annotation"),
    ]


def test_quoted_questions_without_labels_are_by_whom_the_mail_answers() -> None:
    text = "您好！\n> 几点关灯？\n十点。\n> 下雨呢？\n早一点。\n"
    assert said(of_mail(text, more=FROM), ".eml") == [
        (None, "您好！"), ("Desk", "几点关灯？"), ("何苗", "十点。"), ("Desk", "下雨呢？"), ("何苗", "早一点。"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "below",
    [
        "在 2019-05-13，Desk 写道：\n> 几点关灯？\n> 下雨呢？\n",
        "On Mon, May 13, 2019, Desk <desk@example.org> wrote:\n> 几点关灯？\n",
        "-----原始邮件-----\n发件人: Desk\n主题: 渡口\n几点关灯？\n",
        "发件人：Desk\n发送时间：2019年5月13日\n主题：渡口\n几点关灯？\n",
    ],
)
def test_a_mail_quoted_whole_below_the_answer_is_a_note(below: str) -> None:
    lines = kinds(of_mail(f"十点关灯。\n下雨天早一点。\n\n发自我的iPhone\n\n{below}"))
    assert [text for text, kind in lines if kind != "annotation"] == ["十点关灯。", "下雨天早一点。"]


def test_answers_between_quoted_lines_are_kept_below_the_line_that_quotes() -> None:
    text = "Desk 写道：\n> 问：几点关灯？\n十点。\n> 问：下雨呢？\n早一点。\n"
    assert [line for line, kind in kinds(of_mail(text)) if kind == "annotation"] == ["Desk 写道："]


MIXED = (
    'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n'
    "--b\nContent-Type: text/plain; charset=utf-8\n\n{}\n"
    '--b\nContent-Type: application/msword\nContent-Disposition: attachment; filename="a.doc"\n\nx\n--b--\n'
)


def test_attachments_are_told() -> None:
    (line, attached) = script(MIXED.format("问：好吗？"), ".eml").lines
    assert (line.text, attached.text, attached.kind) == ("问：好吗？", "附件：a.doc", "annotation")
    assert "a.doc" in fault(MIXED.format(""), ".eml")


def test_a_mail_with_a_page_only() -> None:
    data = "MIME-Version: 1.0\nSubject: a\nContent-Type: text/html; charset=utf-8\n\n<p>问：好吗？</p><p>答：好。</p>\n"
    assert said(data, ".eml") == [(None, "问：好吗？"), (None, "答：好。")]


@pytest.mark.parametrize("suffix", [".mhtml", ".mht", ".eml", ".txt", ""])
def test_a_saved_page_is_a_page(suffix: str) -> None:
    found = script(of_saved_page("<html><head><title>渡口</title></head><p>问：好吗？</p></html>"), suffix)
    assert [line.text for line in found.lines] == ["问：好吗？"]
    assert dict(found.metadata) == {"title": "渡口", "url": "https://a.example/1"}


@pytest.mark.parametrize(
    "data",
    [
        "",
        "Subject: a\n\n",
        "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        + "--b\nContent-Type: multipart/mixed; boundary=b\n\n" * 400,
        "MIME-Version: 1.0\nContent-Type: multipart/mixed\n\nx",
    ],
)
def test_what_is_no_mail_is_told_or_read(data: str) -> None:
    assert all(isinstance(one, Script | ReadingError) for one in items(data, ".eml"))
