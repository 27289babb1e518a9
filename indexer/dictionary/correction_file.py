"""Write corrections into the sidecar file of a transcript: `fangtan correct`.

change = plan_corrections(path, written, settings)     the text of NAME.toml afterwards; nothing is written
write(change)                                          the same, written completely or not at all

Without corrections, NAME.toml gets everything that can be corrected as comments: who the labels are, who speaks from
which line on, what was left out.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.dictionary.data_file import read_text, replace_text
from indexer.errors import ReadingError, UsageError
from indexer.indexing.file_reader import FileReader
from indexer.language.messages import gettext as _
from indexer.model import Interview
from indexer.parser import corrections, dates
from indexer.parser.parse import explain
from indexer.parser.trace import SPOKEN, LineClass, LineSegment
from indexer.readers.correction_syntax import ANCHOR_LENGTH, SYNTAX, anchored, first_words, parse_correction
from indexer.readers.read import read
from indexer.readers.script import Correction, CorrectionKind, Script, letters
from indexer.safe_file import parse_toml
from indexer.settings import Settings
from indexer.text.shell import argument
from indexer.text.toml_string import quoted

METADATA = ("title", "date", "outlet", "url", "media", "language")
"""Keys of a sidecar file that `fangtan correct FILE "KEY = VALUE"` sets; lists are edited in the file."""

_METADATA = re.compile(rf"(?P<key>{'|'.join(METADATA)})\s*[=＝]\s*(?P<value>.+)")
_BLOCK = re.compile(r"^corrections\s*=\s*'''\n?(?P<lines>.*?)'''", re.MULTILINE | re.DOTALL)
_LABELLED = frozenset({LineClass.LABEL, LineClass.EMPTY_LABEL})


@dataclass(frozen=True, slots=True)
class CorrectionChange:
    """The text of a sidecar file before and after, what was `added` to it, and the interview before and after."""

    path: Path
    before: str
    after: str
    added: tuple[str, ...]
    interview_before: Interview
    interview_after: Interview


def plan_corrections(path: Path, written: Sequence[str], settings: Settings) -> CorrectionChange:
    """Return what adding corrections to the sidecar of a file changes; without any, a list of all that can be made.

    Raises `UsageError` for one that is not a correction or does not fit, and `ReadingError` for a file that has no
    lines or several transcripts.
    """
    with FileReader(settings) as reader:
        change = next(reader.read(path, _plans, tuple(written)))
    if isinstance(change, ReadingError):
        raise change
    return change


def _plans(path: Path, content: bytes | None, written: Sequence[str]) -> Iterator[CorrectionChange]:
    """Yield the change of `plan_corrections`."""
    script, sidecar = _script(path, content), path.with_suffix(".toml")
    metadata = [match for text in written if (match := _METADATA.fullmatch(text.strip()))]
    made = [_made(text, script) for text in written if not _METADATA.fullmatch(text.strip())]
    corrected = replace(script, corrections=(*script.corrections, *made))
    before, segments = explain(script)
    after = explain(corrected)[0]
    for correction, reason in corrections.unfit(corrected, after):
        if correction in made:
            next_step = f"fangtan parse --explain {argument(str(path))}"
            told = _("“{text}” does not fit: {reason}.").format(text=correction.text, reason=reason)
            raise UsageError(told, next_step)
    text = read_text(sidecar)
    new = text or _head(path)
    for match in metadata:
        new = _with_metadata(new, match["key"], match["value"].strip())
    if made or not written:
        lines = [one.text for one in made] if made else _listing(before, segments)
        new = _with_lines(new, lines, made)
    added = (*(f"{match['key']} = {match['value'].strip()}" for match in metadata), *(one.text for one in made))
    yield CorrectionChange(sidecar, text, _checked(sidecar, new), added, before, after)


def write(change: CorrectionChange) -> None:
    """Write the sidecar file, completely or not at all."""
    replace_text(change.path, change.before, change.after)


def _script(path: Path, content: bytes | None) -> Script:
    """Return the only script of a file, with the corrections that it has."""
    items = list(read(path, content=content))
    error = next((item for item in items if isinstance(item, ReadingError)), None)
    if error:
        raise error
    if len(items) != 1 or not isinstance(items[0], Script):
        raise ReadingError(
            str(path),
            _("corrections are for a file with the lines of one transcript"),
            next_step=_("Put each transcript into a file, or change it there."),
        )
    return items[0]


def _made(text: str, script: Script) -> Correction:
    """Return a correction with the first words of its line; raise `UsageError` if it is not one."""
    correction = parse_correction(text)
    if correction is None or "'''" in text:
        raise UsageError(_("“{text}” is not a correction.").format(text=text), _(SYNTAX))
    at = next((one for one in script.lines if one.number == correction.first), None)
    return anchored(correction, at) if at and not correction.anchor else correction


def _head(path: Path) -> str:
    """Return the head of a new sidecar file."""
    text = _("Corrections of {file}: remove the # before a line and change it, then fangtan index it.")
    return f"# {text.format(file=_plain(path.name))}\n"


def _listing(interview: Interview, segments: Sequence[LineSegment]) -> list[str]:
    """Return everything that can be corrected, as comments."""
    labels = Counter(turn.label for turn in interview.turns if turn.label)
    return [
        f"# {_('Who the labels are:')}",
        *(f"# {label} = " for label, turns in labels.most_common()),
        "",
        f"# {_('Who speaks from which line on (line 9 continues: it belongs to the turn above):')}",
        *_turn_lines(interview, [one for one in segments if one.line_class in SPOKEN]),
        "",
        f"# {_('What was left out; keep 9: it is spoken after all, leave out 9-12: these are not:')}",
        *_left_out(segments),
    ]


def _turn_lines(interview: Interview, spoken: Sequence[LineSegment]) -> Iterator[str]:
    """Yield the first line of each turn: the next segment that begins as the turn does."""
    remaining = iter(spoken)
    for turn in interview.turns:
        begins = letters(turn.text)[:ANCHOR_LENGTH]
        for segment in remaining:
            found = letters(segment.text)
            if found.startswith(begins[: len(found)] or begins):
                yield f"# line {segment.line.number}: {turn.speaker or 'narration'} | {first_words(segment.line)}"
                break


def _left_out(segments: Sequence[LineSegment]) -> Iterator[str]:
    """Yield the lines that were left out as a whole, each with its class."""
    for segment in segments:
        if segment.line_class not in SPOKEN | _LABELLED and segment.text.strip():
            yield f"# keep {segment.line.number} | {first_words(segment.line)}   ({_(segment.line_class.value)})"


def _with_lines(text: str, lines: Sequence[str], made: Sequence[Correction]) -> str:
    """Return the text of a sidecar file with lines added to its corrections, in the place of those they replace."""
    block = _BLOCK.search(text)
    old = [line for line in block["lines"].splitlines() if not _is_replaced(line, made)] if block else []
    new = "\n".join(("corrections = '''", *old, *map(_plain, lines), "'''"))
    if block:
        return text[: block.start()] + new + text[block.end() :]
    return f"{text.rstrip()}\n\n{new}\n" if text.strip() else f"{new}\n"


def _is_replaced(line: str, made: Sequence[Correction]) -> bool:
    """Tell whether one of the corrections says something else of the same line or label."""
    old = parse_correction(line)
    return old is not None and any(_subject(old) == _subject(one) for one in made)


def _subject(correction: Correction) -> tuple[object, ...]:
    """Return what a correction is about: a label, the opening of a line, or a range of lines."""
    opens = correction.kind in (CorrectionKind.SPEAKER, CorrectionKind.CONTINUES)
    return (correction.label, opens, correction.first, correction.last)


def _with_metadata(text: str, key: str, value: str) -> str:
    """Return the text of a sidecar file with another value of a key; raise `UsageError` for an invalid date."""
    if key == "date" and not (date := dates.find(value)):
        told = _("date = {value} is not a date.").format(value=value)
        raise UsageError(told, _("Write it as year, month and day: date = 2013-08-02"))
    printed = date.isoformat() if key == "date" and date else quoted(value.strip("\"'“”"))
    entry = f"{key} = {printed}"
    changed, found = re.subn(rf"^{key}\s*=.*$", lambda match: entry, text, count=1, flags=re.MULTILINE)
    comments = re.match(r"(?:#.*\n)*", text)
    end = comments.end() if comments else 0
    return changed if found else f"{text[:end]}{entry}\n{text[end:]}"


def _checked(path: Path, text: str) -> str:
    """Return the text of a sidecar file; raise `UsageError` if the change made it invalid."""
    try:
        parse_toml(text, path)
    except ReadingError as error:
        told = _("{path} cannot be changed: {reason}.").format(path=path, reason=error.reason)
        raise UsageError(told, _("Change it in an editor.")) from error
    return text


def _plain(text: str) -> str:
    """Return a text that may stand in a literal string of TOML."""
    return "".join(character for character in text if character.isprintable()).replace("'''", "")
