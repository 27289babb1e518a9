"""Subtitles: a line per cue, with its times and its speaker, if the format names one.

SubRip and Advanced SubStation (.ass) are read by pysubs2, ASR output by `timestamped_text`. WebVTT is split into
cues here: pysubs2 keeps its voices (`<v 主持人>`), but takes cue identifiers for speech and drops a last
line that is a number, and lines with two times, as automatic captions have: 好<00:00:01.200>的<00:00:01.500>吧
"""

import re
import warnings
from collections.abc import Iterator
from html import escape

from indexer.readers import encoding, timestamped_text, timestamps
from indexer.readers.formats import captions
from indexer.readers.formats.captions import Cue
from indexer.readers.script import Line, Script, split_lines
from indexer.readers.source import Item, Source

# with the identifier above it: a number, or any line after a blank one
_TIMES = re.compile(
    rf"(?:^\d+[ \t]*\n|(?<=\n\n)[^\n]+\n)?^[ \t]*({timestamps.TIME})[ \t]*-->[ \t]*({timestamps.TIME})[^\n]*",
    re.MULTILINE,
)
_NOT_A_CUE = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")


def read(source: Source) -> Iterator[Item]:
    """Yield the transcript of a subtitle file."""
    decoded = encoding.read_text(source)
    text = decoded.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    yield Script(tuple(_cues(text)) or split_lines(text))
    if decoded.damage is not None:
        yield decoded.damage


def _cues(text: str) -> Iterator[Line]:
    """Return the cues of a subtitle file in any of the formats."""
    if text.startswith("WEBVTT"):
        return captions.cue_lines(list(_vtt(text)))
    if timestamped_text.has_timestamps(text):
        return iter(timestamped_text.parse_lines(text))
    if text.lstrip().startswith("[Script Info]"):
        return _ass(text)
    cues = _srt(text) or list(_vtt(text))  # times as in WebVTT: 00:01.000, without hours
    return captions.cue_lines(cues)


def _ass(text: str) -> Iterator[Line]:
    """Yield the cues of an Advanced SubStation file with their speakers, without drawings and comments."""
    import pysubs2

    try:
        with warnings.catch_warnings(action="ignore"):  # about fields without a number, which are not needed here
            subtitles = pysubs2.SSAFile.from_string(text, format_="ass")
    except (ValueError, pysubs2.exceptions.Pysubs2Error):
        return
    yield from captions.cue_lines(
        [
            Cue(
                number,
                escape(cue.plaintext, quote=False),
                _in_range(cue.start),
                _in_range(cue.end),
                cue.name.strip() or None,
            )
            for number, cue in enumerate(subtitles, start=1)
            if not cue.is_drawing and not cue.is_comment
        ]
    )


def _in_range(time: int) -> int:
    return min(max(time, 0), timestamps.MAX_MILLISECONDS)


def _srt(text: str) -> list[Cue]:
    """Return the cues of a SubRip file."""
    import pysubs2

    numbered = f"{text}\n\n0"  # the parser drops a final number as that of the next cue
    subtitles = pysubs2.SSAFile.from_string(numbered, format_="srt", keep_unknown_html_tags=True, keep_newlines=True)
    return [
        Cue(number, cue.text.replace("\\N", "\n"), _in_range(cue.start), _in_range(cue.end))
        for number, cue in enumerate(subtitles, start=1)
    ]


def _vtt(text: str) -> Iterator[Cue]:
    """Yield the cues of a WebVTT file without notes and styles; a block without times continues the cue above."""
    _, *pieces = _TIMES.split(text)
    cues = zip(pieces[::3], pieces[1::3], pieces[2::3], strict=True)
    for number, (start, end, spoken) in enumerate(cues, start=1):
        first, *others = re.split(r"\n{2,}", spoken)
        for block in (first, *(other for other in others if not _NOT_A_CUE.match(other))):
            yield Cue(number, block, timestamps.milliseconds(start), timestamps.milliseconds(end))
