"""Scores of label candidates: which of them are speakers, judged by how the transcript itself uses them.

The weights of each name are added up; a name with a total of at least `THRESHOLD` opens turns.

    likeness              -6 … 3   a role word (问, 主持人, 说话人1) 3; a person, a job title, a form of address
                                   (小周) 2; an outlet 1.5; an agency, a short word, Latin letters 1; a clause, a
                                   column heading, a caption, 时间 and 来源 -4; 第一 and 比如 -6  (`names`)
    occurrences            0 … 3.5 one 0, two 1.5, three 2.5, five 3.5
    alternation            0 … 2   share of its occurrences next to another accepted label; half of it for a label
                                   that occurs once
    form                  -2 … 1.5 a time, brackets, bold type or a heading that the file uses throughout 1.5;
                                   a bare line, a gap, or brackets in a file without other brackets -2
    what follows          -4 … 1.5 share of its occurrences followed by a sentence, not a value (90人, 张三)
    position              -3 … 1   a label that occurs once: between accepted ones 1, before the first or after the
                                   last 0, or -3 if no sentence follows; the only label of a text, at its start, 1
    numbering             -2 … 0   a phrase after the number of a paragraph -2: （三）避免浪费：
    legend                 0 … 3   named by a line that says who the labels are 3: 何苗（以下简称何）  (`legend`)
    quotation             -6 … 0   a verb of speech before a quotation -6: 男孩说：“你好”
    heading               -3 … 0   a phrase that begins a heading -3: ## 冷库的难点：结露

So 问 needs almost nothing, 时间 almost cannot reach the threshold, and an unknown short word (zun, 出水) is accepted if
it repeats and alternates. The repeated names are scored first, then those that occur once, relative to the names
accepted by then. The tests have counter-examples to each weight.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop, ngettext, pgettext
from indexer.parser import label_usage, names, non_speech
from indexer.parser.label_usage import LabelUsage
from indexer.parser.labels import WEAK_FORMS, Label, LabelForm, LabelKey
from indexer.readers.script import Line

THRESHOLD = 4.0
_CAPTION_LENGTH = 6  # characters above which a name may have a caption attached: 图为姚明在训练中记者
_GAP_SHARE = 0.8  # of the lines that have a gap if it is how the file prints names
_WITHOUT_COLON = frozenset(
    {LabelForm.BOLD, LabelForm.HEADING}
)  # labels without a colon: subheadings have the same forms
_AMBIGUOUS = frozenset({LabelForm.BRACKET, LabelForm.BAR})  # bylines and column headings have these forms too
_SET_APART = frozenset({LabelForm.TIME, LabelForm.BRACKET, LabelForm.BOLD, LabelForm.HEADING})
_SET_OFF = {
    LabelForm.COLON: gettext_noop("set off by a colon"),
    LabelForm.BRACKET: gettext_noop("set off by brackets"),
    LabelForm.TIME: gettext_noop("set off by a time"),
    LabelForm.BOLD: gettext_noop("set off by bold type"),
    LabelForm.HEADING: gettext_noop("set off by a heading"),
    LabelForm.BARE: gettext_noop("set off by a line of its own"),
    LabelForm.BAR: gettext_noop("set off by a vertical bar"),
    LabelForm.GAP: gettext_noop("set off by a gap"),
    LabelForm.MARK: gettext_noop("set off by a mark"),
}
"""What is said of the forms that are scored."""


ScoreReasons = tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class LabelScore:
    """The total score of one name, and its parts, in the language of the reader."""

    total: float
    reasons: ScoreReasons

    def __str__(self) -> str:
        """Return the score as text: 8.5 = built like a person's name +2, occurs 7 times +3.5."""
        return f"{self.total:g} = " + _(", ").join(f"{reason} {weight:+g}" for reason, weight in self.reasons if weight)


def score_labels(
    labels: Sequence[Label], lines: Sequence[Line], named: Collection[str] = frozenset()
) -> dict[LabelKey, LabelScore]:
    """Score each name among `labels`, which are in the order of `lines`; low scores are returned too.

    `named` are the folded labels that a legend names.
    """
    labels = _without_list_items(labels, lines)
    groups: dict[LabelKey, list[Label]] = defaultdict(list)
    for label in labels:
        groups[label.key].append(label)
    repeated = _repeated_keys(groups, len(lines))
    usage = label_usage.describe_usage(labels, lines, repeated, named)
    shares = _alternation_shares([label for label in labels if label.key in repeated])
    scores = {key: _score(groups[key], usage, shares.get(key, 0.0), 0.0) for key in repeated}
    accepted = {key for key, score in scores.items() if score.total >= THRESHOLD}
    singles = {key: groups[key] for key in groups.keys() - repeated}
    single_scores = _score_singles(labels, singles, accepted, usage, len(lines))
    for _round in range(2 if accepted else 0):  # a label that occurs once may stand between two others that occur once
        more = {key for key, score in single_scores.items() if score.total >= THRESHOLD} - accepted
        if not more or more >= singles.keys():
            break
        accepted |= more
        rest = {key: singles[key] for key in singles.keys() - accepted}
        single_scores |= _score_singles(labels, rest, accepted, usage, len(lines))
    return scores | single_scores


def _repeated_keys(groups: Mapping[LabelKey, Sequence[Label]], line_count: int) -> set[LabelKey]:
    """Return the names that are scored first."""
    gaps = sum(len(group) for group in groups.values() if group[0].form is LabelForm.GAP)
    least = 2 if gaps >= _GAP_SHARE * line_count else 3
    repeated = {key for key, group in groups.items() if _is_repeated_name(group, least)}
    if any(weak for _name, weak in repeated):  # where names stand alone on their lines, so may the outlet that asks
        repeated |= {
            key for key, group in groups.items() if key[1] and len(group) > 2 and _likeness(group[0])[0] == 1.5
        }
    return repeated


def _score_singles(
    labels: Sequence[Label],
    groups: Mapping[LabelKey, Sequence[Label]],
    accepted: set[LabelKey],
    usage: LabelUsage,
    line_count: int,
) -> dict[LabelKey, LabelScore]:
    """Score the names that do not repeat, relative to those accepted so far."""
    accepted_lines = [label.line_index for label in labels if label.key in accepted]
    once = {key: group[0] for key, group in groups.items() if len(group) == 1}
    persons = {key for key, label in once.items() if _likeness(label)[0] >= 2.0 and usage.speech_after(label) == 1.0}
    if not accepted_lines and len(persons) > 1:  # everybody speaks once: a round of statements
        accepted_lines = [label.line_index for label in labels if label.key in persons]
    shares = _alternation_shares(
        [label for label in labels if label.key in accepted or (label.key in once and not label.key[1])],
        accepted | persons,
    )
    return {
        key: _score(
            group, usage, shares.get(key, 0.0) / 2, _position_weight(group[0], accepted_lines, usage, line_count)
        )
        for key, group in groups.items()
    }


def _without_list_items(labels: Sequence[Label], lines: Sequence[Line]) -> list[Label]:
    """Drop A. and A、 if there is no Q: an item of a list, not an answer."""
    if any(label.key[0] == "q" for label in labels):
        return list(labels)
    return [
        label
        for label in labels
        if label.key[0] != "a" or lines[label.line_index].text[: label.end].rstrip()[-1:] in "：:"
    ]


def _is_repeated_name(group: Sequence[Label], least: int) -> bool:
    """Return whether a name is scored first: it repeats, in a weak form `least` times, and can be a name."""
    likeness = _likeness(group[0])[0]
    if group[0].form is LabelForm.MARK:
        return len(group) > (1 if likeness >= 2.0 else 2) and likeness >= 1.0
    if group[0].form in WEAK_FORMS:
        return len(group) >= least and likeness >= 2.0
    return len(group) > 1 and likeness > -4.0


def _likeness(label: Label) -> tuple[float, str]:
    """Return the likeness of a label to a speaker's name; a name in 《》 is an outlet in any case (《今天》)."""
    if label.printed.startswith("《") and label.printed.endswith("》"):
        return 1.5, gettext_noop("printed as the name of an outlet")
    if label.key[0] == "问题" and label.printed != label.name:
        return 1.0, gettext_noop("a numbered question")
    if len(label.printed) > _CAPTION_LENGTH and non_speech.is_caption(label.printed):
        return -4.0, gettext_noop("worded like a caption")
    likeness = names.likeness(label.name)
    has_position = likeness[0] >= 0.0 and names.is_position(
        names.fold(label.affiliation)
    )  # 漏斗（更大的口径） has none
    return max((2.0, gettext_noop("has a job title beside it")), likeness) if has_position else likeness


def _alternation_shares(labels: Sequence[Label], among: set[LabelKey] | None = None) -> dict[LabelKey, float]:
    """Return for each name the share of its occurrences next to another name (of `among`, if given)."""
    keys = [label.key for label in labels]
    counts: Counter[LabelKey] = Counter(keys)
    different: Counter[LabelKey] = Counter()
    for before, key, after in zip(keys[:1] + keys, keys, keys[1:] + keys[-1:], strict=False):
        if (before != key and (among is None or before in among)) or (
            after != key and (among is None or after in among)
        ):
            different[key] += 1
    return {key: different[key] / count for key, count in counts.items()}


def _position_weight(label: Label, accepted_lines: Sequence[int], usage: LabelUsage, line_count: int) -> float:
    """Return the weight of the position of a label that occurs once."""
    if label.form in WEAK_FORMS or (label.form in _WITHOUT_COLON and _likeness(label)[0] < 2.0):
        return -3.0
    if not accepted_lines:
        return 1.0 if label.line_index <= 2 < line_count and usage.speech_after(label) == 1.0 else -3.0
    if accepted_lines[0] < label.line_index < accepted_lines[-1]:
        return 1.0
    return 0.0 if usage.speech_after(label) == 1.0 else -3.0


def _score(group: Sequence[Label], usage: LabelUsage, alternation: float, position: float) -> LabelScore:
    """Score the name of one group of labels."""
    count, form = len(group), group[0].form
    likeness, likeness_reason = max(_likeness(label) for label in group)
    share = sum(map(usage.speech_after, group)) / count
    likely = likeness >= 2.0 or usage.mostly_speech or any(usage.speech_after(label) == 1.0 for label in group)
    # 北岸晚报 2020-07-28 19:30 is a dateline
    is_dateline = form is LabelForm.TIME and count == 1 and likeness_reason == names.OUTLET_ENDING
    reasons = (
        (_(likeness_reason), likeness),
        (ngettext("occurs once", "occurs {number} times", count).format(number=count), _count_weight(count)),
        (_("alternates with other labels"), round(2 * alternation, 1)),
        (_(_SET_OFF[form]), -2.0 if is_dateline else _form_weight(form, count, usage)),
        (_("speech follows") if share >= 0.5 else _("values follow"), _speech_weight(share, likely)),
        (pgettext("of a label", "position"), position),
        (_("named by a legend"), 3.0 if group[0].key[0] in usage.named else 0.0),
        (_("quotes what somebody says"), -6.0 if group[0].key in usage.quoting else 0.0),
        (_("begins a heading"), -3.0 if group[0].key in usage.headings and likeness < 1.5 else 0.0),
        (_("numbered like a paragraph"), -2.0 if group[0].key in usage.numbered and likeness < 1.5 else 0.0),
    )
    return LabelScore(round(sum(weight for _reason, weight in reasons), 1), reasons)


def _form_weight(form: LabelForm, count: int, usage: LabelUsage) -> float:
    """Return the weight of a form: positive if the file uses it throughout, negative for a single bracket."""
    if form in WEAK_FORMS or (form in _AMBIGUOUS and count == 1 and form not in usage.usual_forms):
        return -2.0
    return 1.5 if form in _SET_APART & usage.usual_forms else 0.0


def _count_weight(count: int) -> float:
    """Return the weight of the number of occurrences."""
    return 0.0 if count == 1 else 1.5 if count == 2 else 2.5 if count < 5 else 3.5


def _speech_weight(share: float, likely: bool) -> float:
    """Return the weight of the share of speech; an unlikely name needs sentences."""
    return round(3 * (share - 0.5), 1) if likely and share >= 0.3 else -1.5 if likely else -4.0
