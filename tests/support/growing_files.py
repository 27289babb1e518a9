"""Files of any size that are made to cost time, in every format: nests, and many of everything."""

from collections.abc import Callable

from tests.support import growing_text
from tests.support.epub_files import MEMBERS, page
from tests.support.growing_text import Family, many
from tests.support.office_files import of_odf, of_rows
from tests.support.sources import packed
from tests.support.word_files import of_xml


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
_EXB = (
    "<basic-transcription><head><speakertable/></head><basic-body><common-timeline><tli id='T0' time='0'/>"
    "<tli id='T1' time='1'/></common-timeline>"
)
_HTML = "<html><body>"
_RTF = r"{\rtf1\ansi "
_TIMED = "{}\n00:00:01,000 --> 00:00:02,000\n甲：好。\n\n"

FAMILIES: dict[str, Family] = {
    **growing_text.FAMILIES,
    # mark-up
    "attributes.html": many("<html><body><p ", "a{}='1' ", ">好。</p></body></html>"),
    "same attribute.html": many("<html><body><p ", "a='1' ", ">好。</p></body></html>"),
    "attributes of tags.html": many(_HTML, "<p a='1' b='2' c='3' style='x'>好。</p>", ""),
    "long tag.html": many(_HTML + "<", "a", ""),
    "long tag.md": many("<", "a", ""),
    "closed otherwise.html": many(_HTML, "<b></i>好", ""),
    "spans closed otherwise.html": many(_HTML, "<span></b>好", ""),
    "texts in nested elements.html": many(_HTML + "<span>" * 4000, "<i>好</i>", ""),
    "lines in nested elements.html": many(_HTML + "<div>" * 4000, "<p>好</p>", ""),
    "huge attribute.html": many("<html><body><p style='", "font-weight :", "'>好。</p></body></html>"),
    "huge style.html": many("<html><body><p style='", " display", "'>好。</p></body></html>"),
    "huge class.html": many("<html><body><p class='", "- ", "'>好。</p></body></html>"),
    "title.html": many("<html><head><title>", "a - ", "</title></head><body><p>好。</p></body></html>"),
    "title of bars.html": many("<html><head><title>甲甲甲甲甲", "_a", "</title></head><body><p>好。</p></body></html>"),
    "metadata.html": many(
        "<html><head>", "<meta name='author' content='甲{}'>", "</head><body><p>好。</p></body></html>"
    ),
    "linked.html": many(
        '<html><head><script type="application/ld+json">', "[", "</script></head><body>好。</body></html>"
    ),
    "paragraphs.html": many(_HTML, "<p>甲：好。</p>", ""),
    "formatting.html": many(_HTML, "<b><p>好", ""),
    "formatting twice.html": many(_HTML, "<a><b><i><p>好", ""),
    "links.html": many(_HTML, "<a href=a>好", ""),
    "tables.html": many(_HTML, "<table><tr><td>", "好"),
    "cells.html": many(_HTML + "<table><tr>", "<td>好</td>", "</tr></table>"),
    "rows.html": many(_HTML + "<table>", "<tr><td>甲</td><td>好。</td></tr>", "</table>"),
    "rows of times.html": many(_HTML + "<table>", "<tr><td>00:0{}</td><td>甲</td><td>好。</td></tr>", "</table>"),
    "misplaced.html": many(_HTML + "<table>", "好<b>", "</table>"),
    "text in tables.html": many(_HTML + "<table>", "好<tr>", "</table>"),
    "lists.html": many(_HTML, "<ul><li>好", ""),
    "quotes.html": many(_HTML, "<blockquote>好", ""),
    "definitions.html": many(_HTML + "<dl>", "<dt>甲{}</dt><dd>好。</dd>", "</dl>"),
    "spans.html": many(_HTML + "<p>", "<span>好", ""),
    "breaks.html": many(_HTML + "<p>", "好<br>", ""),
    "centered.html": many(_HTML, "<img><center>甲", ""),
    "buttons.html": many(_HTML, "<button>好", ""),
    "forms.html": many(_HTML, "<form><p>好", ""),
    "select.html": many(_HTML, "<select><option>好", ""),
    "svg.html": many(_HTML, "<svg><p>好", ""),
    "templates.html": many(_HTML, "<template>好", ""),
    "comments.html": many(_HTML, "<!-- a -->好", ""),
    "closing.html": many(_HTML + "<p>好", "</a></b></i>", ""),
    "styles.html": many("<html><head>", "<style>a</style>", "</head><body><p>好。</p></body></html>"),
    "line breaks.html": many(_HTML + "<p>", "好\n \n", "</p>"),
    "spaces.html": many(_HTML + "<p>好", " \t\r\f", "\n</p>"),
    "paragraphs.md": many("", "<p>甲：好。</p>\n", ""),
    "heading of marks.md": many("# 甲 ", "#", "乙\n"),
    "Latin heading of spaces.md": many("# a", " ", "b\n"),
    "comments.typ": many("= 甲\n", "/*", "\n"),
    "author of spaces.typ": many("= 甲\n#set author:", " ", "x\n"),
    "spaces.cha": many("@UTF8\n@Begin\n*INV:\t好", " ", "b\n@End\n"),
    "spaces.xml": many("<akomaNtoso><p>", " ", "好</p></akomaNtoso>"),
    "field of spaces.wiki": many("{{a|", " ", "b}}\n== 甲 ==\n[[乙]]\n"),
    "voice of spaces.vtt": many("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n<v", " ", "\n"),
    "style of spaces.rtf": many(_RTF + "{\\stylesheet{\\s1 ", " ", "x{;}}}a\\par}"),
    "heading of spaces.md": many("# 甲", " ", "乙\n"),
    "columns.md": many("|", "甲|", "\n"),
    "columns of rows.md": lambda size: (
        ("|" + "甲|" * 1000 + "\n|" + "-|" * 1000 + "\n").encode()
        + ("|" + "甲|" * 1000 + "\n").encode() * max(size // 4000, 1)
    ),
    "wide table.md": lambda size: "\n".join(f"|{sign * (size // 12)}" for sign in ("甲|", "-|", "乙|")).encode(),
    "rows.md": many("|甲|乙|\n|-|-|\n", "|甲|好{}。|\n", ""),
    "front matter.md": many("---\n", "author: 甲{}\n", "---\n问：好？\n答：好。\n"),
    "list in front matter.md": many("---\nauthor: [", "甲{},", "]\n---\n问：好？\n答：好。\n"),
    "quotes.md": many("", "> ", "好"),
    "quotes of lines.md": many("", "> 好{}\n", ""),
    "bold.md": many("", "**甲{}：**好。\n", ""),
    "items.md": many("", "- 甲{}\n", ""),
    "headings.md": many("", "# 甲{}\n好。\n", ""),
    "images.md": many("", "![甲](a{}.png)\n*乙*\n", ""),
    "fences.md": many("", "```\n甲{}\n", ""),
    "captions.md": many("", "[甲](a)<figcaption>乙\n", ""),
    "paragraphs.xml": many(
        "<akomaNtoso><debate><debateBody>",
        "<speech by='#a{}'><from>甲{}：</from><p>好。</p></speech>",
        "</debateBody></debate></akomaNtoso>",
    ),
    "attributes.xml": many("<akomaNtoso><p ", "a{}='1' ", ">好。</p></akomaNtoso>"),
    "namespaces.xml": many("<akomaNtoso><p ", "xmlns:a{}='b{}' ", ">好。</p></akomaNtoso>"),
    "nested namespaces.xml": lambda size: (
        ("<akomaNtoso>" + "".join(f"<p xmlns:a{n}='b'>好" for n in range(200)) + "</p>" * 200).encode() * 1
        + b"</akomaNtoso>"
    ),
    "people.xml": many("<akomaNtoso><meta>", "<TLCPerson eId='a{}' showAs='甲{}'/>", "</meta><p>好。</p></akomaNtoso>"),
    "comments.xml": many("<akomaNtoso><p>", "好<!-- a -->", "</p></akomaNtoso>"),
    "entities.xml": many("<akomaNtoso><p>", "&#22909;", "</p></akomaNtoso>"),
    # documents
    "paragraphs.docx": _wrapped(of_xml, _PARAGRAPH.replace("{}", "甲{}：好。")),
    "runs.docx": _wrapped(lambda body: of_xml(f"<w:p>{body}</w:p>"), "<w:r><w:t>好</w:t></w:r>"),
    "breaks.docx": _wrapped(lambda body: of_xml(f"<w:p><w:r>{body}</w:r></w:p>"), "<w:t>好</w:t><w:br/>"),
    "cells.docx": _wrapped(lambda body: of_xml(f"<w:tbl><w:tr>{body}</w:tr></w:tbl>"), _CELL),
    "rows.docx": _wrapped(lambda body: of_xml(f"<w:tbl>{body}</w:tbl>"), f"<w:tr>{_CELL}{_CELL}</w:tr>"),
    "tables.docx": _wrapped(of_xml, f"<w:tbl><w:tr>{_CELL}{_CELL}</w:tr></w:tbl>"),
    "text.docx": _wrapped(lambda body: of_xml(_PARAGRAPH.replace("{}", body)), "甲：好。"),
    "paragraphs.odt": _wrapped(of_odf, "<text:p>甲{}：好。</text:p>"),
    "spans.odt": _wrapped(
        lambda body: of_odf(f"<text:p>{body}</text:p>"), '<text:span text:style-name="B">好</text:span>'
    ),
    "spaces.odt": _wrapped(lambda body: of_odf(f"<text:p>{body}</text:p>"), "<text:s text:c='99'/>好"),
    "notes.odt": _wrapped(
        of_odf, "<text:p>甲<text:note><text:note-body><text:p>乙</text:p></text:note-body></text:note></text:p>"
    ),
    "boxes.odt": _wrapped(
        of_odf, "<text:p>x<draw:frame><draw:text-box><text:p>好</text:p></draw:text-box></draw:frame></text:p>"
    ),
    "cells.odt": _wrapped(
        lambda body: of_odf(f"<table:table><table:table-row>{body}</table:table-row></table:table>"), _ODT_CELL
    ),
    "rows.odt": _wrapped(
        lambda body: of_odf(f"<table:table>{body}</table:table>"),
        f"<table:table-row>{_ODT_CELL}{_ODT_CELL}</table:table-row>",
    ),
    "lists.odt": _wrapped(of_odf, "<text:list><text:list-item><text:p>好</text:p></text:list-item></text:list>"),
    "attributes.fodt": many(
        "<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'><office:body ",
        "a{}='1' ",
        "/></office:document>",
    ),
    "rows.xlsx": lambda size: of_rows([["speaker", "text"], *([f"甲{n}", "好。"] for n in range(size // 200))]),
    "columns.xlsx": lambda size: of_rows([["speaker", "text", *range(min(size // 100, 16000))], ["甲", "好。"]]),
    "sheets.xlsx": lambda size: of_rows(*[[["speaker", "text"], ["甲", "好。"]]] * min(size // 4000, 1000)),
    "groups.rtf": many(_RTF, r"{\b a}", "}"),
    "nested groups.rtf": many(_RTF, "{", "a"),
    "words.rtf": many(_RTF, r"\b a", "}"),
    "paragraphs.rtf": many(_RTF, r"a\par ", "}"),
    "bytes.rtf": many(_RTF + r"\ansicpg936 ", r"\'bc\'d7", "}"),
    "numbers.rtf": many(_RTF, r"\u22909?", "}"),
    "cells.rtf": many(_RTF + r"\trowd ", r"a\cell ", r"\row}"),
    "rows.rtf": many(_RTF, r"\trowd a\cell b\cell\row ", "}"),
    "text.rtf": many(_RTF, "a: b. ", "}"),
    "binary.rtf": many(_RTF, r"\bin1 a", "}"),
    "fonts.rtf": many(_RTF + r"{\fonttbl", r"{\f{}\fcharset134 S;}", r"}\f1 a\par}"),
    "fields.rtf": many(_RTF, r"{\field{\*\fldinst a}{\fldrslt b}}", "}"),
    "spine.epub": _epub_of_one_page,
    "pages.epub": _epub_of_pages,
    "members.zip": lambda size: packed({f"{n}.txt": "问：好？\n答：好。" for n in range(size // 200)}),
    "same names.zip": lambda size: packed({f"a/{n}/甲.txt": "问：好？\n答：好。" for n in range(size // 200)}),
    "headers.eml": many("", "X-A{}: b\n", "Subject: a\n\n问：好？\n答：好。\n"),
    "subject.eml": many("Subject: ", "=?utf-8?b?5aW9?= ", "\n\n问：好？\n答：好。\n"),
    "quotes.eml": many("Subject: a\nFrom: 甲 <a@b.c>\n\n", "> 好吗？\n好。\n", ""),
    "quoted marks.eml": many("Subject: a\n\n", ">", " 好。\n"),
    "attributions.eml": many("Subject: a\n\n", "甲写道：\n> 好\n好\n", ""),
    "header lines.eml": many("Subject: a\n\n", "发件人：甲\n", ""),
    "header lines above.eml": many("Subject: a\n\n> 好\n好\n", "发件人：甲\n", "> 好\n好\n"),
    "folded.eml": many("Subject: a\n", " b\n", "\n问：好？\n"),
    "parameters.eml": many("Subject: a\nContent-Type: text/plain", "; a{}=b", "\n\n问：好？\n"),
    "addresses.eml": many("Subject: a\nFrom: ", '"(<', "\n\n问：好？\n"),
    # speech recognition, subtitles, tiers
    "cues.srt": many("", _TIMED, ""),
    "rolling.srt": many("", "{}\n00:00:01,000 --> 00:00:02,000\n好{}\n好{}\n\n", ""),
    "lines of a cue.srt": many("1\n00:00:01,000 --> 00:00:02,000\n", "甲：好{}。\n", ""),
    "rolling the same.srt": many("", "1\n00:00:01,000 --> 00:00:02,000\n好\n好\n\n", ""),
    "longer cues.srt": lambda size: "".join(
        f"{n}\n00:00:01,000 --> 00:00:02,000\n{'好' * n}\n\n" for n in range(int((size / 1.5) ** 0.5))
    ).encode(),
    "cues.vtt": many("WEBVTT\n\n", "00:00:01.000 --> 00:00:02.000\n<v 甲{}>好。\n\n", ""),
    "tags.vtt": many("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n", "<c.a>好", "\n"),
    "open tags.vtt": many("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\n", "<v 甲", "\n"),
    "notes.vtt": many("WEBVTT\n\n", "NOTE a\n\n", "00:00:01.000 --> 00:00:02.000\n好\n"),
    "settings.vtt": many("WEBVTT\n\n00:00:01.000 --> 00:00:02.000 ", "a:b ", "\n好\n"),
    "cues.ass": many("[Events]\nFormat: Start, End, Name, Text\n", "Dialogue: 0:00:01.00,0:00:02.00,甲{},好。\n", ""),
    "overrides.ass": many(
        "[Events]\nFormat: Start, End, Name, Text\nDialogue: 0:00:01.00,0:00:02.00,甲,", r"{\b1}好", "\n"
    ),
    "open overrides.ass": many(
        "[Events]\nFormat: Start, End, Name, Text\nDialogue: 0:00:01.00,0:00:02.00,甲,", "{", "\n"
    ),
    "columns.ass": many("[Events]\nFormat: Start, End, Name, ", "A, ", "Text\nDialogue: 0:00:01.00,0:00:02.00,甲,好\n"),
    "cues.sbv": many("", "0:00:01.000,0:00:02.000\n甲：好。\n\n", ""),
    "segments.json": many(
        '{"segments": [', '{"start": {}, "end": {}, "text": "好。", "speaker": "甲{}"},', '{"text": "好"}]}'
    ),
    "words.json": many(
        '{"segments": [{"text": "好", "words": [',
        '{"word": "好", "start": 1, "end": 2, "speaker": "甲{}"},',
        '{"word": "好"}]}]}',
    ),
    "word segments.json": many(
        '{"words": [', '{"word": "好", "start": {}, "end": {}, "speaker": "甲"},', '{"word": "好", "start": 1}]}'
    ),
    "nested.json": many("", '{"data":', "1"),
    "keys.json": many('{"text": "好"', ', "a{}": 1', "}"),
    "lists.json": many("[", '[{"text": "好"}],', "[]]"),
    "strings.json": many('["', "好", '"]'),
    "encoded.json": many('{"data": "', '\\"', '"}'),
    "messages.json": many(
        '{"messages": [',
        '{"senderName": "甲{}", "content": "好", "createTime": 1600000000},',
        '{"senderName": "甲", "content": "好", "createTime": 1600000000}]}',
    ),
    "telegram.json": many(
        '{"name": "群", "type": "private_group", "messages": [',
        '{"id": {}, "type": "message", "date": "2020-01-02T10:00:00", "from": "甲{}", "text": "好"},',
        '{"id": 1, "type": "message", "date": "2020-01-02T10:00:00", "from": "甲", "text": "好"}]}',
    ),
    "paraformer.json": many(
        '{"transcripts": [',
        '{"channel_id": {}, "sentences": [{"begin_time": 1, "end_time": 2, "text": "好"}]},',
        '{"channel_id": 0, "sentences": []}]}',
    ),
    "lines.jsonl": many("", '{"speaker": "甲{}", "text": "好。"}\n', ""),
    "interviews.jsonl": many("", '{"turns": [{"speaker": "甲", "text": "好。"}]}\n', ""),
    "articles.jsonl": many("", '{"title": "专访{}", "content": "问：好？\\n答：好。"}\n', ""),
    "bad lines.jsonl": many("", "{\n", ""),
    "columns.csv": many("speaker,text", ",c{}", "\n甲,好。\n"),
    "wide rows.csv": many("speaker,text\n甲,好。", ",好", "\n"),
    "rows.csv": many("speaker,text\n", "甲{},好。\n", ""),
    "rows with dates.csv": many("speaker,time,text\n", "甲{},2020-01-02 10:00:00,好。\n", ""),
    "quoted.csv": many('speaker,text\n甲,"', '""', '"\n'),
    "open quote.csv": many('speaker,text\n甲,"', "好。\n", ""),
    "lines of a cell.csv": many('speaker,text\n甲,"', "好{}。\n", '"\n'),
    "questions.csv": many("问题,回答\n", "好{}？,好。\n", ""),
    "tabs.tsv": many("speaker\ttext\n", "甲{}\t好。\n", ""),
    "intervals.textgrid": many(
        'File type = "ooTextFile"\nObject class = "TextGrid"\n\nxmin = 0\nxmax = 9\ntiers? <exists>\nsize = 1\n'
        'item []:\nitem [1]:\nclass = "IntervalTier"\nname = "甲"\nxmin = 0\nxmax = 9\nintervals: size = 9\n',
        'intervals [{}]:\nxmin = {}\nxmax = {}\ntext = "好"\n',
        "",
    ),
    "quotes.textgrid": many('File type = "ooTextFile"\nObject class = "TextGrid"\n\n', '"', ""),
    "tiers.textgrid": many(
        'File type = "ooTextFile"\nObject class = "TextGrid"\n\n0\n9\n<exists>\n99999\n',
        '"IntervalTier"\n"甲{}"\n0\n9\n1\n0\n9\n"好"\n',
        "",
    ),
    "annotations.eaf": many(
        "<ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID='s' TIME_VALUE='1'/></TIME_ORDER><TIER TIER_ID='甲'>",
        "<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID='a{}' TIME_SLOT_REF1='s' TIME_SLOT_REF2='s'>"
        "<ANNOTATION_VALUE>好</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION>",
        "</TIER></ANNOTATION_DOCUMENT>",
    ),
    "chain.eaf": many(
        "<ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID='s' TIME_VALUE='1'/></TIME_ORDER>",
        "<TIER TIER_ID='t{}' PARENT_REF='t0'><ANNOTATION><REF_ANNOTATION ANNOTATION_ID='a{}' ANNOTATION_REF='a0'>"
        "<ANNOTATION_VALUE>好</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION></TIER>",
        "</ANNOTATION_DOCUMENT>",
    ),
    "tiers.eaf": many(
        "<ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID='s' TIME_VALUE='1'/></TIME_ORDER>",
        "<TIER TIER_ID='t{}'><ANNOTATION>"
        "<ALIGNABLE_ANNOTATION ANNOTATION_ID='a{}' TIME_SLOT_REF1='s' TIME_SLOT_REF2='s'>"
        "<ANNOTATION_VALUE>好</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>",
        "</ANNOTATION_DOCUMENT>",
    ),
    "events.exb": many(
        _EXB + "<tier id='a' speaker='S' type='t'>",
        "<event start='T0' end='T1'>好</event>",
        "</tier></basic-body></basic-transcription>",
    ),
    "tiers.exb": many(
        _EXB,
        "<tier id='a{}' speaker='S{}' type='t'><event start='T0' end='T1'>好</event></tier>",
        "</basic-body></basic-transcription>",
    ),
    "timeline.exb": many(
        "<basic-transcription><head><speakertable/></head><basic-body><common-timeline>",
        "<tli id='T{}'/>",
        "</common-timeline><tier id='a' speaker='S' type='t'><event start='T0' end='T1'>好</event></tier>"
        "</basic-body></basic-transcription>",
    ),
    "turns.trs": many(
        "<Trans><Speakers/><Episode><Section>",
        "<Turn speaker='a{}' startTime='0'><Sync time='0'/>好。</Turn>",
        "</Section></Episode></Trans>",
    ),
    "syncs.trs": many(
        "<Trans><Speakers/><Episode><Section><Turn speaker='a b'>",
        "<Sync time='{}'/><Who nb='1'/>好。",
        "</Turn></Section></Episode></Trans>",
    ),
    "utterances.cha": many("@UTF8\n@Begin\n", "*INV:\t好 吗 ?\n%mor:\ta|b\n", "@End\n"),
    "speakers.cha": many("@UTF8\n@Begin\n", "*A{}:\t好 吗 ?\n", "@End\n"),
    "codes.cha": many("@UTF8\n@Begin\n*INV:\t", "<好> [/] ", ".\n@End\n"),
    "open codes.cha": many("@UTF8\n@Begin\n*INV:\t", "<好 ", ".\n@End\n"),
    "open brackets.cha": many("@UTF8\n@Begin\n*INV:\t", "[= ", ".\n@End\n"),
    "pauses.cha": many("@UTF8\n@Begin\n*INV:\t", "(", ".\n@End\n"),
    "tabs.cha": many("@UTF8\n@Begin\n*INV:\t好\n", "\t好\n", "@End\n"),
    "utterances.tei": many("<TEI><text><body>", "<u who='#a{}'>好<pause/>。</u>", "</body></text></TEI>"),
    "whens.tei": many(
        "<TEI><text><timeline>",
        "<when xml:id='a{}' interval='1' since='#a0'/>",
        "</timeline><u start='#a1'>好</u></text></TEI>",
    ),
    "chain of whens.tei": lambda size: (
        "<TEI><text><timeline><when xml:id='a0' absolute='00:00:00'/>"
        + "".join(f"<when xml:id='a{n}' interval='1' since='#a{n - 1}'/>" for n in range(1, size // 50))
        + "</timeline>"
        + "".join(f"<u start='#a{n}'>好</u>" for n in range(size // 50))
        + "</text></TEI>"
    ).encode(),
    "people.tei": many(
        "<TEI><teiHeader><profileDesc><particDesc>",
        "<person xml:id='a{}'><persName>甲{}</persName></person>",
        "</particDesc></profileDesc></teiHeader><text><u who='#a1'>好</u></text></TEI>",
    ),
    "cues.ttml": many(
        "<tt xmlns='http://www.w3.org/ns/ttml'><body><div>", "<p begin='{}s' dur='1s'>好</p>", "</div></body></tt>"
    ),
    "spans.ttml": many(
        "<tt xmlns='http://www.w3.org/ns/ttml'><body><div><p begin='1s'>",
        "<span begin='{}s'>好</span>",
        "</p></div></body></tt>",
    ),
    "agents.ttml": many(
        "<tt xmlns='http://www.w3.org/ns/ttml' xmlns:ttm='http://www.w3.org/ns/ttml#metadata'><head>",
        "<ttm:agent xml:id='a{}'><ttm:name>甲{}</ttm:name></ttm:agent>",
        "</head><body><div><p begin='1s' ttm:agent='a1'>好</p></div></body></tt>",
    ),
    "sequence.ttml": many(
        "<tt xmlns='http://www.w3.org/ns/ttml'><body timeContainer='seq'>",
        "<div timeContainer='seq'><p dur='1s'>好</p></div>",
        "</body></tt>",
    ),
    "lines.lrc": many("[ti:甲]\n", "[00:01.00]好{}。\n", ""),
    "times of a line.lrc": many("[ti:甲]\n", "[00:01.00]", "好。\n"),
    "times of words.lrc": many("[ti:甲]\n[00:01.00]", "<00:01.00>好", "\n"),
    "functions.typ": many("= 甲\n", "#strong[甲：]好。\n", ""),
    "nested.typ": many("= 甲\n", "#box[", "好"),
    "blocks.typ": many("= 甲\n", "#figure(caption: [", "好"),
    "strings.typ": many('= 甲\n#let a = "', '\\"', ""),
}
"""The files by name; the suffix of the name is that of the file."""
