"""The end of the body and the start of the footer: credits, copyright, links, advertisements, bylines, biographies."""

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.language.messages import gettext_noop
from indexer.parser import lexicon, names, non_speech, promotion
from indexer.parser.trace import LineClass, LineSegment
from indexer.readers.script import CorrectionKind, Line

_BULLETS = " \t（(【[*◎●■▍-—~～"
_SEPARATOR = re.compile(r"[\s及和与&/、]+")
_KEY_END = re.compile(r"[：:|丨/·]")
_HEADER_KEYS = lexicon.HEADER_KEYS - lexicon.DISCOURSE_MARKERS
_STARTS, _SHORT_STARTS = tuple(lexicon.FOOTER_STARTS), tuple(lexicon.SHORT_FOOTER_STARTS)
_END_MARK = re.compile(r"[（(【\[\-—~～\s]*(?:全文|本文)?(?:完|end|the end|fin)[）)】\]\-—~～\s.。]*")
_AFTERWORD = re.compile(
    r"[#【\[\s]*(?:后记|尾声|写在最后|写在后面|编后记?|结语|(?:采访|记者|访谈|编辑)?(?:手记|后记|札记))[】\]:：\s]*"
)
_STATEMENT = re.compile(r"[^，。、:]{0,8}声明:")  # 新浪声明：…
_KEY_VALUE = re.compile(r"[\s　➤▶►●■◆*•·-]*([^：:，。！？、]{1,8})[：:]\s*(?=\S)(?!.*[。！？!?…])")
_ENDS = "。！？!?…”」』"
_MIN_KEYS = 3  # consecutive lines of key and value that make a block
_SECTION_TITLE = re.compile(r"[【〖][^【】〖〗。！？!?]{3,10}[】〗]")  # 【本期音乐】 after the last label
_SHORT = 30
NO_SENTENCE = gettext_noop("no sentence")
"""The reason why a line before the first turn is no narration."""

_MIN_TAIL, _MAX_TAIL = 150, 0.25  # characters below a line of a footer where nobody speaks, or share of the text
_MAX_CREDITS, _MAX_CREDIT = 12, 10  # words of a list of credits, and the characters of each
_NOTICE = re.compile(  # 由 某某 转写，请以录音为准
    r"(?:本文|以上|本)?[^，。我你]{0,8}(?:由|系)[^，。我你]{1,12}(?:转写|生成|整理|识别|听写)(?:而成)?[，。]?(?:[^。我你]{0,20}为准|[^。我你]{0,8}参考)?[。]?"
    r"|[^，。我你]{0,16}(?:仅供参考|请?以[^，。我你]{1,8}为准)[。]?"
)
_OF_COUNTERS = re.compile(r"阅读|浏览|点赞|赞|在看|评论|转发|收藏|划线")  # 阅读 1024, 赞 12 | 评论 3
_COUNTS = re.compile(r"[\d\s·|/,.万千w+次人个]+")
_LATIN = re.compile(
    r"all rights reserved|the end|share this|leave a (?:comment|reply)|related (?:posts|articles)|posted on"
)
_ADDRESS_LINE = re.compile(r"[^，。！？!?：:]{0,16}[：:]?\s*(?:https?://|www\.)\S+\s*")  # 河岸木作网 http://…
_QUESTION = re.compile(r"[？?][”’」』\"')）】\s]*$")
_TALK = re.compile(r"[我你您]")
_MAX_LINE = 60
_MIN_TALK, _MIN_PARAGRAPHS = 500, 3
"""Characters and paragraphs in which somebody says 我 or 你: above both, a text goes on below a line of a footer."""

_NARRATION = re.compile(
    r"(?:采访|访谈|对话|谈话|聊天|专访|发布会|活动|会面)(?:进行|持续|到|在|即将|快|临近)?.{0,8}?(?:结束|最后|尾声|告一段落)"
    r"|临别|临走|告别时|分手时|走出"
)
_BIOGRAPHY = re.compile(  # somebody who talks about their own life says 我
    r"[^我您你]{2,12}[：:，,（(][^我您你。？！]{0,40}?"
    r"(?:\d{4}年.{0,6}?生|[一二][九〇零○][一二三四五六七八九〇零○]{2}年.{0,6}?生|生于|现任|现为|毕业于|著有)[^我您你]*$"
)
_TOP_PICTURE = re.compile(r"封面|封图|题图|头图")  # credited at the end, not below it
_NAME_FIRST = re.compile(r"([^，,：:（(。\s]{2,8})[，,：:（(]")
_LAST_PARAGRAPHS = 3  # in which a biography may be of somebody who has no label
_REPORTS_SPEECH = re.compile(r"(?:最后)?(?:说|說|表示|告诉|告訴|坦言|笑|补充|補充|回忆|回憶|认为|認為)")


def start(lines: Sequence[Line], last: int, speakers: Sequence[str]) -> tuple[int, str]:
    """Return the index of the first line of the footer below `last`, the line of the last label, and the reason.

    The index is the number of lines if there is no footer.
    """
    end, reason = len(lines), ""
    texts = [line.text for line in lines[last + 1 :]]
    guests = tuple(name for name in speakers if len(name) > 1)
    for index, text in enumerate(texts):
        found = _reason(text, guests)
        if not found and index >= len(texts) - _LAST_PARAGRAPHS and _is_life_of_a_person(text):
            found = gettext_noop("biography")
        if found and not _is_caption(lines[last + 1 + index]) and not goes_on(texts[index + 1 :]):
            end, reason = last + 1 + index, found
            break
    block = last + 1 + min(key_value_start(texts[: end - last - 1]), key_value_start(texts))
    if block < end:
        end, reason = block, gettext_noop("keys and values at the end")
    promotion_start = last + 1 + promotion.start(lines[last + 1 : end])
    if promotion_start < end:
        end, reason = promotion_start, gettext_noop("promotes the site")
    fragments = last + 1 + promotion.fragments_start(lines[last + 1 : end])
    return (
        (fragments, gettext_noop("fragments at the end"))
        if fragments < end and promotion.is_punctuated(lines[:fragments])
        else (end, reason)
    )


def without_speakers(segments: Sequence[LineSegment]) -> list[LineSegment]:
    """Return the segments of a text in which nobody speaks, those of its footer as such.

    A document has lines worded like a footer in its middle too; what is below must be little: a quarter of it at most.
    """
    first, reason = _start_without_speakers(segments)
    if not any(segment.line_class is LineClass.NARRATION for segment in segments[:first]):
        return list(segments)
    is_title = [segment.line_class is LineClass.TITLE for segment in segments]
    return [
        replace(segment, line_class=LineClass.FOOTER, reason=reason)
        if index >= first and not is_title[index] and (_is_text(segment) or segment.reason == NO_SENTENCE)
        else segment
        for index, segment in enumerate(segments)
    ]


def _is_text(segment: LineSegment) -> bool:
    return segment.line_class is LineClass.NARRATION and segment.line.kind != CorrectionKind.KEPT


def _start_without_speakers(segments: Sequence[LineSegment]) -> tuple[int, str]:
    """Return the index of the first segment of the footer of a text in which nobody speaks, and the reason."""
    lengths = [len(segment.text) for segment in segments]
    below, total = sum(lengths), sum(lengths)
    for index, segment in enumerate(segments):
        below -= lengths[index]
        if index and below <= max(_MIN_TAIL, total * _MAX_TAIL) and (reason := _reason(segment.text, ())):
            return index, reason
    return promotion.start([segment.line for segment in segments]), gettext_noop("promotes the site")


def _is_caption(line: Line) -> bool:
    """Return whether a line that names who took a picture is its caption: an answer may go on below it."""
    found = non_speech.classify(line)
    return found is not None and found[0] is LineClass.CAPTION and not _TOP_PICTURE.match(names.fold(line.text[:8]))


def _reason(text: str, guests: tuple[str, ...]) -> str:
    """Return the reason why the footer starts with a line, "" if it does not."""
    if is_biography(text, guests):
        return gettext_noop("biography of a speaker")
    return "" if is_afterword(text) else start_reason(text)


def narration_start(lines: Sequence[Line], below: int, end: int, speakers: Sequence[str]) -> int:
    """Return the index of the first line of the closing narration, `end` if there is none.

    `below` is the line after that with the last label and its text.
    """
    asked = below < end and lines[below].start is None and _QUESTION.search(lines[below - 1].text)
    if asked and is_closing_scene(lines[below].text, speakers):
        return below
    guests = tuple(name for name in speakers if len(name) > 1)
    return next((index for index in range(below, end) if is_narration(lines[index].text, guests)), end)


def start_reason(text: str) -> str:
    """Return the reason why the footer starts with this line, "" if it does not."""
    folded = names.fold(text[:160])
    stripped = folded.lstrip(_BULLETS)
    if _is_credit(stripped) or _is_list_of_credits(text):
        return gettext_noop("credits")
    if len(folded) <= _MAX_LINE and _NOTICE.fullmatch(folded):
        return gettext_noop("a notice of who transcribed it")
    if len(folded) <= _SHORT and _OF_COUNTERS.search(folded) and _COUNTS.fullmatch(_OF_COUNTERS.sub("", folded)):
        return gettext_noop("counts readers")
    if _ADDRESS_LINE.fullmatch(folded):
        return gettext_noop("an address")
    if _SECTION_TITLE.fullmatch(folded) and names.fold(folded.strip("【】〖〗")) not in lexicon.ROLE_WORDS:
        return gettext_noop("a section title")
    short = len(text.strip()) <= _SHORT and folded[-1:] != "。" and stripped.startswith(_SHORT_STARTS)
    if (
        short
        or stripped.startswith(_STARTS)
        or _STATEMENT.match(stripped)
        or _END_MARK.fullmatch(folded)
        or _LATIN.match(folded)
    ):
        return gettext_noop("worded like a footer")
    return ""


def single_line_reason(text: str) -> str:
    """Return why a short line is left out though the talk goes on below it, "" if it is not: 延伸阅读：…."""
    return start_reason(text) if len(text) <= _MAX_LINE and text.rstrip()[-1:] not in _ENDS else ""


def goes_on(texts: Sequence[str]) -> bool:
    """Return whether a talk goes on in the lines below one that is worded like a footer, as in 延伸阅读：… in mid-text.

    Biographies, credits and advertisements have neither 我 nor so many long paragraphs.
    """
    talk = [len(text) for text in texts if len(text) >= _SHORT and _TALK.search(text) and text.rstrip()[-1:] in _ENDS]
    return len(talk) >= _MIN_PARAGRAPHS and sum(talk) >= _MIN_TALK


def key_value_start(texts: Sequence[str]) -> int:
    """Return the index at which a final block of keys and values starts, the number of lines if there is none.

    采访时间：…, 采访地点：…: all header keys, or at least three lines with one of these, and the title above them.
    """
    start = len(texts)
    while start and _KEY_VALUE.match(texts[start - 1]):
        start -= 1
    if start == len(texts):
        return start
    keys = [names.fold(match[1]) for text in texts[start:] if (match := _KEY_VALUE.match(text))]
    if all(key in _HEADER_KEYS for key in keys):
        return start
    if len(keys) < _MIN_KEYS or _HEADER_KEYS.isdisjoint(keys):
        return len(texts)
    above = texts[start - 1].strip() if start else ""
    return start - (0 < len(above) <= 12 and above[-1] not in '。！？!?…，,；;”」』"')


def _is_credit(folded: str) -> bool:
    """Return whether a line starts with words for credits: 编辑：, 编辑、排版｜, 文/图 ."""
    for key_end in _KEY_END.finditer(folded, 0, 24):
        words = _SEPARATOR.split(folded[: key_end.start()].strip("】])） "))
        if words and all(word in lexicon.CREDIT_KEYS for word in words):
            return True
    return False


def _is_list_of_credits(text: str) -> bool:
    """Return whether a line pairs words for credits with names, by spaces alone: 江畔日报记者 林深 校对 何苗."""
    words = text.split() if len(text) <= 2 * _SHORT else []
    if not 2 <= len(words) <= _MAX_CREDITS or any(len(word) > _MAX_CREDIT for word in words):
        return False
    folded = [names.fold(word) for word in words]
    keys = [word in lexicon.CREDIT_KEYS or word.endswith(("记者", "通讯员")) for word in folded]
    return keys[0] and not all(keys) and all(key or len(word) <= 4 for key, word in zip(keys, folded, strict=True))


def byline_start(text: str) -> int:
    """Return the index of a byline attached to the end of an answer, the length of the text if there is none."""
    if text[-1:] not in "）)】]":
        return len(text)
    cut = max(text.rfind("（"), text.rfind("("), text.rfind("【"), text.rfind("["))
    if cut < 0 or len(text) - cut > 80:
        return len(text)
    inside = names.fold(text[cut + 1 : -1])
    is_flat = not any(bracket in inside for bracket in "（）()【】[]")
    return cut if is_flat and any(word in inside for word in lexicon.BYLINE_WORDS) else len(text)


def is_afterword(text: str) -> bool:
    """Return whether a line is the title of an afterword: 后记, 采访手记."""
    return len(text) <= _SHORT and bool(_AFTERWORD.fullmatch(names.fold(text)))


def is_narration(text: str, guests: tuple[str, ...]) -> bool:
    """Return whether a paragraph without a label is narration again: about the end, or about a speaker by name."""
    if _NARRATION.match(names.fold(text[:40])) or is_afterword(text):
        return True
    return any(_reports_speech_of(text, guest) for guest in guests)


def is_closing_scene(text: str, speakers: Sequence[str]) -> bool:
    """Return whether a paragraph below a question tells what a speaker does instead of answering: 何苗摇了摇头，走了.

    It begins with the name of a speaker (`speakers`; a label of one character is a surname), and nobody says 我 or 你.
    """
    text = text.strip()
    if _TALK.search(text) or text[-1:] not in _ENDS or ":" in names.fold(text[:_SHORT]):
        return False
    for speaker in speakers:
        if text.startswith(speaker):
            name_length = len(speaker) if len(speaker) > 1 else 3
            return len(speaker) > 1 or any(names.is_person(names.fold(text[:n])) for n in (2, name_length))
    return False


def is_biography(text: str, guests: tuple[str, ...]) -> bool:
    """Return whether a paragraph is a short biography of a speaker: 何苗：1985年生，现任馆长."""
    return any(text.lstrip(_BULLETS).startswith(guest) for guest in guests) and bool(
        _BIOGRAPHY.match(names.fold(text[:120]))
    )


def _is_life_of_a_person(text: str) -> bool:
    """Return whether a paragraph is the biography of somebody, who need not have a label: 莫子游，1976年生，…."""
    found = _NAME_FIRST.match(text.lstrip(_BULLETS))
    named = found and names.is_person(names.fold(names.split_affiliation(found[1])[0]))
    return bool(named and _BIOGRAPHY.match(names.fold(text[:120])))


def _reports_speech_of(text: str, guest: str) -> bool:
    """Return whether the start of a paragraph reports the speech of a guest: 采访最后，何苗说…."""
    position = text.find(guest, 0, 20 + len(guest))
    return position >= 0 and bool(_REPORTS_SPEECH.match(text, position + len(guest)))
