"""Words that no dictionary holds: jieba's hidden Markov model, with jieba's own probabilities to the last digit.

Each character begins a word (B), stands in its middle (M), ends it (E) or is all of it (S); the likeliest labels
(Viterbi) tell where to cut. rjieba has the same model with probabilities rounded to six decimals, which reads about
one run in a million otherwise (我们常在看电影: 常在 看 instead of 常 在 看), and many of one repeated character
(兵兵兵兵兵), where two readings weigh the same.
"""

import re
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from typing import Any, NamedTuple

from indexer.text import jieba_data

_NEVER = -3.14e100  # jieba's logarithm of no chance at all
_HAN = re.compile("([\u4e00-\u9fd5]+)")
_OTHER = re.compile(r"([a-zA-Z0-9]+(?:\.[0-9]+)?%?)")
B, M, E, S = range(4)  # in the order of the letters: of two equally likely labels jieba takes the later one


class Emissions(dict[str, tuple[float, float, float, float]]):
    """How likely a character is under each label: jieba's four tables side by side, joined as they are asked for."""

    def __init__(self, tables: dict[str, dict[str, float]]) -> None:
        super().__init__()
        self._tables = tuple(tables[label] for label in "BMES")

    def __missing__(self, character: str) -> tuple[float, float, float, float]:
        begins, inside, ends, single = (table.get(character, _NEVER) for table in self._tables)
        self[character] = begins, inside, ends, single
        return self[character]


class Model(NamedTuple):
    """Logarithms of chances: of the first label, of each label after each (BE: E after B), of the characters."""

    first: tuple[float, ...]
    after: tuple[float, ...]
    emissions: Emissions


def cut(loose: str) -> list[str]:
    """Return the words of characters that the dictionary left over: Han by the model, the rest at its signs."""
    words: list[str] = []
    for place, piece in enumerate(_HAN.split(loose)):
        words += _words(piece) if place % 2 else filter(None, _OTHER.split(piece))
    return words


def _words(run: str) -> list[str]:
    """Return the words of a run of Han characters."""
    words: list[str] = []
    start = 0
    for place, label in enumerate(_labels(run), 1):
        if label >= E:
            words.append(run[start:place])
            start = place
    return words


def _labels(run: str) -> list[int]:
    """Return the likeliest labels; the sums are made in jieba's order, since the last bit settles ties."""
    first, (be, bm, eb, es, me, mm, sb, ss), emissions = _model()
    b, m, e, s = (start + chance for start, chance in zip(first, emissions[run[0]], strict=True))
    steps: list[tuple[int, int, int, int]] = []  # for each label of a character, the likeliest label before it
    for character in run[1:]:
        begins, inside, ends, single = emissions[character]
        b_e, b_s = e + eb + begins, s + sb + begins
        m_b, m_m = b + bm + inside, m + mm + inside
        e_b, e_m = b + be + ends, m + me + ends
        s_e, s_s = e + es + single, s + ss + single
        steps.append((E if b_e > b_s else S, B if m_b > m_m else M, B if e_b > e_m else M, E if s_e > s_s else S))
        b, m = b_e if b_e > b_s else b_s, m_b if m_b > m_m else m_m
        e, s = e_b if e_b > e_m else e_m, s_e if s_e > s_s else s_s
    labels = [E if e > s else S]
    for step in reversed(steps):
        labels.append(step[labels[-1]])
    return labels[::-1]


@cache
def _model() -> Model:
    """Return jieba's model, read from its files (7 ms; importing jieba takes 0.1 s)."""
    start, trans = _table("prob_start"), _table("prob_trans")
    after = tuple(trans[one][next_one] for one, next_one in ("BE", "BM", "EB", "ES", "ME", "MM", "SB", "SS"))
    return Model(tuple(start[label] for label in "BMES"), after, Emissions(_table("prob_emit")))


def _table(name: str) -> dict[str, Any]:
    """Return a table of jieba's, from the module that holds nothing else."""
    spec = spec_from_file_location(f"jieba_{name}", jieba_data.path("finalseg", f"{name}.py"))
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"No module named 'jieba.finalseg.{name}'", name=f"jieba.finalseg.{name}")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    table: dict[str, Any] = module.P
    return table
