"""Lines no wider than a terminal, broken as Chinese is: 避头尾, no break inside a word, a number or a marked stretch.

The rules are those of the Unicode line breaking algorithm (UAX #14) that matter for this text: ideographs break
anywhere, except before closing punctuation and after opening punctuation; Latin words and numbers (6.11, sli.do) hold
together; …… and —— are not cut. A stretch wider than a line is cut at characters, since it has to be somewhere.
"""

from collections.abc import Iterable, Iterator

from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells

_CLOSING = frozenset("，。、；：？！…—·～％%,.;:?!)]}”’」』）》〉】〕｝］〗〞﹂﹄／/ー々")
_OPENING = frozenset("“‘「『（《〈【〔｛［〖〝﹁﹃([{$￥¥＃")
_WHOLE = frozenset({Style.MARK, Style.DIM_MARK, Style.ADDRESS, Style.DROPPED, Style.ADDED})
_ROOM = 10
"""Columns that make it worth beginning a text on the line of its label."""

_Atom = tuple[str, Style, int, int]
"""A character as it is seen (with its accents), its style, the columns it takes and the piece it belongs to."""


def wrap(line: StyledLine, width: int) -> list[StyledLine]:
    """Return `line` as lines of at most `width` columns; at least one, a space at a break is dropped."""
    lines: list[list[_Atom]] = [[]]
    used = 0
    for group in _groups(_atoms(line)):
        shown = _shown(group)
        for part in (group,) if shown <= width else _cut(group, width):
            if used and used + (shown if part is group else _shown(part)) > width:
                lines.append([])
                used = 0
            lines[-1] += part
            used += _size(part)
    return [_line(_without_space(atoms)) for atoms in lines]


def indented(line: StyledLine, width: int, first: StyledLine, rest: int) -> list[StyledLine]:
    """Return `line` in `width` columns in all: `first` before its first line, `rest` spaces before the others.

    Where `first` leaves next to no room, it stands alone.
    """
    taken = cells(first)
    if width - taken < _ROOM and rest < taken:
        return wrap(first, width) + [(Segment(" " * rest), *one) for one in wrap(line, max(width - rest, 2))]
    lines = wrap(line, max(width - max(taken, rest), 2))
    return [(first if number == 0 else (Segment(" " * rest),)) + one for number, one in enumerate(lines)]


def clip(text: str, width: int) -> str:
    """Return `text` cut to `width` columns, with … in place of what does not fit."""
    from rich.cells import cell_len, split_graphemes

    if cell_len(text) <= width:
        return text
    kept, used = "", 0
    for start, end, size in split_graphemes(text)[0]:
        if used + size > width - 1:
            break
        kept, used = kept + text[start:end], used + size
    return kept.rstrip() + "…"


def spread(left: StyledLine, right: StyledLine, width: int) -> list[StyledLine]:
    """Return one line with `left` at its left and `right` at its right end, or two where they do not fit beside."""
    gap = width - cells(left) - cells(right)
    if not right:
        return wrap(left, width)
    if gap >= 2 or (gap >= 0 and not left):
        return [(*left, Segment(" " * gap), *right)]
    return (wrap(left, width) if left else []) + wrap(right, width)


def _atoms(line: StyledLine) -> list[_Atom]:
    """Return the characters of the pieces, accents and joiners kept with what they belong to."""
    from rich.cells import split_graphemes

    return [
        (piece.text[start:end], piece.style, size, number)
        for number, piece in enumerate(line)
        for start, end, size in split_graphemes(piece.text)[0]
    ]


def _groups(atoms: list[_Atom]) -> Iterator[list[_Atom]]:
    """Yield the stretches that stay together; the spaces after a word go with it."""
    group: list[_Atom] = []
    for atom in atoms:
        if group and _may_break(group[-1], atom):
            yield group
            group = []
        group.append(atom)
    if group:
        yield group


def _may_break(before: _Atom, after: _Atom) -> bool:
    """Tell whether a line may end between two characters."""
    left, right = before[0][0], after[0][0]
    if before[3] == after[3] and before[1] is not Style.PLAIN and before[1] in _WHOLE:
        return False
    if after[2] == 0 or right == " " or right in _CLOSING or left in _OPENING:
        return False
    if left == " ":
        return True
    return before[2] == 2 or after[2] == 2 or not (_wordlike(left) and _wordlike(right))


def _wordlike(character: str) -> bool:
    """Tell whether a narrow character holds on to its neighbours: letters and digits, and what stands inside them."""
    return character.isalnum() or character in "._-'@+&=%/:~·,#<>"


def _cut(group: list[_Atom], width: int) -> Iterator[list[_Atom]]:
    """Yield an overlong stretch in parts that fit: before and after what is marked, then at characters."""
    part: list[_Atom] = []
    for run in _runs(group):
        whole = _size(run) <= width
        for atoms in [run] if whole else [[atom] for atom in run]:
            if part and _size(part) + _size(atoms) > width:
                yield part
                part = []
            part += atoms
    if part:
        yield part


def _runs(group: list[_Atom]) -> Iterator[list[_Atom]]:
    """Yield each marked stretch whole, every other character alone."""
    run: list[_Atom] = []
    for atom in group:
        if run and not (atom[1] in _WHOLE and atom[3] == run[-1][3]):
            yield run
            run = []
        run.append(atom)
    if run:
        yield run


def _without_space(atoms: list[_Atom]) -> list[_Atom]:
    """Return the characters without the spaces at their end; the list itself where there are none."""
    end = len(atoms)
    while end and atoms[end - 1][0] == " ":
        end -= 1
    return atoms if end == len(atoms) else atoms[:end]


def _size(atoms: Iterable[_Atom]) -> int:
    """Return the columns of some characters."""
    columns = 0
    for atom in atoms:  # most often it is one: a generator would take twice the time
        columns += atom[2]
    return columns


def _shown(atoms: list[_Atom]) -> int:
    """Return their columns without the spaces at their end, which may hang over the edge."""
    return _size(_without_space(atoms) if atoms[-1][0] == " " else atoms)


def _line(atoms: list[_Atom]) -> StyledLine:
    """Return the characters as pieces again."""
    pieces: list[Segment] = []
    number = -1
    for text, style, _, origin in atoms:
        if pieces and origin == number:
            pieces[-1] = Segment(pieces[-1].text + text, style)
        else:
            pieces.append(Segment(text, style))
        number = origin
    return tuple(pieces)
