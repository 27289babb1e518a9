"""What each speaker does in the conversation: asks, answers, leads it, takes part in it.

First the words: a label may say it outright (问, 主持人, 经济日报记者, 审), and so may the office beside a name, the
byline (the author asks) or the list of guests. Then the company: where somebody asks or leads, the others answer. Last,
in a conversation of two without any such word, who asks is seen from the questions; where that is not clear, or several
talk with each other as in a meeting, everybody is `other`.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from indexer.model import Interview, Role, Turn
from indexer.text.normalize import normalize


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ASKING = _words("""
    问 q 记者 提问 提问者 问者 采访 采访者 采访人 访谈者 访员 访问者 访 编辑部 编者 本刊 本报 本网 笔者 小编 interviewer
""")
"""Labels of whoever asks that name nobody: resolved to the journalist or the outlet where the text tells them."""

ANSWERING = _words("答 a 答者 回答 受访者 受访人 被采访者 被访者 受 interviewee")
"""Labels of whoever answers that name nobody."""

_WORDS = {
    Role.INTERVIEWER: ASKING
    | _words("观众 听众 网友 读者 学生 现场观众 现场提问 问题 reporter journalist audience questioner"),
    Role.INTERVIEWEE: ANSWERING | _words("嘉宾 来宾 主讲 主讲人 发言人 行政长官 发布人 guest"),
    Role.HOST: _words("主持人 主持 主席 会议主席 召集人 主播 司仪 审 审判长 host moderator mc chair"),
    Role.NARRATION: _words("解说 旁白 画外音 字幕"),
    Role.OTHER: _words(
        "书 书记员 原 被 原告 被告 原代 被代 第三人 上诉人 被上诉人 证人 公诉人 辩护人 众人 全体 现场 翻译 审判员"
    ),
}
_BY_WORD = {word: role for role, words in _WORDS.items() for word in words}
_BEGINS = (
    ("网友", Role.INTERVIEWER),
    ("观众", Role.INTERVIEWER),
    ("听众", Role.INTERVIEWER),
    ("嘉宾", Role.INTERVIEWEE),
)
_ENDS = (
    (
        re.compile(
            r"(?:记者|特派员|通讯员|编辑部|周刊|日报|晚报|早报|时报|电视台|电台|卫视|杂志|新闻|财经|传媒|.社|.报|.网|客户端|频道|tv)$"
        ),
        Role.INTERVIEWER,
    ),
    (re.compile(r"(?:主持人|主播|主持)$"), Role.HOST),
    (re.compile(r"议员$"), Role.OTHER),
    (
        re.compile(r"^.{2,6}(?:社|日报|时报|晚报|周刊|新闻网|电视台|电台|卫视)[一-鿿]{2,3}$"),
        Role.INTERVIEWER,
    ),  # 中央社苏思云
)
_OFFICE_ASKS = re.compile(r"记者|编辑|采访|撰稿|主笔|特约")
_OFFICE_LEADS = re.compile(r"主持|新闻局|新闻处|新闻办.{0,6}(?:发言人|主任|局长)|主播")
_LEADS = re.compile(
    r"欢迎|各位(?:媒体|记者|来宾|网友|观众|听众)|提问环节|现场提问|请.{0,12}(?:介绍|提问|发言|回答)"
    r"|(?:发布会|活动|会议|节目|访谈).{0,6}(?:到这里|到此|结束)"
)
_MACHINE = re.compile(r"(?:说话人|发言人|讲话人|speaker|spk|用户)[ _-]?(?:\d+|[a-z])$")
_CHAIRS = _words("主席 会议主席 召集人 会长")
_MEETING = re.compile(
    r"(?:协商|座谈|讨论|审议|评议|业主|居民|村民|家长|职工|股东|董事|代表|班子|例|月|周)会|会议(?:记录|纪要)"
)
_INTERVIEW = re.compile("采访|专访|访谈|访问|对话|问答|答问|答.{1,12}问$|口述|茶叙|联访")
_COURT = frozenset(["审", "审判长", "审判员", "书记员", "原代", "被代"])
_QUESTION_AT_END = re.compile(r"[？?][”’」』\"')）】\s]*$")


def settle(interview: Interview) -> tuple[Role, ...]:
    """Return the role of each turn; those that are settled already are kept."""
    if interview.attributed:
        return tuple(turn.role for turn in interview.turns)
    by_label: dict[str, list[Turn]] = defaultdict(list)
    for turn in interview.turns:
        if turn.role is not Role.NARRATION or turn.label:
            by_label[turn.label].append(turn)
    roles = _company(by_label, _told(by_label, interview), interview)
    return tuple(roles.get(turn.label, turn.role) if turn.label else turn.role for turn in interview.turns)


def _told(by_label: Mapping[str, Sequence[Turn]], interview: Interview) -> dict[str, Role]:
    """Return the roles that words tell."""
    told = {}
    for label, turns in by_label.items():
        if role := _told_role(label, turns, interview):
            told[label] = role
    folded = {normalize(label).text: label for label in by_label}
    if "a" in folded and Role.INTERVIEWER not in told.values():
        told.pop(folded["a"], None)  # A and B, two voices: nobody answers where nobody asks
    return told


def _told_role(label: str, turns: Sequence[Turn], interview: Interview) -> Role | None:
    """Return the role a label, the parser, an office or the byline tells, None where nothing does."""
    folded = normalize(label).text
    office = normalize(turns[0].affiliation).text
    if turns[0].role is not Role.OTHER and not (turns[0].role is Role.INTERVIEWER and _is_asked(turns, interview)):
        return turns[0].role
    if role := _by_words(folded):
        return role
    if _OFFICE_LEADS.search(office):
        return Role.HOST
    if _OFFICE_ASKS.search(office) or label in interview.authors or (interview.outlet and label == interview.outlet):
        return Role.INTERVIEWER
    return None


def _is_asked(turns: Sequence[Turn], interview: Interview) -> bool:
    """Tell whether somebody whom the head calls 訪談者 is the one who is asked: that word is used for either."""
    others = [turn for turn in interview.turns if turn.label and turn.label != turns[0].label]
    return len(turns) > 1 and bool(others) and _asks(turns) == 0.0 and _asks(others) >= 0.6


def _by_words(folded: str) -> Role | None:
    """Return the role the words of a label tell."""
    if folded in _BY_WORD:
        return _BY_WORD[folded]
    word = folded.rstrip("0123456789abcdefgh甲乙丙丁戊一二三四五六")  # 受访者A, 嘉宾1
    if word in _BY_WORD and not _MACHINE.match(folded):
        return _BY_WORD[word]
    for word, role in _BEGINS:
        if folded.startswith(word):
            return role
    return next((role for pattern, role in _ENDS if pattern.search(folded)), None)


def _company(by_label: Mapping[str, Sequence[Turn]], told: dict[str, Role], interview: Interview) -> dict[str, Role]:
    """Return the role of every label, given those that are told."""
    silent = [label for label in by_label if label not in told]
    if rendered := _translated(silent, by_label, told):
        return _company(by_label, told | rendered, interview)
    present = set(told.values())
    if any(normalize(label).text in _COURT for label in by_label) or any(
        label.endswith(("議員", "议员")) for label in by_label
    ):
        rest = dict.fromkeys(silent, Role.OTHER)
    elif Role.INTERVIEWER not in present and (
        any(normalize(label).text in _CHAIRS for label in by_label) or _MEETING.search(normalize(interview.title).text)
    ):
        rest = dict.fromkeys(silent, Role.OTHER)  # a meeting with a chair
    elif present & {Role.INTERVIEWER, Role.HOST}:
        rest = dict.fromkeys(silent, Role.INTERVIEWEE)
        if Role.INTERVIEWER in present and Role.HOST not in present and (leader := _leader(silent, by_label)):
            rest[leader] = Role.HOST
    elif Role.INTERVIEWEE in present and len(silent) == 1:
        rest = {silent[0]: Role.INTERVIEWER}
    else:
        rest = _by_questions(silent, by_label, interview)
    return told | rest


def _translated(
    silent: Sequence[str], by_label: Mapping[str, Sequence[Turn]], told: Mapping[str, Role]
) -> dict[str, Role]:
    """Return the roles of labels in Latin letters under which only translations stand: Bloomberg after 彭博社记者."""
    latin = [label for label in silent if label.isascii() and all(_is_latin(turn.text) for turn in by_label[label])]
    if not latin or len(latin) == len(silent) + len(told):
        return {}
    spoken = {turn.turn: label for label, turns in by_label.items() for turn in turns}
    rendered = {}
    for label in latin:
        before = {spoken.get(turn.turn - 1, "") for turn in by_label[label]}
        roles = {told.get(one) for one in before}
        if len(roles) == 1 and not any(one.isascii() for one in before) and (role := roles.pop()):
            rendered[label] = role
    return rendered


def _is_latin(text: str) -> bool:
    """Tell whether a text is in a language written in Latin letters."""
    letters = [one for one in text[:200] if one.isalpha()]
    return sum(one.isascii() for one in letters) * 10 > 9 * len(letters)


def _leader(silent: Sequence[str], by_label: Mapping[str, Sequence[Turn]]) -> str | None:
    """Return who leads a press conference, where no word tells: speaks first of all, welcomes, calls for questions."""
    if len(silent) < 2:
        return None
    first = min(silent, key=lambda label: by_label[label][0].turn)
    leading = sum(bool(_LEADS.search(normalize(turn.text[:200]).text)) for turn in by_label[first])
    return first if leading * 2 >= len(by_label[first]) and by_label[first][0].turn <= 2 else None


def _by_questions(
    silent: Sequence[str], by_label: Mapping[str, Sequence[Turn]], interview: Interview
) -> dict[str, Role]:
    """Return the roles of those who talk with each other, where somebody clearly asks; `other` for everybody else."""
    if any(label not in silent for label in by_label):
        return dict.fromkeys(silent, Role.OTHER)
    if len(silent) == 1:  # a speech
        return dict.fromkeys(silent, Role.OTHER if _is_machine(silent[0]) else Role.INTERVIEWEE)
    asking = set(
        _asking_of_two(silent, by_label, interview) if len(silent) == 2 else _asking(silent, by_label, interview)
    )
    if not asking:
        return dict.fromkeys(silent, Role.OTHER)
    answering = max((label for label in silent if label not in asking), key=lambda label: len(by_label[label]))
    rest = dict.fromkeys(silent, Role.OTHER) | dict.fromkeys(asking, Role.INTERVIEWER)
    return rest | {answering: Role.INTERVIEWEE}


def _asking_of_two(silent: Sequence[str], by_label: Mapping[str, Sequence[Turn]], interview: Interview) -> list[str]:
    """Return who of two asks, if one does: the other is introduced, or questions tell them apart."""
    guests = {guest.name for guest in interview.guests}
    introduced = [label for label in silent if label in guests or f"专访{label}" in interview.title]
    if len(introduced) == 1:
        return [label for label in silent if label not in introduced]
    first, second = sorted(silent, key=lambda label: -_asks(by_label[label]))
    if any(map(_is_machine, silent)) and _asks(by_label[first]) * len(by_label[first]) < 2:
        return []  # one question of a nameless voice is no interview
    least, most = (0.35, 0.25) if _INTERVIEW.search(normalize(interview.title).text) else (0.6, 0.3)
    return [first] if _asks(by_label[first]) >= least and _asks(by_label[second]) <= most else []


def _asking(silent: Sequence[str], by_label: Mapping[str, Sequence[Turn]], interview: Interview) -> list[str]:
    """Return who of several asks, in what its title calls an interview: they ask one who speaks much and asks least."""
    if not _INTERVIEW.search(normalize(interview.title).text) or any(map(_is_machine, silent)):
        return []
    whole = sum(map(len, by_label.values()))
    central = min(
        (one for one in silent if len(by_label[one]) * 4 >= whole), key=lambda one: _asks(by_label[one]), default=""
    )
    if not central or _asks(by_label[central]) > 0.2:
        return []
    return [
        label for label in silent if label != central and len(by_label[label]) > 1 and _asks(by_label[label]) >= 0.35
    ]


def _is_machine(label: str) -> bool:
    return bool(_MACHINE.match(normalize(label).text))


def _asks(turns: Sequence[Turn]) -> float:
    """Return the share of somebody's turns that end with a question."""
    return sum(bool(_QUESTION_AT_END.search(turn.text)) for turn in turns) / len(turns)
