"""Assign roles to speakers: interviewer, interviewee, host, narration or other.

First by words: a label may name the role (问, 主持人, 经济日报记者, 审), or the affiliation beside a name, the byline
(the author asks) or the list of guests. Then by the other roles: if somebody asks or hosts, the others answer. Last, in
a conversation of two without such words, by the number of questions; if that is not conclusive, or several people talk
with each other as in a meeting, everybody is `other`.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from indexer.enrich.role_words import MACHINE_LABEL, role_of_label, words
from indexer.model import Interview, Role, Turn
from indexer.text.normalize import normalize

_INTERVIEWING_OFFICE = re.compile(r"记者|编辑|采访|撰稿|主笔|特约")
_HOSTING_OFFICE = re.compile(r"主持|新闻局|新闻处|新闻办.{0,6}(?:发言人|主任|局长)|主播")
_HOSTS = re.compile(
    r"欢迎|各位(?:媒体|记者|来宾|网友|观众|听众)|提问环节|现场提问|请.{0,12}(?:介绍|提问|发言|回答)"
    r"|(?:发布会|活动|会议|节目|访谈).{0,6}(?:到这里|到此|结束)"
)
_CHAIRS = words("主席 会议主席 召集人 会长")
_MAX_QUESTION = 200  # characters; a presentation may end with a question too
_MEETING = re.compile(
    r"(?:协商|座谈|听证|讨论|审议|评议|业主|居民|村民|家长|职工|股东|董事|代表|班子|例|月|周)会|会议(?:记录|纪要)"
)
_INTERVIEW = re.compile("采访|专访|访谈|访问|对话|问答|答问|答.{1,12}问$|口述|茶叙|联访")
_VOICES = frozenset("甲乙丙丁")
_COURT = frozenset(["审", "审判长", "审判员", "书记员", "原代", "被代"])
_LONGEST_QUESTION = 120  # characters; a presentation may end with a question too
_JUDGE = re.compile(r".(?:裁判官|裁判长|法官|审判长|审判官)$")
# also 你怎么看？谢谢。 and, of recognisers that write no question marks, 是吗。
_QUESTION_AT_END = re.compile(r"(?:[？?]|[吗么]。)[”’」』\"')）】\s]*(?:(?:谢谢|多谢).{0,6})?$")


def assign(interview: Interview) -> tuple[Role, ...]:
    """Return the role of each turn; if they are assigned already (`attributed`), keep them."""
    if interview.attributed:
        return tuple(turn.role for turn in interview.turns)
    by_label: dict[str, list[Turn]] = defaultdict(list)
    for turn in interview.turns:
        if turn.role is not Role.NARRATION or turn.label:
            by_label[turn.label].append(turn)
    roles = _complete(by_label, _explicit(by_label, interview), interview)
    return tuple(roles.get(turn.label, turn.role) if turn.label else turn.role for turn in interview.turns)


def _explicit(by_label: Mapping[str, Sequence[Turn]], interview: Interview) -> dict[str, Role]:
    """Return the roles that words give."""
    explicit = {}
    for label, turns in by_label.items():
        if role := _explicit_role(label, turns, interview):
            explicit[label] = role
    by_form = {normalize(label).text: label for label in by_label}
    if "a" in by_form and Role.INTERVIEWER not in explicit.values():
        explicit.pop(by_form["a"], None)  # A and B are two voices: without a question, A is not the answer
    return explicit | _audience(by_label, explicit, interview)


def _audience(
    by_label: Mapping[str, Sequence[Turn]], explicit: Mapping[str, Role], interview: Interview
) -> dict[str, Role]:
    """Return the interviewer's role for those who only ask where a host only moderates: a question hour, a chat.

    Each of their turns is a question that somebody answers who hardly asks. Not in a meeting or under a chair.
    """
    hosts = [label for label, role in explicit.items() if role is Role.HOST]
    is_meeting = bool(_MEETING.search(normalize(interview.title).text)) or any(
        normalize(host).text in _CHAIRS for host in hosts
    )
    if (
        not hosts
        or is_meeting
        or Role.INTERVIEWER in explicit.values()
        or any(_question_share(by_label[one]) for one in hosts)
    ):
        return {}
    pending = [label for label in by_label if label not in explicit]
    answering = {label for label in pending if _question_share(by_label[label]) <= 0.3}
    speaker_of = {turn.turn: turn.label for turn in interview.turns}
    return {
        label: Role.INTERVIEWER
        for label in pending
        if _question_share(by_label[label]) == 1.0
        and all(speaker_of.get(turn.turn + 1) in answering for turn in by_label[label])
        and all(len(turn.text) <= _MAX_QUESTION for turn in by_label[label])
    }


def _explicit_role(label: str, turns: Sequence[Turn], interview: Interview) -> Role | None:
    """Return the role that the parser, the label, the affiliation or the byline gives."""
    form = normalize(label).text
    office = normalize(turns[0].affiliation).text
    if turns[0].role is not Role.OTHER and not (turns[0].role is Role.INTERVIEWER and _is_asked(turns, interview)):
        return turns[0].role
    if role := role_of_label(form):
        return role
    if _HOSTING_OFFICE.search(office):
        return Role.HOST
    by_affiliation = _INTERVIEWING_OFFICE.search(office)
    if by_affiliation or label in interview.authors or (interview.outlet and label == interview.outlet):
        return Role.INTERVIEWER
    return None


def _is_asked(turns: Sequence[Turn], interview: Interview) -> bool:
    """Check whether a 訪談者 of the header is the interviewee: the word is used for both."""
    others = [turn for turn in interview.turns if turn.label and turn.label != turns[0].label]
    return len(turns) > 1 and bool(others) and _question_share(turns) == 0.0 and _question_share(others) >= 0.6


def _complete(
    by_label: Mapping[str, Sequence[Turn]], explicit: dict[str, Role], interview: Interview
) -> dict[str, Role]:
    """Return the role of every label, given the explicit ones."""
    pending = [label for label in by_label if label not in explicit]
    if translations := _translations(pending, by_label, explicit):
        return _complete(by_label, explicit | translations, interview)
    present = set(explicit.values())
    if any(normalize(label).text in _COURT for label in by_label) or any(
        label.endswith(("議員", "议员")) for label in by_label
    ):
        rest = dict.fromkeys(pending, Role.OTHER)
    elif Role.INTERVIEWER not in present and (
        any(normalize(label).text in _CHAIRS for label in by_label) or _MEETING.search(normalize(interview.title).text)
    ):
        rest = dict.fromkeys(pending, Role.OTHER)  # a meeting with a chair
    elif present & {Role.INTERVIEWER, Role.HOST}:
        rest = dict.fromkeys(pending, Role.INTERVIEWEE)
        if Role.INTERVIEWER in present:
            rest |= _others_who_ask(pending, by_label, interview)
        if Role.INTERVIEWER in present and Role.HOST not in present:
            rest |= dict.fromkeys(_judges(pending, present), Role.HOST)
            if host := _host(pending, by_label):
                rest[host] = Role.HOST
    elif Role.INTERVIEWEE in present and len(pending) == 1:
        rest = {pending[0]: Role.INTERVIEWER}
    else:
        rest = _by_questions(pending, by_label, interview)
    return explicit | rest


def _judges(pending: Sequence[str], present: set[Role]) -> list[str]:
    """Return the judges among the labels, where somebody else answers: 陈法官 may also be who is interviewed."""
    judges = [label for label in pending if _JUDGE.search(normalize(label).text)]
    return judges if Role.INTERVIEWEE in present or len(judges) < len(pending) else []


def _others_who_ask(
    pending: Sequence[str], by_label: Mapping[str, Sequence[Turn]], interview: Interview
) -> dict[str, Role]:
    """Return the interviewer's role for whoever only asks, in few words, and is answered every time.

    The one who answers must be somebody else who asks little; a guest of the list stays a guest.
    """
    guests = {guest.name for guest in interview.guests}
    answerers = {label for label in pending if _question_share(by_label[label]) <= 0.3}
    following = {turn.turn: turn.label for turn in interview.turns}

    def asks(label: str) -> bool:
        answered = all(following.get(turn.turn + 1) in answerers for turn in by_label[label])
        short = all(len(turn.text) <= _LONGEST_QUESTION for turn in by_label[label])
        return label not in guests and answered and short and _question_share(by_label[label]) == 1.0

    return {label: Role.INTERVIEWER for label in pending if label not in answerers and asks(label)}


def _translations(
    pending: Sequence[str], by_label: Mapping[str, Sequence[Turn]], explicit: Mapping[str, Role]
) -> dict[str, Role]:
    """Return the roles of labels in Latin letters that have only translations: Bloomberg after 彭博社记者."""
    latin = [label for label in pending if label.isascii() and all(_is_latin(turn.text) for turn in by_label[label])]
    if not latin or len(latin) == len(pending) + len(explicit):
        return {}
    label_of = {turn.turn: label for label, turns in by_label.items() for turn in turns}
    translations = {}
    for label in latin:
        previous = {label_of.get(turn.turn - 1, "") for turn in by_label[label]}
        roles = {explicit.get(one) for one in previous}
        if len(roles) == 1 and not any(one.isascii() for one in previous) and (role := roles.pop()):
            translations[label] = role
    return translations


def _is_latin(text: str) -> bool:
    """Check whether a text is in a language written in Latin letters."""
    letters = [one for one in text[:200] if one.isalpha()]
    return sum(one.isascii() for one in letters) * 10 > 9 * len(letters)


def _host(pending: Sequence[str], by_label: Mapping[str, Sequence[Turn]]) -> str | None:
    """Return who hosts a press conference without a label for it: speaks first, welcomes, calls for questions."""
    if len(pending) < 2:
        return None
    first = min(pending, key=lambda label: by_label[label][0].turn)
    leading = sum(bool(_HOSTS.search(normalize(turn.text[:200]).text)) for turn in by_label[first])
    return first if leading * 2 >= len(by_label[first]) and by_label[first][0].turn <= 2 else None


def _by_questions(
    pending: Sequence[str], by_label: Mapping[str, Sequence[Turn]], interview: Interview
) -> dict[str, Role]:
    """Return the roles in a conversation without explicit ones: by questions, `other` if they are not conclusive."""
    if any(label not in pending for label in by_label):
        return dict.fromkeys(pending, Role.OTHER)
    if len(pending) == 1:  # a speech
        return dict.fromkeys(pending, Role.OTHER if _is_machine(pending[0]) else Role.INTERVIEWEE)
    find = _interviewer_of_two if len(pending) == 2 else _interviewers
    interviewers = set(find(pending, by_label, interview))
    if not interviewers:
        return dict.fromkeys(pending, Role.OTHER)
    interviewee = max((label for label in pending if label not in interviewers), key=lambda label: len(by_label[label]))
    rest = dict.fromkeys(pending, Role.OTHER) | dict.fromkeys(interviewers, Role.INTERVIEWER)
    return rest | {interviewee: Role.INTERVIEWEE}


def _interviewer_of_two(
    pending: Sequence[str], by_label: Mapping[str, Sequence[Turn]], interview: Interview
) -> list[str]:
    """Return the interviewer among two speakers, if any: the other is introduced, or asks far fewer questions."""
    guests = {guest.name for guest in interview.guests}
    introduced = [label for label in pending if label in guests or f"专访{label}" in interview.title]
    if len(introduced) == 1:
        return [label for label in pending if label not in introduced]
    first, second = sorted(pending, key=lambda label: -_question_share(by_label[label]))
    if not _VOICES.isdisjoint(pending) and not _INTERVIEW.search(normalize(interview.title).text):
        return []  # 甲 and 乙 are two voices, whatever one of them asks
    if any(map(_is_machine, pending)) and _question_share(by_label[first]) * len(by_label[first]) < 2:
        return []  # one question of an anonymous voice is not an interview
    least, most = (0.35, 0.25) if _INTERVIEW.search(normalize(interview.title).text) else (0.6, 0.3)
    asks = _question_share(by_label[first]) >= least and _question_share(by_label[second]) <= most
    return [first] if asks or _is_asked_at_length(by_label[first], by_label[second]) else []


def _is_asked_at_length(asking: Sequence[Turn], answering: Sequence[Turn]) -> bool:
    """Check whether one speaker asks in few words and the other hardly ever, in many: an interview, not a visit."""
    lengths = [sum(len(turn.text) for turn in turns) / len(turns) for turns in (asking, answering)]
    often = _question_share(asking) >= 0.45 and _question_share(answering) <= 0.1
    return often and len(asking) > 3 and lengths[1] >= 1.5 * lengths[0]


def _interviewers(pending: Sequence[str], by_label: Mapping[str, Sequence[Turn]], interview: Interview) -> list[str]:
    """Return the interviewers among several speakers, if the title says it is an interview.

    The interviewee is the one with the smallest share of questions, of those with a quarter of the turns or more.
    """
    if not _INTERVIEW.search(normalize(interview.title).text) or any(map(_is_machine, pending)):
        return []
    share = {label: _question_share(by_label[label]) for label in pending}
    turns = sum(map(len, by_label.values()))
    interviewee = min((one for one in pending if len(by_label[one]) * 4 >= turns), key=share.__getitem__, default="")
    if not interviewee or share[interviewee] > 0.2:
        return []
    return [one for one in pending if one != interviewee and len(by_label[one]) > 1 and share[one] >= 0.35]


def _is_machine(label: str) -> bool:
    return bool(MACHINE_LABEL.match(normalize(label).text))


def _question_share(turns: Sequence[Turn]) -> float:
    """Return the share of turns that end with a question."""
    return sum(bool(_QUESTION_AT_END.search(turn.text)) for turn in turns) / len(turns)
