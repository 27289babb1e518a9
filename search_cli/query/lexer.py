"""Split a query into tokens: which characters are operators, and which are text."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from indexer.errors import QueryError
from indexer.language.messages import gettext as _

TokenKind = Literal["word", "phrase", "prefix", "saved", "field", "value", "open", "close", "not", "or", "and", "near"]
LONGEST = 10_000

_NAMES = {
    "speaker": "speaker", "说话人": "speaker", "發言人": "speaker", "发言人": "speaker",
    "to": "to", "答复": "to", "答覆": "to",
    "role": "role", "角色": "role",
    "topic": "topic", "话题": "topic", "話題": "topic",
    "keyword": "keyword", "关键词": "keyword", "關鍵詞": "keyword",
    "outlet": "outlet", "媒体": "outlet", "媒體": "outlet",
    "interview": "interview", "访谈": "interview", "訪談": "interview",
    "title": "title", "标题": "title", "標題": "title",
    "author": "author", "作者": "author",
    "affiliation": "affiliation", "任职": "affiliation", "任職": "affiliation",
    "label": "label", "标签": "label", "標籤": "label",
    "language": "language", "语言": "language", "語言": "language",
    "date": "date", "日期": "date",
    "year": "year", "年份": "year",
    "number": "number", "数字": "number", "數字": "number",
    "added": "added", "入库": "added", "入庫": "added",
    "mentions": "mentions", "提到": "mentions", "提及": "mentions",
    "asked": "asked", "问到": "asked", "問到": "asked",
    "answered": "answered", "答到": "answered",
    "tag": "tag", "标记": "tag", "標記": "tag",
    "volunteered": "volunteered", "主动提到": "volunteered", "主動提到": "volunteered",
}  # fmt: skip
FIELDS = tuple(dict.fromkeys(_NAMES.values()))

# Names that mean a field without being spelt like it: what other programs, or the columns of a table, call it
_MEANT = {
    **dict.fromkeys(("name", "person", "people", "who", "by", "姓名", "人物", "讲者", "講者"), "speaker"),
    **dict.fromkeys(("host", "interviewer", "interviewee", "身份"), "role"),
    **dict.fromkeys(("subject", "theme", "category", "主题", "主題", "议题", "議題"), "topic"),
    **dict.fromkeys(("media", "medium", "source", "publisher", "site", "来源", "來源", "出处", "出處"), "outlet"),
    **dict.fromkeys(("id", "file", "meeting", "document"), "interview"),
    **dict.fromkeys(("since", "until", "before", "after", "month", "day", "时间", "時間"), "date"),
    **dict.fromkeys(("headline", "题目", "題目"), "title"),
    **dict.fromkeys(("writer", "reporter", "journalist"), "author"),
    **dict.fromkeys(("org", "organisation", "organization", "company", "position", "单位", "單位"), "affiliation"),
    **dict.fromkeys(("lang", "script", "文字"), "language"),
    **dict.fromkeys(("about", "mentioned"), "mentions"),
    **dict.fromkeys(("tags", "code", "codes"), "tag"),
    **dict.fromkeys(("amount", "figure", "数量", "數量"), "number"),
}
_FIELD_LIKE = re.compile(r"[a-z][a-z_]+")
_SCHEMES = frozenset({"http", "https", "ftp", "mailto", "doi", "isbn", "issn", "urn", "localhost"})
"""Words before a colon that belong to what follows: addresses and identifiers."""

# opening mark -> closing marks. Input methods mix the double ones: "小米” and ”小米” are both quoted.
_DOUBLE = '"＂“”„‟'
_CLOSING = dict.fromkeys(_DOUBLE, _DOUBLE) | {"「": "」", "『": "』"}
_STRAIGHT = '"＂'  # deliberate: they quote even without a space before or after
_OPEN, _CLOSE, _MINUS, _STAR, _COLON, _AT = "(（", ")）", "-－", "*＊", ":：", "@＠"
_OPERATORS: dict[str, TokenKind] = {"OR": "or", "AND": "and", "NOT": "not"}
_NEAR = "NEAR"


@dataclass(frozen=True, slots=True)
class Token:
    """A token of the query: its text without operators, and its position."""

    kind: TokenKind
    text: str
    at: int


def tokens(query: str) -> list[Token]:
    """Return the tokens of `query`; raise `QueryError` for an unclosed quotation mark or a misspelt field name."""
    return _Tokenizer(query).tokens()


class _Tokenizer:
    """Scan the query. `_values` counts the open brackets after a field: they contain values."""

    def __init__(self, query: str) -> None:
        self._query, self._at, self._found = query, 0, list[Token]()
        self._values = 0

    def tokens(self) -> list[Token]:
        while self._skip_spaces():
            self._token()
        return self._found

    def _skip_spaces(self) -> bool:
        while self._at < len(self._query) and self._query[self._at].isspace():
            self._at += 1
        return self._at < len(self._query)

    def _add(self, kind: TokenKind, text: str, end: int) -> None:
        self._found.append(Token(kind, text, self._at))
        self._at = end

    @property
    def _after_field(self) -> bool:
        return bool(self._found) and self._found[-1].kind == "field"

    def _token(self) -> None:
        """Scan the token at this position."""
        mark = self._query[self._at]
        if mark in _OPEN:
            self._values += bool(self._values or self._after_field)
            self._add("open", mark, self._at + 1)
        elif mark in _CLOSE:
            self._values -= bool(self._values)
            self._add("close", mark, self._at + 1)
        elif (end := self._quote_end(self._at)) is not None:
            self._phrase(end)
        elif mark in _MINUS and self._begins_exclusion():
            self._add("not", mark, self._at + 1)
        elif mark in _AT and self._begins_name():
            end = self._text_end()
            self._add("saved", self._query[self._at + 1 : end], end)
        else:
            self._text()

    def _quote_end(self, at: int) -> int | None:
        """Return the position of the closing mark; None if `at` has no quotation mark, or one within a sentence."""
        closing = _CLOSING.get(self._query[at])
        if closing is None:
            return None
        end = next((i for i in range(at + 1, len(self._query)) if self._query[i] in closing), None)
        if end is None:
            step = _("Close it with {mark} or remove it.").format(mark=closing[0])
            raise QueryError(self._query, at, _("This quotation mark is not closed."), step)
        glued = end + 1 < len(self._query) and not self._ends_token(end + 1)
        return None if glued and self._query[at] not in _STRAIGHT and not self._after_field else end

    def _ends_token(self, at: int) -> bool:
        return self._query[at].isspace() or self._query[at] in _CLOSE

    def _phrase(self, end: int) -> None:
        text = self._query[self._at + 1 : end].strip()
        if not text:
            step = _("Remove them, or quote some text.")
            raise QueryError(self._query, self._at, _("Empty quotation marks."), step)
        self._add("phrase", text, end + 1)

    def _begins_exclusion(self) -> bool:
        """Return whether a minus excludes, as in -广告, unlike a lone dash and --."""
        after = self._query[self._at + 1 : self._at + 2]
        return bool(after) and not after.isspace() and after not in _MINUS and not self._after_field

    def _begins_name(self) -> bool:
        """Return whether an @ names a saved search, unlike a lone one and one in the value of a field."""
        return self._text_end() > self._at + 1 and not self._after_field and not self._values

    def _text(self) -> None:
        """Scan a field name, an operator in letters, a prefix or a word."""
        end = self._text_end()
        text = self._query[self._at : end]
        kind = _operator(unicodedata.normalize("NFKC", text))
        if self._after_field or (self._values and kind != "or"):
            self._add("value", text, end)
        elif (colon := self._field_colon(text)) is not None:
            self._add("field", self._field_name(text[:colon]), self._at + colon + 1)
        elif kind:
            self._add(kind, text, end)
        elif len(text) > 1 and text[-1] in _STAR and (stem := text.rstrip(_STAR)):
            self._add("prefix", stem, end)
        else:
            self._add("word", text, end)

    def _text_end(self) -> int:
        """Return the end of the text at this position: at a space, a bracket, or a closed straight quotation mark."""
        at = self._at + 1
        while at < len(self._query) and not self._query[at].isspace() and self._query[at] not in _OPEN + _CLOSE:
            if self._query[at] in _STRAIGHT and any(mark in _DOUBLE for mark in self._query[at + 1 :]):
                break
            at += 1
        return at

    def _field_colon(self, text: str) -> int | None:
        """Return the position of the colon after a field name in `text`; None for 12:30, http://, C: and other text."""
        colon = next((i for i, mark in enumerate(text) if mark in _COLON), None)
        if not colon:
            return None
        name = unicodedata.normalize("NFKC", text[:colon]).lower()
        if name in _NAMES:
            return colon
        if name not in _SCHEMES and not text.startswith("//", colon + 1):
            self._check_name(name, text, colon)
        return None

    def _check_name(self, name: str, text: str, colon: int) -> None:
        """Raise `QueryError` for a name that is like that of a field, or only can be one: speker:郑志昊, venue:台北.

        Anything else is text: 问：…, AI:…, a:b.
        """
        from difflib import get_close_matches

        near = get_close_matches(name, FIELDS, n=1, cutoff=0.75) if name.isascii() else []
        if meant := (near[0] if near else _MEANT.get(name, "")):
            next_step = _("Write {field}: or quote the text.").format(field=meant)
        elif text[colon] == ":" and text[colon + 1 :] and _FIELD_LIKE.fullmatch(text, 0, colon):
            fields = _("The fields are {fields}. Text is quoted: {text}")
            next_step = fields.format(fields=_(", ").join(FIELDS), text=_in_quotes(text))
        else:
            return
        raise QueryError(self._query, self._at, _("There is no field {name}.").format(name=name), next_step)

    @staticmethod
    def _field_name(typed: str) -> str:
        return _NAMES[unicodedata.normalize("NFKC", typed).lower()]


def _operator(text: str) -> TokenKind | None:
    """Return the kind of an operator in letters: OR, AND, NOT, NEAR/5; None for any other text."""
    return "near" if text.partition("/")[0] == _NEAR else _OPERATORS.get(text)


def _in_quotes(text: str) -> str:
    """Return a text in quotation marks that it does not have."""
    return f"「{text}」" if any(mark in text for mark in _DOUBLE) else f'"{text}"'
