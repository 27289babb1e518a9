"""Wrap lines of Chinese: 避头尾, and no break inside a word, a number or a match.

The rules are those of the Unicode line breaking algorithm (UAX #14) that matter here: a line may break next to any
ideograph, except before closing and after opening punctuation; Latin words and numbers (6.11, sli.do), …… and —— are
not broken. What is wider than a line is broken between characters, but for addresses and commands: they are copied.
"""

from collections.abc import Iterable, Iterator

from search_cli.rendering.terminal.styles import Segment, Style, StyledLine, cells, columns_of

_CLOSING = frozenset("，。、；：？！…—·～％%,.;:?!)]}”’」』）》〉】〕｝］〗〞﹂﹄／/ー々")
_OPENING = frozenset("“‘「『（《〈【〔｛［〖〝﹁﹃([{$￥¥＃")
_WHOLE = frozenset({Style.ADDRESS, Style.COMMAND})
"""Never broken, however long: the terminal does that, and copies them in one piece."""
_UNBROKEN = frozenset({Style.MARK, Style.DIM_MARK, Style.DROPPED, Style.ADDED}) | _WHOLE
_ROOM = 10
"""Columns that a text needs to begin on the line of its label."""

_Atom = tuple[str, Style, int, int]
"""A grapheme, its style, its columns and the index of its segment."""


def wrap(line: StyledLine, width: int) -> list[StyledLine]:
    """Wrap `line` to lines of at most `width` columns, at least one; spaces at a break are dropped.

    An address or a command that is longer has a line of its own, which is wider.
    """
    lines: list[list[_Atom]] = [[]]
    used = 0
    for group in _groups(_atoms(line)):
        visible = _visible_size(group)
        for part in (group,) if visible <= width else _cut(group, width):
            if used and used + (visible if part is group else _visible_size(part)) > width:
                lines.append([])
                used = 0
            lines[-1] += part
            used += _size(part)
    return [_line(_without_space(atoms), line) for atoms in lines]


def break_offsets(text: str, width: int) -> list[int]:
    """Return where a text is broken to lines of at most `width` columns, spaces at their ends included."""
    offsets, position, used = list[int](), 0, 0
    for group in _groups(_atoms((Segment(text),))):
        for part in (group,) if _size(group) <= width else _cut(group, width):
            if used and used + _size(part) > width:
                offsets.append(position)
                used = 0
            used += _size(part)
            position += sum(len(atom[0]) for atom in part)
    return offsets


def indented(line: StyledLine, width: int, first: StyledLine, rest: int) -> list[StyledLine]:
    """Wrap `line` to `width` columns in all: `first` precedes its first line, `rest` spaces the others.

    If `first` leaves too little room, or too little for a command that is not broken, it has a line of its own.
    """
    taken = cells(first)
    if rest < taken and (width - taken < _ROOM or _longest_whole(line) > width - taken):
        return wrap(first, width) + [(Segment(" " * rest), *row) for row in wrap(line, max(width - rest, 2))]
    lines = wrap(line, max(width - max(taken, rest), 2))
    return [(first if index == 0 else (Segment(" " * rest),)) + row for index, row in enumerate(lines)]


def _longest_whole(line: StyledLine) -> int:
    """Return the columns of the longest address or command of a line."""
    return max((cells([segment]) for segment in line if segment.style in _WHOLE), default=0)


def clip(text: str, width: int) -> str:
    """Cut `text` to `width` columns, with … in place of the rest."""
    from rich.cells import get_character_cell_size, split_graphemes

    if columns_of(text) <= width:
        return text
    used = 0
    for index, character in enumerate(text):
        size = get_character_cell_size(character)
        if not size:  # an accent or a joiner, which belongs to the character before it
            break
        if used + size > width - 1:
            return text[:index].rstrip() + "…"
        used += size
    kept, used = "", 0
    for start, end, size in split_graphemes(text)[0]:
        if used + size > width - 1:
            break
        kept, used = kept + text[start:end], used + size
    return kept.rstrip() + "…"


def spread(left: StyledLine, right: StyledLine, width: int) -> list[StyledLine]:
    """Lay out `left` and `right` at the two ends of a line, or on two lines if they do not fit."""
    gap = width - cells(left) - cells(right)
    if not right:
        return wrap(left, width)
    if gap >= 2 or (gap >= 0 and not left):
        return [(*left, Segment(" " * gap), *right)]
    return (wrap(left, width) if left else []) + wrap(right, width)


def _atoms(line: StyledLine) -> list[_Atom]:
    """Split a line into graphemes: accents and joiners stay with their character."""
    from rich.cells import split_graphemes

    return [
        (segment.text[start:end], segment.style, size, index)
        for index, segment in enumerate(line)
        for start, end, size in split_graphemes(segment.text)[0]
    ]


def _groups(atoms: list[_Atom]) -> Iterator[list[_Atom]]:
    """Yield the groups that are not broken; a word includes the spaces after it."""
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
    if before[3] == after[3] and before[1] is not Style.PLAIN and before[1] in _UNBROKEN:
        return False
    if after[2] == 0 or right == " " or right in _CLOSING or left in _OPENING:
        return False
    if left == " ":
        return True
    return before[2] == 2 or after[2] == 2 or not (_is_word_character(left) and _is_word_character(right))


def _is_word_character(character: str) -> bool:
    """Tell whether a narrow character is part of a word or number: letters, digits and the signs inside them."""
    return character.isalnum() or character in "._-–'@+&=%/:~·,#<>"


def _cut(group: list[_Atom], width: int) -> Iterator[list[_Atom]]:
    """Yield an overlong group in parts that fit: broken around matches, else between characters."""
    part: list[_Atom] = []
    for run in _runs(group):
        for atoms in [run] if _size(run) <= width or run[0][1] in _WHOLE else [[atom] for atom in run]:
            if part and _size(part) + _size(atoms) > width:
                yield part
                part = []
            part += atoms
    if part:
        yield part


def _runs(group: list[_Atom]) -> Iterator[list[_Atom]]:
    """Yield each match as a whole, other characters one by one."""
    run: list[_Atom] = []
    for atom in group:
        if run and not (atom[1] in _UNBROKEN and atom[3] == run[-1][3]):
            yield run
            run = []
        run.append(atom)
    if run:
        yield run


def _without_space(atoms: list[_Atom]) -> list[_Atom]:
    """Return the atoms without the spaces at their end; the same list if there are none."""
    end = len(atoms)
    while end and atoms[end - 1][0] == " ":
        end -= 1
    return atoms if end == len(atoms) else atoms[:end]


def _size(atoms: Iterable[_Atom]) -> int:
    """Return the columns of some atoms."""
    columns = 0
    for atom in atoms:  # mostly one: a generator would take twice the time
        columns += atom[2]
    return columns


def _visible_size(atoms: list[_Atom]) -> int:
    """Return the columns without the spaces at the end, which may exceed the width."""
    return _size(_without_space(atoms) if atoms[-1][0] == " " else atoms)


def _line(atoms: list[_Atom], line: StyledLine) -> StyledLine:
    """Join the atoms of a line to segments again."""
    segments: list[Segment] = []
    previous = -1
    for text, style, _, index in atoms:
        if segments and index == previous:
            segments[-1] = Segment(segments[-1].text + text, style, segments[-1].link)
        else:
            segments.append(Segment(text, style, line[index].link))
        previous = index
    return tuple(segments)
