"""The corrections of a transcript that people write into its sidecar file, one a line.

发言人2 = 王敏                         who a label is, in this transcript
line 40: 李华                          this line is 李华's, and those below it up to the next label
line 40 continues                      this line continues the turn above it
leave out 88-95                        these lines are not spoken
keep 12                                this line is spoken, though it does not look like it

Each may be followed by a bar and the first words of its (first) line: line 40: 李华 | 那一年我们. If the transcript has
changed and the line stands somewhere else, it is found by these words. The same in Chinese: 第40行：李华, 第40行接上,
略去 88-95, 保留 12.
"""

import re
from dataclasses import replace

from indexer.language.messages import gettext_noop
from indexer.readers.script import Correction, CorrectionKind, Line, letters

ANCHOR_LENGTH = 8
"""Letters of a line by which it is found again."""

_RANGE = r"(?:lines?\s*|第\s*)?(?P<first>\d{1,7})(?:\s*[-–—~～至到]\s*(?P<last>\d{1,7}))?\s*行?"
_FORMS = (
    (
        CorrectionKind.SPEAKER,
        re.compile(r"(?:line\s*|第\s*)(?P<first>\d{1,7})\s*行?\s*[:：](?P<value>.+)", re.IGNORECASE),
    ),
    (CorrectionKind.CONTINUES, re.compile(rf"{_RANGE}\s*(?:continues|接上)", re.IGNORECASE)),
    (CorrectionKind.LEFT_OUT, re.compile(rf"(?:leave\s+out|略去|删去)\s*{_RANGE}", re.IGNORECASE)),
    (CorrectionKind.KEPT, re.compile(rf"(?:keep|保留)\s*{_RANGE}", re.IGNORECASE)),
    (CorrectionKind.NAME, re.compile(r"(?P<label>[^=＝]+)[=＝](?P<value>[^=＝]+)")),
)
_BAR = re.compile(r"[|｜]")

SYNTAX = gettext_noop("Write LABEL = NAME, line 40: NAME, line 40 continues, leave out 88-95 or keep 12.")


def parse_correction(text: str) -> Correction | None:
    """Return the correction that a line of text is, None if it is not one."""
    said, *anchors = (part.strip() for part in _BAR.split(text))
    for kind, form in _FORMS:
        if match := form.fullmatch(said):
            parts = match.groupdict()
            first = int(parts.get("first") or 0)
            correction = Correction(
                kind,
                text.strip(),
                first=first,
                last=int(parts.get("last") or first),
                label=(parts.get("label") or "").strip(),
                value=(parts.get("value") or "").strip(),
                anchor=letters("".join(anchors)),
            )
            return correction if _is_possible(correction) else None
    return None


def anchored(correction: Correction, line: Line) -> Correction:
    """Return a correction with the first words of its line, by which it is found again."""
    anchor = first_words(line)
    said = _BAR.split(correction.text)[0].strip()
    return replace(correction, anchor=anchor, text=f"{said} | {anchor}") if anchor else correction


def first_words(line: Line) -> str:
    """Return the letters by which a line is found again."""
    return line.letters[:ANCHOR_LENGTH]


def _is_possible(correction: Correction) -> bool:
    """Tell whether the range of a correction is in order and its names are not empty."""
    if correction.kind is CorrectionKind.NAME:
        return bool(correction.label and correction.value)
    if correction.kind is CorrectionKind.SPEAKER:
        return bool(correction.value)
    return 0 < correction.first <= correction.last
