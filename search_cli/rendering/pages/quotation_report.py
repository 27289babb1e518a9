"""The screen of checked quotations: verdict, speaker, changes, citation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.language.messages import gettext as _
from indexer.language.messages import gettext_noop, ngettext
from indexer.text.normalize import fold
from indexer.text.printable import plain
from search_cli.citation import CitationStyle
from search_cli.models import SpokenTurn
from search_cli.quotations.align import ADDED, DROPPED
from search_cli.quotations.quotation import QuotationCheck, Verdict
from search_cli.rendering.pages.transcript_page import cited
from search_cli.rendering.terminal import humanize
from search_cli.rendering.terminal.excerpts import excerpt
from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, filled, line
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
        signs = line(" ", change_segment(DROPPED, _("only quoted")), " ", change_segment(ADDED, _("only said")))
        lines += [*wrap(signs, width), ()]
    return lines[:-1]


def _head(checks: Sequence[QuotationCheck], source: QuotationSource, width: int) -> list[StyledLine]:
    """Lay out the counts of the verdicts."""
    counts = {kind: sum(check.kind is kind for check in checks) for kind in Verdict}
    verdicts = _(", ").join(_(_COUNTED[kind]).format(number=number) for kind, number in counts.items() if number)
    total = _marked(len(checks)) if source.marked else humanize.count(len(checks), "line")
    parts = [_("{quotations}: {verdicts}").format(quotations=total, verdicts=verdicts)]
    if wrong := sum(check.misattributed for check in checks):
        parts.append(_("{number} by somebody else").format(number=wrong))
    if source.short:
        parts.append(_("{number} too short to check (--shortest)").format(number=source.short))
    return indented(line(" · ".join(parts)), width, line(" "), 1)


def _marked(number: int) -> str:
    quotations = ngettext("{number} quotation in marks", "{number} quotations in marks", number)
    return quotations.format(number=f"{number:,}")


def _quotation(check: QuotationCheck, style: CitationStyle, room: int, hints: bool) -> list[StyledLine]:
    """Lay out a quotation."""
    lines = [*_verdict(check, room), *_text(check, room), *_parts(check, room)]
    for label, note in _notes(check):
        lines += indented(note, room, line(Segment(label, Style.DIM)), 6)
    turns = {place.turn.address: place.turn for place in check.places if check.kind is not Verdict.ABSENT}
    for turn in turns.values():
        lines += indented(cited(turn, style), room, line(Segment(_("Cite: "), Style.DIM)), 6)
        if link := turn.media_link:
            listen = line(Segment(_("Listen: "), Style.DIM))
            lines += indented(line(Segment(link, Style.ADDRESS, link)), room, listen, 0)
    others = check.turns - len(check.places) if check.kind is Verdict.VERBATIM else 0
    if others > 0:
        more = _("and in at least {turns}") if check.more else _("and in {turns}")
        lines.append(line(Segment(more.format(turns=humanize.count(others, "more turn")), Style.DIM)))
    if hints and check.search:
        step = f"fangtan search {plain(humanize.query_arguments(' '.join(check.search)))}"
        lines += indented(line(Segment(step, Style.COMMAND)), room, line(Segment(_("Try: "), Style.DIM)), 5)
    return lines


def _verdict(check: QuotationCheck, room: int) -> list[StyledLine]:
    """Lay out the verdict, the line of the article, and the speaker."""
    style = Style.NAME if check.good else Style.ERROR
    like = ""
    if check.kind is Verdict.NEAR:
        like = _(", {share} alike").format(share=humanize.share(check.likeness))
    position = f" · {_('line {number}').format(number=check.quotation.line)}" if check.quotation.line else ""
    kind = _("verbatim except for punctuation") if check.punctuation else _(_KINDS[check.kind])
    left = line(Segment(kind, style), like, Segment(position, Style.DIM))
    if not check.places or check.kind in {Verdict.ABSENT, Verdict.ACROSS, Verdict.SPLICED}:
        return wrap(left, room)
    speaker = clip(_speaker(check.places[0].turn), max(room - cells(left) - 2, 12))
    return spread(left, line(Segment(speaker, Style.NAME)), room)


_KINDS = {
    Verdict.VERBATIM: gettext_noop("verbatim"),
    Verdict.ACROSS: gettext_noop("over two turns"),
    Verdict.SPLICED: gettext_noop("spliced: not in this order in one turn"),
    Verdict.NEAR: gettext_noop("near"),
    Verdict.ABSENT: gettext_noop("absent"),
}
_COUNTED = {
    Verdict.VERBATIM: gettext_noop("{number} verbatim"),
    Verdict.ACROSS: gettext_noop("{number} over two turns"),
    Verdict.SPLICED: gettext_noop("{number} spliced"),
    Verdict.NEAR: gettext_noop("{number} near"),
    Verdict.ABSENT: gettext_noop("{number} absent"),
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
        yield _("Attributed to: "), line(*_attributed(check))
    if check.punctuation and check.places:
        yield _("Printed: "), line(plain(check.places[0].text))
    if check.insertions:
        yield _("Inserted: "), line(plain("  ".join(check.insertions)))
    if check.kind is Verdict.ABSENT and check.places:
        turn, spans = check.places[0].turn, check.places[0].spans
        like = humanize.share(check.likeness)
        address = Segment(plain(turn.address), Style.ADDRESS)
        nearest = filled(_("{address} ({share} alike)"), address=address, share=like)
        yield _("Nearest: "), line(*nearest, "  ", *excerpt(turn.text, spans, 130, mark=Style.NAME))


def _attributed(check: QuotationCheck) -> Iterator[Segment | str]:
    """Yield whom the article names, which of them the archive does not know, and who said it."""
    names = {fold(name): plain(name) for name in reversed(check.attributed_to)}  # 唐凤 and 唐鳳 are one name
    yield Segment("、".join(reversed(names.values())), Style.ERROR if check.misattributed else Style.PLAIN)
    if check.unknown_speakers:
        if len(check.unknown_speakers) == len(check.attributed_to):
            yield _(" (not a speaker of the archive)")
        else:
            unknown = _(" ({names} is not a speaker of the archive)")
            yield unknown.format(names=plain("、".join(check.unknown_speakers)))
    if check.misattributed:
        speakers = "、".join(dict.fromkeys(_inline(place.turn) for place in check.places))
        yield from filled(_(", said by {speakers}"), speakers=Segment(speakers, Style.NAME))


def _parts(check: QuotationCheck, room: int) -> Iterator[StyledLine]:
    """Lay out the parts of a quotation over several turns: #2  搜狐IT（采访） “…”."""
    for place in check.places if check.kind in {Verdict.ACROSS, Verdict.SPLICED} else ():
        number = Segment(plain(f"#{place.turn.turn}"), Style.ADDRESS)
        part = plain(clip(place.text, 2 * room - 40))
        yield from indented(line(Segment(_inline(place.turn), Style.NAME), f" “{part}”"), room, line(number, "  "), 6)
