"""The screen of checked quotations: what each is, who said it, what was said instead, how to cite it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.text.normalize import fold
from indexer.text.printable import plain
from search_cli.citation import CitationStyle as Citing
from search_cli.models import SpokenTurn
from search_cli.quotations.align import ADDED, DROPPED
from search_cli.quotations.quotation import Checked, QuotationMatch, Verdict
from search_cli.rendering.pages.transcript_page import cited
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.excerpts import excerpt
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, line
from search_cli.rendering.terminal.wrapping import clip, indented, spread, wrap

_LINES = 3
"""Lines of a quotation that is as it was said; one that is not stands whole."""

_SIGNS = {DROPPED: ("[-", "-]", Style.DROPPED), ADDED: ("{+", "+}", Style.ADDED)}


@dataclass(frozen=True, slots=True)
class QuotationSource:
    """Where quotations were taken from: a file's quotation marks, or its lines; `short` ones were left out."""

    marked: bool = True
    short: int = 0


def quote_lines(
    checked: Sequence[Checked], source: QuotationSource | None, style: Citing, width: int, hints: bool = True
) -> list[StyledLine]:
    """Return the screen: a head for those of a file (`source`), then each with what the archive says of it."""
    lines = [*_head(checked, source, width), ()] if source else []
    size = len(str(len(checked)))
    for at, one in enumerate(checked, start=1):
        number = f" {at:>{size}}  " if source else " "
        room = width - len(number)
        body = _quotation(one, style, room, hints)
        lines += [
            (Segment(number if not row else " " * len(number), Style.DIM), *part) for row, part in enumerate(body)
        ]
        lines.append(())
    if any(one.kind is Verdict.NEAR for one in checked):
        signs = line(" ", Segment("[-only quoted-]", Style.DROPPED), " ", Segment("{+only said+}", Style.ADDED))
        lines += [*wrap(signs, width), ()]
    return lines[:-1]


def _head(checked: Sequence[Checked], source: QuotationSource, width: int) -> list[StyledLine]:
    """Return how many quotations are what."""
    counts = {kind: sum(one.kind is kind for one in checked) for kind in Verdict}
    said = ", ".join(f"{number} {_KINDS[kind]}" for kind, number in counts.items() if number)
    wrong = sum(one.misattributed for one in checked)
    taken = "quotation in marks" if len(checked) == 1 else "quotations in marks"
    parts = [
        f"{len(checked):,} {taken}: {said}" if source.marked else f"{humanize.count(len(checked), 'line')}: {said}"
    ]
    parts += [f"{wrong} by somebody else"] * bool(wrong)
    parts += [f"{source.short} too short to check (--shortest)"] * bool(source.short)
    return indented(line(" · ".join(parts)), width, line(" "), 1)


def _quotation(one: Checked, style: Citing, room: int, hints: bool) -> list[StyledLine]:
    """Return one quotation with what the archive says of it."""
    lines = [*_what(one, room), *_text(one, room), *_parted(one, room)]
    for label, told in _told(one):
        lines += indented(told, room, line(Segment(f"{label}: ", Style.DIM)), 6)
    said = {place.turn.address: place.turn for place in one.places if one.kind is not Verdict.ABSENT}
    for turn in said.values():
        lines += indented(cited(turn, style), room, line(Segment("Cite: ", Style.DIM)), 6)
    others = one.turns - len(one.places) if one.kind is Verdict.VERBATIM else 0
    if others > 0 or one.more:
        lines += [line(Segment(f"and in {others} turns more{', or still others' if one.more else ''}", Style.DIM))]
    if hints and one.search:
        step = f"fangtan search {plain(humanize.query_arguments(' '.join(one.search)))}"
        lines += indented(line(Segment(step, Style.COMMAND)), room, line(Segment("Try: ", Style.DIM)), 5)
    return lines


def _what(one: Checked, room: int) -> list[StyledLine]:
    """Return what a quotation is, in which line it stands, and who said it."""
    good = Style.NAME if one.good else Style.ERROR
    like = f", {humanize.share(one.likeness)} alike" if one.kind is Verdict.NEAR else ""
    apart = " but for the punctuation" if one.punctuation else ""
    parted = ": said, but not in this order in one turn" if one.kind is Verdict.SPLICED else ""
    where = f" · line {one.quotation.line}" if one.quotation.line else ""
    left = line(Segment(_KINDS[one.kind] + apart + parted, good), like, Segment(where, Style.DIM))
    if not one.places or one.kind in {Verdict.ABSENT, Verdict.ACROSS, Verdict.SPLICED}:
        return wrap(left, room)
    who = clip(_who(one.places[0].turn), max(room - cells(left) - 2, 12))
    return spread(left, line(Segment(who, Style.NAME)), room)


_KINDS = {
    Verdict.VERBATIM: "verbatim",
    Verdict.ACROSS: "over two turns",
    Verdict.SPLICED: "spliced",
    Verdict.NEAR: "near",
    Verdict.ABSENT: "absent",
}


def _who(turn: SpokenTurn) -> str:
    """Return who says a turn, and as what: 郑志昊  受访."""
    name, role = plain(turn.speaker).strip(), humanize.role(turn.role)
    return f"{name}  {role}".strip() if name else role or humanize.UNNAMED


def _inline(turn: SpokenTurn) -> str:
    """Return the same within a sentence: 郑志昊（受访）."""
    name, _, role = _who(turn).partition("  ")
    return f"{name}（{role}）" if role else name


def _text(one: Checked, room: int) -> list[StyledLine]:
    """Return the quotation, or the changes from it to what was said."""
    if one.kind is Verdict.NEAR:
        return wrap(line(*(_change(step.what, plain(step.text)) for step in one.changes)), room)
    text = plain(one.quotation.text)
    return wrap(line(clip(text, _LINES * room - 4) if one.good else text), room)


def _change(what: str, text: str) -> Segment:
    if what not in _SIGNS:
        return Segment(text)
    opening, closing, style = _SIGNS[what]
    return Segment(f"{opening}{text}{closing}", style)


def _told(one: Checked) -> Iterator[tuple[str, StyledLine]]:
    """Yield what else is to be told of a quotation, each with its label."""
    if one.misattributed:
        each = {fold(name): plain(name) for name in reversed(one.said_by)}  # 唐凤 and 唐鳳 are one
        wrong = "、".join(reversed(each.values()))
        said = "、".join(dict.fromkeys(_inline(place.turn) for place in one.places))
        yield "Attributed to", line(Segment(wrong, Style.ERROR), ", said by ", Segment(said, Style.NAME))
    if one.punctuation and one.places:
        yield "Printed", line(plain(_said(one.places[0])))
    if one.insertions:
        yield "Put in, not said", line(plain("  ".join(one.insertions)))
    if one.kind is Verdict.ABSENT and one.places:
        turn, spans = one.places[0].turn, one.places[0].spans
        like = f" ({humanize.share(one.likeness)} alike)  "
        yield (
            "Nearest",
            line(Segment(plain(turn.address), Style.ADDRESS), like, *excerpt(turn.text, spans, 130, mark=Style.NAME)),
        )


def _parted(one: Checked, room: int) -> Iterator[StyledLine]:
    """Yield who says which part of a quotation that no turn says whole: #2  搜狐IT（采访） “…”."""
    for place in one.places if one.kind in {Verdict.ACROSS, Verdict.SPLICED} else ():
        number = Segment(plain(f"#{place.turn.turn}"), Style.ADDRESS)
        said = plain(clip(_said(place), 2 * room - 40))
        yield from indented(line(Segment(_inline(place.turn), Style.NAME), f" “{said}”"), room, line(number, "  "), 6)


def _said(place: QuotationMatch) -> str:
    """Return what was said at a place, as printed."""
    return "……".join(place.turn.text[start:end] for start, end in place.spans)
