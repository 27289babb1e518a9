"""The Markdown panel of the dashboard: queries for Chinese text in Kibana's query language (KQL)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A query and a description of what it finds."""

    kql: str
    finds: str


EXAMPLES = (
    Example('"红米手机"', "原文里有这几个字，或者正是人名、话题、媒体"),
    Example('text: "红米手机"', "原文里连着写的这四个字"),
    Example('speaker: "郑志昊"', "他说的每一段"),
    Example('speaker: "郑志昊" and text: "小米"', "他说到小米的话"),
    Example('topics: "商业化" and role: interviewee', "受访者谈商业化"),
    Example('mentions: "苏未名"', "提到这个人的每一段，不论谁说的、用哪种写法"),
    Example('text: "小米" and not text: "红米"', "提到小米、没提红米"),
    Example("words: 资讯", "分词后的词，简体繁体（資訊）都算"),
    Example("speaker: 郑*", "姓郑的人"),
    Example("numbers >= 100000000", "说到一亿以上的数字"),
    Example("length > 200 and role: interviewee", "长的回答"),
    Example('date >= "2013-01-01" and date < "2014-01-01"', "2013 年的访谈"),
)
"""Each of them is run on the sample archive by a test."""


def markdown() -> str:
    """Return the text of the panel."""
    rows = "\n".join(f"| `{example.kql}` | {example.finds} |" for example in EXAMPLES)
    return f"""### 怎么问

**词组请加引号。** `text: 隐私` 会找“隐”或“私”，两个字各算各的；`text: "隐私"` 才是连着的这两个字。

| 在上方输入 | 找到 |
|---|---|
{rows}

- 用 `and`、`or`、`not` 和括号组合；说话人、话题、媒体、角色也可以在上面的下拉框里选。
- `text` 是原文，简体繁体分开算；`words` 是统一成简体的词。
- 时间范围从 1990 年起，可在右上角改；没有日期的访谈不在时间范围之内，请看“访谈目录”。
- 按相关度排序、问与答对照、标出命中的字：在终端里用 `fangtan search`。
"""
