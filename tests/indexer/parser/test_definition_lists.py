"""Definition lists of web pages: conversations, fields, glossaries."""

from indexer.parser.parse import parse
from indexer.readers.formats import html_page

TALK = "<dt>记者</dt><dd>去哪里？</dd><dt>何苗</dt><dd>去码头。</dd>" * 2


def test_fields_are_no_turns_and_tell_the_date() -> None:
    fields = "<dl><dt>时间</dt><dd>2020年1月2日</dd><dt>地点</dt><dd>码头</dd></dl>"
    interview = parse(html_page.parse_page(f"<h1>谈船</h1>{fields}<dl>{TALK}</dl>"))
    assert [turn.speaker for turn in interview.turns] == ["记者", "何苗"] * 2
    assert str(interview.date) == "2020-01-02"


def test_a_glossary_is_text() -> None:
    terms = "<dt>舵</dt><dd>用来转弯。</dd><dt>锚</dt><dd>用来停船。</dd><dt>帆</dt><dd>用来走。</dd>"
    interview = parse(html_page.parse_page(f"<h1>船的词</h1><p>这里解释几个词。</p><dl>{terms}</dl>"))
    assert [turn.text for turn in interview.turns] == ["这里解释几个词。\n舵：用来转弯。\n锚：用来停船。\n帆：用来走。"]


def test_people_who_speak_once_are_no_glossary() -> None:
    said = "<dt>林深</dt><dd>留着。</dd><dt>何苗</dt><dd>不留。</dd><dt>舵手</dt><dd>都行。</dd>"
    assert len(parse(html_page.parse_page(f"<h1>大家谈船</h1><dl>{said}</dl>")).turns) == 3
