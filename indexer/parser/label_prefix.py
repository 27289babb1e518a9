"""What stands before a label at the start of its line: bullets and numbers (● 记者：, 1、记者：, 一問：)."""

import re

_SPACE = " \t　\xa0\u200b\ufeff"
# geometric shapes, dingbats, pictures, and the private use of Word's symbol fonts
_BULLETS = "*•‣⁃∙※>»|▍▎·．–—－@＠\\u25a0-\\u25ff\\u2600-\\u27bf\\ufe0f\\U0001f000-\\U0001faff\\uf000-\\uf0ff\\-"
_NUMERALS = frozenset("一二三四五六七八九十第")
_ORDINAL = "[一二三四五六七八九十]{1,3}"
_NUMBER = (
    rf"(?:\d{{1,3}}(?:[.、．)）]|[,，](?!\d))|{_ORDINAL}、|[(（](?:\d{{1,2}}|{_ORDINAL})[)）]|[\u2460-\u249b\u3220-\u3229Ⅰ-Ⅻ][.、．]?"
    rf"|(?:\d{{1,3}}|第?{_ORDINAL})[{_SPACE}]*(?=(?:[问答問]|[Qq]|[疑追提][问問]|[记記]者)[{_SPACE}]*[：:]))"
)

_ON_SCREEN = r"(?:[【\[（(](?:同期声?|现场|采访|出镜)[】\])）][ 　]*(?=[^：:。，]{2,20}[：:]))"  # 【同期】店主 熊师傅：
_BULLET = re.compile(rf"[{_SPACE}]*(?:[{_BULLETS}]+[{_SPACE}]*)?(?:{_NUMBER}[{_SPACE}]*)?{_ON_SCREEN}?")
_OUTLINE = re.compile(rf"[{_SPACE}{_BULLETS}]*{_NUMBER}")


def length(text: str) -> int:
    """Return the number of characters before a label."""
    if "一" <= text[:1] <= "鿿" and text[0] not in _NUMERALS:
        return 0  # most lines
    match = _BULLET.match(text)
    return match.end() if match else 0


def has_number(text: str, printed: str) -> bool:
    """Return whether a number precedes the label of a line, as printed: 1、记者：, （三）避免浪费：."""
    return text[:1] != printed[:1] and bool(_OUTLINE.match(text))
