"""Tables of speech on web pages."""

from indexer.readers.formats import html_page
from indexer.readers.script import Line


def lines(body: str) -> tuple[Line, ...]:
    return html_page.parse_page(f"<html><body>{body}</body></html>").lines


def row(*cells: str, tag: str = "td") -> str:
    return "<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in cells) + "</tr>"


def turns(*rows: str) -> list[tuple[str | None, str]]:
    return [(line.label, line.text) for line in lines(f"<p>记录</p><table>{''.join(rows)}</table><p>完</p>")]


def test_a_table_of_speech_becomes_turns() -> None:
    said = turns(
        row("发言人", "发言内容", tag="th"), row("何苗", "十点<br>关灯。"), row("小舟", "好。"), row("", "真好。")
    )
    assert said == [
        (None, "记录"), (None, "发言人"), (None, "发言内容"), ("何苗", "十点"), ("何苗", "关灯。"), ("小舟", "好。"),
        (None, "真好。"), (None, "完"),
    ]  # fmt: skip


def test_without_a_header_row_names_must_repeat_or_be_labels() -> None:
    assert ("何苗", "好。") in turns(row("小舟", "好吗？"), row("何苗", "好。"), row("小舟", "真的？"))
    assert ("答", "好。") in turns(row("问", "好吗？"), row("答", "好。"))
    assert turns(row("渡口", "三条船"), row("灯", "十点"))[1] == (None, "渡口")


def test_the_tables_of_a_layout_stay_paragraphs() -> None:
    inner = f"<table>{row('访谈时间', '2013年')}{row('地点', '渡口')}</table>"
    assert all(label is None for label, _ in turns(row(inner, "<p>问：好吗？</p><p>答：好。</p>")))
    question_and_answer = turns(row("问题", "回答", tag="th"), row("几点关灯？", "十点。"))
    assert question_and_answer[-3:-1] == [("问", "几点关灯？"), ("答", "十点。")]


def test_a_programme_is_no_speech() -> None:
    assert all(label is None for label, _ in turns(row("19:00", "何苗", "渡口的灯"), row("19:30", "小舟", "朗诵")))
