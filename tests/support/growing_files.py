"""Files of any size that are made to cost time: runs of one sign, nests, many of everything, in every format."""

from collections.abc import Callable
from html import escape
from itertools import islice

from tests.support.epub_files import CONTAINER, MEMBERS, page
from tests.support.office_files import of_odf, of_rows
from tests.support.sources import packed
from tests.support.word_files import of_xml

Family = Callable[[int], bytes]

UNITS: dict[str, str] = {
    **{f"sign {sign}": sign for sign in "(（[【〖〔{<《「『“\"'’”』」》>}〕〗】］[）)：:;；,，.。、?？!！…—-~～=+*_#|丨｜/\\`^$%@&·・•◎●■"},
    "space": " ", "wide space": "\u3000", "tab": "\t", "no-break space": "\xa0", "line feed": "\n", "return": "\r",
    "zero width": "\u200b", "mark": "\ufeff", "accent": "\u0301", "letter": "a", "capital": "A", "Han": "甲",
    "digit": "1", "wide digit": "１", "hundred": "百", "myriad": "万", "one": "一", "half": "半", "emoji": "🀄",
    "asking": "问：", "label": "甲：", "labels": "甲：乙：丙：", "talk": "问：好。答：好。", "spaced": "甲： ", "latin label": "a: ",
    "capitals": "A B ", "bracket label": "【甲】", "square": "[甲]", "bold": "**甲：**", "open bold": "**甲", "strong": "<b>甲</b>",
    "number": "1. ", "decimal": "1.", "thousands": "1,", "time": "00:01 ", "time in brackets": "[00:01]", "range": "00:01-",
    "laughter": "（笑）", "note": "（甲", "cue": "00:00:01,000 --> 00:00:02,000 ", "year": "2013年", "date": "2013-01-01 ",
    "day": "1月2日", "address": "http://a", "domain": "www.a.b/", "mail": "a@b.c ", "source": "来源：", "editor": "编辑：甲 ",
    "author": "文/", "role": "主持人", "reporter": "记者 甲：", "called": "（以下简称甲）", "quoted": "“甲”：", "he said": "甲说：“",
    "title": "《甲》", "entity": "&amp;", "broken entity": "&a", "numeric": "&#1;", "template": "{{甲", "link": "[[甲", "wiki link": "[[甲]]",
    "closed link": "](", "image": "![", "markdown link": "[甲](a)", "footnote": "[^1]", "reference": "[1]", "tag": "<p>", "closed": "</p>",
    "open tag": "<a ", "comment": "<!--", "declaration": "<!", "table": "{|", "cells": "||", "conversion": "-{甲", "code": "```", "emphasis": "_甲_",
    "heading": "# 甲", "rule": "---", "dot": "·甲", "amount": "一百二十三", "percent": "百分之", "billion": "亿万", "spoken": "三点五",
    "name": "郑志昊", "surname": "欧阳", "attended": "出席：", "keywords": "关键词：", "also": "和", "words": "word ", "underline": "__", "escape": "\\*",
    "sentence": "一句话说完了。", "clause": "一句话，", "question": "好吗？", "editor's": "编者按：", "full": "全文完", "caption": "图为甲",
    "strokes": "————", "dots": "……", "ordinal": "（一）", "ideograph": "一、", "and": "甲和乙、", "sms": "&lt;", "cite": "<cite>", "fig": "<figcaption>",
}  # fmt: skip
"""What is repeated."""


def _repeated(unit: str, size: int, break_after: int, around: str) -> str:
    """Return a text of a unit; a line has `break_after` of them, 0 for all."""
    count = max(size // len(unit.encode()), 1)
    if not break_after:
        text = unit * count
    else:
        line = unit * break_after
        text = "\n".join([line] * max(count // break_after, 1))
    return around.format(text)


LAYOUTS = {
    "line": (0, "{}"),
    "lines": (1, "{}"),
    "paragraphs": (40, "{}"),
    "said": (0, "标题\n问：好吗？\n答：好。\n问：{}x\n答：好。\n"),
    "behind": (0, "问：好吗？\n答：好。\nx{}"),
    "many said": (1, "问：好吗？\n答：好。\n{}\n问：好吗？\n答：好。"),
}
"""How the unit is repeated: units on a line (0: all), and the text around."""


def _text(unit: str, layout: str) -> Family:
    return lambda size: _repeated(unit, size, *LAYOUTS[layout]).encode()


def _xml(before: str, unit: str, after: str) -> Family:
    """Return a family of mark-up: a unit again and again; `{}` in it is its number."""

    def make(size: int) -> bytes:
        count = max(size // len(unit.encode()), 1)
        body = "".join(unit.replace("{}", str(number)) for number in range(count)) if "{}" in unit else unit * count
        return f"{before}{body}{after}".encode()

    return make


def _wrapped(make: Callable[[str], bytes], unit: str, separator: str = "") -> Family:
    def of(size: int) -> bytes:
        count = max(size // len(unit.encode()), 1)
        return make(separator.join(unit.replace("{}", str(number)) for number in range(count)))

    return of


def _epub_of_one_page(size: int) -> bytes:
    spine = '<itemref idref="a"/>' * (size // 20)
    package = str(MEMBERS["OEBPS/book.opf"]).replace('<itemref idref="n"/>', spine)
    return packed({**MEMBERS, "OEBPS/book.opf": package, "OEBPS/text/one.xhtml": page(*["记者：好吗？"] * 100)})


def _epub_of_pages(size: int) -> bytes:
    count = size // 200
    manifest = "".join(f'<item id="i{n}" href="{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(count))
    spine = "".join(f'<itemref idref="i{n}"/>' for n in range(count))
    package = str(MEMBERS["OEBPS/book.opf"]).replace("<manifest>", f"<manifest>{manifest}")
    pages = {f"OEBPS/{n}.xhtml": page("<h1>章</h1>", "记者：好吗？") for n in range(count)}
    return packed({**MEMBERS, "OEBPS/book.opf": package.replace("<spine>", f"<spine>{spine}"), **pages})


_PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
_CELL = f"<w:tc>{_PARAGRAPH.format('甲')}</w:tc>"
_ODT_CELL = "<table:table-cell><text:p>甲</text:p></table:table-cell>"
_HTML = "<html><body>"
_RTF = r"{\rtf1\ansi "
_TIMED = "{}\n00:00:01,000 --> 00:00:02,000\n甲：好。\n\n"

FAMILIES: dict[str, Family] = {
    **{
        f"{name}, {layout}.txt": _text(unit, layout) for name, unit in UNITS.items() for layout in ("line", "lines", "said")
    },
    **{
        f"{name}, {layout}.{suffix}": _text(unit, layout)
        for suffix in ("md", "wiki", "html", "typ", "cha", "srt")
        for name, unit in UNITS.items()
        for layout in ("line",)
    },
    # plain text: many of everything
    "labels.txt": _xml("", "甲{}：好。\n", ""),
    "labels twice.txt": _xml("", "甲{}：好。\n甲{}：嗯。\n", ""),
    "names.txt": _xml("", "王{}：好吗？\n", ""),
    "labels in a line.txt": _xml("问：好吗？\n答：", "好。甲{}：好。", ""),
    "brackets.txt": _xml("", "【甲{}】好。\n", ""),
    "fields.txt": _xml("", "字段{}：值\n", "问：好吗？\n答：好。\n"),
    "times.txt": _xml("", "说话人{} 00:01\n好。\n", ""),
    "times above.txt": _xml("", "00:01 说话人{}\n好。\n", ""),
    "stamps.txt": _xml("", "[00:01] 好{}。\n", ""),
    "cues.txt": _xml("", "[00:01.000 --> 00:02.000] 好{}。\n", ""),
    "different lines.txt": _xml("", "第{}行\n", ""),
    "legend.txt": _xml("", "甲{}：王{}\n", "甲1：好。\n"),
    "legend in a line.txt": _xml("文中", "甲{}：王{}，", "\n甲1：好。\n"),
    "abbreviations.txt": _xml("", "王小{}（以下简称王{}）说。\n", "王1：好。\n"),
    "chat.txt": _xml("", "2020-01-02 10:00:00 甲{}\n好\n\n", ""),
    "chat of brackets.txt": _xml("", "[2020/1/2 10:00:00] 甲{}: 好\n", ""),
    "chat of tabs.txt": _xml("2020/1/2（四）\n", "10:00\t甲{}\t好\n", ""),
    "numbered.txt": _xml("", "{}. 问题\n", ""),
    "wrapped.txt": _xml("问：", "这一行有二十个字没有句号所以要和下一行合在\n", ""),
    "directions.txt": _xml("问：好？\n答：好。\n", "（甲\n乙\n", ""),
    "pages.txt": _xml("", "第{}页\n一句话说完了。\n", ""),
    "footer.txt": _xml("问：好？\n答：好。\n", "编辑：甲{}\n", ""),
    "links.txt": _xml("问：好？\n答：好。\n", "http://a.example/{}\n", ""),
    "biographies.txt": _xml("问：好？\n答：好。\n", "王{}：1985年生，现任馆长。\n", ""),
    "attended.txt": _xml("出席：", "王{}、", "\n主席：好。\n委员：好。\n"),
    "bilingual.txt": _xml("", "中：你好。\nEN: Hello there.\n", ""),
    "bilingual without marks.txt": _xml("", "你好，你来自哪里呢？\nWhere do you come from, my friend?\n", ""),
    "affiliations.txt": _xml("", "王小{}（公司{}）：好。\n", ""),
    "roles.txt": _xml("", "主持人王{}：好。\n", ""),
    "sidecar.txt": _xml("", "问：好？\n答：好。\n", ""),
    # mark-up
    "attributes.html": _xml("<html><body><p ", "a{}='1' ", ">好。</p></body></html>"),
    "same attribute.html": _xml("<html><body><p ", "a='1' ", ">好。</p></body></html>"),
    "attributes of tags.html": _xml(_HTML, "<p a='1' b='2' c='3' style='x'>好。</p>", ""),
    "long tag.html": _xml(_HTML + "<", "a", ""),
    "long tag.md": _xml("<", "a", ""),
    "closed otherwise.html": _xml(_HTML, "<b></i>好", ""),
    "spans closed otherwise.html": _xml(_HTML, "<span></b>好", ""),
    "texts in nested elements.html": _xml(_HTML + "<span>" * 4000, "<i>好</i>", ""),
    "lines in nested elements.html": _xml(_HTML + "<div>" * 4000, "<p>好</p>", ""),
    "huge attribute.html": _xml("<html><body><p style='", "font-weight :", "'>好。</p></body></html>"),
    "huge style.html": _xml("<html><body><p style='", " display", "'>好。</p></body></html>"),
    "huge class.html": _xml("<html><body><p class='", "- ", "'>好。</p></body></html>"),
    "title.html": _xml("<html><head><title>", "a - ", "</title></head><body><p>好。</p></body></html>"),
    "title of bars.html": _xml("<html><head><title>甲甲甲甲甲", "_a", "</title></head><body><p>好。</p></body></html>"),
    "metadata.html": _xml("<html><head>", "<meta name='author' content='甲{}'>", "</head><body><p>好。</p></body></html>"),
    "linked.html": _xml('<html><head><script type="application/ld+json">', "[", "</script></head><body>好。</body></html>"),
    "paragraphs.html": _xml(_HTML, "<p>甲：好。</p>", ""),
    "formatting.html": _xml(_HTML, "<b><p>好", ""),
    "formatting twice.html": _xml(_HTML, "<a><b><i><p>好", ""),
    "links.html": _xml(_HTML, "<a href=a>好", ""),
    "tables.html": _xml(_HTML, "<table><tr><td>", "好"),
    "cells.html": _xml(_HTML + "<table><tr>", "<td>好</td>", "</tr></table>"),
    "rows.html": _xml(_HTML + "<table>", "<tr><td>甲</td><td>好。</td></tr>", "</table>"),
    "rows of times.html": _xml(_HTML + "<table>", "<tr><td>00:0{}</td><td>甲</td><td>好。</td></tr>", "</table>"),
    "misplaced.html": _xml(_HTML + "<table>", "好<b>", "</table>"),
    "text in tables.html": _xml(_HTML + "<table>", "好<tr>", "</table>"),
    "lists.html": _xml(_HTML, "<ul><li>好", ""),
    "quotes.html": _xml(_HTML, "<blockquote>好", ""),
    "definitions.html": _xml(_HTML + "<dl>", "<dt>甲{}</dt><dd>好。</dd>", "</dl>"),
    "spans.html": _xml(_HTML + "<p>", "<span>好", ""),
    "breaks.html": _xml(_HTML + "<p>", "好<br>", ""),
    "centered.html": _xml(_HTML, "<img><center>甲", ""),
    "buttons.html": _xml(_HTML, "<button>好", ""),
    "forms.html": _xml(_HTML, "<form><p>好", ""),
    "select.html": _xml(_HTML, "<select><option>好", ""),
    "svg.html": _xml(_HTML, "<svg><p>好", ""),
    "templates.html": _xml(_HTML, "<template>好", ""),
    "comments.html": _xml(_HTML, "<!-- a -->好", ""),
    "closing.html": _xml(_HTML + "<p>好", "</a></b></i>", ""),
    "styles.html": _xml("<html><head>", "<style>a</style>", "</head><body><p>好。</p></body></html>"),
    "line breaks.html": _xml(_HTML + "<p>", "好\n \n", "</p>"),
    "spaces.html": _xml(_HTML + "<p>好", " \t\r\f", "\n</p>"),
    "paragraphs.md": _xml("", "<p>甲：好。</p>\n", ""),
    "columns.md": _xml("|", "甲|", "\n"),
    "columns of rows.md": lambda size: ("|" + "甲|" * 1000 + "\n|" + "-|" * 1000 + "\n").encode()
    + ("|" + "甲|" * 1000 + "\n").encode() * max(size // 4000, 1),
    "wide table.md": lambda size: "\n".join(f"|{sign * (size // 12)}" for sign in ("甲|", "-|", "乙|")).encode(),
    "rows.md": _xml("|甲|乙|\n|-|-|\n", "|甲|好{}。|\n", ""),
    "front matter.md": _xml("---\n", "author: 甲{}\n", "---\n问：好？\n答：好。\n"),
    "list in front matter.md": _xml("---\nauthor: [", "甲{},", "]\n---\n问：好？\n答：好。\n"),
    "quotes.md": _xml("", "> ", "好"),
    "quotes of lines.md": _xml("", "> 好{}\n", ""),
    "bold.md": _xml("", "**甲{}：**好。\n", ""),
    "items.md": _xml("", "- 甲{}\n", ""),
    "headings.md": _xml("", "# 甲{}\n好。\n", ""),
    "images.md": _xml("", "![甲](a{}.png)\n*乙*\n", ""),
    "fences.md": _xml("", "```\n甲{}\n", ""),
    "captions.md": _xml("", "[甲](a)<figcaption>乙\n", ""),
    "paragraphs.xml": _xml("<akomaNtoso><debate><debateBody>", "<speech by='#a{}'><from>甲{}：</from><p>好。</p></speech>", "</debateBody></debate></akomaNtoso>"),
    "attributes.xml": _xml("<akomaNtoso><p ", "a{}='1' ", ">好。</p></akomaNtoso>"),
    "namespaces.xml": _xml("<akomaNtoso><p ", "xmlns:a{}='b{}' ", ">好。</p></akomaNtoso>"),
    "nested namespaces.xml": lambda size: ("<akomaNtoso>" + "".join(f"<p xmlns:a{n}='b'>好" for n in range(200)) + "</p>" * 200).encode() * 1 + b"</akomaNtoso>",
    "people.xml": _xml("<akomaNtoso><meta>", "<TLCPerson eId='a{}' showAs='甲{}'/>", "</meta><p>好。</p></akomaNtoso>"),
    "comments.xml": _xml("<akomaNtoso><p>", "好<!-- a -->", "</p></akomaNtoso>"),
    "entities.xml": _xml("<akomaNtoso><p>", "&#22909;", "</p></akomaNtoso>"),
    # documents
    "paragraphs.docx": _wrapped(lambda body: of_xml(body), _PARAGRAPH.replace("{}", "甲{}：好。")),
    "runs.docx": _wrapped(lambda body: of_xml(f"<w:p>{body}</w:p>"), "<w:r><w:t>好</w:t></w:r>"),
    "breaks.docx": _wrapped(lambda body: of_xml(f"<w:p><w:r>{body}</w:r></w:p>"), "<w:t>好</w:t><w:br/>"),
    "cells.docx": _wrapped(lambda body: of_xml(f"<w:tbl><w:tr>{body}</w:tr></w:tbl>"), _CELL),
    "rows.docx": _wrapped(lambda body: of_xml(f"<w:tbl>{body}</w:tbl>"), f"<w:tr>{_CELL}{_CELL}</w:tr>"),
    "tables.docx": _wrapped(of_xml, f"<w:tbl><w:tr>{_CELL}{_CELL}</w:tr></w:tbl>"),
    "text.docx": _wrapped(lambda body: of_xml(_PARAGRAPH.replace("{}", body)), "甲：好。"),
    "paragraphs.odt": _wrapped(of_odf, "<text:p>甲{}：好。</text:p>"),
    "spans.odt": _wrapped(lambda body: of_odf(f"<text:p>{body}</text:p>"), '<text:span text:style-name="B">好</text:span>'),
    "spaces.odt": _wrapped(lambda body: of_odf(f"<text:p>{body}</text:p>"), "<text:s text:c='99'/>好"),
    "notes.odt": _wrapped(of_odf, "<text:p>甲<text:note><text:note-body><text:p>乙</text:p></text:note-body></text:note></text:p>"),
    "boxes.odt": _wrapped(of_odf, "<text:p>x<draw:frame><draw:text-box><text:p>好</text:p></draw:text-box></draw:frame></text:p>"),
    "cells.odt": _wrapped(lambda body: of_odf(f"<table:table><table:table-row>{body}</table:table-row></table:table>"), _ODT_CELL),
    "rows.odt": _wrapped(lambda body: of_odf(f"<table:table>{body}</table:table>"), f"<table:table-row>{_ODT_CELL}{_ODT_CELL}</table:table-row>"),
    "lists.odt": _wrapped(of_odf, "<text:list><text:list-item><text:p>好</text:p></text:list-item></text:list>"),
    "attributes.fodt": _xml("<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'><office:body ", "a{}='1' ", "/></office:document>"),
    "rows.xlsx": lambda size: of_rows([["speaker", "text"], *([f"甲{n}", "好。"] for n in range(size // 200))]),
    "columns.xlsx": lambda size: of_rows([["speaker", "text", *range(min(size // 100, 16000))], ["甲", "好。"]]),
    "sheets.xlsx": lambda size: of_rows(*[[["speaker", "text"], ["甲", "好。"]]] * min(size // 4000, 1000)),
    "groups.rtf": _xml(_RTF, r"{\b a}", "}"),
    "nested groups.rtf": _xml(_RTF, "{", "a"),
    "words.rtf": _xml(_RTF, r"\b a", "}"),
    "paragraphs.rtf": _xml(_RTF, r"a\par ", "}"),
    "bytes.rtf": _xml(_RTF + r"\ansicpg936 ", r"\'bc\'d7", "}"),
    "numbers.rtf": _xml(_RTF, r"\u22909?", "}"),
    "cells.rtf": _xml(_RTF + r"\trowd ", r"a\cell ", r"\row}"),
    "rows.rtf": _xml(_RTF, r"\trowd a\cell b\cell\row ", "}"),
    "text.rtf": _xml(_RTF, "a: b. ", "}"),
    "binary.rtf": _xml(_RTF, r"\bin1 a", "}"),
    "fonts.rtf": _xml(_RTF + r"{\fonttbl", r"{\f{}\fcharset134 S;}", r"}\f1 a\par}"),
    "fields.rtf": _xml(_RTF, r"{\field{\*\fldinst a}{\fldrslt b}}", "}"),
    "spine.epub": _epub_of_one_page,
    "pages.epub": _epub_of_pages,
    "members.zip": lambda size: packed({f"{n}.txt": "问：好？\n答：好。" for n in range(size // 200)}),
    "same names.zip": lambda size: packed({f"a/{n}/甲.txt": "问：好？\n答：好。" for n in range(size // 200)}),
    "headers.eml": _xml("", "X-A{}: b\n", "Subject: a\n\n问：好？\n答：好。\n"),
    "subject.eml": _xml("Subject: ", "=?utf-8?b?5aW9?= ", "\n\n问：好？\n答：好。\n"),
    "quotes.eml": _xml("Subject: a\nFrom: 甲 <a@b.c>\n\n", "> 好吗？\n好。\n", ""),
    "quoted marks.eml": _xml("Subject: a\n\n", ">", " 好。\n"),
    "attributions.eml": _xml("Subject: a\n\n", "甲写道：\n> 好\n好\n", ""),
    "header lines.eml": _xml("Subject: a\n\n", "发件人：甲\n", ""),
    "header lines above.eml": _xml("Subject: a\n\n> 好\n好\n", "发件人：甲\n", "> 好\n好\n"),
    "folded.eml": _xml("Subject: a\n", " b\n", "\n问：好？\n"),
    "parameters.eml": _xml("Subject: a\nContent-Type: text/plain", "; a{}=b", "\n\n问：好？\n"),
    "addresses.eml": _xml("Subject: a\nFrom: ", '"(<', "\n\n问：好？\n"),
    # speech recognition, subtitles, tiers
    "cues.srt": _xml("", _TIMED, ""),
    "rolling.srt": _xml("", "{}\n00:00:01,000 --> 00:00:02,000\n好{}\n好{}\n\n", ""),
    "lines of a cue.srt": _xml("1\n00:00:01,000 --> 00:00:02,000\n", "甲：好{}。\n", ""),
    "rolling the same.srt": _xml("", "1\n00:00:01,000 --> 00:00:02,000\n好\n好\n\n", ""),
    "longer cues.srt": lambda size: "".join(
        f"{n}\n00:00:01,000 --> 00:00:02,000\n{'好' * n}\n\n" for n in range(int((size / 1.5) ** 0.5))
    ).encode(),
    "cues.vtt": _xml("WEBVTT\n\n", "00:00:01.000 --> 00:00:02.000\n<v 甲{}>好。\n\n", ""),
    "tags.vtt": _xml("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n", "<c.a>好", "\n"),
    "open tags.vtt": _xml("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n", "<v 甲", "\n"),
    "notes.vtt": _xml("WEBVTT\n\n", "NOTE a\n\n", "00:00:01.000 --> 00:00:02.000\n好\n"),
    "settings.vtt": _xml("WEBVTT\n\n00:00:01.000 --> 00:00:02.000 ", "a:b ", "\n好\n"),
    "cues.ass": _xml("[Events]\nFormat: Start, End, Name, Text\n", "Dialogue: 0:00:01.00,0:00:02.00,甲{},好。\n", ""),
    "overrides.ass": _xml("[Events]\nFormat: Start, End, Name, Text\nDialogue: 0:00:01.00,0:00:02.00,甲,", r"{\b1}好", "\n"),
    "open overrides.ass": _xml("[Events]\nFormat: Start, End, Name, Text\nDialogue: 0:00:01.00,0:00:02.00,甲,", "{", "\n"),
    "columns.ass": _xml("[Events]\nFormat: Start, End, Name, ", "A, ", "Text\nDialogue: 0:00:01.00,0:00:02.00,甲,好\n"),
    "cues.sbv": _xml("", "0:00:01.000,0:00:02.000\n甲：好。\n\n", ""),
    "segments.json": _xml('{"segments": [', '{"start": {}, "end": {}, "text": "好。", "speaker": "甲{}"},', '{"text": "好"}]}'),
    "words.json": _xml('{"segments": [{"text": "好", "words": [', '{"word": "好", "start": 1, "end": 2, "speaker": "甲{}"},', '{"word": "好"}]}]}'),
    "word segments.json": _xml('{"words": [', '{"word": "好", "start": {}, "end": {}, "speaker": "甲"},', '{"word": "好", "start": 1}]}'),
    "nested.json": _xml("", '{"data":', "1"),
    "keys.json": _xml('{"text": "好"', ', "a{}": 1', "}"),
    "lists.json": _xml("[", '[{"text": "好"}],', "[]]"),
    "strings.json": _xml('["', "好", '"]'),
    "encoded.json": _xml('{"data": "', '\\"', '"}'),
    "messages.json": _xml('{"messages": [', '{"senderName": "甲{}", "content": "好", "createTime": 1600000000},', '{"senderName": "甲", "content": "好", "createTime": 1600000000}]}'),
    "telegram.json": _xml('{"name": "群", "type": "private_group", "messages": [', '{"id": {}, "type": "message", "date": "2020-01-02T10:00:00", "from": "甲{}", "text": "好"},', '{"id": 1, "type": "message", "date": "2020-01-02T10:00:00", "from": "甲", "text": "好"}]}'),
    "paraformer.json": _xml('{"transcripts": [', '{"channel_id": {}, "sentences": [{"begin_time": 1, "end_time": 2, "text": "好"}]},', '{"channel_id": 0, "sentences": []}]}'),
    "lines.jsonl": _xml("", '{"speaker": "甲{}", "text": "好。"}\n', ""),
    "interviews.jsonl": _xml("", '{"turns": [{"speaker": "甲", "text": "好。"}]}\n', ""),
    "articles.jsonl": _xml("", '{"title": "专访{}", "content": "问：好？\\n答：好。"}\n', ""),
    "bad lines.jsonl": _xml("", "{\n", ""),
    "columns.csv": _xml("speaker,text", ",c{}", "\n甲,好。\n"),
    "wide rows.csv": _xml("speaker,text\n甲,好。", ",好", "\n"),
    "rows.csv": _xml("speaker,text\n", "甲{},好。\n", ""),
    "rows with dates.csv": _xml("speaker,time,text\n", "甲{},2020-01-02 10:00:00,好。\n", ""),
    "quoted.csv": _xml('speaker,text\n甲,"', '""', '"\n'),
    "open quote.csv": _xml('speaker,text\n甲,"', "好。\n", ""),
    "lines of a cell.csv": _xml('speaker,text\n甲,"', "好{}。\n", '"\n'),
    "questions.csv": _xml("问题,回答\n", "好{}？,好。\n", ""),
    "tabs.tsv": _xml("speaker\ttext\n", "甲{}\t好。\n", ""),
    "intervals.textgrid": _xml(
        'File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0\nxmax = 9\ntiers? <exists>\nsize = 1\nitem []:\n'
        'item [1]:\nclass = "IntervalTier"\nname = "甲"\nxmin = 0\nxmax = 9\nintervals: size = 9\n',
        'intervals [{}]:\nxmin = {}\nxmax = {}\ntext = "好"\n', "",
    ),
    "quotes.textgrid": _xml('File type = "ooTextFile"\nObject class = "TextGrid"\n\n', '"', ""),
    "tiers.textgrid": _xml(
        'File type = "ooTextFile"\nObject class = "TextGrid"\n\n0\n9\n<exists>\n99999\n',
        '"IntervalTier"\n"甲{}"\n0\n9\n1\n0\n9\n"好"\n', "",
    ),
    "annotations.eaf": _xml(
        "<ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID='s' TIME_VALUE='1'/></TIME_ORDER><TIER TIER_ID='甲'>",
        "<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID='a{}' TIME_SLOT_REF1='s' TIME_SLOT_REF2='s'>"
        "<ANNOTATION_VALUE>好</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>", "</TIER></ANNOTATION_DOCUMENT>",
    ),
    "chain.eaf": _xml(
        "<ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID='s' TIME_VALUE='1'/></TIME_ORDER>",
        "<TIER TIER_ID='t{}' PARENT_REF='t0'><ANNOTATION><REF_ANNOTATION ANNOTATION_ID='a{}' ANNOTATION_REF='a0'>"
        "<ANNOTATION_VALUE>好</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION></TIER>", "</ANNOTATION_DOCUMENT>",
    ),
    "tiers.eaf": _xml(
        "<ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID='s' TIME_VALUE='1'/></TIME_ORDER>",
        "<TIER TIER_ID='t{}'><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID='a{}' TIME_SLOT_REF1='s' TIME_SLOT_REF2='s'>"
        "<ANNOTATION_VALUE>好</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>", "</ANNOTATION_DOCUMENT>",
    ),
    "events.exb": _xml(
        "<basic-transcription><head><speakertable/></head><basic-body><common-timeline><tli id='T0' time='0'/><tli id='T1' time='1'/></common-timeline>"
        "<tier id='a' speaker='S' type='t'>", "<event start='T0' end='T1'>好</event>", "</tier></basic-body></basic-transcription>",
    ),
    "tiers.exb": _xml(
        "<basic-transcription><head><speakertable/></head><basic-body><common-timeline><tli id='T0' time='0'/><tli id='T1' time='1'/></common-timeline>",
        "<tier id='a{}' speaker='S{}' type='t'><event start='T0' end='T1'>好</event></tier>", "</basic-body></basic-transcription>",
    ),
    "timeline.exb": _xml(
        "<basic-transcription><head><speakertable/></head><basic-body><common-timeline>", "<tli id='T{}'/>",
        "</common-timeline><tier id='a' speaker='S' type='t'><event start='T0' end='T1'>好</event></tier></basic-body></basic-transcription>",
    ),
    "turns.trs": _xml("<Trans><Speakers/><Episode><Section>", "<Turn speaker='a{}' startTime='0'><Sync time='0'/>好。</Turn>", "</Section></Episode></Trans>"),
    "syncs.trs": _xml("<Trans><Speakers/><Episode><Section><Turn speaker='a b'>", "<Sync time='{}'/><Who nb='1'/>好。", "</Turn></Section></Episode></Trans>"),
    "utterances.cha": _xml("@UTF8\n@Begin\n", "*INV:\t好 吗 ?\n%mor:\ta|b\n", "@End\n"),
    "speakers.cha": _xml("@UTF8\n@Begin\n", "*A{}:\t好 吗 ?\n", "@End\n"),
    "codes.cha": _xml("@UTF8\n@Begin\n*INV:\t", "<好> [/] ", ".\n@End\n"),
    "open codes.cha": _xml("@UTF8\n@Begin\n*INV:\t", "<好 ", ".\n@End\n"),
    "open brackets.cha": _xml("@UTF8\n@Begin\n*INV:\t", "[= ", ".\n@End\n"),
    "pauses.cha": _xml("@UTF8\n@Begin\n*INV:\t", "(", ".\n@End\n"),
    "tabs.cha": _xml("@UTF8\n@Begin\n*INV:\t好\n", "\t好\n", "@End\n"),
    "utterances.tei": _xml("<TEI><text><body>", "<u who='#a{}'>好<pause/>。</u>", "</body></text></TEI>"),
    "whens.tei": _xml("<TEI><text><timeline>", "<when xml:id='a{}' interval='1' since='#a0'/>", "</timeline><u start='#a1'>好</u></text></TEI>"),
    "chain of whens.tei": lambda size: (
        "<TEI><text><timeline><when xml:id='a0' absolute='00:00:00'/>"
        + "".join(f"<when xml:id='a{n}' interval='1' since='#a{n - 1}'/>" for n in range(1, size // 50))
        + "</timeline>" + "".join(f"<u start='#a{n}'>好</u>" for n in range(0, size // 50)) + "</text></TEI>"
    ).encode(),
    "people.tei": _xml("<TEI><teiHeader><profileDesc><particDesc>", "<person xml:id='a{}'><persName>甲{}</persName></person>", "</particDesc></profileDesc></teiHeader><text><u who='#a1'>好</u></text></TEI>"),
    "cues.ttml": _xml("<tt xmlns='http://www.w3.org/ns/ttml'><body><div>", "<p begin='{}s' dur='1s'>好</p>", "</div></body></tt>"),
    "spans.ttml": _xml("<tt xmlns='http://www.w3.org/ns/ttml'><body><div><p begin='1s'>", "<span begin='{}s'>好</span>", "</p></div></body></tt>"),
    "agents.ttml": _xml("<tt xmlns='http://www.w3.org/ns/ttml' xmlns:ttm='http://www.w3.org/ns/ttml#metadata'><head>", "<ttm:agent xml:id='a{}'><ttm:name>甲{}</ttm:name></ttm:agent>", "</head><body><div><p begin='1s' ttm:agent='a1'>好</p></div></body></tt>"),
    "sequence.ttml": _xml("<tt xmlns='http://www.w3.org/ns/ttml'><body timeContainer='seq'>", "<div timeContainer='seq'><p dur='1s'>好</p></div>", "</body></tt>"),
    "lines.lrc": _xml("[ti:甲]\n", "[00:01.00]好{}。\n", ""),
    "times of a line.lrc": _xml("[ti:甲]\n", "[00:01.00]", "好。\n"),
    "times of words.lrc": _xml("[ti:甲]\n[00:01.00]", "<00:01.00>好", "\n"),
    "functions.typ": _xml("= 甲\n", "#strong[甲：]好。\n", ""),
    "nested.typ": _xml("= 甲\n", "#box[", "好"),
    "blocks.typ": _xml("= 甲\n", "#figure(caption: [", "好"),
    "strings.typ": _xml('= 甲\n#let a = "', '\\"', ""),
}  # fmt: skip
"""The files by name; the suffix of the name is that of the file."""
