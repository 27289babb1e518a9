"""Files of tiers as linguists' programs write them, made from what is said when."""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape, quoteattr

Pieces = Sequence[tuple[float, float, str]]
"""From and until in seconds, and the text."""


def textgrid(tiers: Mapping[str, Pieces], long: bool = True) -> str:
    """Return a TextGrid, in the long or the short form; the intervals between the pieces are empty."""
    last = max((until for pieces in tiers.values() for _, until, _ in pieces), default=1.0)
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', ""]
    lines += ["xmin = 0", f"xmax = {last}", "tiers? <exists>", f"size = {len(tiers)}", "item []:"]
    for number, (name, pieces) in enumerate(tiers.items(), start=1):
        filled = _with_gaps(pieces, last)
        lines += [f"    item [{number}]:", '        class = "IntervalTier"', f'        name = "{name}"']
        lines += ["        xmin = 0", f"        xmax = {last}", f"        intervals: size = {len(filled)}"]
        for place, (start, until, text) in enumerate(filled, start=1):
            quoted = text.replace('"', '""')
            lines += [f"        intervals [{place}]:", f"            xmin = {start}", f"            xmax = {until}"]
            lines += [f'            text = "{quoted}" ']
    return "\n".join(lines if long else map(_bare, lines)) + "\n"


def _with_gaps(pieces: Pieces, last: float) -> list[tuple[float, float, str]]:
    filled: list[tuple[float, float, str]] = []
    place = 0.0
    for start, until, text in pieces:
        if start > place:
            filled.append((place, start, ""))
        filled.append((start, until, text))
        place = until
    return [*filled, (place, last, "")] if place < last else filled


def _bare(line: str) -> str:
    """Return what the short form has of a line: the value alone."""
    if line.startswith(("File", "Object")):
        return line
    _, sign, value = line.partition("= ")
    return value.strip() if sign else "<exists>" if "<exists>" in line else ""


def eaf(tiers: Sequence[tuple[str, Pieces]], below: str = "") -> str:
    """Return an annotation document with tiers of attributes and pieces; `below` is put behind them."""
    slots, body = [], []
    for place, (attributes, pieces) in enumerate(tiers):
        annotations = []
        for number, (start, until, text) in enumerate(pieces):
            name = f"{place}-{number}"
            for side, time in (("s", start), ("e", until)):
                slots.append(f'<TIME_SLOT TIME_SLOT_ID="{side}{name}" TIME_VALUE="{round(time * 1000)}"/>')
            annotations.append(
                f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{name}" TIME_SLOT_REF1="s{name}" '
                f'TIME_SLOT_REF2="e{name}"><ANNOTATION_VALUE>{escape(text)}</ANNOTATION_VALUE>'
                "</ALIGNABLE_ANNOTATION></ANNOTATION>"
            )
        body.append(f"<TIER {attributes}>{''.join(annotations)}</TIER>")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<ANNOTATION_DOCUMENT AUTHOR="" DATE="2020-01-01T00:00:00+08:00">'
        f"<TIME_ORDER>{''.join(slots)}</TIME_ORDER>{''.join(body)}{below}</ANNOTATION_DOCUMENT>"
    )


def eaf_reference(attributes: str, pieces: Sequence[tuple[str, str]]) -> str:
    """Return a tier whose annotations refer to others: the id of each, and the text."""
    name = attributes.split('"')[1]
    annotations = "".join(
        f'<ANNOTATION><REF_ANNOTATION ANNOTATION_ID="{name}{number}" ANNOTATION_REF="{reference}">'
        f"<ANNOTATION_VALUE>{escape(text)}</ANNOTATION_VALUE></REF_ANNOTATION></ANNOTATION>"
        for number, (reference, text) in enumerate(pieces)
    )
    return f"<TIER {attributes}>{annotations}</TIER>"


def exb(tiers: Sequence[tuple[str, Pieces]], speakers: Mapping[str, str], timed: bool = True, title: str = "") -> str:
    """Return a basic transcription with tiers of attributes and pieces, and speakers by id."""
    times = sorted({time for _, pieces in tiers for start, until, _ in pieces for time in (start, until)})
    points = "".join(f'<tli id="T{n}"{f" time={quoteattr(str(t))}" if timed else ""}/>' for n, t in enumerate(times))
    table = "".join(
        f'<speaker id="{key}"><abbreviation>{name}</abbreviation></speaker>' for key, name in speakers.items()
    )
    body = "".join(
        f"<tier {attributes}>"
        + "".join(
            f'<event start="T{times.index(start)}" end="T{times.index(until)}">{escape(text)}</event>'
            for start, until, text in pieces
        )
        + "</tier>"
        for attributes, pieces in tiers
    )
    return (
        f"<basic-transcription><head><meta-information><transcription-name>{title}</transcription-name>"
        f"</meta-information><speakertable>{table}</speakertable></head>"
        f"<basic-body><common-timeline>{points}</common-timeline>{body}</basic-body></basic-transcription>"
    )
