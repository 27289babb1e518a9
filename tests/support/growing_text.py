"""Texts of any size that are made to cost time: runs of one sign or word, and many of everything."""

from collections.abc import Callable

Family = Callable[[int], bytes]
"""Makes a file of about so many bytes."""

UNITS: dict[str, str] = {
    **{
        f"sign {sign}": sign
        for sign in "(（[【〖〔{<《「『“\"'’”』」》>}〕〗】］[）)：:;；,，.。、?？!！…—-~～=+*_#|丨｜/\\`^$%@&·・•◎●■"
    },
    "space": " ",
    "wide space": "\u3000",
    "tab": "\t",
    "no-break space": "\xa0",
    "line feed": "\n",
    "return": "\r",
    "zero width": "\u200b",
    "mark": "\ufeff",
    "accent": "\u0301",
    "accents": "\u0301\u0323",
    "syllable": "\u1100\u1161\u11a8",
    "half syllables": "\u1161",
    "letter": "a",
    "capital": "A",
    "Han": "甲",
    "digit": "1",
    "wide digit": "１",
    "hundred": "百",
    "myriad": "万",
    "one": "一",
    "half": "半",
    "emoji": "🀄",
    "asking": "问：",
    "label": "甲：",
    "labels": "甲：乙：丙：",
    "talk": "问：好。答：好。",
    "spaced": "甲： ",
    "latin label": "a: ",
    "capitals": "A B ",
    "bracket label": "【甲】",
    "square": "[甲]",
    "bold": "**甲：**",
    "open bold": "**甲",
    "strong": "<b>甲</b>",
    "number": "1. ",
    "decimal": "1.",
    "thousands": "1,",
    "time": "00:01 ",
    "time in brackets": "[00:01]",
    "range": "00:01-",
    "laughter": "（笑）",
    "note": "（甲",
    "cue": "00:00:01,000 --> 00:00:02,000 ",
    "year": "2013年",
    "date": "2013-01-01 ",
    "day": "1月2日",
    "address": "http://a",
    "domain": "www.a.b/",
    "mail": "a@b.c ",
    "source": "来源：",
    "editor": "编辑：甲 ",
    "author": "文/",
    "role": "主持人",
    "reporter": "记者 甲：",
    "called": "（以下简称甲）",
    "quoted": "“甲”：",
    "he said": "甲说：“",
    "title": "《甲》",
    "entity": "&amp;",
    "broken entity": "&a",
    "numeric": "&#1;",
    "template": "{{甲",
    "link": "[[甲",
    "wiki link": "[[甲]]",
    "closed link": "](",
    "image": "![",
    "markdown link": "[甲](a)",
    "footnote": "[^1]",
    "reference": "[1]",
    "tag": "<p>",
    "closed": "</p>",
    "open tag": "<a ",
    "comment": "<!--",
    "declaration": "<!",
    "table": "{|",
    "cells": "||",
    "conversion": "-{甲",
    "code": "```",
    "emphasis": "_甲_",
    "heading": "# 甲",
    "rule": "---",
    "dot": "·甲",
    "amount": "一百二十三",
    "percent": "百分之",
    "billion": "亿万",
    "spoken": "三点五",
    "name": "郑志昊",
    "surname": "欧阳",
    "attended": "出席：",
    "keywords": "关键词：",
    "also": "和",
    "words": "word ",
    "underline": "__",
    "escape": "\\*",
    "sentence": "一句话说完了。",
    "clause": "一句话，",
    "question": "好吗？",
    "editor's": "编者按：",
    "full": "全文完",
    "caption": "图为甲",
    "strokes": "————",
    "dots": "……",
    "ordinal": "（一）",
    "ideograph": "一、",
    "and": "甲和乙、",
    "sms": "&lt;",
    "cite": "<cite>",
    "fig": "<figcaption>",
}
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


def _numbered(unit: str, number: int) -> str:
    """Return a unit with its number for `{}`, in digits, and for `{h}`, in two Han characters."""
    han = chr(0x4E00 + number % 5000) + chr(0x4E00 + number // 5000)
    return unit.replace("{}", str(number)).replace("{h}", han)


def many(before: str, unit: str, after: str) -> Family:
    """Return a family of files with a unit again and again, its number in the place of `{}` and `{h}`."""

    def make(size: int) -> bytes:
        count = max(size // len(unit.encode()), 1)
        body = "".join(_numbered(unit, number) for number in range(count)) if "{" in unit else unit * count
        return f"{before}{body}{after}".encode()

    return make


FAMILIES: dict[str, Family] = {
    **{
        f"{name}, {layout}.txt": _text(unit, layout)
        for name, unit in UNITS.items()
        for layout in ("line", "lines", "said")
    },
    **{
        f"{name}, {layout}.{suffix}": _text(unit, layout)
        for suffix in ("md", "wiki", "html", "typ", "cha", "srt")
        for name, unit in UNITS.items()
        for layout in ("line",)
    },
    # plain text: many of everything
    "title of spaces.txt": many("标题甲", " ", "b\n问：好？\n答：好。\n"),
    "labels.txt": many("", "甲{}：好。\n", ""),
    "labels alike.txt": many("", "王{h}生：好。\n", ""),
    "labels alike twice.txt": many("", "{h}生：好吗？\n{h}生：好。\n", ""),
    "labels alike in a line.txt": many("问：好？\n答：好。\n问：", "{h}生：好。{h}生：好！", "\n"),
    "labels alike, many and in a line.txt": lambda size: (
        many("", "王{h}生：好。\n", "")(size // 2) + many("王一生：", "好。王{h}生：", "\n")(size // 2)
    ),
    "persons.txt": many("", "王{h}：好。\n", ""),
    "persons in a header.txt": many(
        "", "王{h}：他说了一句话。另一句话。\n", "\n问：好？\n答：好。\n问：好？\n答：好。\n"
    ),
    "persons with a company.txt": many("", "王{h}（公司{h}）：好。\n", ""),
    "roles of persons.txt": many("", "主持人王{h}：好。\n", ""),
    "pairs.txt": many("", "{h}：王{h}\n", "问：好？\n答：好。\n"),
    "fields of Han.txt": many("", "{h}：{h}\n", "问：好？\n答：好。\n问：好？\n答：好。\n"),
    "brackets alike.txt": many("", "【王{h}生】好。\n", ""),
    "brackets alike in a line.txt": many("【甲】好。\n【乙】好。\n【甲】", "【王{h}生】好。", ""),
    "mentions.txt": many("问：好？\n答：", "王{h}院长，", "\n"),
    "mentions in turns.txt": many("", "问：王{h}院长呢？\n答：张{h}先生好。\n", ""),
    "chat of members.txt": many("", "2020-01-02 10:00:00 {h}\n好\n\n", ""),
    "attended persons.txt": many("出席：", "王{h}、", "\n主席：好。\n委员：好。\n主席：好。\n委员：好。\n"),
    "attended, one a line.txt": many("出席：\n", "王{h}\n", "主席：好。\n委员：好。\n主席：好。\n委员：好。\n"),
    "speakers of a document.txt": many("", "{h}（{h}）：好吗？\n", ""),
    "labels of Latin.txt": many("", "Mr. A{}: Good.\n", ""),
    "authors.txt": many("作者：", "王{h}、", "\n问：好？\n答：好。\n"),
    "labels twice.txt": many("", "甲{}：好。\n甲{}：嗯。\n", ""),
    "names.txt": many("", "王{}：好吗？\n", ""),
    "labels in a line.txt": many("问：好吗？\n答：", "好。甲{}：好。", ""),
    "brackets.txt": many("", "【甲{}】好。\n", ""),
    "fields.txt": many("", "字段{}：值\n", "问：好吗？\n答：好。\n"),
    "times.txt": many("", "说话人{} 00:01\n好。\n", ""),
    "times above.txt": many("", "00:01 说话人{}\n好。\n", ""),
    "stamps.txt": many("", "[00:01] 好{}。\n", ""),
    "cues.txt": many("", "[00:01.000 --> 00:02.000] 好{}。\n", ""),
    "different lines.txt": many("", "第{}行\n", ""),
    "legend.txt": many("", "甲{}：王{}\n", "甲1：好。\n"),
    "legend in a line.txt": many("文中", "甲{}：王{}，", "\n甲1：好。\n"),
    "abbreviations.txt": many("", "王小{}（以下简称王{}）说。\n", "王1：好。\n"),
    "chat.txt": many("", "2020-01-02 10:00:00 甲{}\n好\n\n", ""),
    "chat of brackets.txt": many("", "[2020/1/2 10:00:00] 甲{}: 好\n", ""),
    "chat of tabs.txt": many("2020/1/2（四）\n", "10:00\t甲{}\t好\n", ""),
    "numbered.txt": many("", "{}. 问题\n", ""),
    "wrapped.txt": many("问：", "这一行有二十个字没有句号所以要和下一行合在\n", ""),
    "directions.txt": many("问：好？\n答：好。\n", "（甲\n乙\n", ""),
    "pages.txt": many("", "第{}页\n一句话说完了。\n", ""),
    "footer.txt": many("问：好？\n答：好。\n", "编辑：甲{}\n", ""),
    "links.txt": many("问：好？\n答：好。\n", "http://a.example/{}\n", ""),
    "biographies.txt": many("问：好？\n答：好。\n", "王{}：1985年生，现任馆长。\n", ""),
    "attended.txt": many("出席：", "王{}、", "\n主席：好。\n委员：好。\n"),
    "bilingual.txt": many("", "中：你好。\nEN: Hello there.\n", ""),
    "bilingual without marks.txt": many("", "你好，你来自哪里呢？\nWhere do you come from, my friend?\n", ""),
    "affiliations.txt": many("", "王小{}（公司{}）：好。\n", ""),
    "roles.txt": many("", "主持人王{}：好。\n", ""),
    "sidecar.txt": many("", "问：好？\n答：好。\n", ""),
}
"""The texts by name; the suffix of the name is that of the file."""
