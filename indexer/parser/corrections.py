"""Apply the corrections of the user to a script: who speaks from a line on, what is left out, who a label is.

They change the labels that open turns and the kinds of lines, and leave everything else as it was taken to be. Each
says the number of a line, and mostly how the line begins: where the transcript has changed since, the only line that
begins so is meant. A correction that finds no line, or no such label, is `unfit`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from indexer.language.messages import gettext as _
from indexer.model import Interview, Turn
from indexer.parser import names
from indexer.parser.label_filter import AcceptedLabels
from indexer.parser.labels import Label, LabelForm, candidate
from indexer.readers.script import Correction, CorrectionKind, Line, Script

_KINDS = frozenset({CorrectionKind.LEFT_OUT, CorrectionKind.KEPT})


def corrected_lines(script: Script) -> tuple[Line, ...]:
    """Return the lines of a script, those that are to be left out or kept marked as such."""
    lines = list(script.lines)
    for correction in script.corrections:
        if correction.kind in _KINDS:
            for index in _indices(correction, script.lines):
                lines[index] = replace(lines[index], kind=correction.kind.value)
    return tuple(lines)


def correct_labels(accepted: AcceptedLabels, script: Script, lines: Sequence[Line]) -> AcceptedLabels:
    """Return the labels that open turns, with those of the corrections in the place of those that were found."""
    openings = {(label.line_index, label.start): label for label in accepted.labels}
    for correction in script.corrections:
        if correction.kind in (CorrectionKind.SPEAKER, CorrectionKind.CONTINUES):
            for index in _indices(correction, script.lines)[:1]:
                name = correction.value or _speaker_before(openings.values(), index)
                if name:
                    openings[index, 0] = _label(name, index, lines[index], openings.get((index, 0)))
    return replace(accepted, labels=tuple(openings[key] for key in sorted(openings)))


def correct_speakers(turns: Sequence[Turn], script: Script) -> tuple[Turn, ...]:
    """Return the turns with the speakers that the corrections give for their labels."""
    named = {names.fold(one.label): one.value for one in script.corrections if one.kind is CorrectionKind.NAME}
    if not named:
        return tuple(turns)
    return tuple(replace(turn, speaker=named.get(names.fold(turn.label), turn.speaker)) for turn in turns)


def unfit(script: Script, interview: Interview) -> Iterator[tuple[Correction, str]]:
    """Yield the corrections that no longer fit the script, and why."""
    labels = {names.fold(turn.label) for turn in interview.turns}
    for correction in script.corrections:
        if correction.kind is CorrectionKind.NAME:
            if names.fold(correction.label) not in labels:
                yield correction, _("nobody is printed as {label}").format(label=correction.label)
        elif not _indices(correction, script.lines):
            empty = _("there is no text in line {number}")
            begins = _("line {number} does not begin with “{anchor}”, and no other line alone does")
            reason = begins if correction.anchor else empty
            yield correction, reason.format(number=correction.first, anchor=correction.anchor)


def _indices(correction: Correction, lines: Sequence[Line]) -> Sequence[int]:
    """Return the indices of the lines that a correction is about; none if it does not fit."""
    first = next((line for line in lines if line.number >= correction.first), None)
    begins = [line for line in lines if line.letters.startswith(correction.anchor)] if correction.anchor else []
    if correction.anchor and first not in begins:
        first = begins[0] if len(begins) == 1 else None
    if first is None or (not correction.anchor and first.number > correction.last):
        return ()
    last = first.number + correction.last - correction.first
    return [index for index, line in enumerate(lines) if first.number <= line.number <= last]


def _speaker_before(labels: Iterable[Label], index: int) -> str:
    """Return the name on the last label before a line, "" if there is none."""
    before = [label for label in labels if label.line_index < index]
    return max(before, key=lambda label: (label.line_index, label.start)).name if before else ""


def _label(name: str, index: int, line: Line, found: Label | None) -> Label:
    """Return the label of a correction, which covers the label that was `found` there, or its own name if printed."""
    printed = candidate(index, line)
    covered = found or (printed if printed and names.fold(printed.name) == names.fold(name) else None)
    return Label(
        line_index=index,
        key=(names.fold(name), False),
        name=name,
        printed=name,
        affiliation=covered.affiliation if covered and covered.name == name else "",
        start=0,
        end=covered.end if covered else 0,
        form=LabelForm.CORRECTION,
        on_own_line=covered.on_own_line if covered else False,
        time=covered.time if covered else line.start,
    )
