"""The lines before the first turn: title, head matter, and the editor's lead, which is narration.

Prose has sentences; all else before the first turn is head matter: dates, 来源, 文｜, lists of participants, key words,
word counts, a machine's summary, tables of contents. The title is the first heading, or the first line that stands
alone.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from indexer.parser import dates, footer, lexicon, names, non_speech, section_markers
from indexer.parser.line_wrapping import Surroundings
from indexer.parser.trace import Piece, Taken
from indexer.readers.script import Line

_KEY = re.compile(r"(?P<key>[^：:|丨/]{1,12}?)\s*[：:|丨/]\s*")
_BANNER = re.compile(r"[【\[〖][^】\]〗]*[】\]〗]")
_SENTENCE_END = re.compile(r"[。！？!?…][”’」』\"')）】]*\s*$|[a-z]{2}[.!?][\"')]*\s*$", re.IGNORECASE)
_SENTENCE = re.compile(r"[。！？；]|[a-z]{2}[.!?]\s", re.IGNORECASE)
_NOT_TITLE = re.compile(
    r"^[=\-~*]{2}|https?://|www\.|来源|稿源|字号|字体|作者|编辑|发布(?!会)|阅读|浏览|点击|评论|首页|当前位置|您的位置|本文约|全文约|分钟|>\s|^\d+$"
)
_NAVIGATION = re.compile(  # what stands above a page: 用户登录 | 投稿, 返回
    r"(?:(?:(?:用户|会员)?(?:登录|登陆|注册)|投稿|返回(?:列表|首页|顶部|上一页)?|(?:网站)?首页|收藏|打印|分享(?:到|至)?|手机版|客户端"
    r"|关闭|设为首页|加入收藏|导航|菜单|搜索|繁体|简体|english)(?:本[站页文])?[\s|·/>,，、]*)+"
    r"|.{2,16}(?:主管|主办|承办|官方(?:合作)?网站)"
)
_UNTITLED = tuple(lexicon.TAIL_STARTS)
# a Feishu export begins with its date and length; a key with its value below begins a list
_ENDS_TITLES = re.compile(r"[|丨]\s*\d+\s*(?:小时|分钟|秒)|^[^：:]{2,8}[：:]$")
_MOMENT = re.compile(r"\d{1,4}\s?[年月日号时点分秒:：./-]+|星期.|周[一二三四五六日]|上午|下午|晚上|[\d\s|丨()·,，-]+")
_LONGEST_TITLE = 60
_KEYS = (
    *(lexicon.HEAD, lexicon.INTRODUCING, lexicon.TAIL_KEYS),
    *(lexicon.AUTHOR_KEYS, lexicon.GUEST_KEYS, lexicon.HOST_KEYS, lexicon.OUTLET_KEYS),
)
_ANY_KEY = frozenset().union(*_KEYS)
_ENDS_KEYS = re.compile(r".(?:编号|时间|地点|日期|对象|人员|方式|单位|电话)$")  # 访谈编号：…
_TITLE_KEY = re.compile(r"\s*(?:文章)?(?:标题|標題|篇名)\s*[：:]\s*(?=\S)")


_NONE = Surroundings()


@dataclass(frozen=True, slots=True)
class Head:
    """What the lines before the first turn were taken for."""

    pieces: tuple[Piece, ...]
    title: str

    def lines(self, *taken: Taken) -> tuple[str, ...]:
        """Return the texts of the pieces taken for one of these."""
        return tuple(piece.text for piece in self.pieces if piece.taken in taken)

    def matter(self, spoken: bool) -> tuple[str, ...]:
        """Return the head matter; of a text in which nobody speaks only what stands before its first sentence."""
        before = takewhile(lambda piece: spoken or piece.taken is not Taken.NARRATION, self.pieces)
        return tuple(piece.text for piece in before if piece.taken in (Taken.HEAD, Taken.STAGE))


def read(lines: Sequence[Line], title: str, around: Surroundings = _NONE) -> Head:
    """Return what the lines of a head are; `title` is what the format says, "" where it says nothing.

    Lines that continue the one above are judged together with it.
    """
    chosen = _title([line for line in lines if line.text.strip() not in around.furniture], title)
    pieces: list[Piece] = []
    in_summary = False
    taken, why = Taken.HEAD, ""
    for place, line in enumerate(lines):
        if place not in around.joined or not place:
            folded = names.fold(line.text[:200])
            in_summary = (in_summary or section_markers.summary_begins(folded)) and not section_markers.text_begins(
                folded
            )
            taken, why = _taken(_paragraph(lines, place, around.joined), folded)
            if line is chosen:
                taken, why = Taken.TITLE, "the first line that stands alone"
            elif line.text.strip() in around.furniture:
                taken, why = Taken.PAGE, "the same line comes again and again"
            elif in_summary and taken is Taken.NARRATION:
                taken, why = Taken.HEAD, "part of a summary"
            elif taken is Taken.NARRATION and _introduces(lines, place):
                taken, why = Taken.HEAD, "a list of those who take part"
        pieces.append(Piece(line, 0, len(line.text), taken, why))
    printed = _TITLE_KEY.sub("", chosen.text.strip(), count=1) if chosen else ""
    return Head(tuple(pieces), printed or title)


def _introduces(lines: Sequence[Line], place: int) -> bool:
    """Tell whether a line says who somebody is, a name and a colon before it, in a list of those who take part."""
    while place and (key := _KEY.match(lines[place].text)) and names.is_person(names.fold(key["key"])):
        place -= 1
        if section_markers.lists_people(lines[place].text):
            return True
    return False


def _paragraph(lines: Sequence[Line], place: int, joined: frozenset[int]) -> Line:
    """Return a line together with those that continue it."""
    if place + 1 not in joined or place + 1 >= len(lines):
        return lines[place]
    text = lines[place].text
    for after in range(place + 1, len(lines)):
        if after not in joined:
            break
        text += lines[after].text
    return replace(lines[place], text=text)


def _taken(line: Line, folded: str) -> tuple[Taken, str]:
    """Return what one line of the head is."""
    aside = non_speech.of(line)
    if aside:
        return (Taken.HEAD, "a date") if aside[0] is Taken.PAGE and dates.find(line.text) else aside
    if footer.begins(line.text) and not is_prose(line.text):
        return Taken.HEAD, "credits"
    if line.label is not None or line.start is not None:
        return Taken.NARRATION, "a cue without a speaker"
    keys = _keys(folded)
    if keys and keys <= lexicon.HEAD - lexicon.EDITORIAL:
        return Taken.HEAD, "key and value"
    if is_prose(line.text):
        return Taken.NARRATION, "sentences before the first turn"
    return Taken.HEAD, "no sentence"


def _keys(folded: str) -> frozenset[str]:
    """Return the words before a line's first colon or stroke: 采访、撰文｜佟鸥 has two."""
    found = _KEY.match(folded)
    return frozenset(re.split("[、&及和与]", found["key"].strip("【】[]() "))) if found else frozenset()


def is_prose(text: str) -> bool:
    """Tell whether a line is made of sentences: editorial prose, not a title, a list or a value."""
    text = text.strip()
    if len(text) < 5:
        return False
    return bool(_SENTENCE_END.search(text)) or (len(text) >= 40 and bool(_SENTENCE.search(text))) or len(text) >= 120


def _title(lines: Sequence[Line], told: str) -> Line | None:
    """Return the title: the heading, 标题：…, what the format's title repeats, or else the first line by itself."""
    headings = [line for line in lines if line.kind == "heading" and line.text.strip()]
    headings = [line for line in headings if not _names_section(line) and not (told and _names_part(line))]
    plain = names.fold(told)
    begins = (line for line in headings if plain.startswith(names.fold(line.text)))
    heading = next(begins if plain else iter(()), headings[0] if headings else None)
    keyed = next((line for line in lines[:12] if _TITLE_KEY.match(line.text)), None)
    if heading or keyed:
        return heading or keyed
    for line in lines[:12]:
        folded = names.fold(line.text[:200])
        if plain and len(folded) > 3 and folded in plain:
            return line
    if told:
        return None
    banner = next((line for line in lines[:4] if line.start is None and _BANNER.fullmatch(line.text.strip())), None)
    alone = list(_standing_alone(lines))
    if len(alone) > 1 and _names_medium(alone[0]):
        return alone[1]
    return next(iter(alone), banner if banner and len(banner.text.strip()) > 7 else None)


def _names_section(line: Line) -> bool:
    """Tell whether a heading is a section's, not the text's: 前言, 01, 正文."""
    folded = names.fold(line.text)
    return folded in lexicon.EDITORIAL or folded.strip(".、 ").isdigit() or section_markers.text_begins(folded)


def _names_part(line: Line) -> bool:
    """Tell whether a heading only names a part in the conversation, as above a list of participants: ### 主持人."""
    return names.fold(line.text) in lexicon.ROLES | lexicon.GUEST_KEYS


def _names_medium(line: Line) -> bool:
    """Tell whether a line is nothing but the name of a medium, as above a page's title: 北岸文学网."""
    text = line.text.strip()
    return len(text) <= 10 and names.likeness(text)[1].startswith("ends as a medium")


def _standing_alone(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines that can be a title, until the first prose."""
    for line in lines[:8]:
        text = line.text.strip()
        if (
            line.start is not None
            or line.label is not None
            or ("。" in text and is_prose(text))
            or len(text) > _LONGEST_TITLE
        ):
            return
        if _ENDS_TITLES.search(names.fold(text)):
            return
        if _can_be_title(line, text):
            yield line


def _can_be_title(line: Line, text: str) -> bool:
    """Tell whether a short line can be a title: not a date, a banner, a key with its value, a rule, a link."""
    folded = names.fold(text)
    if non_speech.of(line) or _BANNER.fullmatch(folded) or _NOT_TITLE.search(folded) or len(folded) < 2:
        return False
    if _NAVIGATION.fullmatch(folded) or folded.lstrip("【[").startswith(_UNTITLED):
        return False
    keys = _keys(folded)
    if keys and all(key in _ANY_KEY or _ENDS_KEYS.search(key) for key in keys):
        return False
    return len(_MOMENT.sub("", folded)) >= 2
