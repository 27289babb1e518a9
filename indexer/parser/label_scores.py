"""Which labels are believed. Everything that may be a label is weighed by how the transcript itself uses it.

For each name the weights are added up; a name whose sum reaches `ENOUGH` opens turns.

    what it looks like    -6 … 3   a word for a part in a conversation (问, 主持人, 说话人1) 3; a person, an office,
                                   a form of address (小周) 2; a medium 1.5; an agency, a short word, Latin letters 1;
                                   a clause, a rubric, a caption, 时间 and 来源 -4; 第一 and 比如 -6  (`names`)
    how often it occurs    0 … 3.5 once 0, twice 1.5, three times 2.5, five times 3.5
    whether it alternates  0 … 2   the share of its occurrences that stand next to another label that is believed;
                                   half of it for a label seen once
    how it is set off     -2 … 1.5 a time, brackets, bold type, a heading, where the file does so throughout, 1.5;
                                   a bare line, a gap, brackets once in a file that has no others -2
    what follows it       -4 … 1.5 the share of its occurrences followed by a sentence, not a value (90人, 张三)
    where it stands       -3 … 1   a label seen once: between believed ones 1, before the first or after the last 0,
                                   or -3 where no sentence follows; the one label of a text, at its beginning, 1
    its number            -2 … 0   a phrase behind the number of a paragraph -2: （三）避免浪费：

So 问 needs almost nothing, 时间 almost cannot be saved, and an unknown short word (zun, 出水) is believed when it
repeats and alternates. First the repeated names are weighed, then those seen once, against the ones believed by then.
Counter-examples to each weight are tests.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from indexer.parser import names, non_speech
from indexer.parser.labels import WEAK, Form, Key, Label, numbered
from indexer.readers.script import Line

ENOUGH = 4.0
_CAPTION = 6  # characters from which a name may be a caption glued before one: 图为姚明在训练中记者
_LOOK, _LONG = 60, 40  # characters looked at after a label; from how many on they are said by somebody
_UNMARKED = frozenset({Form.STRONG, Form.HEADING})  # labels without a colon: a sub-head has the same form
_UNUSUAL = frozenset({Form.BRACKET, Form.STROKE})  # a byline and a rubric have these forms too
_SET_APART = frozenset({Form.TIME, Form.BRACKET, Form.STRONG, Form.HEADING})
_SENTENCE = re.compile(r"[。！？!?…；]|[.~～][\s”\"’)]*$")

Reasons = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Belief:
    """The sum for one name, and what it is made of."""

    score: float
    reasons: Reasons

    def __str__(self) -> str:
        """Return the sum in words: 8.5 = built as a person's name 2, seen 7 times 3.5, …."""
        return f"{self.score:g} = " + ", ".join(f"{what} {weight:+g}" for what, weight in self.reasons if weight)


@dataclass(frozen=True, slots=True)
class _Use:
    """How one file uses labels.

    How much is said after each, in which forms they come throughout, whether most are spoken, and which names stand
    behind the number of a paragraph: （三）避免浪费：.
    """

    said: Mapping[tuple[int, int], float]
    forms: frozenset[Form]
    spoken: bool
    outlined: frozenset[Key]

    def after(self, label: Label) -> float:
        """Return how much is said after a label."""
        return self.said[label.place, label.start]


def weigh(labels: Sequence[Label], lines: Sequence[Line]) -> dict[Key, Belief]:
    """Return the belief in each name among `labels`, which are in the order of `lines`; those under `ENOUGH` too."""
    labels = _without_items(labels, lines)
    groups: dict[Key, list[Label]] = defaultdict(list)
    for label in labels:
        groups[label.key].append(label)
    repeated = {one for one, group in groups.items() if _may_repeat(group)}
    if any(weak for _, weak in repeated):  # where persons stand alone on their lines, so may the medium that asks
        repeated |= {
            one for one, group in groups.items() if one[1] and len(group) > 2 and _likeness(group[0])[0] == 1.5
        }
    use = _use(labels, lines, repeated)
    neighbours = _alternation([label for label in labels if label.key in repeated])
    beliefs = {one: _sum(groups[one], use, neighbours.get(one, 0.0), 0.0) for one in repeated}
    core = {one for one, belief in beliefs.items() if belief.score >= ENOUGH}
    once = {one: groups[one] for one in groups.keys() - repeated}
    found = _weigh_once(labels, once, core, use, len(lines))
    for _ in range(2 if core else 0):  # a label seen once may stand between two others seen once
        more = {one for one, belief in found.items() if belief.score >= ENOUGH} - core
        if not more or more >= once.keys():
            break
        core |= more
        found |= _weigh_once(labels, {one: once[one] for one in once.keys() - core}, core, use, len(lines))
    return beliefs | found


def _weigh_once(
    labels: Sequence[Label], groups: Mapping[Key, Sequence[Label]], core: set[Key], use: _Use, size: int
) -> dict[Key, Belief]:
    """Return the belief in the names that do not repeat, against those believed by then (`core`)."""
    places = [label.place for label in labels if label.key in core]
    once = {one: group[0] for one, group in groups.items() if len(group) == 1}
    persons = {one for one, label in once.items() if _likeness(label)[0] >= 2.0 and use.after(label) == 1.0}
    if not places and len(persons) > 1:  # everybody speaks once: a round of statements
        places = [label.place for label in labels if label.key in persons]
    neighbours = _alternation([label for label in labels if label.key in core or label.key in once], core | persons)
    return {
        one: _sum(group, use, neighbours.get(one, 0.0) / 2, _position(group[0], places, use, size))
        for one, group in groups.items()
    }


def _use(labels: Sequence[Label], lines: Sequence[Line], repeated: set[Key]) -> _Use:
    """Return how the file uses labels, judged by those that repeat."""
    said = {(label.place, label.start): _said(label, lines) for label in labels}
    forms = Counter(label.form for label in labels if label.key in repeated)
    following = [said[label.place, label.start] for label in labels if label.key in repeated]
    usual = frozenset(form for form, count in forms.items() if count >= 3)
    outlined = {label.key for label in labels if not label.start and numbered(lines[label.place].text, label)}
    return _Use(said, usual, sum(one == 1.0 for one in following) * 2 > len(following), frozenset(outlined))


def _without_items(labels: Sequence[Label], lines: Sequence[Line]) -> list[Label]:
    """Return the labels without A. and A、 where there is no Q: an item of a list, nobody answers where nobody asks."""
    if any(label.key[0] == "q" for label in labels):
        return list(labels)
    return [one for one in labels if one.key[0] != "a" or lines[one.place].text[: one.end].rstrip()[-1:] in "：:"]


def _may_repeat(group: Sequence[Label]) -> bool:
    """Tell whether a name is weighed first: it repeats and can be a name."""
    likeness = _likeness(group[0])[0]
    if group[0].form in WEAK:
        return len(group) > 2 and likeness >= 2.0
    return len(group) > 1 and likeness > -4.0


def _likeness(label: Label) -> tuple[float, str]:
    """Return what the label looks like; a name in 《》 is a medium whatever it says (《今天》)."""
    if label.printed.startswith("《") and label.printed.endswith("》"):
        return 1.5, "printed as a medium's name"
    if label.key[0] == "问题" and label.printed != label.name:
        return 1.0, "a numbered question"
    if len(label.printed) > _CAPTION and non_speech.is_caption(label.printed):
        return -4.0, "worded as a caption"
    likeness = names.likeness(label.name)
    return max((2.0, "has an office beside it"), likeness) if label.office and likeness[0] >= 0.0 else likeness


def _said(label: Label, lines: Sequence[Line]) -> float:
    """Return how much what follows a label is said by somebody.

    A sentence or a long line 1, a few words 0.5 (好的), nothing or a value 0 (90人, 张三, …研究院).
    """
    if label.form in (Form.TIME, Form.FORMAT):
        return 1.0
    place, start = (label.place + 1, 0) if label.alone else (label.place, label.end)
    if place >= len(lines):
        return 0.0
    text = lines[place].text[start : start + _LOOK]
    if len(text) >= _LONG or _SENTENCE.search(text):
        return 1.0
    return 0.0 if not text.strip() or names.is_value(text) else 0.5


def _alternation(labels: Sequence[Label], among: set[Key] | None = None) -> dict[Key, float]:
    """Return for each name the share of its occurrences that have another name (`among` these) before or after."""
    keys = [label.key for label in labels]
    counts: Counter[Key] = Counter(keys)
    different: Counter[Key] = Counter()
    for place, one in enumerate(keys):
        around = (keys[place - 1] if place else one, keys[place + 1] if place + 1 < len(keys) else one)
        different[one] += any(other != one and (among is None or other in among) for other in around)
    return {one: different[one] / count for one, count in counts.items()}


def _position(label: Label, places: Sequence[int], use: _Use, size: int) -> float:
    """Return the weight of where a label seen once stands among the believed ones, in a file of `size` lines."""
    if label.form in WEAK or (label.form in _UNMARKED and _likeness(label)[0] < 2.0):
        return -3.0
    if not places:
        return 1.0 if label.place <= 2 < size and use.after(label) == 1.0 else -3.0
    if places[0] < label.place < places[-1]:
        return 1.0
    return 0.0 if use.after(label) == 1.0 else -3.0


def _sum(group: Sequence[Label], use: _Use, alternation: float, position: float) -> Belief:
    """Return the belief in the name of one group."""
    count, form = len(group), group[0].form
    likeness, why = max(_likeness(label) for label in group)
    share = sum(map(use.after, group)) / count
    likely = likeness >= 2.0 or use.spoken or any(use.after(label) == 1.0 for label in group)
    dated = (
        form is Form.TIME and count == 1 and why.startswith("ends as a medium")
    )  # 北岸晚报 2020-07-28 19:30 is a dateline
    reasons = (
        (why, likeness),
        (f"seen {count} times" if count > 1 else "seen once", _repeats(count)),
        ("alternates with others", round(2 * alternation, 1)),
        (f"set off by {form.value}", -2.0 if dated else _apart(form, count, use)),
        ("something said follows" if share >= 0.5 else "values follow", _speech(share, likely)),
        ("where it stands", position),
        ("numbered like a paragraph", -2.0 if group[0].key in use.outlined and likeness < 1.5 else 0.0),
    )
    return Belief(round(sum(weight for _, weight in reasons), 1), reasons)


def _apart(form: Form, count: int, use: _Use) -> float:
    """Return the weight of a form: one that the file uses throughout sets a label apart, brackets only once do not."""
    if form in WEAK or (form in _UNUSUAL and count == 1 and form not in use.forms):
        return -2.0
    return 1.5 if form in _SET_APART & use.forms else 0.0


def _repeats(count: int) -> float:
    return 0.0 if count == 1 else 1.5 if count == 2 else 2.5 if count < 5 else 3.5


def _speech(share: float, likely: bool) -> float:
    """Return the weight of how much is said after a name; one that is not `likely` a speaker's needs sentences."""
    return round(3 * (share - 0.5), 1) if likely and share >= 0.3 else -1.5 if likely else -4.0
