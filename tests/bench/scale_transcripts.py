"""Transcripts for an archive of any size: those of a folder again and again, with other names, dates and ids.

A copy has the words of its original, so the dictionary of a large archive is smaller than that of as many different
turns; postings, texts and everything that is counted per turn, interview or name are the same. Names are varied in
three of four copies: an archive of a million turns has about ten thousand.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

_LABEL = re.compile(r"^([^\s：:（(]{2,4}|[A-Z][\w.\- ]{2,30})[：:]", re.MULTILINE)
_ROLES = frozenset(
    ["问", "答", "主席", "主持人", "主持", "记者", "記者", "发言人", "發言人", "与会者", "與會者", "司仪", "司儀"]
)
_DATE = re.compile(r"\A(\d{4})(-\d\d-)(\d\d)")
_MARKS = "", "远", "岚", "澈"
"""What is appended to names, by copy."""

_BYTES_A_TURN = 354
"""Of the shared interviews: 18.4 MB, 51,934 turns."""


def write_copies(folder: Path, target: Path, turns: int) -> int:
    """Write transcripts of about so many turns below `target`, whole copies of `folder` or a part; return the bytes."""
    files = sorted(folder.rglob("*.txt"))
    every = sum(path.stat().st_size for path in files)
    copies, written = max(round(turns * _BYTES_A_TURN / every), 1), 0
    for number in range(copies):
        for path in files if turns * _BYTES_A_TURN >= every / 2 else _part(files, turns):
            text = varied(path.read_text(encoding="utf-8"), number)
            place = target / f"copy-{number:02}" / path.relative_to(folder)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
            written += len(text.encode())
    return written


def _part(files: list[Path], turns: int) -> Iterator[Path]:
    """Yield files from all over the folder until they have so many turns."""
    size = 0
    for path in (path for first in range(7) for path in files[first::7]):
        if size >= turns * _BYTES_A_TURN:
            return
        size += path.stat().st_size
        yield path


def varied(text: str, number: int) -> str:
    """Return a transcript as its copy `number` has it: with other names, and some years earlier; 0 is the original."""
    if not number:
        return text
    dated = _DATE.sub(lambda found: f"{int(found[1]) - number}{found[2]}{min(int(found[3]), 28):02}", text)
    mark = _MARKS[number % len(_MARKS)]
    labels = Counter(found[1] for found in _LABEL.finditer(dated))
    names = [name for name, times in labels.items() if mark and times > 1 and name not in _ROLES]
    if not names:
        return dated
    longest_first = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.sub(f"(?:{longest_first})", lambda found: f"{found[0]}{mark}", dated)
