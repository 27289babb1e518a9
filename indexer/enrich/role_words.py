"""Words that name a role in a conversation: 问, 主持人, 记者, 审判长."""

import re

from indexer.model import Role


def words(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


ASKING = words("""
    问 q 记 记者 提问 疑问 追问 提问者 问者 采访 采访者 采访人 访谈者 访员 访问者 访 编辑部 编者 本刊 本报 本网 笔者
    小编 interviewer
""")
"""Interviewers' labels without a name: resolved to the journalist or the outlet, if the transcript has them."""

ANSWERING = words("答 a 答者 回答 受访者 受访人 被采访者 被访者 受 interviewee")
"""Interviewees' labels without a name."""

_WORDS = {
    Role.INTERVIEWER: ASKING
    | words("观众 听众 网友 读者 学生 现场观众 现场提问 问题 reporter journalist audience questioner"),
    Role.INTERVIEWEE: ANSWERING | words("嘉宾 来宾 主讲 主讲人 发言人 行政长官 发布人 guest"),
    Role.HOST: words("主持人 主持 主席 会议主席 召集人 主播 司仪 审 审判长 host moderator mc chair"),
    Role.NARRATION: words("解说 旁白 画外音 字幕"),
    Role.OTHER: words(
        "书 书记员 原 被 原告 被告 原代 被代 第三人 上诉人 被上诉人 证人 公诉人 辩护人 众人 全体 现场 翻译 审判员"
    ),
}
_ROLE_OF_WORD = {word: role for role, words in _WORDS.items() for word in words}
ROLE_WORDS = frozenset(_ROLE_OF_WORD)
"""All labels that name a role."""
_PREFIXES = (
    ("网友", Role.INTERVIEWER),
    ("观众", Role.INTERVIEWER),
    ("听众", Role.INTERVIEWER),
    ("嘉宾", Role.INTERVIEWEE),
)
_SUFFIXES = (
    (
        re.compile(
            r"(?:记者|特派员|通讯员|编辑部|周刊|日报|晚报|早报|时报|电视台|电台|卫视|杂志|新闻|财经|传媒|.社|.报|.网|客户端|频道|tv)$"
        ),
        Role.INTERVIEWER,
    ),
    (re.compile(r"(?:主持人|主播|主持)$"), Role.HOST),
    (re.compile(r"议员$"), Role.OTHER),
    (re.compile(r"(?:学生|学员|同学|读者|听众|观众|网友|记者|现场|台下)提问$"), Role.INTERVIEWER),
    (
        re.compile(r"^.{2,6}(?:社|日报|时报|晚报|周刊|新闻网|电视台|电台|卫视)[一-鿿]{2,3}$"),
        Role.INTERVIEWER,
    ),  # 中央社苏思云
)
MACHINE_LABEL = re.compile(r"(?:说话人|发言人|讲话人|speaker|spk|用户)[ _-]?(?:\d+|[a-z])$")
"""A voice that a recogniser has numbered."""


def role_of_label(form: str) -> Role | None:
    """Return the role that the words of a label give, in normal form."""
    if form in _ROLE_OF_WORD:
        return _ROLE_OF_WORD[form]
    word = form.rstrip("0123456789abcdefgh甲乙丙丁戊一二三四五六")  # 受访者A, 嘉宾1
    if word in _ROLE_OF_WORD and not MACHINE_LABEL.match(form):
        return _ROLE_OF_WORD[word]
    for prefix, role in _PREFIXES:
        if form.startswith(prefix):
            return role
    return next((role for pattern, role in _SUFFIXES if pattern.search(form)), None)
