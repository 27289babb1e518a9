"""The screen of checked quotations: verdict, speaker, changes, citation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.text.normalize import fold
from indexer.text.printable import plain
from search_cli.citation import CitationStyle
from search_cli.models import SpokenTurn
from search_cli.quotations.align import ADDED, DROPPED
from search_cli.quotations.quotation import QuotationCheck, Verdict
from search_cli.rendering.pages.transcript_page import cited
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.excerpts import excerpt
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line
from search_cli.rendering.terminal.wrapping import clip, indented, spread, wrap

_LINES = 3
"""Lines of a correct quotation at most; others are shown in full."""

_SIGNS = {DROPPED: ("[-", "-]", Style.DROPPED), ADDED: ("{+", "+}", Style.ADDED)}


@dataclass(frozen=True, slots=True)
class QuotationSource:
    """The source of quotations in a file: quotation marks (`marked`) or lines; `short` counts those left out."""

    marked: bool = True
    short: int = 0


def quote_lines(
    checks: Sequence[QuotationCheck],
    source: QuotationSource | None,
    style: CitationStyle,
    width: int,
    hints: bool = True,
) -> list[StyledLine]:
    """Lay out the screen: counts for the quotations of a file, then each quotation."""
    lines = [*_head(checks, source, width), ()] if source else []
    size = len(str(len(checks)))
    for number, check in enumerate(checks, start=1):
        label = f" {number:>{size}}  " if source else " "
        body = _quotation(check, style, width - len(label), hints)
        lines += [(Segment(" " * len(label) if index else label, Style.DIM), *row) for index, row in enumerate(body)]
        lines.append(())
    if any(check.kind is Verdict.NEAR for check in checks):
        signs = line(" ", Segment("[-only quoted-]", Style.DROPPED), " ", Segment("{+only said+}", Style.ADDED))
        lines += [*wrap(signs, width), ()]
    return lines[:-1]


def _head(checks: Sequence[QuotationCheck], source: QuotationSource, width: int) -> list[StyledLine]:
    """Lay out the counts of the verdicts."""
    counts = {kind: sum(check.kind is kind for check in checks) for kind in Verdict}
    verdicts = ", ".join(f"{number} {_KINDS[kind]}" for kind, number in counts.items() if number)
    wrong = sum(check.misattributed for check in checks)
    marked = "quotation in marks" if len(checks) == 1 else "quotations in marks"
    total = f"{len(checks):,} {marked}" if source.marked else humanize.count(len(checks), "line")
    parts = [f"{total}: {verdicts}"]
    parts += [f"{wrong} by somebody else"] * bool(wrong)
    parts += [f"{source.short} too short to check (--shortest)"] * bool(source.short)
    return indented(line(" · ".join(parts)), width, line(" "), 1)


def _quotation(check: QuotationCheck, style: CitationStyle, room: int, hints: bool) -> list[StyledLine]:
    """Lay out a quotation."""
    lines = [*_verdict(check, room), *_text(check, room), *_parts(check, room)]
    for label, note in _notes(check):
        lines += indented(note, room, line(Segment(f"{label}: ", Style.DIM)), 6)
    turns = {place.turn.address: place.turn for place in check.places if check.kind is not Verdict.ABSENT}
    for turn in turns.values():
        lines += indented(cited(turn, style), room, line(Segment("Cite: ", Style.DIM)), 6)
        if link := turn.media_link:
            lines += indented(line(Segment(link, Style.ADDRESS, link)), room, line(Segment("Listen: ", Style.DIM)), 0)
    others = check.turns - len(check.places) if check.kind is Verdict.VERBATIM else 0
    if others > 0:
        more = f"and in {'at least ' * check.more}{humanize.count(others, 'more turn')}"
        lines.append(line(Segment(more, Style.DIM)))
    if hints and check.search:
        step = f"fangtan search {plain(humanize.query_arguments(' '.join(check.search)))}"
        lines += indented(line(Segment(step, Style.COMMAND)), room, line(Segment("Try: ", Style.DIM)), 5)
    return lines


def _verdict(check: QuotationCheck, room: int) -> list[StyledLine]:
    """Lay out the verdict, the line of the article, and the speaker."""
    style = Style.NAME if check.good else Style.ERROR
    like = f", {humanize.share(check.likeness)} alike" if check.kind is Verdict.NEAR else ""
    apart = " except for punctuation" if check.punctuation else ""
    parted = ": not in this order in one turn" if check.kind is Verdict.SPLICED else ""
    position = f" · line {check.quotation.line}" if check.quotation.line else ""
    left = line(Segment(_KINDS[check.kind] + apart + parted, style), like, Segment(position, Style.DIM))
    if not check.places or check.kind in {Verdict.ABSENT, Verdict.ACROSS, Verdict.SPLICED}:
        return wrap(left, room)
    speaker = clip(_speaker(check.places[0].turn), max(room - cells(left) - 2, 12))
    return spread(left, line(Segment(speaker, Style.NAME)), room)


_KINDS = {
    Verdict.VERBATIM: "verbatim",
    Verdict.ACROSS: "over two turns",
    Verdict.SPLICED: "spliced",
    Verdict.NEAR: "near",
    Verdict.ABSENT: "absent",
}


def _speaker(turn: SpokenTurn) -> str:
    """Return the speaker of a turn with the role: 郑志昊  受访."""
    name, role = plain(turn.name).strip(), humanize.role(turn.role)
    return f"{name}  {role}".strip() if name else role or humanize.UNNAMED


def _inline(turn: SpokenTurn) -> str:
    """Return the speaker within a sentence: 郑志昊（受访）."""
    name, _, role = _speaker(turn).partition("  ")
    return f"{name}（{role}）" if role else name


def _text(check: QuotationCheck, room: int) -> list[StyledLine]:
    """Lay out the quotation, or its changes."""
    if check.kind is Verdict.NEAR:
        return wrap(line(*(change_segment(change.what, plain(change.text)) for change in check.changes)), room)
    text = plain(check.quotation.text)
    return wrap(line(clip(text, _LINES * room - 4) if check.good else text), room)


def change_segment(what: str, text: str) -> Segment:
    """Return a part of a comparison with its signs: [-only in the first-], {+only in the second+}."""
    if what not in _SIGNS:
        return Segment(text)
    opening, closing, style = _SIGNS[what]
    return Segment(f"{opening}{text}{closing}", style)


def _notes(check: QuotationCheck) -> Iterator[tuple[str, StyledLine]]:
    """Yield notes with their labels: misattribution, punctuation, insertions, the nearest turn."""
    if check.misattributed or check.unknown_speakers:
        yield "Attributed to", line(*_attributed(check))
    if check.punctuation and check.places:
        yield "Printed", line(plain(check.places[0].text))
    if check.insertions:
        yield "Inserted", line(plain("  ".join(check.insertions)))
    if check.kind is Verdict.ABSENT and check.places:
        turn, spans = check.places[0].turn, check.places[0].spans
        like = f" ({humanize.share(check.likeness)} alike)  "
        yield (
            "Nearest",
            line(Segment(plain(turn.address), Style.ADDRESS), like, *excerpt(turn.text, spans, 130, mark=Style.NAME)),
        )


def _attributed(check: QuotationCheck) -> Iterator[Segment | str]:
    """Yield whom the article names, which of them the archive does not know, and who said it."""
    names = {fold(name): plain(name) for name in reversed(check.attributed_to)}  # 唐凤 and 唐鳳 are one name
    yield Segment("、".join(reversed(names.values())), Style.ERROR if check.misattributed else Style.PLAIN)
    if check.unknown_speakers:
        alone = len(check.unknown_speakers) == len(check.attributed_to)
        unknown = "" if alone else f"{plain('、'.join(check.unknown_speakers))} is "
        yield f" ({unknown}not a speaker of the archive)"
    if check.misattributed:
        yield ", said by "
        yield Segment("、".join(dict.fromkeys(_inline(place.turn) for place in check.places)), Style.NAME)


def _parts(check: QuotationCheck, room: int) -> Iterator[StyledLine]:
    """Lay out the parts of a quotation over several turns: #2  搜狐IT（采访） “…”."""
    for place in check.places if check.kind in {Verdict.ACROSS, Verdict.SPLICED} else ():
        number = Segment(plain(f"#{place.turn.turn}"), Style.ADDRESS)
        part = plain(clip(place.text, 2 * room - 40))
        yield from indented(line(Segment(_inline(place.turn), Style.NAME), f" “{part}”"), room, line(number, "  "), 6)
