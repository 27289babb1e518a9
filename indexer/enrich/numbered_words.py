"""The words of a conversation as numbers, which are counted faster than strings, and take less memory. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain, count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    Vector = Any


@dataclass(frozen=True, slots=True)
class NumberedWords:
    """What is said in a conversation, word after word: the place of each in `words`, which are all different.

    `words` are in the order in which they are said first. Turn `i` says those from `ends[i]` to before `ends[i + 1]`.
    """

    words: tuple[str, ...]
    places: "Vector"
    ends: "Vector"

    @staticmethod
    def of(turns: Sequence[Sequence[str]]) -> "NumberedWords":
        """Return the words of some turns."""
        import numpy as np

        number = defaultdict[str, int](count().__next__)
        ends = np.cumsum([0, *map(len, turns)])
        said = map(number.__getitem__, chain.from_iterable(turns))
        places = np.fromiter(said, np.int32, int(ends[-1]))
        return NumberedWords(tuple(number), places, ends)

    @property
    def turns(self) -> int:
        """Return the number of turns."""
        return len(self.ends) - 1

    def numbers(self, of_turns: Iterable[int]) -> "Vector":
        """Return for each word that is said the number of its turn; or of that which `of_turns` has for the turn."""
        import numpy as np

        return np.repeat(np.fromiter(of_turns, np.int64, self.turns), np.diff(self.ends))
