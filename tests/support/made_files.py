"""Transcripts by chance, in every format that is read: what fuzzing feeds the readers, and what may not be lost of it.

Everything comes from one `random.Random`, so that a seed is a case: `made(Random(7))`.
"""

import csv
import json
from collections.abc import Callable, Sequence
from html import escape
from io import StringIO
from random import Random
from typing import Any, NamedTuple

from tests.support.epub_files import MEMBERS, page
from tests.support.office_files import of_mail, of_odf, of_rows, of_saved_page, rtf_text
from tests.support.pdf_files import of_pages
from tests.support.sources import packed
from tests.support.tier_files import Pieces, eaf, exb, textgrid
from tests.support.word_files import of_xml

# what transcripts are made of: labels, traps, times, furniture, and signs that formats give a meaning
_PIECES = (
    *("问：", "答： ", "记者: ", "【主持人】", "[岳建平]", "郑志昊：", "Q1：", "A1. ", "K.K.：", "说话人1 00:42 "),
    *(
        "(00:00:04): ",
        "00:01 甲：",
        "第一：",
        "他说：",
        "时间：",
        "编辑：小北",
        "好吗？",
        "好。",
        "（笑）",
        "……",
        "嗯，",
    ),
    *("（记者 王小明）", "“走。”", "————", "12", "10:02", "2013年8月2日", "版权声明", "图为某某", "[1] ", "Hello. "),
    *("https://a.b:80/c", "（", "）", "【", "］", "：", "　", "\u200b", "&amp;", "#", "|", ",", "\t", '"', "\\n", "、"),
    *("我们今天来谈这个问题。", "新书写了八年，中间停过一次。", "😀", "é", "𠮷", "㍿", "ﬁ", "\ue000", "\u3000", ";"),
)
_NAMES = ("甲", "主持人", "郑志昊", "说话人1", "SPEAKER_00", "K.K.", "张 三", "岳·建平")


class Made(NamedTuple):
    """A file: its suffix, its bytes, and the words it was made of."""

    suffix: str
    data: bytes
    words: str


class Said(NamedTuple):
    """A line, who says it (not all formats write that down), from when until when in milliseconds."""

    speaker: str
    text: str
    start: int
    end: int


def made(chance: Random, suffix: str = "") -> Made:
    """Return a file by chance, of one format if that is asked for."""
    form = chance.choice([one for one in FORMS if suffix in ("", one[0])])
    talk = _talk(chance)
    return form[1](chance, talk, form[0])


def damaged(chance: Random, data: bytes) -> bytes:
    """Return bytes with some of them changed, left out, put in, doubled, or the end cut off."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(changed) + 1)
        how = chance.randrange(5)
        if how == 0 and at < len(changed):
            changed[at] = chance.randrange(256)
        elif how == 1:
            del changed[at : at + chance.randint(1, 8)]
        elif how == 2:
            changed[at:at] = chance.randbytes(chance.randint(1, 6))
        elif how == 3:
            changed[at:at] = changed[at : at + chance.randint(1, 200)]
        elif chance.random() < 0.2:
            del changed[at:]
    return bytes(changed)


def _talk(chance: Random) -> list[Said]:
    """Return what is said, by a few people, in lines of which none is blank."""
    names = chance.sample(_NAMES, chance.randint(1, 3))
    lines, time = [], 0
    for _ in range(chance.randint(1, 14)):
        text = "".join(chance.choice(_PIECES) for _ in range(chance.randint(1, 7))).strip() or "好。"
        text = text if not text.replace("\u200b", "").isspace() and text.replace("\u200b", "") else "好。"
        end = time + chance.randint(1, 9000)
        lines.append(Said(chance.choice(names), text, time, end))
        time = end + chance.randint(0, 500)
    return lines


def _words(talk: Sequence[Said], labels: bool = False) -> str:
    return "\n".join((one.speaker if labels else "") + one.text for one in talk)


def _encoded(chance: Random, text: str) -> bytes:
    """Return a text in an encoding that Chinese files come in and that has all of its characters."""
    for encoding in chance.sample(("utf-8", "utf-8-sig", "utf-16", "gb18030"), 4):
        data = text.encode(encoding, errors="replace")
        # GB18030 is told from others by how the text reads: only where enough of it reads like Chinese
        if encoding != "gb18030" or (text.count("我们今天来谈") > len(text) / 40 and data.decode(encoding) == text):
            return data
    return text.encode()


def _broken(chance: Random, lines: Sequence[str]) -> str:
    return chance.choice(("\n", "\r\n", "\r", "\n\n")).join(lines)


def _plain(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    lines = [f"{one.speaker}：{one.text}" if chance.random() < 0.7 else one.text for one in talk]
    text = _broken(chance, lines)
    return Made(suffix, _encoded(chance, text), _words(talk))


def _page(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    pieces = []
    for one in talk:
        name, text = escape(one.speaker), escape(one.text)
        pieces.append(
            chance.choice(
                (
                    f"<p>{text}</p>", f"<p><b>{name}：</b>{text}</p>", f"<div>{name}：{text}<br>{text}</div>",
                    f"<dl><dt>{name}</dt><dd>{text}</dd></dl>", f"<h2>{name}：</h2><p>{text}", f"<ul><li>{text}</ul>",
                    f"<table><tr><td>{name}</td><td>{text}</td></tr></table>", f"{text}<br/>",
                )
            )
        )  # fmt: skip
    head = '<html><head><meta charset="gb2312"><title>专访</title></head><body>'
    return Made(suffix, f"{head}{''.join(pieces)}</body></html>".encode(), _words(talk))


def _clock(milliseconds: int, mark: str) -> str:
    seconds, thousandths = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{mark}{thousandths:03}"


def _subtitles(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    mark = "," if suffix == ".srt" else "."
    cues = [] if suffix == ".srt" else ["WEBVTT", "STYLE\n::cue { color: red }", "NOTE 一句话"]
    for number, one in enumerate(talk, start=1):
        text = one.text.replace("\\n", "").replace("&amp;", "和").strip() or "好。"
        if suffix == ".vtt" and chance.random() < 0.5:
            text = f"<v {one.speaker}>{escape(text, quote=False)}" + chance.choice(("", "</v>"))
        number_line = f"{number}\n" if suffix == ".srt" or chance.random() < 0.5 else ""
        cues.append(f"{number_line}{_clock(one.start, mark)} --> {_clock(one.end, mark)}\nx{text}")
    words = _words(talk).replace("\\n", "").replace("&amp;", "和")
    return Made(suffix, _encoded(chance, "\n\n".join(cues).replace("\nx<v", "\n<v") + "\n"), words)


def _json(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    content = chance.choice(SHAPES)(talk)
    return Made(suffix, json.dumps(content, ensure_ascii=chance.random() < 0.3).encode(), _words(talk))


def _whisper(talk: Sequence[Said]) -> object:
    found = [{"start": one.start / 1000, "end": one.end / 1000, "text": one.text} for one in talk]
    return {"text": _words(talk), "segments": found, "language": "zh"}


def _whisperx(talk: Sequence[Said]) -> object:
    found, words = [], []
    for one in talk:
        said = [{"word": sign, "start": 0.1, "speaker": one.speaker} for sign in one.text]
        words += said
        times = {"start": one.start / 1000, "end": one.end / 1000}
        found.append({**times, "text": one.text, "speaker": one.speaker, "words": said})
    return {"segments": found, "word_segments": words}


def _whisper_cpp(talk: Sequence[Said]) -> object:
    return {
        "result": {"language": "zh"},
        "transcription": [{"offsets": {"from": one.start, "to": one.end}, "text": one.text} for one in talk],
    }


def _funasr(talk: Sequence[Said]) -> object:
    found = [
        {"text": one.text, "start": one.start, "end": one.end, "timestamp": [[one.start, one.end]], "spk": 0}
        for one in talk
    ]
    return [{"key": "a", "text": _words(talk), "sentence_info": found}]


def _iflytek(talk: Sequence[Said]) -> object:
    found = [{"bg": str(one.start), "ed": str(one.end), "onebest": one.text, "speaker": "1"} for one in talk]
    return {"ok": 0, "data": json.dumps(found)}


def _lattice(talk: Sequence[Said]) -> object:
    found = [
        {
            "json_1best": json.dumps(
                {
                    "st": {
                        "bg": str(one.start),
                        "ed": str(one.end),
                        "rl": "1",
                        "rt": [{"ws": [{"cw": [{"w": sign, "wp": "n"}, {"w": "", "wp": "n"}]} for sign in one.text]}],
                    }
                }
            )
        }
        for one in talk
    ]
    return {"content": {"orderResult": json.dumps({"lattice": found})}}


def _meeting(talk: Sequence[Said]) -> object:
    return {
        "minutes": {
            "paragraphs": [
                {
                    "pid": "0",
                    "speaker_info": {"userid": "u", "username": one.speaker},
                    "sentences": [
                        {"words": [{"text": sign, "start_time": one.start, "end_time": one.end} for sign in one.text]}
                    ],
                }
                for one in talk
            ]
        }
    }


def _tingwu(talk: Sequence[Said]) -> object:
    return {
        "Transcription": {
            "Paragraphs": [
                {"SpeakerId": "1", "Words": [{"Id": 1, "Start": one.start, "End": one.end, "Text": one.text}]}
                for one in talk
            ]
        }
    }


def _list(talk: Sequence[Said]) -> object:
    return [{"speaker": one.speaker, "text": one.text} for one in talk]


def _paraformer(talk: Sequence[Said]) -> object:
    found = [{"begin_time": one.start, "end_time": one.end, "text": one.text, "speaker_id": 0} for one in talk]
    return {"file_url": "u", "transcripts": [{"channel_id": 0, "text": _words(talk), "sentences": found}]}


def _tencent(talk: Sequence[Said]) -> object:
    found = [{"FinalSentence": one.text, "StartMs": one.start, "EndMs": one.end, "SpeakerId": 1} for one in talk]
    return {"Response": {"Data": {"TaskId": 1, "Result": _words(talk), "ResultDetail": found}}}


def _azure(talk: Sequence[Said]) -> object:
    return {
        "recognizedPhrases": [
            {"offset": f"PT{one.start / 1000}S", "speaker": 1, "nBest": [{"display": one.text}, {"display": "错"}]}
            for one in talk
        ]
    }


def _by_word(talk: Sequence[Said]) -> object:
    return {
        "text": _words(talk),
        "words": [
            {"word": sign, "start": one.start / 1000, "end": one.end / 1000, "speaker": one.speaker}
            for one in talk
            for sign in one.text
        ],
    }


def _pairs(talk: Sequence[Said]) -> object:
    return [{"question": one.text, "answer": one.text} for one in talk]


def _article(talk: Sequence[Said]) -> object:
    return {"data": {"title": "专访", "content": "\n".join(f"{one.speaker}：{one.text}" for one in talk)}}


def _lines_of_json(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    if chance.random() < 0.3:
        return Made(suffix, json.dumps(_article(talk)).encode(), _words(talk))
    lines = (json.dumps({"speaker": one.speaker, "text": one.text, "start": one.start}) for one in talk)
    return Made(suffix, "\n".join(lines).encode(), _words(talk))


def _stamped(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    form = chance.choice(("[{} --> {}]  {}", "[{},{}]{}", "[{},{},1] {}", "{},{}\n{}\n"))
    mark = chance.choice(".,")
    lines = [form.format(_clock(one.start, mark), _clock(one.end, mark), one.text) for one in talk]
    return Made(suffix, "\n".join(lines).encode(), _words(talk))


def _substation(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    head = "[Script Info]\nTitle: x\n\n[V4+ Styles]\nFormat: Name, Fontname\nStyle: Default,Arial\n\n[Events]\n"
    head += "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
    plain = [one._replace(text=one.text.replace("\\n", "") or "好。") for one in talk]
    times = [(_clock(one.start, ".")[1:-1], _clock(one.end, ".")[1:-1]) for one in plain]
    cues = (
        f"Dialogue: 0,{start},{end},Default,{one.speaker},0,0,0,,{one.text}"
        for one, (start, end) in zip(plain, times, strict=True)
    )
    return Made(suffix, (head + "\n".join(cues)).encode(), _words(plain))


def _interchange(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    lines = [json.dumps({"turns": [{"speaker": one.speaker, "text": one.text}]}) for one in talk]
    return Made(suffix, "\n".join(lines).encode(), _words(talk))


def _table(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    file = StringIO()
    writer = csv.writer(file, delimiter="," if suffix == ".csv" else "\t")
    writer.writerow(chance.choice((("speaker", "start", "text"), ("说话人", "开始时间", "内容"))))
    writer.writerows((one.speaker, _clock(one.start, "."), one.text) for one in talk)
    return Made(suffix, _encoded(chance, file.getvalue()), _words(talk))


def _debate(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    spoken = "".join(
        f"<speech by='#a'><from>{escape(one.speaker)}：</from><p>{escape(one.text)}</p></speech>" for one in talk
    )
    return Made(
        suffix, f"<akomaNtoso><debate><debateBody>{spoken}</debateBody></debate></akomaNtoso>".encode(), _words(talk)
    )


def _tiers(talk: Sequence[Said]) -> dict[str, Pieces]:
    """Return what each says, without the names and texts that formats of tiers give a meaning."""
    names = dict.fromkeys(one.speaker for one in talk)
    return {
        name: [(one.start / 1000, one.end / 1000, one.text) for one in talk if one.speaker == name] for name in names
    }


def _praat(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    grid = textgrid(_tiers(talk), long=chance.random() < 0.5)
    return Made(suffix, grid.encode(chance.choice(("utf-16", "utf-8", "utf-8-sig"))), _words(talk))


def _elan(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    return Made(
        suffix, eaf([(f'TIER_ID="{name}"', said) for name, said in _tiers(talk).items()]).encode(), _words(talk)
    )


def _exmaralda(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    tiers = [
        (f'speaker="{name}" type="{chance.choice("ttad")}" display-name="{name}"', said)
        for name, said in _tiers(talk).items()
    ]
    return Made(
        suffix, exb(tiers, {one.speaker: one.speaker for one in talk}, chance.random() < 0.5).encode(), _words(talk)
    )


def _transcriber(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    turns = "".join(
        f'<Turn speaker="{chance.choice("abc")}" startTime="{one.start / 1000}"><Sync time="{one.start / 1000}"/>'
        f'{escape(one.text)}<Event desc="笑"/></Turn>'
        for one in talk
    )
    return Made(
        suffix, f'<Trans><Speakers><Speaker id="a" name="甲"/></Speakers>{turns}</Trans>'.encode(), _words(talk)
    )


def _spoken_text(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    forms = (
        '<u who="#{0}">{1}<pause/></u>', "<sp><speaker>{0}</speaker><p>{1}</p></sp>", "<p>{1}</p>", "<note>{1}</note>",
        "<incident><desc>{1}</desc></incident>", '<u who="#a"><w>{1}</w></u>',
    )  # fmt: skip
    body = "".join(chance.choice(forms).format(escape(one.speaker), escape(one.text)) for one in talk)
    return Made(suffix, f'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text>{body}</text></TEI>'.encode(), _words(talk))


def _timed_text(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    agent = 'ttm:agent="a"' if chance.random() < 0.5 else ""
    cues = "".join(
        f'<p begin="{one.start}ms" end="{_clock(one.end, ".")}" {agent}>x{escape(one.text)}</p>' for one in talk
    )
    names = 'xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"'
    return Made(suffix, f"<tt {names}><body><div>{cues}</div></body></tt>".encode(), _words(talk))


def _lyrics(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    lines = [f"[{one.start // 60000:02}:{one.start / 1000 % 60:05.2f}]x{one.text}" for one in talk]
    return Made(suffix, "\n".join([*chance.sample(("[ti:x]", "[ar:甲]"), 1), *lines]).encode(), _words(talk))


def _chat(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    # signs that are codes of the format say nothing
    plain = [one._replace(text="".join(sign for sign in one.text if sign.isalpha()) or "好") for one in talk]
    lines = []
    for one in plain:
        lines.append(f"*{chance.choice(('INV', 'PAR'))}:\t{' '.join(one.text)} . \x15{one.start}_{one.end}\x15")
        lines += [f"%mor:\t{one.text}"] if chance.random() < 0.3 else []
    return Made(suffix, "\n".join(["@UTF8", "@Begin", *lines, "@End"]).encode(), _words(plain))


def _word(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    pieces = []
    gone = '<w:del w:id="2"><w:r><w:delText>x</w:delText></w:r></w:del>'
    for one in talk:
        name, text = escape(one.speaker), escape(one.text)
        run = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'
        bold = f'<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{name}：</w:t></w:r>'
        pieces.append(
            chance.choice(
                (
                    f"<w:p>{run}</w:p>",
                    f"<w:p>{bold}{run}</w:p>",
                    f'<w:p><w:ins w:id="1">{run}</w:ins>{gone}</w:p>',
                    f"<w:tbl><w:tr><w:tc><w:p>{bold}</w:p></w:tc><w:tc><w:p>{run}</w:p></w:tc></w:tr></w:tbl>",
                    f"<w:sdt><w:sdtContent><w:p>{run}</w:p></w:sdtContent></w:sdt>",
                    f'<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr>{run}</w:p>',
                    f"<w:p><w:hyperlink>{run}</w:hyperlink></w:p>",
                )
            )
        )
    return Made(suffix, of_xml("".join(pieces)), _words(talk))


def _open_document(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    pieces = []
    for one in talk:
        name, text = escape(one.speaker), escape(one.text)
        note = f"<text:note><text:note-body><text:p>{text}</text:p></text:note-body></text:note>"
        cells = f"<table:table-cell><text:p>{name}</text:p></table:table-cell><table:table-cell><text:p>{text}</text:p>"
        pieces.append(
            chance.choice(
                (
                    f"<text:p>{text}</text:p>",
                    f'<text:p><text:span text:style-name="B">{name}：</text:span>{text}</text:p>',
                    f"<text:list><text:list-item><text:p>{text}</text:p></text:list-item></text:list>",
                    f"<text:h>{name}</text:h><text:section><text:p>{text}<text:s text:c='3'/></text:p></text:section>",
                    f"<table:table><table:table-row>{cells}</table:table-cell></table:table-row></table:table>",
                    f"<text:p>{name}{note}</text:p>",
                    f"<text:p>x<draw:frame><draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame></text:p>",
                )
            )
        )
    return Made(suffix, of_odf("".join(pieces)), _words(talk))


def _rich_text(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    encoding = chance.choice(("gb18030", "big5hkscs", ""))
    pieces = []
    for one in talk:
        name, text = rtf_text(one.speaker, encoding), rtf_text(one.text, encoding)
        pieces.append(
            chance.choice(
                (
                    rf"{text}\par ", rf"{{\b {name}}}\b0 {text}\line ", rf"x{{\footnote \pard\plain {text}}}\par ",
                    rf"\trowd\intbl {name}\cell {text}\cell\row\pard ", rf"{{\*\unknown {name}}}{text}\par ",
                    rf"{{\shp{{\*\shpinst{{\sp{{\sn a}}{{\sv 1}}}}{{\shptxt {text}\par}}}}}}",
                )
            )
        )  # fmt: skip
    charset, code_page = (136, 950) if encoding == "big5hkscs" else (134, 936)
    fonts = rf"{{\fonttbl{{\f0\fnil\fcharset{charset} A;}}{{\f1\fcharset0 B;}}}}{{\colortbl;\red0;}}"
    data = rf"{{\rtf1\ansi\ansicpg{code_page}\deff0{fonts}\pard\f0 x\par " + "".join(pieces) + "}"
    return Made(suffix, data.encode("ascii"), _words(talk))


def _workbook(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    header = chance.choice((("speaker", "start", "text"), ("说话人", "开始时间", "内容"), ("角色", "时间", "发言内容")))
    rows = [header, *((one.speaker, _clock(one.start, "."), f"x{one.text}") for one in talk)]
    above = [["访谈"], []] if chance.random() < 0.5 else []
    return Made(suffix, of_rows([*above, *rows]), _words(talk))


def _mail(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    mark = chance.choice(("", "> "))
    lines = [f"{mark if place % 2 else ''}{one.speaker}：{one.text}" for place, one in enumerate(talk)]
    sender = ("From: =?utf-8?B?5a6J?= <a@b.example>",) if chance.random() < 0.5 else ()
    return Made(suffix, of_mail("\n\n".join(lines), "关于几个问题", sender), _words(talk))


def _saved_page(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    return Made(suffix, of_saved_page(_page(chance, talk, suffix).data.decode()), _words(talk))


def _without(talk: Sequence[Said], signs: str) -> list[Said]:
    return [one._replace(text="".join(sign for sign in one.text if sign not in signs) or "好。") for one in talk]


def _wiki(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    plain, pieces = _without(talk, "[]{}|=#*&"), []
    for one in plain:
        name, text = one.speaker, f"x{one.text}"
        pieces.append(
            chance.choice(
                (
                    f"'''{name}：'''{text}", f"== {name} ==\n{text}", f"x[[甲|{text}]]", f"* {text}",
                    f"x<ref>{text}</ref>", f"{{|\n! 发言人 !! 内容\n|-\n| {name} || {text}\n|}}",
                )
            )
        )  # fmt: skip
    return Made(suffix, ("== 访谈 ==\n" + "\n\n".join(pieces)).encode(), _words(plain))


def _messages(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    forms = (
        "2021-05-08 {0} {1}\n{2}\n", "{1} 2021/5/8 {0}\n{2}\n", "[2021/5/8 {0}] {1}: {2}", "2021/5/8 {0} - {1}: {2}",
        "{0}\t{1}\t{2}", "{0} From {1} to Everyone : {2}",
    )  # fmt: skip
    form = chance.choice(forms)
    lines = (form.format(_clock(one.start, ".")[:8], one.speaker, f"x{one.text}") for one in (*talk, *talk))
    return Made(suffix, "\n".join(lines).encode(), _words(talk))


def _markdown_table(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    plain = _without(talk, "|\\#&[]")
    rows = (f"| {_clock(one.start, '.')} | {one.speaker} | x{one.text} |" for one in plain)
    return Made(
        suffix, "\n".join(("# 访谈", "", "| 时间 | 发言人 | 内容 |", "|---|---|---|", *rows)).encode(), _words(plain)
    )


def _chat_json(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    found = [{"date": "2021-05-08T20:01:40", "from": one.speaker, "text": f"x{one.text}"} for one in (*talk, *talk)]
    return Made(suffix, json.dumps({"name": "读书会", "messages": found}).encode(), _words(talk))


def _book(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    half = chance.randint(0, len(talk))
    first, second = (
        page(*[f"<b>{escape(one.speaker)}：</b>{escape(one.text)}" for one in part], "好。")
        for part in (talk[:half], talk[half:])
    )
    changed = {"OEBPS/text/one.xhtml": first, "OEBPS/text/二.xhtml": second}
    return Made(suffix, packed({**MEMBERS, **changed}), _words(talk))


def _pdf(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    # the font of these files is not embedded: it has no character beyond the first plane, and one
    # alone has no width; the same line twice is once to pdfium, which takes it for bold type drawn twice
    lines = ["".join(sign for sign in one.text if " " < sign < "\ud800") + f"好{n}。" for n, one in enumerate(talk)]
    page = [(72.0, 780.0 - 20 * place, line) for place, line in enumerate(lines)]
    return Made(suffix, of_pages(page), "\n".join(lines))


def _archive(chance: Random, talk: Sequence[Said], suffix: str) -> Made:
    inner = [made(chance, one) for one in chance.sample((".txt", ".docx", ".json", ".srt", ".html"), 2)]
    members: dict[str, bytes | str] = {f"夹 {n}/甲{one.suffix}": one.data for n, one in enumerate(inner)}
    return Made(suffix, packed(members), "".join(one.words for one in inner))


SHAPES: tuple[Callable[[Sequence[Said]], Any], ...] = (
    _whisper, _whisperx, _whisper_cpp, _funasr, _iflytek, _lattice, _meeting, _tingwu, _list, _paraformer, _tencent,
    _azure, _by_word, _pairs, _article,
)  # fmt: skip
FORMS: tuple[tuple[str, Callable[[Random, Sequence[Said], str], Made]], ...] = (
    (".txt", _plain), (".html", _page), (".srt", _subtitles), (".vtt", _subtitles), (".json", _json),
    (".jsonl", _interchange), (".jsonl", _lines_of_json), (".sbv", _stamped), (".ass", _substation), (".csv", _table),
    (".tsv", _table), (".xml", _debate), (".docx", _word), (".textgrid", _praat), (".eaf", _elan), (".exb", _exmaralda),
    (".trs", _transcriber), (".tei", _spoken_text), (".ttml", _timed_text), (".lrc", _lyrics), (".cha", _chat),
    (".epub", _book), (".pdf", _pdf), (".zip", _archive), (".odt", _open_document), (".rtf", _rich_text),
    (".xlsx", _workbook), (".eml", _mail), (".mhtml", _saved_page), (".wiki", _wiki), (".txt", _messages),
    (".md", _markdown_table), (".json", _chat_json),
)  # fmt: skip
